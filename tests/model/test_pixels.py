"""What a logo's file means in pixels: every kind of PNG and JPEG, however it was held, and nothing beside them."""

from __future__ import annotations

import io
import struct
import time
import zlib
from typing import Any

import pytest
from picture_samples import (
    ADOBE_GAMMA,
    ADOBE_RGB,
    CORNERS,
    SECRET,
    adobe_profile,
    alike,
    chunk,
    corners,
    held,
    png,
    saved,
    upright,
    with_chunk,
    ycck,
)
from PIL import Image as Pillow

from handouts.model import image as judging
from handouts.model.image import Image, ImageCode, check_image
from handouts.problems import Origin, Problem, ProblemsError

ORIGIN = Origin("clinic.yaml", 4, 9)


def drawn(data: bytes) -> Any:
    """The picture that documents get."""
    image = check_image(data, ORIGIN, "logo.png")
    opened = Pillow.open(io.BytesIO(image.data))
    assert opened.size == (image.width, image.height)
    assert f"image/{str(opened.format).lower()}" == image.media
    return opened


def pixels(data: bytes) -> list[Any]:
    return list(drawn(data).get_flattened_data())


def refused(data: bytes) -> Problem:
    with pytest.raises(ProblemsError) as caught:
        check_image(data, ORIGIN, "logo.png")
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
@pytest.mark.parametrize("orientation", range(10))
def test_a_picture_stands_upright_however_it_was_held(orientation: int, format: str) -> None:
    shown = drawn(held(orientation, format))
    assert shown.size == (90, 60)
    assert alike(corners(shown), CORNERS)


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_nothing_tells_where_and_with_what_it_was_taken(format: str) -> None:
    data = held(6, format, icc_profile=adobe_profile())
    assert SECRET in data
    image = check_image(data, ORIGIN, "logo.png")
    assert SECRET not in image.data
    shown = Pillow.open(io.BytesIO(image.data))
    shown.load()
    assert not {"exif", "icc_profile", "comment", "xmp", "mp", "photoshop"} & shown.info.keys()
    assert len(shown.getexif()) == 0


def test_a_jpeg_s_comments_notes_and_what_follows_it_are_left_out() -> None:
    data = saved(upright(), "JPEG", comment=SECRET, xmp=b"<x:xmpmeta>" + SECRET)
    data = data[:2] + b"\xff\xed" + struct.pack(">H", 2 + len(SECRET)) + SECRET + data[2:] + SECRET
    assert data.count(SECRET) == 4
    assert SECRET not in check_image(data, ORIGIN, "logo.jpg").data


def test_a_png_s_texts_and_what_follows_it_are_left_out() -> None:
    data = with_chunk(saved(upright(), "PNG"), b"tEXt", b"Comment\0" + SECRET) + SECRET
    assert SECRET not in check_image(data, ORIGIN, "logo.png").data


def test_nobody_finds_under_transparency_what_was_erased() -> None:
    shown = pixels(png((2, 1), 8, 6, [bytes([200, 10, 20, 255, 11, 22, 33, 0])]))
    assert shown == [(200, 10, 20, 255), (255, 255, 255, 0)]


def test_of_a_phone_s_picture_for_two_eyes_the_first_is_shown() -> None:
    both = saved(upright(), "MPO", save_all=True, append_images=[Pillow.new("RGB", (90, 60), "black")], quality=95)
    assert Pillow.open(io.BytesIO(both)).format == "MPO"
    shown = drawn(both)
    assert shown.format == "JPEG"
    assert alike(corners(shown), CORNERS)
    assert len(check_image(both, ORIGIN, "logo.mpo").data) < len(both) - 500


GREYS = struct.pack(">4H", 0, 0x4000, 0x8000, 0xFFFF)


def test_grey_of_16_bits_is_scaled() -> None:
    data = png((4, 1), 16, 0, [GREYS])
    assert Pillow.open(io.BytesIO(data)).mode == "I;16"
    assert pixels(data) == [0, 64, 128, 255]


