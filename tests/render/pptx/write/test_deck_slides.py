"""What a deck says and how it is built: words, alternative text, languages, notes, order, sections, links."""

import io
from itertools import pairwise
from typing import Any

import pytest
from deck_samples import META, bullets, deck, facts, full_deck, logo, para, rates, render_deck, slide, table, words
from msgspec.structs import replace
from pptx import Presentation
from pptx.oxml.ns import qn

from handouts.plan.blocks import Box, Column, FigureBlock, Grid, Item, ListBlock, Paragraph, TableSize, Tone, walk
from handouts.plan.documents import Deck, Slide
from handouts.plan.number_phrases import held_slide
from handouts.plan.text import Run
from handouts.problems import ProblemsError
from handouts.render.pptx.layout.tables import SMALL
from handouts.theme.schema import Theme

THEME = Theme()


def opened(plan: Deck) -> Any:
    return Presentation(io.BytesIO(render_deck(plan, THEME)))


@pytest.fixture(scope="module")
def full() -> Any:
    return opened(full_deck())


def _text(shape: Any) -> list[str]:
    paragraphs = list(shape._element.iter(qn("a:p")))
    return ["".join(t.text or "" for t in p.iter(qn("a:t"))) for p in paragraphs]


def _content(native: Any) -> list[str]:
    """Lines of a slide in reading order, without drawings, its part of the deck, footer and number."""
    lines: list[str] = []
    for shape in native.shapes:
        kind = shape.placeholder_format.type if shape.is_placeholder else None
        if (
            shape.shape_type == 6
            or shape.name == "Eyebrow"
            or (kind is not None and kind.name in ("FOOTER", "SLIDE_NUMBER"))
        ):
            continue
        lines += [line for line in _text(shape) if line]
    return lines


def test_every_slide_says_what_the_plan_says_in_its_order(full: Any) -> None:
    for plan, native in zip(full_deck().slides, full.slides, strict=True):
        assert _content(native) == held_slide(plan).words().split("\n")


def test_every_slide_uses_the_layout_of_its_plan(full: Any) -> None:
    assert [s.slide_layout.name for s in full.slides] == [s.layout for s in full_deck().slides]


def test_every_chart_table_picture_and_drawing_has_its_alternative_text(full: Any) -> None:
    for plan, native in zip(full_deck().slides, full.slides, strict=True):
        said = {p.get("descr") for p in native.shapes._spTree.iter(qn("p:cNvPr")) if p.get("descr")}
        wanted = {b.figure.alt for b in walk(plan.blocks()) if isinstance(b, FigureBlock)}
        wanted |= {"What the rows compare"} if any(s.has_table for s in native.shapes) else set()
        wanted |= {"Logo of the clinic"} if plan.layout == "Title Slide" else set()
        assert said == wanted


def test_a_picture_without_alternative_text_is_marked_as_decoration() -> None:
    native = opened(deck(slide("Title Slide", "A", figure=(logo(""),)))).slides[0]
    picture = next(s for s in native.shapes if s.shape_type is not None and s._element.tag == qn("p:pic"))
    properties = next(picture._element.iter(qn("p:cNvPr")))
    assert properties.get("descr") is None
    assert "decorative" in str(properties[-1][0][0].tag)


def test_every_run_carries_a_language(full: Any) -> None:
    for native in full.slides:
        for root in (native._element, native.notes_slide._element):
            for run in (*root.iter(qn("a:r")), *root.iter(qn("a:fld"))):
                assert run.find(qn("a:rPr")).get("lang") == "en-US"
        for shape in native.shapes:
            if shape.has_chart:
                runs = list(shape.chart._chartSpace.iter(qn("a:r")))
                assert runs
                assert {r.find(qn("a:rPr")).get("lang") for r in runs} == {"en-US"}


