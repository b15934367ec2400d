"""Rules on how chances are put to patients: one whole for all rates, absolute numbers, no word instead of one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from handouts.checks.patient_text import origin_at, passages
from handouts.checks.phrases import found, numbers_in
from handouts.checks.rule import Found, OfPlan, rule
from handouts.plan.documents import Handout

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
    """Rates are given out of different wholes: 1 in 8 and 1 in 20, or 3 in 10 and 18 in 100."""
    rates = [
        (numbers_in(match[0]), match, sentence)
        for _, sentence, _ in passages(subject)
        for match in found(subject.lexicon.risk.shares, sentence.text)
    ]
    wholes = Counter(numbers[-1] for numbers, _, _ in rates)
    if len(wholes) > 1:
        usual = max(wholes, key=lambda whole: (wholes[whole], whole == "100"))
        for numbers, match, sentence in rates:
            if numbers[-1] != usual:
                instead = f"give it out of {usual} too"
                yield Found(
                    origin_at(subject, sentence, match.start()),
                    f"'{match[0]}' stands beside rates out of {usual}",
                    instead,
                )


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
    source="CDC Clear Communication Index, item 17; AHRQ PEMAT-P, item 7",
)
def count_without_its_rate(subject: OfPlan) -> Iterator[Found]:
    """People of so many (9 of 50) stand in a handout without the rate out of 100 beside them."""
    if not isinstance(subject.plan, Handout):
        return
    risk = subject.lexicon.risk
    has_rates: dict[str, bool] = {}
    for _, sentence, passage in passages(subject):
        if passage not in has_rates:
            has_rates[passage] = any(True for _ in found(risk.shares, passage)) or "%" in passage
        if has_rates[passage]:
            continue
        for match in found(risk.counts, sentence.text):
            if numbers_in(match[0])[-1] != "100":
                instead = "add how many of 100 that is"
                yield Found(
                    origin_at(subject, sentence, match.start()), f"'{match[0]}' leaves the rate to the reader", instead
                )


def _absolute(subject: OfPlan, text: str) -> list[str]:
    """The rates, counts and percentages of a text."""
    risk = subject.lexicon.risk
    return [m[0] for m in found((*risk.shares, *risk.counts, "{n}%", "{n} %"), text)]


def _numbers(text: str) -> list[str]:
    """The numbers of a text that may say how many; years are none."""
    return [number for number in numbers_in(text) if not _YEAR.fullmatch(number)]
