"""Elements → blocks: what a template's HTML becomes, and what user text in it becomes: itself."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from handouts.compose.blocks import Makers, read_blocks
from handouts.compose.html import Named, parse
from handouts.compose.phrase import Phrase
from handouts.plan.blocks import (
    Block,
    Box,
    Cell,
    Grid,
    Group,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Table,
    runs_of,
    statements_of,
    words_of,
)
from handouts.plan.text import Run, plain
from handouts.problems import Origin, ProblemsError

NOTHING = Makers(lambda _: None, lambda _: None)
AT = Origin("content/x/en.yaml", 12, 5)
ODD = Origin('odd "file":1.yaml', 3, 4)


def _blocks(html: str) -> tuple[Block, ...]:
    return read_blocks(parse(html, "t", Named((AT.file, ODD.file))), "t", NOTHING)


def _wrong(html: str) -> str:
    with pytest.raises(ProblemsError) as caught:
        _blocks(html)
    (problem,) = caught.value.problems
    assert problem.code == "TEMPLATE03"
    return f"{problem.message}; {problem.instead}"


def test_headings_paragraphs_and_lists() -> None:
    found = _blocks(
        '<h1>A</h1><h3>B</h3><p class="lead">C</p><p>D</p><ul><li>E</li></ul><ol><li>F</li></ol>'
        '<ul class="checkbox"><li data-write-lines="2">G</li></ul>'
    )
    assert found == (
        Heading(1, (Run("A"),)),
        Heading(3, (Run("B"),)),
        Paragraph((Run("C"),), "lead"),
        Paragraph((Run("D"),)),
        ListBlock((Item((Run("E"),)),)),
        ListBlock((Item((Run("F"),)),), "number"),
        ListBlock((Item((Run("G"),), 2),), "checkbox"),
    )


def test_tables_have_a_head_rows_scopes_widths_and_a_summary() -> None:
    (table,) = _blocks(
        '<table data-widths="3 1" data-summary="All"><tr><th>A</th><th data-align="right">B</th></tr>'
        '<tr><th>C</th><td data-align="right">1</td></tr></table>'
    )
    assert table == Table(
        (Cell((Run("A"),), "column"), Cell((Run("B"),), "column", "right")),
        ((Cell((Run("C"),), "row"), Cell((Run("1"),), None, "right")),),
        (3.0, 1.0),
        "All",
    )


def test_sections_group_box_and_stand_side_by_side() -> None:
    kept, box, grid = _blocks(
        '<section data-keep data-new-page><p>A</p></section><aside class="changed"><p>B</p></aside>'
        '<section class="grid"><section data-span="8"><p>C</p></section><section><p>D</p></section></section>'.replace(
            "<section><p>D", '<section data-span="4"><p>D'
        )
    )
    assert isinstance(kept, Group)
    assert (kept.keep, kept.new_page) == (True, True)
    assert isinstance(box, Box)
    assert box.role == "changed"
    assert isinstance(grid, Grid)
    assert [column.span for column in grid.columns] == [8, 4]


HALVES = "<section><p>A</p></section><section><p>B</p></section>"


@pytest.mark.parametrize(("attribute", "keep", "new_page"), [("keep", True, False), ("new-page", False, True)])
def test_parts_side_by_side_may_be_kept_together_and_begin_a_page(attribute: str, keep: bool, new_page: bool) -> None:
    (found,) = _blocks(f'<section class="grid" data-{attribute}>{HALVES}</section>')
    assert isinstance(found, Group)
    assert (found.keep, found.new_page) == (keep, new_page)
    (grid,) = found.blocks
    assert isinstance(grid, Grid)
    assert len(grid.columns) == 2


def test_an_empty_part_of_a_grid_gives_its_room_to_the_other() -> None:
    assert _blocks(
        '<section class="grid"><section data-span="8"><p>A</p></section><section data-span="4"></section></section>'
    ) == (Group((Paragraph((Run("A"),)),)),)


@pytest.mark.parametrize(
    "html",
    ["<p></p>", "<p> \n </p>", "<h2></h2>", "<ul></ul>", "<ul><li> </li></ul>", "<section></section>",
     "<aside></aside>", "<table></table>", "<table><tr><th>A</th></tr></table>",
     '<section class="grid"><section></section></section>',
     '<figure data-figure="logo"></figure>', '<figure data-figure="timeline"></figure>'],
)  # fmt: skip
def test_what_holds_nothing_vanishes(html: str) -> None:
    assert _blocks(html) == ()


def test_white_space_folds_as_in_browsers() -> None:
    (paragraph,) = _blocks("<p>\n  One\n  <strong> two </strong>\n three<br>  four </p>")
    assert plain(runs_of([paragraph])) == "One two three\nfour"


def test_no_break_spaces_stay() -> None:
    assert words_of(_blocks("<p>12\N{NO-BREAK SPACE}640</p>")) == "12\N{NO-BREAK SPACE}640"


def test_strong_emphasis_and_language_stand_on_runs() -> None:
    (paragraph,) = _blocks('<p>a <strong>b</strong> <em>c</em> <span lang="la">in <strong>vitro</strong></span></p>')
    assert isinstance(paragraph, Paragraph)
    assert [(r.text, r.strong, r.lang) for r in paragraph.runs if r.text.strip()] == [
        ("a ", False, None), ("b", True, None), ("c", True, None), ("in ", False, "la"), ("vitro", True, "la"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "href",
    ["https://a.example/b?c", "http://a.example", "tel:+18666036628", "sms:988?body=AYUDA", "mailto:a@b.example"],
)
def test_links_lead_to_the_web_a_telephone_or_a_mailbox(href: str) -> None:
    (run,) = runs_of(_blocks(f'<p><a href="{href}">x</a></p>'))
    assert run.href == href


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//a.example", "a.html", "", "JAVASCRIPT:x",
     "https://a.example/\nb", " https://a.example", "ftp://a.example", "vbscript:x", "HTTPS://a.example/ b"],
)  # fmt: skip
def test_links_lead_nowhere_else(href: str) -> None:
    assert "is not an address to link to" in _wrong(f'<p><a href="{href}">x</a></p>')


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("loose", "'loose' stands outside a paragraph"),
        ("<strong>x</strong>", "<strong> stands outside a paragraph"),
        ("<li>x</li>", "<li> stands on its own"),
        ("<ul><p>x</p></ul>", "<p> stands in a list"),
        ('<p class="leed">x</p>', "<p> has no class 'leed'; did you mean 'lead'?"),
        ('<aside class="boxx"><p>x</p></aside>', "class 'boxx' is not known here"),
        ('<li data-write-lines="99">x</li>', "<li> stands on its own"),
        ('<ul><li data-write-lines="99">x</li></ul>', "is not a whole number up to 20"),
        ("<table><tr></tr><tr></tr></table>", "the first row of a table has no cells"),
        ("<table><tr><th>a</th></tr><tr></tr></table>", "a row has 0 cells, its table 1"),
        ("<table><tr><th>a</th></tr><tr><td>b</td><td>c</td></tr></table>", "a row has 2 cells, its table 1"),
        ('<table data-widths="1 2"><tr><th>a</th></tr><tr><td>b</td></tr></table>', "data-widths has not 1 numbers"),
        ('<section class="grid"><section data-span="9"><p>a</p></section><section data-span="9"><p>b</p></section>'
         "</section>", "add up to more than 12"),
    ],
)  # fmt: skip
def test_mistakes_are_named_with_what_to_write(html: str, message: str) -> None:
    assert message in _wrong(html)


HOSTILE = [
    "<b>bold</b>",
    "</p><script>alert(1)</script>",
    "a < b & c > d",
    "&lt;already&gt; &amp; &#60;",
    "{{ subject.name }} {% if x %} {# y #}",
    "\"quoted\" and 'quoted'",
    '"><a href="javascript:x">',
    "</span></span>",
    "]]> <!-- --> <?x?> <!DOCTYPE x>",
    "\N{RIGHT-TO-LEFT OVERRIDE}right to left",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("marked", [True, False])
def test_text_of_users_comes_out_as_it_went_in(text: str, marked: bool) -> None:
    phrase = Phrase(text, AT, statement="A1", marked=marked)
    (run,) = runs_of(_blocks(Markup("<p>{}</p>").format(phrase)))
    assert (run.text, run.origin, run.statements, run.strong, run.href) == (text, AT, ("A1",), False, None)


def test_stars_mean_strong_in_words_and_nothing_in_literal_text() -> None:
    marked, literal = (
        tuple(runs_of(_blocks(Markup("<p>{}</p>").format(Phrase("a **b<i>** c", AT, marked=m))))) for m in (True, False)
    )
    assert [(r.text, r.strong) for r in marked] == [("a ", False), ("b<i>", True), (" c", False)]
    assert [r.text for r in literal] == ["a **b<i>** c"]


def test_statements_and_origins_stand_on_runs_and_add_up() -> None:
    first, second = Phrase("One.", AT, "A1"), Phrase("Two.", ODD, "A2")
    found = _blocks(Markup('<p data-statement="K1">{} and {}</p>').format(first, second))
    runs = [r for r in runs_of(found) if r.text.strip()]
    assert [(r.text, r.statements, r.origin) for r in runs] == [
        ("One.", ("K1", "A1"), AT),
        (" and ", ("K1",), None),
        ("Two.", ("K1", "A2"), ODD),
    ]
    assert statements_of(found) == {"K1", "A1", "A2"}
