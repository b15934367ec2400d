"""Blanks: the places of a plan that each recipient fills with words of their own, told apart by their origin.

A plan with blanks is composed once for many recipients; a blank's own text is a filler that no document shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from handouts.model.image import Image
from handouts.plan.blocks import Block, Picture, with_texts
from handouts.plan.text import Run, Runs
from handouts.problems import Origin

FILLER = "x"
BLANK_IMAGE = Image(b"", "image/png", 1, 1)
"""Stands for a recipient's logo."""

_RECIPIENT = "<recipient>/"


class NotOpenError(Exception):
    """A document with these blanks, or this filling, has to be laid out as a whole."""


class Own(Struct, frozen=True):
    """What one recipient fills blanks with: words by field, the logo, and what it shows."""

    values: Mapping[str, str]
    image: Image | None = None
    alt: str = ""


def blank(field: str) -> Origin:
    """The origin that marks a run as the blank for this field."""
    return Origin(_RECIPIENT + field)


def field_of(run: Run) -> str | None:
    """The field that fills a run; None for words of the content."""
    file = run.origin.file if run.origin else ""
    return file.removeprefix(_RECIPIENT) if file.startswith(_RECIPIENT) else None


def has_blank(runs: Runs) -> bool:
    """Whether any of these runs is a blank."""
    return any(field_of(run) is not None for run in runs)


def plain_filled(runs: Runs, values: Mapping[str, str]) -> str:
    """The words of a text with a recipient's values in its blanks. Raises KeyError for a field without a value."""
    return "".join([run.text if (field := field_of(run)) is None else values[field] for run in runs])


def filled(runs: Runs, values: Mapping[str, str]) -> Runs:
    """The runs with a recipient's values in their blanks. Raises KeyError for a field without a value."""
    return tuple(
        run
        if (field := field_of(run)) is None
        else Run(values[field], run.strong, run.href, run.lang, run.statements, run.origin)
        for run in runs
    )


def filled_blocks(blocks: Iterable[Block], own: Own) -> tuple[Block, ...]:
    """The blocks with a recipient's words and logo in their blanks. Raises KeyError for a field without a value."""
    return tuple(_filled_block(block, own) for block in blocks)


def _filled_block(block: Block, own: Own) -> Block:
    def picture(one: Picture) -> Picture:
        is_blank = one.image == BLANK_IMAGE and own.image is not None
        return replace(one, image=own.image, alt=own.alt) if is_blank else one

    return with_texts(block, lambda runs: filled(runs, own.values), picture)
