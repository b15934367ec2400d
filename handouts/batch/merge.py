"""Print jobs of a batch: a finished report in, one PDF of all handouts and one of all cards out, in the rows' order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from handouts.batch.report import Line, listed
from handouts.batch.work import PART, STATE
from handouts.disk import UsageError, reason
from handouts.make import setup_of
from handouts.outputs import OUTPUTS, Output
from handouts.render.pdf.print_job import Place, PrintJob, form_of, page_size
from handouts.render.pdf.reader import BrokenFileError, Pdf, text_of
from handouts.request import Request
from handouts.theme.sheet import PAPERS, Sheet
from handouts.workspace import Workspace

FACES = ("Front", "Back")
"""The forms under which a sheet of cards shows both faces."""


def merge(request: Request, topics: tuple[str, ...]) -> Iterator[Path]:
    """Write a print job for each format on paper that the request has, if there is anything to print.

    Raises UsageError where a file cannot be read or written.
    """
    for output in OUTPUTS:
        if output.suffix == ".pdf" and output.format in request.formats:
            path = request.out / f"batch-{output.document}.pdf"
            making = request.out / STATE / f"{path.name}{PART}"
            try:
                with making.open("wb") as stream:
                    job = PrintJob(stream, f"{', '.join(topics)}: {output.document}")
                    add = _add_cards if output.format == "card" else _add_documents
                    add(job, request, _files(request, output, topics))
                    if job.pages:
                        job.finish()
                if job.pages:
                    making.replace(path)
                    yield path
                else:
                    making.unlink()
            except (OSError, BrokenFileError) as bad:
                said = reason(bad) if isinstance(bad, OSError) else str(bad)
                raise UsageError(f"cannot make {path}: {said}") from None


def _files(request: Request, output: Output, topics: tuple[str, ...]) -> Iterator[tuple[str, Pdf]]:
    """The documents of one format in the order of the rows, each with its bookmark."""
    for line in listed(request.out):
        if _is_of(line, output, topics):
            pdf = Pdf((request.out / line.file).read_bytes())
            yield f"{line.id} · {text_of(pdf.info, b'Author')}", pdf


def _is_of(line: Line, output: Output, topics: tuple[str, ...]) -> bool:
    topic = next((t for t in topics if line.file.startswith(f"{t}-")), "")
    # What follows the topic is the language, then the document; neither holds the hyphens of an id.
    return (
        line.file.endswith(output.suffix)
        and f"-{output.document}-" in line.file[len(topic) :].removesuffix(f"-{line.id}{output.suffix}") + "-"
    )


def _add_documents(job: PrintJob, _request: Request, files: Iterator[tuple[str, Pdf]]) -> None:
    for bookmark, pdf in files:
        job.add_document(pdf, bookmark)


def _add_cards(job: PrintJob, request: Request, files: Iterator[tuple[str, Pdf]]) -> None:
    """Sheets with another recipient's card in each place; a new sheet begins where the paper changes."""
    workspace = Workspace(request.content, request.templates)
    waiting: list[tuple[str, Pdf]] = []
    size = (0.0, 0.0)
    with ExitStack() as after:
        sheet: Sheet | None = None

        def end_sheet() -> None:
            if sheet and waiting:
                _add_sheet(job, sheet, size, waiting)
                waiting.clear()

        after.callback(end_sheet)
        for bookmark, pdf in files:
            own = page_size(pdf, pdf.pages[0])
            if own != size:
                end_sheet()
                size, sheet = own, _sheet_for(own, request, workspace)
            if sheet is None or not _has_faces(pdf):
                end_sheet()
                job.add_document(pdf, bookmark)
                continue
            waiting.append((bookmark, pdf))
            if len(waiting) == len(sheet.slots()):
                end_sheet()


def _sheet_for(size: tuple[float, float], request: Request, workspace: Workspace) -> Sheet | None:
    for paper, known in PAPERS.items():
        if all(abs(a - b) < 0.01 for a, b in zip(size, known, strict=True)):
            return setup_of(replace(request, paper=paper), workspace).sheet
    return None


def _has_faces(pdf: Pdf) -> bool:
    try:
        return all(form_of(pdf, face) for face in FACES)
    except LookupError:
        return False


def _add_sheet(job: PrintJob, sheet: Sheet, size: tuple[float, float], cards: list[tuple[str, Pdf]]) -> None:
    (width, height), (card_width, card_height) = size, sheet.card_size
    fronts = [Place(x, height - y - card_height) for x, y in sheet.slots()]
    # The sheet is turned at its long edge: what is left on the front is right on the back.
    backs = [Place(width - place.x - card_width, place.y) for place in fronts]
    titles = [bookmark for bookmark, _ in cards]
    for face, places in zip(FACES, (fronts, backs), strict=True):
        shown = [(pdf, face, place) for (_, pdf), place in zip(cards, places, strict=False)]
        job.add_sheet(size, shown, titles if face == FACES[0] else ())
