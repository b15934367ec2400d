"""Answers to the info buttons of patients' records: a question and the catalogue in; a feed, as Atom or JSON, out.

HL7 Context-Aware Knowledge Retrieval (Infobutton), Service-Oriented Architecture Implementation Guide: Atom (RFC 4287)
whose elements have one order; the JSON form as MedlinePlus Connect gives it.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from msgspec import Struct

from handouts.exchange.listing import Catalogue, Document, Edition, Listed, folded_words
from handouts.exchange.question import Criterion, Question, Recipient
from handouts.exchange.tongues import in_english

ATOM = "http://www.w3.org/2005/Atom"
USUAL_LANGUAGE = "en"
"""Where a request names none, as with MedlinePlus Connect."""
DRAFT = "Draft, not yet reviewed by a clinician"
_XML = "http://www.w3.org/XML/1998/namespace"
_MEDIA = {
    ".pdf": "application/pdf",
    ".html": "text/html",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_NAMES = {".pdf": "PDF", ".pptx": "PowerPoint"}
"""Of files whose kind their documents' own names do not say."""
_FOR: dict[Recipient, tuple[tuple[str, ...], ...]] = {
    "PAT": (("handout", "card"),),
    "PROV": (("deck",), ("handout", "card")),
}
"""What a reader is given: of each group the first document that the topic makes. A deck is not for patients."""


class Service(Struct, frozen=True):
    """What all answers of a server share: its public address without a final slash, the day of its documents, and
    whether it gives those alone that a clinician has signed off.
    """

    base: str
    today: date
    reviewed_only: bool = False


class Link(Struct, frozen=True):
    """Where a document is, what it is, in which language."""

    href: str
    type: str
    hreflang: str
    title: str


class Entry(Struct, frozen=True):
    """One document of a topic: `summary` is HTML, `updated` an ISO 8601 day."""

    id: str
    language: str
    title: str
    links: tuple[Link, ...]
    updated: str
    summary: str


class Feed(Struct, frozen=True):
    """An answer; `subtitle` says what the reader has to know of it, such as another language than was asked for."""

    id: str
    base: str
    subtitle: str
    updated: str
    categories: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]


def answer(question: Question, catalogue: Catalogue, service: Service) -> Feed:
    """The feed that answers a question; one without entries where nothing matches."""
    notes: list[str] = []
    entries: list[Entry] = []
    for topic in _asked_for(question, catalogue):
        edition = _edition(topic, question, service, notes)
        if edition is not None:
            entries += _entries(topic, edition, question, service)
    if not question.criteria:
        notes.append("Nothing was asked about; give mainSearchCriteria.v.c with .v.cs, or .v.dn.")
    elif not entries and not notes:
        notes.append("There is no handout about this.")
    identity = json.dumps([question.recipient, question.language, question.echoes])
    return Feed(
        id=_urn(service, identity),
        base=f"{service.base}/",
        subtitle=" ".join(dict.fromkeys(notes)),
        updated=service.today.isoformat(),
        categories=question.echoes,
        entries=tuple(entries),
    )


def page(question: Question, catalogue: Catalogue, service: Service) -> str:
    """The address of the page that shows a person the answer: the topic's own where there is one, else the search."""
    chosen = [
        (topic, one) for topic in _asked_for(question, catalogue) if (one := _edition(topic, question, service, []))
    ]
    if len(chosen) == 1:
        ((topic, edition),) = chosen
        query = urlencode({"lang": edition.language})
        return f"{service.base}/topic/{quote(topic.id, safe='')}?{query}"
    asked = [words for one in question.criteria[:1] for words in (one.code, *one.names) if words]
    words = next((one for one in asked if catalogue.search(one)), asked[0] if asked else "")
    return f"{service.base}/?{urlencode({'q': words})}" if words else f"{service.base}/"


def _asked_for(question: Question, catalogue: Catalogue) -> tuple[Listed, ...]:
    """The topics that answer one of the criteria, each once, in the order of those."""
    return tuple(dict.fromkeys(topic for one in question.criteria for topic in _about(one, catalogue)))


def _about(criterion: Criterion, catalogue: Catalogue) -> Iterable[Listed]:
    """The topics of a code; where it is not known, those that bear one of the names beside it."""
    if criterion.code and criterion.system and (found := catalogue.with_code(criterion.system, criterion.code)):
        return found
    found = catalogue.called(criterion.names)
    if found or criterion.code:
        return found
    # Without a code a name is what a person typed or clicked on, which may be the beginning of ours.
    asked = [words for name in criterion.names if (words := folded_words(name))]
    return tuple(topic for topic in catalogue.topics if any(topic.rank(words) in (0, 1) for words in asked))


def _edition(topic: Listed, question: Question, service: Service, notes: list[str]) -> Edition | None:
    """The edition in the language asked for, or in a like one, else in English, else the first; adds to `notes` what is
    not as asked. None where none may be given.
    """
    given = [one for one in topic.editions if one.review == "approved" or not service.reviewed_only]
    title = (topic.titles or topic.names or (topic.id,))[0]
    if not given:
        notes.append(f"'{title}' cannot be given: it is not signed off by a clinician, or cannot be made.")
        return None
    wanted = question.language or USUAL_LANGUAGE
    found = next((one for match in (_same, _alike) for one in given if match(one.language, wanted)), None)
    chosen = found or next((one for one in given if _alike(one.language, "en")), given[0])
    if said := _other_language(chosen, question):
        notes.append(f"'{chosen.title}' is {said}")
    return chosen


