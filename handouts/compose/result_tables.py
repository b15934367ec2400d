"""Tables of results for clinicians: outcomes or harms of studies in, a table of arms and grades, effects and p out.

An arm's number of people stands in its head where all rows share it, in a study's head where several studies do, and
else in each row.
"""

from __future__ import annotations

from collections.abc import Sequence

from handouts.compose.asked import Asked, Row, arms_of, columns_of, one_number, result_at, rows_of
from handouts.compose.cells import Cells, joined, runs_of, table
from handouts.compose.context import Context
from handouts.compose.result_words import effect_text, result_text
from handouts.compose.results import EffectView, ResultView
from handouts.compose.showing import MOST_COLUMNS, refuse
from handouts.plan.blocks import Table
from handouts.plan.text import Runs

Columns = Sequence[tuple[str | None, str | None]]
"""Arms and grades, as `columns_of` gives them."""


class ResultTables:
    """Makes the tables of results of one document."""

    def __init__(self, context: Context, *, patient: bool) -> None:
        self._context, self._cells = context, Cells(context, patient=patient)

    def harms(self, asked: Asked) -> Table | None:
        """Harms in rows, arms and grades in columns; None where there are none.

        Raises ValueError for more columns than a slide has room for.
        """
        rows = rows_of("harms_table", asked)
        if not rows:
            return None
        refuse("harms_table", rows)
        columns = columns_of(rows)
        head = [self._cells.fixed("adverse_event"), *(self._head(arm, grade, rows) for arm, grade in columns)]
        body = self._grouped(rows, columns, [[] for _ in rows])
        return self._table(head, body, "side_effects_summary", right=range(1, len(head)))

    def outcomes(self, asked: Asked) -> Table | None:
        """Outcomes in rows, with the results of each arm, effects and p; None where there are none.

        Arms have columns where all studies have the same; else each row names its own.
        """
        rows = rows_of("outcomes_table", asked)
        if not rows:
            return None
        refuse("outcomes_table", rows)
        compared = any(row.outcome.effects for row in rows)
        tested = any(effect.p is not None for row in rows for effect in row.outcome.effects.values())
        names = ["effect_head", "p_head"][: compared + tested]
        effects = [self._effects(row)[: len(names)] for row in rows]
        heads = [self._cells.fixed(name) for name in names]
        columns = columns_of(rows)
        arms = {study: arms_of(row for row in rows if row.study.id == study) for study in _studies(rows)}
        if len(set(arms.values())) == 1 and len(columns) <= MOST_COLUMNS:
            head = [
                self._cells.fixed("endpoint_head"),
                *(self._head(arm, grade, rows) for arm, grade in columns),
                *heads,
            ]
            body = self._grouped(rows, columns, effects)
        else:
            head = [self._cells.fixed(name) for name in ("trial", "endpoint_head", "results_head")] + heads
            body = [
                [self._cells.study(row.study), self._cells.label(row.outcome), self._listed(row, columns), *said]
                for row, said in zip(rows, effects, strict=True)
            ]
        return self._table(head, body, "results_summary", right=(len(head) - 1,) if tested else ())

    def _table(self, head: Sequence[Runs], body: Sequence[Sequence[Runs]], summary: str, right: Sequence[int]) -> Table:
        context = self._context
        return table(head, body, summary=context.fixed(summary), measure=context.edition.measure, right=right)

    def _head(self, arm: str | None, grade: str | None, rows: Sequence[Row]) -> Runs:
        graded = any(row.outcome.grades for row in rows)
        named = joined((self._cells.arm(arm), self._cells.grade(grade) if graded else ()), ", ")
        n = one_number(arm, rows) if len(_studies(rows)) == 1 else None
        return named if n is None else self._cells.fixed("arm_head", arm=named, n=n)

    def _grouped(self, rows: Sequence[Row], columns: Columns, more: Sequence[Sequence[Runs]]) -> list[Sequence[Runs]]:
        """A row for each outcome; where there are several studies, above the rows of each one that names it."""
        body: list[Sequence[Runs]] = []
        several = len(_studies(rows)) > 1
        before = None
        for row, said in zip(rows, more, strict=True):
            own = [one for one in rows if one.study.id == row.study.id]
            numbers = {arm: one_number(arm, own) for arm, _ in columns}
            if several and row.study.id != before:
                people = [self._cells.fixed("n_of", n=n) if (n := numbers[arm]) else () for arm, _ in columns]
                body.append([self._cells.study(row.study), *people, *([()] * len(said))])
            before = row.study.id
            told = [self._told(result_at(row, arm, grade), numbers[arm]) for arm, grade in columns]
            body.append([self._cells.label(row.outcome), *map(runs_of, told), *said])
        return body

    def _told(self, result: ResultView | None, n: int | None) -> str:
        """A result as a cell has it; `n` are the people that a head above it names."""
        context = self._context
        if result is None:
            return context.fixed("not_given")
        if result.measure == "proportion" and n is not None and result.percent is not None:
            percent = context.formatter.percent(result.percent)
            count = None if result.count is None else context.formatter.number(result.count)
            return percent if count is None else context.fixed("count_percent", count=count, percent=percent)
        said = result_text(result, context)
        counted = result.measure == "proportion" and result.count is not None
        return (
            said if n is not None or result.n is None or counted else context.fixed("result_n", result=said, n=result.n)
        )

    def _listed(self, row: Row, columns: Columns) -> Runs:
        """The results of a row one after the other, each with its arm and grade."""
        found: list[Runs] = []
        for arm, grade in columns:
            if (result := result_at(row, arm, grade)) is not None:
                graded = self._cells.grade(grade) if row.outcome.grades else ()
                named = joined((self._cells.arm(arm), graded), ", ")
                found.append(self._cells.fixed("arm_result", arm=named, result=self._told(result, None)))
        return joined(found, "; ") or self._cells.fixed("not_given")

    def _effects(self, row: Row) -> list[Runs]:
        """The effects of a row, with what they compare where there are several, and their p values."""
        cells, context, effects = self._cells, self._context, row.outcome.effects.values()
        several = len(effects) > 1 or len(row.outcome.arms) > 2
        said = [self._versus(one) if several else runs_of(effect_text(one, context)) for one in effects]
        p = [cells.fixed("not_given") if one.p is None else runs_of(context.formatter.text(one.p)) for one in effects]
        return [joined(each, "; ") or cells.fixed("not_given") for each in (said, p)]

    def _versus(self, effect: EffectView) -> Runs:
        cells = self._cells
        arms = cells.fixed("versus", first=cells.named(effect.of), second=cells.named(effect.to))
        return cells.fixed("arm_result", arm=arms, result=effect_text(effect, self._context))


def _studies(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.study.id for row in rows))
