"""What templates do with values, as operations of ours that count what they go through before they do it.

In and out: plain values (`compose.plain`). What Jinja2 would hand to Python itself stands here under names that no
template can write. Each raises MistakeError for values that it is not meant for.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import ROUND_FLOOR, Decimal
from enum import Enum
from typing import Any

from jinja2 import Undefined
from jinja2.utils import Namespace
from markupsafe import Markup, escape

from handouts.compose import bounds
from handouts.compose.blanks import Blank
from handouts.compose.bounds import MistakeError
from handouts.compose.phrase import Phrase
from handouts.compose.plain import MISSING, SINGLE, PlainGroup, element, is_number, itself, kind_of
from handouts.compose.share import misleads
from handouts.model.base import Tally


class Operation(Enum):
    """The operations that a judged template is rewritten with."""

    COUNT = "count the cost"
    LOOP = "go through"
    COMPARE = "compare"
    JOIN = "put together"
    CUT = "cut out"
    GROUP = "group of"
    DECIMAL = "decimal"


def count(steps: int, characters: int) -> None:
    """Counts one run of a body."""
    run = bounds.current()
    run.spend(steps)
    run.make(characters)


def go_through(value: Any, steps: int, characters: int) -> tuple[Any, ...]:
    """The items of a loop, after its body has been counted once for each."""
    items = value if type(value) is tuple else listed(value)
    run = bounds.current()
    run.spend(1 + steps * len(items))
    run.make(characters * len(items))
    return items


def listed(value: Any) -> tuple[Any, ...]:
    """A value as a list: a list itself, a group's keys, a text's characters."""
    kind = type(value)
    if kind is tuple:
        return value
    if kind is PlainGroup:
        bounds.current().spend(len(value))
        return value.keys()
    if kind is str or kind is Markup:
        bounds.current().items(len(value))
        return tuple(value)
    defined(value)
    if kind is Blank:
        return tuple(value)
    raise MistakeError(f"goes through {kind_of(value)}, which is no list")


def text_of(value: Any) -> str:
    """A value as text: phrases without their marks, numbers and dates as the document's language writes them."""
    kind = type(value)
    if kind is str or kind is Markup:
        return value
    if kind is Phrase:
        bounds.current().read(len(value.text))
    elif kind is not Blank:
        return shown(value)
    return str(value)


def shown(value: Any) -> str:
    """What is printed of a value that is neither text nor a phrase; what it takes is counted."""
    defined(value)
    if type(value) is Undefined:
        return ""
    value = itself(value)
    if type(value) is Decimal or type(value) is int:
        value = bounds.number(value)
    elif type(value) not in SINGLE:
        raise MistakeError(f"prints {kind_of(value)}, not one value", "print its parts one by one, or join them")
    run = bounds.current()
    run.spend(_WRITING)
    try:
        written = str(run.written(value))
    except TypeError as bad:
        raise MistakeError(f"prints {kind_of(value)}: it {bad}") from None
    run.make(len(written))
    run.read(len(written))
    return written


_WRITING = 4
"""Steps that writing a number or a date takes."""


def sound(value: Any, holder: Any, name: Any) -> Any:
    """A value that was found under a name. Raises MistakeError for one that would say none of some, or all of most."""
    if name == "per_100" and (found := misleads(value, holder, "per_100")):
        message, least = found
        raise MistakeError(message, f"write rate(result, {least})")
    return value


def defined(value: Any) -> None:
    """Raises for a name that does not exist."""
    if isinstance(value, Undefined):
        str(value)


def marked(value: Any) -> str:
    """A value as it is joined with others: with its marks where it has any, else as text."""
    if type(value) is Phrase:
        bounds.current().read(len(value.text))
    return value.__html__() if type(value) is Phrase or type(value) is Blank else text_of(value)


def put_together(*values: Any) -> str:
    """Values as one text: what is markup in it stays so, and the rest is escaped beside it."""
    return glued("", [text_of(value) for value in values])


def glued(between: str, texts: list[str]) -> str:
    """Texts with another between them, escaped where any of them is markup."""
    times = max(len(texts) - 1, 0)
    length = sum(map(len, texts)) + len(between) * times
    if type(between) is Markup or any(type(text) is Markup for text in texts):
        # What is too long as it is, is not searched for what escaping makes longer.
        if length <= bounds.LONGEST_TEXT:
            length = sum(map(escaped_length, texts)) + escaped_length(between) * times
        bounds.current().text(length)
        return escape(between).join(texts)
    bounds.current().text(length)
    return between.join(texts)


