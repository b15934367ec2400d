"""Rules on numbers and dates that nothing can be, whatever a source measured: a ratio below 0, a p above 1, a time of
less than none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from handouts.checks.numbers import ARITHMETIC, Measured, counted, measured
from handouts.checks.rule import Found, OfTopic, rule
from handouts.model.base import AsOf, NotStated, Range
from handouts.model.document import KeyPath
from handouts.model.study import COMPARES, RATIOS, Effect, Result, Study, StudyFact
from handouts.model.topic import Fact, Topic

LOOK_UP = "look it up in the source"
YEARS: Mapping[str, Decimal] = {
    "minute": Decimal(525_960), "hour": Decimal(8_766), "day": Decimal("365.25"), "week": Decimal("52.18"),
    "month": Decimal(12), "year": Decimal(1),
}  # fmt: skip
"""Units of time, and how many of each are a year."""
DOSES = frozenset(("mcg", "mg", "g", "mg_ml", "ml", "fluid_ounce"))
"""Units in which medicines and drinks are measured out."""
STRENGTHS = frozenset(("mcg", "mg", "mg_ml"))
"""Units in which nothing is measured out, or said to be in food, but a medicine."""
LONGEST_LIFE = 130
"""Years that nobody has lived: the longest known life was 122 (Robine JM, Allard M, Science 1998;279:1834)."""
FIRST_YEAR = 1900
"""No page, label or trial record of today's medicines is older."""
LEAST_LEVEL = 50
"""Percent; a level below it is one of chance (5), or a share (0.95)."""


def is_possible(effect: Effect, one: Measured) -> bool:
    """Whether an effect's value is one that its statistic can have."""
    return not (_not_a_ratio(effect, one) or _beyond_all(effect))


@rule(
    "NUM16",
    OfTopic,
    "error",
    why="A ratio of two frequencies is above 0, or 0 where nobody had it; below 0 it is a difference, or a slip.",
    source=ARITHMETIC,
    waivable=False,
)
def ratio_not_above_zero(subject: OfTopic) -> Iterator[Found]:
    """A ratio, or an end of its interval, is below 0, or is 0 where somebody had what is counted."""
    origin = subject.topic.document.origin
    for path, effect, one in effects_of(subject):
        if effect.statistic not in RATIOS or one.outcome.measure not in COMPARES[effect.statistic]:
            continue
        name = effect.statistic.replace("_", " ")
        if _not_a_ratio(effect, one):
            instead = f"{LOOK_UP}; below 0 are differences and logarithms, no ratios"
            if effect.value == 0:
                instead = f"{LOOK_UP}; where nobody of '{effect.of}' had it, give its count, 0"
            yield Found(origin((*path, "value")), f"a {name} is above 0, and this is {effect.value}", instead)
        ends = [end for end in effect.interval or () if end is not None]
        wrong = [str(end) for end in ends if end < 0 or (end == 0 and not _may_round_to_zero(effect, one))]
        if wrong:
            message = f"a {name} is above 0, and its interval has {' and '.join(wrong)}"
            instead = f"{LOOK_UP}; write null for an end that it does not state"
            yield Found(origin((*path, "interval")), message, instead)


def _not_a_ratio(effect: Effect, one: Measured) -> bool:
    value = effect.value
    if effect.statistic not in RATIOS or not isinstance(value, Decimal):
        return False
    return value < 0 or (value == 0 and not _nobody(one, effect.of))


def _nobody(one: Measured, arm: str) -> bool:
    """Whether nobody in an arm had what is counted."""
    result = one.outcome.arms.get(arm)
    return result is not None and 0 in (result.count, result.events, result.rate, result.percent)


def _may_round_to_zero(effect: Effect, one: Measured) -> bool:
    """Whether 0 can be what the low end of an interval rounds to: intervals of ratios are about as wide on either side
    of their value, as logarithms.
    """
    if not isinstance(effect.value, Decimal) or effect.interval is None:
        return _nobody(one, effect.of)
    high = effect.interval[1]
    if effect.value == 0 or high is None or high <= 0:
        return _nobody(one, effect.of)
    # Some authors leave zeros away behind the mark; ratios are published with two decimals or more.
    places = max(2, -int(effect.value.as_tuple().exponent), -int(high.as_tuple().exponent))
    return effect.value * effect.value / high < 5 * Decimal(1).scaleb(-places)


