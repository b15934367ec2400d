"""Numbers and dates as each language writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace
from topic_samples import locale

from handouts.compose.numbers import Formatter
from handouts.compose.results import Interval
from handouts.model.base import AsOf, Bound, NotReached, Tally

ENGLISH, SPANISH = Formatter(locale("en").formats), Formatter(locale("es").formats)


@pytest.mark.parametrize(
    ("value", "english", "spanish"),
    [
        (Decimal("0.830"), "0.830", "0,830"),
        (Decimal("20.6"), "20.6", "20,6"),
        (722, "722", "722"),
        (2013, "2013", "2013"),
        (12640, "12,640", "12\N{NO-BREAK SPACE}640"),
        (Decimal("1234567.5"), "1,234,567.5", "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567,5"),
        (Decimal("-1.5"), "−1.5", "−1,5"),
        (Bound("<", Decimal("0.0001")), "<0.0001", "<0,0001"),
        (NotReached(), "not reached", "no alcanzada"),
        (Tally(57, about=True), "about 57", "alrededor de 57"),
        (Tally(60), "60", "60"),
        (AsOf(2013, about=True), "about 2013", "alrededor de 2013"),
        (AsOf(2015, 11), "November 2015", "noviembre de 2015"),
        (AsOf(2025, 12, 4), "4 December 2025", "4 de diciembre de 2025"),
    ],
)
def test_each_language_writes_numbers_and_dates_its_own_way(value: object, english: str, spanish: str) -> None:
    assert ENGLISH.text(value) == english
    assert SPANISH.text(value) == spanish


def test_percent_signs_fractions_and_intervals_follow_the_language() -> None:
    rate, interval = Decimal("29.3"), Interval(Decimal("18.1"), Decimal("42.7"))
    assert (ENGLISH.percent(rate), SPANISH.percent(rate)) == ("29.3%", "29,3\N{NO-BREAK SPACE}%")
    assert SPANISH.interval(interval) == "18,1–42,7"
    assert SPANISH.fraction(17, 58) == "17 de 58"


def test_an_end_of_an_interval_that_was_not_reached_is_said_in_words() -> None:
    interval = Interval(Decimal("9.76"), None)
    assert ENGLISH.interval(interval) == "9.76–not reached"
    assert SPANISH.interval(interval) == "9,76–no alcanzada"


def test_an_interval_below_zero_has_no_dash_beside_a_minus() -> None:
    interval = Interval(Decimal("-0.53"), Decimal("-0.13"))
    assert (ENGLISH.interval(interval), SPANISH.interval(interval)) == ("−0.53 to −0.13", "−0,53 a −0,13")


def test_decimals_are_those_asked_for() -> None:
    assert ENGLISH.number(Decimal("13.043"), 1) == "13.0"
    assert ENGLISH.number(6, 2) == "6.00"


@pytest.mark.parametrize("value", [True, None, {"a": 1}, object()])
def test_what_has_no_text_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        ENGLISH.text(value)


@pytest.mark.parametrize(
    ("count", "of", "english", "spanish"),
    [
        (6, 46, "6/46", "6/46"),
        (999, 1000, "999/1,000", "999/1\u00a0000"),
        (1234, 5678, "1,234/5,678", "1\u00a0234/5\u00a0678"),
        (12345, 1234567, "12,345/1,234,567", "12\u00a0345/1\u00a0234\u00a0567"),
    ],
)
def test_a_short_fraction_has_its_slash_and_thousands_from_the_language(
    count: int, of: int, english: str, spanish: str
) -> None:
    assert (ENGLISH.short_fraction(count, of), SPANISH.short_fraction(count, of)) == (english, spanish)
    formats = replace(locale("en").formats, short_fraction="{count} out of {of}")
    assert Formatter(formats).short_fraction(count, of) == english.replace("/", " out of ")
