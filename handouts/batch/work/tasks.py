"""Rows as tasks: a table's rows in; each with what earlier runs made for it, or with what is wrong with its id, out.

An id names files. None may name those of another row, of another row's of an earlier batch, or of a build.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from handouts.batch.rows.names import ids_of, is_id, is_named, stems
from handouts.batch.rows.recipients import Ids
from handouts.batch.rows.table import Row, read_rows
from handouts.batch.work.journal import Journal
from handouts.batch.work.work import Order, Task
from handouts.build.request import chosen
from handouts.files.manifest import manifest_in, paths_in
from handouts.files.names import folded
from handouts.problems import Origin, Problem, ProblemsError, error


def tasks(order: Order, journal: Journal) -> Iterator[Task]:
    """The rows of an order's table in order. Raises ProblemsError for a table that cannot be read, or has none."""
    judge, any_row = _Judge(order), False
    for row in read_rows(order.recipients):
        any_row, known = True, journal.known(row.id)
        own = {name: entry for name, entry in known.items() if is_named(name, row.id)}
        problem = judge.fault(row, [name for name in known if name not in own]) if row.id and not row.problem else None
        problem = problem or row.problem
        # What an earlier run made is then that of the row which has the id rightly.
        yield Task(replace(row, problem=problem), {}) if problem else Task(row, own)
    if not any_row:
        origin = Origin(str(order.recipients))
        raise ProblemsError([error(origin, "ROW01", "has no row", "write a line for each recipient")])


class _Judge:
    """Judges the ids of a batch one after another."""

    def __init__(self, order: Order) -> None:
        self._table, self._out = str(order.recipients), order.request.out
        self._seen = Ids()
        built = [path for path in paths_in(manifest_in(self._out)) if (self._out / path).exists()]
        self._taken = ids_of(built, stems(order.request, chosen(order.request))) if built else {}

    def fault(self, row: Row, others: list[str]) -> Problem | None:
        """What is wrong with a row's id; `others` are documents of ids that some disk takes for the same."""
        if not is_id(row.id):
            # Told with all else that is wrong with the row. It takes no name from a row whose id folds to the same.
            return None
        if row.id in self._seen:
            message = f"the id '{row.id}' stands in an earlier row"
            instead = "give each row an id of its own; upper and lower case count as the same"
        elif self._taken and (file := self._taken.get(folded(row.id))):
            message = f"the id '{row.id}' would give its document the name of {file}, which a build made"
            instead = "write another id, or choose another --out"
        elif file := next((name for name in others if (self._out / name).exists()), ""):
            message = f"the id '{row.id}' is to some disks that of {file}, which an earlier batch made"
            instead = "spell it as there, take that file away, or choose another --out"
        else:
            self._seen.add(row.id)
            return None
        return error(Origin(self._table, row.line, 1), "ROW02", message, instead)
