"""Schema of card stock (`templates/sheets/*.yaml`): how cards lie on a sheet of paper, in millimetres or inches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta

from handouts.model.base import Before, Contradiction, Line, Model, Name, Positive
from handouts.theme.printing import Flip
from handouts.theme.schema import Points, as_float

POINTS_PER = {"in": 72.0, "mm": 72 / 25.4}
PAPERS: dict[str, tuple[float, float]] = {"letter": (612.0, 792.0), "a4": (210 * 72 / 25.4, 297 * 72 / 25.4)}
"""Paper sizes in points."""
DUPLEX: dict[Flip, str] = {"long-edge": "DuplexFlipLongEdge", "short-edge": "DuplexFlipShortEdge"}
"""The edge as a PDF names it to the print dialogue (ISO 32000-1, table 150)."""

Side = Annotated[float, Before(as_float), Meta(ge=1, le=2000)]
_SLACK = 1e-6


class Sheet(Model, frozen=True, kw_only=True):
    """A grid of cards: their size, how many, where the first one's top left corner is, and how far apart they start.

    `paper: card` is a page as large as one card. A `fold_over` card has its back beside its front, to the right of it,
    and is folded between the two; `pitch_x` then counts from one such pair to the next. `bleed` is how far the colour
    at a card's edge runs past the cut. `also` lists other names under which the stock is sold.
    """

    schema_version: Literal[1]
    name: Name
    description: Line
    also: tuple[Name, ...] = ()
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

    def __post_init__(self) -> None:
        if found := [*self._cards_apart(), *self._bleeds_apart(), *self._on_the_paper()]:
            raise Contradiction(found)

    def _ways(self) -> tuple[tuple[str, int, str, float | None, float], ...]:
        """Across and down: the key of the count, the count, the key of the pitch, the pitch, and what a card takes."""
        width = self.card_width * (2 if self.fold_over else 1)
        return (
            ("columns", self.columns, "pitch_x", self.pitch_x, width),
            ("rows", self.rows, "pitch_y", self.pitch_y, self.card_height),
        )

    def _cards_apart(self) -> Iterator[tuple[str, str]]:
        for _, _, key, pitch, size in self._ways():
            if pitch is not None and pitch < size - _SLACK:
                cards = f"so that cards overlap, each {size:g} {self.unit}; write {size:g} or more"
                yield key, f"is {pitch:g} {self.unit}, {cards}"

    def _bleeds_apart(self) -> Iterator[tuple[str, str]]:
        for _, count, key, pitch, size in self._ways():
            apart = pitch or size
            if count > 1 and size - _SLACK <= apart < size + 2 * self.bleed - _SLACK:
                cards = f"but cards are {apart - size:g} apart; make {key} {size + 2 * self.bleed:g} or more"
                yield "bleed", f"is {self.bleed:g} {self.unit} on either side, {cards}"
                return

    def _on_the_paper(self) -> Iterator[tuple[str, str]]:
        """Where the cards with their bleed do not stay on the paper."""
        for at, (key, count, pitch_key, pitch, size) in enumerate(self._ways()):
            edge, start = ("left", self.left) if key == "columns" else ("top", self.top)
            room = size if self.paper == "card" else PAPERS[self.paper][at] / POINTS_PER[self.unit]
            end = start + (count - 1) * (pitch or size) + size + self.bleed
            if start < self.bleed - _SLACK:
                least = f"less than the bleed of {self.bleed:g} {self.unit}; write {self.bleed:g} or more"
                yield edge, f"is {start:g} {self.unit}, {least}"
            elif end > room + _SLACK:
                paper = f"{self.paper} paper is {room:.4g} {self.unit} {'high' if at else 'wide'}"
                yield (
                    edge,
                    (
                        f"lets {count} {key} of {size:g} {self.unit} end at {end:g} {self.unit}, but {paper}; "
                        f"write fewer {key} or a smaller {edge} or {pitch_key}"
                    ),
                )

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
