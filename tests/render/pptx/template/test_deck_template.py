"""Our own template: its theme, its layouts by name, and how layouts and placeholders are found in it."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from deck_samples import deck, drawing, para, render_deck, slide, table
from lxml import etree
from msgspec.structs import replace
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt
from topic_samples import OWN

from handouts.problems import ProblemsError
from handouts.render.pptx.template.bind import LackingError, bound
from handouts.render.pptx.template.holders import FoundLayout, found_layouts
from handouts.render.pptx.template.layouts import LAYOUTS
from handouts.render.pptx.template.metrics import metrics
from handouts.render.pptx.template.parts import PackagePart
from handouts.render.pptx.template.received import received
from handouts.render.pptx.template.template import template_of
from handouts.theme.schema import Colours, DeckTheme, Theme
from handouts.theme.template_file import TemplateFile
from scripts.deck_template import deck_template

PRESENTATION = "ppt/presentation.xml"


def _parts() -> dict[str, PackagePart]:
    return received(OWN.data, OWN.name).parts


def _found(parts: dict[str, PackagePart]) -> dict[str, FoundLayout]:
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
    for name, binding in template_of(OWN, theme).layouts.items():
        spec = next(layout for layout in LAYOUTS if layout.name == name)
        for slot in spec.slots:
            spot = binding.spots[slot.slot]
            assert (spot.name, spot.kind) == (slot.name, slot.kind)
            assert spot.area.x == pytest.approx(slot.area.x, abs=0.01)
            assert spot.style.size == pytest.approx(getattr(theme.deck, slot.size) * slot.scale, abs=0.01)
            assert spot.style.bulleted == (not slot.plain)
            assert spot.style.font == "Arial"


def test_layouts_are_found_by_name_in_any_order_of_shapes() -> None:
    parts = _parts()
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
    study = _found(_parts())["Study"]
    without = replace(study, holders=tuple(h for h in study.holders if h.name != "Chart"))
    with pytest.raises(LackingError, match="chart placeholder"):
        bound(next(layout for layout in LAYOUTS if layout.name == "Study"), without)


def test_the_theme_part_carries_colours_and_font_by_role() -> None:
    theme = Theme(colours=Colours(accent="#123456", link="#654321"), deck=DeckTheme(font="Verdana"))
    plan = deck(slide("Title and Content", "A", body=(para("x"),)))
    file: Any = Presentation(io.BytesIO(render_deck(plan, theme)))
    parts = [part for part in file.part.package.iter_parts() if "/theme/" in part.partname]
    assert len(parts) == 2
    for part in parts:
        xml = part.blob.decode()
        assert re.search(r'<a:accent1><a:srgbClr val="123456"/>', xml)
        assert re.search(r'<a:hlink><a:srgbClr val="654321"/>', xml)
        assert xml.count('<a:latin typeface="Verdana"/>') == 2


def test_text_on_the_accent_has_the_colour_that_can_be_read_on_it() -> None:
    plan = deck(slide("Title Slide", "A", subtitle=(para("x"),)))
    for given, shown in (("#FFFFFF", "FFFFFF"), ("#1A1A1A", "1A1A1A")):
        file: Any = Presentation(io.BytesIO(render_deck(plan, Theme(colours=Colours(on_accent=given)))))
        cover = file.slide_layouts.get_by_name("Title Slide")
        fills = [next(shape._element.iter(qn("a:lvl1pPr"))).find(".//" + qn("a:solidFill"))[0].get("val")
                 for shape in list(cover.placeholders)[:2]]  # fmt: skip
        assert fills == [shown, shown]


def test_the_file_is_what_its_script_writes() -> None:
    assert deck_template() == OWN.data, "run scripts/deck_template.py"


def _edited(change: Callable[[Any], None]) -> TemplateFile:
    """Our template as somebody saved it who edited it."""
    file: Any = Presentation(io.BytesIO(OWN.data))
    change(file)
    out = io.BytesIO()
    file.save(out)
    return TemplateFile(out.getvalue(), "own/deck.pptx", ours=True)


def test_a_placeholder_that_somebody_moved_stands_there_in_the_deck() -> None:
    def change(file: Any) -> None:
        (body,) = [p for p in file.slide_layouts.get_by_name("Title and Content").placeholders if p.name == "Content"]
        body.left, body.top, body.width, body.height = Pt(300), Pt(150), Pt(500), Pt(200)

    plan = deck(slide("Title and Content", "A", body=(para("x"), drawing())))
    file: Any = Presentation(io.BytesIO(render_deck(plan, Theme(), _edited(change))))
    text, group = list(file.slides[0].shapes)[1:3]
    assert (text.left.pt, text.top.pt, text.width.pt) == (300, 150, 500)
    assert group.left.pt >= 300
    assert group.left + group.width <= Pt(800.01)


def test_fonts_that_somebody_chose_are_worn_and_measured_where_no_theme_asks_for_another() -> None:
    def change(file: Any) -> None:
        for master in (file.slide_master, file.notes_master):
            part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
            part.blob = part.blob.replace(b'latin typeface="Arial"', b'latin typeface="Georgia"')

    file = _edited(change)
    template = template_of(file, Theme())
    assert template.look.metrics.family.name == "Georgia"
    assert {spot.style.font for binding in template.layouts.values() for spot in binding.spots.values()} == {"Georgia"}
    assert template_of(file, Theme(deck=DeckTheme(font="Verdana"))).look.metrics.family.name == "Verdana"


def test_a_layout_that_somebody_added_stands_in_the_deck_and_one_that_is_gone_is_made_anew() -> None:
    def change(file: Any) -> None:
        layouts = file.slide_layouts
        layouts.get_by_name("Table")._element.cSld.set("name", "Our own")

    plan = deck(slide("Table", "A", table=(table(2),)))
    file: Any = Presentation(io.BytesIO(render_deck(plan, Theme(), _edited(change))))
    assert file.slides[0].slide_layout.name == "Table"
    assert [layout.name for layout in file.slide_layouts] == [
        *("Our own" if spec.name == "Table" else spec.name for spec in LAYOUTS), "Table",
    ]  # fmt: skip
    assert any(shape.has_table for shape in file.slides[0].shapes)


@pytest.mark.parametrize(("points", "written"), [(24, 24), (10, 18)])
def test_a_size_that_somebody_gave_is_kept_down_to_the_floor_of_decks(points: int, written: int) -> None:
    def change(file: Any) -> None:
        (body,) = [p for p in file.slide_layouts.get_by_name("Title and Content").placeholders if p.name == "Content"]
        next(body._element.iter(qn("a:defRPr"))).set("sz", str(points * 100))

    template = template_of(_edited(change), Theme())
    assert template.layouts["Title and Content"].spots["body"].style.size == written
    doubled = template_of(_edited(change), Theme(deck=DeckTheme(body=40.0)))
    assert doubled.layouts["Title and Content"].spots["body"].style.size == max(18, points * 2)


def test_sample_slides_that_somebody_left_are_not_in_the_deck() -> None:
    def change(file: Any) -> None:
        file.slides.add_slide(file.slide_layouts[0]).shapes.title.text = "Try"

    plan = deck(slide("Title and Content", "A", body=(para("x"),)))
    file: Any = Presentation(io.BytesIO(render_deck(plan, Theme(), _edited(change))))
    assert [one.shapes.title.text for one in file.slides] == ["A"]


def test_the_title_stands_still_from_slide_to_slide() -> None:
    inner = [layout.title.area for layout in LAYOUTS if layout.master_shapes]
    assert len(set(inner)) == 1
    left = {slot.area.x for layout in LAYOUTS for slot in (layout.title, *layout.content[:1]) if slot.slot != "body"}
    assert left == {inner[0].x}


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


@pytest.mark.parametrize("font", ["Arial", "Times New Roman", "Calibri", "Clinic Grotesk"])
def test_signs_of_medicine_are_measured_with_something_to_spare_and_joiners_take_no_room(font: str) -> None:
    wide = metrics(font)
    for char in "\u2060\u00ad\u200b\ufeff\n":
        assert wide.width(char, 10) == 0
    assert 0 < wide.width("\u200a", 10) < wide.width("\u2009", 10) < wide.width("\u2002", 10) < wide.width("\u2003", 10)
    assert wide.width("\u2011", 10) == wide.width("\u2010", 10) == wide.width("-", 10)
    assert wide.width("₂", 10) == wide.width("2", 10)
    assert wide.width("⅓", 10) == wide.width("½", 10)
    assert wide.width("℃", 10) >= wide.width("C", 10)
    for char in "αβγκμΔλ≤≥≠≈→←↑↓✓✗☐☑":
        assert wide.width(char, 10) >= 5.5


def test_signs_of_medicine_stand_on_slides_and_in_notes_but_for_soft_hyphens() -> None:
    text = "TGF-β ≥ 3 µg\u202fper\u2009m², H₂O → ⅓, α\u2011beta ✓ ☐ 37 ℃ im\u00admune\u2060"
    made = Presentation(io.BytesIO(render_deck(deck(slide("Title and Content", text, body=(para(text),))), Theme())))
    (one,) = made.slides
    wanted = text.replace("\u00ad", "")
    assert one.shapes.title.text_frame.text == wanted
    assert any(shape.text_frame.text == wanted for shape in one.placeholders if shape is not one.shapes.title)


def test_a_title_slide_shows_its_source_among_its_details() -> None:
    plan = deck(slide("Title Slide", "A", source="The only source", subtitle=(para("For clinicians"),)))
    made = Presentation(io.BytesIO(render_deck(plan, Theme())))
    assert any("The only source" in shape.text_frame.text for shape in made.slides[0].placeholders)
