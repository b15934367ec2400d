"""The JSON Schema files that editors complete from: current in the repository, and true to the shipped files."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from handouts.cli.main import STOPPED, commands, run
from handouts.files.disk import NOT_WORDS, UsageError
from handouts.files.editor_schemas import SCHEMAS, check_schemas, write_schemas
from handouts.model.yaml_source import read_yaml
from handouts.problems import ProblemsError

ROOT = Path(__file__).parents[2]
SKELETONS = ROOT / "templates" / "skeleton"
TOPICS = [folder for folder in (*(ROOT / "content").iterdir(), *sorted(SKELETONS.iterdir())) if folder.is_dir()]
FILES = [
    *(("topic", folder / "topic.yaml") for folder in TOPICS),
    *(("words", path) for folder in TOPICS for path in sorted(folder.glob("*.yaml")) if path.name not in NOT_WORDS),
    *(
        (kind, path)
        for kind, folder in (("locale", "locales"), ("theme", "themes"), ("sheet", "sheets"))
        for path in sorted((ROOT / "templates" / folder).glob("*.yaml"))
    ),
]


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


def complaints(kind: str, value: Any) -> list[str]:
    """What an editor would underline in a file of this kind."""
    schema = json.loads((ROOT / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return [found.message for found in Draft202012Validator(schema).iter_errors(as_json(value))]


def test_the_repository_holds_the_schemas_of_this_code() -> None:
    check_schemas(ROOT / "schema")


def test_there_is_one_for_each_kind_of_file_and_no_other() -> None:
    assert {path.name for path in (ROOT / "schema").iterdir()} == {f"{kind}.schema.json" for kind in SCHEMAS}


@pytest.mark.parametrize(("kind", "path"), FILES, ids=[path.relative_to(ROOT).as_posix() for _, path in FILES])
def test_an_editor_underlines_nothing_in_a_shipped_file(kind: str, path: Path) -> None:
    assert complaints(kind, read_yaml(path.name, path.read_bytes()).value) == []


@pytest.mark.parametrize(("kind", "path"), FILES, ids=[path.relative_to(ROOT).as_posix() for _, path in FILES])
def test_an_editor_underlines_a_key_that_does_not_exist(kind: str, path: Path) -> None:
    value = dict(read_yaml(path.name, path.read_bytes()).value) | {"no_such_key": "x"}
    assert any("no_such_key" in complaint for complaint in complaints(kind, value))


def test_an_editor_underlines_an_unknown_key_deep_in_a_topic() -> None:
    path = SKELETONS / "medicine" / "topic.yaml"
    value: Any = read_yaml(path.name, path.read_bytes()).value
    value["studies"]["first_study"]["outcomes"]["response"]["cuont"] = 12
    assert any("cuont" in complaint for complaint in complaints("topic", value))


@pytest.mark.parametrize(("kind", "path"), FILES[: 2 * len(TOPICS)])
def test_topics_name_the_schema_where_it_lies(kind: str, path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../../schema/{kind}.schema.json"


def test_what_is_written_is_current_and_the_same_each_time(tmp_path: Path) -> None:
    written = write_schemas(tmp_path / "new" / "schema")
    before = {path: path.read_bytes() for path in written}
    check_schemas(tmp_path / "new" / "schema")
    assert write_schemas(tmp_path / "new" / "schema") == written
    assert {path: path.read_bytes() for path in written} == before


def test_every_stale_or_missing_file_is_named_with_the_command_to_run(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    (tmp_path / "clinic.schema.json").unlink()
    (tmp_path / "topic.schema.json").write_text("{}\n", encoding="utf-8")
    with pytest.raises(ProblemsError) as stopped:
        check_schemas(tmp_path)
    assert [str(problem) for problem in stopped.value.problems] == [
        f"{tmp_path}/clinic.schema.json: EDITOR01 error: is missing; run: handouts schema --out {tmp_path}",
        f"{tmp_path}/topic.schema.json: EDITOR02 error: is out of date; run: handouts schema --out {tmp_path}",
    ]


def test_checking_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError):
        check_schemas(tmp_path / "schema")
    assert list(tmp_path.iterdir()) == []


def test_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(commands, ["schema", "--check"]) == STOPPED
    assert run(commands, ["schema"]) == 0
    assert run(commands, ["schema", "--check"]) == 0
    (tmp_path / "schema" / "words.schema.json").unlink()
    assert run(commands, ["schema", "--check"]) == STOPPED


def test_a_folder_that_cannot_be_written_is_the_users_matter(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match="cannot write to"):
        write_schemas(tmp_path / "file" / "schema")
