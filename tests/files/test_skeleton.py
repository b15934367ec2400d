"""`handouts new`: a folder that builds at once into every document that it names, or nothing at all."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from picture_samples import png

from handouts.build.make import examine, make
from handouts.build.request import Request
from handouts.cli.main import WRONG_COMMAND, commands, run
from handouts.files.disk import UsageError, shipped_templates
from handouts.files.skeleton import KINDS, write_skeleton
from handouts.model.load import load
from handouts.model.subject import SubjectKind
from handouts.model.topic import Topic
from handouts.model.words import Words
from handouts.model.yaml_source import read_yaml
from handouts.outputs import FORMATS, Paper
from handouts.problems import ProblemsError

TODAY = date(2026, 3, 31)
LANGUAGES = ("en", "es")
SKELETONS = [(kind, language) for kind in KINDS for language in LANGUAGES]
EXPECTED_FINDINGS = {"REVIEW01", "HOTLINE01"}
"""What a new topic may lack: a clinician's sign-off and calls to its contacts."""
_NOTE = re.compile(r"^( *)# ( *(?:- )?[a-z0-9_]+:(?: .*)?)$", re.MULTILINE)
"""A line of an optional part, which stands as a note that begins with a key."""
_WAIVER = re.compile(r"^# waivers:\n(?:# .*\n)+", re.MULTILINE)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file and folder below, with the files' bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }


def without_hashes(path: Path) -> str:
    """The text of a skeleton with all its optional parts in use, but for the waiver, which needs what it waives."""
    return _NOTE.sub(r"\1\2", _WAIVER.sub("", path.read_text(encoding="utf-8")))


def test_a_new_topic_is_a_folder_of_two_files(tmp_path: Path) -> None:
    content = tmp_path / "content"
    written = write_skeleton("my-medicine-2", content)
    assert written == (content / "my-medicine-2" / "topic.yaml", content / "my-medicine-2" / "en.yaml")
    assert sorted(tree(content)) == ["my-medicine-2", "my-medicine-2/en.yaml", "my-medicine-2/topic.yaml"]


def test_every_kind_has_a_skeleton_in_the_same_languages() -> None:
    folder = shipped_templates() / "skeleton"
    wanted = {f"{kind}/{name}.yaml" for kind in KINDS for name in ("topic", *LANGUAGES)}
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml")} == wanted


@pytest.mark.sampled(5)
@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize(("kind", "language"), SKELETONS)
def test_it_builds_at_once_into_every_document_that_it_names(
    tmp_path: Path, kind: SubjectKind, language: str, paper: Paper
) -> None:
    topic = load("topic.yaml", write_skeleton("new", tmp_path, kind, language)[0].read_bytes(), Topic).value
    assert topic.subject.kind == kind
    result = make(Request(today=TODAY, content=tmp_path, paper=paper))
    assert [made.entry.language for made in result.made] == [language] * len(topic.documents)
    made = {made.entry.format: made.entry.count for made in result.made}
    named = {"handout": "pdf", "deck": "pptx", "card": "card"}
    assert set(made) == {named[document] for document in topic.documents} <= set(FORMATS)
    assert made["pdf"] == (1 if kind == "care_plan" else 2)
    assert made.get("pptx", 4) > 3
    found = {finding.code for finding in result.findings}
    assert found <= EXPECTED_FINDINGS
    verifiable = any(contact.from_ is None for contact in topic.contacts.values())
    assert ("HOTLINE01" in found) == verifiable


def test_the_kinds_differ_in_what_they_show_how_to_do() -> None:
    topics: dict[str, Topic] = {}
    for kind in KINDS:
        path = shipped_templates() / "skeleton" / kind / "topic.yaml"
        topics[kind] = load(path.name, path.read_bytes(), Topic).value
    kinds_of = {kind: [one.kind for one in topic.sections.values()] for kind, topic in topics.items()}
    assert set(topics["medicine"].documents) == {"handout", "deck", "card"}
    assert not any(topics[kind].studies for kind in ("procedure", "test", "condition", "device", "care_plan"))
    assert "card" not in topics["vaccine"].documents
    trial = topics["vaccine"].studies["trial"]
    assert all(result.count is not None for one in trial.outcomes.values() for _, _, result in one.results())
    assert kinds_of["procedure"].count("care_card") == 3
    timed = [one.at for one in topics["procedure"].statements.values() if one.at]
    assert any(at.time for at in timed)
    assert any((at.hours or 0) < 0 for at in timed)
    assert "deck" not in topics["care_plan"].documents
    assert {one.code for one in topics["care_plan"].contacts.values() if one.region == "US"} == {"988", "911"}
    shown = {kind for found in kinds_of.values() for kind in found}
    assert shown == set(kinds_of["medicine"]) | {"schedule"}


