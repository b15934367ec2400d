"""Reads a print job back: a job and the documents that it was made from in, nothing or WrongDocumentError out.

Every page must show, object for object, what the page of its recipient's own file shows, recipient by recipient, and
on sheets of cards a back must stand behind the front of the same recipient.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec import Struct

from handouts.batch.readback.pdf import WrongDocumentError
from handouts.batch.readback.pdf_reader import BrokenFileError, Pdf, reference, shown_by, text_of
from handouts.render.pdf.card import BACK, FRONT
from handouts.theme.printing import Printing
from handouts.theme.sheet import Sheet

_REF = re.compile(rb"([0-9]+) 0 R")
_PLACED = re.compile(rb"q ([-0-9.e]+) 0 0 ([-0-9.e]+) ([-0-9.]+) ([-0-9.]+) cm /(S[0-9]+) Do Q")
_STREAM = b">>\nstream\n"
_MOST_KNOWN = 4000
_SLACK = 0.05
"""Points by which numbers that were rounded may differ."""

_Point = tuple[float, float]


class PrintedDocument(Struct, frozen=True):
    """Whose document stands next in a job: its bookmark, its own file, and for cards the stock that they share."""

    bookmark: str
    pdf: Pdf
    sheet: Sheet | None
    printing: Printing


def check_job(job: Pdf, recipients: Iterable[PrintedDocument], *, duplex: bool) -> None:
    """Compare all of a job with its recipients in order. Raises WrongDocumentError."""
    try:
        _Check(job, duplex).all(iter(recipients))
    except (BrokenFileError, ValueError, LookupError, RecursionError) as bad:
        raise WrongDocumentError(f"the print job cannot be read back: {bad}") from None


class _Check:
    def __init__(self, job: Pdf, duplex: bool) -> None:
        self._job, self._duplex = job, duplex
        self._pages = iter(job.pages)
        self._bookmarks = _bookmarks(job)
        self._textless: set[int] = set()
        self._known: OrderedDict[tuple[int, int], tuple[bytes, tuple[tuple[int, int], ...]]] = OrderedDict()

    def all(self, recipients: Iterator[PrintedDocument]) -> None:
        for first in recipients:
            if first.sheet is None or first.sheet.cards == 1:
                self._document(first)
            else:
                self._sheet(first, first.sheet, recipients)
        if next(self._pages, None) is not None or next(self._bookmarks, None) is not None:
            raise WrongDocumentError("the print job has more than its recipients' documents")

    def _document(self, one: PrintedDocument) -> None:
        seen: dict[int, int] = {}
        for index, theirs in enumerate(one.pdf.pages):
            ours = self._next(one)
            if index == 0:
                self._bookmark(one, ours)
            mine, whole = self._job.body(ours), one.pdf.body(theirs)
            self._must(self._job.size(ours) == one.pdf.size(theirs), one)
            pairs = [*zip(self._job.contents(ours), one.pdf.contents(theirs), strict=True)]
            pairs.append((self._job.font_resources(ours), one.pdf.font_resources(theirs)))
            shown, theirs_shown = shown_by(mine), shown_by(whole)
            self._must(shown.keys() == theirs_shown.keys(), one)
            pairs += ((shown[name], theirs_shown[name]) for name in shown)
            for pair in pairs:
                self._must(self._same(*pair, one.pdf, seen), one)
        if self._duplex and len(one.pdf.pages) % 2:
            self._must(b"/Contents" not in self._job.body(self._next(one)), one)

    def _sheet(self, first: PrintedDocument, sheet: Sheet, recipients: Iterator[PrintedDocument]) -> None:
        front = self._next(first)
        fronts = self._faces(front)
        if sheet.fold_over:
            fronts, backs = fronts[: len(fronts) // 2], fronts[len(fronts) // 2 :]
        else:
            backs = self._faces(self._next(first))
        cards = [first, *islice(recipients, len(fronts) - 1)]
        self._must(len(cards) == len(fronts) == len(backs), first)
        size = self._job.size(front)
        for one, (before, middle), (behind, back_middle) in zip(cards, fronts, backs, strict=True):
            self._bookmark(one, front)
            seen: dict[int, int] = {}
            for name, ours in ((FRONT, before), (BACK, behind)):
                form = one.pdf.form(name)
                self._must(form is not None and self._same(ours, form, one.pdf, seen), one)
            wanted = _behind(middle, size, sheet, one.printing)
            self._must(all(abs(a - b) < _SLACK for a, b in zip(wanted, back_middle, strict=True)), one)

    def _faces(self, page: int) -> list[tuple[int, _Point]]:
        """The forms that a sheet's page shows, but for the first, and where their middles stand."""
        shown = shown_by(self._job.body(page))
        (content,) = self._job.contents(page)
        placed = [(shown[found[5]], found) for found in _PLACED.finditer(self._job.stream(content))]
        bare = placed[0][0]
        if bare not in self._textless:
            if b" Tj" in self._job.stream(bare) or len(placed) != len(shown):
                raise WrongDocumentError("a sheet of the print job shows more than its cards")
            self._textless.add(bare)
        faces: list[tuple[int, _Point]] = []
        for form, found in placed[1:]:
            across, up, left, foot = (float(found[index]) for index in range(1, 5))
            width, height = self._job.size(form)
            faces.append((form, (left + across * width / 2, foot + up * height / 2)))
        return faces

    def _same(self, ours: int, theirs: int, pdf: Pdf, seen: dict[int, int]) -> bool:
        """Whether an object of the job is that of a file, with all that it refers to."""
        if theirs in seen:
            return seen[theirs] == ours
        seen[theirs] = ours
        # Most objects are those of the file before: what was compared then needs a look at the file alone.
        known = self._known.get((ours, theirs))
        if known is None or not pdf.holds(theirs, known[0]):
            mine, _, data = self._job.body(ours).partition(_STREAM)
            body = pdf.body(theirs)
            whole, _, their_data = body.partition(_STREAM)
            mine_parts, parts = _REF.split(mine), _REF.split(whole)
            if data != their_data or mine_parts[::2] != parts[::2]:
                return False
            known = (body, tuple(zip(map(int, mine_parts[1::2]), map(int, parts[1::2]), strict=True)))
            self._known[ours, theirs] = known
            if len(self._known) > _MOST_KNOWN:
                self._known.popitem(last=False)
        return all(self._same(*pair, pdf, seen) for pair in known[1])

    def _bookmark(self, one: PrintedDocument, page: int) -> None:
        self._must(next(self._bookmarks, None) == (one.bookmark, page), one)

    def _next(self, one: PrintedDocument) -> int:
        page = next(self._pages, None)
        if page is None:
            raise WrongDocumentError(f"the print job ends before the pages of {one.bookmark}")
        return page

    def _must(self, right: bool, one: PrintedDocument) -> None:
        if not right:
            raise WrongDocumentError(f"the print job does not show what the file of {one.bookmark} does")


def _bookmarks(job: Pdf) -> Iterator[tuple[str, int]]:
    following = reference(job.dictionary(reference(job.root, "Outlines")), "First")
    while following:
        entry = job.dictionary(following)
        yield text_of(entry, "Title"), entry["Dest"][0]
        following = entry.get("Next", 0)


def _behind(middle: _Point, page: _Point, sheet: Sheet, printing: Printing) -> _Point:
    """Where the middle of the back belongs whose front's middle this is, on a page of this size."""
    (x, y), (width, height) = middle, page
    if sheet.fold_over:
        return x + sheet.card_size[0], y
    return (width - x, y) if printing.flip in (None, sheet.usual_flip) else (x, height - y)
