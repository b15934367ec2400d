"""Figures → Markdown tables, and Markdown → its region of a page: the text between two markers, replaced as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

PAGE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"


class Target(Struct, frozen=True):
    """What is to be reached: a value in words, how many times the limit it is, and the limit in words."""

    name: str
    seen: str
    share: float
    limit: str

    @property
    def reached(self) -> bool:
        """Whether the value is within the limit."""
        return self.share <= 1

    def row(self) -> tuple[str, ...]:
        """The target as a row of a table."""
        return (self.name, self.limit, self.seen, f"{self.share:.2f}", "yes" if self.reached else "**no**")


TARGET_HEAD = ("target", "limit", "seen", "seen ÷ limit", "reached")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are set right. Raises ValueError for a row of another length."""
    lines = [_line(head), _line(["---", *["---:"] * (len(head) - 1)])]
    for row in rows:
        if len(row) != len(head):
            raise ValueError(f"a row has {len(row)} cells, the table {len(head)} columns")
        lines.append(_line(row))
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def number(value: float) -> str:
    """A measured value with two significant digits or all before the point: 1234, 123, 12, 1.2."""
    return f"{value:,.0f}" if value >= 9.95 else f"{value:.1f}"


def replaced(text: str, region: str, body: str) -> str:
    """The page with what stands between `<!-- begin REGION -->` and `<!-- end REGION -->` replaced.

    Raises ValueError where the page does not have this region exactly once.
    """
    begin, end = f"<!-- begin {region} -->", f"<!-- end {region} -->"
    pattern = re.compile(f"({re.escape(begin)}\n).*?({re.escape(end)})", re.DOTALL)
    new, found = pattern.subn(lambda match: f"{match[1]}\n{body.strip()}\n\n{match[2]}", text)
    if found != 1 or text.count(begin) != 1 or text.count(end) != 1:
        raise ValueError(f"the page needs the lines '{begin}' and '{end}' once each, in this order")
    return new


def write_region(region: str, body: str, page: Path = PAGE) -> None:
    """Replaces a region of a page on disk. Raises ValueError as `replaced`."""
    page.write_text(replaced(page.read_text("utf-8"), region, body), "utf-8")
