"""How much a template may do and make, counted in steps and characters rather than on a clock.

The same template and content thus end the same way on every machine. Each limit is many times what the largest document
of the tests takes; docs/templates.md names them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from decimal import Decimal
from typing import Final

MOST_STEPS: Final = 1_000_000
"""A step is one operation of a template, or one item or sixteen characters of what an operation goes through. The deck
of ixazomib takes 13 000; a million are one to seven seconds.
"""
MOST_CHARACTERS: Final = 4_000_000
"""Of all text that is printed, captured or put together; the deck of ixazomib makes 66 000."""
LONGEST_TEXT: Final = 200_000
MOST_ITEMS: Final = 10_000
"""In one list."""
DEEPEST_CALLS: Final = 40
"""Macros inside each other, few enough for Python's own limit wherever a build runs."""
MOST_DIGITS: Final = 15
"""Before the decimal mark, and after it: more than any number of a document, and no power fills the memory."""

LONGEST_TEMPLATE: Final = 100_000
"""Characters of one template; the largest of ours has 17 000."""
MOST_NODES: Final = 20_000
"""Operations, names, values and pieces of text in one template; the largest of ours has 2 000."""
MOST_NAMES: Final = 500
"""Names that one template sets. What Jinja2 writes for an include or a branch grows with all of them."""
MOST_PARTS: Final = 100
"""Includes, imports and blocks of one template."""
DEEPEST_PARTS: Final = 10
"""Templates that include each other."""
DEEPEST_STATEMENTS: Final = 20
DEEPEST_LOOPS: Final = 8
"""Loops inside each other; Python takes 20 blocks in one function."""
DEEPEST_EXPRESSION: Final = 60
MOST_BRANCHES: Final = 100
"""Of one `{% if %}`."""
MOST_TEMPLATES: Final = 500_000
"""Characters of all templates of a folder."""

MOST_ELEMENTS: Final = 4_000
"""In the HTML of one document; the deck of ixazomib has 530."""
LONGEST_HTML: Final = 300_000
"""Of one document, in characters; the deck of ixazomib has 40 000."""
MOST_SLIDES: Final = 200
"""The deck of ixazomib has 16."""


class MistakeError(Exception):
    """What a template does wrong, in words for its author; `instead` is what to write."""

    def __init__(self, message: str, instead: str = "") -> None:
        super().__init__(message)
        self.message, self.instead = message, instead


class LimitError(MistakeError):
    """A template that does or makes too much."""


class Rendering:
    """One rendering: what it has used up, and how it writes values that are no text."""

    __slots__ = ("characters", "depth", "steps", "written")

    def __init__(self, written: Callable[[object], object]) -> None:
        self.written = written
        self.steps = self.characters = self.depth = 0

    def spend(self, steps: int) -> None:
        """Counts steps. Raises LimitError where there are too many."""
        self.steps += steps
        if self.steps > MOST_STEPS:
            message = f"takes more than {MOST_STEPS:,} steps"
            raise LimitError(message, "loop over less, or call fewer macros; a loop costs its whole body each time")

    def read(self, length: int) -> None:
        """Counts going through a text of such a length. Raises LimitError where that is too much."""
        self.spend(length // 16)

    def make(self, characters: int) -> None:
        """Counts characters. Raises LimitError where there are too many."""
        self.characters += characters
        if self.characters > MOST_CHARACTERS:
            raise LimitError(f"makes more than {MOST_CHARACTERS:,} characters", "print less")

    def deeper(self) -> None:
        """Counts one call, or one list, inside another. Raises LimitError where there are too many."""
        self.depth += 1
        if self.depth > DEEPEST_CALLS:
            raise LimitError(f"goes more than {DEEPEST_CALLS} calls deep", "write a macro that ends, or a loop")

    def text(self, length: int) -> None:
        """Counts a text of such a length before it is made. Raises LimitError where it would be too long."""
        if length > LONGEST_TEXT:
            raise LimitError(f"makes a text of {_shown(length)} characters", f"{LONGEST_TEXT:,} are the most")
        self.make(length)
        self.spend(1 + length // 16)

    def items(self, length: int) -> None:
        """Counts a list of such a length before it is made. Raises LimitError where it would be too long."""
        if length > MOST_ITEMS:
            raise LimitError(f"makes a list of {_shown(length)} items", f"{MOST_ITEMS:,} are the most")
        self.spend(1 + length)


_RUNS: ContextVar[Rendering] = ContextVar("run")
current = _RUNS.get
start = _RUNS.set
end = _RUNS.reset


def number(value: int | Decimal) -> int | Decimal:
    """The number, if a document can show one like it. Raises MistakeError for one too large, too fine, or no number."""
    if type(value) is Decimal:
        if not value.is_finite():
            raise MistakeError("is not a number", "divide by what is not zero")
        if value and not -MOST_DIGITS <= value.adjusted() < MOST_DIGITS:
            raise LimitError(f"makes a number beyond {MOST_DIGITS} digits", "write a smaller one, or a text")
        # A zero keeps its decimals, of which multiplying makes a million.
        return value if value or -2 * MOST_DIGITS <= value.adjusted() <= 0 else Decimal(0)
    if not -(10**MOST_DIGITS) < value < 10**MOST_DIGITS:
        raise LimitError(f"makes a number of more than {MOST_DIGITS} digits", "write a smaller one, or a text")
    return value


def _shown(length: int) -> str:
    return f"{length:,}" if length < 10**MOST_DIGITS else f"more than {10**MOST_DIGITS:,}"