@rule(
    "NUM17",
    OfTopic,
    "error",
    why="A p is a chance: above 0, since no chance is none, and 1 at the most.",
    source="JAMA, instructions for authors: a P value below .001 is written as P < .001",
    waivable=False,
)
def p_that_is_no_chance(subject: OfTopic) -> Iterator[Found]:
    """A p value is 0, below 0 or above 1."""
    for path, effect, _ in effects_of(subject):
        p = effect.p
        if not isinstance(p, Decimal) or 0 < p <= 1:
            continue
        message, instead = f"p is {p}, and lies between 0 and 1", LOOK_UP
        if p == 0:
            places = -int(p.as_tuple().exponent)
            # A zero without decimals does not say below what it is.
            bound = (
                f"<{Decimal(1).scaleb(-places)}" if places > 1 else "the bound that the source prints, such as <0.001"
            )
            message, instead = (
                f"p is {p}, and no chance is none",
                f"write p: {bound}" if places > 1 else f"write {bound}",
            )
        elif 1 < p <= 100:
            instead = f"{LOOK_UP}; if it is a percentage, write p: {(p / 100).normalize():f}"
        yield Found(subject.topic.document.origin((*path, "p")), message, instead)


@rule(
    "NUM18",
    OfTopic,
    "error",
    why="No time, dose or spread is less than none, and no time in somebody's life is longer than any life.",
    source=ARITHMETIC,
)
def amount_that_nothing_has(subject: OfTopic) -> Iterator[Found]:
    """A time, a dose, a rate or a spread is below 0, a dose is 0, or a time is longer than any life."""
    origin, topic = subject.topic.document.origin, subject.topic.value
    for one in counted(topic):
        outcome, result = one.measured.outcome, one.result
        for name in ("sd", "se", "rate", "person_time", *(() if _may_fall(one.measured) else ("median", "mean"))):
            value = getattr(result, name)
            if not isinstance(value, Decimal):
                continue
            if value < 0 or (name == "person_time" and value == 0):
                least = "above 0" if name == "person_time" else "never below 0"
                may_be_change = name in ("mean", "median") and outcome.measure == "continuous"
                instead = f"{LOOK_UP}; if it is a change, write change: true" if may_be_change else LOOK_UP
                yield Found(
                    origin((*one.path, name)), f"{_called(name)} is {value}, and {_is_never(name, least)}", instead
                )
            elif name in ("mean", "median") and (said := _longer_than_life(value, outcome.unit)):
                yield Found(origin((*one.path, name)), said, f"{LOOK_UP}, and its unit")
        low = (result.interval or (None,))[0]
        if low is not None and low < 0 and not _may_fall(one.measured):
            message = f"the interval begins with {low}, and what is measured is never below 0"
            yield Found(origin((*one.path, "interval")), message, LOOK_UP)
    for one in measured(topic):
        if (frame := one.outcome.time_frame) is not None:
            yield from _of_amount(subject, (*one.path, "time_frame", "value"), frame.value, frame.unit)
    for path, fact in _facts(topic):
        yield from _of_amount(subject, (*path, "value"), fact.value, fact.unit)


def _may_fall(one: Measured) -> bool:
    """Whether a result may be below 0: a change, or a measure that is no time."""
    outcome = one.outcome
    return outcome.measure == "continuous" and (outcome.change or outcome.unit not in YEARS)


def _called(name: str) -> str:
    return {"sd": "the SD", "se": "the SE", "person_time": "the person-time"}.get(name, f"the {name}")


def _is_never(name: str, least: str) -> str:
    return f"a spread is {least}" if name in ("sd", "se") else f"it is {least}"


