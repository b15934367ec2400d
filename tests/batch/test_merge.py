"""Print jobs: every recipient's pages in the order of the rows, and cards of different recipients on each sheet."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from batch_samples import FULL, clinics, files, order_for, run_here, table
from topic_samples import CONTENT, ROOT

from handouts.batch.merge import merged as print_jobs
from handouts.render.pdf.print_job import PrintJob
from handouts.render.pdf.reader import Pdf
from handouts.theme.printing import USUAL, Correction, Printing
from handouts.workspace import Workspace


def merged(
    tmp_path: Path, rows: list[dict[str, str]], formats: tuple[str, ...] = ("pdf", "card"), **options: Any
) -> dict[str, bytes]:
    order = order_for(table(tmp_path / "r.csv", rows), tmp_path / "out", formats, **options)
    run_here(order)
    paths = list(print_jobs(order.request, {"ixazomib": ("en",)}))
    names = {"pdf": "batch-handout.pdf", "card": "batch-card.pdf"}
    assert [path.name for path in paths] == [names[name] for name in formats]
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


def pixels(data: bytes, page: int, scale: float = 0.7) -> Any:
    document = pypdfium2.PdfDocument(data)
    try:
        return document[page].render(scale=scale).to_numpy().astype(int)
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
    assert (pixels(job, 77) == pixels(made["ixazomib-en-handout-c001.pdf"], 1)).all()
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


STOCK = sorted(path.stem for path in (ROOT / "templates" / "sheets").glob("*.yaml"))


@pytest.mark.parametrize("printing", [
    Printing(), Printing(flip="short-edge"),
    Printing(correction=Correction(1.5, -2, 0.5, 0.25, 101, 99), printer="off"),
], ids=["usual", "short edge", "corrected"])  # fmt: skip
@pytest.mark.parametrize("stock", STOCK)
def test_sheets_of_many_recipients_look_as_those_of_one(stock: str, printing: Printing, tmp_path: Path) -> None:
    cards = Workspace(CONTENT, ROOT / "templates").sheet(stock).cards
    rows = [{"id": f"c{n}", "name": "Riverside", **FULL} for n in range(cards)]
    made = merged(tmp_path, rows, ("card",), sheet=stock, printing=printing)
    job, (name, one) = made["batch-card.pdf"], next(item for item in made.items() if "-card-" in item[0])
    assert stock in name or stock in USUAL.values()
    pages = len(pypdfium2.PdfDocument(one))
    assert len(pypdfium2.PdfDocument(job)) == pages
    for page in range(pages):
        # A viewer rounds what stands in a form a little otherwise.
        assert abs(pixels(job, page, 2) - pixels(one, page, 2)).max() < 16
    with pikepdf.open(io.BytesIO(job)) as many, pikepdf.open(io.BytesIO(one)) as single:
        for key in ("/Duplex", "/PrintScaling"):
            assert many.Root.ViewerPreferences[key] == single.Root.ViewerPreferences[key]


def test_a_theme_named_like_a_document_mixes_no_formats(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", own)
    shutil.copy(own / "themes" / "default.yaml", own / "themes" / "card.yaml")
    made = merged(tmp_path, clinics(2), theme="card", templates=own)
    assert "ixazomib-en-handout-card-c000.pdf" in made
    assert len(texts(made["batch-handout.pdf"])) == 4
    assert len(texts(made["batch-card.pdf"])) == 2


def test_a_document_of_one_page_begins_on_a_sheet_of_its_own(tmp_path: Path) -> None:
    from pdf_pages import one_page

    target = io.BytesIO()
    job = PrintJob(target, "Two", "")
    for name in ("first", "second"):
        job.add_document(Pdf(one_page(name)), name)
    job.finish()
    assert [("first" in text, "second" in text) for text in texts(target.getvalue())] == [
        (True, False), (False, False), (False, True), (False, False),
    ]  # fmt: skip
