"""The command line that all benchmarks share, and what becomes of their report."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date

from benchmarks.parts.machine import machine
from benchmarks.parts.page import PAGE, write_region


def parser(description: str) -> argparse.ArgumentParser:
    """A parser with the options of every benchmark; add more to it."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--write", action="store_true", help=f"write the figures to docs/{PAGE.name} too")
    made.add_argument("--date", type=date.fromisoformat, help="the day that the page names, YYYY-MM-DD; with --write")
    made.add_argument("--documents", type=int, default=40, help="documents of each contestant when warm (40)")
    return made


def parse(made: argparse.ArgumentParser, arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options, checked; `machine` is added before anything runs, since it names the machine's load."""
    given = made.parse_args(arguments)
    if given.write and given.date is None:
        made.error("--write needs --date YYYY-MM-DD")
    given.machine = machine()
    return given


def report(given: argparse.Namespace, region: str, *parts: str) -> None:
    """Prints the parts of a report, and writes them to the page when asked."""
    day = f"{given.date.isoformat()}. " if given.date else ""
    body = "\n\n".join([f"{day}{given.machine}.", *parts])
    print(body)
    if given.write:
        write_region(region, body)
        print(f"\nwrote the region '{region}' of docs/{PAGE.name}")
