"""Rules on completeness: a document tells each statement that it is to tell, and no words reach nobody.

In: one composed document, or all of a language together. Out: statements that are not told, words that stand in none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from handouts.checks.rule import Found, OfDocuments, OfPlan, rule
from handouts.model.document import KeyPath, spell
from handouts.model.leaves import leaves
from handouts.plan.blocks import Block, FigureBlock, Table, drawn_words, statements_of, walk
from handouts.plan.documents import Card, Deck, Handout, Plan, Telling
from handouts.plan.text import Runs, squeezed
from handouts.problems import Origin, encodable

_NUMBER = re.compile(r"(?<![\w.,])[0-9]+(?:[.,][0-9]+)*(?!\w)")
"""A number that is no part of a name, such as that of a trial."""


@rule(
    "TOLD01",
    OfPlan,
    "warning",
    why="A statement that a template forgets is read by nobody, though its topic says that it is told.",
    source="a rule of this program",
)
def untold_statement(subject: OfPlan) -> Iterator[Found]:
    """A statement's words do not stand whole on a page or slide, nor does a table or figure marked with it print all
    their numbers.
    """
    document, where = ("handout", "page") if isinstance(subject.plan, Handout) else ("deck", "slide")
    for telling in _untold(subject.plan):
        section = subject.topic.value.statements[telling.statement].section
        origin = subject.topic.document.key_origin(("statements", telling.statement))
        instead = f"give it a section that the template prints on a {where}, or change the template"
        yield Found(origin, f"the {document} does not tell {telling.statement} ({section})", instead)


def _untold(plan: Plan) -> Iterator[Telling]:
    """The statements that a document is to tell and does not; a card is to tell none."""
    if isinstance(plan, Card):
        return
    said, drawn = _said(plan.texts()), _drawn(_blocks(plan))
    for telling in plan.to_tell:
        if telling.words not in said.get(telling.origin, "") and not _is_drawn(telling, drawn[telling.statement]):
            yield telling


def _said(texts: Iterable[Runs]) -> dict[Origin, str]:
    """What is seen of each text of a user's file, by where that stands; a line for each time that it is printed."""
    said: dict[Origin, str] = {}
    for runs in texts:
        here: dict[Origin, str] = {}
        for run in runs:
            if run.origin:
                here[run.origin] = here.get(run.origin, "") + run.text
        for origin, words in here.items():
            said[origin] = f"{said.get(origin, '')}\n{squeezed(words)}"
    return said


def _blocks(plan: Handout | Deck) -> Iterator[Block]:
    if isinstance(plan, Handout):
        yield from plan.blocks
    else:
        for slide in plan.slides:
            yield from slide.blocks()


def _drawn(blocks: Iterable[Block]) -> defaultdict[str, list[frozenset[str]]]:
    """For each statement that tables and figures are marked with: the numbers that each of those prints."""
    drawn: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for block in walk(blocks):
        if isinstance(block, Table | FigureBlock) and (marked := statements_of([block])):
            numbers = frozenset(_NUMBER.findall(drawn_words(block)))
            for statement in marked:
                drawn[statement].append(numbers)
    return drawn


def _is_drawn(telling: Telling, drawn: Iterable[frozenset[str]]) -> bool:
    """Whether one of these prints every number of a statement; one without numbers is words alone."""
    numbers = frozenset(_NUMBER.findall(telling.words))
    return bool(numbers) and any(numbers <= there for there in drawn)


@rule(
    "WORDS02",
    OfDocuments,
    "warning",
    why="Who writes words believes that somebody reads them.",
    source="a rule of this program",
)
def words_for_nobody(subject: OfDocuments) -> Iterator[Found]:
    """A text of a language file stands in none of the topic's documents: not in words, drawings, alt texts or notes.

    The words of statements that TOLD01 finds untold are left to it.
    """
    document, file = subject.words.document, encodable(subject.words.document.file)
    reached = {origin for plan in subject.plans for origin in plan.origins()}
    reached.update(telling.origin for plan in subject.plans for telling in _untold(plan))
    for path, text in leaves(subject.words.value, skip=("language",)):
        if not isinstance(text, str) or _is_checked(path):
            continue
        origin = document.origin(path)
        if replace(origin, file=file) not in reached:
            yield Found(origin, f"{spell(path)} stands in no document", "delete it, or give it a place in a template")


def _is_checked(path: KeyPath) -> bool:
    """Whether a text is there to be compared with others: a term, its forms, and how the text explains it."""
    return path[0] == "terms" and "meaning" not in path
