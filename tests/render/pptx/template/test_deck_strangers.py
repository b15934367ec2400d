"""A deck on a stranger's template: bound by name, type and placeholder, completed, sized and coloured from it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from deck_samples import bullets, deck, facts, logo, para, rates, render_deck, slide, table
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn
from stranger_templates import DEFAULT, LIBREOFFICE, STRANGERS, repacked, stranger

from handouts.plan.blocks import Box
from handouts.problems import ProblemsError
from handouts.render.pptx.template.colours import template_palette
from handouts.render.pptx.template.layouts import LAYOUTS
from handouts.render.pptx.template.report import report
from handouts.render.pptx.template.template import Template, template_of
from handouts.theme.colour import contrast
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

THEME = Theme()
STANDARD = {
    "tx1": "#000000", "bg1": "#FFFFFF", "tx2": "#1F497D", "bg2": "#EEECE1", "accent1": "#4F81BD", "accent2": "#C0504D",
    "accent3": "#9BBB59", "accent4": "#8064A2", "accent5": "#4BACC6", "accent6": "#F79646",
}  # fmt: skip


def _template(file: TemplateFile) -> Template:
    return template_of(file, THEME)


def _opened(file: TemplateFile, *slides: Any) -> Any:
    return Presentation(io.BytesIO(render_deck(deck(*slides), THEME, file)))


def _with_sample_slides() -> TemplateFile:
    file: Any = Presentation(io.BytesIO(stranger(DEFAULT).data))
    for text in ("Sample one", "Sample two"):
        sample = file.slides.add_slide(file.slide_layouts[1])
        sample.shapes.title.text = text
        sample.notes_slide.notes_text_frame.text = "Secret"
    out = io.BytesIO()
    file.save(out)
    return TemplateFile(out.getvalue(), "samples.pptx")


def _renamed(**names: str) -> TemplateFile:
    """python-pptx's template with its layouts renamed, as in another language."""

    def change(members: dict[str, bytes]) -> None:
        for name in [n for n in members if n.startswith("ppt/slideLayouts/slideLayout")]:
            for old, new in names.items():
                was, now = (f'name="{text}"'.encode() for text in (old.replace("_", " "), new))
                members[name] = members[name].replace(was, now)

    return TemplateFile(repacked(stranger(DEFAULT).data, change), "renamed.pptx")


@pytest.mark.parametrize("name", STRANGERS)
def test_layouts_that_are_there_are_used_and_ours_stand_in_for_the_rest(name: str) -> None:
    choices = _template(stranger(name)).choices
    own = {spec: choice.name for spec, choice in choices.items() if not choice.stands_in}
    assert set(choices) == {layout.name for layout in LAYOUTS}
    assert own == {
        DEFAULT: {"Title Slide": "Title Slide", "Section Header": "Section Header",
                  "Title and Content": "Title and Content", "Two Content": "Two Content"},
        LIBREOFFICE: {"Title Slide": "Title Slide", "Title and Content": "Title, Content",
                      "Two Content": "Title, 2 Content"},
    }[name]  # fmt: skip


def test_layouts_with_names_in_another_language_are_found_by_their_type() -> None:
    file = _renamed(Title_Slide="Titelfolie", Title_and_Content="Titel und Inhalt", Two_Content="Zwei Inhalte")
    choices = _template(file).choices
    assert choices["Title Slide"].name == "Titelfolie"
    assert choices["Title and Content"].name == "Titel und Inhalt"
    assert choices["Two Content"].name == "Zwei Inhalte"


def test_a_layout_of_our_name_with_our_placeholders_is_used() -> None:
    ours = TemplateFile(render_deck(deck(slide("Table", "A", table=(table(1),))), THEME), "ours.pptx")
    choices = _template(ours).choices
    assert not any(choice.stands_in or choice.added for choice in choices.values())


@pytest.mark.parametrize("name", STRANGERS)
def test_slides_keep_the_size_master_fonts_and_theme_of_the_template(name: str) -> None:
    before: Any = Presentation(io.BytesIO(stranger(name).data))
    after = _opened(stranger(name), slide("Title and Content", "A", body=(para("x"),)))
    assert (after.slide_width, after.slide_height) == (before.slide_width, before.slide_height)
    assert len(after.slide_masters) == len(before.slide_masters)
    themes = [
        [etree.canonicalize(p.blob.decode()) for p in file.part.package.iter_parts() if "theme/theme1" in p.partname]
        for file in (before, after)
    ]
    assert themes[0] == themes[1]
    listed = [layout.name for layout in after.slide_layouts]
    assert listed[: len(before.slide_layouts)] == [layout.name for layout in before.slide_layouts]


def test_sample_slides_and_their_notes_are_left_out() -> None:
    data = render_deck(deck(slide("Title and Content", "A", body=(para("x"),))), THEME, _with_sample_slides())
    file: Any = Presentation(io.BytesIO(data))
    assert [s.shapes.title.text for s in file.slides] == ["A"]
    parts = b"".join(p.blob for p in file.part.package.iter_parts())
    assert b"Sample" not in parts
    assert b"Secret" not in parts
    assert _template(_with_sample_slides()).sample_slides == 2


