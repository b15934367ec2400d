"""Topic + `handout.html.j2` → the plan of a patient handout."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.compose.blocks import read_blocks
from handouts.compose.context import Context, Edition
from handouts.compose.tree import composed
from handouts.plan.documents import Footer, Handout
from handouts.problems import Origin, ProblemsError, error

TEMPLATE = "handout.html.j2"


def compose_handout(edition: Edition, templates: Mapping[str, str]) -> Handout:
    """The plan of the handout. Raises ProblemsError for mistakes of words or template."""
    context = Context(edition)
    root, makers = composed(TEMPLATE, context, templates, patient=True)
    title = str(context.words["handout"]["title"])
    source = context.fixed("main_source", source=context.cite_short(edition.topic.main_source))
    footer = Footer(f"{source} {context.review_words()}.", context.fixed("page", page="{page}", pages="{pages}"))
    meta = context.meta(title, context.fixed("handout_subject", drug=edition.topic.drug.name))
    blocks = read_blocks(root, TEMPLATE, makers)
    if not blocks:
        empty = error(Origin(TEMPLATE), "TEMPLATE05", "makes an empty handout", "put the sections of the handout in it")
        raise ProblemsError([empty])
    return Handout(meta, blocks, footer)
