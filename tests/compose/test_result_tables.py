"""Tables for clinicians print each result once, its number of people where readers look for it, and every effect."""

from __future__ import annotations

from decimal import Decimal

import pytest
from show_samples import HR, WORDS, cells, counted, shown, timed, view

from handouts.plan.blocks import Table, statements_of
from handouts.problems import ProblemsError


def test_the_number_of_people_stands_in_the_head_where_all_rows_share_it() -> None:
    study = view(harms={"x": {"arms": {"a": {"count": 94}, "b": {"count": 80}}},
                        "y": {"arms": {"a": {"percent": 5}, "b": {"percent": Decimal("2.5")}}}})  # fmt: skip
    assert cells(shown("harms_table", study)) == [
        ["Adverse reaction", "Drug A (n=200)", "Drug B (n=210)"],
        ["Outcome X", "94 (47%)", "80 (38%)"],
        ["Outcome Y", "5%", "2.5%"],
    ]


def test_rows_of_different_people_each_print_their_own_number() -> None:
    other = {"arms": {"a": {"percent": 5, "n": 190}, "b": {"count": 1, "n": "not_stated"}}}
    study = view(harms={"x": counted((72, 251), (10, 210)), "y": other})
    rows = cells(shown("harms_table", study))
    assert rows[0] == ["Adverse reaction", "Drug A", "Drug B"]
    assert rows[1][1:] == ["72 of 251 (29%)", "10 of 210 (5%)"]
    assert rows[2][1:] == ["5%, n=190", "1; number at risk not stated"]


def test_each_arm_has_a_column_for_each_grade_that_was_seen() -> None:
    graded = {"grades": {"3+": {"a": {"count": 10}, "b": {"count": 2}}}}
    harm = {"arms": {"a": {"count": 40}, "b": {"count": 21}}} | graded
    study = view(harms={"x": harm, "y": {"arms": {"a": {"count": 4}}, "subgroup": "old"}})
    assert cells(shown("harms_table", study)) == [
        ["Adverse reaction", "Drug A, any grade (n=200)", "Drug A, grade 3+ (n=200)",
         "Drug B, any grade (n=210)", "Drug B, grade 3+ (n=210)"],
        ["Outcome X", "40 (20%)", "10 (5%)", "21 (10%)", "2 (1%)"],
        ["Outcome Y, Over 65", "4 (2%)", "–", "–", "–"],
    ]  # fmt: skip


def test_results_stand_by_arm_with_effects_intervals_and_p() -> None:
    rate = {"measure": "rate", "unit": "per_100_person_years",
            "arms": {"a": {"rate": Decimal("1.2")}, "b": {"rate": Decimal("2.4")}},
            "effects": {"rr": HR | {"statistic": "rate_ratio", "value": "not_stated", "p": None}}}  # fmt: skip
    outcome = timed(interval=[Decimal("0.6"), Decimal("0.9")])
    assert cells(shown("outcomes_table", view(outcomes={"x": outcome, "y": rate}))) == [
        ["Endpoint", "Drug A (n=200)", "Drug B (n=210)", "Effect", "p"],
        ["Outcome X", "20.6 months", "not reached", "HR 0.74 (95% CI 0.6–0.9)", "0.01"],
        ["Outcome Y", "1.2 per 100 person-years", "2.4 per 100 person-years", "Rate ratio not stated", "–"],
    ]


def test_studies_of_the_same_arms_share_columns_and_have_a_head_each() -> None:
    one, two = view(study_id="one", outcomes={"x": timed()}), view(study_id="two", outcomes={"x": timed(p=None)})
    assert cells(shown("outcomes_table", one, two))[1:] == [
        ["Study one (any)", "n=200", "n=210", "", ""],
        ["Outcome X", "20.6 months", "not reached", "HR 0.74", "0.01"],
        ["Study two (any)", "n=200", "n=210", "", ""],
        ["Outcome X", "20.6 months", "not reached", "HR 0.74", "–"],
    ]


def test_studies_of_different_arms_name_them_in_each_row() -> None:
    other = {"a": {"role": "experimental"}, "c": {"role": "placebo_comparator"}}
    two = view(other, "two", outcomes={"x": {"arms": {"a": {"percent": 5}, "c": {"percent": 7}}}})
    rows = cells(shown("outcomes_table", view(study_id="one", outcomes={"x": timed()}), two))
    assert rows[0] == ["Trial", "Endpoint", "Result in each group", "Effect", "p"]
    assert rows[1][:3] == ["Study one (any)", "Outcome X", "Drug A: 20.6 months, n=200; Drug B: not reached, n=210"]
    assert rows[2] == ["Study two (any)", "Outcome X", "Drug A: 5%; Drug C: 7%", "–", "–"]


def test_effects_of_more_than_two_arms_say_what_they_compare() -> None:
    arms = {arm: {"role": "other"} for arm in "abc"}
    effects = {"one": HR | {"statistic": "risk_ratio"}, "two": HR | {"statistic": "risk_ratio", "to": "c"}}
    outcome = {"arms": {arm: {"percent": 5} for arm in arms}, "effects": effects}
    row = cells(shown("outcomes_table", view(arms, outcomes={"x": outcome})))[1]
    assert row[4:] == ["Drug A v Drug B: RR 0.74; Drug A v Drug C: RR 0.74", "0.01; 0.01"]


def test_more_columns_than_a_slide_has_room_for_are_refused_with_what_can_show_them() -> None:
    grades = {grade: {"a": {"percent": 1}, "b": {"percent": 1}} for grade in ("1", "2", "3", "4")}
    with pytest.raises(ProblemsError, match="room for 6 columns of arms and grades, not 8") as refused:
        shown("harms_table", view(harms={"x": {"grades": grades}}), harms="x")
    assert "show it as facts_box or outcomes_table" in str(refused.value)
    with pytest.raises(ProblemsError, match="the figure 'dumbbell' cannot be drawn"):
        shown("dumbbell", view(harms={"x": {"grades": grades}}), harms="x", instead="harms_table")


def test_clinicians_tables_stand_in_no_handout() -> None:
    with pytest.raises(ProblemsError, match="it is for clinicians"):
        shown("outcomes_table", view(outcomes={"x": timed()}), document="handout")


def test_words_keep_where_they_stand_and_a_table_can_stand_for_a_figure() -> None:
    study = view(study_id="one", outcomes={"x": timed(), "y": timed("lower")})
    two = view(study_id="two", outcomes={"x": timed()})
    table = shown("forest", study, two, instead="outcomes_table")
    assert isinstance(table, Table)
    origins = {run.origin for row in table.rows for cell in row for run in cell.runs if run.text == "Study one"}
    assert origins == {WORDS}
    assert not statements_of([table])
    with pytest.raises(ProblemsError, match="no table is called 'dumbbell'"):
        shown("forest", study, instead="dumbbell")
