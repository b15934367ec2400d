"""Telephone numbers typed into words: found in every spelling, told once, and named where they are a contact's."""

from __future__ import annotations

import pytest
from typed_samples import codes, typed


@pytest.mark.parametrize(
    "text",
    ["1-800-999-8888", "(800) 999-8888", "800.999.8888", "+49 30 901820", "+1 800 999 8888", "1-800-QUIT-NOW",
     "1-800-4-CANCER", "Call 800 999 8888 now", "call (800) 999-8888 ext. 12", "call 8009998888"],
)  # fmt: skip
def test_a_telephone_number_is_told_once_as_one(text: str) -> None:
    assert codes(text) == ["PHONE05"]


@pytest.mark.parametrize("text", ["1-866-603-6628", "1-866-603-MMCT", "(866) 603-6628", "+18666036628"])
def test_that_of_a_contact_is_named(text: str) -> None:
    (problem,) = typed(f"Call {text}")
    assert problem.instead == "write {{ contacts.trial_line }}"


def test_what_is_wrong_with_it_is_told_too() -> None:
    (problem,) = typed("Call 1-800-99-888")
    assert "9 digits" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "2019–2021",
        "2024-03-09",
        "10,000,000 people",
        "43 548 722",
        "1.5–2.5",
        "NCT01564537",
        "NEJM 2016;374:1621",
        "NDC 63020-080-02",
        "lot 1234-5678-90",
        "Lot number 1234-5678-90",
    ],
)
def test_years_dates_and_large_numbers_are_none(text: str) -> None:
    assert "PHONE05" not in codes(text)


def test_numbers_of_the_countries_of_the_language_are_found_without_a_contact() -> None:
    assert codes("Llame al 912 345 678", "espanol") == ["PHONE05"]
