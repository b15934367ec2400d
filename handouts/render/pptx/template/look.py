"""How a deck is set on its template: type sizes, the font of tables and charts, colours, the slide's sides."""

from __future__ import annotations

from msgspec import Struct

from handouts.render.pptx.template.colours import Palette
from handouts.render.pptx.template.metrics import SlideMetrics
from handouts.theme.schema import DeckTheme


class DeckLook(Struct, frozen=True, eq=False):
    """Type sizes and the slide's sides in points; `metrics` are those of the font of tables and charts. `dense` tables
    are set smaller than the theme says, where that saves slides. `directed` says that every paragraph writes out its
    direction and alignment: a stranger's template may have others anywhere.

    A look is equal to itself alone, so that what was drawn in it can be remembered.
    """

    sizes: DeckTheme
    metrics: SlideMetrics
    palette: Palette
    width: float
    height: float
    dense: bool = False
    directed: bool = False
