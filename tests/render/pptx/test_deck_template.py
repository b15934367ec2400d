"""The template: its theme, its layouts by name, and how layouts and placeholders are found in it."""

import io
import re
from typing import Any

import pytest
from deck_samples import deck, para, slide
from pptx import Presentation
from pptx.oxml.ns import qn

from handouts.problems import ProblemsError
from handouts.render.pptx.base import template
from handouts.render.pptx.bind import bind
from handouts.render.pptx.deck import render_deck
from handouts.render.pptx.layouts import LAYOUTS
from handouts.theme.schema import Colours, DeckTheme, Theme


def _template(theme: Theme | None = None) -> Any:
    return Presentation(io.BytesIO(template(theme or Theme())))


def test_the_template_is_wide_and_has_our_layouts_alone() -> None:
    file = _template()
    assert (file.slide_width, file.slide_height) == (12192000, 6858000)
    assert [layout.name for layout in file.slide_layouts] == [layout.name for layout in LAYOUTS]


def test_placeholders_are_bound_with_the_geometry_and_type_of_the_layout() -> None:
    theme = Theme(deck=DeckTheme(body=24.0))
    for name, bound in bind(_template(theme)).items():
        spec = next(layout for layout in LAYOUTS if layout.name == name)
        for slot in spec.slots:
            spot = bound.spots[slot.slot]
            assert (spot.name, spot.kind) == (slot.name, slot.kind)
            assert spot.area.x == pytest.approx(slot.area.x, abs=0.01)
            assert spot.style.size == pytest.approx(getattr(theme.deck, slot.size) * slot.scale, abs=0.01)
            assert spot.style.bulleted == (not slot.plain)


def test_layouts_are_found_by_name_in_any_order() -> None:
    file = _template()
    ids = file.slide_masters[0]._element.find(qn("p:sldLayoutIdLst"))
    for child in reversed(list(ids)):
        ids.append(child)
    for layout in file.slide_layouts:
        tree = layout.shapes._spTree
        for shape in reversed(list(tree)[2:]):
            tree.append(shape)
    for name, bound in bind(file).items():
        assert bound.layout.name == name
        assert all(spot.name == spec.name for spot, spec in zip(bound.spots.values(), bound.spec.slots, strict=True))


def test_a_template_without_our_layouts_is_refused_with_each_missing_name() -> None:
    with pytest.raises(ProblemsError) as caught:
        bind(Presentation(), "clinic.pptx")
    text = str(caught.value)
    assert "clinic.pptx: DECK07 error: has no layout named 'Study'" in text
    assert "Known" in text or "known" in text


def test_a_layout_without_a_needed_placeholder_is_refused() -> None:
    file = _template()
    study = next(layout for layout in file.slide_layouts if layout.name == "Study")
    chart = next(p for p in study.placeholders if p.name == "Chart")
    chart._element.getparent().remove(chart._element)
    with pytest.raises(ProblemsError, match="layout 'Study' has no chart"):
        bind(file)


def test_the_theme_part_carries_colours_and_font_by_role() -> None:
    theme = Theme(colours=Colours(accent="#123456", link="#654321"))
    part = next(p for p in _template(theme).part.package.iter_parts() if p.partname == "/ppt/theme/theme1.xml")
    xml = part.blob.decode()
    assert re.search(r'<a:accent1><a:srgbClr[^>]* val="123456"/>', xml)
    assert re.search(r'<a:hlink><a:srgbClr[^>]* val="654321"/>', xml)
    assert xml.count('<a:latin typeface="Arial"/>') == 2


def test_the_title_stands_still_from_slide_to_slide() -> None:
    inner = [layout.title.area for layout in LAYOUTS if layout.master_shapes]
    assert len(set(inner)) == 1
    chart = next(layout for layout in LAYOUTS if layout.name == "Study").slot("chart").area
    figure = next(layout for layout in LAYOUTS if layout.name == "Picture").slot("figure").area
    assert (chart.x, chart.y, chart.width) == (figure.x, figure.y, figure.width)


def test_footer_and_number_show_on_every_slide() -> None:
    plan = deck(*(slide(layout.name, layout.name, **{layout.slots[0].slot: (para("x"),)}) for layout in LAYOUTS))
    file: Any = Presentation(io.BytesIO(render_deck(plan, Theme())))
    for number, native in enumerate(file.slides, start=1):
        shown = {p.placeholder_format.type.name: p.text for p in native.placeholders if p.has_text_frame}
        assert shown["FOOTER"] == "Ixazomib · draft"
        assert next(native._element.iter(qn("a:fld"))).find(qn("a:t")).text == str(number)


def test_an_empty_deck_is_refused() -> None:
    with pytest.raises(ProblemsError, match="no slides"):
        render_deck(deck(), Theme())
