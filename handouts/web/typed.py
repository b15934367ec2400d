"""The words that somebody types for one print: a clinic and a note. Form fields in, checked text out, in memory alone.

They may be about a patient: nothing here is logged, stands in an address, or is written to a file. The clinic becomes
the text of a clinic file, so that it is judged as one; a fault at a line of it is a fault at the field that line is of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal
from unicodedata import category

from msgspec import Struct

from handouts.model.note import NOTE, note_problems, tidied
from handouts.problems import Problem
from handouts.web.choices import Fault
from handouts.web.places import without_folder

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
}
_ADDRESS_LINES = 5
_OF_THE_NOTE = ("NOTE01", "NOTE02")
"""Codes whose messages have the note as their subject, and do not name it."""

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
        yield "clinic-name", f"name: {yaml_text(self.name)}"
        if self.address:
            yield "clinic-address", f"address: [{', '.join(map(yaml_text, self.address))}]"
        if self.phone:
            yield "clinic-phone", f"phone: {yaml_text(self.phone)}"
        if self.hours:
            yield "clinic-hours", f"hours: {yaml_text(self.hours)}"
        if self.logo:
            yield "logo", f"logo: {{file: {LOGO_FILE}, alt: {yaml_text(self.logo_alt or self.name)}}}"

    def clinic_text(self) -> bytes:
        """The clinic as a clinic file's text."""
        return "".join(f"{line}\n" for _, line in self.clinic_lines()).encode()


def yaml_text(text: str) -> str:
    """A text as a JSON string, which YAML reads as that text whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


def typed_of(fields: Mapping[str, str], logo: bytes | None) -> tuple[Typed, tuple[Fault, ...]]:
    """What a form's fields say, and which of them say too much, or too little to print."""
    given: dict[FieldName, str] = {
        name: tidied(fields.get(name, "")).strip() if name == "note" else _spaced(fields.get(name, ""))
        for name in FIELDS
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


def _spaced(text: str) -> str:
    # Tabs and other spaces come with what is pasted out of other programs, and look like any space.
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return "".join(" " if char == "\t" or category(char) == "Zs" else char for char in text)


def _faults(given: Mapping[FieldName, str], typed: Typed) -> Iterator[Fault]:
    for name, text in given.items():
        if name == "note":
            yield from (Fault("note", _said(one)) for one in note_problems(text))
            continue
        most = _MOST.get(name, 300 * _ADDRESS_LINES)
        if len(text) > most:
            yield Fault(name, f"The {_CALLED[name]} has {len(text):,} characters; the most is {most:,}.")
        lines = name == "clinic-address"
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


def faults_in(
    problems: Iterable[Problem], typed: Typed, content: Path
) -> tuple[tuple[Fault, ...], tuple[Problem, ...]]:
    """The problems of what was typed as faults at its fields, and the other problems."""
    fields = [field for field, _ in typed.clinic_lines()]
    faults: list[Fault] = []
    others: list[Problem] = []
    for one in problems:
        if one.origin.file == NOTE:
            faults.append(Fault("note", _said(one, content)))
        elif one.origin.file == CLINIC_FILE:
            line = one.origin.line
            field = fields[line - 1] if 0 < line <= len(fields) and fields[line - 1] else "clinic-name"
            faults.append(Fault(field, _said(one, content)))
        else:
            others.append(one)
    return tuple(faults), tuple(others)


def _said(one: Problem, content: Path | None = None) -> str:
    """A problem as a sentence; those of a note begin with what is wrong with it."""
    message = f"the note {one.message}" if one.code in _OF_THE_NOTE else one.message
    text = f"{message[:1].upper()}{message[1:]}{f'; {one.instead}' if one.instead else ''}."
    return without_folder(text, content) if content else text
