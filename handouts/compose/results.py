"""Results as words and templates may use them: a study of the model in, views of what each arm had out.

Computed are only percentages, numbers per 100 and exact intervals of a count; all else is as its source prints it.
What the source does not state is None, and stops words that ask for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from handouts.compose.quantity import Quantity
from handouts.compose.rounding import NONE_AND_ALL, percent_of, rounded, told_apart
from handouts.figures.intervals import clopper_pearson
from handouts.model.base import Bound, NotReached, NotStated
from handouts.model.study import DIFFERENCES, Effect, Ends, Measure, Outcome, Report, Result, Statistic, Study, analysed


class Interval(Struct, frozen=True):
    """An interval around a result. An end is None where it was not reached or is not stated."""

    low: Decimal | None
    high: Decimal | None


class ResultView(Struct, frozen=True):
    """What one arm had in one outcome. `id` is the outcome's; `arm` is None where there is one arm alone."""

    id: str
    arm: str | None
    measure: Measure
    unit: str | None
    count: int | None
    n: int | None
    percent: Decimal | None
    """As published; else, of a count, in whole percent."""
    share: Decimal | None
    """Percent to one decimal where a count exists, else as published."""
    derived: bool
    """Whether the count follows from the published percentage."""
    median: Decimal | Quantity | NotReached | None
    mean: Decimal | Quantity | None
    sd: Decimal | None
    se: Decimal | None
    events: int | None
    person_time: Decimal | None
    rate: Decimal | Quantity | None
    published: Interval | None
    """The interval as its source prints it."""
    subgroup: str | None
    source: str

    @property
    def interval(self) -> Interval | None:
        """The exact interval of a count, to one decimal, or to as many as it takes so that it begins with 0 of nobody
        and ends with 100 of everybody alone; of any other result the published one.
        """
        if self.count is None or self.n is None:
            return self.published
        exact = clopper_pearson(self.count, self.n)
        ends = Decimal(exact.low), Decimal(exact.high)
        places = max(_places(told_apart(end, 1, NONE_AND_ALL)) for end in ends)
        return Interval(*(rounded(end, places) for end in ends))

    @property
    def is_counted(self) -> bool:
        """Whether its people and the people that they are of are known, so that its interval is the exact one."""
        return self.count is not None and self.n is not None

    @property
    def middle(self) -> Decimal | Quantity | NotReached | None:
        """The mean, else the median."""
        return self.median if self.mean is None else self.mean

    @property
    def per_100(self) -> int | None:
        """Of 100 people, how many; None where there is no count."""
        if self.count is None or self.n is None:
            return None
        return int(rounded(Fraction(100 * self.count, self.n)))


class EffectView(Struct, frozen=True):
    """What sets two arms apart, as published."""

    id: str
    outcome: str
    statistic: Statistic
    of: str
    to: str
    value: Decimal | Quantity | None
    interval: Interval | None
    interval_kind: str
    level: Decimal
    p: Decimal | Bound | None
    significant: bool | None
    unit: str | None
    source: str


class OutcomeView(Struct, frozen=True):
    """An outcome or harm: `result` where it stands in the outcome itself, `arms` by arm, `grades` by grade and arm."""

    id: str
    outcome: Outcome
    result: ResultView | None
    arms: Mapping[str, ResultView]
    grades: Mapping[str, ResultView | Mapping[str, ResultView]]
    effects: Mapping[str, EffectView]
    source: str

    @property
    def results(self) -> tuple[ResultView, ...]:
        """The results of all grades: the outcome's own, else one for each arm."""
        return (self.result,) if self.result else tuple(self.arms.values())


class ReportView(Struct, frozen=True):
    """A report, or a study, as words see it: its own fields, and its outcomes and harms as views."""

    id: str
    report: Report
    outcomes: Mapping[str, OutcomeView]
    harms: Mapping[str, OutcomeView]
    later: Mapping[str, ReportView]

    @property
    def main(self) -> OutcomeView | None:
        """The outcome that leads; None where the report has none."""
        return self.outcomes.get(self.report.leading() or "")


def report_view(report_id: str, report: Report, study: Study) -> ReportView:
    """The view of a study or a later report of it."""
    later = report.later if isinstance(report, Study) else {}
    return ReportView(
        report_id,
        report,
        {key: outcome_view(key, outcome, report, study) for key, outcome in report.outcomes.items()},
        {key: outcome_view(key, harm, report, study) for key, harm in report.harms.items()},
        {key: report_view(key, value, study) for key, value in later.items()},
    )


