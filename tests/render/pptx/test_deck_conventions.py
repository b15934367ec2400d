"""Every deck on every template keeps what a deck promises: native, accessible, in placeholders, large enough."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn
from stranger_templates import OURS, STRANGERS, dressed
from topic_samples import FOLDERS, edition_of

from handouts.theme.schema import DECK_BODY_FLOOR, DECK_FLOOR

TEMPLATES = (OURS, *STRANGERS)
pytestmark = pytest.mark.parametrize("template", TEMPLATES)
FURNITURE = ("ftr", "sldNum")
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


@pytest.fixture(params=FOLDERS)
def topic(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@cache
def _opened(topic: str, template: str) -> Any:
    return Presentation(io.BytesIO(dressed(topic, template)))


def _drawn(slide: Any) -> list[Any]:
    """The top-level shapes of a slide, in reading order."""
    tree = slide.shapes._spTree
    return [node for node in tree if node.tag in {qn(f"p:{t}") for t in ("sp", "pic", "graphicFrame", "grpSp")}]


def _kind(shape: Any) -> str | None:
    node = shape.find(f"./*/{qn('p:nvPr')}/{qn('p:ph')}")
    return None if node is None else str(node.get("type", "obj"))


@pytest.mark.sampled(3)
def test_every_text_stands_in_a_placeholder_of_its_layout(topic: str, template: str) -> None:
    for slide in _opened(topic, template).slides:
        known = {p.placeholder_format.idx for p in slide.slide_layout.placeholders}
        for shape in _drawn(slide):
            if shape.tag == qn("p:grpSp"):
                continue
            node = shape.find(f"./*/{qn('p:nvPr')}/{qn('p:ph')}")
            assert node is not None, etree.tostring(shape)[:300]
            assert int(node.get("idx", "0")) in known


@pytest.mark.sampled(3)
def test_no_two_placeholders_of_a_layout_share_an_idx_with_one_that_a_slide_fills(topic: str, template: str) -> None:
    for slide in _opened(topic, template).slides:
        listed = [p.placeholder_format.idx for p in slide.slide_layout.placeholders]
        for placeholder in slide.placeholders:
            assert listed.count(placeholder.placeholder_format.idx) == 1


def test_titles_are_unique_and_stand_first(topic: str, template: str) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in _opened(topic, template).slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    for slide in _opened(topic, template).slides:
        assert _kind(_drawn(slide)[0]) in ("title", "ctrTitle")


def test_what_is_drawn_has_an_alternative_text_that_names_no_file(topic: str, template: str) -> None:
    for slide in _opened(topic, template).slides:
        for shape in _drawn(slide):
            if shape.tag == qn("p:sp"):
                continue
            properties = next(shape.iter(qn("p:cNvPr")))
            said = properties.get("descr")
            assert said or next(properties.iter(DECORATIVE), None) is not None
            assert len(said.split()) > 2
            assert not said.endswith((".png", ".jpg", ".jpeg"))


def test_charts_and_tables_are_native_and_nothing_is_a_picture_of_text(topic: str, template: str) -> None:
    slides = list(_opened(topic, template).slides)
    frames = [shape for slide in slides for shape in slide.shapes if shape.has_chart or shape.has_table]
    asked = edition_of(FOLDERS[topic], topic).topic
    assert any(shape.has_chart for shape in frames) == bool(asked.studies)
    assert sum(shape.has_table for shape in frames) >= 2
    files = [one for one in asked.pictures.values() if one.file]
    assert len([shape for slide in slides for shape in _drawn(slide) if shape.tag == qn("p:pic")]) == len(files)
    for shape in frames:
        if shape.has_chart:
            assert shape.chart.part.chart_workbook.xlsx_part.blob[:2] == b"PK"


def test_every_run_says_its_language(topic: str, template: str) -> None:
    for slide in _opened(topic, template).slides:
        roots = [slide._element, slide.notes_slide._element]
        roots += [shape.chart._chartSpace for shape in slide.shapes if shape.has_chart]
        for root in roots:
            for run in (*root.iter(qn("a:r")), *root.iter(qn("a:fld"))):
                assert run.find(qn("a:rPr")).get("lang")


def test_every_slide_has_notes_that_end_with_a_source(topic: str, template: str) -> None:
    for slide in _opened(topic, template).slides:
        lines = slide.notes_slide.notes_text_frame.text.split("\n")
        assert len(lines) >= 2
        assert lines[-1].startswith(("Sources:", "Fuentes:"))


def test_body_text_is_at_least_18_pt_and_nothing_below_12(topic: str, template: str) -> None:
    for slide in _opened(topic, template).slides:
        for run in slide._element.iter(qn("a:rPr")):
            size = run.get("sz")
            assert size is None or int(size) >= DECK_FLOOR * 100
        layout = {p.placeholder_format.idx: p for p in slide.slide_layout.placeholders}
        for shape in slide.placeholders:
            name = layout[shape.placeholder_format.idx].name
            if not shape.has_text_frame or name in ("Source", "Eyebrow") or _kind(shape._element) in FURNITURE:
                continue
            sizes = {int(r.get("sz")) for r in shape._element.iter(qn("a:rPr")) if r.get("sz")}
            small = {size for size in sizes if size < DECK_BODY_FLOOR * 100}
            assert not small or "Refer" in slide.shapes.title.text_frame.text, (
                slide.shapes.title.text_frame.text,
                small,
            )


def test_cells_of_tables_and_facts_are_as_large_as_their_kind_asks(topic: str, template: str) -> None:
    least = 1800 if template == OURS else 1400
    for slide in _opened(topic, template).slides:
        for shape in slide.shapes:
            if shape.has_table and slide.slide_layout.name == "Study":
                labels, values = ([int(r.get("sz")) for r in row._tr.iter(qn("a:rPr"))] for row in shape.table.rows)
                assert min(labels) >= 1200
                assert min(values) >= 1400
            elif shape.has_table:
                sizes = {int(r.get("sz")) for r in shape._element.iter(qn("a:rPr"))}
                # Tables to look things up in are in small type.
                assert sizes == {1400} or min(sizes) >= least


def test_sections_hold_every_slide_once(topic: str, template: str) -> None:
    root = _opened(topic, template).part._element
    listed = [n.get("id") for n in root.iter() if str(n.tag).endswith("2010/main}sldId")]
    assert listed == [n.get("id") for n in root.sldIdLst]
    names = [n.get("name") for n in root.iter() if str(n.tag).endswith("2010/main}section")]
    assert len(names) >= 5
    assert len(set(names)) == len(names)


def test_footers_and_numbers_are_those_of_the_layout(topic: str, template: str) -> None:
    slides = list(_opened(topic, template).slides)
    for number, slide in enumerate(slides, start=1):
        shown = {_kind(shape): shape for shape in _drawn(slide)}
        said = "".join(t.text or "" for t in shown["ftr"].iter(qn("a:t")))
        assert "by a clinician" in said or "profesional" in said or "Reviewed by" in said
        assert next(shown["sldNum"].iter(qn("a:fld"))).get("type") == "slidenum"
        assert "".join(t.text for t in shown["sldNum"].iter(qn("a:t"))) == str(number)
        assert slide.slide_layout.part.partname.startswith("/ppt/slideLayouts/")


@pytest.mark.sampled(3)
def test_the_same_plan_and_template_give_the_same_bytes(topic: str, template: str) -> None:
    first = dressed(topic, template)
    dressed.cache_clear()
    assert dressed(topic, template) == first
