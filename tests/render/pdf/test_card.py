"""Cards lie on their stock to a tenth of a millimetre, scan, and their backs are behind their fronts."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, reduce

import pytest
import zxingcpp
from card_sheets import LOPSIDED, SHEETS, TWO_SIDED, crop, crops, drawn, marks, raster, shipped, through_the_paper
from pdf_samples import META, PHONE, THEME, card, paragraph, runs
from PIL import Image, ImageChops, ImageOps
from tagtree import Drawn, TaggedPdf
from topic_samples import FOLDERS, edition_of, shipped_plans

from handouts.plan.blocks import Column, Grid, Paragraph
from handouts.plan.documents import Card
from handouts.problems import ProblemsError
from handouts.render.pdf.card import BAND, render_card
from handouts.theme.printing import Correction, Printing
from handouts.theme.sheet import Flip, Sheet

MM = 72 / 25.4
DPI = 300
PIXEL = 72 / DPI
TENTH = 0.1 * MM


@cache
def rasters(name: str, flip: Flip | None = None, start_at: int = 1, count: int | None = None) -> list[Image.Image]:
    return raster(drawn(name, flip, start_at, count), DPI)


@cache
def sides(name: str) -> tuple[list[Image.Image], list[Image.Image]]:
    """Every card's front and back as they are cut out, the back as it is seen when the card is turned."""
    sheet, pages = SHEETS[name], rasters(name)
    if sheet.fold_over:
        behind = [crop(pages[0], x + sheet.card_size[0], y, sheet, DPI) for x, y in sheet.slots()]
    else:
        seen = through_the_paper(pages[1], sheet.usual_flip)
        behind = [ImageOps.mirror(one) for one in crops(seen, sheet, DPI)]
    return list(crops(pages[0], sheet, DPI)), behind


def ink_box(image: Image.Image) -> tuple[int, int, int, int]:
    box = marks(image).getbbox()
    assert box, "something is drawn there"
    return box


# Where things are


@pytest.mark.parametrize("name", SHEETS)
def test_every_card_stands_in_its_place_to_a_tenth_of_a_millimetre(name: str) -> None:
    sheet = SHEETS[name]
    pdf, height = TaggedPdf(drawn(name)), sheet.paper_size[1]
    width = sheet.card_size[0]
    fronts, folded = sheet.slots(), sheet.fold_over
    backs = [(x + width if folded else sheet.paper_size[0] - x - width, y) for x, y in fronts]
    for face, page, slots in (("/FormXob.Front", 0, fronts), ("/FormXob.Back", 0 if folded else 1, backs)):
        corners = [(s.x, height - s.y - sheet.card_size[1]) for s in pdf.shown if (s.name, s.page) == (face, page)]
        assert len(corners) == sheet.cards - 1
        for corner, slot in zip(corners, slots[1:], strict=True):
            assert corner == pytest.approx(slot, abs=TENTH)
    for page, slots in ((0, fronts),) if folded else ((0, fronts), (1, backs)):
        pieces: dict[str, list[Drawn]] = {}
        for piece in pdf.drawn:
            if piece.page == page:
                pieces.setdefault(piece.text, []).append(piece)
        assert pieces
        for same in pieces.values():
            assert len(same) == sheet.cards
            within = [(p.x - x, height - p.y - y) for p, (x, y) in zip(same, slots, strict=True)]
            for place in within:
                # The same on every card, and on the card at all.
                assert place == pytest.approx(within[0], abs=TENTH)
                assert 3 * MM - TENTH <= place[0] <= width * (2 if sheet.fold_over else 1)


@pytest.mark.parametrize("name", SHEETS)
def test_all_cards_of_a_sheet_look_the_same(name: str) -> None:
    for faces in sides(name):
        boxes = [ink_box(face) for face in faces]
        assert len(boxes) == SHEETS[name].cards
        for edges in zip(*boxes, strict=True):
            # One pixel is 0.085 mm.
            assert max(edges) - min(edges) <= 1


@pytest.mark.parametrize("name", [name for name, sheet in SHEETS.items() if not sheet.bleed])
def test_nothing_is_drawn_within_three_millimetres_of_the_cut_or_between_cards(name: str) -> None:
    sheet, clear = SHEETS[name], int(3 * MM / PIXEL)
    for page, faces in zip(rasters(name), sides(name), strict=False):
        inside = sum(marks(ImageOps.crop(face, clear)).histogram()[255] for face in faces)
        assert inside > 0
        if sheet.fold_over or sheet.crop_marks:
            for face in faces:
                # The fold itself is at one edge of each face.
                rim = ImageOps.crop(face, 2)
                assert marks(rim).histogram()[255] == marks(ImageOps.crop(face, clear)).histogram()[255]
        else:
            assert inside == marks(page).histogram()[255]