def test_a_template_without_a_notes_master_gets_ours_and_one_with_it_keeps_it() -> None:
    file = _opened(stranger(LIBREOFFICE), slide("Title and Content", "A", body=(para("x"),)))
    assert file.slides[0].notes_slide.notes_text_frame.text.startswith("Say about A")
    own = _with_sample_slides()
    kept: Any = Presentation(io.BytesIO(own.data))
    wanted = etree.tostring(kept.notes_master._element)
    made = _opened(own, slide("Title and Content", "A", body=(para("x"),)))
    assert etree.tostring(made.notes_master._element) == wanted


def test_the_source_gets_a_place_at_the_foot_that_nothing_else_stands_in() -> None:
    native = _opened(stranger(DEFAULT), slide("Two Content", "A", source="MMRF", left=(para("l"),), right=(para("r"),)))
    layout = native.slides[0].slide_layout
    areas = {p.name: (p.top, p.top + p.height) for p in layout.placeholders if p.placeholder_format.type is not None}
    top, bottom = areas["Source"]
    contents = [area for name, area in areas.items() if name.startswith("Content")]
    assert len(contents) == 2
    assert all(low <= top for _, low in contents)
    assert bottom <= areas["Footer Placeholder 5"][0]
    assert native.slides[0].placeholders[layout.placeholders[-1].placeholder_format.idx] is not None


def test_a_layout_that_stands_in_keeps_the_drawings_of_the_one_that_it_is_made_from() -> None:
    def draw(members: dict[str, bytes]) -> None:
        name = "ppt/slideLayouts/slideLayout2.xml"
        bar = (
            b'<p:sp><p:nvSpPr><p:cNvPr id="99" name="Ribbon"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>'
            b'<a:off x="0" y="0"/><a:ext cx="9144000" cy="90000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            b"</a:prstGeom></p:spPr></p:sp></p:spTree>"
        )
        assert b'name="Title and Content"' in members[name]
        members[name] = members[name].replace(b"</p:spTree>", bar)

    file = TemplateFile(repacked(stranger(DEFAULT).data, draw), "ribbon.pptx")
    native = _opened(file, slide("Table", "A", table=(table(2),)))
    layout = native.slides[0].slide_layout
    assert layout.name == "Table"
    assert "Ribbon" in [shape.name for shape in layout.shapes]


def test_titles_go_down_together_only_as_far_as_the_longest_needs() -> None:
    short = slide("Title and Content", "Short", body=(para("x"),))
    long = slide("Title and Content", "word " * 24, body=(para("y"),))

    def sizes(*slides: Any) -> set[str]:
        native = _opened(stranger(DEFAULT), *slides)
        return {r.get("sz") for s in native.slides for r in s.shapes.title._element.iter(qn("a:rPr"))}

    assert sizes(short) == {"4400"}
    (both,) = sizes(short, long)
    assert 2000 <= int(both) < 4400


def test_text_takes_the_largest_size_that_needs_no_further_slide() -> None:
    def size(count: int) -> int:
        native = _opened(stranger(DEFAULT), slide("Title and Content", "A", body=(bullets(*["A line"] * count),)))
        assert len(native.slides) == 1
        (found,) = {int(r.get("sz")) for r in native.slides[0].shapes[1]._element.iter(qn("a:rPr"))}
        return found

    assert size(3) == 2400
    assert 1800 <= size(11) < 2400


def test_details_and_a_logo_join_the_subtitle_where_the_title_slide_has_no_place_for_them() -> None:
    plan = slide("Title Slide", "A", subtitle=(para("Sub"),), details=(para("2026"), logo()))
    native = _opened(stranger(DEFAULT), plan).slides[0]
    assert native.placeholders[1].text.split("\n") == ["Sub", "2026"]
    picture = next(s for s in native.shapes if s._element.tag == qn("p:pic"))
    bottom = native.placeholders[1].top + native.placeholders[1].height
    assert picture.top >= bottom - 12700


def test_a_study_s_chart_stays_below_its_facts_and_a_long_note_goes_on_the_next_slide() -> None:
    note = (Box("changed", (para("word " * 120),)),)
    native = _opened(stranger(DEFAULT), slide("Study", "6 of 46", facts=(facts(6),), chart=(rates(),), note=note))
    first, second = native.slides
    assert [s.shapes.title.text for s in native.slides] == [
        f"6\u00a0of\u00a046 ({part}\u00a0of\u00a02)" for part in (1, 2)
    ]
    assert (first.slide_layout.name, second.slide_layout.name) == ("Study", "Title and Content")
    assert [[shape.has_table, shape.has_chart] for shape in first.shapes][1:3] == [[True, False], [False, True]]


def test_a_section_s_table_stands_in_a_layout_that_has_a_place_for_it() -> None:
    native = _opened(stranger(DEFAULT), slide("Section Header", "A", body=(table(3),)))
    (only,) = native.slides
    assert only.slide_layout.name == "Content and Note"
    assert [shape.is_placeholder for shape in only.shapes if shape.has_table] == [True]