KEYED = {
    "1 bit": (png((2, 1), 1, 0, [b"\x40"], (b"tRNS", b"\0\1")), [(0, 0, 0, 255), (255, 255, 255, 0)]),
    "2 bits": (
        png((4, 1), 2, 0, [b"\x1b"], (b"tRNS", b"\0\3")),
        [(0, 0, 0, 255), (85, 85, 85, 255), (170, 170, 170, 255), (255, 255, 255, 0)],
    ),
    "4 bits": (png((2, 1), 4, 0, [b"\x0f"], (b"tRNS", b"\0\x0f")), [(0, 0, 0, 255), (255, 255, 255, 0)]),
    "8 bits": (png((2, 1), 8, 0, [b"\x10\x20"], (b"tRNS", b"\0\x20")), [(16, 16, 16, 255), (255, 255, 255, 0)]),
    "16 bits": (png((4, 1), 16, 0, [GREYS], (b"tRNS", b"\x40\0")), [(0, 255), (255, 0), (128, 255), (255, 255)]),
    "colours of 8 bits": (
        png((2, 1), 8, 2, [b"\1\2\3\4\5\6"], (b"tRNS", b"\0\4\0\5\0\6")),
        [(1, 2, 3, 255), (255, 255, 255, 0)],
    ),
    "colours of 16 bits": (
        png((2, 1), 16, 2, [b"\1\0\2\0\3\0\4\7\5\7\6\7"], (b"tRNS", b"\4\7\5\7\6\7")),
        [(1, 2, 3, 255), (255, 255, 255, 0)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "wanted"), KEYED.values(), ids=KEYED)
def test_one_colour_can_be_transparent_at_any_depth(data: bytes, wanted: list[Any]) -> None:
    assert pixels(data) == wanted


def test_of_grey_of_16_bits_the_transparent_one_is_told_by_both_bytes() -> None:
    near = png((3, 1), 16, 0, [struct.pack(">3H", 0x4000, 0x4001, 0x0140)], (b"tRNS", struct.pack(">H", 0x4001)))
    assert pixels(near) == [(64, 255), (255, 0), (1, 255)]


KINDS = {
    "colours of 16 bits": (png((2, 1), 16, 2, [struct.pack(">6H", 0x1234, 2, 0xFFFF, 0, 0x8000, 1)]),
                           [(0x12, 0, 255), (0, 128, 0)]),
    "16 bits with alpha": (png((2, 1), 16, 6, [struct.pack(">8H", 0x1234, 2, 3, 0x8000, 9, 9, 9, 0xFFFF)]),
                           [(0x12, 0, 0, 128), (0, 0, 0, 255)]),
    "grey with alpha": (png((2, 1), 8, 4, [b"\1\xff\2\x80"]), [(1, 255), (2, 128)]),
    "grey of 16 bits with alpha": (png((2, 1), 16, 4, [struct.pack(">4H", 0x1234, 0x8000, 0x4321, 0xFFFF)]),
                                   [(0x12, 0x12, 0x12, 128), (0x43, 0x43, 0x43, 255)]),
    "alpha that hides nothing": (png((1, 1), 8, 6, [b"\1\2\3\xff"]), [(1, 2, 3)]),
    "1 bit": (png((8, 1), 1, 0, [b"\x0f"]), [0] * 4 + [255] * 4),
    "a palette": (png((2, 1), 8, 3, [b"\0\1"], (b"PLTE", b"\1\2\3\4\5\6")), [(1, 2, 3), (4, 5, 6)]),
    "a palette of 1 bit": (png((2, 1), 1, 3, [b"\x40"], (b"PLTE", b"\1\2\3\4\5\6")), [(1, 2, 3), (4, 5, 6)]),
    "a palette with alpha": (
        png((2, 1), 4, 3, [b"\x01"], (b"PLTE", b"\1\2\3\4\5\6"), (b"tRNS", b"\xff\x80")),
        [(1, 2, 3, 255), (4, 5, 6, 128)],
    ),
    "one pixel": (png((1, 1), 8, 0, [b"\x30"]), [0x30]),
}  # fmt: skip


@pytest.mark.parametrize(("data", "wanted"), KINDS.values(), ids=KINDS)
def test_a_png_of_any_kind_keeps_its_colours(data: bytes, wanted: list[Any]) -> None:
    assert pixels(data) == wanted


JPEGS = {
    "baseline": saved(upright(), "JPEG", quality=95),
    "progressive": saved(upright(), "JPEG", quality=95, progressive=True),
    "fewer colours than pixels": saved(upright(), "JPEG", quality=95, subsampling=2),
    "inks": saved(upright(mode="CMYK"), "JPEG", quality=95),
    "inks as brightness and colours": ycck(upright()),
}


@pytest.mark.parametrize("data", JPEGS.values(), ids=JPEGS)
def test_a_jpeg_of_any_kind_keeps_its_colours(data: bytes) -> None:
    shown = drawn(data)
    assert shown.mode == "RGB"
    assert alike(corners(shown), CORNERS)


def test_a_grey_jpeg_stays_grey() -> None:
    assert drawn(saved(upright(mode="L"), "JPEG")).mode == "L"


def test_writing_a_jpeg_again_costs_neither_sharpness_nor_bytes() -> None:
    noise = Pillow.merge("RGB", [Pillow.effect_noise((160, 120), 60) for _ in range(3)])
    first = saved(noise, "JPEG", quality=50)
    image = check_image(first, ORIGIN, "logo.jpg")
    assert len(image.data) < len(first) * 1.05
    both = [Pillow.open(io.BytesIO(data)).convert("L").get_flattened_data() for data in (first, image.data)]
    off = [abs(a - b) for a, b in zip(*both, strict=True)]
    assert sum(off) / len(off) < 3


def test_a_quantisation_by_zero_ends_nothing() -> None:
    data = saved(upright(), "JPEG")
    at = data.index(b"\xff\xdb") + 5
    check_image(data[:at] + b"\0" * 64 + data[at + 64 :], ORIGIN, "logo.jpg")


def test_of_several_frames_the_first_is_shown() -> None:
    frames = saved(upright(), "PNG", save_all=True, append_images=[Pillow.new("RGB", (90, 60), "black")] * 3)
    shown = drawn(frames)
    assert getattr(shown, "n_frames", 1) == 1
    assert corners(shown) == CORNERS


def _adobe_in_srgb(colour: tuple[int, int, int]) -> tuple[int, ...]:
    """A colour of Adobe RGB in sRGB, by the definitions of both."""
    light = [(value / 255) ** ADOBE_GAMMA for value in colour]
    x, y, z = (sum(part * primary[axis] for part, primary in zip(light, ADOBE_RGB, strict=True)) for axis in range(3))
    # From XYZ under D50 to linear sRGB (IEC 61966-2-1, adapted by Bradford).
    linear = (
        3.1338561 * x - 1.6168667 * y - 0.4906146 * z,
        -0.9787684 * x + 1.9161415 * y + 0.0334540 * z,
        0.0719453 * x - 0.2289914 * y + 1.4052427 * z,
    )
    return tuple(
        round(255 * (12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055)) for v in linear
    )  # fmt: skip


@pytest.mark.parametrize("format", ["PNG", "JPEG"])
def test_colours_of_a_wider_gamut_are_converted(format: str) -> None:
    colour = (90, 150, 110)
    assert _adobe_in_srgb(colour) != colour
    given = Pillow.new("RGB", (16, 16), colour)
    options = {"quality": 100} if format == "JPEG" else {}
    shown = drawn(saved(given, format, icc_profile=adobe_profile(), **options))
    assert alike([shown.getpixel((8, 8))], [_adobe_in_srgb(colour)], 2)


def test_what_is_said_to_be_srgb_keeps_its_numbers() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert corners(drawn(saved(upright(), "PNG", icc_profile=profile))) == CORNERS


@pytest.mark.parametrize("profile", [b"not a profile", adobe_profile()[:200], b"\xff" * 3000])
def test_a_profile_that_is_none_says_nothing(profile: bytes) -> None:
    assert corners(drawn(saved(upright(), "PNG", icc_profile=profile))) == CORNERS


def test_a_profile_of_other_inks_says_nothing() -> None:
    assert drawn(saved(upright(mode="L"), "PNG", icc_profile=adobe_profile())).mode == "L"


@pytest.mark.parametrize(
    "data",
    [
        saved(Pillow.new("RGB", (9, 9), "white"), "PNG"),
        saved(Pillow.new("L", (9, 9), 253), "JPEG"),
        saved(Pillow.new("RGBA", (9, 9), (255, 255, 255, 0)), "PNG"),
        saved(Pillow.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG"),
        saved(Pillow.new("LA", (9, 9), (255, 255)), "PNG"),
        saved(Pillow.new("RGBA", (9, 9), (0, 0, 0, 2)), "PNG"),
    ],
    ids=["white", "grey as white", "white on nothing", "nothing", "white, opaque", "hardly anything"],
)  # fmt: skip
def test_a_logo_that_paper_would_not_show_is_refused(data: bytes) -> None:
    problem = refused(data)
    assert (problem.code, problem.origin) == (ImageCode.BLANK, ORIGIN)
    assert "nothing of it would be seen on paper" in problem.message


def test_a_white_logo_on_a_ground_of_its_own_passes() -> None:
    logo = Pillow.new("RGBA", (20, 20), (20, 60, 90, 255))
    logo.paste((255, 255, 255, 255), (5, 5, 15, 15))
    assert drawn(saved(logo, "PNG")).getpixel((10, 10)) == (255, 255, 255)


def test_texts_that_would_fill_memory_are_not_unpacked() -> None:
    bomb = zlib.compress(b"\0" * 60_000_000, 9)
    data = saved(upright(), "PNG")
    for name in (b"zTXt", b"iTXt"):
        told = b"Comment\0\0" if name == b"zTXt" else b"Comment\0\1\0\0\0"
        data = with_chunk(data, name, told + bomb)
    begun = time.process_time()
    assert corners(drawn(data)) == CORNERS
    assert time.process_time() - begun < 1


def test_a_profile_that_would_fill_memory_is_refused() -> None:
    bomb = b"Wide\0\0" + zlib.compress(b"\0" * 60_000_000, 9)
    begun = time.process_time()
    assert refused(with_chunk(saved(upright(), "PNG"), b"iCCP", bomb)).code == ImageCode.BROKEN
    assert time.process_time() - begun < 1


def test_a_hundred_thousand_empty_chunks_cost_little() -> None:
    data = saved(upright(), "PNG")
    empty = chunk(b"teXt", b"") * 100_000
    begun = time.process_time()
    assert corners(drawn(data[:33] + empty + data[33:])) == CORNERS
    assert time.process_time() - begun < 2


def test_a_jpeg_of_very_many_passes_is_refused_undecoded() -> None:
    data = saved(Pillow.new("L", (4000, 4000), 128), "JPEG", progressive=True)
    last = data[data.rindex(b"\xff\xda") : -2]
    begun = time.process_time()
    problem = refused(data[:-2] + last * (judging.MAX_SCANS + 1) + data[-2:])
    assert (problem.code, time.process_time() - begun < 0.2) == (ImageCode.TOO_LARGE, True)
    assert f"more than {judging.MAX_SCANS} scans" in problem.message


NAMED = {
    "GIF": (saved(upright(), "GIF"), "a GIF"),
    "moving GIF": (saved(upright(), "GIF", save_all=True, append_images=[upright(90, 60).rotate(90)]), "a GIF"),
    "WebP": (saved(upright(), "WEBP"), "a WebP"),
    "BMP": (saved(upright(), "BMP"), "a BMP"),
    "TIFF": (saved(upright(), "TIFF"), "a TIFF"),
    "icon": (saved(upright(), "ICO"), "an icon (.ico)"),
    "JPEG 2000": (b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(40), "a JPEG 2000"),
    "JPEG XL": (b"\xff\x0a" + bytes(40), "a JPEG XL"),
    "PDF": (b"%PDF-1.7\n", "a PDF"),
    "EPS": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "an EPS drawing"),
    "Photoshop": (b"8BPS\0\1", "a Photoshop file"),
    "HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a HEIC"),
    "HEIF": (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "a HEIC"),
    "AVIF": (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", "an AVIF"),
    "video": (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", "a video"),
    "metafile": (b"\1\0\0\0" + bytes(36) + b" EMF" + bytes(40), "a Windows metafile (.emf)"),
    "SVG": (b"<?xml version='1.0'?>\n<!-- made -->\n<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing"),
    "page": (b"<!DOCTYPE html>\n<HTML><body>Sign in</body></HTML>", "a web page"),
    "Word": (b"PK\3\4\x14\0", "a zip file, or a document"),
    "empty": (b"", "empty"),
}


@pytest.mark.parametrize(("data", "kind"), NAMED.values(), ids=NAMED)
def test_another_format_is_called_by_its_name(data: bytes, kind: str) -> None:
    problem = refused(data)
    assert problem.code == ImageCode.FORMAT
    assert problem.message.startswith(f"the image logo.png is {kind}")
    assert problem.instead


@pytest.mark.parametrize("size", [(20_000, 1), (1, 20_000)])
def test_a_line_of_very_many_pixels_is_refused(size: tuple[int, int]) -> None:
    problem = refused(saved(Pillow.new("L", size), "PNG"))
    assert problem.code == ImageCode.TOO_LARGE
    assert f"{size[0]:,} × {size[1]:,} pixels" in problem.message


def test_the_same_file_gives_the_same_bytes() -> None:
    for data in (held(6), held(6, "PNG"), JPEGS["inks"]):
        assert check_image(data, ORIGIN, "a") == check_image(data, ORIGIN, "b")
        assert isinstance(check_image(data, ORIGIN, "a"), Image)
