"""What patients read of a document: its sentences with their paragraphs, and where words stand in a user's file."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.reading.sentences import Section, Sentence
from handouts.checks.rule import OfPlan
from handouts.model.words import NameWords
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


def name_for_patients(subject: OfPlan, key: str) -> str | None:
    """What the language file's `names` call an outcome, a harm or an arm for patients; None where it does not."""
    name = subject.words.value.names.get(key)
    return name.patient if isinstance(name, NameWords) else name