def _of_amount(subject: OfTopic, path: KeyPath, value: object, unit: str | None) -> Iterator[Found]:
    """What is wrong with a number or range in a unit of time or of doses."""
    if unit is None or (unit not in YEARS and unit not in DOSES):
        return
    low, high = (value.low, value.high) if isinstance(value, Range) else (value, value)
    if not isinstance(low, Decimal) or not isinstance(high, Decimal):
        return
    kind = "time" if unit in YEARS else "dose or volume"
    if low < 0:
        message = f"{low} in '{unit}' is below 0, which no {kind} is"
        yield Found(subject.topic.document.origin(path), message, f"{LOOK_UP}; write it without the minus")
    elif high == 0 and unit in STRENGTHS:
        yield Found(subject.topic.document.origin(path), f"0 in '{unit}' is no dose", f"{LOOK_UP}, or delete it")
    elif said := _longer_than_life(high, unit):
        yield Found(subject.topic.document.origin(path), said, f"{LOOK_UP}, and its unit")


def _longer_than_life(value: Decimal, unit: str | None) -> str:
    """That a time is longer than any life, in words; "" where it is not, or is no time."""
    years = value / YEARS[unit] if unit is not None and unit in YEARS else Decimal(0)
    if years <= LONGEST_LIFE:
        return ""
    in_years = "" if unit == "year" else f", which are {years:.0f} years,"
    return f"{value} in '{unit}'{in_years} is longer than any life"


@rule(
    "NUM19",
    OfTopic,
    "error",
    why="Nothing prevents more than all cases, and no two shares are more than all people apart.",
    source=ARITHMETIC,
    waivable=False,
)
def more_than_all(subject: OfTopic) -> Iterator[Found]:
    """An efficacy, a difference in percentage points or the level of an interval is beyond 100 percent."""
    origin, topic = subject.topic.document.origin, subject.topic.value
    for path, effect, one in effects_of(subject):
        if _beyond_all(effect):
            yield Found(origin((*path, "value")), _said_beyond(effect.statistic, effect.value), LOOK_UP)
        elif any(end is not None and _is_beyond(effect, end) for end in effect.interval or ()):
            end = next(end for end in effect.interval or () if end is not None and _is_beyond(effect, end))
            message = f"the interval has {end}: {_said_beyond(effect.statistic, end)}"
            yield Found(
                origin((*path, "interval")), message, f"{LOOK_UP}; write null for an end that it does not state"
            )
        elif effect.statistic in ("mean_difference", "median_difference") and _points_beyond(one, effect.value):
            yield Found(origin((*path, "value")), _said_points(effect.value), f"{LOOK_UP}, and its unit")
        yield from _of_level(subject, path, effect.level)
    for one in counted(topic):
        for name in ("mean", "median"):
            if _points_beyond(one.measured, value := getattr(one.result, name)):
                yield Found(origin((*one.path, name)), _said_points(value), f"{LOOK_UP}, and its unit")
        yield from _of_level(subject, one.path, one.result.level)
    for path, fact in _facts(topic):
        ends = (fact.value.low, fact.value.high) if isinstance(fact.value, Range) else (fact.value,)
        beyond = [end for end in ends if isinstance(end, Decimal) and abs(end) > 100]
        if beyond and fact.unit == "percentage_point":
            yield Found(origin((*path, "value")), _said_points(beyond[0]), f"{LOOK_UP}, and its unit")


def _beyond_all(effect: Effect) -> bool:
    return isinstance(effect.value, Decimal) and _is_beyond(effect, effect.value)


def _is_beyond(effect: Effect, value: Decimal) -> bool:
    """Whether a number is more than its statistic can be. An efficacy may be far below 0, where a vaccine does harm."""
    return value > 100 if effect.statistic == "efficacy" else effect.statistic == "risk_difference" and abs(value) > 100


def _said_beyond(statistic: str, value: object) -> str:
    if statistic == "efficacy":
        return f"an efficacy of {value}% would prevent more than all cases"
    return _said_points(value)


def _said_points(value: object) -> str:
    return f"{value} percentage points are more than all people apart"


def _points_beyond(one: Measured, value: object) -> bool:
    return one.outcome.unit == "percentage_point" and isinstance(value, Decimal) and abs(value) > 100


def _of_level(subject: OfTopic, path: KeyPath, level: Decimal) -> Iterator[Found]:
    if LEAST_LEVEL <= level < 100:
        return
    instead = "write it in percent, such as 95"
    if 0 < level < 1:
        instead = f"write level: {(100 * level).normalize():f}"
    elif 0 < level < LEAST_LEVEL:
        instead = f"write level: {(100 - level).normalize():f}, or look it up in the source"
    message = f"an interval of {level}% is none that anybody prints"
    yield Found(subject.topic.document.origin((*path, "level")), message, instead)


