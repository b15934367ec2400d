"""Plans to render in tests: a handout and a card with every kind of block, and small ones made to measure."""

from __future__ import annotations

import io

from msgspec.structs import replace
from PIL import Image as Raster

from handouts.figures.qr import qr
from handouts.figures.shapes import Ellipse, Figure, Label, Path, Rect
from handouts.model.image import Image
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
from handouts.plan.documents import Card, Footer, Handout, Meta
from handouts.plan.text import Run, Runs
from handouts.problems import Origin
from handouts.theme.schema import HandoutTheme, Theme
from handouts.theme.sheet import Sheet

THEME = Theme(handout=HandoutTheme(margin=54, margin_top=46, margin_bottom=54))
META = Meta("Ixazomib: what the studies found", "en-US", "MMRF", "Ixazomib", "2026-01-15", "2024-03", "draft")
FOOTER = Footer("As of March 2024 · DRAFT, not yet approved by a clinician", "Page {page} of {pages}")
AVERY_5371 = Sheet(
    schema_version=1, name="avery-5371", description="business cards", paper="letter", unit="in", card_width=3.5,
    card_height=2.0, columns=2, rows=5, left=0.75, top=0.5, pitch_x=3.5, pitch_y=2.0,
)  # fmt: skip
PHONE = "tel:+18666036628"


def runs(text: str, line: int = 1, *, strong: bool = False, href: str | None = None, lang: str | None = None) -> Runs:
    return (Run(text, strong, href, lang, origin=Origin("content/en.yaml", line, 3)),)


def paragraph(text: str, line: int = 1) -> Paragraph:
    return Paragraph(runs(text, line))


def handout(*blocks: Block, footer: Footer = FOOTER) -> Handout:
    return Handout(META, blocks, footer)


def with_pages(least: int, most: int, theme: Theme = THEME) -> Theme:
    """A theme whose handout has so many pages."""
    shape = replace(theme.handout, pages_least=least, pages_most=most)
    return replace(theme, handout=shape)


def drawing() -> Figure:
    shapes = (
        Rect(0, 0, 190, 60, fill="accent_tint", stroke="rule", radius=4),
        Ellipse(30, 30, 12, 12, fill="accent"),
        Path((("M", 60, 20), ("L", 90, 20), ("C", 95, 20, 95, 40, 90, 40), ("L", 60, 40), ("Z",)), stroke="ink"),
        Label(150, 34, "Proteins", 11, strong=True, anchor="middle"),
    )
    return Figure("picture", 190, 60, shapes, "A cell's recycling unit takes proteins apart.")


def logo(media: str) -> Image:
    buffer = io.BytesIO()
    if media == "image/jpeg":
        Raster.new("RGB", (60, 30), "#0B5C8A").save(buffer, "JPEG")
        return Image(buffer.getvalue(), "image/jpeg", 60, 30)
    Raster.new("RGBA", (60, 30), (11, 92, 138, 120)).save(buffer, "PNG")
    return Image(buffer.getvalue(), "image/png", 60, 30)


def full_handout() -> Handout:
    """Every kind of block on two pages."""
    return handout(
        Paragraph(runs("For patients · Multiple myeloma"), "eyebrow"),
        Heading(1, runs("Ixazomib: what the studies found")),
        Box("message", (Paragraph(runs("A capsule that slows how myeloma cells recycle proteins."), "lead"),)),
        Box("changed", (Heading(3, runs("What has changed")), _list("bullet", "Approved in 2015.", "Label of 2024."))),
        Grid((
            Column(7, (Heading(2, runs("Key facts")), _list("bullet", *(f"{_FACT} {n}." for n in range(5))))),
            Column(5, (Heading(2, runs("How it works")), FigureBlock(drawing(), runs("A recycling unit.")))),
        )),
        Paragraph((
            Run("It was tested with "), Run("Revlimid", strong=True), Run(" (lenalidomide); "),
            Run("read what the label says about it at the regulator's pages", href="https://example.org/label"),
            Run(", or ask: "), Run("¿Habla usted español? Pregunte en recepción", lang="es"), Run("."),
        )),
        Group((Heading(2, runs("Side effects")), _table()), new_page=True),
        Group((Heading(2, runs("Questions to ask")), ListBlock((
            Item(runs("Is it an option for me?"), 1), Item(runs("Which side effects should I watch for?"), 1),
        ), "checkbox")), keep=True),
        _list("number", "First, call.", "Then, wait."),
        _list("none", "No mark here."),
        Grid((
            Column(6, (paragraph("Bring this sheet to your next visit."),)),
            Column(6, (Box("hotline", (
                Heading(2, runs("Find a trial")),
                Paragraph(runs("1-866-603-MMCT", href=PHONE), "number"),
                FigureBlock(qr(PHONE, module=2.4, alt="QR code that calls 1-866-603-6628")),
            )),)),
        )),
        Box("clinic", (
            Picture(logo("image/png"), "Logo of Riverside Clinic"), Picture(logo("image/jpeg"), ""),
            paragraph("Riverside Clinic, open Monday to Friday."),
        )),
        Paragraph(runs("MMRF, about 2013; US label, March 2024."), "source"),
    )  # fmt: skip


_FACT = "It can work when myeloma has come back, also after other medicines, says fact number"


def _list(marker: str, *items: str) -> ListBlock:
    return ListBlock(tuple(Item(runs(item)) for item in items), marker)  # pyright: ignore[reportArgumentType]


def _table() -> Table:
    head = tuple(Cell(runs(text)) for text in ("Side effect", "How often", "Call when"))
    rows = tuple(
        (Cell(runs(name), "row"), Cell(runs("28 in 100"), align="right"), Cell(runs(call)))
        for name, call in (("Low platelets", "you bleed or bruise"), ("Rash", "it spreads"), ("Numb hands", ""))
    )
    return Table(head, rows, (2, 1, 2), "Side effects, how often, and when to call")


def card() -> Card:
    front = Grid((
        Column(7, (
            Paragraph(runs("Multiple myeloma"), "eyebrow"),
            Paragraph(runs("I am interested in a clinical trial"), "lead"),
            paragraph("1-866-603-6628"),
        )),
        Column(5, (FigureBlock(qr(PHONE, module=2.6, alt="QR code that calls 1-866-603-6628")),)),
    ))  # fmt: skip
    back = (*(Paragraph(runs(label), "rule-line") for label in ("Name", "Doctor", "Clinic phone")),
            paragraph("Emergency: call 911."), Paragraph(runs("As of March 2024 · version 1"), "note"))  # fmt: skip
    number = Paragraph(runs("1-866-603-MMCT", href=PHONE), "number")
    return Card(META, (front, number), back)
