"""Counted words in files: which forms a language needs, and mistakes at their place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from handouts.model.base import Range
from handouts.model.load import load
from handouts.model.plural_forms import PluralForms, form_of, rules_of
from handouts.model.words import Words
from handouts.problems import ProblemsError

HEAD = """\
schema_version: 2
language: {language}
handout: {{title: b, main_message: c}}
deck: {{title: a, subtitle: b}}
card: {{title: a}}
statements: {{}}
plurals:
  case: {forms}
"""
POLISH: PluralForms = {"one": "{n} dzień", "few": "{n} dni", "many": "{n} dni ", "other": "{n} dnia"}


def _load(language: str, forms: str) -> Words:
    return load("xx.yaml", HEAD.format(language=language, forms=forms), Words).value


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", '{one: "{n} case", other: "{n} cases"}'),
        ("en", '{one: one case, other: "{n} cases"}'),
        ("es", '{one: un caso, other: "{n} casos"}'),
        ("es-MX", '{one: un caso, many: "{n} de casos", other: "{n} casos"}'),
        ("fr", '{one: "{n} cas", other: "{n} cas"}'),
        ("ja", '{other: "{n}件"}'),
        ("pl", '{one: "{n} dzień", few: "{n} dni", many: "{n} dni", other: "{n} dnia"}'),
        ("xx", '{other: "{n} x"}'),
    ],
)
def test_the_forms_that_a_language_needs_are_enough(language: str, forms: str) -> None:
    assert _load(language, forms).plurals["case"]["other"]


@pytest.mark.parametrize(
    ("language", "forms", "where", "what", "instead"),
    [
        ("en", '{other: "{n} cases"}', "8:3", "plurals.case lacks 'one'", "add 'one: …'"),
        ("pl", '{one: "{n} dzień"}', "8:3", "lacks 'few', 'many' and 'other'", "add 'few: …' and 'many: …'"),
        ("fr", '{other: "{n} cas"}', "8:3", "lacks 'one'", "add 'one: …'"),
        ("en", '{one: a, few: "{n} b", other: "{n} c"}', "8:23", "a form that 'en' does not have", "have 'one' and"),
        ("en", '{one: a, sveral: "{n} b", other: "{n} c"}', "8:18", "'sveral', which is not allowed", "known: zero"),
        ("en", '{one: a, other: cases}', "8:25", "plurals.case.other leaves out the number", "write {n}"),
        ("fr", '{one: un cas, other: "{n} cas"}', "8:15", "plurals.case.one leaves out the number", "write {n}"),
        ("en", '{one: a, other: "{n} of {n}"}', "8:25", "has the number twice", "write {n} once"),
        ("en", '{one: a, other: "{n} of {m}"}', "8:25", "has a brace", "names no other value"),
        ("en", '{one: a, other: "{{ x }} {n}"}', "8:25", "has a brace", "names no other value"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_forms_is_located(language: str, forms: str, where: str, what: str, instead: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        _load(language, forms)
    (problem,) = caught.value.problems
    assert str(problem.origin) == f"xx.yaml:{where}"
    assert what in problem.message
    assert instead in problem.instead


def test_a_form_is_that_of_the_number_or_range() -> None:
    assert [form_of(POLISH, Decimal(n), "pl") for n in ("1", "2", "5", "1.5")] == list(POLISH.values())
    assert form_of(POLISH, Range(Decimal(1), Decimal(2)), "pl") == POLISH["few"]


def test_a_form_that_spells_its_number_is_said_of_no_other() -> None:
    forms: PluralForms = {"one": "ein Fall", "other": "{n} Fälle"}
    assert rules_of("de").category_of_range(Decimal(0), Decimal(1)) == rules_of("de").category(Decimal(-1)) == "one"
    assert form_of(forms, Decimal(1), "de") == "ein Fall"
    assert form_of(forms, Range(Decimal(0), Decimal(1)), "de") == "{n} Fälle"
    assert form_of(forms, Decimal(-1), "de") == "{n} Fälle"
    assert form_of(forms, Decimal(1), "de", about=True) == "{n} Fälle"
    assert form_of({**forms, "one": "{n} Fall"}, Decimal(-1), "de", about=True) == "{n} Fall"


def test_a_rare_category_without_a_form_takes_that_of_other() -> None:
    forms: PluralForms = {"one": "un caso", "other": "{n} casos"}
    assert rules_of("es").category(Decimal(1_000_000)) == "many"
    assert form_of(forms, Decimal(1_000_000), "es") == "{n} casos"
    assert form_of({**forms, "many": "{n} de casos"}, Decimal(1_000_000), "es") == "{n} de casos"


def test_a_tag_has_rules_of_its_own_or_those_of_its_language() -> None:
    assert rules_of("pt-PT").category(Decimal(0)) == "other"
    assert rules_of("pt-BR").category(Decimal(0)) == rules_of("pt").category(Decimal(0)) == "one"
    assert rules_of("xx").needed == ("other",)
