"""The numbers that a topic has, each with its name in words: a topic in; out which of them a typed number may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from msgspec import Struct

from handouts.by_identity import by_identity
from handouts.model.base import AsOf, Bound, Range, Tally, TimeOfDay
from handouts.model.document import KeyPath
from handouts.model.leaves import leaves
from handouts.model.study import DIFFERENCES, Outcome, analysed
from handouts.model.topic import Topic

Value = Decimal | AsOf | TimeOfDay
Kind = Literal["people", "percent", "amount", "ratio", "date", "time", "code"]
"""What a number is of: people, a percentage, an amount (with its unit, if it has one), an effect or its p value."""

NAMED = ("facts", "sources", "studies", "subject")
"""Parts of the topic whose numbers words name without `topic.` before them."""

_UNSAID = ("schema_version", "freshness", "waivers", "level", "sections", "statements", "pictures", "documents")
"""What words have no reason to name: how the topic is laid out."""
_GROUPS = frozenset(("outcomes", "harms", "arms", "grades", "effects", "facts"))
"""Steps to a study's number that words leave out."""
_PEOPLE = frozenset(("count", "n", "enrolled", "evaluable", "planned", "events"))


class Known(Struct, frozen=True):
    """One number of a topic. `name` is how words name it; `unit` is the id of its unit, if it has one."""

    value: Value
    name: str
    kind: Kind
    path: KeyPath
    unit: str | None = None

    @property
    def study(self) -> str | None:
        """The study that it belongs to."""
        return str(self.path[1]) if self.path[0] == "studies" else None


class Whole(Struct, frozen=True):
    """Two numbers that stand together: the ends of a range or an interval, or people of so many."""

    values: tuple[Decimal, Decimal]
    name: str
    kind: Kind
    path: KeyPath
    unit: str | None = None

    @property
    def study(self) -> str | None:
        """The study that they belong to."""
        return str(self.path[1]) if self.path[0] == "studies" else None


class Numbers(Struct, frozen=True):
    """All numbers of a topic, single ones by their value, and those that stand together."""

    single: Mapping[Value, tuple[Known, ...]]
    pairs: Mapping[tuple[Decimal, Decimal], tuple[Whole, ...]]
    dates: tuple[Known, ...]


@by_identity(8)
def numbers_of(topic: Topic) -> Numbers:
    """The numbers of a topic by their value."""
    single: dict[Value, dict[str, Known]] = {}
    pairs: dict[tuple[Decimal, Decimal], dict[str, Whole]] = {}
    dates: dict[str, Known] = {}
    for one in (*_given(topic), *_worked_out(topic)):
        if isinstance(one, Whole):
            pairs.setdefault(one.values, {}).setdefault(one.name, one)
        elif isinstance(one.value, AsOf):
            dates.setdefault(one.name, one)
            single.setdefault(Decimal(one.value.year), {}).setdefault(one.name, one)
        else:
            single.setdefault(one.value, {}).setdefault(one.name, one)
    return Numbers(
        {value: tuple(named.values()) for value, named in single.items()},
        {values: tuple(named.values()) for values, named in pairs.items()},
        tuple(dates.values()),
    )


def units_of(topic: Topic) -> Iterator[str]:
    """The ids of all units that a topic gives."""
    facts = (*topic.facts.values(), *(fact for study in topic.studies.values() for fact in study.facts.values()))
    outcomes = (outcome for _, report in topic.reports() for _, outcome in report.measured())
    for one in (*facts, *outcomes):
        if one.unit is not None:
            yield one.unit


def _given(topic: Topic) -> Iterator[Known | Whole]:
    for path, value in leaves(topic, skip=_UNSAID):
        if isinstance(value, bool) or not isinstance(value, _NUMBERS):
            if path[0] == "contacts" and path[-1] == "code" and isinstance(value, str):
                yield Known(Decimal(value), f"contacts.{path[1]}", "code", path)
            continue
        name = ".".join(_named(tuple(map(str, path))))
        kind, unit = _kind(path, topic)
        match value:
            case int() | Decimal():
                yield Known(Decimal(value), name, kind, path, unit)
                if value < 0:
                    yield Known(abs(Decimal(value)), f"{name} | absolute", kind, path, unit)
            case Tally():
                yield Known(Decimal(value.n), name, "people", path)
            case Range():
                yield Whole((value.low, value.high), name, kind, path, unit)
                yield from (Known(end, name, kind, path, unit) for end in (value.low, value.high))
            case Bound():
                yield Known(value.value, name, "ratio", path)
            case AsOf():
                yield Known(value, name, "date", path)
            case TimeOfDay():
                yield Known(value, f"{name} | time", "time", path)


