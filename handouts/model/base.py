"""The strict, frozen base of every schema, and the scalar types that medical text needs.

In: plain values as `yaml_source` reads them (str, int, Decimal, bool, None, list, dict). Out: frozen msgspec Structs.
Nothing is coerced: a phone number without quotes is an integer here and is refused where text is wanted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, cast

from msgspec import Meta, Struct

Schema: TypeAlias = Any
"""A type as a schema writes it: a class, an alias such as `Line`, or None where the schema has nothing."""


class Model(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all schemas: unknown keys are errors, values are not coerced, instances cannot change.

    `fit.fit` makes one of what a file says. Values that contradict each other are told by `__post_init__`, which raises
    ValueError, or Contradiction where it knows which of its keys is wrong. A file may write what stands in the field
    `written_as`, a mapping, in place of the whole record. `by_program` says that the program writes the file itself,
    with whatever signs it was given.
    """

    written_as: ClassVar[str | None] = None
    by_program: ClassVar[bool] = False


def written_fields(kind: type[Struct]) -> Mapping[str, str]:
    """A record's fields by the keys that files have for them: their own names, but for a key such as `from`, which is a
    word of Python.
    """
    return dict(zip(kind.__struct_encode_fields__, kind.__struct_fields__, strict=True))


class Contradiction(ValueError):  # noqa: N818 - what it is about are values, and nothing went wrong before it
    """Values of one block that cannot stand together: pairs of the key to change and what is wrong with it. "" is the
    block itself; several keys lead to a value further in.
    """

    def __init__(self, found: Sequence[tuple[str | tuple[str | int, ...], str]]) -> None:
        super().__init__("; ".join(message for _, message in found))
        self.found = tuple(found)


class Before(Struct, frozen=True):
    """Changes a value before its type is looked at, or raises ValueError with what is wrong with it."""

    change: Callable[[Any], Any]


class After(Struct, frozen=True):
    """Changes a value whose type and size are right, or raises ValueError with what is wrong with it."""

    change: Callable[[Any], Any]


class ForProgram(Struct, frozen=True):
    """Marks text that names something for the program and that no reader sees."""


def _as_decimal(value: Any) -> Any:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _not_blank(value: Any) -> Any:
    if isinstance(value, str) and value and not value.strip():
        raise ValueError("is blank; write something or leave the key out")
    return value


_UNSEEN = "\u00ad\u2060\ufe0e\ufe0f"
"""Soft hyphen, word joiner and the choice between text and picture: they part, join and dress what is printed."""


def _is_printed(char: str) -> bool:
    return char.isprintable() or char in _UNSEEN or unicodedata.category(char) == "Zs"


def _one_line(value: Any) -> Any:
    if isinstance(value, str) and not value.isprintable() and not all(map(_is_printed, value)):
        raise ValueError("has a line break or control character; write it on one line")
    return value


def _composed(value: Any) -> Any:
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value


# 10,000 characters are more than the two pages of a handout hold; longer ones take long to be judged word by word.
Text = Annotated[str, Before(_not_blank), Before(_composed), Meta(min_length=1, max_length=10_000)]
"""Words that may run over several lines. A letter and its accent, which some editors write apart, are one character."""

OneLine = Annotated[str, Before(_one_line), Before(_not_blank), Before(_composed), Meta(min_length=1)]
"""Words on one line: no line break, no control character."""

Line = Annotated[OneLine, Meta(max_length=300)]

Name = Annotated[Line, ForProgram()]
"""What the program finds something by: a theme, a sheet, a value that a statement rests on."""

Slug = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
"""A name that words can refer to: lower-case letters, digits and underscores."""

Hex = Annotated[str, Meta(pattern=r"^#[0-9A-Fa-f]{6}$")]
"""A colour as `#RRGGBB`."""

LanguageTag = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]

