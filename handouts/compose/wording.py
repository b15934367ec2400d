"""Fills the `{{ }}` of a language file: Words + numbers → phrases, with every mistake located at once.

Words may only name values and format them: `{{ weekly.orr.percent | decimals(1) }}`; `word_formats` has the
formats. The template language's statements, calls, arithmetic and private names are refused before anything is
evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from jinja2 import Environment, nodes
from msgspec import Struct

from handouts.compose import bounds
from handouts.compose.bounds import MistakeError
from handouts.compose.phrase import Phrase
from handouts.compose.plain import MISSING, PlainGroup, Unsayable, itself, member, names_of
from handouts.compose.quantity import numbers_of
from handouts.compose.share import WHOLES, share_of
from handouts.compose.word_formats import FORMATS, USAGE, NumberWords, Reached, UnusableValueError, plainly
from handouts.model.base import Model, written_fields
from handouts.model.document import Document
from handouts.problems import Origin, Problem, ProblemsError, choose_from, error

MOST_DECIMALS = 6
LONGEST_EXPRESSION = 300
MOST_MISTAKES = 20
"""Of one text; those after them are told when these are mended."""

_GRAMMAR = Environment(autoescape=False)  # noqa: S701 - parses only, renders nothing
_PLAIN = re.compile(
    r"\{\{ *(?P<path>[a-zA-Z][a-zA-Z0-9_]*(?:\.(?:[a-zA-Z][a-zA-Z0-9_]*|[0-9]+\+?))*) *"
    rf"(?:\| *(?P<format>{'|'.join(FORMATS)}) *"
    r"(?:\( *(?:(?P<number>0|[1-9][0-9]{0,5})|(?P<id>[a-z][a-z0-9_]*)) *\) *)?)?\}\}"
)
"""What nearly all expressions are; the parser of the template language is asked of the others alone, and knows no names
such as the grade "3+".
"""
_RESERVED = frozenset(("and", "else", "false", "False", "if", "in", "is", "none", "None", "not", "or", "true", "True"))
_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_OPENING = re.compile(r"\{[{%#]")


class _UnusableError(Exception):
    """An expression that words may not hold, or that names nothing."""

    def __init__(self, expression: str, message: str, instead: str) -> None:
        super().__init__(message)
        self.expression, self.message, self.instead = expression, message, instead
        self.occurrence = 0
        """How often `expression` stands in the text before the one that is wrong."""


class _UnusableTextError(Exception):
    """Every unusable expression of one text."""

    def __init__(self, found: list[_UnusableError]) -> None:
        super().__init__()
        self.found = tuple(found)


class _Named(Struct, frozen=True):
    """An expression: the dotted path of a value, the format to write it in, and what the format is given."""

    path: str
    format: str | None = None
    given: int | str | None = None


class Wording:
    """Evaluates the expressions in words against one topic's values. Jinja2 parses them; nothing of it is executed."""

    def __init__(self, values: Mapping[str, Any], number_words: NumberWords) -> None:
        """`values` are plain values by name."""
        self._values = PlainGroup(values)
        self._number_words = number_words

    def fill(self, text: str) -> str:
        """The text with its expressions replaced. Raises _UnusableTextError with all that cannot be."""
        found: list[_UnusableError] = []

        def written(match: re.Match[str]) -> str:
            if len(found) >= MOST_MISTAKES:
                return ""
            try:
                return self._written(match[0])
            except _UnusableError as bad:
                bad.occurrence = text.count(bad.expression, 0, match.start())
                found.append(bad)
                return ""

        # Behind the last '}}' no expression ends; looking for its end from each '{{' takes the square of the length.
        end = text.rfind("}}") + len("}}") if "}}" in text else 0
        filled = _EXPRESSION.sub(written, text[:end]) + text[end:]
        blanked = _EXPRESSION.sub(lambda match: " " * len(match[0]), text[:end]) + text[end:]
        for opening in _OPENING.finditer(blanked):
            if len(found) >= MOST_MISTAKES:
                break
            what = "has '{{' without '}}'" if opening[0] == "{{" else f"has '{opening[0]}', which words may not do"
            bad = _UnusableError(opening[0], what, USAGE)
            bad.occurrence = text.count(opening[0], 0, opening.start())
            found.append(bad)
        if found:
            raise _UnusableTextError(found)
        return filled

    def _written(self, expression: str) -> str:
        named = _named(expression)
        at = self._resolve(named.path)
        try:
            for number in numbers_of(at.value):
                bounds.number(number)
        except MistakeError as bad:
            raise _UnusableError(named.path, f"'{named.path}' {bad}", "write a smaller one in topic.yaml") from None
        try:
            if named.format is None:
                return plainly(self._number_words, at)
            return FORMATS[named.format].write(self._number_words, at, named.given)
        except UnusableValueError as bad:
            raise _UnusableError(named.path, f"'{named.path}' {bad.message}", bad.instead) from None

    def _resolve(self, path: str) -> Reached:
        """What a path names; on the way every step that does not exist becomes a mistake that names it."""
        value: Any = self._values
        around: Any = None
        holder: Any = None
        walked = step = ""
        for step in path.split("."):
            # A group's functions (`values`) are for templates; in words such a name is a key.
            found = value.get(step) if type(value) is PlainGroup else member(value, step)
            if found is MISSING:
                where = f"'{walked}' has no '{step}'" if walked else f"topic.yaml has no '{step}'"
                raise _UnusableError(path, where, choose_from(step, names_of(value)))
            if type(found) is Unsayable:
                raise _UnusableError(path, f"'{path}' {found.message}", found.instead)
            value, holder, around = found, value, holder
            walked = f"{walked}.{step}" if walked else step
            if value is None:
                instead = "add it there with its source"
                if step == "per_100" and (share := share_of(value, holder, step)) and share.published is not None:
                    instead = "write the result itself with '| per(100)'"
                raise _UnusableError(path, f"'{walked}' is not stated in topic.yaml", instead)
        return Reached(itself(value), holder, step, around)


