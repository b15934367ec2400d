"""Telephone numbers are judged by the numbering plan of their country, and spellings by the number that they dial."""

from __future__ import annotations

import pytest

from handouts.model.phone import fault_of, has_country_code, keypad_digits, region_of, says


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
        ("+268-460-1234", "+12684601234"),
        ("(+268) 460-1234", "+12684601234"),
        ("\uff0b268-460-1234", "+12684601234"),
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
        ("1-844-4KYMRIAH", "US"),
        ("202-555-0187", "US"),
        ("2025550187", "US"),
        ("12025550187", "US"),
        ("202.555.0187 x5", "US"),
        ("202\u00a0555\u00a00187", "US"),
        ("1-800-FLOWERS", "US"),
        ("030 1234567", "DE"),
        ("030 1234-0", "DE"),
        ("0049 30 1234567", "DE"),
        ("116117", "DE"),
        ("112", "ES"),
        ("912345678", "ES"),
        ("06 1234 5678", "IT"),
        ("98765 43210", "IN"),
        ("999 123-45-67", "RU"),
        ("11 2345-6789", "BR"),
        ("55 1234 5678", "MX"),
        ("+49 (0)30 1234567", "DE"),
        ("(+49) 30 1234567", "US"),
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
        ("202-555-0187 / 0188", "US", "is more than one telephone number", True),
        ("(+268) 460-1234", None, "has 7 digits after the country code +268", True),
        ("202-555-0187 (day)", "US", "has more than a telephone number, '(day)'", True),
        ("202-555-0187 (TTY 711)", "US", "has more than a telephone number, '(TTY 711)'", True),
        ("202-555-0187 option 2", "US", "has more than a telephone number, 'option 2'", True),
        ("113", "NL", "is on no list of the short numbers of NL", False),
        ("202-555-0187", None, "has no country code, and nothing says in which country", False),
        ("301234567", None, "has no country code, and nothing says in which country", False),
        ("call the desk", None, "is not one telephone number", True),
        ("2.125.550.187,00", "US", "has decimals, which a spreadsheet gave it", True),
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


LOST: dict[tuple[str, str | None], tuple[str, str]] = {
    ("301234567", "DE"): ("lacks the + or 0", "write '030 1234567' or '+49 30 1234567', or + and its country code"),
    ("30 1234567 ext. 5", "DE"): ("lacks the + or 0", "'030 1234567 ext. 5' or '+49 30 1234567 ext. 5'"),
    ("4930123456", "DE"): ("lacks the + or 0", "write '030 123456' or '+49 30 123456'"),
    ("15123456789", "DE"): ("lacks the + or 0", "write '01512 3456789' or '+49 1512 3456789', or '+1 512-345-6789'"),
    ("2079460000", "GB"): ("lacks the + or 0", "write '020 7946 0000' or '+44 20 7946 0000'"),
    ("1 42 68 53 00", "FR"): ("lacks the + or 0", "write '01 42 68 53 00' or '+33 1 42 68 53 00'"),
    ("34912345678", "ES"): ("lacks the + at", "write '912 34 56 78' or '+34 912 34 56 78'"),
    ("612345678", "IT"): ("lacks the + or 0", "write '06 1234 5678' or '+39 06 1234 5678'"),
    ("4930123456", "US"): ("is in no range", "write '+49 30 123456', if it lost its +, or correct it"),
    ("1-202-555-0187", "DE"): ("is in no range", "write '+1 202-555-0187', if it lost its +"),
    ("4.93E+11", None): ("a spreadsheet has rounded", "type it anew"),
    ("4,93012E+11", "DE"): ("a spreadsheet has rounded", "type it anew"),
    ("14155550187.0", "US"): ("has decimals", "write 14155550187 with its + or 0"),
}


@pytest.mark.parametrize(("text", "region"), LOST)
def test_a_number_that_a_spreadsheet_has_cut_is_told_with_all_that_it_may_have_been(
    text: str, region: str | None
) -> None:
    fault = fault_of(text, region)
    said, instead = LOST[text, region]
    assert fault is not None
    assert fault.lost and fault.fatal
    assert said in fault.message and instead in fault.instead


@pytest.mark.parametrize(("text", "region"), [key for key in LOST if key[1]])
def test_what_is_advised_can_be_dialled(text: str, region: str) -> None:
    fault = fault_of(text, region)
    advised = fault.instead.split("'")[1::2] if fault else []
    assert [fault_of(one, region) for one in advised] == [None] * len(advised)


def test_a_typing_mistake_is_no_number_of_another_country() -> None:
    fault = fault_of("202-555-01877", "US")
    assert fault is not None and not fault.lost and "+20" not in fault.instead


@pytest.mark.parametrize(
    ("text", "is_so"), [("+49 30", True), ("(+49) 30", True), ("\uff0b49 30", True), ("030+1", False), ("x +1", False)]
)
def test_a_plus_counts_where_it_stands_first(text: str, is_so: bool) -> None:
    assert has_country_code(text) == is_so
