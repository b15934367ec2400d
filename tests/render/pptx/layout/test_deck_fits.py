"""What is written fits where it stands: it is measured, split over numbered slides, or refused with the excess."""

import io
import re
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest
from deck_samples import ORIGIN, bullets, deck, para, render_deck, slide, table, words
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pptx import Presentation
from stranger_templates import STRANGERS, stranger
from thoroughness import examples
from topic_samples import OWN

from handouts.figures.shapes import Figure, Label
from handouts.plan.blocks import Block, Cell, FigureBlock, Paragraph, Table, words_of
from handouts.plan.cutting import shortened, without_words
from handouts.plan.documents import Deck, Slide
from handouts.plan.text import Run, plain
from handouts.problems import Origin, Problem, ProblemsError
from handouts.render.pptx.layout.fit import fitted
from handouts.render.pptx.layout.paginate import SlidePage
from handouts.render.pptx.layout.tables import column_widths
from handouts.render.pptx.layout.titles import title_excess
from handouts.render.pptx.template.metrics import metrics
from handouts.render.pptx.template.template import Template, template_of
from handouts.theme.schema import Theme

THEME = Theme()
OURS = template_of(OWN, THEME)


TEMPLATES = [OURS, *(template_of(stranger(n), THEME) for n in STRANGERS)]
on_any_template = st.sampled_from(TEMPLATES)


def pages_of(plan: Deck, template: Template = OURS) -> list[SlidePage]:
    return list(fitted(plan, template).pages)


def assert_inside(pages: list[SlidePage]) -> None:
    """What is placed stands between title and foot, and nothing on anything else."""
    for page in pages:
        spots = [spot.area for spot in page.bound.spots.values()]
        areas = [piece.area for pieces in page.placed.values() for piece in pieces]
        for area in areas:
            assert area.height > 0
            below_title = page.bound.title.area.bottom + title_excess(page.slide.title, page.bound)
            assert min(below_title, *(s.y for s in spots)) - 0.01 <= area.y
            assert area.bottom <= max(s.bottom for s in spots) + 0.01
        for one, other in combinations(areas, 2):
            beside = one.right <= other.x + 0.01 or other.right <= one.x + 0.01
            assert beside or one.bottom <= other.y + 0.01 or other.bottom <= one.y + 0.01


word = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=12)


@given(st.lists(st.lists(word, min_size=1, max_size=30).map(" ".join), min_size=1, max_size=40), on_any_template)
@settings(max_examples=examples(40), derandomize=True, suppress_health_check=list(HealthCheck))
def test_a_list_of_any_length_fits_splits_or_is_refused(items: list[str], template: Template) -> None:
    try:
        pages = pages_of(deck(slide("Title and Content", "A", body=(bullets(*items),))), template)
    except ProblemsError as refused:
        assert all(p.code == "DECK04" for p in refused.problems)
        return
    assert_inside(pages)
    said = "\n".join(page.slide.words().split("\n", 1)[-1] for page in pages)
    assert said == "\n".join(items)


@given(st.integers(1, 60), st.integers(1, 6), st.integers(1, 8), on_any_template)
@settings(max_examples=examples(40), derandomize=True)
def test_a_table_of_any_size_fits_or_splits_with_its_header(
    rows: int, columns: int, length: int, template: Template
) -> None:
    plan = deck(slide("Table", "A", table=(table(rows, columns, "word " * length),), note=(para("Any grade."),)))
    try:
        pages = pages_of(plan, template)
    except ProblemsError as refused:
        assert all(p.code == "DECK04" for p in refused.problems)
        return
    assert_inside(pages)
    said = "".join(page.slide.words() for page in pages)
    assert said.count("Column 0") == len(pages)
    assert all(f"{'word ' * length} {r} 0" in said for r in range(rows))


@given(st.integers(1, 400), st.sampled_from(["facts", "note", "chart"]))
@settings(max_examples=examples(25))
def test_text_in_a_study_fits_or_is_refused(count: int, slot: str) -> None:
    try:
        assert_inside(pages_of(deck(slide("Study", "A", **{slot: (para("word " * count),)}))))
    except ProblemsError as refused:
        assert count > 20 if slot == "chart" else count > 150
        assert refused.problems[0].origin == ORIGIN


@given(
    st.lists(st.integers(1, 60).map(lambda n: "word " * n), min_size=1, max_size=8),
    st.lists(st.integers(1, 60).map(lambda n: "word " * n), min_size=1, max_size=8),
    on_any_template,
)
@settings(max_examples=examples(40), derandomize=True)
def test_two_columns_fit_or_follow_one_another(left: list[str], right: list[str], template: Template) -> None:
    plan = deck(slide("Two Content", "A", source="MMRF", left=(bullets(*left),), right=(bullets(*right),)))
    try:
        pages = pages_of(plan, template)
    except ProblemsError as refused:
        assert all(p.code == "DECK04" for p in refused.problems)
        return
    assert_inside(pages)
    said = " ".join(" ".join(words_of(page.slide.slots[slot]) for slot in page.slide.slots) for page in pages)
    assert said.replace("MMRF", "").split() == " ".join([*left, *right]).split()
    assert all("MMRF" in page.slide.words() for page in pages)


