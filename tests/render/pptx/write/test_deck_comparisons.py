"""Comparisons as native charts: values that can be edited, words as labels, whiskers that follow the workbook."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from comparison_samples import BARS, EFFECTS, HARMS, MEASURE, bars, changes, effects, harms
from deck_samples import deck, render_deck, slide
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn

from handouts.figures.dumbbell import Harm, dumbbell
from handouts.figures.forest import Effect, forest
from handouts.figures.paired_bars import paired_bars
from handouts.figures.shapes import ArmBars, Figure
from handouts.plan.blocks import FigureBlock
from handouts.problems import ProblemsError
from handouts.theme.schema import Theme

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def frame_of(figure: Figure) -> Any:
    plan = deck(slide("Study", "A", chart=(FigureBlock(figure),)))
    file: Any = Presentation(io.BytesIO(render_deck(plan, Theme())))
    return next(s for s in file.slides[0].shapes if s.has_chart)


def chart_of(figure: Figure) -> Any:
    return frame_of(figure).chart


def sheet_cells(chart: Any) -> dict[str, dict[str, tuple[str, str]]]:
    """Sheet → cell → its value and formula, read from the workbook behind a chart."""
    with zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)) as book:
        strings = ["".join(s.itertext()) for s in etree.fromstring(book.read("xl/sharedStrings.xml"))]
        names = [s.get("name") for s in etree.fromstring(book.read("xl/workbook.xml")).iter(f"{M}sheet")]
        found: dict[str, dict[str, tuple[str, str]]] = {}
        for number, name in enumerate(names, start=1):
            cells = found.setdefault(name, {})
            for cell in etree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")).iter(f"{M}c"):
                text = cell.findtext(f"{M}v") or ""
                value = strings[int(text)] if cell.get("t") == "s" else text
                cells[cell.get("r")] = value, cell.findtext(f"{M}f") or ""
    return found


def named_cells(reference: str) -> list[tuple[str, str]]:
    """Sheet and cell of each cell that a chart's reference names."""
    found: list[tuple[str, str]] = []
    for part in reference.strip("()").split(","):
        sheet, cells = part.split("!")
        first, _, last = cells.replace("$", "").partition(":")
        letter = re.sub(r"\d", "", first)
        low, high = (int(re.sub(r"\D", "", cell)) for cell in (first, last or first))
        found += [(sheet, f"{letter}{n}") for n in range(low, high + 1)]
    return found


def by_name(chart: Any) -> dict[str, list[Any]]:
    series: dict[str, list[Any]] = {}
    for one in chart.plots[0].series:
        series.setdefault(one.name, []).append(one._element)
    return series


def numbers(element: Any, name: str) -> list[float]:
    return [float(v.text) for v in element.find(qn(name)).iter(qn("c:v"))]


def said(chart: Any) -> list[str]:
    labels = chart._chartSpace.iter(qn("c:dLbl"))
    return [" ".join("".join(t.text for t in p.iter(qn("a:t"))) for p in d.iter(qn("a:p"))) for d in labels]


COMPARISONS = [bars(width=504, title=""), effects(width=504), harms(width=504), changes(width=504)]
NAMES = [figure.kind for figure in COMPARISONS]


@pytest.fixture(params=range(len(COMPARISONS)), ids=NAMES)
def comparison(request: pytest.FixtureRequest) -> Figure:
    return COMPARISONS[int(request.param)]


def test_every_number_in_the_chart_is_the_one_in_the_cell_that_it_names(comparison: Figure) -> None:
    chart = chart_of(comparison)
    cells = sheet_cells(chart)
    checked = 0
    for cache in chart._chartSpace.iter(qn("c:numCache")):
        named = named_cells(cache.getparent().find(qn("c:f")).text)
        assert len(named) == int(cache.find(qn("c:ptCount")).get("val"))
        for point in cache.iter(qn("c:pt")):
            sheet, cell = named[int(point.get("idx"))]
            assert float(cells[sheet][cell][0]) == pytest.approx(float(point[0].text), rel=1e-6, abs=1e-9)
            checked += 1
    assert checked >= 14


def test_every_series_is_named_by_a_cell(comparison: Figure) -> None:
    chart = chart_of(comparison)
    cells = sheet_cells(chart)
    for one in chart._chartSpace.iter(qn("c:ser")):
        ((sheet, cell),) = named_cells(one.find(f"{qn('c:tx')}//{qn('c:f')}").text)
        assert cells[sheet][cell][0] == one.find(f"{qn('c:tx')}//{qn('c:v')}").text


