"""Templates are compiled once a process, each edition writes its values in its own way, and mistakes are located."""

import re
from decimal import Decimal
from typing import Any

import pytest

from handouts.compose.plain import Function
from handouts.compose.template import render_html
from handouts.problems import Problem, ProblemsError

TEMPLATES = {
    "a.j2": "{{ 1.5 }} {{ x }}{% include 'b.j2' %}{% from 'm.j2' import m %}{{ m(x) }}",
    "b.j2": "{{ 2.5 }}",
    "m.j2": "{% macro m(v) %}{{ v }}{{ 3.5 }}{% endmacro %}",
}


def comma(value: object) -> object:
    return str(value).replace(".", ",") if isinstance(value, Decimal) else value


def problems(templates: dict[str, str], **names: Any) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsError) as caught:
        render_html("a.j2", templates, names, comma)
    return caught.value.problems


def test_constants_of_a_template_follow_each_editions_number_format() -> None:
    assert render_html("a.j2", TEMPLATES, {"x": Decimal("0.5")}, lambda value: value) == "1.5 0.52.50.53.5"
    assert render_html("a.j2", TEMPLATES, {"x": Decimal("0.5")}, comma) == "1,5 0,52,50,53,5"
    assert render_html("a.j2", TEMPLATES, {"x": Decimal("0.5")}, lambda value: value) == "1.5 0.52.50.53.5"


def test_another_text_under_the_same_name_is_another_template() -> None:
    assert render_html("a.j2", {"a.j2": "one"}, {}, comma) == "one"
    assert render_html("a.j2", {"a.j2": "two"}, {}, comma) == "two"


def test_a_mistake_is_told_each_time() -> None:
    for _ in range(2):
        with pytest.raises(ProblemsError, match=r"a\.j2:1:1: TEMPLATE01"):
            render_html("a.j2", {"a.j2": "{{ missing }}"}, {}, comma)


def test_a_mistake_in_an_included_template_is_located_there() -> None:
    (problem,) = problems({"a.j2": "<p>\n{% include 'b.j2' %}", "b.j2": "\n\n\n{{ clinc }}"})
    assert str(problem) == (
        "b.j2:4:1: TEMPLATE01 error: 'clinc' is undefined; see docs/templates.md for the names that a template can use"
    )
    (problem,) = problems(
        {"a.j2": "{% from 'b.j2' import m %}\n{{ m() }}", "b.j2": "{% macro m() %}\n{{ x.y }}{% endmacro %}"}
    )
    assert str(problem.origin) == "b.j2:2:1"


def test_every_mistake_of_a_template_and_of_those_it_includes_is_told_at_once() -> None:
    found = problems(
        {
            "a.j2": "{{ x | sortt }}\n{{ x.__class__ }}\n{% include 'b.j2' %}{% include 'c.j2' %}",
            "b.j2": "{{ 1e400 }}\n{% for x in y recursive %}{% endfor %}",
        }
    )
    assert [(str(p.origin), p.message, p.instead[:19]) for p in found] == [
        ("a.j2:1:1", "uses a filter 'sortt', which templates do not have", "did you mean 'sort'"),
        ("a.j2:2:1", "names '__class__'; nothing that begins with _ can be named", "see docs/templates."),
        ("a.j2:3:1", "includes 'c.j2', which is not there", "did you mean 'b.j2'"),
        ("b.j2:1:1", "has inf, which is no number of a document", "write its digits"),
        ("b.j2:2:1", "has a loop that calls itself", "write a macro that c"[:19]),
    ]


def test_nothing_that_an_imported_template_sets_is_left_for_the_next_document() -> None:
    counting = "{% set n = namespace(n=0) %}{% macro next() %}{% set n.n = n.n + 1 %}{{ n.n }}{% endmacro %}"
    for how in (
        "{% import 'm.j2' as m %}{{ m.next() }}{{ m.next() }}",
        "{% from 'm.j2' import next %}{{ next() }}{{ next() }}",
    ):
        templates = {"a.j2": how, "m.j2": counting}
        assert [render_html("a.j2", templates, {}, comma) for _ in range(3)] == ["12"] * 3


def test_a_fault_in_a_function_of_ours_is_told_as_such_where_it_was_called_and_keeps_its_cause() -> None:
    def broken(_value: object) -> str:
        raise LookupError("no such shelf")

    with pytest.raises(ProblemsError) as caught:
        render_html("a.j2", {"a.j2": "<p>\n{{ f(1) }}"}, {"f": Function("f", broken)}, comma)
    (line,) = re.findall(r"environment:(\d+)", str(caught.value))
    assert str(caught.value) == (
        "a.j2:2:1: TEMPLATE07 error: 'f' failed with what it was given here (LookupError: no such shelf; at "
        f"handouts.compose.sandbox.environment:{line}); give it what docs/templates.md says; if that is what it has, "
        "it is a fault of ours: please report it"
    )
    assert isinstance(caught.value.__cause__, LookupError)
    with pytest.raises(ProblemsError) as caught:
        render_html("a.j2", {"a.j2": "{{ f() }}"}, {"f": Function("f", broken)}, comma)
    assert "calls 'f' in a way that it does not know" in str(caught.value)
    assert caught.value.__cause__ is None


def test_what_jinja2_raises_beside_mistakes_is_a_mistake_of_the_template() -> None:
    kinds = (
        ValueError,
        KeyError,
        OverflowError,
        MemoryError,
        RecursionError,
        UnicodeError,
        AssertionError,
        SystemError,
    )
    for bad in [kind("odd") for kind in kinds] + [MemoryError()]:

        def fails(_value: object, bad: Exception = bad) -> str:
            raise bad

        with pytest.raises(ProblemsError, match=r"^a\.j2:2:1: TEMPLATE0[16] error: .+; .+"):
            render_html("a.j2", {"a.j2": "\n{{ 1 }}"}, {}, fails)
