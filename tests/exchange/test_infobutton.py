"""Answers to info buttons: which documents a record is offered, what is said of them, and the form of the feed."""

from __future__ import annotations

import json
from datetime import date
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

import feedparser
import pytest
from coded_topics import MEDICINE, SPANISH, coded, signed, usual
from lxml import etree
from topic_samples import TODAY

from handouts.build.catalogue import catalogue
from handouts.exchange.infobutton import ATOM, DRAFT, Feed, Service, answer, as_json, atom
from handouts.exchange.listing import Catalogue
from handouts.exchange.question import question_of

BASE = "https://handouts.example.org/ward"
OIDS = {"rxnorm": "88", "ndc": "69", "icd10cm": "90", "snomed": "96", "loinc": "1"}
XSD = etree.XMLSchema(file=str(Path(__file__).parent / "infobutton.xsd"))


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = coded(tmp_path_factory.mktemp("infobutton"))
    signed(content, MEDICINE, "en")
    return content


@pytest.fixture(scope="module")
def found(content: Path) -> Catalogue:
    return catalogue(usual(content))


def ask(found: Catalogue, query: str, *, reviewed_only: bool = False) -> Feed:
    question = question_of(parse_qsl(query, keep_blank_values=True))
    return answer(question, found, Service(BASE, TODAY, reviewed_only))


def code(system: str, code: str, more: str = "") -> str:
    return f"mainSearchCriteria.v.cs=2.16.840.1.113883.6.{OIDS[system]}&mainSearchCriteria.v.c={code}{more}"


def links(feed: Feed) -> list[str]:
    return [link.href.removeprefix(f"{BASE}/topic/") for entry in feed.entries for link in entry.links]


@pytest.mark.parametrize(
    ("system", "asked"),
    [("rxnorm", "9900001"), ("ndc", "99999-123-45"), ("ndc", "99999-0123-45"), ("ndc", "99999012345"),
     ("ndc", "9999912345"), ("icd10cm", "C90.0"), ("icd10cm", "c900"), ("icd10cm", "C90.00"), ("snomed", "999000003"),
     ("loinc", "99999-5")],
)  # fmt: skip
def test_a_code_of_each_system_finds_the_handout(found: Catalogue, system: str, asked: str) -> None:
    feed = ask(found, code(system, asked))
    assert f"{MEDICINE}/document?lang=en&format=pdf" in links(feed)
    (entry,) = feed.entries
    assert (entry.language, entry.links[0].type, entry.links[0].hreflang) == ("en", "application/pdf", "en")
    assert "Reviewed by Hematologist (made up), 2026-03-31." in entry.summary
    assert DRAFT not in entry.title


@pytest.mark.parametrize(
    "query",
    [
        code("rxnorm", "9900002"), code("icd10cm", "C90.1"), code("ndc", "99999-123-46"), code("loinc", "9900001"),
        "mainSearchCriteria.v.c=9900001",
        "mainSearchCriteria.v.c=9900001&mainSearchCriteria.v.cs=2.16.840.1.113883.6.177",
        "mainSearchCriteria.v.dn=aspirin", "mainSearchCriteria.v.dn=", "mainSearchCriteria.v.dn=...",
    ],
)  # fmt: skip
def test_what_matches_nothing_is_an_empty_feed(found: Catalogue, query: str) -> None:
    feed = ask(found, query)
    assert feed.entries == ()
    assert feed.subtitle
    assert XSD.validate(bare(atom(feed))), XSD.error_log


def test_nothing_asked_is_an_empty_feed_that_says_what_to_ask(found: Catalogue) -> None:
    feed = ask(found, "knowledgeResponseType=text/xml&taskContext.c.c=MLREV")
    assert feed.entries == ()
    assert "mainSearchCriteria.v.c" in feed.subtitle


@pytest.mark.parametrize(
    "query",
    [
        code("rxnorm", "1", "&mainSearchCriteria.v.dn=Beispielozentra+4+MG+Oral+Capsule"),
        code("snomed", "44054006", "&mainSearchCriteria.v.dn=x&mainSearchCriteria.v.ot=BEISPIELOZOMIBTRIMETHOXALAT"),
        "mainSearchCriteria.v.dn=xqz-10482", "mainSearchCriteria.v.ot=beispielozentra",
        "mainSearchCriteria.v.c=D1&mainSearchCriteria.v.cs=2.16.840.1.113883.6.177&mainSearchCriteria.v.dn=Made-up+therapy+(procedure)",
    ],
)  # fmt: skip
def test_where_the_code_is_not_known_a_name_helps(found: Catalogue, query: str) -> None:
    assert f"{MEDICINE}/document?lang=en&format=pdf" in links(ask(found, query))


