"""Where faces, crop marks and folds come to lie on the pages of a print run, before anything is drawn."""

from __future__ import annotations

import pytest
from card_sheets import SHEETS, TWO_SIDED, shipped
from msgspec.structs import replace

from handouts.render.pdf.draw.place import Place
from handouts.render.pdf.imposition import corrected, impose
from handouts.render.pdf.layout.setting import MM
from handouts.theme.printing import Correction, Printing
from handouts.theme.sheet import Flip, Sheet


def physical(place: Place, sheet: Sheet, flip: Flip) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where a back's own top left and bottom right corner are, seen through the paper from the front."""
    width, height = sheet.paper_size
    sideways = (flip == "long-edge") == (height >= width)
    corners = (place.point(0, 0), place.point(*sheet.card_size))
    first, last = ((width - x, y) if sideways else (x, height - y) for x, y in corners)
    return first, last


@pytest.mark.parametrize("flip", ["long-edge", "short-edge"])
@pytest.mark.parametrize("name", TWO_SIDED)
def test_a_back_is_behind_its_front_and_upright_when_its_card_is_turned_sideways(name: str, flip: Flip) -> None:
    sheet = SHEETS[name]
    fronts, backs = impose(sheet, Printing(flip=flip, start_at=sheet.cards // 3 + 1))
    for front, back in zip(fronts.fronts, backs.backs, strict=True):
        width, height = sheet.card_size
        (x, y), (x2, y2) = physical(back, sheet, flip)
        # The back's left edge is behind the front's right one, its upper edge behind the upper one.
        assert (x, y) == pytest.approx((front.left + width, front.top), abs=1e-6)
        assert (x2, y2) == pytest.approx((front.left, front.top + height), abs=1e-6)


@pytest.mark.parametrize("name", TWO_SIDED)
def test_the_usual_flip_leaves_the_backs_upright_on_the_screen(name: str) -> None:
    sheet = SHEETS[name]
    assert impose(sheet, Printing()) == impose(sheet, Printing(flip=sheet.usual_flip))
    assert {(place.across, place.down) for place in impose(sheet, Printing())[1].backs} == {(1, 1)}


@pytest.mark.parametrize(
    ("start_at", "count", "used"),
    [
        (1, None, [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]),
        (8, None, [[7, 8, 9]]),
        (4, 2, [[3, 4]]),
        (10, 1, [[9]]),
        (9, 5, [[8, 9], [0, 1, 2]]),
        (1, 21, [list(range(10)), list(range(10)), [0]]),
    ],
)
def test_a_run_begins_at_any_card_and_goes_on_on_the_next_sheet(
    start_at: int, count: int | None, used: list[list[int]]
) -> None:
    sheet = shipped("avery-5371")
    pages = impose(sheet, Printing(start_at=start_at, count=count))
    assert len(pages) == 2 * len(used)
    for number, slots in enumerate(used):
        assert [(p.left, p.top) for p in pages[2 * number].fronts] == [sheet.slots()[slot] for slot in slots]
        assert len(pages[2 * number + 1].backs) == len(slots)
        assert not pages[2 * number].backs
        assert not pages[2 * number + 1].fronts


@pytest.mark.parametrize("start_at", [0, 11, -1])
def test_a_card_that_the_sheet_does_not_have_cannot_be_the_first(start_at: int) -> None:
    with pytest.raises(ValueError, match="has 10 cards"):
        impose(shipped("avery-5371"), Printing(start_at=start_at))


@pytest.mark.parametrize("name", ["fold-over", "fold-over-a4"])
def test_a_fold_over_card_is_one_page_with_its_back_at_the_right_of_its_front(name: str) -> None:
    sheet = SHEETS[name]
    (page,) = impose(sheet, Printing())
    width, height = sheet.card_size
    assert [(b.left - f.left, b.top - f.top) for f, b in zip(page.fronts, page.backs, strict=True)] == [
        pytest.approx((width, 0))
    ] * sheet.cards
    for (x1, y1, x2, y2), front in zip(page.folds, page.fronts, strict=True):
        assert (x1, x2) == pytest.approx((front.left + width, front.left + width))
        assert y1 < front.top
        assert y2 > front.top + height


@pytest.mark.parametrize("name", SHEETS)
def test_crop_marks_point_at_the_corners_and_keep_off_every_card_and_its_bleed(name: str) -> None:
    sheet = SHEETS[name]
    page = impose(sheet, Printing())[0]
    width, height = sheet.card_size[0] * (2 if sheet.fold_over else 1), sheet.card_size[1]
    if not sheet.crop_marks:
        assert page.cuts == ()
        return
    assert len(page.cuts) == 8 * sheet.cards
    bleed = sheet.bleed_size
    for x1, y1, x2, y2 in page.cuts:
        assert x1 == pytest.approx(x2) or y1 == pytest.approx(y2)
        for x, y in sheet.slots():
            apart_across = max(x1, x2) <= x - bleed or min(x1, x2) >= x + width + bleed
            apart_down = max(y1, y2) <= y - bleed or min(y1, y2) >= y + height + bleed
            assert apart_across or apart_down
    upright = {round(x1, 3) for x1, _, x2, _ in page.cuts if x1 == pytest.approx(x2)}
    level = {round(y1, 3) for _, y1, _, y2 in page.cuts if y1 == pytest.approx(y2)}
    assert upright == {round(x + side, 3) for x, _ in sheet.slots() for side in (0, width)}
    assert level == {round(y + side, 3) for _, y in sheet.slots() for side in (0, height)}


def test_cards_that_touch_are_marked_at_the_outside_alone() -> None:
    sheet = replace(shipped("avery-5371"), crop_marks=True)
    cuts = impose(sheet, Printing())[0].cuts
    # Three columns' and six rows' edges, each marked at both ends.
    assert len(cuts) == 2 * 3 + 2 * 6


def test_a_correction_moves_and_stretches_about_one_inch_from_the_corner() -> None:
    place = corrected(Correction(offset_x=1, offset_y=-2, scale_x=101, scale_y=99), back=False)
    assert place.point(72, 72) == pytest.approx((72 + MM, 72 - 2 * MM))
    assert place.point(72 + 100, 72 + 100) == pytest.approx((72 + MM + 101, 72 - 2 * MM + 99))


def test_backs_are_moved_like_fronts_or_on_their_own() -> None:
    same = Correction(offset_x=1, offset_y=2)
    assert corrected(same, back=True) == corrected(same, back=False)
    own = replace(same, back_offset_x=-1.0, back_offset_y=0.0)
    assert corrected(own, back=True).point(0, 0) == pytest.approx((-MM, 0))


def test_a_place_within_another_takes_a_point_through_both() -> None:
    outer, inner = Place(10, 20, 2, 3), Place.turned(1, 2, 30, 40)
    for point in ((0, 0), (30, 40), (5, 7)):
        assert inner.within(outer).point(*point) == pytest.approx(outer.point(*inner.point(*point)))
    assert Place.turned(1, 2, 30, 40).box(0, 0, 30, 40) == (1, 2, 30, 40)