def test_on_stock_that_bleeds_only_the_band_comes_near_the_cut() -> None:
    name = "id-1-letter"
    sheet, clear = SHEETS[name], int(3 * MM / PIXEL)
    for face in (face for faces in sides(name) for face in faces):
        above = face.height - round(BAND / PIXEL) - 1
        rest = face.crop((0, 0, face.width, above))
        inside = ImageOps.crop(rest, (clear, clear, clear, clear - face.height + above))
        assert inside.getextrema()[0] < 255
        assert marks(rest).histogram()[255] == marks(inside).histogram()[255]
        band = face.crop((0, above + 3, face.width, face.height))
        assert band.getextrema()[1] < 200
    page = rasters(name)[0]
    for x, y in sheet.slots():
        left = int((x - sheet.bleed_size) / PIXEL) + 2
        foot = int((y + sheet.card_size[1] + sheet.bleed_size) / PIXEL) - 2
        width = int((sheet.card_size[0] + 2 * sheet.bleed_size) / PIXEL) - 4
        assert page.crop((left, foot - 4, left + width, foot)).getextrema()[1] < 200
        below = page.crop((left + 50, foot + 6, left + width - 50, foot + 10))
        assert below.getextrema() == (255, 255)


@pytest.mark.parametrize("name", [name for name, sheet in SHEETS.items() if sheet.crop_marks])
def test_crop_marks_are_drawn_where_to_cut(name: str) -> None:
    sheet, dpi = SHEETS[name], 600
    page = raster(drawn(name), dpi)[0]
    width = sheet.card_size[0] * (2 if sheet.fold_over else 1)
    scale = dpi / 72
    for slot_x, slot_y in sheet.slots():
        for x in (slot_x, slot_x + width):
            # A strip across the mark above the card: its dark columns are the mark.
            top = round((slot_y - 4.5 * MM) * scale)
            strip = page.crop((round((x - MM) * scale), top, round((x + MM) * scale), top + 4))
            left, _, right, _ = ink_box(strip)
            assert (left + right) / 2 - MM * scale == pytest.approx(0, abs=TENTH * scale)


def test_the_fold_is_dashed_between_front_and_back() -> None:
    sheet = SHEETS["fold-over"]
    page = rasters("fold-over")[0]
    x, y = sheet.slots()[0]
    fold = round((x + sheet.card_size[0]) / PIXEL)
    strip = page.crop((fold - 6, round(y / PIXEL), fold + 6, round((y + sheet.card_size[1]) / PIXEL)))
    left, _, right, _ = ink_box(strip)
    assert (left + right) / 2 - 6 == pytest.approx(0, abs=TENTH / PIXEL)
    rows = [strip.crop((0, row, 12, row + 1)).getextrema()[0] < 200 for row in range(strip.height)]
    assert 0.3 < sum(rows) / len(rows) < 0.7


# Both sides of one sheet


@pytest.mark.parametrize("flip", ["long-edge", "short-edge"])
@pytest.mark.parametrize("name", TWO_SIDED)
def test_backs_land_behind_fronts(name: str, flip: Flip) -> None:
    sheet = SHEETS[name]
    start_at, count = (1, 1) if sheet.cards == 1 else (4, 4)
    front, back = rasters(name, flip, start_at, count)
    behind = through_the_paper(back, flip)
    assert behind.size == front.size
    for index, (this, that) in enumerate(zip(crops(front, sheet, DPI), crops(behind, sheet, DPI), strict=True)):
        used = start_at - 1 <= index < start_at - 1 + count
        for face in (this, that):
            inside = marks(ImageOps.crop(face, int(2.9 * MM / PIXEL))).getbbox()
            assert (inside is not None) == used
            if used:
                left, _, right, _ = ink_box(face)
                assert left < face.width * 0.12
                assert right > face.width * 0.88


@pytest.mark.parametrize("name", TWO_SIDED)
def test_it_makes_no_difference_to_the_paper_on_which_edge_it_was_turned(name: str) -> None:
    start_at = SHEETS[name].cards // 3 + 1
    one, other = (
        marks(through_the_paper(rasters(name, flip, start_at)[1], flip)) for flip in ("long-edge", "short-edge")
    )
    assert beyond(one, other) == beyond(other, one) == 0
    # Turned on the other edge than meant, the same page is another.
    wrong = marks(through_the_paper(rasters(name, "long-edge", start_at)[1], "short-edge"))
    assert beyond(one, wrong) > 1000


