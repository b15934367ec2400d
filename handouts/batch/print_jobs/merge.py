"""Print jobs of a batch: a finished report in, a PDF of all handouts and one of all cards out, in the rows' order.

Who prints a job loads one kind of paper for it: each paper, and each stock of cards, has a job of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import islice
from mmap import ACCESS_READ, mmap
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from handouts.batch.print_jobs.print_job import PrintJob, Shown
from handouts.batch.readback.job import PrintedDocument, check_job
from handouts.batch.readback.pdf import WrongDocumentError
from handouts.batch.readback.pdf_reader import BrokenFileError, Pdf, text_of
from handouts.batch.rows.names import stems
from handouts.batch.work.report import NAME, add_print_jobs, listed
from handouts.batch.work.work import PART, STATE
from handouts.build.editions import setup_of
from handouts.build.request import Request
from handouts.files.disk import DOCUMENT, UsageError, chunks_of, reason
from handouts.files.workspace import Workspace
from handouts.outputs import OUTPUTS, Output, Setup
from handouts.plan.documents import Meta
from handouts.render.pdf.card import BACK, BARE, FRONT, print_as_drawn, print_preferences, render_bare_sheets
from handouts.render.pdf.draw.place import Place
from handouts.render.pdf.imposition import impose
from handouts.theme.printing import USUAL
from handouts.theme.sheet import DUPLEX, Sheet

_NOBODY = Meta("", "en", "", "", "2000-01-01", "", "draft")
"""Of pages that are never printed by themselves."""
_BOTH_SIDES = print_preferences(DUPLEX["long-edge"])


class Printed(Struct, frozen=True):
    """A print job that was made: where it is, how many documents on how many sheets of what, and its SHA-256."""

    path: Path
    documents: str
    sheets: str
    sha256: str

    @property
    def name(self) -> str:
        """The job's file name."""
        return self.path.name

    def __str__(self) -> str:
        return f"{self.documents} on {self.sheets}, in the order of the rows"


class _File(Struct, frozen=True):
    """A document that was made: its bookmark and its content. `setup` is what it was rendered with."""

    bookmark: str
    pdf: Pdf
    setup: Setup


class _Pile(Struct, frozen=True):
    """What is printed in one go, since one kind of paper has to be loaded for it.

    `path` is where its print job comes to lie, `stems` are what the names of its documents begin with.
    """

    path: Path
    setup: Setup
    stems: set[str]


def merged(request: Request, topics: Mapping[str, Sequence[str]]) -> Iterator[Printed]:
    """Write print jobs for each format on paper that the request has: one for each paper, of cards for each stock.

    `topics` are those of the batch with their languages. Jobs of an earlier run for which there is nothing to print now
    are taken away, the others listed in the report. Raises UsageError where a file cannot be read or written.
    """
    setups = _setups(request)
    jobs: list[Printed] = []
    for output in OUTPUTS:
        if output.suffix != ".pdf" or output.format not in request.formats:
            continue
        left = {_path(request, output, paper) for paper in (*USUAL, "")}
        for pile in _piles(request, output, topics, setups):
            making = request.out / STATE / f"{pile.path.name}{PART}"
            try:
                printed = _printed(request.out, output, ", ".join(topics), pile, making)
                if printed:
                    making.replace(pile.path)
                    left.discard(pile.path)
                    jobs.append(printed)
                    yield printed
            except (OSError, BrokenFileError, WrongDocumentError) as bad:
                said = reason(bad) if isinstance(bad, OSError) else str(bad)
                raise UsageError(f"cannot make {pile.path}: {said}") from None
            finally:
                with suppress(OSError):
                    making.unlink()
        for path in left:
            # It would be printed as what this run made.
            with suppress(OSError):
                path.unlink()
    if jobs:
        try:
            listing = ((one.name, str(one), one.sha256) for one in jobs)
            add_print_jobs(request.out, request.out / STATE / f"{NAME}{PART}", listing)
        except OSError as bad:
            raise UsageError(f"cannot write to {request.out / NAME}: {reason(bad)}") from None


def earlier(request: Request) -> Iterator[Path]:
    """Print jobs of formats that the request has which an earlier run wrote."""
    for output in OUTPUTS:
        if output.format in request.formats:
            yield from filter(Path.is_file, (_path(request, output, paper) for paper in ("", *USUAL)))


