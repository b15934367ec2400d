"""Studies as words and templates name them: views in, plain records out.

`weekly.orr.count`, `mm1.pfs.ixa_rd.median` and `mm1.pfs.hr` are words' own paths: a study's facts, outcomes and harms
stand beside its fields, an outcome's arms, effects and grades beside its. Templates go through `outcomes` and `harms`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, cast

from handouts.compose.plain import PlainGroup, PlainRecord, member, names_of, plain
from handouts.compose.quantity import value_of
from handouts.compose.results import OutcomeView, ReportView, ResultView
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
    fields = {
        **result, **grades, **view.effects, **view.arms, **own, "id": view.id, "source": view.source,
        "result": view.result, "results": view.results, "arms": PlainGroup(view.arms), "grades": PlainGroup(grades),
        "effects": PlainGroup(view.effects),
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


def study_record(study: PlainRecord, view: ReportView, words: Any, *, notes_harms: bool) -> PlainRecord:
    """A study as templates see it: with its words, and with what of it there is to show.

    `notes_harms` is whether statements tell of its side effects, `has_rates` whether it has a proportion of all its
    people, `has_arms_compared` whether it has results by arm, and `compared` the harms that several arms have.
    """
    outcomes = view.outcomes.values()
    return study.but(
        words=words,
        notes_harms=notes_harms,
        has_rates=any(one.result is not None and one.result.share is not None for one in outcomes),
        has_arms_compared=any(one.arms or one.effects for one in outcomes),
        compared=_compared(study, view),
    )


def _compared(study: PlainRecord, view: ReportView) -> PlainRecord | None:
    """The harms that have a percentage in several arms, the most frequent first, and the arms with their numbers.

    An arm has one number `n` where all of its results were analysed in the same people. None without such harms.
    """
    shown = [one for one in view.harms.values() if sum(r.percent is not None for r in one.arms.values()) > 1]
    if not shown or not isinstance(view.report, Study):
        return None
    arms = [arm for arm in view.report.arms if any(arm in one.arms for one in shown)]
    first = next(iter(arms), "")
    shown.sort(key=lambda one: -_share(one.arms.get(first)))
    heads = tuple(PlainRecord({"id": arm, "n": _one_number(one.arms.get(arm) for one in shown)}) for arm in arms)
    harms = tuple(cast(PlainRecord, study.get("harms").get(one.id)) for one in shown)
    return PlainRecord({"arms": heads, "harms": harms})


def _share(result: ResultView | None) -> Decimal:
    return Decimal(0) if result is None or result.percent is None else result.percent


def _one_number(results: Iterable[ResultView | None]) -> int | None:
    numbers = {result.n for result in results if result is not None}
    return numbers.pop() if len(numbers) == 1 else None
