"""How cards are printed: which edge the sheet is turned on, which cards of a sheet are used, and what a printer needs
corrected. Lengths are millimetres on the printed side: x to the right, y downwards."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

Flip = Literal["long-edge", "short-edge"]
"""The edge of the paper on which a printer turns it to print the other side."""
USUAL: dict[str, str] = {"letter": "avery-5371", "a4": "a4-cards"}
"""Paper → the stock for cards where none is asked for."""

MOST_OFFSET = 15.0
"""Millimetres. A printer that is further off is loaded with other paper, or fits pages to it."""
LEAST_SCALE, MOST_SCALE = 94.0, 106.0
"""Percent. What fits a page to the paper shrinks it to 94 to 97."""
REFERENCE = 25.4
"""Millimetres from the left and from the top edge of the point that scaling leaves where it is."""


class Correction(Struct, frozen=True):
    """By how much a printer's pages are moved and stretched before they are printed, so that they come out right.

    The backs are moved like the fronts unless `back_offset_x` and `back_offset_y` say otherwise.
    """

    offset_x: float = 0.0
    offset_y: float = 0.0
    back_offset_x: float | None = None
    back_offset_y: float | None = None
    scale_x: float = 100.0
    scale_y: float = 100.0

    def offset(self, *, back: bool) -> tuple[float, float]:
        """Millimetres by which a side is moved to the right and down."""
        x = self.back_offset_x if back else None
        y = self.back_offset_y if back else None
        return self.offset_x if x is None else x, self.offset_y if y is None else y


class Printing(Struct, frozen=True):
    """One print run. Without `flip` the sheet is turned like the page of a book; without `count` it is filled.

    `start_at` is the first card used, counted row by row from 1; more cards than a sheet holds go on on the next.
    `printer` names the correction, for the file's name.
    """

    flip: Flip | None = None
    start_at: int = 1
    count: int | None = None
    correction: Correction = field(default_factory=Correction)
    printer: str = ""
