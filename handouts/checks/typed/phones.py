"""Telephone numbers typed into text: a text in; each number out, with where it stands and which contact it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from handouts.checks.phrases import pattern_of
from handouts.checks.typed.passages import FILLED, GAP
from handouts.model.phone import FEWEST_DIGITS, Fault, dialled, fault_of, is_possible, is_valid, keypad_digits
from handouts.model.plain import PlainLanguage
from handouts.model.topic import Topic

_NEAR = 40
"""Characters before a number in which a word such as "call" says that it is one."""
_MARKS = rf"[ \u00A0\u2009\u202F().\-‐‑‒–/{GAP}]"
_DIGITS = re.compile(r"[0-9][^0-9]{0,3}[0-9][^0-9]{0,3}[0-9]")
_RUN = re.compile(
    rf"(?<![\w{FILLED}.,=#€$£-])(?:\+{_MARKS}?)?\(?[0-9](?:{_MARKS}{{0,3}}[0-9]){{5,16}}(?![\w%{FILLED}]|[.,:][0-9])"
)
# Words on the keys: 1-866-603-MMCT, 1-800-QUIT-NOW, 1-800-4-CANCER.
_LETTERED = re.compile(
    rf"(?<![\w{FILLED}-])(?:\+?1[-. \u00A0])?\(?[2-9][0-9]{{2}}\)?[-. \u00A0]"
    r"(?=[0-9A-Z-]*[A-Z]{3})[0-9A-Z]+(?:-[0-9A-Z]+)*(?![\w%])"
)
_NORTH_AMERICAN = re.compile(
    r"(?:\+?1[-. ]?)?(?:\([0-9]{3}\) ?|[0-9]{3}[-. ])[0-9]{3}[-. ][0-9]{4}|1-?[0-9]{3}-[0-9]{2,4}-[0-9]{2,4}"
)
_YEARS = re.compile(r"(?:19|20)[0-9]{2}\D{1,3}(?:19|20)[0-9]{2}")
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}[-./](?:0[1-9]|1[0-2])(?:[-./][0-3][0-9])?|[0-3]?[0-9][-./][0-3]?[0-9][-./](?:19|20)[0-9]{2}"
)
_EXTENSION = re.compile(r",?\s?(?:ext\.?|extension|x)\s?[0-9]{1,7}(?!\w)", re.IGNORECASE)
_GROUPED = re.compile(r"[0-9]{1,3}(?:[. \u00A0\u2009\u202F][0-9]{3})+")
_USUAL = {"en": ("US", "GB"), "es": ("ES", "US", "MX")}
"""Countries of a language in which a number is looked for where the topic has no contact with a country."""


class TypedPhone(Struct, frozen=True):
    """A telephone number from `start` to `end` of a text: the id of the contact that it calls, or what is wrong."""

    start: int
    end: int
    contact: str | None = None
    fault: Fault | None = None


def phones_in(text: str, topic: Topic, lexicon: PlainLanguage) -> Iterator[TypedPhone]:
    """Every telephone number of a text, in order."""
    if not _DIGITS.search(text):
        return
    called = {digits: key for key, contact in topic.contacts.items() if (digits := contact.dial)}
    regions = _regions(topic, lexicon.language)
    end = 0
    found = sorted((*_RUN.finditer(text), *_LETTERED.finditer(text)), key=lambda one: (one.start(), -one.end()))
    for one in found:
        if one.start() >= end and _is_phone(text, one, regions, lexicon):
            end = one.end()
            phone = _judged(one, called, regions)
            extension = _EXTENSION.match(text, end)
            end = extension.end() if extension else end
            yield replace(phone, end=end)


def without_phones(text: str, topic: Topic, lexicon: PlainLanguage) -> str:
    """The text with its telephone numbers covered."""
    for one in phones_in(text, topic, lexicon):
        text = text[: one.start] + GAP * (one.end - one.start) + text[one.end :]
    return text


def _regions(topic: Topic, language: str) -> tuple[str, ...]:
    of_contacts = dict.fromkeys(country for one in topic.contacts.values() if (country := one.country()))
    own = language.partition("-")[2]
    usual = (own,) if len(own) == 2 and own.isupper() else _USUAL.get(language.partition("-")[0], ())
    return tuple(of_contacts) or usual


def _is_phone(text: str, found: re.Match[str], regions: tuple[str, ...], lexicon: PlainLanguage) -> bool:
    written = found[0].replace(GAP, "")
    digits = keypad_digits(written)
    if len(digits) < FEWEST_DIGITS:
        return False
    if written.startswith("+") or _NORTH_AMERICAN.fullmatch(written) or any(c.isalpha() for c in written):
        return True
    if _YEARS.search(written) or _DATE.search(written):
        return False
    near = text[max(0, found.start() - _NEAR) : found.start()]
    if pattern_of(lexicon.numerals.calls).search(near):
        return any(_is_possible(written, region) for region in regions)
    # Digits alone may count anything, and groups of three are thousands.
    if written.isdigit() or _GROUPED.fullmatch(written):
        return False
    return any(_is_valid(written, region) for region in regions)


@lru_cache(maxsize=1024)
def _is_possible(written: str, region: str) -> bool:
    return is_possible(written, region)


@lru_cache(maxsize=1024)
def _is_valid(written: str, region: str) -> bool:
    return is_valid(written, region)


def _judged(found: re.Match[str], called: dict[str, str], regions: tuple[str, ...]) -> TypedPhone:
    written = keypad_digits(found[0]) if any(c.isalpha() for c in found[0]) else found[0].replace(GAP, "")
    faults: list[Fault] = []
    for region in regions or (None,):
        dial = dialled(written, region)
        if dial in called:
            return TypedPhone(found.start(), found.end(), called[dial])
        fault = fault_of(written, region)
        if fault is None:
            return TypedPhone(found.start(), found.end())
        faults.append(fault)
    return TypedPhone(found.start(), found.end(), fault=min(faults, key=lambda one: one.fatal))
