"""Makes what a page shows: choices in, a document with its findings and its reading report out. Runs in a thread."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from handouts.build.make import examine
from handouts.build.memory import Memory
from handouts.build.request import Request
from handouts.build.result import Result
from handouts.checks.clarity import Clarity
from handouts.files.clinic_text import ClinicText
from handouts.files.disk import UsageError
from handouts.files.manifest import Entry
from handouts.outputs import REGISTRY
from handouts.plan.documents import Deck
from handouts.plan.text import plain
from handouts.problems import Origin, Problem, ProblemsError, error, told_once
from handouts.web.choices import Options
from handouts.web.settings import Settings
from handouts.web.typed import CLINIC_FILE, Typed

MEDIA = {
    ".pdf": "application/pdf",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".html": "text/html; charset=utf-8",
}


class Shown(Struct, frozen=True):
    """What came of making a document: its bytes with their entry, or what stopped it; and what is to be known of it."""

    entry: Entry | None
    data: bytes
    media: str
    title: str
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    result: Result | None
    outline: tuple[str, ...] = ()
    """The titles of a deck's slides."""

    @property
    def size(self) -> int:
        """Bytes that remembering it takes, nearly."""
        return len(self.data) + 4000


def request_of(options: Options, settings: Settings, clinic: Path | None, typed: Typed | None = None) -> Request:
    """What a build is asked for by these choices."""
    return Request(
        today=settings.today(),
        formats=(options.format,),
        topics=(options.topic,),
        # Without any the build says which file is missing.
        languages=(options.language,) if options.language else (),
        paper=options.paper,
        theme=options.theme,
        clinic=ClinicText(CLINIC_FILE, typed.clinic_text(), typed.logo) if typed and typed.has_clinic else clinic,
        note=typed.note if typed else "",
        region=settings.region,
        deck_template=settings.deck_template,
        content=settings.content,
        templates=settings.templates,
    )


def shown(request: Request, memory: Memory) -> Shown:
    """Makes the one document of a request. What a file, or somebody who types, gets wrong is in the result."""
    try:
        result = examine(request, memory=memory)
    except ProblemsError as bad:
        return _stopped(bad.problems)
    except UsageError as bad:
        return _stopped((error(Origin(str(request.content)), "FILE01", str(bad)),))
    told = tuple(told_once(result.findings))
    errors = tuple(one for one in told if one.severity == "error")
    warnings = tuple(one for one in told if one.severity != "error")
    if errors or not result.made:
        return Shown(None, b"", "", "", errors, warnings, None)
    (made,) = result.made
    suffix = next(one.suffix for one in REGISTRY if one.format == made.entry.format)
    plan = made.subject.plan
    outline = tuple(plain(slide.title) for slide in plan.slides) if isinstance(plan, Deck) else ()
    return Shown(made.entry, made.data, MEDIA[suffix], plan.meta.title, errors, warnings, result, outline)


def clarity_of(made: Shown) -> Clarity | None:
    """How a handout reads, None for what is none. It takes as long as the document and changes with words alone."""
    return next(iter(made.result.clarity()), None) if made.result else None


def _stopped(problems: tuple[Problem, ...]) -> Shown:
    return Shown(None, b"", "", "", tuple(told_once(problems)), (), None)
