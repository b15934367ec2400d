"""Numbers as words may use them: views over the topic's results, and their formats in one language.

In: model values and a Locale. Out: objects whose attributes words and templates name, such as
`weekly.responses.orr.count`, and text in the language's own number and date format.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from msgspec import Struct

from handouts.compose.fill import fill
from handouts.figures.intervals import clopper_pearson
from handouts.model.base import AsOf, Tally
from handouts.model.locale import Formats
from handouts.model.topic import Report, Response, Study

THOUSANDS_FROM = 10_000
"""Four-digit numbers stay whole (2013 patients reads like 2013 the year either way); larger ones are grouped."""


def rounded(value: Fraction | Decimal, places: int = 0) -> Decimal:
    """The value rounded half up, as the field's tables do, with exactly `places` decimals."""
    exact = value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


class Interval(Struct, frozen=True):
    """An exact (Clopper-Pearson) 95% interval in percent."""

    low: Decimal
    high: Decimal


class ResponseView(Struct, frozen=True):
    """A response as words see it. What the source does not state is None and stops words that ask for it."""

    id: str
    category: str
    key: str
    """The category's key in the locale: "PR+" for PR or better."""
    count: int | None
    of: int | None
    percent: Decimal
    """Whole percent where a count exists, else as published."""
    rate: Decimal
    """Percent to one decimal where a count exists, else as published."""
    per_100: int | None
    derived: bool
    """Whether the count follows from the published percentage."""
    subgroup: str | None
    source: str
    or_better: bool

    @property
    def interval(self) -> Interval | None:
        """The exact interval to one decimal; None where there is no count to compute it from."""
        if self.count is None or self.of is None:
            return None
        exact = clopper_pearson(self.count, self.of)
        return Interval(rounded(Decimal(exact.low), 1), rounded(Decimal(exact.high), 1))

    @property
    def cumulative(self) -> bool:
        """Whether it counts its category and all better ones; the others are parts that exclude each other."""
        return self.or_better or self.category == "CR"


def response_view(response_id: str, response: Response, source: str) -> ResponseView:
    """The view of one response; percentages are computed from the count where there is one."""
    key = response.category + ("+" if response.or_better and response.category != "CR" else "")
    source = response.source or source
    if response.count is None or response.of is None:
        percent = response.percent if response.percent is not None else Decimal(0)
        return ResponseView(
            response_id, response.category, key, None, response.of, percent, percent, None,
            derived=False, subgroup=response.subgroup, source=source, or_better=response.or_better,
        )  # fmt: skip
    share = Fraction(100 * response.count, response.of)
    return ResponseView(
        response_id, response.category, key, response.count, response.of, rounded(share), rounded(share, 1),
        int(rounded(share)), derived=response.basis == "derived" and response.percent is not None,
        subgroup=response.subgroup, source=source, or_better=response.or_better,
    )  # fmt: skip


class ReportView(Struct, frozen=True):
    """A report, or a study, as words see it: its own fields, and its responses as views."""

    id: str
    report: Report
    responses: dict[str, ResponseView]
    later: dict[str, ReportView]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.report, name)

    @property
    def main(self) -> ResponseView | None:
        """The response that leads: `main_response`, else the first; None where the report has none."""
        chosen = getattr(self.report, "main_response", None)
        if chosen in self.responses:
            return self.responses[chosen]
        return next(iter(self.responses.values()), None)


def report_view(report_id: str, report: Report) -> ReportView:
    """The view of a study or a later report of it."""
    later = report.later if isinstance(report, Study) else {}
    return ReportView(
        report_id,
        report,
        {key: response_view(key, response, report.source) for key, response in report.responses.items()},
        {key: report_view(key, value) for key, value in later.items()},
    )


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

    def tally(self, value: Tally) -> str:
        """A number of people, with "about" where the source gives it as approximate."""
        text = self.number(value.n)
        return fill(self.formats.about, value=text) if value.about else text

    def interval(self, value: Interval) -> str:
        """Low and high of an interval, one decimal each."""
        return fill(self.formats.interval, low=self.number(value.low, 1), high=self.number(value.high, 1))

    def fraction(self, value: ResponseView) -> str:
        """`9 of 50`."""
        return fill(self.formats.fraction, count=self.number(value.count or 0), of=self.number(value.of or 0))

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
            case ResponseView():
                if value.count is None:
                    raise TypeError("has no count to print; its source states a percentage alone")
                return self.fraction(value)
            case _:
                raise TypeError("names a group, not one value")
