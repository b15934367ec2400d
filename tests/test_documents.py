"""The built files say what their plans say, on as many pages as they promise, and their codes dial the hotline."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

import pypdfium2 as pdfium
import pytest
import zxingcpp
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.slide import Slide as PptxSlide
from topic_samples import STEMS, Built, Plans

from handouts.figures.shapes import Chart, PointChart
from handouts.plan.blocks import Block, FigureBlock, ListBlock, Table, walk, words_of
from handouts.plan.documents import Slide
from handouts.plan.number_phrases import held
from handouts.plan.text import plain

PAPERS = ["", "-a4"]
SIZES = {"": (612.0, 792.0), "-a4": (595.276, 841.89)}
DIALLED = {
    "ixazomib": ["tel:+18666036628"],
    "colonoscopy-preparation": [],
    "longwords": ["tel:+498005550134"],
    "espanol": ["tel:+34900558432"],
}
"""What the codes of a topic call; whom colonoscopy-preparation names has the clinic's own number, or 911."""
CARDS = 10
FURNITURE = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE)


@cache
def _pages(data: bytes) -> tuple[str, ...]:
    document = pdfium.PdfDocument(data)
    return tuple(page.get_textpage().get_text_range().replace("\ufffe", "-") for page in document)


def _drawn(blocks: Iterable[Block]) -> str:
    """All that is drawn for blocks: their words, the labels in their figures and the marks of their lists."""
    found = [words_of(blocks := list(blocks))]
    for block in walk(blocks):
        if isinstance(block, FigureBlock):
            found += [text for shape in block.figure.shapes if (text := getattr(shape, "text", ""))]
        if isinstance(block, ListBlock) and block.marker == "bullet":
            found += ["•"] * len(block.items)
        if isinstance(block, ListBlock) and block.marker == "number":
            found += [f"{number}." for number, _ in enumerate(block.items, 1)]
    return " ".join(found)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_handout_has_two_pages_of_its_paper(built: Built, topic_id: str, paper: str) -> None:
    document = pdfium.PdfDocument(built.file(f"{STEMS[topic_id]}-handout{paper}.pdf"))
    assert [page.get_size() for page in document] == [pytest.approx(SIZES[paper], abs=0.5)] * 2


@pytest.mark.parametrize("paper", PAPERS)
def test_the_words_of_a_handout_are_those_of_its_plan(built: Built, plans: Plans, topic_id: str, paper: str) -> None:
    pages = _pages(built.file(f"{STEMS[topic_id]}-handout{paper}.pdf"))
    footer = plans.handout.footer
    foot = [f"{footer.left} {footer.page.format(page=page, pages=2)}" for page in (1, 2)]
    assert Counter(" ".join(pages).split()) == Counter(f"{_drawn(plans.handout.blocks)} {' '.join(foot)}".split())


@pytest.mark.parametrize("paper", PAPERS)
def test_the_words_of_a_sheet_of_cards_are_ten_times_those_of_its_plan(
    built: Built, plans: Plans, topic_id: str, paper: str
) -> None:
    pages = _pages(built.file(f"{STEMS[topic_id]}-card{paper}.pdf"))
    assert len(pages) == 2
    for page, face in zip(pages, (plans.card.front, plans.card.back), strict=True):
        once = Counter(_drawn(face).split())
        assert Counter(page.split()) == Counter({word: CARDS * count for word, count in once.items()})


def _codes(data: bytes, page: int) -> list[str]:
    image = pdfium.PdfDocument(data)[page].render(scale=300 / 72, grayscale=True).to_pil()
    return [code.text for code in zxingcpp.read_barcodes(image)]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("paper", PAPERS)
def test_the_code_on_page_2_of_a_handout_dials_the_hotline(built: Built, topic_id: str, paper: str) -> None:
    assert _codes(built.file(f"{STEMS[topic_id]}-handout{paper}.pdf"), 1) == DIALLED[topic_id]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("paper", PAPERS)
def test_the_code_on_every_card_dials_the_hotline(built: Built, topic_id: str, paper: str) -> None:
    assert _codes(built.file(f"{STEMS[topic_id]}-card{paper}.pdf"), 0) == DIALLED[topic_id] * CARDS


