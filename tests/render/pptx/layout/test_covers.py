"""A cover on any stranger's template is one slide, on which the title, the review state and the clinic can be read."""

from __future__ import annotations

import io
import re
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from cover_templates import COVERS, TITLE, Cover, Text, covered, with_cover
from deck_samples import bullets, deck, logo, para, render_deck, slide, table
from msgspec.structs import replace
from pptx import Presentation
from topic_samples import CONTENT, ROOT, edition_of

from handouts.compose.deck import compose_deck
from handouts.files.workspace import Workspace
from handouts.model.clinic import Clinic
from handouts.plan.blocks import Paragraph
from handouts.plan.documents import Deck
from handouts.plan.text import Run, plain
from handouts.problems import Origin, Problem, ProblemsError
from handouts.render.pptx.layout.fit import fitted
from handouts.render.pptx.layout.optional import fit_deck
from handouts.render.pptx.layout.paginate import SlidePage
from handouts.render.pptx.template.geometry import overlapping
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.template import template_of
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

LONG = Clinic(
    schema_version=1,
    name="Northern Rivers Regional Comprehensive Cancer Center and Infusion Clinic",
    address=(
        "Department of Hematology and Oncology", "Outpatient Building C, Floor 4, Suite 420",
        "12800 North Riverside Parkway", "Springfield Heights, Minnesota 55999", "United States of America",
    ),
    phone="1-202-555-0187",
    hours="Monday to Friday, 8:30 to 17:00; urgent calls answered day and night",
)  # fmt: skip
TITLES = {
    "": "",
    "German": "Ixazomib bei rezidiviertem oder refraktärem multiplem Myelom: Wirksamkeit, Nebenwirkungen und "
    "Arzneimittelwechselwirkungen für Krankenhausapotheken",
    "Spanish": "Ixazomib en el mieloma múltiple en recaída o refractario: eficacia, efectos adversos e interacciones "
    "farmacológicas para los equipos de farmacia hospitalaria",
}


@cache
def _plan(clinic: Clinic | None, title: str = "") -> Deck:
    """The first slide of a shipped topic."""
    edition = replace(edition_of(CONTENT, "ixazomib"), clinic=clinic)
    whole = compose_deck(edition, Workspace(CONTENT, ROOT / "templates").templates())
    first = whole.slides[0]
    return replace(whole, slides=(replace(first, title=(Run(TITLES[title]),)) if title else first,))


def _pages(plan: Deck, file: TemplateFile) -> list[SlidePage]:
    template = template_of(file, Theme())
    return list(fitted(fit_deck(plan, Theme(), file)[0], template).pages)


def _page(plan: Deck, file: TemplateFile) -> SlidePage:
    (page,) = _pages(plan, file)
    return page


def _areas(page: SlidePage) -> list[Area]:
    """Where the title and all other texts of a page stand."""
    return [page.bound.title.area, *(piece.area for pieces in page.placed.values() for piece in pieces)]


def _text_size(page: SlidePage) -> float:
    return page.bound.spots["subtitle"].style.size


def _within(area: Area, other: Area) -> bool:
    near = 0.5
    inside = other.x - near <= area.x and area.right <= other.right + near
    return inside and other.y - near <= area.y and area.bottom <= other.bottom + near


@pytest.mark.sampled(5)
@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("clinic", [None, LONG], ids=["no clinic", "a long clinic"])
@pytest.mark.parametrize("name", COVERS)
def test_any_cover_is_one_slide_with_all_that_it_says(name: str, clinic: Clinic | None, title: str) -> None:
    plan = _plan(clinic, title)
    page = _page(plan, covered(name))
    assert plain(page.slide.title) == plain(plan.slides[0].title)
    said = "\n".join(t for t in page.slide.words().split("\n"))
    assert plan.meta.review_words in said
    if clinic is not None:
        assert all(one in said for one in (clinic.name, clinic.phone, clinic.hours, *clinic.address) if one)
    assert page.bound.title.style.size >= 20
    assert all(spot.style.size >= 18 for slot, spot in page.bound.spots.items() if slot in page.slide.slots)


