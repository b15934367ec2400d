"""A packet as the text of a saved set, for who looks after content/sets. Items in, YAML out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handouts.build.sets import FORMAT_OF, Item
from handouts.web.choices import Options
from handouts.web.typed import yaml_text

_DOCUMENTS = {form: document for document, form in FORMAT_OF.items()}


def set_text(items: Iterable[Item], title: str, looks: Options) -> str:
    """The file's text."""
    return "".join(f"{line}\n" for line in _lines(items, title, looks))


def _lines(items: Iterable[Item], title: str, looks: Options) -> Iterator[str]:
    yield "# Save this as content/sets/NAME.yaml; handouts check says whether all of it is there."
    yield "schema_version: 1"
    yield f"title: {yaml_text(title)}"
    if looks.theme != "default":
        yield f"theme: {yaml_text(looks.theme)}"
    if looks.paper != "letter":
        yield f"paper: {looks.paper}"
    if looks.clinic:
        yield f"clinic: {yaml_text(looks.clinic)}"
    yield "items:"
    for one in items:
        named = (
            f"topic: {yaml_text(one.topic)}, language: {yaml_text(one.language)}, document: {_DOCUMENTS[one.format]}"
        )
        yield f"  - {{{named}}}"
