"""A topic's own pictures from their files to page, slide and card: whole, told by their words, and nothing else."""

from __future__ import annotations

import io
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from picture_samples import CORNERS, SECRET, alike, corners, held, saved, upright
from PIL import Image as Pillow
from pptx import Presentation
from topic_samples import CONTENT, ROOT, TODAY

from handouts.build.build import build
from handouts.build.make import examine
from handouts.build.request import Request
from handouts.build.sign_off import approve, differences
from handouts.figures.photograph import photograph
from handouts.model.image import Image, check_image
from handouts.plan.blocks import FigureBlock
from handouts.problems import Origin, ProblemsError
from handouts.render.pdf.draw.images import image_object
from handouts.render.pdf.handout import render_handout
from handouts.theme.schema import Theme

for folder in ("batch", "render/pdf", "render/pptx"):
    sys.path.append(str(ROOT / "tests" / folder))
from batch_samples import clinics, files, order_for, report, run_here, table  # noqa: E402
from deck_samples import deck, para, render_deck, slide  # noqa: E402
from pdf_samples import THEME, handout, paragraph, with_pages  # noqa: E402

DRAWING = "pictures: {mechanism: {drawing: proteasome-inhibitor}}\n"
ALT, CAPTION = "Four colours in a box.", "A box of colours."
FIGURE = '<figure data-figure="picture" data-name="mechanism" data-width="60"><figcaption>Box</figcaption></figure>'
HANDOUT, DECK, CARD = (f"ixazomib-en-{name}" for name in ("handout.pdf", "deck.pptx", "card.pdf"))


def rewritten(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def topic(folder: Path, picture: bytes, *, name: str = "box.png", more: str = "", alt: str = ALT) -> Request:
    """A request for the shipped topic with a file in place of its drawing; `more` are further keys of the picture."""
    shutil.copytree(CONTENT / "ixazomib", folder / "content" / "ixazomib")
    here = folder / "content" / "ixazomib"
    (here / "box.png").write_bytes(picture)
    rewritten(here / "topic.yaml", DRAWING, f"pictures:\n  mechanism:\n    file: {name}\n{more}")
    said = (here / "en.yaml").read_text("utf-8")
    start, end = said.index("  mechanism:\n    caption:"), said.index("\ncontacts:")
    words = f"  mechanism:\n    caption: {CAPTION}\n" + (f"    alt: {alt}\n" if alt else "")
    (here / "en.yaml").write_text(said[:start] + words + said[end:], "utf-8")
    return Request(TODAY, (), content=folder / "content", templates=ROOT / "templates", out=folder / "out")


def with_card(request: Request, folder: Path) -> Request:
    """The same with a card that shows the picture in place of its foot; the review state stands on its front."""
    shutil.copytree(ROOT / "templates", folder / "templates")
    (foot,) = re.findall(r'<p class="note">.*</p>\n', (ROOT / "templates" / "card.html.j2").read_text("utf-8"))
    rewritten(folder / "templates" / "card.html.j2", foot, f"{FIGURE}\n")
    back = '</section>\n<section data-side="back">'
    rewritten(folder / "templates" / "card.html.j2", back, f'<p class="note">{{{{ review }}}}.</p>\n{back}')
    return Request(TODAY, (), content=request.content, templates=folder / "templates", out=request.out)


def made(request: Request) -> dict[str, bytes]:
    build(request)
    return {path.name: path.read_bytes() for path in request.out.iterdir()}


def shown_in(pdf: bytes) -> Any:
    """What a page shows where its one raster image stands; its place in points."""
    for page in pdfium.PdfDocument(pdf):
        for found in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=9):
            left, bottom, right, top = found.get_bounds()
            if left < right <= page.get_width() and 0 <= bottom < top:
                high = page.get_height()
                box = [round(4 * v) for v in (left, high - top, right, high - bottom)]
                return page.render(scale=4).to_pil().crop(box), right - left, top - bottom
    raise AssertionError("no page shows an image")


