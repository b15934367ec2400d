"""What a section asks to be shown: studies with ids of outcomes and harms in; rows, arms and grades of a show out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

from msgspec import Struct

from handouts.compose.quantity import Quantity
from handouts.compose.results import EffectView, Interval, OutcomeView, ReportView, ResultView, chain
from handouts.compose.share import Share, one_whole
from handouts.model.study import Study

Show = Literal[
    "paired_bars", "facts_box", "forest", "dumbbell", "mean_change", "harms_table", "outcomes_table", "icon_array",
    "part_bar", "rates",
]  # fmt: skip
SHOWS: tuple[Show, ...] = get_args(Show)

ALL = "all"
"""Stands for the ids of all outcomes, or of all harms, of a study."""


class Row(Struct, frozen=True):
    """One outcome or harm, with the study that it belongs to."""

    study: ReportView
    outcome: OutcomeView

    @property
    def by_arm(self) -> Mapping[str | None, ResultView]:
        """Its results of all grades by arm; None stands for the one group of a study without arms."""
        if self.outcome.result is not None:
            return {None: self.outcome.result}
        return {arm: self.outcome.arms[arm] for arm in self.outcome.arms}


class Asked(Struct, frozen=True):
    """What a section asks to be shown: studies, ids of their outcomes and harms, and people in so many.

    Without ids a show takes those that it is about; "all" stands for those of each study.
    """

    studies: tuple[ReportView, ...]
    outcomes: tuple[str, ...] = ()
    harms: tuple[str, ...] = ()
    whole: int | None = None


def rows_of(show: Show, asked: Asked) -> tuple[Row, ...]:
    """The outcomes and harms that a show is to show, in the order of the studies and, in each, of the ids."""
    named = tuple(Row(study, one) for study in asked.studies for one in _named(study, asked))
    match show:
        case "part_bar":
            return tuple(_nested(named or _leading(asked.studies)))
        case "icon_array" | "mean_change":
            return named or _leading(asked.studies)
        case _:
            return named or tuple(_about(show, asked.studies))


def _named(study: ReportView, asked: Asked) -> Iterator[OutcomeView]:
    """The outcomes and harms of a study that are asked for by name; a harm may be asked for among outcomes."""
    every = {**study.harms, **study.outcomes}
    sorted_harms = [one.id for one in harms_by_difference(study)]
    for ids, known in ((asked.outcomes, study.outcomes), (asked.harms, sorted_harms)):
        for key in known if ids == (ALL,) else ids:
            if key in every:
                yield every[key]


def harms_by_difference(study: ReportView) -> tuple[OutcomeView, ...]:
    """A study's harms, what the first of two arms had most of above the second first, of equals the more frequent.

    Harms without such a difference come last, in the order of topic.yaml, as do all where there are not two arms.
    Those of a subgroup stay together.
    """
    harms = tuple(study.harms.values())
    arms = arms_of([Row(study, one) for one in harms])
    groups = list(dict.fromkeys(one.outcome.subgroup for one in harms))

    def place(one: OutcomeView) -> tuple[int, bool, Fraction, Fraction]:
        group, seen = groups.index(one.outcome.subgroup), Row(study, one).by_arm
        shares = [_known_share(seen[arm]) for arm in arms if arm in seen] if len(arms) == 2 else []
        if len(shares) < 2 or shares[0] is None or shares[1] is None:
            return group, True, Fraction(0), Fraction(0)
        return group, False, shares[1] - shares[0], -shares[0]

    return tuple(sorted(harms, key=place))


def _known_share(result: ResultView) -> Fraction | None:
    """The share of people that a result is, as it was counted, else as published."""
    counted = share_of_result(result).counted
    return Fraction(result.percent) / 100 if counted is None and result.percent is not None else counted


def _leading(studies: Iterable[ReportView]) -> tuple[Row, ...]:
    return tuple(Row(study, study.main) for study in studies if study.main)


def _about(show: Show, studies: Iterable[ReportView]) -> Iterator[Row]:
    """What a show is about where nothing is named."""
    for study in studies:
        if show not in ("dumbbell", "harms_table"):
            for one in study.outcomes.values():
                if (show != "forest" or stated_effects(one)) and (show != "rates" or _is_rate(one)):
                    yield Row(study, one)
        if show in ("dumbbell", "harms_table", "facts_box"):
            for one in harms_by_difference(study):
                if show != "dumbbell" or len(one.arms) > 1:
                    yield Row(study, one)


def _nested(named: Sequence[Row]) -> Iterator[Row]:
    """The outcomes around the first one named and within it, from the widest on; and what else is named."""
    if not named:
        return
    study = named[0].study
    whole_group = {key: one for key, one in study.outcomes.items() if one.outcome.subgroup is None}
    found = [Row(study, one) for one in chain(whole_group, named[0].outcome)]
    yield from found
    yield from (row for row in named if row not in found)


def stated_effects(outcome: OutcomeView) -> tuple[EffectView, ...]:
    """The effects of an outcome that have a value."""
    return tuple(effect for effect in outcome.effects.values() if effect.value is not None)


def arms_of(rows: Iterable[Row]) -> tuple[str | None, ...]:
    """The arms in which these outcomes have results, of all grades or of one, in the order of their studies."""
    listed = tuple(rows)
    found: dict[str | None, None] = {}
    for row in listed:
        there = {*row.by_arm, *(arm for one in row.outcome.grades.values() for arm in grade_by_arm(one))}
        declared = row.study.report.arms if isinstance(row.study.report, Study) else {}
        found |= dict.fromkeys(arm for arm in (*declared, None) if arm in there)
    return tuple(found)


def grade_by_arm(found: ResultView | Mapping[str, ResultView]) -> Mapping[str | None, ResultView]:
    """The results of one grade by arm, as `Row.by_arm`."""
    return {None: found} if isinstance(found, ResultView) else {arm: found[arm] for arm in found}


def share_of_result(result: ResultView) -> Share:
    """The share of people that a result is."""
    return Share(result.count, result.n, result.percent)


def whole_of(rows: Iterable[Row], whole: int | None) -> int:
    """The number of people out of which all shares of these outcomes are told: as asked for, else the smallest at which
    each that is not zero is one person or more.
    """
    results = (r for row in rows for r in (*row.by_arm.values(), *_graded(row)) if r.measure == "proportion")
    return whole or one_whole(share_of_result(r) for r in results if r.percent is not None)


def _graded(row: Row) -> Iterator[ResultView]:
    for found in row.outcome.grades.values():
        yield from grade_by_arm(found).values()


def columns_of(rows: Sequence[Row]) -> tuple[tuple[str | None, str | None], ...]:
    """The columns of a table of these rows: each arm, and of each arm the grades that were seen; None is any grade."""
    grades: dict[str | None, None] = {None: None} if any(row.by_arm for row in rows) else {}
    grades |= dict.fromkeys(grade for row in rows for grade in row.outcome.grades)
    return tuple(
        (arm, grade)
        for arm in arms_of(rows)
        for grade in grades
        if any(result_at(row, arm, grade) is not None for row in rows)
    )


def result_at(row: Row, arm: str | None, grade: str | None) -> ResultView | None:
    """What an arm had, of any grade (None) or of one; None where that is not stated."""
    if grade is None:
        return row.by_arm.get(arm)
    found = row.outcome.grades.get(grade)
    return None if found is None else grade_by_arm(found).get(arm)


def one_number(arm: str | None, rows: Sequence[Row]) -> int | None:
    """How many people of an arm were analysed, where that is the same in all of these rows that have the arm."""
    found = [
        result.n
        for row in rows
        for grade in (None, *row.outcome.grades)
        if (result := result_at(row, arm, grade)) is not None
    ]
    return found[0] if found and len(set(found)) == 1 else None


def responded_of(rows: Sequence[Row]) -> int:
    """How many parts of a bar of these outcomes, from the innermost on, are of people who responded: those within the
    outcome that leads, or all.
    """
    leading = (len(rows) - at for at, row in enumerate(rows) if row.outcome is row.study.main)
    return next(leading, len(rows))


def is_gain_at_left(row: Row) -> bool:
    """Whether an effect left of the line of no effect is a gain of its first arm.

    A hazard ratio of a time is one of its end: below 1 it comes later, which is better where longer is.
    """
    effect, outcome = stated_effects(row.outcome)[0], row.outcome.outcome
    if effect.statistic == "efficacy":
        return False
    timed = effect.statistic == "hazard_ratio" and outcome.measure == "time_to_event"
    return (outcome.better or "lower") == ("higher" if timed else "lower")


def _is_rate(outcome: OutcomeView) -> bool:
    """Whether an outcome counts all that lies within it, and is not only one of several parts of another."""
    asked = outcome.outcome
    stated = outcome.result is not None and outcome.result.share is not None
    return stated and asked.measure == "proportion" and (asked.within is not None or asked.part_of is None)


def number_of(value: object) -> float | None:
    """A number that is drawn: of a decimal or a quantity; None of anything else."""
    if isinstance(value, Quantity):
        value = value.value
    return float(value) if isinstance(value, Decimal) else None


def ends_of(interval: Interval | None) -> tuple[float | None, float | None]:
    """Low and high end of an interval as they are drawn, None for one that is not stated."""
    if interval is None:
        return None, None
    low, high = interval.low, interval.high
    return (None if low is None else float(low)), (None if high is None else float(high))
