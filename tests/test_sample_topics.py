"""Five topics of every kind that the content model speaks of: each builds every document that it names, whole.

A vaccine with both arms counted, a medicine of three arms, a procedure without any study, a plan without a deck, and
ixazomib in short. Their numbers come from abstracts and tables; the procedure is fictitious.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from topic_samples import ROOT, Plans, edition_of, locale, plans_of

from handouts.build.make import examine
from handouts.build.request import Request, outputs_of
from handouts.build.result import Result
from handouts.checks.registry import RULES
from handouts.compose.context import Context, values_of
from handouts.compose.numbers import Formatter
from handouts.compose.word_formats import NumberWords
from handouts.compose.wording import Wording
from handouts.outputs import Paper
from handouts.plan.blocks import FigureBlock, Heading, Table, walk, words_of
from handouts.plan.text import plain

SAMPLES = ROOT / "tests" / "samples"
MADE = {
    "colonoscopy": {"pdf": 2, "pptx": 6, "card": 2},
    "covid-vaccine": {"pdf": 1, "pptx": 6},
    "ixazomib-short": {"pdf": 2, "pptx": 11, "card": 2},
    "liraglutide": {"pdf": 1, "pptx": 7},
    "safety-card": {"pdf": 1, "card": 2},
}
"""Pages or slides of each document of each topic."""
EXPECTED = {"REVIEW01", "HOTLINE01", "HOTLINE02", "STALE01", "STALE04", "SRC01", "SRC03", "READ01", "NUM09", "NUM15",
            "RISK03", "CLEAR10", "CLEAR16", "WORDS02", "RISK05", "FIT03"}  # fmt: skip
"""What a topic may have that nobody has reviewed and that prints its source's own numbers: no error, nothing untold."""
DAY = date(2026, 11, 30)
"""After the day on which the youngest source was read."""
CLINIC = """schema_version: 1
name: Example University Hospital, Day Clinic
phone: 1-202-555-0143
hours: Monday to Friday, 8:30 am to 5 pm
address: [One Example Street, Springfield]
"""


def _made(topic: str, paper: Paper = "letter", theme: str = "default", clinic: Path | None = None) -> Result:
    request = Request(
        today=DAY, content=SAMPLES, topics=(topic,), paper=paper, theme=theme, clinic=clinic,
        templates=ROOT / "templates",
    )  # fmt: skip
    return examine(request)


@cache
def _plans(topic: str) -> Plans:
    return plans_of(SAMPLES, topic)


@pytest.mark.parametrize("topic", sorted(MADE))
def test_each_makes_the_documents_that_it_names_and_nothing_is_wrong_or_untold(topic: str) -> None:
    result = _made(topic)
    assert {made.entry.format: made.entry.count for made in result.made} == MADE[topic]
    assert {output.format for output in outputs_of(SAMPLES / topic)} == set(MADE[topic])
    assert {finding.code for finding in result.findings} <= EXPECTED
    assert not [finding for finding in result.findings if finding.severity == "error"]
    assert {rule.code for rule in RULES} | {"RISK05", "FIT03"} >= EXPECTED


@pytest.mark.slow
@pytest.mark.parametrize("clinic", [False, True])
@pytest.mark.parametrize("theme", ["default", "high-contrast", "large-print"])
@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("topic", sorted(MADE))
def test_each_fits_every_paper_and_theme_with_a_clinic_and_without(
    topic: str, paper: Paper, theme: str, clinic: bool, tmp_path: Path
) -> None:
    (tmp_path / "clinic.yaml").write_text(CLINIC, encoding="utf-8")
    result = _made(topic, paper, theme, tmp_path / "clinic.yaml" if clinic else None)
    assert not [str(finding) for finding in result.findings if finding.severity == "error"]
    assert {made.entry.format for made in result.made} == set(MADE[topic])
    for made in result.made:
        if made.entry.format == "pdf":
            pages = pdfium.PdfDocument(made.data)
            assert len(pages) <= (6 if theme == "large-print" else 2)
            assert clinic == any(
                "Example University Hospital" in page.get_textpage().get_text_range() for page in pages
            )


def test_a_rate_below_one_in_a_thousand_is_told_in_whole_people_and_never_as_none() -> None:
    said = _drawn("covid-vaccine")
    assert "4\N{NO-BREAK SPACE}in\N{NO-BREAK SPACE}10,000" in said
    assert "88\N{NO-BREAK SPACE}in\N{NO-BREAK SPACE}10,000" in said
    assert "0 in 100" not in said.replace("\N{NO-BREAK SPACE}", " ")
    assert "8 (0.04%)" in _plans("covid-vaccine").deck.words()


def test_an_active_control_is_called_by_its_name() -> None:
    deck = _plans("liraglutide").deck.words()
    assert "Glimepiride 8 mg" in deck
    assert "Placebo" not in deck.replace("Placebo + insulin", "")


def test_none_is_said_of_nobody_and_a_rate_that_is_not_stated_is_not_printed() -> None:
    handout, deck = _plans("liraglutide").handout.words(), _plans("liraglutide").deck.words()
    assert "none" in handout
    assert "p<0.0001" in deck
    assert "rates not stated. Major: none" in deck


def test_a_percentage_stands_as_its_source_gives_it() -> None:
    tables = [
        block for slide in _plans("liraglutide").deck.slides for block in slide.blocks() if isinstance(block, Table)
    ]
    assert any("(31%)" in words_of([table]) for table in tables)


def test_steps_schedules_and_urgencies_stand_in_order_with_their_numbers() -> None:
    handout = _plans("colonoscopy").handout
    headings = [plain(block.runs) for block in walk(handout.blocks) if isinstance(block, Heading)]
    said = [heading.replace("\N{NO-BREAK SPACE}", " ") for heading in headings]
    assert said[1:] == [
        "In the days before",
        "When to drink",
        "What is a clear liquid?",
        "Emergency: Call 911 now if:",
        "Urgent: Call 1-202-555-0199 the same day if:",
        "Not urgent: Call 1-202-555-0143 ext. 12 between 8:30 am and 5:00 pm if:",
        "Numbers to call",
    ]
    words = handout.words().replace("\N{NO-BREAK SPACE}", " ")
    assert "1 day before, 6:00 pm" in words
    assert "5 hours before your appointment" in words
    assert "7 days before: Stop iron pills 5 to 7 days before." in words


def test_a_card_of_short_codes_calls_writes_and_opens() -> None:
    card = _plans("safety-card").card
    links = {run.href for runs in card.texts() for run in runs if run.href}
    assert links == {"tel:988", "sms:988", "sms:988?body=AYUDA", "https://988lifeline.org"}
    assert "911" in card.words()


def test_words_name_what_was_seen_of_a_grade() -> None:
    context = Context(edition_of(SAMPLES, "ixazomib-short"), "deck")
    values = values_of(context.edition.topic, context.edition.words, context.edition.locale, context.views)
    english = locale("en")
    wording = Wording(values, NumberWords(Formatter(english.formats), "en", english.units, {}))
    assert (
        wording.fill("{{ mm2.any_event.3+.ixa_rd.percent | percent }} v {{ mm2.any_event.3+.rd.percent | percent }}")
        == "88% v 81%"
    )


def _drawn(topic: str) -> str:
    blocks = list(walk(_plans(topic).handout.blocks))
    labels = [
        text
        for block in blocks
        if isinstance(block, FigureBlock)
        for shape in block.figure.shapes
        if (text := getattr(shape, "text", ""))
    ]
    return "\n".join((words_of(_plans(topic).handout.blocks), *labels))