def test_split_slides_are_numbered_and_even() -> None:
    plan = deck(slide("Title and Content", "Points", body=(bullets(*["A line of text"] * 13),)))
    file: Any = Presentation(io.BytesIO(render_deck(plan, THEME)))
    assert [s.shapes.title.text for s in file.slides] == ["Points (1\u00a0of\u00a02)", "Points (2\u00a0of\u00a02)"]
    sizes = [len(s.placeholders[13].text.split("\n")) for s in file.slides]
    assert sum(sizes) == 13
    assert max(sizes) - min(sizes) <= 1


def test_a_refusal_names_the_slide_the_block_and_the_excess() -> None:
    plan = deck(slide("Study", "6 of 46", facts=(para("word " * 900),)))
    with pytest.raises(ProblemsError) as caught:
        render_deck(plan, THEME)
    (problem,) = caught.value.problems
    assert str(problem).startswith("content/x/en.yaml:7:3: DECK04 error: slide 1 '6 of 46': slot 'facts' is ")
    assert " mm (" in problem.message


def _at(text: str, line: int) -> tuple[Run, ...]:
    return (Run(text, origin=Origin("content/x/en.yaml", line, 3)),)


def _refused(plan: Deck, template: Template = OURS) -> tuple[Problem, ...]:
    try:
        pages_of(plan, template)
    except ProblemsError as refused:
        return refused.problems
    return ()


