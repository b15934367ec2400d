"""Fills the `{{ }}` of a language file: Words + numbers → phrases, with every mistake located at once.

Words may only name values and format them: `{{ weekly.responses.orr.percent | decimals(1) }}`. The template language's
statements, calls, arithmetic and private names are refused before anything is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jinja2 import Environment, TemplateError, nodes
from pydantic import BaseModel

from handouts.compose.numbers import Formatter
from handouts.compose.phrase import Phrase
from handouts.model.base import Model
from handouts.model.document import Document
from handouts.problems import Origin, Problem, ProblemsError, choose_from, error

FILTERS = ("decimals", "percent")
MOST_DECIMALS = 6
LONGEST_EXPRESSION = 300

_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_OPENING = re.compile(r"\{[{%#]")
_GRAMMAR = Environment(autoescape=False)  # noqa: S701 - parses only, renders nothing


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


class Wording:
    """Evaluates the expressions in words against one topic's values. Jinja2 parses them; nothing of it is executed."""

    def __init__(self, values: Mapping[str, Any], formatter: Formatter) -> None:
        self._values = values
        self._formatter = formatter

    def fill(self, text: str) -> str:
        """The text with its expressions replaced. Raises _UnusableTextError with all that cannot be."""
        found: list[_UnusableError] = []

        def written(match: re.Match[str]) -> str:
            try:
                return self._written(_parsed(match[0]))
            except _UnusableError as bad:
                bad.occurrence = text.count(bad.expression, 0, match.start())
                found.append(bad)
                return ""

        filled = _EXPRESSION.sub(written, text)
        for opening in _OPENING.finditer(_EXPRESSION.sub(lambda match: " " * len(match[0]), text)):
            what = "has '{{' without '}}'" if opening[0] == "{{" else f"has '{opening[0]}', which words may not do"
            bad = _UnusableError(opening[0], what, USAGE)
            bad.occurrence = text.count(opening[0], 0, opening.start())
            found.append(bad)
        if found:
            raise _UnusableTextError(found)
        return filled

    def _written(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Filter) and node.node is not None:
            return self._formatted(node, node.node)
        path = _path(node)
        value = self._resolve(path)
        try:
            return self._formatter.text(value)
        except TypeError as bad:
            names = _names(value)
            instead = f"name one of its values: {', '.join(sorted(names))}" if names else USAGE
            raise _UnusableError(path, f"'{path}' {bad}", instead) from None

    def _formatted(self, node: nodes.Filter, inner: nodes.Node) -> str:
        if node.name not in FILTERS:
            raise _UnusableError(f"{node.name}", f"names a format '{node.name}'", choose_from(node.name, FILTERS))
        places = [arg.value for arg in node.args if isinstance(arg, nodes.Const) and type(arg.value) is int]
        others = len(places) != len(node.args) or node.kwargs or node.dyn_args or node.dyn_kwargs
        if others or len(places) > 1 or any(not 0 <= p <= MOST_DECIMALS for p in places):
            message = f"gives '{node.name}' something else than 0 to {MOST_DECIMALS} decimals"
            raise _UnusableError(f"{node.name}", message, USAGE)
        path = _path(inner)
        value = self._resolve(path)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise _UnusableError(path, f"'{path}' is not a number to format", USAGE)
        write = self._formatter.number if node.name == "decimals" else self._formatter.percent
        default = 1 if node.name == "decimals" else None
        try:
            return write(value, places[0] if places else default)
        except ArithmeticError:
            raise _UnusableError(path, f"'{path}' has too many digits to round", USAGE) from None

    def _resolve(self, path: str) -> Any:
        """The value of a path; on the way every step that does not exist becomes a mistake that names it."""
        value: Any = self._values
        walked = ""
        for step in path.split("."):
            known = _names(value)
            if step not in known:
                where = f"'{walked}' has no '{step}'" if walked else f"topic.yaml has no '{step}'"
                raise _UnusableError(path, where, choose_from(step, known))
            value = value[step] if isinstance(value, Mapping) else getattr(value, step)
            walked = f"{walked}.{step}" if walked else step
            if value is None:
                raise _UnusableError(path, f"'{walked}' is not stated in topic.yaml", "add it there with its source")
        return value


@lru_cache(maxsize=4096)
def _parsed(expression: str) -> nodes.Node:
    """The one node of `{{ … }}`. Raises _UnusableError for what is not an expression."""
    if len(expression) > LONGEST_EXPRESSION:
        # Python refuses to read integers of thousands of digits.
        raise _UnusableError("{{", "has an expression that is far too long", USAGE)
    try:
        body = _GRAMMAR.parse(expression).body
    except (TemplateError, RecursionError) as bad:
        reason = bad.message if isinstance(bad, TemplateError) else "it is nested too deeply"
        raise _UnusableError("{{", f"has an expression that cannot be read: {reason}", USAGE) from None
    match body:
        case [nodes.Output(nodes=[node])]:
            return node
        case _:
            raise _UnusableError("{{", "has an expression that cannot be read", USAGE)


USAGE = "write {{ study.responses.name.count }} or another name from topic.yaml, nothing else"


def _path(node: nodes.Node) -> str:
    """The dotted path that a node names. Raises _UnusableError for anything else."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr() if not node.attr.startswith("_"):
            return f"{_path(node.node)}.{node.attr}"
        case _:
            what = type(node).__name__.lower()
            raise _UnusableError("{{", f"has '{what}' in an expression, which words may not do", USAGE)


def _names(value: Any) -> set[str]:
    """What can be named after a dot."""
    if isinstance(value, Mapping):
        return {str(key) for key in value}
    if isinstance(value, BaseModel):
        computed = {name for name, found in vars(type(value)).items() if isinstance(found, property)}
        return set(type(value).model_fields) | computed
    names: set[str] = set()
    inner = getattr(value, "report", None)
    if isinstance(inner, BaseModel):
        names |= set(type(inner).model_fields) | {"main", "id"}
    slots = getattr(type(value), "__dataclass_fields__", None)
    return names | (set(slots) if slots else set())


def phrases_of(words: Model, document: Document, fill: Callable[[str], str]) -> tuple[Any, tuple[Problem, ...]]:
    """Words with every text a Phrase: models and mappings become dicts, lists tuples; and what was wrong with them."""
    problems: list[Problem] = []

    def convert(value: Any, path: tuple[str | int, ...]) -> Any:
        match value:
            case BaseModel():
                return {name: convert(getattr(value, name), (*path, name)) for name in type(value).model_fields}
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


def fill_words(words: Model, document: Document, values: Mapping[str, Any], formatter: Formatter) -> Any:
    """All words of a language file as phrases. Raises ProblemsError with every mistake of the file."""
    filled, problems = phrases_of(words, document, Wording(values, formatter).fill)
    if problems:
        raise ProblemsError(problems)
    return filled


def literal(text: str, origin: Origin) -> Phrase:
    """Text that is printed exactly as given: a clinic's name, a telephone number."""
    return Phrase(text, origin, marked=False)
