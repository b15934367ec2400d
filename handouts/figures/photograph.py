"""A picture file as a figure. In: a checked image, what it shows in words, its room. Out: a `Figure`."""

from __future__ import annotations

from handouts.figures.shapes import Figure
from handouts.model.image import Image


def photograph(image: Image, *, width: float, height: float, alt: str) -> Figure:
    """The image in its own proportions, as large as `width` and `height` in points let it be.

    An empty `alt` marks decoration.
    """
    scale = min(width / image.width, height / image.height)
    return Figure("picture", image.width * scale, image.height * scale, (), alt, image=image)