def escaped_length(text: str) -> int:
    """How many characters a text has once it is escaped; markup is already."""
    if type(text) is Markup:
        return len(text)
    quotes = text.count("&") + text.count("'") + text.count('"')
    return len(text) + 4 * quotes + 3 * (text.count("<") + text.count(">"))


def cut_out(value: Any, start: Any, stop: Any, step: Any) -> Any:
    """Part of a text or list."""
    defined(value)
    if type(value) not in (tuple, str, Markup):
        raise MistakeError(f"cuts {kind_of(value)}, which is no list")
    if not all(one is None or type(one) is int for one in (start, stop, step)):
        raise MistakeError("cuts a list at what is no whole number")
    if step == 0:
        raise MistakeError("cuts a list in steps of 0", "write [start:end], or [start:end:2]")
    length = len(range(*slice(start, stop, step).indices(len(value))))
    run = bounds.current()
    run.spend(1 + length if type(value) is tuple else 1 + len(value) // 16)
    run.make(0 if type(value) is tuple else length)
    return value[start:stop:step]


def group_of(pairs: tuple[tuple[Any, Any], ...]) -> PlainGroup:
    """A group as a template writes it."""
    for key, _ in pairs:
        if not isinstance(key, str | int):
            raise MistakeError(f"has {kind_of(key)} as a key", "write a text or a whole number before the colon")
        bounds.current().read(length_of(key))
    return PlainGroup(dict(pairs))


def same(left: Any, right: Any) -> bool:
    """Whether two values are equal; lists item by item, each counted."""
    if type(left) is tuple and type(right) is tuple:
        return len(left) == len(right) and _all_same(left, right)
    length = length_of(left)
    # Texts of different lengths are told apart by those.
    if length and length == length_of(right):
        bounds.current().read(length)
    return left == right


def length_of(value: Any) -> int:
    """The characters of a text or phrase, 0 for anything else."""
    if isinstance(value, str):
        return len(value)
    return len(value.text) if type(value) is Phrase else 0


def _all_same(left: tuple[Any, ...], right: tuple[Any, ...]) -> bool:
    run = bounds.current()
    # Lists in lists share their items: what is written in n steps has 2 to the n of them.
    run.spend(len(left))
    run.deeper()
    equal = all(same(a, b) for a, b in zip(left, right, strict=True))
    run.depth -= 1
    return equal


def is_in(value: Any, container: Any) -> bool:
    """Whether a list has such an item, a group such a key, or a text such a part."""
    kind = type(container)
    if kind is tuple:
        bounds.current().spend(len(container))
        return any(same(value, item) for item in container)
    if kind is PlainGroup:
        defined(value)
        bounds.current().read(length_of(value))
        return element(container, value) is not MISSING
    if kind in (str, Markup, Phrase, Blank):
        whole, part = text_of(container), text_of(value)
        searched(whole, part)
        return part in whole
    defined(container)
    raise MistakeError(f"looks into {kind_of(container)}, which is no list")


def searched(whole: str, part: str) -> None:
    """Counts looking for a part of a text."""
    length, most = len(whole), min(len(part), _LONGEST_PART)
    # Python compares a part of up to this length at each place, in the worst case.
    bounds.current().spend(1 + length // 16 + (length * most // 1024 if len(part) <= length else 0))


_LONGEST_PART = 1024


def sortable(value: Any) -> Any:
    """What a value is put in order by."""
    defined(value)
    if type(value) is Tally:
        return value.n
    if type(value) in (Phrase, Blank):
        return text_of(value)
    if type(value) is Markup:
        bounds.current().text(len(value))
        return str(value)
    if type(value) in (tuple, PlainGroup) or value is None:
        raise MistakeError(f"puts {kind_of(value)} in order")
    return value


def ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """A comparison by order, of single values."""

    def compared(left: Any, right: Any) -> bool:
        one, other = sortable(left), sortable(right)
        bounds.current().read(min(length_of(one), length_of(other)))
        try:
            return compare(one, other)
        except TypeError:
            message = f"puts {kind_of(left)} and {kind_of(right)} in order"
            raise MistakeError(message, "compare numbers with numbers, and text with text") from None

    return compared


COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": same,
    "ne": lambda left, right: not same(left, right),
    "in": is_in,
    "notin": lambda left, right: not is_in(left, right),
    "lt": ordered(operator.lt),
    "lteq": ordered(operator.le),
    "gt": ordered(operator.gt),
    "gteq": ordered(operator.ge),
}


def compare(left: Any, *operands: Any) -> bool:
    """Whether each of a chain of comparisons holds."""
    for name, right in zip(operands[::2], operands[1::2], strict=True):
        if not COMPARISONS[name](left, right):
            return False
        left = right
    return True


def combined(sign: str, left: Any, right: Any) -> Any:
    """Two values with a sign of arithmetic between them."""
    defined(left)
    defined(right)
    if is_number(left) and is_number(right):
        return _computed(sign, left, right)
    run = bounds.current()
    if sign == "+" and type(left) is tuple and type(right) is tuple:
        run.items(len(left) + len(right))
        return left + right
    if sign == "+" and isinstance(left, str) and isinstance(right, str):
        return glued("", [left, right])
    if sign == "*":
        # A number may stand on either side.
        one, times = (right, left) if type(left) is int else (left, right)
        if type(times) is int and isinstance(one, tuple | str):
            (run.items if type(one) is tuple else run.text)(len(one) * max(times, 0))
            return one * times
    message = f"has {kind_of(left)} {sign} {kind_of(right)}"
    raise MistakeError(message, "compute with numbers; put texts together with ~")


def signed(sign: str, value: Any) -> int | Decimal:
    """A number with a sign before it."""
    defined(value)
    if not is_number(value):
        raise MistakeError(f"has {sign} before {kind_of(value)}", "compute with numbers")
    return bounds.number(-value if sign == "-" else value)


def _computed(sign: str, left: int | Decimal, right: int | Decimal) -> int | Decimal:
    bounds.number(left)
    bounds.number(right)
    if (sign in ("/", "//", "%") and not right) or (sign == "**" and not left and right < 0):
        raise MistakeError("divides by zero", "ask with {% if %} first")
    return bounds.number(_ARITHMETIC[sign](left, right))


def _floor(left: Any, right: Any) -> int | Decimal:
    if type(left) is type(right) is int:
        return left // right
    return (Decimal(left) / Decimal(right)).to_integral_value(ROUND_FLOOR)


def _power(left: Any, right: Any) -> int | Decimal:
    if type(right) is not int or abs(right) > _MOST_POWER:
        raise MistakeError("takes a power that is too high", f"{_MOST_POWER} is the most")
    return left**right if right >= 0 and type(left) is int else Decimal(left) ** right


_MOST_POWER = 50
_ARITHMETIC: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": lambda left, right: Decimal(left) / Decimal(right),
    "//": _floor,
    "%": lambda left, right: left - right * _floor(left, right),
    "**": _power,
}
SIGNS = frozenset(_ARITHMETIC)


def whole(value: Any, what: str, least: int = 0, most: int = bounds.MOST_ITEMS) -> int:
    """A whole number between two others. Raises MistakeError for anything else."""
    if type(value) is not int or not least <= value <= most:
        raise MistakeError(f"gives {what} that is no whole number from {least} to {most}")
    return value


def numbers_from(*ends: Any) -> tuple[int, ...]:
    """`range` of a template: a list of whole numbers."""
    if not 1 <= len(ends) <= 3 or not all(type(end) is int for end in ends) or ends[2:] == (0,):
        raise MistakeError("calls range without one to three whole numbers", "write range(3), or range(1, 4)")
    found = range(*ends)
    bounds.current().items(len(found))
    return tuple(found)


def namespace(**values: Any) -> Namespace:
    """`namespace` of a template: names that can be set in a loop and read after it."""
    return Namespace(**values)


OPERATIONS: Mapping[str, Callable[..., Any]] = {
    Operation.COUNT.value: count,
    Operation.LOOP.value: go_through,
    Operation.COMPARE.value: compare,
    Operation.JOIN.value: put_together,
    Operation.CUT.value: cut_out,
    Operation.GROUP.value: group_of,
    Operation.DECIMAL.value: Decimal,
}
