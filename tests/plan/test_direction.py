"""Which way the words of a language run, and a paragraph of several."""

import pytest

from handouts.plan.direction import reads_right_to_left, runs_right_to_left
from handouts.plan.text import Run

RIGHT_TO_LEFT = """
ar ar-EG arz he iw he-IL fa fa-IR ur ps ckb dv yi sd ug ks pnb syr nqo az-Arab pa-Arab pa-PK ku-Arab ku-IQ uz-AF
pa-Arab-PK ff-Adlm en-Hebr AR ar_SA ar-u-nu-latn ar-x-Latn ug-CN mzn rhg
"""
LEFT_TO_RIGHT = """
en en-US es de ja zh-Hant hi pa pa-IN az ku tr ha ms ar-Latn fa-Cyrl sd-Deva sd-IN ug-KZ yi-Latn en-x-ar en-t-ar
en-x-arab uz kk und x-arab
"""


@pytest.mark.parametrize("language", RIGHT_TO_LEFT.split())
def test_words_that_run_from_right_to_left(language: str) -> None:
    assert runs_right_to_left(language)


@pytest.mark.parametrize("language", LEFT_TO_RIGHT.split())
def test_words_that_run_from_left_to_right(language: str) -> None:
    assert not runs_right_to_left(language)


@pytest.mark.parametrize(
    ("runs", "language", "expected"),
    [
        ([Run("words")], "en", False),
        ([Run("words")], "ar", True),
        ([Run("words", lang="ar")], "en", True),
        ([Run("words", lang="en")], "ar", False),
        ([Run("words "), Run("more", lang="ar")], "en", False),
        ([Run("words "), Run("more", lang="en")], "ar", True),
        ([Run("words", lang="ar"), Run(" "), Run("more", lang="he")], "en", True),
        ([Run("• "), Run("words", lang="ar")], "en", True),
        ([Run("46 "), Run("words", lang="ar")], "en", True),
        ([Run("46", lang="ar")], "en", True),
        ([Run("words", lang="de")], "en", False),
        ([Run("words", lang="de"), Run("more", lang="es")], "ar", False),
        ([], "ar", True),
        ([Run(" ")], "en", False),
    ],
)
def test_a_paragraph_runs_as_its_document_unless_all_of_its_words_run_the_other_way(
    runs: list[Run], language: str, expected: bool
) -> None:
    assert reads_right_to_left(runs, language) is expected
