"""A packet as the text of a saved set, for who looks after content/sets. Items in, YAML out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from handouts.web.choices import Options
from handouts.web.packet import Item

_DOCUMENTS = {"pdf": "handout", "card": "card"}


def set_text(items: Iterable[Item], title: str, looks: Options) -> str:
    """The file's text; texts are written as JSON strings, which YAML reads as texts whatever they hold."""
    return "".join(f"{line}\n" for line in _lines(items, title, looks))


def _lines(items: Iterable[Item], title: str, looks: Options) -> Iterator[str]:
    yield "# Save this as content/sets/NAME.yaml; handouts check says whether all of it is there."
    yield "schema_version: 1"
    yield f"title: {_quoted(title)}"
    if looks.theme != "default":
        yield f"theme: {_quoted(looks.theme)}"
    if looks.paper != "letter":
        yield f"paper: {looks.paper}"
    if looks.clinic:
        yield f"clinic: {_quoted(looks.clinic)}"
    yield "items:"
    for one in items:
        named = f"topic: {_quoted(one.topic)}, language: {_quoted(one.language)}, document: {_DOCUMENTS[one.format]}"
        yield f"  - {{{named}}}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
