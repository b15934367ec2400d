"""The index: the catalogue in; all topics with their codes, languages and documents as one JSON text out.

For programs of a hospital that look topics up themselves. Its form is `schema/index.schema.json`; the same content and
day give the same bytes.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from handouts.exchange.listing import Catalogue, Edition, Listed
from handouts.model.base import Model
from handouts.model.code import Code
from handouts.model.code_forms import SYSTEMS, CodeSystem
from handouts.model.subject import SubjectKind
from handouts.model.topic import Source
from handouts.problems import Problem, encodable


class IndexSource(Model, frozen=True, kw_only=True):
    """Where a code was found; `as_of` is "unknown" for a source that says no date."""

    id: str
    title: str
    publisher: str
    as_of: str
    address: str | None


class IndexCode(Model, frozen=True, kw_only=True):
    """A code: its system by our id, HL7's OID and FHIR's address, and what the code is called there."""

    system: CodeSystem
    oid: str
    uri: str
    code: str
    display: str
    as_of: str
    source: IndexSource | None


class IndexDocument(Model, frozen=True, kw_only=True):
    """A document that can be made: the `--format` that makes it, and its usual file name."""

    format: str
    document: str
    title: str
    file: str


class IndexEdition(Model, frozen=True, kw_only=True):
    """A topic in one language. `reviewer_role` and `reviewed_on` are of its sign-off, null for a draft."""

    language: str
    name: str
    title: str
    review: Literal["draft", "approved"]
    reviewer_role: str | None
    reviewed_on: str | None
    documents: tuple[IndexDocument, ...]


class IndexProblem(Model, frozen=True, kw_only=True):
    """What keeps a topic, or one of its languages, from being made; the file is named from the content folder."""

    file: str
    line: int
    code: str
    message: str
    instead: str


class IndexTopic(Model, frozen=True, kw_only=True):
    """A topic. What cannot be read of it is null; `editions` are those that can be made."""

    id: str
    kind: SubjectKind | None
    name: str | None
    brand: str | None
    code_name: str | None
    maker: str | None
    as_of: str | None
    codes: tuple[IndexCode, ...]
    editions: tuple[IndexEdition, ...]
    problems: tuple[IndexProblem, ...]


class Index(Model, frozen=True, kw_only=True):
    """All topics by id, as they are on a day (ISO 8601)."""

    version: Literal[1] = 1
    date: str
    topics: tuple[IndexTopic, ...]


def index_of(catalogue: Catalogue, today: date, content: str) -> str:
    """The text of the index; `content` is the folder from which files are named."""
    topics = tuple(_topic(one, content) for one in sorted(catalogue.topics, key=lambda one: one.id))
    plain = msgspec.json.encode(Index(date=today.isoformat(), topics=topics))
    return msgspec.json.format(plain, indent=2).decode() + "\n"


def _topic(topic: Listed, content: str) -> IndexTopic:
    return IndexTopic(
        id=encodable(topic.id),
        kind=topic.kind,
        name=topic.name or None,
        brand=topic.brand or None,
        code_name=topic.code_name or None,
        maker=topic.maker or None,
        as_of=topic.as_of or None,
        codes=tuple(_code(one, topic.cited.get(one.source)) for one in topic.codes),
        editions=tuple(map(_edition, topic.editions)),
        problems=tuple(_problem(one, content) for one in topic.problems),
    )


def _code(code: Code, source: Source | None) -> IndexCode:
    system = SYSTEMS[code.system]
    found = source and IndexSource(
        id=code.source,
        title=source.title,
        publisher=source.publisher,
        as_of=str(source.as_of),
        address=source.address,
    )
    return IndexCode(
        system=code.system,
        oid=system.oid,
        uri=system.uri,
        code=code.code,
        display=code.display,
        as_of=str(code.as_of),
        source=found,
    )


def _edition(edition: Edition) -> IndexEdition:
    return IndexEdition(
        language=edition.language,
        name=edition.name,
        title=edition.title,
        review=edition.review,
        reviewer_role=edition.role or None,
        reviewed_on=edition.reviewed_on or None,
        documents=tuple(
            IndexDocument(format=one.format, document=one.document, title=one.title, file=one.file)
            for one in edition.documents
        ),
    )


def _problem(problem: Problem, content: str) -> IndexProblem:
    file = problem.origin.file.removeprefix(f"{content.rstrip('/')}/")
    return IndexProblem(
        file=encodable(file),
        line=problem.origin.line,
        code=str(problem.code),
        message=encodable(problem.message),
        instead=encodable(problem.instead),
    )
