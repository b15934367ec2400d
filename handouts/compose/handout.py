"""Topic + `handout.html.j2` → the plan of a patient handout."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.compose.blocks import read_blocks
from handouts.compose.context import Context, name_of_subject
from handouts.compose.edition import Edition
from handouts.compose.tree import composed
from handouts.model.subject import PROPER_NAMED
from handouts.model.topic import Topic
from handouts.model.words import Words
from handouts.plan.documents import ExplainedTerm, Footer, Glossary, Handout
from handouts.problems import Origin, ProblemsError, error


def compose_handout(edition: Edition, templates: Mapping[str, str]) -> Handout:
    """The plan of the handout. Raises ProblemsError for mistakes of words or template."""
    context = Context(edition, "handout")
    root, makers = composed(Handout.template, context, templates)
    title = str(context.words["handout"]["title"])
    until = context.newest_source()
    source = (
        context.fixed("sources_between", source=context.main_source(), until=until)
        if until
        else context.fixed("main_source", source=context.main_source())
    )
    page = context.fixed("page", page="{page}", pages="{pages}")
    named = edition.topic_document.key_origin(("sources", edition.topic.main_source))
    footer = Footer(f"{source} {context.review_words()}.", page, named)
    meta = context.meta(title, context.fixed("handout_subject", subject=name_of_subject(edition.topic, edition.words)))
    blocks = read_blocks(root, Handout.template, makers)
    if not blocks:
        empty = error(
            Origin(Handout.template), "TEMPLATE05", "makes an empty handout", "put the sections of the handout in it"
        )
        raise ProblemsError([empty])
    return Handout(meta, blocks, footer, _glossary(context), context.to_tell())


def _glossary(context: Context) -> Glossary:
    terms = tuple(
        ExplainedTerm(
            str(one["term"]),
            tuple(str(one[key]) for key in ("in_text", "meaning") if one[key]),
            bool(one["in_text"]),
            tuple(map(str, one["forms"])),
            one["term"].origin,
        )
        for one in context.words["terms"]
    )
    return Glossary(names_of_drugs(context.edition.topic, context.edition.words), terms)


def names_of_drugs(topic: Topic, words: Words) -> tuple[str, ...]:
    """Every name of every medicine in a topic, each once."""
    subject, found = topic.subject, list[str | None]()
    if subject.kind in PROPER_NAMED:
        found += [name_of_subject(topic, words), subject.name, subject.code_name, subject.brand]
    found += [name for other in topic.other_drugs for name in (other.name, other.brand)]
    return tuple(dict.fromkeys(name for name in found if name))
