"""Rules on how chances are put to patients: one whole for all rates, absolute numbers, no word instead of one.

In: a composed handout or card, with what its figures print. Out: the wordings and rates to mend, where they stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from msgspec import Struct

from handouts.checks.patient_text import origin_at, passages
from handouts.checks.phrases import found, numbers_in
from handouts.checks.reading.sentences import Section
from handouts.checks.rule import Found, OfPlan, rule
from handouts.model.section import Section as OfContent
from handouts.plan.blocks import drawn_words
from handouts.problems import Origin

ALL = "all"
"""What a section of evidence writes in place of the ids of all outcomes or harms."""

IPDAS = "IPDAS 2021 and the 2025 review of 316 papers (doi 10.1177/0272989X251346811)"
WORDS_FOR_CHANCES = "PIF toolkit (pifonline.org.uk), communicating risk: words such as 'rare' only with their number"

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@rule(
    "RISK01",
    OfPlan,
    "warning",
    why="Rates out of different wholes cannot be compared at sight; many take 1 in 20 for more than 1 in 10.",
    source=IPDAS + "; CDC Clear Communication Index, item 17",
)
def rates_of_different_wholes(subject: OfPlan) -> Iterator[Found]:
    """Rates of one section, in its words or figures, are out of different wholes: 1 in 8 and 1 in 20, or 3 in 10 and
    18 in 100.
    """
    for section in subject.sections:
        rates = _rates(subject, section)
        usual = _usual(rate.whole for rate in rates)
        for rate in rates:
            if rate.whole != usual:
                instead = f"write per: {usual} in its section" if rate.drawn else f"give it out of {usual} too"
                yield Found(rate.origin, f"'{rate.text}' stands beside rates out of {usual}", instead)


@rule(
    "RISK05",
    OfPlan,
    "warning",
    why="A benefit per 10,000 beside harms per 100 looks the larger of the two, whatever it is.",
    source=IPDAS + "; CDC Clear Communication Index, item 17",
)
def sections_of_different_wholes(subject: OfPlan) -> Iterator[Found]:
    """Two sections give rates out of different wholes: how many it helps in 10,000, and how many it harms in 100."""
    rates = {section.title: found for section in subject.sections if (found := _rates(subject, section))}
    wholes = {title: _usual(rate.whole for rate in found) for title, found in rates.items()}
    usual = _usual(wholes.values())
    for title, whole in wholes.items():
        if whole != usual:
            first = next(rate for rate in rates[title] if rate.whole == whole)
            other = next(one for one in wholes if wholes[one] == usual)
            message = f"'{title}' has rates out of {whole}, and '{other}' out of {usual}"
            instead = f"give both out of {usual}, or waive it with the reason why they cannot be"
            yield Found(first.origin, message, instead)


@rule(
    "RISK02",
    OfPlan,
    "warning",
    why="Twice the risk may mean 2 in 100 instead of 1, or 80 instead of 40; only the two numbers say which.",
    source=IPDAS,
)
def relative_risk_alone(subject: OfPlan) -> Iterator[Found]:
    """Risks are compared (“twice as many”, “30% fewer”) without saying in the same paragraph how large both are."""
    for _, sentence, passage in passages(subject):
        for match in found(subject.lexicon.risk.relative, sentence.text):
            if len(_absolute(subject, passage.replace(match[0], " ", 1))) < 2:
                instead = "give how many of 100 people in both groups"
                yield Found(
                    origin_at(subject, sentence, match.start()),
                    f"'{match[0]}' compares without the two numbers",
                    instead,
                )


@rule(
    "RISK03",
    OfPlan,
    "warning",
    why="Words such as rare and common mean anything from 0 to 100% to different readers.",
    source=WORDS_FOR_CHANCES,
)
def likelihood_without_a_number(subject: OfPlan) -> Iterator[Found]:
    """A word for how likely or frequent something is stands without its number, or a note that none was published."""
    risk = subject.lexicon.risk
    noted: dict[int, bool] = {}
    for section, sentence, _ in passages(subject):
        if id(section) not in noted:
            noted[id(section)] = any(True for one in section.sentences for _ in found(risk.not_given, one.text))
        if noted[id(section)] or _numbers(sentence.text) or any(True for _ in found(risk.relative, sentence.text)):
            continue
        for match in found(risk.likelihood, sentence.text):
            instead = "write how many of 100 people, or that the number is not stated"
            yield Found(origin_at(subject, sentence, match.start()), f"'{match[0]}' stands without its number", instead)


@rule(
    "RISK04",
    OfPlan,
    "warning",
    why="Counts such as 9 of 50 and 6 of 46 ask the reader to divide before comparing.",
    source="CDC Clear Communication Index, item 17; AHRQ PEMAT-P, item 7; of fewer than 20 people the count says more: "
    "SAMPL guidelines (Lang, Altman 2013)",
)
def count_without_its_rate(subject: OfPlan) -> Iterator[Found]:
    """People of so many (9 of 50) stand in a handout without the rate out of 100 beside them, or out of 1,000 or more
    where it is less than one in 100, or all but less than one.
    """
    if not subject.is_handout:
        return
    risk = subject.lexicon.risk
    has_rates: dict[str, bool] = {}
    for _, sentence, passage in passages(subject):
        if sentence.place == "cell" and sentence.origin is None:
            continue
        if passage not in has_rates:
            rates = any(True for _ in found((*risk.shares, *risk.percents), passage)) or "%" in passage
            has_rates[passage] = rates or any(_whole(m[0]) in _WHOLES for m in found(risk.counts, passage))
        if has_rates[passage]:
            continue
        for match in found(risk.counts, sentence.text):
            if (rate := _rate_of(match[0])) and not _of_things(subject, sentence.text, match):
                count, whole = rate
                instead = f"add how many in {whole:,} that is, as '| per({whole})' writes it: {count} in {whole:,}"
                yield Found(
                    origin_at(subject, sentence, match.start()), f"'{match[0]}' leaves the rate to the reader", instead
                )


FEWEST = 20
"""People from which on a rate says more than their count."""
_WHOLES = ("100", "1000", "10000", "100000")
_WHOLE_NUMBER = re.compile(r"[0-9]{1,3}(?:[^0-9][0-9]{3})+|[0-9]+")


def _rate_of(text: str) -> tuple[int, int] | None:
    """A count as people in 100, or in the first larger whole of which they are neither none nor all; None where nothing
    is to be worked out: of few, of none, of all, and of what is no count of people.
    """
    numbers = numbers_in(text)
    if len(numbers) != 2 or not all(map(_WHOLE_NUMBER.fullmatch, numbers)):
        return None
    count, of = (int(re.sub(r"[^0-9]", "", number)) for number in numbers)
    if of < FEWEST or not 0 < count < of:
        return None
    rates = ((int(Fraction(count * int(whole), of) + Fraction(1, 2)), int(whole)) for whole in _WHOLES)
    return next(((rate, whole) for rate, whole in rates if 0 < rate < whole), None)


def _of_things(subject: OfPlan, text: str, match: re.Match[str]) -> bool:
    """Whether a count is of what is no person ("21 of 28 days"), or a place among others ("day 8 of 28")."""
    things = subject.lexicon.risk.things
    before, after = text[: match.start()].split()[-1:], text[match.end() :].split()[:1]
    return any(True for word in (*before, *after) for _ in found(things, word))


def _absolute(subject: OfPlan, text: str) -> list[str]:
    """The rates, counts and percentages of a text."""
    risk = subject.lexicon.risk
    return [m[0] for m in found((*risk.shares, *risk.counts, *risk.percents, "{n}%", "{n} %"), text)]


def _numbers(text: str) -> list[str]:
    """The numbers of a text that may say how many; years are none."""
    return [number for number in numbers_in(text) if not _YEAR.fullmatch(number)]


class _Rate(Struct, frozen=True):
    """A rate as it stands (`18 in 100`), the digits of its whole, where it stands, and whether a figure prints it."""

    text: str
    whole: str
    origin: Origin
    drawn: bool = False


def _rates(subject: OfPlan, section: Section) -> list[_Rate]:
    """The rates of a section's sentences, then those of its figures and tables of results."""
    shares, found_here = subject.lexicon.risk.shares, list[_Rate]()
    for sentence in section.sentences:
        # A table of results is looked into as a whole, below.
        if sentence.place != "cell" or sentence.origin is not None:
            found_here += (
                _Rate(match[0], _whole(match[0]), origin_at(subject, sentence, match.start()))
                for match in found(shares, sentence.text)
            )
    for block in section.drawn:
        origin = _asked_at(subject, block.draws)
        found_here += (
            _Rate(match[0], _whole(match[0]), origin, drawn=True) for match in found(shares, drawn_words(block))
        )
    return found_here


def _whole(rate: str) -> str:
    """The digits of what a rate is out of: 1,000 and 1000 are the same."""
    return re.sub(r"[^0-9]", "", numbers_in(rate)[-1])


def _usual(wholes: Iterable[str]) -> str:
    """The whole that is used most; of several 100, else the first. "" for none."""
    counts = Counter(wholes)
    return max(counts, key=lambda whole: (counts[whole], whole == "100"), default="")


def _asked_at(subject: OfPlan, draws: Sequence[str]) -> Origin:
    """The section of topic.yaml that asks for a figure of these outcomes (its `per`); the template where none does."""
    for key, section in subject.topic.value.sections.items():
        if draws and section.shown_in("handout") and all(_asks_for(section, drawn) for drawn in draws):
            document = subject.topic.document
            return document.origin(("sections", key, "per")) if section.per else document.key_origin(("sections", key))
    return Origin(subject.template)


def _asks_for(section: OfContent, drawn: str) -> bool:
    """Whether a section of evidence is of an outcome or harm, as `study.outcome`."""
    study, _, outcome = drawn.partition(".")
    named = () if ALL in (section.outcomes, section.harms) else (*section.outcomes, *section.harms)
    return study in section.named_studies() and (not named or outcome in named)
