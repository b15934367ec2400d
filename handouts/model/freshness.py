"""How old information is on a given day, and when that is too old: dates in, an answer out; no clock of its own."""

from __future__ import annotations

from datetime import date

from handouts.model.base import AsOf


def months_since(as_of: AsOf, today: date) -> int:
    """Whole months from the end of what `as_of` names (a year, month or day) to `today`; negative for the future."""
    month = as_of.month or 12
    months = (today.year - as_of.year) * 12 + today.month - month
    return months - 1 if as_of.day and today.day < as_of.day else months


def is_stale(as_of: AsOf, today: date, limit_months: int) -> bool:
    """Whether information is older than its limit."""
    return months_since(as_of, today) > limit_months