@pytest.mark.sampled(5)
@pytest.mark.parametrize("clinic", [None, LONG], ids=["no clinic", "a long clinic"])
@pytest.mark.parametrize("name", COVERS)
def test_nothing_on_a_cover_stands_on_anything_else(name: str, clinic: Clinic | None) -> None:
    page = _page(_plan(clinic), covered(name))
    room = page.bound.room
    assert room is not None
    feet = [spot.area for spot in (page.bound.footer, page.bound.number) if spot]
    areas = _areas(page)
    for area in areas:
        assert _within(area, room.slide)
        assert not any(overlapping(area, foot) for foot in feet)
        assert all(_within(area, shape) or not overlapping(area, shape) for shape in room.drawn)
    assert not any(overlapping(one, other) for one, other in combinations(areas, 2))


def test_a_cover_s_places_in_the_file_are_those_that_were_measured() -> None:
    page = _page(_plan(LONG), covered("low title, tiny"))
    native: Any = Presentation(io.BytesIO(render_deck(_plan(LONG), Theme(), covered("low title, tiny"))))
    (only,) = native.slides
    for shape, area in zip(list(only.shapes)[:2], _areas(page), strict=True):
        found = [round(v / 12700) for v in (shape.left, shape.top, shape.width, shape.height)]
        assert found == [round(v) for v in (area.x, area.y, area.width, area.height)]


def test_a_cover_whose_words_have_room_keeps_its_places_and_sizes() -> None:
    plan = deck(slide("Title Slide", "A talk", subtitle=(para("Sub"),), details=(para("2026"),)))
    roomy = with_cover(Cover((TITLE, Text("subTitle", (0.08, 0.52, 0.84, 0.3), 30))))
    page = _page(plan, roomy)
    before = template_of(roomy, Theme()).layouts["Title Slide"]
    assert (page.bound.title.area, page.bound.spots["subtitle"].area) == (
        before.title.area, before.spots["subtitle"].area,
    )  # fmt: skip
    assert (page.bound.title.style.size, _text_size(page)) == (44, 30)


def test_a_small_place_takes_the_free_room_around_it_before_its_type_becomes_small() -> None:
    page = _page(_plan(None), covered("tiny both"))
    assert page.bound.title.style.size >= 36
    assert _text_size(page) >= 24


def test_what_a_title_slide_has_no_place_for_stands_below_its_subtitle_no_larger_than_a_table() -> None:
    page = _page(_plan(LONG), covered("usual"))
    (piece,) = page.placed["subtitle"]
    sizes = [para.size for para in piece.piece.paras]  # type: ignore[union-attr]
    assert sizes[0] == _text_size(page) > 18
    assert set(sizes[1:]) == {18}


def test_text_stays_on_the_panel_that_it_stands_on() -> None:
    for title in TITLES:
        page = _page(_plan(LONG, title), covered("a panel at the left"))
        assert page.bound.room
        (panel,) = page.bound.room.drawn
        assert all(_within(area, panel) for area in _areas(page))


def test_a_line_between_title_and_subtitle_stays_between_them() -> None:
    line = (0.08, 0.5, 0.84, 0.004)
    title, below = Text("ctrTitle", (0.08, 0.4, 0.84, 0.09)), Text("subTitle", (0.08, 0.52, 0.84, 0.06))
    page = _page(_plan(LONG, "German"), with_cover(Cover((title, below), (line,))))
    assert page.bound.room
    (drawn,) = page.bound.room.drawn
    assert page.bound.title.area.bottom <= drawn.y
    assert page.bound.spots["subtitle"].area.y >= drawn.bottom


CRAMPED = Cover(
    (Text("ctrTitle", (0.05, 0.05, 0.4, 0.15)), Text("subTitle", (0.05, 0.22, 0.4, 0.1))),
    ((0.03, 0.03, 0.44, 0.45), (0.03, 0.51, 0.94, 0.4), (0.48, 0.03, 0.5, 0.45)),
)
"""A cover whose texts stand in a frame, with pictures around it."""


def test_hours_are_left_out_and_told_before_a_cover_s_type_goes_below_14_points() -> None:
    file = with_cover(CRAMPED)
    found, left_out = fit_deck(_plan(LONG), Theme(), file)
    assert [one.problem.code for one in left_out] == ["FIT03"]
    (page,) = fitted(found, template_of(file, Theme())).pages
    said = page.slide.words()
    assert str(LONG.hours) not in said
    assert all(str(one) in said for one in (LONG.name, LONG.phone, found.meta.review_words))
    assert 12 <= _text_size(page) < 18
    assert render_deck(found, Theme(), file)


