"""Native charts: their values, labels, error bars, workbook and identifiers."""

import io
import zipfile
from typing import Any

import pytest
from deck_samples import deck, rates, render_deck, slide, stacked
from msgspec.structs import replace
from pptx import Presentation
from pptx.oxml.ns import qn

from handouts.figures.shapes import Bar, Chart
from handouts.plan.blocks import FigureBlock
from handouts.problems import ProblemsError
from handouts.theme.schema import Theme

THEME = Theme()


def _chart(block: FigureBlock) -> Any:
    file: Any = Presentation(io.BytesIO(render_deck(deck(slide("Study", "A", chart=(block,))), THEME)))
    return next(s for s in file.slides[0].shapes if s.has_chart).chart


def _values(element: Any) -> list[tuple[int, float]]:
    return [(int(p.get("idx")), float(p[0].text)) for p in element.iter(qn("c:pt"))]


def test_bars_hold_the_values_and_say_the_text_of_the_plan() -> None:
    chart = _chart(rates())
    plot = chart.plots[0]
    assert list(plot.categories) == ["ORR", "At the chosen dose"]
    assert plot.series[0].values == (13.043, 26.0)
    labels = ["".join(t.text for t in d.iter(qn("a:t"))) for d in chart._chartSpace.iter(qn("c:dLbl"))]
    assert labels == ["6 of 46 · 13.0%", "26%, as published"]
    assert (chart.value_axis.minimum_scale, chart.value_axis.maximum_scale) == (0, 100)
    assert not chart.value_axis.has_major_gridlines


def test_error_bars_end_at_the_interval_and_a_bar_without_one_has_none() -> None:
    space = _chart(rates())._chartSpace
    bars = space.find(".//" + qn("c:errBars"))
    assert _values(bars.find(qn("c:plus"))) == [(0, pytest.approx(26.26 - 13.043))]
    assert _values(bars.find(qn("c:minus"))) == [(0, pytest.approx(13.043 - 4.94))]


def test_a_chart_without_intervals_has_no_error_bars() -> None:
    block = rates()
    assert block.figure.chart is not None
    bars = tuple(replace(b, low=None, high=None) for b in block.figure.chart.bars)
    chart = _chart(replace(block, figure=replace(block.figure, chart=replace(block.figure.chart, bars=bars))))
    assert chart._chartSpace.find(".//" + qn("c:errBars")) is None


def _fill_and_edge(element: Any) -> list[str]:
    return [colour.get("val") for colour in element.find(qn("c:spPr")).iter(qn("a:schemeClr"), qn("a:srgbClr"))]


def test_all_bars_are_edged_in_the_accent_and_one_without_an_interval_is_hollow_and_dashed() -> None:
    block = rates()
    assert isinstance(block.figure.chart, Chart)
    bars = (*block.figure.chart.bars, Bar("CR", 2.2, "2.2%", 0.1, 11.5, main=False))
    chart = replace(block.figure.chart, bars=bars)
    points = list(_chart(replace(block, figure=replace(block.figure, chart=chart)))._chartSpace.iter(qn("c:dPt")))
    assert [_fill_and_edge(p) for p in points] == [
        ["accent3", "accent1"],
        ["FFFFFF", "accent1"],
        ["accent4", "accent1"],
    ]
    assert [p.find(".//" + qn("a:prstDash")) is not None for p in points] == [False, True, False]


def test_of_how_many_a_rate_is_stands_below_its_name_and_what_it_is_of_under_the_axis() -> None:
    bars = (Bar("ORR", 13.043, "13.0%", 4.94, 26.26, interval="4.9–26.3", people="6 of 46"),)
    figure = replace(rates().figure, chart=Chart("Response, %", bars, interval_name="Exact 95% CI"))
    chart = _chart(FigureBlock(figure))
    assert list(chart.plots[0].categories) == ["ORR\n6 of 46"]
    assert not chart.has_title
    assert chart.value_axis.axis_title.text_frame.text == "Response, %; I—I Exact 95% CI"


def test_parts_of_a_stacked_bar_are_those_of_the_printed_bar_edged_in_ink() -> None:
    series = _chart(stacked())._chartSpace.iter(qn("c:ser"))
    assert [_fill_and_edge(s) for s in series] == [["accent1", "tx1"], ["accent3", "tx1"], ["FFFFFF", "tx1"]]


def test_exclusive_parts_are_one_stacked_bar() -> None:
    chart = _chart(stacked())
    plot = chart._chartSpace.find(".//" + qn("c:barChart"))
    assert plot.find(qn("c:grouping")).get("val") == "percentStacked"
    assert [s.name for s in chart.plots[0].series] == ["CR", "PR", "less"]
    assert sum(s.values[0] for s in chart.plots[0].series) == pytest.approx(100)


def test_axis_ids_are_positive_and_match() -> None:
    space = _chart(rates())._chartSpace
    ids = [int(e.get("val")) for e in space.iter(qn("c:axId"))]
    assert all(0 < i < 2**32 for i in ids)
    assert sorted(ids) == sorted(2 * list(set(ids)))


def test_the_embedded_workbook_holds_numbers_and_intervals() -> None:
    blob = _chart(rates()).part.chart_workbook.xlsx_part.blob
    with zipfile.ZipFile(io.BytesIO(blob)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    for number in ("13.043", "4.94", "26.26", "13.217", "8.103"):
        assert f"<v>{number}</v>" in sheet
    for name in ("low", "high", "6 of 46 · 13.0%"):
        assert name in strings


def test_the_embedded_workbook_has_no_part_that_its_numbers_do_not_need() -> None:
    blob = _chart(rates()).part.chart_workbook.xlsx_part.blob
    with zipfile.ZipFile(io.BytesIO(blob)) as book:
        assert sorted(name.rpartition("/")[2] for name in book.namelist()) == [
            ".rels", "[Content_Types].xml", "sharedStrings.xml", "sheet1.xml", "styles.xml", "workbook.xml",
            "workbook.xml.rels",
        ]  # fmt: skip
        assert {info.date_time for info in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_text_that_looks_like_a_formula_stays_text_in_the_workbook() -> None:
    bars = (Bar("=1+1", 10, "@SUM(A1)", 5, 20),)
    figure = replace(rates().figure, chart=Chart("=HYPERLINK(1)", bars))
    blob = _chart(FigureBlock(figure)).part.chart_workbook.xlsx_part.blob
    with zipfile.ZipFile(io.BytesIO(blob)) as book:
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


def test_a_chart_with_more_bars_than_can_be_read_is_a_problem() -> None:
    bars = tuple(Bar(f"Study {i}", 10, "1 of 10") for i in range(30))
    figure = replace(rates().figure, chart=Chart("Many", bars))
    with pytest.raises(ProblemsError, match="DECK04"):
        _chart(FigureBlock(figure))


def test_labels_that_leave_no_room_for_bars_are_a_problem() -> None:
    figure = replace(rates().figure, chart=Chart("Wide", (Bar("x" * 60, 10, "y " * 60),)))
    with pytest.raises(ProblemsError, match="too little width"):
        _chart(FigureBlock(figure))