def test_a_run_in_another_language_keeps_it() -> None:
    body = Paragraph((Run("Guten Tag", lang="de"),))
    native = opened(deck(slide("Title and Content", "A", body=(body,)))).slides[0]
    langs = {r.find(qn("a:t")).text: r.find(qn("a:rPr")).get("lang") for r in native._element.iter(qn("a:r"))}
    assert langs["Guten Tag"] == "de"


def test_titles_are_unique_and_a_repeated_title_is_a_problem(full: Any) -> None:
    titles = [s.shapes.title.text for s in full.slides]
    assert len(set(titles)) == len(titles)
    twice = deck(
        slide("Title and Content", "Same", body=(para("a"),)), slide("Title and Content", "same", body=(para("b"),))
    )
    with pytest.raises(ProblemsError, match="DECK03"):
        render_deck(twice, THEME)


def test_every_slide_has_notes_with_its_lists(full: Any) -> None:
    for native in full.slides:
        assert native.notes_slide.notes_text_frame.text.endswith("• the denominator")


def test_a_slide_without_notes_gets_its_title_and_source() -> None:
    plan = Slide("Title and Content", words("A"), {"body": (para("b"),)}, (), words("Label"))
    assert opened(deck(plan)).slides[0].notes_slide.notes_text_frame.text == "A\nLabel"


def test_shapes_stand_in_reading_order(full: Any) -> None:
    study = full.slides[5]
    kinds = [s.placeholder_format.type.name for s in study.shapes]
    assert kinds == ["TITLE", "BODY", "OBJECT", "CHART", "BODY", "BODY", "FOOTER", "SLIDE_NUMBER"]
    shapes = list(study.shapes)
    assert [shape.text for shape in (shapes[1], *shapes[4:6])] == ["Studies", "Do not compare.", "Blood"]
    areas = [(shape.top, shape.top + shape.height) for shape in shapes[:1] + shapes[2:5]]
    assert all(above[1] <= below[0] for above, below in pairwise(areas[1:]))


def test_the_part_of_the_deck_is_named_above_the_title_unless_the_title_does(full: Any) -> None:
    named = [next((s.text for s in native.shapes if s.name == "Eyebrow"), None) for native in full.slides]
    assert named[:3] == [None, "Drug", "Drug"]
    same = opened(deck(slide("Title and Content", "Limits", "Limits", body=(para("x"),))))
    assert not [s for s in same.slides[0].shapes if s.name == "Eyebrow"]
    with pytest.raises(ProblemsError, match=r"the name of its part, 'word .*', is \d+ mm"):
        opened(deck(slide("Title and Content", "A", "word " * 60, body=(para("x"),))))


def test_facts_are_small_labels_over_strong_values_with_gaps_between() -> None:
    plan = deck(slide("Study", "A", facts=(facts(),), chart=(rates(),)))
    table = next(s for s in opened(plan).slides[0].shapes if s.has_table).table
    sizes = [{(r.get("sz"), r.get("b")) for c in row.cells for r in c._tc.iter(qn("a:rPr"))} for row in table.rows]
    assert sizes == [{("1400", None)}, {("1600", "1")}]
    assert table.first_row
    fills = {c._tc.tcPr.find(qn("a:solidFill"))[0].get("val") for row in table.rows for c in row.cells}
    assert fills == {"bg2"}
    gaps = [int(c._tc.tcPr.find(qn("a:lnR")).get("w")) for c in table.rows[0].cells]
    assert gaps[-1] == 0 < min(gaps[:-1])


def test_no_placeholder_is_left_empty(full: Any) -> None:
    for native in full.slides:
        for placeholder in native.placeholders:
            assert not placeholder.has_text_frame or placeholder.text.strip()


def test_a_table_marks_its_header_row_and_columns_follow_the_weights(full: Any) -> None:
    frame = next(s for s in full.slides[8].shapes if s.has_table)
    assert frame.table.first_row
    assert not frame.table.horz_banding
    assert sum(r.height for r in frame.table.rows) == pytest.approx(frame.height, abs=12700)
    assert len({c.width for c in frame.table.columns}) == 1


