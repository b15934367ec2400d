"""Plans of decks for the tests: a small deck that uses every layout, and the pieces to build others from."""

from __future__ import annotations

import io

from PIL import Image as PillowImage
from topic_samples import OWN

from handouts.figures.shapes import Bar, Chart, Ellipse, Figure, Label, Path, Rect
from handouts.model.image import Image
from handouts.plan.blocks import (
    Block,
    Box,
    Cell,
    FigureBlock,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Picture,
    Table,
)
from handouts.plan.documents import Deck, Meta, Slide
from handouts.plan.text import Run, Runs
from handouts.problems import Origin
from handouts.render.pptx import deck as renderer
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

META = Meta("Ixazomib", "en-US", "Myeloma Clinic", "Early studies", "2026-03-10", "about 2013", "draft")
ORIGIN = Origin("content/x/en.yaml", 7, 3)


def render_deck(plan: Deck, theme: Theme, file: TemplateFile = OWN) -> bytes:
    """A deck on our own template or another."""
    return renderer.render_deck(plan, theme, file)


def words(text: str, *, strong: bool = False) -> Runs:
    return (Run(text, strong=strong, origin=ORIGIN),)


def para(text: str) -> Paragraph:
    return Paragraph(words(text))


def bullets(*items: str) -> ListBlock:
    return ListBlock(tuple(Item(words(item)) for item in items))


def table(rows: int, columns: int = 3, text: str = "cell") -> Table:
    head = tuple(Cell(words(f"Column {c}"), "column") for c in range(columns))
    body = tuple(
        tuple(Cell(words(f"{text} {r} {c}"), "row" if c == 0 else None) for c in range(columns)) for r in range(rows)
    )
    return Table(head, body, (1.0,) * columns, "What the rows compare")


def facts(columns: int = 3) -> Table:
    """What a study is, in a row."""
    head = tuple(Cell(words(f"Fact {c}"), "column") for c in range(columns))
    return Table(head, (tuple(Cell(words(f"what it is {c}")) for c in range(columns)),), (1.0,) * columns,
                 "What the rows compare", role="facts")  # fmt: skip


def rates() -> FigureBlock:
    bars = (
        Bar("ORR", 13.043, "6 of 46 · 13.0%", 4.94, 26.26),
        Bar("At the chosen dose", 26, "26%, as published", main=False),
    )
    chart = Chart("Response, % of 46 evaluable", bars, interval_name="exact 95% interval")
    return FigureBlock(Figure("rates", 400, 200, (), "6 of 46 responded, 13.0%.", (), chart))


def stacked() -> FigureBlock:
    bars = (Bar("CR", 12 / 52 * 100, "12"), Bar("PR", 35 / 52 * 100, "35"), Bar("less", 5 / 52 * 100, "5", main=False))
    return FigureBlock(
        Figure("part_bar", 400, 100, (), "12, 35 and 5 of 52.", (), Chart("Of 52", bars, stacked=True)),
        words("Parts of the 52."),
    )


def drawing() -> FigureBlock:
    shapes = (
        Rect(0, 0, 100, 60, "accent_tint", "accent", 1, 6),
        Ellipse(50, 30, 20, 10, "caution_tint"),
        Path((("M", 0, 0), ("L", 50, 30), ("C", 60, 40, 70, 40, 80, 30), ("Z",)), None, "ink"),
        Label(50, 55, "protein & parts", 8, anchor="middle"),
    )
    return FigureBlock(Figure("picture", 100, 60, shapes, "A cell with its recycling unit."), words("Not to scale."))


def logo(alt: str = "Logo of the clinic") -> Picture:
    out = io.BytesIO()
    PillowImage.new("RGB", (40, 20), "#0B5C8A").save(out, "PNG")
    return Picture(Image(out.getvalue(), "image/png", 40, 20), alt)


def slide(layout: str, title: str, section: str = "", source: str = "", **slots: tuple[Block, ...]) -> Slide:
    notes = (para(f"Say about {title}:"), bullets("the denominator"))
    return Slide(layout, words(title), dict(slots), notes, words(source) if source else (), section)


def deck(*slides: Slide, footer: str = "Ixazomib · draft") -> Deck:
    return Deck(META, slides, footer)


def full_deck() -> Deck:
    changed = Box("changed", (Heading(3, words("Since then")), bullets("approved in 2015")))
    title = {"subtitle": (para("A briefing"),), "details": (para("2026"),), "figure": (logo(),)}
    body = (bullets("oral", "second generation"), para("So."))
    study = {"facts": (facts(),), "chart": (rates(),), "note": (para("Do not compare."),)}
    return deck(
        slide("Title Slide", "Ixazomib", "Opening", **title),
        slide("Section Header", "The drug", "Drug", body=(para("What it is"),)),
        slide("Title and Content", "What it is", "Drug", "MMRF", body=body),
        slide("Two Content", "What changed", "Drug", "Label", left=(bullets("a pill"),), right=(changed,)),
        slide("Picture", "How it works", "Drug", "MMRF", body=(bullets("it blocks"),), figure=(drawing(),)),
        slide("Study", "6 of 46 responded", "Studies", "Blood", **study),
        slide("Study", "All 52", "Studies", "Lancet", facts=(para("Phase I/II"),), chart=(stacked(),)),
        slide("Take-home", "Both at once", "Take-home", "Label", body=(bullets("benefit", "harm"),)),
        slide("Table", "Side effects", "Safety", "Label", table=(table(4),), note=(para("Any grade."),)),
    )
