"""Tables of what is told of each study: studies and statements in, a table out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handouts.compose.cells import Cells, joined, runs_of, table
from handouts.compose.context import Context
from handouts.compose.phrase import Phrase
from handouts.compose.results import ReportView
from handouts.plan.blocks import Table
from handouts.plan.text import Runs

Told = Callable[[str, str | None, str | None], Sequence[Phrase]]
"""A section's statements, of a study or any (None), with an aspect or any (None); "" asks for those without."""


class StudyTables:
    """Makes the tables by study of one document."""

    def __init__(self, context: Context, told: Told, *, patient: bool) -> None:
        self._context, self._told, self._patient = context, told, patient
        self._cells = Cells(context, patient=patient)

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
        summary, measure = self._context.fixed("results_summary"), self._context.edition.measure
        return table([cells.fixed("study"), *heads], rows, summary=summary, measure=measure)

    def _said(self, told: Sequence[Phrase]) -> Runs:
        """Statements one after the other. What is not told to patients may yet be stated."""
        missing = "not_given" if self._patient else "not_stated"
        return joined(map(runs_of, told), " ") or self._cells.fixed(missing)
