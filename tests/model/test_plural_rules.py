"""The plural rules of CLDR: our evaluator and table beside Babel's, and what the table says of its own rules."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest
from babel import Locale, UnknownLocaleError

from handouts.model.plural_rules import RULES
from handouts.model.plurals import PluralRules

OTHERWISE_IN_BABEL = {"und", "vi"}
"""Babel's root and Vietnamese tell 1 apart; in the table's version of CLDR both have one category alone."""

WHOLE = [*range(210), *range(210, 10_000, 89), 9_999, 10_000]
NUMBERS = [
    *map(Decimal, WHOLE),
    *(Decimal(f"{n}.{n % 10}") for n in WHOLE),
    *(Decimal(n).scaleb(-1) for n in range(300)),
]


def _babel(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-")
    except UnknownLocaleError:
        return None


@pytest.mark.sampled(5)
@pytest.mark.parametrize("tag", sorted(set(RULES) - OTHERWISE_IN_BABEL))
def test_categories_are_those_of_babel(tag: str) -> None:
    locale = _babel(tag)
    if locale is None:
        pytest.skip("Babel has no such language")
    assert {n: RULES[tag].category(n) for n in NUMBERS} == {n: locale.plural_form(n) for n in NUMBERS}


def test_nearly_all_languages_of_the_table_are_compared() -> None:
    assert len(RULES) > 200
    assert {tag for tag in RULES if _babel(tag) is None} <= {"ars", "guw", "nah", "sh", "smi"}


def _key(rules: PluralRules) -> tuple[tuple[str, str], ...]:
    return tuple(rules.conditions.items())


@pytest.mark.parametrize("rules", {_key(rules): rules for rules in RULES.values()}.values(), ids=str)
def test_needed_categories_are_those_that_numbers_reach_and_single_ones_have_one_number(rules: PluralRules) -> None:
    reached = defaultdict[str, set[Decimal]](set)
    for number in NUMBERS:
        reached[rules.category(number)].add(number.normalize())
    assert set(reached) == set(rules.needed)
    assert {name for name, numbers in reached.items() if len(numbers) == 1} == set(rules.single)
    assert "other" in rules.needed


@pytest.mark.parametrize(
    ("tag", "low", "high", "category"),
    [("en", 0, 1, "other"), ("en", 5, 7, "other"), ("fr", 0, 1, "one"), ("es", 0, 1, "other"), ("ro", 2, 1, "few"),
     ("sl", 101, 101, "few"), ("pl", 1, 2, "few"), ("pl", 2, 5, "many")],
)  # fmt: skip
def test_a_range_has_a_category_of_its_own(tag: str, low: int, high: int, category: str) -> None:
    assert RULES[tag].category_of_range(Decimal(low), Decimal(high)) == category


@pytest.mark.parametrize(("number", "category"), [("1", "one"), ("1.0", "other"), ("-1", "one"), ("1.5", "other")])
def test_last_zeros_count_and_signs_do_not(number: str, category: str) -> None:
    assert RULES["en"].category(Decimal(number)) == category


def test_a_condition_that_is_none_is_a_fault_of_the_table() -> None:
    with pytest.raises(ValueError, match="n is 1"):
        PluralRules({"one": "n is 1"}, ("other",), ()).category(Decimal(1))
