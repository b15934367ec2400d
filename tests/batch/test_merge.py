"""Print jobs: every recipient's pages in the order of the rows, and cards of different recipients on each sheet."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
from batch_samples import FULL, clinics, files, order_for, run_here, table

from handouts.batch.merge import merge
from handouts.render.pdf.print_job import PrintJob
from handouts.render.pdf.reader import Pdf


def merged(tmp_path: Path, rows: list[dict[str, str]]) -> dict[str, bytes]:
    order = order_for(table(tmp_path / "r.csv", rows), tmp_path / "out", ("pdf", "card", "pptx")[:2])
    run_here(order)
    paths = list(merge(order.request, ("ixazomib",)))
    assert [path.name for path in paths] == ["batch-handout.pdf", "batch-card.pdf"]
    return files(tmp_path / "out")


def texts(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def bookmarks(data: bytes) -> list[tuple[str, int]]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        with pdf.open_outline() as outline:
            return [(item.title, numbers[item.destination[0].objgen]) for item in outline.root]  # type: ignore[index]


def raster(data: bytes, page: int) -> bytes:
    document = pypdfium2.PdfDocument(data)
    try:
        return document[page].render(scale=0.7).to_numpy().tobytes()
    finally:
        document.close()


def test_handouts_stand_in_the_order_of_the_rows(tmp_path: Path) -> None:
    rows = [*reversed(clinics(40)), {"id": "a4", "name": "On A4", "paper": "a4"}, {"id": "bad", "name": "漢"}]
    made = merged(tmp_path, rows)
    job = made["batch-handout.pdf"]
    pages = texts(job)
    assert len(pages) == 82
    for index, row in enumerate(rows[:41]):
        assert row["name"] in pages[2 * index + 1]
        assert bookmarks(job)[index] == (f"{row['id']} · {row['name']}", 2 * index)
    assert raster(job, 77) == raster(made["ixazomib-en-handout-c001.pdf"], 1)
    assert len(job) < 4 * len(made["ixazomib-en-handout-c001.pdf"]), "what the documents share stands in it once"
    with pikepdf.open(io.BytesIO(job)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert str(pdf.Root.ViewerPreferences.Duplex) == "/DuplexFlipLongEdge"


def test_cards_of_different_recipients_share_a_sheet(tmp_path: Path) -> None:
    rows = [*clinics(13), {"id": "a4", "name": "On A4", "paper": "a4", **FULL}]
    job = merged(tmp_path, rows)["batch-card.pdf"]
    pages = texts(job)
    assert len(pages) == 6, "ten cards, three cards, and one on other paper, front and back"
    for back, names in ((1, range(10)), (3, range(10, 13))):
        assert all(pages[back].count(f"Clinic number {n}\r\n") == 1 for n in names)
        assert pages[back].count("Clinic number") == len(names)
    assert "On A4" in pages[5] and "Clinic number" not in pages[5]
    assert [page for _, page in bookmarks(job)] == [*[0] * 10, *[2] * 3, 4]


def test_the_back_of_each_card_lies_behind_its_front(tmp_path: Path) -> None:
    job = merged(tmp_path, clinics(3))["batch-card.pdf"]
    with pikepdf.open(io.BytesIO(job)) as pdf:
        width = float(pdf.pages[0].MediaBox[2])
        left: list[list[tuple[float, float]]] = []
        for page in pdf.pages:
            moved = [op for op in pikepdf.parse_content_stream(page) if str(op.operator) == "cm"]
            left.append([(float(op.operands[4]), float(op.operands[5])) for op in moved])
    card = 3.5 * 72
    assert left[1] == [(width - x - card, y) for x, y in left[0]]


def test_a_document_of_one_page_begins_on_a_sheet_of_its_own(tmp_path: Path) -> None:
    from pdf_pages import one_page

    target = io.BytesIO()
    job = PrintJob(target, "Two")
    for name in ("first", "second"):
        job.add_document(Pdf(one_page(name)), name)
    job.finish()
    assert [("first" in text, "second" in text) for text in texts(target.getvalue())] == [
        (True, False), (False, False), (False, True), (False, False),
    ]  # fmt: skip
