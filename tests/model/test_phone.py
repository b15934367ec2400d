"""Telephone numbers are judged by the numbering plan of their country, and spellings by the number that they dial."""

from __future__ import annotations

import pytest

from handouts.model.phone import fault_of, keypad_digits, region_of, says


@pytest.mark.parametrize(
    ("text", "digits"),
    [("1-866-603-MMCT", "18666036628"), ("1-844-4KYMRIAH", "184445967424"), ("+49 (0)800", "490800"), ("¿é٣", "")],
)
def test_letters_are_the_keys_that_bear_them(text: str, digits: str) -> None:
    assert keypad_digits(text) == digits


@pytest.mark.parametrize(
    ("text", "dial"),
    [
        ("1-866-603-MMCT", "+18666036628"),
        ("866-603-6628", "+18666036628"),
        ("(866) 603-MMCT", "+18666036628"),
        ("+1 866 603 6628", "+18666036628"),
        ("0800 555 0134", "+498005550134"),
        ("+49 800 555 0134", "+498005550134"),
        ("0800 1111", "+448001111"),
        ("+44 (0)800 1111", "+448001111"),
        ("900 55 VIDA", "+34900558432"),
        ("06 1234 5678", "+390612345678"),
        ("8 (999) 123-45-67", "+79991234567"),
        ("1-844-4KYMRIAH", "+18444596742"),
    ],
)
def test_a_number_may_be_written_as_people_of_its_country_do(text: str, dial: str) -> None:
    assert says(text, dial)


@pytest.mark.parametrize(
    ("text", "dial"),
    [
        ("1-866-603-MMCX", "+18666036628"),
        ("1-866-603-6682", "+18666036628"),
        ("603-6628", "+18666036628"),
        ("1-866-603-66280", "+18666036628"),
        ("MMCT", "+18666036628"),
        ("", "+18666036628"),
        ("800 555 0134", "+498005550134"),
        ("0800 555 0135", "+498005550134"),
        ("6 1234 5678", "+390612345678"),
    ],
)
def test_another_number_or_a_part_of_it_is_not_it(text: str, dial: str) -> None:
    assert not says(text, dial)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("+18666036628", None),
        ("+498005550134", None),
        ("+34900558432", None),
        ("+80012345678", None),
        ("1-202-555-0187", "US"),
        ("1-202-555-0187 ext. 12", "US"),
        ("(202) 555-0187 x12", "US"),
        ("+44 20 7946 0000", "US"),
        ("0800 555 0134", "DE"),
        ("202-555-HELP", "US"),
        ("555-0187", None),
    ],
)
def test_a_number_that_can_be_called_has_no_fault(text: str, region: str | None) -> None:
    assert fault_of(text, region) is None


@pytest.mark.parametrize(
    ("text", "region", "message", "fatal"),
    [
        ("+9991234567", None, "begins with the code of no country", True),
        ("+186660366281", None, "has 11 digits after the country code +1, where numbers have 10", True),
        ("+1866603662", None, "has 9 digits after the country code +1, where numbers have 10", True),
        ("+349005558432", None, "has 10 digits after the country code +34, where numbers have 9", True),
        ("+1555014", None, "has 6 digits after the country code +1", True),
        ("+15550143", None, "lacks its area code", True),
        ("+19996036628", None, "is in no range of numbers that is in use after +1", False),
        ("555-0187", "US", "lacks its area code", False),
        ("020 7946 0000", "US", "where numbers have 10", True),
        ("1-202-555-0187 or 1-202-555-0188", "US", "is not one telephone number", True),
        ("call the desk", "US", "is not one telephone number", True),
        ("1-202-555-018", "US", "is in no range of numbers", False),
    ],
)
def test_a_number_that_cannot_be_called_is_told_why(text: str, region: str | None, message: str, fatal: bool) -> None:
    fault = fault_of(text, region)
    assert fault is not None
    assert message in fault.message
    assert fault.instead
    assert fault.fatal == fatal


@pytest.mark.parametrize(
    ("dial", "region"),
    [("+18666036628", "US"), ("+498005550134", "DE"), ("+80012345678", "001"), ("+9991234567", None)],
)
def test_the_country_code_tells_the_country(dial: str, region: str | None) -> None:
    assert region_of(dial) in (region, "ZZ" if region is None else region)
