"""The search: typed words and topics in, the topics that have all of them out, the likeliest first. No files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import category, normalize

from msgspec import Struct

_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile(r"[^0-9a-z]+")


class Searched(Struct, frozen=True):
    """What a topic can be found by: titles and names in all languages, codes, and the languages themselves."""

    id: str
    names: tuple[str, ...]
    codes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def folded_words(text: str) -> str:
    """A text without capitals and accents, as people type who look for it: `colonoscopia` for `Colonoscopía`."""
    plain = normalize("NFKD", text).casefold()
    return "".join(char for char in plain if category(char) != "Mn")


def found(query: str, topics: Iterable[Searched]) -> tuple[str, ...]:
    """The ids of the topics that hold every word of a query, in any order; all of them for a query without words.

    A word is found at the beginning of one of theirs before one is found within. A code counts with or without its
    dots and hyphens.
    """
    words = _WORD.findall(folded_words(query))
    code = _CODE.sub("", query.casefold())
    ranked: list[tuple[int, int, str]] = []
    for place, topic in enumerate(topics):
        score = _score(words, code, topic) if words else 0
        if score is not None:
            ranked.append((score, place, topic.id))
    return tuple(topic for _, _, topic in sorted(ranked))


def _score(words: list[str], code: str, topic: Searched) -> int | None:
    """How far from the best match, 0; None where a word is not found."""
    codes = {_CODE.sub("", one.casefold()) for one in topic.codes}
    if code and code in codes:
        return 0
    known = [word for text in topic.names for word in _WORD.findall(folded_words(text))]
    spoken = [word for text in topic.languages for word in _WORD.findall(folded_words(text))]
    score = 0
    for word in words:
        if word in known:
            continue
        if any(one.startswith(word) for one in known):
            score += 1
        elif len(word) > 2 and any(word in one for one in known):
            score += 2
        elif word in spoken or any(one.startswith(word) for one in codes if len(word) > 2):
            score += 3
        else:
            return None
    return score
