"""What was given, as a text to paste into a record, and what a page says of findings. Values in, texts out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from handouts import __version__
from handouts.files.manifest import Entry
from handouts.outputs import NOTED
from handouts.problems import Problem, one_line
from handouts.web.choices import PAPER_NAMES, Options, document_name, theme_name
from handouts.web.packet_making import Packed
from handouts.web.places import place_of, without_folder
from handouts.web.tongues import tongue

_WITH_NOTE = "With a note that a clinician added for this print; the note is not part of the reviewed text."


class Finding(Struct, frozen=True):
    """A finding as a page shows it: what is wrong, what to do, and where."""

    code: str
    serious: bool
    message: str
    instead: str
    file: str
    line: int
    column: int


def findings_of(problems: Iterable[Problem], content: Path) -> tuple[Finding, ...]:
    """Findings with their files named from the folder around the content, as authors know them."""
    return tuple(
        Finding(
            one.code,
            one.severity == "error",
            without_folder(_sentence(one.message), content),
            without_folder(_sentence(one.instead), content),
            place_of(one.origin.file, content),
            one.origin.line,
            one.origin.column,
        )
        for one in problems
    )


def _sentence(text: str) -> str:
    text = one_line(text.strip())
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!', '…')) else '.'}" if text else ""


def _counted(entry: Entry) -> str:
    return f"{entry.count} {entry.unit if entry.count != 1 else entry.unit.removesuffix('s')}"


def given_text(entry: Entry, title: str, options: Options, clinic: str, *, note: bool) -> str:
    """A document as a record has it. Of a note it says that there was one; its words are not repeated."""
    lines = [
        f"{document_name(entry.format)}: {title}",
        f"Topic: {entry.topic}; language: {tongue(entry.language)} ({entry.language})",
        f"Information as of: {entry.as_of}",
        f"Date of the print: {entry.date}",
        f"Review: {entry.review_words or entry.review}",
        f"Print: {theme_name(options.theme)}, {PAPER_NAMES[options.paper]}, {_counted(entry)}",
    ]
    if clinic:
        lines.append(f"Clinic: {clinic}")
    if note and entry.format in NOTED:
        lines.append(_WITH_NOTE)
    lines += [
        f"File: {entry.path}, {entry.bytes:,} bytes",
        f"SHA-256: {entry.sha256}",
        f"Made with: Handouts {__version__}",
    ]
    return "".join(f"{one_line(line)}\n" for line in lines)


def packet_text(made: Packed, looks: Options, clinic: str, *, note: bool) -> str:
    """A packet as a record has it: each of its documents, then what all of them share."""
    lines = [
        f"{number}. {document_name(entry.format)}: {title}; {tongue(entry.language)} ({entry.language}); "
        f"information as of {entry.as_of}; {entry.review_words or entry.review}; SHA-256 {entry.sha256}"
        for number, (entry, title) in enumerate(made.documents, 1)
    ]
    dates = dict.fromkeys(entry.date for entry, _ in made.documents)
    lines += [f"Date of the print: {', '.join(dates)}", f"Print: {theme_name(looks.theme)}, {PAPER_NAMES[looks.paper]}"]
    if clinic:
        lines.append(f"Clinic: {clinic}")
    if note and any(entry.format in NOTED for entry, _ in made.documents):
        lines.append(_WITH_NOTE)
    lines += [f"File: {job.name}, {len(job.data):,} bytes, SHA-256 {job.sha256}" for job in made.jobs]
    lines.append(f"Made with: Handouts {__version__}")
    return "".join(f"{one_line(line)}\n" for line in ("Packet of handouts given:", *lines))
