"""The slide of disclosures and sources: what is said of each source and contact on a day, and what shares a row."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from section_samples import TEMPLATES, edition
from show_samples import cells
from topic_samples import shipped_plans

from handouts.compose.deck import compose_deck
from handouts.compose.edition import Edition
from handouts.plan.blocks import Table, walk
from handouts.plan.text import plain


def of_sources(
    sources: dict[str, dict[str, Any]], contacts: dict[str, dict[str, Any]] | None = None, on: date = date(2026, 11, 30)
) -> Edition:
    """An edition with these sources besides its main page of 2026, and these contacts."""
    page = {"title": "A page", "publisher": "A publisher", "as_of": 2026, "citation": "Somewhere"}
    given = {key: {"title": f"Title {key}", "publisher": "P", "citation": f"Cited {key}"} for key in sources}
    words = {"studies": {}, "names": {}, "contacts": {key: {"name": f"Name {key}"} for key in contacts or {}}}
    of = edition(
        {"a": {"kind": "text"}}, {"s": {"section": "a", "sources": ["page"]}},
        {"sections": {"a": {"heading": "A"}}, **words},
        sources={"page": page, **{key: given[key] | said for key, said in sources.items()}},
        contacts=contacts or {}, studies={},
    )  # fmt: skip
    return replace(of, today=on)


def slide_of(of: Edition) -> tuple[str, Table]:
    """The title of the slide, and its table."""
    slide = compose_deck(of, TEMPLATES).slides[1]
    (table,) = [block for block in walk(slide.blocks()) if isinstance(block, Table)]
    return plain(slide.title), table


def status_of(of: Edition, name: str) -> tuple[str, str, bool]:
    """Date and status of a row, and whether it is set off."""
    _, table = slide_of(of)
    (row,) = [row for row in table.rows if plain(row[0].runs).startswith(name)]
    assert [cell.tone for cell in row[:-1]] == [None, None]
    return plain(row[1].runs), plain(row[2].runs), row[2].tone == "caution"


@pytest.mark.parametrize(
    ("source", "date_said", "status", "waits"),
    [
        ({"as_of": 2026}, "2026", "dated", False),
        ({"as_of": 2016, "doi": "10.1056/x"}, "2016", "dated", False),
        ({"as_of": 2016}, "2016", "not checked since", True),
        ({"as_of": 2016, "next_check": "2027-03"}, "2016", "dated; next check March 2027", False),
        ({"as_of": 2016, "next_check": "2026-10"}, "2016", "check was due October 2026", True),
        ({"as_of": "unknown", "seen": "2026-11"}, "undated, read in November 2026", "to be confirmed", True),
        (
            {"as_of": "unknown", "seen": "2026-11", "doi": "10.1056/x"},
            "undated, read in November 2026", "to be confirmed", True,
        ),
    ],
)  # fmt: skip
def test_a_source_has_its_date_and_its_status_in_words(
    source: dict[str, Any], date_said: str, status: str, waits: bool
) -> None:
    of = of_sources({"x": source})
    assert status_of(of, "Cited x: Title x") == (date_said, status, waits)
    title, _ = slide_of(of)
    counted = "Disclosures and sources: 1 of 2 still to be checked or confirmed"
    assert title == (counted if waits else "Disclosures and status of sources")


@pytest.mark.parametrize(("on", "waits"), [(date(2026, 11, 30), False), (date(2029, 2, 1), True)])
def test_the_main_source_is_as_old_as_the_topic_says(on: date, waits: bool) -> None:
    status = "not checked since" if waits else "dated"
    assert status_of(of_sources({}, on=on), "Somewhere: A page") == ("2026", status, waits)


@pytest.mark.parametrize(
    ("contact", "status"),
    [
        ({"dial": "+12025550143", "source": "page"}, "number not verified"),
        ({"system": "url", "address": "https://example.org", "source": "page"}, "address not verified"),
        (
            {"dial": "+12025550143", "source": "page", "verified_on": "2020-01-31", "verified_by": "A, nurse"},
            "last verified 31 January 2020",
        ),
        ({"dial": "+12025550143", "source": "page", "verified_on": "2026-10-31", "verified_by": "A, nurse"}, None),
        ({"from": "clinic"}, None),
    ],
)
def test_a_contact_is_listed_until_somebody_has_verified_it(contact: dict[str, Any], status: str | None) -> None:
    of = of_sources({}, {"line": contact})
    if status is None:
        assert len(slide_of(of)[1].rows) == 1
    else:
        assert status_of(of, "Name line: ") == ("2026", status, True)


def test_articles_share_a_row_only_where_there_are_too_many_to_list() -> None:
    articles = {f"a{at}": {"as_of": 2010 + at, "doi": "10.1056/x"} for at in range(8)}
    assert len(slide_of(of_sources(articles))[1].rows) == 9
    title, table = slide_of(of_sources({**articles, "label": {"as_of": 2026}}))
    assert title == "Disclosures and status of sources"
    assert cells(table) == [
        ["Source", "Date", "Status"],
        ["Somewhere: A page", "2026", "dated"],
        ["8 articles and trial records, listed in the references", "2010 to 2017", "dated"],
        ["Cited label: Title label", "2026", "dated"],
    ]
    labels = {f"l{at}": {"as_of": 2026} for at in range(10)}
    assert len(slide_of(of_sources(labels))[1].rows) == 11


def test_the_second_slide_asks_the_speaker_for_disclosures() -> None:
    slide = shipped_plans("ixazomib").deck.slides[1]
    assert "Speaker's disclosures: to be completed by the speaker." in slide.words()
