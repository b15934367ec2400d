"""Rules on effects: each lies within its interval, and says what its interval, its p and its arms' counts say."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from handouts.checks.numbers import CHECK_BOTH, Measured, measured
from handouts.checks.rule import Found, OfTopic, rule
from handouts.model.base import Bound
from handouts.model.document import KeyPath
from handouts.model.study import Effect, analysed

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
def effect_outside_its_interval(subject: OfTopic) -> Iterator[Found]:
    """An effect lies outside its interval, or its interval is upside down."""
    for path, effect, _ in _effects(subject):
        low, high = effect.interval or (None, None)
        if low is not None and high is not None and low > high:
            message = f"the interval begins with {low}, above its end, {high}"
            yield Found(subject.topic.document.origin((*path, "interval")), message, "write the low end first")
        elif isinstance(effect.value, Decimal) and not _is_within(effect.value, low, high):
            message = f"{effect.value} is outside its interval, {low or '…'} to {high or '…'}"
            yield Found(subject.topic.document.origin((*path, "value")), message, CHECK_BOTH)


def _is_within(value: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    return (low is None or low <= value) and (high is None or value <= high)


@rule(
    "NUM13",
    OfTopic,
    "warning",
    why="A gain that may be chance must not be told as a gain, nor the other way round.",
    source="the usual two-sided level of 5%; waive it for a trial that had set another one before",
)
def significance_contradicts_its_numbers(subject: OfTopic) -> Iterator[Found]:
    """A result is called significant, or not, against its interval or its p value."""
    for path, effect, _ in _effects(subject):
        if effect.significant is None:
            continue
        said = "significant" if effect.significant else "not significant"
        origin = subject.topic.document.origin((*path, "significant"))
        low, high = effect.interval or (None, None)
        null = effect.no_difference
        if low is not None and high is not None and low > high:
            continue
        if low is not None and high is not None and effect.significant == (low <= null <= high):
            verb = "holds" if effect.significant else "excludes"
            yield Found(origin, f"the interval {low} to {high} {verb} {null}, and {said} is said", CHECK_BOTH)
        elif (by_p := _significant_by_p(effect)) is not None and effect.significant != by_p:
            yield Found(origin, f"p is {effect.p}, and {said} is said", CHECK_BOTH)


def _significant_by_p(effect: Effect) -> bool | None:
    """Whether p is below the level; None where there is no p, or its bound leaves that open."""
    p = effect.p
    if not isinstance(p, Bound):
        return None if p is None else p < LEVEL
    if p.sign == "<":
        return True if p.value <= LEVEL else None
    return False if p.value >= LEVEL else None


@rule(
    "NUM14",
    OfTopic,
    "warning",
    why="Counts that do not give the published effect are of other people, or one of them was copied wrongly.",
    source="arithmetic; waive it for an effect that its source adjusted or stratified",
)
def counts_disagree_with_an_effect(subject: OfTopic) -> Iterator[Found]:
    """A published risk ratio, efficacy or difference is not what the counts of its two arms give."""
    for path, effect, one in _effects(subject):
        exact = _from_counts(effect, one)
        if exact is None or not isinstance(effect.value, Decimal):
            continue
        # Some sources cut digits off where others round.
        last_digit = Fraction(Decimal(1).scaleb(int(effect.value.as_tuple().exponent)))
        if abs(Fraction(effect.value) - exact) >= last_digit:
            message = f"the counts give {float(exact):.{max(2, _places(effect.value))}f}, not {effect.value}"
            yield Found(subject.topic.document.origin((*path, "value")), message, CHECK_BOTH)


def _from_counts(effect: Effect, one: Measured) -> Fraction | None:
    """The effect that the counts of its two arms give, in its own unit; None where they give none."""
    risks: list[Fraction] = []
    for arm in (effect.of, effect.to):
        result = one.outcome.arms.get(arm)
        n = analysed(result, arm, one.outcome, one.study) if result else None
        if result is None or result.count is None or n is None or result.count > n:
            return None
        risks.append(Fraction(result.count, n))
    of, to = risks
    match effect.statistic:
        case "risk_difference":
            return 100 * (of - to)
        case "risk_ratio" if to:
            return of / to
        case "efficacy" if to:
            return 100 * (1 - of / to)
        case "odds_ratio" if 0 < to < 1 and of < 1:
            return (of / (1 - of)) / (to / (1 - to))
        case _:
            return None


def _places(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))


def _effects(subject: OfTopic) -> Iterator[tuple[KeyPath, Effect, Measured]]:
    for one in measured(subject.topic.value):
        for key, effect in one.outcome.effects.items():
            yield (*one.path, "effects", key), effect, one
