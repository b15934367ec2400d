"""Everything that a template can get hold of is walked, from every name, filter, test and global: plain kinds alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from jinja2 import Undefined
from jinja2.environment import TemplateModule
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.utils import Namespace
from markupsafe import Markup
from template_samples import context, html, names

from handouts.compose import bounds
from handouts.compose.blanks import Blank, LookedAtError
from handouts.compose.bounds import MistakeError, Rendering
from handouts.compose.plain import SINGLE, Function, PlainGroup, PlainRecord, declared, member, names_of, plain
from handouts.compose.sandbox.environment import KINDS, LOOP_NAMES, environment_of
from handouts.compose.sandbox.filters import FILTERS
from handouts.compose.sandbox.operations import OPERATIONS, listed
from handouts.compose.sandbox.template_tests import TESTS
from handouts.model.contact import Contact
from handouts.model.section import DOCUMENTS, DocumentName
from handouts.model.topic import OtherDrug, Source, Topic

ENVIRONMENT = environment_of((("x", ""),))
OF_JINJA = {Macro, Namespace, TemplateModule, LoopContext, BlockReference}
CALLS: dict[str, tuple[tuple[Any, ...], ...]] = {
    "fixed": (("sources",),),
    "told": (("weekly",), ("side_effects", "weekly"), ("side_effects", "", "")),
    "aspects": (("side_effects",),),
    "leaving_out": ((context().told("twice_weekly"), ()),),
    "halves": ((context().told("twice_weekly"),),),
    "cite": (("bcj_2025",),),
    "cite_short": (("bcj_2025",),),
    "sources_of": (("K1", "K2"), ()),
    "named": (("orr",),),
    "label": ((names()["studies"][1].get("main"),),),
    "percent": ((names()["studies"][1].get("main"),),),
    "share": ((names()["studies"][1].get("main"),),),
    "result_text": ((names()["studies"][1].get("main"),),),
    "effect_text": ((names()["studies"][3].get("pfs").get("hr"),),),
    "is_forest": (("mm1", "mm2"),),
    "is_dumbbell": (("pooled",),),
    "patients": ((names()["studies"][0],),),
    "rate": ((names()["studies"][1].get("main"), 100),),
    "number": ((1, 2),),
    "range": ((3,),),
    "namespace": ((),),
    "get": (("weekly",), ("nothing", 1)),
    "items": ((),),
    "keys": ((),),
    "values": ((),),
    "changed": ((1,),),
    "cycle": ((1, 2),),
}
"""How each function is called."""
HIDDEN = ("__class__", "__dict__", "__init__", "__globals__", "_fields", "_items", "gi_frame", "f_globals", "mro")


@pytest.fixture(autouse=True)
def run() -> Iterator[Rendering]:
    """Operations count for a rendering."""
    begun = Rendering(context().written)
    token = bounds.start(begun)
    yield begun
    bounds.end(token)


def held() -> dict[str, Any]:
    """What Jinja2 itself puts into a template's hands, caught by a function of the test."""
    caught: dict[str, Any] = {}

    def keep(name: str, value: Any = None) -> str:
        caught[name] = value
        return ""

    text = (
        "{% extends 'p' %}{% block b %}{{ keep('super', super) }}"
        "{% import 'o' as o %}{% from 'o' import told_here %}{{ keep('module', o) }}{{ keep('imported', told_here) }}"
        "{% macro m(a) %}{{ keep('caller', caller) }}{{ caller() }}{% endmacro %}{{ keep('macro', m) }}"
        "{% call m(1) %}{{ keep('in a call') }}{% endcall %}{{ keep('namespace', namespace(a=topic, b=m)) }}"
        "{% for s in studies if s.id %}{% if not loop.first %}{{ keep('loop', loop) }}{% endif %}{% endfor %}"
        "{% set x %}<b>{{ subject.name }}</b>{% endset %}"
        "{{ keep('captured', x) }}{{ keep('macro output', o.told_here(1)) }}{{ keep('none', 1 if false else none) }}"
        "{{ keep('list', [1, 'a', [topic]]) }}{{ keep('group', {'a': topic, 1: 2}) }}{{ keep('decimal', 1.5) }}"
        "{% endblock %}"
    )
    others = {"o": "{% macro told_here(a) %}{{ a }}{% endmacro %}{% set kept = words %}{% set _hidden = words %}",
              "p": "{% block b %}{% endblock %}"}  # fmt: skip
    html(text, others, keep=Function("keep", keep))
    return caught


