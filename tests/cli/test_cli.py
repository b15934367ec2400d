"""The command line's contract: exit statuses, messages, and nothing new or half-written when a run fails."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image as PillowImage
from topic_samples import CONTENT, ROOT, TOPICS, Change

from handouts.cli.main import build_command, commands, run

LOCATED = re.compile(r"^\S.*?:\d+:\d+: [A-Z]+\d+ (error|warning): [^;]+; .+$")


class Command:
    """Runs `handouts build` in this process, cards of one day into a folder of its own unless asked otherwise."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.out = folder / "out"
        self.capsys = capsys
        self.status = -1
        self.lines: list[str] = []

    def __call__(self, *arguments: str | Path, content: Path = CONTENT, base: tuple[str, ...] = ("card",)) -> int:
        given = [str(argument) for argument in arguments]
        defaults = {"--content": content, "--templates": ROOT / "templates", "--out": self.out, "--date": "2026-03-31"}
        for name, value in defaults.items():
            if name not in given:
                given += [name, str(value)]
        if content == CONTENT and not {"--topic", "--content"} & set(map(str, arguments)):
            given += ["--topic", "ixazomib"]
        if "--format" not in given:
            given += [part for name in base for part in ("--format", name)]
        self.status = run(build_command, given)
        shown = self.capsys.readouterr()
        assert shown.out == "", "messages belong on stderr"
        assert "Traceback" not in shown.err
        self.lines = shown.err.splitlines()
        return self.status

    @property
    def said(self) -> str:
        return "\n".join(self.lines)

    def files(self) -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in sorted(self.out.iterdir())} if self.out.is_dir() else {}


@pytest.fixture
def command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(tmp_path, capsys)


def test_a_good_run_exits_0_and_says_what_it_made_and_found(command: Command) -> None:
    assert command() == 0
    assert [line for line in command.lines if LOCATED.match(line)] == command.lines[:6]
    assert command.lines[6].startswith(f"{command.out / 'ixazomib-en-card.pdf'} (2 pages, ")
    assert set(command.files()) == {"ixazomib-en-card.pdf", "manifest.json"}


def test_quiet_prints_errors_only(command: Command, changed: Change) -> None:
    assert command("--quiet") == 0
    assert command.lines == []
    assert command("--quiet", content=changed(("evaluable: 46", "evaluable: many"))) == 1
    assert len(command.lines) == 1


def test_strict_stops_at_warnings_and_writes_nothing(command: Command) -> None:
    assert command("--strict") == 1
    assert [line.split(": ")[1] for line in command.lines] == [
        "REVIEW01 error",
        "STALE01 error",
        "HOTLINE01 error",
        "SRC01 error",
        "SRC03 error",
        "SRC03 error",
    ]
    assert command.files() == {}


