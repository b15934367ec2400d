"""The command line of cards: stock, print runs and printers, as a person at an office printer asks for them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from topic_samples import CONTENT, ROOT, TOPICS

from handouts.cli.main import build_command, commands, run
from handouts.files.printers import read_printers
from handouts.theme.printing import Correction


class Shell:
    """Runs commands in this process, with printers and output in a folder of the test's."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.out, self.printers = folder / "out", folder / "settings" / "printers.yaml"
        self.shown = self.said = ""

    def build(self, *arguments: str, content: Path = CONTENT) -> int:
        given = ["--format", "card", "--content", str(content), "--templates", str(ROOT / "templates")]
        given += ["--date", "2026-03-31", "--out", str(self.out), "--printers", str(self.printers), "--quiet"]
        given += ["--topic", "ixazomib"] if content == CONTENT else []
        return self._done(run(build_command, [*given, *arguments]))

    def calibrate(self, *arguments: str) -> int:
        given = ["--out", str(self.out), "--printers", str(self.printers), "--date", "2026-03-31"]
        return self._done(run(commands, ["calibrate", *given, *arguments]))

    def __call__(self, *arguments: str) -> int:
        return self._done(run(commands, [*arguments]))

    def _done(self, status: int) -> int:
        self.shown, self.said = self.capsys.readouterr()
        assert "Traceback" not in self.said
        return status

    def files(self) -> list[str]:
        return sorted(p.name for p in self.out.iterdir()) if self.out.is_dir() else []


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capsys)


NAMES = {
    (): "",
    ("--sheet", "avery-5371"): "",
    ("--sheet", "avery-8371"): "-avery-8371",
    ("--paper", "a4"): "-a4",
    ("--paper", "a4", "--sheet", "a4-cards"): "-a4",
    ("--sheet", "a4-cards"): "-a4-cards",
    ("--sheet", "id-1-letter"): "-id-1-letter",
    ("--sheet", "single"): "-single",
    ("--sheet", "fold-over", "--count", "2"): "-fold-over-count-2",
    ("--flip", "long-edge"): "-long-edge",
    ("--flip", "short-edge", "--start-at", "4"): "-short-edge-start-4",
    ("--sheet", "single", "--flip", "short-edge"): "-single-short-edge",
    ("--offset", "-0.5,1"): "-adjusted",
    ("--scale", "100.4"): "-adjusted",
}


@pytest.mark.sampled(4)
@pytest.mark.parametrize("arguments", NAMES, ids=" ".join)
def test_what_is_not_the_default_adds_its_name_to_the_file(shell: Shell, arguments: tuple[str, ...]) -> None:
    assert shell.build(*arguments) == 0
    assert shell.files() == [f"ixazomib-en-card{NAMES[arguments]}.pdf", "manifest.json"]


@pytest.mark.parametrize(
    ("arguments", "pages"),
    [((), 2), (("--sheet", "fold-over"), 1), (("--sheet", "single", "--count", "3"), 6), (("--count", "11"), 4)],
)
def test_the_manifest_counts_the_pages_of_the_run(shell: Shell, arguments: tuple[str, ...], pages: int) -> None:
    assert shell.build(*arguments) == 0
    (entry,) = json.loads((shell.out / "manifest.json").read_text("utf-8"))["files"]
    assert entry["pages"] == pages == len(pdfium.PdfDocument(shell.out / entry["path"]))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--sheet", "avery-5317"), "there is no 'avery-5317' in templates/sheets; did you mean 'avery-5371'?"),
        (("--start-at", "11"), "--start-at 11: a sheet of avery-5371 has no such card; write 1 to 10"),
        (("--sheet", "single", "--start-at", "2"), "--start-at 2: a sheet of single has no such card; it has one"),
        (("--start-at", "0"), "0 is not in the range x>=1"),
        (("--count", "0"), "0 is not in the range"),
        (("--flip", "sideways"), "'sideways' is not one of"),
        (("--offset", "1"), "'1' is not x,y in millimetres; write it like 0.5,-1"),
        (("--offset", "1;2"), "is not x,y in millimetres"),
        (("--offset", "0,5,1"), "is not x,y in millimetres"),
        (("--offset", "nan,1"), "is not x,y in millimetres"),
        (("--offset", "1,20"), "'1,20' is more than 15 mm; is the page fitted to the paper? Print it at 100%"),
        (("--scale", "wide"), "is not a percentage"),
        (("--scale", "1,2,3"), "is not a percentage"),
        (("--scale", "50"), "'50' is not between 94 and 106 percent; is the page fitted to the paper?"),
        (("--printer", "office"), "there is no printer 'office'"),
    ],
)
def test_a_print_run_that_cannot_be_exits_2_and_says_why(
    shell: Shell, arguments: tuple[str, ...], message: str
) -> None:
    assert shell.build(*arguments) == 2
    assert message in shell.said
    assert shell.files() == []


