"""The slide layouts by name: which placeholders each has, where they stand and which slot of a plan each one takes.

Lengths are points on a slide of 960 × 540 (13.333 × 7.5 in); the origin is the top left corner.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

SLIDE_WIDTH = 960.0
SLIDE_HEIGHT = 540.0

Kind = Literal["title", "subTitle", "body", "obj", "chart", "tbl", "pic"]
"""A placeholder type as PresentationML writes it."""

BlockKind = Literal["text", "table", "figure", "picture"]


class Area(Struct, frozen=True):
    """A rectangle on a slide, in points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def part(self, top: float, height: float) -> Area:
        """The strip of this area that starts `top` below its upper edge."""
        return Area(self.x, self.y + top, self.width, height)

    def joined(self, other: Area) -> Area:
        """The smallest rectangle around both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Area(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)


class Placeholder(Struct, frozen=True):
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


class LayoutPanel(Struct, frozen=True):
    """A decorative rectangle of a layout."""

    area: Area
    fill: str


class Layout(Struct, frozen=True):
    """A slide layout of ours.

    `aliases` are other names under which templates have it, `type` its type in PresentationML, the same whatever the
    language of its name. `routes` says which slot takes a block that the template left in `body`, by kind of block;
    `gives_way` which slot takes what a stranger's layout has no place for, slot by slot. A slot of `takes` has the room
    of those that it names where they stay empty.
    """

    name: str
    type: str
    title: Placeholder
    slots: tuple[Placeholder, ...]
    routes: dict[BlockKind, str]
    panels: tuple[LayoutPanel, ...] = ()
    master_shapes: bool = True
    aliases: tuple[str, ...] = ()
    gives_way: dict[str, str] = field(default_factory=dict[str, str])
    takes: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def slot(self, name: str) -> Placeholder:
        """The placeholder of a slot. Raises KeyError for a slot that the layout lacks."""
        for placeholder in self.slots:
            if placeholder.slot == name:
                return placeholder
        raise KeyError(name)

    @property
    def content(self) -> tuple[Placeholder, ...]:
        """The placeholders between title and source."""
        return tuple(slot for slot in self.slots if slot.slot != "source")


LEFT = 44.0
WIDTH = SLIDE_WIDTH - 2 * LEFT
TOP = 120.0
HEIGHT = 338.0
NOTE_HEIGHT = 54.0
SLIM = 324.0
MAIN_X = 392.0
MAIN_WIDTH = LEFT + WIDTH - MAIN_X

TITLE_AREA = Area(LEFT, 26, WIDTH, 74)
SOURCE_AREA = Area(LEFT, 464, WIDTH, 32)
FOOTER_AREA = Area(LEFT, 506, 760, 18)
NUMBER_AREA = Area(LEFT + WIDTH - 80, 506, 80, 18)
RULE_AREA = Area(LEFT, 500, WIDTH, 0.75)
FULL = Area(LEFT, TOP, WIDTH, HEIGHT)
ABOVE_NOTE = Area(LEFT, TOP, WIDTH, HEIGHT - NOTE_HEIGHT - 8)
NOTE_AREA = Area(LEFT, TOP + HEIGHT - NOTE_HEIGHT, WIDTH, NOTE_HEIGHT)

_TITLE = Placeholder("title", "Title", "title", TITLE_AREA, "title", plain=True, strong=True, anchor="b")
_SOURCE = Placeholder("source", "Source", "body", SOURCE_AREA, "source", plain=True, colour="muted", anchor="b")
_NOTE = Placeholder("note", "Note", "body", NOTE_AREA, "table", plain=True, anchor="b")
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
        (LayoutPanel(Area(0, 0, SLIDE_WIDTH, 314), "accent"), LayoutPanel(Area(0, 314, SLIDE_WIDTH, 8), "accent_soft")),
        master_shapes=False,
        gives_way={"details": "subtitle", "figure": "subtitle"},
    ),
    Layout(
        "Section Header",
        "secHead",
        Placeholder("title", "Title", "title", Area(76, 150, 800, 120), "title", 1.3, True, True, "accent", "b"),
        (Placeholder("body", "Text", "body", Area(76, 286, 800, 160), plain=True),),
        {},
        (
            LayoutPanel(Area(0, 0, SLIDE_WIDTH, SLIDE_HEIGHT), "accent_tint"),
            LayoutPanel(Area(LEFT, 190, 10, 172), "accent"),
        ),
        master_shapes=False,
    ),
    Layout(
        "Title and Content",
        "obj",
        _TITLE,
        (Placeholder("body", "Content", "obj", FULL), _SOURCE),
        {},
        aliases=("Title, Content",),
    ),
    Layout(
        "Content and Note",
        "",
        _TITLE,
        (Placeholder("body", "Content", "obj", ABOVE_NOTE), _NOTE, _SOURCE),
        {},
        takes={"body": ("note",)},
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
        aliases=("Title, 2 Content",),
    ),
    Layout(
        "Study",
        "",
        _TITLE,
        (
            Placeholder("facts", "Facts", "body", Area(LEFT, TOP, SLIM, HEIGHT), plain=True),
            Placeholder("chart", "Chart", "chart", Area(MAIN_X, TOP, MAIN_WIDTH, HEIGHT - NOTE_HEIGHT - 8), "table"),
            replace(_NOTE, area=Area(MAIN_X, NOTE_AREA.y, MAIN_WIDTH, NOTE_HEIGHT)),
            _SOURCE,
        ),
        {"text": "facts", "table": "chart", "figure": "chart", "picture": "chart"},
        takes={"chart": ("note", "facts"), "note": ("facts",)},
    ),
    Layout(
        "Table",
        "",
        _TITLE,
        (Placeholder("table", "Table", "tbl", ABOVE_NOTE, "table"), _NOTE, _SOURCE),
        {"text": "note", "table": "table", "figure": "table", "picture": "table"},
        takes={"table": ("note",)},
    ),
    Layout(
        "Picture",
        "",
        _TITLE,
        (
            Placeholder("body", "Text", "body", Area(LEFT, TOP, SLIM, HEIGHT)),
            Placeholder("figure", "Figure", "obj", Area(MAIN_X, TOP, MAIN_WIDTH, HEIGHT), "table"),
            _SOURCE,
        ),
        {"text": "body", "table": "figure", "figure": "figure", "picture": "figure"},
        takes={"figure": ("body",)},
    ),
)
"""Our layouts, in the order in which PowerPoint lists them. A study's chart and a picture share their left edge."""

BY_NAME = {layout.name: layout for layout in LAYOUTS}


def known_slots(layout: str) -> tuple[str, ...]:
    """The slots of a layout that a plan may fill."""
    return tuple(slot.slot for slot in BY_NAME[layout].content)
