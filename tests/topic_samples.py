"""Editions, plans and built documents of the shipped topics and of the made-up ones, for tests to share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from handouts.build.result import Result
from handouts.compose.card import compose_card
from handouts.compose.deck import compose_deck
from handouts.compose.edition import Edition
from handouts.compose.handout import compose_handout
from handouts.files.workspace import Workspace
from handouts.model.load import load
from handouts.model.locale import Locale
from handouts.model.plain import PlainLanguage
from handouts.plan.documents import Card, Deck, Handout
from handouts.theme.fonts import family
from handouts.theme.template_file import TemplateFile

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
TOPICS = ROOT / "tests" / "topics"
TODAY = date(2026, 3, 31)
FOLDERS = {"ixazomib": CONTENT, "colonoscopy-preparation": CONTENT, "longwords": TOPICS, "espanol": TOPICS}
STEMS = {
    "ixazomib": "ixazomib-en",
    "colonoscopy-preparation": "colonoscopy-preparation-en",
    "longwords": "longwords-en",
    "espanol": "espanol-es",
}
"""How the file names of each topic begin."""
OWN = TemplateFile((ROOT / "templates" / "deck.pptx").read_bytes(), "templates/deck.pptx", ours=True)
"""Our own template for decks."""


class Plans(Struct, frozen=True):
    """All that one topic composes into; what it does not name is there to fail when it is asked for."""

    handout: Handout
    deck: Deck = None  # type: ignore[assignment]
    card: Card = None  # type: ignore[assignment]


def edition_of(content: Path, topic_id: str) -> Edition:
    """The edition of a topic in its only language, without a clinic."""
    workspace = Workspace(content, ROOT / "templates")
    loaded = workspace.topic(topic_id)
    (words,) = loaded.words
    return Edition(
        topic_id=topic_id,
        topic=loaded.topic.value,
        topic_document=loaded.topic.document,
        words=words.value,
        words_document=words.document,
        locale=workspace.locale(words.value.language),
        today=TODAY,
        measure=family("Atkinson Hyperlegible").measure,
        pictures={key: found.image for key, found in loaded.pictures_in(words.value.language).items()},
    )


def plans_of(content: Path, topic_id: str, own_templates: Path = ROOT / "templates") -> Plans:
    """The three plans of a topic."""
    edition, templates = edition_of(content, topic_id), Workspace(content, own_templates).templates()
    made: dict[str, Callable[[Edition, Mapping[str, str]], Any]] = {
        "handout": compose_handout,
        "deck": compose_deck,
        "card": compose_card,
    }
    return Plans(**{name: made[name](edition, templates) for name in edition.topic.documents})


@cache
def shipped_plans(topic_id: str) -> Plans:
    """The three plans of one of the topics above, made once."""
    return plans_of(FOLDERS[topic_id], topic_id)


class Built(Struct, frozen=True):
    """A folder of built documents and what the build said of them."""

    folder: Path
    result: Result

    def file(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()


@cache
def locale(language: str) -> Locale:
    """A shipped locale."""
    path = ROOT / "templates" / "locales" / f"{language}.yaml"
    return load(str(path), path.read_bytes(), Locale).value


@cache
def lexicon(language: str) -> PlainLanguage:
    """What the checks know of a language."""
    return Workspace(CONTENT, ROOT / "templates").plain(language)


Change = Callable[..., Path]
"""What the fixture `changed` gives."""
