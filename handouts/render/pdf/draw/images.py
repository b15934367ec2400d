"""Raster images: a checked PNG or JPEG in, an image XObject as it stands in a file out."""

from __future__ import annotations

import io

from handouts.plan.blocks import Picture
from handouts.render.pdf.draw.syntax import deflated, stream_body

_SPACES = {"L": "DeviceGray", "RGB": "DeviceRGB"}


def image_object(picture: Picture) -> bytes:
    """The image XObject of a picture.

    JPEG data in grey or RGB is taken over as it is; anything else becomes RGB on white, since paper is white and PDF/A
    asks a transparent image for a blending space that no printer here needs.
    """
    from PIL import Image

    with Image.open(io.BytesIO(picture.image.data)) as raster:
        width, height = raster.size
        if raster.format == "JPEG" and raster.mode in _SPACES:
            return _body(width, height, f"{_SPACES[raster.mode]}/Filter/DCTDecode", picture.image.data)
        if raster.mode in _SPACES and "transparency" not in raster.info:
            return _body(width, height, f"{_SPACES[raster.mode]}/Filter/FlateDecode", deflated(raster.tobytes()))
        coloured = raster.convert("RGBA")
        paper = Image.new("RGB", raster.size, "white")
        paper.paste(coloured, mask=coloured.getchannel("A"))
        return _body(width, height, "DeviceRGB/Filter/FlateDecode", deflated(paper.tobytes()))


def _body(width: int, height: int, space: str, data: bytes) -> bytes:
    entries = f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8/ColorSpace/{space}"
    return stream_body(entries, data)