def test_a_section_s_words_end_above_its_source() -> None:
    note = (para("A note"),)
    native = _opened(stranger(DEFAULT), slide("Section Header", "A", source="MMRF", body=(para("Words"),), note=note))
    (only,) = native.slides
    assert only.slide_layout.name == "Section Header"
    body, source = (next(s for s in only.placeholders if text in s.text) for text in ("Words", "MMRF"))
    assert body.text.split("\n") == ["Words", "A note"]
    assert body.top + body.height <= source.top


@pytest.mark.parametrize("background", ["#FFFFFF", "#FDF8EC", "#1A1A1A", "#003366"])
@pytest.mark.parametrize("accent", ["#4F81BD", "#FFFF00", "#F0F0F0", "#111111", "#14532D"])
def test_a_palette_from_any_colours_can_be_read(background: str, accent: str) -> None:
    dark = contrast(background, "#FFFFFF") > contrast(background, "#000000")
    scheme = {**STANDARD, "accent1": accent, **({"tx1": "#FFFFFF", "bg1": background} if dark else {"bg1": background})}
    rgb = template_palette(scheme, background).rgb
    for role in ("ink", "muted", "accent", "caution"):
        assert contrast(rgb[role], background) >= 4.5, role
    for box in ("accent_tint", "caution_tint"):
        assert contrast(rgb["ink"], rgb[box]) >= 4.5, box
    assert contrast(rgb["on_accent"], rgb["accent"]) >= 4.5
    assert contrast(rgb["rule"], background) >= 3


def test_a_theme_of_high_contrast_asks_more_of_a_template_too() -> None:
    rgb = template_palette(STANDARD, "#FFFFFF", high=True).rgb
    assert (
        contrast(rgb["accent"], "#FFFFFF")
        >= 7
        > contrast(template_palette(STANDARD, "#FFFFFF").rgb["accent"], "#FFFFFF")
    )
    assert contrast(rgb["rule"], "#FFFFFF") >= 4.5


def test_titles_in_a_colour_of_their_own_give_the_accent() -> None:
    assert _template(stranger(LIBREOFFICE)).look.palette.rgb["accent"] == "#14532D"
    assert template_palette(STANDARD, "#FFFFFF", "#808080").rgb["accent"] != "#808080"


def test_the_report_says_what_is_there_what_is_missing_and_what_stands_in() -> None:
    lines = list(report(_template(_with_sample_slides())))
    assert lines[0] == "samples.pptx: slides of 10 × 7.5 in; 2 sample slides, left out"
    text = "\n".join(lines)
    for piece in (
        "titles: Calibri, 44 pt",
        "Calibri: measured by its average width",
        "Title Slide: its layout 'Title Slide'; no place for details and figure, shown in the subtitle",
        "Title and Content: its layout 'Title and Content'; a place for the source is added at its foot",
        "Study: no layout is named 'Study', ours stands in",
        "of 9 layouts, 4 are its own; ours stand in for 5",
    ):
        assert piece in text


def test_the_report_tells_a_font_that_is_not_known_and_a_layout_without_footers() -> None:
    def change(members: dict[str, bytes]) -> None:
        theme = "ppt/theme/theme1.xml"
        members[theme] = members[theme].replace(b'typeface="Calibri"', b'typeface="Clinic Grotesk"')
        for name in [n for n in members if n.startswith("ppt/slideLayouts/slideLayout") and n.endswith(".xml")]:
            root = etree.fromstring(members[name])
            for shape in list(root.iter(qn("p:sp"))):
                node = next(shape.iter(qn("p:ph")), None)
                if node is not None and node.get("type") in ("ftr", "sldNum"):
                    shape.getparent().remove(shape)
            members[name] = etree.tostring(root)

    text = "\n".join(report(_template(TemplateFile(repacked(stranger(DEFAULT).data, change), "grotesk.pptx"))))
    assert "Clinic Grotesk: not known here" in text
    assert "a place for the source, footer and slide number is added at its foot" in text
    assert "foot is left out" not in text


def test_a_template_without_a_title_anywhere_is_refused() -> None:
    def change(members: dict[str, bytes]) -> None:
        for name in [n for n in members if n.startswith("ppt/slideLayouts/slideLayout") and n.endswith(".xml")]:
            members[name] = members[name].replace(b'type="title"', b'type="body"').replace(b'"ctrTitle"', b'"body"')

    with pytest.raises(ProblemsError, match="no layout with a title placeholder"):
        _template(TemplateFile(repacked(stranger(DEFAULT).data, change), "untitled.pptx"))


def test_what_does_not_fit_on_a_stranger_s_template_names_the_template_too() -> None:
    with pytest.raises(ProblemsError, match=r"or give the layouts of default\.pptx more room"):
        _opened(stranger(DEFAULT), slide("Section Header", "A", body=(para("word " * 300),)))
