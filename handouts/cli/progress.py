"""Progress of a batch as a person sees it: how far it is in, a bar or lines on stderr out."""

from __future__ import annotations

import shutil
import sys
import time
from contextlib import ExitStack, suppress
from typing import Any

import click

from handouts.batch.work.report import NAME
from handouts.batch.work.run import Progress
from handouts.cli.terminal import put, say

_MOST_TOLD = 50
"""Bad rows told one by one; the report lists them all."""
_BAR = 24
"""Characters of the bar, where its line has room."""
_CLOCK = 20
"""Characters that a bar's line needs beside the bar: brackets, percent, and a time left of days."""
_COUNTS = 34
"""Characters for documents and their rate, beside bar and clock."""


class ProgressDisplay:
    """Progress as a person sees it: a bar on a terminal, a line every ten seconds otherwise."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        # Python has no stream for what was closed when it began.
        self._on_terminal = bool(sys.stderr) and sys.stderr.isatty() and not quiet
        self._bars = ExitStack()
        self._bar: Any = None
        self._counts: str | None = None
        self._began = self._last = time.monotonic()
        self._told = 0

    def progress(self, now: Progress) -> None:
        """Show how far it is, and tell what went wrong."""
        for problem in now.problems:
            self._told += 1
            if self._told <= _MOST_TOLD:
                self._tell(problem)
            elif self._told == _MOST_TOLD + 1:
                self._tell(f"more rows failed; {NAME} lists them all")
        time_now = time.monotonic()
        if self._quiet or time_now - self._last < (0.2 if self._on_terminal else 10):
            return
        self._last = time_now
        if not self._on_terminal:
            say(progress_text(now, time_now - self._began))
            return
        try:
            self._draw(now, time_now - self._began)
        except OSError:
            # The terminal has gone, and nobody looks at the bar.
            self._on_terminal = False

    def finish(self) -> None:
        """Leave the bar as it stands, and go on below it."""
        with suppress(OSError):
            self._bars.close()
        self._bar = None

    def _draw(self, now: Progress, seconds: float) -> None:
        # A bar that is wider than its terminal goes on below, and is not drawn over.
        columns = shutil.get_terminal_size().columns - 1
        width = max(1, min(_BAR, columns - _CLOCK))
        if self._bar is None:
            bar = click.progressbar(
                length=max(now.size, 1), width=width, file=sys.stderr, bar_template="[%(bar)s] %(info)s",
                item_show_func=lambda _: self._counts,
            )  # fmt: skip
            self._bar = self._bars.enter_context(bar)
        self._bar.width = width
        fits = columns >= _BAR + _CLOCK + _COUNTS
        self._counts = counts_text(now, seconds) if fits else None
        self._bar.update(max(0, now.read - self._bar.pos))

    def _tell(self, text: str) -> None:
        if self._bar is not None:
            put("\r\x1b[K")
        say(text)


def progress_text(now: Progress, seconds: float) -> str:
    """How far a batch is after so many seconds, in words."""
    share = min(1.0, now.read / max(now.size, 1))
    left = seconds * (1 - share) / share if share else 0.0
    return f"{share:.0%}, {counts_text(now, seconds)}, {_clock(left)} left"


def counts_text(now: Progress, seconds: float) -> str:
    """How many documents there are after so many seconds, and how fast they come."""
    return f"{now.done:,} documents, {now.done / max(seconds, 1e-6):,.0f} a second"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
