"""Telephone numbers as the world's numbering plans have them: a text in, what is wrong with it or what it dials out.

The plans are those of libphonenumber (`phonenumberslite`), which ships them with the package; nothing is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Annotated, Any

from msgspec import Meta, Struct

from handouts.model.base import Before, Line
from handouts.model.lost_digits import Readings, before_the_loss, has_country_code, is_power_of_ten, without_decimals

E164_PATTERN = r"^\+[0-9]{7,15}$"
FEWEST_DIGITS = 7
"""Of a whole number in a text; what is shorter is a short code, or the beginning of one that words go on with."""

_ONE_ALONE = "write one number alone, like '1-202-555-0143 ext. 12'"
_SHORT_CODE = re.compile(r"\s*[0-9]{3,4}\s*")
"""What may be a short code of a country though no list has it: 113 in the Netherlands."""

_KEYS = {
    letter: digit
    for digit, letters in zip("23456789", ["ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ"], strict=True)
    for letter in letters
}


def keypad_digits(text: str) -> str:
    """The digits that a telephone keypad gives for `text`; letters map as on ITU-T E.161 keys, the rest is dropped."""
    return "".join(_KEYS.get(c, c) for c in text.upper() if c in _KEYS or (c.isascii() and c.isdigit()))


def _text(value: Any) -> Any:
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        raise ValueError(
            f"is the number {value}, but a telephone number is text; "
            "write it in quotes as people read it, like '1-202-555-0143'"
        )
    return value


def _dialled_text(value: Any) -> Any:
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        raise ValueError(
            f"is the number {value}, but a telephone number is text; "
            "write it in quotes, with + and the country code first, like '+12025550143'"
        )
    return value


Phone = Annotated[Line, Before(_text)]
"""A telephone number as people read it. YAML makes 8666036628 an integer, which would lose a leading 0."""

Dial = Annotated[str, Meta(pattern=E164_PATTERN), Before(_dialled_text)]
"""A telephone number as a telephone dials it (E.164): + and digits."""


Region = Annotated[str, Meta(pattern=r"^[A-Z]{2}$")]
"""A country by the two letters of ISO 3166."""


class Fault(Struct, frozen=True):
    """What is wrong with a number and what to write instead; `fatal` where nobody could be reached by it, `lost` where
    it is what a spreadsheet leaves of one.
    """

    message: str
    instead: str
    fatal: bool = True
    lost: bool = False


@cache
def region_of(dial: str) -> str | None:
    """The country (ISO 3166) whose numbering plan an E.164 number belongs to, None for a calling code of none."""
    from phonenumbers import NumberParseException, parse, region_code_for_country_code

    try:
        return region_code_for_country_code(parse(dial).country_code or 0)
    except NumberParseException:
        return None


def fault_of(text: str, region: str | None = None) -> Fault | None:
    """What is wrong with a number: its country, its length, its lost beginning, or that nobody was given it yet.

    `region` is the country in which it is dialled; without one only a number that begins with + can be judged, and of
    another that is told. An extension ("ext. 12") may follow.
    """
    complete = has_country_code(text)
    if fault := _spoilt(text):
        return fault
    if region is None and not complete:
        return _fault_without_country(text)
    lost = before_the_loss(text, region) if region else Readings()
    if lost is None:
        return None
    if lost.home:
        missing = "+ or 0" if re.match(r"\W*0", lost.home[0]) else "+"
        message = f"{text} cannot be dialled in {region}: it lacks the {missing} at its beginning"
        instead = f"write '{lost.home[0]}' or '{lost.home[1]}'"
        if lost.abroad:
            instead += f", or '{lost.abroad}'"
        elif keypad_digits(lost.home[1]) != keypad_digits(text):
            instead += ", or + and its country code, if it is of another country"
        return Fault(message, instead, lost=True)
    fault = _fault_in_plan(text, region, complete)
    if fault and lost.abroad:
        return Fault(fault.message, f"write '{lost.abroad}', if it lost its +, or correct it", lost=True)
    return fault


def _spoilt(text: str) -> Fault | None:
    """What is wrong with a number that a spreadsheet has made one to reckon with."""
    if is_power_of_ten(text):
        message = f"{text} is a number that a spreadsheet has rounded, whose last digits are gone"
        return Fault(message, "type it anew, in a column that is formatted as text", lost=True)
    if whole := without_decimals(text):
        message = f"{text} has decimals, which a spreadsheet gave it"
        instead = f"write {whole} with its + or 0 and without decimals, in a column that is formatted as text"
        return Fault(message, instead, lost=True)
    return None


def _fault_without_country(text: str) -> Fault:
    """What is wrong with a text that may be a number of any country."""
    from phonenumbers import NumberParseException, parse

    try:
        parse(text, None)
    except NumberParseException as bad:
        if bad.error_type == NumberParseException.NOT_A_NUMBER:
            return _no_number(text)
    message = f"{text} has no country code, and nothing says in which country it is dialled"
    instead = "write it with + and its country code, or give the country's two letters as 'country' or by --region"
    return Fault(message, instead, fatal=False)


def _no_number(text: str) -> Fault:
    return Fault(f"'{text}' is not one telephone number", _ONE_ALONE)


def _fault_in_plan(text: str, region: str | None, complete: bool) -> Fault | None:
    """What is wrong with a number by the plan of its country; `complete` says that it begins with a country code."""
    from phonenumbers import (
        NumberParseException,
        ValidationResult,
        is_possible_number_with_reason,
        is_valid_number,
        is_valid_short_number_for_region,
        parse,
    )

    try:
        number = parse(text, region)
    except NumberParseException as bad:
        if bad.error_type == NumberParseException.INVALID_COUNTRY_CODE:
            return Fault(f"{text} begins with the code of no country", "look the country code up, such as +1 or +49")
        return _no_number(text)
    if is_valid_number(number) or (region and is_valid_short_number_for_region(number, region)):
        return None
    if _runs_past(text, region):
        return None
    if beside := _beside(text, region):
        if re.search("[A-Za-z]", beside):
            return Fault(f"{text} has more than a telephone number, '{beside}'", _ONE_ALONE)
        return Fault(f"{text} is more than one telephone number", _ONE_ALONE)
    code = number.country_code
    if not complete and _SHORT_CODE.fullmatch(text):
        message = f"{text} is on no list of the short numbers of {region}"
        return Fault(message, "call it; write a whole number, if it is none", fatal=False)
    otherwise = "" if complete else f", or write it with its country code, if that is not +{code}"
    match is_possible_number_with_reason(number):
        case ValidationResult.IS_POSSIBLE:
            message = f"{text} is in no range of numbers that is in use after +{code}"
            return Fault(message, f"call it and correct it{otherwise}", fatal=False)
        case ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
            return Fault(f"{text} lacks its area code", f"write it in full{otherwise}", fatal=complete)
        case _:
            count = len(_national(number))
            message = f"{text} has {count} digits after the country code +{code}, where numbers have {_lengths(code)}"
            return Fault(message, f"correct it{otherwise}")


def _beside(text: str, region: str | None) -> str:
    """What stands behind a whole number in the same text, "" for nothing: `202-555-0187 / 0188`, `202-555-0187 (day)`.

    Letters in it would count as keys.
    """
    for found in re.finditer(r"\s*[/;,|&(]\s*|\s+(?=[A-Za-z])", text):
        beside = text[found.start() :].strip(" \t/;,|&")
        if keypad_digits(beside) and _is_valid(text[: found.start()], region):
            return beside
    return ""


def _runs_past(text: str, region: str | None) -> bool:
    """Whether a text is a number whose word runs past the last digit, as in 1-844-4KYMRIAH."""
    word = re.search(r"[A-Za-z]{3,}$", text)
    return word is not None and any(_is_valid(text[:end], region) for end in range(word.start() + 2, word.end()))


def _is_valid(text: str, region: str | None) -> bool:
    from phonenumbers import NumberParseException, is_valid_number, parse

    try:
        return is_valid_number(parse(text, region))
    except NumberParseException:
        return False


def is_country(region: str) -> bool:
    """Whether two letters (ISO 3166) are those of a country or territory that has telephone numbers."""
    from phonenumbers import SUPPORTED_REGIONS

    return region in SUPPORTED_REGIONS


def is_no_emergency_number(code: str, region: str) -> bool:
    """Whether a country's plan says that a short code is not one of its emergency numbers; few plans say nothing."""
    from phonenumbers import PhoneMetadata, is_emergency_number

    plan = PhoneMetadata.short_metadata_for_region(region)
    known = plan.emergency.national_number_pattern if plan and plan.emergency else None
    return bool(known) and not is_emergency_number(code, region)


