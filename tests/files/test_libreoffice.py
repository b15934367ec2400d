"""LibreOffice gets decks of ours in a folder of its own, has a time limit, and leaves nothing behind."""

from __future__ import annotations

import os
import stat
import sys
import time
from pathlib import Path

import pytest

from handouts.files import libreoffice
from handouts.files.libreoffice import OfficeError, pdfs_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="what stands in for it is a script")
DECKS = [("a deck/with 'a name'.pptx", b"first"), ("second.pptx", b"second")]


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """A program of LibreOffice's name; `$log` is where it can write what it saw."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program, log = folder / "soffice", tmp_path / "log"
    program.write_text(f"#!/bin/sh\nlog={log}\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return log


COPY = """
out=; for one in "$@"; do
  case "$last" in --outdir) out=$one;; esac
  case "$one" in *.pptx) name=$(basename "$one" .pptx); cat "$one" > "$out/$name.pdf";; esac
  case "$one" in -env:UserInstallation=file://*) cat "${one#-env:UserInstallation=file://}"/user/*.xcu >> "$log";; esac
  last=$one
done
pwd >> "$log"; echo "$TMPDIR" >> "$log"; echo "$@" >> "$log"
"""


def test_each_deck_becomes_a_pdf_of_its_name(tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = stand_in(tmp_path, monkeypatch, COPY)
    assert pdfs_of(DECKS) == dict(DECKS)
    seen = log.read_text()
    *settings, folder, temporary, arguments = seen.splitlines()
    assert folder == temporary
    assert folder.startswith(str(scratch))
    assert all(word in "".join(settings) for word in ("MacroSecurityLevel", "DisableMacrosExecution"))
    assert "--headless" in arguments
    assert "a name" not in arguments
    assert list(scratch.iterdir()) == []


def test_one_that_hangs_is_stopped_with_what_it_started(
    tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = stand_in(tmp_path, monkeypatch, 'sleep 600 & echo $! > "$log"; wait')
    monkeypatch.setattr(libreoffice, "SECONDS", 0.5)
    begun = time.monotonic()
    with pytest.raises(OfficeError, match="took more than 2 seconds and was stopped"):
        pdfs_of(DECKS)
    assert time.monotonic() - begun < 30
    sleeper = int(log.read_text())
    for _ in range(100):
        if not Path(f"/proc/{sleeper}").exists() or "Z" in Path(f"/proc/{sleeper}/stat").read_text().split()[2]:
            break
        time.sleep(0.05)
    else:
        pytest.fail("what it started is still there")
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("script", ["exit 3", "exit 0"])
def test_one_that_makes_nothing_is_told(
    script: str, tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, script)
    with pytest.raises(OfficeError, match=r"made no PDF of a deck/with 'a name'\.pptx, second\.pptx"):
        pdfs_of(DECKS)
    assert list(scratch.iterdir()) == []


def test_one_that_cannot_be_run_is_told(tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "")
    (tmp_path / "bin" / "soffice").write_bytes(b"\x7fELF not a program")
    with pytest.raises(OfficeError, match=r"cannot run LibreOffice"):
        pdfs_of(DECKS)
    assert list(scratch.iterdir()) == []


def test_without_it_what_to_do_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(libreoffice, "_PLACES", {})
    with pytest.raises(OfficeError, match=r"need LibreOffice, which is not installed here; install it"):
        pdfs_of(DECKS)
