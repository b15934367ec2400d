"""Font families by name: where their files are, which characters they have, how wide a text is.

Fonts are Python packages with a licence that allows embedding; the machine's own fonts are never used.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

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
    """Those that it draws with a glyph of their own."""

    def has(self, char: str) -> bool:
        """Whether the face draws this character with a glyph of its own."""
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
    package, regular, strong = FAMILIES[name]
    return Family(name, _face(name, "", package, regular), _face(name, "-Bold", package, strong))


def _face(name: str, suffix: str, package: str, file: str) -> Face:
    path = str(files(package).joinpath(file))
    found = metrics(path)
    advances = Advances(found.widths, found.default_width)
    return Face(name.replace(" ", "") + suffix, path, advances, found.ascent, found.descent, frozenset(advances))
