"""Rules on the language of a file: its words are those of the language that it names.

In: a language file, and the commonest words of each language. Out: a file that is in another language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from handouts.checks.phrases import EXPRESSION
from handouts.checks.rule import Found, OfWords, rule
from handouts.model.leaves import leaves
from handouts.model.plain import PlainLanguage

_WORD = re.compile(r"[^\W\d_]+")
_SKIP = ("language", "sources", "names", "plurals")
"""What may be in another language, or is a name and no sentence."""
_NAMED = 5
"""How many of them a message names."""
_LEAST_WORDS = 12
"""Common words that a text must have before anything is said of its language."""
_OWN_SHARE = 0.12
"""Share of common words from which a text is surely in its language; English and Spanish handouts have 0.2 to 0.5."""
_OTHER_SHARE = 0.15
_TIMES = 4
"""How many times as many words of another language as of its own a text must have."""
_FIRST, _OF_FIRST = 12, 0.66
"""How many of a language's commonest words count, and what share of them is met, where nothing is known of the file's
own language: Catalan and Portuguese have most of Spanish's words, but neither "y" nor "los".
"""


@rule(
    "WORDS03",
    OfWords,
    "warning",
    why="A reader who asked for one language is handed another, and a screen reader pronounces it as gibberish.",
    source="WCAG 2.2, success criteria 3.1.1 and 3.1.2",
)
def words_of_another_language(subject: OfWords) -> Iterator[Found]:
    """A language file is full of the words of another language than it names.

    The commonest words are counted ("the", "de"); names, sources, and files of a few words are not judged.
    """
    tag = subject.words.value.language
    text = " ".join(one for _, one in leaves(subject.words.value, skip=_SKIP) if isinstance(one, str))
    other = reads_as(EXPRESSION.sub(" ", text), tag, subject.lexicon, subject.known)
    if other is not None:
        words = frozenset(_words(text))
        most = ", ".join(f"'{word}'" for word in other.common[:_NAMED] if word in words)
        wrong = f"the file says that it is in '{tag}', but reads as '{other.language}': it has {most}"
        instead = f"translate it, or name the file {other.language}.yaml and write language: {other.language}"
        yield Found(subject.words.document.origin(("language",)), wrong, instead)


def reads_as(
    text: str, tag: str, own: PlainLanguage, known: Callable[[], Iterable[PlainLanguage]]
) -> PlainLanguage | None:
    """What is known of the language that a text is in, where that is surely not the one of its tag; else None.

    `own` is what is known of the tag's language; `known` is asked for all languages only where the text is not in it.
    """
    words = _words(text)
    met = _met(words, own)
    if len(words) < _LEAST_WORDS or met >= _OWN_SHARE * len(words):
        return None
    least = max(_LEAST_WORDS, _OTHER_SHARE * len(words), _TIMES * met)
    for other in known():
        if _base(other.language) == _base(tag) or _met(words, other) < least:
            continue
        if own.common or len(set(other.common[:_FIRST]).intersection(words)) >= _OF_FIRST * _FIRST:
            return other
    return None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _met(words: list[str], lexicon: PlainLanguage) -> int:
    common = frozenset(lexicon.common)
    return sum(word in common for word in words)


def _base(language: str) -> str:
    return language.partition("-")[0]
