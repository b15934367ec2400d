"""Fills the `{{ }}` of a language file: Words + numbers → phrases, with every mistake located at once.

Words may only name values and format them: `{{ weekly.responses.orr.percent | decimals(1) }}`. The template language's
statements, calls, arithmetic and private names are refused before anything is evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes
from pydantic import BaseModel

from handouts.compose.numbers import Formatter
from handouts.compose.phrase import Phrase
from handouts.model.base import Model
from handouts.model.document import Document
from handouts.problems import Origin, Problem, ProblemsError, choose_from, error

FILTERS = ("decimals", "percent")


class _UnusableError(Exception):
    """An expression that words may not hold, or that names nothing."""

    def __init__(self, expression: str, message: str, instead: str) -> None:
        super().__init__(message)
        self.expression, self.message, self.instead = expression, message, instead


class Wording:
    """Evaluates the expressions in words against one topic's values. Jinja2 parses them; nothing of it is executed."""

    def __init__(self, values: Mapping[str, Any], formatter: Formatter) -> None:
        self._values = values
        self._formatter = formatter
        self._grammar = Environment(autoescape=False)  # noqa: S701 - parses only, renders nothing

    def fill(self, text: str) -> str:
        """The text with its expressions replaced. Raises _UnusableError."""
        if "{{" not in text and "{%" not in text and "{#" not in text:
            return text
        try:
            tree = self._grammar.parse(text)
        except TemplateSyntaxError as bad:
            raise _UnusableError("{", f"has an expression that is not complete: {bad.message}", USAGE) from None
        written: list[str] = []
        for output in tree.body:
            if not isinstance(output, nodes.Output):
                raise _UnusableError("{%", f"has '{type(output).__name__.lower()}', which words may not do", USAGE)
            for part in output.nodes:
                written.append(part.data if isinstance(part, nodes.TemplateData) else self._written(part))
        return "".join(written)

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
        places = [arg.value for arg in node.args if isinstance(arg, nodes.Const)]
        if len(places) != len(node.args) or node.kwargs or any(p not in range(7) for p in places):
            raise _UnusableError(f"{node.name}", f"gives '{node.name}' something else than 0 to 6 decimals", USAGE)
        path = _path(inner)
        value = self._resolve(path)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise _UnusableError(path, f"'{path}' is not a number to format", USAGE)
        write = self._formatter.number if node.name == "decimals" else self._formatter.percent
        default = 1 if node.name == "decimals" else None
        return write(value, places[0] if places else default)

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
        except _UnusableError as bad:
            where = document.origin_within(path, bad.expression)
            problems.append(error(where, "WORDS01", bad.message, bad.instead))
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
