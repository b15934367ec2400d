"""Raster images that a clinic file names: checked for being a PNG or JPEG of sane size before anything draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Image:
    """A checked raster image: its bytes as given, media type and size in pixels."""

    data: bytes
    media: Literal["image/png", "image/jpeg"]
    width: int
    height: int
