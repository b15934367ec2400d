"""Print jobs: every recipient's pages in the order of the rows, and cards of different recipients on each sheet."""

from __future__ import annotations

import io
import re
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from batch_samples import FULL, clinics, files, order_for, report, run_here, table
from msgspec.structs import replace
from PIL import Image, ImageChops, ImageFilter
from press_samples import owner, press
from topic_samples import CONTENT, ROOT

from handouts.batch.print_jobs.merge import merged as print_jobs
from handouts.batch.print_jobs.print_job import PrintJob
from handouts.batch.readback.job import PrintedDocument, check_job
from handouts.batch.readback.pdf import WrongDocumentError
from handouts.batch.readback.pdf_reader import Pdf
from handouts.files.disk import UsageError
from handouts.files.workspace import Workspace
from handouts.render.pdf.imposition import impose
from handouts.theme.printing import USUAL, Correction, Printing


def merged(
    tmp_path: Path, rows: list[dict[str, str]], formats: tuple[str, ...] = ("pdf", "card"), **options: Any
) -> dict[str, bytes]:
    order = order_for(table(tmp_path / "r.csv", rows), tmp_path / "out", formats, **options)
    run_here(order)
    jobs = list(print_jobs(order.request, {"ixazomib": ("en",)}))
    made = files(tmp_path / "out")
    assert sorted(job.name for job in jobs) == sorted(name for name in made if re.fullmatch(r"batch-.*\.pdf", name))
    return made


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


def picture(data: bytes, page: int, scale: float = 0.7) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    try:
        return document[page].render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()


