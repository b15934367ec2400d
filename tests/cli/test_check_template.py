"""`handouts check-template` says what a build would say, and shows the decks where LibreOffice is installed."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from embedded_samples import think_cell
from PIL import Image
from pptx import Presentation
from pptx.util import Inches
from stranger_templates import DEFAULT, repacked, stranger
from topic_samples import CONTENT, ROOT

from handouts.cli.main import build_command, commands, run

FROM = ["--content", str(CONTENT), "--templates", str(ROOT / "templates"), "--date", "2026-03-31"]
OFFICE = shutil.which("soffice")
Capture = pytest.CaptureFixture[str]


def usual() -> bytes:
    return stranger(DEFAULT).data


def tiny() -> bytes:
    """Slides of 4 × 4 in, on which no table of ours fits."""
    file: Any = Presentation(io.BytesIO(usual()))
    file.slide_width = file.slide_height = Inches(4)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def narrow_titles() -> bytes:
    """Titles an inch wide."""
    file: Any = Presentation(io.BytesIO(usual()))
    for layout in (file.slide_master, *file.slide_layouts):
        for shape in layout.placeholders:
            if shape.placeholder_format.type is not None and "TITLE" in str(shape.placeholder_format.type):
                shape.left, shape.top, shape.width, shape.height = Inches(1), Inches(1), Inches(1), Inches(1)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def with_a_font(name: bytes) -> Callable[[], bytes]:
    def change(members: dict[str, bytes]) -> None:
        theme = "ppt/theme/theme1.xml"
        members[theme] = members[theme].replace(b'typeface="Calibri"', b'typeface="' + name + b'"')

    return lambda: repacked(usual(), change)


TEMPLATES = {
    "usual": usual,
    "tiny": tiny,
    "narrow titles": narrow_titles,
    "unknown font": with_a_font(b"Clinic Grotesk"),
    "think-cell": think_cell,
}


def checked(path: Path, capsys: Capture, *more: str) -> tuple[int, list[str]]:
    status = run(commands, ["check-template", str(path), *FROM, *more])
    shown = capsys.readouterr()
    assert shown.out == ""
    return status, shown.err.splitlines()


def told(lines: list[str]) -> set[str]:
    """The findings of a deck on its template."""
    return {line for line in lines if re.search(r": (DECK|FIT)[0-9]+ (error|warning): ", line)}


def saved(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "hospital.pptx"
    path.write_bytes(data)
    return path


@pytest.mark.sampled(3)
@pytest.mark.parametrize("make", TEMPLATES.values(), ids=TEMPLATES)
def test_what_a_build_says_is_said(make: Callable[[], bytes], tmp_path: Path, capsys: Capture) -> None:
    path, out = saved(tmp_path, make()), tmp_path / "out"
    arguments = ["--format", "pptx", *FROM, "--out", str(out), "--deck-template", str(path)]
    built = run(build_command, arguments)
    findings = told(capsys.readouterr().err.splitlines())
    status, lines = checked(path, capsys)
    assert status == built
    assert told(lines) == findings
    counts = dict(re.findall(r"deck of ([a-z-]+), en: ([0-9]+) slides", "\n".join(lines)))
    for topic, count in counts.items() if built == 0 else ():
        assert len(Presentation(str(out / f"{topic}-en-deck-hospital.pptx")).slides) == int(count)
    assert (len(counts) == 2) or built == 1


def test_a_template_on_which_a_build_fails_ends_with_1(tmp_path: Path, capsys: Capture) -> None:
    status, lines = checked(saved(tmp_path, tiny()), capsys, "ixazomib")
    assert status == 1
    assert any("DECK04 error" in line for line in lines)
    assert any("deck of ixazomib, en: cannot be made on this template (18 on our own template)" in x for x in lines)
    assert lines[0].endswith("slides of 4 × 4 in; no sample slides")
    assert lines[-1].startswith("  of 9 layouts, ")


def test_what_a_deck_came_to_is_told(tmp_path: Path, capsys: Capture) -> None:
    status, lines = checked(saved(tmp_path, usual()), capsys, "ixazomib")
    text = "\n".join(lines)
    assert status == 0
    assert "colonoscopy" not in text
    assert re.search(r"  deck of ixazomib, en: [0-9]+ slides \([0-9]+ on our own template\)\n", text)
    assert re.search(r"    type in points: titles [0-9. to]+, text [0-9. to]+, tables .*, sources 12, foot 12\n", text)
    worn = re.search(r"    slides by layout: (.*)\n", text)
    assert worn is not None
    assert "Title Slide 1" in worn[1]
    assert re.search(r"Study [0-9]+ \(ours\)", worn[1])
    ours = sum(int(count) for count in re.findall(r"([0-9]+) \(ours\)", worn[1]))
    assert f"    standing in: a layout of ours on {ours} slides, a place for the source on " in text


@pytest.mark.slow
def test_topics_and_languages_are_chosen_as_for_a_build(tmp_path: Path, capsys: Capture) -> None:
    path = saved(tmp_path, usual())
    for more in (["ixazomib"], ["--topic", "ixazomib"], ["--lang", "en", "ixazomib"]):
        assert checked(path, capsys, *more)[0] == 0
    for more in (["nothing"], ["--lang", "de"], ["--theme", "nothing"]):
        assert run(commands, ["check-template", str(path), *FROM, *more]) == 2
        assert "Traceback" not in capsys.readouterr().err


@pytest.mark.slow
def test_the_day_and_what_the_topic_lacks_hide_nothing(tmp_path: Path, capsys: Capture) -> None:
    path = saved(tmp_path, usual())
    early, late = (checked(path, capsys, "ixazomib", "--date", day) for day in ("2001-01-01", "2099-01-01"))
    assert early[0] == late[0] == 0
    for _, lines in (early, late):
        assert not [line for line in lines if re.search(r": [A-Z]+[0-9]+ (error|warning): ", line)]
        assert any("deck of ixazomib, en: " in line for line in lines)
    assert checked(path, capsys, "ixazomib") == checked(path, capsys, "ixazomib")


def test_a_topic_that_is_wrong_is_told_in_a_line(tmp_path: Path, capsys: Capture) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT / "ixazomib", content / "ixazomib")
    shutil.copytree(CONTENT / "ixazomib", content / "wrong")
    (content / "wrong" / "topic.yaml").write_text("schema_version: 1\n")
    path = saved(tmp_path, usual())
    status, lines = checked(path, capsys, "--content", str(content))
    assert status == 0
    (line,) = [line for line in lines if "deck of wrong" in line]
    assert re.fullmatch(
        r"  deck of wrong: not tried, for [0-9]+ mistakes? of the topic's own; see: handouts check wrong", line
    )
    assert checked(path, capsys, "--content", str(content), "wrong")[0] == 1


def test_without_topics_no_deck_is_tried_and_that_is_said(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path, usual())
    monkeypatch.chdir(tmp_path)
    assert run(commands, ["check-template", str(path)]) == 0
    shown = capsys.readouterr().err
    assert "  no deck was tried: there is no folder 'content' of topics; name one with --content\n" in shown
    assert shown.endswith("  of 9 layouts, 4 are its own; ours stand in for 5\n")
    assert run(commands, ["check-template", str(path), "ixazomib"]) == 2


@pytest.mark.slow
def test_a_template_file_is_checked_and_worn_under_its_own_name(tmp_path: Path, capsys: Capture) -> None:
    def change(members: dict[str, bytes]) -> None:
        types = "[Content_Types].xml"
        members[types] = members[types].replace(b"presentation.main+xml", b"template.main+xml")

    path, out = tmp_path / "Mercy.POTX", tmp_path / "out"
    path.write_bytes(repacked(usual(), change))
    assert checked(path, capsys, "ixazomib")[0] == 0
    arguments = ["--format", "pptx", "--topic", "ixazomib", *FROM, "--out", str(out), "--deck-template", str(path)]
    assert run(build_command, arguments) == 0
    assert (out / "ixazomib-en-deck-mercy.pptx").is_file()


def test_pictures_without_libreoffice_end_with_1_and_a_plain_message(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("handouts.files.libreoffice._PLACES", {})
    folder = tmp_path / "pictures"
    status, lines = checked(saved(tmp_path, usual()), capsys, "ixazomib", "--pictures", str(folder))
    assert status == 1
    assert lines[-1] == (
        "error: pictures of a deck need LibreOffice, which is not installed here; "
        "install it from libreoffice.org, or leave --pictures out"
    )
    assert lines[-2] == "  of 9 layouts, 4 are its own; ours stand in for 5"
    assert not folder.exists()


def test_no_deck_no_pictures(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "pictures"
    status, lines = checked(saved(tmp_path, tiny()), capsys, "ixazomib", "--pictures", str(folder))
    assert (status, lines[-1]) == (1, "no pictures: no deck was made")
    assert not folder.exists()


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not here; .ci/run installs it")
def test_pictures_are_the_deck_as_libreoffice_shows_it(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch, folder = tmp_path / "scratch", tmp_path / "pictures"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    path = saved(tmp_path, usual())
    status, lines = checked(path, capsys, "ixazomib", "--pictures", str(folder))
    assert status == 0
    name = "ixazomib-en-deck-hospital"
    assert {one.name for one in folder.iterdir()} == {f"{name}.pdf", f"{name}.png"}
    slides = next(int(m[1]) for line in lines if (m := re.search(r"deck of ixazomib, en: ([0-9]+) slides", line)))
    with pypdfium2.PdfDocument(folder / f"{name}.pdf") as pdf:
        assert len(pdf) == slides
    with Image.open(folder / f"{name}.png") as sheet:
        rows = -(-slides // 5)
        assert sheet.size == (8 + 5 * 328, 8 + rows * 248)
        # Slides are white, what lies between them grey.
        assert sheet.getpixel((12, 12)) == (255, 255, 255)
        assert sheet.getpixel((3, 3)) == (128, 128, 128)
    assert list(scratch.iterdir()) == []
    assert not [one for one in tmp_path.iterdir() if one.suffix == ".pptx" and one != path]
