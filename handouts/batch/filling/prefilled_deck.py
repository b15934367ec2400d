"""A deck laid out once and filled often: a plan with blanks in; out, for each recipient, the parts with their words.

The slides that hold a blank are paginated and written anew by what paginates and writes them in any deck. All other
parts are made once. A deck whose own slides would change the rest is not made here: it has to be laid out as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from handouts.batch.filling.open_zip import OpenZip
from handouts.plan.blanks import BLANK_IMAGE, NotOpenError, Own, filled_blocks, has_blank
from handouts.plan.blocks import FigureBlock, Picture, texts, walk
from handouts.plan.documents import Deck, Slide
from handouts.plan.number_phrases import held_slide
from handouts.render.pptx.layout.broken import broken_words
from handouts.render.pptx.layout.covers import is_cramped
from handouts.render.pptx.layout.fit import fitted, rank, sized_templates
from handouts.render.pptx.layout.optional import fit_slide
from handouts.render.pptx.layout.paginate import SlidePage, SlidePages, paginated, title_problems
from handouts.render.pptx.template.template import Template, template_of
from handouts.render.pptx.write.presentation import members_of, written
from handouts.render.pptx.write.slides import SlideWriter
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile


class PrefilledDeck(Struct, frozen=True):
    """What is the same in all decks of one layout.

    `file` is the file around the members named in `left_open`. `writer` writes the slides with blanks; `numbers` are
    those of these slides.
    """

    file: OpenZip
    left_open: frozenset[str]
    writer: SlideWriter
    numbers: tuple[int, ...]


class FilledDeck(Struct, frozen=True):
    """One recipient's deck, and the prefilled one that it was made from."""

    prefilled: PrefilledDeck
    data: bytes


class PrefilledDecks:
    """Makes the decks of one plan with blanks.

    Raises NotOpenError for a plan of which no such deck can be made, ProblemsError for a template that is refused.
    """

    def __init__(self, deck: Deck, theme: Theme, file: TemplateFile) -> None:
        self._template = template_of(file, theme)
        self._open = frozenset(number for number, slide in enumerate(deck.slides) if _is_open(slide))
        slides = (slide if number in self._open else held_slide(slide) for number, slide in enumerate(deck.slides))
        self._deck = deck = replace(deck, slides=tuple(slides))
        static: list[Slide] = []
        for number, slide in enumerate(deck.slides):
            if number in self._open:
                _check_open(slide)
            else:
                _check_static(slide)
                static.append(slide)
        self._tries = [
            (sized, paginated(replace(deck, slides=tuple(static)), sized.layouts, sized.look))
            for sized in sized_templates(deck, self._template)
        ]
        """The template at each size of text, with the pages of the slides that are the same for all."""
        self._made: dict[object, PrefilledDeck] = {}

    def fill(self, own: Own, author: str) -> FilledDeck:
        """The deck of one recipient. Raises NotOpenError or ProblemsError where it has to be laid out as a whole."""
        slides = {number: _filled(self._deck.slides[number], own) for number in sorted(self._open)}
        meta = replace(self._deck.meta, author=author)
        deck = replace(self._deck, meta=meta, slides=tuple(slides.values()))
        chosen, found = self._pages(deck)
        pages = [page for made in found for page in made.pages]
        # A broken word is told by who lays the deck out as a whole.
        if any(broken_words(pages, self._tries[chosen][0].look)):
            raise NotOpenError
        media = (picture.image.media for slide in deck.slides for picture in _pictures(slide))
        # The numbers of all slides that follow depend on how many a slide is split into.
        key = (chosen, *(len(made.pages) for made in found), *media)
        if key not in self._made:
            whole = replace(deck, slides=tuple(slides.get(n, one) for n, one in enumerate(self._deck.slides)))
            self._made[key] = self._laid_out(whole, chosen, pages)
        prefilled = self._made[key]
        own_members = members_of(prefilled.writer, deck.meta, zip(pages, prefilled.numbers, strict=True))
        if own_members.keys() != prefilled.left_open:
            raise NotOpenError
        return FilledDeck(prefilled, prefilled.file.filled(own_members))

    def _pages(self, deck: Deck) -> tuple[int, list[SlidePages]]:
        """Which size of text is chosen for the deck with these slides, and the pages of each at it."""
        found: list[tuple[SlidePages, list[SlidePages]]] = []
        for sized, static in self._tries:
            own = [_paginated(deck, slide, sized) for slide in deck.slides]
            pages = (*static.pages, *(page for made in own for page in made.pages))
            problems = (*static.problems, *(problem for made in own for problem in made.problems))
            found.append((SlidePages(pages, (*problems, *title_problems(page.slide for page in pages))), own))
        chosen = min(range(len(found)), key=lambda index: rank(found[index][0]))
        every, own = found[chosen]
        sizes = tuple(sized for sized, _ in self._tries)
        scale = sizes[chosen].look.scale
        split = (
            slide
            for made, slide in zip(own, deck.slides, strict=True)
            if len(made.pages) > 1 or any(is_cramped(page.slide, page.bound, scale) for page in made.pages)
        )
        # What a slide gives up instead is told by who lays the deck out as a whole.
        if every.problems or any(fit_slide(deck, slide, 1, sizes)[1] for slide in split):
            raise NotOpenError
        return chosen, own

    def _laid_out(self, deck: Deck, chosen: int, pages: Sequence[SlidePage]) -> PrefilledDeck:
        """A whole deck with its own slides left open. Raises ProblemsError."""
        sized, _ = self._tries[chosen]
        fit = fitted(deck, self._template)
        numbers: list[int] = []
        count = 0
        for number, slide in enumerate(deck.slides):
            before, count = count, count + len(_paginated(deck, slide, sized).pages)
            if number in self._open:
                numbers += range(before + 1, count + 1)
        writer = SlideWriter(replace(fit, pages=()), deck.meta.language)
        own = members_of(writer, deck.meta, zip(pages, numbers, strict=True))
        return PrefilledDeck(OpenZip(written(deck.meta, fit), own), frozenset(own), writer, tuple(numbers))


