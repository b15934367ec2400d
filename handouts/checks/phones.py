"""Rules on telephone numbers: a hotline's three spellings are one number, and every number one that can be called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.model.clinic import Clinic
from handouts.model.document import Document, KeyPath
from handouts.model.load import Loaded
from handouts.model.phone import Fault, fault_of, keypad_digits, region_of, says
from handouts.model.topic import Hotline, Topic
from handouts.problems import Problem, error, warning


def check_phones(loaded: Loaded[Topic], clinic: Loaded[Clinic] | None = None) -> Iterator[Problem]:
    """PHONE01 a number of no country or of the wrong length, PHONE02 a spelling that is another number than the one
    dialled, PHONE03 letters among the digits, PHONE04 a number without its area code or in no range in use (warning).

    A clinic's number is read as one of the hotline's country, unless it has a country code.
    """
    hotline = loaded.value.hotline
    if hotline:
        yield from _hotline(hotline, loaded.document)
    if clinic and clinic.value.phone:
        fault = fault_of(clinic.value.phone, region_of(hotline.dial) if hotline else None)
        if fault:
            yield _problem(clinic.document, ("phone",), fault)


def _hotline(hotline: Hotline, document: Document) -> Iterator[Problem]:
    fault = fault_of(hotline.dial)
    if fault:
        yield _problem(document, ("hotline", "dial"), fault)
        if fault.fatal:
            return
    for key, text in (("shown", hotline.shown), ("digits", hotline.digits)):
        origin = document.origin(("hotline", key))
        if key == "digits" and re.search(r"[^\W\d_]", text):
            instead = "write every digit here and the word in 'shown'"
            yield error(origin, "PHONE03", f"'digits' has letters: {text}", instead)
        elif not says(text, hotline.dial):
            message = f"'{key}' spells {keypad_digits(text) or 'no digits'}, but 'dial' calls {hotline.dial}"
            yield error(origin, "PHONE02", message, "write the whole number; correct the one that is wrong")


def _problem(document: Document, path: KeyPath, fault: Fault) -> Problem:
    origin = document.origin(path)
    if fault.fatal:
        return error(origin, "PHONE01", fault.message, fault.instead)
    return warning(origin, "PHONE04", fault.message, fault.instead)