def _shown(slide: PptxSlide) -> Iterator[str]:
    """The text of a slide's shapes and tables; charts and drawings carry labels of their own."""
    for shape in slide.shapes:
        if shape.is_placeholder and shape.placeholder_format.type in FURNITURE:
            continue
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)
        elif shape.has_text_frame and shape.shape_type != MSO_SHAPE_TYPE.GROUP:
            yield shape.text_frame.text


def _title(slide: PptxSlide) -> str:
    assert slide.shapes.title is not None
    # A line may end before a word that would be broken at its hyphen.
    return re.sub(r" \([0-9]+(?:.of.|/)[0-9]+\)$", "", slide.shapes.title.text_frame.text.replace("\v", " "))


def _slides(built: Built, topic_id: str) -> list[PptxSlide]:
    return list(Presentation(io.BytesIO(built.file(f"{STEMS[topic_id]}-deck.pptx"))).slides)


def _repeated(slide: Slide) -> Counter[str]:
    """What stands on each slide of a table that is parted: the table's head, and the note that says how to read it."""
    tables = [block for block in walk(slide.blocks()) if isinstance(block, Table)]
    if slide.layout != "Table" or not tables:
        return Counter()
    head = " ".join(plain(cell.runs) for table in tables for cell in table.head)
    return Counter(f"{head} {words_of(slide.slots.get('note', ()))}".split())


def test_the_words_of_a_deck_are_those_of_its_plan_slide_by_slide(built: Built, plans: Plans, topic_id: str) -> None:
    shown = _slides(built, topic_id)
    for planned in plans.deck.slides:
        title = plain(held(planned.title))
        parts = 0
        words: Counter[str] = Counter()
        while shown and _title(shown[0]) == title:
            words += Counter(" ".join(_shown(shown[0])).split())
            words -= Counter(shown[0].shapes.title.text_frame.text.split())  # type: ignore[union-attr]
            parts += 1
            shown.pop(0)
        assert parts, f"no slide is titled '{title}'"
        source = Counter(plain(planned.source).split())
        above = Counter(planned.section.split() if planned.section != title and planned.layout != "Title Slide" else ())
        expected = Counter(words_of(planned.blocks()).split())
        for _ in range(parts):
            expected += source + above
        for _ in range(1, parts):
            expected += _repeated(planned)
        assert words == expected, title
    assert not shown


def test_the_notes_of_a_deck_are_those_of_its_plan(built: Built, plans: Plans, topic_id: str) -> None:
    notes = {" ".join(words_of(slide.notes).split()) for slide in plans.deck.slides}
    for slide in _slides(built, topic_id):
        frame = slide.notes_slide.notes_text_frame
        assert frame is not None
        said = " ".join(frame.text.replace("• ", "").split())
        assert any(said.endswith(note) for note in notes), _title(slide)


def test_the_titles_of_a_deck_are_unique(built: Built, topic_id: str) -> None:
    titles = [s.shapes.title.text_frame.text for s in _slides(built, topic_id) if s.shapes.title is not None]
    assert len(set(titles)) == len(titles) == len(_slides(built, topic_id))


def test_the_charts_of_a_deck_are_native_and_hold_the_rates(built: Built, plans: Plans, topic_id: str) -> None:
    charts = [shape.chart for slide in _slides(built, topic_id) for shape in slide.shapes if shape.has_chart]
    planned = [
        block.figure.chart
        for slide in plans.deck.slides
        for block in walk(slide.blocks())
        if isinstance(block, FigureBlock) and block.figure.chart
    ]
    assert len(charts) == len(planned)
    for chart, plan in zip(charts, planned, strict=True):
        if isinstance(plan, Chart):
            assert sorted(chart.plots[0].series[0].values) == pytest.approx(sorted(bar.value for bar in plan.bars))
        else:
            assert isinstance(plan, PointChart)
            xs = [v.text for one in chart.plots[0].series for v in one._element.findall(".//{*}xVal//{*}v")]
            placed = {round(float(x), 6) for x in xs}
            assert {round(spot.value, 6) for row in plan.rows for spot in row.spots} <= placed
