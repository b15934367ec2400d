"""Templates are compiled once a process, yet each edition writes its values in its own way."""

import pytest

from handouts.compose.template import render_html
from handouts.problems import ProblemsError

TEMPLATES = {
    "a.j2": "{{ 1.5 }} {{ x }}{% include 'b.j2' %}{% from 'm.j2' import m %}{{ m(x) }}",
    "b.j2": "{{ 2.5 }}",
    "m.j2": "{% macro m(v) %}{{ v }}{{ 3.5 }}{% endmacro %}",
}


def comma(value: object) -> object:
    return str(value).replace(".", ",") if isinstance(value, float) else value


def test_constants_of_a_template_follow_each_editions_number_format() -> None:
    assert render_html("a.j2", TEMPLATES, {"x": 0.5}, lambda value: value) == "1.5 0.52.50.53.5"
    assert render_html("a.j2", TEMPLATES, {"x": 0.5}, comma) == "1,5 0,52,50,53,5"
    assert render_html("a.j2", TEMPLATES, {"x": 0.5}, lambda value: value) == "1.5 0.52.50.53.5"


def test_another_text_under_the_same_name_is_another_template() -> None:
    assert render_html("a.j2", {"a.j2": "one"}, {}, comma) == "one"
    assert render_html("a.j2", {"a.j2": "two"}, {}, comma) == "two"


def test_a_mistake_is_told_each_time() -> None:
    for _ in range(2):
        with pytest.raises(ProblemsError, match=r"a\.j2:1:1: TEMPLATE01"):
            render_html("a.j2", {"a.j2": "{{ missing }}"}, {}, comma)
