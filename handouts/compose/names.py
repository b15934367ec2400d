"""The names that templates can use: an edition's `Context` in, plain values and functions by name out.

docs/templates.md lists them. Each function refuses what it is not meant for with a MistakeError, so that any other
exception in one is a fault of ours.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any

from markupsafe import Markup, escape

from handouts.compose import bounds
from handouts.compose.asked import share_of_result
from handouts.compose.bounds import MistakeError
from handouts.compose.context import Context
from handouts.compose.phrase import Phrase
from handouts.compose.plain import MISSING, Function, is_number, itself, kind_of, member, plain
from handouts.compose.result_words import effect_text, result_text
from handouts.compose.results import EffectView, ReportView, ResultView
from handouts.compose.rounding import NONE_AND_ALL, told_apart
from handouts.compose.sandbox.operations import escaped_length, listed, marked, shown, text_of, whole
from handouts.compose.sections import sections_of
from handouts.compose.share import WHOLES
from handouts.compose.showing import is_dumbbell, is_forest
from handouts.compose.source_status import SourceStatus
from handouts.model.base import AsOf
from handouts.problems import choose_from

MOST_PLACES = 10
"""Decimals that `number` writes at the most."""
_NAMED = 60
"""Characters of a name that a message repeats."""


def template_names(context: Context) -> dict[str, Any]:
    """What a template can name. Raises ProblemsError for sections that words or topic say too little of."""
    called = _Called(context)
    today, sections = context.edition.today, sections_of(context)
    status = SourceStatus(context, patient=context.document != "deck")
    values = {
        **context.shown,
        "clinic": plain(context.clinic()),
        "today": AsOf(today.year, today.month, today.day),
        "newest_change": context.newest_change(),
        "newest_source": context.newest_source(),
        "contacts": context.contacts(),
        "stale": context.stale(),
        "overdue": context.overdue(),
        "source_status": plain({"listed": status.listed, "waiting": status.waiting}),
        "review": context.review_words(),
        "language": context.edition.words.language,
        "sections": sections.listed,
        "rows": sections.rows,
        "cited": sections.cited,
    }
    functions = {
        "fixed": called.fixed,
        "told": called.told,
        "aspects": called.aspects,
        "leaving_out": leaving_out,
        "halves": halves,
        "cite": called.cite,
        "cite_short": called.cite_short,
        "sources_of": called.sources_of,
        "named": called.named,
        "label": called.label,
        "percent": called.percent,
        "share": called.share,
        "result_text": called.result_text,
        "effect_text": called.effect_text,
        "patients": called.patients,
        "is_forest": called.is_forest,
        "is_dumbbell": called.is_dumbbell,
        "rate": called.rate,
        "number": called.number,
    }
    return values | {name: Function(name, run) for name, run in functions.items()}


class _Called:
    """The functions of one document."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._topic = context.edition.topic
        self._patient = context.document != "deck"
        self._told: dict[tuple[str, str | None, str | None], tuple[Phrase, ...]] = {}

    def fixed(self, name: Any, /, **values: Any) -> str:
        """A fixed word of the locale, its places filled; phrases in them keep the marks that say where they stand."""
        written = {key: marked(value) if type(value) is Phrase else text_of(value) for key, value in values.items()}
        length = escaped_length if any(type(text) is Markup for text in written.values()) else len
        word = self._context.edition.locale.fixed.get(_text(name, "fixed"), "")
        # A place may stand in it more than once, and one that it lacks is given before that is told.
        filled = length(word) + sum(word.count(f"{{{key}}}") * length(text) for key, text in written.items())
        bounds.current().text(max(filled, sum(map(length, written.values()))))
        return self._context.fixed(_text(name, "fixed"), **written)

    def told(self, section: Any, study: Any = None, aspect: Any = None) -> tuple[Phrase, ...]:
        """A section's statements for the document's readers."""
        key = (
            _text(section, "told"),
            None if study is None else _text(study, "told"),
            None if aspect is None else _text(aspect, "told"),
        )
        found = self._told.get(key)
        if found is None:
            bounds.current().spend(len(self._topic.statements))
            found = self._told[key] = self._context.told(*key)
        return found

    def aspects(self, section: Any) -> tuple[str, ...]:
        """The aspects in a section."""
        bounds.current().spend(len(self._topic.statements))
        return self._context.aspects(_text(section, "aspects"))

    def cite(self, source: Any) -> Markup:
        """A source as a reference."""
        return _joined(self._context.cite(self._source(source)))

    def cite_short(self, source: Any) -> Markup:
        """A source in a few words."""
        return _joined(self._context.cite_short(self._source(source)))

    def sources_of(self, *statements: Any) -> tuple[str, ...]:
        """The ids of the sources behind statements."""
        known = [self._statement(one) for one in statements]
        bounds.current().spend(sum(len(self._topic.statements[one].sources) for one in known))
        return self._context.sources_of(*known)

    def named(self, key: Any) -> Phrase:
        """What an arm, an outcome, a harm or a setting is called."""
        return self._context.named(_text(key, "named"), patient=self._patient)

    def label(self, result: Any) -> Markup:
        """What a result is of; the words keep the marks that say where they stand."""
        found = self._context.label(_result(result, "label"), patient=self._patient)
        return Markup(", ").join(one.__html__() for one in found)

    def percent(self, result: Any) -> str:
        """A result in percent as published, else in whole percent, with the sign."""
        percent = _result(result, "percent").percent
        if percent is None:
            raise MistakeError("gives a result that is no share to 'percent'", "write result_text(result)")
        return self._context.formatter.percent(percent)

    def share(self, result: Any) -> str:
        """A result in percent to one decimal, with the sign."""
        share = _result(result, "share").share
        if share is None:
            raise MistakeError("gives a result that is no share to 'share'", "write result_text(result)")
        return self._context.formatter.percent(share)

    def rate(self, result: Any, of: Any) -> str:
        """A result as people in 100, 1,000, …: `18 in 100`, `fewer than 1 in 1,000`."""
        share = share_of_result(_result(result, "rate"))
        of = whole(of, "'rate' a whole", WHOLES[0], WHOLES[-1])
        if of not in WHOLES:
            raise MistakeError(f"gives 'rate' a whole of {of}", f"write {', '.join(map(str, WHOLES))}")
        try:
            return self._context.rate(share, of)
        except ValueError as bad:
            raise MistakeError(f"gives 'rate' a result that {bad}", "write result_text(result)") from None

    def result_text(self, result: Any) -> str:
        """A result of any measure in words."""
        return result_text(_result(result, "result_text"), self._context)

    def effect_text(self, effect: Any) -> str:
        """An effect with its interval."""
        if type(effect) is not EffectView:
            raise MistakeError(f"gives {kind_of(effect)} to 'effect_text'", "write effect_text(outcome.effects.hr)")
        return effect_text(effect, self._context)

    def patients(self, report: Any) -> str:
        """Who enrolled in a study and who was evaluable."""
        enrolled, evaluable = (member(report, name) for name in ("enrolled", "evaluable"))
        if enrolled is MISSING or evaluable is MISSING:
            raise MistakeError(f"gives {kind_of(report)} to 'patients'", "write patients(study)")
        return self._context.patients(enrolled, evaluable)

    def is_forest(self, *studies: Any) -> bool:
        """Whether a forest plot can show all that these studies compare."""
        return is_forest(map(self._study, studies))

    def is_dumbbell(self, study: Any) -> bool:
        """Whether a dumbbell chart can show the harms that this study has in several arms."""
        return is_dumbbell(self._study(study))

    def _study(self, study: Any) -> ReportView:
        views = self._context.views
        return views[_known(_text(study, "is_forest"), views, "asks for '{}', which is no study of the topic")]

    def number(self, value: Any, places: Any = None) -> str:
        """A number with so many decimals, or as many as it takes to be neither 0 nor 100 where it is not."""
        if not is_number(value):
            raise MistakeError(f"gives {kind_of(value)} to 'number'", "write number(value, 1)")
        if places is None:
            return shown(value)
        places = whole(places, "'number' decimals", 0, MOST_PLACES)
        return self._context.formatter.number(told_apart(Decimal(bounds.number(value)), places, NONE_AND_ALL))

    def _source(self, source: Any) -> str:
        name = _text(source, "cite")
        return _known(name, self._topic.sources, "cites '{}', which is no source of the topic")

    def _statement(self, statement: Any) -> str:
        name = _text(statement, "sources_of")
        return _known(name, self._topic.statements, "asks for the sources of '{}', which is no statement")