def beyond(image: Image.Image, other: Image.Image) -> int:
    """How many marks of an image are further than a pixel (0.085 mm) from every mark of the other."""
    steps = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
    near = reduce(ImageChops.lighter, (ImageChops.offset(other, *step) for step in steps))
    return ImageChops.subtract(image, near).histogram()[255]


@pytest.mark.parametrize(
    ("name", "flip", "duplex"),
    [
        ("avery-5371", None, "/DuplexFlipLongEdge"),
        ("avery-5371", "short-edge", "/DuplexFlipShortEdge"),
        ("single", None, "/DuplexFlipShortEdge"),
        ("fold-over", None, "/Simplex"),
    ],
)
def test_the_file_asks_to_be_printed_as_it_is(name: str, flip: Flip | None, duplex: str) -> None:
    pdf = TaggedPdf(drawn(name, flip)).pdf
    preferences = pdf.Root.ViewerPreferences
    assert str(preferences.PrintScaling) == "/None"
    assert str(preferences.Duplex) == duplex


# Correction


@pytest.mark.parametrize("flip", [None, "short-edge"])
def test_a_correction_moves_all_that_is_drawn(flip: Flip | None) -> None:
    correction = Correction(offset_x=1.2, offset_y=-0.7, back_offset_x=-2, back_offset_y=0.3, scale_x=100.5, scale_y=99)
    plain = TaggedPdf(render_card(card(), THEME, LOPSIDED, Printing(flip)))
    moved = TaggedPdf(render_card(card(), THEME, LOPSIDED, Printing(flip, correction=correction)))
    assert len(plain.drawn) == len(moved.drawn) > 20
    for before, after in zip(plain.drawn, moved.drawn, strict=True):
        x, y = correction.offset(back=before.page == 1)
        assert after.x == pytest.approx(72 + (before.x - 72) * 1.005 + x * MM, abs=TENTH)
        assert 792 - after.y == pytest.approx(72 + (792 - before.y - 72) * 0.99 + y * MM, abs=TENTH)


def test_links_and_figures_say_where_they_are_once_moved() -> None:
    correction = Correction(offset_x=3, offset_y=2, scale_x=102, scale_y=98)
    pdf = TaggedPdf(render_card(card(), THEME, LOPSIDED, Printing(start_at=4, correction=correction)))
    (number,) = [p for p in pdf.drawn if "MMCT" in p.text and p.mcid is not None]
    (link,) = pdf.pdf.pages[0].Annots
    left, foot, right, top = (float(side) for side in link.Rect)
    assert left == pytest.approx(number.x, abs=0.1)
    assert foot < number.y < top
    assert right == pytest.approx(number.x + number.width * 1.0, rel=0.03)
    (figure,) = pdf.tree.find("Figure")
    box = [float(side) for side in figure.attribute("/BBox")]
    (shown,) = [s for s in pdf.shown if s.mcid is not None]
    assert box[:2] == pytest.approx([shown.x, shown.y], abs=0.1)


# The code


@pytest.mark.sampled(3)
@pytest.mark.parametrize("dpi", [300, 150])
@pytest.mark.parametrize("name", SHEETS)
def test_the_code_of_every_card_scans(name: str, dpi: int) -> None:
    sheet = SHEETS[name]
    data = render_card(shipped_plans("ixazomib").card, THEME, sheet)
    for face in crops(raster(data, dpi)[0], sheet, dpi):
        (code,) = zxingcpp.read_barcodes(face)
        assert (code.text, code.ec_level) == (PHONE, "Q")


@pytest.mark.parametrize("name", SHEETS)
def test_the_code_is_black_on_white_with_its_quiet_zone(name: str) -> None:
    sheet, dpi = SHEETS[name], 600
    data = render_card(shipped_plans("ixazomib").card, THEME, sheet)
    face = next(crops(raster(data, dpi)[0], sheet, dpi))
    (code,) = zxingcpp.read_barcodes(face)
    corners = [code.position.top_left, code.position.bottom_right]
    (left, top), (right, foot) = ((corner.x, corner.y) for corner in corners)
    module = (right - left) / 25
    assert module * 25.4 / dpi >= 0.4
    quiet = int(4 * module) - 2
    around = face.crop((left - quiet, top - quiet, right + quiet, foot + quiet))
    assert around.getextrema() == (0, 255)
    inner = (quiet - 3, quiet - 3, around.width - quiet + 3, around.height - quiet + 3)
    around.paste(255, inner)
    assert around.getextrema() == (255, 255)


