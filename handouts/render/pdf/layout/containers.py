"""Boxes that hold boxes: parts kept together, panels set off from the page, and columns side by side."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from handouts.plan.blocks import BoxRole
from handouts.render.pdf.draw.canvas import TaggedCanvas
from handouts.render.pdf.layout.boxes import Flow, LayoutBox, draw_stack, stack_height
from handouts.render.pdf.layout.setting import Knobs
from handouts.theme.schema import ColourRole


class Look(Struct, frozen=True):
    """How a panel is set off: fill and stroke roles, stroke width in points; or only a bar at its left, of a role, or a
    rule above it. `text` is the role of all text in it, where that is not the type scale's matter.
    """

    fill: str | None = None
    text: ColourRole | None = None
    stroke: str | None = None
    stroke_width: float = 0
    bar: str | None = None
    rule_above: bool = False

    @property
    def padded(self) -> bool:
        """Whether the content keeps away from the panel's edges."""
        return self.fill is not None or self.stroke is not None


LOOKS: dict[BoxRole, Look] = {
    "message": Look(fill="accent_tint"),
    "changed": Look(bar="accent"),
    "hotline": Look(fill="accent_tint", stroke="accent", stroke_width=2.5),
    # Care cards: the more urgent, the heavier the frame, so that a grey copy tells them apart too.
    "non_urgent": Look(stroke="accent", stroke_width=1.5),
    "urgent": Look(fill="caution_tint", stroke="caution", stroke_width=2.5),
    "emergency": Look(fill="caution_tint", stroke="ink", stroke_width=4),
    "banner": Look(fill="accent", text="on_accent"),
    "caution": Look(fill="caution_tint", stroke="caution", stroke_width=0.75),
    "clinic": Look(rule_above=True),
    # As plain as a sheet of notepaper: nothing of the topic looks like it.
    "note": Look(stroke="muted", stroke_width=1),
    "plain": Look(),
}
RADIUS = 4.0
BAR = 5.0
"""Width in points of the bar at a panel's left."""


class Stack(Struct):
    """Boxes under each other that no page break parts."""

    boxes: Sequence[LayoutBox]
    flow: Flow

    def height(self, knobs: Knobs) -> float:
        """Height in points."""
        return stack_height(self.boxes, knobs)

    def draw(self, canvas: TaggedCanvas, x: float, y: float, knobs: Knobs, room: float) -> None:
        """Draw the boxes in order."""
        draw_stack(self.boxes, canvas, x, y, knobs, room=room)


class Panel(Struct):
    """Boxes set off from the page by a tint, an outline or a rule."""

    boxes: Sequence[LayoutBox]
    look: Look
    width: float
    padding: float
    flow: Flow

    def height(self, knobs: Knobs) -> float:
        """Height in points, the padding included."""
        return stack_height(self.boxes, knobs) + self._top(knobs) + self._bottom(knobs)

    def draw(self, canvas: TaggedCanvas, x: float, y: float, knobs: Knobs, room: float) -> None:
        """Draw the panel as high as `room` when that is higher, its content at the top."""
        look, inset = self.look, self.look.stroke_width / 2
        if look.padded:
            canvas.rect(
                x + inset,
                y + inset,
                self.width - 2 * inset,
                max(self.height(knobs), room) - 2 * inset,
                fill=look.fill,
                stroke=look.stroke,
                stroke_width=look.stroke_width,
                radius=RADIUS,
            )
        elif look.bar:
            canvas.rect(x, y, BAR, max(self.height(knobs), room), fill=look.bar)
        elif look.rule_above:
            canvas.line(x, y + 0.4, x + self.width, y + 0.4, role="rule", width=0.8)
        left = x + side_padding(look, self.padding)[0]
        draw_stack(self.boxes, canvas, left, y + self._top(knobs), knobs)

    def _top(self, knobs: Knobs) -> float:
        if self.look.padded:
            return (self.padding * 0.85 + self.look.stroke_width) * _breath(knobs)
        if self.look.bar:
            return self.padding * 0.25 * _breath(knobs)
        return self.padding * 0.75 * _breath(knobs) if self.look.rule_above else 0

    def _bottom(self, knobs: Knobs) -> float:
        if self.look.bar:
            return self.padding * 0.5 * _breath(knobs)
        return (self.padding + self.look.stroke_width) * _breath(knobs) if self.look.padded else 0


def side_padding(look: Look, padding: float) -> tuple[float, float]:
    """Free space at the left and at the right inside a panel, in points."""
    if look.bar:
        return BAR + padding * 1.35, 0
    side = padding * 1.35 + look.stroke_width if look.padded else 0
    return side, side


def _breath(knobs: Knobs) -> float:
    """Padding moves with the white space around it, but less."""
    return 0.6 + 0.4 * knobs.space


class GridRow(Struct):
    """Columns side by side, their tops aligned; each is its boxes, its offset from the left and its width."""

    columns: Sequence[tuple[Sequence[LayoutBox], float]]
    flow: Flow

    def height(self, knobs: Knobs) -> float:
        """Height of the highest column in points."""
        return max((stack_height(boxes, knobs) for boxes, _ in self.columns), default=0)

    def draw(self, canvas: TaggedCanvas, x: float, y: float, knobs: Knobs, room: float) -> None:
        """Draw the columns from left to right; one that is a single panel becomes as high as the row."""
        height = self.height(knobs)
        for boxes, offset in self.columns:
            draw_stack(boxes, canvas, x + offset, y, knobs, room=height)
