"""The filters of templates, and nothing else of Jinja2's: docs/templates.md lists them.

Each takes plain values and gives one back: lists where Jinja2 gives generators, no attribute but by `element`, and
nothing that depends on chance or the machine. What cuts words (`truncate`), marks text as HTML (`safe`) or writes
Python's own notation (`pprint`, `format`) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import chain
from typing import Any

from jinja2 import Undefined
from jinja2.filters import do_title
from jinja2.runtime import StrictUndefined
from markupsafe import Markup, escape

from handouts.compose import bounds
from handouts.compose.bounds import MistakeError
from handouts.compose.plain import MISSING, PlainGroup, element, is_number, kind_of
from handouts.compose.rounding import NONE_AND_ALL, told_apart
from handouts.compose.sandbox.operations import (
    combined,
    defined,
    escaped_length,
    glued,
    length_of,
    listed,
    marked,
    searched,
    sortable,
    sound,
    text_of,
    whole,
)
from handouts.compose.sandbox.template_tests import TESTS

_MARKUP = re.compile(r"<[^>]*>|&[a-zA-Z0-9#]+;")
"""What of markup is no text."""
_REFERENCE = re.compile(r"&[a-zA-Z0-9#]+;")


def _written(change: Callable[[str], str]) -> Callable[[Any], str]:
    """A filter that changes text: of markup, what stands between its marks."""

    def changed(value: Any) -> str:
        text = text_of(value)
        run = bounds.current()
        run.text(len(text))
        made = Markup(_between_marks(str(text), change)) if type(text) is Markup else change(text)  # noqa: S704 - it was
        if len(made) > len(text):
            # A few letters are two or three as capitals.
            run.text(len(made))
        return made

    return changed


def _between_marks(text: str, change: Callable[[str], str]) -> str:
    run = bounds.current()
    # A < that no > follows begins no mark, and to look for its end from each takes the square of their number.
    closed = text.rfind(">") + 1
    pieces: list[str] = []
    at = 0
    for mark in chain(_MARKUP.finditer(text, 0, closed), _REFERENCE.finditer(text, closed)):
        run.spend(_MARK)
        pieces += (change(text[at : mark.start()]), mark[0])
        at = mark.end()
    return "".join((*pieces, change(text[at:])))


_MARK = 4
"""Steps that a mark takes, and the text before it."""


def _title(text: str) -> str:
    # Words are changed one by one.
    bounds.current().spend(len(text) // 2)
    return do_title(text)


def _trim(value: Any) -> str:
    text = text_of(value)
    bounds.current().text(len(text))
    return text.strip()


def _replace(value: Any, old: Any, new: Any, count: Any = None) -> str:
    text, old, new = text_of(value), text_of(old), text_of(new)
    times = -1 if count is None else whole(count, "replace a number of times")
    run = bounds.current()
    if type(text) is Markup:
        run.text(escaped_length(old))
        run.text(escaped_length(new))
        old, new = escape(old), escape(new)
    searched(text, old)
    found = text.count(old)
    run.text(len(text) + (found if times < 0 else min(found, times)) * len(new))
    return text.replace(old, new, times)


def _join(value: Any, between: Any = "", attribute: Any = None) -> str:
    texts: list[str] = []
    made = 0
    for item in _of_each(value, attribute):
        text = marked(item)
        texts.append(text)
        # What an item is made into is not kept beyond what the whole may be.
        made += 0 if isinstance(item, str) else len(text)
        if made > bounds.LONGEST_TEXT:
            bounds.current().text(made)
    return glued(text_of(between), texts)


def _escape(value: Any) -> str:
    text = marked(value)
    bounds.current().text(escaped_length(text))
    return escape(text)


def _length(value: Any) -> int:
    defined(value)
    return len(value) if type(value) in (tuple, PlainGroup) else len(text_of(value))


def _default(value: Any, instead: Any = "", boolean: Any = False) -> Any:
    return instead if isinstance(value, Undefined) or (boolean and not value) else value


def _first(value: Any) -> Any:
    items = listed(value)
    return items[0] if items else StrictUndefined("there is no first item, the list is empty")


def _last(value: Any) -> Any:
    items = listed(value)
    return items[-1] if items else StrictUndefined("there is no last item, the list is empty")


def _list(value: Any) -> tuple[Any, ...]:
    return _counted(listed(value))


def _reverse(value: Any) -> Any:
    if isinstance(value, str):
        bounds.current().text(len(value))
        return value[::-1]
    return _counted(listed(value))[::-1]


def _batch(value: Any, size: Any, fill: Any = None) -> tuple[Any, ...]:
    items, size = _counted(listed(value)), whole(size, "batch a number of items", 1)
    rows = [items[at : at + size] for at in range(0, len(items), size)]
    if rows and fill is not None:
        bounds.current().items(size)
        rows[-1] += (fill,) * (size - len(rows[-1]))
    return tuple(rows)


def _slice(value: Any, columns: Any, fill: Any = None) -> tuple[Any, ...]:
    items, columns = _counted(listed(value)), whole(columns, "slice a number of columns", 1)
    bounds.current().items(columns)
    size, longer = divmod(len(items), columns)
    found: list[tuple[Any, ...]] = []
    at = 0
    for column in range(columns):
        end = at + size + (column < longer)
        found.append(items[at:end] + ((fill,) if fill is not None and longer <= column and longer else ()))
        at = end
    return tuple(found)


def _sort(value: Any, reverse: Any = False, case_sensitive: Any = False, attribute: Any = None) -> tuple[Any, ...]:
    items = _of_each(value)
    keys = _keys(_of_each(items, attribute), case_sensitive)
    return tuple(items[at] for at in _in_order(keys, bool(reverse)))


def _unique(value: Any, case_sensitive: Any = False, attribute: Any = None) -> tuple[Any, ...]:
    items = _of_each(value)
    first: dict[Any, Any] = {}
    for key, item in zip(_keys(_of_each(items, attribute), case_sensitive), items, strict=True):
        first.setdefault(_told_apart(key), item)
    return tuple(first.values())


def _groupby(value: Any, attribute: Any, default: Any = MISSING, case_sensitive: Any = False) -> tuple[Any, ...]:
    items = _of_each(value)
    named = _of_each(items, attribute, default)
    keys = _keys(named, case_sensitive)
    groups: dict[Any, tuple[Any, list[Any]]] = {}
    for at in _in_order(keys):
        groups.setdefault(_told_apart(keys[at]), (named[at], []))[1].append(items[at])
    return tuple((name, tuple(found)) for name, found in groups.values())


def _in_order(keys: list[Any], reverse: bool = False) -> list[int]:
    # Sorting takes the logarithm of so many comparisons for each, of all its characters in the worst case.
    rounds = len(keys).bit_length()
    run = bounds.current()
    run.spend(len(keys) * rounds)
    run.read(sum(map(length_of, keys)) * rounds)
    try:
        return sorted(range(len(keys)), key=keys.__getitem__, reverse=reverse)
    except TypeError:
        kinds = " and ".join(sorted(set(map(kind_of, keys))))
        raise MistakeError(f"puts {kinds} in order", "sort numbers with numbers, and text with text") from None


def _sum(value: Any, attribute: Any = None, start: Any = 0) -> Any:
    for item in _of_each(value, attribute):
        start = combined("+", start, item)
    return start


def _min(value: Any, case_sensitive: Any = False, attribute: Any = None) -> Any:
    return _outermost(value, case_sensitive, attribute, 0)


def _max(value: Any, case_sensitive: Any = False, attribute: Any = None) -> Any:
    return _outermost(value, case_sensitive, attribute, -1)


def _outermost(value: Any, case_sensitive: Any, attribute: Any, which: int) -> Any:
    items = _of_each(value)
    order = _in_order(_keys(_of_each(items, attribute), case_sensitive))
    return items[order[which]] if items else StrictUndefined("there is no item, the list is empty")


def _map(value: Any, name: Any = None, *args: Any, attribute: Any = None, default: Any = MISSING) -> tuple[Any, ...]:
    if attribute is not None and name is None and not args:
        return _of_each(value, attribute, default)
    if attribute is not None or default is not MISSING or not isinstance(name, str) or str(name) not in FILTERS:
        raise MistakeError("maps by what is no filter", "write map('upper') or map(attribute='id')")
    change = FILTERS[str(name)]
    return tuple(change(item, *args) for item in _of_each(value))


def _chosen(*, wanted: bool, by_attribute: bool = False) -> Callable[..., tuple[Any, ...]]:
    """`select`, `reject`, `selectattr` or `rejectattr`."""

    def choose(value: Any, *args: Any) -> tuple[Any, ...]:
        items = _of_each(value)
        judged, test = items, args
        if by_attribute:
            if not args:
                raise MistakeError("chooses by no attribute", "write selectattr('figure')")
            judged, test = _of_each(items, args[0]), args[1:]
        if test and (not isinstance(test[0], str) or str(test[0]) not in TESTS):
            raise MistakeError("chooses by what is no test", "write select('defined') or selectattr('of', 'gt', 20)")
        holds = TESTS[str(test[0])] if test else bool
        return tuple(item for item, one in zip(items, judged, strict=True) if bool(holds(one, *test[1:])) is wanted)

    return choose


def _items(value: Any) -> tuple[Any, ...]:
    if type(value) is not PlainGroup:
        raise MistakeError(f"asks {kind_of(value)} for its items", "ask a group")
    bounds.current().items(len(value))
    return value.items()


def _dictsort(value: Any, case_sensitive: Any = False, by: Any = "key", reverse: Any = False) -> tuple[Any, ...]:
    if by not in ("key", "value"):
        raise MistakeError("sorts a group by what is neither 'key' nor 'value'")
    return _sort(_items(value), reverse, case_sensitive, 0 if by == "key" else 1)


def _abs(value: Any) -> Any:
    return abs(bounds.number(_number(value)))


def _int(value: Any, default: Any = 0) -> Any:
    if is_number(value):
        return int(bounds.number(value))
    text = text_of(value)
    bounds.current().text(len(text))
    text = text.strip()
    return int(text) if re.fullmatch(rf"-?[0-9]{{1,{bounds.MOST_DIGITS}}}", text) else default


def _round(value: Any, places: Any = 0, method: Any = "common") -> Any:
    how = {"common": ROUND_HALF_UP, "ceil": ROUND_CEILING, "floor": ROUND_FLOOR}.get(text_of(method))
    if how is None:
        raise MistakeError("rounds by an unknown method", "write 'common', 'ceil' or 'floor'")
    places = whole(places, "round a number of decimals", 0, _MOST_PLACES)
    number = Decimal(bounds.number(_number(value)))
    # Who asks for the next lower or higher number wants it, and no percentage.
    if how == ROUND_HALF_UP:
        return told_apart(number, places, NONE_AND_ALL)
    return number.quantize(Decimal(1).scaleb(-places), rounding=how)


_MOST_PLACES = 10


def _number(value: Any) -> Any:
    if not is_number(value):
        defined(value)
        raise MistakeError(f"computes with {kind_of(value)}", "give it a number")
    return value


def _of_each(value: Any, attribute: Any = None, default: Any = MISSING) -> tuple[Any, ...]:
    """The items of a list, or what each has under a name, such as `words.short`."""
    items = _counted(listed(value))
    if attribute is None:
        return items
    run = bounds.current()
    steps: list[Any] = [attribute]
    if type(attribute) is not int:
        path = text_of(attribute)
        run.read(len(path))
        run.spend(path.count("."))
        steps = str(path).split(".")
    run.spend(len(items) * len(steps))
    return tuple([_under(item, steps, default) for item in items])


def _under(item: Any, steps: list[Any], default: Any) -> Any:
    for step in steps:
        defined(item)
        found = element(item, int(step) if isinstance(step, str) and len(step) < 5 and step.isdecimal() else step)
        if found is MISSING:
            if default is not MISSING:
                return default
            bounds.current().spend(2)
            return StrictUndefined(f"{kind_of(item)} has no '{str(step)[:_NAMED]}'")
        item = sound(found, item, step)
    return item


_NAMED = 60
"""Characters of a name that a message repeats."""


def _keys(values: tuple[Any, ...], case_sensitive: Any) -> list[Any]:
    """What values are put in order by, or told apart by; text in lower case unless `case_sensitive`."""
    found: list[Any] = []
    for value in values:
        key = sortable(value)
        if isinstance(key, str):
            if case_sensitive:
                bounds.current().read(len(key))
            else:
                bounds.current().text(len(key))
                key = key.lower()
        found.append(key)
    return found


def _told_apart(key: Any) -> Any:
    """What Python tells a value apart by: for a number its digits."""
    if not is_number(key):
        return key
    # Thousands of numbers can be chosen whose hashes are the same, and each is then compared with all the others.
    digits = f"{Decimal(bounds.number(key) or 0):f}"
    return ("number", digits.rstrip("0").rstrip(".") if "." in digits else digits)


def _counted(items: tuple[Any, ...]) -> tuple[Any, ...]:
    bounds.current().items(len(items))
    return items


FILTERS: Mapping[str, Callable[..., Any]] = {
    "upper": _written(str.upper),
    "lower": _written(str.lower),
    "capitalize": _written(str.capitalize),
    "title": _written(_title),
    "trim": _trim,
    "replace": _replace,
    "join": _join,
    "string": text_of,
    "escape": _escape,
    "e": _escape,
    "length": _length,
    "count": _length,
    "default": _default,
    "d": _default,
    "first": _first,
    "last": _last,
    "list": _list,
    "reverse": _reverse,
    "batch": _batch,
    "slice": _slice,
    "sort": _sort,
    "unique": _unique,
    "groupby": _groupby,
    "sum": _sum,
    "min": _min,
    "max": _max,
    "map": _map,
    "select": _chosen(wanted=True),
    "reject": _chosen(wanted=False),
    "selectattr": _chosen(wanted=True, by_attribute=True),
    "rejectattr": _chosen(wanted=False, by_attribute=True),
    "items": _items,
    "dictsort": _dictsort,
    "abs": _abs,
    "int": _int,
    "round": _round,
}
