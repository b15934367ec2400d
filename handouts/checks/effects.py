"""Rules on effects: each lies within its interval, and says what its interval, its p and its arms' results say."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import inf

from handouts.checks.impossible import effects_of, is_possible
from handouts.checks.numbers import CHECK_BOTH, Measured
from handouts.checks.rule import Found, OfTopic, rule
from handouts.model.base import Bound, NotReached
from handouts.model.study import RATIOS, Effect, Result, analysed

LEVEL = Decimal("0.05")
"""The level of the intervals that the field prints (95%), two-sided."""
NEAR = Decimal("0.01")
"""A p so near to the level may lie on its other side than the interval: they are often worked out in two ways."""
ADJUSTED = Decimal("0.2")
"""Part of a difference, or of a ratio, by which a source's adjustment usually changes it at the most."""
OF_WIDTH = Decimal("0.25")
"""Part of its interval's width by which adjustment may change a difference, too: groups that differed by chance at the
start change it about as much as it is uncertain."""
FAR_APART = 2.0
"""How many times as long one of two medians is, so that no crossing of curves without a proven difference makes it."""
_OTHERWISE = f"{CHECK_BOTH}; where the source adjusted or estimated it otherwise, waive this with that reason"
_WHICH_FIRST = (
    f"{CHECK_BOTH}, and which arm comes first; where the curves cross, or it is adjusted, waive this with that reason"
)


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
    for path, effect, one in effects_of(subject):
        low, high = effect.interval or (None, None)
        if low is not None and high is not None and low > high:
            message = f"the interval begins with {low}, above its end, {high}"
            yield Found(subject.topic.document.origin((*path, "interval")), message, "write the low end first")
        elif isinstance(effect.value, Decimal) and is_possible(effect, one) and not _is_within(effect.value, low, high):
            message = f"{effect.value} is outside its interval, {low or '…'} to {high or '…'}"
            yield Found(subject.topic.document.origin((*path, "value")), message, CHECK_BOTH)


def _is_sound(effect: Effect, one: Measured) -> bool:
    """Whether nothing is told of an effect by itself: it can be, and lies within its interval."""
    low, high = effect.interval or (None, None)
    return is_possible(effect, one) and (not isinstance(effect.value, Decimal) or _is_within(effect.value, low, high))


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
    """A result is called significant, or not, against its interval or its p value, or these two against each other."""
    for path, effect, _ in effects_of(subject):
        if effect.significant is None:
            if said := _apart(effect):
                yield Found(subject.topic.document.origin((*path, "p")), said, CHECK_BOTH)
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


def _apart(effect: Effect) -> str:
    """How p and the interval contradict each other, in words; "" where they do not, or nobody can tell."""
    low, high = effect.interval or (None, None)
    null, by_p = effect.no_difference, _significant_by_p(effect)
    if low is None or high is None or by_p is None or effect.interval_kind != "confidence":
        return ""
    # An end that is printed as the value of no difference may have been rounded to it.
    if effect.level != 100 * (1 - LEVEL) or low > high or null in (low, high):
        return ""
    if isinstance(effect.p, Decimal) and abs(effect.p - LEVEL) <= NEAR:
        return ""
    if by_p == (not low < null < high):
        return ""
    return f"p is {effect.p}, and the interval {low} to {high} {'holds' if by_p else 'excludes'} {null}"


def _significant_by_p(effect: Effect) -> bool | None:
    """Whether p is below the level; None where there is no p, or no possible one, or its bound leaves that open."""
    p = effect.p
    if not isinstance(p, Bound):
        return p < LEVEL if p is not None and 0 < p <= 1 else None
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
    for path, effect, one in effects_of(subject):
        exact = _from_counts(effect, one)
        if exact is None or not isinstance(effect.value, Decimal) or not _is_sound(effect, one):
            continue
        if _may_be_corrected(effect, one):
            continue
        # Some sources cut digits off where others round.
        last_digit = Fraction(Decimal(1).scaleb(int(effect.value.as_tuple().exponent)))
        if abs(Fraction(effect.value) - exact) >= last_digit:
            message = f"the counts give {float(exact):.{max(2, _places(effect.value))}f}, not {effect.value}"
            yield Found(subject.topic.document.origin((*path, "value")), message, _OTHERWISE)


