"""What topics there are, as people and records look for them: records of all in; those that words or codes mean out.

Pure: `build.catalogue` makes the records of folders. Letters are compared without case, accents and punctuation, so
that who types `nifedipin`, `CÓLON` or `63020390` finds what they mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Literal

from msgspec import Struct

from handouts.model.code import Code
from handouts.model.code_forms import CodeSystem, covers, readings
from handouts.model.subject import PROPER_NAMED, SubjectKind
from handouts.model.topic import Source
from handouts.problems import Problem

_BREAKS = re.compile(r"[^0-9a-z\u0080-\U0010ffff]+")
_CODE_LIKE = re.compile(r"(?=.*[0-9])[0-9A-Za-z][0-9A-Za-z.-]*")
_SYSTEM = re.compile(r"^(rx\w*|ndc|icd[\w-]*|snomed\w*( ct)?|sct|loinc)[\s:#]+", re.IGNORECASE)
_SEMANTIC = re.compile(r"\s*\([^()]*\)\s*$")
"""What kind of thing SNOMED CT's full names say it is: `Asthma (disorder)`."""
_SHORTEST = 3
"""Letters of a word that may be the middle of another: `zom` finds Ixazomib, `a` only what begins with it."""


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text in the one form in which they are compared: small letters without accents and signs."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    signs = "".join(char if char.isalnum() else " " for char in bare)
    return tuple(_BREAKS.sub(" ", signs).split())


class Document(Struct, frozen=True):
    """One document that a topic makes in a language: its `--format`, what it is, its usual file name, its title."""

    format: str
    document: str
    about: str
    file: str
    title: str


class Edition(Struct, frozen=True):
    """A topic in one language: what it calls its subject, its documents, and its review.

    `message` is the handout's main message, "" without one; `reviewer`, `role` and `reviewed_on` are "" for a draft.
    """

    language: str
    name: str
    documents: tuple[Document, ...]
    review: Literal["draft", "approved"]
    message: str = ""
    reviewer: str = ""
    role: str = ""
    reviewed_on: str = ""

    @property
    def title(self) -> str:
        """The title of the first document, which is the handout's where there is one."""
        return self.documents[0].title if self.documents else self.name


class Listed(Struct, frozen=True, dict=True, eq=False):
    """A topic of the catalogue: `editions` are those that can be made, `problems` the errors that keep others from it.

    `name`, `brand`, `code_name` and `maker` are those that all languages share, "" for none; `names` and `titles` are
    those of all languages. `as_of` is the topic's own date as files write it; `cited` has the sources of its codes.
    """

    id: str
    kind: SubjectKind | None = None
    name: str = ""
    brand: str = ""
    code_name: str = ""
    maker: str = ""
    as_of: str = ""
    codes: tuple[Code, ...] = ()
    cited: Mapping[str, Source] = {}
    names: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    editions: tuple[Edition, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it can be made in."""
        return tuple(edition.language for edition in self.editions)

    def edition(self, language: str) -> Edition | None:
        """The edition in a language, None where there is none."""
        return next((one for one in self.editions if one.language == language), None)

    @cached_property
    def _name_words(self) -> tuple[tuple[str, ...], ...]:
        return tuple(folded_words(name) for name in (*self.names, self.id))

    @cached_property
    def _all_words(self) -> tuple[str, ...]:
        displays = (code.display for code in self.codes)
        texts = (*self.names, self.id, *self.titles, self.maker, *displays)
        return tuple(dict.fromkeys(word for text in texts for word in (*folded_words(text), *_joined(text))))

    def rank(self, words: tuple[str, ...]) -> int | None:
        """How well it answers folded words: 0 for its name, 1 for names that begin so, 2 and 3 for words in its names
        and titles; None where one of the words is nowhere.
        """
        if words in self._name_words:
            return 0
        if any(name[: len(words)] == words for name in self._name_words):
            return 1
        if all(any(one.startswith(word) for one in self._all_words) for word in words):
            return 2
        near = (any(word in one for one in self._all_words if len(word) >= _SHORTEST) for word in words)
        return 3 if all(near) else None

    def is_called(self, words: tuple[str, ...]) -> bool:
        """Whether folded words are one of its names or titles, what a code of its is called, or hold its proper name.

        A record that asks for "ixazomib 4 MG Oral Capsule" is about ixazomib; one that asks for "family history of
        asthma" is not about asthma.
        """
        displays = (folded_words(code.display) for code in self.codes)
        if words in (*self._name_words, *displays, *map(folded_words, self.titles)):
            return True
        proper = (name for name in self._name_words if len("".join(name)) >= _SHORTEST)
        return self.kind in PROPER_NAMED and any(_has(words, name) for name in proper)


class Catalogue(Struct, frozen=True, dict=True):
    """All topics of a content folder, by id."""

    topics: tuple[Listed, ...]

    @cached_property
    def _by_id(self) -> dict[str, Listed]:
        return {topic.id: topic for topic in self.topics}

    def get(self, topic_id: str) -> Listed | None:
        """The topic of an id, None where there is none."""
        return self._by_id.get(topic_id)

    def search(self, text: str) -> tuple[Listed, ...]:
        """The topics that words of a person mean, by title, drug, brand or code, the best first; all for no words."""
        words = folded_words(text)
        if not words:
            return self.topics if not text.strip() else ()
        by_code = (topic for topic in self.topics if names_a_code(text, topic.codes))
        ranked = sorted((rank, topic.id) for topic in self.topics if (rank := topic.rank(words)) is not None)
        by_name = (self._by_id[topic_id] for _, topic_id in ranked)
        return tuple(dict.fromkeys((*by_code, *by_name)))

    def with_code(self, system: CodeSystem, code: str) -> tuple[Listed, ...]:
        """The topics about what a code of a system names, those that have just this code first."""
        asked = readings(system, code)
        exact: list[Listed] = []
        wider: list[Listed] = []
        for topic in self.topics:
            own = [one.plain for one in topic.codes if one.system == system]
            if any(one in asked for one in own):
                exact.append(topic)
            elif any(covers(system, one, meant) for one in own for meant in asked):
                wider.append(topic)
        return (*exact, *wider)

    def called(self, texts: Iterable[str]) -> tuple[Listed, ...]:
        """The topics one of whose names stands in one of the texts, as records write names of what they ask for."""
        asked = {words for text in texts for one in (text, _SEMANTIC.sub("", text)) if (words := folded_words(one))}
        return tuple(topic for topic in self.topics if any(topic.is_called(words) for words in asked))


def names_a_code(text: str, codes: Iterable[Code]) -> bool:
    """Whether a text that somebody typed is a code that leads to one of these, in whichever system and spelling; the
    name of the system may stand before it.
    """
    typed = _SYSTEM.sub("", text.strip())
    if not _CODE_LIKE.fullmatch(typed):
        return False
    return any(covers(one.system, one.plain, meant) for one in codes for meant in readings(one.system, typed))


def _joined(text: str) -> Iterator[str]:
    """What stands between spaces, without its signs: `EJZ-77` as ejz77."""
    return ("".join(folded_words(piece)) for piece in text.split())


def _has(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return any(words[start : start + len(name)] == name for start in range(len(words) - len(name) + 1))
