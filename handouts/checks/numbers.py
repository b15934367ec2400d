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
ALLOCATED_AND_ANALYSED = "CONSORT-DEFINE (bmj.com/content/383/bmj-2023-076387): numbers allocated and analysed"
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
        if fitting := _others_fit(one):
            message = f"{one.result.percent}% of {one.n} may be any of {_listed(fitting)}"
            yield Found(subject.topic.document.origin(one.path), message, "leave out the count")


def _others_fit(one: Counted) -> Sequence[int]:
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
    "NUM05",
    OfTopic,
    "error",
    why="Only people who joined can be judged.",
    source=ALLOCATED_AND_ANALYSED,
    waivable=False,
)
def more_evaluable_than_enrolled(subject: OfTopic) -> Iterator[Found]:
    """More people are evaluable than enrolled."""
    for path, report in subject.topic.value.reports():
        if report.evaluable and report.enrolled and report.evaluable > report.enrolled.n and not report.enrolled.about:
            message = f"{report.evaluable} are evaluable of {report.enrolled.n} enrolled"
            yield Found(subject.topic.document.origin((*path, "evaluable")), message, CHECK_BOTH)


@rule(
    "NUM24",
    OfTopic,
    "error",
    why="Nobody can be harmed who did not take part.",
    source=ALLOCATED_AND_ANALYSED,
)
def more_than_took_part(subject: OfTopic) -> Iterator[Found]:
    """A harm, or one arm of a study, counts more people than joined."""
    for path, report in subject.topic.value.reports():
        joined = _joined(report)
        if joined is None or not isinstance(report, Study):
            continue
        largest = _largest(report)
        if largest is not None and (n := report.arms[largest].n or 0) > joined:
            where = subject.topic.document.origin((*path, "arms", largest, "n"))
            yield Found(where, f"'{largest}' has {n} people, and {report.enrolled} joined", CHECK_BOTH)
    yield from _more_than_joined(subject, harms=True)


_IN_BOTH = f"{CHECK_BOTH}; where people were in several arms, or count more than once, waive this with that reason"
_TREATED_OTHERWISE = Fraction(1, 20)
"""Part of an arm by which those who took its treatment may be more than those it was to be given to."""


@rule(
    "NUM25",
    OfTopic,
    "warning",
    why="A result of more people than its group had is of other people, or one of the two numbers is wrong.",
    source=ALLOCATED_AND_ANALYSED,
)
def more_than_its_group(subject: OfTopic) -> Iterator[Found]:
    """An outcome, or arms together, count more people than joined, or a result more than its arm can have had: its own
    people, and those who joined and are in no other arm.
    """
    # Unlike harms, outcomes are also given of people who joined later, or in another part of the study.
    yield from _more_than_joined(subject, harms=False)
    yield from _more_together(subject)
    told: set[KeyPath] = set()
    for one in counted(subject.topic.value):
        people, room = _people(one), _room(one)
        joined = _joined(one.measured.report)
        if people is None or room is None or people.number <= room or people.path in told:
            continue
        if joined is not None and (people.number > joined or _too_many_together(one.measured) is not None):
            continue
        if _are_as_treated(one):
            continue
        told.add(people.path)
        arm = one.measured.study.arms[str(one.arm)].n
        most = f", and can have had {room} of the {joined} who joined" if joined is not None and room != arm else ""
        message = f"{people.number} are counted in '{one.arm}', which has {arm} people{most}"
        instead = f"{CHECK_BOTH}; where more were watched than analysed, give the number of all as enrolled"
        if joined is not None:
            instead = f"{CHECK_BOTH}; where people took what the other arm was given, waive this with that reason"
        yield Found(subject.topic.document.origin(people.path), message, instead)


def _more_than_joined(subject: OfTopic, *, harms: bool) -> Iterator[Found]:
    """The harms, or else the outcomes, that count more people than joined, each number once."""
    told: set[KeyPath] = set()
    for one in counted(subject.topic.value):
        people, joined = _people(one), _joined(one.measured.report)
        # A count that is invented is told first, with the number that it was worked out of.
        if people is None or joined is None or people.number <= joined or _others_fit(one):
            continue
        report = one.measured.report
        if isinstance(report, Study) and (key := _largest(report)) and people.number <= (report.arms[key].n or 0):
            # Fewer joined than are in an arm, which is told of it.
            continue
        if is_harm(one.measured) == harms and people.path not in told:
            told.add(people.path)
            message = f"{people.number} are counted of {one.measured.report.enrolled} who joined"
            instead = f"{CHECK_BOTH}; where more took part than were put into arms, give the number of all as enrolled"
            yield Found(subject.topic.document.origin(people.path), message, instead)


