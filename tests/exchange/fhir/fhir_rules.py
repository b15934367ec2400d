"""What the specification of FHIR asks of a document that no validator from PyPI or npm looks at: a bundle in, what is
wrong with it out. Written from the specification (R4 4.0.1, R5 5.0.0), and shares no code with what makes bundles.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import uuid
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

Json = dict[str, Any]

XHTML = "{http://www.w3.org/1999/xhtml}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NAMES = """
a abbr acronym b big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img li ol p
pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ul var
"""
ELEMENTS = set(_NAMES.split())
"""Invariant txt-1."""
ATTRIBUTES = {
    "title",
    "style",
    "class",
    "id",
    "lang",
    XML_LANG,
    "dir",
    "abbr",
    "headers",
    "scope",
    "rowspan",
    "colspan",
}
OF_ELEMENT = {"a": {"href", "name"}, "img": {"src", "alt"}, "table": {"summary", "border"}}
"""Of those that HL7's validator allows the ones that a page of ours can want."""
NOT_EMPTY = ELEMENTS - {"br", "hr", "img", "col", "td", "th"}
INSIDE = {"li": {"ul", "ol"}, "tr": {"thead", "tbody", "tfoot"}, "td": {"tr"}, "th": {"tr"}, "thead": {"table"}}
INLINE = {"a", "abbr", "b", "br", "cite", "code", "em", "i", "img", "q", "small", "span", "strong", "sub", "sup"}

REVIEW = {
    "R4": {"preliminary", "final", "amended", "entered-in-error"},
    "R5": {
        "registered", "partial", "preliminary", "final", "amended", "corrected", "appended", "cancelled",
        "entered-in-error", "deprecated", "unknown",
    },
}  # fmt: skip
LISTS = {
    "Composition.confidentiality": {"U", "L", "M", "N", "R", "V"},
    "DocumentReference.status": {"current", "superseded", "entered-in-error"},
    "Narrative.status": {"generated", "extensions", "additional"},
    "ContactPoint.system": {"phone", "fax", "email", "pager", "url", "sms", "other"},
    "use": {"home", "work", "temp", "old", "mobile", "billing"},
    "mode": {"personal", "professional", "legal", "official"},
}

_YEAR = r"([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)"
_DAY = rf"{_YEAR}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME = r"T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
INSTANT = re.compile(_DAY + _TIME)
DATE_TIME = re.compile(rf"{_YEAR}|{_YEAR}-(0[1-9]|1[0-2])|{_DAY}({_TIME})?")
LANGUAGE = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*(-[a-zA-Z]-[A-Za-z0-9-]+)?"
)
ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
MIME = re.compile(r"[a-z]+/[a-z0-9.+-]+")


def faults(bundle: Json, release: str) -> list[str]:
    """What is wrong with a document."""
    return [*_of_bundle(bundle), *_of_values(bundle), *_of_resources(bundle, release), *_of_references(bundle)]


def resources(bundle: Json, kind: str) -> list[Json]:
    """The resources of a type."""
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"].get("resourceType") == kind]


def sections(of: Json) -> Iterator[Json]:
    """All sections of a Composition, or inside a section, in reading order."""
    for section in of.get("section", []):
        yield section
        yield from sections(section)


def parsed(div: str) -> ET.Element:
    """A narrative as XML."""
    return ET.fromstring(div)


def _of_bundle(bundle: Json) -> Iterator[str]:
    if bundle.get("type") != "document":
        yield "the bundle is no document"
    identifier = bundle.get("identifier", {})
    if not identifier.get("system") or not identifier.get("value"):
        yield "bdl-9: the document has no identifier with system and value"
    if not INSTANT.fullmatch(bundle.get("timestamp", "")):
        yield "bdl-10: the document has no instant as timestamp"
    kinds = [entry.get("resource", {}).get("resourceType") for entry in bundle["entry"]]
    if kinds[0] != "Composition" or kinds.count("Composition") != 1:
        yield "bdl-11: the first entry, and no other, is the Composition"
    urls = [entry.get("fullUrl", "") for entry in bundle["entry"]]
    if len(set(urls)) != len(urls):
        yield "bdl-7: two entries have one fullUrl"
    for entry in bundle["entry"]:
        name = entry.get("fullUrl", "").removeprefix("urn:uuid:")
        if entry.get("fullUrl") != f"urn:uuid:{name}" or not _is_uuid(name):
            yield "a fullUrl is no urn:uuid"
        elif entry["resource"].get("id") != name:
            yield "bdl-8: a resource has another id than its fullUrl"


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _of_values(value: Any, where: str = "Bundle") -> Iterator[str]:
    """FHIR's JSON has no null and nothing empty; texts are no white space and have no control characters."""
    match value:
        case dict() if value:
            for key, inner in value.items():
                yield from _of_values(inner, f"{where}.{key}")
        case list() if value:
            for inner in value:
                yield from _of_values(inner, where)
        case str() if value:
            if value.strip() != value:
                yield f"{where} begins or ends with white space"
            if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", value):
                yield f"{where} has characters that are none"
        case bool() | int() | float():
            pass
        case _:
            yield f"{where} is empty"


