"""Sets and clinic profiles beside topics: what they hold, what is told of wrong ones, and that they are no topics."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from handouts.build.request import Request, chosen
from handouts.build.sets import Item, items_of, set_problems
from handouts.cli.main import STOPPED, WRONG_COMMAND, commands, run
from handouts.files.disk import UsageError, topics_in
from handouts.files.saved import clinic_path, clinics_in, load_set, sets_in
from handouts.files.skeleton import write_skeleton
from handouts.problems import ProblemsError

ROOT = Path(__file__).parents[2]
SET = """\
schema_version: 1
title: First visit
items:
  - topic: ixazomib
  - topic: colonoscopy-preparation
    language: en
  - topic: ixazomib
    document: card
theme: large-print
paper: a4
clinic: north
"""
CLINIC = "schema_version: 1\nname: North Clinic\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    shutil.copytree(ROOT / "content", folder)
    for name, text in (("sets/first-visit", SET), ("clinics/north", CLINIC), ("clinics/south", CLINIC)):
        path = folder / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def write_set(content: Path, text: str) -> None:
    (content / "sets" / "first-visit.yaml").write_text(text, encoding="utf-8")


def test_both_folders_are_no_topics(content: Path) -> None:
    assert topics_in(content) == topics_in(ROOT / "content")
    (content / "Sets").mkdir(exist_ok=True)
    assert topics_in(content) == topics_in(ROOT / "content")
    assert sorted(chosen(Request(date(2026, 3, 31), content=content))) == list(topics_in(content))
    assert (clinics_in(content), sets_in(content)) == (("north", "south"), ("first-visit",))
    assert (clinics_in(ROOT / "content"), sets_in(ROOT / "content")) == ((), ())


@pytest.mark.parametrize("name", ["clinics", "sets"])
def test_no_topic_can_have_their_names(content: Path, name: str) -> None:
    with pytest.raises(UsageError, match=f"'{name}' is the folder of .* write {name}-1"):
        write_skeleton(name, content)
    with pytest.raises(UsageError, match="is no topic, but a folder"):
        chosen(Request(date(2026, 3, 31), content=content, topics=(name,)))
    shutil.copy(content / "ixazomib" / "topic.yaml", content / name / "topic.yaml")
    with pytest.raises(ProblemsError, match=rf"{name}: FILE07 error: has a topic.yaml"):
        chosen(Request(date(2026, 3, 31), content=content))


def test_a_set_is_its_documents_in_order_in_the_languages_of_its_reader(content: Path) -> None:
    found = load_set(content, "first-visit")
    shutil.copy(content / "ixazomib" / "en.yaml", content / "ixazomib" / "es.yaml")
    assert items_of(content, found, ["en", "es"]) == (
        Item("ixazomib", "en"),
        Item("ixazomib", "es"),
        Item("colonoscopy-preparation", "en"),
        Item("ixazomib", "en", "card"),
        Item("ixazomib", "es", "card"),
    )
    with pytest.raises(UsageError, match="choose one"):
        items_of(content, found)
    with pytest.raises(
        ProblemsError, match=r"first-visit.yaml:4:12: SET01 error: the topic 'ixazomib' has no language"
    ):
        items_of(content, found, ["fr"])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "topic: colonoscopy-preparation",
            "topic: colonoscopy",
            "5:12: SET01 error: there is no topic 'colonoscopy'; did",
        ),
        ("language: en", "language: fr", "6:15: SET01 error: the topic 'colonoscopy-preparation' has no language 'fr'"),
        ("theme: large-print", "theme: large", "9:8: SET01 error: there is no theme 'large'; did you mean"),
        ("clinic: north", "clinic: nort", "11:9: SET01 error: there is no clinic profile 'nort'; did you mean 'north'"),
        ("document: card", "document: deck", "8:15: SCHEMA04"),
        ("paper: a4", "paper: a5", "10:8: SCHEMA04"),
        ("    document: card\n", "", "7:5: SCHEMA07 error: items, item 3 is the same document as item 1; leave"),
        ("title: First visit\n", "", "lacks the key 'title'"),
    ],
)
def test_what_is_wrong_with_a_set_is_told_where_it_stands(content: Path, old: str, new: str, told: str) -> None:
    write_set(content, SET.replace(old, new))
    (problem,) = set_problems(content, None)
    assert told in str(problem).partition("first-visit.yaml:")[2]


def test_what_is_wrong_with_a_profile_is_told_where_it_stands(content: Path) -> None:
    (content / "clinics" / "south.yaml").write_text(f"{CLINIC}logo: {{file: none.png, alt: South}}\n", encoding="utf-8")
    (problem,) = set_problems(content, None)
    assert str(problem).startswith(f"{content}/clinics/south.yaml:3:14: FILE01 error")


def test_check_tells_of_them_where_it_checks_all(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_set(content, SET.replace("theme: large-print", "theme: large"))
    arguments = ["check", "--content", str(content), "--date", "2026-03-31", "--topic", "ixazomib"]
    assert run(commands, arguments) == 0
    assert run(commands, [*arguments[:-2], "--format", "json"]) == STOPPED
    assert "SET01" in capsys.readouterr().out


def test_a_clinic_is_named_by_its_file_or_as_a_profile(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert clinic_path(content, "north") == content / "clinics" / "north.yaml"
    monkeypatch.chdir(tmp_path)
    build = ["build", "--format", "card", "--topic", "ixazomib", "--date", "2026-03-31", "--out", "out", "--clinic"]
    assert run(commands, [*build, "north", "--content", str(content)]) == 0
    assert run(commands, [*build, "nort"]) == WRONG_COMMAND
    assert "is no file and no clinic of content/clinics; did you mean 'north'? Known: north, south" in " ".join(
        capsys.readouterr().err.split()
    )
    (tmp_path / "north").write_text("schema_version: 1\n", encoding="utf-8")
    assert run(commands, [*build, "north"]) == STOPPED
    assert "north:1:1: SCHEMA02 error" in capsys.readouterr().err
