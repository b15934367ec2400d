"""A template's syntax tree in, the same tree out as it may run, with every mistake of it.

Every node, filter, test and name is looked up in a list of what is known. Then what Jinja2 would leave to Python
(comparing, joining, cutting, going through a list) is put into our own operations, whose names no template can write,
and each body is given its cost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, cast

from jinja2 import nodes
from msgspec import Struct, field

from handouts.compose import bounds
from handouts.compose.sandbox.filters import FILTERS
from handouts.compose.sandbox.operations import Operation
from handouts.compose.sandbox.template_tests import TESTS
from handouts.problems import Origin, Problem, choose_from, error

USAGE = "see docs/templates.md for the names that a template can use"
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no document can hold."""

_KNOWN = frozenset((
    nodes.Template, nodes.Output, nodes.For, nodes.If, nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.With,
    nodes.Assign, nodes.AssignBlock, nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.Block,
    nodes.TemplateData, nodes.Const, nodes.Name, nodes.NSRef, nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Call,
    nodes.Keyword, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Neg,
    nodes.Pos, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Concat,
    nodes.CondExpr, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair,
))  # fmt: skip
"""The statements and expressions of Jinja2 that a template may hold; what a later Jinja2 adds is not among them."""
_UNKNOWN_NAMES = frozenset(("self", "varargs", "kwargs"))
_SHOWN = 60
"""Characters of a name that a message repeats."""


class _Cost(Struct):
    """What running a body once takes."""

    steps: int = 1
    characters: int = 0


class Pattern(Struct, frozen=True):
    """A template's name whose middle is worked out: `'handout/' ~ s.kind ~ '.html.j2'`."""

    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}…{self.after}"


class TakenIn(Struct, frozen=True):
    """Other templates that one takes in, the first that is there; `optional` where none need be."""

    names: tuple[str | Pattern, ...]
    line: int
    optional: bool

    def among(self, templates: Iterable[str]) -> tuple[str, ...]:
        """Those of the templates that may be meant: the first name that is there, and all that fit a pattern."""
        known = tuple(templates)
        found: dict[str, None] = {}
        for name in self.names:
            if isinstance(name, Pattern):
                found.update((one, None) for one in known if one.startswith(name.before) and one.endswith(name.after))
            elif name in known:
                found[name] = None
                break
        return tuple(found)


def rewritten(name: str, tree: nodes.Template) -> tuple[nodes.Template, tuple[TakenIn, ...], tuple[Problem, ...]]:
    """A tree as it may run, changed in place; the templates that it takes in; its mistakes."""
    writer = _Writer(name)
    tree.body = writer.body(tree.body)
    return tree, tuple(writer.parts), tuple(writer.problems)


