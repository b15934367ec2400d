"""A logo from its file to the page, slide and card: upright, in its proportions, by its name, without its metadata."""

from __future__ import annotations

import io
import sys
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from picture_samples import CORNERS, SECRET, alike, corners, held, png, saved, upright
from PIL import Image as Pillow
from pptx import Presentation
from topic_samples import CONTENT, ROOT, TODAY

from handouts.build.build import build
from handouts.build.inputs import input_digests
from handouts.build.request import Request
from handouts.cli.main import build_command, run
from handouts.files.beside import logo_beside
from handouts.model.image import check_image
from handouts.plan.blocks import Picture
from handouts.problems import Origin, ProblemsError
from handouts.render.pdf.handout import render_handout
from handouts.theme.schema import Theme

for folder in ("batch", "render/pdf", "render/pptx"):
    sys.path.append(str(ROOT / "tests" / folder))
from batch_samples import clinics, files, order_for, report, run_here, table  # noqa: E402
from deck_samples import deck, para, render_deck, slide  # noqa: E402
from pdf_samples import THEME, handout, paragraph, with_pages  # noqa: E402

NAME = "Harbour Clinic"


def picture(data: bytes) -> Picture:
    return Picture(check_image(data, Origin("clinic.yaml"), "logo"), NAME)


def on_page(pdf: bytes) -> Any:
    """What a page shows where its one raster image stands."""
    document = pdfium.PdfDocument(pdf)
    for page in document:
        for found in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=9):
            left, bottom, right, top = found.get_bounds()
            if left < right <= page.get_width() and 0 <= bottom < top:
                shown = page.render(scale=4).to_pil()
                high = page.get_height()
                return shown.crop([round(4 * v) for v in (left, high - top, right, high - bottom)])
    raise AssertionError("no page shows an image")


def in_deck(data: bytes) -> tuple[Any, Any]:
    """The one picture of a deck: its shape and its media."""
    found = [s for page in Presentation(io.BytesIO(data)).slides for s in page.shapes if "pic" in s._element.tag]
    (shape,) = found
    return shape, Pillow.open(io.BytesIO(shape.image.blob))  # type: ignore[attr-defined]


def is_upright(image: Any, wide: float, high: float) -> bool:
    return alike(corners(image), CORNERS, 12) and abs(wide / high - 1.5) < 0.02


def flat(pdf: bytes) -> bytes:
    """A PDF with all its streams unpacked."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        file.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.specialized, compress_streams=False)
    return out.getvalue()


def unpacked(deck_file: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(deck_file)) as package:
        return b"".join(package.read(name) for name in package.namelist())


@pytest.mark.parametrize(("orientation", "format"), [*((n, "JPEG") for n in range(1, 9)), (6, "PNG")])
def test_page_and_slide_show_a_logo_upright(orientation: int, format: str) -> None:
    logo = picture(held(orientation, format))
    page = on_page(render_handout(handout(paragraph("Words"), logo), with_pages(1, 2, THEME), "letter"))
    assert is_upright(page, *page.size)
    shape, media = in_deck(render_deck(deck(slide("Title and Content", "A", body=(para("x"), logo))), Theme()))
    assert is_upright(media, *media.size)
    assert is_upright(media, shape.width, shape.height)


def clinic(folder: Path, name: str, data: bytes, said: str = "") -> Path:
    """A clinic file with a logo beside it, which it calls `said`."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    path = folder / "clinic.yaml"
    path.write_text(f'schema_version: 1\nname: {NAME}\nlogo: {{file: "{said or name}", alt: {NAME}}}\n', "utf-8")
    return path


def request(folder: Path, file: Path, *formats: str) -> Request:
    templates = ROOT / "templates"
    return Request(TODAY, formats, content=CONTENT, templates=templates, clinic=file, out=folder / "out")


def test_all_documents_show_a_camera_s_picture_upright_and_tell_nothing_of_it(tmp_path: Path) -> None:
    build(request(tmp_path, clinic(tmp_path, "logo.jpg", held(6))))
    made = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    for name in ("ixazomib-en-handout.pdf", "ixazomib-en-card.pdf"):
        page = on_page(made[name])
        assert is_upright(page, *page.size)
        assert not [word for word in (SECRET, b"Exif", b"MPF\0") if word in flat(made[name])]
    shape, media = in_deck(made["ixazomib-en-deck.pptx"])
    assert is_upright(media, shape.width, shape.height)
    assert not [word for word in (SECRET, b"Exif", b"MPF\0") if word in unpacked(made["ixazomib-en-deck.pptx"])]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("format", ["pdf", "card", "pptx"])
def test_a_batch_shows_logos_upright(tmp_path: Path, format: str) -> None:
    for number, orientation in enumerate((6, 3)):
        (tmp_path / f"logo{number}.jpg").write_bytes(held(orientation))
    rows = [{**row, "logo": f"logo{number}.jpg"} for number, row in enumerate(clinics(2))]
    run_here(order_for(table(tmp_path / "r.csv", rows), tmp_path / "out", (format,)))
    assert [row["status"] for row in report(tmp_path / "out") if row["file"]] == ["made"] * 2
    documents = [data for name, data in files(tmp_path / "out").items() if name.endswith((".pdf", ".pptx"))]
    assert len(documents) == 2
    for data in documents:
        if format == "pptx":
            shape, media = in_deck(data)
            assert is_upright(media, shape.width, shape.height)
        else:
            page = on_page(data)
            assert is_upright(page, *page.size)
        assert SECRET not in (unpacked(data) if format == "pptx" else flat(data))


