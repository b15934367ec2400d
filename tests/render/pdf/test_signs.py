"""Letters and signs of medicine print in handouts and cards and are read back as they are; others are told once."""

from __future__ import annotations

import pypdfium2
import pytest
from msgspec.structs import replace
from pdf_samples import AVERY_5371, META, THEME, drawing, handout, paragraph, runs, with_pages
from tagtree import TaggedPdf
from verapdf import PROFILES, failures

from handouts.figures.shapes import Label
from handouts.plan.blocks import Block, Cell, FigureBlock, Heading, Item, ListBlock, Paragraph, Table
from handouts.plan.documents import Card, Footer
from handouts.plan.text import Run
from handouts.problems import ProblemsError
from handouts.render.pdf.card import render_card
from handouts.render.pdf.handout import render_handout
from handouts.render.pdf.layout.text import typesetter
from handouts.theme.fonts import FAMILIES, SOFT_HYPHEN, family

GREEK = "αβγδεζηθικλμνξοπρςστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩµ"
SMALL = "₀₁₂₃₄₅₆₇₈₉₊₋⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ"
FRACTIONS = "¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⁄‰"
SIGNS = "≤≥≠≈≡±×÷−∞√∑∆∝∼°℃℉′″™®©€£¥†‡§¶№℞℮Ω♀♂"
MARKS = "←↑→↓↔⇒✓✔✗✘☐☑☒•◦‣■□▪▫●○▲▼▶►★☆☎⚠♥…–—‐‑‒―①②③Ⅰ Ⅱ Ⅲ Ⅳ"
SPACES = "\u2009\u202f\u200a\u2002\u2003\u2007\u2008\u00a0\u2060"
EVERY = "".join(char for char in GREEK + SMALL + FRACTIONS + SIGNS + MARKS if char != " ")
SENTENCE = "TGF-β ≥ 3 µg\u202fper\u2009m², H₂O → ⅓ less, α‑fetoprotein ✓ 37 ℃ \u2060end"


