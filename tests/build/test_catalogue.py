"""The catalogue: what is listed of each topic, what words and codes find, and that a broken topic stops no other."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from coded_topics import MEDICINE, SPANISH, coded, signed, usual
from topic_samples import CONTENT, ROOT, TODAY

from handouts.build import catalogue as room
from handouts.build.catalogue import Catalogues, catalogue
from handouts.build.request import Request
from handouts.exchange.listing import Catalogue, folded_words


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return coded(tmp_path_factory.mktemp("catalogue"))


@pytest.fixture(scope="module")
def found(content: Path) -> Catalogue:
    return catalogue(usual(content))


def ids(found: Catalogue, text: str) -> list[str]:
    return [topic.id for topic in found.search(text)]


def test_a_topic_is_listed_with_all_that_it_is_known_by(found: Catalogue) -> None:
    topic = found.get(MEDICINE)
    assert topic is not None
    assert (topic.kind, topic.brand, topic.code_name) == ("medicine", "Beispielozentra", "XQZ-10482")
    assert topic.maker.startswith("Muster")
    assert (topic.as_of, topic.languages, topic.problems) == ("2025-06", ("en", "es"), ())
    assert [code.system for code in topic.codes] == ["rxnorm", "ndc", "icd10cm", "snomed", "loinc"]
    english = topic.edition("en")
    assert english is not None
    assert [(one.format, one.file) for one in english.documents if one.format in {"pdf", "pptx", "card"}] == [
        ("pdf", "longwords-en-handout.pdf"), ("pptx", "longwords-en-deck.pptx"), ("card", "longwords-en-card.pdf"),
    ]  # fmt: skip
    assert english.review == "draft"


def test_titles_have_their_numbers_and_names_filled_in(found: Catalogue) -> None:
    spanish = found.get(SPANISH)
    assert spanish is not None
    assert "Ejemplazomib (EJZ-77) en el mieloma múltiple" in spanish.titles


@pytest.mark.parametrize(
    "text",
    ["BEISPIELOZENTRA", "beispielozom", "xqz 10482", "longwords", "9900001", "RXCUI: 9900001", "99999-0123-45",
     "9999912345", "c9000", "C90.01", "999000003", "99999-5", "zomibtri"],
)  # fmt: skip
def test_a_topic_is_found_by_title_drug_brand_and_code(found: Catalogue, text: str) -> None:
    assert ids(found, text) == [MEDICINE]


@pytest.mark.parametrize("text", ["MÚLTIPLE", "multiple", "nunoa imaginarios", "ejz77", "Ejemplazomib (EJZ-77)"])
def test_case_accents_and_signs_do_not_count(found: Catalogue, text: str) -> None:
    assert SPANISH in ids(found, text)


@pytest.mark.parametrize("text", ["aspirin", "beispielozentra aspirin", "C90.1", "???", "1234"])
def test_what_is_not_there_is_not_found(found: Catalogue, text: str) -> None:
    assert ids(found, text) == []


def test_no_words_are_all_topics(found: Catalogue) -> None:
    assert ids(found, " ") == [SPANISH, MEDICINE]


def test_who_has_the_name_comes_before_who_only_mentions_it() -> None:
    shipped = catalogue(Request(TODAY, content=CONTENT, templates=ROOT / "templates"))
    assert ids(shipped, "colonoscopy preparation")[0] == "colonoscopy-preparation"
    assert ids(shipped, "63020-390-02") == ["ixazomib"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Straße", ("strasse",)),
        ("Ñuñoa, S.A.", ("nunoa", "s", "a")),
        ("ﬁne", ("fine",)),
        ("药物", ("药物",)),
        ("…", ()),
    ],
)
def test_words_are_compared_in_one_form(text: str, words: tuple[str, ...]) -> None:
    assert folded_words(text) == words


def test_a_sign_off_shows_and_a_change_voids_it(tmp_path: Path) -> None:
    content = coded(tmp_path)
    signed(content, MEDICINE, "en")
    catalogues = Catalogues(usual(content))
    topic = catalogues.now().get(MEDICINE)
    assert topic is not None
    assert {one.language: one.review for one in topic.editions} == {"en": "approved", "es": "draft"}
    assert topic.editions[0].reviewer == "A. Name"
    path = content / MEDICINE / "topic.yaml"
    path.write_text(path.read_text("utf-8").replace('code: "9900001"', 'code: "9900002"'), "utf-8")
    topic = catalogues.now().get(MEDICINE)
    assert topic is not None
    assert {one.review for one in topic.editions} == {"draft"}


@pytest.mark.parametrize("file", ["es.yaml", "topic.yaml"])
def test_a_broken_topic_is_listed_with_what_is_wrong_and_stops_no_other(tmp_path: Path, file: str) -> None:
    content = coded(tmp_path)
    path = content / MEDICINE / file
    path.write_text(path.read_text("utf-8") + "\nno such key: 1\n", "utf-8")
    found = catalogue(usual(content))
    assert [topic.id for topic in found.topics] == [SPANISH, MEDICINE]
    broken, sound = found.get(MEDICINE), found.get(SPANISH)
    assert broken is not None
    assert sound is not None
    assert sound.problems == ()
    assert [(one.code, Path(one.origin.file).name) for one in broken.problems] == [("SCHEMA01", file)]
    assert broken.languages == (("en",) if file == "es.yaml" else ())


def test_numbers_that_contradict_each_other_stop_every_language(tmp_path: Path) -> None:
    content = coded(tmp_path)
    early = Catalogues(usual(content)).now(date(2024, 1, 1)).get(MEDICINE)
    assert early is not None
    assert {one.code for one in early.problems} == {"STALE02"}
    assert (early.languages, bool(early.names)) == ((), True)


def test_files_are_read_again_only_where_they_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = coded(tmp_path)
    read: list[str] = []
    real = room.listed
    monkeypatch.setattr(room, "listed", lambda *given: (read.append(given[2]), real(*given))[1])
    catalogues = Catalogues(usual(content))
    catalogues.now()
    catalogues.now()
    assert read == [SPANISH, MEDICINE]
    os.utime(content / SPANISH / "es.yaml", ns=(1, 1))
    catalogues.now()
    assert read[2:] == [SPANISH]
    (content / SPANISH).rename(content / "otro")
    assert [topic.id for topic in catalogues.now().topics] == [MEDICINE, "otro"]
