"""Images of clinics: whole PNGs and JPEGs of sane size pass, everything else is refused without being decoded."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image as Pillow

from handouts.model.image import MAX_BYTES, Image, ImageCode, check_image
from handouts.problems import Origin, Problem, ProblemsError

ORIGIN = Origin("clinic.yaml", 4, 9)


def picture(format: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Pillow.effect_noise(size, 80).convert(mode).save(out, format, **options)
    return out.getvalue()


PNG, JPEG = picture("PNG"), picture("JPEG")


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of_size(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def jpeg_of_size(width: int, height: int) -> bytes:
    at = JPEG.index(b"\xff\xc0")
    return JPEG[: at + 5] + struct.pack(">HH", height, width) + JPEG[at + 9 :]


def refused(data: bytes) -> Problem:
    with pytest.raises(ProblemsError) as caught:
        check_image(data, ORIGIN, "logo.png")
    (problem,) = caught.value.problems
    assert problem.origin == ORIGIN
    assert "logo.png" in problem.message
    assert problem.instead
    return problem


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_any_kind_passes(mode: str) -> None:
    image = check_image(picture("PNG", mode=mode), ORIGIN, "logo.png")
    assert replace(image, data=b"") == Image(b"", "image/png", 60, 40)


@pytest.mark.parametrize(("mode", "options"), [("L", {}), ("RGB", {"progressive": True}), ("CMYK", {})])
def test_a_jpeg_of_any_kind_passes(mode: str, options: dict[str, object]) -> None:
    data = picture("JPEG", mode=mode, exif=b"Exif\0\0" + b"x" * 500, **options)
    assert replace(check_image(data, ORIGIN, "logo.png"), data=b"") == Image(b"", "image/jpeg", 60, 40)


def test_a_png_of_several_frames_passes() -> None:
    out = io.BytesIO()
    frames = [Pillow.new("RGB", (30, 20), colour) for colour in ("red", "blue")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    assert check_image(out.getvalue(), ORIGIN, "logo.png").width == 30


def test_the_largest_image_passes() -> None:
    out = io.BytesIO()
    Pillow.new("L", (4096, 4096)).save(out, "PNG")
    assert check_image(out.getvalue(), ORIGIN, "logo.png").height == 4096


@pytest.mark.parametrize("format", ["GIF", "BMP", "TIFF", "WEBP"])
def test_another_format_is_refused_whatever_its_name(format: str) -> None:
    assert refused(picture(format)).code == ImageCode.FORMAT


@pytest.mark.parametrize("data", [b"", b"\x89PNG", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7"])
def test_what_is_no_image_is_refused(data: bytes) -> None:
    assert refused(data).code == ImageCode.FORMAT


@pytest.mark.parametrize("make", [png_of_size, jpeg_of_size])
@pytest.mark.parametrize("size", [(50_000, 50_000), (4097, 10), (10, 4097)])
def test_too_many_pixels_are_refused_from_the_header(make: object, size: tuple[int, int]) -> None:
    assert callable(make)
    problem = refused(make(*size))
    assert problem.code == ImageCode.TOO_LARGE
    assert f"{size[0]:,} × {size[1]:,} pixels" in problem.message


def test_too_many_bytes_are_refused() -> None:
    assert refused(PNG + b"\0" * MAX_BYTES).code == ImageCode.TOO_LARGE


@pytest.mark.parametrize("data", [png_of_size(0, 5), png_of_size(5, 0), jpeg_of_size(0, 5), jpeg_of_size(5, 0)])
def test_an_image_without_size_is_refused(data: bytes) -> None:
    assert refused(data).code == ImageCode.BROKEN


@pytest.mark.parametrize("data", [PNG, JPEG])
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.9])
def test_an_image_that_is_cut_short_is_refused(data: bytes, share: float) -> None:
    assert refused(data[: int(len(data) * share)]).code == ImageCode.BROKEN


def test_a_png_with_a_damaged_byte_is_refused() -> None:
    at = PNG.index(b"IDAT") + 40
    assert refused(PNG[:at] + bytes([PNG[at] ^ 0xFF]) + PNG[at + 1 :]).code == ImageCode.BROKEN


def test_a_png_without_its_picture_is_refused() -> None:
    assert refused(png_of_size(60, 40)).code == ImageCode.BROKEN


@given(
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", PNG[:40], JPEG[:200]]),
    st.binary(max_size=400),
)
@example(b"\xff\xd8\xff", b"\xe0\0\0" * 100)
def test_nothing_but_problems_comes_of_any_bytes(start: bytes, rest: bytes) -> None:
    with pytest.raises(ProblemsError):
        check_image(start + rest, ORIGIN, "logo.png")


@given(st.sampled_from([PNG, JPEG]), st.integers(0), st.binary(min_size=1, max_size=8))
def test_nothing_but_problems_comes_of_damage_anywhere(data: bytes, place: int, damage: bytes) -> None:
    at = place % len(data)
    try:
        check_image(data[:at] + damage + data[at + len(damage) :], ORIGIN, "logo.png")
    except ProblemsError as e:
        assert len(e.problems) == 1
