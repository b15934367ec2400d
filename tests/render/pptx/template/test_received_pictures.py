"""Pictures of a template are pixels and strokes; drawings (SVG), which can load and run things, stay behind."""

from __future__ import annotations

import gzip
import re

import pytest
from received_samples import (
    LAYOUT,
    OFFICE,
    PIXEL,
    THEME,
    TYPES,
    changed,
    drawn,
    members_of,
    picture,
    plain,
    png_type,
    put,
    refused,
    rel,
    related,
    replaced,
    worn,
)

from handouts.render.pptx.template.report import report
from handouts.render.pptx.template.template import template_of
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"'
DRAWINGS = {
    "plain": f"<svg {NS}><rect/></svg>",
    "an image": f'<svg {NS}><image x:href="https://x.example/a.png"/></svg>',
    "a script": f"<svg {NS}><script>1</script></svg>",
    "an import": f"<svg {NS}><style>@import 'x.css'</style></svg>",
    "a fill": f'<svg {NS}><rect fill="url(https://x.example/a)"/></svg>',
    "a character reference": f'<svg {NS}><rect fill="&#x75;rl(https://x.example/a)"/></svg>',
    "a CSS escape": f"<svg {NS}><style>@\\69mport 'https://x.example/a'</style></svg>",
    "a declaration": f'<?xml version="1.0"?><!-- {"-" * 5000} --><s:svg xmlns:s="http://www.w3.org/2000/svg"/>',
    "a prefix": '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script/></s:svg>',
    "space": f" \r\n<svg {NS}/>",
}
TYPES_SAID = ["image/svg+xml", "image/svg+XML", "image/svg", "image/SVG+xml", "image/png", "image/x-emf"]
BLIP = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
"""Of the element that names a drawing beside the picture that older programs show."""


def said(end: str, content_type: str) -> bytes:
    return f'<Default Extension="{end}" ContentType="{content_type}"/></Types>'.encode()


def shown(data: bytes, content_type: str) -> bytes:
    """The small template with a layout that shows these bytes as a picture."""
    types = replaced(TYPES, b"</Types>", said("art", content_type))
    return changed(types, put("ppt/media/a.art", data), drawn(picture()), related(rel("image", "../media/a.art")))


@pytest.mark.sampled(12)
@pytest.mark.parametrize("content_type", TYPES_SAID)
@pytest.mark.parametrize("svg", DRAWINGS.values(), ids=DRAWINGS)
def test_a_drawing_that_is_shown_itself_is_refused_whatever_it_is_called(svg: str, content_type: str) -> None:
    told = "part ppt/media/a.art is a drawing (SVG) with no picture beside it"
    assert refused(shown(svg.encode(), content_type)) == told


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_drawing_is_known_in_every_encoding(encoding: str) -> None:
    assert "is a drawing (SVG)" in refused(shown(DRAWINGS["a script"].encode(encoding), "image/png"))


@pytest.mark.parametrize(
    "data",
    [b"", b"text", b"{}", gzip.compress(DRAWINGS["a script"].encode(), mtime=0), b"\x1f\x8b", b"+ADw-svg+AD4-",
     b"\1\0\0\0", DRAWINGS["a script"].encode("cp037")],
)  # fmt: skip
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    assert refused(shown(data, "image/png")) == "part ppt/media/a.art is no picture of a kind that decks hold"


EMF = b"\1\0\0\0" + bytes(36) + b" EMF" + bytes(40)


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    "data",
    [PIXEL, b"\xff\xd8\xff\xe0", b"GIF89a", b"BM\0", b"II*\0", b"MM\0*", b"II\xbc\1", b"\xd7\xcd\xc6\x9a", EMF,
     b"\1\0\x09\0\0\3", b"RIFF\0\0\0\0WEBPVP8 ", gzip.compress(EMF, mtime=0), bytes(522) + b"\0\x11\2\xff"],
    ids=["PNG", "JPEG", "GIF", "BMP", "TIFF", "Mac TIFF", "HD Photo", "WMF", "EMF", "old WMF", "WebP", "EMZ", "PICT"],
)  # fmt: skip
def test_pictures_of_every_kind_that_powerpoint_writes_are_kept(data: bytes) -> None:
    kept = members_of(worn(shown(data, "image/x-something")))
    assert kept["ppt/template/a.art"] == data


@pytest.mark.parametrize("kind", ["audio", "video", "media"])
@pytest.mark.parametrize("content_type", ["video/mp4", "audio/wav", "video/svg+xml"])
def test_a_recording_that_is_a_drawing_is_refused(kind: str, content_type: str) -> None:
    types = replaced(TYPES, b"</Types>", said("art", content_type))
    link = related(rel(kind, "../media/a.art"))
    data = changed(types, put("ppt/media/a.art", DRAWINGS["an image"].encode()), drawn(picture()), link)
    assert refused(data).startswith("part ppt/media/a.art is ")


@pytest.mark.parametrize(("part", "before"), [(LAYOUT, b"</p:spTree>"), (THEME, b"<a:clrScheme")])
def test_a_drawing_within_another_part_is_refused(part: str, before: bytes) -> None:
    data = changed(replaced(part, before, DRAWINGS["a script"].encode() + before, 1))
    assert refused(data) == f"part {part} holds a drawing (SVG)"


def beside(embed: str = 'r:embed="rIdX"') -> bytes:
    """A picture and the drawing that it is shown for, as PowerPoint writes them."""
    drawing = f'<a:extLst><a:ext uri="{{96DAC541}}"><v:svgBlip xmlns:v="{BLIP}" r:embed="rIdV"/></a:ext></a:extLst>'
    blip = f'<a:blip xmlns:r="{OFFICE}" {embed}>{drawing}</a:blip>'
    return re.sub(rb"<a:blip .*?/>", blip.encode(), picture())


def with_drawing(xml: bytes) -> bytes:
    return changed(
        png_type,
        replaced(TYPES, b"</Types>", said("svg", "image/svg+xml")),
        put("ppt/media/a.png", PIXEL),
        put("ppt/media/a.svg", DRAWINGS["a character reference"].encode()),
        drawn(xml),
        related(rel("image", "../media/a.png") + rel("image", "../media/a.svg", ident="rIdV")),
    )


def test_a_drawing_beside_a_picture_stays_behind_and_the_picture_is_shown() -> None:
    made = members_of(worn(with_drawing(beside())))
    assert made["ppt/template/a.png"] == PIXEL
    assert not [name for name in made if name.endswith(".svg")]
    for data in made.values():
        assert b"svg" not in data.lower()
        assert b"96DAC541" not in data
    assert made.keys() - members_of(plain()).keys() == {"ppt/template/a.png"}


def test_a_drawing_that_stays_behind_is_told() -> None:
    template = template_of(TemplateFile(with_drawing(beside()), "t.pptx"), Theme())
    lines = [line for line in report(template) if "SVG" in line]
    assert lines == ["  1 drawing (SVG) on its masters and layouts, left out; the pictures beside them are shown"]


@pytest.mark.parametrize("embed", ["", 'r:embed=""', 'r:link="rIdX"'])
def test_a_drawing_with_no_picture_beside_it_is_refused(embed: str) -> None:
    message = refused(with_drawing(beside(embed)))
    assert re.fullmatch(rf"part {LAYOUT}, line \d+: a drawing \(SVG\) has no picture beside it", message)