def outcome_view(outcome_id: str, outcome: Outcome, report: Report, study: Study) -> OutcomeView:
    """The view of one outcome or harm of a report."""
    source = outcome.source or report.source

    def view(arm: str | None, result: Result) -> ResultView:
        return _result_view(outcome_id, outcome, arm, result, analysed(result, arm, outcome, study), source)

    own = next((result for path, _, result in outcome.results() if not path), None)
    return OutcomeView(
        outcome_id,
        outcome,
        view(None, own) if own and (outcome.arms or outcome.grades or _says(own)) else None,
        _as_exact({arm: view(arm, result) for arm, result in outcome.arms.items()}, outcome.arms),
        {
            grade: _as_exact({arm: view(arm, result) for arm, result in found.arms.items()}, found.arms)
            or view(None, found)
            for grade, found in outcome.grades.items()
        },
        {key: _effect_view(key, effect, outcome_id, outcome, source) for key, effect in outcome.effects.items()},
        source,
    )


def _says(result: Result) -> bool:
    return any(getattr(result, key) is not None for key in ("count", "percent", "median", "mean", "events", "rate"))


def _result_view(
    outcome_id: str, outcome: Outcome, arm: str | None, result: Result, n: int | None, source: str
) -> ResultView:
    percent = share = result.percent
    if result.count is not None and n is not None and result.count <= n:
        share = percent_of(result.count, n, 1)
        # As published, though a source may round otherwise; but never none of some, or all of less than all.
        if percent is None or percent in NONE_AND_ALL:
            percent = percent_of(result.count, n, _places(percent))
    elif result.count and percent == 0:
        # Somebody was counted, and how many decimals it takes to say so nobody knows.
        percent = share = None

    def measured(value: Decimal | NotReached | NotStated | None) -> Any:
        return _in_unit(value, outcome.unit)

    return ResultView(
        outcome_id, arm, outcome.measure, outcome.unit, result.count, n, percent, share,
        derived=result.basis == "derived" and result.percent is not None,
        median=measured(result.median), mean=measured(result.mean), sd=result.sd, se=result.se, events=result.events,
        person_time=result.person_time, rate=measured(result.rate),
        published=_interval(result.interval), subgroup=outcome.subgroup, source=source,
    )  # fmt: skip


def _as_exact(views: dict[str, ResultView], results: Mapping[str, Result]) -> dict[str, ResultView]:
    """Arms whose percentages of a count are worked out to as many decimals as the one that takes the most: 0.04% beside
    0.88%, not beside 1%. What a source publishes stays as it is.
    """
    ours = {
        arm: (view.count, view.n)
        for arm, view in views.items()
        if results[arm].percent is None and view.percent is not None and view.count is not None and view.n
    }
    places = max((_places(views[arm].percent) for arm in ours), default=0)
    exact = {arm: replace(views[arm], percent=percent_of(count, n, places)) for arm, (count, n) in ours.items()}
    return {**views, **exact} if places else views


def _in_unit(value: Decimal | NotReached | NotStated | None, unit: str | None) -> Any:
    """A value with its unit; None where its source does not state it."""
    if not isinstance(value, Decimal):
        return value if isinstance(value, NotReached) else None
    return value if unit is None else Quantity(value, unit)


def _places(percent: Decimal | None) -> int:
    """The decimals of a published percentage; none without one."""
    exponent = percent.as_tuple().exponent if percent is not None else 0
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _effect_view(key: str, effect: Effect, outcome_id: str, outcome: Outcome, source: str) -> EffectView:
    return EffectView(
        key, outcome_id, effect.statistic, effect.of, effect.to,
        _in_unit(effect.value, outcome.unit) if effect.statistic in DIFFERENCES else _in_unit(effect.value, None),
        _interval(effect.interval), effect.interval_kind, effect.level, effect.p, effect.significant, outcome.unit,
        effect.source or source,
    )  # fmt: skip


def _interval(ends: Ends | None) -> Interval | None:
    return Interval(*ends) if ends and ends != (None, None) else None


def chain(outcomes: Mapping[str, OutcomeView], one: OutcomeView) -> Iterator[OutcomeView]:
    """The outcomes around one and within it, each within the one before, from the widest on."""
    found: OutcomeView | None = one
    seen: set[str] = set()
    # Outcomes may name one another in a circle, which must end here.
    while (outer := outcomes.get(found.outcome.within or "")) is not None and outer.id not in seen:
        found = outer
        seen.add(found.id)
    seen.clear()
    while found is not None and found.id not in seen:
        yield found
        seen.add(found.id)
        inner = found.id
        found = next((one for one in outcomes.values() if one.outcome.within == inner), None)
