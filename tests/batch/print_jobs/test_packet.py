"""Packets: documents of several topics in one file, in their order, each on sheets of its own, and still accessible."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from tagtree import TaggedPdf
from verapdf import PROFILES, failures

from handouts.batch.print_jobs.packet import MOST_DOCUMENTS, Packet, packet
from handouts.build.make import make
from handouts.build.request import Request
from handouts.build.sets import Item
from handouts.cli.main import WRONG_COMMAND, commands, run
from handouts.files.disk import UsageError
from handouts.files.skeleton import write_skeleton
from handouts.problems import ProblemsError

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 3, 31)
HANDOUTS = (Item("ixazomib", "en"), Item("colonoscopy-preparation", "en"))
NOTE = "We spoke of your travel and moved the third cycle by a week. " * 16
SET = (
    "schema_version: 1\ntitle: First visit\nitems: [{topic: ixazomib}, {topic: ixazomib, document: card}]\npaper: a4\n"
)


def texts(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def opened(data: bytes) -> Any:
    return pikepdf.open(io.BytesIO(data))


def with_note() -> Packet:
    return packet(Request(TODAY, note=NOTE), HANDOUTS)


def test_its_pages_are_those_of_its_documents_in_the_order_asked_for() -> None:
    for items in (HANDOUTS, HANDOUTS[::-1]):
        made = packet(Request(TODAY), items)
        (job,) = made.jobs
        alone = [make(Request(TODAY, formats=("pdf",), topics=(one.topic,))).made[0].data for one in items]
        assert texts(job.data) == [page for data in alone for page in texts(data)]
        assert (job.pages, job.sheets, job.document) == (4, 2, "handout")
        assert [part.item for part in made.parts] == list(items)
        assert packet(Request(TODAY), items).jobs[0].data == job.data


def test_a_document_of_three_pages_ends_with_a_blank_back() -> None:
    (job,) = with_note().jobs
    said = texts(job.data)
    assert "Page 3 of 3" in said[2] and said[3] == "" and "Page 1 of 2" in said[4] and job.pages % 2 == 0
    pdf = opened(job.data)
    blank = pdf.pages[3].obj
    assert "/Contents" not in blank and "/Annots" not in blank
    with pdf.open_outline() as found:
        assert [one.title for one in found.root] == [
            "Ixazomib (Ninlaro) for multiple myeloma", "Getting ready for your colonoscopy",
        ]  # fmt: skip


@pytest.mark.parametrize("kind", ["handouts with notes", "cards"])
def test_it_keeps_what_is_read_aloud(kind: str) -> None:
    items = HANDOUTS if kind != "cards" else tuple(Item(one.topic, one.language, "card") for one in HANDOUTS)
    made = packet(Request(TODAY, note=NOTE), items)
    (job,) = made.jobs
    assert TaggedPdf(job.data).words() == [word for part in made.parts for word in TaggedPdf(part.made.data).words()]
    pdf = opened(job.data)
    root = pdf.Root
    assert [(str(part.S), str(part.Lang)) for part in root.StructTreeRoot.K.K] == [("/Part", "en")] * 2
    assert (root.ViewerPreferences.PrintScaling, root.ViewerPreferences.DisplayDocTitle) == ("/None", True)
    assert str(root.ViewerPreferences.Duplex) == "/DuplexFlipLongEdge"


@pytest.mark.slow
@pytest.mark.parametrize("format_", ["pdf", "card"])
def test_it_conforms_as_its_documents_do(format_: str) -> None:
    items = [Item(one.topic, one.language, format_) for one in HANDOUTS]
    (job,) = packet(Request(TODAY, note=NOTE), items).jobs
    assert [failures(job.data, profile) for profile in PROFILES] == [[], []]


def test_each_part_has_its_own_language(tmp_path: Path) -> None:
    for topic, language in (("one", "es"), ("two", "en")):
        write_skeleton(topic, tmp_path, "medicine", language)
    (job,) = packet(Request(TODAY, content=tmp_path, note="¡Hola!"), [Item("one", "es"), Item("two", "en")]).jobs
    pdf = opened(job.data)
    assert [str(part.Lang) for part in pdf.Root.StructTreeRoot.K.K] == ["es", "en"]
    said = "".join(texts(job.data))
    assert "No forma parte del texto revisado." in said and "Not part of the reviewed text." in said


def test_cards_are_a_job_of_their_own() -> None:
    made = packet(Request(TODAY), [Item("ixazomib", "en", "card"), *HANDOUTS])
    assert [(job.document, len(job.parts)) for job in made.jobs] == [("handout", 2), ("card", 1)]
    assert made.parts[0].item.format == "card"


def test_what_makes_no_packet_is_told() -> None:
    for items, told in (
        ([], "1 to 100 documents"),
        (HANDOUTS * MOST_DOCUMENTS, "this one has 200"),
        ([Item("ixazomib", "en", "pptx")], "has no pptx"),
        ([Item("none", "en")], "there is no topic 'none'"),
        ([Item("ixazomib", "fr")], "no language 'fr'"),
    ):
        with pytest.raises(UsageError, match=told):
            packet(Request(TODAY), items)
    with pytest.raises(ProblemsError, match="the note:1:1: PDF01"):
        packet(Request(TODAY, note="خذ"), HANDOUTS)


def test_the_command_line_prints_sets_and_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    (tmp_path / "content" / "sets").mkdir()
    (tmp_path / "content" / "sets" / "first.yaml").write_text(SET, encoding="utf-8")
    command = ["packet", "--content", str(tmp_path / "content"), "--date", "2026-03-31", "--out", f"{tmp_path}/out.pdf"]
    assert run(commands, [*command, "first"]) == WRONG_COMMAND
    assert "choose one (--lang TAG)" in capsys.readouterr().err
    assert run(commands, [*command, "first", "colonoscopy-preparation:en", "--lang", "en"]) == 0
    told = capsys.readouterr().err
    assert f"wrote {tmp_path}/out.pdf: 2 handouts, 2 sheets" in told
    assert f"wrote {tmp_path}/out-cards.pdf: 1 card, 1 sheet " in told
    first = opened((tmp_path / "out.pdf").read_bytes())
    assert [float(side) for side in first.pages[0].MediaBox][2:] == pytest.approx([595.28, 841.89], abs=0.01)
    assert run(commands, [*command, "ixazomib:en:deck"]) == WRONG_COMMAND
