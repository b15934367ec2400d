"""Counts the syllables of a Spanish word: its spelling says which vowels are said apart.

Strong vowels (a, e, o, and i or u with an accent) make a syllable each; weak ones join a neighbour.
"""

from __future__ import annotations

import re
from functools import lru_cache

_VOWELS = re.compile(r"(?:[aeiouáéíóúü]|y(?![aeiouáéíóú]))+")
_STRONG = re.compile(r"[aeoáéíóú]")


@lru_cache(maxsize=4096)
def count_spanish(word: str) -> int:
    """Syllables of one word in lower case, at least 1."""
    groups = _VOWELS.findall(word)
    return max(1, sum(max(1, len(_STRONG.findall(group))) for group in groups))
