"""Cards lie on their stock to a tenth of a millimetre, scan, and their backs are behind their fronts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pypdfium2
import pytest
import zxingcpp
from pdf_samples import AVERY_5371, META, PHONE, THEME, card, paragraph
from PIL import Image, ImageOps
from tagtree import TaggedPdf

from handouts.plan.documents import Card
from handouts.problems import ProblemsError
from handouts.render.pdf.card import render_card
from handouts.theme.sheet import Sheet

MM = 72 / 25.4
DPI = 300
PIXEL = 72 / DPI
LOPSIDED = AVERY_5371.model_copy(update={"left": 0.3, "top": 0.4, "pitch_x": 3.75, "pitch_y": 2.05})


@cache
def rasters(sheet: Sheet) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(render_card(card(), THEME, sheet))
    pages = [page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L") for page in document]
    document.close()
    return pages


def seen_from_front(sheet: Sheet) -> list[Image.Image]:
    """The front, and the back as it shows through the paper."""
    front, back = rasters(sheet)
    return [front, ImageOps.mirror(back)]


@pytest.fixture(params=[AVERY_5371, LOPSIDED], ids=["avery-5371", "lopsided"])
def sheet(request: pytest.FixtureRequest) -> Sheet:
    return request.param


def crops(page: Image.Image, sheet: Sheet) -> Iterator[Image.Image]:
    width, height = (round(side / PIXEL) for side in sheet.card_size)
    for x, y in sheet.slots():
        left, top = round(x / PIXEL), round(y / PIXEL)
        yield page.crop((left, top, left + width, top + height))


def marks(image: Image.Image) -> Image.Image:
    """What is not paper, as white on black."""
    return image.point([255 if value < 200 else 0 for value in range(256)])


FACES = {"/Front", "/Back"}


def test_repeats_stand_where_the_stock_has_its_cards() -> None:
    pdf = TaggedPdf(render_card(card(), THEME, AVERY_5371))
    for page in (0, 1):
        shown = [(s.x, 792 - s.y - 144) for s in pdf.shown if s.page == page and s.mcid is None and s.name in FACES]
        expected = [((612 - 252 - x if page else x), y) for x, y in AVERY_5371.slots()[1:]]
        assert len(shown) == len(expected) == 9
        for place, slot in zip(shown, expected, strict=True):
            assert place == pytest.approx(slot, abs=0.1 * MM)


def test_all_cards_of_a_page_look_the_same(sheet: Sheet) -> None:
    for page in seen_from_front(sheet):
        boxes = [marks(crop).getbbox() for crop in crops(page, sheet)]
        assert len(boxes) == 10
        for sides in zip(*boxes, strict=True):
            # One pixel is 0.085 mm.
            assert max(sides) - min(sides) <= 1


def test_nothing_is_drawn_near_the_cut_or_between_cards(sheet: Sheet) -> None:
    clear = int(3 * MM / PIXEL)
    for page in seen_from_front(sheet):
        total = marks(page).histogram()[255]
        inside = sum(marks(ImageOps.crop(crop, clear)).histogram()[255] for crop in crops(page, sheet))
        assert inside == total > 0


def test_backs_are_behind_fronts_when_the_sheet_is_turned_on_its_long_edge(sheet: Sheet) -> None:
    front, back = seen_from_front(sheet)
    for front_crop, back_crop in zip(crops(front, sheet), crops(back, sheet), strict=True):
        for crop in (front_crop, back_crop):
            left, _, right, _ = marks(crop).getbbox()
            assert left < crop.width * 0.12
            assert right > crop.width * 0.88


@pytest.mark.parametrize("shrink", [1, 2], ids=["300 dpi", "150 dpi"])
def test_the_code_of_every_card_scans(shrink: int) -> None:
    for crop in crops(rasters(AVERY_5371)[0], AVERY_5371):
        (code,) = zxingcpp.read_barcodes(crop.reduce(shrink) if shrink > 1 else crop)
        assert code.text == PHONE


def test_no_type_is_below_seven_points() -> None:
    pdf = TaggedPdf(render_card(card(), THEME, AVERY_5371))
    assert min(piece.size for piece in pdf.drawn) >= 7
    assert {piece.size for piece in pdf.drawn if "MMCT" in piece.text} == {THEME.card.scale.number.size}


def test_the_sheet_asks_to_be_printed_as_it_is() -> None:
    pdf = TaggedPdf(render_card(card(), THEME, AVERY_5371)).pdf
    preferences = pdf.Root.ViewerPreferences
    assert str(preferences.PrintScaling) == "/None"
    assert str(preferences.Duplex) == "/DuplexFlipLongEdge"


def test_a_face_with_too_much_on_it_is_refused() -> None:
    crowded = Card(META, tuple(paragraph("Too many words for a small card.", n) for n in range(1, 30)), ())
    told = r"en.yaml:29:3: FIT01 error: 'Too many words for a small…' ends \d+ mm past the foot of the card's front"
    with pytest.raises(ProblemsError, match=told):
        render_card(crowded, THEME, AVERY_5371)
