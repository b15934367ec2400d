"""What templates may do with a clinic's words when they are composed once for many."""

from __future__ import annotations

import pytest
from topic_samples import ROOT

from handouts.compose.only_printed import only_printed


def test_the_shipped_templates_only_print() -> None:
    folder = ROOT / "templates"
    shipped = {str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*.j2")}
    assert {"clinic.html.j2", "handout/contacts.html.j2"} <= shipped.keys()
    assert only_printed(shipped)


@pytest.mark.parametrize("template", [
    "{{ clinic.name }}",
    "{% if clinic and clinic.phone %}{{ clinic.phone }}{% endif %}",
    "{{ clinic.address | join(', ') }}",
    "{{ 'Call ' ~ clinic.phone }}",
    "{{ clinic.name if clinic else subject.name | upper }}",
    "{% for line in clinic.address %}{{ line }}{% endfor %}",
    "{% if clinic.address | length > 2 %}x{% endif %}",
    "{% macro said(what) %}<b>{{ what }}</b>{% endmacro %}{{ said(clinic.name) }}",
    "{% set short = not clinic.long_name %}{% if short %}{{ clinic.hours }}{% endif %}",
    "{% set shown %}{{ subject.name }}{% endset %}{% if shown == 'x' %}y{% endif %}{{ clinic.name }}",
    "{{ subject.name | e | upper }}{{ clinic.name }}",
    "{% for c in contacts.values() if c.href %}<a href='{{ c.href }}'>{{ c.text }}</a>{% endfor %}",
    "{% for c in contacts.values() | rejectattr('from_clinic') | list %}{{ c.text }}{% endfor %}",
    "{% set own = contacts.values() | selectattr('from_clinic') | first %}{% if own.text %}{{ own.text }}{% endif %}",
])  # fmt: skip
def test_what_is_printed_may_be_left_open(template: str) -> None:
    assert only_printed({"x.html.j2": template})


@pytest.mark.parametrize("template", [
    "{% set n %}{{ clinic.name }}{% endset %}{% if n == 'St. Mary' %}y{% endif %}",
    "{% set c = clinic %}{% set n %}{{ c.name }}{% endset %}{{ n }}",
    "{% for line in clinic.address %}{% filter upper %}{{ line }}{% endfilter %}{% endfor %}",
    "{{ clinic.name | e | upper }}",
    "{% for c in contacts.values() %}{% if c.text ~ '' == '1' %}y{% endif %}{% endfor %}",
    "{% set t = contacts.own.text %}{% set n %}{{ t }}{% endset %}{{ n }}",
    "{{ clinic.address | join(', ') | length }}",
    "{% if clinic.address | join('') == 'x' %}y{% endif %}",
    "{% if clinic.name ~ '' == 'x' %}y{% endif %}",
    "{{ (clinic.name ~ '!') | upper }}",
    "{{ 'y' if clinic.name | e == 'x' else 'n' }}",
    "{% macro said(what) %}{{ what }}{% endmacro %}{{ said(clinic.name) | upper }}",
    "{% macro said() %}{{ clinic.name }}{% endmacro %}{% if said() == 'x' %}y{% endif %}",
    "{% macro said(what) %}{% set n %}{{ what }}{% endset %}{{ n | upper }}{% endmacro %}{{ said(clinic.name) }}",
    "{% set kept = namespace(n=clinic.name) %}{% if kept.n ~ '' == 'x' %}y{% endif %}",
    "{% with n = clinic.name %}{% if n ~ '' == 'x' %}y{% endif %}{% endwith %}",
])  # fmt: skip
def test_printed_words_that_are_read_again_are_found(template: str) -> None:
    assert not only_printed({"x.html.j2": template})


def test_words_handed_to_an_included_template_are_found() -> None:
    assert not only_printed({"a": "{% set n = clinic.name %}{% include 'b' %}", "b": "{{ n | e | upper }}"})
    assert not only_printed({"a": "{{ clinic.name", "b": ""})


@pytest.mark.parametrize(
    "template", ["{{ " + "(" * 5000, "{{ " + "9" * 9000 + " }}", "{% if a %}" * 3000, "x" * 200_000]
)
def test_a_template_that_cannot_be_read_is_not_looked_into(template: str) -> None:
    assert not only_printed({"x.html.j2": template})


def test_words_handed_on_very_often_are_taken_to_be_read() -> None:
    names = [f"n{n}" for n in range(30)]
    chain = "".join(f"{{% set {b} = {a} %}}" for a, b in reversed(list(zip(["clinic", *names], names, strict=False))))
    assert not only_printed({"x.html.j2": chain + "{{ n0.name }}"})
    assert only_printed({"x.html.j2": "{% set n0 = clinic %}{{ n0.name }}"})
