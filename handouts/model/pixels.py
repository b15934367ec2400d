"""A picture's pixels as every document can show them: upright, 8 bits a channel, sRGB, and nothing beside them.

In: the bytes of a PNG or JPEG whose size and parts were judged. Out: the same picture as a PNG or JPEG of our own
writing, without metadata, so that no document tells where and with what it was taken.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from typing import Any

_ORIENTATION = 0x0112
"""The tag that says how a camera was held (CIPA DC-008, 4.6.5)."""
_SPACES = {"L": "GRAY", "RGB": "RGB ", "CMYK": "CMYK"}
"""The colour space that a profile must be of, by the mode of the picture that holds it (ICC.1:2022, table 19)."""
_QUALITY = 92
"""Of a JPEG whose colours had to be converted, so that its own quantisation says nothing of them."""
_NEARLY_WHITE = 250
"""The darkest that a channel may be of a picture that nobody would see on paper."""


class BlankError(ValueError):
    """Nothing of the picture would be seen on white paper."""


def redrawn(data: bytes, media: str, size: tuple[int, int]) -> tuple[bytes, int, int]:
    """The picture in a file of our own, with its width and height in pixels once it is upright.

    `size` is what the header says. Raises BlankError, and whatever Pillow raises for a file that is not whole.
    """
    # Late, because most runs have no image and Pillow is slow to load.
    from PIL import Image

    formats = ["PNG"] if media == "image/png" else ["JPEG"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data), formats=formats) as source:
            # Pillow must not find another, larger picture than the header that was judged.
            if source.size != size:
                raise ValueError("its header states another size")
            source.verify()
        with Image.open(io.BytesIO(data), formats=formats) as source:
            source.load()
            upright = _upright(_in_srgb(_in_8_bits(source), source.info.get("icc_profile")), _orientation(source))
            if _is_blank(upright):
                raise BlankError
            written = _png(upright) if media == "image/png" else _jpeg(upright, source)
    return written, upright.width, upright.height


def _in_8_bits(source: Any) -> Any:
    """The picture in one of the modes L, LA, RGB, RGBA and CMYK."""
    if source.mode.startswith("I;16"):
        return _from_16_bits(source)
    if source.mode in ("L", "LA", "RGB", "RGBA", "CMYK") and "transparency" not in source.info:
        return source
    if source.mode == "1" and "transparency" not in source.info:
        return source.convert("L")
    return source.convert("RGBA" if "transparency" in source.info or source.mode not in ("P", "1") else "RGB")


def _from_16_bits(source: Any) -> Any:
    """Grey of 16 bits by its higher byte; Pillow's own conversion cuts all above 255 off, which leaves white."""
    from PIL import Image, ImageChops

    data = source.tobytes()
    # The bytes of this mode are in the order that its name says, whatever the machine's is.
    low, high = (0, 1) if source.mode != "I;16B" else (1, 0)
    grey = Image.frombytes("L", source.size, data[high::2])
    clear = source.info.get("transparency")
    if not isinstance(clear, int):
        return grey
    halves = ((grey, clear >> 8), (Image.frombytes("L", source.size, data[low::2]), clear & 0xFF))
    masks = [half.point([255 if value == wanted else 0 for value in range(256)]) for half, wanted in halves]
    return Image.merge("LA", (grey, ImageChops.invert(ImageChops.darker(*masks))))


def _in_srgb(image: Any, profile: bytes | None) -> Any:
    """The picture in sRGB, or grey, its profile used up. A profile that cannot be used says nothing, as in browsers."""
    from PIL import Image, ImageCms

    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    colours: Any = image.convert(image.mode[:-1]) if alpha else image
    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            about: Any = given.profile
            if about.xcolor_space == _SPACES[colours.mode] and "sRGB" not in str(about.profile_description):
                ours = ImageCms.createProfile("sRGB")
                colours = ImageCms.profileToProfile(colours, given, ours, outputMode="RGB")
    if colours.mode == "CMYK":
        colours = colours.convert("RGB")
    if alpha is None or alpha.getextrema() == (255, 255):
        return colours
    # What is erased in some programs is only made transparent: nobody is to find it under there.
    white = Image.new(colours.mode, colours.size, "white")
    white.paste(colours, mask=alpha.point([0, *[255] * 255]))
    return Image.merge(f"{colours.mode}A", (*white.split(), alpha))


def _orientation(source: Any) -> int:
    try:
        return int(source.getexif().get(_ORIENTATION, 1))
    except Exception:
        # Metadata is read by several parsers, which raise what they like for damage; the picture is whole without it.
        return 1


def _upright(image: Any, orientation: int) -> Any:
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM, 5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_90,
    }  # fmt: skip
    return image.transpose(turns[orientation]) if orientation in turns else image


def _is_blank(image: Any) -> bool:
    """Whether all is white, or nearly, once it lies on paper."""
    from PIL import Image

    if "A" in image.mode:
        paper = Image.new(image.mode[:-1], image.size, "white")
        paper.paste(image.convert(paper.mode), mask=image.getchannel("A"))
        image = paper
    lowest = [low for low, _ in (channel.getextrema() for channel in image.split())]
    return min(lowest) > _NEARLY_WHITE


def _png(image: Any) -> bytes:
    out = io.BytesIO()
    image.info.clear()
    image.save(out, "PNG")
    return out.getvalue()


def _jpeg(image: Any, source: Any) -> bytes:
    """A JPEG that is quantised as the source is, so that writing it again costs neither sharpness nor bytes."""
    from PIL.JpegImagePlugin import get_sampling

    out = io.BytesIO()
    sampling = max(0, get_sampling(source))
    if source.mode == image.mode:
        # Zero divides nothing, and libjpeg does not look.
        tables = {key: [max(1, value) for value in table] for key, table in source.quantization.items()}
        options = {"qtables": tables, "subsampling": sampling}
    else:
        options = {"quality": _QUALITY, "subsampling": 0}
    image.info.clear()
    image.save(out, "JPEG", optimize=True, **options)
    return out.getvalue()
