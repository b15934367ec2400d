"""What is wrong with a user's input: located, coded problems, and the exception that carries all of a run's at once.

Every stage reports mistakes of users as `Problem` values; only `cli.py` turns them into text on stderr.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct, structs

Severity = Literal["error", "warning"]


class Origin(Struct, frozen=True, order=True):
    """Where a piece of text stands in a user's file; line and column count from 1, 0 where only the file is known."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Problem(Struct, frozen=True, order=True):
    """One finding: where it is, its code, how bad it is, what is wrong and what to write instead.

    Those of one `cause` in a file are one mistake at several places, such as a name that leads nowhere, though their
    messages name the places; without a cause those are that say the same.
    """

    origin: Origin
    code: str
    severity: Severity
    message: str
    instead: str = ""
    cause: str = ""

    def plain(self) -> dict[str, str | int]:
        """The finding as JSON values, in which the bytes of a file's name that are not UTF-8 are spelt out."""
        return {
            "code": self.code,
            "severity": self.severity,
            "file": encodable(self.origin.file),
            "line": self.origin.line,
            "column": self.origin.column,
            "message": encodable(self.message),
            "instead": encodable(self.instead),
        }

    def __str__(self) -> str:
        text = f"{self.origin}: {self.code} {self.severity}: {one_line(self.message)}"
        return f"{text}; {one_line(self.instead)}" if self.instead else text


class Waived(Struct, frozen=True, order=True):
    """A finding that its author lets stay: why, and until which day (ISO 8601)."""

    problem: Problem
    reason: str
    until: str


class ProblemsError(Exception):
    """Raised when a user's input stops a stage; holds every problem found, never empty."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        if not self.problems:
            raise ValueError("ProblemsError needs at least one problem")
        super().__init__("\n".join(str(p) for p in self.problems))


def by_user(bad: BaseException | None) -> bool:
    """Whether somebody stopped the program: what Ctrl-C raises while a class is made reaches us as another's cause."""
    return bad is not None and (isinstance(bad, KeyboardInterrupt) or by_user(bad.__cause__ or bad.__context__))


def encodable(text: str) -> str:
    """The text with what UTF-8 cannot hold spelled out, such as the bytes of a file's name that are no text."""
    return text.encode("utf-8", "backslashreplace").decode()


def one_line(text: str) -> str:
    """Text with line breaks and control characters made visible, so that a message stays one line."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def told_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems in their order, those of one cause in a file as one at the first place, which names the others."""
    causes: dict[tuple[str, ...], list[Problem]] = {}
    for one in problems:
        said = (one.cause,) if one.cause else (one.message, one.instead)
        causes.setdefault((one.origin.file, one.code, one.severity, *said), []).append(one)
    for first, *others in causes.values():
        elsewhere = dict.fromkeys(one.origin for one in others if one.origin.line and one.origin != first.origin)
        places = [f"{one.line}:{one.column}" for one in elsewhere]
        if not places:
            yield first
            continue
        more = f" and {len(places) - _PLACES:,} more places" if len(places) > _PLACES else ""
        yield structs.replace(first, message=f"{first.message} (also at {', '.join(places[:_PLACES])}{more})")


_PLACES = 8
"""How many places of one mistake a message names."""


def error(origin: Origin, code: str, message: str, instead: str = "", cause: str = "") -> Problem:
    """A problem that stops the run."""
    return Problem(origin, code, "error", message, instead, cause)


def warning(origin: Origin, code: str, message: str, instead: str = "") -> Problem:
    """A problem that is reported and stops only a `--strict` run."""
    return Problem(origin, code, "warning", message, instead)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was most likely meant to be, or None when nothing is close.

    Of ids in capitals, which are short, none where two are as close: K12 may be K1 or K2.
    """
    options = list(known)
    if close := difflib.get_close_matches(word.lower(), options, n=1, cutoff=0.6):
        return close[0]
    by_lower = {one.lower(): one for one in options}
    ratios = {one: difflib.SequenceMatcher(None, one, word.lower()).ratio() for one in by_lower}
    best = [one for one, ratio in ratios.items() if ratio == max(ratios.values()) and ratio >= 0.6]
    return by_lower[best[0]] if len(best) == 1 else None


def choose_from(word: str, known: Iterable[str]) -> str:
    """Advice for a word that is not among the known ones: the nearest first, then all of them."""
    options = sorted(known)
    close = nearest(word, options)
    listed = ", ".join(options) if options else "none is defined"
    return f"did you mean '{close}'? Known: {listed}" if close else f"known: {listed}"
