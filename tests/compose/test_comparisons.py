"""Figures that compare arms hold each number of the topic, name both arms, and are refused where they would mislead."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from section_samples import TEMPLATES, edition
from show_samples import ARMS, HR, cells, context_of, counted, timed, view
from thoroughness import examples
from topic_samples import CONTENT, edition_of

from handouts.compose.asked import ALL, Asked, rows_of
from handouts.compose.comparisons import Comparisons
from handouts.compose.deck import compose_deck
from handouts.compose.facts_box import FactsBox
from handouts.compose.handout import compose_handout
from handouts.compose.paired import PairedBars
from handouts.compose.showing import is_dumbbell, is_forest
from handouts.figures.shapes import ArmsChart, Figure, Label, PointChart
from handouts.model.words import NameWords
from handouts.plan.blocks import FigureBlock, Table, drawn_words, walk
from handouts.problems import ProblemsError


def comparisons(*, patient: bool = False) -> Comparisons:
    return Comparisons(context_of(view()), str, patient=patient)


def bars(*, patient: bool = False) -> PairedBars:
    return PairedBars(context_of(view()), str, patient=patient)


def words_of_figure(figure: Figure | None) -> str:
    assert figure
    return " ".join(shape.text for shape in figure.shapes if isinstance(shape, Label))


def test_a_forest_plot_names_both_arms_their_results_and_who_fares_better() -> None:
    study = view(outcomes={"x": timed(interval=[Decimal("0.6"), Decimal("0.9")])})
    figure = comparisons().forest(Asked((study,)), 700)
    assert figure and isinstance(figure.chart, PointChart)
    (row,) = figure.chart.rows
    assert (row.spots[0].value, row.spots[0].low, row.spots[0].high) == (0.74, 0.6, 0.9)
    assert row.cells == ("20.6\N{NO-BREAK SPACE}months v not reached", "0.01", "0.74 (0.6–0.9)")
    assert row.group == "Drug A v Drug B (any)"
    assert row.label.endswith("Outcome X, n=410")
    assert figure.chart.sides == ("favors Drug A", "favors Drug B")
    for piece in ("Outcome X", "20.6", "not reached", "0.74 (0.6–0.9)", "favors Drug A"):
        assert piece in figure.alt


def test_a_plot_with_an_effect_without_an_interval_says_what_hollow_means() -> None:
    stated = timed(interval=[Decimal("0.6"), Decimal("0.9")])
    for outcomes, key in (
        ({"x": timed(), "y": stated}, ("95% CI", "no interval recorded")),
        ({"y": stated}, None),
    ):
        figure = comparisons().forest(Asked((view(outcomes=outcomes),)), 700)
        assert figure and isinstance(figure.chart, PointChart)
        assert figure.chart.key == key
        assert figure.chart.gain == "left"


@pytest.mark.parametrize(
    ("outcome", "left"),
    [
        (timed("higher"), "Drug A"),
        (timed("lower"), "Drug B"),
        ({"better": "lower", "effects": {"rr": HR | {"statistic": "risk_ratio"}}}, "Drug A"),
        ({"better": "higher", "effects": {"rr": HR | {"statistic": "risk_ratio"}}}, "Drug B"),
        ({"better": "lower", "effects": {"e": HR | {"statistic": "efficacy", "value": Decimal(95)}}}, "Drug B"),
        ({"measure": "continuous", "unit": "mg", "better": "lower",
          "effects": {"d": HR | {"statistic": "mean_difference", "value": Decimal("-0.33")}}}, "Drug A"),
    ],
)  # fmt: skip
def test_which_side_is_better_follows_from_the_outcome_and_the_statistic(outcome: dict[str, Any], left: str) -> None:
    results = {"percent": 1} if "measure" not in outcome else {"mean": 1}
    given_outcome = {"arms": {"a": results, "b": results}} | outcome
    figure = comparisons().forest(Asked((view(outcomes={"x": given_outcome}),)), 700)
    assert figure and isinstance(figure.chart, PointChart) and figure.chart.sides
    assert figure.chart.sides[0] == f"favors {left}"


def test_effects_that_do_not_belong_together_are_refused() -> None:
    ratio = {"better": "lower", "arms": {"a": {"percent": 1}, "b": {"percent": 2}},
             "effects": {"rr": HR | {"statistic": "risk_ratio"}}}  # fmt: skip
    both = view(outcomes={"x": timed(), "y": ratio})
    with pytest.raises(ValueError, match="effects of one statistic, and these are hazard_ratio and risk_ratio"):
        comparisons().forest(Asked((both,)), 700)
    assert comparisons().forest(Asked((both,), ("y",)), 700)
    opposed = view(outcomes={"x": timed("higher"), "y": timed("lower")})
    with pytest.raises(ValueError, match="better in some of these outcomes and worse in others"):
        comparisons().forest(Asked((opposed,)), 700)
    assert comparisons().forest(Asked((view(outcomes={"x": {"percent": 1}}),)), 700) is None


@pytest.mark.parametrize(
    ("outcomes", "shown"),
    [
        ({"x": timed()}, True),
        ({"x": timed(value="not_stated")}, False),
        ({"x": timed(), "y": {"arms": {"a": {"percent": 1}}}}, False),
        ({"x": timed(interval=[Decimal("0.6"), None])}, False),
        ({"x": timed(value=Decimal("-0.1"))}, False),
        ({"x": timed(), "y": {"better": "lower", "effects": {"rr": HR | {"statistic": "risk_ratio"}}}}, False),
        ({f"x{i}": timed() for i in range(9)}, False),
        ({"x": timed("higher"), "y": timed("lower")}, False),
        ({"x": timed(interval_kind="credible", interval=[Decimal("0.6"), Decimal("0.9")])}, False),
        ({"x": timed() | {"effects": {"one": HR, "two": HR}}}, False),
        ({}, False),
    ],
)
def test_a_deck_plots_effects_only_where_all_that_is_compared_can_stand_in_one_plot(
    outcomes: dict[str, Any], shown: bool
) -> None:
    assert is_forest([view(outcomes=outcomes)]) is shown


def test_a_third_arm_is_not_left_out_of_what_a_deck_plots() -> None:
    arms = {"a": {"median": 3}, "b": {"median": 4}, "c": {"median": 5}}
    three = view(arms=ARMS | {"c": {"role": "other"}}, outcomes={"x": timed() | {"arms": arms}})
    assert not is_forest([three])


def test_a_table_stands_for_a_figure_that_cannot_be_drawn() -> None:
    table = "<table><tr><th>Trial</th></tr><tr><th>MM1</th></tr></table>"
    slide = "<section data-layout='Title and Content'><h2>Slide</h2>{}</section>"
    figure = '<figure data-figure="forest" data-studies="mm1" data-width="60">{}</figure>'
    edition = edition_of(CONTENT, "ixazomib")
    (block,) = compose_deck(edition, {"deck.html.j2": slide.format(figure.format(table))}).slides[0].blocks()
    assert isinstance(block, Table)
    with pytest.raises(ProblemsError, match="the figure 'forest' cannot be drawn"):
        compose_deck(edition, {"deck.html.j2": slide.format(figure.format(""))})


def test_a_dumbbell_holds_both_percentages_and_the_numbers_of_people() -> None:
    harms = {"x": {"arms": {"a": {"percent": Decimal("47.5")}, "b": {"percent": 38}}},
             "y": {"subgroup": "old", "arms": {"a": {"count": 8, "n": 200}, "b": {"count": 0, "n": 210}}}}  # fmt: skip
    figure = comparisons().dumbbell(Asked((view(harms=harms),)), 700)
    assert figure and isinstance(figure.chart, PointChart)
    assert {row.label: [spot.value for spot in row.spots] for row in figure.chart.rows} == {
        "Outcome X": [47.5, 38], "Outcome Y": [4, 0]
    }  # fmt: skip
    assert figure.chart.series == ("Drug A (n=200)", "Drug B (n=210)")
    assert {row.group for row in figure.chart.rows} == {"", "Over 65"}
    assert {row.label: row.cells for row in figure.chart.rows} == {"Outcome X": ("+9.5",), "Outcome Y": ("+4",)}
    assert figure.chart.heads == ("Difference",)
    assert "Outcome X: 47.5% and 38%" in figure.alt


def test_three_arms_or_a_missing_percentage_are_no_dumbbell() -> None:
    three = view(
        arms=ARMS | {"c": {"role": "other"}},
        harms={"x": {"arms": {"a": {"percent": 1}, "b": {"percent": 2}, "c": {"percent": 3}}}},
    )
    with pytest.raises(ValueError, match="exactly two arms"):
        comparisons().dumbbell(Asked((three,)), 700)
    assert not is_dumbbell(three)
    uncounted = view(harms={"x": {"arms": {"a": {"count": 1, "n": "not_stated"}, "b": {"percent": 2}}}})
    assert not is_dumbbell(uncounted)


def test_paired_bars_show_people_in_a_whole_or_medians_in_one_unit() -> None:
    harms = {"x": {"arms": {"a": {"count": 8, "n": 18198}, "b": {"count": 162, "n": 18325}}}}
    study = view(outcomes={"y": timed()}, harms=harms)
    people = bars(patient=True).figure(Asked((study,), harms=("x",)), 400)
    assert people and isinstance(people.chart, ArmsChart)
    (row,) = people.chart.rows
    assert row.values == pytest.approx((4.396, 88.40), abs=0.01)
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in row.texts] == ["4 in 10,000", "88 in 10,000"]
    months = bars().figure(Asked((study,), ("y",)), 400)
    assert months and isinstance(months.chart, ArmsChart)
    assert months.chart.rows[0].values == (20.6, None)
    assert "Drug B" in months.alt and "not reached" in months.alt
    with pytest.raises(ValueError, match="in different units"):
        bars().figure(Asked((study,), ("y",), ("x",)), 400)


def test_a_name_is_explained_to_patients_in_bars_and_facts_box_and_not_to_clinicians() -> None:
    names = {"x": NameWords(patient="Low platelets", means="you may bruise", clinician="Thrombocytopenia")}
    study = view(harms={"x": counted((82, 200), (50, 210))})
    asked = Asked((study,), harms=("x",))
    for document, patient in (("handout", True), ("deck", False)):
        context = context_of(study, names=names, document=document)
        said = words_of_figure(PairedBars(context, str, patient=patient).figure(asked, 300))
        table = FactsBox(context, patient=patient).table(asked)
        assert ("you may bruise" in said) == patient
        assert cells(table)[1][0] == ("Low platelets: you may bruise" if patient else "Thrombocytopenia")


def test_both_arms_are_named_with_their_people_and_the_whole_is_said_once() -> None:
    study = view(harms={"x": counted((82, 200), (0, 210)), "y": counted((0, 200), (84, 210))})
    figure = bars(patient=True).figure(Asked((study,), harms=("x", "y"), whole=100), 300)
    assert figure and isinstance(figure.chart, ArmsChart)
    words = [shape.text for shape in figure.shapes if isinstance(shape, Label)]
    assert words == [
        "Out of 100 people", "Drug A (200 people)", "Drug B (210 people)",
        "Outcome X", "41", "none", "Outcome Y", "none", "40",
    ]  # fmt: skip
    assert figure.chart.arms == ("Drug A (200 people)", "Drug B (210 people)")
    assert "41\N{NO-BREAK SPACE}in\N{NO-BREAK SPACE}100" in figure.alt


def test_one_outcome_of_several_studies_is_named_once_and_its_rows_are_the_studies() -> None:
    studies = view(study_id="one", outcomes={"x": timed()}), view(study_id="two", outcomes={"x": timed()})
    context = context_of(*studies)
    figure = PairedBars(context, str, patient=True).figure(Asked(studies, ("x",)), 300)
    words = words_of_figure(figure)
    assert words.count("Outcome X") == 1
    assert "Study one" in words and "Study two" in words
    fewer = view({**ARMS, "a": {"role": "experimental", "n": 100}}, "two", outcomes={"x": timed()})
    words = words_of_figure(PairedBars(context, str, patient=True).figure(Asked((studies[0], fewer), ("x",)), 300))
    assert "410 people" in words and "310 people" in words and "(200 people)" not in words


def sections_of_two(second: dict[str, Any]) -> list[FigureBlock]:
    """The bars of a section and of another under it; `second` is the latter's study, but for its numbers of people."""
    arms = {"a": {"role": "experimental"}, "b": {"role": "placebo_comparator"}}
    study = {"source": "paper", "status": "final", "design": "randomized", "setting": "early", "arms": arms}
    studies = {
        "one": study | {"outcomes": {"time": median("month", 20, 15)}},
        "two": study | second,
    }
    asked = {"kind": "evidence", "outcomes": ["time"], "show": "paired_bars"}
    sections = {"first": asked | {"study": "one"}, "then": asked | {"study": "two", "under": "first"}}
    names = {"early": "early", "time": "Time", "a": "Drug A", "b": "Drug B", "c": "Drug C"}
    words = {"names": names, "sections": {"first": {"heading": "Times"}}}
    made = compose_handout(edition(sections, words=words, studies=studies), TEMPLATES)
    return [block for block in walk(made.blocks) if isinstance(block, FigureBlock)]


