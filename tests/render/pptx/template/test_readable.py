"""What lies behind a deck's text, and the colours that it is set in there: fills, outlines, pictures, panels."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from typing import Any

import pytest
from deck_samples import bullets, deck, para, render_deck, slide, table
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from stranger_templates import DEFAULT, stranger

from handouts.render.pptx.template.behind.fills import Gradient, Shown, Solid
from handouts.render.pptx.template.behind.layers import Layer
from handouts.render.pptx.template.behind.outline import covering, everywhere
from handouts.render.pptx.template.behind.pixels import Album
from handouts.render.pptx.template.behind.seen import seen
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.oxml import NS
from handouts.render.pptx.template.paints import BLACK, WHITE, Paint, of_hex, paint_in
from handouts.render.pptx.template.parts import PackagePart
from handouts.render.pptx.template.readable import PANEL
from handouts.render.pptx.template.report import report
from handouts.render.pptx.template.template import Template, template_of
from handouts.theme.colour import contrast
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

SCHEME = {"tx1": "#000000", "bg1": "#FFFFFF", "accent1": "#4F81BD"}
NAVY, WEAK = "1F2A44", "8A8A8A"
WHOLE = Area(0, 0, 720, 540)
SLIDES = (
    slide("Title and Content", "Points", source="A source", body=(bullets("One", "Two"),)),
    slide("Table", "Rows", source="A source", table=(table(3),)),
    slide("Take-home", "Last", source="A source", body=(para("Keep this"),)),
)


def _xml(text: str) -> Any:
    return etree.fromstring(f"<r {NS}>{text}</r>")


@pytest.mark.parametrize(
    ("said", "seen_as"),
    [
        ('<a:srgbClr val="102030"/>', "#102030"),
        ('<a:schemeClr val="accent1"/>', "#4F81BD"),
        ('<a:schemeClr val="tx1"><a:lumMod val="65000"/><a:lumOff val="35000"/></a:schemeClr>', "#595959"),
        ('<a:schemeClr val="bg1"><a:lumMod val="50%"/></a:schemeClr>', "#808080"),
        ('<a:srgbClr val="FFFFFF"><a:shade val="0"/></a:srgbClr>', "#000000"),
        ('<a:srgbClr val="000000"><a:tint val="0"/></a:srgbClr>', "#FFFFFF"),
        ('<a:sysClr val="window"/>', "#FFFFFF"),
        ('<a:sysClr val="windowText" lastClr="112233"/>', "#112233"),
        ('<a:prstClr val="dkBlue"/>', "#00008B"),
        ('<a:scrgbClr r="100%" g="0" b="0"/>', "#FF0000"),
        ('<a:hslClr hue="7200000" sat="100000" lum="50000"/>', "#00FF00"),
        ('<a:srgbClr val="FF0000"><a:inv/></a:srgbClr>', "#00FFFF"),
        ('<a:srgbClr val="FF0000"><a:hueOff val="7200000"/></a:srgbClr>', "#00FF00"),
    ],
)
def test_colours_are_those_that_viewers_show(said: str, seen_as: str) -> None:
    paint = paint_in(_xml(said), SCHEME)
    assert paint is not None
    assert paint.rgb == seen_as


def test_a_thin_colour_lets_what_is_behind_it_be_seen() -> None:
    paint = paint_in(_xml('<a:srgbClr val="000000"><a:alpha val="25000"/></a:srgbClr>'), SCHEME)
    assert paint is not None
    assert paint.over(WHITE).rgb == "#BFBFBF"


def test_a_gradient_is_what_it_is_at_a_place() -> None:
    across = Gradient(((0, BLACK), (1, WHITE)), 0.0)
    assert [across.at(x, 0.5)[0].rgb for x in (0, 0.5, 1)] == ["#000000", "#808080", "#FFFFFF"]
    round_about = Gradient(((0, WHITE), (1, BLACK)), None)
    assert (round_about.at(0.5, 0.5)[0].rgb, round_about.at(0, 0.5)[0].rgb) == ("#FFFFFF", "#000000")


def test_a_freeform_covers_what_lies_within_its_outline() -> None:
    points = "".join(f'<a:lnTo><a:pt x="{x}" y="{y}"/></a:lnTo>' for x, y in ((100, 0), (0, 100)))
    path = f'<a:path w="100" h="100"><a:moveTo><a:pt x="0" y="0"/></a:moveTo>{points}<a:close/></a:path>'
    covers = covering(_xml(f"<a:custGeom><a:pathLst>{path}</a:pathLst></a:custGeom>"))
    assert covers(0.2, 0.2) is True
    assert covers(0.9, 0.9) is False
    assert covering(_xml('<a:prstGeom prst="ellipse"/>'))(0.02, 0.02) is False
    assert covering(_xml('<a:prstGeom prst="wave"/>'))(0.5, 0.5) is None


def test_the_lowest_contrast_counts_and_specks_do_not() -> None:
    ground = Layer(WHOLE, Solid((WHITE,)), everywhere, whole=True)
    half = Layer(Area(0, 0, 360, 540), Solid((of_hex(NAVY),)), everywhere)
    look = seen((ground, half), WHOLE)
    assert look.contrast("#000000") == pytest.approx(contrast("#000000", f"#{NAVY}"))
    line = Layer(Area(0, 0, 2, 540), Solid((BLACK,)), everywhere)
    assert seen((ground, line), WHOLE).contrast("#000000") == 21


def test_a_picture_that_cannot_be_read_may_be_of_any_colour() -> None:
    parts = {"a": PackagePart("a", "image/x-emf", b"\1\0\0\0strokes")}
    shown = Shown(Album(parts).pixels("a"))
    assert shown.at(0.5, 0.5) == (BLACK, WHITE)
    assert Album(parts).pixels("lost") is None


def test_pictures_beyond_the_limit_are_not_unpacked() -> None:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    assert Album({"a": PackagePart("a", "image/png", out.getvalue())}).pixels("a") is None


# Whole templates.


def _changed(change: Callable[[Any], None]) -> TemplateFile:
    file: Any = Presentation(io.BytesIO(stranger(DEFAULT).data))
    change(file)
    out = io.BytesIO()
    file.save(out)
    return TemplateFile(out.getvalue(), "hospital.pptx")


def _panelled(file: Any) -> None:
    tree = file.slide_master.shapes._spTree
    tree.insert(2, parse_xml(
        f'<p:sp {NS}><p:nvSpPr><p:cNvPr id="900" name="Dark"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="0" y="1450000"/><a:ext cx="9144000" cy="5408000"/></a:xfrm><a:prstGeom prst="rect">'
        f'<a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{NAVY}"/></a:solidFill></p:spPr></p:sp>'
    ))  # fmt: skip


def _inked(file: Any, style: str, colour: str) -> None:
    for run in file.slide_master.element.find(f"{qn('p:txStyles')}/{qn(f'p:{style}Style')}").iter(qn("a:defRPr")):
        for old in run.findall(qn("a:solidFill")):
            run.remove(old)
        run.insert(0, parse_xml(f'<a:solidFill {NS}><a:srgbClr val="{colour}"/></a:solidFill>'))


def _background(file: Any, fill: str) -> None:
    common = file.slide_master.element.cSld
    for old in common.findall(qn("p:bg")):
        common.remove(old)
    common.insert(0, parse_xml(f"<p:bg {NS}><p:bgPr>{fill}<a:effectLst/></p:bgPr></p:bg>"))


def _pictured(file: Any, colour: Callable[[int, int], tuple[int, int, int]]) -> None:
    image = Image.new("RGB", (96, 72))
    image.putdata([colour(x, y) for y in range(72) for x in range(96)])
    out = io.BytesIO()
    image.save(out, "PNG")
    _, key = file.slide_master.part.get_or_add_image_part(io.BytesIO(out.getvalue()))
    _background(file, f'<a:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></a:blipFill>')


def white_on_a_panel(file: Any) -> None:
    _panelled(file)
    _inked(file, "body", "FFFFFF")


def weak(file: Any) -> None:
    _inked(file, "title", WEAK)
    _inked(file, "body", WEAK)


def dark_picture(file: Any) -> None:
    _pictured(file, lambda x, y: (x // 4, y // 3, 60))


def gradient(file: Any) -> None:
    stops = '<a:gs pos="0"><a:srgbClr val="FFFFFF"/></a:gs><a:gs pos="100000"><a:srgbClr val="103060"/></a:gs>'
    _background(file, f'<a:gradFill><a:gsLst>{stops}</a:gsLst><a:lin ang="5400000" scaled="0"/></a:gradFill>')


def busy(file: Any) -> None:
    chance = random.Random(1)
    _pictured(file, lambda x, y: (chance.choice((0, 255)),) * 3)


def theme_fill(file: Any) -> None:
    common = file.slide_master.element.cSld
    common.remove(common.find(qn("p:bg")))
    common.insert(0, parse_xml(f'<p:bg {NS}><p:bgRef idx="1001"><a:srgbClr val="{NAVY}"/></p:bgRef></p:bg>'))


DESIGNS = (_panelled, white_on_a_panel, weak, dark_picture, gradient, busy, theme_fill)


def _panels(template: Template) -> list[str]:
    file: Any = Presentation(io.BytesIO(template.data))
    layouts = (layout for master in file.slide_masters for layout in master.slide_layouts)
    return [layout.name for layout in layouts for shape in layout.shapes if shape.name == PANEL]


@pytest.mark.parametrize("design", DESIGNS)
def test_all_that_is_written_stands_out_from_its_ground(design: Callable[[Any], None]) -> None:
    template = template_of(_changed(design), Theme())
    for choice in template.choices.values():
        for spot in choice.binding.spots.values():
            assert spot.palette is not None
            rgb = spot.palette.rgb
            for role in ("ink", "muted", "accent", "caution"):
                assert contrast(rgb[role], rgb["paper"]) >= 4.5, (choice.name, spot.slot, role)
            for tint in ("accent_tint", "caution_tint"):
                assert all(contrast(rgb[role], rgb[tint]) >= 4.5 for role in ("ink", "muted"))
            assert contrast(rgb["on_accent"], rgb["accent"]) >= 4.5


def test_a_colour_that_the_template_chose_stays_where_it_can_be_read() -> None:
    template = template_of(_changed(white_on_a_panel), Theme())
    assert template.layouts["Title and Content"].spots["body"].palette.rgb["ink"] == "#FFFFFF"
    assert not _panels(template)
    file: Any = Presentation(io.BytesIO(render_deck(deck(*SLIDES), Theme(), _changed(white_on_a_panel))))
    body = next(
        shape for shape in file.slides[0].placeholders if shape.has_text_frame and "One" in shape.text_frame.text
    )
    assert not list(body._element.iter(qn("a:solidFill")))


def test_one_that_cannot_be_read_becomes_another_of_the_template_s() -> None:
    template = template_of(_changed(_panelled), Theme())
    assert template.layouts["Title and Content"].spots["body"].palette.rgb["ink"] == "#FFFFFF"
    assert template.layouts["Title and Content"].title.palette.rgb["ink"] == "#000000"


@pytest.mark.parametrize("design", [gradient, busy])
def test_where_no_colour_can_be_read_a_panel_is_put_behind_the_text(design: Callable[[Any], None]) -> None:
    template = template_of(_changed(design), Theme())
    assert {"Title and Content", "Table"} <= set(_panels(template))
    assert {choice.name for choice in template.choices.values() if choice.binding.panelled} == set(_panels(template))
    assert [line for line in report(template) if line.startswith("  Table: ") and "a panel is put behind" in line]


def test_cells_and_text_boxes_have_the_colour_of_the_place_that_they_stand_in() -> None:
    file: Any = Presentation(io.BytesIO(render_deck(deck(*SLIDES), Theme(), _changed(_panelled))))
    frame = next(shape for shape in file.slides[1].shapes if shape.has_table)
    inks = {
        node.get("val")
        for node in frame._element.iter(qn("a:schemeClr"))
        if node.getparent().getparent().tag == qn("a:rPr")
    }
    assert inks == {"bg1"}


def test_a_layout_s_own_map_of_colours_counts_on_its_slides() -> None:
    def swapped(file: Any) -> None:
        layout = next(one for one in file.slide_layouts if one.name == "Title and Content")
        old = layout.element.find(qn("p:clrMapOvr"))
        names = ["tx2", "bg2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink"]
        same = " ".join(f'{name}="{ {"tx2": "dk2", "bg2": "lt2"}.get(name, name) }"' for name in names)
        old.getparent().replace(old, parse_xml(
            f'<p:clrMapOvr {NS}><a:overrideClrMapping bg1="dk1" tx1="lt1" {same}/></p:clrMapOvr>'
        ))  # fmt: skip

    template = template_of(_changed(swapped), Theme())
    rgb = template.layouts["Title and Content"].spots["body"].palette.rgb
    assert (rgb["ink"], rgb["paper"]) == ("#FFFFFF", "#000000")
    made: Any = Presentation(io.BytesIO(render_deck(deck(SLIDES[0]), Theme(), _changed(swapped))))
    assert made.slides[0].element.find(f"{qn('p:clrMapOvr')}/{qn('a:overrideClrMapping')}").get("bg1") == "dk1"


def test_paints_mix() -> None:
    assert Paint(1, 1, 1, 0.5).over(BLACK).rgb == "#808080"
