"""The tests of templates (`is defined`), and nothing else of Jinja2's: docs/templates.md lists them."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Undefined

from handouts.compose.plain import PlainGroup, is_number, kind_of
from handouts.compose.sandbox.operations import combined, is_in, ordered, same


def _defined(value: Any) -> bool:
    return not isinstance(value, Undefined)


def _undefined(value: Any) -> bool:
    return isinstance(value, Undefined)


def _none(value: Any) -> bool:
    return value is None


def _true(value: Any) -> bool:
    return value is True


def _false(value: Any) -> bool:
    return value is False


def _boolean(value: Any) -> bool:
    return type(value) is bool


def _string(value: Any) -> bool:
    return kind_of(value) == "text"


def _integer(value: Any) -> bool:
    return type(value) is int


def _sequence(value: Any) -> bool:
    return type(value) is tuple


def _iterable(value: Any) -> bool:
    return type(value) is tuple or type(value) is PlainGroup


def _mapping(value: Any) -> bool:
    return type(value) is PlainGroup


def _divisible(value: Any, by: Any) -> bool:
    return combined("%", value, by) == 0


def _even(value: Any) -> bool:
    return _divisible(value, 2)


def _odd(value: Any) -> bool:
    return not _divisible(value, 2)


def _different(value: Any, other: Any) -> bool:
    return not same(value, other)


TESTS: Mapping[str, Callable[..., bool]] = {
    "defined": _defined,
    "undefined": _undefined,
    "none": _none,
    "true": _true,
    "false": _false,
    "boolean": _boolean,
    "string": _string,
    "number": is_number,
    "integer": _integer,
    "sequence": _sequence,
    "iterable": _iterable,
    "mapping": _mapping,
    "even": _even,
    "odd": _odd,
    "divisibleby": _divisible,
    "in": is_in,
    **dict.fromkeys(("eq", "equalto", "=="), same),
    **dict.fromkeys(("ne", "!="), _different),
    **dict.fromkeys(("lt", "lessthan", "<"), ordered(operator.lt)),
    **dict.fromkeys(("le", "<="), ordered(operator.le)),
    **dict.fromkeys(("gt", "greaterthan", ">"), ordered(operator.gt)),
    **dict.fromkeys(("ge", ">="), ordered(operator.ge)),
}
