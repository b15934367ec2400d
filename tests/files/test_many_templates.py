"""A folder of templates is read no further than a document could be made of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from topic_samples import CONTENT

from handouts.compose.bounds import MOST_TEMPLATES
from handouts.files.workspace import MOST_TEMPLATE_FILES, Workspace
from handouts.problems import ProblemsError


def read(folder: Path) -> dict[str, str]:
    return Workspace(CONTENT, folder).templates()


def test_what_is_usual_is_read(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"own{number}.html.j2").write_text("x" * 10_000, "utf-8")
    assert len([name for name in read(tmp_path) if name.startswith("own")]) == 20


def test_too_many_files_are_refused_before_one_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.j2").write_bytes(b"\xff")
    for number in range(MOST_TEMPLATE_FILES):
        os.link(tmp_path / "a.j2", tmp_path / f"b{number}.j2")
    with pytest.raises(ProblemsError, match=f"{tmp_path}: FILE09 error: holds more templates than 200 files"):
        read(tmp_path)


def test_reading_stops_where_there_is_too_much(tmp_path: Path) -> None:
    (tmp_path / "a.j2").write_text("x" * (MOST_TEMPLATES // 2 + 1), "utf-8")
    os.link(tmp_path / "a.j2", tmp_path / "b.j2")
    (tmp_path / "c.j2").write_bytes(b"\xff")
    with pytest.raises(ProblemsError) as caught:
        read(tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["FILE09"]
