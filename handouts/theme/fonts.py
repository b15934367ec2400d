"""Font families by name: where their files are, which characters they have, how wide a text is.

Fonts are Python packages with a licence that allows embedding; the machine's own fonts are never used. What letters and
signs of medicine they lack stands in two small fonts of ours, made by `scripts/letters.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from unicodedata import combining

from msgspec import Struct

from handouts.theme.truetype import metrics

FAMILIES = {
    "Atkinson Hyperlegible": (
        "fontpkg_atkinson_hyperlegible",
        "files/AtkinsonHyperlegible-Regular.ttf",
        "files/AtkinsonHyperlegible-Bold.ttf",
    ),
}
"""Family → package, regular face, bold face."""
LETTERS = ("handouts.theme", "letters/HandoutsLetters-Regular.ttf", "letters/HandoutsLetters-Bold.ttf")
"""Greek letters, arrows, fractions, check marks and their like: what a family's own faces lack is drawn by these."""
SOFT_HYPHEN = "\u00ad"
"""Where a word may be parted: of no width but at a line's end, where it is drawn as a hyphen."""


class Advances(dict[str, float]):
    """Character → width in 1/1000 of the size; `default` for those that have no glyph of their own."""

    def __init__(self, widths: Mapping[int, float], default: float) -> None:
        super().__init__((chr(code), width) for code, width in widths.items())
        self.default = default

    def __missing__(self, _char: str) -> float:
        return self.default


class Face(Struct, frozen=True, eq=False):
    """One face: the name under which ReportLab knows it, its path, and its metrics in 1/1000 of the size."""

    name: str
    path: str
    advances: Advances
    ascent: float
    descent: float
    characters: frozenset[str]
    """Those that it draws as they are meant, itself or by `further`."""
    further: Face | None = None
    """Draws what this face has no glyph for."""

    def has(self, char: str) -> bool:
        """Whether the face draws this character as it is meant."""
        return char in self.characters

    def width(self, text: str, size: float) -> float:
        """Width of one line of text in points."""
        return sum(map(self.advances.__getitem__, text)) * size / 1000


class Family(Struct, frozen=True, eq=False):
    """A regular and a bold face."""

    name: str
    regular: Face
    strong: Face

    def face(self, *, strong: bool) -> Face:
        """The face for a weight."""
        return self.strong if strong else self.regular

    def measure(self, text: str, size: float, *, strong: bool = False) -> float:
        """Width of one line of text in points; a `figures.shapes.Measure`."""
        return self.face(strong=strong).width(text, size)


@cache
def family(name: str) -> Family:
    """The family of this name, its files read once a process. Raises KeyError for an unknown family."""
    package, *own = FAMILIES[name]
    ours, *letters = LETTERS
    regular, strong = (
        _face(f"{name.replace(' ', '')}{suffix}", package, file, _face(f"HandoutsLetters{suffix}", ours, further))
        for suffix, file, further in zip(("", "-Bold"), own, letters, strict=True)
    )
    return Family(name, regular, strong)


def _face(name: str, package: str, file: str, further: Face | None = None) -> Face:
    path = str(files(package).joinpath(file))
    found = metrics(path)
    advances = Advances(found.widths, found.default_width)
    # An accent of its own would not stand over its letter.
    characters = frozenset(char for char in advances if not combining(char))
    if further:
        for char in further.characters - characters:
            advances[char] = further.advances[char]
        characters |= further.characters
    advances[SOFT_HYPHEN] = 0
    return Face(name, path, advances, found.ascent, found.descent, characters, further)
