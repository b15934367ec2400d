"""Plain values: what templates and words see instead of the records that content is loaded into.

In: values of the model and views over them. Out: single values (text, numbers, dates, phrases), tuples, and two kinds
of our own, `PlainRecord` and `PlainGroup`, of which nothing can be named but what a record declares or a file has. No
method and no attribute of a library, of Python or of ours is behind a dot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Final

from jinja2.environment import TemplateModule
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.utils import Namespace
from markupsafe import Markup
from msgspec import Struct

from handouts.compose import bounds
from handouts.compose.blanks import Blank, LookedAtError
from handouts.compose.phrase import Phrase
from handouts.compose.quantity import Quantity
from handouts.compose.results import EffectView, Interval, ResultView
from handouts.model.base import (
    AsOf,
    Bound,
    Model,
    NotReached,
    NotStated,
    Range,
    Tally,
    TimeOfDay,
    Undated,
    written_fields,
)

MISSING: Final = object()
"""What `member` and `element` give where there is nothing of that name."""

SINGLE: frozenset[type] = frozenset(
    (
        type(None), bool, int, Decimal, str, Markup, Phrase, Blank, AsOf, Bound, Tally, TimeOfDay, Range, Quantity,
        Interval, NotReached, ResultView, EffectView,
    )
)  # fmt: skip
"""The kinds of one value each."""

_DECLARED: dict[type, tuple[str, ...]] = {
    Phrase: ("statement",),
    AsOf: ("year", "month", "day", "about"),
    Tally: ("n", "about"),
    Interval: ("low", "high"),
    TimeOfDay: ("hour", "minute"),
    Range: ("low", "high"),
    Quantity: ("value", "unit"),
    Bound: ("value", "sign"),
    ResultView: (
        "id", "arm", "measure", "unit", "count", "n", "percent", "share", "per_100", "derived", "median", "mean", "sd",
        "se", "events", "person_time", "rate", "interval", "subgroup", "source",
    ),
    EffectView: (
        "id", "outcome", "statistic", "of", "to", "value", "interval", "interval_kind", "level", "p", "significant",
        "unit", "source",
    ),
}  # fmt: skip
"""What can be named of single values."""


class PlainRecord:
    """Named values of one thing, such as a study. Equal to itself alone.

    `itself` is the value that is meant where the record is printed or formatted whole, as an outcome's one result is.
    """

    __slots__ = ("_fields", "itself")

    def __init__(self, fields: Mapping[str, Any], itself: Any = None) -> None:
        self._fields = dict(fields)
        self.itself = itself

    def get(self, name: str) -> Any:
        """A field's value, MISSING where there is no such field."""
        return self._fields.get(name, MISSING)

    def names(self) -> tuple[str, ...]:
        """The fields in the order in which they are declared."""
        return tuple(self._fields)

    def but(self, **fields: Any) -> PlainRecord:
        """The same record with other or further fields."""
        return PlainRecord({**self._fields, **fields}, self.itself)


