"""A word that is broken inside is told once with its place and what to write; a telephone number never is broken."""

from __future__ import annotations

import pytest
from pdf_samples import AVERY_5371, META, PHONE, THEME, handout, paragraph, runs
from tagtree import TaggedPdf

from handouts.plan.blocks import Block, Column, Grid, Paragraph
from handouts.plan.documents import Card
from handouts.plan.text import Run
from handouts.problems import Problem, ProblemsError
from handouts.render.pdf.card import render_card
from handouts.render.pdf.handout import render_handout
from handouts.render.pdf.layout.text import parted_words, typesetter

LONG = "Donaudampfschifffahrtsgesellschaftskrankenhausverwaltungsdirektion"
DRUG = "Pseudohypoparathyreoidismuspraeparat"


def _told(*blocks: Block) -> list[str]:
    told: list[Problem] = []
    render_handout(handout(*blocks), THEME, "letter", told=told)
    return [str(problem) for problem in told]


def _narrow(text: str, line: int = 5) -> Grid:
    return Grid((Column(2, (paragraph(text, line),)), Column(10, (paragraph("Text."),))))


def test_a_word_wider_than_its_column_is_told_with_its_line() -> None:
    assert _told(_narrow(f"Take {DRUG} daily.")) == [
        f"content/en.yaml:5:3: FIT07 warning: '{DRUG}' is wider than its line, and is broken inside the word; write a "
        'shorter one, or soft hyphens (U+00AD; in double quotes "\\xAD") where it may be broken'
    ]


def test_the_soft_hyphens_that_the_message_asks_for_mend_it() -> None:
    assert _told(_narrow("Take Pseudo\u00adhypo\u00adpara\u00adthyreoid\u00adismus\u00adpraeparat daily.")) == []


@pytest.mark.parametrize("text", [
    "Take this daily.", "immunomodulatory", "relapsed-refractory", f"At {LONG} too.", "nejm.org/doi/full",
    "Thrombocytopenia and Neutropenia", "word " * 40,
])  # fmt: skip
def test_words_that_have_room_or_a_place_to_be_broken_are_not_told(text: str) -> None:
    assert _told(paragraph(text)) == []


def test_the_same_word_at_one_place_is_told_once() -> None:
    assert len(_told(_narrow(f"{DRUG} {DRUG}"))) == 1
    assert len(_told(_narrow(DRUG, 5), _narrow(DRUG, 6))) == 2


def test_an_address_that_is_cut_is_told() -> None:
    (told,) = _told(_narrow("https://example.org/a-very-long-path-without-any-slash-in-it-0123456789abcdef"))
    assert "'https://example.org/a-very-long-path" in told


@pytest.mark.parametrize("text", ["617-726-2000", "+44 20 7946 0001", "1-866-603-6628"])
def test_a_telephone_number_is_on_one_line_or_refused(text: str) -> None:
    for span in range(1, 12):
        cell = Paragraph(runs(text, 5, href=PHONE))
        plan = handout(Grid((Column(span, (cell,)), Column(12 - span, (paragraph("T."),)))))
        try:
            data = render_handout(plan, THEME, "letter")
        except ProblemsError as bad:
            assert {problem.code for problem in bad.problems} <= {"PDF02"}
            continue
        assert any(text in piece.text for piece in TaggedPdf(data).drawn)


def test_a_card_never_breaks_a_word_and_names_it() -> None:
    text = f"Call us at the {LONG * 2} now"
    with pytest.raises(ProblemsError) as caught:
        render_card(Card(META, (paragraph(text, 3),), (paragraph("Back."),)), THEME, AVERY_5371)
    (problem,) = caught.value.problems
    assert str(problem.origin) == "content/en.yaml:3:3"
    assert problem.code == "PDF02"
    assert problem.message.startswith(f"'{LONG[:60]}…' is ")
    assert problem.instead == (
        'shorten it, put soft hyphens (U+00AD; in double quotes "\\xAD") where it may be broken, or give its column '
        "more room"
    )


def test_the_soft_hyphens_that_a_card_asks_for_mend_it() -> None:
    word = "\u00ad".join(LONG[at : at + 11] for at in range(0, len(LONG), 11))
    assert render_card(Card(META, (paragraph(f"Call us at the {word} now", 3),), ()), THEME, AVERY_5371)


@pytest.mark.parametrize(
    ("text", "words"),
    [("abc def", []), ("abcdefghijkl", ["abcdefghijkl"]), ("ab cdefghijklmnopq rs", ["cdefghijklmnopq"]),
     ("abcdefghijk lmnopqrstuvw x", ["abcdefghijk", "lmnopqrstuvw"])],
)  # fmt: skip
def test_parted_words_are_named_whole(text: str, words: list[str]) -> None:
    lines = typesetter(THEME.family).lines((Run(text),), 12, 32)
    assert parted_words(lines) == words


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
def test_a_number_is_parted_from_its_unit_before_a_word_is_broken(space: str) -> None:
    lines = typesetter(THEME.family).lines((Run(f"−0.84{space}percentage points"),), 12, 64)
    assert [line.text.strip() for line in lines] == ["−0.84", "percentage", "points"]
    assert parted_words(lines) == []
    (line,) = typesetter(THEME.family).lines((Run(f"−0.84{space}percentage"),), 12, 200)
    assert line.text == f"−0.84{space}percentage"


def test_digits_and_what_is_dialled_are_never_parted_at_a_space_that_holds_them() -> None:
    for run in (Run("100\u00a0000\u00a0000"), Run("1\u00a0800\u00a0FLOWERS", href="tel:+18003569377")):
        assert len(typesetter(THEME.family).lines((run,), 12, 40, whole_words=True)) == 1
