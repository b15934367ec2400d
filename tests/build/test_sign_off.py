"""`handouts approve` and `handouts diff`: a sign-off holds for just what was signed, and a change is shown as one."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pptx import Presentation
from thoroughness import examples
from topic_samples import ROOT, TODAY, TOPICS, Change

from handouts.build.build import build
from handouts.build.changes import changes
from handouts.build.make import make
from handouts.build.request import Request
from handouts.cli.main import STOPPED, WRONG_COMMAND, commands, run
from handouts.model.base import AsOf
from handouts.model.load import load
from handouts.model.review import Record, Review, SignOff, as_yaml
from handouts.problems import ProblemsError

TEMPLATES = ROOT / "templates"
DRAFT = "Draft, not yet reviewed by a clinician"
APPROVED = "Reviewed by Hematologist (made up), 31 March 2026"


class Command:
    """Runs `handouts` on one day in this process, on a folder of topics of its own."""

    def __init__(self, content: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.content = content
        self.capsys = capsys

    def __call__(self, name: str, *arguments: str) -> tuple[int, str, str]:
        given = [name, *arguments, "--content", str(self.content), "--date", "2026-03-31"]
        status = run(commands, given)
        shown = self.capsys.readouterr()
        assert "Traceback" not in shown.err
        return status, shown.out, shown.err

    def approve(self, topic: str = "longwords", *more: str) -> tuple[int, str, str]:
        return self("approve", topic, "--reviewer", "A. Name", "--role", "Hematologist (made up)", *more)


@pytest.fixture
def command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    shutil.copytree(TOPICS, tmp_path / "content")
    return Command(tmp_path / "content", capsys)


def _codes(content: Path, **more: object) -> set[str]:
    request = replace(Request(TODAY, topics=("longwords",), content=content, templates=TEMPLATES), **more)
    return {found.code for found in make(request).findings}


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


# Approving.


def test_a_sign_off_is_kept_beside_the_topic_with_who_when_and_what(command: Command) -> None:
    status, out, err = command.approve()
    path = command.content / "longwords" / "review.yaml"
    assert (status, out) == (0, "")
    assert err.endswith(f"wrote {path}: longwords (en) is signed off by A. Name, Hematologist (made up)\n")
    signed = load(str(path), path.read_bytes(), Review).value.languages["en"]
    assert (signed.reviewer, signed.role, signed.on) == ("A. Name", "Hematologist (made up)", AsOf(2026, 3, 31))
    assert signed.record.statements["F1"]["clinician"] == "Given to 21,850 invented patients."
    assert signed.record.values["studies.monotherapy.outcomes.orr.count"] == "31"
    assert {"handout.html.j2", "deck.html.j2", "card.html.j2", "locales/en.yaml"} <= set(signed.record.templates)
    assert sorted(p.name for p in path.parent.iterdir()) == ["en.yaml", "review.yaml", "topic.yaml"]


def _text(path: Path) -> str:
    if path.suffix == ".pdf":
        return "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(path))
    shapes = [shape for slide in Presentation(str(path)).slides for shape in slide.shapes if shape.has_text_frame]
    return "\n".join(shape.text_frame.text for shape in shapes)


@pytest.mark.parametrize("name", ["handout.pdf", "deck.pptx", "card.pdf"])
def test_documents_say_that_they_are_drafts_until_they_are_signed_and_again_after_a_change(
    command: Command, tmp_path: Path, name: str
) -> None:
    file = f"longwords-en-{name}"
    form = {"handout.pdf": "pdf", "deck.pptx": "pptx", "card.pdf": "card"}[name]
    request = Request(
        TODAY, (form,), ("longwords",), content=command.content, templates=TEMPLATES, out=tmp_path / "out"
    )

    def said() -> tuple[str, str, str]:
        build(request)
        (entry,) = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["files"]
        shown = re.sub(r"\s+", " ", _text(tmp_path / "out" / file))
        (words,) = {words for words in (DRAFT, APPROVED) if words in shown}
        return entry["review"], entry["review_words"], words

    assert said() == ("draft", DRAFT, DRAFT)
    assert command.approve()[0] == 0
    assert said() == ("approved", APPROVED, APPROVED)
    _edit(command.content / "longwords" / "en.yaml", "Nothing on these pages is true", "None of this is true")
    assert said() == ("draft", DRAFT, DRAFT)


def test_what_cannot_be_built_cannot_be_signed(command: Command) -> None:
    _edit(command.content / "longwords" / "topic.yaml", "count: 31, n: 84", "count: 91, n: 84")
    status, _, err = command.approve()
    assert status == STOPPED
    assert "NUM01 error" in err
    assert not (command.content / "longwords" / "review.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["approve", "longwords", "--role", "x"], "Missing option '--reviewer'"),
        (["approve", "longwords", "--reviewer", "x"], "Missing option '--role'"),
        (["approve", "longwords", "--reviewer", "  ", "--role", "x"], "--reviewer is not a name on one line"),
        (["approve", "longwords", "--reviewer", "x", "--role", "a\nb"], "--role is not a name on one line"),
        (["approve", "--reviewer", "x", "--role", "y"], "Missing argument 'TOPIC'"),
        (["approve", "nothing", "--reviewer", "x", "--role", "y"], "there is no topic 'nothing'"),
        (["approve", "longwords", "--reviewer", "x", "--role", "y", "--lang", "fr"], "no language 'fr'"),
        (["diff", "nothing"], "there is no topic 'nothing'"),
    ],
)
def test_a_wrong_command_line_exits_2_and_signs_nothing(command: Command, arguments: list[str], message: str) -> None:
    status, _, err = command(*arguments)
    assert status == WRONG_COMMAND
    assert message in err
    assert not list(command.content.rglob("review.yaml"))


def test_names_are_kept_as_they_are_typed(command: Command) -> None:
    name = 'Ada "A." O’Name: {{ x }} # & <b>\\'
    assert command("approve", "longwords", "--reviewer", name, "--role", "yes")[0] == 0
    path = command.content / "longwords" / "review.yaml"
    signed = load(str(path), path.read_bytes(), Review).value.languages["en"]
    assert (signed.reviewer, signed.role) == (name, "yes")
    assert _codes(command.content) == set()


def test_each_language_is_signed_off_by_itself(command: Command) -> None:
    folder = command.content / "longwords"
    text = (folder / "en.yaml").read_text("utf-8").replace("language: en", "language: en-GB")
    (folder / "en-GB.yaml").write_text(text, "utf-8")
    assert command.approve("longwords", "--lang", "en")[0] == 0
    assert _codes(command.content, languages=("en",)) == set()
    assert _codes(command.content, languages=("en-GB",)) == {"REVIEW01"}
    assert command.approve("longwords", "--lang", "en-GB")[0] == 0
    assert _codes(command.content) == set()
    _edit(folder / "en-GB.yaml", "Nothing on these pages is true", "None of this is true")
    assert _codes(command.content, languages=("en",)) == set()
    assert _codes(command.content, languages=("en-GB",)) == {"REVIEW02"}


# What voids it.


def _touch(path: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda content: _edit(content / "longwords" / path, old, new)


CHANGES = {
    "a word": _touch("en.yaml", "with or without food", "with food"),
    "strong words": _touch("en.yaml", "**{{ combination.orr.per_100 }} in 100**",
                           "{{ combination.orr.per_100 }} in 100"),
    "a number": _touch("topic.yaml", "value: 21850", "value: 21851"),
    "a number that no words name": _touch("topic.yaml", "prior_therapies: {value: 2.5}",
                                          "prior_therapies: {value: 2.50}"),
    "a source": _touch("topic.yaml", "publisher: Musterkongress", "publisher: Musterkongress AG"),
    "a statement's source": _touch("topic.yaml", "F2: {section: key_facts, sources: [register]}",
                                   "F2: {section: key_facts, sources: [register, congress]}"),
    "the order": _touch("topic.yaml", "  D1: {section: what_it_is, sources: [register]}\n  D2:",
                        "  D2: {section: what_it_is, sources: [register]}\n  D1:"),
    "the hotline's verification": _touch("topic.yaml", "verified_on: 2026-01-15", "verified_on: 2026-02-15"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_of_words_or_numbers_voids_it(signed: Path, change: Callable[[Path], None]) -> None:
    assert _codes(signed) == set()
    change(signed)
    assert "REVIEW02" in _codes(signed)


@pytest.mark.parametrize("name", ["handout.html.j2", "card.html.j2", "clinic.html.j2", "locales/en.yaml"])
def test_any_change_of_a_template_voids_it(signed: Path, tmp_path: Path, name: str) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(TEMPLATES, templates)
    assert _codes(signed, templates=templates) == set()
    text = (templates / name).read_text("utf-8")
    changed = text.replace("key_facts: Key facts", "key_facts: Facts") if name.endswith("yaml") else text + "\n"
    assert changed != text
    (templates / name).write_text(changed, "utf-8")
    assert _codes(signed, templates=templates) == {"REVIEW02"}


def test_notes_line_breaks_and_another_day_or_clinic_do_not_void_it(signed: Path, tmp_path: Path) -> None:
    words = signed / "longwords" / "en.yaml"
    _edit(words, "questions:", "# a note\nquestions:")
    _edit(words, "    Beispielozomibtrimethoxalat before", "    Beispielozomibtrimethoxalat\n    before")
    clinic = tmp_path / "clinic.yaml"
    clinic.write_text("schema_version: 1\nname: Harbour Clinic\n", "utf-8")
    assert _codes(signed, clinic=clinic, today=TODAY.replace(month=4, day=30), paper="a4") == set()


def test_a_record_that_somebody_edited_counts_for_nothing(signed: Path) -> None:
    _edit(signed / "longwords" / "review.yaml", "Given to 21,850 invented patients.", "Given to 21,851 patients.")
    (found,) = make(Request(TODAY, content=signed, templates=TEMPLATES)).findings
    assert (found.code, found.severity) == ("REVIEW04", "warning")
    assert found.origin.file.endswith("review.yaml")


def test_a_review_file_that_is_none_stops_the_build_at_its_line(signed: Path) -> None:
    _edit(signed / "longwords" / "review.yaml", "    digest: ", "    digets: ")
    with pytest.raises(ProblemsError, match=r"review\.yaml:\d+:5: SCHEMA01 error: .*'digets'; did you mean 'digest'"):
        make(Request(TODAY, content=signed, templates=TEMPLATES))


def test_a_review_that_is_typed_into_the_topic_counts_for_nothing(changed: Change) -> None:
    content = changed(("freshness:\n", "review:\n  role: Hematologist\n  on: 2026-02-01\n\nfreshness:\n"))
    result = make(Request(TODAY, ("card",), content=content, templates=TEMPLATES))
    assert {made.entry.review_words for made in result.made} == {DRAFT}
    assert {"REVIEW01", "REVIEW03"} <= {found.code for found in result.findings}


# What has changed since.


def test_without_a_sign_off_all_is_new(command: Command) -> None:
    status, out, err = command("diff", "longwords")
    assert (status, err) == (0, "")
    assert out.startswith("longwords (en): nobody has signed this off; all of it is new\n\nStatements\n")
    assert "F1 (new)\n" in out
    assert "  clinician: Given to 21,850 invented patients.\n" in out
    assert "was:" not in out


def test_nothing_changed_is_said_in_a_line(command: Command) -> None:
    command.approve()
    by = "signed off on 2026-03-31 by A. Name, Hematologist (made up)"
    assert command("diff", "longwords")[1] == f"longwords (en): {by}; nothing has changed since\n"


def test_what_changed_is_shown_statement_by_statement(command: Command) -> None:
    command.approve()
    folder = command.content / "longwords"
    _edit(folder / "topic.yaml", "value: 21850", "value: 21851")
    _edit(folder / "en.yaml", "with or without food.", "with food.")
    _, out, _ = command("diff", "longwords")
    assert "what has changed since:" in out
    assert (
        "  clinician\n    was: Given to 21,850 invented patients.\n    now: Given to 21,851 invented patients.\n" in out
    )
    assert "  facts.people_treated.value\n    was: 21850\n    now: 21851\n" in out
    assert re.search(r"F2 \(changed\)\n  patient\n    was: .*with or without food\.\n    now: .*with food\.\n", out)
    assert "F3" not in out
    assert "Templates" not in out


EMPTY = Record(statements={}, words={}, values={}, templates={})


def _since(before: Record, now: Record) -> list[str]:
    signed = SignOff(reviewer="A", role="B", on=AsOf(2026, 1, 1), digest=before.digest(), record=before)
    return changes("t", signed, now).splitlines()[1:]


def test_new_gone_reordered_and_templates_are_told_as_such() -> None:
    before = Record(
        statements={"A": {"patient": "a", "section": "x"}, "B": {"clinician": "b"}, "C": {"clinician": "c"}},
        words={"title": "old"},
        values={},
        templates={"card.html.j2": "1", "gone.html.j2": "1"},
    )
    now = Record(
        statements={"C": {"clinician": "c"}, "A": {"patient": "a", "section": "y"}, "D": {"clinician": "d"}},
        words={"title": "old", "more": "new"},
        values={},
        templates={"card.html.j2": "2"},
    )
    assert [line for line in _since(before, now) if line] == [
        "Statements", "----------",
        "A (changed)", "  patient, unchanged: a", "  section", "    was: x", "    now: y",
        "D (new)", "  clinician: d",
        "B (gone)", "  clinician: b",
        "  the order has changed; it is now: C, A, D",
        "Other words", "-----------", "  more", "    was: (nothing)", "    now: new",
        "Templates", "---------",
        "  card.html.j2 (changed): look at the documents themselves",
        "  gone.html.j2 (gone): look at the documents themselves",
    ]  # fmt: skip


texts = st.dictionaries(st.text("abc.", min_size=1, max_size=4), st.text(max_size=30), max_size=4)
# Within a statement and among templates, the order is the program's own.
in_order = texts.map(lambda found: dict(sorted(found.items())))
records = st.builds(
    Record, statements=st.dictionaries(st.text("ABC", min_size=1, max_size=2), in_order, max_size=3), words=texts,
    values=texts, templates=in_order,
)  # fmt: skip


@settings(max_examples=examples(60), derandomize=True)
@given(records, records)
def test_something_is_shown_just_where_the_digests_differ(before: Record, now: Record) -> None:
    assert bool(_since(before, now)) == (before.digest() != now.digest())


printable = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp")), max_size=20)
kept = st.dictionaries(printable.filter(bool), printable, max_size=3)


@settings(max_examples=examples(60), derandomize=True)
@given(st.builds(Record, statements=st.dictionaries(printable.filter(bool), kept, max_size=2), words=kept, values=kept,
                 templates=kept))  # fmt: skip
def test_what_is_written_is_read_back(record: Record) -> None:
    signed = SignOff(reviewer="A", role="B", on=AsOf(2026, 1, 1), digest=record.digest(), record=record)
    review = Review(languages={"en": signed, "pt-BR": signed})
    read = load("review.yaml", as_yaml(review), Review).value
    assert read == review
    assert read.languages["en"].is_whole
