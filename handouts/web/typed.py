"""The words that somebody types for one print: a clinic and a note. Form fields in, checked text out, in memory alone.

They may be about a patient: nothing here is logged, stands in an address, or is written to a file. The clinic becomes
the text of a clinic file, so that it is judged as one; a fault at a line of it is a fault at the field that line is of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

from handouts.problems import Problem
from handouts.web.choices import Fault

CLINIC_FILE = "the clinic as typed"
"""How messages name the text that stands for a clinic file."""
LOGO_FILE = "logo"
NOTE_MOST = 1000
_MOST = {"clinic-name": 120, "clinic-phone": 60, "clinic-hours": 300, "logo-alt": 300}
_CALLED = {
    "clinic-name": "name of the clinic",
    "clinic-address": "address",
    "clinic-phone": "telephone number",
    "clinic-hours": "opening hours",
    "logo-alt": "description of the logo",
    "note": "note",
}
_ADDRESS_LINES = 5

FieldName = Literal["clinic-name", "clinic-address", "clinic-phone", "clinic-hours", "logo-alt", "note"]
FIELDS: tuple[FieldName, ...] = (
    "clinic-name", "clinic-address", "clinic-phone", "clinic-hours", "logo-alt", "note",
)  # fmt: skip


class Typed(Struct, frozen=True):
    """What was typed, without blanks around it; empty where nothing was. `logo` is a picture's bytes, as uploaded."""

    name: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    hours: str = ""
    logo: bytes | None = None
    logo_alt: str = ""
    note: str = ""

    @property
    def has_clinic(self) -> bool:
        """Whether anything was typed about a clinic."""
        return bool(self.name or self.address or self.phone or self.hours or self.logo)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed at all."""
        return not (self.has_clinic or self.note)

    def clinic_lines(self) -> Iterator[tuple[str, str]]:
        """The lines of a clinic file that says this, each with the field that it is of."""
        # JSON is YAML, and its strings cannot be taken for anything else.
        yield "", "schema_version: 1"
        yield "clinic-name", f"name: {_quoted(self.name)}"
        if self.address:
            yield "clinic-address", f"address: [{', '.join(map(_quoted, self.address))}]"
        if self.phone:
            yield "clinic-phone", f"phone: {_quoted(self.phone)}"
        if self.hours:
            yield "clinic-hours", f"hours: {_quoted(self.hours)}"
        if self.logo:
            yield "logo", f"logo: {{file: {LOGO_FILE}, alt: {_quoted(self.logo_alt or self.name)}}}"

    def clinic_text(self) -> bytes:
        """The clinic as a clinic file's text."""
        return "".join(f"{line}\n" for _, line in self.clinic_lines()).encode()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def typed_of(fields: Mapping[str, str], logo: bytes | None) -> tuple[Typed, tuple[Fault, ...]]:
    """What a form's fields say, and which of them say too much, or too little to print."""
    given: dict[FieldName, str] = {
        name: fields.get(name, "").replace("\r\n", "\n").replace("\r", "\n").strip() for name in FIELDS
    }
    address = tuple(line.strip() for line in given["clinic-address"].split("\n") if line.strip())
    typed = Typed(
        name=given["clinic-name"],
        address=address,
        phone=given["clinic-phone"],
        hours=given["clinic-hours"],
        logo=logo or None,
        logo_alt=given["logo-alt"],
        note=given["note"],
    )
    return typed, tuple(_faults(given, typed))


def _faults(given: Mapping[FieldName, str], typed: Typed) -> Iterator[Fault]:
    for name, text in given.items():
        most = _MOST.get(name, NOTE_MOST if name == "note" else 300 * _ADDRESS_LINES)
        if len(text) > most:
            yield Fault(name, f"The {_CALLED[name]} has {len(text):,} characters; the most is {most:,}.")
        lines = name in ("note", "clinic-address")
        if any(not (char.isprintable() or (lines and char == "\n")) for char in text):
            where = (
                "a character that cannot be printed"
                if lines
                else "a line break or another character that cannot be printed"
            )
            yield Fault(name, f"The {_CALLED[name]} has {where}; type it anew.")
    if len(typed.address) > _ADDRESS_LINES:
        yield Fault("clinic-address", f"The address has {len(typed.address)} lines; the most is {_ADDRESS_LINES}.")
    if typed.has_clinic and not typed.name:
        yield Fault("clinic-name", "Type the name of the clinic too: without it nobody knows whose telephone it is.")


def faults_in(problems: Iterable[Problem], typed: Typed) -> tuple[tuple[Fault, ...], tuple[Problem, ...]]:
    """The problems of a typed clinic as faults at its fields, and the other problems."""
    fields = [field for field, _ in typed.clinic_lines()]
    faults: list[Fault] = []
    others: list[Problem] = []
    for one in problems:
        if one.origin.file != CLINIC_FILE:
            others.append(one)
            continue
        line = one.origin.line
        field = fields[line - 1] if 0 < line <= len(fields) and fields[line - 1] else "clinic-name"
        said = one.message[:1].upper() + one.message[1:]
        faults.append(Fault(field, f"{said}; {one.instead}." if one.instead else f"{said}."))
    return tuple(faults), tuple(others)
