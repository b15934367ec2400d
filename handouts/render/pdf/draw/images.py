"""Raster images: a checked PNG or JPEG in, an image XObject as it stands in a file out, or shown on a canvas."""

from __future__ import annotations

import io

from handouts.by_identity import by_identity
from handouts.render.pdf.draw.canvas import TaggedCanvas
from handouts.render.pdf.draw.syntax import deflated, stream_body

_SPACES = {"L": "DeviceGray", "RGB": "DeviceRGB"}


def show_image(canvas: TaggedCanvas, data: bytes, x: float, y: float, *, width: float, height: float) -> None:
    """Show a PNG or JPEG with its top left corner at (x, y), in points; a document holds it once."""
    name = canvas.name_of(data)
    if not canvas.has(name):
        canvas.add_image(name, image_object(data))
    canvas.show(name, x, y, height=height, scale=(width, height))


# Few, since a photograph on white takes 50 MB to make, and its object some MB to keep.
@by_identity(4)
def image_object(data: bytes) -> bytes:
    """The image XObject of a checked PNG or JPEG.

    JPEG data in grey or RGB is taken over as it is; anything else becomes RGB on white, since paper is white and PDF/A
    asks a transparent image for a blending space that no printer here needs.
    """
    from PIL import Image

    with Image.open(io.BytesIO(data)) as raster:
        width, height = raster.size
        if raster.format == "JPEG" and raster.mode in _SPACES:
            return _body(width, height, f"{_SPACES[raster.mode]}/Filter/DCTDecode", data)
        if raster.mode in _SPACES and "transparency" not in raster.info:
            return _body(width, height, f"{_SPACES[raster.mode]}/Filter/FlateDecode", deflated(raster.tobytes()))
        coloured = raster.convert("RGBA")
        paper = Image.new("RGB", raster.size, "white")
        paper.paste(coloured, mask=coloured.getchannel("A"))
        return _body(width, height, "DeviceRGB/Filter/FlateDecode", deflated(paper.tobytes()))


def _body(width: int, height: int, space: str, data: bytes) -> bytes:
    entries = f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8/ColorSpace/{space}"
    return stream_body(entries, data)
