"""Made-up topics of sections in any order, composed into documents, for the tests of sections. JSON is YAML, too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from topic_samples import ROOT, TODAY, Plans, locale

from handouts.compose.card import compose_card
from handouts.compose.context import Context
from handouts.compose.deck import compose_deck
from handouts.compose.edition import Edition
from handouts.compose.handout import compose_handout
from handouts.compose.sections import Sections, sections_of
from handouts.files.workspace import Workspace
from handouts.model.load import load
from handouts.model.references import check_references
from handouts.model.section import DocumentName
from handouts.model.topic import Topic
from handouts.model.words import Words
from handouts.theme.fonts import family

TEMPLATES = Workspace(ROOT / "content", ROOT / "templates").templates()
LABELS = dict.fromkeys(("working", "waste", "recycled", "blocked", "pile_up"), "Label")
TOPIC: dict[str, Any] = {
    "schema_version": 2,
    "subject": {"kind": "procedure"},
    "as_of": 2026,
    "main_source": "page",
    "sources": {
        "page": {"title": "A page", "publisher": "A publisher", "as_of": 2026, "citation": "Somewhere"},
        "paper": {"title": "A paper", "publisher": "A journal", "as_of": 2025, "citation": "Elsewhere 2025"},
    },
    "contacts": {
        "line": {"dial": "+12025550143", "source": "page"},
        "help": {"code": "988", "region": "US", "source": "page"},
        "clinic": {"from": "clinic"},
    },
    "pictures": {"cell": {"drawing": "proteasome-inhibitor"}},
    "studies": {
        "one": {
            "source": "paper", "status": "final", "design": "single_arm", "setting": "early", "enrolled": 40,
            "outcomes": {"orr": {"rank": "primary", "better": "higher", "count": 8, "n": 32}},
            "harms": {"rash": {"count": 2, "n": 32}},
        },
        "two": {
            "source": "page", "status": "final", "design": "single_arm", "setting": "late",
            "outcomes": {"orr": {"rank": "primary", "better": "higher", "count": 9, "n": 40}},
        },
    },
}  # fmt: skip
WORDS: dict[str, Any] = {
    "schema_version": 2,
    "language": "en",
    "subject": {"name": "a test"},
    "handout": {"title": "A test", "main_message": "It is a test."},
    "deck": {"title": "A test", "subtitle": "Of sections"},
    "card": {"title": "A test"},
    "studies": {"one": {"short": "Study one"}, "two": {"short": "Study two"}},
    "contacts": {one: {"name": f"The {one}"} for one in TOPIC["contacts"]},
    "pictures": {"cell": {"alt": "A cell.", "caption": "The cell", "labels": LABELS}},
    "anchors": {"visit": {"name": "your visit", "write": "My visit is on"}},
    "names": {
        "early": "early", "late": "late", "rash": "Rash",
        "orr": {"patient": "better", "clinician": "ORR", "part": "Some", "rest": "Not better"},
    },
    "questions": ["What now?"],
    "terms": [{"term": "Test", "meaning": "a trial."}],
}  # fmt: skip


def edition(
    sections: Mapping[str, Any],
    statements: Mapping[str, Any] | None = None,
    words: Mapping[str, Any] | None = None,
    **topic: Any,
) -> Edition:
    """The edition of a topic with these sections and statements, each with the words of its id; `words` are further
    ones of the language file. Raises ProblemsError where they do not fit each other.
    """
    said = {key: {"patient": f"Say {key}.", "clinician": f"Tell {key}."} for key in statements or {}}
    own: dict[str, Any] = {**TOPIC, **topic, "sections": dict(sections), "statements": dict(statements or {})}
    used = {"visit"} & {one.get("anchor") for one in sections.values()}
    whole: dict[str, Any] = {**WORDS, "anchors": {key: WORDS["anchors"][key] for key in used}, "statements": said}
    loaded = load("topic.yaml", json.dumps(own, indent=1), Topic)
    language = load("en.yaml", json.dumps({**whole, **(words or {})}, indent=1), Words)
    assert [str(one) for one in check_references(loaded, [language]) if one.severity == "error"] == []
    return Edition(
        topic_id="test", topic=loaded.value, topic_document=loaded.document, words=language.value,
        words_document=language.document, locale=locale("en"), today=TODAY,
        measure=family("Atkinson Hyperlegible").measure,
    )  # fmt: skip


def made(of: Edition, document: DocumentName = "handout") -> Sections:
    """The sections of one document."""
    return sections_of(Context(of, document))


def composed(of: Edition, templates: Mapping[str, str] = TEMPLATES) -> Plans:
    """All three documents."""
    return Plans(compose_handout(of, templates), compose_deck(of, templates), compose_card(of, templates))