@lru_cache(maxsize=4096)
def _named(expression: str) -> _Named:
    """What `{{ … }}` names. Raises _UnusableError for what is not a name with at most one format."""
    if len(expression) > LONGEST_EXPRESSION:
        # Python refuses to read integers of thousands of digits.
        raise _UnusableError("{{", "has an expression that is far too long", USAGE)
    plain = _PLAIN.fullmatch(expression)
    if plain and _RESERVED.isdisjoint((*plain["path"].split("."), plain["id"])):
        given = int(plain["number"]) if plain["number"] else plain["id"]
        return _Named(plain["path"], plain["format"], _allowed(plain["format"], (given,) if given is not None else ()))
    node = _parsed(expression)
    if not isinstance(node, nodes.Filter) or node.node is None:
        return _Named(_path(node))
    if node.name not in FORMATS:
        raise _UnusableError(f"{node.name}", f"names a format '{node.name}'", choose_from(node.name, FORMATS))
    others = node.kwargs or node.dyn_args or node.dyn_kwargs
    given = _allowed(node.name, (None,) if others else tuple(map(_argument, node.args)))
    return _Named(_path(node.node), node.name, given)


def _argument(node: nodes.Node) -> int | str | None:
    """A whole number or an id in brackets, None for anything else."""
    match node:
        case nodes.Const() if type(node.value) is int:
            return node.value
        case nodes.Name():
            return node.name
        case _:
            return None


def _allowed(format_: str | None, given: tuple[int | str | None, ...]) -> int | str | None:
    """What a format is given in its brackets, None for nothing. Raises _UnusableError for what it cannot do with."""
    if format_ is None:
        return None
    one = given[0] if given else None
    match FORMATS[format_].given:
        case "decimals":
            fits = not given or (type(one) is int and 0 <= one <= MOST_DECIMALS)
            wanted, instead = f"0 to {MOST_DECIMALS} decimals", USAGE
        case "whole":
            fits, wanted, instead = one in WHOLES, "what rates are out of", f"write {_ways(format_, WHOLES)}"
        case "id":
            fits, wanted, instead = isinstance(one, str), "an id of 'plurals'", f"write {format_}(case)"
        case "nothing":
            fits, wanted, instead = not given, "nothing", f"write '| {format_}' alone"
    if not fits or len(given) > 1:
        raise _UnusableError(format_, f"gives '{format_}' something else than {wanted}", instead)
    return one


def _ways(format_: str, given: Sequence[int]) -> str:
    *first, last = (f"{format_}({one})" for one in given)
    return f"{', '.join(first)} or {last}"


def _parsed(expression: str) -> nodes.Node:
    """The one node of `{{ … }}`. Raises _UnusableError for what is not an expression."""
    try:
        body = _GRAMMAR.parse(expression).body
    except Exception as bad:
        # Whatever a parser raises for, it is the text that it cannot read.
        reason = "it is nested too deeply" if isinstance(bad, RecursionError) else str(bad)
        raise _UnusableError("{{", f"has an expression that cannot be read: {reason}", USAGE) from None
    match body:
        case [nodes.Output(nodes=[node])]:
            return node
        case _:
            raise _UnusableError("{{", "has an expression that cannot be read", USAGE)


def _path(node: nodes.Node) -> str:
    """The dotted path that a node names. Raises _UnusableError for anything else."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr() if not node.attr.startswith("_"):
            return f"{_path(node.node)}.{node.attr}"
        case nodes.Filter():
            raise _UnusableError("{{", "has two formats for one value", "write one alone behind its name, or none")
        case _:
            what = type(node).__name__.lower()
            raise _UnusableError("{{", f"has '{what}' in an expression, which words may not do", USAGE)


def phrases_of(words: Model, document: Document, fill: Callable[[str], str]) -> tuple[Any, tuple[Problem, ...]]:
    """Words with every text a Phrase: models and mappings become dicts, lists tuples; and what was wrong with them."""
    problems: list[Problem] = []

    def convert(value: Any, path: tuple[str | int, ...]) -> Any:
        match value:
            case Model():
                named = written_fields(type(value)).items()
                return {key: convert(getattr(value, name), (*path, key)) for key, name in named}
            case dict():
                return {key: convert(item, (*path, key)) for key, item in value.items()}
            case tuple():
                return tuple(convert(item, (*path, index)) for index, item in enumerate(value))
            case str():
                return phrase(value, path)
            case _:
                return value

    def phrase(text: str, path: tuple[str | int, ...]) -> Phrase:
        origin = document.origin(path)
        try:
            text = fill(text)
        except _UnusableTextError as bad:
            for one in bad.found:
                where = document.origin_within(path, one.expression, one.occurrence)
                problems.append(error(where, "WORDS01", one.message, one.instead))
        return Phrase(text, origin)

    return convert(words, ()), tuple(problems)


def fill_words(words: Model, document: Document, values: Mapping[str, Any], number_words: NumberWords) -> Any:
    """All words of a language file as phrases. Raises ProblemsError with every mistake of the file."""
    filled, problems = phrases_of(words, document, Wording(values, number_words).fill)
    if problems:
        raise ProblemsError(problems)
    return filled


def literal(text: str, origin: Origin) -> Phrase:
    """Text that is printed exactly as given: a clinic's name, a telephone number."""
    return Phrase(text, origin, marked=False)
