"""What a fact may be (number, date, time of day, range) and its unit; a p value that is a bound."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from handouts.model.base import AsOf, Bound, Range, TimeOfDay
from handouts.model.json_schema import schemas
from handouts.model.load import load
from handouts.model.study import Effect
from handouts.model.topic import Fact
from handouts.problems import ProblemsError

SCHEMA = json.loads(schemas({"fact": Fact})["fact.schema.json"])


def _fact(text: str) -> Fact:
    return load("f.yaml", f"source: x\n{text}\n", Fact).value


@pytest.mark.parametrize(
    ("text", "value", "spelled"),
    [
        ("value: 4", Decimal(4), "4"),
        ("value: 0.830", Decimal("0.830"), "0.830"),
        ("value: 2015-11", AsOf(2015, 11), "2015-11"),
        ("value: about 2013", AsOf(2013, about=True), "about 2013"),
        ("value: '08:30'", TimeOfDay(8, 30), "08:30"),
        ("value: '23:59'", TimeOfDay(23, 59), "23:59"),
        ("value: [5, 7]", Range(Decimal(5), Decimal(7)), "[5, 7]"),
        ("value: [-1.5, 0]", Range(Decimal("-1.5"), Decimal(0)), "[-1.5, 0]"),
    ],
)
def test_a_fact_is_a_number_a_date_a_time_or_a_range(text: str, value: Any, spelled: str) -> None:
    fact = _fact(text)
    assert fact.value == value
    assert str(fact.value) == spelled


@pytest.mark.parametrize(
    ("text", "where", "what", "instead"),
    [
        ("value: '8:30'", "2:8", "is not a time of day", "'08:30'"),
        ("value: '24:00'", "2:8", "is not a time of day", "in 24 hours"),
        ("value: 8:30 am", "2:8", "is not a time of day", "in 24 hours"),
        ("value: [7, 5]", "2:1", "goes from 7 to 5", "the lower number first"),
        ("value: [5, 5]", "2:1", "goes from 5 to 5", "one number alone"),
        ("value: [5]", "2:1", "is not a range", "[5, 7]"),
        ("value: [5, 7, 9]", "2:1", "is not a range", "[5, 7]"),
        ("value: [5, seven]", "2:1", "is not a range", "[5, 7]"),
        ("value: soon", "2:8", "a number or a date or a time of day or a range is wanted", "[5, 7]"),
        ("value: 2015-11\nunit: day", "3:7", "is given to a date or time", "delete the key"),
        ("value: '08:30'\nunit: hour", "3:7", "is given to a date or time", "delete the key"),
        ("value: 4\nunit: Mg", "3:7", "which is not a name of lower-case letters", "once_a_week"),
    ],
)
def test_what_is_none_of_these_is_told_at_its_place(text: str, where: str, what: str, instead: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        _fact(text)
    (problem,) = caught.value.problems
    assert str(problem.origin) == f"f.yaml:{where}"
    assert what in problem.message
    assert instead in problem.instead


@pytest.mark.parametrize("value", [4, 0.83, 2015, "2015-11", "08:30", [5, 7], [-1.5, 0]])
def test_editors_take_what_the_loader_takes(value: object) -> None:
    Draft202012Validator(SCHEMA).validate({"value": value, "unit": "day", "source": "x"})


@pytest.mark.parametrize("value", ["8:30", [5], [5, 7, 9], {"hour": 8, "minute": 30}, "soon"])
def test_editors_refuse_what_the_loader_refuses(value: object) -> None:
    assert not Draft202012Validator(SCHEMA).is_valid({"value": value, "source": "x"})


def _p(text: str) -> Effect:
    text = f"statistic: hazard_ratio\nof: a\nto: b\nvalue: 0.7\np: {text}\n"
    return load("o.yaml", text, Effect).value


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.073", Decimal("0.073")), ('"<0.0001"', Bound("<", Decimal("0.0001"))), ("'>0.9'", Bound(">", Decimal("0.9")))],
)
def test_a_p_value_is_a_number_or_a_bound(text: str, value: Any) -> None:
    assert _p(text).p == value
    assert str(_p(text).p) == text.strip("'\"")


@pytest.mark.parametrize("text", ["'=0.07'", "'< 0.0001'", "'<0.000'", "'<1.5'", "'0.07'", "significant", "[0, 1]"])
def test_anything_else_is_no_p_value(text: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        _p(text)
    (problem,) = caught.value.problems
    assert problem.origin.line == 5
    assert problem.message.startswith("p is ")
    assert problem.instead.startswith("write ")
