"""Rules on translations: what a language file was translated from is what the other file says today.

In: a language file and the topic's other ones. Out: texts that have changed since. Places that are not translated yet
are told when the file is loaded (TRANS01), since nothing can be made of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.rule import Found, OfWords, rule
from handouts.model.document import Document, KeyPath, Plain, spell
from handouts.model.translation import squeezed, translated_in


@rule(
    "TRANS02",
    OfWords,
    "warning",
    why="Readers of one language would be told what those of the other are no longer told.",
    source="a rule of this program",
)
def changed_since_translated(subject: OfWords) -> Iterator[Found]:
    """A text was translated from another one than the language file named above it has today."""
    others = {one.value.language: one.document for one in subject.others}
    for one in translated_in(subject.words.document):
        if (other := others.get(one.language)) is None:
            continue
        path, text = _source(other, one.path)
        if text is None:
            message = f"{spell(one.path)} was translated from a text that {other.origin(path)} no longer has"
            yield Found(one.origin, message, "delete both, or the comment alone if the text is of this language")
        elif squeezed(text) != one.text:
            message = f"{spell(one.path)} was translated from another text than {other.origin(path)} has today"
            yield Found(one.origin, message, "translate it anew, and write in the comment what that line says")


def _source(document: Document, path: KeyPath) -> tuple[KeyPath, str | None]:
    """The text that a place is translated from and where it stands: its own place, or, of a plural form that the
    language does not have, that of "other".
    """
    found = _at(document, path)
    if found is None and path[0] == "plurals":
        path = (*path[:-1], "other")
        found = _at(document, path)
    return path, found


def _at(document: Document, path: KeyPath) -> str | None:
    value: Plain = document.value
    for key in path:
        match value, key:
            case dict(), str():
                value = value.get(key)
            case list(), int() if key < len(value):
                value = value[key]
            case _:
                return None
    return value if isinstance(value, str) else None
