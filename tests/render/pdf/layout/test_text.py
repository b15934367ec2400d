"""Lines break where a reader expects it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_samples import PHONE, runs

from handouts.plan.text import Run, Runs
from handouts.render.pdf.layout.text import typesetter

SETTER = typesetter("Atkinson Hyperlegible")


def broken(text: Runs, width: float) -> list[str]:
    return ["".join(piece.text for piece in line.pieces) for line in SETTER.lines(text, 12, width)]


def test_a_line_keeps_the_space_at_its_end() -> None:
    assert broken(runs("one two three"), 45) == ["one two ", "three"]


def test_a_style_that_changes_inside_a_word_does_not_break_it() -> None:
    mixed = (Run("It is "), Run("import", strong=True), Run("ant, really."))
    assert broken(mixed, 80) == ["It is ", "important, ", "really."]


@pytest.mark.parametrize(
    "number", ["1-866-603-6628", "(1-866-603-6628),", "1-866-603-MMCT", "+18666036628", "020-7946-0000."]
)
def test_a_telephone_number_is_never_broken(number: str) -> None:
    for width in range(20, 160, 7):
        assert any(line.strip() == number for line in broken(runs(f"Please call us on {number} today"), width)) or any(
            number in line for line in broken(runs(f"Please call us on {number} today"), width)
        )


def test_a_linked_number_holds_together_at_its_spaces() -> None:
    number = runs("020 7946 0000", href=PHONE)
    assert broken((*runs("Ring us on "), *number), 110) == ["Ring us on ", "020 7946 0000"]


def test_words_break_at_hyphens_and_slashes_only_when_a_hole_would_be_left() -> None:
    assert broken(runs("relapsed and/or refractory"), 80) == ["relapsed ", "and/or ", "refractory"]
    assert broken(runs("a lenalidomide/dexamethasone"), 100) == ["a lenalidomide/", "dexamethasone"]


@pytest.mark.parametrize(
    "phrase",
    ["9 of 50", "18 in 100", "9 out of 50", "18 de cada 100", "20.6 v 14.7", "53% of 46", "HR 0.74", "PFS (0.676)",
     "ext. 12", "5 to 7", "1 of 2 of 3"],
)  # fmt: skip
def test_a_number_and_its_short_words_stay_on_one_line(phrase: str) -> None:
    before = "In the study that was told first and that many of those who read it know by now "
    for width in range(400, 520, 3):
        lines = broken(runs(f"{before}{phrase} is said of people who responded"), width)
        assert any(phrase in line for line in lines), lines


def test_a_number_is_parted_from_its_words_only_where_a_line_is_narrower_than_both() -> None:
    assert broken(runs("responded 1,234 of 12,345"), 110) == ["responded ", "1,234 of 12,345"]
    assert broken(runs("responded 1,234 of 12,345"), 80) == ["responded ", "1,234 of ", "12,345"]
    assert broken(runs("1 of 2 of 3 of 4 of 5"), 60) == ["1 of 2 of 3 ", "of 4 of 5"]
    assert broken(runs("Of 46 people 6 responded"), 80) == ["Of 46 people ", "6 responded"]


def test_a_word_wider_than_its_column_is_cut_between_characters() -> None:
    lines = broken(runs("Donaudampfschifffahrtsgesellschaft"), 60)
    assert len(lines) > 2
    assert "".join(lines) == "Donaudampfschifffahrtsgesellschaft"


def test_chinese_breaks_between_characters_but_not_before_a_full_stop() -> None:
    lines = broken(runs("蛋白酶体抑制剂。"), 21)
    assert len(lines) > 1
    assert not any(line.startswith("。") for line in lines)


def test_the_plan_breaks_lines_where_it_says_so() -> None:
    assert broken(runs("one\ntwo three"), 200) == ["one ", "two three"]
    assert broken((Run("\n one "), Run("\n"), Run(" two\n"), Run("\n\nthree\n")), 200) == ["one ", "two ", "three "]
    assert broken(runs("020 7946\n0000", href=PHONE), 200) == ["020 7946 ", "0000"]


def test_white_space_at_the_start_is_not_printed_and_alone_is_no_line() -> None:
    assert broken((Run(" \t"), Run("\n one", strong=True)), 200) == ["one"]
    assert broken((Run(" "), Run("\n\t")), 200) == []


def test_a_word_of_endless_parts_breaks_at_them() -> None:
    lines = broken(runs("abcd-" * 500), 100)
    assert all(line.endswith("-") for line in lines)
    assert "".join(lines) == "abcd-" * 500


@given(st.lists(st.text(alphabet="ab -/1é\n(", max_size=20), max_size=5), st.floats(30, 300))
def test_no_character_is_lost_and_no_line_too_wide(parts: list[str], width: float) -> None:
    text = tuple(Run(part, strong=index % 2 == 1) for index, part in enumerate(parts))
    lines = SETTER.lines(text, 12, width)
    joined = "".join(piece.text for line in lines for piece in line.pieces)
    assert "".join(joined.split()) == "".join("".join(parts).split())
    assert joined.split() == "".join(parts).split()
    assert all(line.width <= width + 0.01 or "1" in line.pieces[0].text for line in lines)
