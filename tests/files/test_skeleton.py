"""`handouts new`: a folder that builds at once into all three documents, or nothing at all."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from handouts.build.make import make
from handouts.build.request import Request
from handouts.cli.main import WRONG_COMMAND, commands, run
from handouts.files.disk import UsageError
from handouts.files.skeleton import FILES, write_skeleton
from handouts.outputs import Paper
from handouts.problems import ProblemsError

TODAY = date(2026, 3, 31)
EXPECTED_FINDINGS = {"REVIEW01", "HOTLINE01"}
"""What a new topic rightly lacks: a clinician's sign-off and a call to its hotline."""


def tree(folder: Path) -> dict[str, bytes]:
    """Every file and folder below, with the files' bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }


def test_a_new_topic_is_a_folder_of_two_files(tmp_path: Path) -> None:
    content = tmp_path / "content"
    assert write_skeleton("my-medicine-2", content) == tuple(content / "my-medicine-2" / name for name in FILES)
    assert sorted(tree(content)) == ["my-medicine-2", "my-medicine-2/en.yaml", "my-medicine-2/topic.yaml"]


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_it_builds_at_once_into_all_three_documents(tmp_path: Path, paper: Paper) -> None:
    write_skeleton("new", tmp_path)
    result = make(Request(today=TODAY, content=tmp_path, paper=paper))
    assert {made.entry.format: made.entry.count > 0 for made in result.made} == {
        "pdf": True,
        "pptx": True,
        "card": True,
    }
    assert next(made.entry.count for made in result.made if made.entry.format == "pdf") == 2
    assert {finding.code for finding in result.findings} == EXPECTED_FINDINGS


def test_its_optional_parts_are_notes_that_work_once_their_hash_is_removed(tmp_path: Path) -> None:
    write_skeleton("new", tmp_path)
    topic = tmp_path / "new" / "topic.yaml"
    text = topic.read_text(encoding="utf-8")
    for note in (
        "  # verified_on: 2025-12-01\n  # verified_by: A. Name, trial nurse\n",
        "    # registry: NCT01234567\n    # citation: Example J Med 2024;1:1\n",
        "    # next_check: 2026-12\n",
        "    # later:\n    #   update:\n    #     source: label\n    #     status: final\n    #     enrolled: 42\n",
    ):
        assert note in text
        text = text.replace(note, re.sub(r"^( *)# ", r"\1", note, flags=re.MULTILINE))
    topic.write_text(text, encoding="utf-8")
    assert {found.code for found in make(Request(today=TODAY, content=tmp_path)).findings} == {"REVIEW01"}


def test_its_waiver_is_a_note_that_works_once_its_hash_is_removed(tmp_path: Path) -> None:
    write_skeleton("new", tmp_path)
    topic = tmp_path / "new" / "topic.yaml"
    before, _, after = topic.read_text(encoding="utf-8").partition("# waivers:\n")
    note, _, rest = after.partition("\n\n")
    text = f"{before}waivers:\n{re.sub(r'^# ', '', note, flags=re.MULTILINE)}\n\n{rest}"
    topic.write_text(text.replace("as_of: 2025-06\n\n", "as_of: 2020-06\n\n", 1), encoding="utf-8")
    result = make(Request(today=TODAY, content=tmp_path))
    assert {found.code for found in result.findings} == EXPECTED_FINDINGS
    assert [one.problem.code for one in result.waived] == ["STALE01"]


def test_nothing_in_it_is_indented_with_tabs_or_longer_than_a_screen_is_wide(tmp_path: Path) -> None:
    for path in write_skeleton("new", tmp_path):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert max(map(len, lines)) <= 120
        assert not any("\t" in line for line in lines)


@pytest.mark.parametrize(
    "topic", ["", "My-Drug", "my drug", "9lives", "-x", "a_b", "a/b", "../x", ".", "é", "x.yaml", "a\nb", "x\n"]
)
def test_an_id_that_is_no_id_is_refused(tmp_path: Path, topic: str) -> None:
    with pytest.raises(UsageError, match="write lower-case letters, digits and hyphens"):
        write_skeleton(topic, tmp_path / "content")
    assert tree(tmp_path) == {}


def test_the_message_offers_an_id_that_would_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"such as my-new-drug$"):
        write_skeleton("My new_Drug!", tmp_path)
    with pytest.raises(UsageError, match=r"such as my-medicine$"):
        write_skeleton("42", tmp_path)


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    write_skeleton("new", tmp_path)
    (tmp_path / "new" / "en.yaml").write_text("mine", encoding="utf-8")
    before = tree(tmp_path)
    with pytest.raises(UsageError, match="is there already"):
        write_skeleton("new", tmp_path)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("kind", ["empty folder", "file", "dangling link"])
def test_whatever_stands_in_the_place_is_not_replaced(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "new"
    match kind:
        case "empty folder":
            place.mkdir()
        case "file":
            place.write_bytes(b"mine")
        case _:
            place.symlink_to(tmp_path / "nowhere")
    before = tree(tmp_path)
    with pytest.raises(UsageError, match="is there already"):
        write_skeleton("new", tmp_path)
    assert tree(tmp_path) == before


def test_nothing_half_written_remains_when_the_disk_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == FILES[1]:
            write(path, data[:10])
            raise OSError(28, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UsageError, match="no space left on device"):
        write_skeleton("new", tmp_path / "deep" / "content")
    assert tree(tmp_path) == {}


def test_a_place_that_cannot_be_written_is_named_as_the_user_gave_it(tmp_path: Path) -> None:
    (tmp_path / "content").write_bytes(b"a file")
    with pytest.raises(UsageError) as bad:
        write_skeleton("new", tmp_path / "content")
    assert str(bad.value).startswith(f"cannot make {tmp_path / 'content' / 'new'}: ")
    assert ".part" not in str(bad.value)


def test_without_its_templates_the_program_says_so_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.files.skeleton.shipped_templates", lambda: tmp_path / "gone")
    with pytest.raises(ProblemsError, match="FILE01"):
        write_skeleton("new", tmp_path / "content")
    assert tree(tmp_path) == {}


def at(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The exit status of a command given in a folder."""
    monkeypatch.chdir(folder)
    return run(commands, list(arguments))


def test_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert at(tmp_path, monkeypatch, "new", "x") == 0
    assert capsys.readouterr().err == "wrote content/x/topic.yaml\nwrote content/x/en.yaml\n"
    assert at(tmp_path, monkeypatch, "build", "--date", TODAY.isoformat(), "--quiet") == 0
    made = [name for name in tree(tmp_path / "build") if name != "manifest.json"]
    assert made == ["x-en-card.pdf", "x-en-deck.pptx", "x-en-handout.pdf"]
    before = tree(tmp_path)
    assert at(tmp_path, monkeypatch, "new", "x") == WRONG_COMMAND
    assert at(tmp_path, monkeypatch, "new", "X") == WRONG_COMMAND
    assert "Traceback" not in capsys.readouterr().err
    assert tree(tmp_path) == before


@pytest.mark.parametrize("topic", ["con", "nul", "aux", "com1", "lpt9"])
def test_a_topic_that_windows_could_not_hold_is_not_begun(tmp_path: Path, topic: str) -> None:
    with pytest.raises(
        UsageError, match=f"'{topic}' is a device of Windows, which has no such folders; write {topic}-1"
    ):
        write_skeleton(topic, tmp_path)
    assert list(tmp_path.iterdir()) == []
    write_skeleton(f"{topic}-1", tmp_path)