def test_a_known_code_counts_more_than_the_name_beside_it(found: Catalogue) -> None:
    feed = ask(found, code("rxnorm", "9900001", "&mainSearchCriteria.v.dn=Ejemplara"))
    assert {entry.links[0].href.split("/")[5] for entry in feed.entries} == {MEDICINE}


def test_several_criteria_give_all_their_topics_in_order(found: Catalogue) -> None:
    query = code("rxnorm", "9900001") + "&mainSearchCriteria.v.dn1=Ejemplara&mainSearchCriteria.v.dn2=Beispielozentra"
    assert [link.split("/")[0] for link in links(ask(found, query)) if "format=pdf" in link] == [MEDICINE, SPANISH]


@pytest.mark.parametrize("language", ["en", "EN", "en-US", "eng", "en_GB"])
def test_a_language_and_its_like_are_given_without_a_word(found: Catalogue, language: str) -> None:
    feed = ask(found, code("rxnorm", "9900001", f"&informationRecipient.languageCode.c={language}"))
    assert [entry.language for entry in feed.entries] == ["en"]
    assert feed.subtitle == ""


@pytest.mark.parametrize("language", ["Klingonese", "1.2.3", "x%27y", "%3Cb%3E"])
def test_a_language_that_nobody_can_tell_is_said_to_be_unknown(found: Catalogue, language: str) -> None:
    feed = ask(found, code("rxnorm", "9900001", f"&informationRecipient.languageCode.c={language}"))
    (entry,) = feed.entries
    assert entry.language == "en"
    assert f"given in English (en): '{unquote(language)}' is no language known here" in feed.subtitle
    said = f"Given in English (en): '{unquote(language)}' is no language known here"
    assert escape(said) in entry.summary


def test_a_name_tells_the_language_where_its_code_does_not(found: Catalogue) -> None:
    named = "&informationRecipient.languageCode.c=8&informationRecipient.languageCode.dn=Spanish"
    feed = ask(found, code("rxnorm", "9900001", named))
    assert ([entry.language for entry in feed.entries], feed.subtitle) == (["es"], "")


def test_a_handout_is_offered_as_a_web_page_too(found: Catalogue) -> None:
    (entry,) = ask(found, code("rxnorm", "9900001")).entries
    assert [(link.type, link.title) for link in entry.links] == [
        ("application/pdf", "Patient handout (PDF)"), ("text/html", "Patient handout as a web page"),
    ]  # fmt: skip
    assert entry.links[1].href == f"{BASE}/topic/{MEDICINE}/document?lang=en&format=html"


@pytest.mark.parametrize("language", ["es", "es-MX", "spa"])
def test_spanish_is_given_where_it_is(found: Catalogue, language: str) -> None:
    feed = ask(found, code("rxnorm", "9900001", f"&informationRecipient.languageCode.c={language}"))
    assert [(entry.language, entry.links[0].hreflang) for entry in feed.entries] == [("es", "es")]


def test_another_language_is_said(found: Catalogue) -> None:
    feed = ask(found, code("rxnorm", "9900001", "&informationRecipient.languageCode.c=pt"))
    said = "ot available in Portuguese (pt); given in English (en)."
    assert said in feed.subtitle
    (entry,) = feed.entries
    assert (entry.language, said in entry.summary) == ("en", True)


def test_a_topic_without_english_is_given_as_it_is_and_said(found: Catalogue) -> None:
    feed = ask(found, "mainSearchCriteria.v.dn=Ejemplara")
    assert [entry.language for entry in feed.entries] == ["es"]
    assert "given in Spanish (es)" in feed.subtitle


def test_a_draft_says_so_and_can_be_left_out(found: Catalogue) -> None:
    query = code("rxnorm", "9900001", "&informationRecipient.languageCode.c=es")
    (entry,) = ask(found, query).entries
    assert entry.title.startswith(f"{DRAFT}: ")
    assert DRAFT in entry.summary
    (entry,) = ask(found, query, reviewed_only=True).entries
    assert (entry.language, "given in English" in entry.summary) == ("en", True)
    feed = ask(found, "mainSearchCriteria.v.dn=Ejemplara", reviewed_only=True)
    assert (feed.entries, "not signed off" in feed.subtitle) == ((), True)


