"""Whether a sentence may have a verb, by a language's lists: in doubt it may, so that only sure fragments are told.

In: the words of a sentence and what is known of its language. Out: yes or no.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from handouts.checks.reading.words import Word
from handouts.model.plain import Verbs

FEWEST = 2
"""Words below which a sentence is an answer or a call ("Yes."), which needs no verb."""


def may_have_verb(words: Sequence[Word], verbs: Verbs | None) -> bool:
    """Whether one of the words may be a verb; True where the language's are not known, or for a word alone."""
    if verbs is None or len(words) < FEWEST:
        return True
    known = _known(verbs)
    previous, end = "", 0
    for word in words:
        # Behind a comma a verb may follow on any word: "The week after, call us."
        before = previous if word.start <= end + 1 else ""
        if word.kind == "word" and known.may_be_verb(word.key, before):
            return True
        previous, end = word.key if word.kind == "word" else "", word.start + len(word.text)
    return False


class _Known(Struct, frozen=True):
    base: frozenset[str]
    forms: frozenset[str]
    nouns: frozenset[str]
    before: frozenset[str]
    inflections: tuple[str, ...]
    contractions: tuple[str, ...]
    endings: tuple[str, ...]

    def may_be_verb(self, key: str, previous: str) -> bool:
        if key in self.forms or (self.contractions and key.endswith(self.contractions)):
            return True
        if key in self.nouns or previous in self.before:
            return False
        return not self.base or self._is_inflected(key) or (bool(self.endings) and key.endswith(self.endings))

    def _is_inflected(self, key: str) -> bool:
        """Whether a word is a verb of the list, behind a hyphen too, or a form of one: dries, taking, double-check."""
        if key in self.base or ("-" in key and key.rpartition("-")[2] in self.base):
            return True
        for ending in self.inflections:
            stem = key.removesuffix(ending)
            if stem != key and self.base.intersection(_bases(stem)):
                return True
        return False


def _bases(stem: str) -> Iterator[str]:
    """What a verb may be of which a form begins so: stop of stopp(ed), take of tak(ing), dry of dri(es)."""
    yield stem
    yield stem + "e"
    if stem[-1:] == stem[-2:-1] and stem[-1:] not in "aeiou":
        yield stem[:-1]
    if stem.endswith("i"):
        yield stem[:-1] + "y"


@lru_cache(maxsize=16)
def _known(verbs: Verbs) -> _Known:
    def listed(words: str | None) -> frozenset[str]:
        return frozenset((words or "").split())

    return _Known(
        listed(verbs.base),
        listed(verbs.forms),
        listed(verbs.nouns),
        listed(verbs.before),
        verbs.inflections,
        verbs.contractions,
        verbs.endings,
    )