def _may_be_corrected(effect: Effect, one: Measured) -> bool:
    """Whether a ratio beside an arm without a case is what sources give there: half a case is added to each arm (or
    Peto's method is used, which gives at the most twice as much).
    """
    if effect.statistic not in RATIOS or not isinstance(effect.value, Decimal) or effect.value <= 0:
        return False
    shares: list[Fraction] = []
    for arm in (effect.of, effect.to):
        result = one.outcome.arms.get(arm)
        n = analysed(result, arm, one.outcome, one.study) if result else None
        if result is None or result.count is None or n is None or (result.count == 0) != (arm == effect.of):
            return False
        shares.append((result.count + Fraction(1, 2)) / (n + 1))
    corrected = _implied(effect, *shares)
    return corrected is not None and effect.value <= 2 * corrected


def _from_counts(effect: Effect, one: Measured) -> Fraction | None:
    """The effect that the counts of its two arms give, in its own unit; None where they give none."""
    risks: list[Fraction] = []
    for arm in (effect.of, effect.to):
        result = one.outcome.arms.get(arm)
        n = analysed(result, arm, one.outcome, one.study) if result else None
        if result is None or result.count is None or n is None or result.count > n:
            return None
        risks.append(Fraction(result.count, n))
    # A hazard ratio is of times, which counts do not say.
    return None if effect.statistic == "hazard_ratio" else _implied(effect, *risks)


@rule(
    "NUM22",
    OfTopic,
    "warning",
    why="A ratio that says better beside the worse result is of the other arm, or one of the two was copied wrongly.",
    source="arithmetic; waive it where the curves cross, or the source adjusted the effect",
)
def effect_against_its_arms(subject: OfTopic) -> Iterator[Found]:
    """An effect says that one arm had more, or sooner, and the results of the two arms say so of the other arm, by more
    than the effect's interval allows.
    """
    for path, effect, one in effects_of(subject):
        # What counts give is compared with them to the last digit (NUM14).
        if _is_sound(effect, one) and _from_counts(effect, one) is None and (said := _against(effect, one)):
            yield Found(subject.topic.document.origin((*path, "value")), said, _WHICH_FIRST)


def _against(effect: Effect, one: Measured) -> str:
    """How an effect contradicts the results of its arms, in words; "" where it does not, or nobody can tell."""
    more, found = _more_in_first(effect), _of_both(effect, one)
    if more is None or found is None:
        return ""
    name, of, to = effect.statistic.replace("_", " "), effect.of, effect.to
    if one.outcome.measure == "time_to_event":
        first, second = (result.median for result in found)
        times = _time(first), _time(second)
        # What happens more often comes sooner.
        if times[0] is None or times[1] is None or times[0] == times[1] or more == (times[0] < times[1]):
            return ""
        # Where an event comes at a constant rate, medians are to each other as hazards, the other way round.
        given = None if inf in times or not times[0] else times[1] / times[0]
        if _allows(effect, given) or (given is not None and _may_be_chance(effect) and _is_near(given)):
            return ""
        when, length = ("sooner", "longer") if more else ("later", "shorter")
        return (
            f"the {name} {effect.value} says that it comes {when} with '{of}', and the median there is {length}: "
            f"{_written(first)}, against {_written(second)} with '{to}'"
        )
    shares = _shares(found, effect, one)
    if shares is None or shares[0] == shares[1] or more == (shares[0] > shares[1]):
        return ""
    if _allows(effect, _implied(effect, *(share / 100 for share in shares))):
        return ""
    how_many, size = ("more", "smaller") if more else ("fewer", "larger")
    first, second = (f"{float(share):.4g}%" for share in shares)
    return (
        f"the {name} {effect.value} says that {how_many} had it with '{of}', and the share there is {size}: "
        f"{first}, against {second} with '{to}'"
    )


def _allows(effect: Effect, given: Fraction | float | None) -> bool:
    """Whether the interval of an effect holds what the results of its arms give; without it, whether it holds the value
    of no difference.

    By chance, curves that hardly differ cross, and medians stand the other way round.
    """
    low, high = effect.interval or (None, None)
    found = float(effect.no_difference if given is None else given)
    return low is not None and high is not None and float(low) <= found <= float(high)


def _may_be_chance(effect: Effect) -> bool:
    """Whether an effect itself says that there may be none: by its interval, else by its p or its significance."""
    low, high = effect.interval or (None, None)
    if low is not None and high is not None:
        return low <= effect.no_difference <= high
    return effect.significant is False or _significant_by_p(effect) is False


def _is_near(ratio: float) -> bool:
    return 1 / FAR_APART < ratio < FAR_APART


def _implied(effect: Effect, of: Fraction, to: Fraction) -> Fraction | None:
    """The effect that two shares give, in its own unit; None where they give none. Hazards are taken as the shares."""
    match effect.statistic:
        case "risk_difference":
            return 100 * (of - to)
        case "risk_ratio" | "hazard_ratio" if to:
            return of / to
        case "efficacy" if to:
            return 100 * (1 - of / to)
        case "odds_ratio" if 0 < to < 1 and of < 1:
            return (of / (1 - of)) / (to / (1 - to))
        case _:
            return None


