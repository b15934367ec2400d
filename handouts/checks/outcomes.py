"""Rules on hazard ratios: a ratio lies within its interval, and is called significant where interval and p say so."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from handouts.checks.numbers import CHECK_BOTH, reports
from handouts.checks.rule import Found, OfTopic, rule
from handouts.model.document import KeyPath
from handouts.model.topic import Outcome

NO_DIFFERENCE = Decimal(1)
LEVEL = Decimal("0.05")
"""The level of the intervals that the field prints (95%), two-sided."""


@rule(
    "NUM12",
    OfTopic,
    "error",
    why="An estimate outside its own interval was copied from two places.",
    source="arithmetic",
    waivable=False,
)
def ratio_outside_its_interval(subject: OfTopic) -> Iterator[Found]:
    """A hazard ratio lies outside its confidence interval."""
    for path, outcome in _outcomes(subject):
        low, high = outcome.hr_low, outcome.hr_high
        if (low is not None and low > outcome.hr) or (high is not None and high < outcome.hr):
            message = f"the hazard ratio {outcome.hr} is outside its interval, {low or '…'} to {high or '…'}"
            yield Found(subject.topic.document.origin((*path, "hr")), message, CHECK_BOTH)


@rule(
    "NUM13",
    OfTopic,
    "warning",
    why="A gain that may be chance must not be told as a gain, nor the other way round.",
    source="the usual two-sided level of 5%; waive it for a trial that had set another one before",
)
def significance_contradicts_its_numbers(subject: OfTopic) -> Iterator[Found]:
    """A result is called significant, or not, against its interval or its p value."""
    for path, outcome in _outcomes(subject):
        said = "significant" if outcome.significant else "not significant"
        origin = subject.topic.document.origin((*path, "significant"))
        low, high = outcome.hr_low, outcome.hr_high
        if low is not None and high is not None and outcome.significant == (low <= NO_DIFFERENCE <= high):
            message = (
                f"the interval {low} to {high} {'holds' if outcome.significant else 'excludes'} 1, and {said} is said"
            )
            yield Found(origin, message, CHECK_BOTH)
        elif outcome.p is not None and outcome.significant != (outcome.p < LEVEL):
            yield Found(origin, f"p is {outcome.p}, and {said} is said", CHECK_BOTH)


def _outcomes(subject: OfTopic) -> Iterator[tuple[KeyPath, Outcome]]:
    for path, report in reports(subject.topic.value):
        for key, outcome in report.outcomes.items():
            yield (*path, "outcomes", key), outcome
