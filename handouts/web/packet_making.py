"""Makes one print job of a packet: requests for its documents in, one PDF with what is to be known of each out."""

from __future__ import annotations

import io
from collections.abc import Sequence
from hashlib import sha256

from msgspec import Struct

from handouts.batch.print_jobs.print_job import PrintJob
from handouts.batch.readback.pdf_reader import Pdf
from handouts.build.memory import Memory
from handouts.build.request import Request
from handouts.problems import Problem
from handouts.render.pdf.card import print_preferences
from handouts.theme.sheet import DUPLEX
from handouts.web.making import Shown, shown

NAME = "packet.pdf"
TITLE = "Packet of handouts"


class Packed(Struct, frozen=True):
    """A print job, empty where something stops it; its documents in order, pages and digest."""

    data: bytes
    pages: int
    sha256: str
    documents: tuple[Shown, ...]

    @property
    def size(self) -> int:
        """Bytes that remembering it takes, nearly."""
        return len(self.data) + 8000

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What stops it, each mistake once."""
        return tuple(dict.fromkeys(one for made in self.documents for one in made.errors))

    @property
    def is_draft(self) -> bool:
        """Whether any of it is not signed off."""
        return any(made.entry is not None and made.entry.review != "approved" for made in self.documents)


def packed(requests: Sequence[Request], memory: Memory) -> Packed:
    """The documents of all requests in one job. Each begins on a sheet of its own where it is printed on both sides."""
    made = tuple(shown(one, memory) for one in requests)
    if not made or any(one.entry is None for one in made):
        return Packed(b"", 0, "", made)
    stream = io.BytesIO()
    job = PrintJob(stream, TITLE, print_preferences(DUPLEX["long-edge"]), duplex=True)
    for one in made:
        job.add_document(Pdf(one.data), one.title)
    job.finish()
    data = stream.getvalue()
    return Packed(data, job.pages, sha256(data).hexdigest(), made)
