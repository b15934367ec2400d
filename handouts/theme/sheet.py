"""Schema of card stock (`templates/sheets/*.yaml`): how cards lie on a sheet of paper, in millimetres or inches."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema, field_validator

from handouts.model.base import FromList, Line, Model, Positive
from handouts.theme.printing import Flip
from handouts.theme.schema import Points, as_float

POINTS_PER = {"in": 72.0, "mm": 72 / 25.4}
PAPERS: dict[str, tuple[float, float]] = {"letter": (612.0, 792.0), "a4": (210 * 72 / 25.4, 297 * 72 / 25.4)}
"""Paper sizes in points."""
DUPLEX: dict[Flip, str] = {"long-edge": "DuplexFlipLongEdge", "short-edge": "DuplexFlipShortEdge"}
"""The edge as a PDF names it to the print dialogue (ISO 32000-1, table 150)."""

Side = Annotated[
    float,
    BeforeValidator(as_float),
    Field(ge=1, le=2000, allow_inf_nan=False),
    WithJsonSchema({"type": "number", "minimum": 1, "maximum": 2000}),
]
_SLACK = 1e-6


class Sheet(Model):
    """A grid of cards: their size, how many, where the first one's top left corner is, and how far apart they start.

    `paper: card` is a page as large as one card. A `fold_over` card has its back beside its front, to the right of it,
    and is folded between the two; `pitch_x` then counts from one such pair to the next. `bleed` is how far the colour
    at a card's edge runs past the cut. `also` lists other names under which the stock is sold.
    """

    schema_version: Literal[1]
    name: Line
    description: Line
    also: Annotated[tuple[Line, ...], FromList] = ()
    paper: Literal["letter", "a4", "card"]
    unit: Literal["in", "mm"]
    card_width: Side
    card_height: Side
    fold_over: bool = False
    crop_marks: bool = False
    columns: Positive = 1
    rows: Positive = 1
    pitch_x: Points | None = None
    pitch_y: Points | None = None
    bleed: Points = 0.0
    left: Points
    top: Points

    @field_validator("pitch_x", "pitch_y")
    @classmethod
    def _parts_cards(cls, pitch: float | None, info: ValidationInfo) -> float | None:
        size = _across(info) if info.field_name == "pitch_x" else info.data.get("card_height")
        if pitch is not None and size is not None and pitch < size - _SLACK:
            unit = info.data.get("unit")
            raise ValueError(
                f"is {pitch:g} {unit}, so that cards overlap, each {size:g} {unit}; write {size:g} or more"
            )
        return pitch

    @field_validator("bleed")
    @classmethod
    def _keeps_bleeds_apart(cls, bleed: float, info: ValidationInfo) -> float:
        for count, pitch, size in (
            ("columns", "pitch_x", _across(info)),
            ("rows", "pitch_y", info.data.get("card_height")),
        ):
            apart = info.data.get(pitch) or size
            if size is None or apart is None or info.data.get(count, 1) == 1:
                continue
            if apart - size < 2 * bleed - _SLACK:
                raise ValueError(
                    f"is {bleed:g} {info.data.get('unit')} on either side, but cards are {apart - size:g} apart; "
                    f"make {pitch} {size + 2 * bleed:g} or more"
                )
        return bleed

    @field_validator("left")
    @classmethod
    def _fits_across(cls, left: float, info: ValidationInfo) -> float:
        return _fitting(left, _across(info), "columns", "pitch_x", info)

    @field_validator("top")
    @classmethod
    def _fits_down(cls, top: float, info: ValidationInfo) -> float:
        return _fitting(top, info.data.get("card_height"), "rows", "pitch_y", info)

    @property
    def card_size(self) -> tuple[float, float]:
        """Width and height of one card in points."""
        return self._points(self.card_width), self._points(self.card_height)

    @property
    def paper_size(self) -> tuple[float, float]:
        """Width and height of the paper in points."""
        if self.paper == "card":
            width, height = self.card_size
            return (2 * width if self.fold_over else width), height
        return PAPERS[self.paper]

    @property
    def usual_flip(self) -> Flip:
        """The edge on which the paper is turned like the page of a book: the long one of paper that stands upright."""
        width, height = self.paper_size
        return "long-edge" if height >= width else "short-edge"

    @property
    def bleed_size(self) -> float:
        """The bleed in points."""
        return self._points(self.bleed)

    @property
    def cards(self) -> int:
        """How many cards a sheet holds."""
        return self.columns * self.rows

    def slots(self) -> tuple[tuple[float, float], ...]:
        """Top left corners of the fronts in points from the paper's top left, row by row."""
        across = self.pitch_x or self.card_width * (2 if self.fold_over else 1)
        down = self.pitch_y or self.card_height
        return tuple(
            (self._points(self.left + column * across), self._points(self.top + row * down))
            for row in range(self.rows)
            for column in range(self.columns)
        )

    def _points(self, length: float) -> float:
        return length * POINTS_PER[self.unit]


def _across(info: ValidationInfo) -> float | None:
    """The width that one card takes on the paper; None where it is not known since it was refused."""
    width = info.data.get("card_width")
    return width * (2 if info.data.get("fold_over") else 1) if width is not None else None


def _fitting(start: float, size: float | None, count: str, pitch: str, info: ValidationInfo) -> float:
    """`start`, where the cards with their bleed stay on the paper. Raises ValueError with the numbers where not."""
    number, bleed, unit, paper = (info.data.get(key) for key in (count, "bleed", "unit", "paper"))
    if size is None or number is None or bleed is None or unit is None or paper is None:
        return start
    across = count == "columns"
    room = size if paper == "card" else PAPERS[paper][0 if across else 1] / POINTS_PER[unit]
    end = start + (number - 1) * (info.data.get(pitch) or size) + size + bleed
    if start < bleed - _SLACK:
        raise ValueError(f"is {start:g} {unit}, less than the bleed of {bleed:g} {unit}; write {bleed:g} or more")
    if end > room + _SLACK:
        raise ValueError(
            f"lets {number} {count} of {size:g} {unit} end at {end:g} {unit}, but {paper} paper is {room:.4g} {unit} "
            f"{'wide' if across else 'high'}; write fewer {count} or a smaller {info.field_name} or {pitch}"
        )
    return start
