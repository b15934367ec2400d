"""Numbers and dates as one language writes them: values of the model and the formats of a locale in, text out."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from handouts.compose.fill import fill, unbroken
from handouts.compose.quantity import Quantity
from handouts.compose.results import EffectView, Interval, ResultView
from handouts.compose.rounding import rounded
from handouts.model.base import AsOf, Bound, NotReached, Range, Tally, TimeOfDay
from handouts.model.locale import Formats

THOUSANDS_FROM = 10_000
"""Four-digit numbers stay whole (2013 patients reads like 2013 the year either way); larger ones are grouped."""


class Formatter(Struct, frozen=True):
    """Writes numbers, dates and tallies as one language does."""

    formats: Formats

    def number(self, value: Decimal | int, places: int | None = None, *, thousands_from: int = THOUSANDS_FROM) -> str:
        """A number with the decimals it has, or with `places`; its thousands are apart from `thousands_from` on."""
        amount = rounded(Decimal(value), places) if places is not None else Decimal(value)
        whole, _, part = f"{abs(amount):f}".partition(".")
        if abs(amount) >= thousands_from and self.formats.thousands:
            groups = [whole[max(0, end - 3) : end] for end in range(len(whole), 0, -3)]
            whole = self.formats.thousands.join(reversed(groups))
        sign = "−" if amount < 0 else ""
        return f"{sign}{whole}{self.formats.decimal}{part}" if part else f"{sign}{whole}"

    def percent(self, value: Decimal | int, places: int | None = None) -> str:
        """A percentage with its sign."""
        return fill(self.formats.percent, value=self.number(value, places))

    def date(self, value: AsOf, *, short: bool = False) -> str:
        """A year, a month or a day, with "about" where the source is undated; `short` cuts the month's name."""
        names = self.formats.short_months if short else self.formats.months
        month = names[value.month - 1] if value.month else ""
        if value.day:
            text = fill(self.formats.day, day=str(value.day), month=month, year=str(value.year))
        elif value.month:
            text = fill(self.formats.month, month=month, year=str(value.year))
        else:
            text = str(value.year)
        return fill(self.formats.about, value=text) if value.about else text

    def time(self, value: TimeOfDay) -> str:
        """A time of day, in the 12 or 24 hours of the language."""
        places = {
            "hour": str(value.hour),
            "padded_hour": f"{value.hour:02}",
            "clock_hour": str(value.hour % 12 or 12),
            "minute": f"{value.minute:02}",
            "half": self.formats.halves[value.hour // 12] if self.formats.halves else "",
        }
        return unbroken(fill(self.formats.time, **places))

    def range(self, value: Range) -> str:
        """From one number to another."""
        return unbroken(fill(self.formats.range, low=self.number(value.low), high=self.number(value.high)))

    def tally(self, value: Tally) -> str:
        """A number of people, with "about" where the source gives it as approximate."""
        text = self.number(value.n)
        return fill(self.formats.about, value=text) if value.about else text

    def interval(self, value: Interval) -> str:
        """Low and high end of an interval, with the decimals that they have."""
        low, high = (self.formats.not_reached if end is None else self.number(end) for end in (value.low, value.high))
        # Beside a minus, a dash between the ends would be taken for one.
        below_zero = any(end is not None and end < 0 for end in (value.low, value.high))
        return fill(self.formats.range if below_zero else self.formats.interval, low=low, high=high)

    def bound(self, value: Bound) -> str:
        """A number as published, with the sign of one that is only a bound."""
        return f"{value.sign}{self.number(value.value)}"

    def fraction(self, count: int, of: int) -> str:
        """`9 of 50`."""
        return fill(self.formats.fraction, count=self.number(count), of=self.number(of))

    def short_fraction(self, count: int, of: int) -> str:
        """`9/50`, as charts write it. No year stands between digits and a slash, so that thousands are always apart."""
        parts = {"count": self.number(count, thousands_from=1000), "of": self.number(of, thousands_from=1000)}
        return fill(self.formats.short_fraction, **parts)

    def text(self, value: object) -> str:
        """Any value that words may name, as text. Raises TypeError for one that has no text of its own."""
        match value:
            case bool() | None:
                raise TypeError("has no value to print")
            case str():
                return value
            case int() | Decimal():
                return self.number(value)
            case AsOf():
                return self.date(value)
            case Tally():
                return self.tally(value)
            case Interval():
                return self.interval(value)
            case TimeOfDay() | Range() | Bound() | NotReached() | Quantity():
                return self._stated(value)
            case ResultView() | EffectView():
                return self._whole(value)
            case _:
                raise TypeError("names a group, not one value")

    def _stated(self, value: TimeOfDay | Range | Bound | NotReached | Quantity) -> str:
        match value:
            case TimeOfDay():
                return self.time(value)
            case Range():
                return self.range(value)
            case Bound():
                return f"{value.sign}{self.number(value.value)}"
            case NotReached():
                return self.formats.not_reached
            case Quantity():
                return self.text(value.value)

    def _whole(self, value: ResultView | EffectView) -> str:
        """A result or an effect where words name it alone: its count of people, or its value."""
        if isinstance(value, EffectView):
            if value.value is None:
                raise TypeError("has no value to print; its source does not state it")
            return self.text(value.value)
        if value.count is None or value.n is None:
            raise TypeError("has no count of a number of people to print")
        return self.fraction(value.count, value.n)
