"""Contacts in words, in templates and as codes: what each prints, in both languages, with and without a clinic."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from topic_samples import CONTENT, edition_of, locale

from handouts.compose.context import Context, contacts_in_words
from handouts.compose.edition import Edition
from handouts.compose.handout import compose_handout
from handouts.compose.names import template_names
from handouts.compose.plain import PlainGroup, PlainRecord
from handouts.compose.sections import sections_of
from handouts.model.clinic import Clinic
from handouts.model.contact import Contact
from handouts.model.fit import fit
from handouts.model.words import ContactWords
from handouts.plan.blocks import FigureBlock, walk, words_of
from handouts.problems import ProblemsError

CONTACTS: Mapping[str, Mapping[str, Any]] = {
    "trial_line": {"shown": "1-866-603-MMCT", "dial": "+18666036628", "source": "mmrf"},
    "unit": {"shown": "1-202-555-HELP", "dial": "+12025554357", "extension": "12", "source": "mmrf",
             "verified_on": "2026-01", "verified_by": "A. Nurse"},
    "text": {"system": "sms", "code": "988", "region": "US", "body": "AYUDA", "source": "mmrf"},
    "chat": {"system": "url", "address": "https://example.org/chat", "source": "mmrf"},
    "old_page": {"system": "url", "address": "https://example.org", "source": "mmrf", "verified_on": "2020",
                 "verified_by": "A. Nurse"},
    "new_page": {"system": "url", "address": "https://example.org", "source": "mmrf", "verified_on": "2026-02",
                 "verified_by": "A. Nurse"},
    "emergency": {"code": "911", "region": "US", "emergency": True, "source": "mmrf"},
    "clinic": {"from": "clinic"},
}  # fmt: skip
CLINIC = Clinic(schema_version=1, name="Riverside", phone="1-202-555-0187")


def edition(clinic: Clinic | None = None, *, blanks: bool = False, **more: str) -> Edition:
    """The shipped topic with all kinds of contacts; `more` are hours by contact."""
    shipped = edition_of(CONTENT, "ixazomib")
    topic = replace(shipped.topic, contacts={key: fit(dict(one), Contact) for key, one in CONTACTS.items()})
    said = {key: ContactWords(name=f"Name of {key}", hours=more.get(key)) for key in CONTACTS}
    words = replace(shipped.words, contacts=said)
    return replace(shipped, topic=topic, words=words, clinic=clinic, blanks=blanks)


def contacts(of: Edition) -> dict[str, PlainRecord]:
    group = template_names(Context(of, "handout"))["contacts"]
    assert type(group) is PlainGroup
    return dict(group.items())


def printed(template: str, of: Edition) -> str:
    return words_of(compose_handout(of, {"handout.html.j2": template}).blocks)


def wrong(of: Edition, key: str, to: str) -> str:
    words = replace(of.words, contacts={**of.words.contacts, key: ContactWords(name="x", hours=to)})
    with pytest.raises(ProblemsError) as caught:
        Context(replace(of, words=words), "handout")
    (problem,) = caught.value.problems
    return f"{problem.message}; {problem.instead}"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("contacts.unit", "1-202-555-HELP ext.\N{NO-BREAK SPACE}12"),
        ("contacts.unit.spelled", "1-202-555-HELP (4357) ext.\N{NO-BREAK SPACE}12"),
        ("contacts.unit.digits", "1-202-555-4357 ext.\N{NO-BREAK SPACE}12"),
        ("contacts.unit.name", "Name of unit"),
        ("contacts.text", "988"),
        ("contacts.chat", "example.org/chat"),
        ("contacts.chat.digits", "example.org/chat"),
    ],
)
def test_words_print_a_contact_and_its_parts(written: str, said: str) -> None:
    of = edition(unit=f"{{{{ {written} }}}}")
    assert str(Context(of, "handout").words["contacts"]["unit"]["hours"]) == said


@pytest.mark.parametrize("written", ["contacts.clinic", "contacts.clinic.digits", "contacts.clinic.name"])
def test_words_cannot_name_what_changes_from_clinic_to_clinic(written: str) -> None:
    message = wrong(edition(), "unit", f"{{{{ {written} }}}}")
    assert message.startswith(f"'{written}' is each clinic's own number, so that it changes from clinic to clinic; ")


@pytest.mark.parametrize(("written", "step"), [("contacts.unti", "unti"), ("contacts.unit.hours", "hours")])
def test_a_contact_that_is_not_there_is_told_with_those_that_are(written: str, step: str) -> None:
    assert f"has no '{step}'; " in wrong(edition(), "unit", f"{{{{ {written} }}}}")


def test_an_extension_is_said_in_every_language() -> None:
    topic, words = edition().topic, edition().words
    for language in ("en", "es"):
        unit = contacts_in_words(topic, words, locale(language)).get("unit")
        assert unit.itself == "1-202-555-HELP ext.\N{NO-BREAK SPACE}12"


def test_templates_learn_of_each_contact() -> None:
    found = contacts(edition(unit="Monday"))
    unit = found["unit"]
    assert {name: unit.get(name) for name in unit.names() if name not in ("name", "hours")} == {
        "id": "unit",
        "text": "1-202-555-HELP ext.\N{NO-BREAK SPACE}12",
        "spelled": "1-202-555-HELP (4357) ext.\N{NO-BREAK SPACE}12",
        "digits": "1-202-555-4357 ext.\N{NO-BREAK SPACE}12",
        "dialed": "1-202-555-4357 ext.\N{NO-BREAK SPACE}12",
        "lettered": True,
        "long": True,
        "href": "tel:+12025554357;ext=12",
        "system": "phone",
        "emergency": False,
        "checked": "Number checked January 2026.",
        "from_clinic": False,
    }
    assert (str(unit.get("name")), str(unit.get("hours"))) == ("Name of unit", "Monday")
    assert [one.get("href") for one in found.values()] == [
        "tel:+18666036628", "tel:+12025554357;ext=12", "sms:988?body=AYUDA", "https://example.org/chat",
        "https://example.org", "https://example.org", "tel:911", "",
    ]  # fmt: skip
    assert found["emergency"].get("emergency") is True
    trial_line, emergency = found["trial_line"], found["emergency"]
    assert (str(trial_line.get("dialed")), str(emergency.get("dialed"))) == ("1-866-603-6628", "911")
    assert [(one.get("lettered"), one.get("long")) for one in (trial_line, emergency)] == [(True, False), (False,) * 2]


def test_each_contact_says_when_it_was_checked() -> None:
    assert {key: one.get("checked") for key, one in contacts(edition()).items()} == {
        "trial_line": "Number from about 2013, not checked since.",
        "unit": "Number checked January 2026.",
        "text": "Number from about 2013, not checked since.",
        "chat": "Address from about 2013, not checked since.",
        "old_page": "Address from about 2013, last checked 2020.",
        "new_page": "Address checked February 2026.",
        "emergency": "Number from about 2013, not checked since.",
        "clinic": "",
    }
    later = contacts(replace(edition(), today=date(2029, 1, 1)))
    assert later["unit"].get("checked") == "Number from about 2013, last checked January 2026."


def test_the_clinics_own_is_the_telephone_of_its_file() -> None:
    own = contacts(edition(CLINIC))["clinic"]
    assert {str(own.get(name)) for name in ("text", "spelled", "digits", "dialed")} == {"1-202-555-0187"}
    assert (own.get("from_clinic"), own.get("href"), own.get("lettered"), own.get("long")) == (True, "", False, False)
    for clinic in (None, replace(CLINIC, phone=None)):
        assert contacts(edition(clinic))["clinic"].get("text") == ""


EACH = "{% for contact in contacts.values() %}<p>{{ contact.name }}: {{ contact.text }}</p>{% endfor %}"


def test_templates_print_a_contact() -> None:
    lines = printed(EACH, edition(CLINIC)).splitlines()
    assert lines[0] == "Name of trial_line: 1-866-603-MMCT"
    assert lines[-1] == "Name of clinic: 1-202-555-0187"


def test_the_place_of_a_clinics_own_number_can_be_left_open() -> None:
    handout = compose_handout(edition(CLINIC, blanks=True), {"handout.html.j2": EACH})
    (open_,) = [run for text in handout.texts() for run in text if run.origin and "phone" in run.origin.file]
    assert "1-202-555-0187" not in words_of(handout.blocks)
    assert open_.text in words_of(handout.blocks)


def codes(of: Edition, key: str) -> list[tuple[str, str]]:
    template = f'<p>x</p><figure data-figure="qr" data-contact="{key}"></figure>'
    blocks = compose_handout(of, {"handout.html.j2": template}).blocks
    return [(b.figure.data[0][0], b.figure.alt) for b in walk(blocks) if isinstance(b, FigureBlock)]


@pytest.mark.parametrize(
    ("key", "href", "english", "spanish"),
    [
        ("unit", "tel:+12025554357;ext=12", "QR code that calls 1-202-555-4357 ext.\N{NO-BREAK SPACE}12.",
         "Código QR que llama al 1-202-555-4357 ext.\N{NO-BREAK SPACE}12."),
        ("text", "sms:988?body=AYUDA", "QR code that sends a message to 988.",
         "Código QR que envía un mensaje al 988."),
        ("chat", "https://example.org/chat", "QR code that opens example.org/chat.",
         "Código QR que abre example.org/chat."),
    ],
)  # fmt: skip
def test_a_code_leads_where_a_link_does_and_says_what_it_does(key: str, href: str, english: str, spanish: str) -> None:
    assert codes(edition(), key) == [(href, english)]
    spoken = replace(edition(), locale=locale("es"))
    assert codes(spoken, key) == [(href, spanish)]


def test_there_is_no_code_for_a_number_that_only_a_clinic_knows() -> None:
    assert codes(edition(CLINIC), "clinic") == []


@pytest.mark.parametrize("key", ["", "trial", "Unit"])
def test_a_code_of_no_contact_is_a_mistake_of_the_template(key: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        codes(edition(), key)
    assert f"no contact is called '{key}'" in str(caught.value.problems[0])
    assert "trial_line" in caught.value.problems[0].instead


def test_the_sources_of_contacts_are_cited() -> None:
    shipped = edition_of(CONTENT, "ixazomib")
    line = fit({**CONTACTS["trial_line"], "source": "blood_2014_1038"}, Contact)
    of = replace(shipped, topic=replace(shipped.topic, contacts={**shipped.topic.contacts, "trial_line": line}))
    cited, before = (set(sections_of(Context(one, "handout")).cited) for one in (of, shipped))
    assert cited - before == {"blood_2014_1038"}
