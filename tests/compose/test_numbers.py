"""Numbers as words see them: computed from counts where there are counts, as published where there are none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace
from topic_samples import locale

from handouts.compose.numbers import Formatter, report_view, response_view
from handouts.model.base import AsOf, Tally
from handouts.model.fit import fit
from handouts.model.topic import Category, Report, Response, Study

ENGLISH, SPANISH = Formatter(locale("en").formats), Formatter(locale("es").formats)


def _response(category: Category, **values: object) -> Response:
    return fit({"category": category, "or_better": category != "CR", **values}, Response)


# Part B of the facts: what the numbers of the three early studies allow.
@pytest.mark.parametrize(
    ("category", "count", "of", "percent", "low", "high"),
    [
        ("PR", 6, 46, "13.0", "4.9", "26.3"),
        ("MR", 7, 46, "15.2", "6.3", "28.9"),
        ("PR", 9, 50, "18.0", "8.6", "31.4"),
        ("PR", 47, 52, "90.4", "79.0", "96.8"),
        ("VGPR", 30, 52, "57.7", "43.2", "71.3"),
        ("CR", 12, 52, "23.1", "12.5", "36.8"),
    ],
)
def test_rates_and_exact_intervals_follow_from_counts(
    category: Category, count: int, of: int, percent: str, low: str, high: str
) -> None:
    view = response_view("orr", _response(category, count=count, of=of), "source")
    assert view.interval
    assert (view.rate, view.interval.low, view.interval.high) == (Decimal(percent), Decimal(low), Decimal(high))
    assert view.per_100 == view.percent == round(100 * count / of)
    assert ENGLISH.interval(view.interval) == f"{low}–{high}"
    assert ENGLISH.fraction(view) == f"{count} of {of}"


def test_a_published_percentage_alone_has_no_count_no_interval_and_no_people_in_100() -> None:
    view = response_view("chosen_dose", _response("PR", percent=Decimal(26)), "source")
    assert (view.count, view.of, view.interval, view.per_100) == (None, None, None, None)
    assert (view.percent, view.rate) == (Decimal(26), Decimal(26))
    with pytest.raises(TypeError, match="percentage alone"):
        ENGLISH.text(view)


def test_a_count_is_derived_only_where_a_percentage_was_published() -> None:
    given = response_view("a", _response("PR", count=6, of=46, basis="derived"), "source")
    derived = response_view("b", _response("PR", count=9, of=50, percent=Decimal(18), basis="derived"), "source")
    assert (given.derived, derived.derived) == (False, True)


def test_categories_are_cumulative_where_better_ones_count_too() -> None:
    assert response_view("a", Response(category="CR", count=1, of=2), "s").cumulative
    assert response_view("a", Response(category="PR", or_better=True, count=1, of=2), "s").cumulative
    assert not response_view("a", Response(category="PR", count=1, of=2), "s").cumulative


def test_a_response_has_its_own_source_or_that_of_its_report() -> None:
    assert response_view("a", Response(category="CR", count=1, of=2, source="own"), "report").source == "own"
    assert response_view("a", Response(category="CR", count=1, of=2), "report").source == "report"


def test_half_a_percent_rounds_up_as_tables_of_the_field_do() -> None:
    assert response_view("a", _response("PR", count=1, of=8), "s").percent == 13
    assert response_view("a", _response("PR", count=1, of=200), "s").per_100 == 1


def test_the_main_response_leads_and_else_the_first() -> None:
    responses = {"a": Response(category="CR", count=1, of=9), "b": Response(category="PR", count=2, of=9)}
    study = Study(source="s", status="final", phase="I", setting="x", responses=responses, main_response="b")
    main = report_view("study", study).main
    assert main and main.id == "b"
    first = report_view("report", Report(source="s", status="final", responses=responses)).main
    assert first and first.id == "a"
    assert report_view("report", Report(source="s", status="final")).main is None


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


def test_percent_signs_and_intervals_follow_the_language() -> None:
    view = response_view("orr", _response("PR", count=17, of=58), "source")
    assert view.interval
    assert (ENGLISH.percent(view.rate), SPANISH.percent(view.rate)) == ("29.3%", "29,3\N{NO-BREAK SPACE}%")
    assert SPANISH.interval(view.interval) == "18,1–42,7"
    assert SPANISH.fraction(view) == "17 de 58"


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
