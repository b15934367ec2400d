"""How a deck is set on its template: type sizes, the font of tables and charts, colours, the slide's sides."""

from __future__ import annotations

from msgspec import Struct

from handouts.render.pptx.template.colours import Palette
from handouts.render.pptx.template.metrics import SlideMetrics
from handouts.theme.schema import DeckTheme


class DeckSizes(Struct, frozen=True):
    """Type sizes of a deck in points."""

    title: float
    body: float
    table: float
    label: float
    source: float


def sizes_on(theme: DeckTheme, scale: float) -> DeckSizes:
    """The type sizes of a theme on slides that are so much lower."""
    return DeckSizes(*(getattr(theme, name) * scale for name in DeckSizes.__struct_fields__))


class DeckLook(Struct, frozen=True, eq=False):
    """Type sizes and the slide's sides in points; `metrics` are those of the font of tables and charts. `dense` tables
    are set smaller than the theme says, where that saves slides. `directed` says that every paragraph writes out its
    direction and alignment: a stranger's template may have others anywhere. `scale` is how much smaller type may be
    than on our own slides, since a slide fills the screen whatever its size.

    A look is equal to itself alone, so that what was drawn in it can be remembered.
    """

    sizes: DeckSizes
    metrics: SlideMetrics
    palette: Palette
    width: float
    height: float
    scale: float = 1.0
    dense: bool = False
    directed: bool = False