def _lengths(code: int | None) -> str:
    from phonenumbers import PhoneMetadata, region_code_for_country_code

    plan = PhoneMetadata.metadata_for_region_or_calling_code(code or 0, region_code_for_country_code(code or 0))
    general = plan.general_desc if plan else None
    known = sorted(n for n in (general.possible_length if general else ()) if n > 0)
    if len(known) > 2 and known[-1] - known[0] == len(known) - 1:
        return f"{known[0]} to {known[-1]}"
    return " or ".join(map(str, known)) or "another count"


def says(text: str, dial: str) -> bool:
    """Whether a spelling, letters read as keys, is the whole number that `dial` calls.

    It may have the country code, the digit that is dialled before a number within the country (0 in Germany, 1 in the
    United States), or both, as in +44 (0)800. Behind a + stands the country code, and that digit in brackets alone. A
    word may run past the last digit, as in 1-844-4KYMRIAH: telephones ignore what is dialled after it.
    """
    spelled = keypad_digits(text)
    letters = [c.isalpha() for c in text.upper() if c in _KEYS or (c.isascii() and c.isdigit())]
    return any(
        spelled == whole or (spelled.startswith(whole) and all(letters[len(whole) :]))
        for whole in _spellings(text, dial)
    )


def with_country_code(dial: str) -> str:
    """An E.164 number as people of other countries read it: `+1 268-460-1234`. Raises ValueError for no number."""
    from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, parse

    try:
        return format_number(parse(dial), PhoneNumberFormat.INTERNATIONAL)
    except NumberParseException as bad:
        raise ValueError(str(bad)) from None