def _more_in_first(effect: Effect) -> bool | None:
    """Whether an effect says that what is counted was more frequent in its first arm; None where it says neither."""
    value = effect.value
    if not isinstance(value, Decimal) or value == effect.no_difference:
        return None
    match effect.statistic:
        case "hazard_ratio" | "risk_ratio" | "odds_ratio" | "risk_difference":
            return value > effect.no_difference
        case "efficacy":
            return value < 0
        case _:
            return None


def _of_both(effect: Effect, one: Measured) -> tuple[Result, Result] | None:
    of, to = (one.outcome.arms.get(arm) for arm in (effect.of, effect.to))
    return None if of is None or to is None else (of, to)


def _time(median: Decimal | NotReached | None) -> float | None:
    """A median as a number: one that was not reached is longer than any that was."""
    return inf if isinstance(median, NotReached) else None if median is None else float(median)


def _written(median: Decimal | NotReached | None) -> str:
    return "not reached" if isinstance(median, NotReached) else str(median)


def _shares(found: tuple[Result, Result], effect: Effect, one: Measured) -> tuple[Fraction, Fraction] | None:
    """The percentages of both arms, as counted, else as published; None where one has neither, or not the same."""
    counted: list[Fraction] = []
    for result, arm in zip(found, (effect.of, effect.to), strict=True):
        n = analysed(result, arm, one.outcome, one.study)
        if result.count is not None and n is not None and result.count <= n:
            counted.append(Fraction(100 * result.count, n))
    if len(counted) == 2:
        return counted[0], counted[1]
    of, to = (result.percent for result in found)
    return None if of is None or to is None else (Fraction(of), Fraction(to))


@rule(
    "NUM23",
    OfTopic,
    "warning",
    why="A difference that its two numbers do not give is of other people, or one of the three was copied wrongly.",
    source="arithmetic; waive it for an effect that its source adjusted or estimated otherwise",
)
def results_disagree_with_an_effect(subject: OfTopic) -> Iterator[Found]:
    """A published difference of means or medians, or ratio of rates, is far from what the results of its arms give."""
    for path, effect, one in effects_of(subject):
        found = _of_both(effect, one)
        if found is None or not isinstance(effect.value, Decimal) or not _is_sound(effect, one):
            continue
        given = _given(effect, found)
        if given is None:
            continue
        least, most = given
        room = _room(effect, one, max(abs(least), abs(most)))
        half = _half(effect.value)
        if not least - room - half <= effect.value <= most + room + half:
            exact = ((least + most) / 2).quantize(Decimal(1).scaleb(-max(2, _places(effect.value)))).normalize()
            origin = subject.topic.document.origin((*path, "value"))
            yield Found(origin, f"the results of the two arms give {exact:f}, not {effect.value}", _OTHERWISE)


def _room(effect: Effect, one: Measured, given: Decimal) -> Decimal:
    """By how much an effect may differ from what its arms' results give: models adjust differences of means and ratios
    of rates, and medians of pairs are no difference of medians; medians of times are subtracted.
    """
    if one.outcome.measure == "time_to_event":
        return Decimal(0)
    low, high = effect.interval or (None, None)
    width = high - low if low is not None and high is not None and high > low else Decimal(0)
    return max(ADJUSTED * given, (1 if effect.statistic == "median_difference" else OF_WIDTH) * width)


def _given(effect: Effect, found: tuple[Result, Result]) -> tuple[Decimal, Decimal] | None:
    """The least and the most that a difference or ratio of two results is, each of which may have been rounded."""
    match effect.statistic:
        case "mean_difference":
            of, to = (result.mean for result in found)
        case "median_difference":
            of, to = (result.median for result in found)
        case "rate_ratio":
            of, to = (result.rate for result in found)
        case _:
            return None
    if not isinstance(of, Decimal) or not isinstance(to, Decimal):
        return None
    low, high = (of - _half(of), of + _half(of)), (to - _half(to), to + _half(to))
    if effect.statistic == "rate_ratio":
        return None if low[0] <= 0 or high[0] <= 0 else (low[0] / high[1], low[1] / high[0])
    return low[0] - high[1], low[1] - high[0]


def _half(value: Decimal) -> Decimal:
    """By how much a number may have been rounded."""
    return Decimal(1).scaleb(-max(0, _places(value))) / 2


def _places(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))
