"""Our own template: its theme, its layouts by name, and how layouts and placeholders are found in it."""

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from deck_samples import deck, para, slide
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn

from handouts.problems import ProblemsError
from handouts.render.pptx.deck import render_deck
from handouts.render.pptx.template.bind import LackingError, bound
from handouts.render.pptx.template.holders import FoundLayout, found_layouts
from handouts.render.pptx.template.layouts import LAYOUTS
from handouts.render.pptx.template.own import PRESENTATION, own_parts
from handouts.render.pptx.template.parts import Part
from handouts.render.pptx.template.template import own_template
from handouts.theme.schema import Colours, DeckTheme, Theme


def _found(parts: dict[str, Part]) -> dict[str, FoundLayout]:
    return {layout.name: layout for layout in found_layouts(parts, parts[PRESENTATION])}


def _opened() -> Any:
    plan = deck(slide("Title and Content", "A", body=(para("x"),)))
    return Presentation(io.BytesIO(render_deck(plan, Theme())))


def test_the_template_is_wide_and_has_our_layouts_alone() -> None:
    file = _opened()
    assert (file.slide_width, file.slide_height) == (12192000, 6858000)
    assert [layout.name for layout in file.slide_layouts] == [layout.name for layout in LAYOUTS]


def test_placeholders_are_bound_with_the_geometry_and_type_of_the_layout() -> None:
    theme = Theme(deck=DeckTheme(body=24.0))
    for name, binding in own_template(theme).layouts.items():
        spec = next(layout for layout in LAYOUTS if layout.name == name)
        for slot in spec.slots:
            spot = binding.spots[slot.slot]
            assert (spot.name, spot.kind) == (slot.name, slot.kind)
            assert spot.area.x == pytest.approx(slot.area.x, abs=0.01)
            assert spot.style.size == pytest.approx(getattr(theme.deck, slot.size) * slot.scale, abs=0.01)
            assert spot.style.bulleted == (not slot.plain)
            assert spot.style.font == "Arial"


def test_layouts_are_found_by_name_in_any_order_of_shapes() -> None:
    parts = own_parts(Theme())
    for name, part in parts.items():
        if "slideLayout" in name:
            root = etree.fromstring(part.data)
            tree = root.find(f"{qn('p:cSld')}/{qn('p:spTree')}")
            for shape in reversed(list(tree)[2:]):
                tree.append(shape)
            parts[name] = replace(part, data=etree.tostring(root))
    found = _found(parts)
    for spec in LAYOUTS:
        binding = bound(spec, found[spec.name])
        assert all(spot.name == own.name for spot, own in zip(binding.spots.values(), spec.slots, strict=True))


def test_a_layout_without_a_needed_placeholder_is_said_to_lack_it() -> None:
    study = _found(own_parts(Theme()))["Study"]
    without = replace(study, holders=tuple(h for h in study.holders if h.name != "Chart"))
    with pytest.raises(LackingError, match="chart placeholder"):
        bound(next(layout for layout in LAYOUTS if layout.name == "Study"), without)


def test_the_theme_part_carries_colours_and_font_by_role() -> None:
    xml = own_parts(Theme(colours=Colours(accent="#123456", link="#654321")))["ppt/theme/theme1.xml"].data.decode()
    assert re.search(r'<a:accent1><a:srgbClr val="123456"/>', xml)
    assert re.search(r'<a:hlink><a:srgbClr val="654321"/>', xml)
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
