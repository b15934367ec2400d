"""A plan's blocks → sections of sentences. A heading, list item, table cell or caption ends a sentence without a mark.

Each section also has the figures and tables of results under its heading, which rules on numbers look into.

Left out are what nobody reads as a sentence: telephone numbers, the list of sources, the clinic's own block, and labels
inside figures. Text in another language than the document's is not measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from handouts.checks.reading.stops import END, Stops
from handouts.checks.reading.words import Word, words_in
from handouts.plan.blocks import (
    Block,
    Box,
    FigureBlock,
    Grid,
    Group,
    Heading,
    ListBlock,
    Paragraph,
    Picture,
    Table,
    texts,
)
from handouts.plan.text import Run, Runs, plain
from handouts.problems import Origin

Place = Literal["heading", "paragraph", "item", "cell", "caption"]

_PLACES: dict[type[Block], Place] = {
    Heading: "heading",
    Paragraph: "paragraph",
    ListBlock: "item",
    Table: "cell",
    FigureBlock: "caption",
    Picture: "caption",
}
_UNREAD_ROLES = ("number", "source", "rule-line")
_UNREAD_BOXES = ("clinic",)
_LAST = re.compile(rf"{END.pattern}\s*$")


class Sentence(Struct, frozen=True):
    """One sentence, heading, item or cell. `whole` says that it ends with a full stop or its like."""

    text: str
    words: tuple[Word, ...]
    place: Place
    whole: bool
    runs: Runs = ()
    passage: int = 0
    """Sentences of one paragraph, item or cell share this number."""

    @property
    def origin(self) -> Origin | None:
        """Where it begins in a user's file; None for the program's own words."""
        return self.origin_at(0)

    @property
    def statements(self) -> frozenset[str]:
        """Ids of the statements that it tells."""
        return frozenset(s for run in self.runs for s in run.statements)

    def origin_at(self, offset: int) -> Origin | None:
        """Where the phrase stands in a user's file that has the character at `offset`."""
        return origin_in(self.runs, offset)


class Section(Struct, frozen=True):
    """What stands under one heading of the second level; the first section, before any, has the title's name.

    `drawn` are its figures, and the tables that print results of studies.
    """

    title: str
    sentences: tuple[Sentence, ...]
    drawn: tuple[Table | FigureBlock, ...] = ()


def sections_of(
    blocks: Iterable[Block], abbreviations: Iterable[str] = (), openings: Iterable[str] = ()
) -> tuple[Section, ...]:
    """The sections of a plan in reading order, those without a sentence left out.

    `abbreviations` and `openings` tell where sentences end, as `reading.stops` has it.
    """
    stops = Stops.of(abbreviations, openings)
    sections: list[tuple[str, list[Sentence], list[Table | FigureBlock]]] = [("", [], [])]
    passage = 0
    for block in read(blocks):
        if isinstance(block, Heading):
            title = plain(block.runs).strip()
            if block.level == 2:
                sections.append((title, [], []))
            elif block.level == 1 and not sections[0][0]:
                sections[0] = (title, *sections[0][1:])
        elif isinstance(block, FigureBlock) or (isinstance(block, Table) and block.draws):
            sections[-1][2].append(block)
        for runs in texts(block):
            found = _sentences(runs, _PLACES[type(block)], stops)
            sections[-1][1].extend(replace(one, passage=passage) for one in found)
            passage += 1
    return tuple(Section(title, tuple(read), tuple(drawn)) for title, read, drawn in sections if read)


def origin_in(runs: Runs, offset: int) -> Origin | None:
    """Where the phrase stands in a user's file that has the character at `offset` of these runs' text."""
    end = 0
    for run in runs:
        end += len(run.text)
        if offset < end and run.text.strip():
            return run.origin
    return None


def read(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks that are read, in order, without what only holds others."""
    for block in blocks:
        match block:
            case Paragraph() if block.role in _UNREAD_ROLES:
                pass
            case Box() if block.role in _UNREAD_BOXES:
                pass
            case Box() | Group():
                yield from read(block.blocks)
            case Grid():
                for column in block.columns:
                    yield from read(column.blocks)
            case _:
                yield block


def _sentences(runs: Runs, place: Place, stops: Stops) -> Iterator[Sentence]:
    """The sentences of one text. What holds no word, such as a figure alone, is no sentence."""
    runs = tuple(run for run in runs if run.lang is None)
    text = plain(runs)
    start = 0
    for end in (*stops.ends(text), len(text)):
        part = text[start:end]
        words = tuple(words_in(part))
        if any(word.kind != "figures" for word in words):
            yield Sentence(part, words, place, bool(_LAST.search(part)), _cut(runs, start, end))
            start = end
        elif not part.strip():
            start = end


def _cut(runs: Runs, start: int, end: int) -> Runs:
    """The runs between two offsets of their joined text."""
    found: list[Run] = []
    at = 0
    for run in runs:
        piece = run.text[max(0, start - at) : max(0, end - at)]
        at += len(run.text)
        if piece:
            found.append(replace(run, text=piece))
    return tuple(found)