def spelled_in_digits(text: str, dial: str) -> str:
    """A spelling of the number with a digit for each letter, grouped as it is: `1-866-603-MMCT` → `1-866-603-6628`.

    Letters that run past the last digit are left out.
    """
    return "".join(digits or word for word, digits in _words_with_digits(text, dial))


def spelled_twice(text: str, dial: str) -> str:
    """A spelling of the number, each word in it followed by its digits: `1-866-603-MMCT (6628)`."""
    return "".join(f"{word} ({digits})" if digits else word for word, digits in _words_with_digits(text, dial))


def _words_with_digits(text: str, dial: str) -> Iterator[tuple[str, str]]:
    """Every word in a spelling with the digits that count of it, and what stands between them with ""."""
    past = _letters_past(text, dial)
    pieces = re.findall(r"[A-Za-z]+|[^A-Za-z]+", text)
    last = max((at for at, piece in enumerate(pieces) if piece.isascii() and piece.isalpha()), default=None)
    for at, piece in enumerate(pieces):
        digits = keypad_digits(piece) if piece[0].isascii() and piece[0].isalpha() else ""
        yield piece, digits[: len(digits) - past] if at == last else digits


def _letters_past(text: str, dial: str) -> int:
    """How many letters a spelling has behind the last digit of the number."""
    if not re.search(r"[A-Za-z]$", text):
        return 0
    spelled = keypad_digits(text)
    return min((len(spelled) - len(one) for one in _spellings(text, dial) if spelled.startswith(one)), default=0)


def _spellings(text: str, dial: str) -> frozenset[str]:
    """The digits that a spelling may have to be that of a number; none where the number is of no country."""
    from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, ndd_prefix_for_region, parse

    try:
        number = parse(dial)
    except NumberParseException:
        return frozenset()
    code, digits, region = str(number.country_code), _national(number), region_of(dial)
    trunk = (ndd_prefix_for_region(region, True) if region else None) or ""
    if has_country_code(text):
        return frozenset({code + trunk + digits if trunk and f"({trunk})" in text else code + digits})
    within = re.sub(r"\D", "", format_number(number, PhoneNumberFormat.NATIONAL))
    return frozenset({code + digits, code + trunk + digits, trunk + digits if trunk else within, within})


def _national(number: Any) -> str:
    from phonenumbers import national_significant_number

    return national_significant_number(number)


def dialled(text: str, region: str | None = None) -> str | None:
    """What a telephone dials (E.164) for a number as people write it in a country; None where it is no number."""
    from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, parse

    try:
        return format_number(parse(text, region), PhoneNumberFormat.E164)
    except NumberParseException:
        return None


def is_valid(text: str, region: str) -> bool:
    """Whether a number, dialled in a country, is in a range that is in use."""
    from phonenumbers import NumberParseException, is_valid_number, parse

    try:
        return is_valid_number(parse(text, region))
    except NumberParseException:
        return False


def is_possible(text: str, region: str) -> bool:
    """Whether a number, dialled in a country, is as long as numbers there are, with an area code or without."""
    from phonenumbers import NumberParseException, ValidationResult, is_possible_number_with_reason, parse

    try:
        reason = is_possible_number_with_reason(parse(text, region))
    except NumberParseException:
        return False
    return reason in (ValidationResult.IS_POSSIBLE, ValidationResult.IS_POSSIBLE_LOCAL_ONLY)
