"""The part of Jinja2 that templates may use: template texts in, syntax trees out that may be compiled.

A tree is judged before anything of it runs: its size and depth against limits here, then every node, filter, test and
name against a list of what is known, in `rewriting`.
"""

from __future__ import annotations

import operator

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.parser import Parser
from msgspec import Struct

from handouts.compose import bounds
from handouts.compose.sandbox.rewriting import USAGE, TakenIn, rewritten
from handouts.problems import Origin, Problem, ProblemsError, error

_GRAMMAR = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
_PARTS = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.Block)


class _TooMuchError(Exception):
    """A template that is too large or too deep to be looked at further."""

    def __init__(self, line: int, message: str, instead: str) -> None:
        super().__init__(message)
        self.line, self.message, self.instead = line, message, instead


class Judged(Struct, frozen=True):
    """A template as it may run, unless it has problems, and the templates that it takes in."""

    tree: nodes.Template
    parts: tuple[TakenIn, ...]
    problems: tuple[Problem, ...]


def judged(name: str, text: str) -> Judged:
    """A template as it may run, with every mistake of it; one that cannot be read is empty."""
    try:
        return Judged(*rewritten(name, syntax_of(name, text)))
    except ProblemsError as bad:
        return Judged(nodes.Template([]), (), bad.problems)


def syntax_of(name: str, text: str) -> nodes.Template:
    """The tree of a template as it is written. Raises ProblemsError for one that cannot be read, or is too large."""
    try:
        if len(text) > bounds.LONGEST_TEMPLATE:
            instead = f"{bounds.LONGEST_TEMPLATE:,} are the most; include other templates"
            raise _TooMuchError(1, f"has {len(text):,} characters", instead)
        tree = _GRAMMAR.parse(text, name, name)
        _measure(tree)
    except TemplateSyntaxError as bad:
        wrong = error(Origin(name, bad.lineno, 1), "TEMPLATE01", f"is not a template: {bad.message}", USAGE)
        raise ProblemsError([wrong]) from None
    except _TooMuchError as bad:
        raise ProblemsError([error(Origin(name, bad.line, 1), "TEMPLATE06", bad.message, bad.instead)]) from None
    except RecursionError as bad:
        message = "has an expression or statement that is nested too deeply"
        raise ProblemsError([error(Origin(name, _line_of(bad), 1), "TEMPLATE06", message, "part it")]) from None
    except Exception as bad:
        # Reading a number of thousands of digits, for one: what a parser raises for is open-ended.
        message = f"cannot be read as a template here: {bad}"
        raise ProblemsError([error(Origin(name, _line_of(bad), 1), "TEMPLATE01", message, USAGE)]) from None
    return tree


def _line_of(bad: BaseException) -> int:
    """How far the parser came."""
    traceback = bad.__traceback__
    while traceback:
        parser = traceback.tb_frame.f_locals.get("self")
        if isinstance(parser, Parser):
            return parser.stream.current.lineno
        traceback = traceback.tb_next
    return 1


def _measure(tree: nodes.Template) -> None:
    """Raises _TooMuchError for a tree that would take long, or too much of Python's stack, to compile."""
    counted, parts, names = 0, 0, set[str]()
    # Not by recursion: that a tree is shallow enough for it is what is found out here.
    waiting: list[tuple[nodes.Node, int, int, int]] = [(tree, 0, 0, 0)]
    while waiting:
        node, statements, loops, depth = waiting.pop()
        counted += 1
        branches = 0
        if isinstance(node, nodes.Stmt):
            statements, depth = statements + 1, 0
            # A macro or block becomes a function of its own, in which Python counts anew.
            loops = 0 if isinstance(node, nodes.Macro | nodes.Block) else loops + isinstance(node, nodes.For)
            parts += isinstance(node, _PARTS)
            branches = len(node.elif_) if isinstance(node, nodes.If) else 0
        else:
            depth += 1
            if isinstance(node, nodes.Name | nodes.NSRef):
                names.add(node.name)
        found = (counted, parts, len(names), branches, statements, loops, depth)
        if any(map(operator.gt, found, _MOST)):
            at = next(at for at, amount in enumerate(found) if amount > _MOST[at])
            message = f"has more than {_MOST[at]:,} {_WHAT[at]}"
            raise _TooMuchError(node.lineno or 1, message, "part it, or leave some out")
        waiting.extend((child, statements, loops, depth) for child in node.iter_child_nodes())


_MOST = (
    bounds.MOST_NODES, bounds.MOST_PARTS, bounds.MOST_NAMES, bounds.MOST_BRANCHES, bounds.DEEPEST_STATEMENTS,
    bounds.DEEPEST_LOOPS, bounds.DEEPEST_EXPRESSION,
)  # fmt: skip
_WHAT = (
    "operations, names, values and pieces of text", "includes, imports and blocks", "names",
    "branches of one {% if %}", "statements inside each other", "loops inside each other",
    "operations inside each other",
)  # fmt: skip
