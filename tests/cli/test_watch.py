"""`handouts watch` as an author has it open beside an editor: save, look, mend, stop."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from topic_samples import CONTENT, ROOT

PATIENCE = 20.0
"""Seconds to wait for what should be there at once: a test machine may do much else."""


class Author:
    """A folder of content, the command that watches it, and what it has said so far."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.words = folder, folder / "content" / "ixazomib" / "en.yaml"
        self.handout = folder / "out" / "ixazomib-en-handout.pdf"
        shutil.copytree(CONTENT / "ixazomib", self.words.parent)
        (folder / "clinic.yaml").write_text("schema_version: 1\nname: Harbour Clinic\n", "utf-8")
        self._said = folder / "said"
        asked = ["ixazomib", "--content", "content", "--out", "out", "--clinic", "clinic.yaml", "--format", "pdf"]
        with self._said.open("wb") as stream:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "handouts", "watch", *asked, "--date", "2026-03-31"],
                cwd=folder,
                stderr=stream,
                env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            )
        self._heard = 0

    def hears(self, text: str) -> str:
        """What is said up to a text, which has to come."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            said = self._said.read_text("utf-8")[self._heard :]
            # A line that is not whole may go on.
            if text in said and said.endswith("\n"):
                self._heard += len(said)
                return said
            time.sleep(0.02)
        raise AssertionError(f"not heard: {text}\n{self._said.read_text('utf-8')}")

    def saves(self, old: str, new: str) -> None:
        text = self.words.read_text("utf-8")
        assert old in text
        self.words.write_text(text.replace(old, new, 1), "utf-8")

    def stops(self, number: int) -> tuple[int, str, float]:
        began = time.monotonic()
        self.process.send_signal(number)
        status = self.process.wait(PATIENCE)
        return status, self._said.read_text("utf-8")[self._heard :], time.monotonic() - began


@pytest.fixture
def author(tmp_path: Path) -> Iterator[Author]:
    one = Author(tmp_path)
    try:
        one.hears("watching ")
        yield one
    finally:
        one.process.kill()
        one.process.wait()


def changed(author: Author) -> Callable[[], bool]:
    before = author.handout.read_bytes()
    return lambda: author.handout.read_bytes() != before


def test_a_save_makes_the_document_anew_and_a_wrong_one_leaves_the_last(author: Author) -> None:
    is_new = changed(author)
    author.saves("your care team", "your own team")
    said = author.hears("ixazomib-en-handout.pdf (")
    assert is_new()
    assert " in " in said and said.endswith(" ms\n")
    # An editor that writes another file and gives it the name.
    is_new = changed(author)
    beside = author.words.with_name("en.yaml~")
    beside.write_text(author.words.read_text("utf-8").replace("your own team", "your old team", 1), "utf-8")
    beside.replace(author.words)
    author.hears("ixazomib-en-handout.pdf (")
    assert is_new()
    is_new = changed(author)
    author.saves("language: en", "language: [en")
    said = author.hears("the last good documents stay")
    assert "content/ixazomib/en.yaml:4:11: YAML03 error" in said
    assert not is_new()
    author.saves("language: [en", "language: en")
    assert "is up to date" in author.hears("ixazomib-en-handout.pdf")
    (author.folder / "clinic.yaml").write_text("schema_version: 1\nname: Seaside Clinic\n", "utf-8")
    author.hears("ixazomib-en-handout.pdf (")
    assert is_new()
    assert author.stops(signal.SIGINT)[:2] == (0, "")


def test_files_and_folders_come_and_go(author: Author) -> None:
    other, content = author.words.with_name("de.yaml"), author.folder / "content"
    other.write_text(author.words.read_text("utf-8").replace("language: en", "language: xx"), "utf-8")
    assert "de.yaml" in author.hears("the last good documents stay")
    other.unlink()
    assert "content/ixazomib/de.yaml is gone" in author.hears("is up to date")
    content.rename(author.folder / "elsewhere")
    author.hears("content is gone")
    (author.folder / "elsewhere").rename(content)
    author.hears("is up to date")
    author.saves("your care team", "your own team")
    author.hears("ixazomib-en-handout.pdf (")
    status, said, seconds = author.stops(signal.SIGTERM)
    assert (status, said) == (0, "")
    assert seconds < 2


def test_a_topic_that_is_not_there_is_told_and_not_waited_for(tmp_path: Path) -> None:
    asked = [sys.executable, "-m", "handouts", "watch", "ixazomab", "--content", str(CONTENT), "--out", str(tmp_path)]
    done = subprocess.run(asked, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("error: there is no topic 'ixazomab'")


def test_without_the_library_it_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "watchfiles.py").write_text("raise ModuleNotFoundError(name='watchfiles')\n", "utf-8")
    code = "import sys; sys.argv = ['handouts', 'watch']; from handouts.__main__ import main; main()"
    env = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    asked = [sys.executable, "-c", code]
    done = subprocess.run(asked, capture_output=True, text=True, cwd=ROOT, env=env, timeout=60, check=False)
    assert done.returncode == 2
    assert "pip install 'handouts[web]'" in done.stderr
    assert "Traceback" not in done.stderr
