"""The published formulas: counts in, grades or scores out.

Misprints of the two English ones circulate (swapped coefficients, a missing factor of 30 over the sentences); these are
those of their authors, and tests hold them to passages counted by hand.
"""

from __future__ import annotations

import math

SMOG_SENTENCES = 30
"""How many sentences McLaughlin's formula was made for; a grade from fewer is an estimate."""


def smog(polysyllables: int, sentences: int) -> float:
    """School grade by SMOG (McLaughlin, Journal of Reading 1969;12:639); words of three syllables or more count.

    Raises ValueError without a sentence.
    """
    if sentences < 1:
        raise ValueError("SMOG needs a sentence")
    return 1.0430 * math.sqrt(polysyllables * SMOG_SENTENCES / sentences) + 3.1291


def flesch_kincaid(words: int, sentences: int, syllables: int) -> float:
    """School grade by Flesch-Kincaid (Kincaid and others, Research Branch Report 8-75, US Navy 1975).

    Raises ValueError without a word or sentence.
    """
    if words < 1 or sentences < 1:
        raise ValueError("Flesch-Kincaid needs a word and a sentence")
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def inflesz(words: int, sentences: int, syllables: int) -> float:
    """Ease of Spanish text (Szigriszt Pazos 1993): above 80 very easy, 65–80 fairly easy, 55–65 normal, below it hard.

    The bands are those of the INFLESZ scale for patients' texts (Barrio-Cantalejo and others, An Sist Sanit Navar
    2008;31:135). Raises ValueError without a word or sentence.
    """
    if words < 1 or sentences < 1:
        raise ValueError("INFLESZ needs a word and a sentence")
    return 206.835 - 62.3 * syllables / words - words / sentences
