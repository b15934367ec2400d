"""Makes the print jobs of a packet: a request and items in, a PDF for each kind of paper out, or what stops them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from hashlib import sha256

from msgspec import Struct

from handouts.batch.print_jobs.packet import packet
from handouts.build.make import examine
from handouts.build.memory import Memory
from handouts.build.request import Request
from handouts.build.sets import Item
from handouts.files.disk import UsageError
from handouts.files.manifest import Entry
from handouts.problems import Origin, Problem, ProblemsError, error, told_once

TITLE = "Packet of handouts"


class PackedJob(Struct, frozen=True):
    """What a printer takes in one go: documents of one kind (`handout` or `card`), on how many pages."""

    document: str
    data: bytes
    documents: int
    pages: int
    sha256: str

    @property
    def name(self) -> str:
        """How its file is called."""
        return f"packet-{self.document}s.pdf"


class Packed(Struct, frozen=True):
    """The print jobs of a packet, none where `errors` stop it; each document's entry and title in the chosen order."""

    jobs: tuple[PackedJob, ...]
    documents: tuple[tuple[Entry, str], ...]
    errors: tuple[Problem, ...]

    @property
    def size(self) -> int:
        """Bytes that remembering it takes, nearly."""
        return sum(len(job.data) for job in self.jobs) + 8000

    @property
    def is_draft(self) -> bool:
        """Whether any of it is not signed off."""
        return any(entry.review != "approved" for entry, _ in self.documents)


def packed(request: Request, items: Sequence[Item], memory: Memory) -> Packed:
    """The jobs of some documents with the choices of a request; a note stands on each handout."""
    try:
        made = packet(request, items, TITLE, partial(examine, memory=memory))
    except ProblemsError as bad:
        return Packed((), (), tuple(one for one in told_once(bad.problems) if one.severity == "error"))
    except UsageError as bad:
        return Packed((), (), (error(Origin(str(request.content)), "FILE01", str(bad)),))
    jobs = tuple(
        PackedJob(job.document, job.data, len(job.parts), job.pages, sha256(job.data).hexdigest()) for job in made.jobs
    )
    return Packed(jobs, tuple((one.made.entry, one.made.subject.plan.meta.title) for one in made.parts), ())
