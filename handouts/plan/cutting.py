"""What an author can cut: blocks in, the texts of users' files that can be shorter out, and blocks with less in them.

Words are cut from the end of a text, and from the last text backwards where several are cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from handouts.plan.blanks import field_of
from handouts.plan.blocks import Block, FigureBlock, Heading, ListBlock, Paragraph, Table, texts, walk
from handouts.plan.leaving_out import kept
from handouts.plan.text import Run, Runs, plain
from handouts.problems import Origin

_WORD = re.compile(r"\S+")


class Passage(Struct, frozen=True):
    """A text of a user's file as it is printed: where it stands, its words, and whether it can be left out whole."""

    origin: Origin
    words: tuple[str, ...]
    can_go: bool = True

    def __len__(self) -> int:
        return len(self.words)


def passages_in(blocks: Iterable[Block]) -> tuple[Passage, ...]:
    """The texts of users' files in these blocks, each once, in reading order. Numbers, such as those to call, are none:
    nobody can shorten them.
    """
    found: dict[Origin, Passage] = {}
    for block in walk(blocks):
        for runs, can_go in _texts(block):
            for origin, said in _by_origin(runs).items():
                words = tuple(plain(said).split())
                if any(map(str.isalpha, "".join(words))) and origin not in found:
                    found[origin] = Passage(origin, words, can_go)
    return tuple(found.values())


def shortened(blocks: Iterable[Block], cuts: Mapping[Origin, int]) -> tuple[Block, ...]:
    """The blocks with so many words cut from the end of each of these texts, wherever they stand; without what this
    leaves wordless.
    """
    return kept(blocks, lambda block: _shortened(block, cuts), pictures=True)


def backwards(passages: Sequence[Passage], count: int) -> dict[Origin, int]:
    """How many words to cut of each text, where `count` are cut from the last of those that can go backwards."""
    cuts: dict[Origin, int] = {}
    for passage in reversed(passages):
        if count <= 0:
            break
        if passage.can_go:
            cuts[passage.origin] = min(count, len(passage))
            count -= cuts[passage.origin]
    return cuts


def to_length(passages: Iterable[Passage], most: int) -> dict[Origin, int]:
    """How many words to cut of each text, so that none of those that can go has more than `most`."""
    return {one.origin: len(one) - most for one in passages if one.can_go and len(one) > most}


def without_block(blocks: Iterable[Block], left_out: Block) -> tuple[Block, ...]:
    """The blocks without this one, and without the containers that this leaves wordless."""
    return kept(blocks, lambda block: None if block is left_out else block, pictures=True)


def _texts(block: Block) -> Iterator[tuple[Runs, bool]]:
    """The texts of a block, and whether each can be left out: no heading, caption, or label of a line to write on."""
    match block:
        case Heading() | FigureBlock() | Paragraph(role="rule-line"):
            yield from ((runs, False) for runs in texts(block))
        case ListBlock():
            yield from ((item.runs, not item.write_lines) for item in block.items)
        case _:
            yield from ((runs, True) for runs in texts(block))


def _by_origin(runs: Runs) -> dict[Origin, list[Run]]:
    found: dict[Origin, list[Run]] = {}
    for run in runs:
        if run.origin and not run.dials and field_of(run) is None:
            found.setdefault(run.origin, []).append(run)
    return found


def _shortened(block: Block, cuts: Mapping[Origin, int]) -> Block | None:
    match block:
        case Heading() | Paragraph():
            runs = without_words(block.runs, cuts)
            return replace(block, runs=runs) if runs else None
        case ListBlock():
            items = [replace(item, runs=without_words(item.runs, cuts)) for item in block.items]
            return replace(block, items=tuple(item for item in items if item.runs or item.write_lines))
        case Table():
            head, *rows = (
                tuple(replace(cell, runs=without_words(cell.runs, cuts)) for cell in row)
                for row in (block.head, *block.rows)
            )
            return replace(block, head=head, rows=tuple(rows))
        case FigureBlock():
            return replace(block, caption=without_words(block.caption, cuts)) if block.caption else block
        case _:
            return block


def without_words(runs: Runs, cuts: Mapping[Origin, int]) -> Runs:
    """A text without the last so many words of each of these origins; () where nothing is left."""
    if not any(run.origin in cuts for run in runs):
        return runs
    left = {origin: cuts[origin] for origin in _by_origin(runs) if origin in cuts}
    rest: list[Run] = []
    for run in reversed(runs):
        count = left.get(run.origin, 0) if run.origin and not run.dials else 0
        if not count or run.origin is None:
            rest.append(run)
            continue
        words = run.text.split()
        left[run.origin] = max(0, count - len(words))
        if count < len(words):
            rest.append(run.saying(_without_last(run.text, count)))
    return tuple(reversed(rest)) if plain(rest).strip() else ()


def _without_last(text: str, count: int) -> str:
    """The text without its last words; spaces at its ends stay, for what stands beside it."""
    words = list(_WORD.finditer(text))
    return text[: words[-count].start()].rstrip() + text[words[-1].end() :]
