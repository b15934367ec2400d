"""A number or range with its unit: a value of the model in, one value out that words print with or without its unit."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from handouts.model.base import AsOf, Range, TimeOfDay
from handouts.model.study import StudyFact
from handouts.model.topic import Fact


class Quantity(Struct, frozen=True):
    """What is measured in a unit; `unit` is the id of its words in the locale or in a language file's `plurals`."""

    value: Decimal | Range
    unit: str


def value_of(fact: Fact | StudyFact) -> Decimal | Range | AsOf | TimeOfDay | Quantity:
    """What words and templates see of a fact."""
    if fact.unit is None or not isinstance(fact.value, Decimal | Range):
        return fact.value
    return Quantity(fact.value, fact.unit)


def numbers_of(value: object) -> tuple[int | Decimal, ...]:
    """The numbers that printing a value prints, where it is a number, a range or a quantity; none of any other."""
    match value:
        case bool():
            return ()
        case int() | Decimal():
            return (value,)
        case Range():
            return (value.low, value.high)
        case Quantity():
            return numbers_of(value.value)
        case _:
            return ()
