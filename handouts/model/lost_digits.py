"""What a telephone number was before a spreadsheet took it for a sum: a text in, the numbers that it may have been out.

Spreadsheets strip the + of a country code and the 0 that is dialled within a country, add decimals, and write what is
long as a power of ten.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from msgspec import Struct

_RAISED = re.compile(r"\s*[0-9]+(?:[.,][0-9]+)?[eE]\s*\+?[0-9]+\s*")
_DECIMALS = re.compile(r"\s*(\+?[0-9]{6,15})[.,]0+\s*")
_BY_THOUSANDS = re.compile(r"\s*([1-9][0-9]{0,2}([ ,.'\u2019\u00a0\u202f])[0-9]{3}(?:\2[0-9]{3})+)(?!\2)[.,]00?\s*")


def is_power_of_ten(text: str) -> bool:
    """Whether a text is a number as spreadsheets write long ones, whose last digits are gone: `4.93E+11`."""
    return _RAISED.fullmatch(text) is not None


def without_decimals(text: str) -> str | None:
    """The digits of a text that ends in decimals which a spreadsheet added: `14155550187.0`. None for any other.

    It may have parted them by thousands too: `14.155.550.187,00`.
    """
    found = _DECIMALS.fullmatch(text) or _BY_THOUSANDS.fullmatch(text)
    return re.sub("[^+0-9]", "", found[1]) if found else None


def has_country_code(text: str) -> bool:
    """Whether a spelling begins with +, as in `+49 30 450500` or `(+49) 30 450500`."""
    return re.match(r"[^\w+]*\+", unicodedata.normalize("NFKC", text)) is not None


class Readings(Struct, frozen=True):
    """What a number may have been: one of its own country in its two spellings, and one of another."""

    home: tuple[str, ...] = ()
    abroad: str = ""


def before_the_loss(text: str, region: str) -> Readings | None:
    """The numbers that a text without a + may have been, where nobody in its country can dial it so.

    None where it can be dialled; empty where nothing that spreadsheets strip would make a number of it. There may be
    two: 15123456789 is 01512 3456789 or +1 512-345-6789.
    """
    from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_valid_number, parse

    if has_country_code(text):
        return Readings()
    try:
        number = parse(text, region, keep_raw_input=True)
    except NumberParseException:
        return Readings()
    digits, extension = _digits(text, number.extension), number.extension
    number.extension = None
    if not is_valid_number(number):
        number = _parsed(f"0{digits}", region)
        # Of some countries, Italy's among them, the 0 is a part of the number.
        number = number if number and _national(number) == f"0{digits}" else None
    elif not _is_lost(number, digits):
        return None
    other = _parsed(f"+{digits}", None)
    # In what somebody has grouped by hand a country code stands alone.
    if other and not text.strip().isdigit() and re.findall("[0-9]+", text)[:1] != [str(other.country_code)]:
        other = None
    if number and other and (number.country_code, _national(number)) == (other.country_code, _national(other)):
        other = None
    for one in filter(None, (number, other)):
        one.extension = extension
    spellings = (PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL)
    home = tuple(format_number(number, spelling) for spelling in spellings) if number else ()
    return Readings(home, format_number(other, PhoneNumberFormat.INTERNATIONAL) if other else "")


def _is_lost(number: Any, digits: str) -> bool:
    """Whether the digits that were read as a number of their country are not how it is dialled there."""
    from phonenumbers import CountryCodeSource

    national, prefix = _national(number), _prefix(number)
    if number.country_code_source == CountryCodeSource.FROM_NUMBER_WITHOUT_PLUS_SIGN:
        return digits == f"{number.country_code}{national}" != f"{prefix}{national}"
    return digits == national and _needs_prefix(number, prefix)


def _parsed(text: str, region: str | None) -> Any:
    """A number that somebody can have, or None."""
    from phonenumbers import NumberParseException, is_valid_number, parse

    try:
        number = parse(text, region)
    except NumberParseException:
        return None
    return number if is_valid_number(number) else None


def _digits(text: str, extension: str | None) -> str:
    plain = unicodedata.normalize("NFKC", text)
    if extension:
        plain = re.sub(rf"\D*{re.escape(extension)}\D*$", "", plain)
    return "".join(c for c in plain if c.isascii() and c.isdigit())


def _national(number: Any) -> str:
    from phonenumbers import national_significant_number

    return national_significant_number(number)


def _plan(number: Any) -> Any:
    from phonenumbers import PhoneMetadata, region_code_for_country_code

    code = number.country_code or 0
    return PhoneMetadata.metadata_for_region_or_calling_code(code, region_code_for_country_code(code))


def _prefix(number: Any) -> str:
    """The digits that are dialled before a number within its country, "" for none: 0 in Germany, 1 in the US."""
    plan = _plan(number)
    return (plan.national_prefix if plan else None) or ""


def _needs_prefix(number: Any, prefix: str) -> bool:
    """Whether people of its country write the prefix before such a number, and do not leave it out at will."""
    from phonenumbers import PhoneNumberFormat, format_number

    national = _national(number)
    within = re.sub(r"\D", "", format_number(number, PhoneNumberFormat.NATIONAL))
    if not prefix or within != f"{prefix}{national}":
        return False
    for way in _plan(number).number_format:
        begins = way.leading_digits_pattern
        if (not begins or re.match(begins[-1], national)) and re.fullmatch(way.pattern, national):
            return not way.national_prefix_optional_when_formatting
    return True
