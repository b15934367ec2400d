"""Schema of card stock (`templates/sheets/*.yaml`): how cards lie on a sheet of paper, in millimetres or inches."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from handouts.model.base import Line, Model, Positive
from handouts.theme.schema import Points

POINTS_PER = {"in": 72.0, "mm": 72 / 25.4}
PAPERS: dict[str, tuple[float, float]] = {"letter": (612.0, 792.0), "a4": (210 * 72 / 25.4, 297 * 72 / 25.4)}
"""Paper sizes in points."""


class Sheet(Model):
    """A grid of cards: their size, how many, where the first one's top left corner is, and how far apart they start."""

    schema_version: Literal[1]
    name: Line
    description: Line
    paper: Literal["letter", "a4"]
    unit: Literal["in", "mm"]
    card_width: Points
    card_height: Points
    columns: Positive
    rows: Positive
    left: Points
    top: Points
    pitch_x: Points
    pitch_y: Points

    @model_validator(mode="after")
    def _fits(self) -> Sheet:
        width, height = (side / POINTS_PER[self.unit] for side in PAPERS[self.paper])
        right = self.left + (self.columns - 1) * self.pitch_x + self.card_width
        bottom = self.top + (self.rows - 1) * self.pitch_y + self.card_height
        if self.pitch_x < self.card_width or self.pitch_y < self.card_height:
            raise ValueError("lets cards overlap: the pitch is smaller than the card")
        if right > width + 1e-6 or bottom > height + 1e-6:
            raise ValueError(
                f"does not fit {self.paper} paper: needs {right:g} × {bottom:g} {self.unit}, "
                f"the paper is {width:.4g} × {height:.4g} {self.unit}"
            )
        return self

    @property
    def card_size(self) -> tuple[float, float]:
        """Width and height of one card in points."""
        return self.card_width * POINTS_PER[self.unit], self.card_height * POINTS_PER[self.unit]

    def slots(self) -> tuple[tuple[float, float], ...]:
        """Top left corners of the cards in points from the paper's top left, row by row."""
        k = POINTS_PER[self.unit]
        return tuple(
            ((self.left + column * self.pitch_x) * k, (self.top + row * self.pitch_y) * k)
            for row in range(self.rows)
            for column in range(self.columns)
        )
