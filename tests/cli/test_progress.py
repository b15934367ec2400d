"""The bar of a batch on a terminal."""

from __future__ import annotations

import io
import os
import re

import pytest

from handouts.batch.work.run import Progress
from handouts.cli import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 2


@pytest.mark.parametrize("columns", [20, 70, 200])
def test_the_bar_stays_on_one_line_of_its_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    terminal, clock = Terminal(), iter(range(100))
    monkeypatch.setattr(progress.sys, "stderr", terminal)
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(progress.shutil, "get_terminal_size", lambda: os.terminal_size((columns, 24)))
    display = progress.ProgressDisplay(quiet=False)
    for done in range(1, 5):
        display.progress(Progress(done * 100, 400, done * 1000))
    display.finish()
    drawn = re.sub(r"\x1b\[\?25[lh]", "", terminal.getvalue()).split("\r")
    assert drawn[0] == "" and drawn[-1].endswith("\n") and len(drawn) == 6
    assert all(len(bar.rstrip()) < columns for bar in drawn)
    assert "100%" in drawn[-1] and ("####" in drawn[-1]) == (columns > 20)
    assert ("4,000 documents, 1,000 a second" in drawn[-1]) == (columns > 80)


def test_a_bad_row_is_told_on_a_line_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, clock = Terminal(), iter(range(100))
    monkeypatch.setattr(progress.sys, "stderr", terminal)
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    display = progress.ProgressDisplay(quiet=False)
    display.progress(Progress(100, 400, 10))
    display.progress(Progress(200, 400, 20, ("row 2: bad",)))
    display.finish()
    assert "\r\x1b[Krow 2: bad\n" in terminal.getvalue()
    assert terminal.getvalue().endswith("\x1b[?25h\n"), "the cursor is back"
