"""Texts that a program read in another encoding are told with the letter that was meant; real letters are let be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.model.clinic import Clinic
from handouts.model.encoding_marks import marks_in
from handouts.model.load import load
from handouts.problems import ProblemsError

LETTERS = "éèüöäßñçøåÉÜÖ’‘“”–—…€°½µ中😀"


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_that_was_read_as_windows_1252_is_found(letter: str) -> None:
    shown = "".join(bytes([b]).decode("cp1252") if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(b)
                    for b in letter.encode())  # fmt: skip
    (mark,) = marks_in(f"x{shown}y")
    assert (mark.text, mark.start, mark.meant) == (shown, 1, letter)


@given(st.text(st.sampled_from("aeiou “”‘’«»–—ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿœŒšŽ…€")))
def test_letters_of_europe_are_no_marks_beside_letters(text: str) -> None:
    words = "".join(c for c in text if c.isalpha())
    assert [mark for mark in marks_in(words) if mark.text[-1] not in "œŒšŽÃ"] == []


@pytest.mark.parametrize(
    ("text", "shown", "meant"),
    [("Lo tomÃ³.", "Ã³", "ó"), ("un dÃa", "Ã", "í"), ("hijÃ´ xÃ™", "Ã´", "ô"), ("NIÃ‘A", "Ã‘", "Ñ")],
)
def test_a_mark_is_found_where_no_capital_can_stand(text: str, shown: str, meant: str) -> None:
    mark = next(marks_in(text))
    assert (mark.text, mark.meant) == (shown, meant)


@pytest.mark.parametrize(
    "text",
    [
        "SÃO",
        "“AMANHÔ",
        "AMANHÃ – JÁ",
        "Â",
        "40 °C",
        "â€",
        "ÄÖÜ ß",
        "naïve café",
        "NESCAFÉ®",
        "PERÚ™",
        "AMANHÃ²",
        "„Spaß“",
        "„CAFÉ“",
        "„MENÜ‘",
        "3×½",
        "MANHÔ",
        "dÃ",
    ],
)
def test_words_as_people_write_them_are_let_be(text: str) -> None:
    assert list(marks_in(text)) == []


def test_what_is_lost_for_good_is_found() -> None:
    assert [(mark.start, mark.meant) for mark in marks_in("M\ufffdller")] == [(1, "")]


def test_a_file_with_such_marks_is_told_once_at_the_first() -> None:
    text = "schema_version: 1\nname: CafÃ© Menâ€™s\nhours: M\ufffd\n"
    with pytest.raises(ProblemsError) as bad:
        load("clinic.yaml", text, Clinic)
    (problem,) = bad.value.problems
    assert (problem.code, problem.origin.line, problem.origin.column) == ("YAML02", 2, 10)
    assert problem.message == "the text has 'Ã©' for 'é', a mark of a wrong encoding, and 2 more"
