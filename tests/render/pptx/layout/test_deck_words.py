"""A word that a slide has no room for is told; numbers and names of studies are not broken at their hyphens."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from deck_samples import deck, para, slide, table
from msgspec.structs import replace
from pptx import Presentation
from topic_samples import OWN, shipped_plans

from handouts.plan.blocks import Paragraph
from handouts.plan.text import Run, plain
from handouts.problems import Origin, Problem
from handouts.render.pptx.deck import render_deck
from handouts.render.pptx.layout.whole_words import kept_whole
from handouts.render.pptx.template.metrics import metrics
from handouts.theme.schema import Theme

ARIAL = metrics("Arial")
LONG = "Donaudampfschifffahrtsgesellschaftskrankenhausverwaltungsdirektionsassistentin" * 2


def _told(*slides: Any) -> list[str]:
    told: list[Problem] = []
    render_deck(deck(*slides), Theme(), OWN, told)
    return [str(problem) for problem in told]


def _at(text: str, line: int) -> Paragraph:
    return Paragraph((Run(text, origin=Origin("en.yaml", line, 3)),))


def test_a_word_that_is_broken_is_told_with_its_slide_and_place() -> None:
    told = _told(slide("Title and Content", "Fine", body=(para("Short words."),)),
                 slide("Title and Content", "Long", body=(_at(f"A {LONG} here.", 9),)))  # fmt: skip
    assert told == [
        f"en.yaml:9:3: DECK12 warning: slide 2 'Long': '{LONG[:60]}…' is wider than its line, and is broken inside the "
        "word; write a shorter one, or a hyphen where it may be broken"
    ]


def test_the_hyphen_that_the_message_asks_for_mends_it() -> None:
    word = "-".join((LONG[:50], LONG[50:100], LONG[100:]))
    assert not _told(slide("Title and Content", "Long", body=(_at(f"A {word} here.", 9),)))


def test_a_number_wider_than_its_line_is_told_as_one() -> None:
    (told,) = _told(slide("Title and Content", "Long", body=(_at("1-866-" * 30 + "1", 9),)))
    assert "is wider than its line, and is broken over two lines" in told


def test_titles_and_cells_are_looked_at_too() -> None:
    wide = table(1)
    long = replace(wide, rows=tuple((replace(row[0], runs=(Run(LONG),)), *row[1:]) for row in wide.rows))
    assert len(_told(slide("Table", "A", table=(long,)))) == 1


def test_shipped_decks_break_no_word() -> None:
    for topic in ("ixazomib", "colonoscopy-preparation"):
        if (plan := shipped_plans(topic).deck) is not None:
            told: list[Problem] = []
            render_deck(plan, Theme(), OWN, told)
            assert told == []


def _as_viewers_do(text: str, width: float, *, strong: bool) -> list[str]:
    """Lines that end at spaces and after hyphens, wherever the next piece has no room."""
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for piece in re.findall(r"[^ –-]*[–-]|[^ –-]+ ?| ", part):
            if line and ARIAL.width((line + piece).rstrip(), 18, strong=strong) > width:
                lines.append(line)
                line = ""
            line += piece
        lines.append(line)
    return lines


@pytest.mark.parametrize("word", ["617-726-2000", "TOURMALINE-MM1", "M-protein", "COVID-19", "10–20", "anti-CD38"])
@pytest.mark.parametrize("strong", [False, True])
def test_such_a_word_is_never_parted(word: str, strong: bool) -> None:
    text = f"Call the clinic of the riverside · {word} now"
    parted = 0
    least = max(ARIAL.width(one, 18, strong=strong) for one in (word, "riverside"))
    for width in range(round(least) + 2, 420, 3):
        shown = plain(kept_whole((Run(text),), 18, width, ARIAL, strong=strong))
        assert shown.replace("\n", " ") == text
        assert any(word in line for line in _as_viewers_do(shown, width, strong=strong)), width
        parted += not any(word in line for line in _as_viewers_do(text, width, strong=strong))
    assert parted, "without it a viewer parts the word"


def test_other_words_may_be_parted_at_their_hyphens() -> None:
    runs = (Run("Words of people with relapsed-refractory disease"),)
    for width in range(80, 420, 7):
        assert kept_whole(runs, 18, width, ARIAL) is runs


def test_the_line_ends_before_the_number_on_the_slide() -> None:
    text = "For the clinic at the Upper Riverside Medical Campus, Building 12, Floor 3, call this now 617-726-2000"
    plan = deck(slide("Title and Content", "A", body=(para(text),)))
    file: Any = Presentation(io.BytesIO(render_deck(plan, Theme(), OWN)))
    shown = next(s for s in file.slides[0].placeholders if "Riverside" in s.text_frame.text).text_frame.text
    assert shown.replace("\v", " ") == text
    if "\v" in shown:
        assert "\v617-726-2000" in shown
