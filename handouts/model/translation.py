"""What a language file was translated from: comments such as `# en: Ask your doctor.`, each right above its place.

Comments are no part of a file's value: they are read line by line, from the text of its document. In: a document, or
the text of a comment to write. Out: what each place was translated from, and the places that are still empty.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping

from msgspec import Struct

from handouts.model.document import Document, KeyPath, spell
from handouts.problems import Origin, Problem, error

UNTRANSLATED = "TRANS01"
"""Code of a place of a language file that is still empty below the text to translate."""

_WIDTH = 120
_SPACES = re.compile(r"[ \t\r\n]+")
_FIRST = re.compile(r"(?P<indent> *)# (?P<language>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*): (?P<text>\S.*)")
_FURTHER = re.compile(r"(?P<indent> *)# {5}(?P<text>\S.*)")


class Translated(Struct, frozen=True):
    """A place, the language and text that it was translated from, and where the comment that says so begins."""

    path: KeyPath
    language: str
    text: str
    origin: Origin


def squeezed(text: str) -> str:
    """A text on one line, each run of blanks and line breaks one space, as comments have it."""
    return _SPACES.sub(" ", text).strip()


def comment(language: str, text: str, indent: str) -> list[str]:
    """The lines of the comment that a text was translated from, for `translated_in` to read."""
    return textwrap.wrap(
        squeezed(text),
        _WIDTH,
        initial_indent=f"{indent}# {language}: ",
        subsequent_indent=f"{indent}#     ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def translated_in(document: Document) -> Iterator[Translated]:
    """Every place with such a comment right above it, in the order of the file."""
    lines = document.lines
    for path, _ in places_of(document.value):
        if found := _above(lines, document.key_origin(path).line - 1):
            row, language, text = found
            column = len(lines[row]) - len(lines[row].lstrip()) + 1
            yield Translated(path, language, text, Origin(document.file, row + 1, column))


def untranslated(document: Document) -> Mapping[KeyPath, Problem]:
    """What is wrong with each place that is empty below such a comment."""
    places = {path for path, value in places_of(document.value) if value is None}
    return {
        one.path: error(
            document.key_origin(one.path),
            UNTRANSLATED,
            f"{spell(one.path)} is not translated yet",
            f"write here what the comment above says in '{one.language}', or build the other languages alone (--lang)",
        )
        for one in translated_in(document)
        if one.path in places
    }


def _above(lines: tuple[str, ...], row: int) -> tuple[int, str, str] | None:
    """The line of the comment right above a line, as indented as that, with its language and its whole text."""
    indent = " " * (len(lines[row]) - len(lines[row].lstrip(" ")))
    further: list[str] = []
    while row and lines[row - 1].startswith(f"{indent}#"):
        row -= 1
        if first := _FIRST.fullmatch(lines[row]):
            return row, first["language"], squeezed(" ".join((first["text"], *further)))
        if not (more := _FURTHER.fullmatch(lines[row])):
            return None
        further.insert(0, more["text"])
    return None


def places_of(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    """Every single value of a file, with the keys that lead to it."""
    match value:
        case dict():
            for key, item in value.items():  # pyright: ignore[reportUnknownVariableType]
                yield from places_of(item, (*path, key))  # pyright: ignore[reportUnknownArgumentType]
        case list():
            for index, item in enumerate(value):  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
                yield from places_of(item, (*path, index))
        case _:
            yield path, value