StatementId = Annotated[str, Meta(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]

Number = Annotated[Decimal, Before(_as_decimal)]
"""A number as the author typed it: 0.830 keeps its last zero."""

Count = Annotated[int, Meta(ge=0, le=10_000_000)]
Positive = Annotated[int, Meta(ge=1, le=10_000_000)]

_TALLY = re.compile(r"^about ([0-9]{1,8})$")
_AS_OF = re.compile(r"^(about )?([12][0-9]{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?$")
_TIME = re.compile(r"^([01][0-9]|2[0-3]):([0-5][0-9])$")
_TIME_LIKE = re.compile(r"^[0-9]{1,2}[:.h][0-9]{2}( *[aApP]\.?[mM]\.?)?$")
_BOUND = re.compile(r"^([<>])(0\.[0-9]{1,15})$")


class Tally(Struct, frozen=True):
    """A number of people, and whether the source gives it as approximate."""

    n: int
    about: bool = False

    def __str__(self) -> str:
        """The number as files write it: `60`, `about 57`."""
        return f"about {self.n}" if self.about else str(self.n)


class Undated(Struct, frozen=True, tag=True):
    """In the place of a date: the source itself says none."""

    def __str__(self) -> str:
        """As files write it."""
        return "unknown"


class NotStated(Struct, frozen=True):
    """Where a source gives no number, and says or shows so."""

    def __str__(self) -> str:
        """As files write it."""
        return "not_stated"


class NotReached(Struct, frozen=True):
    """A median that fewer than half of the people had reached."""

    def __str__(self) -> str:
        """As files write it."""
        return "not_reached"


class AsOf(Struct, frozen=True, order=True, tag=True):
    """A date as exact as its source: a year, a month or a day; `about` when the source itself is undated."""

    year: int
    month: int = 0
    day: int = 0
    about: bool = False

    def __str__(self) -> str:
        """The date as files write it: `about 2013`, `2015-11`, `2025-12-04`."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return ("about " if self.about else "") + "-".join(parts)


class TimeOfDay(Struct, frozen=True, order=True, tag=True):
    """A time of day, in 24 hours."""

    hour: int
    minute: int

    def __str__(self) -> str:
        """The time as files write it: `08:30`."""
        return f"{self.hour:02}:{self.minute:02}"


class Range(Struct, frozen=True, tag=True):
    """From one number to a higher one, both as the author typed them."""

    low: Decimal
    high: Decimal

    def __str__(self) -> str:
        """The range as files write it: `[5, 7]`."""
        return f"[{self.low}, {self.high}]"


class Bound(Struct, frozen=True):
    """A p value of which its source says only that it is below or above a number."""

    sign: Literal["<", ">"]
    value: Decimal

    def __str__(self) -> str:
        """The bound as files write it: `<0.0001`."""
        return f"{self.sign}{self.value}"


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


def _word(kind: type[NotStated] | type[NotReached]) -> Before:
    word = str(kind())

    def parse(value: Any) -> Any:
        if isinstance(value, kind) or value == word:
            return kind()
        raise ValueError(f"is not {word}")

    return Before(parse)


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


def parse_as_of_if_any(value: Any) -> AsOf | Undated:
    """As `parse_as_of`, and `unknown` → Undated. Raises ValueError for anything else."""
    return Undated() if value == str(Undated()) or isinstance(value, Undated) else parse_as_of(value)


def _days_in(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _one_day(value: AsOf) -> AsOf:
    if not value.day or value.about:
        raise ValueError("is not one day; write it like 2027-01-31")
    return value


def parse_time_or_range(value: Any) -> Any:
    """`08:30` → TimeOfDay, `[5, 7]` → Range; anything else stays. Raises ValueError for what looks like one alone."""
    if isinstance(value, list):
        return _range(cast("list[Any]", value))
    if not isinstance(value, str) or not _TIME_LIKE.match(value):
        return value
    match = _TIME.match(value)
    if not match:
        raise ValueError("is not a time of day; write it in 24 hours, in quotes: '08:30', '18:00'")
    return TimeOfDay(int(match[1]), int(match[2]))


def _range(ends: list[Any]) -> Range:
    numbers = [Decimal(end) for end in ends if isinstance(end, int | Decimal) and not isinstance(end, bool)]
    if not len(numbers) == len(ends) == 2 or not all(number.is_finite() for number in numbers):
        raise ValueError("is not a range; write its two numbers: [5, 7]")
    if numbers[0] >= numbers[1]:
        raise ValueError(f"goes from {numbers[0]} to {numbers[1]}; write the lower number first, or one number alone")
    return Range(*numbers)


def parse_bound(value: Any) -> Bound:
    """`<0.0001` or `>0.9` → Bound. Raises ValueError for anything else."""
    if isinstance(value, Bound):
        return value
    match = _BOUND.match(value) if isinstance(value, str) else None
    if not match or not Decimal(match[2]):
        raise ValueError("is no bound of a p value; write '<0.0001' or '>0.9'")
    return Bound("<" if match[1] == "<" else ">", Decimal(match[2]))


NotStatedField = Annotated[NotStated, _word(NotStated)]
NotReachedField = Annotated[NotReached, _word(NotReached)]
TallyField = Annotated[Tally, Before(parse_tally)]
AsOfField = Annotated[AsOf, Before(parse_as_of)]
AsOfIfAny = Annotated[AsOf | Undated, Before(parse_as_of_if_any)]
"""The date of a source, which may say none."""
TimeOfDayField = Annotated[TimeOfDay, Before(parse_time_or_range)]
Stated = Annotated[Number | AsOfField | TimeOfDay | Range, Before(parse_time_or_range)]
"""What a fact may be: a number, a date, a time of day or a range."""
PValue = Number | Annotated[Bound, Before(parse_bound)]
"""A p value, as exact as its source."""
Day = Annotated[AsOfField, After(_one_day)]
"""A date that is one day, of which the source is sure."""

JSON_SCHEMAS: dict[str, dict[str, Any]] = {
    "AsOf": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": _AS_OF.pattern}]},
    "Bound": {"type": "string", "pattern": _BOUND.pattern},
    "Range": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
    "TimeOfDay": {"type": "string", "pattern": _TIME.pattern},
    "Graded": {
        "anyOf": [
            {"$ref": "#/$defs/Result"},
            {"type": "object", "additionalProperties": {"$ref": "#/$defs/Result"}},
        ]
    },
    "NotReached": {"const": "not_reached"},
    "NotStated": {"const": "not_stated"},
    "Undated": {"const": "unknown"},
    "Tally": {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": _TALLY.pattern}]},
}
"""How files write the records that are single values there."""
