"""Points in a table by row and aspect, and as tiles by aspect: where each statement stands, in which document."""

from __future__ import annotations

from typing import Any

import pytest
from section_samples import TEMPLATES, WORDS, composed, edition, made
from show_samples import cells

from handouts.compose.deck import compose_deck
from handouts.compose.edition import Edition
from handouts.plan.blocks import ListBlock, Table, statements_of, walk
from handouts.plan.documents import Handout, Slide
from handouts.plan.text import plain
from handouts.problems import ProblemsError

NAMES = {
    **WORDS["names"],
    **{key: key.capitalize() for key in ("gain", "cost", "third", "fourth", "fifth", "speed")},
}


def of_points(statements: dict[str, dict[str, str]], **section: Any) -> Edition:
    """An edition with one section of points, each statement with these keys."""
    said = {key: {"section": "a", "sources": ["page"], **given} for key, given in statements.items()}
    words = {"sections": {"a": {"heading": "Heading a"}}, "names": NAMES}
    return edition({"a": {"kind": "points", **section}}, said, words)


def slide_of(edition_: Edition) -> Slide:
    (slide,) = [one for one in compose_deck(edition_, TEMPLATES).slides if plain(one.title) == "Heading a"]
    return slide


def tables_in(plan: Handout | Slide) -> list[Table]:
    blocks = plan.blocks if isinstance(plan, Handout) else plan.blocks()
    return [block for block in walk(blocks) if isinstance(block, Table)]


TABLE = {
    "s1": {"row": "speed", "aspect": "gain"},
    "s2": {"row": "one", "aspect": "cost"},
    "s3": {},
    "s4": {"row": "speed", "aspect": "gain"},
    "s5": {"row": "speed", "aspect": "cost"},
}
"""Two rows, one of them a study, two columns, a cell of two statements and one of none; a statement of no row."""


def test_statements_with_rows_stand_in_a_table_in_the_order_in_which_rows_and_aspects_are_named() -> None:
    plans = composed(of_points(TABLE, form="table"))
    (on_page,) = tables_in(plans.handout)
    assert cells(on_page) == [
        ["", "Gain", "Cost"],
        ["Speed", "Say s1. Say s4.", "Say s5."],
        ["Study one", "–", "Say s2."],
    ]
    (on_slide,) = tables_in(slide_of(of_points(TABLE, form="table")))
    assert cells(on_slide)[2] == ["Study one (early)", "–", "Tell s2."]
    assert all(cell.tone is None for row in (on_slide.head, *on_slide.rows) for cell in row)
    assert [cell.scope for cell in on_slide.rows[0]] == ["row", None, None]


def test_what_has_no_row_stands_beside_the_table_and_all_is_told() -> None:
    of = of_points(TABLE, form="table")
    assert [[str(said) for said in one.get("beside")] for one in made(of, "deck").listed] == [["Tell s3."]]
    plans = composed(of)
    assert statements_of(slide_of(of).blocks()) == set(TABLE)
    (listed,) = [block for block in walk(plans.handout.blocks) if isinstance(block, ListBlock)]
    assert [plain(item.runs) for item in listed.items] == ["Say s3."]
    assert plans.handout.statements() == set(TABLE)


TILES = {"s1": {"aspect": "gain"}, "s2": {"aspect": "cost"}, "s3": {"aspect": "gain"}, "s4": {}}


def test_aspects_without_rows_are_tiles_on_a_slide_and_a_list_on_a_page() -> None:
    of = of_points(TILES, form="tiles", cautions=["cost"])
    slide = slide_of(of)
    (tiles,) = tables_in(slide)
    assert cells(tiles) == [["Gain", "Cost"], ["Tell s1.", "Tell s2."], ["Tell s3.", ""]]
    columns = list(zip(tiles.head, *tiles.rows, strict=True))
    assert [{cell.tone for cell in column} for column in columns] == [{"accent"}, {"caution"}]
    assert (tiles.size, tiles.widths) == ("large", (1.0, 1.0))
    assert statements_of(slide.slots["note"]) == {"s4"}
    page = composed(of).handout
    assert tables_in(page) == []
    listed = [item for block in walk(page.blocks) if isinstance(block, ListBlock) for item in block.items]
    assert len(listed) == len(TILES)


@pytest.mark.parametrize(
    ("aspects", "form"),
    [
        ([], ""),
        (["gain"], ""),
        (["gain", "cost"], "tiles"),
        (["gain", "cost", "third", "fourth"], "tiles"),
        (["gain", "cost", "third", "fourth", "fifth"], ""),
    ],
)
def test_two_to_four_aspects_make_tiles_and_others_the_list_that_was(aspects: list[str], form: str) -> None:
    of = of_points({f"s{at}": {"aspect": one} for at, one in enumerate(aspects)} | {"s9": {}}, form="tiles")
    assert [(one.get("form"), len(one.get("beside"))) for one in made(of, "deck").listed] == [
        (form, 1 if form else len(aspects) + 1)
    ]
    assert len(tables_in(slide_of(of))) == (form == "tiles")


@pytest.mark.parametrize("section", [{}, {"form": "table"}, {"form": "tiles", "slide": "take_home"}])
def test_points_stay_a_list_where_nothing_else_is_wished_or_can_be(section: dict[str, Any]) -> None:
    of = of_points(TILES, **section)
    assert [(one.get("form"), len(one.get("beside"))) for one in made(of, "deck").listed] == [("", len(TILES))]
    assert tables_in(slide_of(of)) == []


def test_a_statement_may_have_a_row_in_one_document_and_none_in_the_other() -> None:
    said = {"s1": {"section": {"handout": "b", "deck": "a"}, "sources": ["page"], "row": "speed", "aspect": "gain"}}
    sections = {"a": {"kind": "points", "form": "table", "in": ["deck"]}, "b": {"kind": "points", "in": ["handout"]}}
    of = edition(sections, said, {"sections": {key: {"heading": f"Heading {key}"} for key in "ab"}, "names": NAMES})
    assert tables_in(composed(of).handout) == []
    assert len(tables_in(slide_of(of))) == 1


def test_a_name_that_the_words_lack_is_told() -> None:
    of = of_points({"s1": {"row": "speed", "aspect": "taste"}}, form="table")
    with pytest.raises(ProblemsError, match="REF03 error: names has no words for 'taste'; add 'taste:' to 'names'"):
        slide_of(of)


@pytest.mark.parametrize("name", ["statements_table", "tiles"])
def test_a_table_of_statements_is_of_a_section_of_points(name: str) -> None:
    slide = f'<section data-layout="Table"><h2>a</h2><figure data-figure="{name}" data-section="b"></figure></section>'
    with pytest.raises(ProblemsError, match=r"TEMPLATE04 error: .* no section of points is called 'b'; known: a"):
        compose_deck(of_points(TILES), {"deck.html.j2": slide})
    empty = slide.replace('data-section="b"', 'data-section="a"')
    of = of_points({"s1": {}})
    assert [list(one.blocks()) for one in compose_deck(of, {"deck.html.j2": empty}).slides] == [[]]
