"""Phrases: words of a content file, their strong words and how long it takes to find them."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thoroughness import examples

from handouts.compose.phrase import Phrase, strengthened
from handouts.problems import Origin

STRONG = re.compile(r"\*\*(\S(?:.*?\S)?)\*\*", re.DOTALL)
"""What strong words are; to search for it takes the square of a text's length."""
AT = Origin("words/en.yaml", 3, 5)


@settings(max_examples=examples(3000))
@given(st.text("*a \n<\u00a0", max_size=24))
def test_strong_words_are_those_between_pairs_of_stars(text: str) -> None:
    assert strengthened(text, "", "") == STRONG.sub(r"\1", text)
    assert strengthened(text, "<strong>", "</strong>") == STRONG.sub(r"<strong>\1</strong>", text)


def test_strong_words_of_all_short_texts_are_those_between_pairs_of_stars() -> None:
    texts = [""]
    for _ in range(9):
        texts = [text + sign for text in texts for sign in "*a "]
        for text in texts:
            assert strengthened(text, "[", "]") == STRONG.sub(r"[\1]", text)


@pytest.mark.parametrize(
    "part", ["**a ", "*", "** ", " **", "**a", "**a**", "**a** ", "**a\n", "* *", "a** ", "**", "***"]
)
def test_the_stars_of_a_long_text_are_found_in_time_that_grows_with_its_length(part: str) -> None:
    text = part * (10_000 // len(part))
    begun = time.process_time()
    strengthened(text, "<strong>", "</strong>")
    assert time.process_time() - begun < 0.3


def test_a_phrase_is_there_where_it_has_words() -> None:
    for text in ("", " ", "\n\t", "\u00a0"):
        assert not Phrase(text, AT)
    for text in ("a", " a", "****", "**a**", "** **"):
        assert Phrase(text, AT)


def test_a_phrase_has_its_words_as_text_and_as_html() -> None:
    phrase = Phrase(" **Call**\n us ** <now> **", AT, "K1")
    assert str(phrase) == str(phrase.telling("K2")) == "Call us ** <now> **"
    assert str(phrase.__html__()) == (
        '<span data-at="3:5:words/en.yaml" data-statement="K1"><strong>Call</strong> us ** &lt;now&gt; **</span>'
    )
    assert str(Phrase("**a**", AT, marked=False)) == "**a**"
