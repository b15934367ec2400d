"""What timelines are drawn from: dated events in, a `Figure` out, or a table of the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from handouts.compose.cells import runs_of, table
from handouts.compose.context import Context
from handouts.compose.phrase import Phrase
from handouts.figures.shapes import Figure
from handouts.figures.timeline import FEWEST, TimelineEvent, broken_gaps, timeline
from handouts.model.base import AsOf
from handouts.plan.blocks import Table

MONTHS, DAYS = 12, 30.4375
"""Of a year; days of a month on the average."""


class At(Struct, frozen=True):
    """What happened when."""

    when: AsOf
    words: str


def timeline_of(events: Sequence[At], width: float, context: Context) -> Figure | None:
    """The timeline of events in the order of time; None of fewer than two.

    Raises ValueError for too many events, or words that do not fit.
    """
    placed = sorted((_event(event, context) for event in events), key=lambda event: event.at)
    if len(placed) < FEWEST:
        return None
    said = [f"{event.date}: {event.words}" for event in placed]
    gaps = broken_gaps([event.at for event in placed])
    for at in reversed([at for at, broken in enumerate(gaps) if broken]):
        said.insert(at + 1, context.fixed("timeline_gap"))
    alt = context.fixed("timeline_alt", events="; ".join(said))
    return timeline(placed, width=width, measure=context.edition.measure, alt=alt)


def dates_table(events: Iterable[tuple[AsOf, Phrase]], context: Context) -> Table | None:
    """The same as a table, for where type is too large for a line; None of fewer than two events."""
    rows = [(context.formatter.date(when, short=True), words) for when, words in sorted(events, key=lambda one: one[0])]
    if len(rows) < FEWEST:
        return None
    head = [runs_of(context.fixed(name)) for name in ("when", "what_happened")]
    cells = [[runs_of(date), runs_of(words)] for date, words in rows]
    return table(head, cells, summary=context.fixed("timeline"), measure=context.edition.measure)


def _event(event: At, context: Context) -> TimelineEvent:
    return TimelineEvent(_years(event.when), context.formatter.date(event.when, short=True), event.words)


def _years(date: AsOf) -> float:
    """A date as a number of years; what is only known to a month or a year stands in the middle of it."""
    days = date.day - 0.5 if date.day else DAYS / 2
    months = date.month - 1 + days / DAYS if date.month else MONTHS / 2
    return date.year + months / MONTHS
