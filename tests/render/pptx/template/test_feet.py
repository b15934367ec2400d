"""No slide goes without its review state and its number: places for them stand in where a template has none to read."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from deck_samples import bullets, deck, para, render_deck, slide, table
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt
from stranger_templates import DEFAULT, LIBREOFFICE, stranger
from topic_samples import shipped_plans

from handouts.render.pptx.template.report import report
from handouts.render.pptx.template.template import template_of
from handouts.theme.colour import contrast
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

FEET = ("ftr", "sldNum")
STATE = "Draft, not yet reviewed by a clinician."
SLIDES = (
    slide("Title Slide", "Start", subtitle=(para("For clinicians"),)),
    slide("Section Header", "Part", source="A source", body=(para("Words"),)),
    slide("Title and Content", "Points", source="A source", body=(bullets("One", "Two"),)),
    slide("Two Content", "Two", source="A source", left=(para("Left"),), right=(para("Right"),)),
    slide("Table", "Rows", source="A source", table=(table(3),)),
    slide("Take-home", "Last", source="A source", body=(bullets("Keep this"),)),
)


def _kind(shape: Any) -> str:
    node = next(shape._element.iter(qn("p:ph")), None)
    return "" if node is None else node.get("type", "obj")


def _changed(change: Callable[[Any], None], *, name: str = DEFAULT, wide: bool = False) -> TemplateFile:
    file: Any = Presentation(io.BytesIO(stranger(name).data))
    if wide:
        _widen(file)
    change(file)
    out = io.BytesIO()
    file.save(out)
    return TemplateFile(out.getvalue(), "hospital.pptx")


def _widen(file: Any) -> None:
    """As wide as screens are: everything on masters and layouts with it."""
    file.slide_width = Inches(13.333)
    for tree in (file.slide_master, *file.slide_layouts):
        for shape in tree.shapes:
            if shape._element.spPr.find(qn("a:xfrm")) is not None:
                shape.left, shape.width = Emu(round(shape.left * 4 / 3)), Emu(round(shape.width * 4 / 3))


def _feet(tree: Any, *kinds: str) -> list[Any]:
    return [shape for shape in tree.placeholders if _kind(shape) in (kinds or FEET)]


def _without(tree: Any, *kinds: str) -> None:
    for shape in _feet(tree, *kinds):
        shape._element.getparent().remove(shape._element)


def nowhere(file: Any) -> None:
    for tree in (file.slide_master, *file.slide_layouts):
        _without(tree, "ftr", "sldNum", "dt")


def on_the_master_alone(file: Any) -> None:
    for layout in file.slide_layouts:
        _without(layout, "ftr", "sldNum", "dt")


def date_alone(file: Any) -> None:
    for tree in (file.slide_master, *file.slide_layouts):
        _without(tree)


def number_alone(file: Any) -> None:
    for tree in (file.slide_master, *file.slide_layouts):
        _without(tree, "ftr")


def number_at_the_left(file: Any) -> None:
    number_alone(file)
    for tree in (file.slide_master, *file.slide_layouts):
        for shape in _feet(tree, "sldNum"):
            shape.left, shape.top, shape.width, shape.height = Inches(0.3), Inches(6.9), Inches(0.6), Inches(0.4)


def outside(file: Any) -> None:
    for tree in (file.slide_master, *file.slide_layouts):
        for shape in _feet(tree):
            shape.left, shape.top, shape.width, shape.height = Inches(1), Inches(8), Inches(3), Inches(0.4)


def above_the_slide(file: Any) -> None:
    for tree in (file.slide_master, *file.slide_layouts):
        for shape in _feet(tree):
            shape.left, shape.top, shape.width, shape.height = Inches(-4), Inches(1), Inches(3), Inches(0.4)


def tiny(file: Any) -> None:
    for tree in (file.slide_master, *file.slide_layouts):
        for shape in _feet(tree):
            shape.left, shape.top, shape.width, shape.height = Inches(1), Inches(7), Inches(0.1), Inches(0.05)


def tiny_type(file: Any) -> None:
    for level in file.slide_master._element.iter(qn("a:defRPr")):
        if any("ftr" in (n.get("type") or "") or "sldNum" in (n.get("type") or "") for n in _holder_of(level)):
            level.set("sz", "100")


def _holder_of(level: Any) -> list[Any]:
    shape = next(iter(level.iterancestors(qn("p:sp"))), None)
    return [] if shape is None else list(shape.iter(qn("p:ph")))


def a_bar_at_the_foot(file: Any) -> None:
    nowhere(file)
    _draw(file, Inches(7.1), Inches(0.4))


def _draw(file: Any, top: int, height: int) -> None:
    """A rectangle across the master, behind its placeholders."""
    sample = file.slides.add_slide(file.slide_layouts[6])
    drawn = sample.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, top, file.slide_width, height)
    file.slide_master.shapes._spTree.insert(2, drawn._element)


CHANGES = (
    nowhere, on_the_master_alone, date_alone, number_alone, number_at_the_left, outside, above_the_slide, tiny,
    tiny_type, a_bar_at_the_foot,
)  # fmt: skip


def _area(shape: Any) -> tuple[int, int, int, int]:
    return shape.left, shape.top, shape.left + shape.width, shape.top + shape.height


def _meet(one: Any, other: Any) -> bool:
    (a, b, c, d), (e, f, g, h) = _area(one), _area(other)
    return a < g and e < c and b < h and f < d


@pytest.mark.sampled(5)
@pytest.mark.parametrize("wide", [False, True], ids=["4:3", "16:9"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_every_slide_says_its_review_state_and_its_number(change: Callable[[Any], None], wide: bool) -> None:
    plan = deck(*SLIDES, footer=STATE)
    file: Any = Presentation(io.BytesIO(render_deck(plan, Theme(), _changed(change, wide=wide))))
    assert len(file.slides) == len(SLIDES)
    for number, one in enumerate(file.slides, start=1):
        (foot,), (shown,) = _feet(one, "ftr"), _feet(one, "sldNum")
        assert foot.text == STATE
        assert shown.text_frame.text == "" or shown.text_frame.text == str(number)
        assert next(shown._element.iter(qn("a:fld"))).get("type") == "slidenum"
        assert "".join(t.text for t in shown._element.iter(qn("a:t"))) == str(number)
        for shape in (foot, shown):
            left, top, right, bottom = _area(shape)
            assert left >= 0 and top >= 0 and right <= file.slide_width and bottom <= file.slide_height
            assert shape.height >= Pt(12)
            sizes = [int(node.get("sz")) for node in shape._element.iter(qn("a:rPr"))]
            assert sizes and min(sizes) >= 800
        assert not _meet(foot, shown)
        for other in one.shapes:
            if other.shape_id not in (foot.shape_id, shown.shape_id) and other.has_text_frame and other.text:
                assert not _meet(other, foot), (other.name, one.shapes.title.text)


@pytest.mark.parametrize("change", [nowhere, outside], ids=lambda change: change.__name__)
def test_a_shipped_deck_says_its_state_and_number_and_source_on_a_template_without_feet(
    change: Callable[[Any], None],
) -> None:
    plan = shipped_plans("ixazomib").deck
    file: Any = Presentation(io.BytesIO(render_deck(plan, Theme(), _changed(change))))
    for one in file.slides:
        assert _feet(one, "ftr")[0].text.endswith(plan.short_footer)
        assert _feet(one, "sldNum")


@pytest.mark.parametrize("name", [DEFAULT, LIBREOFFICE])
def test_notes_pages_say_the_review_state_beside_their_number(name: str) -> None:
    plan = shipped_plans("ixazomib").deck
    file: Any = Presentation(io.BytesIO(render_deck(plan, Theme(), stranger(name))))
    for one in file.slides:
        page = one.notes_slide
        (foot,) = _feet(page, "ftr")
        assert foot.text_frame.text == plan.short_footer
        assert all(not _meet(foot, other) for other in page.placeholders if other.shape_id != foot.shape_id)
        assert _area(foot)[3] <= int(file.part._element.find(qn("p:notesSz")).get("cy"))


def test_a_foot_stands_above_a_bar_that_is_drawn_there() -> None:
    file: Any = Presentation(io.BytesIO(render_deck(deck(*SLIDES, footer=STATE), Theme(), _changed(a_bar_at_the_foot))))
    for one in file.slides:
        assert all(_area(shape)[3] <= Inches(7.1) for shape in _feet(one))


@pytest.mark.parametrize(("ground", "wanted"), [("101820", "FFFFFF"), ("F4F4F4", "000000")])
def test_a_foot_that_stands_in_can_be_read_on_a_ground_of_the_layout_s_own(ground: str, wanted: str) -> None:
    def change(file: Any) -> None:
        nowhere(file)
        fill = next(one for one in file.slide_layouts if one.name == "Section Header").background.fill
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(ground)

    file: Any = Presentation(io.BytesIO(render_deck(deck(*SLIDES, footer=STATE), Theme(), _changed(change))))
    foot = _feet(file.slides[1].slide_layout, "ftr")[0]
    colour = next(foot._element.iter(qn("a:srgbClr"))).get("val")
    assert colour == wanted
    assert contrast(f"#{colour}", f"#{ground}") >= 7
    on_slide = _feet(file.slides[1], "ftr")[0]
    assert not list(on_slide._element.iter(qn("a:solidFill")))


def test_feet_that_can_be_read_stay_where_the_template_has_them() -> None:
    for name in (DEFAULT, LIBREOFFICE):
        own: Any = Presentation(io.BytesIO(stranger(name).data))
        file: Any = Presentation(io.BytesIO(render_deck(deck(*SLIDES, footer=STATE), Theme(), stranger(name))))
        places = {layout.name: [_area(shape) for shape in _feet(layout)] for layout in own.slide_layouts}
        for layout in file.slide_layouts:
            if places.get(layout.name):
                assert [_area(shape) for shape in _feet(layout)] == places[layout.name]


def test_a_picture_of_a_slide_is_no_drawing_at_its_foot() -> None:
    def change(file: Any) -> None:
        nowhere(file)
        _draw(file, 0, file.slide_height)

    file: Any = Presentation(io.BytesIO(render_deck(deck(*SLIDES, footer=STATE), Theme(), _changed(change))))
    for one in file.slides:
        assert _area(_feet(one, "ftr")[0])[1] > file.slide_height * 0.9


def test_the_report_says_what_is_added() -> None:
    for change, said in ((nowhere, "source, footer and slide number"), (number_alone, "source and footer")):
        lines = list(report(template_of(_changed(change), Theme())))
        assert (
            f"  Title and Content: its layout 'Title and Content'; a place for the {said} is added at its foot" in lines
        )
    assert not [line for line in report(template_of(stranger(DEFAULT), Theme())) if "footer" in line]
