"""Writes docs/checks.md from the rules. Run: .venv/bin/python scripts/checks_page.py"""

from __future__ import annotations

from pathlib import Path

from handouts.checks.page import checks_page
from handouts.checks.registry import RULES

if __name__ == "__main__":
    page = Path(__file__).resolve().parent.parent / "docs" / "checks.md"
    page.write_text(checks_page(RULES), "utf-8")