@pytest.mark.parametrize("size", ["large", "usual", "small"])
def test_cells_of_a_tone_have_its_ground_and_words_that_are_read_on_it(size: TableSize) -> None:
    plain_table = table(2, 2)
    tones: tuple[Tone, Tone] = ("accent", "caution")
    head, *rows = [
        tuple(replace(cell, tone=tone) for cell, tone in zip(row, tones, strict=True))
        for row in (plain_table.head, *plain_table.rows)
    ]
    tiles = replace(plain_table, head=head, rows=tuple(rows), size=size)
    native = opened(deck(slide("Table", "Tiles", table=(tiles,)))).slides[0]
    (shown,) = [shape.table for shape in native.shapes if shape.has_table]
    grounds = [[cell._tc.tcPr.find(qn("a:solidFill"))[0].get("val") for cell in row.cells] for row in shown.rows]
    tints = ["bg2", THEME.colours.caution_tint.lstrip("#")]
    assert grounds == [["accent1", "accent2"], tints, tints]
    run = shown.cell(0, 1).text_frame.paragraphs[0].runs[0]
    points = {"large": THEME.deck.body, "usual": THEME.deck.table, "small": SMALL}
    assert (run.font.size.pt, str(run.font.color.rgb)) == (points[size], THEME.colours.on_accent.lstrip("#"))
    # What is set apart has a line of slide between it and its neighbour, and none at the table's sides.
    apart = [[cell._tc.tcPr.find(qn(f"a:{side}")).get("w") for side in ("lnL", "lnR")] for cell in shown.rows[1].cells]
    assert apart == [["0", "76200"], ["76200", "0"]]


def test_a_message_on_the_accent_is_words_alone_and_a_box_on_it_keeps_its_own_colour() -> None:
    box = Box("changed", (para("A limit"),))
    message, tabled = opened(
        deck(
            slide("Take-home", "A", source="MMRF", body=(bullets("x"),), note=(box,)),
            slide("Take-home", "B", source="MMRF", body=(table(2),)),
        )
    ).slides
    assert [s.slide_layout.name for s in (message, tabled)] == ["Take-home", "Content and Note"]
    assert [s.text for s in tabled.placeholders if s.has_text_frame and s.text == "MMRF"] == ["MMRF"]
    shown = next(s for s in message.placeholders if s.text == "A limit")
    assert [
        r.find(f"{qn('a:solidFill')}/{qn('a:schemeClr')}").get("val") for r in shown._element.iter(qn("a:rPr"))
    ] == ["tx1"]
    bullet = next(s for s in message.slide_layout.placeholders if s.name == "Content")
    colour = bullet._element.find(f".//{qn('a:buClr')}")[0]
    assert colour.get("val") == "FFFFFF"


def test_lists_take_their_bullets_from_the_layout(full: Any) -> None:
    body = full.slides[2].placeholders[13]._element
    paragraphs = list(body.iter(qn("a:p")))
    assert all(p.find(f"{qn('a:pPr')}/{qn('a:buNone')}") is None for p in paragraphs[:2])
    assert paragraphs[2].find(f"{qn('a:pPr')}/{qn('a:buNone')}") is not None
    assert not any("•" in line for line in _text(full.slides[2].placeholders[13]))


def test_a_drawing_is_one_group_of_native_shapes(full: Any) -> None:
    group = next(s for s in full.slides[4].shapes if s.shape_type == 6)
    assert len(group.shapes) == 4
    assert group.shapes[3].text_frame.text == "protein & parts"


def test_sections_hold_all_slides_and_have_the_same_ids_on_every_run(full: Any) -> None:
    other = opened(full_deck())
    found = []
    for file in (full, other):
        nodes = [n for n in file.part._element.iter() if str(n.tag).endswith("}section")]
        found.append([(n.get("name"), n.get("id"), len(n[0])) for n in nodes])
    assert found[0] == found[1]
    assert [(name, size) for name, _, size in found[0]] == [
        ("Opening", 1), ("Drug", 4), ("Studies", 2), ("Take-home", 1), ("Safety", 1),
    ]  # fmt: skip


