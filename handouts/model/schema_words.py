"""What a schema wants, in an author's words: type annotations and pydantic's errors in, parts of sentences out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, TypeGuard, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from handouts.model.base import AsOf, Tally
from handouts.model.document import excerpt
from handouts.problems import nearest

Annotation: TypeAlias = Any
"""A field's type as the schema writes it; None where the schema has no such field."""

_SCALARS: Mapping[Any, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    Decimal: "a number",
    bool: "true or false",
    AsOf: "a date",
    Tally: "a number of people",
}
_EXAMPLES: Mapping[Any, str] = {
    AsOf: " such as 2013, 2015-11 or 2025-12-04",
    Tally: " such as 60 or 'about 57'",
}

PATTERNS: Mapping[str, tuple[str, str]] = {
    r"^[a-z][a-z0-9_]*$": (
        "a name of lower-case letters, digits and underscores that begins with a letter",
        "write it like 'once_a_week'",
    ),
    r"^[A-Za-z][A-Za-z0-9_-]*$": (
        "a name of letters, digits, hyphens and underscores that begins with a letter",
        "write it like 'S12'",
    ),
    r"^NCT[0-9]{8}$": ("a ClinicalTrials.gov number", "write NCT and eight digits, like 'NCT01234567'"),
    r"^10\.[0-9]{4,9}/[^\s]+$": (
        "a DOI",
        "write it from '10.' on, without 'https://doi.org/', like '10.1000/example'",
    ),
    r"^https://[^\s/?#@:]+\.[^\s/?#@:.]+(:[0-9]{1,5})?([/?#][^\s]*)?$": (
        "the address of a page",
        "write it whole, from 'https://' on, like 'https://example.org/page'",
    ),
    r"^[A-Z]+[0-9]{2}$": ("the code of a rule", "write it like 'NUM11'"),
    r"^sha256:[0-9a-f]{64}$": (
        "the digest of a sign-off",
        f"sign off anew with handouts approve; it writes 64 hex digits like 'sha256:{'0123456789abcdef' * 4}'",
    ),
    r"^#[0-9A-Fa-f]{6}$": ("a hex colour", "write # and six hex digits in quotes, like '#0B5C8A'"),
    r"^\+[0-9]{7,15}$": (
        "a telephone number as a telephone dials it (E.164)",
        "write + and the country code in quotes, digits alone, like '+18005550100'",
    ),
    r"^[a-z0-9][a-z0-9-]{0,39}$": (
        "a name of lower-case letters, digits and hyphens",
        "write it like 'office-2'",
    ),
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": ("a language tag", "write it like 'en', 'es' or 'pt-BR'"),
    r"^[^/\\:][^\\:]*$": (
        "the path of a picture beside the clinic file",
        "write it like 'logo.png', without drive letter, leading '/' or backslash",
    ),
}
"""For every pattern that a schema demands: what it stands for, and how to write it."""

_NUMBER_LIKE = re.compile(r"[-+<>≤≥~]?\s*[0-9][0-9.,\s]*\s*%?")


def child_of(annotation: Annotation, part: str | int) -> Annotation:
    """The type of one key or list item of a block or list of type `annotation`, or None when it has no such part."""
    bare = _bare(annotation)
    if _is_schema(bare):
        field = bare.model_fields.get(str(part))
        return field.annotation if field else None
    origin, arguments = get_origin(bare), get_args(bare)
    if origin is dict:
        return arguments[1]
    return arguments[0] if arguments and origin in (tuple, list) else None


def keys_of(annotation: Annotation) -> tuple[str, ...]:
    """The keys that a block of type `annotation` may have, when the schema names them."""
    bare = _bare(annotation)
    return tuple(bare.model_fields) if _is_schema(bare) else ()


def wanted(annotation: Annotation, *, examples: bool = True) -> str:
    """What stands at a place of type `annotation`: 'text', 'one of CR, VGPR', 'a block of keys (value, source)'."""
    bare = _bare(annotation)
    origin, arguments = get_origin(bare), get_args(bare)
    words = "another value"
    if bare in _SCALARS:
        words = _SCALARS[bare] + (_EXAMPLES.get(bare, "") if examples else "")
    elif _is_schema(bare):
        required = [name for name, field in bare.model_fields.items() if field.is_required()]
        words = f"a block of keys ({', '.join(required or bare.model_fields)})"
    elif origin is Literal:
        words = ("one of " if len(arguments) > 1 else "") + ", ".join(map(str, arguments))
    elif origin in (Union, UnionType):
        words = " or ".join(wanted(one, examples=examples) for one in arguments if one is not NoneType)
    elif origin is dict:
        words = "a block of named entries"
    elif origin in (tuple, list):
        words = "a list"
    return words


