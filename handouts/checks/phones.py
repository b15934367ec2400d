"""Rules on telephone numbers: a hotline's three spellings are one number, and every number one that can be called.

A clinic's number is read as one of the hotline's country, unless it has a country code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.checks.rule import Found, OfPhones, rule
from handouts.model.phone import Fault, fault_of, keypad_digits, region_of, says
from handouts.model.topic import Hotline
from handouts.problems import Origin, Problem

E164 = "ITU-T E.164 and the countries' numbering plans, by Google's libphonenumber"
WORD_AND_DIGITS = "ITU-T E.161: letters on the keys; a card gives the word and all the digits"


@rule(
    "PHONE01",
    OfPhones,
    "error",
    why="A number of no country, or of the wrong length, cannot be called.",
    source=E164,
    waivable=False,
)
def number_that_cannot_be_called(subject: OfPhones) -> Iterator[Found]:
    """A telephone number is of no country or of the wrong length."""
    for origin, fault in _faults(subject):
        if fault.fatal:
            yield Found(origin, fault.message, fault.instead)


@rule(
    "PHONE02",
    OfPhones,
    "error",
    why="Whoever dials what is printed must reach what the code calls.",
    source=WORD_AND_DIGITS,
    waivable=False,
)
def spelling_of_another_number(subject: OfPhones) -> Iterator[Found]:
    """A spelling of the hotline (`shown`, `digits`) is another number than the one dialled."""
    for origin, key, text, dial in _spellings(subject):
        if not says(text, dial) and not (key == "digits" and _has_letters(text)):
            message = f"'{key}' spells {keypad_digits(text) or 'no digits'}, but 'dial' calls {dial}"
            yield Found(origin, message, "write the whole number; correct the one that is wrong")


@rule(
    "PHONE03",
    OfPhones,
    "error",
    why="Not every telephone shows letters on its keys.",
    source=WORD_AND_DIGITS,
    waivable=False,
)
def letters_among_the_digits(subject: OfPhones) -> Iterator[Found]:
    """The hotline's `digits` have letters."""
    for origin, key, text, _ in _spellings(subject):
        if key == "digits" and _has_letters(text):
            yield Found(origin, f"'digits' has letters: {text}", "write every digit here and the word in 'shown'")


@rule(
    "PHONE04",
    OfPhones,
    "warning",
    why="A number without its area code, or in a range that nobody uses, reaches nobody from elsewhere.",
    source=E164,
)
def number_that_may_reach_nobody(subject: OfPhones) -> Iterator[Found]:
    """A telephone number lacks its area code, or is in no range in use."""
    for origin, fault in _faults(subject):
        if not fault.fatal:
            yield Found(origin, fault.message, fault.instead)


def clinic_phone_problems(phone: str, origin: Origin, hotline: Hotline | None) -> Iterator[Problem]:
    """What the rules find in the number of a clinic that no clinic file describes."""
    fault = fault_of(phone, region_of(hotline.dial) if hotline else None)
    if fault:
        found = Found(origin, fault.message, fault.instead)
        yield (number_that_cannot_be_called if fault.fatal else number_that_may_reach_nobody).problem(found)


def _faults(subject: OfPhones) -> Iterator[tuple[Origin, Fault]]:
    hotline, clinic = subject.topic.value.hotline, subject.clinic
    fault = fault_of(hotline.dial) if hotline else None
    if fault:
        yield subject.topic.document.origin(("hotline", "dial")), fault
    if clinic and clinic.value.phone:
        fault = fault_of(clinic.value.phone, region_of(hotline.dial) if hotline else None)
        if fault:
            yield clinic.document.origin(("phone",)), fault


def _spellings(subject: OfPhones) -> Iterator[tuple[Origin, str, str, str]]:
    """Where each spelling of a hotline stands, its key, its text and what is dialled; none where that is no number."""
    hotline = subject.topic.value.hotline
    fault = fault_of(hotline.dial) if hotline else None
    if hotline is None or (fault and fault.fatal):
        return
    for key, text in (("shown", hotline.shown), ("digits", hotline.digits)):
        yield subject.topic.document.origin(("hotline", key)), key, text, hotline.dial


def _has_letters(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]", text))
