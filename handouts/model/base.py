"""The strict, frozen base of every schema, and the scalar types that medical text needs.

In: plain values as `yaml_source` reads them (str, int, Decimal, bool, None, list, dict). Out: frozen pydantic models.
Nothing is coerced: a phone number without quotes is an integer here and is refused where text is wanted.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema


class Model(BaseModel):
    """Base of all schemas: unknown keys are errors, values are not coerced, instances cannot change."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _as_decimal(value: Any) -> Any:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _not_blank(value: Any) -> Any:
    if isinstance(value, str) and value and not value.strip():
        raise ValueError("is blank; write something or leave the key out")
    return value


def _is_printed(char: str) -> bool:
    return char.isprintable() or unicodedata.category(char) == "Zs"


def _one_line(value: Any) -> Any:
    if isinstance(value, str) and not value.isprintable() and not all(map(_is_printed, value)):
        raise ValueError("has a line break or control character; write it on one line")
    return value


def _composed(value: Any) -> Any:
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


FromList = BeforeValidator(_as_tuple)
"""Lets a YAML list fill a tuple field: `Annotated[tuple[X, ...], FromList]`."""

Text = Annotated[
    str, BeforeValidator(_composed), BeforeValidator(_not_blank), StringConstraints(min_length=1, strip_whitespace=True)
]
"""Words that may run over several lines. A letter and its accent, which some editors write apart, are one character."""

Line = Annotated[
    str,
    BeforeValidator(_composed),
    BeforeValidator(_not_blank),
    BeforeValidator(_one_line),
    StringConstraints(min_length=1, strip_whitespace=True, max_length=300),
]
"""Words on one line: no line break, no control character."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
"""A name that words can refer to: lower-case letters, digits and underscores."""

Hex = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
"""A colour as `#RRGGBB`."""

StatementId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]

Number = Annotated[
    Decimal,
    BeforeValidator(_as_decimal),
    Field(allow_inf_nan=False),
    WithJsonSchema({"type": "number"}),
]
"""A number as the author typed it: 0.830 keeps its last zero."""

Count = Annotated[int, Field(ge=0, le=10_000_000)]
Positive = Annotated[int, Field(ge=1, le=10_000_000)]

_TALLY = re.compile(r"^about ([0-9]{1,8})$")
_AS_OF = re.compile(r"^(about )?([12][0-9]{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?$")


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of people, and whether the source gives it as approximate."""

    n: int
    about: bool = False

    def __str__(self) -> str:
        """The number as files write it: `60`, `about 57`."""
        return f"about {self.n}" if self.about else str(self.n)


@dataclass(frozen=True, slots=True, order=True)
class AsOf:
    """A date as exact as its source: a year, a month or a day; `about` when the source itself is undated."""

    year: int
    month: int = 0
    day: int = 0
    about: bool = False

    def __str__(self) -> str:
        """The date as files write it: `about 2013`, `2015-11`, `2025-12-04`."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return ("about " if self.about else "") + "-".join(parts)


def parse_tally(value: Any) -> Tally:
    """`60` or `about 57` → Tally. Raises ValueError for anything else."""
    if isinstance(value, Tally):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 10_000_000:
        return Tally(value)
    match = _TALLY.match(value) if isinstance(value, str) else None
    if not match:
        raise ValueError("is not a number of people; write a whole number such as 60, or 'about 57'")
    return Tally(int(match[1]), about=True)


def parse_as_of(value: Any) -> AsOf:
    """`2013`, `2015-11`, `2025-12-04` or `about 2013` → AsOf. Raises ValueError for anything else."""
    if isinstance(value, AsOf):
        return value
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    match = _AS_OF.match(text) if isinstance(text, str) else None
    if not match:
        raise ValueError("is not a date; write 2013, 2015-11, 2025-12-04 or 'about 2013'")
    year, month, day = int(match[2]), int(match[3] or 0), int(match[4] or 0)
    if day and day > _days_in(year, month):
        raise ValueError(f"is not a date: month {month} of {year} has {_days_in(year, month)} days")
    return AsOf(year, month, day, about=bool(match[1]))


def _days_in(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _one_day(value: AsOf) -> AsOf:
    if not value.day or value.about:
        raise ValueError("is not one day; write it like 2027-01-31")
    return value


TallyField = Annotated[
    Tally,
    BeforeValidator(parse_tally),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": _TALLY.pattern}]}),
]
AsOfField = Annotated[
    AsOf,
    BeforeValidator(parse_as_of),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string", "pattern": _AS_OF.pattern}]}),
]
Day = Annotated[AsOfField, AfterValidator(_one_day)]
"""A date that is one day, of which the source is sure."""
