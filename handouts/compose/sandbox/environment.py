"""Jinja2's environment as templates run in it: judged templates, and lists of ours of what may be named and called.

In: templates by name. Out: an environment that compiles each once. Only `plain.member`, `plain.element` and `_of_jinja`
say what can be named of a value; only a `Function`, a macro and a block can be called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from functools import lru_cache
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound, Undefined, pass_context
from jinja2.environment import TemplateModule
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, missing
from markupsafe import Markup, escape

from handouts.compose import bounds
from handouts.compose.blanks import Blank, LookedAtError
from handouts.compose.bounds import MistakeError
from handouts.compose.phrase import Phrase
from handouts.compose.plain import (
    MISSING,
    SINGLE,
    Function,
    PlainGroup,
    PlainRecord,
    element,
    kind_of,
    member,
    names_of,
)
from handouts.compose.sandbox.filters import FILTERS
from handouts.compose.sandbox.language import Judged, judged
from handouts.compose.sandbox.operations import (
    OPERATIONS,
    SIGNS,
    combined,
    defined,
    length_of,
    namespace,
    numbers_from,
    same,
    shown,
    signed,
    sound,
)
from handouts.compose.sandbox.rewriting import UNPRINTABLE
from handouts.compose.sandbox.template_tests import TESTS
from handouts.problems import Origin, Problem, ProblemsError, choose_from, error, nearest

_LOOP = frozenset(("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0", "previtem",
                   "nextitem"))  # fmt: skip
LOOP_NAMES = (*sorted(_LOOP), "changed", "cycle")
"""What a loop tells of itself."""
GLOBALS = ("namespace", "range")
ADVICE = "\0"
"""Stands in the message of an undefined name before what to write instead."""


class FaultError(Exception):
    """A function of ours failed with values that it did not refuse."""


class _Undefined(StrictUndefined):
    """A name that does not exist, which says so when it is used, and which names do."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        asked: Any = self._undefined_name
        holder = self._undefined_obj
        if self._undefined_hint:
            return self._undefined_hint
        if not isinstance(asked, str | int):
            # Python would write out lists in lists, and where records lie in the memory.
            return f"{kind_of(holder)} has nothing under {kind_of(asked)}"
        name = str(asked)[:_SHOWN]
        if holder is missing:
            return f"'{name}' is undefined"
        known = names_of(holder)
        if not known:
            return f"{kind_of(holder)} has no '{name}'"
        shown = choose_from(name, known) if nearest(name, known) or len(known) < _MANY else ""
        return f"{kind_of(holder)} has no '{name}'{ADVICE}{shown}"


_MANY = 40
"""Names from which a message gives only those near to the one that is wrong."""
_SHOWN = 60
"""Characters of a name that a message repeats."""


