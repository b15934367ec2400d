"""Topic + `deck.html.j2` → the plan of a clinician deck: each `<section data-layout>` is a slide."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from handouts.compose.blocks import BlockReader, Makers
from handouts.compose.bounds import MOST_SLIDES
from handouts.compose.context import Context
from handouts.compose.edition import Edition
from handouts.compose.html import Element
from handouts.compose.tree import composed
from handouts.plan.blocks import Block, FigureBlock, Table, walk
from handouts.plan.documents import Deck, Slide
from handouts.plan.text import Run, Runs, plain
from handouts.problems import Origin, ProblemsError, error

TITLES = ("h1", "h2")


def compose_deck(edition: Edition, templates: Mapping[str, str]) -> Deck:
    """The plan of the deck. Raises ProblemsError for mistakes of words or template."""
    context = Context(edition, "deck")
    root, makers = composed(Deck.template, context, templates)
    reader = BlockReader(Deck.template, makers)
    sections = _sections(root, reader)
    if len(sections) > MOST_SLIDES:
        message = f"there are {len(sections):,} slides; the most is {MOST_SLIDES}"
        raise ProblemsError([error(Origin(Deck.template), "TEMPLATE06", message, "print fewer")])
    slides = tuple(_explained(_slide(element, reader, makers), context) for element in sections)
    if reader.problems:
        raise ProblemsError(reader.problems)
    meta = context.meta(str(context.words["deck"]["title"]), str(context.words["deck"]["subtitle"]))
    source = context.main_source()
    until = context.newest_source()
    age = (
        context.fixed("deck_sources", source=source, until=until)
        if until
        else context.fixed("main_source", source=source)
    )
    state = f"{context.review_words()}."
    return Deck(meta, slides, f"{age} {state}", state, context.to_tell())


def _explained(slide: Slide, context: Context) -> Slide:
    """A slide whose foot says what the mark of what is not recorded means, where a table or chart has it."""
    dash = context.fixed("not_given")
    shown = [block for blocks in slide.slots.values() for block in walk(blocks)]
    cells = [plain(cell.runs) for one in shown if isinstance(one, Table) for row in one.rows for cell in row]
    cells += [text for one in shown if isinstance(one, FigureBlock) for row in one.figure.data for text in row]
    if dash not in cells:
        return slide
    between = (Run(". ") if not plain(slide.source).endswith(".") else Run(" "),) if slide.source else ()
    return replace(slide, source=(*slide.source, *between, Run(context.fixed("dash"))))


def _sections(root: Element, reader: BlockReader) -> list[Element]:
    slides: list[Element] = []
    for child in root.children:
        if isinstance(child, Element) and child.tag == "section" and child.get("data-layout"):
            slides.append(child)
        elif isinstance(child, Element):
            reader.wrong(child, f"<{child.tag}> stands outside a slide", 'put it in <section data-layout="…">')
        elif child.strip():
            reader.wrong(root, f"'{child.strip()[:40]}' stands outside a slide", 'put it in <section data-layout="…">')
    return slides


def _slide(element: Element, reader: BlockReader, makers: Makers) -> Slide:
    title: Runs = ()
    source: Runs = ()
    notes: tuple[Block, ...] = ()
    slots: dict[str, tuple[Block, ...]] = {}
    for child in element.elements():
        if child.tag in TITLES and not title:
            title = reader.runs(child)
        elif child.tag == "p" and "source" in child.classes():
            source = reader.runs(child)
        elif child.tag == "aside" and "notes" in child.classes():
            notes = reader.blocks(child)
        elif child.tag == "section" and child.get("data-slot") and not child.classes():
            slots[child.get("data-slot")] = slots.get(child.get("data-slot"), ()) + reader.blocks(child)
        else:
            block = reader.block(child)
            if block is not None:
                slot = child.get("data-slot", "body")
                slots[slot] = (*slots.get(slot, ()), block)
    if not title:
        reader.wrong(element, "a slide has no title", "give it an <h2>")
    return Slide(element.get("data-layout"), title, slots, notes, source, element.get("data-section"))
