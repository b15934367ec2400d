"""A locale's words, a paper and a correction → the plan of a sheet that shows how far off a printer prints.

Each scale is read where a ruler's mark meets it, and reads the correction itself: nobody has to subtract.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from handouts.compose.edition import PRODUCT
from handouts.compose.fill import fixed_word
from handouts.figures.ruler import Axis, Tick, ruler
from handouts.figures.shapes import Measure
from handouts.model.locale import Locale
from handouts.plan.blocks import Block, Heading, Item, ListBlock, Paragraph
from handouts.plan.documents import Calibration, CalibrationPage, Gauge, Meta
from handouts.plan.text import Run, Runs
from handouts.theme.printing import Correction, Printing

MM = 72 / 25.4
SAVE = "handouts calibrate --save NAME --offset x,y --back-offset x,y --scale across,down"
USE = "handouts build --format card --printer NAME"
LEAST, MOST = 96, 104
"""Percent that the scales of length reach."""


class Ruler(Struct, frozen=True):
    """The marks of the reader's ruler under which to read: near an edge, and at a length. In words and millimetres."""

    edge: float
    edge_words: str
    length: float
    length_words: str


RULERS = {"letter": Ruler(25.4, "1 in", 152.4, "6 in"), "a4": Ruler(25, "25 mm", 150, "150 mm")}
"""Paper → a ruler in the units that go with it."""


def compose_calibration(locale: Locale, paper: str, today: date, printing: Printing, measure: Measure) -> Calibration:
    """The plan of both sides. Raises ProblemsError for a word that the locale lacks."""
    used = RULERS[paper]
    flip = printing.flip or "long-edge"

    def said(key: str, **values: str) -> Runs:
        return (Run(fixed_word(locale, f"calibration_{key}", **values)),)

    def edge(name: str, axis: Axis, off: float) -> Gauge:
        alt = fixed_word(locale, "calibration_edge_alt", name=name, edge=used.edge_words)
        return _gauge(_millimetres(), axis, used.edge, off, name, measure, alt)

    def length(name: str, axis: Axis, start: float, off: float) -> Gauge:
        alt = fixed_word(
            locale, "calibration_length_alt", name=name, length=used.length_words, least=str(LEAST), most=str(MOST)
        )
        return _gauge(_percent(used.length), axis, start, off, name, measure, alt)

    edges = (edge("A", "across", 30), edge("B", "down", 46))
    title = fixed_word(locale, "calibration")
    steps = ListBlock(
        (
            Item(said("print", flip=fixed_word(locale, flip.replace("-", "_")))),
            Item(said("edges", edge=used.edge_words)),
            Item(said("lengths", length=used.length_words)),
            Item(said("turn")),
        ),
        "number",
    )
    applied = options(printing.correction)
    front: tuple[Block, ...] = (
        *((Paragraph(said("applied", options=applied)),) if applied else ()),
        steps,
        Paragraph(said("save")),
        Paragraph((Run(SAVE, strong=True),)),
        Paragraph(said("use")),
        Paragraph((Run(USE, strong=True),)),
    )
    back = (Paragraph(said("again", edge=used.edge_words)),)
    meta = Meta(title, locale.language, PRODUCT, title, today.isoformat(), "", "draft")
    lengths = (length("C", "across", used.edge, 46), length("D", "down", 62, 25.4))
    return Calibration(
        meta,
        (
            CalibrationPage((Heading(1, (Run(title),)),), front, (*edges, *lengths)),
            CalibrationPage((Heading(1, said("back")),), back, edges),
        ),
    )


def options(correction: Correction) -> str:
    """A correction as it is typed on the command line; empty where there is none."""
    front, back = correction.offset(back=False), correction.offset(back=True)
    parts = [
        f"--offset {front[0]:g},{front[1]:g}" if front != (0, 0) else "",
        f"--back-offset {back[0]:g},{back[1]:g}" if back != front else "",
        f"--scale {correction.scale_x:g},{correction.scale_y:g}"
        if (correction.scale_x, correction.scale_y) != (100, 100)
        else "",
    ]
    return " ".join(part for part in parts if part)


def _millimetres() -> tuple[Tick, ...]:
    """From -5 to +5 mm by halves; every fifth is labelled."""
    halves = range(-10, 11)
    labels = {-10: "−5", 0: "0", 10: "+5"}
    return tuple(Tick(n * MM / 2, 14 if n in labels else 9 if n % 2 == 0 else 5, labels.get(n, "")) for n in halves)


def _percent(length: float) -> tuple[Tick, ...]:
    """A thick mark at the start, one each centimetre, and from 96 to 104 percent of `length` one each quarter."""
    quarters = range(4 * LEAST, 4 * MOST + 1)
    labels = {4 * LEAST: str(LEAST), 400: "100", 4 * MOST: str(MOST)}
    start = Tick(0, 14, width=1.6)
    centimetres = (Tick(n * 10 * MM, 5) for n in range(1, int(length * LEAST / 1000) + 1))
    fine = (
        Tick(n / 400 * length * MM, 14 if n in labels else 9 if n % 4 == 0 else 5, labels.get(n, "")) for n in quarters
    )
    return (start, *centimetres, *fine)


def _gauge(
    ticks: tuple[Tick, ...], axis: Axis, start: float, off: float, name: str, measure: Measure, alt: str
) -> Gauge:
    """A scale whose zero is `start` mm along the page and whose line is `off` mm from the other edge."""
    figure, (x, y) = ruler(ticks, axis, name=name, measure=measure, alt=alt)
    left, top = (start, off) if axis == "across" else (off, start)
    return Gauge(figure, left * MM - x, top * MM - y)