def _pages(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("strong", [False, True])
def test_every_theme_s_font_prints_them_in_both_weights(name: str, strong: bool) -> None:
    face = family(name).face(strong=strong)
    assert [char for char in EVERY + SPACES + SOFT_HYPHEN if not face.has(char)] == []
    assert all(face.advances[char] > 0 for char in EVERY + SPACES.replace("\u2060", ""))
    assert face.advances["\u2009"] < face.advances[" "] <= face.advances["\u2002"] < face.advances["\u2003"]
    assert face.advances["\u2007"] == face.advances["0"]
    assert face.advances["\u2060"] == face.advances[SOFT_HYPHEN] == 0
    assert face.advances["\u2011"] == face.advances["-"]


@pytest.mark.parametrize("strong", [False, True])
def test_a_handout_says_them_back(strong: bool) -> None:
    data = render_handout(handout(Paragraph(runs(EVERY, strong=strong))), THEME, "letter")
    assert "".join(TaggedPdf(data).words()).replace(" ", "") == EVERY
    assert [char for char in EVERY if char not in _pages(data)] == []


def _blocks() -> tuple[Block, ...]:
    figure = drawing()
    labels = tuple(replace(one, text="α → β ₂") if isinstance(one, Label) else one for one in figure.shapes)
    figure = replace(figure, shapes=labels, alt="Drug α binds β₂ → ✓")
    cell = Cell(runs(SENTENCE))
    return (
        Heading(1, runs(f"Heading {SENTENCE}")),
        ListBlock((Item(runs(SENTENCE)),), "bullet"),
        Table((Cell(runs("α")), cell), ((cell, Cell(runs("≥ 5", strong=True))),), (6, 6), "β of α"),
        Paragraph(runs(SENTENCE, href="https://example.org/")),
        FigureBlock(figure, runs("A figure of β-cells")),
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_everywhere_in_a_handout_they_conform(profile: str) -> None:
    meta = replace(META, title="TGF-β → ✓", subject="α₂")
    plan = replace(handout(*_blocks(), footer=Footer("From β₂, ≥ 2", "Page {page} of {pages}")), meta=meta)
    data = render_handout(plan, with_pages(1, 3), "letter")
    assert failures(data, profile) == []
    words = " ".join(TaggedPdf(data).words())
    assert words.count("α‑fetoprotein ✓ 37 ℃ \u2060end") >= 4
    assert "µg per m², H₂O → ⅓ less" in words


@pytest.mark.parametrize("profile", PROFILES)
def test_on_a_card_and_its_copies_they_conform(profile: str) -> None:
    data = render_card(Card(META, (paragraph(SENTENCE),), (Paragraph(runs("☐ β₂ ↑")),)), THEME, AVERY_5371)
    assert failures(data, profile) == []
    assert _pages(data).count("fetoprotein ✓ 37 ℃") == 10
    assert _pages(data).count("☐ β₂ ↑") == 10


def test_they_are_measured_as_they_are_drawn() -> None:
    text = SENTENCE.replace("\u2060", "")
    data = render_handout(handout(paragraph(text), paragraph("|")), THEME, "letter")
    pieces = [piece for piece in TaggedPdf(data).drawn if "TGF" in piece.text or "fetoprotein" in piece.text]
    assert pieces
    face = family(THEME.family).regular
    assert face.width(text, 12) == pytest.approx(sum(face.width(char, 12) for char in text))


def _lines(text: str, width: float) -> list[str]:
    setter = typesetter(THEME.family)
    lines = setter.lines((Run(text),), 12, width)
    assert all(line.width <= width + 1e-6 for line in lines)
    return ["".join(piece.text for piece in line.pieces) for line in lines]


LONG = "immuno\u00adglobulin\u00adkonzentrat"


def test_a_soft_hyphen_is_seen_only_where_a_line_ends_at_it() -> None:
    measure = typesetter(THEME.family).measure
    whole = LONG.replace(SOFT_HYPHEN, "")
    assert _lines(LONG, 400) == [whole]
    width = measure("immunoglobulin-", 12, strong=False)
    assert _lines(LONG, width + 0.1) == ["immunoglobulin\u00ad", "konzentrat"]
    assert _lines(LONG, width - 0.5) == ["immuno\u00ad", "globulin\u00ad", "konzentrat"][:1] + _lines(
        "globulin\u00adkonzentrat", width - 0.5
    )
    assert _lines(f"a {LONG}", 400) == [f"a {whole}"]
    assert _lines("end\u00ad of \u00adit", 400) == ["end of it"]


def test_a_soft_hyphen_in_a_figure_or_heading_is_not_drawn() -> None:
    figure = drawing()
    shapes = tuple(replace(one, text="bio\u00adlogical") if isinstance(one, Label) else one for one in figure.shapes)
    plan = handout(Heading(1, runs("Im\u00admunity")), FigureBlock(replace(figure, shapes=shapes), runs("Caption")))
    data = render_handout(plan, THEME, "letter")
    said = _pages(data)
    assert "biological" in said and "Immunity" in said
    document = pypdfium2.PdfDocument(data)
    assert [entry.get_title() for entry in document.get_toc()] == ["Immunity"]
    document.close()


@pytest.mark.parametrize("joined", ["5\u202fmg", "5\u2009mg", "5\u00a0mg", "α\u2011beta", "ab\u2060cd", "12\u2007345"])
def test_what_keeps_words_together_does(joined: str) -> None:
    for width in range(60, 140):
        lines = _lines(f"one two three {joined} four five", width)
        assert any(joined in line for line in lines)


def _told(*texts: str) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        render_handout(handout(*(paragraph(text, line) for line, text in enumerate(texts, start=2))), THEME, "letter")
    return [str(problem) for problem in caught.value.problems]


HAS = "PDF01 error: the font Atkinson Hyperlegible has no glyph for"


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("Fine.", "Take a 💊."), f"content/en.yaml:3:3: {HAS} '💊' (U+1F48A); write the sign in words ('pill')"),
        (("Nguyễn",), f"content/en.yaml:2:3: {HAS} 'ễ' (U+1EC5); write 'e' for 'ễ'"),
        (("㎎",), f"content/en.yaml:2:3: {HAS} '㎎' (U+338E); write 'mg' for '㎎'"),
        (("e\u0301",), f"content/en.yaml:2:3: {HAS} the combining acute accent (U+0301); write each accent and its "
                       "letter as one character"),
        (("a\u200bb",), f"content/en.yaml:2:3: {HAS} the zero width space (U+200B); remove it"),
        (("x 東 x", "京 💊 e\u0301"),
         f"content/en.yaml:2:3: {HAS} '東' (U+6771), '京' (U+4EAC), '💊' (U+1F48A) and the combining acute accent "
         "(U+0301), the first of them here; write each accent and its letter as one character; write words of other "
         "scripts in Latin letters; write the sign in words ('pill')"),
        (("مرحبا", "بالعالم"),
         f"content/en.yaml:2:3: {HAS} 'م' (U+0645), 'ر' (U+0631), 'ح' (U+062D), 'ب' (U+0628), 'ا' (U+0627), 'ل' "
         "(U+0644) and 1 more character, the first of them here; write words of other scripts in Latin letters"),
    ],
    ids=["emoji", "accents", "compatible", "combining", "unseen", "several", "arabic"],
)  # fmt: skip
def test_what_cannot_be_printed_is_one_message_that_says_what_to_write(texts: tuple[str, ...], said: str) -> None:
    assert _told(*texts) == [said]


def test_the_two_faces_of_a_card_tell_it_once() -> None:
    with pytest.raises(ProblemsError) as caught:
        render_card(Card(META, (paragraph("東", 3),), (paragraph("京 東", 9),)), THEME, AVERY_5371)
    assert [str(problem).split(";")[0] for problem in caught.value.problems] == [
        f"content/en.yaml:3:3: {HAS} '東' (U+6771) and '京' (U+4EAC), the first of them here"
    ]
