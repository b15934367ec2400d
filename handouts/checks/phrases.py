"""Phrases of a language's word list, found in text: whole words, capitals aside, `{n}` and `{of}` for numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from handouts.model.locale import Formats

NUMBER = r"[0-9]+(?:[.,][0-9]+|[\u00A0\u202F][0-9]{3}(?![0-9]))*"
"""Digits with the marks of any language between them; a space only before thousands, and only one that ends no line."""
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
"""What names a value in words."""
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([.,\u00A0\u202F])[0-9]{3})(?:\1[0-9]{3})*")


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


def amount_of(number: str, formats: Formats | None = None) -> Decimal:
    """What a number as written amounts to.

    The marks of the language decide (`1,500` in English and `1.500` in German are one and a half thousand); a mark that
    is not the language's, or whose language is not known, stands before thousands where all digits are in threes.
    """
    marks = {c for c in number if not c.isdigit()}
    if formats and formats.decimal in marks and number.count(formats.decimal) == 1:
        whole, _, part = number.partition(formats.decimal)
        return Decimal(f"{_digits(whole)}.{_digits(part)}")
    if not marks or _GROUPED.fullmatch(number):
        return Decimal(_digits(number))
    last = max(number.rfind(mark) for mark in marks)
    return Decimal(f"{_digits(number[:last])}.{_digits(number[last:])}")


def has_decimals(amount: Decimal) -> bool:
    """Whether a number was written with decimals, be they zeros: 18.0."""
    return "." in f"{amount:f}"


def _digits(number: str) -> str:
    return "".join(c for c in number if c.isdigit())
