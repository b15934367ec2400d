"""A build makes what is out of date and leaves the rest as it is: after any change of an input, and only then."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image
from topic_samples import CONTENT, ROOT, TODAY, TOPICS

from handouts.build import inputs
from handouts.build.build import build
from handouts.build.request import Request
from handouts.problems import ProblemsError

CLINIC = "schema_version: 1\nname: Harbour Clinic\nlogo: {file: logo.png, alt: A harbour}\n"


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    """Cards and handouts of a topic, templates and a clinic that a test may change, already built."""
    shutil.copytree(CONTENT / "ixazomib", tmp_path / "content" / "ixazomib")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "clinic.yaml").write_text(CLINIC, "utf-8")
    Image.new("RGB", (60, 40), (20, 90, 140)).save(tmp_path / "logo.png")
    request = Request(
        TODAY,
        ("pdf", "card"),
        content=tmp_path / "content",
        templates=tmp_path / "templates",
        clinic=tmp_path / "clinic.yaml",
        out=tmp_path / "out",
    )
    assert len(build(request).made) == 2
    return request


def edit(path: str, old: str, new: str) -> Callable[[Path], object]:
    def apply(folder: Path) -> None:
        text = (folder / path).read_text("utf-8")
        assert old in text
        (folder / path).write_text(text.replace(old, new), "utf-8")

    return apply


def repaint(folder: Path) -> None:
    Image.new("RGB", (60, 40), (140, 90, 20)).save(folder / "logo.png")


def test_nothing_changed_means_nothing_is_made_and_the_findings_are_told_again(request_: Request) -> None:
    first = build(request_, force=True)
    before = {path.name: path.stat().st_mtime_ns for path in request_.out.iterdir()}
    second = build(request_)
    assert second.made == ()
    assert [entry.path for entry in second.kept] == [made.entry.path for made in first.made]
    assert second.findings == first.findings != ()
    assert {path.name: path.stat().st_mtime_ns for path in request_.out.iterdir()} == before


@pytest.mark.parametrize(
    "change",
    [
        edit("content/ixazomib/topic.yaml", "enrolled: about 57", "enrolled: about 58"),
        edit("content/ixazomib/en.yaml", "title: Ixazomib (Ninlaro)", "title: Ixazomib"),
        edit("templates/card.html.j2", "<p", "<p "),
        edit("templates/themes/default.yaml", "name: default", "name: default\ncolours: {accent: '#0A5580'}"),
        edit("templates/locales/en.yaml", "decimal:", "decimal: "),
        edit("clinic.yaml", "Harbour", "Harbor"),
        repaint,
    ],
    ids=["topic", "words", "template", "theme", "locale", "clinic", "logo"],
)
def test_every_input_counts(request_: Request, tmp_path: Path, change: Callable[[Path], object]) -> None:
    change(tmp_path)
    assert len(build(request_).made) == 2
    assert len(build(request_).kept) == 2


def test_the_date_the_program_and_its_libraries_count(request_: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(build(replace(request_, today=TODAY + timedelta(1))).made) == 2
    assert len(build(request_).made) == 2
    inputs._program.cache_clear()  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(inputs, "_version", lambda _library: b"9.9")  # pyright: ignore[reportUnknownArgumentType, reportUnknownLambdaType]
    assert len(build(request_).made) == 2
    inputs._program.cache_clear()  # pyright: ignore[reportPrivateUsage]


def test_a_file_that_is_gone_or_edited_is_made_again_and_the_other_is_left(request_: Request) -> None:
    handout, card = request_.out / "ixazomib-en-handout.pdf", request_.out / "ixazomib-en-card.pdf"
    made = card.read_bytes(), handout.read_bytes()
    card.write_bytes(b"edited")
    stamp = handout.stat().st_mtime_ns
    assert [one.entry.path for one in build(request_).made] == [card.name]
    handout_again = handout.stat().st_mtime_ns
    card.unlink()
    assert [one.entry.path for one in build(request_).made] == [card.name]
    assert (card.read_bytes(), handout.read_bytes()) == made
    assert handout_again == stamp
    manifest = json.loads((request_.out / "manifest.json").read_text("utf-8"))
    assert [entry["path"] for entry in manifest["files"]] == [card.name, handout.name]


def test_what_is_up_to_date_for_one_set_of_documents_serves_another(request_: Request) -> None:
    assert build(replace(request_, formats=("card",))).made == ()
    grown = build(replace(request_, formats=()))
    assert [one.entry.format for one in grown.made] == ["pptx"]


def test_force_makes_all_anew(request_: Request) -> None:
    assert len(build(request_, force=True).made) == 2


def test_a_strict_run_stops_at_what_an_earlier_one_only_told(request_: Request) -> None:
    with pytest.raises(ProblemsError, match="HOTLINE01"):
        build(replace(request_, strict=True))


@pytest.mark.parametrize("broken", ["", "[]", '{"version": 1, "files": [{"path": "ixazomib-en-card.pdf"}]}'])
def test_a_manifest_that_says_too_little_keeps_nothing(request_: Request, broken: str) -> None:
    (request_.out / "manifest.json").write_text(broken, "utf-8")
    assert len(build(request_).made) == 2


def test_a_mistake_in_one_topic_stops_a_run_in_which_the_other_is_up_to_date(tmp_path: Path) -> None:
    shutil.copytree(CONTENT / "ixazomib", tmp_path / "content" / "ixazomib")
    shutil.copytree(TOPICS / "longwords", tmp_path / "content" / "longwords")
    request = Request(TODAY, ("card",), content=tmp_path / "content", out=tmp_path / "out")
    build(request)
    before = (tmp_path / "out" / "manifest.json").read_bytes()
    edit("content/longwords/topic.yaml", "schema_version: 2", "schema_version: 2\nnonsense: 1")(tmp_path)
    with pytest.raises(ProblemsError, match="nonsense"):
        build(request)
    assert (tmp_path / "out" / "manifest.json").read_bytes() == before


def generate(folder: Path, *options: str) -> tuple[float, str]:
    """Seconds of processor time that the command takes, and what it says."""
    started = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, str(ROOT / "generate.py"), "--content", str(CONTENT), "--topic", "ixazomib", *options]
    command += ["--out", str(folder), "--date", "2026-03-31"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime - started.ru_utime - started.ru_stime, run.stderr


def test_the_command_says_that_nothing_changed_and_takes_less_than_half_the_time(tmp_path: Path) -> None:
    first, said = generate(tmp_path)
    assert "up to date" not in said
    second, said_again = generate(tmp_path)
    assert [line for line in said_again.splitlines() if "ixazomib-en" in line] == [
        f"{tmp_path / 'ixazomib-en-handout.pdf'} is up to date (2 pages, {size(tmp_path, 'handout.pdf')} kB)",
        line_of(said_again, "deck.pptx"),
        f"{tmp_path / 'ixazomib-en-card.pdf'} is up to date (2 pages, {size(tmp_path, 'card.pdf')} kB)",
    ]
    assert second < first / 2
    _, forced = generate(tmp_path, "--force")
    assert forced == said


def size(folder: Path, name: str) -> str:
    return f"{(folder / f'ixazomib-en-{name}').stat().st_size / 1000:.0f}"


def line_of(said: str, name: str) -> str:
    (line,) = [line for line in said.splitlines() if name in line and "is up to date" in line]
    return line


def test_a_run_that_makes_nothing_loads_neither_schemas_nor_renderers(tmp_path: Path) -> None:
    generate(tmp_path)
    looking = (
        "import sys; from handouts.cli.main import build_command, run; "
        f"asked = ['--content', {str(CONTENT)!r}, '--topic', 'ixazomib']; "
        f"asked += ['--out', {str(tmp_path)!r}, '--date', '2026-03-31']; "
        "status = run(build_command, asked); "
        "heavy = {'handouts.model.topic', 'jinja2', 'reportlab', 'lxml', 'phonenumbers'}; "
        "print(status, sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", looking], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == "0 []"
    assert "is up to date" in run.stderr
