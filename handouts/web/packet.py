"""A packet: documents in an order that somebody chose. A cookie's or form's text in, items out, and back; no files.

It names topics, languages and documents, nothing about a patient; the browser keeps it until it is closed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal
from urllib.parse import quote, unquote

from handouts.build.sets import FORMAT_OF, Item

PACKABLE = tuple(FORMAT_OF.values())
"""Formats that can go into a print job."""

Move = Literal["up", "down", "remove"]


def item_text(item: Item) -> str:
    """The text that stands for an item in a form or cookie."""
    return ":".join(quote(part, safe="") for part in (item.topic, item.language, item.format))


def item_of(text: str) -> Item | None:
    """The item that a text stands for; None for what is none. Whether it is there is for others to say."""
    parts = [unquote(part) for part in text.split(":")]
    if len(parts) != 3 or not all(parts) or parts[2] not in PACKABLE:
        return None
    return Item(*parts)


def items_of(texts: Iterable[str]) -> tuple[Item, ...]:
    """The items of some texts, each once, in their order."""
    found = (item_of(text) for text in texts)
    return tuple(dict.fromkeys(one for one in found if one))


def as_cookie(items: Iterable[Item]) -> str:
    """The items as the value of a cookie (RFC 6265, 4.1.1)."""
    return "!".join(map(item_text, items))


def moved(items: tuple[Item, ...], move: str, place: int) -> tuple[Item, ...]:
    """The items with the one at a place, from 0, one further up or down, or without it."""
    if not 0 <= place < len(items):
        return items
    rest = [*items[:place], *items[place + 1 :]]
    if move in ("up", "down"):
        rest.insert(max(0, place + (-1 if move == "up" else 1)), items[place])
    return tuple(rest)
