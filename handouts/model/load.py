"""Loading, the last step of the model stage before checks: a YAML file's text and a schema in, a typed value out.

What does not fit the schema is reported in an author's words, at the line to change, all of it at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from typing import Generic, TypeVar, get_args

from msgspec import Struct

from handouts.model.base import Model
from handouts.model.document import Document, KeyPath, excerpt, origin_at, spell
from handouts.model.encoding_marks import marks_in
from handouts.model.fit import Kind, Misfit, MisfitsError, fields_of, fit
from handouts.model.schema_words import fault, keys_of, wanted
from handouts.model.translation import untranslated
from handouts.model.unquoted import mistaken, text_as_block
from handouts.model.yaml_source import YamlCode, read_yaml
from handouts.problems import Origin, Problem, ProblemsError, choose_from, error, nearest

M = TypeVar("M", bound=Model)

MAX_PROBLEMS = 1000
GUIDE = "write it as docs/authoring.md says, or begin with a new topic: handouts new"


class SchemaCode(StrEnum):
    """Codes of the problems that loading can find, beside those of reading (`YamlCode`)."""

    UNKNOWN_KEY = "SCHEMA01"
    """A key that the schema does not have here."""
    MISSING_KEY = "SCHEMA02"
    """A key that must be given is not."""
    TYPE = "SCHEMA03"
    """A value of the wrong kind: a number where text is wanted, a list where a block of keys is."""
    CHOICE = "SCHEMA04"
    """A word that is not one of those allowed here."""
    PATTERN = "SCHEMA05"
    """Text or a key that is not written as it must be, such as an NCT number."""
    SIZE = "SCHEMA06"
    """Too long, too short, too many, too few, too large or too small."""
    RULE = "SCHEMA07"
    """Values that contradict each other, or a date or number that does not exist."""
    TOO_MANY = "SCHEMA08"
    """The file has more problems than are listed."""
    UNREADABLE = "SCHEMA09"
    """The file makes the program fail that reads it."""
    VERSION = "SCHEMA10"
    """The file is of an edition of its format that this program does not read."""


_CODES: dict[Kind, SchemaCode] = {
    "choice": SchemaCode.CHOICE,
    "pattern": SchemaCode.PATTERN,
    "rule": SchemaCode.RULE,
    "length": SchemaCode.SIZE,
    "bounds": SchemaCode.SIZE,
}


class Loaded(Struct, Generic[M], frozen=True):
    """A value that fits its schema, and the document it came from, for locating what later stages find."""

    value: M
    document: Document


def load(file_name: str, text: str | bytes, schema: type[M]) -> Loaded[M]:
    """Read one YAML file and fit it to `schema`; `file_name` is only for messages.

    Raises ProblemsError: with what reading found (see `read_yaml`), or else with everything that does not fit, every
    text that YAML cuts or another encoding has spoilt, and every place that is empty below a text to translate.
    """
    try:
        document = read_yaml(file_name, text)
        if problem := _other_version(document, schema):
            raise ProblemsError([problem])
        told = {**untranslated(document), **mistaken(document, schema)}
        encoding = () if schema.by_program else _wrongly_encoded(document)
        try:
            value = fit(document.value, schema)
        except MisfitsError as bad:
            misfits = [one for one in bad.misfits if not _is_told(one, told)]
            raise ProblemsError([*told.values(), *encoding, *_problems(document, misfits)]) from None
        if told or encoding:
            raise ProblemsError([*told.values(), *encoding])
        return Loaded(value, document)
    except ProblemsError:
        raise
    except RecursionError:
        message = "the file is nested too deeply"
        raise ProblemsError([error(Origin(file_name), SchemaCode.TYPE, message, "check its indentation")]) from None
    except Exception as bad:
        # Parsers and validators have no end of exceptions for what nobody thought of; all are of this file.
        message = f"the file cannot be understood ({type(bad).__name__}: {bad})"
        instead = "look for a value that is out of the ordinary, and please report it"
        raise ProblemsError([error(Origin(file_name), SchemaCode.UNREADABLE, message, instead)]) from bad


def _wrongly_encoded(document: Document) -> tuple[Problem, ...]:
    """The one problem of a text that a program read in another encoding than it was written in, at its first mark."""
    marks = tuple(marks_in(document.text))
    if not marks:
        return ()
    first = marks[0]
    further = f", and {len(marks) - 1:,} more" if len(marks) > 1 else ""
    was = f" for '{first.meant}'" if first.meant.strip() and first.meant.isprintable() else ""
    message = f"the text has '{first.text}'{was}, a mark of a wrong encoding{further}"
    instead = "take the text once more from where it came and save it as UTF-8, or write the letter itself"
    return (error(origin_at(document.file, document.text, first.start), YamlCode.CHARACTER, message, instead),)


def _is_told(misfit: Misfit, told: Collection[KeyPath]) -> bool:
    """Whether what does not fit is a place that is told already, or what such a place makes of its block."""
    size = len(misfit.path)
    of_block = misfit.kind in ("rule", "type") and any(path[:size] == misfit.path for path in told)
    place = (*misfit.path, misfit.demand) if misfit.kind == "missing" else misfit.path
    return of_block or place in told


def _other_version(document: Document, schema: type[Model]) -> Problem | None:
    """The one problem of a file of another edition, in which hardly a key would fit."""
    wanted, _ = fields_of(schema).get("schema_version", (None, False))
    version, known = document.value.get("schema_version"), get_args(wanted)
    if not known or type(version) is not int or version in known:
        return None
    message = f"the file is of edition {version} of its format, and this program reads edition {known[-1]}"
    instead = f"{GUIDE}; then write 'schema_version: {known[-1]}'"
    return error(document.origin(("schema_version",)), SchemaCode.VERSION, message, instead)


def _problems(document: Document, misfits: Sequence[Misfit]) -> Iterator[Problem]:
    if len(misfits) > MAX_PROBLEMS:
        message = f"the file has {len(misfits):,} problems, of which {MAX_PROBLEMS:,} are listed"
        yield error(Origin(document.file), SchemaCode.TOO_MANY, message, "check that it is the right file")
    lacking = {(*one.path, one.demand) for one in misfits if one.kind == "missing"}
    misspelt = {path for one in misfits if one.kind == "unknown" and (path := _meant(one)) in lacking}
    for misfit in misfits[:MAX_PROBLEMS]:
        if misfit.kind != "missing" or (*misfit.path, misfit.demand) not in misspelt:
            yield _problem(document, misfit)


def _meant(unknown: Misfit) -> KeyPath:
    """Where the key stands that an unknown one is nearest to; empty where none is near."""
    close = nearest(str(unknown.path[-1]), keys_of(unknown.schema))
    return (*unknown.path[:-1], close) if close else ()


def _problem(document: Document, misfit: Misfit) -> Problem:
    path = misfit.path
    if problem := text_as_block(document, misfit):
        return problem
    match misfit.kind:
        case "unknown":
            message = f"{_subject(path[:-1])} has the unknown key '{excerpt(str(path[-1]))}'"
            advice = choose_from(str(path[-1]), keys_of(misfit.schema))
            return error(document.key_origin(path), SchemaCode.UNKNOWN_KEY, message, advice)
        case "missing":
            message = f"{_subject(path)} lacks the key '{misfit.demand}'"
            advice = f"write '{misfit.demand}:' with {wanted(misfit.schema)}"
            return error(_place(document, misfit), SchemaCode.MISSING_KEY, message, advice)
        case kind:
            fragment, advice = fault(misfit)
            code = _CODES.get(kind, SchemaCode.TYPE)
            if misfit.is_key:
                message = f"a key in {_subject(path[:-1])} {fragment}"
                return error(document.key_origin(path), code, message, advice)
            return error(_place(document, misfit), code, f"{_subject(path)} {fragment}", advice)


def _place(document: Document, misfit: Misfit) -> Origin:
    """A block or list is pointed at by its key, since its own first character is already a part of it."""
    is_block = isinstance(misfit.value, (dict, list, tuple))
    return document.key_origin(misfit.path) if is_block else document.origin(misfit.path)


def _subject(path: KeyPath) -> str:
    return spell(path) or "the file"