def _paginated(deck: Deck, slide: Slide, sized: Template) -> SlidePages:
    """The pages of one slide of a deck."""
    return paginated(replace(deck, slides=(slide,)), sized.layouts, sized.look)


def _is_open(slide: Slide) -> bool:
    """Whether anything on a slide or in its notes is a recipient's."""
    blocks = (*slide.blocks(), *slide.notes)
    return (
        any(picture.image == BLANK_IMAGE for picture in _pictures(slide))
        or any(has_blank(runs) for runs in (slide.title, slide.source))
        or any(has_blank(runs) for block in walk(blocks) for runs in texts(block))
    )


def _check_open(slide: Slide) -> None:
    """Raises NotOpenError where a slide's blanks may change other slides, or stand where none are looked for.

    A title decides about the size of all titles; charts are numbered through the deck.
    """
    notes = (runs for block in walk(slide.notes) for runs in texts(block))
    if any(has_blank(runs) for runs in (slide.title, slide.source, *notes)):
        raise NotOpenError
    if any(isinstance(block, FigureBlock) for block in walk(slide.blocks())):
        raise NotOpenError


def _check_static(slide: Slide) -> None:
    """Raises NotOpenError for a picture: pictures are numbered through the deck, and equal ones stand in it once."""
    figures = (block.figure for block in walk(slide.blocks()) if isinstance(block, FigureBlock))
    if any(_pictures(slide)) or any(figure.image for figure in figures):
        raise NotOpenError


def _pictures(slide: Slide) -> Iterator[Picture]:
    return (block for block in walk(slide.blocks()) if isinstance(block, Picture))


def _filled(slide: Slide, own: Own) -> Slide:
    slots = {name: filled_blocks(blocks, own) for name, blocks in slide.slots.items()}
    return held_slide(replace(slide, slots=slots))
