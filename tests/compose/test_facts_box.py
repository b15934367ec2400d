"""A facts box tells patients each outcome by group, all people out of one number, and how far two groups are apart."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from show_samples import ARMS, cells, counted, shown, timed, view

from handouts.compose.share import WHOLES, Share, one_whole
from handouts.plan.blocks import Table
from handouts.problems import ProblemsError


def test_each_row_is_an_outcome_each_column_an_arm_and_the_last_their_difference() -> None:
    study = view(outcomes={"x": counted((94, 200), (80, 210))}, harms={"y": counted((0, 200), (21, 210))})
    assert cells(shown("facts_box", study, document="handout")) == [
        ["Out of 100 people", "Drug A (200 people)", "Drug B (210 people)", "Difference with Drug A"],
        ["Outcome X", "47 in 100", "38 in 100", "9 more in 100"],
        ["Outcome Y", "none", "10 in 100", "10 fewer in 100"],
    ]


def test_rare_harms_are_told_of_so_many_that_each_group_has_a_person() -> None:
    study = view(outcomes={"x": counted((8, 18198), (162, 18325))}, harms={"y": counted((2000, 18198), (0, 18325))})
    rows = cells(shown("facts_box", study, document="handout"))
    assert rows[0][0] == "Out of 10,000 people"
    assert rows[1][1:] == ["4 in 10,000", "88 in 10,000", "84 fewer in 10,000"]
    assert rows[2][1:] == ["1,099 in 10,000", "none", "1,099 more in 10,000"]
    assert cells(shown("facts_box", study, document="handout", per="1000"))[1][1:3] == [
        "fewer than 1 in 1,000",
        "9 in 1,000",
    ]


def test_what_is_not_stated_or_published_only_in_percent_is_said_as_far_as_it_is_known() -> None:
    outcome = {"arms": {"a": {"count": 3, "n": "not_stated"}, "b": {"percent": 12}}}
    rows = cells(
        shown("facts_box", view(outcomes={"x": outcome, "y": {"arms": {"a": {"percent": 5}}}}), document="handout")
    )
    assert rows[1:] == [
        ["Outcome X", "3; of how many is not stated", "12 in 100"],
        ["Outcome Y", "5 in 100", "not stated"],
    ]
    rare = view(outcomes={"x": counted((1, 5000), (2, 5000))}, harms={"y": {"arms": {"a": {"percent": 47}}}})
    assert cells(shown("facts_box", rare, document="handout"))[2][1] == "47%"


def test_medians_and_means_stand_with_their_units_and_without_a_difference() -> None:
    change = {"measure": "continuous", "unit": "percentage_point", "arms": {"a": {"mean": Decimal("-1.14")}}}
    rows = cells(shown("facts_box", view(outcomes={"x": timed(), "y": change}), document="handout"))
    assert rows == [
        ["What was measured", "Drug A (200 people)", "Drug B (210 people)"],
        ["Outcome X", "20.6 months", "not reached"],
        ["Outcome Y", "−1.14 percentage points", "not stated"],
    ]


def test_several_studies_have_a_head_each_with_the_numbers_of_their_people() -> None:
    one = view(study_id="one", outcomes={"x": counted((94, 200), (80, 210))})
    two = view({"a": {"role": "experimental", "n": 50}, "b": {"role": "other", "n": 60}}, "two",
               outcomes={"x": {"arms": {"a": {"count": 5}, "b": {"count": 6}}}})  # fmt: skip
    table = shown("facts_box", one, two, document="handout")
    assert cells(table) == [
        ["Out of 100 people", "Drug A", "Drug B", "Difference with Drug A"],
        ["Study one", "200 people", "210 people", ""],
        ["Outcome X", "47 in 100", "38 in 100", "9 more in 100"],
        ["Study two", "50 people", "60 people", ""],
        ["Outcome X", "10 in 100", "10 in 100", "no difference"],
    ]
    assert isinstance(table, Table)
    assert [row[0].scope for row in table.rows] == ["row"] * 4


def test_grades_and_a_group_without_arms_have_rows_and_a_column_of_their_own() -> None:
    graded = counted((40, 200), (21, 210)) | {"grades": {"3+": counted((10, 200), (0, 210))["arms"]}, "subgroup": "old"}
    rows = cells(shown("facts_box", view(harms={"x": graded}), document="handout"))
    assert [row[0] for row in rows[1:]] == ["Outcome X, Over 65", "Outcome X, Over 65, grade 3+"]
    assert rows[2][1:] == ["5 in 100", "none", "5 more in 100"]
    alone = view({}, outcomes={"x": {"count": 9, "n": 50}})
    assert cells(shown("facts_box", alone, document="handout"))[0][1:] == ["Everyone in the study (50 people)"]


def test_a_difference_too_small_for_the_number_is_not_called_none() -> None:
    study = view(outcomes={"x": counted((1000, 10000), (1001, 10000))})
    assert cells(shown("facts_box", study, document="handout"))[1][3] == "fewer than 1 in 100"


def test_five_arms_are_too_many_for_a_page() -> None:
    arms = {f"arm{i}": {"role": "other"} for i in range(5)}
    study = view(arms, outcomes={"x": {"arms": {arm: {"percent": 1} for arm in arms}}})
    with pytest.raises(ProblemsError, match="room for 4 arms, not 5"):
        shown("facts_box", study, document="handout")


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(50, 10**6)), min_size=1, max_size=6))
def test_the_number_is_the_smallest_out_of_which_every_group_has_a_person_or_none(pairs: list[tuple[int, int]]) -> None:
    shares = [Share(count, of, None) for count, of in pairs]
    whole = one_whole(shares)
    enough = [n for n in WHOLES if all(count == 0 or count * n >= of for count, of in pairs)]
    assert whole == (enough[0] if enough else WHOLES[-1])


def test_bars_beside_words_choose_the_same_number() -> None:
    study = view(ARMS, harms={"x": counted((8, 18198), (162, 18325))})
    block = shown("paired_bars", study, document="handout", harms="x", width="400")
    assert block and not isinstance(block, Table)
    assert "88\N{NO-BREAK SPACE}in\N{NO-BREAK SPACE}10,000" in block.figure.alt
