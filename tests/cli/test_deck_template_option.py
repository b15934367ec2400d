"""`--deck-template` and `handouts check-template`, from the command line to the file."""

from __future__ import annotations

import json
from pathlib import Path

import pptx
import pytest
from pptx import Presentation
from pptx.util import Pt
from topic_samples import CONTENT, ROOT

from handouts.cli.main import build_command, commands, run
from handouts.theme.template_file import slug as slugged

DEFAULT = Path(pptx.__file__).parent / "templates" / "default.pptx"
COMMON = [
    "--topic",
    "ixazomib",
    "--content",
    str(CONTENT),
    "--templates",
    str(ROOT / "templates"),
    "--date",
    "2026-03-31",
]


@pytest.fixture
def hospital(tmp_path: Path) -> Path:
    path = tmp_path / "Mercy Hospital (2026).pptx"
    path.write_bytes(DEFAULT.read_bytes())
    return path


def test_a_deck_in_a_template_stands_beside_the_plain_one(hospital: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ["--format", "pptx", *COMMON, "--out", str(out), "--quiet"]
    assert run(build_command, arguments) == 0
    assert run(build_command, [*arguments, "--deck-template", str(hospital)]) == 0
    plain, dressed = "ixazomib-en-deck.pptx", "ixazomib-en-deck-mercy-hospital-2026.pptx"
    assert {p.name for p in out.iterdir()} == {plain, dressed, "manifest.json"}
    listed = {entry["path"]: entry for entry in json.loads((out / "manifest.json").read_text())["files"]}
    file = Presentation(str(out / dressed))
    assert file.slide_width == Presentation(str(DEFAULT)).slide_width
    assert listed[dressed]["slides"] == len(file.slides)


def test_other_documents_do_not_mind_the_template(hospital: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ["--format", "card", *COMMON, "--out", str(out), "--quiet", "--deck-template", str(hospital)]
    assert run(build_command, arguments) == 0
    assert {p.name for p in out.iterdir()} == {"ixazomib-en-card.pdf", "manifest.json"}


def test_a_refused_template_stops_the_build_once_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, out = tmp_path / "notes.pptx", tmp_path / "out"
    bad.write_text("not a presentation")
    status = run(build_command, ["--format", "pptx", *COMMON, "--out", str(out), "--deck-template", str(bad)])
    errors = [line for line in capsys.readouterr().err.splitlines() if " error: " in line]
    assert status == 1
    advice = "open it in PowerPoint and save it as an ordinary presentation (.pptx)"
    assert errors == [f"{bad}: DECK10 error: is not a PowerPoint file; {advice}"]
    assert not out.exists()


def test_a_template_that_is_not_there_is_a_wrong_command(tmp_path: Path) -> None:
    assert run(build_command, [*COMMON, "--deck-template", str(tmp_path / "none.pptx")]) == 2
    assert run(commands, ["check-template", str(tmp_path / "none.pptx")]) == 2


def test_check_template_tells_on_stderr_what_a_file_has(hospital: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(commands, ["check-template", str(hospital)]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"{hospital}: slides of 10 × 7.5 in; no sample slides\n")
    assert "  Study: no layout is named 'Study', ours stands in\n" in shown.err
    assert shown.err.endswith("  of 9 layouts, 4 are its own; ours stand in for 5\n")


def test_check_template_refuses_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.pptx"
    bad.write_bytes(DEFAULT.read_bytes()[:5000])
    assert run(commands, ["check-template", str(bad)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "slug"),
    [("a/Mercy_Hospital.PPTX", "mercy-hospital"), ("Krankenhäuser.pptx", "krankenh-user"), ("..pptx", "template")],
)
def test_the_file_s_name_becomes_part_of_the_deck_s(name: str, slug: str) -> None:
    assert slugged(name) == slug


@pytest.mark.slow
def test_a_deck_template_of_ones_own_stands_in_for_the_shipped_one_and_changes_the_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, out = tmp_path / "templates", tmp_path / "out"
    own.mkdir()
    arguments = ["--format", "pptx", "--content", str(CONTENT), "--templates", str(own), "--date", "2026-03-31"]

    def build() -> tuple[bytes, str]:
        assert run(build_command, [*arguments, "--out", str(out)]) == 0
        return (out / "ixazomib-en-deck.pptx").read_bytes(), capsys.readouterr().err

    shipped, _ = build()
    file = Presentation(str(ROOT / "templates" / "deck.pptx"))
    body = next(p for p in file.slide_layouts.get_by_name("Title and Content").placeholders if p.name == "Content")
    body.left, body.top, body.width, body.height = Pt(60), Pt(130), Pt(840), Pt(330)
    file.save(str(own / "deck.pptx"))
    moved, _ = build()
    assert moved != shipped
    again = Presentation(str(out / "ixazomib-en-deck.pptx"))
    places = {layout.name: layout for layout in again.slide_layouts}["Title and Content"].placeholders
    assert next(p for p in places if p.name == "Content").left == Pt(60)
    assert build()[0] == moved


def test_a_deck_template_of_ones_own_that_is_none_is_named_with_its_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / "deck.pptx").write_bytes(b"PK nothing")
    arguments = ["--format", "pptx", "--content", str(CONTENT), "--templates", str(own), "--date", "2026-03-31"]
    assert run(build_command, [*arguments, "--out", str(tmp_path / "out")]) == 1
    errors = [line for line in capsys.readouterr().err.splitlines() if " error: " in line]
    assert len(errors) == 1
    assert errors[0].startswith(f"{own / 'deck.pptx'}: DECK10 error: is not a PowerPoint file; ")
