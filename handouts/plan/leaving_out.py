"""Blocks and the name of a file in, the same blocks without what that file says out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from handouts.plan.blocks import Block, Box, Grid, Group, ListBlock, Table, texts, walk, words_of
from handouts.plan.text import Runs


def first_of(blocks: Sequence[Block], file: str) -> Runs:
    """The runs of the first text that `file` has words in."""
    return next((runs for block in walk(blocks) for runs in texts(block) if _says(runs, file)), ())


def without(blocks: Iterable[Block], file: str) -> tuple[Block, ...]:
    """The blocks without any text that `file` has words in, and without the containers that this leaves wordless."""
    kept: list[Block] = []
    for block in blocks:
        rest = _rest(block, file)
        if rest == block or (rest and words_of([rest])):
            kept.append(rest or block)
    return tuple(kept)


def _rest(block: Block, file: str) -> Block | None:
    match block:
        case Box() | Group():
            return replace(block, blocks=without(block.blocks, file))
        case Grid():
            columns = (replace(column, blocks=without(column.blocks, file)) for column in block.columns)
            return replace(block, columns=tuple(column for column in columns if column.blocks))
        case ListBlock():
            return replace(block, items=tuple(item for item in block.items if not _says(item.runs, file)))
        case Table():
            rows = (row for row in block.rows if not any(_says(cell.runs, file) for cell in row))
            return replace(block, rows=tuple(rows))
        case _:
            return None if any(_says(runs, file) for runs in texts(block)) else block


def _says(runs: Runs, file: str) -> bool:
    return any(run.origin and run.origin.file == file for run in runs)
