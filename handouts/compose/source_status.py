"""The status of a topic's sources on the day of a build: topic, locale and date in; a table for the speaker out, and
how many of them wait for somebody to look.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from handouts.compose.cells import Cells, joined, runs_of, table
from handouts.compose.context import Context
from handouts.model.base import AsOf
from handouts.model.contact import Contact
from handouts.model.freshness import is_stale, outdated, overdue
from handouts.model.topic import Source
from handouts.plan.blocks import Table
from handouts.plan.text import Runs

MOST_ROWS = 9
"""Rows that one slide has room for; of more sources those that cannot change share a row."""


class _Row(Struct, frozen=True):
    name: Runs
    date: Runs
    status: Runs
    waits: bool
    settled: AsOf | None = None
    """The date of what cannot change under the same name, such as an article."""


class SourceStatus:
    """What is known of a topic's sources, and of the contacts that nobody has verified lately."""

    def __init__(self, context: Context, *, patient: bool) -> None:
        self._context, self._cells = context, Cells(context, patient=patient)
        self._rows = (*self._sources(), *self._contacts())

    @property
    def listed(self) -> int:
        """How many sources and contacts there are to tell of."""
        return len(self._rows)

    @property
    def waiting(self) -> int:
        """How many of them somebody has yet to confirm, to look at again, or to call."""
        return sum(row.waits for row in self._rows)

    def table(self) -> Table:
        """A row each: what it is, its date, its status in words; what waits is set off."""
        rows = self._shared() if len(self._rows) > MOST_ROWS else self._rows
        cells, context = self._cells, self._context
        made = table(
            [cells.fixed(name) for name in ("source", "date_head", "status_head")],
            [(row.name, row.date, row.status) for row in rows],
            summary=context.fixed("sources_summary"),
            measure=context.edition.measure,
        )
        marked = tuple(
            (*filled[:-1], replace(filled[-1], tone="caution")) if row.waits else filled
            for row, filled in zip(rows, made.rows, strict=True)
        )
        return replace(made, rows=marked, size="small")

    def _shared(self) -> tuple[_Row, ...]:
        """The rows, those of articles and trial records as one at the place of the first."""
        settled = [row for row in self._rows if row.settled]
        if len(settled) < 2:
            return self._rows
        format_ = self._context.formatter
        dates = sorted(row.settled for row in settled if row.settled)
        shared = _Row(
            self._cells.fixed("articles", count=len(settled)),
            self._span(format_.date(dates[0]), format_.date(dates[-1])),
            settled[0].status,
            waits=False,
        )
        return tuple(shared if row is settled[0] else row for row in self._rows if row not in settled[1:])

    def _span(self, first: str, last: str) -> Runs:
        """From one date to another; one date where both are the same."""
        return runs_of(first) if first == last else self._cells.fixed("from_to", first=first, last=last)

    def _sources(self) -> Iterator[_Row]:
        context, topic = self._context, self._context.edition.topic
        due = {key for key, _ in overdue(topic, context.edition.today)}
        old = {key for key, _ in outdated(topic, context.edition.today)}
        if is_stale(topic.as_of, context.edition.today, topic.freshness.stale_after_months):
            old.add(topic.main_source)
        for key, source in topic.sources.items():
            short, title = context.source_word(key, "short"), context.source_word(key, "title")
            name = joined((runs_of(short or source.citation or ""), runs_of(title or "")), ": ")
            status, waits = self._status(source, is_due=key in due, is_old=key in old)
            date = runs_of(context.source_date(source))
            if isinstance(source.as_of, AsOf) and not source.can_change and not waits:
                yield _Row(name, date, status, waits, source.as_of)
            else:
                yield _Row(name, date, status, waits)

    def _status(self, source: Source, *, is_due: bool, is_old: bool) -> tuple[Runs, bool]:
        fixed = self._cells.fixed
        if not isinstance(source.as_of, AsOf):
            return fixed("to_be_confirmed"), True
        if source.next_check is not None:
            date = self._context.formatter.date(source.next_check)
            return fixed("check_was_due" if is_due else "dated_next_check", date=date), is_due
        return fixed("not_checked_since" if is_old else "dated"), is_old

    def _contacts(self) -> Iterator[_Row]:
        """The contacts of which nobody can say that they still answer. The clinic answers for its own."""
        context, topic = self._context, self._context.edition.topic
        for key, contact in topic.contacts.items():
            checked = contact.verified_on
            limit = topic.freshness.stale_after_months
            if contact.source is None or (checked and not is_stale(checked, context.edition.today, limit)):
                continue
            shown = context.contacts().get(key)
            named = runs_of(shown.get("name") or "")
            date = runs_of(context.source_date(topic.sources[contact.source]))
            yield _Row(joined((named, runs_of(str(shown.get("text")))), ": "), date, self._checked(contact), waits=True)

    def _checked(self, contact: Contact) -> Runs:
        if contact.verified_on is not None:
            return self._cells.fixed("last_verified", date=self._context.formatter.date(contact.verified_on))
        return self._cells.fixed("address_not_verified" if contact.system == "url" else "number_not_verified")