class _Writer(Struct):
    """Judges a tree and rewrites it from the leaves up."""

    name: str
    problems: list[Problem] = field(default_factory=list[Problem])
    parts: list[TakenIn] = field(default_factory=list[TakenIn])
    cost: _Cost = field(default_factory=_Cost)

    def body(self, body: list[nodes.Node], owner: nodes.Node | None = None) -> list[nodes.Node]:
        """Statements that run by themselves, as a macro's do: first their cost is counted."""
        written: list[nodes.Node] = []

        def visit() -> None:
            if owner is not None:
                self._inside(owner, "body", "call")
            written.extend(self._all(body))

        cost = self._costed(visit)
        return [_count(cost.steps, cost.characters, body[0].lineno if body else 1), *written]

    def _wrong(self, node: nodes.Node, message: str, instead: str = USAGE) -> None:
        # Jinja2 gives a block such as autoescape no line of its own.
        line = node.lineno or next((one.lineno for one in node.find_all(nodes.Node) if one.lineno), 1)
        self.problems.append(error(Origin(self.name, line, 1), "TEMPLATE01", message, instead))

    def _costed(self, visit: Callable[[], None]) -> _Cost:
        """Visits apart from the body around, and gives the cost of what was visited."""
        outer, self.cost = self.cost, _Cost()
        visit()
        inner, self.cost = self.cost, outer
        return inner

    def _inside(self, node: nodes.Node, *but: str) -> None:
        """Visits what a node holds, but for some of its fields."""
        for key, value in node.iter_fields(exclude=but):
            if isinstance(value, nodes.Node):
                setattr(node, key, self._visit(value))
            elif isinstance(value, list):
                setattr(node, key, list(self._all(cast("list[Any]", value))))

    def _all(self, held: Iterable[Any]) -> Iterator[Any]:
        for one in held:
            if isinstance(one, nodes.Assign) and one.find(nodes.NSRef):
                # Jinja2 asks whether it may set the name before it says which line it is at.
                yield _count(0, 0, one.lineno)
            yield self._visit(one) if isinstance(one, nodes.Node) else one

    def _visit(self, node: nodes.Node) -> nodes.Node:
        """The node that stands for this one."""
        self.cost.steps += 1
        match node:
            case _ if type(node) not in _KNOWN:
                self._wrong(node, f"has '{_plain_name(node)}', which templates may not do")
            case nodes.TemplateData():
                self.cost.characters += len(node.data)
                self._printable(node, node.data)
            case nodes.Const():
                return self._const(node)
            case nodes.For():
                return self._for(node)
            case nodes.Block():
                node.body = self.body(node.body, node)
            case nodes.Macro():
                self._each_once(node, (one.name for one in node.args), "a name")
                node.body = self.body(node.body, node)
            case nodes.CallBlock():
                self._each_once(node, (one.name for one in node.args), "a name")
                if any(keyword.key == "caller" for keyword in node.call.kwargs):
                    self._wrong(node, "gives 'caller', which is what stands in the call", "give it another name")
                self._inside(node, "args", "defaults", "body")
                node.body = self.body(node.body, node)
            case nodes.Include() | nodes.Import() | nodes.FromImport() | nodes.Extends():
                self._part(node)
            case _:
                self._judge(node)
                self._inside(node)
                return _as_operation(node)
        return node

    def _judge(self, node: nodes.Node) -> None:
        """Notes what is wrong with an expression by itself."""
        match node:
            case nodes.Name() if node.name in _UNKNOWN_NAMES:
                self._wrong(node, f"uses '{node.name}', which templates do not have")
            case nodes.Getattr():
                self._no_private(node, node.attr)
            case nodes.Filter():
                self._called(node, FILTERS, "filter")
            case nodes.Test():
                self._called(node, TESTS, "test")
            case nodes.Call():
                self._called(node, (), "")
            case _:
                pass

    def _called(self, node: nodes.Call | nodes.Filter | nodes.Test, known: Collection[str], what: str) -> None:
        if node.dyn_kwargs is not None:
            self._wrong(node, "gives names by **, which templates may not do", "write them one by one")
        keywords = [keyword.key for keyword in cast("Iterable[nodes.Keyword]", node.kwargs)]
        self._each_once(node, keywords, "a value by name")
        for name in keywords:
            self._no_private(node, name)
        if not isinstance(node, nodes.Call) and node.name not in known:
            name = node.name[:_SHOWN]
            self._wrong(node, f"uses a {what} '{name}', which templates do not have", choose_from(name, known))

    def _each_once(self, node: nodes.Node, names: Iterable[str], what: str) -> None:
        known = set[str]()
        for name in names:
            # Python takes names for the same that are written with other forms of a letter.
            plain = unicodedata.normalize("NFKC", name)
            if plain in known:
                self._wrong(node, f"has {what} twice: '{name[:_SHOWN]}'", "write it once")
            known.add(plain)

    def _no_private(self, node: nodes.Node, name: str) -> None:
        if name.startswith("_"):
            self._wrong(node, f"names '{name[:_SHOWN]}'; nothing that begins with _ can be named")

    def _printable(self, node: nodes.Node, text: str) -> None:
        found = UNPRINTABLE.search(text)
        if found:
            line = (node.lineno or 1) + (text.count("\n", 0, found.start()) if type(node) is nodes.TemplateData else 0)
            message = f"has the character U+{ord(found[0]):04X}, which no document can hold"
            self.problems.append(error(Origin(self.name, line, 1), "TEMPLATE01", message, "remove it"))

    def _const(self, node: nodes.Const) -> nodes.Node:
        if isinstance(node.value, str):
            self._printable(node, node.value)
        elif isinstance(node.value, float):
            # Kept in decimals, as the topic's numbers are: 0.83 is not a sum of powers of two.
            shown = repr(node.value)
            if not re.fullmatch(rf"[0-9.]{{1,{2 * bounds.MOST_DIGITS}}}", shown):
                self._wrong(node, f"has {shown}, which is no number of a document", "write its digits")
            return _operation(Operation.DECIMAL, nodes.Const(shown), node.lineno)
        elif isinstance(node.value, int) and node.value >= 10**bounds.MOST_DIGITS:
            self._wrong(node, f"has a number of more than {bounds.MOST_DIGITS} digits", "write it as text, in quotes")
        return node

    def _for(self, node: nodes.For) -> nodes.Node:
        if node.recursive:
            self._wrong(node, "has a loop that calls itself", "write a macro that calls itself")
        self._inside(node, "body", "test")
        cost = self._costed(lambda: self._inside(node, "target", "iter", "else_"))
        each = [nodes.Const(cost.steps), nodes.Const(cost.characters)]
        node.iter = _operation(Operation.LOOP, cast(nodes.Expr, node.iter), node.lineno, each)
        return node

    def _part(self, node: nodes.Include | nodes.Import | nodes.FromImport | nodes.Extends) -> None:
        names = tuple(_names_of(node.template))
        if not names or (not isinstance(node, nodes.Include) and not all(isinstance(name, str) for name in names)):
            instead = f"write its name, in quotes; an include may work out its middle: {_WORKED_OUT}"
            self._wrong(node, "includes a template by a name that is worked out", instead)
        else:
            if not all(isinstance(name, str) for name in names):
                node.template = cast(nodes.Expr, self._visit(node.template))
            optional = isinstance(node, nodes.Include) and node.ignore_missing
            self.cost.steps += _TAKING_IN
            self.parts.append(TakenIn(names, node.lineno, optional))
        if isinstance(node, nodes.Import | nodes.FromImport):
            # Without its context Jinja2 keeps an imported template, and what its macros set, for the next document.
            node.with_context = True