def test_a_sheet_that_does_not_fit_its_paper_exits_1_with_the_numbers(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "sheets").mkdir()
    text = (ROOT / "templates" / "sheets" / "avery-5371.yaml").read_text("utf-8")
    mine = tmp_path / "sheets" / "mine.yaml"
    mine.write_text(text.replace("rows: 5", "rows: 6"), "utf-8")
    told = f"{mine}:13:6: SCHEMA07 error: top lets 6 rows of 2 in end at 12.5 in, but letter paper is 11 in high; "
    assert shell.build("--sheet", "mine", "--templates", str(tmp_path)) == 1
    assert told in shell.said
    assert shell.files() == []
    # The list shows the others and tells of this one.
    assert shell("sheets", "--templates", str(tmp_path)) == 1
    assert told in shell.said
    assert "avery-5371" in shell.shown


def test_sheets_are_listed_with_their_sizes(shell: Shell) -> None:
    assert shell("sheets", "--templates", str(ROOT / "templates")) == 0
    lines = shell.shown.splitlines()
    assert [line.split()[0] for line in lines] == sorted(p.stem for p in (ROOT / "templates" / "sheets").iterdir())
    for name, count, size in (
        ("avery-5371", "10 on letter", "3.5 × 2 in (88.9 × 50.8 mm)"),
        ("a4-cards", "10 on a4", "85 × 54 mm"),
        ("id-1-letter", "8 on letter", "85.6 × 53.98 mm"),
        ("single", "one a page", "85.6 × 53.98 mm"),
        ("fold-over", "4 on letter", "one side, to fold"),
    ):
        (line,) = [line for line in lines if line.startswith(f"{name} ")]
        assert count in line
        assert size in line
    assert [line.split()[0] for line in lines if "default for" in line] == ["a4-cards", "avery-5371"]


# Printers


def test_a_page_is_made_that_calibrates_a_printer(shell: Shell) -> None:
    assert shell.calibrate() == 0
    assert shell.calibrate("--paper", "a4", "--lang", "es") == 0
    assert shell.files() == ["calibration-a4-es.pdf", "calibration.pdf"]
    assert "print it at 100%, never fitted to the page" in shell.said
    assert not shell.printers.exists()


def test_what_was_read_is_saved_and_corrects_cards_from_then_on(shell: Shell) -> None:
    assert shell.calibrate("--save", "office", "--offset", "-0.5,1.25", "--scale", "100.4,99.5%") == 0
    assert f"saved printer 'office' in {shell.printers}" in shell.said
    saved = Correction(offset_x=-0.5, offset_y=1.25, scale_x=100.4, scale_y=99.5)
    assert read_printers(shell.printers) == {"office": saved}
    assert shell.files() == ["calibration-office.pdf"]
    assert shell.build("--printer", "office") == 0
    assert shell.build("--offset", "-0.5,1.25", "--scale", "100.4,99.5") == 0
    by_name, by_hand = (shell.out / f"ixazomib-en-card-{name}.pdf" for name in ("office", "adjusted"))
    assert by_name.read_bytes() == by_hand.read_bytes()
    assert shell.build() == 0
    assert (shell.out / "ixazomib-en-card.pdf").read_bytes() != by_name.read_bytes()


def test_the_command_line_counts_more_than_what_is_saved(shell: Shell) -> None:
    assert shell.calibrate("--save", "office", "--offset", "1,1", "--scale", "101") == 0
    assert shell.calibrate("--printer", "office", "--back-offset", "0,2", "--save", "office") == 0
    saved = Correction(offset_x=1, offset_y=1, back_offset_x=0, back_offset_y=2, scale_x=101, scale_y=101)
    assert read_printers(shell.printers) == {"office": saved}
    assert shell.build("--printer", "office", "--scale", "100") == 0
    assert "ixazomib-en-card-office-adjusted.pdf" in shell.files()


def test_a_handout_does_not_care_about_sheets_and_printers(shell: Shell) -> None:
    assert shell.build("--format", "pdf", "--sheet", "single", "--offset", "1,1", content=TOPICS) == 0
    assert {"espanol-es-handout.pdf", "espanol-es-card-single-adjusted.pdf"} <= set(shell.files())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--save", "office"), "--save needs what you have read"),
        (("--save", "My Printer", "--offset", "1,1"), "'My Printer' is not a name for a printer"),
        (("--printer", "ward"), "there is no printer 'ward'"),
        (("--paper", "a3"), "'a3' is not one of"),
    ],
)
def test_a_calibration_that_cannot_be_exits_2(shell: Shell, arguments: tuple[str, ...], message: str) -> None:
    assert shell.calibrate(*arguments) == 2
    assert message in shell.said
    assert shell.files() == []
    assert not shell.printers.exists()


def test_a_language_without_a_locale_exits_1(shell: Shell) -> None:
    assert shell.calibrate("--lang", "fr") == 1
    assert re.search("FILE03 error: there is no locale for the language 'fr'", shell.said)


def test_printers_are_kept_where_the_environment_says(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDOUTS_PRINTERS", str(tmp_path / "mine.yaml"))
    assert shell("calibrate", "--out", str(shell.out), "--save", "office", "--offset", "1,0") == 0
    assert list(read_printers(tmp_path / "mine.yaml")) == ["office"]


def test_without_a_word_printers_are_kept_in_the_users_settings(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HANDOUTS_PRINTERS", raising=False)
    monkeypatch.setattr("click.get_app_dir", lambda name: str(tmp_path / "settings of" / name))
    assert shell("calibrate", "--out", str(shell.out), "--save", "office", "--offset", "1,0") == 0
    assert list(read_printers(tmp_path / "settings of" / "handouts" / "printers.yaml")) == ["office"]