def test_clinicians_get_the_deck_first_and_patients_none(found: Catalogue) -> None:
    patient = ask(found, code("rxnorm", "9900001", "&informationRecipient=PAT"))
    assert not any("pptx" in link for link in links(patient))
    clinician = ask(found, code("rxnorm", "9900001", "&informationRecipient=PROV"))
    assert [entry.links[0].href.split("format=")[1] for entry in clinician.entries] == ["pptx", "pdf"]
    assert "presentationml" in clinician.entries[0].links[0].type


def bare(data: bytes) -> Any:
    """The feed's tree without Atom's namespace."""
    root = etree.fromstring(data)
    for element in root.iter():
        assert element.tag.startswith(f"{{{ATOM}}}")
        element.tag = element.tag.rpartition("}")[2]
    return root


LONG = (
    code("rxnorm", "9900001", "&informationRecipient=PROV&informationRecipient.languageCode.c=pt&performer=PROV")
    + "&performer.languageCode.c=en&taskContext.c.c=MLREV&subTopic.v.c=Q000628&subTopic.v.cs=2.16.840.1.113883.6.177"
    + "&mainSearchCriteria.v.dn=%3Cb%3E%22a%26b%22%00&mainSearchCriteria.v.ot=caf%C3%A9&patientPerson.name.family=Doe"
)


def test_the_feed_fits_the_guides_schema(found: Catalogue) -> None:
    data = atom(ask(found, LONG))
    assert XSD.validate(bare(data)), XSD.error_log
    assert b"Doe" not in data


def test_a_feed_reader_reads_it(found: Catalogue) -> None:
    read = feedparser.parse(atom(ask(found, LONG)))
    assert read.bozo == 0
    assert read.version == "atom10"
    assert (read.feed.title, read.feed.author) == ("Handouts", "Handouts")
    assert read.feed.updated_parsed[:3] == (2026, 3, 31)
    assert ("mainSearchCriteria.v.ot", "café") in {(tag.scheme, tag.term) for tag in read.feed.tags}
    assert [entry.links[0].rel for entry in read.entries] == ["alternate", "alternate"]
    assert all(link.href.startswith(f"{BASE}/topic/") for entry in read.entries for link in entry.links)


def test_ids_stay_and_differ(found: Catalogue) -> None:
    one, again = ask(found, LONG), ask(found, LONG)
    assert (one, atom(one), as_json(one)) == (again, atom(again), as_json(again))
    ids = [one.id, *(entry.id for entry in one.entries)]
    assert len(set(ids)) == 3
    assert all(each.startswith("urn:uuid:") for each in ids)
    assert ask(found, code("rxnorm", "1")).id != one.id


def test_what_is_updated_never_lies_ahead(content: Path) -> None:
    listed = catalogue(usual(content))
    question = question_of(parse_qsl("mainSearchCriteria.v.dn=Ejemplara"))
    (entry,) = answer(question, listed, Service(BASE, TODAY)).entries
    assert entry.updated == "2019-01-01"
    (entry,) = answer(question, listed, Service(BASE, date(2018, 5, 1))).entries
    assert entry.updated == "2018-05-01"


def test_json_has_the_shape_that_clients_of_medlineplus_read(found: Catalogue) -> None:
    feed = json.loads(as_json(ask(found, LONG)))["feed"]
    assert {"base", "lang", "title", "subtitle", "author", "updated", "category", "id", "entry"} <= feed.keys()
    assert (feed["title"]["_value"], feed["author"]["name"]["_value"], feed["updated"]["_value"]) == (
        "Handouts", "Handouts", "2026-03-31T00:00:00Z",
    )  # fmt: skip
    entry = feed["entry"][1]
    assert (entry["title"]["type"], entry["summary"]["type"], entry["lang"]) == ("text", "html", "en")
    assert entry["link"][0]["href"] == f"{BASE}/topic/{MEDICINE}/document?lang=en&format=pdf"
    assert entry["link"][0]["rel"] == "alternate"
    assert entry["summary"]["_value"].startswith("<p>Not available in Portuguese")
    assert json.loads(as_json(ask(found, code("rxnorm", "1"))))["feed"]["entry"] == []
