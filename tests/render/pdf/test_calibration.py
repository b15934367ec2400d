"""The calibration sheet is true to a tenth of a millimetre; what is read on it puts cards right on a bad printer."""

from __future__ import annotations

from functools import cache

import pytest
from card_sheets import LOPSIDED, raster
from msgspec.structs import replace
from pdf_samples import THEME, card
from PIL import Image
from tagtree import TaggedPdf
from topic_samples import TODAY, locale
from verapdf import PROFILES, failures

from handouts.compose.calibration import LEAST, MOST, RULERS, compose_calibration, options
from handouts.plan.blocks import words_of
from handouts.problems import ProblemsError
from handouts.render.pdf.calibration import render_calibration
from handouts.render.pdf.card import render_card
from handouts.render.pdf.imposition import corrected
from handouts.theme.fonts import family
from handouts.theme.printing import Correction, Printing

MM = 72 / 25.4
DPI = 600
PX = DPI / 25.4
"""Pixels in a millimetre."""
MEASURE = family("Atkinson Hyperlegible").measure


@cache
def sheet(paper: str = "letter", language: str = "en", printing: Printing | None = None) -> bytes:
    used = printing or Printing()
    return render_calibration(
        compose_calibration(locale(language), paper, TODAY, used, MEASURE), THEME, paper, used
    )  # fmt: skip


@cache
def page(paper: str, number: int) -> Image.Image:
    return raster(sheet(paper), DPI)[number]


def ticks(image: Image.Image) -> list[float]:
    """The middles of the dark stretches along the longer side of a thin strip, in millimetres from its start."""
    long = max(image.size)
    values = [image.getpixel((at, 0) if image.width == long else (0, at)) for at in range(long)]
    edges = [at for at in range(1, long) if (values[at] < 128) != (values[at - 1] < 128)]
    return [(start + stop) / 2 / PX for start, stop in zip(edges[::2], edges[1::2], strict=True)]


def along(image: Image.Image, start: float, stop: float, off: float, *, down: bool) -> list[float]:
    """Where ticks cross a line `off` mm from the other edge, between two distances in mm, from the paper's edge."""
    low, high, at = round(start * PX), round(stop * PX), round(off * PX)
    strip = image.crop((at, low, at + 1, high)) if down else image.crop((low, at, high, at + 1))
    return [low / PX + tick for tick in ticks(strip)]


def edge_scale(paper: str, number: int, *, down: bool) -> list[float]:
    """Where the 21 ticks of scale A or B are; the line across them is one that the shortest ticks still reach."""
    zero = RULERS[paper].edge
    return along(page(paper, number), zero - 5.5, zero + 5.5, 46.8 if down else 30.8, down=down)


def length_scale(paper: str, *, down: bool) -> list[float]:
    """Where the ticks from 96 to 104 percent of scale C or D are."""
    start, length = 62 if down else RULERS[paper].edge, RULERS[paper].length
    low, high = start + length * LEAST / 100 - 0.25, start + length * MOST / 100 + 0.25
    return along(page(paper, 0), low, high, 26.2 if down else 46.8, down=down)


@pytest.mark.parametrize("down", [False, True], ids=["A", "B"])
@pytest.mark.parametrize("number", [0, 1], ids=["front", "back"])
@pytest.mark.parametrize("paper", RULERS)
def test_the_scales_at_the_edges_count_half_millimetres_about_the_readers_mark(
    paper: str, number: int, down: bool
) -> None:
    expected = [RULERS[paper].edge + half / 2 for half in range(-10, 11)]
    assert edge_scale(paper, number, down=down) == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize("down", [False, True], ids=["C", "D"])
@pytest.mark.parametrize("paper", RULERS)
def test_the_scales_of_length_count_quarters_of_a_percent(paper: str, down: bool) -> None:
    start, length = 62 if down else RULERS[paper].edge, RULERS[paper].length
    expected = [start + length * quarter / 400 for quarter in range(4 * LEAST, 4 * MOST + 1)]
    assert length_scale(paper, down=down) == pytest.approx(expected, abs=0.05)
    (thick,) = along(page(paper, 0), start - 2, start + 2, 29 if down else 50, down=down)
    assert thick == pytest.approx(start, abs=0.05)


def read_off(positions: list[float], labels: list[float], mark: float) -> float:
    """The label that stands under a mark of the reader's ruler."""
    for (a, low), (b, high) in zip(
        zip(positions, labels, strict=True), list(zip(positions, labels, strict=True))[1:], strict=False
    ):
        if a <= mark <= b:
            return low + (high - low) * (mark - a) / (b - a)
    raise AssertionError(f"the scale does not reach {mark} mm")


class BadPrinter:
    """Prints everything stretched, and each side moved by millimetres of its own."""

    def __init__(self, across: float, down: float, front: tuple[float, float], back: tuple[float, float]) -> None:
        self.scales, self.moves = (across, down), (front, back)

    def prints(self, value: float, axis: int, side: int) -> float:
        """Where something that was drawn so many millimetres from an edge comes to lie on the paper."""
        return value * self.scales[axis] + self.moves[side][axis]

    def read(self, paper: str) -> Correction:
        """What a person reads off the sheet that it printed."""
        ruler = RULERS[paper]
        halves = [half / 2 for half in range(-10, 11)]
        offsets = [
            read_off([self.prints(t, axis, side) for t in edge_scale(paper, side, down=axis == 1)], halves, ruler.edge)
            for side in (0, 1)
            for axis in (0, 1)
        ]
        percents = [quarter / 4 for quarter in range(4 * LEAST, 4 * MOST + 1)]
        scales: list[float] = []
        for axis in (0, 1):
            start = self.prints(62 if axis else ruler.edge, axis, 0)
            printed = [self.prints(t, axis, 0) - start for t in length_scale(paper, down=axis == 1)]
            scales.append(read_off(printed, percents, ruler.length))
        return Correction(
            offset_x=offsets[0], offset_y=offsets[1], back_offset_x=offsets[2], back_offset_y=offsets[3],
            scale_x=scales[0], scale_y=scales[1],
        )  # fmt: skip


