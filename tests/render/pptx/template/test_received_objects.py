"""What other programs embed in masters and layouts is left out and told; the picture of what is seen stays."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from embedded_samples import SEEN, TINY, charted, controlled, either, embedding, frame, shown, think_cell
from pptx import Presentation
from received_samples import (
    LAYOUT,
    MASTER,
    OFFICE,
    PIXEL,
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
from stranger_templates import repacked

from handouts.render.pptx.template.oxml import A, P
from handouts.render.pptx.template.report import report
from handouts.render.pptx.template.template import template_of
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

VALIDATOR = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")


def told(data: bytes) -> list[str]:
    """What the report says of objects."""
    lines = report(template_of(TemplateFile(data, "t.pptx"), Theme()))
    return [line.strip() for line in lines if "embedded object" in line]


def pictures(data: bytes, layout: str = "Title and Content") -> list[Any]:
    """The pictures of a layout, or of the first master."""
    file: Any = Presentation(io.BytesIO(worn(data)))
    holder = file.slide_master if layout == "" else next(one for one in file.slide_layouts if one.name == layout)
    return [shape for shape in holder.shapes if shape._element.tag.endswith("}pic")]


def nothing_left(data: bytes) -> bool:
    """Whether the deck has nothing of an object, its tags and drawings."""
    words = (b"oleObj", b"progId", b"rIdOle", b"rIdTags", b"rIdVml", b"custDataLst", b"embedded", b"AlternateContent")
    members = members_of(worn(data))
    names = ("embeddings", "tags", "vml", "activeX")
    return not any(word in one for one in members.values() for word in words) and not any(
        name in member for member in members for name in names if not member.startswith("ppt/embeddings/Microsoft")
    )


def test_think_cell_s_object_leaves_nothing_behind() -> None:
    assert worn(think_cell()) == plain()
    assert told(think_cell()) == ["1 embedded object (think-cell) on its masters, left out"]


def test_think_cell_s_object_on_a_layout_is_told_with_the_layout() -> None:
    assert worn(think_cell(LAYOUT)) == plain()
    assert told(think_cell(LAYOUT)) == ["1 embedded object (think-cell) on its layout 'Title and Content', left out"]


def test_objects_of_one_program_are_told_in_a_line() -> None:
    hidden = frame("TCLayout.ActiveDocument.1", side=1)
    both = changed(embedding(MASTER, hidden), embedding(LAYOUT, hidden + hidden.replace('"77"', '"78"')))
    assert told(both) == [
        "3 embedded objects (think-cell) on its masters and layout 'Title and Content', left out"
    ]  # fmt: skip


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    ("program", "called"),
    [
        ("Excel.Sheet.12", "Excel"), ("Excel.Chart.8", "Excel"), ("Mekko.Chart.1", "Mekko Graphics"),
        ("Word.Document.12", "Word"), ("Package", "a packed file"), ("Clinic.Badge.2", "Clinic"),
        ("Unknown", "Unknown"), ("", "of no known program"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("part", [MASTER, LAYOUT])
def test_an_object_that_is_seen_becomes_its_picture(program: str, called: str, part: str) -> None:
    data = changed(embedding(part, frame(program, name="Badge" if program else "")))
    (shape,) = pictures(data, "Title and Content" if part == LAYOUT else "")
    assert shape.image.blob == PIXEL
    assert (shape.name, shape.left, shape.width) == ("Badge" if program else "", 5, SEEN)
    assert nothing_left(data)
    (line,) = told(data)
    assert line.startswith(f"1 embedded object ({called}) on its ")
    assert line.endswith(", left out; what is seen of it is shown")


@pytest.mark.parametrize("more", ['hidden="1"', 'hidden="true"'])
def test_what_is_hidden_or_a_speck_is_not_seen(more: str) -> None:
    for xml in (frame("Excel.Sheet.12", more=more), frame("Excel.Sheet.12", side=TINY)):
        data = changed(embedding(LAYOUT, xml))
        assert worn(data) == plain()
        assert told(data) == ["1 embedded object (Excel) on its layout 'Title and Content', left out"]


def test_an_object_without_a_picture_is_left_out() -> None:
    data = changed(embedding(LAYOUT, frame("Excel.Sheet.8").replace(shown(), "")))
    assert worn(data) == plain()
    assert told(data) == ["1 embedded object (Excel) on its layout 'Title and Content', left out"]


def test_a_frame_within_alternatives_goes_with_them() -> None:
    data = changed(embedding(LAYOUT, either(frame("Excel.Sheet.12"), shown(number=99), "p14")))
    (shape,) = pictures(data)
    assert (shape.name, shape.image.blob) == ("Object", PIXEL)
    assert nothing_left(data)


def test_an_object_in_a_group_becomes_its_picture_there() -> None:
    group = (
        '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="70" name="G"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
        f"{frame('Excel.Sheet.12')}</p:grpSp>"
    )
    data = changed(embedding(LAYOUT, group))
    assert nothing_left(data)
    file: Any = Presentation(io.BytesIO(worn(data)))
    layout = next(one for one in file.slide_layouts if one.name == "Title and Content")
    (held,) = [shape for shape in layout.shapes if shape.name == "G"]
    assert [shape.image.blob for shape in held.shapes] == [PIXEL]


def test_a_linked_object_is_not_followed() -> None:
    data = changed(embedding(LAYOUT, frame("Excel.Sheet.12", how="<p:link/>"), linked="file:///C:/x.example.xlsx"))
    assert len(pictures(data)) == 1
    assert all(b"x.example" not in one for one in members_of(worn(data)).values())


def test_the_picture_of_an_object_is_judged_as_any_other() -> None:
    bad = changed(embedding(LAYOUT, frame("Excel.Sheet.12")), put("ppt/media/object.png", b"<svg/>"))
    assert "is a drawing (SVG)" in refused(bad)


def test_animations_of_an_object_go_with_it() -> None:
    moved = (
        b'</p:clrMapOvr><p:timing><p:tnLst><p:par><p:cTn id="1"><p:childTnLst><p:set><p:cBhvr><p:cTn id="2"/>'
        b'<p:tgtEl><p:spTgt spid="77"/></p:tgtEl></p:cBhvr></p:set></p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>'
    )
    hidden = embedding(LAYOUT, frame("TCLayout.ActiveDocument.1", side=1))
    assert worn(changed(hidden, replaced(LAYOUT, b"</p:clrMapOvr>", moved))) == plain()


def test_a_control_becomes_its_picture() -> None:
    data = controlled()
    (shape,) = pictures(data)
    assert (shape.left, shape.image.blob) == (5, PIXEL)
    assert nothing_left(data)
    assert b"control" not in members_of(worn(data))[LAYOUT]
    (line,) = told(data)
    assert line.startswith("1 embedded object (ActiveX control) on its layout 'Title and Content'")


def test_the_workbook_of_a_chart_is_left_out_and_the_chart_stays() -> None:
    made = members_of(worn(charted()))
    (chart,) = [one for one in made.values() if b"chartSpace" in one and b"pieChart" in one]
    assert b"externalData" not in chart
    assert not [name for name in made if "book.xlsx" in name]
    assert told(charted()) == [
        "1 embedded object (the workbook of a chart) on its masters, left out; what is seen of it is shown"
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["http://schemas.microsoft.com/office/2017/06/relationships/model3d",
                                  "http://schemas.microsoft.com/office/2014/relationships/chartEx",
                                  "http://schemas.microsoft.com/office/2011/relationships/webextension",
                                  "customXml"])  # fmt: skip
def test_what_is_drawn_in_an_unknown_way_is_shown_by_its_fallback(kind: str) -> None:
    ink = f'<p:contentPart xmlns:r="{OFFICE}" r:id="rIdNew"/>'
    xml = either(ink, shown(number=91), "p14", "http://schemas.microsoft.com/office/powerpoint/2010/main")
    data = changed(
        drawn(xml.encode()), related(rel(kind, "../new/new1.bin", ident="rIdNew")), put("ppt/new/new1.bin", b"x"),
        related(rel("image", "../media/object.png", ident="rIdPic")), put("ppt/media/object.png", PIXEL), png_type,
    )  # fmt: skip
    (shape,) = pictures(data)
    assert (shape.left, shape.image.blob) == (5, PIXEL)
    assert all(b"rIdNew" not in one and b"AlternateContent" not in one for one in members_of(worn(data)).values())


def test_an_extension_of_an_unknown_kind_is_left_out() -> None:
    more = (
        f'<p:extLst><p:ext uri="{{1}}"><new:x xmlns:new="urn:new" xmlns:r="{OFFICE}" r:id="rIdNew"/></p:ext></p:extLst>'
    )
    data = changed(replaced(LAYOUT, b"</p:cSld>", more.encode() + b"</p:cSld>"), related(rel(
        "http://x.example/new", "../new/new1.bin", ident="rIdNew")), put("ppt/new/new1.bin", b"x"))  # fmt: skip
    assert worn(data) == plain()


def test_a_picture_that_is_in_the_file_and_linked_too_is_shown_from_the_file() -> None:
    xml = picture().replace(b'r:embed="rIdX"', b'r:embed="rIdX" r:link="rIdY"')
    linked = rel("image", "file:///C:/x.example.png", ident="rIdY", more='TargetMode="External"')
    data = changed(drawn(xml), related(rel("image", "../media/image1.png")), related(linked),
                   put("ppt/media/image1.png", PIXEL), png_type)  # fmt: skip
    assert [shape.image.blob for shape in pictures(data)] == [PIXEL]
    assert all(b"x.example" not in one and b"rIdY" not in one for one in members_of(worn(data)).values())
    alone = changed(drawn(picture().replace(b"r:embed", b"r:link")), related(linked.replace("rIdY", "rIdX")))
    assert "from outside" in refused(alone)


@pytest.mark.parametrize("kind", ["oleObject", "package", "control"])
def test_what_nothing_shows_is_refused(kind: str) -> None:
    data = changed(related(rel(kind, "../embeddings/x.bin")), put("ppt/embeddings/x.bin", b"x"))
    assert "holds a" in refused(data)


@pytest.mark.parametrize("where", ["root", "alternatives"])
def test_an_object_in_place_of_a_part_is_refused(where: str) -> None:
    xml = frame("Excel.Sheet.12").replace("<p:graphicFrame>", f'<p:graphicFrame xmlns:p="{P}" xmlns:a="{A}">')
    whole = xml if where == "root" else either(xml, "")
    members = members_of(charted())
    assert "ppt/charts/chart9.xml" in members
    data = repacked(charted(), put("ppt/charts/chart9.xml", whole.encode()))
    assert refused(data) == "holds an embedded object in place of a part"


@pytest.mark.slow
@pytest.mark.skipif(VALIDATOR is None, reason="the Open XML SDK validator is not here; .ci/run installs it")
@pytest.mark.parametrize(
    "data",
    [think_cell(), changed(embedding(MASTER, frame("Excel.Sheet.12"))), controlled(), charted()],
    ids=["think-cell", "seen", "control", "chart"],
)
def test_the_open_xml_sdk_finds_no_error(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(worn(data))
    done = subprocess.run([str(VALIDATOR), str(path)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