GIVEN = ("get", "items", "keys", "values", "super", "kept", "a", "b", "told_here", "_hidden")


def parts(value: Any) -> Iterator[tuple[str, Any]]:
    """All that can be had of a value: by a dot, in brackets, by going through it, by calling it."""
    asked = {*dir(value), *names_of(value), *LOOP_NAMES, *HIDDEN, *GIVEN}
    for name in sorted(asked):
        for got in (ENVIRONMENT.getattr, ENVIRONMENT.getitem):
            found = got(value, name)
            if not isinstance(found, Undefined):
                assert not name.startswith("_"), f"{type(value)}.{name}"
                yield f".{name}", found
    if type(value) is tuple or type(value) is PlainGroup or type(value) is str:
        for index, item in enumerate(listed(value)[:60]):
            yield f"[{index}]", item
    if type(value) is Function:
        for given in CALLS[value.name]:
            yield f"{given}", call(value, *given)


def call(function: Function, *given: Any) -> Any:
    template: Any = ENVIRONMENT.get_template("x")
    try:
        return ENVIRONMENT.call(template.new_context(), function, *given)
    except MistakeError:
        # A group that has no such key, a list that is none.
        return None


def walked(roots: Mapping[str, Any]) -> dict[type, str]:
    """Every kind that can be reached, with one way to it."""
    kinds: dict[type, str] = {}
    waiting = list(roots.items())
    seen = set[int]()
    kept: list[Any] = []
    while waiting:
        way, value = waiting.pop()
        kinds.setdefault(type(value), way)
        assert type(value) in KINDS, f"{way} is a {type(value)}"
        key = hash((type(value), value)) if type(value) in SINGLE - {Blank} else id(value)
        if key in seen or isinstance(value, Undefined):
            continue
        seen.add(key)
        kept.append(value)
        if len(way) < 200:
            waiting.extend((way + step, part) for step, part in parts(value))
    return kinds


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_value_is_of_a_plain_kind(document: DocumentName) -> None:
    roots = {**names(document), **ENVIRONMENT.globals}
    assert {value.name for value in roots.values() if type(value) is Function} <= set(CALLS)
    kinds = walked(roots)
    assert {PlainRecord, PlainGroup, tuple, str, Function} <= set(kinds)
    # Nothing of Jinja2's is reached from a name but what `namespace()` makes.
    assert {kind for kind in kinds if kind in OF_JINJA} == {Namespace}


def test_what_jinja2_puts_into_a_templates_hands_gives_plain_kinds_too() -> None:
    caught = held()
    assert {type(value) for value in caught.values()} >= {*OF_JINJA, Markup, tuple, PlainGroup}
    assert set(walked(caught)) >= {*OF_JINJA, Markup}


def test_of_jinja2s_objects_only_what_the_page_names_can_be_named() -> None:
    caught = held()
    named = {name: {step[1:] for step, _ in parts(caught[name]) if step[0] == "."} for name in caught}
    assert named["loop"] == set(LOOP_NAMES) - {"nextitem"}, "the loop has ended"
    assert named["macro"] == named["caller"] == named["imported"] == set()
    assert named["module"] == {"told_here", "kept"}
    assert named["namespace"] == {"a", "b"}
    assert named["super"] <= {"super"}
    assert named["captured"] == named["list"] == named["decimal"] == set()
    assert named["group"] == {"get", "items", "keys", "values", "a"}


def samples() -> dict[str, Any]:
    """A value of each kind, many of them odd."""
    return {
        **{f"{kind}": value for kind, value in held().items()},
        **{str(value): value for value in ("", "a b", "<b>", 0, 7, True, None, (), ((1, "a"), (2, "b")))},
        **names(),
        "phrase": names()["words"].get("handout").get("title"),
        "result": names()["studies"][1].get("main").itself,
        "undefined": ENVIRONMENT.undefined(name="nothing"),
    }


