"""The resources of a bundle, each a function: a publication and the names of the others in, JSON values out.

Elements stand in the order of FHIR's definitions, as its XML needs them. Where R4 (4.0.1) and R5 (5.0.0) differ, the
branch says so.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from msgspec import Struct

from handouts.exchange.fhir.identity import id_in
from handouts.exchange.fhir.narrative import paragraphs, said
from handouts.exchange.fhir.publication import Attestation, Concept, Publication, Release
from handouts.exchange.fhir.sections import Json, narrative, told_of

PDF = "application/pdf"
_RFC_3986 = "urn:ietf:rfc:3986"
_TYPE = {"coding": [{"system": "http://loinc.org", "code": "34895-3", "display": "Education note"}]}
"""LOINC's type of a document that educates patients."""
_PROVIDER = {
    "coding": [
        {
            "system": "http://terminology.hl7.org/CodeSystem/organization-type",
            "code": "prov",
            "display": "Healthcare Provider",
        }
    ]
}
_UNRESTRICTED = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
    "code": "U",
    "display": "unrestricted",
}
"""What is written for everybody, and says nothing of anybody."""
_FOCUS = {"system": "http://terminology.hl7.org/CodeSystem/usage-context-type", "code": "focus"}
_PROFESSIONAL = {
    "coding": [
        {
            "system": "http://hl7.org/fhir/composition-attestation-mode",
            "code": "professional",
            "display": "Professional",
        }
    ]
}


class Names(Struct, frozen=True):
    """What the resources of a bundle call each other (`urn:uuid:…`), and the name that all versions have in common."""

    composition: str
    organization: str
    document: str
    binary: str
    identity: str


def identifier(name: str) -> Json:
    """A name as an Identifier."""
    return {"system": _RFC_3986, "value": name}


def instant(day: str) -> str:
    """The beginning of a day (ISO 8601), in UTC: instants need a time and a zone, and the build's clock has days."""
    return f"{day}T00:00:00Z"


def composition(one: Publication, names: Names, release: Release) -> Json:
    """The handout as a document: its text, its sections, and one that leads to the PDF."""
    meta, r5 = one.handout.meta, release == "R5"
    text, sections = told_of(one.handout)
    title = said(meta.title)
    publisher: Json = {"reference": names.organization, "display": said(one.publisher.name)}
    attesters = [_attester(one.attestation, release)] if one.attestation else []
    pdf = {
        "title": "PDF",
        "text": narrative(paragraphs([one.file]), meta.language, alone=False),
        "entry": [{"reference": names.document, "display": title}],
    }
    return _filled(
        resourceType="Composition",
        id=id_in(names.composition),
        # R5 has no confidentiality of its own in a Composition.
        meta={"security": [_UNRESTRICTED]} if r5 else None,
        language=meta.language,
        text=text,
        identifier=[identifier(names.identity)] if r5 else identifier(names.identity),
        version=meta.date if r5 else None,
        status=_status(one),
        type=_TYPE,
        date=meta.date,
        useContext=[{"code": _FOCUS, "valueCodeableConcept": _concept(found)} for found in one.concepts] if r5 else [],
        author=[publisher],
        title=title,
        confidentiality=None if r5 else _UNRESTRICTED["code"],
        attester=attesters,
        custodian=publisher,
        section=[*sections, pdf],
    )


def organization(one: Publication, names: Names, release: Release) -> Json:
    """Who publishes the handout, with address and telephone as the clinic's file has them."""
    by = one.publisher
    telecom = [{"system": "phone", "value": said(by.phone), "use": "work"}] if by.phone else []
    lines = [text for text in map(said, by.address) if text]
    address: Json = _filled(use="work", text="\n".join(lines), country=by.country) if lines else {}
    words = (by.name, ", ".join(lines), by.phone, by.hours)
    return _filled(
        resourceType="Organization",
        id=id_in(names.organization),
        language=one.handout.meta.language,
        text=narrative(paragraphs(words), one.handout.meta.language, alone=bool(by.hours)),
        active=True,
        type=[_PROVIDER] if by.is_clinic else [],
        name=said(by.name),
        # R5 has them in its contacts alone.
        telecom=telecom if release == "R4" else [],
        address=[address] if address and release == "R4" else [],
        contact=[_filled(telecom=telecom, address=address)] if (telecom or address) and release == "R5" else [],
    )


def document_reference(one: Publication, names: Names, release: Release) -> Json:
    """The PDF as a record of patients refers to it, with the codes by which it is found."""
    meta, r5 = one.handout.meta, release == "R5"
    publisher: Json = {"reference": names.organization, "display": said(one.publisher.name)}
    concepts = [_concept(found) for found in one.concepts]
    words = (meta.title, one.file, one.handout.footer.left)
    attested = _attester(one.attestation, release) if one.attestation else {}
    return _filled(
        resourceType="DocumentReference",
        id=id_in(names.document),
        language=meta.language,
        text=narrative(paragraphs(words), meta.language, alone=True),
        masterIdentifier=None if r5 else identifier(names.document),
        identifier=[identifier(names.identity), *([identifier(names.document)] if r5 else [])],
        version=meta.date if r5 else None,
        status="current",
        docStatus=_status(one),
        type=_TYPE,
        event=[{"concept": concept} for concept in concepts] if r5 else [],
        date=instant(meta.date),
        author=[publisher],
        attester=[attested] if attested and r5 else [],
        authenticator=attested.get("party") if not r5 else None,
        custodian=publisher,
        description=said(meta.subject) or said(meta.title),
        securityLabel=[{"coding": [_UNRESTRICTED]}],
        content=[{"attachment": _attachment(one, names, release)}],
        context={"event": concepts} if concepts and not r5 else None,
    )


def binary(one: Publication, names: Names) -> Json:
    """The PDF itself."""
    return {
        "resourceType": "Binary",
        "id": id_in(names.binary),
        "language": one.handout.meta.language,
        "contentType": PDF,
        "data": base64.b64encode(one.pdf).decode(),
    }


def _attachment(one: Publication, names: Names, release: Release) -> Json:
    size = len(one.pdf)
    return _filled(
        contentType=PDF,
        language=one.handout.meta.language,
        url=names.binary,
        # R5's integer64, which JSON has as a string, since not all numbers of JSON are as long.
        size=str(size) if release == "R5" else size,
        # FHIR says SHA-1, against damage and not against forgery.
        hash=base64.b64encode(hashlib.sha1(one.pdf, usedforsecurity=False).digest()).decode(),
        title=said(one.handout.meta.title),
        creation=one.handout.meta.date,
        pages=one.pages if release == "R5" else None,
    )


def _status(one: Publication) -> str:
    return "final" if one.handout.meta.review_state == "approved" else "preliminary"


def _attester(by: Attestation, release: Release) -> Json:
    party = {"type": "Practitioner", "display": f"{said(by.name)}, {said(by.role)}"}
    return {"mode": _PROFESSIONAL if release == "R5" else "professional", "time": by.on, "party": party}


def _concept(concept: Concept) -> Json:
    coding = _filled(system=concept.system, code=concept.code, display=said(concept.display))
    return _filled(coding=[coding], text=said(concept.display))


def _filled(**values: Any) -> Json:
    """The values that are there: FHIR has no null, and nothing empty."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}