def median(unit: str, *values: int) -> dict[str, Any]:
    arms = {arm: {"median": value} for arm, value in zip("abc", values, strict=False)}
    return {"measure": "time_to_event", "unit": unit, "arms": arms}


def test_bars_under_one_heading_share_a_scale_and_the_first_names_the_arms() -> None:
    first, then = sections_of_two({"outcomes": {"time": median("month", 40, 30)}})
    assert isinstance(first.figure.chart, ArmsChart) and isinstance(then.figure.chart, ArmsChart)
    assert first.figure.chart.most == then.figure.chart.most == 40
    assert "Drug A" in drawn_words(first) and "Drug A" not in drawn_words(then)
    assert "Drug A" in then.figure.alt
    assert "40" not in drawn_words(first)


def test_bars_in_other_units_or_of_other_arms_keep_scale_or_key() -> None:
    _, weeks = sections_of_two({"outcomes": {"time": median("week", 40, 30)}})
    assert "Drug A" in drawn_words(weeks)
    third = {"c": {"role": "other"}, "a": {"role": "experimental"}, "b": {"role": "placebo_comparator"}}
    first, three = sections_of_two({"arms": third, "outcomes": {"time": median("month", 40, 30, 9)}})
    assert "Drug C" in drawn_words(three)
    assert isinstance(first.figure.chart, ArmsChart) and first.figure.chart.most == 40


