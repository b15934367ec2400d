"""What a user or a machine does is never "a fault of ours": streams, settings, folders, and files of every kind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from topic_samples import CONTENT, ROOT, TOPICS

from handouts.build.findings import as_json, as_sarif
from handouts.cli.main import commands, run
from handouts.files.manifest import entries_in, merged
from handouts.model import load as loading
from handouts.model.load import load
from handouts.model.locale import Locale
from handouts.problems import Origin, ProblemsError, warning
from handouts.theme.fonts import FAMILIES
from handouts.theme.schema import Theme

CARD = ["build", "--topic", "ixazomib", "--format", "card", "--content", str(CONTENT), "--date", "2026-03-31"]


def shell(line: str, **environment: str) -> tuple[int, str, str]:
    """A line for bash in which `handouts` is the program; its status and what it says."""
    program = f'handouts() {{ {sys.executable} -m handouts "$@"; }}\n'
    done = subprocess.run(
        ["bash", "-c", program + line], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, **environment},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


# Python that lies about.

MODULES = (
    "reportlab_mods",
    "reportlab_settings",
    "yaml",
    "lxml",
    "msgspec",
    "pptx",
    "xlsxwriter",
    "phonenumbers",
    "segno",
)


@pytest.mark.slow
def test_no_module_of_the_folder_or_the_home_that_a_build_runs_in_is_run(tmp_path: Path) -> None:
    content, home = tmp_path / "strange", tmp_path / "home"
    shutil.copytree(CONTENT, content / "content")
    home.mkdir()
    for name in MODULES:
        (content / f"{name}.py").write_text("raise SystemExit('RAN')\n", "utf-8")
    for name in (".reportlab_mods", ".reportlab_settings"):
        (home / name).write_text("raise SystemExit('RAN')\n", "utf-8")
    environment = {**os.environ, "HOME": str(home)}
    environment.pop("PYTHONPATH", None)
    build = [sys.executable, "-m", "handouts", "build", "--date", "2026-03-31", "--quiet"]
    done = subprocess.run(build, cwd=content, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    batch = [*build[:3], "batch", "rows.csv", "--jobs", "2", "--format", "card", "--quiet"]
    (content / "rows.csv").write_text("id,name\na,Riverside\nb,Hillside\n", "utf-8")
    done = subprocess.run(batch, cwd=content, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "RAN" in done.stderr) == (0, False)


@pytest.mark.parametrize("home", ["/dev/null", "a-folder-of-that-name"])
def test_a_home_that_is_none_stops_no_build(home: str, tmp_path: Path) -> None:
    if home != "/dev/null":
        home = str(tmp_path / home)
        (Path(home) / ".reportlab_mods").mkdir(parents=True)
    build = [sys.executable, "-m", "handouts", *CARD, "--quiet", "--out", str(tmp_path / "out")]
    done = subprocess.run(
        build, cwd=ROOT, env={**os.environ, "HOME": home}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


# Standard streams.

FULL = "error: cannot write to standard output: no space left on device\n"
STREAMS: dict[str, tuple[str, int, str]] = {
    "what was asked for has no room": (f"handouts check --format json --content {CONTENT} >/dev/full", 2, FULL),
    "a list has no room": ("handouts sheets >/dev/full", 2, FULL),
    "help has no room": ("handouts --help >/dev/full", 2, "error: no space left on device\n"),
    "there is no standard output": ("handouts sheets >&-", 2, "error: cannot write to standard output: it is closed\n"),
    "messages have no room": ("handouts sheets --nonsense 2>/dev/full", 2, ""),
    "a reader has enough": ('handouts sheets | head -1 >/dev/null; exit "${PIPESTATUS[0]}"', 0, ""),
}


@pytest.mark.sampled(6)
@pytest.mark.parametrize(("line", "status", "said"), STREAMS.values(), ids=STREAMS)
def test_a_stream_that_cannot_be_written_is_told(line: str, status: int, said: str) -> None:
    found, _, told = shell(line)
    assert (found, told) == (status, said)


@pytest.mark.slow
def test_messages_that_nobody_can_read_do_not_fail_a_build(tmp_path: Path) -> None:
    build = f"handouts {' '.join(CARD)} --force --out {tmp_path}"
    assert shell(f"{build}/full 2>/dev/full") == (0, "", "")
    assert shell(f"{build}/closed >&- 2>&- <&-") == (0, "", "")
    assert shell(f"{build}/open")[0] == 0
    made = [(tmp_path / name / "ixazomib-en-card.pdf").read_bytes() for name in ("full", "closed", "open")]
    assert made[0] == made[1] == made[2], "no message went into a file"


@pytest.mark.slow
def test_a_batch_without_streams_makes_its_documents(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("id,name\na,A\n", "utf-8")
    line = f"handouts batch {tmp_path}/r.csv --content {CONTENT} --out {tmp_path}/out --date 2026-03-31 --jobs 1"
    assert shell(f"{line} >&- 2>&- <&-") == (0, "", "")
    assert (tmp_path / "out" / "ixazomib-en-handout-a.pdf").exists()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_letters_that_a_stream_does_not_have_are_spelt_out(encoding: str) -> None:
    status, said, _ = shell(f"handouts check --content {CONTENT}", PYTHONIOENCODING=f"{encoding}:strict", LC_ALL="C")
    assert status == 0
    assert "ixazomib, en: how the handout reads" in said


# The machine.


def test_a_working_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    status, _, told = shell(
        f"cd {tmp_path}/gone; rmdir ../gone; PYTHONPATH={ROOT} handouts {' '.join(CARD)} --out {tmp_path}/out"
    )
    assert (status, told) == (2, "error: the folder in which this runs is gone; change to another one\n")


def test_settings_without_a_home_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDOUTS_PRINTERS", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    # As the library does it for somebody whom the system does not know.
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    assert run(commands, ["calibrate", "--save", "office", "--offset", "1,1"]) == 2
    said = "there is no home folder for your settings; name the file of printers with --printers FILE"
    assert capsys.readouterr().err == f"error: {said}\n"
    assert list(tmp_path.iterdir()) == []
    assert run(commands, ["calibrate"]) == 0, "who asks for no printer needs no settings"


def test_what_the_system_refuses_anywhere_is_told_with_its_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def refuse(*_: object) -> bytes:
        raise OSError(24, "Too many open files", "/somewhere/font.ttf")

    monkeypatch.setattr("handouts.render.pdf.card.render_card", refuse)
    assert run(commands, [*CARD, "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "error: /somewhere/font.ttf: too many open files"
    assert not (tmp_path / "out").exists()


def test_a_fault_of_ours_says_what_was_being_made(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fail(*_: object) -> bytes:
        raise KeyError("ink")

    monkeypatch.delenv("HANDOUTS_DEBUG", raising=False)
    monkeypatch.setattr("handouts.render.pdf.card.render_card", fail)
    assert run(commands, [*CARD, "--out", str(tmp_path / "out")]) == 3
    made_of = CONTENT / "ixazomib" / "en.yaml"
    said = f"error: a fault of ours (KeyError: 'ink') while making ixazomib-en-card.pdf of {made_of}; please report it"
    assert capsys.readouterr().err.splitlines()[-1].startswith(said)


@pytest.mark.parametrize("epoch", ["١٢٣", "1_000", " 12", "1e9", "0x10", "99999999999999999999", "-99999999999999"])
def test_an_epoch_is_digits(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert run(commands, ["build", "--content", str(CONTENT)]) == 2
    assert f"SOURCE_DATE_EPOCH is '{epoch}', which is not a number of seconds" in capsys.readouterr().err


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_are_days(tmp_path: Path, day: str) -> None:
    content = ["--content", str(TOPICS), "--topic", "longwords", "--out", str(tmp_path)]
    assert run(commands, ["build", *content, "--date", day]) == (0 if day > "2026" else 1)


def test_documents_inside_the_content_are_no_topic(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ixazomib").symlink_to(CONTENT / "ixazomib")
    card = ["build", "--format", "card", "--content", str(tmp_path), "--date", "2026-03-31"]
    arguments = [*card, "--out", str(tmp_path / "build")]
    assert run(commands, arguments) == 0
    capsys.readouterr()
    assert run(commands, arguments) == 0
    assert "is up to date" in capsys.readouterr().err
    # Another folder than this run's is looked at, since it may be a topic in the making.
    assert run(commands, [*card, "--out", str(tmp_path / "other")]) == 1


# Names that are not UTF-8.


def test_a_folder_whose_name_is_no_text_is_told_in_every_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    try:
        content.mkdir()
    except OSError:
        pytest.skip("this file system has no such names")
    (content / "ixazomib").symlink_to(CONTENT / "ixazomib")
    assert run(commands, ["check", "--content", str(content), "--date", "2026-03-31", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {Path(one["file"]).parts[-3] for one in found} == {"caf\\udce9"}
    assert run(commands, ["check", "--content", str(content), "--date", "2026-03-31", "--format", "sarif"]) == 0
    (log,) = json.loads(capsys.readouterr().out)["runs"]
    uris = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in log["results"]}
    assert all("/caf%E9/ixazomib/" in uri for uri in uris)
    assert run(commands, [*CARD, "--content", str(content), "--out", str(content / "out")]) == 0
    assert (content / "out" / "ixazomib-en-card.pdf").exists()


def test_findings_have_no_halves_of_characters() -> None:
    found = [warning(Origin("caf\udce9.yaml", 1, 1), "FILE01", "a \udce9", "b \udce9")]
    assert "\\\\udce9" in as_json(found, [])
    as_json(found, []).encode()
    as_sarif(found, [], []).encode()


# Files that a user may have written.

LOCALE = (ROOT / "templates" / "locales" / "en.yaml").read_text("utf-8")


def in_formats(key: str, value: str) -> str:
    line = next(line for line in LOCALE.splitlines() if line.startswith(f"  {key}: "))
    return LOCALE.replace(f"{line}\n", f"  {key}: {value}\n", 1)


BAD_FORMATS = {
    "a number is left out": ("percent", '"%"', "has no {value}, which would be lost; write it with {value}"),
    "half an interval": ("interval", '"{low}"', "has no {high}, which would be lost; write it with {low} and {high}"),
    "half a fraction": ("fraction", '"{count}"', "has no {of}, which would be lost; write it with {count} and {of}"),
    "a day without its year": ("day", '"{day} {month}"', "has no {year}, which would be lost"),
    "a place of another": ("about", '"{value} {low}"', "has the place {low}, which nothing fills"),
    "a place by number": ("percent", '"{value} {0}"', "has a brace that belongs to no place"),
    "an attribute": ("percent", '"{value} {value.x}"', "has a brace that belongs to no place"),
    "an open brace": ("percent", '"{value} {"', "has a brace that belongs to no place"),
    "a digit as mark": ("decimal", '"0"', "is no mark, and would change the number"),
    "a letter as mark": ("thousands", '"x"', "is no mark, and would change the number"),
    "a minus as mark": ("thousands", '"−"', "is no mark between digits"),
    "one mark for both": ("thousands", '"."', "writes both decimals and thousands with '.'"),
}


@pytest.mark.parametrize(("key", "value", "said"), BAD_FORMATS.values(), ids=BAD_FORMATS)
def test_a_locale_cannot_lose_or_change_a_number(key: str, value: str, said: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        load("en.yaml", in_formats(key, value), Locale)
    (problem,) = caught.value.problems
    assert problem.code == "SCHEMA07"
    assert problem.origin.line > 1
    assert said in str(problem)


def test_a_locale_may_part_thousands_with_a_narrow_blank_or_nothing() -> None:
    for mark in ('"\u202f"', '"\u00a0"', '""', '"\'"'):
        load("en.yaml", in_formats("thousands", mark), Locale)


def test_a_theme_names_a_family_that_there_is() -> None:
    with pytest.raises(ProblemsError, match=r"t.yaml:2:9: SCHEMA04 error: family is the text 'x', .*Atkinson Hyperleg"):
        load("t.yaml", "schema_version: 1\nfamily: x\n", Theme)
    for name in FAMILIES:
        assert load("t.yaml", f"schema_version: 1\nfamily: {name}\n", Theme).value.family == name


@pytest.mark.parametrize("stage", ["read_yaml", "_problems"])
def test_whatever_a_file_makes_fail_is_told_with_the_file(monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("nobody thought of it")

    monkeypatch.setattr(loading, stage, fail)
    with pytest.raises(
        ProblemsError, match=r"^t.yaml: SCHEMA09 error: the file cannot be understood \(ZeroDivisionErr"
    ):
        load("t.yaml", "nonsense: 1\n", Theme)


ENTRY = {
    "path": "a.pdf", "format": "pdf", "topic": "a", "language": "en", "bytes": 1, "sha256": "x", "pages": 2,
    "as_of": "2013", "review": "draft", "review_words": "", "date": "2026-03-31", "inputs": "y",
    "findings": [warning(Origin("f", 1, 1), "A01", "").plain()],
}  # fmt: skip
SPOILT: dict[str, Callable[[str], str]] = {
    "nested for ever": lambda _: "[" * 100_000,
    "infinite": lambda text: text.replace('"pages": 2', '"pages": 1e400'),
    "a fraction": lambda text: text.replace('"pages": 2', '"pages": 2.5'),
    "not a number": lambda text: text.replace('"pages": 2', '"pages": NaN'),
    "below nothing": lambda text: text.replace('"bytes": 1', '"bytes": -1'),
    "too many digits": lambda text: text.replace('"bytes": 1', f'"bytes": {"9" * 5000}'),
    "many digits": lambda text: text.replace('"bytes": 1', f'"bytes": {"9" * 400}'),
    "a truth": lambda text: text.replace('"bytes": 1', '"bytes": true'),
    "text for a number": lambda text: text.replace('"bytes": 1', '"bytes": "1"'),
    "a list for text": lambda text: text.replace('"topic": "a"', '"topic": ["a"]'),
    "half a character": lambda text: text.replace('"topic": "a"', '"topic": "\\ud800"'),
    "half a character in a name": lambda text: text.replace('"path": "a.pdf"', '"path": "\\ud800.pdf"'),
    "nothing in a name": lambda text: text.replace('"path": "a.pdf"', '"path": "a\\u0000.pdf"'),
    "a line that is none": lambda text: text.replace('"line": 1', '"line": 1e400'),
    "findings that are none": lambda text: text.replace('"findings": [', '"findings": [1, '),
}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_manifest_that_somebody_wrote_keeps_no_document_and_stops_no_build(
    tmp_path: Path, spoil: Callable[[str], str]
) -> None:
    text = json.dumps({"version": 1, "files": [ENTRY]})
    assert list(entries_in(text)) == ["a.pdf"]
    spoilt = spoil(text)
    assert spoilt != text
    assert entries_in(spoilt) == {}
    again = merged(spoilt, [], {"a.pdf": "x", "\ud800.pdf": "x"})
    json.loads(again.encode(), parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    (tmp_path / "manifest.json").write_text(spoilt, "utf-8")
    assert run(commands, [*CARD, "--quiet", "--out", str(tmp_path)]) == 0
