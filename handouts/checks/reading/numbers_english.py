"""How many syllables English figures and abbreviations have when they are read aloud."""

from __future__ import annotations

import re

_BELOW_TWENTY = (2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2)
"""Zero to nineteen."""
_SEVENTY = 70
_ROMAN = re.compile(r"[IVX]+")
_LETTER = re.compile(r"[A-Za-z]")
_FIGURES = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")


def spoken_syllables(figures: str) -> int:
    """Syllables of `703`, `20.6`, `1,200`, `18%` or `MM1` as read aloud, letters one by one.

    Parts such as those of `8:30` are read in turn. Roman numerals count as one syllable.
    """
    letters = [] if _ROMAN.fullmatch(figures) else _LETTER.findall(figures)
    # The name of w has three syllables, that of every other letter one.
    count = 2 * figures.count("%") + sum(3 if letter in "Ww" else 1 for letter in letters)
    for found in _FIGURES.findall(figures):
        whole, _, decimals = found.replace(",", "").partition(".")
        count += _whole(int(whole[:12]), is_year=len(whole) == 4 and "," not in found and not decimals)
        if decimals:
            count += 1 + sum(_BELOW_TWENTY[int(digit)] for digit in decimals)
    return max(1, count)


def _whole(number: int, *, is_year: bool = False) -> int:
    """Syllables of a whole number. A year such as 2015 is read in two halves, "twenty fifteen"."""
    if is_year and 1100 <= number < 2100 and number % 100 >= 10:
        return _whole(number // 100) + _whole(number % 100)
    for size in (10**9, 10**6, 1000, 100):
        if number >= size:
            # "Billion", "million", "thousand" and "hundred" have two syllables each.
            rest = number % size
            return _whole(number // size) + 2 + (_whole(rest) if rest else 0)
    if number < 20:
        return _BELOW_TWENTY[number]
    tens = 3 if number // 10 * 10 == _SEVENTY else 2
    return tens + (_BELOW_TWENTY[number % 10] if number % 10 else 0)
