"""Tables of studies: what each is, or what is told of each; studies and statements in, a table out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handouts.compose.cells import Cells, joined, runs_of, table
from handouts.compose.context import Context
from handouts.compose.fill import unbroken
from handouts.compose.phrase import Phrase
from handouts.compose.results import ReportView
from handouts.model.base import Tally
from handouts.model.study import Study
from handouts.plan.blocks import Table
from handouts.plan.text import Runs

Told = Callable[[str, str | None, str | None], Sequence[Phrase]]
"""A section's statements, of a study or any (None), with an aspect or any (None); "" asks for those without."""


class StudyTables:
    """Makes the tables of studies of one document."""

    def __init__(self, context: Context, told: Told, *, patient: bool) -> None:
        self._context, self._told, self._patient = context, told, patient
        self._cells = Cells(context, patient=patient)

    def trial_map(self, studies: Sequence[ReportView]) -> Table | None:
        """A row a study: in whom, which phase, how it stood and stands, planned and enrolled people, registry."""
        rows = [self._trial(study, study.report) for study in studies if isinstance(study.report, Study)]
        names = ("trial", "population", "phase_head", "status_head", "planned_head", "enrolled_head", "registry")
        return self._table([self._cells.fixed(name) for name in names], rows, "trials_summary") if rows else None

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

    def by_study(self, section: str, studies: Sequence[ReportView]) -> Table | None:
        """A row for each study that a section tells of, a column for what is told of no aspect and for each aspect."""
        cells = self._cells
        listed = [study for study in studies if self._told(section, study.id, None)]
        asked = ["", *self._context.aspects(section)]
        aspects = [one for one in asked if any(self._told(section, study.id, one) for study in listed)]
        if not listed:
            return None
        heads = [cells.named(one) if one else cells.fixed("what_was_seen") for one in aspects]
        rows = [
            [cells.study(study), *(self._said(self._told(section, study.id, one)) for one in aspects)]
            for study in listed
        ]
        return self._table([cells.fixed("study"), *heads], rows, "results_summary")

    def _said(self, told: Sequence[Phrase]) -> Runs:
        """Statements one after the other. What is not told to patients may yet be stated."""
        missing = "not_given" if self._patient else "not_stated"
        return joined(map(runs_of, told), " ") or self._cells.fixed(missing)

    def _table(self, head: Sequence[Runs], rows: Sequence[Sequence[Runs]], summary: str) -> Table:
        context = self._context
        return table(head, rows, summary=context.fixed(summary), measure=context.edition.measure)
