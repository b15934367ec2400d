"""Topic + `card.html.j2` → the plan of a wallet card: one `<section data-side>` for the front, one for the back."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.compose.blocks import BlockReader
from handouts.compose.context import Context
from handouts.compose.edition import Edition
from handouts.compose.tree import composed
from handouts.plan.blocks import Block
from handouts.plan.documents import Card
from handouts.problems import ProblemsError

SIDES = ("front", "back")


def compose_card(edition: Edition, templates: Mapping[str, str]) -> Card:
    """The plan of the card. Raises ProblemsError for mistakes of words or template."""
    context = Context(edition, "card")
    root, makers = composed(Card.template, context, templates)
    reader = BlockReader(Card.template, makers)
    faces: dict[str, tuple[Block, ...]] = {}
    for child in root.elements():
        side = child.get("data-side")
        if child.tag != "section" or side not in SIDES or side in faces:
            reader.wrong(child, f"<{child.tag}> is not a face of the card", 'write one <section data-side="front"> and '
                         'one <section data-side="back">')  # fmt: skip
            continue
        faces[side] = reader.blocks(child)
    for side in SIDES:
        if side not in faces:
            reader.wrong(root, f"the card has no {side}", f'add <section data-side="{side}">')
    if reader.problems:
        raise ProblemsError(reader.problems)
    words = context.words["card"]
    title = f"{words['title']}: {words['lead']}" if words["lead"] else str(words["title"])
    meta = context.meta(title, context.fixed("card_subject"))
    return Card(meta, faces["front"], faces["back"], context.to_tell())
