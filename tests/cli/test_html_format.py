"""`--format html` makes the page beside the other documents, which a build without it makes as before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from topic_samples import CONTENT, ROOT

from handouts.cli.main import commands, run

WHERE = [
    "--topic",
    "ixazomib",
    "--date",
    "2026-03-31",
    "--content",
    str(CONTENT),
    "--templates",
    str(ROOT / "templates"),
]


def _build(out: Path, *more: str) -> list[str]:
    assert run(commands, ["build", *WHERE, "--out", str(out), "--quiet", *more]) == 0
    return sorted(path.name for path in out.iterdir())


def test_the_page_is_listed_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _build(tmp_path, "--format", "html") == ["ixazomib-en-handout.html", "manifest.json"]
    (entry,) = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["files"]
    assert (entry["format"], entry["pages"], entry["review"]) == ("html", 1, "draft")
    assert run(commands, ["build", *WHERE, "--out", str(tmp_path), "--format", "html"]) == 0
    assert "is up to date (1 pages" in capsys.readouterr().err


def test_a_build_without_a_format_makes_no_page_and_all_makes_it(tmp_path: Path) -> None:
    usual = ["ixazomib-en-card.pdf", "ixazomib-en-deck.pptx", "ixazomib-en-handout.pdf"]
    assert _build(tmp_path / "usual") == [*usual, "manifest.json"]
    assert _build(tmp_path / "all", "--format", "all") == [
        *usual[:2],
        "ixazomib-en-handout.html",
        usual[2],
        "manifest.json",
    ]


def test_a_theme_is_in_its_name_and_paper_is_not(tmp_path: Path) -> None:
    named = _build(tmp_path, "--format", "html", "--theme", "large-print", "--paper", "a4")
    assert named[0] == "ixazomib-en-handout-large-print.html"


def test_a_batch_says_that_it_makes_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "rows.csv"
    table.write_text("id\n1\n", "utf-8")
    assert run(commands, ["batch", str(table), "--format", "pdf,html"]) == 2
    assert "a batch makes no html" in capsys.readouterr().err
