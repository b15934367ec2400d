"""What is said of intervals is said where one is drawn, and of those that are drawn: exact ones, or published ones."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from section_samples import TEMPLATES
from show_samples import context_of, timed, view
from topic_samples import CONTENT, edition_of

from handouts.compose.asked import Asked
from handouts.compose.comparisons import Comparisons
from handouts.compose.deck import compose_deck
from handouts.figures.shapes import Chart, Figure, PointChart
from handouts.model.yaml_source import read_yaml
from handouts.plan.blocks import FigureBlock, walk, words_of
from handouts.plan.documents import Slide

METHOD = "Exact (Clopper-Pearson) 95% intervals, computed from n/N."
CHOSEN = "{better: higher, percent: 26, n: not_stated, subgroup: chosen_dose}"


def slide(tmp_path: Path, outcomes: str, chosen: str = CHOSEN, *, talk: bool = True) -> Slide:
    """The slide of the weekly study that shows these outcomes, one of them given in another way."""
    folder = tmp_path / "ixazomib"
    shutil.copytree(CONTENT / "ixazomib", folder)
    path = folder / "topic.yaml"
    section = f"{{kind: evidence, under: results, study: weekly, outcomes: {outcomes}, show: {{deck: rates}}}}"
    for at, text in ((("studies", "weekly", "outcomes", "orr_chosen_dose"), chosen), (("sections", "weekly"), section)):
        document = read_yaml(str(path), path.read_bytes())
        span = document.spans[at]
        end = len(document.text[: span.end].rstrip())
        path.write_text(document.text[: span.start] + text + document.text[end:], "utf-8")
    words = folder / "en.yaml"
    before, weekly, after = words.read_text("utf-8").partition("  weekly:\n    deck:\n")
    words.write_text(before + weekly + (after if talk else after.replace("      talk:", "      note:", 1)), "utf-8")
    deck = compose_deck(edition_of(tmp_path, "ixazomib"), TEMPLATES)
    (found,) = [one for one in deck.slides if any(run.text.startswith("Weekly, alone") for run in one.title)]
    return found


def figure_of(one: Slide) -> Figure:
    (figure,) = [block.figure for block in walk(one.blocks()) if isinstance(block, FigureBlock)]
    return figure


def test_a_slide_without_an_interval_has_no_line_on_intervals(tmp_path: Path) -> None:
    found = slide(tmp_path, "[orr_chosen_dose]")
    figure = figure_of(found)
    assert METHOD not in found.words()
    assert "interval" not in figure.alt
    assert isinstance(figure.chart, Chart) and figure.chart.interval_name == ""


def test_a_slide_with_one_has_the_line(tmp_path: Path) -> None:
    found = slide(tmp_path, "[orr, orr_chosen_dose]")
    figure = figure_of(found)
    assert METHOD in found.words()
    assert "exact 95% interval 8.6–31.4" in figure.alt
    assert isinstance(figure.chart, Chart) and figure.chart.interval_name == "Exact 95% CI"


@pytest.mark.parametrize(("outcomes", "said"), [("[orr_chosen_dose]", False), ("[orr, orr_chosen_dose]", True)])
def test_notes_explain_an_interval_that_is_drawn(tmp_path: Path, outcomes: str, said: bool) -> None:
    assert ("The exact 95% interval means" in words_of(slide(tmp_path, outcomes, talk=False).notes)) is said


@pytest.mark.parametrize("outcomes", ["[orr_chosen_dose]", "[orr, orr_chosen_dose]"])
def test_a_published_interval_is_not_called_exact(tmp_path: Path, outcomes: str) -> None:
    found = slide(tmp_path, outcomes, CHOSEN.replace("n: not", "interval: [20, 33], n: not"))
    figure = figure_of(found)
    assert (METHOD in found.words()) == ("orr," in outcomes)
    assert "26% (95% CI 20–33)" in figure.alt
    assert isinstance(figure.chart, Chart) and figure.chart.interval_name == "95% CI"


def test_people_of_whom_only_the_percentage_is_known_are_not_said_to_be_unknown(tmp_path: Path) -> None:
    figure = figure_of(slide(tmp_path, "[orr_chosen_dose]", CHOSEN.replace("n: not_stated", "n: 247")))
    assert isinstance(figure.chart, Chart)
    assert figure.chart.bars[0].people == "n=247"
    assert "26% (n=247)" in figure.alt and "not stated" not in figure.alt


@pytest.mark.parametrize(
    ("interval", "head"), [(None, "HR"), ([Decimal("0.6"), Decimal("0.9")], "HR (95% CI)")], ids=["without", "with"]
)
def test_a_forest_plot_without_intervals_does_not_head_them(interval: list[Decimal] | None, head: str) -> None:
    study = view(outcomes={"x": timed(interval=interval) if interval else timed()})
    figure = Comparisons(context_of(study), str, patient=False).forest(Asked((study,)), 700)
    assert figure and isinstance(figure.chart, PointChart)
    assert figure.chart.heads[-1] == head
    assert figure.chart.key is None
