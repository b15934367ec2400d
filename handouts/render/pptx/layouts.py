"""The slide layouts by name: which placeholders each has, where they stand and which slot of a plan each one takes.

Lengths are points on a slide of 960 × 540 (13.333 × 7.5 in); the origin is the top left corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SLIDE_WIDTH = 960.0
SLIDE_HEIGHT = 540.0

Kind = Literal["title", "subTitle", "body", "obj", "chart", "tbl", "pic"]
"""A placeholder type as PresentationML writes it."""

BlockKind = Literal["text", "table", "figure", "picture"]


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a slide, in points."""

    x: float
    y: float
    width: float
    height: float

    def part(self, top: float, height: float) -> Area:
        """The strip of this area that starts `top` below its upper edge."""
        return Area(self.x, self.y + top, self.width, height)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One placeholder: the slot it takes, its name, type and area, and how its text differs from the master's.

    `size` names a size of the deck theme; `scale` multiplies it. `plain` text has no bullet at its first level.
    """

    slot: str
    name: str
    kind: Kind
    area: Area
    size: Literal["title", "body", "table", "label", "source"] = "body"
    scale: float = 1
    plain: bool = False
    strong: bool = False
    colour: str = "ink"
    anchor: Literal["t", "ctr", "b"] = "t"


@dataclass(frozen=True, slots=True)
class Panel:
    """A decorative rectangle of a layout."""

    area: Area
    fill: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A slide layout. `routes` says which slot takes a block that the template left in `body`, by kind of block."""

    name: str
    type: str
    title: Placeholder
    slots: tuple[Placeholder, ...]
    routes: dict[BlockKind, str]
    panels: tuple[Panel, ...] = ()
    master_shapes: bool = True

    def slot(self, name: str) -> Placeholder:
        """The placeholder of a slot. Raises KeyError for a slot that the layout lacks."""
        for placeholder in self.slots:
            if placeholder.slot == name:
                return placeholder
        raise KeyError(name)


LEFT = 44.0
WIDTH = SLIDE_WIDTH - 2 * LEFT
TOP = 120.0
HEIGHT = 338.0
SLIM = 270.0
MAIN_X = 346.0
MAIN_WIDTH = LEFT + WIDTH - MAIN_X

TITLE_AREA = Area(LEFT, 26, WIDTH, 74)
SOURCE_AREA = Area(LEFT, 464, WIDTH, 32)
FOOTER_AREA = Area(LEFT, 506, 760, 18)
NUMBER_AREA = Area(LEFT + WIDTH - 80, 506, 80, 18)
RULE_AREA = Area(LEFT, 500, WIDTH, 0.75)
FULL = Area(LEFT, TOP, WIDTH, HEIGHT)
CHART_AREA = Area(MAIN_X, TOP, MAIN_WIDTH, 194)
TABLE_AREA = Area(MAIN_X, 324, MAIN_WIDTH, 134)

_TITLE = Placeholder("title", "Title", "title", TITLE_AREA, "title", plain=True, strong=True)
_SOURCE = Placeholder("source", "Source", "body", SOURCE_AREA, "source", plain=True, colour="muted", anchor="b")
_FACTS = Area(LEFT, TOP, SLIM, HEIGHT)
_HALF = (WIDTH - 32) / 2

LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "Title Slide",
        "title",
        Placeholder("title", "Title", "title", Area(LEFT, 50, WIDTH, 156), "title", 1.4, True, True, "on_accent", "b"),
        (
            Placeholder(
                "subtitle", "Subtitle", "subTitle", Area(LEFT, 222, WIDTH, 76), "body", 1.1, True, False, "on_accent"
            ),
            Placeholder("details", "Details", "body", Area(LEFT, 342, 590, 152), "table", plain=True),
            Placeholder("figure", "Logo", "pic", Area(684, 342, 232, 120)),
        ),
        {"text": "details", "table": "details", "figure": "figure", "picture": "figure"},
        (Panel(Area(0, 0, SLIDE_WIDTH, 314), "accent"), Panel(Area(0, 314, SLIDE_WIDTH, 8), "accent_soft")),
        master_shapes=False,
    ),
    Layout(
        "Section Header",
        "secHead",
        Placeholder("title", "Title", "title", Area(76, 150, 800, 120), "title", 1.3, True, True, "accent", "b"),
        (Placeholder("body", "Text", "body", Area(76, 286, 800, 160), plain=True),),
        {},
        (Panel(Area(0, 0, SLIDE_WIDTH, SLIDE_HEIGHT), "accent_tint"), Panel(Area(LEFT, 190, 10, 172), "accent")),
        master_shapes=False,
    ),
    Layout(
        "Title and Content",
        "obj",
        _TITLE,
        (Placeholder("body", "Content", "obj", FULL), _SOURCE),
        {},
    ),
    Layout(
        "Two Content",
        "twoObj",
        _TITLE,
        (
            Placeholder("left", "Left Content", "obj", Area(LEFT, TOP, _HALF, HEIGHT)),
            Placeholder("right", "Right Content", "obj", Area(LEFT + _HALF + 32, TOP, _HALF, HEIGHT)),
            _SOURCE,
        ),
        {"text": "left", "table": "right", "figure": "right", "picture": "right"},
    ),
    Layout(
        "Study",
        "",
        _TITLE,
        (
            Placeholder("facts", "Facts", "body", _FACTS, "table"),
            Placeholder("chart", "Chart", "chart", CHART_AREA, "table"),
            Placeholder("table", "Table", "tbl", TABLE_AREA, "table"),
            _SOURCE,
        ),
        {"text": "facts", "table": "table", "figure": "chart", "picture": "chart"},
    ),
    Layout(
        "Table",
        "",
        _TITLE,
        (
            Placeholder("table", "Table", "tbl", Area(LEFT, TOP, WIDTH, 276), "table"),
            Placeholder("note", "Note", "body", Area(LEFT, 408, WIDTH, 50), "table", anchor="b"),
            _SOURCE,
        ),
        {"text": "note", "table": "table", "figure": "table", "picture": "table"},
    ),
    Layout(
        "Picture",
        "",
        _TITLE,
        (
            Placeholder("body", "Text", "body", _FACTS),
            Placeholder("figure", "Figure", "obj", Area(MAIN_X, TOP, MAIN_WIDTH, HEIGHT), "table"),
            _SOURCE,
        ),
        {"text": "body", "table": "figure", "figure": "figure", "picture": "figure"},
    ),
)
"""Our layouts, in the order in which PowerPoint lists them. A study's chart and a picture share their left edge."""

BY_NAME = {layout.name: layout for layout in LAYOUTS}
