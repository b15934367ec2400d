"""How old information is on a given day, and when that is too old: dates in, an answer out; no clock of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handouts.model.base import AsOf
from handouts.model.topic import Source, Topic


def months_since(as_of: AsOf, today: date) -> int:
    """Whole months from the end of what `as_of` names (a year, month or day) to `today`; negative for the future."""
    month = as_of.month or 12
    months = (today.year - as_of.year) * 12 + today.month - month
    return months - 1 if as_of.day and today.day < as_of.day else months


def is_stale(as_of: AsOf, today: date, limit_months: int) -> bool:
    """Whether information is older than its limit."""
    return months_since(as_of, today) > limit_months


def is_past(day: AsOf, today: date) -> bool:
    """Whether the whole of a day, month or year lies before today."""
    return (day.year, day.month or 12, day.day or 31) < (today.year, today.month, today.day)


def is_future(day: AsOf, today: date) -> bool:
    """Whether a day, month or year has not begun yet."""
    return (day.year, day.month or 1, day.day or 1) > (today.year, today.month, today.day)


def is_younger(one: AsOf, other: AsOf) -> bool:
    """Whether a date is later than another by month, as far as both name one; by year where the later names none."""
    return (one.year, one.month) > (other.year, other.month)


def overdue(topic: Topic, today: date) -> Iterator[tuple[str, Source]]:
    """The sources that were to be looked at again before today, by their `next_check`."""
    for key, source in topic.sources.items():
        if source.next_check is not None and is_past(source.next_check, today):
            yield key, source


def outdated(topic: Topic, today: date) -> Iterator[tuple[str, Source]]:
    """The sources that can change, are older than the topic's limit and have no `next_check`.

    The main source is not among them: its age is the topic's own, `as_of`.
    """
    limit = topic.freshness.stale_after_months
    for key, source in topic.sources.items():
        told_elsewhere = key == topic.main_source or source.next_check is not None
        if source.can_change and not told_elsewhere and is_stale(source.dated, today, limit):
            yield key, source


def to_look_at(topic: Topic, today: date) -> AsOf | None:
    """The date of the oldest source beside the main one that is too old or was to be looked at again; None for none."""
    return min((source.dated for _, source in (*overdue(topic, today), *outdated(topic, today))), default=None)


def stale_since(topic: Topic, today: date) -> AsOf | None:
    """The date of what is too old: of the main information, else of the oldest source to look at; None for neither."""
    if is_stale(topic.as_of, today, topic.freshness.stale_after_months):
        return topic.as_of
    return to_look_at(topic, today)