def _joined(pieces: Iterable[Phrase | str]) -> Markup:
    """Pieces of a reference as markup: words of a language file keep the marks that say where they stand."""
    return Markup().join(piece.__html__() if isinstance(piece, Phrase) else escape(piece) for piece in pieces)


def _known(name: str, known: Collection[str], message: str) -> str:
    if name not in known:
        shown_name = name[:_NAMED]
        raise MistakeError(message.format(shown_name), choose_from(shown_name, known))
    return name


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise MistakeError(f"gives {kind_of(value)} to '{name}'", "give it a text, such as an id")
    return str(value)


def _result(value: Any, name: str) -> ResultView:
    value = itself(value)
    if type(value) is not ResultView:
        raise MistakeError(f"gives {kind_of(value)} to '{name}'", f"write {name}(outcome.result)")
    return value


def _phrases(told: Any, name: str) -> tuple[Phrase, ...]:
    items = listed(told)
    bounds.current().spend(len(items))
    for one in items:
        if type(one) is not Phrase:
            raise MistakeError(f"gives {kind_of(one)} in a list to '{name}'", "give it statements, such as told('…')")
    return items


def leaving_out(told: Any, others: Any) -> tuple[Phrase, ...]:
    """The statements of `told` that are not among `others`."""
    left_out = {phrase.statement for phrase in _phrases(others, "leaving_out")}
    return tuple(phrase for phrase in _phrases(told, "leaving_out") if phrase.statement not in left_out)


HALF_PAGE_CHARACTERS = 40
"""Characters of a line in half a printed page's width, to guess how high statements stand there."""


def halves(told: Any, characters: Any = HALF_PAGE_CHARACTERS) -> tuple[Sequence[Phrase], ...]:
    """The statements in order as two columns of about the same height; one column for a single statement.

    `characters` is how many stand in a line of such a column.
    """
    phrases, characters = _phrases(told, "halves"), whole(characters, "'halves' characters", 1)
    bounds.current().spend(2 * len(phrases))
    heights = [math.ceil(len(str(phrase)) / characters) + 0.3 for phrase in phrases]
    if len(phrases) < 2:
        return (phrases,) if phrases else ()
    total = sum(heights)
    above = list(accumulate(heights))
    cut = min(range(1, len(phrases)), key=lambda at: (max(above[at - 1], total - above[at - 1]), -at))
    return phrases[:cut], phrases[cut:]
