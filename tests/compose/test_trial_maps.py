"""Maps of trials: a row each, or on slides whom they were in by what the medicine was combined with."""

from __future__ import annotations

from typing import Any

import pytest
from show_samples import WORDS, cells, context_of, shown, view

from handouts.compose.context import Context
from handouts.compose.evidence import evidence_of
from handouts.compose.phrase import Phrase
from handouts.compose.results import ReportView
from handouts.compose.trial_maps import TrialMaps
from handouts.plan.blocks import Table


def trial(study_id: str, *, setting: str | None = "any", **given: Any) -> ReportView:
    return view({}, study_id, setting=setting, design="not_stated", **given)


def grid(*studies: ReportView) -> Table:
    made = shown("trial_map", *studies)
    assert isinstance(made, Table)
    return made


RECRUITING: dict[str, Any] = {
    "status": "recruiting", "planned": "about 703",
    "later": {"since": {"source": "mmrf", "status": "published", "enrolled": 722}},
}  # fmt: skip
"""A trial that was to enroll people and has since been published."""


def test_a_grid_has_a_row_a_setting_and_a_column_a_combination_as_they_are_first_named() -> None:
    made = grid(
        trial("mm3", combined_with="x", phase="I", status="under_way"),
        trial("mm4", setting="old", combined_with="y", phase="III", **RECRUITING),
        trial("weekly", setting="old", combined_with="y", status="not_yet_recruiting"),
        trial("pooled", combined_with=None, phase="II", status="active_not_recruiting", enrolled=12),
    )
    assert cells(made) == [
        ["Setting", "Outcome X", "Outcome Y", "Alone"],
        ["any", "Phase I: Study mm3; under way", "", "Phase II: Study pooled; 12 took part; enrollment completed"],
        [
            "Over 65",
            "",
            "Phase III: Study mm4; about 703 planned, 722 took part; recruiting then; published since\n"
            "Phase not stated: Study weekly; about to enroll",
            "",
        ],
    ]
    assert made.size == "small"
    assert [[cell.tone for cell in row] for row in made.rows] == [[None] * 4, [None, None, "accent", None]]


@pytest.mark.parametrize("phase", ["I", "I/II", "II", "II/III", "III", "IV", None])
def test_trials_that_can_change_practice_are_set_off(phase: str | None) -> None:
    made = grid(trial("mm3", combined_with="x", phase=phase))
    assert [cell.tone for cell in made.rows[0]] == [None, "accent" if phase in ("II/III", "III", "IV") else None]
    assert [run.strong for run in made.rows[0][1].runs if "Phase" in run.text] == [True]


@pytest.mark.parametrize(("population", "said"), [("Over 65, frail", "Over 65, frail; final"), ("over 65", "final")])
def test_whom_a_trial_was_in_is_said_where_its_row_does_not_say_it(population: str, said: str) -> None:
    one = trial("mm3", setting="old", combined_with="x")
    context = context_of(one)
    context.words["studies"]["mm3"]["population"] = Phrase(population, WORDS)
    assert cells(TrialMaps(context, patient=False).table([one]))[1] == [
        "Over 65",
        f"Phase not stated: Study mm3; {said}",
    ]


def test_a_map_tells_what_it_prints() -> None:
    of = context_of(trial("mm1", combined_with="x", planned="about 703", registry="NCT01564537"))
    on_slides, on_pages = (evidence_of(one, "trial_map").draws for one in (of, Context(of.edition, "handout")))
    assert {"mm1.combined_with", "mm1.planned"} <= set(on_slides)
    assert not any(one.endswith(".registry") for one in on_slides)
    assert {"mm1.registry", "mm1.planned"} <= set(on_pages)


def test_a_row_says_in_whom_how_far_and_with_how_many() -> None:
    given: dict[str, Any] = {"combined_with": "x", "phase": "III", "registry": "NCT01564537", **RECRUITING}
    assert cells(shown("trial_map", trial("mm3", **given), document="handout")) == [
        ["Trial", "Population", "Phase", "Status", "Planned", "Enrolled since", "Registry"],
        ["Study mm3", "any", "III", "recruiting then; published since", "about 703", "722", "NCT01564537"],
    ]


def test_what_a_source_does_not_say_of_a_trial_is_a_dash() -> None:
    row = cells(shown("trial_map", trial("mm3")))[1]
    assert row[1:] == ["any", "–", "final", "–", "–", "–"]
