"""Maps of trials: studies in; out a table of a row each or, where they combined a medicine with others, a grid of whom
they were in by what it was combined with.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from handouts.compose.cells import Cells, joined, runs_of, table
from handouts.compose.context import Context
from handouts.compose.fill import unbroken
from handouts.compose.results import ReportView
from handouts.model.base import Tally
from handouts.model.study import Study
from handouts.plan.blocks import Table
from handouts.plan.text import Runs, plain

_LATE = ("II/III", "III", "IV")
"""Phases of trials that can change practice, which a map sets off."""


def is_grid(context: Context, studies: Iterable[ReportView]) -> bool:
    """Whether a map of trials has a column for each combination: on slides, where some study names one."""
    return context.document == "deck" and any(getattr(study.report, "combined_with", None) for study in studies)


class TrialMaps:
    """Makes the maps of trials of one document."""

    def __init__(self, context: Context, *, patient: bool) -> None:
        self._context = context
        self._cells = Cells(context, patient=patient)

    def table(self, studies: Sequence[ReportView]) -> Table | None:
        """A row a study: in whom, which phase, how it stood and stands, planned and enrolled people, registry; where
        studies say with what it was combined, a row a setting and a column a combination (`is_grid`).
        """
        if is_grid(self._context, studies):
            return self._grid([(study, study.report) for study in studies if isinstance(study.report, Study)])
        rows = [self._trial(study, study.report) for study in studies if isinstance(study.report, Study)]
        names = ("trial", "population", "phase_head", "status_head", "planned_head", "enrolled_head", "registry")
        return self._table([self._cells.fixed(name) for name in names], rows, "trials_summary") if rows else None

    def _grid(self, studies: Sequence[tuple[ReportView, Study]]) -> Table:
        settings = dict.fromkeys(report.setting for _, report in studies)
        combinations = dict.fromkeys(report.combined_with for _, report in studies)
        by_place: dict[tuple[str | None, str | None], list[tuple[ReportView, Study]]] = {}
        for study, report in studies:
            by_place.setdefault((report.setting, report.combined_with), []).append((study, report))
        cells = self._cells
        heads = [cells.named(one) if one else cells.fixed("alone") for one in combinations]
        rows = [
            [
                cells.named(setting) if setting else cells.fixed("not_given"),
                *(self._places(by_place.get((setting, with_), ())) for with_ in combinations),
            ]
            for setting in settings
        ]
        made = self._table([cells.fixed("setting_head"), *heads], rows, "trials_summary")
        late = {place for place, here in by_place.items() if any(report.phase in _LATE for _, report in here)}
        marked = tuple(
            (row[0], *(replace(cell, tone="accent") if (setting, with_) in late else cell
                       for cell, with_ in zip(row[1:], combinations, strict=True)))
            for row, setting in zip(made.rows, settings, strict=True)
        )  # fmt: skip
        return replace(made, rows=marked, size="small")

    def _places(self, trials: Iterable[tuple[ReportView, Study]]) -> Runs:
        return joined((self._place(*one) for one in trials), "\n")

    def _place(self, study: ReportView, report: Study) -> Runs:
        """A trial in its place on the map: its phase, its name, and what its place does not say of it."""
        cells, words = self._cells, self._context.words["studies"][study.id]
        phase = cells.fixed("phase", phase=report.phase) if report.phase else cells.fixed("phase_not_stated")
        setting = cells.named(report.setting) if report.setting else ()
        population = runs_of(words["population"]) if words.get("population") else ()
        enrolled = [one.report.enrolled for one in study.later.values() if one.report.enrolled]
        people = [
            self._counted(name, one)
            for name, counts in (("planned_people", [report.planned]), ("took_part", enrolled or [report.enrolled]))
            for one in counts
            if one is not None
        ]
        facts = (
            runs_of(words["short"]),
            # A map says once in whom its studies are.
            () if plain(population).casefold() == plain(setting).casefold() else population,
            runs_of(words["regimen"]) if words.get("regimen") else (),
            joined(people, ", "),
            self._status(study, report),
        )
        return joined((tuple(replace(run, strong=True) for run in phase), joined(facts, "; ")), ": ")

    def _counted(self, name: str, people: Tally) -> Runs:
        return self._cells.fixed(name, count=people)

    def _trial(self, study: ReportView, report: Study) -> list[Runs]:
        cells, words = self._cells, self._context.words["studies"][study.id]
        setting = cells.named(report.setting) if report.setting else cells.fixed("not_given")
        people = runs_of(words["population"]) if words.get("population") else setting
        regimen = runs_of(words["regimen"]) if words.get("regimen") else ()
        enrolled = [one.report.enrolled for one in study.later.values() if one.report.enrolled]
        return [
            runs_of(words["short"]),
            joined((people, regimen), "; "),
            runs_of(report.phase) if report.phase else cells.fixed("not_given"),
            self._status(study, report),
            self._people(report.planned),
            joined((self._people(one) for one in (enrolled or [report.enrolled])), "; "),
            runs_of(report.registry) if report.registry else cells.fixed("not_given"),
        ]

    def _status(self, study: ReportView, report: Study) -> Runs:
        """How a study stood when its source was written, and how the last report since says that it stands."""
        now = self._cells.fixed(f"status_{report.status}")
        later = [one.report.status for one in study.later.values() if one.report.status != report.status]
        return (
            self._cells.fixed("since_then", status=now, later=self._cells.fixed(f"status_{later[-1]}"))
            if later
            else now
        )

    def _people(self, people: Tally | None) -> Runs:
        return (
            self._cells.fixed("not_given")
            if people is None
            else runs_of(unbroken(self._context.formatter.tally(people)))
        )

    def _table(self, head: Sequence[Runs], rows: Sequence[Sequence[Runs]], summary: str) -> Table:
        context = self._context
        return table(head, rows, summary=context.fixed(summary), measure=context.edition.measure)
