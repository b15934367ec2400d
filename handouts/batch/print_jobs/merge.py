"""Print jobs of a batch: a finished report in, one PDF of all handouts and one of all cards out, in the rows' order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path

from handouts.batch.print_jobs.print_job import PrintJob, Shown
from handouts.batch.readback.job import Recipient, check_job
from handouts.batch.readback.pdf import WrongDocumentError
from handouts.batch.readback.pdf_reader import BrokenFileError, Pdf, text_of
from handouts.batch.rows.names import stems
from handouts.batch.work.report import listed
from handouts.batch.work.work import PART, STATE
from handouts.build.make import setup_of
from handouts.build.request import Request
from handouts.files.disk import DOCUMENT, UsageError, chunks_of, reason
from handouts.files.workspace import Workspace
from handouts.outputs import OUTPUTS, Output, Setup
from handouts.plan.documents import Meta
from handouts.render.pdf.card import BACK, BARE, FRONT, print_as_drawn, print_preferences, render_bare_sheets
from handouts.render.pdf.draw.place import Place
from handouts.render.pdf.imposition import impose
from handouts.theme.sheet import DUPLEX, Sheet

_NOBODY = Meta("", "en", "", "", "2000-01-01", "", "draft")
"""Of pages that are never printed by themselves."""
_BOTH_SIDES = print_preferences(DUPLEX["long-edge"])


@dataclass(frozen=True, slots=True)
class _File:
    """A document that was made: its bookmark and its content. `setup` is what it was rendered with."""

    bookmark: str
    pdf: Pdf
    setup: Setup


def merged(request: Request, topics: Mapping[str, Sequence[str]]) -> Iterator[Path]:
    """Write a print job for each format on paper that the request has, if there is anything to print.

    `topics` are those of the batch with their languages. Raises UsageError where a file cannot be read or written.
    """
    setups = _setups(request)
    for output in OUTPUTS:
        if output.suffix != ".pdf" or output.format not in request.formats:
            continue
        path = request.out / f"batch-{output.document}.pdf"
        making = request.out / STATE / f"{path.name}{PART}"
        # No setup tells one sheet's print dialogue from another's: what a job begins with holds for all of it.
        usual = setups(request.paper)
        is_card = output.format == "card"
        preferences = print_as_drawn(usual.sheet, usual.printing) if is_card else _BOTH_SIDES
        try:
            with making.open("wb") as stream:
                title = f"{', '.join(topics)}: {output.document}"
                job = PrintJob(stream, title, preferences, duplex=not (is_card and usual.sheet.fold_over))
                add = _add_cards if is_card else _add_documents
                add(job, _files(request, output, topics, setups))
                if job.pages:
                    job.finish()
            if job.pages:
                expected = _files(request, output, topics, setups)
                _read_back(making, expected, is_card=is_card, duplex=job.duplex)
                making.replace(path)
                yield path
        except (OSError, BrokenFileError, WrongDocumentError) as bad:
            said = reason(bad) if isinstance(bad, OSError) else str(bad)
            raise UsageError(f"cannot make {path}: {said}") from None
        finally:
            with suppress(OSError):
                making.unlink()


def _read_back(path: Path, files: Iterator[_File], *, is_card: bool, duplex: bool) -> None:
    """Compare a job with the files that it was made from. Raises WrongDocumentError."""
    with path.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as data:
        recipients = (
            Recipient(one.bookmark, one.pdf, one.setup.sheet if is_card else None, one.setup.printing) for one in files
        )
        check_job(Pdf(data), recipients, duplex=duplex)


def _setups(request: Request) -> Callable[[str], Setup]:
    workspace = Workspace(request.content, request.templates)

    @cache
    def on(paper: str) -> Setup:
        return setup_of(replace(request, paper=paper), workspace)  # type: ignore[arg-type]

    return on


def _files(
    request: Request, output: Output, topics: Mapping[str, Sequence[str]], setups: Callable[[str], Setup]
) -> Iterator[_File]:
    """The documents of one format in the order of the rows."""
    papers = {stem: paper for stem, (made, paper) in stems(request, topics).items() if made is output}
    for line in listed(request.out):
        paper = papers.get(line.file.removesuffix(f"-{line.id}{output.suffix}"))
        if paper is not None:
            data = b"".join(chunks_of(request.out / line.file, DOCUMENT))
            if hashlib.sha256(data).hexdigest() != line.sha256:
                raise BrokenFileError(f"{line.file} is not the file of the report; run the batch again")
            pdf = Pdf(data)
            yield _File(f"{line.id} · {text_of(pdf.info, 'Author')}", pdf, setups(paper))


def _add_documents(job: PrintJob, files: Iterator[_File]) -> None:
    for one in files:
        job.add_document(one.pdf, one.bookmark)


def _add_cards(job: PrintJob, files: Iterator[_File]) -> None:
    """Sheets with another recipient's card in each place; a new sheet begins where the stock changes."""
    sheets = _Sheets(job)
    waiting: list[_File] = []
    for one in files:
        sheet = one.setup.sheet
        if waiting and waiting[0].setup.sheet != sheet:
            sheets.add(waiting)
            waiting = []
        if sheet.cards == 1:
            # Such a sheet is one recipient's already.
            job.add_document(one.pdf, one.bookmark)
            continue
        waiting.append(one)
        if len(waiting) == sheet.cards:
            sheets.add(waiting)
            waiting = []
    if waiting:
        sheets.add(waiting)


class _Sheets:
    """Imposes cards of several recipients on sheets; what else stands on a sheet is drawn once."""

    def __init__(self, job: PrintJob) -> None:
        self._job = job
        self._bare: dict[tuple[Sheet, int], Pdf] = {}

    def add(self, cards: Sequence[_File]) -> None:
        """A sheet of cards, in the order of its places."""
        setup = cards[0].setup
        sheet, printing = setup.sheet, replace(setup.printing, start_at=1, count=len(cards))
        key = (sheet, len(cards))
        if key not in self._bare:
            self._bare[key] = Pdf(render_bare_sheets(_NOBODY, setup.theme, sheet, printing))
        titles = [one.bookmark for one in cards]
        for number, page in enumerate(impose(sheet, printing)):
            shown = [Shown(self._bare[key], f"{BARE}{number}", sheet.paper_size[1], Place())]
            for face, places in ((FRONT, page.fronts), (BACK, page.backs)):
                shown += (
                    Shown(one.pdf, face, sheet.card_size[1], place) for one, place in zip(cards, places, strict=False)
                )
            self._job.add_sheet(sheet.paper_size, page.correction, shown, titles if number == 0 else ())
