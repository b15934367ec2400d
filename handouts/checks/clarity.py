"""What `handouts check` reports of a handout beside its findings: reading level, long words, and two indexes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from handouts.checks.indexes import INDEXES, Scored, scored
from handouts.checks.reading.formulas import SMOG_SENTENCES
from handouts.checks.reading.level import Grade, Level, Levels, levels, syllables, tongue_of
from handouts.checks.reading.vocabulary import left_out, without
from handouts.checks.registry import judged
from handouts.checks.rule import OfPlan
from handouts.plan.documents import Handout

MOST_LONG_WORDS = 12
_WIDTH, _COLUMN = 44, 32


class Clarity(Struct, frozen=True):
    """The report on one handout. `levels` is None in a language without formulas; `long_words` come with counts."""

    topic: str
    language: str
    levels: Levels | None
    long_words: tuple[tuple[str, int], ...]
    indexes: tuple[Scored, ...]


def clarity_of(topic_id: str, subject: OfPlan) -> Clarity | None:
    """The report on a handout, whatever its findings' waivers; None for a deck or card."""
    if not isinstance(subject.plan, Handout):
        return None
    codes = {problem.code for problem in judged(subject)}
    return Clarity(
        topic_id,
        subject.words.value.language,
        levels(subject.plan, subject.lexicon),
        _long_words(subject, subject.plan),
        tuple(scored(index, subject, codes) for index in INDEXES),
    )


def _long_words(subject: OfPlan, handout: Handout) -> tuple[tuple[str, int], ...]:
    """The long words that are neither names nor explained, the most frequent first."""
    tongue, sections = tongue_of(handout.meta.language), subject.sections
    if tongue is None:
        return ()
    phrases = left_out(sections, handout.glossary)
    words = (w for section in sections for one in section.sentences for w in without(one.words, phrases))
    long = (w.key for w in words if w.kind == "word" and syllables(w, tongue, subject.lexicon) >= tongue.long)
    return tuple(sorted(Counter(long).items(), key=lambda item: (-item[1], item[0])))[:MOST_LONG_WORDS]


def clarity_lines(report: Clarity) -> Iterator[str]:
    """The report as lines of text."""
    yield f"{report.topic}, {report.language}: how the handout reads"
    yield from _level_lines(report.levels)
    if report.long_words:
        listed = ", ".join(f"{word} ({times})" if times > 1 else word for word, times in report.long_words)
        yield f"  long words that are not explained: {listed}"
    for one in report.indexes:
        yield from _index_lines(one)


def _level_lines(measured: Levels | None) -> Iterator[str]:
    if measured is None:
        yield "  reading level: not measured; there is no formula for this language here"
        return
    whole = measured.whole
    head = "reading level, without names and terms"
    yield f"  {head:{_WIDTH}} {'sentences':>9}  {'in whole sentences':{_COLUMN}} over all text"
    for level in (whole, *measured.sections):
        name = _short(level.title or "whole handout")
        yield f"  {name:{_WIDTH}} {level.whole_sentences:9}  {_grades(level.in_full):{_COLUMN}} {_grades(level.plain)}"
    yield f"  with names and terms, over all text: {_grades(whole.everything)}"
    targets = ", ".join(f"{g.formula} {g.target:g} or {'more' if g.is_ease else 'less'}" for g in whole.plain)
    yield f"  target without names and terms: {targets}: {_reached(whole)}"
    if "SMOG" in (grade.formula for grade in whole.judged):
        yield f"  (SMOG is made for {SMOG_SENTENCES} sentences or more; for fewer it is an estimate)"


def _reached(whole: Level) -> str:
    """Whether whole sentences reach the targets, and whether all text does where that differs."""
    in_full, everything = (all(grade.reached for grade in grades) for grades in (whole.judged, whole.plain))
    if in_full == everything:
        return "reached" if in_full else "not reached"
    told = ("reached" if one else "not reached" for one in (in_full, everything))
    return " in whole sentences, ".join(told) + " over all text"


def _grades(grades: tuple[Grade, ...]) -> str:
    return ", ".join(f"{grade.formula} {grade.value:.1f}" for grade in grades) or "nothing to measure"


def _short(text: str) -> str:
    # Spaces that hold a number to its unit would be spelled out on the screen.
    text = " ".join(text.split())
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


def _index_lines(one: Scored) -> Iterator[str]:
    met = one.items("met")
    yield f"  {one.index.name}: judged {one.judged} of {len(one.outcomes)}: {len(met)} met"
    if met:
        yield f"    met: {'; '.join(f'{item.number} {item.asks}' for item in met)}"
    for item in one.items("not met"):
        yield f"    not met: {item.number} {item.asks} ({', '.join(item.rules)})"
    if none := one.items("not applicable"):
        yield f"    does not apply: {'; '.join(f'{item.number} {item.asks}' for item in none)}"
    left = one.items("for a person")
    yield f"    not judged: a person reads these {len(left)}"
    for item in left:
        yield f"      {item.number:2} {item.asks}: {item.look}"


def clarity_data(report: Clarity) -> dict[str, Any]:
    """The report as plain data for JSON: values rounded to two decimals."""

    def grades(found: tuple[Grade, ...]) -> dict[str, float]:
        return {grade.formula: round(grade.value, 2) for grade in found}

    def level(found: Level) -> dict[str, Any]:
        return {
            "title": found.title,
            "whole_sentences": found.whole_sentences,
            "in_whole_sentences": grades(found.in_full),
            "sentences": found.counts.sentences,
            "words": found.counts.words,
            "without_names_and_terms": grades(found.plain),
            "all_words": grades(found.everything),
        }

    measured = report.levels
    return {
        "topic": report.topic,
        "language": report.language,
        "whole": level(measured.whole) if measured else None,
        "sections": [level(one) for one in measured.sections] if measured else [],
        "long_words": dict(report.long_words),
        "indexes": [
            {
                "name": one.index.name,
                "items_in_all": len(one.outcomes),
                "judged": one.judged,
                "met": len(one.items("met")),
                "items": [
                    {"number": item.number, "asks": item.asks, "outcome": out, "look": item.look}
                    for item, out in one.outcomes
                ],
            }
            for one in report.indexes
        ],
    }
