"""The cards of all topics fit every stock, with clinics of short names and of the longest."""

from __future__ import annotations

from pathlib import Path

import pytest
from card_sheets import SHEETS
from msgspec.structs import replace
from pdf_samples import THEME
from PIL import Image
from tagtree import TaggedPdf
from topic_samples import FOLDERS, ROOT, edition_of

from handouts.compose.card import compose_card
from handouts.files.workspace import Workspace
from handouts.plan.blocks import words_of
from handouts.render.pdf.card import fit_card, render_card

SAFE = 3 * 72 / 25.4
SHORT = "name: Riverside Clinic\nphone: +1-202-555-0187\nhours: Monday to Friday, 8:30 to 17:00\n"
LONG = """\
name: Servicio de Hematología, Oncología y Trasplante de Células Madre del Hospital Universitario de la Santa Inventada
phone: "+34 900 558 432 ext. 12345"
address: [Avenida de la Constitución Española 12345, 28000 Villanueva de la Cañada]
hours: De lunes a viernes, de 8:30 a 17:00; sábados, de 9:00 a 12:00
"""
LOGO = "logo: {file: logo.png, alt: A river}\n"
CLINICS = {"none": "", "short": SHORT, "long": LONG, "long with a logo": LONG + LOGO, "name alone": "name: X\n"}


@pytest.mark.sampled(7)
@pytest.mark.parametrize("clinic", CLINICS)
@pytest.mark.parametrize("topic", FOLDERS)
def test_every_card_fits_every_stock(tmp_path: Path, topic: str, clinic: str) -> None:
    workspace = Workspace(FOLDERS[topic], ROOT / "templates")
    edition = edition_of(FOLDERS[topic], topic)
    if CLINICS[clinic]:
        Image.new("RGB", (300, 80), (20, 90, 140)).save(tmp_path / "logo.png")
        (tmp_path / "clinic.yaml").write_text(f"schema_version: 1\n{CLINICS[clinic]}", "utf-8")
        found = workspace.clinic(tmp_path / "clinic.yaml")
        edition = replace(
            edition, clinic=found.clinic.value, clinic_document=found.clinic.document, logo=found.logo
        )  # fmt: skip
    composed = compose_card(edition, workspace.templates())
    dialled = [contact.digits() for contact in edition.topic.contacts.values() if contact.dial]
    phone = (edition.clinic.phone if edition.clinic else None) or (dialled[0] if dialled else None)
    for sheet in SHEETS.values():
        card, left_out = fit_card(composed, THEME, sheet)
        assert left_out == () or clinic.startswith("long"), "short words all have room"
        pdf, (x, y), (width, height) = TaggedPdf(render_card(card, THEME, sheet)), sheet.slots()[0], sheet.card_size
        read = [piece for piece in pdf.drawn if piece.mcid is not None]
        assert min(piece.size for piece in read) >= 7
        assert phone is None or min(piece.size for piece in read if phone in piece.text) >= 11
        for piece in read:
            across, down = piece.x - x, sheet.paper_size[1] - piece.y - y
            if sheet.fold_over:
                across %= width
            elif piece.page == 1:
                across = piece.x - (sheet.paper_size[0] - x - width)
            assert across >= SAFE - 0.1
            assert across + piece.width <= width - SAFE + 0.1
            # From the height of a capital above the line to the depth of a g below it.
            assert down - 0.75 * piece.size >= SAFE - 0.1
            assert down + 0.25 * piece.size <= height - SAFE + 0.1
        if edition.clinic:
            assert edition.clinic.name in words_of(card.back)
            assert (edition.clinic.phone or "") in words_of(card.back)
