"""What a schema wants, in an author's words: its types and what does not fit them in, parts of sentences out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeGuard, Union, get_args, get_origin

from handouts.model.base import AsOf, Bound, Model, NotReached, NotStated, Range, Schema, Tally, TimeOfDay, Undated
from handouts.model.document import excerpt
from handouts.model.fit import Misfit, fields_of
from handouts.problems import nearest

_SCALARS: Mapping[Any, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    Decimal: "a number",
    bool: "true or false",
    AsOf: "a date",
    NotReached: "not_reached",
    NotStated: "not_stated",
    Undated: "unknown",
    Tally: "a number of people",
    TimeOfDay: "a time of day",
    Range: "a range",
    Bound: "a bound",
}
_EXAMPLES: Mapping[Any, str] = {
    AsOf: " such as 2013, 2015-11 or 2025-12-04",
    Tally: " such as 60 or 'about 57'",
    TimeOfDay: " such as '08:30'",
    Range: " such as [5, 7]",
    Bound: " such as '<0.0001'",
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
    r"^[0-9a-z][0-9a-z_]*[+]?$": (
        "a grade of harms",
        "write it like 'severe', '3' or, with all above it, '3+'",
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
    r"^[0-9]{1,7}$": ("an extension", "write its digits alone, in quotes, like '12'"),
    r"^[0-9]{3,6}$": ("a short code", "write its three to six digits alone, in quotes, like '988'"),
    r"^[A-Z]{2}$": ("a country", "write its two letters, like 'US' or 'ES'"),
    r"^https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:[0-9]{1,5})?([/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?$": (
        "an address that every telephone can open",
        "write it from 'https://' on, without spaces and accents, like 'https://example.org/help'",
    ),
    r"^[a-z0-9][a-z0-9-]{0,39}$": (
        "a name of lower-case letters, digits and hyphens",
        "write it like 'office-2'",
    ),
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": ("a language tag", "write it like 'en', 'es' or 'pt-BR'"),
    r"^[^/\\:.][^/\\:]*\.([pP][nN][gG]|[jJ][pP][eE]?[gG])$": (
        "the name of a PNG or JPEG in the topic's folder",
        "copy the picture beside topic.yaml, and write its name alone, like 'glasses.png'",
    ),
    r"^[^/\\:][^\\:]*$": (
        "the path of a picture beside the clinic file",
        "write it like 'logo.png', without drive letter, leading '/' or backslash",
    ),
}
"""For every pattern that a schema demands: what it stands for, and how to write it."""

_NUMBER_LIKE = re.compile(r"[-+<>≤≥~]?\s*[0-9][0-9.,\s]*\s*%?")


def keys_of(schema: Schema) -> tuple[str, ...]:
    """The keys that a block of type `schema` may have, when the schema names them."""
    bare = _bare(schema)
    return tuple(fields_of(bare)) if _is_schema(bare) else ()


def wanted(schema: Schema, *, examples: bool = True) -> str:
    """What stands at a place of type `schema`: 'text', 'one of CR, VGPR', 'a block of keys (value, source)'."""
    bare = _bare(schema)
    origin, arguments = get_origin(bare), get_args(bare)
    words = "another value"
    if bare in _SCALARS:
        words = _SCALARS[bare] + (_EXAMPLES.get(bare, "") if examples else "")
    elif _is_schema(bare):
        fields = fields_of(bare)
        words = f"a block of keys ({', '.join([name for name, (_, must) in fields.items() if must] or fields)})"
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


def fault(misfit: Misfit) -> tuple[str, str]:
    """What is wrong, as a sentence from its verb on, and what to write instead."""
    value, schema, demand = misfit.value, misfit.schema, misfit.demand
    match misfit.kind:
        case "rule":
            fragment, _, advice = str(demand).partition("; ")
        case "choice" if isinstance(value, str):
            fragment, advice = _choice(value, [str(one) for one in get_args(_bare(schema))])
        case "choice":
            fragment, advice = f"is {shown(value)}, which is not allowed here", f"write {wanted(schema)}"
        case "pattern":
            meaning, advice = PATTERNS.get(demand, ("written as it must be", ""))
            fragment = f"is '{excerpt(value)}', which is not {meaning}"
        case "length":
            fragment, advice = _length(value, *demand)
        case "bounds":
            least, most = demand
            small = most is None
            fragment = f"is {value}, which is too {'small' if small else 'large'}"
            advice = f"write {least} or more" if small else f"write {most:,} or less"
        case "type" if isinstance(value, str) and (close := nearest(excerpt(value), _words_in(_bare(schema)))):
            fragment = f"is the text '{excerpt(value)}', which is not allowed here"
            advice = f"did you mean '{close}'? Known: {wanted(schema).removeprefix('one of ')}"
        case _:
            fragment = f"is {shown(value)} where {wanted(schema, examples=False)} is wanted"
            advice = _retyped(value, schema)
    return fragment, advice


def _words_in(bare: Schema) -> list[str]:
    """The words among which one can be written where something else can stand too."""
    among = get_args(bare) if get_origin(bare) in (Union, UnionType) else ()
    return [one for kind in among if get_origin(kind) is Literal for one in get_args(kind) if isinstance(one, str)]


def _choice(value: str, options: list[str]) -> tuple[str, str]:
    fragment = f"is the text '{excerpt(value)}', which is not allowed here"
    if value in options:
        return fragment, f"write {value} without quotes"
    by_lower = {one.lower(): one for one in options}
    close = nearest(excerpt(value), by_lower)
    listed = ", ".join(options)
    return fragment, f"did you mean '{by_lower[close]}'? Known: {listed}" if close else f"known: {listed}"


def _length(value: Any, least: int | None, most: int | None) -> tuple[str, str]:
    unit = "characters" if isinstance(value, str) else "items"
    if least == 1:
        return ("is empty", "write the text" if unit == "characters" else "write at least one item")
    if least is not None:
        return f"has {len(value)} {unit}", f"write {least} or more"
    return f"has {len(value)} {unit}, which is too many", f"write {most} or fewer"


def _retyped(value: Any, schema: Schema) -> str:
    bare = _bare(schema)
    origin = get_origin(bare)
    advice = f"write {wanted(schema)}"
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


def _is_schema(bare: Schema) -> TypeGuard[type[Model]]:
    return isinstance(bare, type) and issubclass(bare, Model)


def _bare(schema: Schema) -> Schema:
    while True:
        origin, arguments = get_origin(schema), get_args(schema)
        if origin is Annotated:
            schema = arguments[0]
        elif origin in (Union, UnionType) and NoneType in arguments and len(arguments) == 2:
            schema = next(one for one in arguments if one is not NoneType)
        else:
            return schema
