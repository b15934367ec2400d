"""Facts box: outcomes and harms of studies in, a table for patients out, after the Drug Facts Box and the Harding box.

One row an outcome, one column an arm, people of all rows out of one number; beside two arms that are counted, the
difference. Numbers are of each group alone: effects and p values stand in no handout.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from handouts.compose.asked import Asked, Row, arms_of, one_number, result_at, rows_of, share_of_result, whole_of
from handouts.compose.cells import Cells, runs_of, table
from handouts.compose.context import Context
from handouts.compose.result_words import result_text
from handouts.compose.results import ResultView
from handouts.compose.share import Share
from handouts.compose.showing import is_told_in, refuse
from handouts.plan.blocks import Table
from handouts.plan.text import Runs


class FactsBox:
    """Makes the facts boxes of one document."""

    def __init__(self, context: Context, *, patient: bool) -> None:
        self._context, self._cells = context, Cells(context, patient=patient)

    def table(self, asked: Asked) -> Table | None:
        """The facts box of what is asked for; None where there is nothing. Raises ValueError for too many arms."""
        rows = rows_of("facts_box", asked)
        if not rows:
            return None
        refuse("facts_box", rows, asked.whole)
        arms, whole, cells = arms_of(rows), whole_of(rows, asked.whole), self._cells
        several = len({row.study.id for row in rows}) > 1
        graded = [(row, grade) for row in rows for grade in _grades(row)]
        differences = [_difference(row, grade, arms) for row, grade in graded]
        compared = any(one is not None for one in differences)
        counted = any(row.outcome.outcome.measure == "proportion" for row in rows)
        first = cells.fixed("facts_box_people", whole=self._number(whole)) if counted else cells.fixed("facts_box_head")
        head = [first, *(cells.arm(arm) if several else self._arm(arm, rows) for arm in arms)]
        if compared:
            head.append(cells.fixed("difference_with", arm=cells.arm(arms[0])))
        body: list[Sequence[Runs]] = []
        before = None
        for (row, grade), difference in zip(graded, differences, strict=True):
            if several and row.study.id != before:
                people = [self._people(arm, [one for one in rows if one.study.id == row.study.id]) for arm in arms]
                body.append([cells.study(row.study), *people, *([()] if compared else [])])
            before = row.study.id
            told = [self._told(result_at(row, arm, grade), whole) for arm in arms]
            body.append(
                [cells.explained(row.outcome, grade), *told, *([self._apart(difference, whole)] if compared else [])]
            )
        summary = self._context.fixed("facts_box_summary")
        return table(head, body, summary=summary, measure=self._context.edition.measure)

    def _arm(self, arm: str | None, rows: Sequence[Row]) -> Runs:
        """An arm with the number of its people, where all rows are of the same."""
        n = one_number(arm, rows)
        named = self._cells.arm(arm)
        return named if n is None else self._cells.fixed("arm_people", arm=named, count=n)

    def _people(self, arm: str | None, rows: Sequence[Row]) -> Runs:
        n = one_number(arm, rows)
        return () if n is None else self._cells.fixed("people", count=n)

    def _told(self, result: ResultView | None, whole: int) -> Runs:
        """What an arm had, in words that need no other cell: people in so many, or a number with its unit."""
        context = self._context
        if result is None:
            return self._cells.fixed("not_stated")
        if result.measure != "proportion":
            return runs_of(result_text(result, context))
        if result.count == 0 and result.n is not None:
            return runs_of(context.formatter.formats.none)
        share = share_of_result(result)
        if result.percent is not None and is_told_in(share, whole):
            return runs_of(context.rate(share, whole))
        if result.percent is not None:
            return runs_of(context.formatter.percent(result.percent))
        if result.count is None:
            return self._cells.fixed("not_stated")
        return self._cells.fixed("of_not_stated", count=result.count)

    def _apart(self, difference: Fraction | None, whole: int) -> Runs:
        """How many more or fewer people of so many the first arm had than the second; none and all as of a rate."""
        cells = self._cells
        if difference is None:
            return cells.fixed("not_given")
        if difference == 0:
            return cells.fixed("no_difference")
        apart = Share(abs(difference.numerator), difference.denominator, None)
        if apart.per(whole).said == "fewer than":
            return runs_of(self._context.rate(apart, whole))
        name = "more_of" if difference > 0 else "fewer_of"
        return cells.fixed(name, count=self._context.people(apart, whole), whole=self._number(whole))

    def _number(self, whole: int) -> str:
        return self._context.formatter.number(whole, thousands_from=1000)


def _grades(row: Row) -> tuple[str | None, ...]:
    """The grades of which an outcome has results, all of them together first."""
    return (*((None,) if row.by_arm or not row.outcome.grades else ()), *row.outcome.grades)


def _difference(row: Row, grade: str | None, arms: Sequence[str | None]) -> Fraction | None:
    """The share of the first arm less that of the second; None where there are not two, both counted."""
    if len(arms) != 2:
        return None
    first, second = (result_at(row, arm, grade) for arm in arms)
    if first is None or second is None:
        return None
    one, other = share_of_result(first).counted, share_of_result(second).counted
    return None if one is None or other is None else one - other
