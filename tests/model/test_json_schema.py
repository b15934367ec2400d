"""JSON Schema for editors: the same bytes every time, and it accepts and refuses what the loader does."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from handouts.model.base import Model
from handouts.model.clinic import Clinic
from handouts.model.json_schema import DIALECT, schemas
from handouts.model.load import load
from handouts.model.locale import Locale
from handouts.model.study import Outcome, Report
from handouts.model.topic import Event, Fact, Statement, Topic
from handouts.model.words import Words
from handouts.model.yaml_source import read_yaml
from handouts.problems import ProblemsError
from handouts.theme.schema import Theme
from handouts.theme.sheet import Sheet

MODELS: dict[str, type[Model]] = {
    "topic": Topic,
    "words": Words,
    "clinic": Clinic,
    "locale": Locale,
    "theme": Theme,
    "sheet": Sheet,
}


def as_json(value: Any) -> Any:
    """A value as an editor's YAML reader sees it."""
    match value:
        case Decimal():
            return float(value)
        case list():
            return [as_json(one) for one in value]
        case dict():
            return {key: as_json(one) for key, one in value.items()}
        case _:
            return value


def agree(text: str, model: type[Model]) -> bool:
    """Whether loader and JSON Schema both accept `text`; it is an error of ours when one does and one does not."""
    (schema,) = schemas({"x": model}).values()
    accepted = Draft202012Validator(json.loads(schema)).is_valid(as_json(read_yaml("f.yaml", text).value))
    try:
        load("f.yaml", text, model)
    except ProblemsError:
        assert not accepted
        return False
    assert accepted
    return True


def test_each_model_gives_a_file_of_its_name() -> None:
    assert list(schemas(MODELS)) == [f"{name}.schema.json" for name in sorted(MODELS)]


@pytest.mark.parametrize("name", MODELS)
def test_a_schema_is_valid_sorted_and_ends_with_a_line_break(name: str) -> None:
    text = schemas(MODELS)[f"{name}.schema.json"]
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == DIALECT
    assert text == json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def test_the_same_classes_give_the_same_bytes() -> None:
    assert schemas(MODELS) == schemas(dict(reversed(MODELS.items())))


@pytest.mark.parametrize("date", ["2013", "2015-11", "2025-12-04", "about 2013", "about 2015-11", "'2013'"])
def test_dates_as_exact_as_their_source_are_accepted(date: str) -> None:
    assert agree(f"on: {date}\nsource: x\n", Event)


@pytest.mark.parametrize("date", ["soon", "2013-13", "13-01-02", "true", "", "[2013]", "2013.5"])
def test_what_is_no_date_is_refused(date: str) -> None:
    assert not agree(f"on: {date}\nsource: x\n", Event)


@pytest.mark.parametrize("value", ["8", "0.830", "-1.5", "2015-11", "about 2013"])
def test_facts_are_numbers_or_dates(value: str) -> None:
    assert agree(f"value: {value}\nsource: x\n", Fact)


@pytest.mark.parametrize("people", ["60", "about 57"])
def test_numbers_of_people_are_accepted(people: str) -> None:
    assert agree(f"enrolled: {people}\nsource: x\nstatus: final\n", Report)


@pytest.mark.parametrize("people", ["0", "-3", "some", "about", "6.5", "true"])
def test_what_is_no_number_of_people_is_refused(people: str) -> None:
    assert not agree(f"enrolled: {people}\nsource: x\nstatus: final\n", Report)


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("count: 8\nn: 32\n", True),
        ("count: 8\nn: not_stated\nsource:\n", True),
        ("percent: 27.5\n", True),
        ("percent: '27.5'\n", False),
        ("median: not_reached\ninterval: [9.76, null]\n", True),
        ("median: soon\n", False),
        ("measure: ratio\npercent: 27\n", False),
        ("percent: 27\nserious: yes\n", False),
        ("percent: 27\nkind: x\n", False),
        ("count: -1\nn: 3\n", False),
        ("grades:\n  3+:\n    drug: {percent: 88}\n  severe: {count: 1}\n", True),
        ("grades:\n  3+:\n    drug: {percent: 88, kind: x}\n", False),
        ("grades:\n  3++: {count: 1}\n", False),
        ("effects:\n  hr: {statistic: hazard_ratio, of: a, to: b, value: 0.7, p: <0.0001}\n", True),
        ("effects:\n  hr: {statistic: hazard_ratio, of: a, to: b, value: not_stated, p: '>0.9'}\n", True),
        ("effects:\n  hr: {statistic: hazard_ratio, of: a, to: b, value: 0.7, p: small}\n", False),
        ("effects:\n  hr: {statistic: hazard_ratio, of: a, value: 0.7}\n", False),
    ],
)
def test_an_outcome_is_judged_alike(text: str, accepted: bool) -> None:
    assert agree(text, Outcome) is accepted


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("{}", True),
        ("colours: {ink: '#000000'}\nhandout: {margin: 50.5, scale: {body: {size: 12, leading: 16}}}\n", True),
        ("colours: {ink: black}\n", False),
        ("handout: {margin: '50'}\n", False),
        ("sizes: {}\n", False),
    ],
)
def test_a_theme_is_judged_alike(text: str, accepted: bool) -> None:
    assert agree(text, Theme) is accepted


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("schema_version: 1\nname: x\naddress: [a, b]\nlogo: {file: logo.png, alt: x}\n", True),
        ("schema_version: 1\nname: x\naddress: [a, b, c, d, e, f]\n", False),
        ("schema_version: 1\nname: x\nlogo: {file: /logo.png, alt: x}\n", False),
        ("schema_version: 1\nname: x\nlogo: {file: logo.png}\n", False),
        ("schema_version: 2\nname: x\n", False),
    ],
)
def test_a_clinic_is_judged_alike(text: str, accepted: bool) -> None:
    assert agree(text, Clinic) is accepted


@pytest.mark.parametrize("name", MODELS)
def test_no_schema_has_a_place_for_unknown_keys(name: str) -> None:
    def objects(node: Any) -> list[dict[str, Any]]:
        if isinstance(node, dict):
            own = [node] if node.get("type") == "object" else []
            return own + [one for value in node.values() for one in objects(value)]
        return [one for value in node for one in objects(value)] if isinstance(node, list) else []

    found = objects(json.loads(schemas(MODELS)[f"{name}.schema.json"]))
    assert found
    for one in found:
        # Blocks whose keys are names, such as statements, say what each value is.
        assert one["additionalProperties"] is False or one["additionalProperties"].keys() & {
            "type", "$ref", "anyOf", "enum",
        }  # fmt: skip


def test_names_of_entries_are_judged_alike() -> None:
    report = "source: x\nstatus: final\noutcomes:\n  {}: {{percent: 27}}\n"
    assert agree(report.format("overall"), Report)
    assert not agree(report.format("Over all"), Report)


def test_lists_have_their_lengths() -> None:
    assert not agree("section: results\nsources: []\n", Statement)
    assert agree("section: results\nsources: [x]\n", Statement)
