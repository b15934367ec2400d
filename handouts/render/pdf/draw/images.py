"""Raster images: a checked PNG or JPEG in, an image XObject's entries and data out."""

from __future__ import annotations

import io

from handouts.plan.blocks import Picture
from handouts.render.pdf.draw.objects import deflated, stream_body

_SPACES = {"L": "DeviceGray", "RGB": "DeviceRGB"}


def image_body(entries: str, data: bytes, *, encoded: bool) -> bytes:
    """An image XObject from what `encode` gives."""
    filtered = "" if encoded else "/Filter/FlateDecode"
    return stream_body(f"/Type/XObject/Subtype/Image{entries}{filtered}", data if encoded else deflated(data))


def encode(picture: Picture) -> tuple[str, bytes, bool]:
    """Entries of the image dictionary, its data, and whether the data is already encoded.

    JPEG data in grey or RGB is taken over as it is; anything else becomes RGB on white, since paper is white and PDF/A
    asks a transparent image for a blending space that no printer here needs.
    """
    from PIL import Image

    with Image.open(io.BytesIO(picture.image.data)) as image:
        entries = f"/Width {image.width}/Height {image.height}/BitsPerComponent 8/ColorSpace/"
        if image.format == "JPEG" and image.mode in _SPACES:
            return f"{entries}{_SPACES[image.mode]}/Filter/DCTDecode", picture.image.data, True
        if image.mode in _SPACES and "transparency" not in image.info:
            return entries + _SPACES[image.mode], image.tobytes(), False
        coloured = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(coloured, mask=coloured.getchannel("A"))
        return f"{entries}DeviceRGB", paper.tobytes(), False