def test_handouts_stand_in_the_order_of_the_rows(tmp_path: Path) -> None:
    rows = [*reversed(clinics(40)), {"id": "bad", "name": "漢"}]
    made = merged(tmp_path, rows)
    job = made["batch-handout.pdf"]
    pages = texts(job)
    assert len(pages) == 80
    for index, row in enumerate(rows[:40]):
        assert row["name"] in pages[2 * index + 1]
        assert bookmarks(job)[index] == (f"{row['id']} · {row['name']}", 2 * index)
    assert picture(job, 77) == picture(made["ixazomib-en-handout-c001.pdf"], 1)
    assert len(job) < 4 * len(made["ixazomib-en-handout-c001.pdf"]), "what the documents share stands in it once"
    with pikepdf.open(io.BytesIO(job)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert str(pdf.Root.ViewerPreferences.Duplex) == "/DuplexFlipLongEdge"


def test_cards_of_different_recipients_share_a_sheet(tmp_path: Path) -> None:
    job = merged(tmp_path, clinics(13))["batch-card.pdf"]
    pages = texts(job)
    assert len(pages) == 4, "ten cards and three cards, front and back"
    for back, names in ((1, range(10)), (3, range(10, 13))):
        assert all(pages[back].count(f"Clinic number {n}\r\n") == 1 for n in names)
        assert pages[back].count("Clinic number") == len(names)
    assert [page for _, page in bookmarks(job)] == [*[0] * 10, *[2] * 3]


def mixed(count: int) -> list[dict[str, str]]:
    """Rows on letter and on A4 in turns, in no order of their ids."""
    return [{**row, "paper": ("letter", "a4")[n % 2]} for n, row in enumerate(reversed(clinics(count)))]


SIZES = {"letter": (612.0, 792.0), "a4": (595.28, 841.89)}


def sizes(data: bytes) -> set[tuple[float, float]]:
    document = pypdfium2.PdfDocument(data)
    try:
        return {(round(page.get_width(), 2), round(page.get_height(), 2)) for page in document}
    finally:
        document.close()


@pytest.mark.parametrize("usual", ["letter", "a4"])
def test_each_paper_has_jobs_of_its_own_in_the_order_of_the_rows(tmp_path: Path, usual: Any) -> None:
    rows = mixed(25)
    made = merged(tmp_path, rows, paper=usual)
    other = {"letter": "a4", "a4": "letter"}[usual]
    assert {name for name in made if name.startswith("batch-")} == {
        "batch-report.csv",
        "batch-handout.pdf", f"batch-handout-{other}.pdf", "batch-card.pdf", f"batch-card-{other}.pdf",
    }  # fmt: skip
    for paper, suffix in ((usual, ""), (other, f"-{other}")):
        titles = [f"{row['id']} · {row['name']}" for row in rows if row["paper"] == paper]
        handouts, cards = made[f"batch-handout{suffix}.pdf"], made[f"batch-card{suffix}.pdf"]
        assert sizes(handouts) == sizes(cards) == {SIZES[paper]}
        assert bookmarks(handouts) == [(title, 2 * index) for index, title in enumerate(titles)]
        assert bookmarks(cards) == [(title, 2 * (index // 10)) for index, title in enumerate(titles)]
        assert len(texts(cards)) == 2 * -(-len(titles) // 10), "no more sheets than cards need"


def test_jobs_say_what_is_on_how_many_sheets(tmp_path: Path) -> None:
    order = order_for(table(tmp_path / "r.csv", mixed(23)), tmp_path / "out", ("pdf", "card"))
    run_here(order)
    before = report(tmp_path / "out")
    jobs = list(print_jobs(order.request, {"ixazomib": ("en",)}))
    assert [(job.name, str(job)) for job in jobs] == [
        ("batch-handout.pdf", "12 handouts on 12 sheets of letter paper, in the order of the rows"),
        ("batch-handout-a4.pdf", "11 handouts on 11 sheets of a4 paper, in the order of the rows"),
        ("batch-card.pdf", "12 cards on 2 sheets of avery-5371 (letter paper), in the order of the rows"),
        ("batch-card-a4.pdf", "11 cards on 2 sheets of a4-cards (a4 paper), in the order of the rows"),
    ]
    now = report(tmp_path / "out")
    assert now[: len(before)] == before
    assert now[len(before) :] == [
        {"row": "", "id": "", "status": "merged", "reason": str(job), "file": job.name, "sha256": digest}
        for job, digest in ((job, sha256(job.path.read_bytes()).hexdigest()) for job in jobs)
    ]


@pytest.mark.parametrize(("stock", "sheets"), [
    ("fold-over", "1 sheet of fold-over (letter paper)"), ("single", "3 sheets of single (one card a page)"),
    ("id-1-letter", "1 sheet of id-1-letter (letter paper)"),
])  # fmt: skip
def test_cards_of_all_papers_lie_on_the_stock_that_is_asked_for(tmp_path: Path, stock: str, sheets: str) -> None:
    order = order_for(table(tmp_path / "r.csv", mixed(3)), tmp_path / "out", ("card",), sheet=stock)
    run_here(order)
    (job,) = print_jobs(order.request, {"ixazomib": ("en",)})
    assert (job.name, str(job)) == ("batch-card.pdf", f"3 cards on {sheets}, in the order of the rows")
    assert [title for title, _ in bookmarks(job.path.read_bytes())] == [
        f"{row['id']} · {row['name']}" for row in mixed(3)
    ]


def test_a_job_of_an_earlier_run_is_not_left_to_be_printed(tmp_path: Path) -> None:
    merged(tmp_path, mixed(4))
    mine = tmp_path / "out" / "batch-card-of-mine.pdf"
    mine.write_bytes(b"mine")
    rows = [row for row in mixed(4) if row["paper"] == "a4"]
    order = order_for(table(tmp_path / "r.csv", rows), tmp_path / "out", ("pdf", "card"))
    run_here(order)
    list(print_jobs(order.request, {"ixazomib": ("en",)}))
    left = sorted(path.name for path in (tmp_path / "out").glob("batch-*.pdf"))
    assert left == ["batch-card-a4.pdf", "batch-card-of-mine.pdf", "batch-handout-a4.pdf"]


STOCK = sorted(path.stem for path in (ROOT / "templates" / "sheets").glob("*.yaml"))


@pytest.mark.sampled(4)
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
        # A viewer rounds what stands in a form a little otherwise: here and there a letter by a pixel.
        assert _apart_but_for_a_pixel(picture(job, page, 4), picture(one, page, 4)) < 16
    with pikepdf.open(io.BytesIO(job)) as many, pikepdf.open(io.BytesIO(one)) as single:
        for key in ("/Duplex", "/PrintScaling"):
            assert many.Root.ViewerPreferences[key] == single.Root.ViewerPreferences[key]


def _apart_but_for_a_pixel(one: Image.Image, other: Image.Image) -> float:
    """How far each pixel of a picture is, at the most, outside what the other has there and beside it."""
    low, high = other.filter(ImageFilter.MinFilter(3)), other.filter(ImageFilter.MaxFilter(3))
    outside = (ImageChops.subtract(low, one), ImageChops.subtract(one, high))
    return max(most for apart in outside for _, most in apart.getextrema())


def centre(page: Any, text: str) -> tuple[float, float]:
    """Where a text begins on a page."""
    (found,) = spots(page, text)
    return found


def spots(page: Any, text: str) -> list[tuple[float, float]]:
    words = page.get_textpage()
    search = words.search(text)
    found: list[tuple[float, float]] = []
    while at := search.get_next():
        left, bottom, _, _ = words.get_charbox(at[0])
        found.append((left, bottom))
    return found


@pytest.mark.parametrize("flip", [None, "short-edge"])
def test_a_back_stands_behind_the_front_of_the_same_recipient(flip: Any, tmp_path: Path) -> None:
    own = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", own)
    card = (own / "card.html.j2").read_text("utf-8")
    (own / "card.html.j2").write_text(
        card.replace("<h1>{{ words.card.title }}</h1>", "<h1>{{ clinic.name }}</h1>"), "utf-8"
    )
    rows = [{"id": f"c{n}", "name": f"Clinic {chr(65 + n)}."} for n in range(10)]
    made = merged(tmp_path, rows, ("card",), templates=own, printing=Printing(flip=flip))
    document = pypdfium2.PdfDocument(made["batch-card.pdf"])
    front, back = document
    width, _ = front.get_size()
    places: set[tuple[int, int]] = set()
    for row in rows:
        (x, y), (behind_x, behind_y) = centre(front, row["name"]), centre(back, row["name"])
        column, line = int(x / (width / 2)), int((y - 36) / 144)
        behind = int(behind_x / (width / 2)), int((behind_y - 36) / 144)
        assert behind == ((column, 4 - line) if flip else (1 - column, line))
        places.add((column, line))
    assert len(places) == 10


def test_a_job_with_a_back_behind_the_wrong_front_gets_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def shifted(*arguments: Any) -> Any:
        return tuple(replace(page, backs=page.backs[1:] + page.backs[:1]) for page in impose(*arguments))

    monkeypatch.setattr("handouts.batch.print_jobs.merge.impose", shifted)
    with pytest.raises(UsageError, match=r"does not show what the file of c000 · Clinic number 0 does"):
        merged(tmp_path, clinics(3), ("card",))
    assert "batch-card.pdf" not in files(tmp_path / "out")
    assert not list((tmp_path / "out" / ".batch").glob("*.part"))


def test_a_file_that_changed_since_the_report_is_not_merged(tmp_path: Path) -> None:
    order = order_for(table(tmp_path / "r.csv", clinics(2)), tmp_path / "out")
    run_here(order)
    names = [tmp_path / "out" / f"ixazomib-en-handout-c00{n}.pdf" for n in range(2)]
    names[1].write_bytes(names[0].read_bytes())
    with pytest.raises(UsageError, match=r"handout-c001\.pdf is not the file of the report"):
        list(print_jobs(order.request, {"ixazomib": ("en",)}))


def whose(name: str, paper: Any = "letter") -> PrintedDocument:
    made = press("handout", paper).make(owner(name, ("12 High Street",)))
    return PrintedDocument(name, Pdf(made.head + made.tail), None, Printing())


def job_of(*recipients: PrintedDocument) -> bytes:
    target = io.BytesIO()
    job = PrintJob(target, "Job", {})
    for one in recipients:
        job.add_document(one.pdf, one.bookmark)
    job.finish()
    return target.getvalue()


def test_a_job_is_refused_that_is_not_that_of_its_recipients() -> None:
    first, second, other = whose("Riverside"), whose("Hillside"), whose("Łódź")
    good = job_of(first, second, other)
    check_job(Pdf(good), [first, second, other], duplex=True)
    for wrong in (
        [second, first, other], [first, second], [first, second, other, first], [first, second, whose("Łódz")],
        [first, replace(second, bookmark="Hilltop"), other], [first, first, other],
        [whose("Riverside", "a4"), second, other], [],
    ):  # fmt: skip
        with pytest.raises(WrongDocumentError):
            check_job(Pdf(good), wrong, duplex=True)
    for place, wrong in enumerate((second, other, whose("Łódz"))):
        mixed = [first, second, other]
        mixed[place] = replace(wrong, bookmark=mixed[place].bookmark)
        with pytest.raises(WrongDocumentError, match=mixed[place].bookmark):
            check_job(Pdf(good), mixed, duplex=True)
    for damaged in (good.replace(b"(Hillside", b"(Hilltops"), good.replace(b"0000000", b"0000001", 9)):
        assert damaged != good
        with pytest.raises(WrongDocumentError):
            check_job(Pdf(damaged), [first, second, other], duplex=True)


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
    job = PrintJob(target, "Two", {})
    for name in ("first", "second"):
        pdf = Pdf(one_page(name))
        # A handout of ours always has two pages.
        vars(pdf)["pages"] = pdf.pages[:1]
        job.add_document(pdf, name)
    job.finish()
    assert [("first" in text, "second" in text) for text in texts(target.getvalue())] == [
        (True, False), (False, False), (False, True), (False, False),
    ]  # fmt: skip