def figures_in(pdf: bytes) -> list[str]:
    """The alt texts of a file's figures."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        elements = [o for o in file.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
        return [str(one["/Alt"]) for one in elements]


def pictures_in(data: bytes) -> list[Any]:
    """The pictures of a deck."""
    return [s for page in Presentation(io.BytesIO(data)).slides for s in page.shapes if "pic" in s._element.tag]


def test_all_documents_show_a_file_upright_with_its_words_and_nothing_of_its_camera(tmp_path: Path) -> None:
    documents = made(with_card(topic(tmp_path, held(6)), tmp_path))
    for name, most in ((HANDOUT, 230), (CARD, 90)):
        image, wide, high = shown_in(documents[name])
        assert alike(corners(image), CORNERS, 12)
        assert abs(wide / high - 1.5) < 0.02
        assert wide <= most
        assert ALT in figures_in(documents[name])
        assert SECRET not in documents[name]
    (shape,) = pictures_in(documents[DECK])
    assert abs(shape.width / shape.height - 1.5) < 0.02
    assert shape._element.xpath(".//p:cNvPr/@descr") == [ALT]
    assert alike(corners(Pillow.open(io.BytesIO(shape.image.blob))), CORNERS, 12)
    assert SECRET not in documents[DECK]
    found = pdfium.PdfDocument(documents[HANDOUT])
    assert any(CAPTION in page.get_textpage().get_text_range() for page in found)


def test_decoration_is_passed_over_by_who_listens(tmp_path: Path) -> None:
    request = topic(tmp_path, saved(upright(), "PNG"), more="    decorative: true\n", alt="")
    told, documents = examine(request).findings, made(request)
    assert not [one for one in told if "picture" in one.message or one.code == "CLEAR07"]
    image, _, _ = shown_in(documents[HANDOUT])
    assert alike(corners(image), CORNERS, 12)
    assert len(figures_in(documents[HANDOUT])) == len(figures_in(made(topic(tmp_path / "x", held(1)))[HANDOUT])) - 1
    (shape,) = pictures_in(documents[DECK])
    assert shape._element.xpath(".//p:cNvPr/@descr") == []
    assert "decorative" in shape._element.xpath(".//p:cNvPr")[0][0][0][0].tag


def photo(width: int, height: int) -> Image:
    return check_image(saved(upright(width, height), "PNG"), Origin("topic.yaml"), "box.png")


@pytest.mark.parametrize("size", [(400, 100), (100, 400), (300, 300), (4000, 2), (2, 4000)])
def test_a_picture_is_as_large_as_its_room_and_keeps_its_proportions(size: tuple[int, int]) -> None:
    figure = photograph(photo(*size), width=120, height=90, alt=ALT)
    assert max(figure.width, figure.height / 0.75) == pytest.approx(120)
    assert figure.width / figure.height == pytest.approx(size[0] / size[1])


def test_a_tall_picture_is_no_higher_than_its_page_and_slot() -> None:
    figure = FigureBlock(photograph(photo(100, 400), width=2000, height=2000, alt=ALT))
    with pytest.raises(ProblemsError, match="FIT0"):
        render_handout(handout(figure), with_pages(1, 1, THEME), "letter")
    data = render_deck(deck(slide("Picture", "A", figure=(figure,), body=(para("x"),))), Theme())
    (shape,) = pictures_in(data)
    assert shape.top + shape.height <= Presentation(io.BytesIO(data)).slide_height
    assert abs(shape.height / shape.width - 4) < 0.05


def test_what_is_transparent_is_paper_on_a_page_and_stays_transparent_on_a_slide() -> None:
    ring = upright(mode="RGBA")
    ring.paste((0, 0, 0, 0), (0, 0, 45, 30))
    figure = FigureBlock(photograph(check_image(saved(ring, "PNG"), Origin(""), ""), width=90, height=90, alt=ALT))
    image, _, _ = shown_in(render_handout(handout(paragraph("Words"), figure), with_pages(1, 2, THEME), "letter"))
    assert alike(corners(image), [(255, 255, 255), *CORNERS[1:]])
    (shape,) = pictures_in(render_deck(deck(slide("Title and Content", "A", body=(para("x"), figure))), Theme()))
    assert Pillow.open(io.BytesIO(shape.image.blob)).convert("RGBA").getpixel((20, 15))[3] == 0


def test_grey_stays_grey_in_print() -> None:
    grey = check_image(saved(upright(mode="L"), "PNG"), Origin(""), "")
    assert b"/DeviceGray" in image_object(grey.data)
    assert b"/DeviceRGB" in image_object(photo(40, 40).data)


def problems_of(request: Request) -> list[str]:
    with pytest.raises(ProblemsError) as bad:
        build(request)
    return [str(one) for one in bad.value.problems if one.severity == "error"]


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (None, "FILE01 error: the picture 'box.png' cannot be read: no such file or directory"),
        (b"GIF89a", "IMAGE01 error: the image box.png is a GIF"),
        (saved(upright(), "PNG")[:200], "IMAGE03 error: the image box.png is damaged or cut short"),
        (bytes(4_000_001), "FILE08 error: the picture 'box.png' is 4.1 MB; a picture may have at most 4 MB"),
        (saved(Pillow.new("L", (4097, 1)), "PNG"), "IMAGE02 error: the image box.png is 4,097 × 1 pixels"),
        (saved(Pillow.new("RGB", (9, 9), "white"), "PNG"), "IMAGE04 error: the image box.png is white"),
    ],
)
def test_a_file_that_cannot_be_shown_is_one_error_at_its_line(tmp_path: Path, data: bytes | None, wrong: str) -> None:
    request = topic(tmp_path, data or b"")
    here = request.content / "ixazomib"
    if data is None:
        (here / "box.png").unlink()
    (told,) = problems_of(request)
    assert told.startswith(f"{here / 'topic.yaml'}:16:11: {wrong}")
    assert not request.out.exists()


def test_a_link_out_of_the_folder_is_refused_and_a_folder_too(tmp_path: Path) -> None:
    request = topic(tmp_path, saved(upright(), "PNG"))
    file = request.content / "ixazomib" / "box.png"
    file.rename(tmp_path / "away.png")
    file.symlink_to(tmp_path / "away.png")
    (told,) = problems_of(request)
    assert "topic.yaml:16:11: FILE04 error: the picture 'box.png' is outside the folder of topic.yaml" in told
    file.unlink()
    file.mkdir()
    (told,) = problems_of(request)
    assert "topic.yaml:16:11: FILE01 error: the picture 'box.png' is a folder, not a file" in told


def test_a_language_shows_its_own_file_and_misses_another_s(tmp_path: Path) -> None:
    request = topic(tmp_path, saved(upright(), "PNG"), name="{en: box.png, es: caja.png}")
    image, _, _ = shown_in(made(request)[HANDOUT])
    assert alike(corners(image), CORNERS, 12)
    rewritten(request.content / "ixazomib" / "topic.yaml", "en: box.png, ", "")
    (told,) = problems_of(request)
    assert "topic.yaml:16:5: REF11 error: pictures.mechanism has no file for 'en'; it has one for es" in told


@pytest.mark.slow
def test_a_changed_picture_makes_documents_anew_and_another_file_does_not(tmp_path: Path) -> None:
    request = topic(tmp_path, saved(upright(), "PNG"))
    assert len(build(request).made) == 3
    (request.content / "ixazomib" / "other.png").write_bytes(b"anything")
    assert len(build(request).made) == 0
    (request.content / "ixazomib" / "box.png").write_bytes(saved(upright().rotate(180), "PNG"))
    assert len(build(request).made) == 3


@pytest.mark.slow
def test_a_changed_picture_voids_the_sign_off_and_is_told_apart(tmp_path: Path) -> None:
    request = topic(tmp_path, saved(upright(), "PNG"))
    approve(request, "Jane Doe", "nurse")
    assert "REVIEW02" not in {one.code for one in examine(request).findings}
    (request.content / "ixazomib" / "box.png").write_bytes(saved(upright().rotate(180), "PNG"))
    assert "REVIEW02" in {one.code for one in examine(request).findings}
    (told,) = differences(request)
    assert "Pictures\n--------\n  mechanism (changed): look at the documents themselves" in told


def test_the_words_of_a_picture_that_no_document_shows_are_for_nobody(tmp_path: Path) -> None:
    request = topic(tmp_path, saved(upright(), "PNG"))
    assert "WORDS02" not in {one.code for one in examine(request).findings}
    rewritten(request.content / "ixazomib" / "topic.yaml", ", picture: mechanism", "")
    told = [one.message for one in examine(request).findings if one.code == "WORDS02"]
    assert told == [f"pictures.mechanism.{key} stands in no document" for key in ("caption", "alt")]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("", "TEMPLATE04 error: in line 2 of the HTML that it makes: a picture has no data-name"), ("other", None)],
)
def test_a_picture_that_a_topic_lacks_leaves_no_hole_and_one_without_a_name_is_told(
    tmp_path: Path, name: str, wrong: str | None
) -> None:
    request = with_card(topic(tmp_path, saved(upright(), "PNG")), tmp_path)
    card = tmp_path / "templates" / "card.html.j2"
    text = card.read_text("utf-8").replace('data-name="mechanism"', f'data-name="{name}"')
    card.write_text(text, "utf-8")
    if wrong is None:
        words = "".join(p.get_textpage().get_text_range() for p in pdfium.PdfDocument(made(request)[CARD]))
        assert "Box" not in words
    else:
        (told,) = problems_of(request)
        assert "a picture has no data-name" in told
        assert "TEMPLATE04 error" in told


@pytest.mark.parametrize(("attributes", "high"), [("", 45), (' data-height="20"', 20)])
def test_a_tall_picture_takes_no_more_of_a_page_than_a_template_lets_it(
    tmp_path: Path, attributes: str, high: float
) -> None:
    request = with_card(topic(tmp_path, saved(upright(100, 400), "PNG")), tmp_path)
    rewritten(tmp_path / "templates" / "card.html.j2", ' data-width="60"', f' data-width="60"{attributes}')
    documents = made(request)
    for name, most in ((CARD, high), (HANDOUT, 126)):
        _, wide, tall = shown_in(documents[name])
        assert tall / wide == pytest.approx(4, rel=0.02)
        assert tall == pytest.approx(most, rel=0.2)


@pytest.mark.parametrize("format", ["pdf", "card", "pptx"])
def test_a_batch_shows_the_picture_beside_each_logo(tmp_path: Path, format: str) -> None:
    request = with_card(topic(tmp_path, saved(upright(mode="RGBA"), "PNG")), tmp_path)
    small = FIGURE.replace("60", "24").replace("<figcaption>Box</figcaption>", "")
    rewritten(tmp_path / "templates" / "card.html.j2", FIGURE, small)
    for number in range(2):
        (tmp_path / f"logo{number}.png").write_bytes(saved(Pillow.new("RGB", (60, 40), (9, 99 * number, 9)), "PNG"))
    rows = [{**row, "logo": f"logo{number}.png"} for number, row in enumerate(clinics(2))]
    rows += [{**row, "id": "plain", "logo": ""} for row in clinics(1)]
    folders = {"content": request.content, "templates": request.templates}
    run_here(order_for(table(tmp_path / "r.csv", rows), tmp_path / "out", (format,), **folders))
    assert [row["status"] for row in report(tmp_path / "out") if row["file"]] == ["made"] * 3
    documents = [data for name, data in files(tmp_path / "out").items() if name.endswith((".pdf", ".pptx"))]
    assert len(documents) == 3
    for data in documents:
        alts = [s._element.xpath(".//p:cNvPr/@descr")[0] for s in pictures_in(data)] if format == "pptx" else None
        assert ALT in (figures_in(data) if alts is None else alts)


SIZES = st.tuples(st.integers(1, 90), st.integers(1, 90))


def encoded(mode: str, size: tuple[int, int], shade: int) -> bytes:
    """A picture of this mode, a third of it in a shade and the rest black, as a PNG, or as a JPEG where it has inks."""
    if mode == "I;16":
        return saved(Pillow.frombytes("I;16", size, bytes((shade, shade)) * (size[0] * size[1])), "PNG")
    drawn = Pillow.new("L", size, 0)
    drawn.paste(shade, (0, 0, max(1, size[0] // 3), size[1]))
    image = drawn.convert("RGB").convert(mode) if mode in ("P", "CMYK", "RGBA") else drawn.convert(mode)
    if mode == "RGBA":
        image.putalpha(shade)
    return saved(image, "JPEG" if mode == "CMYK" else "PNG")


@given(st.sampled_from(["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"]), SIZES, st.integers(0, 255))
def test_a_picture_of_any_size_and_mode_is_drawn_or_refused_with_a_message(
    mode: str, size: tuple[int, int], shade: int
) -> None:
    try:
        image = check_image(encoded(mode, size, shade), Origin("topic.yaml", 15, 11), "box.png")
    except ProblemsError as bad:
        (problem,) = bad.problems
        assert problem.code == "IMAGE04"
        return
    figure = FigureBlock(photograph(image, width=100, height=100, alt=ALT))
    drawn, wide, high = shown_in(render_handout(handout(paragraph("Words"), figure), with_pages(1, 2, THEME), "letter"))
    assert wide / high == pytest.approx(size[0] / size[1], rel=0.02)
    assert min(low for low, _ in drawn.convert("RGB").getextrema()) < 255
    (shape,) = pictures_in(render_deck(deck(slide("Title and Content", "A", body=(figure,))), Theme()))
    assert shape.image.size == size
