"""FHIR documents of handouts: a `Request` in; a Bundle for each topic, language and release out, all or none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from handouts.build.make import make
from handouts.build.request import Request, all_documents_of, chosen
from handouts.build.result import Made
from handouts.exchange.fhir.bundle import RELEASES, bundle_bytes, bundle_name, is_whole
from handouts.exchange.fhir.publication import Attestation, Concept, Publication, Publisher, Release
from handouts.files.disk import DOCUMENT, UsageError, bytes_if_there, reason, write_all
from handouts.files.lock import Tell, alone_in, tell_nobody
from handouts.files.workspace import Workspace
from handouts.model.clinic import Clinic
from handouts.model.code_forms import SYSTEMS
from handouts.plan.documents import Handout
from handouts.problems import Problem

FORMAT = "pdf"
"""The output whose plan a bundle tells and whose bytes it holds."""


class Exported(Struct, frozen=True):
    """One bundle: its file name, its bytes, the release of FHIR, and whether the handout is a draft."""

    name: str
    data: bytes
    release: Release
    draft: bool


class FhirExport(Struct, frozen=True):
    """All bundles of a request, and what was found in what they are made of."""

    bundles: tuple[Exported, ...]
    findings: tuple[Problem, ...]


def export_fhir(request: Request, folder: Path, *, force: bool = False, tell: Tell = tell_nobody) -> FhirExport:
    """Makes the bundles of a request's handouts and writes them to a folder, drafts too, which say that they are.

    Other files there stay as they are; one in the way that no export wrote is replaced only by `force`. Raises
    ProblemsError for mistakes of the content, and UsageError where no topic makes a handout, a file is in the way or
    the folder cannot be written; none is written then.
    """
    made = fhir_documents(request)
    with alone_in(folder, tell):
        for one in made.bundles if not force else ():
            _check_room(folder / one.name, one)
        write_all(folder, ((one.name, one.data) for one in made.bundles))
    return made


def _check_room(path: Path, made: Exported) -> None:
    """Raises UsageError where something else than a bundle as it was exported has its name.

    A bundle tells that by itself: a manifest beside it would be one JSON too many for who loads all of a folder.
    """
    try:
        there = bytes_if_there(path, DOCUMENT)
    except OSError as bad:
        raise UsageError(f"cannot write {path}: {reason(bad)}") from None
    if there is not None and there != made.data and not is_whole(there, made.release):
        what = "it was not exported from here, or changed since"
        raise UsageError(f"cannot write {path}: {what}; move it away, or add --force")


def fhir_documents(request: Request) -> FhirExport:
    """The bundles of a request's handouts in memory. Raises as `export_fhir`."""
    wanted = replace(request, formats=(FORMAT,))
    all_documents_of(wanted, chosen(wanted))
    result = make(wanted)
    workspace = Workspace(request.content, request.templates)
    clinic = workspace.clinic(request.clinic).clinic.value if request.clinic else None
    bundles = tuple(one for made in result.made for one in bundles_of(made, clinic, workspace))
    return FhirExport(bundles, result.findings)


def bundles_of(made: Made, clinic: Clinic | None, workspace: Workspace) -> Iterator[Exported]:
    """The bundles of one handout, one for each release. Raises ProblemsError where its sign-off cannot be read."""
    publication = publication_of(made, clinic, _attestation(made, workspace))
    for release in RELEASES:
        data = bundle_bytes(publication, release)
        yield Exported(bundle_name(made.entry.path, release), data, release, made.entry.review != "approved")


def publication_of(made: Made, clinic: Clinic | None = None, attestation: Attestation | None = None) -> Publication:
    """A handout in memory as `exchange.fhir` takes it; `made` is one of the format `pdf`."""
    handout = cast(Handout, made.subject.plan)
    codes = made.subject.topic.value.codes
    return Publication(
        topic=made.entry.topic,
        handout=handout,
        pdf=made.data,
        file=made.entry.path,
        pages=made.entry.count,
        publisher=_publisher(clinic) if clinic else Publisher(handout.meta.author),
        attestation=attestation,
        concepts=tuple(Concept(SYSTEMS[one.system].uri, one.code, one.display) for one in codes),
    )


def _publisher(clinic: Clinic) -> Publisher:
    return Publisher(
        name=clinic.name,
        is_clinic=True,
        address=clinic.address,
        country=clinic.home() or "",
        phone=clinic.phone or "",
        hours=clinic.hours or "",
    )


def _attestation(made: Made, workspace: Workspace) -> Attestation | None:
    """Who signed off the words of an approved handout; nobody where it is a draft, whoever signed other words."""
    review = workspace.review(made.entry.topic) if made.entry.review == "approved" else None
    signed = review.value.languages.get(made.entry.language) if review else None
    return Attestation(signed.reviewer, signed.role, str(signed.on)) if signed else None