def _of_resources(bundle: Json, release: str) -> Iterator[str]:
    for entry in bundle["entry"]:
        resource = entry["resource"]
        kind = resource["resourceType"]
        if not ID.fullmatch(resource.get("id", "")):
            yield f"{kind}.id is no id"
        if not LANGUAGE.fullmatch(resource.get("language", "")):
            yield f"{kind}.language is no tag of BCP 47"
        if kind != "Binary":
            if "text" not in resource:
                yield f"dom-6: {kind} has no narrative"
            else:
                yield from _of_narrative(resource["text"], kind, resource.get("language"))
        yield from _RULES[kind](resource, release)
    yield from _of_attachments(bundle, release)
    if not LANGUAGE.fullmatch(bundle.get("language", "")):
        yield "Bundle.language is no tag of BCP 47"


def _of_composition(one: Json, release: str) -> Iterator[str]:
    if one.get("status") not in REVIEW[release]:
        yield "Composition.status is not in its list"
    yield from (f"Composition.{key} is missing" for key in ("type", "date", "author", "title") if not one.get(key))
    if not DATE_TIME.fullmatch(one.get("date", "")):
        yield "Composition.date is no dateTime"
    if release == "R4" and one.get("confidentiality", "U") not in LISTS["Composition.confidentiality"]:
        yield "Composition.confidentiality is not in its list"
    yield from _of_attesters(one.get("attester", []), release)
    yield from _of_concept(one.get("type", {}), "Composition.type")
    for section in sections(one):
        if not any(key in section for key in ("text", "entry", "section")):
            yield "cmp-1: a section is empty"
        if "emptyReason" in section and "entry" in section:
            yield "cmp-2: a section is empty for a reason, and is not"
        if "text" in section:
            yield from _of_narrative(section["text"], "Composition.section", one.get("language"))


def _of_document_reference(one: Json, release: str) -> Iterator[str]:
    if one.get("status") not in LISTS["DocumentReference.status"]:
        yield "DocumentReference.status is not in its list"
    if one.get("docStatus") not in REVIEW[release]:
        yield "DocumentReference.docStatus is not in its list"
    if not INSTANT.fullmatch(one.get("date", "")):
        yield "DocumentReference.date is no instant"
    if not one.get("content"):
        yield "DocumentReference.content is missing"
    yield from _of_attesters(one.get("attester", []), release)
    found = (
        [event["concept"] for event in one.get("event", [])]
        if release == "R5"
        else one.get("context", {}).get("event", [])
    )
    for concept in (one.get("type", {}), *found):
        yield from _of_concept(concept, "a concept of DocumentReference")


def _of_attesters(attesters: list[Json], release: str) -> Iterator[str]:
    for one in attesters:
        mode = one["mode"]["coding"][0]["code"] if release == "R5" else one["mode"]
        if mode not in LISTS["mode"]:
            yield "the mode of an attester is not in its list"
        if not DATE_TIME.fullmatch(one.get("time", "")):
            yield "the time of an attester is no dateTime"


def _of_concept(concept: Json, where: str) -> Iterator[str]:
    for coding in concept.get("coding", []):
        if not re.fullmatch(r"(https?://|urn:)\S+", coding.get("system", "")):
            yield f"{where} has a coding without a system's address"
        if not re.fullmatch(r"\S+( \S+)*", coding.get("code", "")):
            yield f"{where} has a coding without a code"
    if not concept.get("coding") and not concept.get("text"):
        yield f"{where} says nothing"


def _of_organization(one: Json, release: str) -> Iterator[str]:
    if not one.get("name") and not one.get("identifier"):
        yield "org-1: an organization has no name"
    contacts = (
        one.get("contact", [])
        if release == "R5"
        else [{"telecom": one.get("telecom", []), "address": (one.get("address") or [{}])[0]}]
    )
    for contact in contacts:
        for point in contact.get("telecom", []):
            if point.get("system") not in LISTS["ContactPoint.system"]:
                yield "cpt-2: a telephone without its system"
            if point.get("use") not in LISTS["use"]:
                yield "the use of a telephone is not in its list"
        country = contact.get("address", {}).get("country", "US")
        if not re.fullmatch("[A-Z]{2}", country):
            yield "a country is no code of ISO 3166"


def _of_binary(one: Json, release: str) -> Iterator[str]:
    if not MIME.fullmatch(one.get("contentType", "")):
        yield "Binary.contentType is no MIME type"
    if _decoded(one) is None:
        yield "Binary.data is no base64"


def _decoded(binary: Json) -> bytes | None:
    try:
        return base64.b64decode(binary.get("data", "-"), validate=True)
    except binascii.Error:
        return None


