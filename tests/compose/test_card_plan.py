"""The card's plan: the number in digits once and in letters, a QR code that dials it, and whose card it is."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from topic_samples import CONTENT, ROOT, TOPICS, Plans, edition_of, shipped_plans

from handouts.compose.card import compose_card
from handouts.files.workspace import Workspace
from handouts.model.clinic import Clinic
from handouts.plan.blocks import Box, FigureBlock, Paragraph, runs_of, walk, words_of
from handouts.plan.documents import Card
from handouts.plan.leaving_out import optional_in
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


def test_the_digits_are_the_number_to_call_and_its_letters_stand_beneath(ixazomib: Plans) -> None:
    front = ixazomib.card.front
    numbers = [plain(b.runs) for b in walk(front) if isinstance(b, Paragraph) and b.role == "number"]
    assert numbers == ["1-866-603-6628"]
    words = words_of(front)
    assert "1-866-603-6628\n1-866-603-MMCT\n" in words
    assert (words.count("6628"), words.count("MMCT")) == (1, 1)


def test_the_front_names_the_medicine_on_a_band_what_to_ask_and_who_answers(ixazomib: Plans) -> None:
    (banner,) = [b for b in walk(ixazomib.card.front) if isinstance(b, Box) and b.role == "banner"]
    assert words_of([banner]) == "Ixazomib (Ninlaro)"
    words = words_of(ixazomib.card.front)
    asked = "Ask about a clinical trial for myeloma\nCall the MMRF or its Patient Navigator Program.\n"
    assert f"{asked}MMRF trial line\n1-866-603-6628" in words


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
    assert lines == ["Name", "Doctor", "Call us"]
    words = words_of(ixazomib.card.back)
    assert words.startswith("Carry this card. Show it to anyone who treats you.\n")
    (urgent,) = [b for b in walk(ixazomib.card.back) if isinstance(b, Box) and b.role == "caution"]
    assert words_of([urgent]) == "Emergency: call your local emergency number."
    assert "Information from about 2013. Ask your care team what is new. Version 31 March 2026." in words


def test_a_clinic_stands_on_the_back_as_it_was_typed() -> None:
    card = _card(CLINIC)
    words = words_of(card.back)
    assert "Call us: Myeloma & Friends <Clinic>\n1-202-555-0100\nMon–Fri 8:30–17:00\n" in words
    assert words.index("Mon–Fri") < words.index("Emergency:")
    # A wallet card has no room for what the handout says too.
    assert "1 Main Street" not in words
    assert card.meta.author == "Myeloma & Friends <Clinic>"
    assert words_of(card.front) == words_of(_card(None).front)


def test_a_clinic_of_a_name_alone_leaves_a_line_for_nothing_it_lacks() -> None:
    back = _card(Clinic(schema_version=1, name="Clinic")).back
    words = words_of(back)
    assert "None" not in words
    assert "Call us:" not in words
    assert "\nClinic\n" in words
    lines = [plain(b.runs) for b in walk(back) if isinstance(b, Paragraph) and b.role == "rule-line"]
    assert lines == ["Name", "Doctor", "Call us"], "its number can be written down"


def test_only_a_clinics_hours_may_give_up_their_room() -> None:
    assert [plain(b.runs) for b in optional_in(_card(CLINIC).back)] == ["Mon–Fri 8:30–17:00"]
    assert optional_in(_card(CLINIC).front) == ()


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