def test_all_harms_are_sorted_by_their_difference_and_those_named_keep_the_authors_order() -> None:
    harms = {
        "few": counted((20, 200), (21, 210)),
        "no_arm_b": {"arms": {"a": {"count": 150, "n": 200}}},
        "many": counted((100, 200), (84, 210)),
        "as_many": counted((60, 200), (42, 210)),
        "less": counted((2, 200), (63, 210)),
    }
    study = view(harms=harms)
    by_difference = ["many", "as_many", "few", "less", "no_arm_b"]
    for show in ("paired_bars", "harms_table", "facts_box"):
        assert [row.outcome.id for row in rows_of(show, Asked((study,), harms=(ALL,)))] == by_difference
    assert [row.outcome.id for row in rows_of("dumbbell", Asked((study,)))] == by_difference[:-1]
    named = ("less", "many")
    assert [row.outcome.id for row in rows_of("dumbbell", Asked((study,), harms=named))] == list(named)


def test_harms_of_one_group_alone_keep_the_order_of_the_topic() -> None:
    study = view(arms={}, design="single_arm", harms={"x": {"count": 1, "n": 9}, "y": {"count": 8, "n": 9}})
    assert [row.outcome.id for row in rows_of("harms_table", Asked((study,)))] == ["x", "y"]