def _of_attachments(bundle: Json, release: str) -> Iterator[str]:
    by_url = {entry.get("fullUrl"): entry["resource"] for entry in bundle["entry"]}
    for document in resources(bundle, "DocumentReference"):
        for content in document.get("content", []):
            attachment = content["attachment"]
            binary = by_url.get(attachment.get("url"))
            if binary is None or binary["resourceType"] != "Binary":
                yield "an attachment's url leads to no Binary"
                continue
            data = _decoded(binary) or b""
            size = attachment.get("size")
            if not isinstance(size, str if release == "R5" else int) or int(size) != len(data):
                yield "an attachment's size is not that of its data, or not a number of this release"
            if attachment.get("hash") != base64.b64encode(hashlib.sha1(data).digest()).decode():
                yield "an attachment's hash is not that of its data"
            if attachment.get("contentType") != binary.get("contentType"):
                yield "an attachment has another content type than its data"
            if not DATE_TIME.fullmatch(attachment.get("creation", "")):
                yield "an attachment's creation is no dateTime"


_RULES = {
    "Composition": _of_composition,
    "DocumentReference": _of_document_reference,
    "Organization": _of_organization,
    "Binary": _of_binary,
}


def _of_narrative(narrative: Json, where: str, language: str | None) -> Iterator[str]:
    if narrative.get("status") not in LISTS["Narrative.status"]:
        yield f"{where}: the status of a narrative is not in its list"
    try:
        root = parsed(narrative.get("div", ""))
    except ET.ParseError:
        yield f"{where}: a narrative is not well-formed"
        return
    if root.tag != f"{XHTML}div":
        yield f"{where}: a narrative is no div of XHTML"
    if not "".join(root.itertext()).strip():
        yield f"{where}: txt-2: a narrative has no words"
    if root.get("lang") != language or root.get(XML_LANG) != language:
        yield f"{where}: a narrative is in another language than its resource, by one of its attributes at least"
    yield from (f"{where}: {fault}" for fault in _of_elements(root))


def _of_elements(root: ET.Element) -> Iterator[str]:
    for parent in root.iter():
        tag = parent.tag.removeprefix(XHTML)
        if tag not in ELEMENTS:
            yield f"txt-1: <{tag}> is no element of narratives"
        wrong = {key for key in parent.attrib if key not in ATTRIBUTES | OF_ELEMENT.get(tag, set())}
        yield from (f"txt-1: <{tag} {key}> is no attribute of narratives" for key in sorted(wrong))
        if tag in NOT_EMPTY and not "".join(parent.itertext()).strip():
            yield f"<{tag}> is empty"
        if "href" in parent.attrib and not re.match(r"(https?|tel|sms|mailto):", parent.attrib["href"]):
            yield "a link leads to something else than a page, a telephone or a mailbox"
        if "src" in parent.attrib and not re.match(r"#|data:image/(png|jpeg);base64,", parent.attrib["src"]):
            yield "an image is loaded from elsewhere"
        if parent.get("lang") != parent.get(XML_LANG):
            yield "lang and xml:lang differ"
        if parent.get("dir", "ltr") not in ("ltr", "rtl"):
            yield "a direction is none"
        for child in parent:
            inner = child.tag.removeprefix(XHTML)
            if tag not in INSIDE.get(inner, {tag}):
                yield f"<{inner}> stands in <{tag}>"
            if tag in {"p", "span", "b", "a", "h1", "h2", "h3", "h4", "h5", "h6"} and inner not in INLINE:
                yield f"<{inner}> stands in <{tag}>"


def _of_references(bundle: Json) -> Iterator[str]:
    by_url = {entry.get("fullUrl"): entry["resource"] for entry in bundle["entry"]}
    for name in _references(bundle):
        if name not in by_url:
            yield f"a reference leads out of the bundle: {name}"
    for one in (*resources(bundle, "Composition"), *resources(bundle, "DocumentReference")):
        for reference in (*one.get("author", []), one.get("custodian") or {}):
            if by_url.get(reference.get("reference"), {}).get("resourceType") != "Organization":
                yield "an author or custodian is no Organization of the bundle"
    reached: set[str] = set()
    waiting = [bundle["entry"][0].get("fullUrl", "")]
    while waiting:
        name = waiting.pop()
        if name in by_url and name not in reached:
            reached.add(name)
            waiting += [*_references(by_url[name]), *_urls(by_url[name])]
    if reached != set(by_url):
        yield "an entry is not reached from the first one"


def _references(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for key, inner in value.items():
                if key == "reference" and isinstance(inner, str):
                    yield inner
                else:
                    yield from _references(inner)
        case list():
            for inner in value:
                yield from _references(inner)
        case _:
            pass


def _urls(resource: Json) -> Iterator[str]:
    for content in resource.get("content", []):
        yield content["attachment"].get("url", "")
