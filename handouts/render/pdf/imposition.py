"""Imposition: card stock and a print run in, the pages out: which faces stand on them and where, and where to cut.

Which way a sheet is turned makes no difference to the cards: a back is upright when its card is turned sideways. Where
the sheet is turned the other way, the printed backs therefore stand on their heads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from handouts.render.pdf.draw.place import Place
from handouts.render.pdf.layout.setting import MM
from handouts.theme.printing import REFERENCE, Correction, Printing
from handouts.theme.sheet import Flip, Sheet

Slot = tuple[float, float]
"""The top left corner of a card's front in points."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points."""
Line = tuple[float, float, float, float]
"""A straight line from (x, y) to (x, y) in points."""

_MARK_GAP = 2 * MM
"""Between the cut and the crop mark, so that no mark stays on a card that was cut a little wide."""
_PAST_BLEED = 0.5 * MM
_MARK_LENGTH = 3 * MM


class Page(Struct, frozen=True):
    """One side of a sheet: where fronts and backs stand, and the lines along which to cut and to fold.

    All of it is moved and stretched by `correction`.
    """

    correction: Place
    fronts: tuple[Place, ...] = ()
    backs: tuple[Place, ...] = ()
    cuts: tuple[Line, ...] = ()
    folds: tuple[Line, ...] = ()


def impose(sheet: Sheet, printing: Printing) -> tuple[Page, ...]:
    """The pages of a print run in the order in which a printer takes them: front, back, front, back.

    Raises ValueError for a first card that the sheet does not have.
    """
    on_front, on_back = (corrected(printing.correction, back=back) for back in (False, True))
    pages: list[Page] = []
    for slots in _runs(sheet, printing):
        fronts = tuple(Place(x, y) for x, y in slots)
        cuts = tuple(_crop_marks(sheet, slots)) if sheet.crop_marks else ()
        if sheet.fold_over:
            pages.append(Page(on_front, fronts, tuple(_beside(sheet, slots)), cuts, tuple(_folds(sheet, slots))))
        else:
            pages.append(Page(on_front, fronts=fronts, cuts=cuts))
            pages.append(Page(on_back, backs=tuple(_behind(sheet, slots, printing.flip))))
    return tuple(pages)


def corrected(correction: Correction, *, back: bool) -> Place:
    """How a whole page is moved and stretched for a printer, the point at `REFERENCE` being moved alone."""
    x, y = correction.offset(back=back)
    across, down = correction.scale_x / 100, correction.scale_y / 100
    return Place((x + REFERENCE * (1 - across)) * MM, (y + REFERENCE * (1 - down)) * MM, across, down)


def _runs(sheet: Sheet, printing: Printing) -> Iterator[tuple[Slot, ...]]:
    """The slots that are used of each sheet."""
    if not 1 <= printing.start_at <= sheet.cards:
        raise ValueError(f"the sheet {sheet.name} has {sheet.cards} cards; there is no card {printing.start_at}")
    slots, skipped = sheet.slots(), printing.start_at - 1
    left = sheet.cards - skipped if printing.count is None else printing.count
    while left > 0:
        used = slots[skipped : skipped + left]
        yield used
        left, skipped = left - len(used), 0


def _behind(sheet: Sheet, slots: Iterable[Slot], flip: Flip | None) -> Iterator[Place]:
    (paper_width, paper_height), (width, height) = sheet.paper_size, sheet.card_size
    for x, y in slots:
        if flip in (None, sheet.usual_flip):
            yield Place(paper_width - x - width, y)
        else:
            yield Place.turned(x, paper_height - y - height, width, height)


def _beside(sheet: Sheet, slots: Iterable[Slot]) -> Iterator[Place]:
    for x, y in slots:
        yield Place(x + sheet.card_size[0], y)


def _folds(sheet: Sheet, slots: Iterable[Slot]) -> Iterator[Line]:
    """The line between front and back, and as far past it as crop marks reach."""
    (width, height), reach = sheet.card_size, _MARK_GAP + _MARK_LENGTH
    for x, y in slots:
        yield x + width, y - reach, x + width, y + height + reach


def _crop_marks(sheet: Sheet, slots: Iterable[Slot]) -> Iterator[Line]:
    """Two lines outward from each corner of what is cut out, but for those that would run over another card."""
    taken = [_cut_out(sheet, slot, sheet.bleed_size) for slot in sheet.slots()]
    near = max(_MARK_GAP, sheet.bleed_size + _PAST_BLEED)
    seen: set[tuple[int, ...]] = set()
    for slot in slots:
        left, top, right, bottom = _cut_out(sheet, slot, 0)
        for x, way_x in ((left, -1), (right, 1)):
            for y, way_y in ((top, -1), (bottom, 1)):
                for line in (
                    (x + way_x * near, y, x + way_x * (near + _MARK_LENGTH), y),
                    (x, y + way_y * near, x, y + way_y * (near + _MARK_LENGTH)),
                ):
                    key = tuple(round(value * 100) for value in line)
                    if key not in seen and not any(_touch(line, box) for box in taken):
                        seen.add(key)
                        yield line


def _cut_out(sheet: Sheet, slot: Slot, bleed: float) -> Box:
    (x, y), (width, height) = slot, sheet.card_size
    return x - bleed, y - bleed, x + width * (2 if sheet.fold_over else 1) + bleed, y + height + bleed


def _touch(line: Line, box: Box) -> bool:
    slack = 0.01
    (x1, x2), (y1, y2) = sorted((line[0], line[2])), sorted((line[1], line[3]))
    left, top, right, bottom = box
    return x2 > left - slack and x1 < right + slack and y2 > top - slack and y1 < bottom + slack