@settings(
    max_examples=examples(60),
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
@given(st.integers(150, 500), st.sampled_from(["title", "body", "cell"]), st.booleans(), st.integers(0, 1))
def test_cutting_as_many_words_where_it_says_makes_a_slide_fit_and_fewer_do_not(
    count: int, where: str, crowded: bool, at: int
) -> None:
    filler = "Six of the people who could be judged had less protein in blood or urine. "

    def text(name: str, line: int, words: int) -> tuple[Run, ...]:
        return _at(" ".join((filler * 60).split()[: words if name == where else 6]), line)

    def made(cuts: Mapping[Origin, int]) -> Deck:
        body: tuple[Block, ...] = (Paragraph(text("body", 20, count)), *(para("Short.") for _ in range(crowded)))
        row = (Cell(text("row", 40, 0), "row"), Cell(text("cell", 41, count)))
        head = (Cell(_at("Who", 42), "column"), Cell(_at("What", 43), "column"))
        blocks = (Table(head, (row, row), (1.0, 2.0)),) if where == "cell" else body
        layout, slot = ("Table", "table") if where == "cell" else ("Title and Content", "body")
        one = Slide(layout, without_words(text("title", 10, count // 4), cuts), {slot: shortened(blocks, cuts)})
        return deck(slide("Title and Content", "Another", body=(para("x"),)), one)

    template = TEMPLATES[at]
    problems = _refused(made({}), template)
    assume(problems)
    (problem,) = problems
    assert problem.code == "DECK04"
    assert "slide 2 'Six of the people" in problem.message
    found = re.match(r"cut about (\d+) words? from 'Six of the people who could…', which has \d+", problem.instead)
    assert found, str(problem)
    assert problem.origin.line == {"title": 10, "body": 20, "cell": 41}[where]
    assert _refused(made({problem.origin: int(found[1])}), template) == ()
    assert _refused(made({problem.origin: int(found[1]) - 1}), template)


def test_a_clinic_whose_words_have_no_room_on_a_slide_is_named_though_others_could_be_shorter() -> None:
    clinic = Paragraph((Run("word " * 100, origin=Origin("clinic.yaml", 4, 8)),))
    plan = deck(slide("Title Slide", "A talk", subtitle=(para("A subtitle of some words that could be cut."), clinic)))
    (problem,) = _refused(replace(plan, meta=replace(plan.meta, clinic_file="clinic.yaml")))
    assert str(problem.origin) == "clinic.yaml:4:8"
    assert problem.instead.startswith("cut about ")


def test_a_title_has_two_lines_at_the_most() -> None:
    assert pages_of(deck(slide("Title and Content", "word " * 20, body=(para("x"),))))
    with pytest.raises(ProblemsError, match="title is"):
        pages_of(deck(slide("Title and Content", "word " * 40, body=(para("x"),))))


def test_a_long_source_and_a_long_foot_are_refused() -> None:
    with pytest.raises(ProblemsError, match="slot 'source'"):
        pages_of(deck(slide("Table", "A", source="word " * 150, table=(table(1),))))
    with pytest.raises(ProblemsError, match="running foot"):
        pages_of(deck(slide("Table", "A", table=(table(1),)), footer="word " * 50))


def test_a_figure_whose_labels_would_be_too_small_is_refused() -> None:
    tiny = Figure("timeline", 100, 60, (Label(0, 10, "2015", 1),), "A timeline.")
    with pytest.raises(ProblemsError, match="below 12 pt"):
        pages_of(deck(slide("Study", "A", chart=(FigureBlock(tiny),))))


def test_a_table_with_rows_of_unequal_length_is_refused() -> None:
    ragged = replace(table(2), rows=(*table(1).rows, table(1).rows[0][:1]))
    with pytest.raises(ProblemsError, match="DECK05"):
        pages_of(deck(slide("Table", "A", table=(ragged,))))


ARIAL = metrics("Arial")


def test_lines_break_where_the_metrics_say() -> None:
    assert ARIAL.width("Hello", 10) == pytest.approx(22.78 * 1.005, abs=0.01)
    assert ARIAL.wrap("one two three", 10, ARIAL.width("one two", 10) + 0.1) == ["one two", "three"]
    assert ARIAL.lines(words("a\nb"), 10, 100) == 2
    assert ARIAL.lines((), 10, 100) == 1
    assert ARIAL.lines(words("x" * 100), 10, 50) == 12
    assert ARIAL.lines(words("漢字" * 10), 10, 101) == 2
    assert ARIAL.lines(words("one two "), 10, ARIAL.width("one two", 10) + 0.1) == 1


spoken = st.text(st.sampled_from("abc déW-,.  \n漢"), max_size=60)


@given(st.lists(st.tuples(spoken, st.booleans()), max_size=4), st.floats(20, 300))
@settings(max_examples=examples(150), derandomize=True)
def test_lines_are_counted_as_they_are_broken(said: list[tuple[str, bool]], width: float) -> None:
    runs = tuple(Run(text, strong=strong) for text, strong in said)
    strong = all(r.strong for r in runs)
    if len({r.strong for r in runs}) <= 1:
        assert ARIAL.lines(runs, 12, width) == len(ARIAL.wrap(plain(runs), 12, width, strong=strong and bool(runs)))


def test_bold_text_is_measured_as_bold() -> None:
    assert ARIAL.width("evaluable", 20, strong=True) > ARIAL.width("evaluable", 20)


def test_a_font_with_known_widths_is_measured_by_them() -> None:
    assert metrics("Times New Roman").width("Hello", 10) == pytest.approx(22.22 * 1.005, abs=0.01)
    assert metrics("Liberation Sans").width("Hello", 10) == ARIAL.width("Hello", 10)
    assert metrics("Courier New").width("iii", 10) == metrics("Courier New").width("WWW", 10)


def test_a_column_has_room_for_a_word_that_goes_on_from_run_to_run() -> None:
    whole, parts = Cell(words("(Transplantationsvorbereitung)")), ("(", "Transplantations", "vorbereitung", ")")
    parted = Cell(tuple(Run(part) for part in parts))
    head = (Cell(words("A"), "column"), Cell(words("B"), "column"))
    narrow = [Table(head, ((cell, Cell(words("x"))),), (1.0, 9.0)) for cell in (whole, parted)]
    one, other = (column_widths(table, 600, OURS.look) for table in narrow)
    assert one[0] > 60
    assert one == pytest.approx(other, abs=2)  # pyright: ignore[reportUnknownMemberType]


def test_a_font_that_is_known_by_its_average_is_between_the_narrow_and_the_unknown() -> None:
    text = "Of 46 evaluable patients, 6 responded to twice-weekly ixazomib"
    widths = [metrics(name).width(text, 20) for name in ("Calibri", "Arial", "Verdana", "Clinic Grotesk")]
    assert widths == sorted(widths)
    assert metrics("Lato Light").width(text, 20) == metrics("Lato").width(text, 20)
    assert not metrics("Clinic Grotesk").family.known
    assert metrics("Clinic Grotesk").line > metrics("Verdana").line > ARIAL.line


def test_a_row_that_would_stand_alone_has_company() -> None:
    rows = tuple((Cell(words("word " * (44 if n == 3 else 1))), Cell(words("x"))) for n in range(4))
    head = (Cell(words("A"), "column"), Cell(words("B"), "column"))
    pages = pages_of(deck(slide("Table", "A", table=(Table(head, rows, (1.0, 3.0)),))))
    tables = [block for page in pages for block in page.slide.slots["table"] if isinstance(block, Table)]
    assert [len(one.rows) for one in tables] == [2, 2]


def test_a_table_that_a_note_would_part_row_from_row_stays_whole_and_the_note_follows() -> None:
    rows = tuple((Cell(words("word " * 20)), Cell(words("x"))) for _ in range(2))
    head = (Cell(words("A"), "column"), Cell(words("B"), "column"))
    table_block = Table(head, rows, (1.0, 3.0))
    first, second = pages_of(deck(slide("Table", "A", table=(table_block,), note=(para("word " * 60),))))
    assert first.slide.slots == {"table": (table_block,)}
    assert second.slide.layout == "Title and Content"
    assert words_of(second.slide.slots["body"]).split() == ["word"] * 60