@rule(
    "NUM20",
    OfTopic,
    "error",
    why="A median or mean outside its own interval was copied from two places.",
    source=ARITHMETIC,
    waivable=False,
)
def result_outside_its_interval(subject: OfTopic) -> Iterator[Found]:
    """A median, mean or rate lies outside its interval, or its interval is upside down."""
    for one in counted(subject.topic.value):
        low, high = one.result.interval or (None, None)
        origin = subject.topic.document.origin
        if low is not None and high is not None and low > high:
            message = f"the interval begins with {low}, above its end, {high}"
            yield Found(origin((*one.path, "interval")), message, "write the low end first")
            continue
        name, value = _middle(one.result)
        if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
            ends = " to ".join("…" if end is None else str(end) for end in (low, high))
            message = f"the {name}, {value}, is outside its interval, {ends}"
            yield Found(origin((*one.path, name)), message, "look both up in the source")


def _middle(result: Result) -> tuple[str, Decimal | None]:
    """What an interval of a result is around, as it is in `ResultView.middle`; None where it is no number."""
    for name in ("mean", "median", "rate"):
        value = getattr(result, name)
        if value is not None and not isinstance(value, NotStated):
            return name, value if isinstance(value, Decimal) else None
    return "", None


@rule(
    "NUM21",
    OfTopic,
    "error",
    why="A date that cannot be is a slip of the pen, and hides how old the information is.",
    source="a rule of this program: every number has a source with its date",
)
def date_that_cannot_be(subject: OfTopic) -> Iterator[Found]:
    """A date lies before any source of today, a data cut-off after its source, or a source was read before its date."""
    topic, origin = subject.topic.value, subject.topic.document.origin
    for path, day in _dates(topic):
        if day.year < FIRST_YEAR:
            yield Found(origin(path), f"the year is {day.year}", "correct the year")
    for path, report in topic.reports():
        source = topic.sources.get(report.source)
        said = source.as_of if source else None
        if report.as_of is not None and isinstance(said, AsOf) and _is_after(report.as_of, said):
            message = (
                f"the data are from {report.as_of}, later than their source, '{report.source}', which is from {said}"
            )
            yield Found(origin((*path, "as_of")), message, "correct one of the two, or name the source that says so")
    for key, source in topic.sources.items():
        if source.seen is not None and isinstance(source.as_of, AsOf) and _is_after(source.as_of, source.seen):
            message = f"it was read in {source.seen}, before its own date, {source.as_of}"
            yield Found(origin(("sources", key, "seen")), message, "correct one of the two")


def _dates(topic: Topic) -> Iterator[tuple[KeyPath, AsOf]]:
    """The dates of information: of the topic, its sources, studies and contacts. What happened may be older."""
    yield ("as_of",), topic.as_of
    for key, source in topic.sources.items():
        for name in ("as_of", "seen", "next_check"):
            if isinstance(day := getattr(source, name), AsOf):
                yield ("sources", key, name), day
    for path, report in topic.reports():
        if report.as_of is not None:
            yield (*path, "as_of"), report.as_of
    for key, contact in topic.contacts.items():
        if contact.verified_on is not None:
            yield ("contacts", key, "verified_on"), contact.verified_on


def _is_after(one: AsOf, other: AsOf) -> bool:
    """Whether the first date begins after the whole of the other, neither of which is only about then."""
    if one.about or other.about:
        return False
    return (one.year, one.month or 1, one.day or 1) > (other.year, other.month or 12, other.day or 31)


def _facts(topic: Topic) -> Iterator[tuple[KeyPath, Fact | StudyFact]]:
    """The facts of a topic and of its studies."""
    for key, fact in topic.facts.items():
        yield ("facts", key), fact
    for path, report in topic.reports():
        if isinstance(report, Study):
            for key, fact in report.facts.items():
                yield (*path, "facts", key), fact


def effects_of(subject: OfTopic) -> Iterator[tuple[KeyPath, Effect, Measured]]:
    """Every effect of a topic with its path and its outcome."""
    for one in measured(subject.topic.value):
        for key, effect in one.outcome.effects.items():
            yield (*one.path, "effects", key), effect, one
