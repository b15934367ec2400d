"""What all commands share: messages on stderr, a line each, options in groups, and the date of what is made."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

import click

from handouts.problems import Problem, one_line

STOPPED, WRONG_COMMAND, OUR_FAULT = 1, 2, 3
"""Exit statuses beside 0: content or a user stopped it; the command line is wrong; a fault of ours."""
USER_STOPPED = "stopped by the user"

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def options(*group: Decorator) -> Decorator:
    """Several options, or groups of them, as one decorator; help shows them in this order."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(group):
            function = option(function)
        return function

    return decorate


def say(message: str) -> None:
    """Prints one message on stderr."""
    click.echo(one_line(message), err=True)


def report(problems: Iterable[Problem]) -> None:
    """Prints problems on stderr, a line each."""
    for problem in problems:
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
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(f"SOURCE_DATE_EPOCH is '{epoch}', which is not a number of seconds") from None
