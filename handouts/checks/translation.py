"""Rules on translations: what a language file was translated from is what the other file says today.

In: a language file and the topic's other ones. Out: texts that have changed since, and those that only the language has
that it was translated from. Places that are left empty are told when the file is loaded (TRANS01), since nothing can be
made of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from handouts.checks.rule import Found, OfWords, rule
from handouts.model.document import Document, KeyPath, Plain, spell
from handouts.model.plural_forms import rules_of
from handouts.model.translation import Translated, places_of, squeezed, translated_in


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


@rule(
    "TRANS03",
    OfWords,
    "warning",
    why="Readers of one language miss what those of the other are told, and nothing on the page shows it.",
    source="a rule of this program",
)
def not_translated(subject: OfWords) -> Iterator[Found]:
    """A text stands in the language file that this one was translated from, and not in this one.

    Without comments that name that file it is en.yaml, else the first. Items of a list are compared only where the
    comments of the list say that it was translated, since another language may explain more or fewer terms.
    """
    document = subject.words.document
    translated = tuple(translated_in(document))
    if (other := _translated_from(subject, translated)) is None:
        return
    lists = {one.path[:at] for one in translated for at, key in enumerate(one.path) if isinstance(key, int)}
    forms = rules_of(subject.words.value.language).needed
    texts = (path for path, text in places_of(other.value) if isinstance(text, str) and not _is_no_text(path, forms))
    lacking = (_lacking(document.value, path, lists) for path in texts)
    for path in dict.fromkeys(filter(None, lacking)):
        message = f"{spell(path)} is not translated yet: {other.key_origin(path)} has it, and this file does not"
        yield Found(document.key_origin(path[:-1]), message, "translate it here")


def _translated_from(subject: OfWords, translated: tuple[Translated, ...]) -> Document | None:
    """The language file that a language was translated from; None of the one that others are translated from."""
    others = {one.value.language: one.document for one in subject.others}
    for one in translated:
        if one.language in others:
            return others[one.language]
    language = subject.words.value.language
    main = "en" if "en" in (language, *others) else min((language, *others))
    return others.get(main)


def _is_no_text(path: KeyPath, forms: Collection[str]) -> bool:
    """Whether a place is no text to translate: the file's own two lines, and forms that the language does not have."""
    return path[0] in ("schema_version", "language") or (path[0] == "plurals" and path[-1] not in forms)


def _lacking(value: Plain, path: KeyPath, lists: set[KeyPath]) -> KeyPath | None:
    """The first part of a place that a file does not have; None where it has all, or may do without it."""
    for at, key in enumerate(path):
        match value, key:
            case dict(), str():
                value = value.get(key)
                if value is None:
                    return path[: at + 1]
            case list(), int():
                if key >= len(value):
                    return path[: at + 1] if path[:at] in lists else None
                value = value[key]
            case _:
                return None
    return None


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