def test_properties_come_from_the_plan_alone(full: Any) -> None:
    core = full.core_properties
    assert (core.title, core.subject, core.author, core.language) == (META.title, META.subject, META.author, "en-US")
    assert core.last_modified_by == META.author
    assert core.created.isoformat()[:10] == core.modified.isoformat()[:10] == META.date


def test_a_link_is_made_only_where_the_plan_has_one() -> None:
    linked = ListBlock(
        (
            Item((Run("https://example.org/plain"), Run("DailyMed", href="https://dailymed.nlm.nih.gov/"))),
            Item((Run("988", href="sms:988?body=AYUDA"),)),
        )
    )
    native = opened(deck(slide("Title and Content", "A", body=(linked,)))).slides[0]
    runs = [r for p in native.placeholders[13].text_frame.paragraphs for r in p.runs]
    assert [r.hyperlink.address for r in runs] == [
        None, "https://dailymed.nlm.nih.gov/", "sms:988?body=AYUDA",
    ]  # fmt: skip


@pytest.mark.parametrize("href", ["javascript:alert(1)", "file:///etc/passwd", "\\\\host\\share", " https://x.org"])
def test_a_link_to_anything_else_is_a_problem(href: str) -> None:
    plan = deck(slide("Title and Content", "A", body=(Paragraph((Run("x", href=href),)),)))
    with pytest.raises(ProblemsError, match="DECK06"):
        render_deck(plan, THEME)


NASTY = 'a < b & "c" \x00\x07\x0b\x1b\ud800\ufffe 😀 =1+1 _x0041_ {{ x }}'


def test_markup_control_characters_and_emoji_are_data() -> None:
    everywhere = deck(
        slide("Title Slide", NASTY, NASTY, subtitle=(para(NASTY),), details=(para("x\ny"),), figure=(logo(NASTY),)),
        slide("Table", NASTY + " 2", source=NASTY, table=(table(1, 2, NASTY),)),
        footer="a < b & c\x07",
    )
    slides = opened(everywhere).slides
    shown = 'a < b & "c" ����\ufffd\ufffd 😀 =1+1 _x0041_ {{ x }}'
    assert "".join(_text(slides[0].shapes.title)) == shown
    assert slides[0].placeholders[14].text == "x\vy"
    assert "".join(_text(slides[1].shapes[1])).count("&") == 2


def test_a_grid_in_the_body_of_two_content_fills_left_and_right() -> None:
    grid = Grid((Column(6, (bullets("l"),)), Column(6, (bullets("r"),))))
    native = opened(deck(slide("Two Content", "A", body=(grid,)))).slides[0]
    left, right = native.shapes[1], native.shapes[2]
    assert (left.text, right.text) == ("l", "r")
    assert left.left < right.left


def test_an_unknown_layout_and_an_unknown_slot_name_the_known_ones() -> None:
    plan = deck(slide("Studys", "A"), slide("Study", "B", chrt=(para("x"),)))
    with pytest.raises(ProblemsError) as caught:
        render_deck(plan, THEME)
    messages = [str(p) for p in caught.value.problems]
    assert any("did you mean 'Study'?" in m for m in messages)
    assert any("did you mean 'chart'? Known: chart, facts, note" in m for m in messages)


def test_a_logo_among_the_details_moves_to_the_place_for_pictures() -> None:
    plan = slide("Title Slide", "A", details=(para("2026"), logo()))
    native = opened(deck(plan)).slides[0]
    picture = next(s for s in native.shapes if s._element.tag == qn("p:pic"))
    assert picture.placeholder_format.type.name == "PICTURE"
    assert picture.left > native.placeholders[14].left + native.placeholders[14].width
