"""A publication → a FHIR document: a Bundle with the Composition first, then all that it refers to.

Same values in, same bytes out. It holds no data of patients: who was given a handout is for the record of that patient
to say, in a Communication whose payload is the DocumentReference.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import PurePath

from msgspec import to_builtins

from handouts.exchange.fhir.identity import id_in, identity_of, urn
from handouts.exchange.fhir.publication import Publication, Release
from handouts.exchange.fhir.resources import (
    Names,
    binary,
    composition,
    document_reference,
    identifier,
    instant,
    organization,
)
from handouts.exchange.fhir.sections import Json, told_of

RELEASES: tuple[Release, ...] = ("R4", "R5")


def bundle(one: Publication, release: Release) -> Json:
    """The document as JSON values: Composition, Organization, DocumentReference and Binary."""
    meta, names = one.handout.meta, _names(one, release)
    resources = {
        names.composition: composition(one, names, release),
        names.organization: organization(one, names, release),
        names.document: document_reference(one, names, release),
        names.binary: binary(one, names),
    }
    return _document(meta.language, instant(meta.date), resources, release)


def _document(language: str, timestamp: str, resources: Json, release: Release) -> Json:
    # No identifier is ever that of another document: it is made of all that stands in this one.
    name = urn("document", release, language, timestamp, resources)
    return {
        "resourceType": "Bundle",
        "id": id_in(name),
        "language": language,
        "identifier": identifier(name),
        "type": "document",
        "timestamp": timestamp,
        "entry": [{"fullUrl": url, "resource": resource} for url, resource in resources.items()],
    }


def is_whole(data: bytes, release: Release) -> bool:
    """Whether a file is a document of ours as it was written: its identifier says so."""
    try:
        found = json.loads(data)
        resources = {entry["fullUrl"]: entry["resource"] for entry in found["entry"]}
        return data == _as_file(_document(found["language"], found["timestamp"], resources, release))
    except (ValueError, TypeError, KeyError, RecursionError):
        return False


def bundle_bytes(one: Publication, release: Release) -> bytes:
    """The document as a file: JSON in UTF-8."""
    return _as_file(bundle(one, release))


def _as_file(document: Json) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def bundle_name(pdf: str, release: Release) -> str:
    """`ixazomib-en-handout.r4.json` for `ixazomib-en-handout.pdf`."""
    return f"{PurePath(pdf).stem}.{release.lower()}.json"


def _names(one: Publication, release: Release) -> Names:
    meta, by = one.handout.meta, to_builtins(one.publisher)
    pdf = hashlib.sha256(one.pdf).hexdigest()
    told = told_of(one.handout), one.topic, to_builtins(meta), pdf, one.attestation and to_builtins(one.attestation), by
    concepts = [to_builtins(concept) for concept in one.concepts]
    return Names(
        composition=urn("composition", release, told, concepts),
        organization=urn("organization", release, by, meta.language),
        document=urn("document reference", release, told, concepts),
        binary=urn("binary", pdf, meta.language),
        identity=identity_of(one),
    )
