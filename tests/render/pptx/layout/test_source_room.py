"""A place for sources that we add is as high as its words: from its foot up, and what is above it ends above it."""

from __future__ import annotations

import io
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from deck_samples import bullets, deck, drawing, facts, para, rates, render_deck, slide, table
from font_templates import in_font
from msgspec.structs import replace
from pptx import Presentation
from stranger_templates import DEFAULT, LIBREOFFICE
from topic_samples import OWN

from handouts.plan.documents import Slide
from handouts.problems import ProblemsError
from handouts.render.pptx.layout.areas import ABOVE_SOURCE
from handouts.render.pptx.layout.fit import fitted
from handouts.render.pptx.layout.paginate import SlidePage
from handouts.render.pptx.layout.pieces import TextPiece, stack_height
from handouts.render.pptx.template.template import Template, template_of
from handouts.theme.schema import DeckTheme, Theme

THEME = Theme()
REFERENCE = "Richardson PG, Baz R, Wang M, et al. Phase 1 study of twice-weekly ixazomib. Blood 2014;124:1038–1046. "
FONTS = ("Arial", "Poppins", "Clinic Grotesk")
"""One that is exact, one that is tall, one that nobody knows."""


@cache
def template(font: str, name: str = DEFAULT, theme: Theme = THEME) -> Template:
    return template_of(in_font(font, name=name), theme)


def slides_with(source: str) -> tuple[Slide, ...]:
    """A slide of each layout that has a place for sources, which is not full."""
    return (
        slide("Section Header", "Part", source=source, body=(para("Words"),), note=(para("A note"),)),
        slide("Title and Content", "Points", source=source, body=(bullets("One", "Two"),)),
        slide("Content and Note", "Noted", source=source, body=(bullets("One", "Two"),), note=(para("A note"),)),
        slide("Two Content", "Two", source=source, left=(para("Left"),), right=(para("Right"),)),
        slide("Study", "Study", source=source, facts=(facts(),), chart=(rates(),)),
        slide("Table", "Rows", source=source, table=(table(2),), note=(para("A note"),)),
        slide("Picture", "Seen", source=source, body=(para("Words"),), figure=(drawing(),)),
        slide("Take-home", "Last", source=source, body=(bullets("Keep this"),), note=(para("A note"),)),
    )


def assert_apart(page: SlidePage) -> None:
    for one, other in combinations([piece.area for pieces in page.placed.values() for piece in pieces], 2):
        beside = one.right <= other.x + 0.01 or other.right <= one.x + 0.01
        assert beside or one.bottom <= other.y + 0.01 or other.bottom <= one.y + 0.01, page.slide.title


@pytest.mark.parametrize("count", [1, 2, 4])
@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("name", [DEFAULT, LIBREOFFICE])
def test_it_is_as_high_as_its_words_and_nothing_stands_in_it(name: str, font: str, count: int) -> None:
    one = template(font, name)
    pages = fitted(deck(*slides_with(REFERENCE * count)), one).pages
    assert len({page.slide.layout for page in pages}) > 4
    for page in pages:
        spot = page.bound.spots["source"]
        (placed,) = page.placed["source"]
        assert placed.area.height >= stack_height(page.slide.slots["source"], spot, one.look) - 0.01
        assert placed.area.bottom == pytest.approx(spot.area.bottom)
        assert placed.area.bottom <= one.look.height
        others = [piece.area for slot, pieces in page.placed.items() if slot != "source" for piece in pieces]
        assert all(area.height > 0 for area in others)
        assert_apart(page)


def test_a_short_one_leaves_the_place_and_what_is_above_it_as_they_are() -> None:
    one = template("Arial")
    for page in fitted(deck(*slides_with("One source")), one).pages:
        (placed,) = page.placed["source"]
        assert placed.area == page.bound.spots["source"].area


def test_what_is_written_stands_where_it_was_measured() -> None:
    file: Any = Presentation(io.BytesIO(render_deck(deck(*slides_with(REFERENCE * 4)), THEME, in_font("Poppins"))))
    for written in file.slides:
        (source,) = [s for s in written.placeholders if s.has_text_frame and s.text_frame.text.startswith("Richardson")]
        others = [s for s in written.shapes if s.shape_id != source.shape_id and s.top < source.top]
        assert others
        assert all(other.top + other.height <= source.top for other in others), written.shapes.title.text


def long_source(theme: Theme, count: int) -> tuple[SlidePage, Template]:
    one = template("Arial", DEFAULT, theme)
    (page,) = fitted(deck(slides_with(REFERENCE * count)[1]), one).pages
    return page, one


def test_a_very_long_one_goes_to_the_smallest_type_before_it_takes_a_third_of_the_slide() -> None:
    theme = Theme(deck=DeckTheme(source=16))
    sizes: list[float] = []
    for count in (1, 12):
        page, one = long_source(theme, count)
        text = page.placed["source"][0].piece
        assert isinstance(text, TextPiece)
        sizes.append(text.paras[0].size)
        assert page.placed["source"][0].area.height < one.look.height / 2
    assert sizes == [14, 12]


def test_one_without_end_leaves_half_of_the_room_and_is_said_to_be_too_high() -> None:
    with pytest.raises(ProblemsError) as caught:
        long_source(THEME, 40)
    (problem,) = caught.value.problems
    assert "slot 'source' is" in problem.message and "too high" in problem.message
    assert "short:" in problem.instead


def test_content_that_it_leaves_no_room_for_goes_on_another_slide() -> None:
    many = bullets(*(f"Point {n} of a list that is as long as a slide has room for" for n in range(11)))
    short, long = (replace(slides_with(said)[1], slots={"body": (many,)}) for said in ("One source", REFERENCE * 5))
    assert len(fitted(deck(short), template("Arial")).pages) == 1
    pages = fitted(deck(long), template("Arial")).pages
    assert len(pages) == 2
    for page in pages:
        assert_apart(page)
        assert page.placed["source"][0].area.y - page.placed["body"][0].area.bottom >= ABOVE_SOURCE - 0.01


def test_our_own_template_has_the_place_that_it_was_drawn_with() -> None:
    own = template_of(OWN, THEME)
    assert not any(spot.ours for bound in own.layouts.values() for spot in bound.spots.values())
    with pytest.raises(ProblemsError) as caught:
        fitted(deck(slides_with(REFERENCE * 4)[1]), own)
    assert "slot 'source' is" in caught.value.problems[0].message
