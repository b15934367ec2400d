"""Rules on telephone numbers: what is printed is the number that is dialled, and every number one that can be called.

A clinic's number without a country code is read as one of the country that its row, its file or the command line says,
else of a country of the topic's contacts. Where none of them says one, that is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from handouts.checks.rule import Found, OfPhones, OfPlan, rule
from handouts.model.clinic import Clinic
from handouts.model.contact import Contact
from handouts.model.document import KeyPath
from handouts.model.phone import (
    FEWEST_DIGITS,
    Fault,
    fault_of,
    has_country_code,
    is_country,
    keypad_digits,
    says,
    with_country_code,
)
from handouts.plan.text import first_origin, plain
from handouts.problems import Origin, Problem

_CALLED = re.compile(r"(?:tel|sms):(\+[0-9]{7,15})")
_NUMBER = re.compile(r"[+(0-9][-0-9 ().+/\u00a0\u2011\u202f]*+(?<![-0-9](?=[A-Za-z]))")
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
        if fault.fatal and not fault.lost:
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
    """A number as `shown` is another one than the one dialled."""
    for origin, text, dial in _spellings(subject):
        if not says(text, dial):
            abroad = has_country_code(text)
            spelt = (keypad_digits(text) or "no digits") + (", from the country code on" if abroad else "")
            instead = "write the whole number; correct the one that is wrong"
            if abroad:
                instead = (
                    f"correct it, or write the number of 'dial' with its country code, '{with_country_code(dial)}'"
                )
            yield Found(origin, f"'shown' spells {spelt}, but 'dial' calls {dial}", instead)


@rule(
    "PHONE03",
    OfPhones,
    "error",
    why="Whoever dials what is printed finds nothing on the keys for it.",
    source=WORD_AND_DIGITS,
    waivable=False,
)
def letters_on_no_key(subject: OfPhones) -> Iterator[Found]:
    """A number as `shown` has letters or digits that are on no telephone's keys."""
    for origin, text, _ in _spellings(subject):
        if odd := re.search(r"(?![A-Za-z0-9])[^\W_]", text):
            message = f"'shown' has '{odd[0]}', which is on no telephone's keys"
            yield Found(origin, message, "spell it with the letters A to Z and the digits 0 to 9")


@rule(
    "PHONE04",
    OfPhones,
    "warning",
    why="A number without its area or country, or in a range that nobody uses, reaches nobody from elsewhere.",
    source=E164,
)
def number_that_may_reach_nobody(subject: OfPhones) -> Iterator[Found]:
    """A telephone number lacks its area code, is in no range in use, or nothing says of which country it is."""
    for origin, fault in _faults(subject):
        if not fault.fatal:
            yield Found(origin, fault.message, fault.instead)


@rule(
    "PHONE06",
    OfPhones,
    "error",
    why="Spreadsheets strip a leading + or 0, and whoever dials the rest reaches nobody, or somebody else.",
    source=E164,
    waivable=False,
)
def number_that_lost_its_beginning(subject: OfPhones) -> Iterator[Found]:
    """A clinic's telephone number lacks the + of its country code or the 0 that is dialled within its country, or is
    a number as a spreadsheet reckons with it.
    """
    for origin, fault in _faults(subject):
        if fault.lost:
            yield Found(origin, fault.message, fault.instead)


@rule(
    "PHONE07",
    OfPlan,
    "error",
    why="A link or a QR code must call what stands beside it.",
    source=E164,
    waivable=False,
)
def link_to_another_number(subject: OfPlan) -> Iterator[Found]:
    """A telephone number that a template links is another one than the link calls."""
    contacts = subject.topic.value.contacts.values()
    # What is wrong with a spelling of the topic's own is told at its line.
    own = {text for contact in contacts for text in (contact.text(), contact.digits())}
    for runs in subject.plan.texts():
        for href, linked in groupby(runs, key=lambda run: run.href):
            called = _CALLED.match(href or "")
            shown = tuple(linked) if called else ()
            text = plain(shown).strip()
            number = _NUMBER.match(text) if text not in own else None
            if called and number and len(keypad_digits(number[0])) >= FEWEST_DIGITS and not says(number[0], called[1]):
                message = f"'{number[0].strip()}' stands on a link that calls {called[1]}"
                instead = f"show it by its contact, or write '{with_country_code(called[1])}'"
                yield Found(first_origin(shown) or Origin(subject.plan.template), message, instead)


def clinic_phone_problems(
    clinic: Clinic, origin: Origin, contacts: Mapping[str, Contact], region: str | None
) -> Iterator[Problem]:
    """What the rules find in the number of a clinic that no clinic file describes, for a topic of these contacts.

    `region` is the country (ISO 3166) of clinics that name none.
    """
    fault = _fault_in_a_clinic(clinic, contacts.values(), region)
    if fault:
        found = Found(origin, fault.message, fault.instead)
        mild = number_that_cannot_be_called if fault.fatal else number_that_may_reach_nobody
        yield (number_that_lost_its_beginning if fault.lost else mild).problem(found)


def _faults(subject: OfPhones) -> Iterator[tuple[Origin, Fault]]:
    contacts, clinic = subject.topic.value.contacts, subject.clinic
    for key, contact in contacts.items():
        fault = fault_of(contact.dial) if contact.dial else None
        if fault:
            yield subject.topic.document.origin(("contacts", key, "dial")), fault
    if clinic and (fault := _fault_in_a_clinic(clinic.value, contacts.values(), subject.region)):
        yield clinic.document.origin(("phone",)), fault


def _fault_in_a_clinic(clinic: Clinic, contacts: Iterable[Contact], region: str | None) -> Fault | None:
    """What is wrong with a clinic's number in its country, or in each of the contacts'; of several faults that of a
    number which lost its beginning, else the mildest.
    """
    if not clinic.phone:
        return None
    home = clinic.home() or region
    # +800 is of no country, and nobody dials in it.
    known = (country for contact in contacts if (country := contact.country()) and is_country(country))
    countries = (home,) if home else dict.fromkeys(known)
    faults = [fault_of(clinic.phone, country) for country in countries or (None,)]
    return None if None in faults else min(filter(None, faults), key=lambda fault: (not fault.lost, fault.fatal))


def _spellings(subject: OfPhones) -> Iterator[tuple[Origin, str, str]]:
    """Where each spelling of a number stands, its text and what is dialled; none where that is no number."""
    for key, contact in subject.topic.value.contacts.items():
        if contact.shown is None or contact.dial is None:
            continue
        fault = fault_of(contact.dial)
        if not (fault and fault.fatal):
            path: KeyPath = ("contacts", key, "shown")
            yield subject.topic.document.origin(path), contact.shown, contact.dial
