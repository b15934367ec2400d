"""A clinician's note for one print: on the handout alone, marked, whole, and in nothing that is kept."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from tagtree import TaggedPdf
from verapdf import PROFILES, failures

from handouts.build.make import examine, make
from handouts.build.request import Request
from handouts.cli.main import STOPPED, WRONG_COMMAND, commands, run
from handouts.model.note import MOST_CHARACTERS, tidied
from handouts.outputs import Paper
from handouts.problems import ProblemsError

TODAY = date(2026, 3, 31)
SHORT = "Take your first capsule on Monday.\nCall 555 0142 on day 8; bring <b>this</b> & 4 mg {{ today }}."
LONG = "We spoke of your travel and moved the third cycle by a week. " * 16


def pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


def made(note: str, topic: str = "ixazomib", theme: str = "default", paper: Paper = "letter") -> bytes:
    request = Request(TODAY, formats=("pdf",), topics=(topic,), theme=theme, paper=paper, note=note)
    return make(request).made[0].data


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("topic", ["ixazomib", "colonoscopy-preparation"])
@pytest.mark.parametrize("theme", ["default", "high-contrast", "large-print"])
def test_a_note_of_two_sentences_takes_no_further_sheet(topic: str, theme: str, paper: Paper) -> None:
    before, after = (pages(made(note, topic, theme, paper)) for note in ("", SHORT))
    # In large print one topic has no line left on its four pages.
    assert len(after) == len(before) or theme == "large-print"
    assert len(after) <= len(before) + 1
    assert "Note for you from your care team" in after[-1]
    said = " ".join(after[-1].split())
    assert "Not part of the reviewed text. Take your first capsule on Monday." in said
    assert "bring <b>this</b> & 4 mg {{ today }}." in said


@pytest.mark.parametrize("theme", ["default", "large-print"])
def test_a_long_one_is_whole_on_a_sheet_of_its_own_and_leaves_the_rest_as_it_was(theme: str) -> None:
    before, after = (pages(made(note, theme=theme)) for note in ("", LONG))
    own = after[-1] if theme == "default" else " ".join(after[-2:])
    assert " ".join(own.replace("\ufffe", "").split()).count("We spoke of your travel") == 16
    assert after[-1].rstrip().endswith(f"Page {len(after)} of {len(after)}")
    for old, new in zip(before, after, strict=False) if theme == "default" else ():
        assert old.replace(f"of {len(before)}", "") == new.replace(f"of {len(after)}", "")
    assert "Ixazomib" in own if theme == "default" else True


@pytest.mark.parametrize("note", [SHORT, LONG], ids=["on its page", "on its own"])
def test_a_handout_with_a_note_conforms_and_has_it_in_its_tags(note: str) -> None:
    data = made(note)
    assert [failures(data, profile) for profile in PROFILES] == [[], []]
    blocks = TaggedPdf(data).words()
    start = blocks.index("Note for you from your care team")
    assert blocks[start + 1] == "Added for this print. Not part of the reviewed text."
    assert " ".join(blocks[start + 2 :]) == " ".join(note.split())


def test_no_check_judges_it_and_nothing_that_is_kept_repeats_it(tmp_path: Path) -> None:
    plain, noted = (examine(Request(TODAY, topics=("ixazomib",), note=note)) for note in ("", SHORT))
    assert noted.findings == plain.findings
    assert [one.subject.plan for one in noted.made] == [one.subject.plan for one in plain.made]
    assert [one.data for one in noted.made[1:]] == [one.data for one in plain.made[1:]]
    assert [one.entry.path for one in noted.made] == [
        "ixazomib-en-handout-note.pdf", "ixazomib-en-deck.pptx", "ixazomib-en-card.pdf",
    ]  # fmt: skip
    file = tmp_path / "note.txt"
    file.write_text("Ask for Zebedee.", encoding="utf-8")
    arguments = ["build", "--topic", "ixazomib", "--date", "2026-03-31", "--out", str(tmp_path / "out")]
    assert run(commands, [*arguments, "--note-file", str(file)]) == 0
    manifest = (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")
    assert "Zebedee" not in manifest and {one["inputs"] for one in json.loads(manifest)["files"]} == {""}


def test_its_lines_are_kept_and_what_pasting_adds_is_not() -> None:
    assert tidied("\ufeff one\u2003two \r\n\tthree\u2028four\n\n\n\nfive\n") == " one two\n three\nfour\n\nfive"
    handout = examine(Request(TODAY, formats=("pdf",), topics=("ixazomib",), note="a\nb\n\nc")).made[0]
    assert "a\r\nb\r\nc" in pages(handout.data)[-1]


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("x" * (MOST_CHARACTERS + 5), "the note: NOTE01 error: has 1,005 characters, 5 more than the most (1,000);"),
        ("x\n" * 40, "the note: NOTE01 error: has 40 lines, 10 more than the most (30); shorten it"),
        ("one\ntw\x07o \u202e", "the note:2:3: NOTE02 error: has a character that cannot be printed (U+0007), and 1"),
        ("Fine.\nخذ", "the note:2:1: PDF01 error: the font Atkinson Hyperlegible has no glyph for"),
        ("星期一", "the note:1:1: PDF01 error: the font Atkinson Hyperlegible has no glyph for"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_told_once(note: str, told: str) -> None:
    with pytest.raises(ProblemsError) as bad:
        make(Request(TODAY, formats=("pdf",), topics=("ixazomib",), note=note))
    (problem,) = [one for one in bad.value.problems if one.severity == "error"]
    assert str(problem).startswith(told)


def test_no_message_repeats_a_word_that_is_too_long_for_its_line() -> None:
    noted = examine(Request(TODAY, formats=("pdf",), topics=("ixazomib",), note="Zebedee" * 90))
    assert noted.made and not [one for one in noted.findings if "Zebedee" in str(one)]


def test_the_direction_of_a_line_is_that_of_its_letters() -> None:
    from handouts.compose.note import _language_of  # pyright: ignore[reportPrivateUsage]

    said = [_language_of(line, "en") for line in ("Monday", "8 خذ", "שלום", "12:30", "Ana خذ")]
    assert said == [None, "und-Arab", "und-Hebr", None, None]
    assert [_language_of(line, "ar") for line in ("Monday", "خذ")] == ["und-Latn", None]


def test_no_template_can_make_one(tmp_path: Path) -> None:
    (tmp_path / "handout.html.j2").write_text('<h1>A</h1><aside class="note"><p>4 mg</p></aside>', encoding="utf-8")
    with pytest.raises(ProblemsError, match="class 'note' is not known here"):
        make(Request(TODAY, formats=("pdf",), topics=("ixazomib",), templates=tmp_path))


def test_the_command_line_reads_it_from_a_file_or_from_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build = ["build", "--topic", "ixazomib", "--date", "2026-03-31", "--out", str(tmp_path), "--format"]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Ask for Zebedee.")))
    assert run(commands, [*build, "pdf", "--note-file", "-"]) == 0
    assert "Zebedee" in pages((tmp_path / "ixazomib-en-handout-note.pdf").read_bytes())[1]
    assert "Zebedee" not in capsys.readouterr().err
    assert run(commands, [*build, "card", "--note-file", str(tmp_path / "none.txt")]) == WRONG_COMMAND
    assert "handouts alone show a note" in capsys.readouterr().err
    assert run(commands, [*build, "pdf", "--note-file", str(tmp_path / "none.txt")]) == STOPPED
