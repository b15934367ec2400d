"""A plan's names and explained words, found in its sentences: which words are left out of the second measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from handouts.checks.reading.sentences import Section, Sentence
from handouts.checks.reading.words import Word, words_in
from handouts.plan.documents import ExplainedTerm, Glossary

Key = tuple[str, ...]


def keys_of(phrase: str) -> Key:
    """A name or term as a sequence of words, as sentences are compared with it."""
    return tuple(word.key for word in words_in(phrase))


class Explained(Struct, frozen=True):
    """A term, the sentence that uses it first, and whether that sentence's passage explains it, or a later one does.

    None for `first` where nothing uses the term; its own entry in a list of words counts as a use.
    """

    term: ExplainedTerm
    first: Sentence | None
    at_first_use: bool
    anywhere: bool


def explained(sections: Iterable[Section], glossary: Glossary) -> tuple[Explained, ...]:
    """For each term of the glossary, where it is used first and whether its meaning stands there or elsewhere.

    A passage (a paragraph, item or cell) explains a term when both the term and its meaning stand in it.
    """
    sentences = [(sentence, _keys(sentence)) for section in sections for sentence in section.sentences]
    passages = _passages(sentence for sentence, _ in sentences)
    with_word: dict[str, dict[int, None]] = {}
    for number, (_, words) in enumerate(sentences):
        for word in words:
            for key in _singulars(word):
                with_word.setdefault(key, {})[number] = None
    found: list[Explained] = []
    for term in glossary.terms:
        # Dashes, emoji and the like are no words, and would be found everywhere.
        keys, meanings = term_keys(term), [meaning for one in term.meanings if (meaning := keys_of(one))]
        # Only sentences with a term's first word can have it; those of a long list of terms are rare words.
        begun = sorted({number for key in keys for number in with_word.get(key[0], ())})
        uses = [sentence for sentence, words in map(sentences.__getitem__, begun) if _holds(words, keys)]
        where = [use for use in uses if _holds(passages[use.passage], meanings)]
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
    if not phrases:
        return tuple(words)
    by_first: dict[str, list[Key]] = {}
    for phrase in phrases:
        by_first.setdefault(phrase[0], []).append(phrase)
    keys = [word.key for word in words]
    kept: list[Word] = []
    at = 0
    while at < len(words):
        begun = [phrase for first in _singulars(keys[at]) for phrase in by_first.get(first, ())]
        size = max((len(phrase) for phrase in begun if _stands_at(keys, at, phrase)), default=0)
        if not size:
            kept.append(words[at])
        at += size or 1
    return tuple(kept)


def term_keys(term: ExplainedTerm) -> tuple[Key, ...]:
    """A term and its other forms as sequences of words."""
    return tuple(key for form in (term.term, *term.forms) if (key := keys_of(form)))


def _singulars(key: str) -> Iterator[str]:
    """A word as it stands, and without the ending of a plural or possessive."""
    yield key
    for ending in ("'s", "s"):
        if key.endswith(ending):
            yield key.removesuffix(ending)


def _stands_at(keys: Sequence[str], at: int, phrase: Key) -> bool:
    """Whether a phrase stands among the words from `at` on, its last word perhaps in the plural."""
    last = at + len(phrase) - 1
    return last < len(keys) and (*keys[at:last],) == phrase[:-1] and phrase[-1] in _singulars(keys[last])


def _holds(keys: Sequence[str], phrases: Iterable[Key]) -> bool:
    return any(_stands_at(keys, at, phrase) for phrase in phrases for at in range(len(keys) - len(phrase) + 1))


def _passages(sentences: Iterable[Sentence]) -> dict[int, list[str]]:
    """The words of each paragraph, item or cell, by its number."""
    found: dict[int, list[str]] = {}
    for sentence in sentences:
        found.setdefault(sentence.passage, []).extend(_keys(sentence))
    return found


def _keys(sentence: Sentence) -> list[str]:
    return [word.key for word in sentence.words]
