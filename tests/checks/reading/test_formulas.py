"""Grades of passages that were counted by hand, so that a misprinted formula cannot pass.

Each passage comes with its sentences, words, syllables and polysyllables, and with the grades worked out on paper.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thoroughness import examples
from topic_samples import lexicon

from handouts.checks.reading.formulas import flesch_kincaid, inflesz, smog
from handouts.checks.reading.level import TONGUES, Counts, counted
from handouts.checks.reading.sentences import sections_of
from handouts.plan.blocks import Paragraph
from handouts.plan.text import Run

CAT = "The cat sat on the mat. It was a big, black cat."
MEDICINES = "Ask your doctor about every new medicine. Some medicines can harm an unborn baby."
NUMBERS = "In the US, 28 of 100 people had side effects."
HARD = (
    "Peripheral neuropathy was infrequently observed. Laboratory investigations demonstrate activity. "
    "Approximately fifty participants discontinued the medication."
)
GATO = "El gato come pan. La niña bebe agua."
SALUD = "Su médico le dará un medicamento. Tómelo cada noche con un vaso de agua."

# Passage, language, its counts, and its grades: Flesch-Kincaid and SMOG, or INFLESZ.
BY_HAND = [
    (CAT, "en", Counts(2, 12, 12, 0), (-1.45, 3.13)),
    (MEDICINES, "en", Counts(2, 14, 23, 2), (6.53, 8.84)),
    (NUMBERS, "en", Counts(1, 10, 12, 2), (2.47, 11.21)),
    (HARD, "en", Counts(3, 15, 52, 11), (27.27, 14.07)),
    (GATO, "es", Counts(2, 8, 13, 0), (101.60,)),
    (SALUD, "es", Counts(2, 14, 27, 0), (79.69,)),
]


def _counts(text: str, language: str) -> Counts:
    sections = sections_of((Paragraph((Run(text),)),), lexicon(language).abbreviations, lexicon(language).begins)
    return counted((one for section in sections for one in section.sentences), TONGUES[language], lexicon(language))


@pytest.mark.parametrize(("text", "language", "counts", "grades"), BY_HAND)
def test_a_passage_counted_by_hand(text: str, language: str, counts: Counts, grades: tuple[float, ...]) -> None:
    found = _counts(text, language)
    assert (found.sentences, found.words, found.syllables) == (counts.sentences, counts.words, counts.syllables)
    if language == "en":
        assert found.polysyllables == counts.polysyllables
    assert tuple(grade.value for grade in TONGUES[language].grades(found)) == pytest.approx(grades, abs=0.005)


def test_the_formulas_are_those_of_their_authors() -> None:
    # 30 sentences with 64 polysyllables; 100 words in 5 sentences with 150 syllables.
    assert smog(64, 30) == pytest.approx(1.0430 * 8 + 3.1291)
    assert flesch_kincaid(100, 5, 150) == pytest.approx(0.39 * 20 + 11.8 * 1.5 - 15.59)
    assert inflesz(100, 5, 180) == pytest.approx(206.835 - 62.3 * 1.8 - 20)


@pytest.mark.parametrize("swapped", [11.8 * 20 + 0.39 * 1.5 - 15.59])
def test_swapped_coefficients_would_be_seen(swapped: float) -> None:
    assert flesch_kincaid(100, 5, 150) != pytest.approx(swapped, abs=1)


@settings(derandomize=True, max_examples=examples(60))
@given(st.integers(0, 500), st.integers(1, 300))
def test_smog_depends_on_polysyllables_a_sentence_alone(polysyllables: int, sentences: int) -> None:
    assert smog(2 * polysyllables, 2 * sentences) == pytest.approx(smog(polysyllables, sentences))
    assert smog(polysyllables + 1, sentences) > smog(polysyllables, sentences) >= 3.1291


@settings(derandomize=True, max_examples=examples(60))
@given(st.integers(1, 500), st.integers(1, 100), st.integers(1, 1500))
def test_longer_sentences_and_words_are_harder(words: int, sentences: int, syllables: int) -> None:
    base = flesch_kincaid(words, sentences, syllables)
    assert flesch_kincaid(words, sentences + 1, syllables) < base < flesch_kincaid(words, sentences, syllables + 1)
    ease = inflesz(words, sentences, syllables)
    assert inflesz(words, sentences + 1, syllables) > ease > inflesz(words, sentences, syllables + 1)


def test_nothing_has_no_grade() -> None:
    for grade in (lambda: smog(0, 0), lambda: flesch_kincaid(0, 1, 0), lambda: inflesz(1, 0, 1)):
        with pytest.raises(ValueError, match="needs a"):
            grade()
