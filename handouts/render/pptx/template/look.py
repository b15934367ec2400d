"""How a deck is set on its template: type sizes, the font of tables and charts, colours, the slide's sides."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.render.pptx.template.colours import Palette
from handouts.render.pptx.template.metrics import Metrics
from handouts.theme.schema import DeckTheme


@dataclass(frozen=True)
class Look:
    """Type sizes and the slide's sides in points; `metrics` are those of the font of tables and charts."""

    sizes: DeckTheme
    metrics: Metrics
    palette: Palette
    width: float
    height: float