# Type


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("topic", FOLDERS)
def test_no_type_is_below_seven_points_and_no_number_to_call_below_eleven(topic: str, name: str) -> None:
    pdf = TaggedPdf(render_card(shipped_plans(topic).card, THEME, SHEETS[name]))
    assert min(piece.size for piece in pdf.drawn) >= 7
    to_call = re.compile(r"[+\d][\d() -]{6,}")
    numbers = [piece for piece in pdf.drawn if to_call.fullmatch(piece.text)]
    asked = edition_of(FOLDERS[topic], topic).topic.contacts.values()
    assert bool(numbers) == any(contact.dial for contact in asked)
    assert all(piece.size >= 11 for piece in numbers)
    assert not numbers or max(piece.size for piece in pdf.drawn) == max(piece.size for piece in numbers)


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("number", ["1-866-603-6628", "+49 800 555 0134 21", "988"])
def test_a_number_to_call_stands_on_one_line_as_large_as_that_allows(number: str, name: str) -> None:
    paragraph = Paragraph(runs(number, href="tel:+1"), "number")
    front = Grid((Column(8, (paragraph,)), Column(4, (Paragraph(runs("Scan")),))))
    pdf = TaggedPdf(render_card(Card(META, (front,), ()), THEME, SHEETS[name], Printing(count=1)))
    (drawn_number,) = [piece for piece in pdf.drawn if piece.text == number]
    column = (SHEETS[name].card_size[0] - 2 * THEME.card.margin + THEME.card.gutter) * 8 / 12 - THEME.card.gutter
    usual = THEME.card.scale.number.size
    assert drawn_number.width <= column + 0.01
    assert 11 <= drawn_number.size <= usual
    # A quarter of a point more would be too wide.
    assert drawn_number.size == usual or drawn_number.width * (1 + 0.25 / drawn_number.size) > column


# One card to read


@pytest.mark.parametrize("name", SHEETS)
def test_a_card_is_content_once_and_its_repeats_are_artifacts(name: str) -> None:
    sheet = SHEETS[name]
    start_at = sheet.cards // 2 + 1
    pdf = TaggedPdf(drawn(name, None, start_at, sheet.cards + 1))
    assert [part.tag for part in pdf.tree.kids if not isinstance(part, str)] == ["Sect", "Sect"]
    said = pdf.words()
    assert len(said) == len(set(said))
    assert said.index("1-866-603-MMCT") < said.index("Name") < said.index("As of March 2024 · version 1")
    counts = Counter(piece.text for piece in pdf.drawn)
    assert set(counts.values()) == {sheet.cards + 1}
    assert {piece.page for piece in pdf.drawn if piece.mcid is not None} <= {0, 1}


# What cannot be printed


def test_a_face_with_too_much_on_it_is_refused() -> None:
    crowded = Card(META, tuple(paragraph("Too many words for a small card.", n) for n in range(1, 30)), ())
    told = r"en.yaml:29:3: FIT01 error: 'Too many words for a small…' ends \d+ mm past the foot of the card's front"
    with pytest.raises(ProblemsError, match=told):
        render_card(crowded, THEME, shipped("avery-5371"))


def test_a_word_that_is_wider_than_the_card_is_refused_and_not_cut() -> None:
    wide = Card(META, (Paragraph(runs("Beispielozomibtrimethoxalatkombinationspackung", 7), "lead"),), ())
    told = r"en.yaml:7:3: PDF02 error: 'Beispiel.*' is \d+\.\d mm wider than its column and cannot be broken"
    with pytest.raises(ProblemsError, match=told):
        render_card(wide, THEME, shipped("avery-5371"))


@pytest.mark.parametrize("href", [PHONE, "sms:+18666036628"])
def test_a_number_to_call_or_to_write_to_in_small_type_is_refused(href: str) -> None:
    small = Card(META, (Paragraph(runs("1-866-603-6628", 7, href=href), "small"),), ())
    told = r"en.yaml:7:3: PDF05 error: the telephone number '1-866-603-6628' is set at 7.5 pt; the least is 11 pt"
    with pytest.raises(ProblemsError, match=told):
        render_card(small, THEME, shipped("avery-5371"))


def test_a_sheet_without_a_card_of_that_number_cannot_be_begun_there() -> None:
    with pytest.raises(ValueError, match="the sheet avery-5371 has 10 cards; there is no card 11"):
        render_card(card(), THEME, shipped("avery-5371"), Printing(start_at=11))


def test_sheets_are_as_many_as_the_cards_need() -> None:
    sheet: Sheet = shipped("avery-5371")
    assert len(TaggedPdf(render_card(card(), THEME, sheet, Printing(start_at=9, count=13))).pdf.pages) == 6
