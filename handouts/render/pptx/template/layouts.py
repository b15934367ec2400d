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
    `gives_way` which slot takes what a stranger's layout has no place for, slot by slot. Slots of `hugs` are as high as
    their words; a slot of `takes` has the room that those that it names leave. `eyebrow`, where the part of the deck is
    named above the title, stands in our own template alone. `else_as` is the layout of a slide for which this one of a
    stranger's has no room.
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
    hugs: tuple[str, ...] = ("note",)
    eyebrow: Placeholder | None = None
    else_as: str = ""

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


LEFT = 42.0
WIDTH = SLIDE_WIDTH - 2 * LEFT
TOP = 122.0
HEIGHT = 340.0
NOTE_HEIGHT = 54.0
FACTS_HEIGHT = 90.0
GAP = 10.0
GUTTER = 28.0
PICTURE_WIDTH = 584.0
"""Points of a picture's width, two thirds of the room between the margins."""
PANEL_WIDTH = 320.0
"""Points of the accent panel at the left of a section's slide, a third of it."""

EYEBROW_AREA = Area(LEFT, 18, WIDTH, 18)
TITLE_AREA = Area(LEFT, 38, WIDTH, 72)
SOURCE_AREA = Area(LEFT, 466, WIDTH, 30)
FOOTER_AREA = Area(LEFT, 506, 760, 18)
NUMBER_AREA = Area(LEFT + WIDTH - 80, 506, 80, 18)
RULE_AREA = Area(LEFT, 500, WIDTH, 0.75)
TAB_AREA = Area(LEFT, 0, 72, 8)
"""The accent tab that hangs from the upper edge of every slide, at the left edge of all that is said."""
FULL = Area(LEFT, TOP, WIDTH, HEIGHT)
ABOVE_NOTE = Area(LEFT, TOP, WIDTH, HEIGHT - NOTE_HEIGHT - GAP)
NOTE_AREA = Area(LEFT, TOP + HEIGHT - NOTE_HEIGHT, WIDTH, NOTE_HEIGHT)

_ON_ACCENT = "on_accent"
_TITLE = Placeholder("title", "Title", "title", TITLE_AREA, "title", plain=True, strong=True)
_EYEBROW = Placeholder("eyebrow", "Eyebrow", "body", EYEBROW_AREA, "label", 0.875, plain=True, colour="accent")
_SOURCE = Placeholder("source", "Source", "body", SOURCE_AREA, "source", plain=True, colour="muted", anchor="b")
_NOTE = Placeholder("note", "Note", "body", NOTE_AREA, "table", plain=True, anchor="b")
_HALF = (WIDTH - 32) / 2
_FOOT = RULE_AREA.y
"""The accent ground ends above the foot, which is the same on every slide."""
_BESIDE_PANEL = PANEL_WIDTH + GUTTER
_BESIDE_WIDTH = LEFT + WIDTH - _BESIDE_PANEL
_CHART_TOP = TOP + FACTS_HEIGHT + GAP

LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "Title Slide",
        "title",
        Placeholder("title", "Title", "title", Area(LEFT, 56, WIDTH, 164), "title", 1.6, True, True, _ON_ACCENT, "b"),
        (
            Placeholder(
                "subtitle", "Subtitle", "subTitle", Area(LEFT, 234, WIDTH, 76), "body", 1.1, True, False, _ON_ACCENT
            ),
            Placeholder("details", "Details", "body", Area(LEFT, 346, 590, 150), "table", plain=True),
            Placeholder("figure", "Logo", "pic", Area(LEFT + WIDTH - 232, 346, 232, 120)),
        ),
        {"text": "details", "table": "details", "figure": "figure", "picture": "figure"},
        (LayoutPanel(Area(0, 0, SLIDE_WIDTH, 326), "accent"), LayoutPanel(TAB_AREA, _ON_ACCENT)),
        master_shapes=False,
        gives_way={"details": "subtitle", "figure": "subtitle"},
    ),
    Layout(
        "Section Header",
        "secHead",
        Placeholder(
            "title",
            "Title",
            "title",
            Area(LEFT, TITLE_AREA.y, PANEL_WIDTH - LEFT - 24, _FOOT - TITLE_AREA.y - 24),
            "title",
            1.1,
            True,
            True,
            _ON_ACCENT,
        ),
        (
            Placeholder("body", "Content", "obj", Area(_BESIDE_PANEL, TITLE_AREA.y, _BESIDE_WIDTH, 392 - TITLE_AREA.y)),
            replace(_NOTE, area=Area(_BESIDE_PANEL, 402, _BESIDE_WIDTH, NOTE_HEIGHT)),
            replace(_SOURCE, area=replace(SOURCE_AREA, x=_BESIDE_PANEL, width=_BESIDE_WIDTH)),
        ),
        {},
        (LayoutPanel(Area(0, 0, PANEL_WIDTH, _FOOT), "accent"), LayoutPanel(TAB_AREA, _ON_ACCENT)),
        master_shapes=False,
        takes={"body": ("note",)},
        gives_way={"note": "body"},
        eyebrow=replace(_EYEBROW, area=replace(EYEBROW_AREA, width=PANEL_WIDTH - LEFT - 24), colour=_ON_ACCENT),
        else_as="Content and Note",
    ),
    Layout(
        "Title and Content",
        "obj",
        _TITLE,
        (Placeholder("body", "Content", "obj", FULL), _SOURCE),
        {},
        aliases=("Title, Content",),
        eyebrow=_EYEBROW,
    ),
    Layout(
        "Content and Note",
        "",
        _TITLE,
        (Placeholder("body", "Content", "obj", ABOVE_NOTE), _NOTE, _SOURCE),
        {},
        takes={"body": ("note",)},
        eyebrow=_EYEBROW,
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
        takes={"left": ("source",), "right": ("source",)},
        eyebrow=_EYEBROW,
    ),
    Layout(
        "Study",
        "",
        _TITLE,
        (
            Placeholder("facts", "Facts", "obj", Area(LEFT, TOP, WIDTH, FACTS_HEIGHT), "label", plain=True),
            Placeholder(
                "chart", "Chart", "chart", Area(LEFT, _CHART_TOP, WIDTH, NOTE_AREA.y - GAP - _CHART_TOP), "table"
            ),
            _NOTE,
            _SOURCE,
        ),
        {"text": "facts", "table": "chart", "figure": "chart", "picture": "chart"},
        takes={"chart": ("facts", "note")},
        hugs=("facts", "note"),
        eyebrow=_EYEBROW,
    ),
    Layout(
        "Table",
        "",
        _TITLE,
        (Placeholder("table", "Table", "tbl", ABOVE_NOTE, "table"), _NOTE, _SOURCE),
        {"text": "note", "table": "table", "figure": "table", "picture": "table"},
        takes={"table": ("note",)},
        eyebrow=_EYEBROW,
    ),
    Layout(
        "Picture",
        "",
        _TITLE,
        (
            Placeholder(
                "body",
                "Text",
                "body",
                Area(LEFT + PICTURE_WIDTH + GUTTER, TOP, WIDTH - PICTURE_WIDTH - GUTTER, HEIGHT),
            ),
            Placeholder("figure", "Figure", "obj", Area(LEFT, TOP, PICTURE_WIDTH, HEIGHT), "table"),
            _SOURCE,
        ),
        {"text": "body", "table": "figure", "figure": "figure", "picture": "figure"},
        takes={"figure": ("body",)},
        eyebrow=_EYEBROW,
    ),
    Layout(
        "Take-home",
        "",
        replace(_TITLE, colour=_ON_ACCENT),
        (
            Placeholder("body", "Content", "body", ABOVE_NOTE, "body", 1.1, colour=_ON_ACCENT),
            replace(_NOTE, colour=_ON_ACCENT),
            replace(_SOURCE, colour=_ON_ACCENT),
        ),
        {},
        (LayoutPanel(Area(0, 0, SLIDE_WIDTH, _FOOT), "accent"), LayoutPanel(TAB_AREA, _ON_ACCENT)),
        master_shapes=False,
        takes={"body": ("note",)},
        eyebrow=replace(_EYEBROW, colour=_ON_ACCENT),
        else_as="Content and Note",
    ),
)
"""Our layouts, in the order in which PowerPoint lists them. All begin at the same left edge and title baseline."""

COVERS = ("Title Slide", "Section Header")
"""The layouts of a deck's first slide and of those that begin a part of it."""

BY_NAME = {layout.name: layout for layout in LAYOUTS}


def known_slots(layout: str) -> tuple[str, ...]:
    """The slots of a layout that a plan may fill."""
    return tuple(slot.slot for slot in BY_NAME[layout].content)