def test_a_mean_change_has_the_published_interval_else_the_standard_error_and_never_the_deviation() -> None:
    change = {"measure": "continuous", "change": True, "unit": "percentage_point", "better": "lower"}
    arms = {
        "a": {"mean": Decimal("-1.14"), "sd": Decimal("1.24")},
        "b": {"mean": Decimal("-0.51"), "se": Decimal("0.1")},
    }
    study = view(outcomes={"x": change | {"arms": arms}})
    figure = comparisons().mean_change(Asked((study,), ("x",)), 500)
    assert figure and isinstance(figure.chart, PointChart)
    spots = [(row.spots[0].value, row.spots[0].low, row.spots[0].high) for row in figure.chart.rows]
    assert spots[0] == (-1.14, None, None)
    assert spots[1] == pytest.approx((-0.51, -0.61, -0.41))
    assert "−1.14\N{NO-BREAK SPACE}percentage points" in figure.alt
    unreached = view(outcomes={"x": timed()})
    with pytest.raises(ValueError, match="has no mean in 'b'"):
        comparisons().mean_change(Asked((unreached,), ("x",)), 500)


_PERCENT = st.decimals(0, 100, places=1)


@settings(max_examples=examples(100))
@given(st.lists(st.tuples(_PERCENT, _PERCENT), min_size=1, max_size=10))
def test_any_harms_of_two_arms_are_drawn_with_all_their_numbers(pairs: list[tuple[Decimal, Decimal]]) -> None:
    harms = {f"h{i}": {"arms": {"a": {"percent": one}, "b": {"percent": two}}} for i, (one, two) in enumerate(pairs)}
    context = context_of(names={key: f"Harm {key}" for key in harms})
    figure = Comparisons(context, str, patient=False).dumbbell(Asked((view(harms=harms),)), 500)
    said = words_of_figure(figure)
    for key, (one, two) in zip(harms, pairs, strict=True):
        assert f"Harm {key}" in said
        assert context.formatter.percent(one) in said and context.formatter.percent(two) in said
