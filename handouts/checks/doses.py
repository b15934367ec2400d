"""Rules on doses: nothing that ISMP warns of is printed, be it typed, worked out of a value, or made by a template."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from msgspec import Struct

from handouts.by_identity import by_identity
from handouts.checks.printed import run_at
from handouts.checks.rule import Found, OfPlan, OfTemplates, OfTyped, OfWords, rule
from handouts.checks.typed.doses import EXPRESSION, Fault, Misread, dose_unit_at, dose_units, misread_in
from handouts.checks.typed.passages import FILLED, Passage, covered, passages_of
from handouts.model.document import KeyPath
from handouts.model.leaves import leaves
from handouts.model.study import StudyFact
from handouts.model.topic import Fact, Topic
from handouts.plan.text import plain
from handouts.problems import Origin

ISMP = "ISMP, List of Error-Prone Abbreviations, Symbols, and Dose Designations; Joint Commission, Do Not Use list"
_UNIT_BEHIND = re.compile(r"(?<=[0-9])[^\W\d_].*$")
_DIGIT = re.compile(r"\d")
_EXPRESSION = re.compile(r"\{\{\s*([\w.+]+)\s*(?:\|\s*(\w+)\s*(?:\(\s*(\w+)\s*\))?\s*)?\}\}")
_DECIMAL_SERIES = re.compile(r"[0-9]+[.,][0-9]*[1-9]\s*(\w+)")


class _Dose(Struct, frozen=True):
    """What is misread in a dose, with where it stands and what is typed or printed there."""

    fault: Fault
    origin: Origin
    text: str
    instead: str


@rule(
    "DOSE01",
    OfTyped,
    "warning",
    why="Whoever overlooks the point of 5.0 mg gives ten times the dose.",
    source=ISMP,
)
def trailing_zero(subject: OfTyped) -> Iterator[Found]:
    """A dose has a zero behind its decimal point, typed (5.0 mg) or printed of a value (`| decimals(1)`)."""
    yield from _found(subject, "trailing zero", "{text} is read as ten times as much where its point is overlooked")


@rule(
    "DOSE02",
    OfTyped,
    "warning",
    why="Whoever overlooks the point of .5 mg gives ten times the dose.",
    source=ISMP,
)
def naked_decimal(subject: OfTyped) -> Iterator[Found]:
    """A dose below one has no zero before its decimal point (.5 mg)."""
    yield from _found(subject, "naked decimal", "{text} is read as a whole number where its point is overlooked")


@rule(
    "DOSE03",
    OfTyped,
    "warning",
    why="The m of a unit that touches its number is taken for zeros, and the last letter of a name for a digit.",
    source=ISMP,
)
def glued_unit(subject: OfTyped) -> Iterator[Found]:
    """A unit touches the number of its dose (5mg), or a dose the name of its medicine."""
    yield from _found(subject, "glued", "{text} runs a number and its unit or name together")


@rule(
    "DOSE04",
    OfTyped,
    "warning",
    why="U is read as 0, IU as IV, µ as m, q.d. as q.i.d., and > as <: patients have been harmed by each.",
    source=ISMP,
)
def abbreviation(subject: OfTyped) -> Iterator[Found]:
    """An abbreviation or sign that is misread in doses stands in a text: U, IU, µg, q.d., QOD, HS, cc, >."""
    yield from _found(subject, "abbreviation", "{text} is misread in doses")


@rule(
    "DOSE05",
    OfTyped,
    "warning",
    why="Nobody counts the zeros of 100000 units right every time.",
    source=ISMP,
)
def large_dose(subject: OfTyped) -> Iterator[Found]:
    """A dose of five digits or more has no marks between its thousands (100000 units)."""
    yield from _found(subject, "ungrouped", "{text} has no mark between its thousands")


@rule(
    "DOSE06",
    OfPlan,
    "warning",
    why="What a template or a locale makes of a dose is printed as surely as what is typed.",
    source=ISMP,
)
def misread_as_printed(subject: OfPlan) -> Iterator[Found]:
    """A dose in a document is written as none of its texts write it, and is misread: `5.0 mg`, `5mg`, `.5 mg`."""
    seen: set[str] = set()
    for runs in subject.plan.texts():
        text = plain(runs)
        if not _DIGIT.search(text):
            continue
        for one in misread_in(text, subject.lexicon, subject.formats):
            written = _spaced(text[one.start : one.end])
            if one.fault in ("abbreviation", "ungrouped") or written in seen:
                continue
            seen.add(written)
            if _is_told(written, subject):
                continue
            origin = run_at(runs, one.start).origin or Origin(subject.plan.template)
            message = f"{written} is printed here, and is misread"
            yield Found(origin, message, f"print {one.instead}: change what the template or locale makes of the value")


def _is_told(written: str, subject: OfPlan) -> bool:
    """Whether a dose is told where it is typed, or where words name its value and may run their unit into it."""
    typed = (subject.words.document.text, subject.topic.document.text, *subject.templates.values())
    unit = _UNIT_BEHIND.search(written)
    return any(written in _spaced(text) or (unit and f"}}}}{unit[0]}" in text) for text in typed) or written in map(
        _spaced, _printed_of_values(subject.topic.value)
    )


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _found(subject: OfTyped, fault: Fault, message: str) -> Iterator[Found]:
    for one in _doses(subject):
        if one.fault == fault:
            yield Found(one.origin, message.format(text=one.text), f"write {one.instead}")


@by_identity(8)
def _doses(subject: OfTyped) -> tuple[_Dose, ...]:
    match subject:
        case OfWords():
            return (*_of_words(subject), *_of_topic(subject), *_of_values(subject))
        case OfTemplates():
            return tuple(_of_templates(subject))
        case _:
            return ()


def _of_words(subject: OfWords) -> Iterator[_Dose]:
    explained = partial(_explained, subject)
    for passage in passages_of(subject):
        found = misread_in(
            passage.text, subject.lexicon, subject.formats, explained=explained, patient=_is_for_patients(passage.path)
        )
        for one in found:
            # What a trial calls its arms, 1.2 mg beside 3.0 mg, is known by all its decimals.
            of_series = one.fault == "trailing zero" and passage.path in _series(subject)
            if not of_series:
                yield _dose(one, passage)


def _of_templates(subject: OfTemplates) -> Iterator[_Dose]:
    for passage in passages_of(subject):
        for one in misread_in(passage.text, subject.lexicon, subject.formats):
            yield _dose(one, passage)


def _of_topic(subject: OfWords) -> Iterator[_Dose]:
    """The names that topic.yaml gives."""
    document, explained = subject.topic.document, partial(_explained, subject)
    for path, raw in _names_of(subject.topic.value):
        for one in misread_in(covered(raw), subject.lexicon, subject.formats, explained=explained):
            text = raw[one.start : one.end]
            origin = document.origin_within(path, text, raw.count(text, 0, one.start))
            yield _Dose(one.fault, origin, text, one.instead)


def _names_of(topic: Topic) -> Iterator[tuple[KeyPath, str]]:
    """The names in topic.yaml, each with its path."""
    yield from ((path, raw) for path, raw in leaves(topic.subject, path=("subject",)) if isinstance(raw, str))
    yield from ((path, raw) for path, raw in leaves(topic.other_drugs, path=("other_drugs",)) if isinstance(raw, str))
    for key, study in topic.studies.items():
        named = (("name", study.name), ("criteria", study.criteria))
        yield from ((("studies", key, step), raw) for step, raw in named if raw)


def _dose(one: Misread, passage: Passage) -> _Dose:
    text = passage.written(one.start, one.end)
    expression = re.search(r"\{\{.*?\}\}", text)
    instead = one.instead.replace(EXPRESSION, expression[0]) if expression else one.instead
    return _Dose(one.fault, passage.place(one.start, one.end), text, instead)


def _is_for_patients(path: KeyPath) -> bool:
    """Whether patients read a text of a language file."""
    return "clinician" not in path and "deck" not in path and path[0] not in ("studies", "sources")


@by_identity(8)
def _explained(subject: OfWords) -> frozenset[str]:
    """Short forms that are names of the topic, or that its words explain: "hidradenitis suppurativa (HS)"."""
    named = [raw for _, raw in _names_of(subject.topic.value)]
    named += [one.raw for one in passages_of(subject) if one.path[0] in ("names", "terms", "subject")]
    bracketed = re.findall(r"\w\s\(([A-Z][A-Za-z0-9]{1,5})\)", subject.words.document.text)
    # A name with a dose in it, such as "Insulin 10 IU", explains nothing of it.
    alone = (one for raw in named if not _DIGIT.search(raw) for one in re.findall(r"\b[A-Z]{2,5}\b", raw))
    return frozenset((*bracketed, *alone))


def _series(subject: OfWords) -> frozenset[KeyPath]:
    """The clinicians' names of doses that stand beside others in the same unit with decimals of their own."""
    named = {
        path: raw
        for path, raw in leaves(subject.words.value.names, path=("names",))
        if isinstance(raw, str) and path[-1] == "clinician"
    }
    units = {found[1] for raw in named.values() for found in _DECIMAL_SERIES.finditer(raw)}
    return frozenset(path for path, raw in named.items() if any(re.search(rf"[.,]0+\s*{one}\b", raw) for one in units))


