"""What a record asks for: every spelling of the parameters, and which are not read at all."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thoroughness import examples

from handouts.exchange.infobutton import Service, answer, atom
from handouts.exchange.listing import Catalogue
from handouts.exchange.question import MOST_PARAMETERS, Criterion, Question, RequestError, question_of, system_of
from handouts.exchange.tongues import in_english, tag_of
from handouts.model.code_forms import SYSTEMS

RXNORM, ICD, SNOMED = "2.16.840.1.113883.6.88", "2.16.840.1.113883.6.90", "2.16.840.1.113883.6.96"


def question(query: str, accept: str = "") -> Question:
    return question_of(parse_qsl(query, keep_blank_values=True), accept)


@pytest.mark.parametrize(
    "query",
    [
        f"mainSearchCriteria.v.c=1191&mainSearchCriteria.v.cs={RXNORM}&mainSearchCriteria.v.dn=aspirin",
        f"MAINSEARCHCRITERIA.V.C=1191&mainsearchcriteria.v.cs={RXNORM}&MainSearchCriteria.V.DN=aspirin",
        f"mainSearchCriteria.v.dn=aspirin&mainSearchCriteria.v.cs=urn:oid:{RXNORM}&mainSearchCriteria.v.c=+1191+",
        f"mainSearchCriteria.c.c=1191&mainSearchCriteria.c.cs={RXNORM}&mainSearchCriteria.c.dn=aspirin",
        f"mainSearchCriteria.c.c=9&mainSearchCriteria.v.c=1191&mainSearchCriteria.v.cs={RXNORM}&mainSearchCriteria.v.dn=aspirin",
        f"mainSearchCriteria.v.c1=1191&mainSearchCriteria.v.cs1={RXNORM}&mainSearchCriteria.v.dn1=aspirin",
        "mainSearchCriteria.v.c=1191&mainSearchCriteria.v.cs=RXNORM&mainSearchCriteria.v.dn=aspirin&nobody.knows=this",
        f"mainSearchCriteria.v.c =1191&mainSearchCriteria.v.cs= {RXNORM}&mainSearchCriteria.v.dn = aspirin",
    ],
)  # fmt: skip
def test_one_thing_is_asked_for_in_many_spellings(query: str) -> None:
    assert question(query).criteria == (Criterion("1191", "rxnorm", ("aspirin",)),)


@pytest.mark.parametrize(
    "query",
    [
        f"mainSearchCriteria.v.c=1&mainSearchCriteria.v.cs={RXNORM}&mainSearchCriteria.v.c=2&mainSearchCriteria.v.cs={ICD}",
        f"mainSearchCriteria.v.c=1&mainSearchCriteria.v.c=2&mainSearchCriteria.v.cs={RXNORM}&mainSearchCriteria.v.cs={ICD}",
        f"mainSearchCriteria.v.c=1&mainSearchCriteria.v.cs={RXNORM}&mainSearchCriteria.v.c1=2&mainSearchCriteria.v.cs1={ICD}",
        f"mainSearchCriteria.v.c0=1&mainSearchCriteria.v.cs0={RXNORM}&mainSearchCriteria.v.c1=2&mainSearchCriteria.v.cs1={ICD}",
        f"mainSearchCriteria1.v.c=1&mainSearchCriteria1.v.cs={RXNORM}&mainSearchCriteria2.v.c=2&mainSearchCriteria2.v.cs={ICD}",
    ],
)  # fmt: skip
def test_several_things_are_asked_for_by_repeats_and_by_numbers(query: str) -> None:
    assert question(query).criteria == (Criterion("1", "rxnorm"), Criterion("2", "icd10cm"))


def test_codes_of_one_system_may_share_it() -> None:
    query = f"mainSearchCriteria.v.c=1&mainSearchCriteria.v.c=2&mainSearchCriteria.v.cs={RXNORM}"
    assert question(query).criteria == (Criterion("1", "rxnorm"), Criterion("2", "rxnorm"))


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_system_is_known_by_oid_and_address(system: str) -> None:
    about = SYSTEMS[system]  # pyright: ignore[reportArgumentType]
    spellings = (about.oid, f"urn:oid:{about.oid}", about.uri, about.name, about.name.upper(), f" {about.oid} ")
    assert {system_of(one) for one in spellings} == {system}


@pytest.mark.parametrize("text", ["", "2.16.840.1.113883.6.177", "2.16.840.1.113883.6.103", "MeSH", "9.9.9"])
def test_other_systems_are_none_of_ours(text: str) -> None:
    assert system_of(text) is None


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("informationRecipient.languageCode.c=es", "es"),
        ("informationrecipient.languagecode.C=ES", "es"),
        ("informationRecipient.languageCode.c=es_MX", "es-mx"),
        ("informationRecipient.languageCode.c=spa&informationRecipient.languageCode.cs=2.16.840.1.113883.6.100", "es"),
        ("informationRecipient.languageCode.c=sp", "es"),
        ("informationRecipient.languageCode.dn=Spanish", "es"),
        ("informationRecipient.languageCode.c=", None),
        ("informationRecipient.languageCode.c=%3Cscript%3E", None),
        ("informationRecipient=PAT&performer=PROV&performer.languageCode.c=es", None),
        ("informationRecipient=PROV&performer=PROV&performer.languageCode.c=es", "es"),
        ("performer=PAT&performer.languageCode.c=es", "es"),
        ("informationRecipient.languageCode.c=pt&performer=PAT&performer.languageCode.c=es", "pt"),
    ],
)
def test_the_language_is_the_readers(query: str, language: str | None) -> None:
    assert question(query).language == language


@pytest.mark.parametrize(
    ("text", "tag"), [("fra", "fr"), ("fre", "fr"), ("zh-Hans", "zh-hans"), ("English", "en"), ("?", None)]
)
def test_languages_have_many_codes(text: str, tag: str | None) -> None:
    assert tag_of(text) == tag


def test_a_language_that_is_not_listed_keeps_its_tag() -> None:
    assert (in_english("es-MX"), in_english("qaa")) == ("Spanish (es-MX)", "qaa")


@pytest.mark.parametrize(
    ("query", "recipient"),
    [("", "PAT"), ("informationRecipient=PAT", "PAT"), ("informationRecipient=prov", "PROV"),
     ("informationRecipient=PAYOR", "PAT"), ("INFORMATIONRECIPIENT=PROV", "PROV")],
)  # fmt: skip
def test_the_reader_is_a_patient_where_nothing_else_is_said(query: str, recipient: str) -> None:
    assert question(query).recipient == recipient


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        ("", "", "xml"),
        ("", "*/*", "xml"),
        ("", "text/html,application/xml;q=0.9", "xml"),
        ("", "application/json", "json"),
        ("", "application/json;q=0.2, text/xml;q=0.9", "xml"),
        ("", "application/atom+xml;q=0.1, application/json", "json"),
        ("", "application/json;q=nan", "xml"),
        ("knowledgeResponseType=text/XML", "application/json", "xml"),
        ("knowledgeResponseType=application/json", "", "json"),
        ("KNOWLEDGERESPONSETYPE=Application/JSON;charset=utf-8", "text/xml", "json"),
        ("knowledgeResponseType=text/json", "", "json"),
        ("knowledgeResponseType=text/html", "", "html"),
        ("knowledgeResponseType=application/json&callback=steal", "", "json"),
    ],
)  # fmt: skip
def test_the_form_is_what_is_asked_for(query: str, accept: str, media: str) -> None:
    assert question(query, accept).media == media


@pytest.mark.parametrize("form", ["application/javascript", "text/javascript", "application/x-javascript", "image/png"])
def test_other_forms_are_refused(form: str) -> None:
    with pytest.raises(RequestError) as refused:
        question(f"knowledgeResponseType={form}&callback=steal")
    assert refused.value.status == 406


def test_too_many_parameters_are_refused() -> None:
    with pytest.raises(RequestError) as refused:
        question_of([(f"p{number}", "1") for number in range(MOST_PARAMETERS + 1)])
    assert refused.value.status == 400


def test_nothing_of_the_patient_is_read() -> None:
    query = (
        f"mainSearchCriteria.v.c=1191&mainSearchCriteria.v.cs={RXNORM}&patientPerson.name.family=Doe"
        "&patientPerson.birthTime.value.v=19700101&recordTarget.patientRole.id=77&age.v.v=55&age.v.u=a"
        "&patientPerson.administrativeGenderCode.c=F&ageGroup.v.c=D000328&id.extension=123&locationOfInterest.addr.ZIP=98052"
        "&holder.assignedEntity.certificateText=secret&observation.v.v=39.2"
    )
    assert question(query).echoes == (("mainSearchCriteria.v.c", "1191"), ("mainSearchCriteria.v.cs", RXNORM))
    assert "Doe" not in repr(question(query))


def test_what_is_answered_with_has_no_controls_and_an_end() -> None:
    query = "mainSearchCriteria.v.dn=" + "a%00%0a%1b" + "x" * 5000
    ((scheme, term),) = question(query).echoes
    assert scheme == "mainSearchCriteria.v.dn"
    assert term.isprintable()
    assert len(term) <= 200


@settings(max_examples=examples(60))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("mainSearchCriteria.v.", "mainsearchcriteria1.c.", "informationRecipient", "x")),
            st.text(max_size=6),
            st.text(max_size=300),
        ),
        max_size=30,
    ),
    st.text(max_size=80),
)
def test_whatever_is_sent_is_a_question_or_is_refused(sent: list[tuple[str, str, str]], accept: str) -> None:
    parameters = [(f"{name}{rest}", value) for name, rest, value in sent]
    try:
        feed = answer(
            question_of(parameters, accept), Catalogue(()), Service("https://h.example.org", date(2026, 3, 31))
        )
    except RequestError as refused:
        assert refused.status in {400, 406}
    else:
        assert feedparser.parse(atom(feed)).bozo == 0
