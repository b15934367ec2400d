"""The wheel, installed where nothing else of ours is: a new topic builds at once in an empty folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    given(folder, sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "--wheel-dir", folder, ROOT)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def handouts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command as a fresh environment installs it."""
    environment = tmp_path_factory.mktemp("environment") / "venv"
    given(ROOT, sys.executable, "-m", "venv", environment)
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    given(environment, programs / "python", "-m", "pip", "install", "--quiet", wheel)
    return programs / "handouts"


def given(folder: Path, *command: str | Path) -> str:
    """What a command, run in a folder, prints on stderr; it must succeed, and must not see this tree's modules."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stderr


def test_it_carries_every_template_theme_locale_and_sheet(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    templates = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    assert templates
    for path in templates:
        assert f"handouts/shipped/{path.relative_to(ROOT).as_posix()}" in inside


def test_it_carries_no_tests_and_no_content_of_ours(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"handouts"}


def test_a_new_topic_builds_in_an_empty_folder(handouts: Path, tmp_path: Path) -> None:
    given(tmp_path, handouts, "new", "x")
    given(tmp_path, handouts, "build")
    manifest = json.loads((tmp_path / "build" / "manifest.json").read_text(encoding="utf-8"))
    listed = {entry["path"] for entry in manifest["files"]}
    assert listed == {"x-en-handout.pdf", "x-en-deck.pptx", "x-en-card.pdf"}
    assert {path.name for path in (tmp_path / "build").iterdir()} == {*listed, "manifest.json"}


def test_it_writes_the_schemas_for_editors(handouts: Path, tmp_path: Path) -> None:
    given(tmp_path, handouts, "schema")
    given(tmp_path, handouts, "schema", "--check")
    for path in (ROOT / "schema").iterdir():
        assert (tmp_path / "schema" / path.name).read_bytes() == path.read_bytes()
