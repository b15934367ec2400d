"""Ids of what a bundle holds: values in, UUIDs out, the same for the same values anywhere (RFC 9562, version 5)."""

from __future__ import annotations

import json
import uuid

from handouts.exchange.fhir.publication import Publication

_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:handouts:fhir")


def urn(*values: object) -> str:
    """The name of what these values tell apart from all else, as `urn:uuid:…`; the values are those of JSON."""
    return f"urn:uuid:{uuid.uuid5(_OURS, json.dumps(values, ensure_ascii=True, sort_keys=True))}"


def id_in(name: str) -> str:
    """The bare UUID of such a name."""
    return name.removeprefix("urn:uuid:")


def identity_of(publication: Publication) -> str:
    """The name that all versions of a handout have in common: that of its publisher, topic and language."""
    return urn("handout", publication.publisher.name, publication.topic, publication.handout.meta.language)
