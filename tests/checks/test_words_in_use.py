"""Words that others hold count as read: names in headings and times, words that are counted, units."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from topic_samples import ROOT, TODAY

from handouts.build.make import examine
from handouts.build.request import Request
from handouts.files.skeleton import write_skeleton
from handouts.model.subject import SubjectKind

PLURALS = '\nplurals:\n  points:\n    one: "{n} point"\n    other: "{n} points"\n'
FACT = "facts:\n  limit:\n    value: 100\n    unit: points\n    source: main_page\n"


def unread(content: Path) -> list[tuple[str, int]]:
    """The first words and line of each text that reaches nobody."""
    found = examine(Request(today=TODAY, content=content)).findings
    assert not [one for one in found if one.severity == "error"]
    return [(one.message.partition(" ")[0], one.origin.line) for one in found if one.code == "WORDS02"]


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("kind", "old", "new", "key"),
    [
        ("vaccine", ".count | plural(case) }}", ".count }} cases", "plurals.case.one"),
    ],
)
def test_words_count_as_read_while_others_hold_them(
    tmp_path: Path, kind: SubjectKind, old: str, new: str, key: str
) -> None:
    _, english = write_skeleton("made", tmp_path, kind)
    assert unread(tmp_path) == []
    changed(english, old, new)
    assert key in {name for name, _ in unread(tmp_path)}


def test_an_anchor_is_named_by_the_times_of_its_steps(tmp_path: Path) -> None:
    topic, english = write_skeleton("made", tmp_path, "vaccine")
    assert unread(tmp_path) == []
    changed(topic, "      day: 28\n", "      day: 0\n      time: '08:30'\n")
    line = english.read_text("utf-8").splitlines().index("    name: your first shot") + 1
    assert unread(tmp_path) == [("anchors.first_shot.name", line)]


def test_words_of_a_unit_count_as_read_where_a_fact_is_given_in_it(tmp_path: Path) -> None:
    topic, english = write_skeleton("made", tmp_path, "test")
    english.write_text(english.read_text("utf-8") + PLURALS, "utf-8")
    assert [name for name, _ in unread(tmp_path)] == ["plurals.points.one", "plurals.points.other"]
    changed(topic, "facts:\n", FACT)
    assert unread(tmp_path) == []


def test_a_name_that_must_be_there_may_be_read_by_nobody(tmp_path: Path) -> None:
    topic, _ = write_skeleton("made", tmp_path, "vaccine")
    assert "EXAMPLE-V" in topic.with_name("en.yaml").read_text("utf-8")
    assert unread(tmp_path) == []


@pytest.mark.parametrize("kind", ["medicine", "test", "device"])
def test_a_single_contact_says_when_somebody_is_there(tmp_path: Path, kind: SubjectKind) -> None:
    _, english = write_skeleton("made", tmp_path, kind)
    changed(english, "    # hours: Monday to Friday\n", "    hours: Monday to Friday\n")
    assert unread(tmp_path) == []


def test_a_section_to_fill_in_without_lines_is_told_what_it_lacks(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "samples" / "safety-card", tmp_path / "safety-card")
    changed(tmp_path / "safety-card" / "en.yaml", ", fields: [What helps me, A friend, My clinic]", "")
    findings = examine(Request(today=date(2026, 11, 30), content=tmp_path)).findings
    (found,) = [one for one in findings if one.code == "WORDS02"]
    assert found.instead.startswith("add 'fields:' to sections.my_plan ")
