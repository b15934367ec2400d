"""Rules on what sections of evidence show to whom: no ratios to patients, and no benefits without harms.

In: a topic. Out: sections to show otherwise. What a figure cannot draw is told when a document is composed (SHOW01).
"""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.rule import Found, OfTopic, rule
from handouts.model.section import DocumentName, Section
from handouts.model.topic import Topic

_OF_EFFECTS = ("forest", "outcomes_table")
"""Figures and tables that print ratios and differences with their intervals."""
_HARMS = ("side_effects", "risks")
"""Common sections that tell of harms in words."""


@rule(
    "SHOW02",
    OfTopic,
    "error",
    why="Patients take a ratio for a chance: of 'HR 0.74' nobody can tell how many people it helps.",
    source="IPDAS 2021; CDC Clear Communication Index, item 17",
)
def effects_shown_to_patients(subject: OfTopic) -> Iterator[Found]:
    """A section shows patients effects such as hazard ratios: a forest plot or a table of outcomes in the handout."""
    topic = subject.topic.value
    for key, section in topic.sections.items():
        shown = section.shown_in("handout")
        if "handout" in topic.stands_in(section) and shown in _OF_EFFECTS:
            origin = subject.topic.document.origin(("sections", key, "show"))
            in_deck = section.shown_in("deck") if "deck" in topic.stands_in(section) else None
            # A box has room for results of any measure, which bars have not.
            instead = f"write show: {f'{{handout: facts_box, deck: {in_deck}}}' if in_deck else 'facts_box'}"
            article = "an" if shown.startswith("o") else "a"
            yield Found(origin, f"'{key}' shows patients {article} {shown}, which prints effects", instead)


@rule(
    "SHOW03",
    OfTopic,
    "warning",
    why="Who sees what a treatment can do without what it can harm cannot weigh the two.",
    source="CONSORT Harms 2022; AHRQ PEMAT-P, item 2",
)
def benefits_without_harms(subject: OfTopic) -> Iterator[Found]:
    """A document shows outcomes of studies and has no section on harms."""
    topic = subject.topic.value
    documents: tuple[DocumentName, ...] = ("handout", "deck")
    for document in documents:
        here = {key: one for key, one in topic.sections.items() if document in topic.stands_in(one)}
        benefits = next((key for key, one in here.items() if _shows_benefits(topic, one)), None)
        if benefits is not None and not any(key in _HARMS or _shows_harms(topic, one) for key, one in here.items()):
            origin = subject.topic.document.key_origin(("sections", benefits))
            instead = "add a section with harms:, or side_effects with what is known in words"
            yield Found(origin, f"the {document} shows outcomes in '{benefits}' and nowhere harms", instead)


def _shows_benefits(topic: Topic, section: Section) -> bool:
    of_studies = section.kind == "evidence" and bool(section.named_studies()) and "trial_map" not in section.shows()
    return of_studies and not _shows_harms(topic, section)


def _shows_harms(topic: Topic, section: Section) -> bool:
    if section.harms or not {"dumbbell", "harms_table"}.isdisjoint(section.shows()):
        return True
    named = section.outcomes if section.outcomes != "all" else ()
    known = {one for key in section.named_studies() for one in topic.studies[key].harms}
    return any(one in known for one in named)
