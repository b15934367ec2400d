"""Packets: several documents, of any topics and languages, printed in one go for one reader; all of it in memory.

In: a request, whose choices all documents share, and items in their order. Out: a PDF for each kind of paper that a
printer has to be loaded with: one of the handouts, and one of the cards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from handouts.batch.print_jobs.tagged_job import TaggedJob
from handouts.batch.readback.job import PrintedDocument, check_job
from handouts.batch.readback.pdf_reader import Pdf
from handouts.build.editions import setup_of
from handouts.build.make import examine
from handouts.build.request import Request
from handouts.build.result import Made, Result
from handouts.build.sets import Item
from handouts.files.disk import UsageError
from handouts.files.workspace import Workspace
from handouts.outputs import OUTPUTS
from handouts.plan.documents import Meta
from handouts.problems import Problem, ProblemsError
from handouts.render.pdf.card import print_as_drawn, print_preferences
from handouts.theme.sheet import DUPLEX

MOST_DOCUMENTS = 100
"""In one packet, which is made while somebody waits."""
_LONGEST_TITLE = 200


class Part(Struct, frozen=True):
    """A document of a packet: what was asked for, and what was made of it."""

    item: Item
    made: Made
    findings: tuple[Problem, ...]


class Job(Struct, frozen=True):
    """What a printer takes in one go: the PDF of documents of one kind (`handout` or `card`), its pages and sheets."""

    document: str
    data: bytes
    parts: tuple[Part, ...]
    pages: int
    sheets: int


class Packet(Struct, frozen=True):
    """The print jobs of a packet, that of the handouts first, and all of its documents in the order asked for."""

    jobs: tuple[Job, ...]
    parts: tuple[Part, ...]
    findings: tuple[Problem, ...]


def packet(
    request: Request, items: Sequence[Item], title: str = "", examined: Callable[[Request], Result] = examine
) -> Packet:
    """The documents of `items` with the choices of `request`, whose own topics, languages and formats do not count.

    Every document begins on the front of a sheet. Without a `title` a job has those of its documents. `examined` makes
    one of them. Raises UsageError for items that make no packet, ProblemsError with what stops any document.
    """
    if not 0 < len(items) <= MOST_DOCUMENTS:
        raise UsageError(f"a packet has 1 to {MOST_DOCUMENTS} documents; this one has {len(items)}")
    parts = [_part(request, item, examined) for item in items]
    findings = tuple(sorted({found for part in parts for found in part.findings}))
    if any(found.severity == "error" for found in findings):
        raise ProblemsError(findings)
    jobs = tuple(_job(request, title, group) for group in _by_paper(parts))
    return Packet(jobs, tuple(parts), findings)


def _part(request: Request, item: Item, examined: Callable[[Request], Result]) -> Part:
    known = {output.format: output for output in OUTPUTS if output.suffix == ".pdf"}
    if item.format not in known:
        raise UsageError(f"a packet is printed, and has no {item.format}; known: {', '.join(known)}")
    asked = replace(request, topics=(item.topic,), languages=(item.language,), formats=(item.format,))
    result = examined(asked)
    if not result.made:
        if any(found.severity == "error" for found in result.findings):
            raise ProblemsError(result.findings)
        raise UsageError(f"the topic '{item.topic}' makes no {known[item.format].document}")
    return Part(item, result.made[0], result.findings)


def _by_paper(parts: Sequence[Part]) -> list[tuple[Part, ...]]:
    """Handouts and cards apart: they lie on different stock, and a printer is loaded with one."""
    cards = tuple(part for part in parts if part.item.format == "card")
    others = tuple(part for part in parts if part.item.format != "card")
    return [group for group in (others, cards) if group]


def _job(request: Request, title: str, parts: tuple[Part, ...]) -> Job:
    is_card = parts[0].item.format == "card"
    preferences, duplex = print_preferences(DUPLEX["long-edge"]), True
    setup = setup_of(request, Workspace(request.content, request.templates)) if is_card else None
    if setup:
        preferences, duplex = print_as_drawn(setup.sheet, setup.printing), not setup.sheet.fold_over
    job = TaggedJob(_meta(title, parts), preferences, duplex=duplex)
    documents = [(part.made.subject.plan.meta.title, Pdf(part.made.data)) for part in parts]
    for bookmark, pdf in documents:
        job.add_document(pdf, bookmark)
    data = job.bytes()
    # Each is compared page by page with the file that it was made from, as every print job is.
    printed = (PrintedDocument(bookmark, pdf, None, request.printing) for bookmark, pdf in documents)
    check_job(Pdf(data), printed, duplex=duplex)
    sheets = job.pages // 2 if duplex else job.pages
    return Job("card" if is_card else "handout", data, parts, job.pages, sheets)


def _meta(title: str, parts: Sequence[Part]) -> Meta:
    """What a job says of itself: what its documents do, the first of them where only one can be right."""
    metas = [part.made.subject.plan.meta for part in parts]
    titles = "; ".join(dict.fromkeys(meta.title for meta in metas))
    if len(titles) > _LONGEST_TITLE:
        titles = f"{titles[: _LONGEST_TITLE - 1]}…"
    approved = all(meta.review_state == "approved" for meta in metas)
    return replace(metas[0], title=title or titles, subject=titles, review_state="approved" if approved else "draft")
