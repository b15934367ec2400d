"""What patients read of a document: its sentences with their paragraphs, and where words stand in a user's file."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.reading.sentences import Section, Sentence
from handouts.checks.rule import OfPlan
from handouts.problems import Origin


def passages(subject: OfPlan) -> Iterator[tuple[Section, Sentence, str]]:
    """Every sentence with its section and the text of its paragraph, item or cell."""
    for section in subject.sections:
        parts: dict[int, list[str]] = {}
        for sentence in section.sentences:
            parts.setdefault(sentence.passage, [""]).append(sentence.text)
        texts = {passage: " ".join(of_it) for passage, of_it in parts.items()}
        for sentence in section.sentences:
            yield section, sentence, texts[sentence.passage]


def origin_at(subject: OfPlan, sentence: Sentence, offset: int) -> Origin:
    """Where the character at `offset` of a sentence stands, or the language file for words of the program."""
    return sentence.origin_at(offset) or Origin(subject.words.document.file)
