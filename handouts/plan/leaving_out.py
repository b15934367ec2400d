"""What may be left out of blocks: blocks in, the same without what one file says, or without what is optional, out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from handouts.plan.blocks import (
    Block,
    Box,
    FigureBlock,
    Grid,
    Group,
    ListBlock,
    Paragraph,
    Picture,
    Table,
    texts,
    walk,
    words_of,
)
from handouts.plan.text import Runs, first_origin, plain, squeezed
from handouts.problems import Origin, Problem


class LeftOut(Struct, frozen=True):
    """Words that a document goes without, since it has no room for them, and what to tell its author."""

    words: str
    problem: Problem


def first_of(blocks: Sequence[Block], file: str) -> Runs:
    """The runs of the first text that `file` has words in."""
    return next((runs for block in walk(blocks) for runs in texts(block) if _says(runs, file)), ())


def without(blocks: Iterable[Block], file: str) -> tuple[Block, ...]:
    """The blocks without any text that `file` has words in, and without the containers that this leaves wordless."""

    def rest(block: Block) -> Block | None:
        match block:
            case ListBlock():
                return replace(block, items=tuple(item for item in block.items if not _says(item.runs, file)))
            case Table():
                rows = (row for row in block.rows if not any(_says(cell.runs, file) for cell in row))
                return replace(block, rows=tuple(rows))
            case _:
                return None if any(_says(runs, file) for runs in texts(block)) else block

    return kept(blocks, rest)


def optional_in(blocks: Iterable[Block], always_said: Iterable[str] = ()) -> tuple[Paragraph, ...]:
    """The paragraphs that a card or a slide may go without, in reading order; none that says what is always said."""
    found = (block for block in walk(blocks) if isinstance(block, Paragraph) and block.optional)
    kept = tuple(always_said)
    return tuple(one for one in found if not any(says(plain(one.runs), words) for words in kept))


def says(text: str, words: str) -> bool:
    """Whether a text says these words, such as the review state, whatever its capitals and white space."""
    return squeezed(words).casefold() in squeezed(text).casefold()


def place_of(paragraph: Paragraph, blocks: Iterable[Block]) -> Origin | None:
    """Where words of a paragraph stand, or those nearest before it in the blocks that come from a user's file."""
    last: Origin | None = None
    for block in walk(blocks):
        for runs in texts(block):
            last = first_origin(runs) or last
        if block is paragraph:
            break
    return last


def without_paragraphs(blocks: Iterable[Block], left_out: Collection[Paragraph]) -> tuple[Block, ...]:
    """The blocks without these paragraphs, and without the containers that this leaves wordless."""
    return kept(blocks, lambda block: None if block in left_out else block)


def kept(
    blocks: Iterable[Block], rest: Callable[[Block], Block | None], *, pictures: bool = False
) -> tuple[Block, ...]:
    """What `rest` leaves of each block that holds no others, in the containers that still have words, or `pictures`."""
    found: list[Block] = []
    for block in blocks:
        left = _rest(block, rest, pictures=pictures)
        if left == block or (left and (words_of([left]) or (pictures and _is_drawn(left)))):
            found.append(left or block)
    return tuple(found)


def _is_drawn(block: Block) -> bool:
    return any(isinstance(one, FigureBlock | Picture) for one in walk([block]))


def _rest(block: Block, rest: Callable[[Block], Block | None], *, pictures: bool) -> Block | None:
    match block:
        case Box() | Group():
            return replace(block, blocks=kept(block.blocks, rest, pictures=pictures))
        case Grid():
            columns = (replace(one, blocks=kept(one.blocks, rest, pictures=pictures)) for one in block.columns)
            return replace(block, columns=tuple(column for column in columns if column.blocks))
        case _:
            return rest(block)


def _says(runs: Runs, file: str) -> bool:
    return any(run.origin and run.origin.file == file for run in runs)
