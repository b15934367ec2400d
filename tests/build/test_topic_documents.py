"""A topic whose `documents` leave some out: builds, checks and batches make just those that it names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from topic_samples import ROOT, TODAY

from handouts.build.build import build
from handouts.build.make import examine
from handouts.build.request import Request
from handouts.build.sign_off import approve
from handouts.cli.main import STOPPED, WRONG_COMMAND, build_command, commands, run
from handouts.files.disk import UsageError
from handouts.problems import ProblemsError

TOPIC = """\
schema_version: 2
subject: {{kind: condition}}
documents: {documents}
as_of: 2026-01
main_source: guide
sources:
  guide: {{title: A made-up guide, publisher: Musterverlag, as_of: 2026-01, address: https://guide.example/backache}}
sections:
  key_facts: {{kind: points}}
  questions: {{kind: questions}}
statements:
  move: {{section: key_facts, sources: [guide]}}
  call: {{section: key_facts, own: true}}
"""
WORDS = """\
schema_version: 2
language: en
subject: {name: back pain}
handout:
  title: Back pain
  main_message: Keep on with your day. Ask your care team what helps.
statements:
  move: {patient: Most people who walk each day get well soon.}
  call: {patient: Call your care team if your legs feel weak.}
questions:
  - What can I do?
"""
ON_CARD = "card: {title: Back pain}\n"
HANDOUT = "backache-en-handout.pdf"
CARD = "backache-en-card.pdf"
Make = Callable[..., Request]


@pytest.fixture
def request_(tmp_path: Path) -> Make:
    """A request for a topic that names these documents."""

    def make(documents: str = "[handout]", words: str = WORDS) -> Request:
        folder = tmp_path / "content" / "backache"
        folder.mkdir(parents=True)
        (folder / "topic.yaml").write_text(TOPIC.format(documents=documents), "utf-8")
        (folder / "en.yaml").write_text(words, "utf-8")
        return Request(TODAY, content=tmp_path / "content", templates=ROOT / "templates", out=tmp_path / "out")

    return make


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize(
    ("documents", "words", "files"),
    [("[handout]", WORDS, {HANDOUT}), ("[card, handout]", WORDS + ON_CARD, {HANDOUT, CARD})],
)
def test_a_build_makes_just_the_documents_that_the_topic_names_and_once(
    request_: Make, documents: str, words: str, files: set[str]
) -> None:
    request = request_(documents, words)
    first = build(request)
    assert {made.entry.path for made in first.made} == files
    assert _names(request.out) == {*files, "manifest.json"}
    second = build(request)
    assert second.made == ()
    assert {entry.path for entry in second.kept} == files
    assert second.findings == first.findings != ()


def test_a_document_that_the_topic_names_later_is_made_beside_the_others(request_: Make) -> None:
    request = request_("[handout]", WORDS)
    build(request)
    topic = request.content / "backache"
    (topic / "topic.yaml").write_text(TOPIC.format(documents="[handout, card]"), "utf-8")
    (topic / "en.yaml").write_text(WORDS + ON_CARD, "utf-8")
    assert {made.entry.path for made in build(request).made} == {HANDOUT, CARD}


def test_its_words_are_judged_over_the_documents_that_it_has(request_: Make) -> None:
    request = request_(words=WORDS.replace("get well soon.}", "get well soon., clinician: Walking helps.}"))
    found = {problem.code: problem.message for problem in examine(request).findings}
    assert found["WORDS02"] == "statements.move.clinician stands in no document"


def test_signed_it_builds_and_checks_strictly(request_: Make, capsys: pytest.CaptureFixture[str]) -> None:
    request = request_()
    with pytest.raises(ProblemsError, match="REVIEW01"):
        build(replace(request, strict=True))
    approve(replace(request, topics=("backache",)), "A. Name", "Nurse")
    assert [made.entry.review for made in build(replace(request, strict=True)).made] == ["approved"]
    given = ["check", "--strict", "--content", str(request.content), "--date", TODAY.isoformat()]
    assert run(commands, given) == 0
    assert "1 document can be built" in capsys.readouterr().err


@pytest.mark.parametrize("formats", [("pptx",), ("pptx", "card")])
def test_asking_for_what_no_topic_makes_is_a_usage_error_that_says_why(
    request_: Make, formats: tuple[str, ...]
) -> None:
    request = replace(request_(), formats=formats)
    expected = f"the topic 'backache' makes no {' and no '.join(formats)}: its 'documents' do not name it"
    with pytest.raises(UsageError) as told:
        build(request)
    assert str(told.value) == expected
    assert not request.out.exists()


def test_of_several_formats_those_that_the_topic_has_are_made(request_: Make) -> None:
    made = build(replace(request_(), formats=("pdf", "pptx"))).made
    assert [one.entry.path for one in made] == [HANDOUT]


def _batch(request: Request, folder: Path, format_: str) -> int:
    rows = folder / "rows.csv"
    rows.write_text("id,name\na,Riverside\nb,Hillside\n", "utf-8")
    given = ["batch", str(rows), "--content", str(request.content), "--out", str(request.out), "--date",
             TODAY.isoformat(), "--jobs", "1", "--format", format_]  # fmt: skip
    return run(commands, given)


def test_a_batch_makes_just_those_for_each_row(request_: Make, tmp_path: Path) -> None:
    request = request_("[handout, card]", WORDS + ON_CARD)
    assert _batch(request, tmp_path, "all") == 0
    made = {f"{name.removesuffix('.pdf')}-{row}.pdf" for name in (HANDOUT, CARD) for row in "ab"}
    assert _names(request.out) == {*made, "batch-report.csv"}


def test_a_batch_of_what_no_topic_makes_is_a_usage_error(
    request_: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request = request_()
    assert _batch(request, tmp_path, "pptx") == WRONG_COMMAND
    assert "the topic 'backache' makes no pptx: its 'documents' do not name it" in capsys.readouterr().err
    assert not request.out.exists()


@pytest.mark.parametrize(
    ("documents", "place", "message"),
    [
        ("[handuot]", "3:13", "SCHEMA04 error: documents, item 1 is the text 'handuot'"),
        ("[handout, deckk]", "3:22", "SCHEMA04 error: documents, item 2 is the text 'deckk'"),
        ("[[handout]]", "3:13", "SCHEMA04 error: documents, item 1 is a list"),
        ("[]", "3:1", "SCHEMA06 error: documents is empty"),
        ("handout", "3:12", "SCHEMA03 error: documents is the text 'handout'"),
        ("{handout: card}", "3:1", "SCHEMA03 error: documents is a block of keys"),
        ("[handout, handout]", "3:1", "SCHEMA07 error: documents names the handout twice"),
    ],
)
def test_documents_that_are_wrong_are_told_at_their_line(
    request_: Make, capsys: pytest.CaptureFixture[str], documents: str, place: str, message: str
) -> None:
    request = request_(documents)
    given = ["--content", str(request.content), "--out", str(request.out), "--date", TODAY.isoformat()]
    assert run(build_command, given) == STOPPED
    assert f"{request.content / 'backache' / 'topic.yaml'}:{place}: {message}" in capsys.readouterr().err
    assert not request.out.exists()