class PlainGroup:
    """Values by the keys of a file, such as studies by id: to be asked for a key, counted and gone through."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[Any, Any]) -> None:
        self._items = dict(items)

    def get(self, key: Any) -> Any:
        """The value of a key, MISSING where there is none."""
        return self._items.get(key, MISSING)

    def keys(self) -> tuple[Any, ...]:
        """The keys in order."""
        return tuple(self._items)

    def values(self) -> tuple[Any, ...]:
        """The values in order."""
        return tuple(self._items.values())

    def items(self) -> tuple[tuple[Any, Any], ...]:
        """The pairs of key and value in order."""
        return tuple(self._items.items())

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._items)


class Unsayable(Struct, frozen=True):
    """In the place of a value that words may not name: why not, and what to write instead."""

    message: str
    instead: str


class Function:
    """What a template can call: a name, and what is run with the values that it is called with."""

    __slots__ = ("name", "run")

    def __init__(self, name: str, run: Callable[..., object]) -> None:
        self.name, self.run = name, run


def _get(group: PlainGroup) -> Function:
    def get(key: object, default: object = None) -> object:
        found = element(group, key)
        return default if found is MISSING else found

    return Function("get", get)


def _counted(group: PlainGroup) -> PlainGroup:
    bounds.current().spend(len(group))
    return group


_OF_A_GROUP: dict[str, Callable[[PlainGroup], Function]] = {
    "get": _get,
    "items": lambda group: Function("items", lambda: _counted(group).items()),
    "keys": lambda group: Function("keys", lambda: _counted(group).keys()),
    "values": lambda group: Function("values", lambda: _counted(group).values()),
}
"""What can be called of a group. These names win over its keys, which `['…']` reaches in any case."""


def plain(value: Any) -> Any:
    """A value of the model, or made of such values, as templates see it. Raises TypeError for any other."""
    kind = type(value)
    if kind in SINGLE or kind is PlainRecord or kind is PlainGroup:
        return value
    if kind is NotStated or kind is Undated:
        return None
    if isinstance(value, Mapping):
        return PlainGroup({key: plain(item) for key, item in value.items()})
    if isinstance(value, tuple | list):
        return tuple(map(plain, value))
    return PlainRecord({key: plain(getattr(value, name)) for key, name in declared(kind).items()})


@cache
def declared(kind: type) -> Mapping[str, str]:
    """A record's fields by their keys in files, then what it computes. Raises TypeError for what is no record."""
    if not issubclass(kind, Model):
        raise TypeError(f"{kind.__name__} is no record")
    ours = kind.__mro__[: kind.__mro__.index(Model)]
    computed = (name for one in ours for name, found in vars(one).items() if isinstance(found, property))
    return {**written_fields(kind), **{name: name for name in computed}}


def member(value: Any, name: str) -> Any:
    """What `value.name` is, MISSING where nothing is."""
    kind = type(value)
    if kind is PlainRecord:
        return value.get(name)
    if kind is PlainGroup:
        called = _OF_A_GROUP.get(name)
        return called(value) if called else value.get(name)
    if kind is Blank:
        # Only a document that is composed for one clinic can tell what there is of its words.
        raise LookedAtError
    if name in _DECLARED.get(kind, ()):
        return getattr(value, name)
    return MISSING


def element(value: Any, key: Any) -> Any:
    """What `value[key]` is, MISSING where nothing is."""
    kind = type(value)
    if kind is PlainGroup:
        return value.get(str(key) if isinstance(key, str) else key) if isinstance(key, str | int) else MISSING
    if kind in (tuple, str, Markup):
        if type(key) is int:
            return value[key] if -len(value) <= key < len(value) else MISSING
        return MISSING
    return member(value, str(key)) if isinstance(key, str) else MISSING


def itself(value: Any) -> Any:
    """What is meant where a value is printed or formatted whole: of a record that has one, its value."""
    return value.itself if type(value) is PlainRecord and value.itself is not None else value


def names_of(value: Any) -> tuple[str, ...]:
    """All that can be named after a value's dot, but for what can be called."""
    kind = type(value)
    if kind is PlainRecord:
        return value.names()
    return tuple(map(str, value.keys())) if kind is PlainGroup else _DECLARED.get(kind, ())


def is_number(value: Any) -> bool:
    """Whether a value is a number; yes and no are none."""
    return type(value) is int or type(value) is Decimal


def kind_of(value: Any) -> str:
    """What a value is, in an author's words."""
    if isinstance(value, bool):
        return "a yes or no"
    if isinstance(value, str | Phrase | Blank):
        return "text"
    if isinstance(value, int | Decimal):
        return "a number"
    return _KINDS.get(type(value), "a value")


_KINDS: dict[type, str] = {
    type(None): "nothing", tuple: "a list", PlainRecord: "a record", PlainGroup: "a group", Function: "a function",
    AsOf: "a date", Tally: "a number of people", Bound: "a bound", Interval: "an interval",
    NotReached: "a median that was not reached", ResultView: "a result", EffectView: "an effect",
    TimeOfDay: "a time of day", Range: "a range", Quantity: "a quantity",
    Macro: "a macro", Namespace: "a namespace", LoopContext: "a loop", TemplateModule: "a template",
    BlockReference: "a block",
}  # fmt: skip