def _other_language(edition: Edition, question: Question) -> str:
    """That an edition is in another language than was asked for, as a sentence from its participle on; "" if not."""
    given = in_english(edition.language)
    if question.unread:
        return f"given in {given}: '{question.unread}' is no language known here; ask by its code, such as es."
    wanted = question.language or USUAL_LANGUAGE
    return "" if _alike(edition.language, wanted) else f"not available in {in_english(wanted)}; given in {given}."


def _same(one: str, other: str) -> bool:
    return one.lower() == other.lower()


def _alike(one: str, other: str) -> bool:
    """Whether two tags are of one language, whatever country or script they name."""
    return one.partition("-")[0].lower() == other.partition("-")[0].lower()


def _entries(topic: Listed, edition: Edition, question: Question, service: Service) -> Iterator[Entry]:
    for group in _FOR[question.recipient]:
        name = next((one for one in group if any(made.document == one for made in edition.documents)), None)
        documents = [one for one in edition.documents if one.document == name]
        if name is None or not documents:
            continue
        links = tuple(_link(topic, edition, one, service) for one in documents)
        draft = f"{DRAFT}: " if edition.review == "draft" else ""
        yield Entry(
            id=_urn(service, f"{topic.id}/{edition.language}/{name}"),
            language=edition.language,
            title=f"{draft}{documents[0].title}",
            links=links,
            updated=_updated(topic, edition, service.today),
            summary="".join(f"<p>{escape(said)}</p>" for said in _said(topic, edition, name, question)),
        )


def _link(topic: Listed, edition: Edition, document: Document, service: Service) -> Link:
    suffix = document.file[document.file.rfind(".") :]
    query = urlencode({"lang": edition.language, "format": document.format})
    kind = f" ({_NAMES[suffix]})" if suffix in _NAMES else ""
    title = f"{document.about[:1].upper()}{document.about[1:]}{kind}"
    href = f"{service.base}/topic/{quote(topic.id, safe='')}/document?{query}"
    return Link(href, _MEDIA.get(suffix, "application/octet-stream"), edition.language, title)


def _said(topic: Listed, edition: Edition, document: str, question: Question) -> Iterable[str]:
    """What the summary of an entry says, by paragraphs."""
    if said := _other_language(edition, question):
        yield f"{said[:1].upper()}{said[1:]}"
    if edition.message and document == "handout":
        yield edition.message
    state = f"{DRAFT}." if edition.review == "draft" else f"Reviewed by {edition.role}, {edition.reviewed_on}."
    yield f"{state} Information from {topic.as_of}."


def _updated(topic: Listed, edition: Edition, today: date) -> str:
    """The day of the sign-off, else the first one of the topic's own date; none after today."""
    first = edition.reviewed_on or topic.as_of.removeprefix("about ")
    return min(first + "0000-01-01"[len(first) :], today.isoformat())


def _urn(service: Service, name: str) -> str:
    """An id that stays the same as long as what it names does (RFC 9562, version 5)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{service.base}/{name}").urn


def atom(feed: Feed) -> bytes:
    """The feed as Atom in UTF-8; its elements in the order that the guide's schema has."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    root.set(f"{{{_XML}}}lang", "en")
    root.set(f"{{{_XML}}}base", feed.base)
    put = _putting(root)
    put("title", "Handouts", type="text")
    if feed.subtitle:
        put("subtitle", feed.subtitle, type="text")
    author = _putting(put("author"))
    author("name", "Handouts")
    author("uri", feed.base)
    put("updated", _moment(feed.updated))
    for scheme, term in feed.categories:
        put("category", scheme=scheme, term=term)
    put("id", feed.id)
    for entry in feed.entries:
        element = put("entry")
        element.set(f"{{{_XML}}}lang", entry.language)
        inner = _putting(element)
        inner("title", entry.title, type="text")
        for link in entry.links:
            inner("link", href=link.href, rel="alternate", type=link.type, hreflang=link.hreflang, title=link.title)
        inner("id", entry.id)
        inner("updated", _moment(entry.updated))
        inner("summary", entry.summary, type="html")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def as_json(feed: Feed) -> bytes:
    """The same feed as JSON in UTF-8."""
    entries = [
        {
            "lang": entry.language,
            "title": _text(entry.title),
            "link": [
                {
                    "title": link.title,
                    "rel": "alternate",
                    "type": link.type,
                    "hreflang": link.hreflang,
                    "href": link.href,
                }
                for link in entry.links
            ],
            "id": {"_value": entry.id},
            "updated": {"_value": _moment(entry.updated)},
            "summary": _text(entry.summary, "html"),
        }
        for entry in feed.entries
    ]
    plain: dict[str, Any] = {
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
        "base": feed.base,
        "lang": "en",
        "title": _text("Handouts"),
        "subtitle": _text(feed.subtitle),
        "author": {"name": {"_value": "Handouts"}, "uri": {"_value": feed.base}},
        "updated": {"_value": _moment(feed.updated)},
        "category": [{"scheme": scheme, "term": term} for scheme, term in feed.categories],
        "id": {"_value": feed.id},
        "entry": entries,
    }
    return json.dumps({"feed": plain}, ensure_ascii=False, indent=1).encode()


def _text(value: str, kind: str = "text") -> dict[str, str]:
    return {"_value": value, "type": kind}


def _moment(day: str) -> str:
    """A day as RFC 3339 writes moments; documents have no time of day."""
    return f"{day}T00:00:00Z"


def _putting(parent: Any) -> Callable[..., Any]:
    def put(name: str, text: str | None = None, /, **attributes: str) -> Any:
        element = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
        element.text = text
        return element

    return put
