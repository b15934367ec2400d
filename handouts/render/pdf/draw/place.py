"""Places: where a drawing of its own coordinates stands on a page, moved, stretched or turned by half a turn."""

from __future__ import annotations

from msgspec import Struct

from handouts.render.pdf.draw.syntax import number


class Place(Struct, frozen=True):
    """Takes (x, y), points from the drawing's top left corner, to (left + across·x, top + down·y) on the page."""

    left: float = 0
    top: float = 0
    across: float = 1
    down: float = 1

    @classmethod
    def turned(cls, left: float, top: float, width: float, height: float) -> Place:
        """A drawing of this size turned by half a turn, its box's top left corner at (left, top)."""
        return cls(left + width, top + height, -1, -1)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the drawing comes to lie."""
        return self.left + self.across * x, self.top + self.down * y

    def box(self, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
        """Where a rectangle comes to lie: left, top, width, height."""
        x1, y1 = self.point(x, y)
        x2, y2 = self.point(x + width, y + height)
        return min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1)

    def upwards(self, of: float, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
        """Where a rectangle comes to lie on a page that is `of` high as PDF has it: left, bottom, right, top."""
        left, top, across, down = self.box(x, y, width, height)
        return left, of - top - down, left + across, of - top

    def matrix(self, height: float, of: float) -> str:
        """The operator that takes a drawing of this height to its place on a page, or in a form, that is `of` high."""
        rise = of - self.top - self.down * height
        return f"{self.across:.6g} 0 0 {self.down:.6g} {number(self.left)} {number(rise)} cm"

    def within(self, outer: Place) -> Place:
        """This place in a drawing that itself stands at `outer`."""
        left, top = outer.point(self.left, self.top)
        return Place(left, top, self.across * outer.across, self.down * outer.down)
