"""What `can_draw` names draws any outcome that the model admits, whole and soundly; every other show refuses it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from figure_checks import assert_sound
from hypothesis import given, settings
from hypothesis import strategies as st
from show_samples import HR, cells, counted, shown, timed, view
from thoroughness import examples

from handouts.compose.asked import SHOWS, Asked, Show, rows_of
from handouts.compose.showing import FOR_CLINICIANS, can_draw, obstacle
from handouts.model.section import DocumentName
from handouts.model.study import COMPARES, Measure
from handouts.plan.blocks import FigureBlock, Table, drawn_words
from handouts.plan.text import plain
from handouts.problems import ProblemsError

PEOPLE = st.integers(1, 20_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
NUMBER = st.decimals(-50, 50, places=2)
ABOVE_0 = st.decimals(Decimal("0.01"), 50, places=2)
UNITS: dict[Measure, str | None] = {
    "proportion": None, "time_to_event": "month", "continuous": "mg", "rate": "per_100_person_years"
}  # fmt: skip


def around(value: Decimal) -> st.SearchStrategy[dict[str, Any]]:
    """What a source may state around a mean: nothing, a deviation, an error, a whole interval or half of one."""
    wide = st.decimals(0, 5, places=2)
    return st.one_of(
        st.just({}),
        wide.map(lambda sd: {"sd": sd}),
        wide.map(lambda se: {"se": se}),
        st.tuples(wide, wide).map(lambda ends: {"interval": [value - ends[0], value + ends[1]]}),
        wide.map(lambda low: {"interval": [value - low, None]}),
    )


RESULTS: dict[Measure, st.SearchStrategy[dict[str, Any]]] = {
    "proportion": st.one_of(
        PEOPLE.map(lambda two: {"count": two[0], "n": two[1]}),
        st.integers(0, 900).map(lambda count: {"count": count, "n": "not_stated"}),
        st.decimals(0, 100, places=1).map(lambda percent: {"percent": percent}),
        st.integers(0, 100).map(lambda percent: {"percent": Decimal(percent), "n": 80}),
    ),
    "time_to_event": st.one_of(
        ABOVE_0.flatmap(lambda m: around(m).map(lambda more: {"median": m} | without_spread(more))),
        st.just({"median": "not_reached"}),
        st.integers(0, 90).map(lambda events: {"events": events, "n": 90}),
    ),
    "continuous": st.tuples(st.sampled_from(["mean", "median"]), NUMBER).flatmap(
        lambda two: around(two[1]).map(lambda more: {two[0]: two[1]} | more)
    ),
    "rate": st.one_of(
        ABOVE_0.map(lambda rate: {"rate": rate}),
        st.integers(0, 90).map(lambda events: {"events": events, "person_time": Decimal(100)}),
    ),
}


def without_spread(more: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in more.items() if key == "interval"}


@st.composite
def effects(draw: st.DrawFn, measure: Measure) -> dict[str, Any]:
    """Up to two effects of any statistic that the measure has, stated or not, with an interval, half of one or none."""
    fitting = [statistic for statistic, measures in COMPARES.items() if measure in measures]
    found: dict[str, Any] = {}
    for key in ("one", "two")[: draw(st.integers(0, 2))]:
        value = draw(ABOVE_0 | NUMBER)
        width = draw(st.decimals(0, 5, places=2))
        found[key] = HR | {
            "statistic": draw(st.sampled_from(fitting)),
            "value": draw(st.sampled_from([value, value, "not_stated"])),
            "interval": draw(st.sampled_from([None, [value - width, value + width], [value - width, None]])),
            "interval_kind": draw(st.sampled_from(["confidence", "confidence", "credible"])),
            "level": draw(st.sampled_from([Decimal(95), Decimal(95), Decimal(99)])),
        }
    return found


@st.composite
def measured(draw: st.DrawFn) -> dict[str, Any]:
    """An outcome of any measure, of one group or of up to three arms, with grades where it counts people."""
    measure: Measure = draw(st.sampled_from([*sorted(RESULTS), "proportion", "proportion"]))
    result = RESULTS[measure]
    arms = draw(st.sampled_from([[], [], ["a"], ["a", "b"], ["a", "b"], ["a", "b", "c"]]))
    outcome: dict[str, Any] = {"measure": measure, "better": draw(st.sampled_from(["higher", "lower"]))}
    if UNITS[measure]:
        outcome["unit"] = UNITS[measure]
    if draw(st.booleans()):
        outcome["subgroup"] = "old"
    if not arms:
        return outcome | draw(result)
    outcome["arms"] = {arm: draw(result) for arm in arms}
    if len(arms) > 1:
        outcome["effects"] = draw(effects(measure))
    if measure == "proportion" and draw(st.integers(0, 3)) == 0:
        outcome["grades"] = {"3+": {arm: draw(result) for arm in arms}}
    return outcome


THREE = {"a": {"role": "experimental", "n": 200}, "b": {"role": "other", "n": 210}, "c": {"role": "other"}}


@settings(max_examples=examples(60))
@given(st.lists(measured(), min_size=1, max_size=2), st.booleans(), st.sampled_from(["", "100", "10000"]))
def test_each_show_that_is_named_draws_all_that_is_asked_for_and_every_other_refuses(
    outcomes: list[dict[str, Any]], patient: bool, per: str
) -> None:
    study = view(THREE, outcomes=dict(zip("xy", outcomes, strict=False)))
    ids = tuple(study.outcomes)
    document: DocumentName = "handout" if patient else "deck"
    can = can_draw(Asked((study,), ids, (), int(per) if per else None), patient=patient)
    for show in SHOWS:
        if show not in can:
            with pytest.raises(ProblemsError, match="cannot be drawn"):
                shown(show, study, document=document, outcomes=" ".join(ids), per=per, width="700")
            continue
        block = shown(show, study, document=document, outcomes=" ".join(ids), per=per, width="700")
        if isinstance(block, Table):
            rows = cells(block)
            assert len(rows) == 1 + len(ids) + sum(len(one.outcome.grades) for one in rows_of_facts(show, study, ids))
            assert all(row[0] and any(row[1:]) for row in rows)
        else:
            assert isinstance(block, FigureBlock)
            assert_sound(block.figure)


def rows_of_facts(show: Show, study: Any, ids: tuple[str, ...]) -> list[Any]:
    """A facts box has a row for each grade, the other tables a column."""
    return list(rows_of(show, Asked((study,), ids))) if show == "facts_box" else []


@settings(max_examples=examples(60))
@given(measured())
def test_a_clinicians_table_prints_every_count_and_percentage(outcome: dict[str, Any]) -> None:
    study = view(THREE, outcomes={"x": outcome})
    if "outcomes_table" in can_draw(Asked((study,), ("x",)), patient=False):
        said = " ".join(" ".join(row) for row in cells(shown("outcomes_table", study, outcomes="x"))).replace(",", "")
        for result in study.outcomes["x"].results:
            if result.count is not None:
                assert str(result.count) in said
            elif result.percent is not None:
                assert f"{result.percent}%" in said
            if result.n is not None:
                assert str(result.n) in said


def can(study: Any, *, patient: bool = False, harms: tuple[str, ...] = (), outcomes: tuple[str, ...] = ()) -> set[Show]:
    return set(can_draw(Asked((study,), outcomes, harms), patient=patient))


def test_harms_of_two_arms_can_be_pairs_a_dumbbell_or_a_table() -> None:
    study = view(harms={"x": counted((40, 200), (21, 210))})
    assert can(study, harms=("x",)) == {"paired_bars", "facts_box", "dumbbell", "harms_table", "outcomes_table"}
    assert can(study, harms=("x",), patient=True) == {"paired_bars", "facts_box", "dumbbell"}


def test_a_count_of_one_group_can_be_icons_a_bar_in_parts_or_a_rate() -> None:
    study = view({}, outcomes={"x": {"count": 9, "n": 50}})
    shows = {"icon_array", "part_bar", "rates", "facts_box", "outcomes_table", "harms_table"}
    assert can(study, outcomes=("x",)) == shows
    assert can(study, outcomes=("x",), patient=True) == shows - FOR_CLINICIANS


def test_medians_with_a_hazard_ratio_can_be_a_forest_or_pairs_and_no_dumbbell() -> None:
    study = view(outcomes={"x": timed()})
    assert can(study, outcomes=("x",)) == {"forest", "paired_bars", "facts_box", "harms_table", "outcomes_table"}


def test_of_more_than_300_people_icons_show_how_many_in_100_unless_that_is_less_than_one() -> None:
    study = view({}, outcomes={"x": {"count": 90, "n": 1000}, "y": {"count": 3, "n": 1000}})
    block = shown("icon_array", study, outcomes="x")
    assert isinstance(block, FigureBlock)
    assert block.figure.data == (("9", "100"),)
    assert plain(block.caption) == "Each stands for 1 in 100 people."
    assert "9 of them are filled in. Filled: Outcome X." in block.figure.alt
    assert "each for 1 in 100 of all people" in block.figure.alt
    assert "less than one of 100 people" in obstacle("icon_array", Asked((study,), ("y",)), patient=False)
    many = view({}, outcomes={"x": {"count": 90, "n": 300}})
    block = shown("icon_array", many, outcomes="x")
    assert isinstance(block, FigureBlock)
    assert block.figure.data == (("90", "300"),)
    assert not block.caption
    assert "Outcome X" in drawn_words(block) and "others" in drawn_words(block)


def test_a_patient_is_shown_no_effects() -> None:
    study = view(outcomes={"x": timed()})
    with pytest.raises(ProblemsError, match="it is for clinicians") as refused:
        shown("forest", study, document="handout", outcomes="x")
    assert "show it as paired_bars or facts_box" in str(refused.value)
