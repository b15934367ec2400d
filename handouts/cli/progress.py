"""Progress of a batch as a person sees it: how far it is in, a bar or lines on stderr out."""

from __future__ import annotations

import os
import sys
import time

from handouts.batch.work.report import NAME
from handouts.batch.work.run import Progress
from handouts.cli.terminal import say

_MOST_TOLD = 50
"""Bad rows told one by one; the report lists them all."""
_BAR = 24
"""Characters of the bar."""
_USUAL_COLUMNS = 80


class Shown:
    """Progress as a person sees it: a bar on a terminal, a line every ten seconds otherwise."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._bar = sys.stderr.isatty() and not quiet
        self._began = self._last = time.monotonic()
        self._told = 0

    def progress(self, now: Progress) -> None:
        """Show how far it is, and tell what went wrong."""
        for problem in now.problems:
            self._told += 1
            if self._told <= _MOST_TOLD:
                self._clear()
                say(problem)
            elif self._told == _MOST_TOLD + 1:
                self._clear()
                say(f"more rows failed; {NAME} lists them all")
        time_now = time.monotonic()
        if self._quiet or time_now - self._last < (0.2 if self._bar else 10):
            return
        self._last = time_now
        text = progress_text(now, time_now - self._began)
        if self._bar:
            share = min(1.0, now.read / max(now.size, 1))
            filled = round(share * _BAR)
            bar = f"[{'#' * filled}{'.' * (_BAR - filled)}] {text}"
            # A line that goes on below would not be taken away again.
            room = _columns() - 1
            sys.stderr.write(f"\r\x1b[K{bar if len(bar) <= room else text[:room]}")
            sys.stderr.flush()
        else:
            say(text)

    def finish(self) -> None:
        """Take the bar away."""
        self._clear()

    def _clear(self) -> None:
        if self._bar:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or _USUAL_COLUMNS
    except (OSError, ValueError):
        return _USUAL_COLUMNS


def progress_text(now: Progress, seconds: float) -> str:
    """How far a batch is after so many seconds, in words."""
    share = min(1.0, now.read / max(now.size, 1))
    rate = now.done / max(seconds, 1e-6)
    left = seconds * (1 - share) / share if share else 0.0
    return f"{share:.0%}, {now.done:,} documents, {rate:,.0f} a second, {_clock(left)} left"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
