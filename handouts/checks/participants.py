"""Rules on who took part: no result is of more people than joined, or than its arm can have had.

In: a topic's reports with the people enrolled, evaluable, in arms and analysed. Out: the numbers that are too many.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from handouts.checks.numbers import CHECK_BOTH, Counted, Measured, counted, is_harm, measured, others_that_fit
from handouts.checks.rule import Found, OfTopic, rule
from handouts.model.document import KeyPath
from handouts.model.study import Report, Study

ALLOCATED_AND_ANALYSED = "CONSORT-DEFINE (bmj.com/content/383/bmj-2023-076387): numbers allocated and analysed"


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
        if people is None or joined is None or people.number <= joined or others_that_fit(one):
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
