"""Studies as words and templates name them: views in, plain records out.

`weekly.orr.count`, `mm1.pfs.ixa_rd.median` and `mm1.pfs.hr` are words' own paths: a study's facts, outcomes and harms
stand beside its fields, an outcome's arms, effects and grades beside its. Templates go through `outcomes` and `harms`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handouts.compose.plain import PlainGroup, PlainRecord, member, names_of, plain
from handouts.compose.quantity import Quantity, value_of
from handouts.compose.results import OutcomeView, ReportView
from handouts.model.study import Outcome, Study

_OWN: tuple[str, ...] = (
    "id", "measure", "rank", "better", "unit", "change", "time_frame", "subgroup", "within", "part_of", "certainty",
    "serious", "source", "result", "results", "arms", "grades", "effects",
)  # fmt: skip
"""What can be named of an outcome besides its result, its arms, effects and grades."""


def outcome_record(view: OutcomeView) -> PlainRecord:
    """An outcome or harm: its fields, its one result's, and its arms, effects and grades by id."""
    grades = {
        grade: PlainRecord(found) if isinstance(found, Mapping) else found for grade, found in view.grades.items()
    }
    own: dict[str, Any] = {name: plain(getattr(view.outcome, name)) for name in _OWN if name in _DECLARED}
    result = {name: member(view.result, name) for name in names_of(view.result)} if view.result else {}
    frame = view.outcome.time_frame
    fields = {
        **result, **grades, **view.effects, **view.arms, **own, "id": view.id, "source": view.source,
        "result": view.result, "results": view.results, "arms": PlainGroup(view.arms), "grades": PlainGroup(grades),
        "effects": PlainGroup(view.effects),
        "time_frame": frame and Quantity(frame.value, frame.unit),
    }  # fmt: skip
    return PlainRecord(fields, view.result)


_DECLARED = frozenset(Outcome.__struct_fields__)


def report_record(view: ReportView) -> PlainRecord:
    """A study, or a later report of it."""
    outcomes = {key: outcome_record(one) for key, one in view.outcomes.items()}
    harms = {key: outcome_record(one) for key, one in view.harms.items()}
    main = outcomes.get(view.main.id) if view.main else None
    report = view.report
    facts = {key: value_of(fact) for key, fact in report.facts.items()} if isinstance(report, Study) else {}
    given = {name: plain(getattr(report, name)) for name in report.__struct_fields__ if name not in _VIEWED}
    fields = {
        **facts, **harms, **outcomes, **given, "id": view.id, "main": main, "outcomes": PlainGroup(outcomes),
        "harms": PlainGroup(harms),
        "later": PlainGroup({key: report_record(one) for key, one in view.later.items()}),
    }  # fmt: skip
    return PlainRecord(fields)


_VIEWED = frozenset(("outcomes", "harms", "later"))


def study_record(study: PlainRecord, words: Any) -> PlainRecord:
    """A study as templates see it, with its words."""
    return study.but(words=words)