@pytest.mark.sampled(5)
@pytest.mark.parametrize(("kind", "language"), SKELETONS)
def test_its_optional_parts_are_notes_that_work_once_their_hash_is_removed(
    tmp_path: Path, kind: SubjectKind, language: str
) -> None:
    written = write_skeleton("new", tmp_path, kind, language)
    for path in written:
        before = read_yaml(path.name, path.read_bytes()).keys
        path.write_text(without_hashes(path), encoding="utf-8")
        assert len(read_yaml(path.name, path.read_bytes()).keys) > len(before)
    for name in re.findall(r"file: (\w+\.png)", written[0].read_text(encoding="utf-8")):
        (tmp_path / "new" / name).write_bytes(png((64, 64), 8, 0, [bytes(64)] * 64))
    assert {found.code for found in examine(Request(today=TODAY, content=tmp_path)).findings} == {"REVIEW01"}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("kind", KINDS)
def test_its_waiver_is_a_note_that_works_once_its_hash_is_removed(tmp_path: Path, kind: SubjectKind) -> None:
    topic, _ = write_skeleton("new", tmp_path, kind)
    text = topic.read_text(encoding="utf-8").replace("\nas_of: 2026-01\n", "\nas_of: 2020-06\n")
    used, count = _WAIVER.subn(lambda note: re.sub(r"^# ", "", note[0], flags=re.MULTILINE), text)
    assert count == 1
    topic.write_text(used, encoding="utf-8")
    result = make(Request(today=TODAY, content=tmp_path))
    assert {found.code for found in result.findings} <= EXPECTED_FINDINGS
    assert [one.problem.code for one in result.waived] == ["STALE01"]


@pytest.mark.parametrize(("kind", "language"), SKELETONS)
def test_it_is_written_in_blocks_for_a_screen(tmp_path: Path, kind: SubjectKind, language: str) -> None:
    for path in write_skeleton("new", tmp_path, kind, language):
        text = without_hashes(path)
        document = read_yaml(path.name, text)
        spans = [document.text[span.start : span.start + 1] for span in document.spans.values()]
        assert "{" not in spans
        assert max(map(len, text.splitlines())) <= 120
        assert "\t" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_its_languages_have_the_same_texts(kind: SubjectKind) -> None:
    folder = shipped_templates() / "skeleton" / kind
    keys: list[set[tuple[str | int, ...]]] = []
    for language in LANGUAGES:
        path = folder / f"{language}.yaml"
        assert load(path.name, path.read_bytes(), Words).value.language == language
        found = read_yaml(path.name, without_hashes(path)).keys
        # Sources have their titles in English already.
        keys.append({key for key in found if key[0] != "sources"})
    assert keys[0] == keys[1]


@given(language=st.from_regex(r"[a-z]{2,3}(-[A-Z]{2})?", fullmatch=True).filter(lambda tag: tag not in LANGUAGES))
def test_a_language_without_a_skeleton_is_refused_with_those_that_have_one(language: str) -> None:
    with pytest.raises(UsageError) as bad:
        write_skeleton("new", Path("nowhere"), "device", language)
    assert str(bad.value) == (
        f"there is no skeleton in '{language}'; make it in one of these: en, es, "
        f"then run: handouts translate new {language}"
    )
    assert not Path("nowhere").exists()


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
    with pytest.raises(UsageError, match=r"such as my-topic$"):
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
        if path.name == "en.yaml":
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
    assert at(tmp_path, monkeypatch, "new", "y", "--lang", "fr") == WRONG_COMMAND
    assert at(tmp_path, monkeypatch, "new", "y", "--kind", "drug") == WRONG_COMMAND
    assert "Traceback" not in capsys.readouterr().err
    assert tree(tmp_path) == before
    assert at(tmp_path, monkeypatch, "new", "y", "--kind", "condition", "--lang", "es") == 0
    assert capsys.readouterr().err == "wrote content/y/topic.yaml\nwrote content/y/es.yaml\n"
    assert read_yaml("topic.yaml", (tmp_path / "content/y/topic.yaml").read_bytes()).value["subject"] == {
        "kind": "condition"
    }


@pytest.mark.parametrize("topic", ["con", "nul", "aux", "com1", "lpt9"])
def test_a_topic_that_windows_could_not_hold_is_not_begun(tmp_path: Path, topic: str) -> None:
    with pytest.raises(
        UsageError, match=f"'{topic}' is a device of Windows, which has no such folders; write {topic}-1"
    ):
        write_skeleton(topic, tmp_path)
    assert list(tmp_path.iterdir()) == []
    write_skeleton(f"{topic}-1", tmp_path)
