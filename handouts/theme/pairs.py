"""Which colours meet in the documents, as data: every pair of roles that must be told apart, by how much, and where.

A theme in, its pairs out; what is drawn decides them, and a test finds each meeting of two roles in real pages here.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from handouts.model.document import KeyPath
from handouts.theme.schema import Scale, Theme

BODY, TEXT, GRAPHICS = 7.0, 4.5, 3.0
"""Least contrast ratios: WCAG 2.2 success criteria 1.4.6 (AAA), 1.4.3 and 1.4.11 (AA).

Large type is not let off with less: most readers are over sixty.
"""
RAISED = {GRAPHICS: TEXT, TEXT: BODY}
"""What a theme of high contrast asks instead: all text as body text, graphics as text."""
SHADE = 1.5
"""Least contrast ratio of the fills of neighbouring parts of a bar: it tells them apart where a copier loses the edges.

Our choice: from 4.5:1 on white three steps of 1.5 lead to white (1.5³ = 3.4), so that every legible accent has room.
"""

BODY_STYLES = frozenset({"body", "item", "table", "lead", "number", "small"})
"""Styles of running text, of what is to be done and of what the clinic says; headings and captions are the others."""
SURFACES = ("paper", "accent_tint", "caution_tint")
"""What text stands on: the sheet or slide, and boxes."""
BAR_FILLS = ("accent", "accent_mid", "accent_soft", "unfilled", "faint", "rule")
"""What labels stand on inside a stacked bar of the deck."""


class Pair(Struct, frozen=True):
    """Two roles that meet: something drawn in `front` on `back`, their least contrast ratio, and what it is.

    Where `front` names several roles the renderer takes the one that stands out most. `style` is the key of the theme
    file that chose `front`, where that is a matter of the scale.
    """

    front: tuple[str, ...]
    back: str
    least: float
    what: str
    style: KeyPath = ()


def pairs(theme: Theme) -> Iterator[Pair]:
    """Every pair that must be told apart in the documents of a theme: text by its scale, then what is fixed."""
    for pair in (*_styled(theme), *FIXED):
        yield replace(pair, least=RAISED.get(pair.least, pair.least)) if theme.contrast == "high" else pair


def _styled(theme: Theme) -> Iterator[Pair]:
    for document, scale in (("handout", theme.handout.scale), ("card", theme.card.scale)):
        for name in Scale.__struct_fields__:
            for back in SURFACES:
                least = BODY if name in BODY_STYLES else TEXT
                key = (document, "scale", name, "colour")
                yield Pair((scale.of(name).colour,), back, least, f"{document} {name}", key)


def _each(front: str, backs: tuple[str, ...], least: float, what: str) -> tuple[Pair, ...]:
    return tuple(Pair((front,), back, least, what) for back in backs)


FIXED: tuple[Pair, ...] = (
    *_each("link", SURFACES, BODY, "links"),
    *_each("ink", SURFACES, BODY, "text of the deck"),
    *_each("muted", SURFACES, TEXT, "notes and sources of the deck"),
    *_each("accent", SURFACES, TEXT, "headings and large numbers of the deck"),
    *_each("on_accent", ("accent",), TEXT, "titles of decks and cards, numbers in a bar"),
    *_each("ink", ("accent_soft", "unfilled", "faint"), TEXT, "numbers in the parts of a bar"),
    *(Pair(("ink", "on_accent"), back, TEXT, "labels in the deck's bars") for back in BAR_FILLS),
    Pair(("ink", "on_accent"), "caution", TEXT, "heads of tiles that warn"),
    *_each("ink", ("paper",), TEXT, "labels of figures"),
    *_each("muted", ("paper",), TEXT, "labels of axes"),
    *_each("rule", SURFACES, GRAPHICS, "rules between rows, and around what is set off"),
    *_each("accent", SURFACES, GRAPHICS, "frames, bullets, outlines in figures"),
    *_each("accent", ("accent_soft",), GRAPHICS, "a rate's mark on its bar, the cell's nucleus"),
    *_each("accent", ("caution_tint", "faint"), GRAPHICS, "the capsule in the cell"),
    *_each("accent", ("unfilled",), GRAPHICS, "marks of what is planned"),
    *_each("muted", ("unfilled",), GRAPHICS, "people not counted, hatching"),
    *_each(
        "muted", ("accent_tint", "caution_tint", "faint"), GRAPHICS, "parts in the cells, quiet bars, lines to write on"
    ),
    *_each("caution", ("paper", "accent_tint", "caution_tint", "faint"), GRAPHICS, "waste in the cells"),
    *_each("ink", ("accent_mid", "accent_soft", "faint"), GRAPHICS, "intervals on their bars"),
)
"""Pairs that no scale decides."""

TOUCHING: tuple[tuple[str, str, str], ...] = (
    ("accent_tint", "paper", "a box's tint: its words, not its edge, set it off"),
    ("caution_tint", "paper", "a box's or a cell's tint"),
    ("accent_soft", "paper", "the stripe on the title slide"),
    ("faint", "paper", "quiet rules between the rows of the deck's tables"),
    ("accent_tint", "faint", "the same beside a cell's tint"),
    ("caution_tint", "faint", "the same beside a cell's tint"),
    ("paper", "unfilled", "a hollow bar: its outline sets it off"),
    ("accent", "accent_mid", "a part's own edge, there for the paper beside it"),
    ("muted", "rule", "a part's own edge, there for the paper beside it"),
    ("faint", "rule", "a quiet upright that ends at its axis"),
    ("accent", "ink", "an edge or interval around or on what is seen on the paper anyway"),
    ("accent", "muted", "lines or marks that touch: each is seen on the paper"),
    ("accent", "rule", "a bar that begins at the axis"),
    ("accent_soft", "muted", "a bar that begins at the axis"),
    ("ink", "muted", "an interval that reaches the axis"),
    ("caution", "muted", "waste that touches the barrel"),
    ("accent_mid", "unfilled", "the ground of a number in a part, which its ink tells"),
    ("rule", "unfilled", "the ground of a number in a part, which its ink tells"),
    ("ink", "white", "a code to scan, black on white in every theme"),
    ("paper", "white", "the quiet zone of a code"),
    ("accent_tint", "white", "the quiet zone of a code"),
)
"""Pairs of roles that meet and need no contrast, each with the reason."""

NEIGHBOURS: tuple[tuple[str, str], ...] = (
    ("accent", "accent_mid"),
    ("accent_mid", "accent_soft"),
    ("accent_soft", "unfilled"),
    ("faint", "rule"),
)
"""Roles that fill neighbouring parts of one bar without a pattern, and must differ in grey by `SHADE`."""
