"""What all commands share: text on stdout, messages on stderr, options in groups, and the date of what is made.

A command's work does not depend on who reads its messages: one that cannot be written is lost, and nothing else.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any, TextIO

import click

from handouts.problems import Problem, one_line, told_once

STOPPED, WRONG_COMMAND, OUR_FAULT = 1, 2, 3
"""Exit statuses beside 0: content or a user stopped it; the command line is wrong; a fault of ours."""
USER_STOPPED = "stopped by the user"

_SECONDS = re.compile(r"-?[0-9]{1,15}")

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def options(*group: Decorator) -> Decorator:
    """Several options, or groups of them, as one decorator; help shows them in this order."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(group):
            function = option(function)
        return function

    return decorate


def begin() -> None:
    """Makes the standard streams such that writing to them harms nothing.

    One that is closed is opened on nothing, so that no file of ours gets its number; letters that one does not have are
    spelt out.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def end() -> None:
    """Writes what the standard streams still hold; Python, which would do it later, calls it a failure of ours."""
    for stream in _streams():
        try:
            stream.flush()
        except (OSError, ValueError):
            _leave(stream)


def say(message: str) -> None:
    """Prints one message on stderr."""
    put(f"{one_line(message)}\n")


def put(text: str) -> None:
    """Writes text on stderr as it is; it is lost where nothing can be written there."""
    try:
        click.echo(text, nl=False, err=True)
    except (OSError, ValueError):
        if sys.stderr:
            _leave(sys.stderr)


def give(text: str) -> None:
    """Writes what was asked for on stdout. Raises UsageError where it cannot be; a reader that has left is no fault."""
    from handouts.files.disk import UsageError, reason

    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison]
        raise UsageError("cannot write to standard output: it is closed")
    try:
        click.echo(text, nl=False)
    except (OSError, ValueError) as bad:
        _leave(sys.stdout)
        if not isinstance(bad, BrokenPipeError):
            said = reason(bad) if isinstance(bad, OSError) else str(bad)
            raise UsageError(f"cannot write to standard output: {said}") from None


def _streams() -> tuple[TextIO, ...]:
    # Python has none for what was closed when it began.
    return tuple(stream for stream in (sys.stdout, sys.stderr) if stream is not None)  # pyright: ignore[reportUnnecessaryComparison]


def _leave(stream: TextIO) -> None:
    """Lets all that is still to be written to a stream go nowhere."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        stream.flush()


def report(problems: Iterable[Problem]) -> None:
    """Prints problems on stderr, a line for each cause."""
    for problem in told_once(problems):
        say(str(problem))


def read_date(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date:
    """The only clock, a callback of `--date`: that date, else SOURCE_DATE_EPOCH, else today (UTC)."""
    if value is not None:
        try:
            given = date.fromisoformat(value)
        except ValueError:
            given = None
        # Python also reads ISO weeks and dates without hyphens.
        if given is None or given.isoformat() != value:
            raise click.BadParameter(f"'{value}' is not a date; write YYYY-MM-DD, such as 2026-03-31")
        return given
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC).date()
    try:
        if not _SECONDS.fullmatch(epoch):
            raise ValueError
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(f"SOURCE_DATE_EPOCH is '{epoch}', which is not a number of seconds") from None
