"""The card's plan: the number in letters and in digits, a QR code that dials it, and whose card it is."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from topic_samples import CONTENT, ROOT, TOPICS, Plans, edition_of, shipped_plans

from handouts.compose.card import compose_card
from handouts.files.workspace import Workspace
from handouts.model.clinic import Clinic
from handouts.plan.blocks import FigureBlock, Paragraph, runs_of, walk, words_of
from handouts.plan.documents import Card
from handouts.plan.text import plain
from handouts.problems import ProblemsError

CLINIC = Clinic(
    schema_version=1,
    name="Myeloma & Friends <Clinic>",
    address=("1 Main Street", "Springfield"),
    phone="1-202-555-0100",
    hours="Mon–Fri 8:30–17:00",
)


def _card(clinic: Clinic | None) -> Card:
    edition = replace(edition_of(CONTENT, "ixazomib"), clinic=clinic)
    return compose_card(edition, Workspace(CONTENT, ROOT / "templates").templates())


def test_the_number_stands_in_letters_and_in_all_digits(ixazomib: Plans) -> None:
    words = words_of(ixazomib.card.front)
    assert "1-866-603-MMCT\n1-866-603-6628\n" in words


def test_a_number_without_letters_stands_once() -> None:
    assert words_of(shipped_plans("longwords").card.front).count("+49 800 555 0134") == 1


@pytest.mark.parametrize(
    ("topic", "dialled"),
    [("ixazomib", "tel:+18666036628"), ("longwords", "tel:+498005550134"), ("espanol", "tel:+34900558432")],
)
def test_the_qr_code_and_every_link_dial_the_number(topic: str, dialled: str) -> None:
    plans = shipped_plans(topic)
    for blocks in (plans.card.front, plans.handout.blocks):
        (qr,) = [b.figure for b in walk(blocks) if isinstance(b, FigureBlock) and b.figure.kind == "qr"]
        assert qr.data[0][0] == dialled
        assert {run.href for run in runs_of(blocks) if run.href} == {dialled}


def test_a_number_that_nobody_checked_is_dated(ixazomib: Plans) -> None:
    assert "Number from about 2013, not checked since." in words_of(ixazomib.card.front)
    assert "Number checked 15 January 2026." in words_of(shipped_plans("longwords").card.front)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2028, 1, 31), "Number checked 15 January 2026."),
        (date(2028, 3, 1), "Number from June 2025, last checked 15 January 2026."),
    ],
)
def test_a_number_that_was_checked_too_long_ago_stands_as_published(today: date, said: str) -> None:
    edition = replace(edition_of(TOPICS, "longwords"), today=today)
    assert said in words_of(compose_card(edition, Workspace(TOPICS, ROOT / "templates").templates()).front)


def test_the_back_has_room_for_names_an_emergency_line_and_a_version(ixazomib: Plans) -> None:
    lines = [plain(b.runs) for b in walk(ixazomib.card.back) if isinstance(b, Paragraph) and b.role == "rule-line"]
    assert lines == ["Name", "Doctor", "Clinic phone"]
    words = words_of(ixazomib.card.back)
    assert "In an emergency" in words
    assert "Information from about 2013. Ask your care team what is new. Version 31 March 2026." in words


def test_a_clinic_stands_on_the_back_as_it_was_typed() -> None:
    card = _card(CLINIC)
    words = words_of(card.back)
    for text in ("Myeloma & Friends <Clinic>", "1-202-555-0100", "Mon–Fri 8:30–17:00"):
        assert text in words
    # A wallet card has no room for what the handout says too.
    assert "1 Main Street" not in words
    assert card.meta.author == "Myeloma & Friends <Clinic>"
    assert words_of(card.front) == words_of(_card(None).front)


def test_a_clinic_of_a_name_alone_leaves_a_line_for_nothing_it_lacks() -> None:
    words = words_of(_card(Clinic(schema_version=1, name="Clinic")).back)
    assert "None" not in words
    assert "Clinic\n" in words
    assert "Clinic phone\n" in words


def test_a_long_name_of_a_clinic_takes_the_room_of_its_hours() -> None:
    long = replace(CLINIC, name="Department of Hematology and Oncology at Saint Somebody")
    words = words_of(_card(long).back)
    assert long.name in words
    assert "1-202-555-0100" in words
    assert "Mon–Fri" not in words


def test_the_code_has_modules_that_telephones_see() -> None:
    (qr,) = [b.figure for b in walk(_card(None).front) if isinstance(b, FigureBlock)]
    assert qr.data[0][1] == "2-Q"
    assert qr.width / (25 + 2 * 4) >= 0.4 * 72 / 25.4


def test_a_template_without_a_back_is_refused() -> None:
    templates = {"card.html.j2": '<section data-side="front"><p>x</p></section><section data-side="top"></section>'}
    with pytest.raises(ProblemsError) as caught:
        compose_card(edition_of(CONTENT, "ixazomib"), templates)
    messages = [p.message for p in caught.value.problems]
    assert any("the card has no back" in message for message in messages)
    assert any("is not a face of the card" in message for message in messages)