def shown(value: Any) -> str:
    """A value as messages name it: "the number 0.830", "the text 'no'", "a list"."""
    match value:
        case None:
            return "empty"
        case bool():
            return f"the value {str(value).lower()}"
        case int() | Decimal():
            return f"the number {value}"
        case str():
            return f"the text '{excerpt(value)}'"
        case list() | tuple():
            return "a list"
        case _:
            return "a block of keys"


def fault(details: ErrorDetails, annotation: Annotation) -> tuple[str, str]:
    """What is wrong, as a sentence from its verb on, and what to write instead."""
    context: Mapping[str, Any] = details.get("ctx", {})
    value = details["input"]
    match details["type"]:
        case "value_error" | "assertion_error":
            fragment, _, advice = str(context["error"]).partition("; ")
        case "literal_error" if isinstance(value, str):
            fragment, advice = _choice(value, _bare(annotation))
        case "string_pattern_mismatch":
            meaning, advice = PATTERNS.get(context["pattern"], ("written as it must be", ""))
            fragment = f"is '{excerpt(value)}', which is not {meaning}"
        case "too_short" | "string_too_short" | "too_long" | "string_too_long":
            fragment, advice = _length(value, context)
        case "greater_than_equal":
            fragment, advice = f"is {value}, which is too small", f"write {context['ge']} or more"
        case "less_than_equal":
            fragment, advice = f"is {value}, which is too large", f"write {context['le']:,} or less"
        case _:
            fragment = f"is {shown(value)} where {wanted(annotation, examples=False)} is wanted"
            advice = _retyped(value, annotation)
    return fragment, advice


def _choice(value: str, bare: Annotation) -> tuple[str, str]:
    options = [str(one) for one in get_args(bare)]
    fragment = f"is the text '{excerpt(value)}', which is not allowed here"
    if value in options:
        return fragment, f"write {value} without quotes"
    by_lower = {one.lower(): one for one in options}
    close = nearest(excerpt(value), by_lower)
    listed = ", ".join(options)
    return fragment, f"did you mean '{by_lower[close]}'? Known: {listed}" if close else f"known: {listed}"


def _length(value: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    unit = "characters" if isinstance(value, str) else "items"
    if "min_length" in context:
        least = context["min_length"]
        if least == 1:
            return ("is empty", "write the text" if unit == "characters" else "write at least one item")
        return f"has {len(value)} {unit}", f"write {least} or more"
    return f"has {len(value)} {unit}, which is too many", f"write {context['max_length']} or fewer"


def _retyped(value: Any, annotation: Annotation) -> str:
    bare = _bare(annotation)
    origin = get_origin(bare)
    advice = f"write {wanted(annotation)}"
    if value is None:
        advice = "write it, or remove the key if it is not needed"
    elif bare is str and isinstance(value, (bool, int, Decimal)):
        advice = f"put it in quotes: '{str(value).lower()}'"
    elif bare is bool:
        advice = "write true or false without quotes"
    elif origin in (tuple, list):
        advice = "write each item on its own line after '- '"
    elif origin is dict or _is_schema(bare):
        advice = "write its keys below it, indented, each with ':'"
    elif bare in (int, float, Decimal) and isinstance(value, str) and _NUMBER_LIKE.fullmatch(value):
        advice = "write digits alone, without quotes, with a point before decimals"
    return advice


def _is_schema(bare: Annotation) -> TypeGuard[type[BaseModel]]:
    return isinstance(bare, type) and issubclass(bare, BaseModel)


def _bare(annotation: Annotation) -> Annotation:
    while True:
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            annotation = arguments[0]
        elif origin in (Union, UnionType) and NoneType in arguments and len(arguments) == 2:
            annotation = next(one for one in arguments if one is not NoneType)
        else:
            return annotation
