"""Our judge of bundles finds what it is there to find: of a sound bundle each is broken once."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from fhir_rules import faults
from fhir_samples import approved
from topic_samples import shipped_plans

from handouts.exchange.fhir.bundle import RELEASES, bundle
from handouts.exchange.fhir.publication import Release

Json = dict[str, Any]
Break = Callable[[Json], object]
NOWHERE = "urn:uuid:00000000-0000-4000-8000-000000000000"
XHTML = 'xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en"'
SCRIPT = {"div": f"<div {XHTML}>x<script>y</script></div>"}


def sound(release: Release) -> Json:
    return bundle(approved(shipped_plans("ixazomib").handout), release)


def entry(of: Json, kind: str) -> Json:
    return next(one for one in of["entry"] if one["resource"]["resourceType"] == kind)


def comp(of: Json) -> Json:
    return entry(of, "Composition")["resource"]


def doc(of: Json) -> Json:
    return entry(of, "DocumentReference")["resource"]


def org(of: Json) -> Json:
    return entry(of, "Organization")["resource"]


def attachment(of: Json) -> Json:
    return doc(of)["content"][0]["attachment"]


def told(of: Json, inner: str, attributes: str = XHTML) -> None:
    comp(of)["section"][0]["text"]["div"] = f"<div {attributes}>{inner}</div>"


def author(of: Json, name: str) -> None:
    comp(of)["author"][0]["reference"] = name


def put(key: str, value: Any, at: Callable[[Json], Json] = lambda of: of) -> Break:
    return lambda of: at(of).__setitem__(key, value)


def without(key: str, at: Callable[[Json], Json] = lambda of: of) -> Break:
    return lambda of: at(of).pop(key)


BREAKS: dict[str, tuple[Break, str]] = {
    "a collection": (put("type", "collection"), "no document"),
    "no identifier": (without("identifier"), "bdl-9"),
    "no system of the identifier": (without("system", lambda of: of["identifier"]), "bdl-9"),
    "no timestamp": (without("timestamp"), "bdl-10"),
    "a day as timestamp": (put("timestamp", "2026-03-31"), "bdl-10"),
    "a timestamp without a zone": (put("timestamp", "2026-03-31T00:00:00"), "bdl-10"),
    "the Composition last": (lambda of: of["entry"].reverse(), "bdl-11"),
    "two Compositions": (lambda of: of["entry"].append(of["entry"][0]), "bdl-11"),
    "one fullUrl for two": (lambda of: of["entry"][2].update(fullUrl=of["entry"][1]["fullUrl"]), "bdl-7"),
    "no fullUrl": (lambda of: of["entry"][1].pop("fullUrl"), "no urn:uuid"),
    "an address as fullUrl": (lambda of: of["entry"][1].update(fullUrl="http://example.org/1"), "no urn:uuid"),
    "a fullUrl that is no UUID": (lambda of: of["entry"][1].update(fullUrl="urn:uuid:1"), "no urn:uuid"),
    "another id": (put("id", "1", org), "bdl-8"),
    "a null": (put("custodian", None, comp), ".custodian is empty"),
    "an empty list": (put("category", [], comp), ".category is empty"),
    "an empty object": (put("extension", {}, comp), ".extension is empty"),
    "an empty text": (put("title", "", comp), ".title is empty"),
    "white space about a text": (put("title", " x", comp), "white space"),
    "a control character": (put("title", "a\x07b", comp), "characters that are none"),
    "half of a character": (put("title", "a\ud800", comp), "characters that are none"),
    "no narrative": (without("text", org), "dom-6"),
    "no language": (without("language", comp), "BCP 47"),
    "no language of the PDF": (lambda of: entry(of, "Binary")["resource"].pop("language"), "BCP 47"),
    "a language in words": (put("language", "English please", org), "BCP 47"),
    "a status of one's own": (put("status", "lovely", comp), "Composition.status"),
    "no status": (without("status", comp), "Composition.status"),
    "no date": (without("date", comp), "date is missing"),
    "a date in words": (put("date", "yesterday", comp), "no dateTime"),
    "a thirteenth month": (put("date", "2026-13-01", comp), "no dateTime"),
    "no author": (without("author", comp), "author is missing"),
    "no title": (without("title", comp), "title is missing"),
    "no type": (without("type", comp), "type is missing"),
    "a type without a system": (lambda of: comp(of)["type"]["coding"][0].pop("system"), "system's address"),
    "a name as system": (lambda of: comp(of)["type"]["coding"][0].update(system="LOINC"), "system's address"),
    "a type without a code": (lambda of: comp(of)["type"]["coding"][0].pop("code"), "without a code"),
    "a status of the reference": (put("status", "final", doc), "DocumentReference.status"),
    "a docStatus of one's own": (put("docStatus", "draft", doc), "docStatus"),
    "a day as date of the reference": (put("date", "2026-03-31", doc), "no instant"),
    "no content": (without("content", doc), "content is missing"),
    "an attester on a day in words": (lambda of: comp(of)["attester"][0].update(time="May"), "time of an attester"),
    "an empty section": (lambda of: comp(of)["section"].append({"title": "Empty"}), "cmp-1"),
    "an empty section inside": (lambda of: comp(of)["section"][2]["section"].append({"title": "x"}), "cmp-1"),
    "a reason for nothing": (lambda of: comp(of)["section"][-1].update(emptyReason={"text": "x"}), "cmp-2"),
    "no name of the clinic": (without("name", org), "org-1"),
    "no base64": (lambda of: entry(of, "Binary")["resource"].update(data="%%%"), "no base64"),
    "no content type": (lambda of: entry(of, "Binary")["resource"].pop("contentType"), "no MIME type"),
    "another content type": (put("contentType", "text/plain", attachment), "another content type"),
    "other bytes": (lambda of: entry(of, "Binary")["resource"].update(data="AAAA"), "hash"),
    "another hash": (put("hash", "AAAA", attachment), "hash"),
    "another size": (put("size", 1, attachment), "size"),
    "a creation in words": (put("creation", "now", attachment), "creation"),
    "an attachment elsewhere": (put("url", "https://example.org/x.pdf", attachment), "no Binary"),
    "an attachment that is the clinic": (lambda of: attachment(of).update(url=of["entry"][1]["fullUrl"]), "no Binary"),
    "an author elsewhere": (lambda of: author(of, NOWHERE), "leads out of the bundle"),
    "a custodian elsewhere": (lambda of: doc(of)["custodian"].update(reference=NOWHERE), "leads out of the bundle"),
    "a section to elsewhere": (lambda of: comp(of)["section"][-1]["entry"][0].update(reference=NOWHERE), "leads out"),
    "an author that is a PDF": (lambda of: author(of, of["entry"][3]["fullUrl"]), "no Organization"),
    "an entry by itself": (lambda of: comp(of)["section"].pop(), "not reached"),
    "a status of the narrative": (lambda of: comp(of)["text"].update(status="fine"), "status of a narrative"),
    "a narrative that says it is empty": (lambda of: comp(of)["text"].update(status="empty"), "status of a narrative"),
    "a narrative with a tag open": (lambda of: told(of, "<p>x"), "not well-formed"),
    "an entity of HTML": (lambda of: told(of, "a&nbsp;b"), "not well-formed"),
    "a narrative of no namespace": (lambda of: told(of, "x", XHTML.partition(" ")[2]), "XHTML"),
    "a narrative without words": (lambda of: told(of, " "), "txt-2"),
    "a narrative in Spanish": (lambda of: told(of, "x", XHTML.replace("en", "es")), "another language"),
    "a narrative without xml:lang": (lambda of: told(of, "x", XHTML.rpartition(" ")[0]), "another language"),
    "a script": (lambda of: told(of, "<p>x</p><script>y</script>"), "<script>"),
    "a style sheet": (lambda of: told(of, "<p>x</p><style>y</style>"), "<style>"),
    "a section of HTML": (lambda of: told(of, "<section>x</section>"), "<section>"),
    "a figure": (lambda of: told(of, "<figure>x</figure>"), "<figure>"),
    "a drawing": (lambda of: told(of, "x<svg/>"), "<svg>"),
    "a form": (lambda of: told(of, "<form>x</form>"), "<form>"),
    "what happens on a click": (lambda of: told(of, '<p onclick="x()">x</p>'), "onclick"),
    "an attribute of another element": (lambda of: told(of, '<p href="https://example.org">x</p>'), "<p href>"),
    "an empty paragraph": (lambda of: told(of, "x<p> </p>"), "<p> is empty"),
    "an empty list of HTML": (lambda of: told(of, "x<ul/>"), "<ul> is empty"),
    "a script as link": (lambda of: told(of, '<a href="javascript:x()">x</a>'), "a link leads"),
    "an image from elsewhere": (lambda of: told(of, 'x<img src="https://a.org/x.png"/>'), "loaded from elsewhere"),
    "a paragraph in a paragraph": (lambda of: told(of, "<p>x<p>y</p></p>"), "<p> stands in <p>"),
    "an item outside a list": (lambda of: told(of, "<li>x</li>"), "<li> stands in <div>"),
    "lang without xml:lang": (lambda of: told(of, '<p lang="es">x</p>'), "xml:lang differ"),
    "no direction": (lambda of: told(of, '<p dir="up">x</p>'), "direction"),
    "a script further inside": (lambda of: comp(of)["section"][2]["section"][0]["text"].update(SCRIPT), "<script>"),
    "a script of the clinic": (lambda of: org(of)["text"].update(SCRIPT), "<script>"),
}  # fmt: skip

OF_RELEASE: dict[Release, dict[str, tuple[Break, str]]] = {
    "R4": {
        "a status of R5": (put("status", "registered", comp), "Composition.status"),
        "a docStatus of R5": (put("docStatus", "partial", doc), "docStatus"),
        "a size of R5": (lambda of: attachment(of).update(size=str(attachment(of)["size"])), "size"),
        "a confidentiality of one's own": (put("confidentiality", "secret", comp), "confidentiality"),
        "a mode of attesting": (lambda of: comp(of)["attester"][0].update(mode="kindly"), "mode"),
        "a telephone without a system": (lambda of: org(of)["telecom"][0].pop("system"), "cpt-2"),
        "a use of one's own": (lambda of: org(of)["telecom"][0].update(use="nightly"), "use of a telephone"),
        "a country in words": (lambda of: org(of)["address"][0].update(country="us of a"), "ISO 3166"),
        "a code without a system": (lambda of: doc(of)["context"]["event"][0]["coding"][0].pop("system"), "system's"),
        "a concept of nothing": (lambda of: doc(of)["context"]["event"][0].clear(), "says nothing"),
    },
    "R5": {
        "a size of R4": (lambda of: attachment(of).update(size=int(attachment(of)["size"])), "size"),
        "a mode of attesting": (lambda of: comp(of)["attester"][0]["mode"]["coding"][0].update(code="kindly"), "mode"),
        "a telephone without a system": (lambda of: org(of)["contact"][0]["telecom"][0].pop("system"), "cpt-2"),
        "a country in words": (lambda of: org(of)["contact"][0]["address"].update(country="us of a"), "ISO 3166"),
        "a code without a system": (lambda of: doc(of)["event"][0]["concept"]["coding"][0].pop("system"), "system's"),
        "an attester of the reference": (lambda of: doc(of)["attester"][0].update(time="May"), "time of an attester"),
    },
}


@pytest.mark.parametrize("release", RELEASES)
def test_a_bundle_of_ours_is_sound(release: Release) -> None:
    assert faults(sound(release), release) == []


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("name", BREAKS)
def test_what_is_broken_is_found(name: str, release: Release) -> None:
    _found(release, *BREAKS[name])


@pytest.mark.parametrize(("release", "name"), [(release, name) for release in RELEASES for name in OF_RELEASE[release]])
def test_what_is_broken_in_one_release_is_found(release: Release, name: str) -> None:
    _found(release, *OF_RELEASE[release][name])


def _found(release: Release, change: Break, said: str) -> None:
    broken = copy.deepcopy(sound(release))
    change(broken)
    found = faults(broken, release)
    assert any(said in fault for fault in found), found
