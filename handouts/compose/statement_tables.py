"""Statements in a table by row and aspect, or as tiles by aspect: a section's statements in, a table out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Literal

from msgspec.structs import replace

from handouts.compose.cells import Cells, joined, runs_of, table
from handouts.compose.context import Context
from handouts.compose.phrase import Phrase
from handouts.model.section import Statement
from handouts.plan.blocks import Table, Tone
from handouts.plan.text import Runs

Form = Literal["statements_table", "tiles", ""]
FORMS: tuple[Form, ...] = ("statements_table", "tiles")
FEWEST_TILES, MOST_TILES = 2, 4
"""Tiles that stand side by side on a slide and can still be read from the back of a room."""


def form_of(context: Context, key: str) -> Form:
    """The figure in which a section of points stands as its topic wishes; "" for the list that it is where it wishes
    none, has no rows, has too few or too many aspects for tiles, or where the document has no place for it.
    """
    section = context.edition.topic.sections[key]
    # On the accent of a take-home message no ground of a tile is seen, and rows would be too many words.
    if section.form is None or context.document == "card" or section.slide == "take_home":
        return ""
    told = [statement for statement, _ in _told(context, key)]
    if section.form == "table":
        return "statements_table" if any(one.row for one in told) else ""
    aspects = {one.aspect for one in told if one.aspect}
    return "tiles" if context.document == "deck" and FEWEST_TILES <= len(aspects) <= MOST_TILES else ""


def beside(context: Context, key: str) -> tuple[Phrase, ...]:
    """The statements of a section that stand outside its table or tiles."""
    form = form_of(context, key)
    return tuple(words for statement, words in _told(context, key) if not form or _place(statement, form) is None)


def _place(statement: Statement, form: Form) -> str | None:
    return statement.row if form == "statements_table" else statement.aspect


def _told(context: Context, key: str) -> Iterator[tuple[Statement, Phrase]]:
    yield from ((statement, words) for _, statement, words in context.tellings(key) if words)


class StatementTables:
    """Makes the tables of statements of one document."""

    def __init__(self, context: Context, *, patient: bool) -> None:
        self._context = context
        self._cells = Cells(context, patient=patient)

    def rows(self, key: str) -> Table | None:
        """A row for each row that a section's statements name, a column for each aspect, in the order of first use."""
        told = [(statement, words) for statement, words in _told(self._context, key) if statement.row]
        rows = dict.fromkeys(statement.row for statement, _ in told if statement.row)
        aspects = dict.fromkeys(statement.aspect for statement, _ in told if statement.aspect)
        if not rows:
            return None
        said: dict[tuple[str | None, str | None], list[Runs]] = {}
        for statement, words in told:
            said.setdefault((statement.row, statement.aspect), []).append(runs_of(words))
        body = [
            [
                self._row(row),
                *(joined(said.get((row, one), ()), " ") or self._cells.fixed("not_given") for one in aspects),
            ]
            for row in rows
        ]
        head: list[Runs] = [(), *map(self._cells.named, aspects)]
        measure = self._context.edition.measure
        return table(head, body, summary=self._context.fixed("statements_summary"), measure=measure)

    def tiles(self, key: str) -> Table | None:
        """A tile for each aspect, its name at the head, its statements below it in the order of the section."""
        section = self._context.edition.topic.sections[key]
        by_aspect: dict[str, list[Runs]] = {}
        for statement, words in _told(self._context, key):
            if statement.aspect:
                by_aspect.setdefault(statement.aspect, []).append(runs_of(words))
        if not by_aspect:
            return None
        nothing: Runs = ()
        body = list(zip_longest(*by_aspect.values(), fillvalue=nothing))
        summary, measure = self._context.fixed("statements_summary"), self._context.edition.measure
        made = table([*map(self._cells.named, by_aspect)], body, summary=summary, measure=measure)
        tones: list[Tone] = ["caution" if one in section.cautions else "accent" for one in by_aspect]
        head = tuple(replace(cell, tone=tone) for cell, tone in zip(made.head, tones, strict=True))
        rows = tuple(
            tuple(replace(cell, scope=None, tone=tone) for cell, tone in zip(row, tones, strict=True))
            for row in made.rows
        )
        return replace(made, head=head, rows=rows, widths=(1.0,) * len(tones), size="large")

    def _row(self, row: str) -> Runs:
        view = self._context.views.get(row)
        return self._cells.study(view) if view else self._cells.named(row)