ARGUMENTS: tuple[tuple[Any, ...], ...] = (
    (), (1,), (2,), ("a",), ("id",), ("__class__",), ("upper",), ("defined",), ("id", "eq", "weekly"), ("a", "b"),
    ((1, 2),), (1, 1), (0, 2, 1),
)  # fmt: skip


@pytest.mark.parametrize("name", sorted({*FILTERS, *OPERATIONS}))
def test_filters_give_plain_kinds_or_refuse(name: str, run: Rendering) -> None:
    apply = {**FILTERS, **OPERATIONS}[name]
    gave = 0
    for value in samples().values():
        for given in ARGUMENTS:
            run.steps = run.characters = run.depth = 0
            try:
                found = apply(value, *given)
            except (MistakeError, TypeError, ValueError, LookedAtError, ArithmeticError, KeyError) as bad:
                assert not isinstance(bad, KeyError | ArithmeticError) or name in OPERATIONS
                continue
            except ENVIRONMENT.undefined()._undefined_exception:  # pyright: ignore[reportPrivateUsage]
                continue
            gave += 1
            assert type(found) in KINDS
            if type(found) is tuple:
                assert {type(item) for item in found} <= KINDS
    assert gave


@pytest.mark.parametrize("name", sorted(TESTS))
def test_tests_say_yes_or_no_or_refuse(name: str, run: Rendering) -> None:
    gave = 0
    for value in samples().values():
        for given in ARGUMENTS:
            run.steps = run.characters = run.depth = 0
            try:
                found = TESTS[name](value, *given)
            except (MistakeError, TypeError, ENVIRONMENT.undefined()._undefined_exception):  # pyright: ignore[reportPrivateUsage]
                continue
            gave += 1
            assert type(found) is bool
    assert gave


def test_a_record_has_what_its_model_declares_and_what_it_computes() -> None:
    assert tuple(declared(OtherDrug)) == ("name", "brand")
    assert tuple(declared(Source))[-1] == "can_change"
    assert tuple(declared(Topic)) == tuple(Topic.__struct_fields__)
    assert declared(Contact)["from"] == "from_"
    assert plain(Contact(from_="clinic")).get("from") == "clinic"
    shown = plain(context().edition.topic)
    assert shown.names() == tuple(Topic.__struct_fields__)
    assert member(shown, "model_dump") is member(shown, "_fields") is member(shown, "") is member(shown, "names")


def test_what_is_no_record_cannot_be_made_one() -> None:
    for value in (object(), len, 0.5, b"", {1, 2}, context()):
        with pytest.raises(TypeError):
            plain(value)


def test_a_groups_functions_win_over_its_keys_and_brackets_over_both() -> None:
    group = PlainGroup({"items": 1, "values": 2, "x": 3})
    text = "{{ g['items'] }}{{ g['values'] }}{{ g.x }}{{ g['x'] }}{% for k, v in g.items() %}{{ k }}{{ v }}{% endfor %}"
    assert html(text, g=group) == "1233items1values2x3"
    assert html("{{ g.values() | join(',') }} {{ g.get('x') }} {{ g.get('y', '—') }}", g=group) == "1,2,3 3 —"


def test_a_blank_is_only_printed() -> None:
    blank = Blank("name")
    assert 'data-at="0:0:&lt;recipient&gt;/name"' in html("{{ b }}{{ b if b }}", b=blank)
    for looked in ("b == 'x'", "b ~ ''", "b | upper", "b.text", "fixed('sources', x=b)", "b in 'x'", "'x' in b",
                   "b | list", "b | length", "[b] == ['x']", "[b, b] | unique", "b < 'x'", "cite(b)",
                   "[b] | sort"):  # fmt: skip
        with pytest.raises(LookedAtError):
            html(f"{{% if {looked} %}}{{% endif %}}", b=blank)


@pytest.mark.parametrize("name", sorted({*dir(Blank), "statement", "text", "Blank__html"}))
def test_nothing_of_a_blank_can_be_named(name: str) -> None:
    blank = Blank("name")
    with pytest.raises(LookedAtError):
        member(blank, name)
    with pytest.raises(LookedAtError):
        html(f"{{{{ b['{name}'] }}}}", b=blank)
    with pytest.raises(LookedAtError):
        html(f"{{{{ [b] | map(attribute='{name}') | list }}}}", b=blank)
