"""What patients read of a document: the sections of a handout or card, and where its words stand in a user's file."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.reading.sentences import Section, Sentence, sections_of
from handouts.checks.rule import OfPlan
from handouts.plan.documents import Card, Handout
from handouts.problems import Origin


def patient_sections(subject: OfPlan) -> tuple[Section, ...]:
    """The sections of a handout, or of a card's two faces; none of a deck, which clinicians read."""
    match subject.plan:
        case Handout():
            blocks = subject.plan.blocks
        case Card():
            blocks = (*subject.plan.front, *subject.plan.back)
        case _:
            return ()
    return sections_of(blocks, subject.lexicon.abbreviations)


def passages(subject: OfPlan) -> Iterator[tuple[Section, Sentence, str]]:
    """Every sentence with its section and the text of its paragraph, item or cell."""
    for section in patient_sections(subject):
        for sentence in section.sentences:
            passage = " ".join(one.text for one in section.sentences if one.passage == sentence.passage)
            yield section, sentence, passage


def origin_at(subject: OfPlan, sentence: Sentence, offset: int) -> Origin:
    """Where the character at `offset` of a sentence stands, or the language file for words of the program."""
    return sentence.origin_at(offset) or Origin(subject.words.document.file)