def test_the_alternative_text_is_the_figure_s(comparison: Figure) -> None:
    assert frame_of(comparison)._element.xpath(".//p:cNvPr/@descr") == [comparison.alt]


def test_axis_ids_are_positive_and_match(comparison: Figure) -> None:
    ids = [int(e.get("val")) for e in chart_of(comparison)._chartSpace.iter(qn("c:axId"))]
    assert all(0 < i < 2**32 for i in ids)
    assert sorted(ids) == sorted(2 * list(set(ids)))


def test_the_same_chart_is_the_same_bytes_again(comparison: Figure) -> None:
    plan = deck(slide("Study", "A", chart=(FigureBlock(comparison),)))
    assert render_deck(plan, Theme()) == render_deck(plan, Theme())


def test_bars_of_arms_are_series_with_their_numbers_at_their_ends() -> None:
    chart = chart_of(COMPARISONS[0])
    assert [s.values for s in chart.plots[0].series] == [tuple(row.values[arm] for row in BARS) for arm in (0, 1)]
    assert said(chart) == [row.texts[arm] for arm in (0, 1) for row in BARS]
    assert chart.has_legend
    assert chart.value_axis.maximum_scale == 47


def test_arms_have_the_fills_of_the_printed_figure_hatching_included() -> None:
    rows = (ArmBars("CR", (10.0, 20.0, 30.0, None), ("10", "20", "30", "not stated")),)
    chart = chart_of(paired_bars(rows, arms=tuple("ABCD"), width=400, measure=MEASURE, alt="x"))
    fills = [one.find(qn("c:spPr"))[0].tag for one in chart._chartSpace.iter(qn("c:ser"))]
    assert [fill.rpartition("}")[2] for fill in fills] == ["solidFill", "solidFill", "pattFill", "solidFill"]
    assert "not stated" in said(chart)


def test_ratios_stand_on_a_logarithmic_axis_around_1() -> None:
    chart = chart_of(COMPARISONS[1])
    axis = chart.category_axis
    assert (axis.minimum_scale, axis.maximum_scale, axis.major_unit) == (0.5, 2, 2)
    assert [e.get("val") for e in chart._chartSpace.iter(qn("c:logBase"))] == ["2"]
    (line,) = by_name(chart)["line"]
    assert set(numbers(line, "c:xVal")) == {1}


def test_effects_without_an_interval_are_hollow_and_have_no_whisker() -> None:
    chart = chart_of(COMPARISONS[1])
    filled = [e.value for e in EFFECTS if e.low is not None]
    hollow = [e.value for e in EFFECTS if e.low is None]
    own = by_name(chart)["Hazard ratio (95% CI), log scale"]
    assert [numbers(one, "c:xVal") for one in own] == [hollow, hollow, filled]
    (spans,) = by_name(chart)["lines"]
    ends = [bound for e in EFFECTS for bound in (e.low, e.high) if bound is not None]
    assert numbers(spans, "c:xVal") == pytest.approx(ends)


def test_whiskers_are_worked_out_from_the_bounds_that_an_educator_edits() -> None:
    chart = chart_of(COMPARISONS[1])
    cells = sheet_cells(chart)
    assert [cells["Sheet1"][f"{letter}3"][0] for letter in "CDE"] == ["0.83", "0.676", "1.018"]
    formulas = [formula for _, formula in cells["Words"].values() if formula]
    assert "MAX(Sheet1!D3,0.5000005)" in formulas
    assert "MIN(Sheet1!E3,1.999998)" in formulas


def test_a_whisker_beyond_the_axis_ends_there_in_an_arrow_head() -> None:
    effect = Effect("a", 1.3, "1.3 (0.02–90)", 0.02, 90.0)
    figure = forest(
        (effect,),
        scale="ratio",
        axis_name="OR",
        better=("A", "B"),
        limits=(0.5, 2),
        width=400,
        measure=MEASURE,
        alt="x",
    )
    chart = chart_of(figure)
    assert {"◄", "►"} <= set(said(chart))
    assert numbers(by_name(chart)["lines"][0], "c:xVal") == pytest.approx([0.5, 2], rel=1e-5)


def test_labels_columns_and_sides_are_written_in_the_chart() -> None:
    words = said(chart_of(COMPARISONS[1]))
    for effect in EFFECTS:
        assert {effect.label, effect.text, *effect.others, effect.group} <= set(words)
    assert {"◄\u00a0better with ixazomib + Rd", "better with placebo + Rd\u00a0►"} <= {
        word.replace("  ", " ") for word in words
    }


