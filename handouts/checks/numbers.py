"""Rules on the people of a topic's results: counts within their denominators, percentages that agree with their counts,
and no more people than took part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from handouts.checks.rule import Found, OfTopic, rule
from handouts.model.document import KeyPath
from handouts.model.study import Outcome, Report, Result, Study, analysed
from handouts.model.topic import Topic

ARITHMETIC = "arithmetic"
CHECK_BOTH = "look both up in the source"


class Measured(NamedTuple):
    """An outcome or harm with its path in topic.yaml, its report, and the study whose arms it has."""

    path: KeyPath
    outcome: Outcome
    report: Report
    study: Study


class Counted(NamedTuple):
    """A result of an outcome with its path, its arm (None without arms), and the people analysed as far as is said."""

    path: KeyPath
    arm: str | None
    result: Result
    n: int | None
    measured: Measured


def measured(topic: Topic) -> Iterator[Measured]:
    """Every outcome and harm of a topic."""
    for path, report in topic.reports():
        study = topic.studies[str(path[1])]
        for inner, outcome in report.measured():
            yield Measured((*path, *inner), outcome, report, study)


def is_harm(one: Measured) -> bool:
    """Whether what was measured is a harm."""
    return one.path[-2] == "harms"


def counted(topic: Topic) -> Iterator[Counted]:
    """Every result of every outcome and harm of a topic."""
    for one in measured(topic):
        for inner, arm, result in one.outcome.results():
            n = analysed(result, arm, one.outcome, one.study)
            yield Counted((*one.path, *inner), arm, result, n, one)


@rule(
    "NUM01",
    OfTopic,
    "error",
    why="More people than there were cannot have responded or been harmed: one of the two numbers is wrong.",
    source=ARITHMETIC,
    waivable=False,
)
def count_above_its_denominator(subject: OfTopic) -> Iterator[Found]:
    """A count is above its denominator."""
    for one in counted(subject.topic.value):
        for name, count in (("count", one.result.count), ("events", one.result.events)):
            # More events than people are no wonder where one person may have several.
            several = name == "events" and one.measured.outcome.measure == "rate"
            if count is not None and one.n is not None and count > one.n and not several:
                message = f"{count} of {one.n} is more than all"
                yield Found(subject.topic.document.origin((*one.path, name)), message, f"check {name} and n")


@rule(
    "NUM02",
    OfTopic,
    "error",
    why="A percentage that its count does not round to shows that one of the two was copied wrongly.",
    source=ARITHMETIC,
)
def percentage_disagrees_with_its_count(subject: OfTopic) -> Iterator[Found]:
    """A percentage, to the decimals given, is not what its count rounds to."""
    for one in _disagreeing(subject.topic.value):
        if not one.is_cut:
            instead = f"counts that round to it: {_listed(one.fitting)}"
            yield Found(subject.topic.document.origin(one.path), f"{one.exact}, not {one.percent}%", instead)
    for one in counted(subject.topic.value):
        if one.n is None and one.result.count and one.result.percent == 0:
            people = f"{one.result.count} of any number of people is more than {one.result.percent}%"
            yield Found(subject.topic.document.origin((*one.path, "percent")), people, "leave out percent, or give n")


@rule(
    "NUM15",
    OfTopic,
    "warning",
    why="Some tables round every percentage up, or cut it; others were copied wrongly, and look the same.",
    source=ARITHMETIC,
)
def percentage_rounded_otherwise(subject: OfTopic) -> Iterator[Found]:
    """A published percentage is less than a unit of its last place from its count's, but not the nearest one."""
    for one in _disagreeing(subject.topic.value):
        if one.is_cut:
            message = f"{one.exact}, which the source gives as {one.percent}%"
            instead = "compare both with the source; if it says so, waive this with that reason"
            yield Found(subject.topic.document.origin(one.path), message, instead)


class _Disagreeing(NamedTuple):
    """A percentage that its count does not round to: `exact` says what it is, `fitting` are the counts that do."""

    path: KeyPath
    percent: Decimal
    exact: str
    fitting: Sequence[int]
    is_cut: bool


def _disagreeing(topic: Topic) -> Iterator[_Disagreeing]:
    for path, _, result, of, _ in counted(topic):
        count, percent = result.count, result.percent
        if count is None or of is None or percent is None or count > of or not _is_share(percent):
            continue
        fitting = counts_that_fit(percent, of)
        if count not in fitting:
            exact = f"{count} of {of} is {float(Fraction(100 * count, of)):.{_places(percent) + 1}f}%"
            yield _Disagreeing(path, percent, exact, fitting, _is_cut(result))


def _is_cut(result: Result) -> bool:
    """Whether a published percentage is what its count gives when it is rounded up, or cut."""
    if result.basis == "derived" or result.count is None or result.percent is None or not isinstance(result.n, int):
        return False
    unit = Fraction(1, 10 ** _places(result.percent))
    return abs(Fraction(100 * result.count, result.n) - Fraction(result.percent)) < unit


@rule(
    "NUM03",
    OfTopic,
    "error",
    why="Where several counts round to the published percentage, any one of them would be invented.",
    source=ARITHMETIC,
)
def derived_count_is_one_of_several(subject: OfTopic) -> Iterator[Found]:
    """A count is given as derived from its percentage although other counts round to it too."""
    for one in counted(subject.topic.value):
        if fitting := others_that_fit(one):
            message = f"{one.result.percent}% of {one.n} may be any of {_listed(fitting)}"
            yield Found(subject.topic.document.origin(one.path), message, "leave out the count")


def others_that_fit(one: Counted) -> Sequence[int]:
    """The counts that a derived count is one of; none where it is the only one, or is not derived."""
    percent, of = one.result.percent, one.n
    if one.result.basis != "derived" or percent is None or of is None or not _is_share(percent):
        return ()
    fitting = counts_that_fit(percent, of)
    return fitting if len(fitting) > 1 and one.result.count in fitting else ()


def _listed(counts: Sequence[int]) -> str:
    """Counts that follow each other: all of a few, else the first and the last."""
    return ", ".join(map(str, counts)) or "none" if len(counts) < 5 else f"{counts[0]} to {counts[-1]}"


def counts_that_fit(percent: Decimal, of: int) -> range:
    """The counts of `of` that round to a published percentage, half up or half down, as sources do either."""
    half = Fraction(1, 2 * 10 ** _places(percent))
    low, high = (Fraction(of, 100) * bound for bound in (Fraction(percent) - half, Fraction(percent) + half))
    return range(max(0, ceil(low)), min(of, floor(high)) + 1)


def _places(percent: Decimal) -> int:
    return -int(percent.as_tuple().exponent)


def _is_share(percent: Decimal) -> bool:
    return 0 <= percent <= 100


@rule(
    "NUM06",
    OfTopic,
    "error",
    why="A share of a whole lies between none and all of it.",
    source=ARITHMETIC,
    waivable=False,
)
def percentage_out_of_range(subject: OfTopic) -> Iterator[Found]:
    """A percentage is below 0 or above 100."""
    for path, _, result, _, _ in counted(subject.topic.value):
        if result.percent is not None and not _is_share(result.percent):
            message = f"{result.percent}% is not a share of a whole"
            yield Found(subject.topic.document.origin((*path, "percent")), message, "look it up in the source")
