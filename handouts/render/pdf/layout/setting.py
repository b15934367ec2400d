"""How a plan is set: one theme's type scale, spacing and family, and the problems met while setting text."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from handouts.plan.text import Run, Runs, first_origin, quoted
from handouts.problems import Origin, Problem, error, warning
from handouts.render.pdf.layout.letters import unprintable
from handouts.render.pdf.layout.text import Line, Typesetter, parted_words, typesetter
from handouts.theme.schema import (
    CARD_FLOOR,
    CARD_NUMBER_FLOOR,
    CardTheme,
    ColourRole,
    HandoutTheme,
    Scale,
    Style,
    Theme,
)

MM = 72 / 25.4
"""Points in a millimetre."""

_SCRAP = 0.22
"""A last line shorter than this share of the column is a scrap."""

_LONGEST_SHOWN = 60
SHORTER = 'write a shorter one, or soft hyphens (U+00AD; in double quotes "\\xAD") where it may be broken'

NOWHERE = Origin("the plan")
"""Stands for the place of text that came from no file."""


class Knobs(Struct, frozen=True):
    """What the fitter turns: factors on white space and on figure size."""

    space: float = 1
    figure: float = 1


class LeavesOpen(Protocol):
    """Leaves boxes open: a box in, the box that keeps its room out."""

    def open_text(self, text: Any, runs: Runs, typography: Typography) -> Any:
        """The box that keeps the room of a text."""
        ...

    def open_picture(self, box: Any) -> Any:
        """The box that keeps the room of a picture."""
        ...


class Typography(Struct):
    """Everything that the boxes of one document share.

    `floor` is the least type size in points, `number_floor` that of telephone numbers; in `one_column` nothing stands
    side by side but what a table holds. With `whole_words` a word wider than its line is a problem; without, it is cut.
    """

    typesetter: Typesetter
    scale: Scale
    gutter: float
    block_space: float
    padding: float
    floor: float
    writing_space: float
    one_column: bool = False
    number_floor: float = 0
    whole_words: bool = False
    problems: list[Problem] = field(default_factory=list[Problem])
    missing: dict[str, Origin] = field(default_factory=dict[str, Origin])
    """Characters that cannot be printed, and where each first stands."""
    parted: list[tuple[str, Origin]] = field(default_factory=list[tuple[str, Origin]])
    """Words that are broken where no word is, and where they stand."""
    last_origin: Origin = NOWHERE
    openings: LeavesOpen | None = None
    """Leaves open what has a blank in; None where nothing stays open."""

    @classmethod
    def for_handout(cls, theme: Theme, openings: LeavesOpen | None = None) -> Typography:
        """That of a handout."""
        # Room to write grows with the type: hands that need large print write large too.
        writing_space = max(22.0, theme.handout.scale.item.leading)
        typography = cls._of(theme, theme.handout, theme.handout.floor, writing_space)
        typography.one_column, typography.openings = theme.handout.large_print, openings
        return typography

    @classmethod
    def for_card(cls, theme: Theme, openings: LeavesOpen | None = None) -> Typography:
        """That of a wallet card."""
        typography = cls._of(theme, theme.card, CARD_FLOOR, 15)
        typography.number_floor, typography.whole_words, typography.openings = CARD_NUMBER_FLOOR, True, openings
        return typography

    @classmethod
    def _of(cls, theme: Theme, part: HandoutTheme | CardTheme, floor: float, writing_space: float) -> Typography:
        return cls(
            typesetter(theme.family),
            part.scale,
            part.gutter,
            part.block_space,
            part.box_padding,
            floor,
            writing_space,
        )

    def in_colour(self, role: ColourRole) -> Typography:
        """The same with all text of one colour, as it stands on a panel of another."""
        styles = {name: self.scale.of(name) for name in Scale.__struct_fields__}
        recoloured = {name: replace(style, colour=role) for name, style in styles.items()}
        return replace(self, scale=replace(self.scale, **recoloured))

    def number_style(self, runs: Runs, width: float) -> Style:
        """The style of a number to call: on a card, where its line has not room for the scale's, as large as it has
        from the least size on.
        """
        style = self.scale.number
        if not self.number_floor:
            return style
        (line, *_) = self.typesetter.lines(runs, style.size, math.inf, strong=style.strong) or (None,)
        if line is None or line.width <= width:
            return style
        size = max(math.floor(style.size * width / line.width * 4) / 4, self.number_floor)
        return replace(style, size=size, leading=style.leading * size / style.size)

    def lines(self, runs: Runs, style: Style, width: float, *, strong: bool = False) -> tuple[Line, ...]:
        """Break runs into lines; a missing glyph or a line that cannot be broken becomes a problem."""
        origin = self.origin(runs)
        self.need(runs, origin)
        if style.size < self.number_floor and any(run.dials for run in runs):
            message = f"the telephone number {quoted(runs)} is set at {style.size:g} pt"
            self.problems.append(
                error(origin, "PDF05", message, f"the least is {self.number_floor:g} pt: use class number")
            )
        lines = self._break(runs, style.size, max(width, 1), strong=strong or style.strong)
        if any(line.parted for line in lines):
            self.parted.extend((word, origin) for word in parted_words(lines))
        widest = max(lines, key=lambda line: line.width, default=None)
        if widest and widest.width > width + 0.01:
            # A line is only wider than its column where it is one word.
            called = any(piece.run.dials for piece in widest.pieces) or not any(map(str.isalpha, widest.text))
            parting = "" if called else ', put soft hyphens (U+00AD; in double quotes "\\xAD") where it may be broken,'
            self.problems.append(
                error(
                    origin,
                    "PDF02",
                    f"{quoted((Run(widest.text),))} is {(widest.width - width) / MM:.1f} mm wider than its column and "
                    "cannot be broken",
                    f"shorten it{parting} or give its column more room",
                )
            )
        return lines

    def _break(self, runs: Runs, size: float, width: float, *, strong: bool) -> tuple[Line, ...]:
        """Break runs into lines, the last of them not a mere scrap when narrower lines can spare it some words."""
        lines = self.typesetter.lines(runs, size, width, strong=strong, whole_words=self.whole_words)
        if len(lines) > 1 and lines[-1].width < _SCRAP * width:
            for factor in (0.95, 0.9, 0.85, 0.8):
                other = self.typesetter.lines(runs, size, width * factor, strong=strong, whole_words=self.whole_words)
                if len(other) != len(lines):
                    break
                if other[-1].width >= _SCRAP * width and max(line.width for line in other) <= width:
                    return other
        return lines

    def need(self, runs: Runs, origin: Origin) -> None:
        """Note which characters of these runs cannot be printed."""
        for char, place in self.typesetter.missing(runs, origin):
            self.missing.setdefault(char, place)

    def found(self) -> list[Problem]:
        """All problems met; the characters that cannot be printed are one."""
        return [*self.problems, *unprintable(self.missing, self.typesetter.family)]

    def told(self) -> Iterator[Problem]:
        """What to tell of words that are printed, but broken."""
        for word, origin in dict.fromkeys(self.parted):
            shown = word if len(word) <= _LONGEST_SHOWN else f"{word[:_LONGEST_SHOWN]}…"
            what = f"'{shown}' is wider than its line, and is broken inside the word"
            yield warning(origin, "FIT07", what, SHORTER)

    def origin(self, runs: Runs) -> Origin:
        """Where these runs stand, or what came before them when they came from no file."""
        self.last_origin = first_origin(runs) or self.last_origin
        return self.last_origin