def _as_operation(node: nodes.Node) -> nodes.Node:
    """An expression as one of our operations, where Jinja2 leaves it to Python."""
    match node:
        case nodes.Compare():
            operands = [part for one in node.ops for part in (nodes.Const(one.op), one.expr)]
            return _operation(Operation.COMPARE, node.expr, node.lineno, operands)
        case nodes.Concat():
            return _operation(Operation.JOIN, node.nodes[0], node.lineno, node.nodes[1:])
        case nodes.Getitem() if isinstance(node.arg, nodes.Slice):
            ends = (node.arg.start, node.arg.stop, node.arg.step)
            return _operation(Operation.CUT, node.node, node.lineno, [end or nodes.Const(None) for end in ends])
        case nodes.Call() | nodes.Filter() | nodes.Test() if node.dyn_args is not None:
            each = [nodes.Const(1), nodes.Const(0)]
            node.dyn_args = _operation(Operation.LOOP, node.dyn_args, node.lineno, each)
            return node
        case nodes.List():
            return nodes.Tuple(node.items, "load", lineno=node.lineno)
        case nodes.Dict():
            pairs = [nodes.Tuple([one.key, one.value], "load") for one in node.items]
            return _operation(Operation.GROUP, nodes.Tuple(pairs, "load"), node.lineno)
        case _:
            return node


def _operation(name: Operation, first: nodes.Expr, line: int, others: Sequence[nodes.Expr] = ()) -> nodes.Filter:
    return nodes.Filter(first, name.value, list(others), [], None, None, lineno=line)


def _count(steps: int, characters: int, line: int) -> nodes.ExprStmt:
    count = _operation(Operation.COUNT, nodes.Const(steps), line, [nodes.Const(characters)])
    return nodes.ExprStmt(count, lineno=line)


_TAKING_IN = 20
"""Steps that taking in another template takes, beside what that does."""


_WORKED_OUT = "'handout/' ~ s.kind ~ '.html.j2'"


def _names_of(node: nodes.Expr) -> Iterator[str | Pattern]:
    """The names by which a part is chosen; none where any of them is worked out from its beginning or to its end."""
    items = node.items if isinstance(node, nodes.List | nodes.Tuple) else [node]
    names = [_name_of(item) for item in items]
    if None not in names:
        yield from (name for name in names if name is not None)


def _name_of(node: nodes.Expr) -> str | Pattern | None:
    match node:
        case nodes.Const(value=str(name)):
            return name
        case nodes.Concat(nodes=[nodes.Const(value=str(before)), _, nodes.Const(value=str(after))]) if (
            "/" in before and after
        ):
            return Pattern(before, after)
        case _:
            return None


def _plain_name(node: nodes.Node) -> str:
    """What a template writes for a node; Jinja2's own name for it where that is not known."""
    return "autoescape" if isinstance(node, nodes.Scope) else type(node).__name__.lower()
