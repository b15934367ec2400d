"""Card stock as data: shipped sheets have the sizes of what is sold, and one that cannot be is refused in numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from topic_samples import ROOT

from handouts.files.workspace import Workspace
from handouts.model.load import load
from handouts.problems import ProblemsError
from handouts.theme.printing import USUAL
from handouts.theme.sheet import POINTS_PER, Sheet

MM = POINTS_PER["mm"]
WORKSPACE = Workspace(ROOT / "content", ROOT / "templates")


def shipped(name: str) -> Sheet:
    return WORKSPACE.named("sheets", name, Sheet)


# Paper and card in millimetres, cards, the first and the last card's top left corner.
STOCK = {
    "avery-5371": ((215.9, 279.4), (88.9, 50.8), 10, (19.05, 12.7), (107.95, 215.9)),
    "a4-cards": ((210, 297), (85, 54), 10, (20, 13.5), (105, 229.5)),
    "id-1-letter": ((215.9, 279.4), (85.6, 53.98), 8, (16.35, 13.74), (113.95, 211.68)),
    "single": ((85.6, 53.98), (85.6, 53.98), 1, (0, 0), (0, 0)),
    "fold-over": ((215.9, 279.4), (85.6, 53.98), 4, (22.35, 16.71), (22.35, 208.71)),
    "fold-over-a4": ((210, 297), (85.6, 53.98), 4, (19.4, 22.51), (19.4, 220.51)),
}


def test_every_shipped_sheet_is_measured_here() -> None:
    assert set(WORKSPACE.names("sheets")) == set(STOCK)


@pytest.mark.parametrize("name", STOCK)
def test_a_shipped_sheet_has_the_measures_of_its_stock(name: str) -> None:
    sheet = shipped(name)
    paper, card, count, first, last = STOCK[name]
    slots = sheet.slots()
    assert sheet.name == name
    assert sheet.cards == len(slots) == count
    for points, millimetres in (
        (sheet.paper_size, paper), (sheet.card_size, card), (slots[0], first), (slots[-1], last)
    ):  # fmt: skip
        assert [value / MM for value in points] == pytest.approx(millimetres, abs=0.01)


@pytest.mark.parametrize("name", STOCK)
def test_cards_lie_in_the_middle_of_their_paper(name: str) -> None:
    sheet = shipped(name)
    (left, top), (x, y) = sheet.slots()[0], sheet.slots()[-1]
    width = sheet.card_size[0] * (2 if sheet.fold_over else 1)
    assert sheet.paper_size[0] - x - width == pytest.approx(left, abs=0.02)
    assert sheet.paper_size[1] - y - sheet.card_size[1] == pytest.approx(top, abs=0.02)


@pytest.mark.parametrize(("name", "found"), [("avery-8371", "avery-5371"), ("cr80", "single"), ("single", "single")])
def test_a_sheet_is_found_under_the_other_names_of_its_stock(name: str, found: str) -> None:
    assert WORKSPACE.sheet(name) == shipped(found)


def test_each_paper_has_a_usual_sheet_that_is_on_it() -> None:
    assert {paper: shipped(name).paper for paper, name in USUAL.items()} == {"letter": "letter", "a4": "a4"}


AVERY = """\
schema_version: 1
name: mine
description: cards
paper: letter
unit: in
card_width: 3.5
card_height: 2
columns: 2
rows: 5
pitch_x: 3.5
pitch_y: 2
bleed: 0
left: 0.75
top: 0.5
"""


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("columns: 2", "columns: 3", "13:7", "left lets 3 columns of 3.5 in end at 11.25 in, but letter paper is"),
        ("rows: 5", "rows: 6", "14:6", "top lets 6 rows of 2 in end at 12.5 in, but letter paper is 11 in high"),
        ("top: 0.5", "top: 1.01", "14:6", "end at 11.01 in, but letter paper is 11 in high"),
        ("pitch_x: 3.5", "pitch_x: 3.4", "10:10", "pitch_x is 3.4 in, so that cards overlap, each 3.5 in"),
        ("pitch_y: 2", "pitch_y: 1.9", "11:10", "pitch_y is 1.9 in, so that cards overlap, each 2 in"),
        ("bleed: 0", "bleed: 0.125", "12:8", "bleed is 0.125 in on either side, but cards are 0 apart"),
        ("left: 0.75", "left: -1", "13:7", "left is -1, which is too small"),
        ("card_width: 3.5", "card_width: 0", "6:13", "card_width is 0, which is too small"),
        ("card_width: 3.5", "fold_over: true\ncard_width: 3.5", "11:10", "so that cards overlap, each 7 in"),
        ("paper: letter", "paper: card", "13:7", "but card paper is 3.5 in wide"),
    ],
)  # fmt: skip
def test_a_sheet_that_cannot_be_is_refused_in_numbers_at_its_line(old: str, new: str, place: str, message: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        load("mine.yaml", AVERY.replace(old, new), Sheet)
    found = [p for p in caught.value.problems if message in f"{p.message}"]
    assert [f"{p.origin.line}:{p.origin.column}" for p in found] == [place], caught.value
    assert all(p.instead for p in found)


def test_a_bleed_that_leaves_the_paper_is_refused() -> None:
    text = AVERY.replace("columns: 2", "columns: 1").replace("rows: 5", "rows: 1").replace("bleed: 0", "bleed: 0.125")
    load("mine.yaml", text, Sheet)
    with pytest.raises(ProblemsError, match=r"13:7: SCHEMA07 error: left is 0.1 in, less than the bleed of 0.125 in"):
        load("mine.yaml", text.replace("left: 0.75", "left: 0.1"), Sheet)


def test_without_pitches_cards_touch() -> None:
    text = "".join(line for line in AVERY.splitlines(keepends=True) if not line.startswith("pitch"))
    assert load("mine.yaml", text, Sheet).value.slots() == load("mine.yaml", AVERY, Sheet).value.slots()


def test_a_sheet_of_ones_own_is_named_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "sheets").mkdir()
    (tmp_path / "sheets" / "mine.yaml").write_text(AVERY.replace("rows: 5", "rows: 7"), "utf-8")
    with pytest.raises(ProblemsError) as caught:
        Workspace(tmp_path, tmp_path).sheet("mine")
    assert str(caught.value).startswith(f"{tmp_path / 'sheets' / 'mine.yaml'}:14:6: SCHEMA07 error: top lets 7 rows")
