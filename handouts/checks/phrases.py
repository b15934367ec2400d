"""Phrases of a language's word list, found in text: whole words, capitals aside, `{n}` and `{of}` for numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

NUMBER = r"[0-9]+(?:[.,][0-9]+)*"


@cache
def pattern_of(phrases: tuple[str, ...], endings: tuple[str, ...] = ("",)) -> re.Pattern[str]:
    """One expression for all phrases, the longest first, each with one of the endings. It matches nothing for none."""
    if not phrases:
        return re.compile(r"(?!)")
    longest_first = sorted(phrases, key=len, reverse=True)
    ending = f"(?:{'|'.join(map(re.escape, endings))})"
    # A group's name can stand in one alternative only, so that numbers are read from the match's text.
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_expression, longest_first))}){ending}(?!\w)", re.IGNORECASE)


def _expression(phrase: str) -> str:
    text = re.escape(phrase).replace(r"\ ", r"\s+")
    return re.sub(r"\\\{(?:n|of)\\\}", NUMBER.replace("\\", r"\\"), text)


def found(phrases: tuple[str, ...], text: str) -> Iterator[re.Match[str]]:
    """Every place where one of the phrases stands."""
    return pattern_of(phrases).finditer(text)


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of a text as written."""
    return tuple(re.findall(NUMBER, text))