def test_a_cover_that_fits_at_no_size_is_refused_with_what_to_cut_and_never_goes_on() -> None:
    def refused(count: int) -> tuple[Problem, ...]:
        long = Paragraph((Run(" ".join(["word"] * count), origin=Origin("content/x/en.yaml", 12, 3)),))
        try:
            _pages(deck(slide("Title Slide", "A talk", subtitle=(long,), details=(para("2026"),))), with_cover(CRAMPED))
        except ProblemsError as found:
            return found.problems
        return ()

    (problem,) = refused(300)
    assert (problem.code, problem.origin.line) == ("DECK04", 12)
    assert "(1 of 2)" not in problem.message
    found = re.fullmatch(
        r"cut about (\d+) words from 'word word word word word word…', which has 300, "
        r"or give the layouts of cover\.pptx more room",
        problem.instead,
    )
    assert found, problem.instead
    assert not refused(300 - int(found[1]))


def test_nobody_is_told_to_say_a_cover_on_two_slides() -> None:
    long = Paragraph((Run("word " * 300),))
    with pytest.raises(ProblemsError) as refused:
        _pages(deck(slide("Title Slide", "A talk", subtitle=(long,))), with_cover(CRAMPED))
    assert [one.instead for one in refused.value.problems] == [
        "say it in fewer words, or give the layouts of cover.pptx more room"
    ]


def test_a_logo_stands_below_the_words_of_a_cover_that_has_no_place_for_pictures() -> None:
    details = (*(para(f"Line {n} of what the clinic says of itself, at some length") for n in range(9)), logo())
    page = _page(deck(slide("Title Slide", "A", subtitle=(para("Sub"),), details=details)), covered("usual 4:3"))
    text, picture = page.placed["subtitle"]
    assert picture.area.y >= text.area.bottom
    assert text.area.y >= page.bound.title.area.bottom


# Sections.


def _section(text: str, *, note: str = "") -> Deck:
    return deck(slide("Section Header", "The drug", body=(para(text),), note=(para(note),) if note else ()))


def test_a_section_s_slide_takes_the_free_room_before_it_becomes_a_content_slide() -> None:
    page = _page(_section("word " * 90), covered("usual"))
    assert page.bound.spec.name == "Section Header"
    assert page.bound.spots["body"].style.size >= 18
    assert not overlapping(page.bound.title.area, page.bound.spots["body"].area)


def test_a_section_that_says_more_than_its_slide_has_room_for_stands_on_a_content_slide() -> None:
    file = with_cover(CRAMPED, section=(CRAMPED.texts[0].place, CRAMPED.texts[1].place))
    assert _page(_section("word " * 10), file).bound.spec.name == "Section Header"
    page = _page(_section("word " * 60), file)
    assert page.bound.spec.name == "Content and Note"
    assert _page(deck(slide("Section Header", "A", body=(table(3), bullets("x")))), covered("usual"))


def test_a_section_s_words_end_above_a_source_of_several_lines() -> None:
    file = with_cover(COVERS["usual"], section=((0.08, 0.1, 0.84, 0.12), (0.08, 0.25, 0.84, 0.3)))
    body = (para("word " * 90),)
    page = _page(deck(slide("Section Header", "The drug", source="A source of some words, " * 16, body=body)), file)
    assert page.bound.spec.name == "Section Header"
    (text,), (source,) = page.placed["body"], page.placed["source"]
    assert text.area.bottom <= source.area.y
    assert source.area.height > 30


def test_a_small_title_s_place_on_a_section_s_slide_becomes_larger() -> None:
    file = with_cover(COVERS["usual"], section=((0.08, 0.5, 0.5, 0.05), (0.08, 0.3, 0.5, 0.15)))
    page = _page(deck(slide("Section Header", "What the drug is and how it works", body=(para("x"),))), file)
    assert page.bound.spec.name == "Section Header"
    assert page.bound.title.style.size >= 28
