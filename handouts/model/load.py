"""Loading, the last step of the model stage before checks: a YAML file's text and a schema in, a typed value out.

What does not fit the schema is reported in an author's words, at the line to change, all of it at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, islice
from typing import Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from handouts.model.base import Model
from handouts.model.document import Document, KeyPath, excerpt, spell
from handouts.model.schema_words import Annotation, child_of, fault, keys_of, wanted
from handouts.model.yaml_source import read_yaml
from handouts.problems import Origin, Problem, ProblemsError, choose_from, error

M = TypeVar("M", bound=Model)

MAX_PROBLEMS = 1000


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


_CODES = {
    "literal_error": SchemaCode.CHOICE,
    "string_pattern_mismatch": SchemaCode.PATTERN,
    "value_error": SchemaCode.RULE,
    "assertion_error": SchemaCode.RULE,
} | dict.fromkeys(
    (
        "too_short",
        "too_long",
        "string_too_short",
        "string_too_long",
        "greater_than",
        "greater_than_equal",
        "less_than",
        "less_than_equal",
    ),
    SchemaCode.SIZE,
)


@dataclass(frozen=True, slots=True)
class Loaded(Generic[M]):
    """A value that fits its schema, and the document it came from, for locating what later stages find."""

    value: M
    document: Document


def load(file_name: str, text: str | bytes, schema: type[M]) -> Loaded[M]:
    """Read one YAML file and fit it to `schema`; `file_name` is only for messages.

    Raises ProblemsError: with what reading found (see `read_yaml`), or else with everything that does not fit.
    """
    try:
        document = read_yaml(file_name, text)
        try:
            return Loaded(schema.model_validate(document.value), document)
        except ValidationError as e:
            raise ProblemsError(_problems(document, schema, e)) from None
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


@dataclass(frozen=True, slots=True)
class _Misfit:
    """One of pydantic's errors, and the part of its location that the document has.

    `rest` is what follows: a missing key, pydantic's mark of a key, or its name for a branch of a union.
    """

    details: ErrorDetails
    path: KeyPath
    rest: KeyPath


def _problems(document: Document, schema: type[Model], fault_list: ValidationError) -> Iterator[Problem]:
    details = fault_list.errors(include_url=False)
    if len(details) > MAX_PROBLEMS:
        message = f"the file has {len(details):,} problems, of which {MAX_PROBLEMS:,} are listed"
        yield error(Origin(document.file), SchemaCode.TOO_MANY, message, "check that it is the right file")
    misfits = [_misfit(document, one) for one in islice(details, MAX_PROBLEMS)]
    for _, group in groupby(misfits, key=lambda one: (one.path, one.rest if _is_single(one) else None)):
        found = list(group)
        if _is_single(found[0]):
            yield from (_single(document, schema, one) for one in found)
        else:
            yield _of_union(document, schema, found[0])


def _misfit(document: Document, details: ErrorDetails) -> _Misfit:
    loc = details["loc"]
    path: KeyPath = ()
    rest: KeyPath = ()
    for part in loc:
        if (*path, part) in document.spans:
            path = (*path, part)
        else:
            rest = (*rest, part)
    return _Misfit(details, path, rest)


def _is_single(one: _Misfit) -> bool:
    """Whether the misfit stands for itself, and is not one branch of a union of scalars."""
    return not one.rest or one.rest == ("[key]",) or one.details["type"] == "missing"


def _single(document: Document, schema: type[Model], one: _Misfit) -> Problem:
    path, details = one.path, one.details
    annotation = _annotation(schema, path)
    match details["type"]:
        case "extra_forbidden":
            owner = _annotation(schema, path[:-1])
            message = f"{_subject(path[:-1])} has the unknown key '{excerpt(str(path[-1]))}'"
            advice = choose_from(str(path[-1]), keys_of(owner))
            return error(document.key_origin(path), SchemaCode.UNKNOWN_KEY, message, advice)
        case "missing":
            key = str(one.rest[-1])
            message = f"{_subject(path)} lacks the key '{key}'"
            advice = f"write '{key}:' with {wanted(child_of(annotation, key))}"
            return error(_place(document, one), SchemaCode.MISSING_KEY, message, advice)
        case kind if one.rest == ("[key]",):
            fragment, advice = fault(details, None)
            message = f"a key in {_subject(path[:-1])} {fragment}"
            return error(document.key_origin(path), _CODES.get(kind, SchemaCode.TYPE), message, advice)
        case kind:
            fragment, advice = fault(details, annotation)
            code = _CODES.get(kind, SchemaCode.TYPE)
            return error(_place(document, one), code, f"{_subject(path)} {fragment}", advice)


def _of_union(document: Document, schema: type[Model], one: _Misfit) -> Problem:
    """One problem for all the branches of a union, of which `one` is the first."""
    details = ErrorDetails(type="union", loc=one.path, msg="", input=one.details["input"])
    fragment, advice = fault(details, _annotation(schema, one.path))
    return error(_place(document, one), SchemaCode.TYPE, f"{_subject(one.path)} {fragment}", advice)


def _annotation(schema: type[Model], path: KeyPath) -> Annotation:
    annotation: Annotation = schema
    for part in path:
        annotation = child_of(annotation, part)
    return annotation


def _place(document: Document, one: _Misfit) -> Origin:
    """A block or list is pointed at by its key, since its own first character is already a part of it."""
    is_block = isinstance(one.details["input"], (dict, list, tuple))
    return document.key_origin(one.path) if is_block else document.origin(one.path)


def _subject(path: KeyPath) -> str:
    return spell(path) or "the file"
