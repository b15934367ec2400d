"""All that a document prints and says, text by text, and where its words stand in a language file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handouts.checks.rule import OfPlan
from handouts.model.document import KeyPath
from handouts.model.leaves import leaves
from handouts.plan.blocks import Block, FigureBlock, Picture, texts_of, walk
from handouts.plan.documents import Card, Deck, Handout, Plan
from handouts.plan.text import Run, Runs
from handouts.problems import Origin, encodable


def printed(plan: Plan) -> Iterator[Runs]:
    """Every text of a document: what is seen, what is said of pictures, and notes."""
    match plan:
        case Handout():
            yield from _of(plan.blocks)
        case Card():
            yield from _of((*plan.front, *plan.back))
        case Deck():
            for slide in plan.slides:
                yield from (slide.title, slide.source)
                yield from _of((*slide.blocks(), *slide.notes))


def _of(blocks: Iterable[Block]) -> Iterator[Runs]:
    blocks = tuple(blocks)
    yield from texts_of(blocks)
    for block in walk(blocks):
        if isinstance(block, FigureBlock):
            yield (next((run for run in block.said if run.text == block.figure.alt), Run(block.figure.alt)),)
            yield from ((run,) for run in block.said)
        elif isinstance(block, Picture):
            yield (Run(block.alt),)


def run_at(runs: Runs, at: int) -> Run:
    """The run of a text in which its character `at` stands."""
    ends = 0
    for run in runs:
        ends += len(run.text)
        if at < ends:
            return run
    return runs[-1]


def words_at(subject: OfPlan, origin: Origin | None) -> tuple[KeyPath, str] | None:
    """The text of the language file that begins at a place, with the keys that lead to it; None where none does."""
    document = subject.words.document
    for path, text in leaves(subject.words.value, skip=("language",)) if origin else ():
        place = document.origin(path)
        if isinstance(text, str) and Origin(encodable(place.file), place.line, place.column) == origin:
            return path, text
    return None