def _of_values(subject: OfWords) -> Iterator[_Dose]:
    """Doses that words name and that would print a trailing zero."""
    topic, lexicon = subject.topic.value, subject.lexicon
    units = dose_units(lexicon)
    for passage in passages_of(subject):
        if FILLED not in passage.text:
            continue
        for named in _EXPRESSION.finditer(passage.raw):
            fact = _fact_of(named[1], topic)
            if fact is None:
                continue
            value, unit, path = fact
            typed = dose_unit_at(passage.text, named.end(), lexicon)
            after = units.get(unit or "") if named[2] in ("unit", "plural") else typed and typed.written
            printed = _printed(value, named[2], named[3])
            if after is None or printed is None:
                continue
            place = passage.place(named.start(), named.end())
            if named[2] == "decimals":
                instead = f"{{{{ {named[1]} | unit }}}}" if unit in units else f"{{{{ {named[1]} }}}} {after}"
            else:
                origin = subject.topic.document.origin(path)
                instead = f"{_whole(value)} at {origin}"
            yield _Dose("trailing zero", place, f"{named[0]} prints {printed} {after}, which", instead)


def _printed_of_values(topic: Topic) -> Iterator[str]:
    """What facts with a trailing zero print, with any unit of theirs."""
    for fact in (*topic.facts.values(), *(one for study in topic.studies.values() for one in study.facts.values())):
        if isinstance(fact.value, Decimal):
            for decimals in (None, *map(str, range(1, 7))):
                printed = _printed(fact.value, "decimals" if decimals else None, decimals)
                if printed and fact.unit:
                    yield f"{printed} {fact.unit}"


def _fact_of(name: str, topic: Topic) -> tuple[Decimal, str | None, KeyPath] | None:
    """The value and unit of a fact that words name, and where it stands; None for a result, a range or a date."""
    first, _, key = name.partition(".")
    if first == "facts" and key in topic.facts:
        fact: Fact | StudyFact = topic.facts[key]
        path: KeyPath = ("facts", key, "value")
    elif first in topic.studies and key in topic.studies[first].facts:
        fact = topic.studies[first].facts[key]
        path = ("studies", first, "facts", key, "value")
    else:
        return None
    return (fact.value, fact.unit, path) if isinstance(fact.value, Decimal) else None


def _printed(value: Decimal, format_: str | None, given: str | None) -> str | None:
    """What is printed of a whole number with zeros behind its point; None where there are none."""
    if format_ == "decimals":
        places = int(given) if given and given.isdigit() else 1
        value = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    elif format_ not in (None, "unit", "plural", "absolute", "none"):
        return None
    text = f"{value:f}"
    return text if "." in text and not text.partition(".")[2].strip("0") else None


def _whole(value: Decimal) -> str:
    return f"{value.to_integral_value():f}"