@pytest.mark.parametrize("paper", RULERS)
@pytest.mark.parametrize(
    "printer",
    [
        BadPrinter(1, 1, (0, 0), (0, 0)),
        BadPrinter(1, 1, (1.5, -0.8), (1.5, -0.8)),
        BadPrinter(0.985, 1.012, (2.1, -1.3), (-0.6, 0.9)),
    ],
    ids=["true", "off", "off and stretched"],
)
def test_what_is_read_puts_the_cards_right(printer: BadPrinter, paper: str) -> None:
    correction = printer.read(paper)
    meant = TaggedPdf(render_card(card(), THEME, LOPSIDED))
    corrected = TaggedPdf(render_card(card(), THEME, LOPSIDED, Printing(correction=correction)))
    for wanted, drawn in zip(meant.drawn, corrected.drawn, strict=True):
        printed = (printer.prints(drawn.x / MM, 0, drawn.page), printer.prints((792 - drawn.y) / MM, 1, drawn.page))
        assert printed == pytest.approx((wanted.x / MM, (792 - wanted.y) / MM), abs=0.15)


def test_a_corrected_sheet_reads_zero_on_its_printer() -> None:
    printer = BadPrinter(0.99, 1.01, (1, -2), (1, -2))
    correction = printer.read("letter")
    again = raster(sheet(printing=Printing(correction=correction)), DPI)[0]
    place = corrected(correction, back=False)
    for axis, line in ((0, 30.8), (1, 46.8)):
        off = place.point(line * MM, line * MM)[1 - axis] / MM
        found = along(again, 18, 33, off, down=axis == 1)
        assert len(found) == 21
        assert printer.prints(found[10], axis, 0) == pytest.approx(25.4, abs=0.1)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("paper", "language"), [("letter", "en"), ("a4", "es")])
def test_the_sheet_conforms(paper: str, language: str, profile: str) -> None:
    correction = Correction(offset_x=1, scale_y=99)
    for printing in (None, Printing("short-edge", correction=correction)):
        assert failures(sheet(paper, language, printing), profile) == []


@pytest.mark.parametrize(("paper", "language"), [("letter", "en"), ("a4", "en"), ("letter", "es"), ("a4", "es")])
def test_the_sheet_says_how_to_print_it_and_what_to_type(paper: str, language: str) -> None:
    pdf = TaggedPdf(sheet(paper, language))
    said = " ".join(pdf.words())
    plan = compose_calibration(locale(language), paper, TODAY, Printing(), MEASURE)
    planned = " ".join(words_of((*page.heading, *page.blocks)) for page in plan.pages)
    assert said.split() == planned.split()
    for needed in ("100", "--save NAME", "--offset x,y", "--scale across,down", RULERS[paper].length_words):
        assert needed in said
    assert ("never “fit to page”" in said) == (language == "en")
    alts = [str(figure.raw.Alt) for figure in pdf.tree.find("Figure")]
    assert len(alts) == len(set(alts[:4])) + 2 == 6
    assert str(pdf.pdf.Root.ViewerPreferences.PrintScaling) == "/None"


def test_the_sheet_names_the_edge_to_turn_it_on_and_the_correction_it_has() -> None:
    correction = Correction(offset_x=-0.5, back_offset_x=1.25, scale_x=100.4)
    printing = Printing("short-edge", correction=correction)
    pdf = TaggedPdf(sheet(printing=printing))
    said = " ".join(pdf.words())
    assert "flipped on the short edge" in said
    assert "Printed with --offset -0.5,0 --back-offset 1.25,0 --scale 100.4,100." in said
    assert str(pdf.pdf.Root.ViewerPreferences.Duplex) == "/DuplexFlipShortEdge"
    assert options(Correction()) == ""
    assert "Printed with" not in " ".join(TaggedPdf(sheet()).words())


def test_words_too_many_for_the_sheet_are_refused() -> None:
    fixed = {**locale("en").fixed, "calibration_turn": "Turn the sheet over. " * 200}
    wordy = replace(locale("en"), fixed=fixed)
    plan = compose_calibration(wordy, "letter", TODAY, Printing(), MEASURE)
    with pytest.raises(
        ProblemsError, match=r"a calibration sheet are [0-9]+ mm too long for their place; shorten the texts of the"
    ):
        render_calibration(plan, THEME, "letter", Printing())


def test_a_locale_without_its_words_is_told_so() -> None:
    fixed = {key: text for key, text in locale("en").fixed.items() if key != "calibration_save"}
    with pytest.raises(ProblemsError, match="LOCALE01 error: has no 'calibration_save'"):
        compose_calibration(replace(locale("en"), fixed=fixed), "a4", TODAY, Printing(), MEASURE)
