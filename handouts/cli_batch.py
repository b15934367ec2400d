"""What `handouts batch` does: a table of recipients in, their documents out, progress on the way and a summary."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from handouts.batch.report import NAME
from handouts.batch.run import InProcess, Progress, Summary, Workers, run
from handouts.batch.work import Order
from handouts.inputs import input_digests
from handouts.make import make
from handouts.request import Request, chosen
from handouts.terminal import report, say

SOME_ROWS_FAILED = 1
_AHEAD = 4
"""Chunks of rows that wait for each worker."""
_MOST_TOLD = 50
"""Bad rows told one by one; the report lists them all."""
_BAR = 24


@dataclass(frozen=True, slots=True)
class How:
    """How to run a batch, as the command line says it."""

    jobs: int | None
    cluster: str | None
    merge: bool
    fail_fast: bool
    quiet: bool


def batch(recipients: Path, request: Request, asked: How) -> int:
    """Run a batch; the exit status. Raises ProblemsError where content or table stop it, UsageError."""
    # What stops a build of this content stops a batch, before any row is looked at.
    found = make(request)
    if not asked.quiet:
        report(found.findings)
    topics = chosen(request)
    order = Order(request, recipients, tuple(input_digests(request, topics).items()), asked.fail_fast)
    shown = _Shown(asked.quiet)
    summary = run(*_workers(order, asked), shown.progress)
    shown.finish(summary)
    if asked.merge:
        from handouts.batch.merge import merge

        for path in merge(request, tuple(topics)):
            if not asked.quiet:
                say(f"wrote {path}")
    if not asked.quiet:
        say(f"{summary.made} made, {summary.kept} there already, {summary.failed} failed; see {request.out / NAME}")
    return SOME_ROWS_FAILED if summary.failed else 0


def _workers(order: Order, asked: How) -> tuple[Order, Workers]:
    if asked.cluster:
        from handouts.batch.cluster import cluster_workers

        return cluster_workers(order, asked.cluster)
    jobs = asked.jobs or _cores()
    return order, Workers(InProcess, 1) if jobs == 1 else process_workers(jobs)


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def process_workers(jobs: int) -> Workers:
    """So many processes of this machine."""

    def start() -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(jobs, mp_context=context, initializer=_end_with_parent, initargs=(os.getpid(),))

    return Workers(start, _AHEAD * jobs)


def _end_with_parent(parent: int) -> None:
    """End this worker when the process that started it is gone, even when that was killed."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


class _Shown:
    """Progress as a person sees it: a bar on a terminal, a line every ten seconds otherwise."""

    def __init__(self, quiet: bool) -> None:
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
            sys.stderr.write(f"\r\x1b[K[{'#' * filled}{'.' * (_BAR - filled)}] {text}")
            sys.stderr.flush()
        else:
            say(text)

    def finish(self, _summary: Summary) -> None:
        """Take the bar away."""
        self._clear()

    def _clear(self) -> None:
        if self._bar:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


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
