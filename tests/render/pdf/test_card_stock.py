"""The cards of all topics fit every stock, with clinics of short names and of the longest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from card_sheets import SHEETS
from pdf_samples import THEME
from PIL import Image
from topic_samples import FOLDERS, ROOT, edition_of

from handouts.compose.card import compose_card
from handouts.plan.blocks import words_of
from handouts.render.pdf.card import render_card
from handouts.workspace import Workspace

SHORT = "name: Riverside Clinic\nphone: +1-202-555-0187\nhours: Monday to Friday, 8:30 to 17:00\n"
LONG = """\
name: Servicio de Hematología, Oncología y Trasplante de Células Madre del Hospital Universitario de la Santa Inventada
phone: "+34 900 558 432 ext. 12345"
address: [Avenida de la Constitución Española 12345, 28000 Villanueva de la Cañada]
hours: De lunes a viernes, de 8:30 a 17:00; sábados, de 9:00 a 12:00
"""
LOGO = "logo: {file: logo.png, alt: A river}\n"
CLINICS = {"none": "", "short": SHORT, "long": LONG, "long with a logo": LONG + LOGO, "name alone": "name: X\n"}


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
    card = compose_card(edition, workspace.templates())
    for sheet in SHEETS.values():
        assert render_card(card, THEME, sheet).startswith(b"%PDF-1.7")
    if edition.clinic:
        assert edition.clinic.name in words_of(card.back)
        assert (edition.clinic.phone or "") in words_of(card.back)