def _more_together(subject: OfTopic) -> Iterator[Found]:
    """Arms of more people together than joined, though none alone is: of a study, else of its outcomes and harms.

    One person may be in several: in a crossover or factorial trial, or going on with what the other arm was given.
    """
    crowded: set[str | int] = set()
    for path, report in subject.topic.value.reports():
        joined = _joined(report)
        if joined is None or not isinstance(report, Study) or (total := _together(report)) <= joined:
            continue
        crowded.add(path[1])
        if max(arm.n or 0 for arm in report.arms.values()) <= joined:
            where = subject.topic.document.key_origin((*path, "arms"))
            yield Found(where, f"the arms have {total} people together, and {report.enrolled} joined", _IN_BOTH)
    for one in measured(subject.topic.value):
        if one.path[1] not in crowded and (total := _too_many_together(one)) is not None:
            message = f"the arms have {total} people together, and {one.report.enrolled} joined"
            yield Found(subject.topic.document.key_origin((*one.path, "arms")), message, _IN_BOTH)


def _are_as_treated(one: Counted) -> bool:
    """Whether a result may be of those who took its arm's treatment: a few more than were to, and as many fewer in the
    other arms, whose people are all stated.
    """
    study, arms = one.measured.study, one.measured.outcome.arms
    arm, n = study.arms.get(str(one.arm)), one.result.n
    if arm is None or arm.n is None or not isinstance(n, int) or len(arms) < 2 or arms.get(str(one.arm)) != one.result:
        return False
    own = [study.arms[key].n for key in arms if key in study.arms]
    numbers = [result.n for result in arms.values()]
    planned = [each for each in own if each is not None]
    taken = [each for each in numbers if isinstance(each, int)]
    if not len(planned) == len(taken) == len(arms):
        return False
    return sum(taken) <= sum(planned) and n - arm.n <= _TREATED_OTHERWISE * arm.n


def _too_many_together(one: Measured) -> int | None:
    """The people of an outcome's arms where they are more than joined, though none alone is; else None."""
    numbers = [result.n for result in one.outcome.arms.values() if isinstance(result.n, int)]
    joined = _joined(one.report)
    crowded = len(numbers) > 1 and joined is not None and sum(numbers) > joined >= max(numbers)
    return sum(numbers) if crowded else None


def is_harm(one: Measured) -> bool:
    """Whether what was measured is a harm."""
    return one.path[-2] == "harms"


class _People(NamedTuple):
    """So many people of a result, and where that is said."""

    number: int
    path: KeyPath


def _people(one: Counted) -> _People | None:
    """The people whom a result says by itself: those analysed, else those counted of a number that is not stated."""
    if isinstance(one.result.n, int):
        return _People(one.result.n, (*one.path, "n"))
    if one.n is None:
        return None if one.result.count is None else _People(one.result.count, (*one.path, "count"))
    outcome = one.measured.outcome
    return _People(one.n, (*one.measured.path, "n")) if isinstance(outcome.n, int) and one.n == outcome.n else None


def _joined(report: Report) -> int | None:
    """The most people who can have joined; None where that is not said, or is less than were evaluable, which is told
    by itself.
    """
    if report.enrolled is None:
        return None
    # "About 57" may be 60, and not half as many again.
    most = report.enrolled.n * 3 // 2 if report.enrolled.about else report.enrolled.n
    return None if (report.evaluable or 0) > report.enrolled.n else most


def _largest(study: Study) -> str | None:
    """The arm of the most people; None where no arm says how many it has."""
    arms = {key: arm.n for key, arm in study.arms.items() if arm.n is not None}
    return max(arms, key=lambda key: arms[key], default=None)


def _together(study: Study) -> int:
    return sum(arm.n or 0 for arm in study.arms.values())


def _room(one: Counted) -> int | None:
    """The most people that a result's arm can have had; None where nobody can tell."""
    study, report = one.measured.study, one.measured.report
    arm = study.arms.get(str(one.arm))
    if arm is None or arm.n is None:
        return None
    joined = _joined(report)
    if report.enrolled is None:
        # In a later report more may have joined; that outcomes are of other people NUM09 tells.
        return arm.n if is_harm(one.measured) and report is study else None
    if joined is None or report.enrolled.about:
        return None
    return max(arm.n, joined - (_together(study) - arm.n))


def is_crowded(one: Counted) -> bool:
    """Whether a result counts more people than took part, or than its arm can have had, which is told of it."""
    people = _people(one)
    most = [number for number in (_joined(one.measured.report), _room(one)) if number is not None]
    return people is not None and bool(most) and people.number > min(most)


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