class _Loader(BaseLoader):
    """Compiles templates, each judged with all that it takes in, so that all mistakes are told at once."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._templates = templates
        self._judged: dict[str, Judged] = {}

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        """A template by name. Raises ProblemsError, or TemplateNotFound."""
        if name not in self._templates:
            raise TemplateNotFound(name)
        problems: list[Problem] = []
        if sum(map(len, self._templates.values())) > bounds.MOST_TEMPLATES:
            message = f"stands with templates of more than {bounds.MOST_TEMPLATES:,} characters"
            raise ProblemsError([error(Origin(name), "TEMPLATE06", message, "keep those that are used")])
        self._height(name, (), {}, problems)
        if problems:
            raise ProblemsError(problems)
        tree = self._judged[name].tree
        tree.set_environment(environment)
        code = environment.compile(tree, name, name)
        return environment.template_class.from_code(environment, code, environment.make_globals(globals))

    def _height(self, name: str, within: tuple[str, ...], known: dict[str, int], problems: list[Problem]) -> int:
        """Judges a template and those that it takes in, each once; how many stand in each other."""
        if name in known:
            return known[name]
        template = self._judged.get(name) or judged(name, self._templates[name])
        self._judged[name] = template
        problems.extend(template.problems)
        heights = [0]
        for part in template.parts:
            origin = Origin(name, part.line, 1)
            found = part.among(self._templates)
            if not found and not part.optional:
                listed = ", ".join(map(str, part.names))
                advice = choose_from(str(part.names[0]), self._templates)
                problems.append(error(origin, "TEMPLATE01", f"includes '{listed}', which is not there", advice))
            for there in found:
                if there in (*within, name):
                    message = f"includes itself by way of '{there}'"
                    problems.append(error(origin, "TEMPLATE06", message, "break the circle"))
                elif len(within) < bounds.DEEPEST_PARTS:
                    heights.append(self._height(there, (*within, name), known, problems))
        known[name] = 1 + max(heights)
        if known[name] > bounds.DEEPEST_PARTS:
            message = f"includes templates more than {bounds.DEEPEST_PARTS} deep"
            problems.append(error(Origin(name, 1, 1), "TEMPLATE06", message, "include them further up"))
        return known[name]


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, with what may be named and called given by lists of ours instead of lists of what may not."""

    intercepted_binops = SIGNS
    intercepted_unops = frozenset("+-")

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What `obj.attribute` is."""
        found = member(obj, attribute)
        if found is MISSING:
            found = _of_jinja(obj, attribute)
        return self.undefined(obj=obj, name=attribute) if found is MISSING else sound(found, obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """What `obj[argument]` is."""
        defined(argument)
        bounds.current().read(length_of(argument))
        found = element(obj, argument)
        if found is MISSING:
            found = _of_jinja(obj, str(argument) if isinstance(argument, str) else "")
        return self.undefined(obj=obj, name=argument) if found is MISSING else sound(found, obj, argument)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """What calling a function or macro gives; nothing else can be called."""
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        kind = type(__obj)
        if kind is Function:
            given = sum(map(length_of, (*args, *kwargs.values())))
            bounds.current().spend(_CALL + len(args) + given // 16)
            return _run(__obj, args, kwargs)
        if kind is Macro or kind is BlockReference:
            run = bounds.current()
            run.deeper()
            made = __context.call(__obj, *args, **kwargs)
            run.depth -= 1
            return made
        defined(__obj)
        raise MistakeError(f"calls {kind_of(__obj)}, which is no function")

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """What two values with a sign of arithmetic between them give."""
        return combined(operator, left, right)

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:
        """What a value with a sign before it gives."""
        return signed(operator, arg)


_CALL = 10
"""Steps that calling a function takes, beside those that it counts itself."""


def _run(function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    for one in (*args, *kwargs.values()):
        if type(one) is Blank:
            raise LookedAtError
        defined(one)
    try:
        return seen(function.name, function.run(*args, **kwargs))
    except (MistakeError, ProblemsError, LookedAtError):
        raise
    except TypeError as bad:
        if bad.__traceback__ is not None and bad.__traceback__.tb_next is None:
            raise MistakeError(f"calls '{function.name}' in a way that it does not know") from None
        raise FaultError(_failed(function, bad)) from bad
    except Exception as bad:
        raise FaultError(_failed(function, bad)) from bad


def _failed(function: Function, bad: Exception) -> str:
    """What to report of a fault: the exception, and where in our code it was."""
    traceback, place = bad.__traceback__, ""
    while traceback:
        module = str(traceback.tb_frame.f_globals.get("__name__"))
        place = f"{module}:{traceback.tb_lineno}" if module.startswith("handouts.") else place
        traceback = traceback.tb_next
    return f"'{function.name}' failed with what it was given here ({type(bad).__name__}: {bad}; at {place})"


def seen(name: str, value: Any) -> Any:
    """A value that templates may see. Raises TypeError for any other."""
    if type(value) not in KINDS:
        raise TypeError(f"'{name}' is a {type(value).__name__}, which templates may not see")
    return value


def _of_jinja(value: Any, name: str) -> Any:
    """What can be named of a loop, a namespace, an imported template or a block."""
    defined(value)
    kind = type(value)
    if kind is LoopContext:
        if name == "changed":
            return Function("changed", _changed(value))
        if name == "cycle":
            return Function("cycle", _cycle(value))
        return getattr(value, name) if name in _LOOP else MISSING
    if name.startswith("_"):
        return MISSING
    if kind is Namespace:
        return getattr(value, name, MISSING)
    if kind is TemplateModule:
        return vars(value).get(name, MISSING)
    return value.super if kind is BlockReference and name == "super" else MISSING


def _changed(loop: Any) -> Callable[..., bool]:
    """Whether values differ from those of the turn before, as `loop.changed` does, but compared by us."""

    def changed(*values: Any) -> bool:
        before = vars(loop).get(_BEFORE)
        setattr(loop, _BEFORE, values)
        return before is None or not same(before, values)

    return changed


def _cycle(loop: Any) -> Callable[..., Any]:
    """One of some values after the other, turn by turn."""

    def cycle(*values: Any) -> Any:
        if not values:
            raise MistakeError("cycles through no values", "write loop.cycle('odd', 'even')")
        return values[loop.index0 % len(values)]

    return cycle


_BEFORE = "_values_before"

KINDS = SINGLE | {tuple, PlainGroup, PlainRecord, Function, Macro, Namespace, TemplateModule, LoopContext,
                  BlockReference, Undefined, StrictUndefined, _Undefined}  # fmt: skip
"""All that a template can have in hand; of Jinja2's kinds nothing can be named but what `_of_jinja` names."""


@lru_cache(maxsize=8)
def environment_of(templates: tuple[tuple[str, str], ...]) -> _Sandbox:
    """The templates, each compiled once a process."""
    environment = _Sandbox(
        loader=_Loader(dict(templates)),
        undefined=_Undefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
        # What is worked out while compiling is counted by nobody, and written in the first edition's number format.
        optimized=False,
        auto_reload=False,
    )
    # Jinja2's stubs know no other filters and tests than Jinja2's.
    untyped: Any = environment
    untyped.filters = {**FILTERS, **OPERATIONS}
    untyped.tests = dict(TESTS)
    untyped.globals = {"range": Function("range", numbers_from), "namespace": Function("namespace", namespace)}
    return environment


# Asking for the context keeps Jinja2 from writing constants once and for all, in the first edition's number format.
@pass_context
def _finalize(_context: Context, value: Any) -> str:
    """What is printed of a value, escaped."""
    kind = type(value)
    counted = 0
    if kind is Phrase or kind is Blank:
        text = value.__html__()
    elif kind is str or kind is Markup:
        text = value
        # Few texts have more than plain characters, and Python knows that of each.
        if not text.isprintable() and (found := UNPRINTABLE.search(text)):
            raise MistakeError(f"prints the character U+{ord(found[0]):04X}, which no document can hold", "remove it")
    elif value is None or kind is Undefined:
        # The latter is what `{{ … if … }}` gives without an else.
        return ""
    else:
        text = shown(value)
        counted = len(text)
    # Counted as the document has it, which Jinja2 would see to later.
    text = escape(text)
    bounds.current().make(len(text) - counted)
    return text
