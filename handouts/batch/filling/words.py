"""What is looked for in a file: all words of its plan, those in which a recipient's own stand, and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from handouts.batch.readback.pdf import WrongDocumentError
from handouts.model.image import Image
from handouts.plan.blanks import filled, has_blank, plain_filled
from handouts.plan.blocks import Block, FigureBlock, Picture, texts, walk
from handouts.plan.documents import Card, Deck, Handout
from handouts.plan.text import Runs, plain, squeezed


def blocks_of(plan: Handout | Card | Deck) -> tuple[Block, ...]:
    """The blocks of a plan in reading order."""
    match plan:
        case Handout():
            return plan.blocks
        case Card():
            return (*plan.front, *plan.back)
        case Deck():
            return tuple(block for slide in plan.slides for block in slide.blocks())


def words(plan: Handout | Card | Deck, values: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """All words in reading order, a piece for each paragraph, item and cell; blanks filled with `values`."""
    found = (runs for block in walk(blocks_of(plan)) for runs in texts(block))
    return tuple(plain(filled(runs, values) if values else runs) for runs in found)


def blank_texts(plan: Handout | Card | Deck) -> tuple[Runs, ...]:
    """The texts with blanks."""
    found = [runs for block in walk(blocks_of(plan)) for runs in texts(block) if has_blank(runs)]
    if isinstance(plan, Deck):
        found += [slide.title for slide in plan.slides if has_blank(slide.title)]
    return tuple(found)


def own_words(found: Iterable[Runs], said: Mapping[str, str]) -> tuple[str, ...]:
    """Texts with their blanks filled with what a row says, white space squeezed.

    Raises WrongDocumentError where a text has a blank for what the row does not say.
    """
    try:
        return tuple([squeezed(plain_filled(runs, said)) for runs in found])
    except KeyError as missing:
        raise WrongDocumentError(f"it shows a {missing.args[0]}, which the row does not have") from None


def images(plan: Handout | Card | Deck) -> frozenset[bytes]:
    """The files of the topic's own images that a plan shows: not the recipient's logo."""
    figures = (block.figure.image for block in walk(blocks_of(plan)) if isinstance(block, FigureBlock))
    return frozenset(image.data for image in figures if image)


def pictures(plan: Handout | Card | Deck, image: Image | None) -> int:
    """How many pictures show this image."""
    return sum(isinstance(block, Picture) and block.image == image for block in walk(blocks_of(plan)))
