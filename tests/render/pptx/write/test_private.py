"""Names of python-pptx that its manual does not document stand in one file, and do what they did."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from deck_samples import logo
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt

import handouts.render.pptx.write as room
from handouts.render.pptx.write import private

DOCUMENTED = {"pptx", "pptx.chart.data", "pptx.dml.color", "pptx.enum.chart", "pptx.enum.dml", "pptx.enum.shapes",
              "pptx.enum.text", "pptx.util"}  # fmt: skip
OTHERS = {p.name: p.read_text("utf-8") for p in Path(str(room.__path__[0])).glob("*.py") if p.name != "private.py"}


@pytest.fixture
def file() -> Any:
    made: Any = Presentation()
    made.slides.add_slide(made.slide_layouts[1]).notes_slide.notes_text_frame.text = "Said"
    return made


def test_no_other_file_uses_an_undocumented_module_or_name() -> None:
    for name, text in OTHERS.items():
        modules = set(re.findall(r"^(?:from|import) (pptx[.\w]*)", text, re.MULTILINE))
        assert modules <= DOCUMENTED, name
        assert re.findall(r"\b(?!self\b|cls\b)\w+\._[a-z]\w*", text) == [], name


def test_a_copy_is_a_slide_of_its_own_with_its_layout_and_notes(file: Any) -> None:
    first = file.slides[0]
    slide, notes = (part.blob for part in (first.part, first.notes_slide.part))
    copied = private.add_copy(file, first.slide_layout, 2, slide, notes)
    copied.shapes.title.text = "Second"
    out = io.BytesIO()
    file.save(out)
    again: Any = Presentation(out)
    assert [one.shapes.title.text for one in again.slides] == ["", "Second"]
    assert [one.slide_layout.name for one in again.slides] == ["Title and Content"] * 2
    assert [one.notes_slide.notes_text_frame.text for one in again.slides] == ["Said", "Said"]
    assert private.slide_ids(again) == [256, 257]


def test_dropped_slides_leave_nothing_in_the_file(file: Any) -> None:
    private.drop_slides(file)
    out = io.BytesIO()
    file.save(out)
    with zipfile.ZipFile(out) as package:
        assert not [name for name in package.namelist() if "lides/" in name]
    assert private.slide_ids(file) == []


def test_the_members_of_a_slide_are_those_of_the_saved_file(file: Any) -> None:
    slide = file.slides[0]
    slide.shapes.add_picture(io.BytesIO(logo().image.data), 0, 0)
    found = dict(private.members_of_slide(slide))
    out = io.BytesIO()
    file.save(out)
    with zipfile.ZipFile(out) as package:
        assert {name: package.read(name) for name in found} == found
    assert sorted(name.rpartition("/")[2] for name in found) == [
        "image1.png", "notesSlide1.xml", "notesSlide1.xml.rels", "slide1.xml", "slide1.xml.rels",
    ]  # fmt: skip


def test_a_place_for_any_content_takes_a_chart_a_table_and_a_picture(file: Any) -> None:
    data: Any = CategoryChartData()
    data.categories = ["a"]
    data.add_series("b", [1])
    for insert in (
        lambda held: private.for_chart(held).insert_chart(XL_CHART_TYPE.BAR_CLUSTERED, data),
        lambda held: private.for_table(held).insert_table(2, 2),
        lambda held: private.for_picture(held).insert_picture(io.BytesIO(logo().image.data)),
    ):
        slide = file.slides.add_slide(file.slide_layouts[1])
        held = private.placeholders(slide)[1]
        assert insert(held).placeholder_format.idx == 1
        assert len(slide.shapes) == 2


def test_elements_within_text_tables_and_charts_are_those_of_their_names(file: Any) -> None:
    slide = file.slides[0]
    paragraph = slide.shapes.title.text_frame.paragraphs[0]
    table = slide.shapes.add_table(1, 1, 0, 0, Pt(9), Pt(9)).table
    assert private.run_xml(paragraph.add_run()).tag == qn("a:r")
    assert private.paragraph_xml(paragraph).tag == qn("a:p")
    assert private.table_xml(table).tag == qn("a:tbl")
    assert private.cell_xml(table.cell(0, 0)).tag == qn("a:tc")
    data: Any = CategoryChartData()
    data.categories = ["a"]
    data.add_series("b", [1])
    chart = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, Pt(99), Pt(99), data).chart
    label = chart.plots[0].series[0].points[0].data_label
    assert label.text_frame
    assert private.label_xml(label).tag == qn("c:dLbl")
    assert private.axis_xml(chart.value_axis).tag == qn("c:valAx")
