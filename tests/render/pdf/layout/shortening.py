"""Plans to be too long, and what an author does then: cuts words, from the end backwards."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st
from msgspec.structs import replace
from pdf_samples import drawing, runs

from handouts.plan.blocks import Block, Box, Cell, FigureBlock, Heading, Item, ListBlock, Paragraph, Table, words_of
from handouts.plan.text import Runs, plain

_WORDS = ("Ixazomib", "slows", "how", "myeloma", "cells", "recycle", "their", "proteins,", "and", "so", "they", "die.")


def _words(count: int) -> str:
    return " ".join(_WORDS[n % len(_WORDS)] for n in range(count))


def _text(most: int) -> st.SearchStrategy[Runs]:
    return st.builds(lambda count, line: runs(_words(count), line), st.integers(2, most), st.integers(1, 10_000))


def prose(*, figures: bool = False) -> st.SearchStrategy[Block]:
    """A paragraph, list, table, box or heading of some words, or a figure."""
    pair = st.tuples(_text(4).map(lambda r: Cell(r, "row")), _text(30).map(Cell))
    kinds: list[st.SearchStrategy[Block]] = [
        st.builds(Paragraph, _text(90)),
        st.builds(Paragraph, _text(90)),
        st.builds(ListBlock, st.lists(_text(35).map(Item), min_size=1, max_size=6).map(tuple)),
        st.lists(pair, min_size=1, max_size=5).map(
            lambda rows: Table((Cell(runs("One")), Cell(runs("Two"))), tuple(rows), (1, 2))
        ),
        st.builds(
            Box, st.just("changed"), st.lists(st.builds(Paragraph, _text(50)), min_size=1, max_size=2).map(tuple)
        ),
        st.builds(Heading, st.just(2), _text(6)),
    ]
    if figures:
        kinds.append(st.just(FigureBlock(drawing(), runs("What it shows."))))
    return st.one_of(kinds)


def sized(least: int, most: int, *, figures: bool = False) -> st.SearchStrategy[tuple[Block, ...]]:
    """Blocks of about `least` to `most` words."""
    some = st.lists(prose(figures=figures), min_size=12, max_size=12)

    def filled(size: int, blocks: list[Block]) -> tuple[Block, ...]:
        made: list[Block] = []
        while len(words_of(made).split()) < size:
            made.append(blocks[len(made) % len(blocks)])
        return _numbered(made)

    return st.builds(filled, st.integers(least, most), some)


def _numbered(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, their words each from a line of its own."""
    lines = iter(range(1, 100_000))

    def at(text: Runs) -> Runs:
        line = next(lines)
        return tuple(replace(run, origin=replace(run.origin, line=line)) for run in text if run.origin)

    return tuple(_map(block, at) for block in blocks)


def _map(block: Block, change):  # type: ignore[no-untyped-def]
    match block:
        case Paragraph() | Heading():
            return replace(block, runs=change(block.runs))
        case ListBlock():
            return replace(block, items=tuple(replace(item, runs=change(item.runs)) for item in block.items))
        case Table():
            rows = (block.head, *block.rows)
            head, *body = (tuple(replace(cell, runs=change(cell.runs)) for cell in row) for row in rows)
            return replace(block, head=head, rows=tuple(body))
        case Box():
            return replace(block, blocks=tuple(_map(inner, change) for inner in block.blocks))
        case FigureBlock():
            return replace(block, caption=change(block.caption))
        case _:
            raise TypeError(block)


def cut(blocks: Sequence[Block], count: int) -> tuple[Block, ...]:
    """The blocks with `count` words cut from their end; figures stay, headings go when nothing is left below them."""
    left = sum(_size(block) for block in blocks) - count
    kept: list[Block] = []
    for block in blocks:
        short = block if _size(block) <= left else _shortened(block, left)
        left = max(0, left - _size(block))
        if isinstance(block, FigureBlock) or words_of([short]):
            kept.append(short)
    pairs = zip(kept, [*kept[1:], None], strict=True)
    return tuple(
        block for block, after in pairs if not isinstance(block, Heading) or not isinstance(after, Heading | None)
    )


def _size(block: Block) -> int:
    return 0 if isinstance(block, FigureBlock) else len(words_of([block]).split())


def _shortened(block: Block, left: int) -> Block:
    """The block with its first `left` words."""

    def shorter(text: Runs) -> Runs:
        nonlocal left
        words = plain(text).split()[: max(0, left)]
        left -= len(words)
        return (replace(text[0], text=" ".join(words)),) if words else ()

    short = _map(block, shorter)
    match short:
        case ListBlock():
            return replace(short, items=tuple(item for item in short.items if item.runs))
        case Table():
            # A row without words is no row, a table without rows no table.
            rows = tuple(row for row in short.rows if row[1].runs)
            return replace(short, rows=rows) if rows else Paragraph(())
        case Box():
            return replace(short, blocks=tuple(inner for inner in short.blocks if words_of([inner])))
        case _:
            return short
