"""What a server is started with: folders, day, hosts that it answers to, and the limits that keep it answering."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from msgspec import Struct


class Limits(Struct, frozen=True, kw_only=True):
    """How much of anything there may be; seconds, bytes or pieces."""

    at_once: int = 2
    """Documents made at the same time: their making is Python, of which more threads are not faster."""
    waiting: int = 256
    """Documents that wait for their turn; the next is told to come back."""
    rate: int = 1200
    """Requests of one client a minute, which it may send all at once; a page with its preview takes about six."""
    clients: int = 4096
    """Clients whose requests are counted."""
    body: int = 5_000_000
    """A logo of 4 MB with the words around it."""
    bodies: int = 16
    """Bodies that are received at the same time."""
    body_seconds: float = 15
    """How long a body may take to arrive, slow lines included."""
    head_seconds: float = 15
    """How long the head of a request may take, from the opening of its connection."""
    fields: int = 80
    field_length: int = 4000
    query_length: int = 4000
    kept: int = 64
    """Documents with words that somebody typed, kept for their preview."""
    kept_bytes: int = 64_000_000
    kept_seconds: float = 900
    remembered_bytes: int = 64_000_000
    """Documents without typed words, kept so that a page, its preview and its pictures need one making."""
    streams: int = 200
    streams_of_client: int = 12
    packet: int = 40
    """Documents in one print job."""


class Settings(Struct, frozen=True, kw_only=True):
    """Everything that does not change while a server runs. Without a `day` documents have the date of each request."""

    content: Path = Path("content")
    templates: Path | None = None
    deck_template: Path | None = None
    region: str | None = None
    day: date | None = None
    hosts: tuple[str, ...] = ()
    """Names that the Host header may have beside those of this machine itself."""
    root_path: str = ""
    """The prefix under which a proxy offers the pages, such as `/handouts`; empty, or with a leading slash only."""
    public_url: str = ""
    """The address under which others reach the pages, without a final slash; links for other systems begin with it."""
    reviewed_only: bool = False
    """Whether records of patients are offered those editions alone that a clinician has signed off."""
    limits: Limits = Limits()

    def today(self) -> date:
        """The date of a document that is made now (UTC, as the command line has it)."""
        return self.day or datetime.now(UTC).date()
