"""The bar of a batch on a terminal."""

from __future__ import annotations

import io
import os

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
    monkeypatch.setattr(progress.os, "get_terminal_size", lambda _file: os.terminal_size((columns, 24)))
    shown = progress.Shown(quiet=False)
    for done in range(1, 5):
        shown.progress(Progress(done * 100, 400, done * 1000))
    shown.finish()
    drawn = terminal.getvalue().split("\r\x1b[K")
    assert drawn[0] == drawn[-1] == "" and len(drawn) == 6
    assert all(len(bar) < columns for bar in drawn[1:-1])
    assert "100%, 4,000" in drawn[-2] and ("[####" in drawn[-2]) == (columns > 80)