def test_strict_builds_a_topic_without_findings(command: Command, signed: Path) -> None:
    assert command("--strict", "--topic", "longwords", content=signed) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--topic", "ixazomb"], "there is no topic 'ixazomb'"),
        (["--topic", "../content"], "there is no topic"),
        (["--lang", "xx"], "no language 'xx'"),
        (["--theme", "defualt"], "did you mean 'default'?"),
        (["--theme", "../themes/default"], "there is no '../themes/default'"),
        (["--format", "doc"], "'doc' is not one of"),
        (["--paper", "a3"], "'a3' is not one of"),
        (["--clinic", "nowhere.yaml"], "nowhere.yaml' does not exist"),
        (["--content", "nowhere"], "'nowhere' does not exist"),
        (["--templates", "nowhere"], "'nowhere' does not exist"),
        (["--date", "yesterday"], "write YYYY-MM-DD"),
        (["--date", "2026-02-30"], "write YYYY-MM-DD"),
        (["--date", "20260331"], "write YYYY-MM-DD"),
        (["--nonsense"], "No such option"),
        (["stray"], "unexpected extra argument"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_command_line_exits_2_and_says_what_is_wrong(
    command: Command, arguments: list[str], message: str
) -> None:
    assert command(*arguments) == 2
    assert message in command.said
    assert command.files() == {}


def test_a_language_of_some_topics_builds_those(command: Command) -> None:
    assert command("--lang", "es", content=TOPICS) == 0
    assert set(command.files()) == {"espanol-es-card.pdf", "manifest.json"}


def test_no_content_folder_at_all_exits_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(build_command, []) == 2
    assert "'content' does not exist" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_content_folder_without_a_topic_exits_1(command: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert command(content=tmp_path / "empty") == 1
    assert "has no topic; make one: handouts new TOPIC" in command.said


def test_a_fault_of_ours_exits_3_without_a_traceback(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HANDOUTS_DEBUG", raising=False)
    monkeypatch.setattr("handouts.render.pdf.card.render_card", _broken)
    assert command() == 3
    assert "a fault of ours (RuntimeError: out of ink)" in command.said
    assert command.files() == {}


def _broken(*_: object) -> bytes:
    raise RuntimeError("out of ink")


# File, what is replaced, by what, and the message that the change must bring.
BAD_TEXT = {
    "wrong type": ("topic.yaml", "evaluable: 46", "evaluable: many",
                   r"topic\.yaml:134:16: SCHEMA\d+ error: .*evaluable"),
    "unknown key": ("topic.yaml", "    evaluable: 46", "    evaluble: 46",
                    r"topic\.yaml:134:5: SCHEMA01 error: .*evaluble.*; did you mean 'evaluable'"),
    "a name the topic lacks": ("en.yaml", "How can I ease side effects?", "Is it {{ weekly.orrr.count }}?",
                               r"en\.yaml:\d+:14: WORDS01 error: 'weekly' has no 'orrr'; did you mean 'orr'"),
    "a number the topic lacks": ("en.yaml", "How can I ease side effects?", "What did 43 people take?",
                                 r"en\.yaml:\d+:14: NUM10 error: 43 is a number that the topic does not have; .+"),
    "an unknown source": ("topic.yaml", "main_source: mmrf", "main_source: mrmf",
                          r"topic\.yaml:13:14: REF01 error: .*mrmf.*; did you mean 'mmrf'"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "message"), BAD_TEXT.values(), ids=BAD_TEXT)
def test_a_mistake_in_content_exits_1_with_its_place(
    command: Command, changed: Change, file: str, old: str, new: str, message: str
) -> None:
    assert command(content=changed((old, new), file=file)) == 1
    (said,) = [line for line in command.lines if " error: " in line]
    assert re.search(message, said)
    assert LOCATED.match(said)
    assert command.files() == {}


BAD_FILES = {
    "no topic.yaml": ("topic.yaml", None, r"topic\.yaml: FILE01 error: cannot be read: no such file or directory; .+"),
    "no language file": ("en.yaml", None, r"ixazomib: FILE01 error: has no language file; write one, such as en\.yaml"),
    "an empty file": ("topic.yaml", b"", r"topic\.yaml(:1:1)?: YAML\d+ error: .*empty.*; .+"),
    "not YAML": ("en.yaml", b"a: [1\nb: {", r"en\.yaml:\d+:\d+: YAML\d+ error: .+; .+"),
    "not text": ("en.yaml", b"a: \xff\xfe", r"en\.yaml.*: YAML\d+ error: .*UTF-8"),
    "a list": ("topic.yaml", b"- a\n- b\n", r"topic\.yaml:1:1: \w+ error: .+; .+"),
}


@pytest.mark.parametrize(("file", "data", "message"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_is_none_exits_1(
    command: Command, changed: Change, file: str, data: bytes | None, message: str
) -> None:
    content = changed()
    path = content / "ixazomib" / file
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)
    assert command(content=content) == 1
    (said,) = [line for line in command.lines if " error: " in line]
    assert re.search(message, said)
    assert command.files() == {}


def test_all_mistakes_of_a_run_come_at_once(command: Command, changed: Change, tmp_path: Path) -> None:
    content = changed(
        ("How can I ease side effects?", "What did 43 of {{ weekly.evaluble }} take?"),
        ("  title: Ixazomib (Ninlaro) for multiple myeloma", "  title: '{{ subject.nam }} for myeloma'"),
        file="en.yaml",
    )
    (content / "other").mkdir()
    (tmp_path / "clinic.yaml").write_text("schema_version: 1\nnam: x\n", "utf-8")
    assert command("--clinic", tmp_path / "clinic.yaml", content=content) == 1
    codes = sorted(line.split(": ")[1].split()[0] for line in command.lines if " error: " in line)
    assert codes == ["FILE01", "FILE01", "NUM10", "SCHEMA01", "WORDS01", "WORDS01"]


def test_a_warning_of_loading_does_not_hide_a_topic(command: Command, changed: Change) -> None:
    content = changed(("names:\n", "names:\n  elderly: older than most\n"), file="en.yaml")
    assert command(content=content) == 0
    assert any("REF04 warning" in line for line in command.lines)
    assert "ixazomib-en-card.pdf" in command.files()


def test_words_that_do_not_fit_name_their_line_and_excess(command: Command, changed: Change) -> None:
    content = changed(("How can I ease side effects?", "How can I ease side effects? " * 60), file="en.yaml")
    assert command(base=("pdf",), content=content) == 1
    assert re.search(r"en\.yaml:\d+:\d+: FIT\d+ error: .* mm .*; .+", command.said)
    assert command.files() == {}


# The clinic file.

CLINIC = """\
schema_version: 1
name: Rivers & <b>Sons</b> "Clinic"
address:
  - 12 Old Mill Road
  - Springfield & Co
phone: 1-202-555-0142
hours: Mon-Fri 8:30-17:00
"""


def _clinic(folder: Path, text: str = CLINIC) -> Path:
    path = folder / "clinic.yaml"
    path.write_text(text, "utf-8")
    return path


def _png_header(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


LOGO = "logo:\n  file: logo.png\n  alt: A river\n"
BAD_LOGOS = {
    "missing": (None, r"clinic\.yaml:9:9: FILE01 error: the logo 'logo\.png' cannot be read: no such file"),
    "not an image": (b"GIF89a, or so it says", r"clinic\.yaml:9:9: IMAGE01 error: .*neither PNG nor JPEG; .+"),
    "50,000 px wide": (_png_header(50_000, 10), r"clinic\.yaml:9:9: IMAGE02 error: .*50,000 × 10 pixels; .+"),
    "cut short": (_png_header(40, 40), r"clinic\.yaml:9:9: IMAGE03 error: .*damaged or cut short; .+"),
}


@pytest.mark.parametrize(("data", "message"), BAD_LOGOS.values(), ids=BAD_LOGOS)
def test_a_logo_that_is_none_exits_1(command: Command, tmp_path: Path, data: bytes | None, message: str) -> None:
    if data is not None:
        (tmp_path / "logo.png").write_bytes(data)
    assert command("--clinic", _clinic(tmp_path, CLINIC + LOGO)) == 1
    assert re.search(message, command.said)
    assert command.files() == {}


def test_a_logo_outside_the_clinics_folder_is_refused(command: Command, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    PillowImage.new("RGB", (4, 4)).save(tmp_path / "logo.png")
    path = _clinic(tmp_path / "in", CLINIC + LOGO.replace("logo.png", "x/../../logo.png"))
    (tmp_path / "in" / "x").mkdir()
    assert command("--clinic", path) == 1
    assert "outside the folder of" in command.said


def test_a_clinic_name_with_a_line_break_is_refused(command: Command, tmp_path: Path) -> None:
    text = CLINIC.replace('name: Rivers & <b>Sons</b> "Clinic"', 'name: "Rivers\\nSons"')
    assert command("--clinic", _clinic(tmp_path, text)) == 1
    assert re.search(r"clinic\.yaml:2:7: SCHEMA07 error: .*line break.*", command.said)
    assert command.files() == {}


@pytest.mark.parametrize("text", ["", "- a", "schema_version: 1\n", "schema_version: 1\nname: 12\n"])
def test_a_clinic_file_that_is_none_is_refused(command: Command, tmp_path: Path, text: str) -> None:
    assert command("--clinic", _clinic(tmp_path, text)) == 1
    assert re.search(r"clinic\.yaml.*error: ", command.said)


# Where files go.


def test_an_output_folder_below_a_file_exits_2(command: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    assert command("--out", tmp_path / "file" / "below") == 2
    assert "cannot write to" in command.said
    assert (tmp_path / "file").read_text("utf-8") == "mine"


def test_an_output_folder_that_is_a_file_exits_2(command: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    assert command("--out", tmp_path / "file") == 2
    assert "is a file" in command.said
    assert (tmp_path / "file").read_text("utf-8") == "mine"


def test_an_output_name_that_is_a_folder_exits_2(command: Command) -> None:
    (command.out / "ixazomib-en-card.pdf").mkdir(parents=True)
    assert command() == 2
    assert "it is a folder" in command.said
    assert [p.name for p in command.out.iterdir()] == ["ixazomib-en-card.pdf"]


def _full(_: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_failing_run_leaves_what_is_there_as_it_was(
    command: Command, changed: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command() == 0
    before = command.files()
    assert command(content=changed(("evaluable: 46", "evaluable: many"))) == 1
    assert command.files() == before
    assert command("--strict") == 1
    assert command.files() == before
    monkeypatch.setattr(os, "fsync", _full)
    assert command("--date", "2026-05-05") == 2
    assert "no space left on device" in command.said
    assert command.files() == before


def test_a_full_disk_leaves_no_folder_behind(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", _full)
    assert command("--out", command.out / "a" / "b") == 2
    assert not command.out.exists()


# The clock.


def test_the_date_is_that_of_the_option_or_of_the_environment_or_today(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given = ["--content", str(CONTENT), "--templates", str(ROOT / "templates"), "--format", "card"]

    def made_on(*arguments: str) -> str:
        assert run(build_command, [*given, "--out", str(tmp_path / "dated"), *arguments]) == 0
        (found,) = set(re.findall(r'"date": "(.*)"', (tmp_path / "dated" / "manifest.json").read_text("utf-8")))
        return str(found)

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert made_on() == "2026-01-01"
    assert made_on("--date", "2026-03-31") == "2026-03-31"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert made_on() == datetime.now(UTC).date().isoformat()


@pytest.mark.parametrize("epoch", ["soon", "1e9", "99999999999999999999"])
def test_an_epoch_that_is_no_number_of_seconds_exits_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert run(build_command, ["--content", str(CONTENT)]) == 2
    assert "SOURCE_DATE_EPOCH" in capsys.readouterr().err


# The other commands.


def test_check_composes_everything_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(commands, ["check", "--content", str(TOPICS), "--date", "2026-03-31"]) == 0
    assert "6 documents can be built; 4 warnings" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_help_exits_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(commands, ["--help"]) == 0
    assert run(build_command, ["--help"]) == 0
    assert "--format" in capsys.readouterr().out


def test_generate_py_builds_and_passes_its_exit_status_on(tmp_path: Path) -> None:
    def generate(*arguments: str) -> subprocess.CompletedProcess[str]:
        script = [sys.executable, str(ROOT / "generate.py"), "--content", str(CONTENT), "--out", str(tmp_path / "out")]
        return subprocess.run(
            [*script, "--format", "card", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )

    assert generate("--topic", "nothing").returncode == 2
    assert not (tmp_path / "out").exists()
    done = generate()
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "out" / "ixazomib-en-card.pdf").is_file()


@pytest.mark.parametrize(("region", "status", "said"), [
    ("DE", 1, ":3:8: PHONE06 error: 301234567 cannot be dialled in DE"), ("de", 1, "write '030 1234567' or"),
    ("UK", 2, "'UK' is no country; write its two letters (ISO 3166), such as US or GB"),
])  # fmt: skip
def test_the_region_says_where_a_clinics_number_is_dialled(
    command: Command, tmp_path: Path, region: str, status: int, said: str
) -> None:
    path = tmp_path / "clinic.yaml"
    path.write_text("schema_version: 1\nname: Clinic\nphone: '301234567'\n", "utf-8")
    assert command("--clinic", path, "--region", region) == status
    assert said in command.said
