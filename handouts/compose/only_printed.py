"""Whether templates only print what a clinic says: template texts in, an answer out.

A `Blank` tells when it is read itself. This looks for what reads the text that was printed of one: a filter on a
filter, a captured block, a macro's result that is not printed at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from jinja2 import nodes

from handouts.compose.sandbox.language import syntax_of
from handouts.problems import ProblemsError

_OF_CLINICS = ("clinic", "contacts")
"""Names behind which a clinic's words stand: its own, and contacts, one of which may have its telephone."""
_NO_TEXT = frozenset(
    (
        "length",
        "count",
        "first",
        "last",
        "list",
        "default",
        "d",
        "reverse",
        "batch",
        "slice",
        "select",
        "selectattr",
        "rejectattr",
    )
)
"""Filters that give blanks, or numbers of them, and no text."""
_MOST_TURNS = 20
"""Names handed on from each to the next, against the order of the templates, take a turn each."""
_CAPTURES = (nodes.AssignBlock, nodes.FilterBlock, nodes.CallBlock)


def only_printed(templates: Mapping[str, str]) -> bool:
    """Whether no template can decide anything by the words of a clinic. Names count in all templates alike."""
    return _only_printed(tuple(sorted(templates.items())))


@lru_cache(maxsize=8)
def _only_printed(templates: tuple[tuple[str, str], ...]) -> bool:
    try:
        trees = [syntax_of(name, text) for name, text in templates]
    except ProblemsError:
        return False
    macros = {macro.name: macro for tree in trees for macro in tree.find_all(nodes.Macro)}
    told = _told(trees, macros)
    if told is None:
        return False
    return all(_is_harmless(tree, told, macros) for tree in trees)


def _told(trees: Iterable[nodes.Template], macros: Mapping[str, nodes.Macro]) -> frozenset[str] | None:
    """Every name that may stand for a clinic's words, or for a macro that prints them; None where that takes long."""
    told = set[str](_OF_CLINICS)
    for _ in range(_MOST_TURNS):
        before = len(told)
        for tree in trees:
            for node in tree.find_all((nodes.Assign, nodes.For, nodes.With, nodes.Macro, nodes.Call)):
                told.update(_named_by(node, told, macros))
        if len(told) == before:
            return frozenset(told)
    return None


def _named_by(node: nodes.Node, told: set[str], macros: Mapping[str, nodes.Macro]) -> Iterator[str]:
    match node:
        case nodes.Assign() if _mentions(node.node, told):
            yield from _names(node.target)
        case nodes.For() if _mentions(node.iter, told):
            yield from _names(node.target)
        case nodes.With() if any(_mentions(value, told) for value in node.values):
            for target in node.targets:
                yield from _names(target)
        case nodes.Macro() if any(_mentions(part, told) for part in node.body):
            yield node.name
        case nodes.Call() if isinstance(node.node, nodes.Name) and node.node.name in macros and _mentions(node, told):
            # Which argument goes where does not matter: any of them may be the one.
            yield from (argument.name for argument in macros[node.node.name].args)
        case _:
            pass


def _names(target: nodes.Node) -> Iterator[str]:
    if isinstance(target, nodes.Name | nodes.NSRef):
        yield target.name
    for name in target.find_all((nodes.Name, nodes.NSRef)):
        yield name.name


def _mentions(node: nodes.Node, told: Iterable[str]) -> bool:
    return any(name in told for name in _names(node))


def _is_harmless(node: nodes.Node, told: frozenset[str], macros: Mapping[str, nodes.Macro]) -> bool:
    if isinstance(node, _CAPTURES):
        return not _mentions(node, told)
    if isinstance(node, nodes.Output):
        return all(_may_print(child, told, macros) for child in node.nodes)
    if isinstance(node, nodes.Expr):
        return not _is_text_read(node, told, macros)
    return all(_is_harmless(child, told, macros) for child in node.iter_child_nodes())


def _may_print(node: nodes.Node, told: frozenset[str], macros: Mapping[str, nodes.Macro]) -> bool:
    """Whether an expression may be printed: text may be made of words here, but not of such text."""
    if isinstance(node, nodes.CondExpr):
        parts = [part for part in (node.expr1, node.expr2) if part is not None]
        return not _is_text_read(node.test, told, macros) and all(_may_print(part, told, macros) for part in parts)
    return not any(_is_text_read(child, told, macros) for child in node.iter_child_nodes())


def _is_text_read(node: nodes.Node, told: frozenset[str], macros: Mapping[str, nodes.Macro]) -> bool:
    """Whether text is made of a clinic's words anywhere in what is not printed at once."""
    return _makes_text(node, told, macros) or any(
        _is_text_read(child, told, macros) for child in node.iter_child_nodes()
    )


def _makes_text(node: nodes.Node, told: frozenset[str], macros: Mapping[str, nodes.Macro]) -> bool:
    match node:
        case nodes.Concat() | nodes.MarkSafe() | nodes.MarkSafeIfAutoescape():
            return _mentions(node, told)
        case nodes.Filter():
            return node.name not in _NO_TEXT and _mentions(node, told)
        case nodes.Call():
            return isinstance(node.node, nodes.Name) and node.node.name in macros and _mentions(node, told)
        case _:
            return False
