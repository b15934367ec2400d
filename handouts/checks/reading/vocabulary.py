"""A plan's names and explained words, found in its sentences: which words are left out of the second measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handouts.checks.reading.sentences import Section, Sentence
from handouts.checks.reading.words import Word, words_in
from handouts.plan.documents import Glossary, Term

Key = tuple[str, ...]


def keys_of(phrase: str) -> Key:
    """A name or term as a sequence of words, as sentences are compared with it."""
    return tuple(word.key for word in words_in(phrase))


@dataclass(frozen=True, slots=True)
class Explained:
    """A term, the sentence that uses it first, and whether that sentence's passage explains it, or a later one does.

    None for `first` where nothing uses the term; its own entry in a list of words counts as a use.
    """

    term: Term
    first: Sentence | None
    at_first_use: bool
    anywhere: bool


def explained(sections: Iterable[Section], glossary: Glossary) -> tuple[Explained, ...]:
    """For each term of the glossary, where it is used first and whether its meaning stands there or elsewhere.

    A passage (a paragraph, item or cell) explains a term when both the term and its meaning stand in it.
    """
    sentences = [sentence for section in sections for sentence in section.sentences]
    found: list[Explained] = []
    for term in glossary.terms:
        keys, meanings = term_keys(term), tuple(map(keys_of, term.meanings))
        uses = [sentence for sentence in sentences if _holds(sentence.words, keys)]
        where = [use for use in uses if _holds(_passage(sentences, use), meanings)]
        first = uses[0] if uses else None
        at_first = bool(first and where and where[0].passage == first.passage)
        found.append(Explained(term, first, at_first, bool(where)))
    return tuple(found)


def left_out(sections: Iterable[Section], glossary: Glossary) -> frozenset[Key]:
    """Names of medicines, and the terms that the document does explain, as sequences of words."""
    terms = [key for one in explained(sections, glossary) if one.anywhere for key in term_keys(one.term)]
    return frozenset(key for key in (*map(keys_of, glossary.names), *terms) if key)


def without(words: Sequence[Word], phrases: frozenset[Key]) -> tuple[Word, ...]:
    """The words that belong to none of the phrases; the longest phrase wins, plurals and possessives count as it."""
    longest = max(map(len, phrases), default=0)
    kept: list[Word] = []
    at = 0
    while at < len(words):
        sizes = range(min(longest, len(words) - at), 0, -1)
        size = next((n for n in sizes if _is_phrase(words[at : at + n], phrases)), 0)
        if not size:
            kept.append(words[at])
        at += size or 1
    return tuple(kept)


def term_keys(term: Term) -> tuple[Key, ...]:
    """A term and its other forms as sequences of words."""
    return tuple(key for form in (term.term, *term.forms) if (key := keys_of(form)))


def _is_phrase(words: Sequence[Word], phrases: frozenset[Key]) -> bool:
    return any(key in phrases for key in _readings(tuple(word.key for word in words)))


def _readings(key: Key) -> Iterator[Key]:
    """A sequence of words as it stands, and with its last word in the singular."""
    yield key
    for ending in ("'s", "s"):
        if key[-1].endswith(ending):
            yield (*key[:-1], key[-1].removesuffix(ending))


def _holds(words: Sequence[Word], keys: Iterable[Key]) -> bool:
    return any(_at(words, key) for key in keys)


def _at(words: Sequence[Word], key: Key) -> bool:
    spans = (words[at : at + len(key)] for at in range(len(words) - len(key) + 1))
    return any(key in _readings(tuple(word.key for word in span)) for span in spans)


def _passage(sentences: Sequence[Sentence], one: Sentence) -> tuple[Word, ...]:
    """The words of the paragraph, item or cell that a sentence stands in."""
    return tuple(word for other in sentences if other.passage == one.passage for word in other.words)
