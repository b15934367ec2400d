"""What a bundle holds: the four resources of a document, as each release of FHIR has them, the same bytes each time."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from fhir.resources.bundle import Bundle as BundleR5
from fhir.resources.R4B.bundle import Bundle as BundleR4B
from fhir_rules import faults, resources
from fhir_samples import CLINIC, PDF, SIGNED, approved, publication
from msgspec.structs import replace
from topic_samples import Plans

from handouts.exchange.fhir.bundle import RELEASES, bundle, bundle_bytes, bundle_name, is_whole
from handouts.exchange.fhir.publication import Publication, Publisher, Release

MODELS = {"R4": BundleR4B, "R5": BundleR5}
"""Of R4 itself the library has no model; R4B differs from it in none of the four resources."""


def parts(one: Publication, release: Release) -> tuple[dict[str, Any], ...]:
    """Composition, Organization, DocumentReference, Binary."""
    made = bundle(one, release)
    kinds = ("Composition", "Organization", "DocumentReference", "Binary")
    assert tuple(entry["resource"]["resourceType"] for entry in made["entry"]) == kinds
    return tuple(resources(made, kind)[0] for kind in kinds)


@pytest.mark.parametrize("release", RELEASES)
def test_bundles_of_all_topics_are_sound(plans: Plans, release: Release) -> None:
    for one in (
        publication(plans.handout),
        approved(plans.handout),
        publication(plans.handout, publisher=Publisher("Handouts"), concepts=()),
    ):
        made = bundle_bytes(one, release)
        assert faults(json.loads(made), release) == []
        assert MODELS[release].model_validate_json(made).type == "document"


def test_the_models_refuse_what_a_release_does_not_have(ixazomib: Plans) -> None:
    for release, other in zip(RELEASES, reversed(RELEASES), strict=True):
        with pytest.raises(ValueError, match="validation error"):
            MODELS[other].model_validate_json(bundle_bytes(approved(ixazomib.handout), release))


@pytest.mark.parametrize("release", RELEASES)
def test_a_draft_is_preliminary_and_nobody_has_signed_it(ixazomib: Plans, release: Release) -> None:
    composition, _, document, _ = parts(publication(ixazomib.handout), release)
    assert (composition["status"], document["docStatus"], document["status"]) == (
        "preliminary",
        "preliminary",
        "current",
    )
    assert not {"attester", "authenticator"} & {*composition, *document}


def test_who_signed_the_words_attests_them(ixazomib: Plans) -> None:
    party = {"type": "Practitioner", "display": "Ana Ejemplo, oncology pharmacist"}
    composition, _, document, _ = parts(approved(ixazomib.handout), "R4")
    assert (composition["status"], document["docStatus"]) == ("final", "final")
    assert composition["attester"] == [{"mode": "professional", "time": SIGNED.on, "party": party}]
    assert document["authenticator"] == party
    composition, _, document, _ = parts(approved(ixazomib.handout), "R5")
    (attester,) = composition["attester"]
    assert attester == document["attester"][0]
    assert attester["mode"]["coding"][0]["code"] == "professional"
    assert (attester["time"], attester["party"]) == (SIGNED.on, party)


@pytest.mark.parametrize("release", RELEASES)
def test_the_pdf_is_in_it_whole_and_the_reference_leads_there(ixazomib: Plans, release: Release) -> None:
    composition, _, document, binary = parts(publication(ixazomib.handout), release)
    assert base64.b64decode(binary["data"]) == PDF
    attachment = document["content"][0]["attachment"]
    assert attachment["url"] == f"urn:uuid:{binary['id']}"
    assert int(attachment["size"]) == len(PDF)
    assert composition["section"][-1]["entry"][0]["reference"] == f"urn:uuid:{document['id']}"
    assert attachment["title"] == composition["title"] == ixazomib.handout.meta.title


def test_the_clinic_has_its_address_where_each_release_keeps_it(ixazomib: Plans) -> None:
    telecom = [{"system": "phone", "value": CLINIC.phone, "use": "work"}]
    address = {"use": "work", "text": "100 Main Street\nSpringfield", "country": "US"}
    _, clinic, _, _ = parts(publication(ixazomib.handout), "R4")
    assert (clinic["telecom"], clinic["address"]) == (telecom, [address])
    assert clinic["type"][0]["coding"][0]["code"] == "prov"
    _, clinic, _, _ = parts(publication(ixazomib.handout), "R5")
    assert clinic["contact"] == [{"telecom": telecom, "address": address}]
    assert not {"telecom", "address"} & set(clinic)
    assert "Monday to Friday, 8 to 5" in clinic["text"]["div"]


@pytest.mark.parametrize("release", RELEASES)
def test_without_a_clinic_the_publisher_is_named_alone(ixazomib: Plans, release: Release) -> None:
    composition, publisher, document, _ = parts(publication(ixazomib.handout, publisher=Publisher("Handouts")), release)
    assert publisher["name"] == "Handouts"
    assert not {"telecom", "address", "contact", "type"} & set(publisher)
    for one in (composition, document):
        assert (
            one["custodian"] == one["author"][0] == {"reference": f"urn:uuid:{publisher['id']}", "display": "Handouts"}
        )


def test_codes_stand_where_a_record_looks_for_them(ixazomib: Plans) -> None:
    ndc = {
        "coding": [{"system": "http://hl7.org/fhir/sid/ndc", "code": "63020-390", "display": "Ninlaro"}],
        "text": "Ninlaro",
    }
    rxnorm = {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "1723735"}]}
    _, _, document, _ = parts(publication(ixazomib.handout), "R4")
    assert document["context"]["event"] == [ndc, rxnorm]
    composition, _, document, _ = parts(publication(ixazomib.handout), "R5")
    assert [event["concept"] for event in document["event"]] == [ndc, rxnorm]
    assert [use["valueCodeableConcept"] for use in composition["useContext"]] == [ndc, rxnorm]
    assert {use["code"]["code"] for use in composition["useContext"]} == {"focus"}


def test_releases_differ_where_they_must(ixazomib: Plans) -> None:
    old, _, old_document, _ = parts(publication(ixazomib.handout), "R4")
    new, _, new_document, _ = parts(publication(ixazomib.handout), "R5")
    assert set(old) - set(new) == {"confidentiality"}
    assert set(new) - set(old) == {"meta", "version", "useContext"}
    assert new["identifier"] == [old["identifier"]]
    assert new["version"] == new_document["version"] == ixazomib.handout.meta.date
    assert "masterIdentifier" in old_document and "masterIdentifier" not in new_document


@pytest.mark.parametrize("release", RELEASES)
def test_it_speaks_of_no_patient(ixazomib: Plans, release: Release) -> None:
    composition, _, document, _ = parts(approved(ixazomib.handout), release)
    assert not {"subject", "encounter", "basedOn", "relatesTo"} & {*composition, *document}


@pytest.mark.parametrize("release", RELEASES)
def test_the_same_inputs_give_the_same_bytes(ixazomib: Plans, release: Release) -> None:
    assert bundle_bytes(publication(ixazomib.handout), release) == bundle_bytes(publication(ixazomib.handout), release)


@pytest.mark.parametrize("release", RELEASES)
def test_other_inputs_give_another_document_of_the_same_handout(ixazomib: Plans, release: Release) -> None:
    plan = ixazomib.handout
    first = bundle(publication(plan), release)
    tomorrow = replace(plan, meta=replace(plan.meta, date="2026-04-01"))
    others = (
        publication(tomorrow),
        publication(plan, pdf=PDF + b"other"),
        publication(plan, publisher=replace(CLINIC, hours="")),
        publication(plan, concepts=()),
        approved(plan),
    )
    for one in others:
        other = bundle(one, release)
        assert other["identifier"] != first["identifier"]
        assert other["entry"][0]["fullUrl"] != first["entry"][0]["fullUrl"]
        assert other["entry"][0]["resource"]["identifier"] == first["entry"][0]["resource"]["identifier"]
    elsewhere = bundle(publication(plan, publisher=Publisher("Other Clinic")), release)
    assert elsewhere["entry"][0]["resource"]["identifier"] != first["entry"][0]["resource"]["identifier"]
    assert bundle(publication(plan, topic="other"), release)["entry"][0]["resource"]["identifier"] not in (
        first["entry"][0]["resource"]["identifier"],
        elsewhere["entry"][0]["resource"]["identifier"],
    )


def test_releases_are_different_documents(ixazomib: Plans) -> None:
    old, new = (bundle(publication(ixazomib.handout), release) for release in RELEASES)
    assert old["identifier"] != new["identifier"]


def test_a_bundle_is_named_after_its_pdf_and_release() -> None:
    assert bundle_name("ixazomib-en-handout-a4.pdf", "R4") == "ixazomib-en-handout-a4.r4.json"
    assert bundle_name("ixazomib-en-handout.pdf", "R5") == "ixazomib-en-handout.r5.json"


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "changed": lambda data: data.replace(b"preliminary", b"final"),
    "another time": lambda data: data.replace(b'"timestamp": "2026', b'"timestamp": "2025'),
    "cut off": lambda data: data[:500],
    "another Bundle": lambda data: b'{"resourceType": "Bundle", "entry": []}',
    "no JSON": lambda data: b"my notes",
    "no text": lambda data: b"\xff\xfe",
    "a number": lambda data: b"1",
    "half a character": lambda data: data.replace(b'"language": "en"', b'"language": "\\ud800"'),
    "nested": lambda data: b"[" * 100_000,
}


@pytest.mark.parametrize("release", RELEASES)
def test_a_bundle_tells_whether_it_is_as_it_was_written(ixazomib: Plans, release: Release) -> None:
    made = bundle_bytes(publication(ixazomib.handout), release)
    assert is_whole(made, release)
    assert {what: is_whole(change(made), release) for what, change in CHANGES.items()} == dict.fromkeys(CHANGES, False)
    assert not is_whole(made, "R5" if release == "R4" else "R4")


@pytest.mark.parametrize("release", RELEASES)
def test_elements_stand_in_the_order_of_their_definitions(ixazomib: Plans, release: Release) -> None:
    made = bundle_bytes(approved(ixazomib.handout), release)
    for entry in MODELS[release].model_validate_json(made).entry:
        known = type(entry.resource).elements_sequence()
        raw = resources(json.loads(made), entry.resource.get_resource_type())[0]
        named = [key for key in raw if key != "resourceType"]
        assert named == [key for key in known if key in named]