def _path(request: Request, output: Output, paper: str) -> Path:
    """Where the job for a paper lies; that of the rows which name none needs no name of its own."""
    return request.out / f"{'-'.join(('batch', output.document, *filter(None, [paper])))}{output.suffix}"


def _piles(
    request: Request, output: Output, topics: Mapping[str, Sequence[str]], setups: Callable[[str], Setup]
) -> Iterable[_Pile]:
    """What jobs of a format may be made of, that on the paper of rows which name none first."""
    piles: dict[object, _Pile] = {}
    for paper in sorted(USUAL, key=lambda paper: paper != request.paper):
        setup = setups(paper)
        path = _path(request, output, "" if paper == request.paper else paper)
        # With --sheet, cards of rows on both papers lie on the same stock.
        pile = piles.setdefault(setup.sheet if output.format == "card" else paper, _Pile(path, setup, set()))
        pile.stems.update(stem for stem, made in stems(request, topics).items() if made == (output, paper))
    return piles.values()


def _printed(out: Path, output: Output, title: str, pile: _Pile, making: Path) -> Printed | None:
    """Write a job and read it back; None where there is nothing to print."""
    sheet, is_card = pile.setup.sheet, output.format == "card"
    preferences = print_as_drawn(sheet, pile.setup.printing) if is_card else _BOTH_SIDES
    with making.open("wb") as stream:
        job = PrintJob(stream, f"{title}: {output.document}", preferences, duplex=not (is_card and sheet.fold_over))
        add = _add_cards if is_card else _add_documents
        add(job, _files(out, output, pile))
        if not job.pages:
            return None
        job.finish()
    _read_back(making, _files(out, output, pile), is_card=is_card, duplex=job.duplex)
    paper = "one card a page" if sheet.paper == "card" else f"{sheet.paper} paper"
    stock = f"{sheet.name} ({paper})" if is_card else f"{pile.setup.paper} paper"
    sheets = _counted(job.pages // (2 if job.duplex else 1), f"sheet of {stock}", f"sheets of {stock}")
    with making.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Printed(pile.path, _counted(job.bookmarks, output.document, f"{output.document}s"), sheets, digest)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _read_back(path: Path, files: Iterator[_File], *, is_card: bool, duplex: bool) -> None:
    """Compare a job with the files that it was made from. Raises WrongDocumentError."""
    with path.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as data:
        recipients = (
            PrintedDocument(one.bookmark, one.pdf, one.setup.sheet if is_card else None, one.setup.printing)
            for one in files
        )
        check_job(Pdf(data), recipients, duplex=duplex)


def _setups(request: Request) -> Callable[[str], Setup]:
    workspace = Workspace(request.content, request.templates)

    @cache
    def on(paper: str) -> Setup:
        return setup_of(replace(request, paper=paper), workspace)  # type: ignore[arg-type]

    return on


def _files(out: Path, output: Output, pile: _Pile) -> Iterator[_File]:
    """The documents of a pile in the order of the rows."""
    for line in listed(out):
        if line.file.removesuffix(f"-{line.id}{output.suffix}") in pile.stems:
            data = b"".join(chunks_of(out / line.file, DOCUMENT))
            if hashlib.sha256(data).hexdigest() != line.sha256:
                raise BrokenFileError(f"{line.file} is not the file of the report; run the batch again")
            pdf = Pdf(data)
            yield _File(f"{line.id} · {text_of(pdf.info, 'Author')}", pdf, pile.setup)


def _add_documents(job: PrintJob, files: Iterator[_File]) -> None:
    for one in files:
        job.add_document(one.pdf, one.bookmark)


def _add_cards(job: PrintJob, files: Iterator[_File]) -> None:
    """Sheets with another recipient's card in each place."""
    sheets = _Sheets(job)
    while cards := list(islice(files, 1)):
        places = cards[0].setup.sheet.cards
        if places == 1:
            # Such a sheet is one recipient's already.
            job.add_document(cards[0].pdf, cards[0].bookmark)
        else:
            sheets.add([*cards, *islice(files, places - 1)])


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
