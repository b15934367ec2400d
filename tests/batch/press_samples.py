"""Presses and owners for tests of single documents, without files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from batch_samples import logo
from msgspec.structs import replace
from topic_samples import CONTENT, ROOT, TODAY

from handouts.batch.filling.owner import Owner, encoded_logo
from handouts.batch.filling.personalise import RecipientDocuments
from handouts.build.editions import edition_of, setup_of
from handouts.build.request import Request
from handouts.compose.edition import Edition
from handouts.files.workspace import Workspace
from handouts.model.clinic import Clinic
from handouts.model.contact import Contact
from handouts.model.fit import fit
from handouts.model.image import check_image
from handouts.model.words import ContactWords
from handouts.outputs import OUTPUTS, Paper
from handouts.problems import Origin

HERE = Origin("r.csv", 2, 1)


@cache
def press(document: str, paper: Paper = "letter", *, own_contact: bool = False) -> RecipientDocuments:
    """A press for the shipped topic; with `own_contact` the contact that has a code is each clinic's own."""
    request = Request(TODAY, paper=paper, content=CONTENT, templates=ROOT / "templates")
    workspace = Workspace(request.content, request.templates)
    setup = setup_of(request, workspace)
    loaded = workspace.topic("ixazomib")
    (output,) = [output for output in OUTPUTS if output.document == document]
    templates = workspace.templates()
    edition, _ = edition_of(loaded, loaded.words[0], workspace, templates, setup, TODAY)
    if own_contact:
        edition = _with_own_contact(edition)
    return RecipientDocuments(output, edition, templates, setup)


def _with_own_contact(edition: Edition) -> Edition:
    topic, words = edition.topic, edition.words
    sections = {key: replace(one, contacts=("own",), qr=None) if one.qr else one for key, one in topic.sections.items()}
    return replace(
        edition,
        topic=replace(topic, contacts={**topic.contacts, "own": Contact(from_="clinic")}, sections=sections),
        words=replace(words, contacts={**words.contacts, "own": ContactWords(name="My clinic")}),
    )


def owner(
    name: str, address: tuple[str, ...] = (), phone: str | None = None, hours: str | None = None,
    picture: Path | None = None,
) -> Owner:  # fmt: skip
    mark = {"file": "logo.png", "alt": name} if picture else None
    given = {"name": name, "address": address, "phone": phone, "hours": hours, "logo": mark}
    clinic = fit({"schema_version": 1, **given}, Clinic)
    said = {"name": name.strip(), "phone": phone or "", "hours": hours or ""}
    said |= {f"address.{index}": line for index, line in enumerate(address)}
    if picture is None:
        return Owner(clinic, None, None, HERE, said)
    image = check_image(picture.read_bytes(), HERE, picture.name)
    return Owner(clinic, image, replace(encoded_logo(image), alt=clinic.name), HERE, said)


def picture(folder: Path, width: int, height: int, suffix: str = ".png") -> Path:
    return logo(folder / f"logo{width}x{height}{suffix}", width, height)
