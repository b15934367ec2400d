"""A stretch of time has a beginning before its end; dates in other places are left alone."""

from __future__ import annotations

from datetime import date

import pytest
from content_findings import line_of
from msgspec.structs import replace
from patient_samples import paragraphs, subject_of
from topic_samples import CONTENT, ROOT, TODAY, Change, edition_of, lexicon, locale

from handouts.build.make import examine
from handouts.build.request import Request
from handouts.checks.date_ranges import stretch_without_length
from handouts.compose.context import Context, says_date
from handouts.compose.handout import compose_handout
from handouts.files.workspace import Workspace
from handouts.model.base import AsOf


def found(text: str, language: str = "en") -> list[str]:
    subject = subject_of(*paragraphs(text))
    subject = replace(subject, lexicon=lexicon(language), formats=locale(language).formats)
    return [one.message for one in stretch_without_length.problems(subject)]


@pytest.mark.parametrize(
    ("text", "language", "wrong"),
    [
        ("Changed since March 2026 (to March 2026).", "en", "'March 2026 (to March 2026' begins and ends"),
        ("From 2024 to 2024.", "en", "'2024 to 2024' begins and ends"),
        ("2024–2021, in Spain", "en", "'2024–2021' ends before"),
        ("from 3 May 2024 until 1 May 2024", "en", "'3 May 2024 until 1 May 2024' ends before"),
        ("March 2026 to 2025.", "en", "'March 2026 to 2025' ends before"),
        ("Desde marzo de 2026 (hasta marzo de 2026)", "es", "'marzo de 2026 (hasta marzo de 2026' begins"),
        ("de 2024 a 2021", "es", "'2024 a 2021' ends before"),
        ("3 de mayo de 2024 al 1 de mayo de 2024", "es", "ends before"),
    ],
)
def test_a_stretch_without_length_is_found(text: str, language: str, wrong: str) -> None:
    (message,) = found(text, language)
    assert wrong in message


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Since about 2013 (to March 2024). From 2013 to 2024. 2013–2014. May 2024 to May 2025.", "en"),
        ("Since 2026 (to March 2026). From 1 May 2024 to 2 May 2024.", "en"),
        ("It fell from 2013 to 1999 people; 2024:2010–2008; 12.2024–2021.5; 2024 of 2021; pages 2034-2011a.", "en"),
        ("Blood 2014;124:1038. N Engl J Med 2016;374:2016–1999. Call +1 800 2024-2021.", "en"),
        ("March 2026. To March 2026 nobody had it.", "en"),
        ("Label of March 2024, page of March 2024.", "en"),
        ("de 2013 a 2024; de mayo de 2024 a mayo de 2025", "es"),
    ],
)
def test_other_dates_are_left_alone(text: str, language: str) -> None:
    assert found(text, language) == []


def test_dates_of_the_topic_are_told_where_they_are_joined(changed: Change) -> None:
    content = changed()
    path = content / "ixazomib" / "en.yaml"
    old, new = "(US label, {{ facts.us_label_date }})", "({{ facts.us_label_date }} to {{ facts.us_label_date }})"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    request = Request(TODAY, ("pptx",), ("ixazomib",), content=content, templates=ROOT / "templates")
    (told,) = [one for one in examine(request).findings if one.code == "STALE05"]
    assert told.origin.line == line_of(path, new)
    assert path.read_text("utf-8").splitlines()[told.origin.line - 1][told.origin.column - 1 :].startswith("{{ facts")


@pytest.mark.parametrize(
    ("as_of", "heading"),
    [
        (AsOf(2013, about=True), "What has changed since about 2013 (to March 2024)"),
        (AsOf(2024, 2), "What has changed since February 2024 (to March 2024)"),
        (AsOf(2024), "What has changed since 2024 (to March 2024)"),
        (AsOf(2024, 3), "What has changed since March 2024"),
        (AsOf(2024, 3, 5), "What has changed since 5 March 2024"),
        (AsOf(2026, 3), "What has changed since March 2026"),
    ],
)
def test_the_heading_names_no_end_that_is_not_later(as_of: AsOf, heading: str) -> None:
    edition = edition_of(CONTENT, "ixazomib")
    edition = replace(edition, topic=replace(edition.topic, as_of=as_of), today=date(2026, 3, 31))
    handout = compose_handout(edition, Workspace(CONTENT, ROOT / "templates").templates())
    assert [line for line in handout.words().splitlines() if line.startswith("What has changed")] == [heading]


@pytest.mark.parametrize(
    ("key", "value"),
    [("doi", "10.1016/j.jacc.2016.03.001"), ("registry", "NCT02016123"), ("citation", "N Engl J Med 374:2016"),
     ("citation", "Set 90e7-2016-4488"), ("address", "https://example.org/2016/page")],
)  # fmt: skip
def test_digits_of_a_doi_are_not_taken_for_the_date(key: str, value: str) -> None:
    edition = edition_of(CONTENT, "ixazomib")
    given = {"doi": None, "registry": None, "citation": None, "address": None, key: value}
    source = replace(edition.topic.sources["nejm_2016"], **given)
    topic = replace(edition.topic, sources={**edition.topic.sources, "nejm_2016": source})
    context = Context(replace(edition, topic=topic), "deck")
    assert "".join(map(str, context.cite("nejm_2016"))).endswith("(2016).")
    assert "".join(map(str, context.cite_short("nejm_2016"))).endswith(", 2016")


@pytest.mark.parametrize(
    ("text", "says"),
    [("Blood 2016;1:2", True), ("Report, 2016", True), ("(2016)", True), ("374:2016", False), ("12016", False)],
)
def test_a_date_stands_by_itself(text: str, says: bool) -> None:
    assert says_date(text, "2016") is says
