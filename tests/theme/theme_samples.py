"""The shipped themes, and figures drawn in them as pictures to be looked at with other eyes."""

from __future__ import annotations

from functools import cache

import pypdfium2 as pdfium
from figure_samples import figures, page_of
from msgspec import Struct
from PIL import Image
from topic_samples import CONTENT, ROOT
from vision import SIGHTS, Rgb, difference

from handouts.figures.shapes import Figure
from handouts.files.workspace import Workspace
from handouts.model.clinic import Clinic
from handouts.model.load import load
from handouts.theme.brand import branded
from handouts.theme.legible import legible
from handouts.theme.schema import Theme

WORKSPACE = Workspace(CONTENT, ROOT / "templates")
THEMES = [*WORKSPACE.names("themes"), "a clinic's red"]
SCALE = 6


@cache
def theme_called(name: str) -> Theme:
    """A shipped theme, or the default one in the red of a clinic."""
    if name == "a clinic's red":
        text = 'schema_version: 1\nname: Example\ncolours:\n  accent: "#C8102E"\n'
        return branded(Theme(), load("clinic.yaml", text, Clinic))
    return legible(WORKSPACE.loaded("themes", name, Theme))


class Drawn(Struct, frozen=True):
    """A figure as a picture, with the way from its points to pixels."""

    figure: Figure
    image: Image.Image
    left: float
    top: float

    def at(self, x: float, y: float) -> Rgb:
        """The colour at a point of the figure."""
        return self.image.getpixel((int((self.left + x) * SCALE), int((self.top + y) * SCALE)))  # type: ignore[return-value]

    def colours(self) -> set[Rgb]:
        """Every colour in the picture."""
        reduced = self.image.resize((self.image.width // 2, self.image.height // 2), Image.Resampling.NEAREST)
        return {colour for _, colour in reduced.getcolors(1 << 24)}  # type: ignore[misc,union-attr]

    def row(self, x0: float, x1: float, y: float) -> list[Rgb]:
        """The colours from one point of the figure to another at its right."""
        return [self.at(x0 + step / SCALE, y) for step in range(int((x1 - x0) * SCALE) + 1)]

    def column(self, x: float, y0: float, y1: float) -> list[Rgb]:
        """The colours from one point of the figure to another below it."""
        return [self.at(x, y0 + step / SCALE) for step in range(int((y1 - y0) * SCALE) + 1)]


@cache
def drawn(theme: str, name: str) -> Drawn:
    """A figure drawn in a theme by the renderer of the handout."""
    return painted(theme_called(theme), figures()[name])


def painted(theme: Theme, figure: Figure) -> Drawn:
    sheet = theme.handout
    document = pdfium.PdfDocument(page_of(figure, theme))
    below = document[0].get_height() - sheet.margin_top - figure.height - 10
    image = document[0].render(scale=SCALE, crop=(0, below, 0, 0)).to_pil().convert("RGB")
    document.close()
    return Drawn(figure, image, sheet.margin, sheet.margin_top)


def apart(sight: str, one: Rgb, other: Rgb) -> float:
    see = SIGHTS[sight]
    return difference(see(one), see(other))
