"""Whatever the plan, what comes out is a file that conforms and reads as the plan, or located problems: never anything
cut, laid over other text, or a traceback, and in a reasonable time.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from invariants import faults, misplaced
from msgspec.structs import replace
from pdf_samples import AVERY_5371, PHONE, THEME, handout, logo, paragraph, runs, with_pages
from tagtree import TaggedPdf
from thoroughness import examples
from topic_samples import ROOT
from verapdf import PROFILES, failures
from wild_plans import FOOTER, cards, handouts

from handouts.figures.qr import qr
from handouts.model.load import load
from handouts.outputs import Paper
from handouts.plan.blocks import (
    Block,
    Box,
    Cell,
    Column,
    FigureBlock,
    Grid,
    Group,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Picture,
    Table,
)
from handouts.plan.documents import Card, Footer, Handout
from handouts.plan.text import Run
from handouts.problems import ProblemsError
from handouts.render.pdf.card import render_card
from handouts.render.pdf.handout import render_handout
from handouts.theme.schema import Theme
from handouts.theme.sheet import PAPERS

pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
"""Hypothesis warns of examples that are long to write."""
THEME_FILES = sorted((ROOT / "templates" / "themes").glob("*.yaml"))
THEMES = [THEME, *(load(file.name, file.read_bytes(), Theme).value for file in THEME_FILES)]
CODES = {"FIT01", "FIT02", "PDF02", "PDF03", "PDF05"}
WIDE = settings(derandomize=True, phases=[Phase.generate, Phase.shrink], suppress_health_check=list(HealthCheck))


def judged(plan: Handout | Card, render: Callable[[], bytes], *, conforms: bool) -> TaggedPdf | None:
    """The file of a plan after all checks; None where there are located problems."""
    try:
        data = render()
    except ProblemsError as error:
        assert {problem.code for problem in error.problems} <= CODES
        assert all(problem.origin.file and problem.instead for problem in error.problems)
        return None
    pdf = TaggedPdf(data)
    assert faults(plan, pdf) == []
    if conforms:
        assert [failures(data, profile) for profile in PROFILES] == [[], []]
    return pdf


def judge_handout(plan: Handout, paper: Paper, *, conforms: bool, theme: Theme = THEME) -> TaggedPdf | None:
    pdf = judged(plan, lambda: render_handout(plan, theme, paper), conforms=conforms)
    width, height = PAPERS[paper]
    shape = theme.handout
    if pdf:
        assert shape.pages_least <= len(pdf.pdf.pages) <= shape.pages_most
        frame = (shape.margin, shape.margin_bottom, width - shape.margin, height - shape.margin_top)
        assert list(misplaced(pdf, frame, 20)) == []
        assert min((piece.size for piece in pdf.drawn), default=99) >= shape.floor - 0.01
    return pdf


def judge_card(plan: Card, *, conforms: bool) -> None:
    pdf = judged(plan, lambda: render_card(plan, THEME, AVERY_5371), conforms=conforms)
    if pdf:
        width, height = PAPERS[AVERY_5371.paper]
        assert len(pdf.pdf.pages) == 2
        assert list(misplaced(pdf, (0, 0, width, height), 0)) == []
        assert min((piece.size for piece in pdf.drawn), default=7) >= 7 - 0.01


@settings(WIDE, max_examples=examples(60))
@given(handouts(8), st.sampled_from(THEMES))
def test_a_handout_of_anything_is_right_or_refused(plan: Handout, theme: Theme) -> None:
    judge_handout(plan, "letter", conforms=False, theme=theme)


@settings(WIDE, max_examples=examples(25))
@given(cards())
def test_a_card_of_anything_is_right_or_refused(plan: Card) -> None:
    judge_card(plan, conforms=False)


@pytest.mark.slow
@settings(WIDE, max_examples=examples(200))
@given(handouts(20), st.sampled_from(THEMES), st.sampled_from(["letter", "a4"]))
def test_many_handouts_of_anything_conform_or_are_refused(plan: Handout, theme: Theme, paper: Paper) -> None:
    judge_handout(plan, paper, conforms=True, theme=theme)


@pytest.mark.slow
@settings(WIDE, max_examples=examples(200))
@given(cards())
def test_many_cards_of_anything_conform_or_are_refused(plan: Card) -> None:
    judge_card(plan, conforms=True)


# Plans that broke something, or might.


def _nested(depth: int, block: Block, wrap: Callable[[Block], Block]) -> Block:
    for _ in range(depth):
        block = wrap(block)
    return block


LINK = Run("here", href="https://example.org/")
EMPTY = Paragraph(runs("  "))
ODD: dict[str, tuple[Block, ...]] = {
    "nothing": (),
    "nothing but containers": (
        Box("message", (Grid((Column(6, (Group(()),)), Column(6, (EMPTY,)))),)), Box("plain", ()), Grid(()),
    ),
    "the same run twice": (Paragraph((LINK, Run(" or "), LINK, Run(" or else "), LINK)),),
    "a link with words of another language": (
        Paragraph((Run("Read "), Run("what ", href=PHONE), Run("esto", lang="es", href=PHONE), Run(" is", href=PHONE))),
    ),
    "another language with links": (
        Paragraph((Run("Lea ", lang="es"), Run("aquí", lang="es", href=PHONE), Run(" o pregunte.", lang="es"))),
    ),
    "a link of nothing but space": (Paragraph((Run("One"), Run(" ", href=PHONE), Run("two"))),),
    "a link that ends in a space at a line's end": (
        Paragraph((*runs("word " * 18), Run("x " * 40, href=PHONE), *runs("word " * 9))),
    ),
    "an empty heading before others": (
        Heading(1, runs(" ")), Heading(3, runs("Three")), Heading(1, ()), Heading(3, runs("Three")), paragraph("Text."),
    ),
    "headings of low level": (
        Heading(3, runs("One\nof two lines")), Heading(3, runs("Two")), Heading(2, runs("Three")),
    ),
    "empty items": (
        ListBlock((Item(()), Item(runs("Words.")), Item(runs("\n"))), "number"),
        ListBlock((Item((), 2), Item(runs("Words."), 1)), "checkbox"),
        ListBlock((Item((), 1),), "none"),
        ListBlock((Item(()),)),
        ListBlock(()),
    ),
    "tables without rows, columns or words": (
        Table((Cell(runs("Head")), Cell(())), (), (1, 1), "Only a head"),
        Table((), (), ()),
        Table((Cell(()), Cell(())), ((Cell(()), Cell((), "row")),), (1, 1)),
    ),
    "line breaks": (Paragraph((Run("One\n"), Run("\ntwo \n three"), Run("\n"))), Heading(1, runs("\n\n"))),
    "white space at the edges": (Paragraph((Run("\t "), Run(" One", strong=True), Run("  two  "))),),
    "spaces that do not break": (paragraph("10\u00a0mg of 3\u00a0mg " * 60),),
    "one word": (paragraph("a" * 1200), paragraph("1" * 500), paragraph("(" * 500), paragraph("abc-" * 300)),
    "marks of PDF syntax": (paragraph("\\ ( ) <</Type>> endstream %%EOF \\( \\) ((\\"), Heading(1, runs("(\\é)"))),
    "many links": (Paragraph(tuple(Run(f"{n} ", href=f"https://example.org/{n}") for n in range(500))),),
    "deep containers": (
        _nested(40, paragraph("Deep."), lambda block: Group((block,), keep=True)),
        _nested(12, paragraph("Deep."), lambda block: Box("changed", (block,))),
    ),
    "grids in grids": (
        _nested(3, paragraph("Deep."), lambda block: Grid((Column(9, (block,)), Column(3, (paragraph("Side."),))))),
    ),
    "a table and lists in columns": (
        Grid((
            Column(7, (Table((Cell(runs("A")), Cell(runs("B"))), ((Cell(runs("a"), "row"), Cell(())),), (1, 2)),)),
            Column(3, (ListBlock((Item(runs("One"), 1), Item((), 1)), "checkbox"),)),
            Column(2, (Picture(logo("image/png"), ""), FigureBlock(qr(PHONE, module=2, alt="QR code")))),
        )),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_an_odd_plan_makes_a_file_that_is_right(name: str) -> None:
    plan = handout(*ODD[name], footer=FOOTER)
    pdf = TaggedPdf(render_handout(plan, THEME, "letter"))
    assert faults(plan, pdf) == []
    assert list(misplaced(pdf, (54, 50, 558, 746), 20)) == []


@pytest.mark.slow
def test_all_odd_plans_after_each_other_make_a_file_that_conforms() -> None:
    plan = handout(*(block for blocks in ODD.values() for block in blocks))
    assert judge_handout(plan, "letter", conforms=True, theme=with_pages(1, 9))


def told(*blocks: Block, footer: Footer = FOOTER) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        render_handout(handout(*blocks, footer=footer), THEME, "letter")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "char", ["\U0001f600", "\u202e", "\u200b", "\u2066", "\u0301", "\x00", "\ud800", "م", "\u2028"]
)
@pytest.mark.parametrize("strong", [False, True])
def test_a_character_that_cannot_be_printed_is_named_with_its_line(char: str, strong: bool) -> None:
    (message,) = told(Paragraph(runs(f"A num{char}ber.", 7, strong=strong)))
    assert message.startswith("content/en.yaml:7:3: PDF01 error: the font Atkinson Hyperlegible ")
    assert f"(U+{ord(char):04X})" in message


def test_a_column_too_narrow_for_its_picture_is_refused() -> None:
    narrow = Grid((Column(1, (Picture(logo("image/png"), "A logo"),)),))
    (message,) = told(paragraph("Before.", 5), Grid((Column(1, (narrow,)), Column(11, (paragraph("Text.", 6),)))))
    assert "content/en.yaml:5:3: PDF03 error: the picture 'A logo' has no room in its column" in message


@pytest.mark.parametrize("left", ["", "As of March 2024"])
def test_a_foot_whose_page_number_is_too_long_is_refused(left: str) -> None:
    (message, *_) = told(paragraph("Text."), footer=Footer(left, "word " * 100))
    assert "PDF04 error: the running foot 'word word word word word word…' needs" in message


@pytest.mark.parametrize("page", ["{page}/{pages}", "{0} {page.__class__} {", "}", ""])
def test_braces_in_a_foot_are_only_characters(page: str) -> None:
    plan = handout(paragraph("Text."), footer=Footer("", page))
    assert faults(plan, TaggedPdf(render_handout(plan, THEME, "letter"))) == []


HUGE: dict[str, Callable[[], tuple[Block, ...]]] = {
    "one word": lambda: (paragraph("a" * 1_000_000),),
    "one word with many hyphens": lambda: (paragraph("aaa-" * 250_000),),
    "digits": lambda: (paragraph("1" * 1_000_000),),
    "brackets": lambda: (paragraph("(" * 1_000_000),),
    "one style a letter": lambda: (
        Paragraph(tuple(replace(run, strong=n % 2 == 0) for n, run in enumerate(runs("a") * 100_000))),
    ),
    "paragraphs": lambda: tuple(paragraph(f"Paragraph {n}.", n) for n in range(1, 10_000)),
    "headings": lambda: tuple(Heading(2, runs(f"Heading {n}.", n)) for n in range(1, 10_000)),
    "rows": lambda: (Table((Cell(runs("A")),), tuple((Cell(runs(f"Row {n}.", n)),) for n in range(1, 10_000)), (1,)),),
    "links": lambda: (Paragraph(tuple(run for n in range(10_000) for run in runs(f"{n} ", 1, href=PHONE))),),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HUGE)
def test_far_too_much_is_told_in_seconds_and_in_short_messages(name: str) -> None:
    blocks = HUGE[name]()
    began = time.process_time()
    messages = told(*blocks)
    assert time.process_time() - began < 20
    assert all("content/en.yaml:" in message and "FIT0" in message and len(message) < 400 for message in messages)