def test_a_forest_plot_tints_the_side_of_gain_and_says_what_its_squares_are() -> None:
    for gain, shown in (("left", [None, None, "0", "0"]), ("right", ["0", "0", None, None]), (None, [])):
        figure = forest(
            EFFECTS[:2], scale="ratio", axis_name="HR", better=("A", "B"), key=("95% CI", "none published"), gain=gain,
            width=600, measure=MEASURE, alt="x",
        )  # fmt: skip
        chart = chart_of(figure)
        fill = chart._chartSpace.find(f"{qn('c:chart')}/{qn('c:plotArea')}/{qn('c:spPr')}")
        alphas = [one.find(qn("a:alpha")) for one in fill.iter(qn("a:schemeClr"))]
        assert [None if one is None else one.get("val") for one in alphas] == shown
        assert chart.category_axis.axis_title.text_frame.text == "HR   ■ 95% CI   □ none published"


def test_a_dumbbell_has_a_filled_series_a_hollow_one_and_lines_between_their_edges() -> None:
    chart = chart_of(COMPARISONS[2])
    series = by_name(chart)
    first, second = (sorted((h.values[arm] for h in HARMS), reverse=True) for arm in (0, 1))
    (filled,) = series["ixazomib + Rd (n=418)"]
    assert sorted(numbers(filled, "c:xVal"), reverse=True) == first
    for hollow in series["placebo + Rd (n=417)"]:
        assert sorted(numbers(hollow, "c:xVal"), reverse=True) == second
    low, high = sorted(numbers(series["lines"][0], "c:xVal")[:2])
    assert 24 < low < 26
    assert 39 < high < 41
    assert {"● ixazomib + Rd (n=418)", "○ placebo + Rd (n=417)", "41", "24", "+17"} <= set(said(chart))


def test_no_series_is_longer_than_the_first() -> None:
    for figure in COMPARISONS[1:]:
        lengths = [
            int(e.get("val")) for e in chart_of(figure)._chartSpace.iterfind(f".//{qn('c:xVal')}//{qn('c:ptCount')}")
        ]
        assert max(lengths) == lengths[0]


LONG = "a name of many words that is longer than any line of a slide can be, " * 2


def test_long_words_are_written_in_lines_and_given_the_height_that_they_need() -> None:
    harm = Harm("Rash", (3.0, 1.0), ("3", "1"), group=LONG)
    figure = dumbbell((harm,), arms=(LONG, f"second {LONG}"), axis_name=LONG, width=500, measure=MEASURE, alt="x")
    chart = chart_of(figure)
    paragraphs = ["".join(t.text for t in p.iter(qn("a:t"))) for p in chart._chartSpace.iter(qn("a:p"))]
    assert max(map(len, paragraphs)) < len(LONG.strip())
    assert " ".join(paragraphs).count("many words") == 4 * LONG.count("many words")


def test_a_head_stands_above_the_first_row_of_each_group_and_above_no_other() -> None:
    rows = [Effect(str(n), 1.3, "1.3", group=group) for n, group in enumerate(("", "One", "One", "", "One"))]
    figure = forest(rows, scale="ratio", axis_name="OR", better=("A", "B"), width=400, measure=MEASURE, alt="x")
    labels = next(
        one for one in chart_of(figure)._chartSpace.iter(qn("c:ser")) if "labels" in one.xpath("string(c:tx)")
    )
    written = ["".join(t.text for t in label.iter(qn("a:t"))) for label in labels.iter(qn("c:dLbl"))]
    assert written == ["0", "One", "1", "2", "3", "One", "4"]


def test_words_beside_the_line_that_have_no_room_are_a_problem() -> None:
    wide = Effect("a", 900, "900")
    better = "Donaudampfschifffahrtsgesellschaft", "B"
    figure = forest((wide,), scale="ratio", axis_name="OR", better=better, width=2000, measure=MEASURE, alt="x")
    with pytest.raises(ProblemsError, match="too little width"):
        chart_of(figure)


def test_words_that_leave_no_room_are_a_problem() -> None:
    effect = Effect("a", 1.3, "x" * 90)
    figure = forest((effect,), scale="ratio", axis_name="OR", better=("A", "B"), width=900, measure=MEASURE, alt="x")
    with pytest.raises(ProblemsError, match="too little width"):
        chart_of(figure)


def test_more_rows_than_can_be_read_are_a_problem() -> None:
    rows = tuple(ArmBars(f"Outcome {i}", (1.0, 2.0), ("1", "2")) for i in range(20))
    with pytest.raises(ProblemsError, match="DECK04"):
        chart_of(paired_bars(rows, arms=("A", "B"), width=500, measure=MEASURE, alt="x"))