def test_grey_of_16_bits_is_printed_and_not_blank() -> None:
    half = png((40, 40), 16, 0, [b"\x60\x00" * 20 + b"\xff\xff" * 20] * 40)
    page = on_page(render_handout(handout(paragraph("Words"), picture(half)), with_pages(1, 2, THEME), "letter"))
    assert alike(corners(page), [(0x60,) * 3, (255,) * 3] * 2)


def test_what_is_transparent_is_paper_on_a_page_and_stays_transparent_on_a_slide() -> None:
    ring = upright(mode="RGBA")
    ring.paste((0, 0, 0, 0), (0, 0, 45, 30))
    logo = picture(saved(ring, "PNG"))
    page = on_page(render_handout(handout(paragraph("Words"), logo), with_pages(1, 2, THEME), "letter"))
    assert alike(corners(page), [(255, 255, 255), *CORNERS[1:]])
    _, media = in_deck(render_deck(deck(slide("Title and Content", "A", body=(para("x"), logo))), Theme()))
    assert media.convert("RGBA").getpixel((20, 15))[3] == 0


COMPOSED, APART = (unicodedata.normalize(form, "Zürich/Klinik é.png") for form in ("NFC", "NFD"))


@pytest.mark.parametrize(("disk", "said"), [(APART, COMPOSED), (COMPOSED, APART), (APART, APART)])
def test_a_logo_is_found_however_the_disk_spells_its_letters(tmp_path: Path, disk: str, said: str) -> None:
    assert COMPOSED != APART
    file = clinic(tmp_path, disk, saved(upright(), "PNG"), said)
    asked = request(tmp_path, file, "card")
    build(asked)
    assert (tmp_path / "out" / "ixazomib-en-card.pdf").is_file()
    before = input_digests(asked, ("ixazomib",))
    (tmp_path / disk).write_bytes(saved(upright().rotate(180), "PNG"))
    assert before["ixazomib"] != input_digests(asked, ("ixazomib",))["ixazomib"]


def test_the_file_that_is_spelled_as_written_comes_first(tmp_path: Path) -> None:
    for name, size in ((COMPOSED, 20), (APART, 40)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(saved(upright(size, size), "PNG"))
    for name, size in ((COMPOSED, 20), (APART, 40)):
        assert logo_beside(tmp_path / "clinic.yaml", name, Origin("clinic.yaml")).width == size


def test_a_row_s_logo_is_found_however_the_disk_spells_it_and_read_anew_when_it_changes(tmp_path: Path) -> None:
    (tmp_path / APART).parent.mkdir()
    (tmp_path / APART).write_bytes(saved(upright(), "PNG"))
    rows = table(tmp_path / "r.csv", [{**clinics(1)[0], "logo": COMPOSED}])
    made: list[dict[str, bytes]] = []
    for turned in (0, 180):
        (tmp_path / APART).write_bytes(saved(upright().rotate(turned), "PNG"))
        run_here(order_for(rows, tmp_path / "out", ("card",)))
        assert [row["status"] for row in report(tmp_path / "out") if row["file"]] == ["made"]
        made.append(files(tmp_path / "out"))
    assert made[0]["ixazomib-en-card-c000.pdf"] != made[1]["ixazomib-en-card-c000.pdf"]


def test_a_name_that_leads_out_of_the_folder_is_refused_in_any_spelling(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / unicodedata.normalize("NFD", "é.png")).write_bytes(saved(upright(), "PNG"))
    for name in ("../é.png", "é/../../é.png"):
        with pytest.raises(ProblemsError, match=r"outside the folder|cannot be read"):
            logo_beside(tmp_path / "in" / "clinic.yaml", name, Origin("clinic.yaml"))


@pytest.mark.parametrize("name", ["logo.mpo", "logo.JPEG", "logo.jfif", "Logo.Png", "logo"])
def test_the_bytes_say_what_a_picture_is_and_not_its_name(tmp_path: Path, name: str) -> None:
    assert build(request(tmp_path, clinic(tmp_path, name, held(1)), "card")).made


def test_a_drawing_is_called_by_its_name_at_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = clinic(tmp_path, "logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    arguments = ["--content", str(CONTENT), "--clinic", str(file), "--out", str(tmp_path / "out"), "--format", "card"]
    assert run(build_command, arguments) == 1
    told = [line for line in capsys.readouterr().err.splitlines() if " error: " in line]
    assert told == [
        f"{file}:3:14: IMAGE01 error: the image logo.svg is an SVG drawing, neither PNG nor JPEG; open it in a program "
        "for pictures and save (export) it as PNG"
    ]
    assert not (tmp_path / "out").exists()