_NUMBERS = (int, Decimal, Tally, Range, Bound, AsOf, TimeOfDay)


def _worked_out(topic: Topic) -> Iterator[Known | Whole]:
    """Percentages of counts, people of so many, and intervals whole."""
    for at, report in topic.reports():
        study = topic.studies[str(at[1])]
        for inner, outcome in report.measured():
            for steps, arm, result in outcome.results():
                path: KeyPath = (*at, *inner, *steps)
                name = ".".join(_named(tuple(map(str, path))))
                n = analysed(result, arm, outcome, study)
                if result.count is not None and n:
                    yield Whole((Decimal(result.count), Decimal(n)), name, "people", path)
                    yield from _percentages(result.count, n, result.percent, name, path)
            for key, effect in outcome.effects.items():
                low, high = effect.interval or (None, None)
                path = (*at, *inner, "effects", key, "interval")
                if isinstance(low, Decimal) and isinstance(high, Decimal):
                    yield Whole((low, high), ".".join(_named(tuple(map(str, path)))), "ratio", path)


def _percentages(count: int, n: int, published: Decimal | None, name: str, path: KeyPath) -> Iterator[Known]:
    """What words print of a count in percent; of whole percent nothing where its source prints another."""
    for step, exact in (("per_100", Decimal(1)), ("share", Decimal("0.1"))):
        percent = (Decimal(100 * count) / n).quantize(exact, ROUND_HALF_UP)
        # Words refuse to print none of some, or all of less than all.
        if (percent not in (0, 100) or count in (0, n)) and _is_printed(percent, published, step):
            yield Known(percent, f"{name}.{step}", "percent", (*path, step), "percent")


def _is_printed(percent: Decimal, published: Decimal | None, step: str) -> bool:
    """Whether words need a name of its own for a percentage: whole, where none is published; else with a decimal."""
    return published is None if step == "per_100" else percent != percent.to_integral_value()


def _kind(path: KeyPath, topic: Topic) -> tuple[Kind, str | None]:
    """What a number of the topic is of, and the id of its unit."""
    last = path[-1]
    if last in _PEOPLE:
        return "people", None
    if last in ("percent", "share"):
        return "percent", "percent"
    holder = _holder(topic, path)
    unit = getattr(holder, "unit", None)
    if "effects" in path:
        statistic = getattr(_holder(topic, (*path[: path.index("effects") + 2], "statistic")), "statistic", None)
        return ("amount", _outcome_unit(topic, path)) if statistic in DIFFERENCES and last != "p" else ("ratio", None)
    if "outcomes" in path or "harms" in path:
        return "amount", unit or _outcome_unit(topic, path)
    return "amount", unit


def _holder(topic: Topic, path: KeyPath) -> object:
    """The record, mapping or list in which a value stands."""
    found: object = topic
    for step in path[:-1]:
        if isinstance(found, Mapping):
            found = found.get(step)  # type: ignore[reportUnknownMemberType]
        elif isinstance(found, tuple) and isinstance(step, int):
            found = found[step]  # type: ignore[reportUnknownVariableType]
        else:
            found = getattr(found, str(step), None)
    return found  # type: ignore[reportUnknownVariableType]


def _outcome_unit(topic: Topic, path: KeyPath) -> str | None:
    at = next(index for index, step in enumerate(path) if step in ("outcomes", "harms"))
    outcome = _holder(topic, path[: at + 3])
    return outcome.unit if isinstance(outcome, Outcome) else None


def _named(path: tuple[str, ...]) -> tuple[str, ...]:
    """Words reach a study by its id alone, a fact by its name, and what has no name of its own through `topic`."""
    match path:
        case ("studies", study, "arms", *rest):
            # An outcome's arms can be named without their group, a study's own cannot.
            return (study, "arms", *rest)
        case ("studies", study, *rest) if "facts" in rest:
            rest = [step for step in rest if step not in _GROUPS]
            return (study, *rest[:-1])
        case ("studies", study, *rest):
            rest = [step for step in rest if step not in _GROUPS]
            ends = {"0": "low", "1": "high"}
            return (study, *(ends.get(step, step) if before == "interval" else step for before, step in _pairs(rest)))
        case ("facts", name, "value", *_):
            return ("facts", name)
        case (first, *_) if first not in NAMED:
            return ("topic", *path)
        case _:
            return path


def _pairs(steps: Iterable[str]) -> Iterator[tuple[str, str]]:
    before = ""
    for step in steps:
        yield before, step
        before = step
