"""Words that YAML took for something else without breaking its rules: a document and its schema in, problems out.

Only the schema tells a text that people read from a name or a number, behind which a note may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Union, cast, get_args, get_origin

from msgspec import Meta

from handouts.model.base import ForProgram, Model, Schema
from handouts.model.document import Document, KeyPath, Plain, excerpt, origin_at, spell
from handouts.model.fit import Misfit, fields_of
from handouts.model.yaml_source import cut_by_note
from handouts.problems import Problem, error

_KEY_LINE = re.compile(r"^[ \t]+(?P<key>[a-z][a-z0-9_]*):(?=[ \t\r\n])", re.MULTILINE)
_HASH_BELOW = re.compile(r"[ \t]*\r?\n(?P<indent>[ \t]+)(?P<note>#(?![a-z0-9_]+:)[^\s#])")
"""A note on the line below a text that is none, like `#2`; `#key: …` is a key that waits for its time."""
_ENDS = re.compile(r"[.?!:;][\"'”’»)\]]*\s*\Z")
_QUOTE_IT = "put the whole text in quotes"


class UnquotedCode(StrEnum):
    """Codes of the words that are not read as their author meant them."""

    KEY_IN_TEXT = "YAML14"
    """A line of a long text that is a key of its block, indented too far."""
    TEXT_AS_BLOCK = "YAML15"
    """A text whose colon or comma makes a key of a part of it."""


def mistaken(document: Document, schema: type[Model]) -> Mapping[KeyPath, Problem]:
    """What is wrong with each text that a note cuts, at its path, and each key that a text beside it holds."""
    return {**dict(_cut(document, schema)), **dict(_swallowing(document, schema))}


def _cut(document: Document, schema: type[Model]) -> Iterator[tuple[KeyPath, Problem]]:
    for path, note in document.notes.items():
        span, is_null = document.spans[path], _value_at(document.value, path) is None
        # "#2" or "#8A1538" is what should stand there; "# none yet" is a note.
        is_hidden = span.start == span.end and bool(document.text[note + 1 : note + 2].strip())
        if is_hidden or (not is_null and any(map(_is_text, _schemas_at(schema, path)))):
            yield path, cut_by_note(document.file, document.text, note, spell(path))
    for path, note in _below(document):
        if path not in document.notes and any(map(_is_text, _schemas_at(schema, path))):
            yield path, cut_by_note(document.file, document.text, note, spell(path))


def _below(document: Document) -> Iterator[tuple[KeyPath, int]]:
    """Unquoted texts that seem to go on with a `#2` at the beginning of the next line, and where."""
    text = document.text
    for path, span in document.spans.items():
        found = _HASH_BELOW.match(text, span.end) if path and span.start < span.end else None
        if found is None or text[span.start] in "\"'|>[{":
            continue
        line = text[text.rfind("\n", 0, span.start) + 1 : span.start]
        at_key = document.key_origin(path).column - 1 if isinstance(path[-1], str) else len(line) - len(line.lstrip())
        # As far to the right as the key stands what is beside it, a note as well.
        if len(found["indent"]) > at_key:
            yield path, found.start("note")


def _swallowing(document: Document, schema: type[Model]) -> Iterator[tuple[KeyPath, Problem]]:
    for path, span in document.spans.items():
        if document.text[span.start : span.start + 1] not in ("|", ">") or not path:
            continue
        for found in _KEY_LINE.finditer(document.text, span.start, span.end):
            key, before = found["key"], document.text[span.start : found.start()]
            # Within a sentence, "key:" is a word that a line happens to begin with.
            if _ENDS.search(before) and _lacks(document.value, schema, path[:-1], key):
                message = f"{spell(path)} has the line '{key}:', which is a key of its block, as words"
                instead = "indent it as the key above, or put another word at the beginning of the line"
                origin = origin_at(document.file, document.text, found.start("key"))
                yield (*path[:-1], key), error(origin, UnquotedCode.KEY_IN_TEXT, message, instead)


def _lacks(value: Plain, schema: type[Model], block: KeyPath, key: str) -> bool:
    """Whether a block may have a key, and has it not."""
    there = _value_at(value, block)
    known = (fields_of(one) for one in _schemas_at(schema, block) if _is_model(one))
    return isinstance(there, dict) and key not in there and any(key in fields for fields in known)


def text_as_block(document: Document, misfit: Misfit) -> Problem | None:
    """What made a key of a part of a text: a colon where text is wanted, or a comma before a key that is unknown."""
    path, value, text = misfit.path, misfit.value, document.text
    if misfit.kind == "unknown":
        start = _offset_of_key(document, path)
        if value is None and text[:start].rstrip().endswith(","):
            message = f"{spell(path[:-1])} has the key '{excerpt(str(path[-1]))}', which stands behind a comma"
            instead = "put the text before it in quotes, with the comma and this"
            return error(document.key_origin(path), UnquotedCode.TEXT_AS_BLOCK, message, instead)
        return None
    if misfit.kind != "type" or not any(map(_is_text, _branches(misfit.schema))) or path not in document.spans:
        return None
    is_braced = text.startswith("{", document.spans[path].start)
    if isinstance(value, dict) and not is_braced and len(cast("dict[str, Any]", value)) == 1:
        message = f"{spell(path)} holds ': ', which makes a key of the words before it"
        return error(document.origin(path), UnquotedCode.TEXT_AS_BLOCK, message, _QUOTE_IT)
    return None


def _offset_of_key(document: Document, path: KeyPath) -> int:
    at = document.key_origin(path)
    lines = document.text.splitlines(keepends=True)
    return sum(map(len, lines[: at.line - 1])) + at.column - 1


def _value_at(value: Plain, path: KeyPath) -> Plain:
    for key in path:
        if isinstance(value, dict):
            value = value.get(str(key))
        elif isinstance(value, list) and isinstance(key, int):
            value = value[key]
        else:
            return None
    return value


def _is_model(schema: Schema) -> bool:
    return isinstance(schema, type) and issubclass(schema, Model)


def _is_text(schema: Schema) -> bool:
    """Whether a type is free text: one without a pattern, which is not for the program alone."""
    if get_origin(schema) is not Annotated:
        return schema is str
    base, *demands = get_args(schema)
    patterns = (one.pattern for one in demands if isinstance(one, Meta))
    return base is str and not any(patterns) and not any(isinstance(one, ForProgram) for one in demands)


def _branches(schema: Schema) -> Iterator[Schema]:
    if get_origin(schema) in (Union, UnionType):
        for one in get_args(schema):
            yield from _branches(one)
    else:
        yield schema


def _schemas_at(schema: Schema, path: KeyPath) -> Iterator[Schema]:
    """The types that a file may have at a place, each as its schema writes it; none where it has no such place."""
    for branch in _branches(schema):
        if not path:
            yield branch
            continue
        bare = get_args(branch)[0] if get_origin(branch) is Annotated else branch
        origin, arguments = get_origin(bare), get_args(bare)
        if bare is not branch and origin in (Union, UnionType):
            yield from _schemas_at(bare, path)
        elif origin is tuple and isinstance(path[0], int):
            yield from _schemas_at(arguments[0], path[1:])
        elif origin is dict:
            yield from _schemas_at(arguments[1], path[1:])
        elif _is_model(bare):
            known = fields_of(bare)
            if path[0] in known:
                yield from _schemas_at(known[str(path[0])][0], path[1:])
            if bare.written_as:
                yield from _schemas_at(known[bare.written_as][0], path)
