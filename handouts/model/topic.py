"""Schema of `topic.yaml`: what no language changes. Names, dates, contacts, studies with their numbers, sources.

Every number stands here once, with the source it came from; the words of each language refer to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta

from handouts.model.base import (
    AsOf,
    AsOfField,
    AsOfIfAny,
    Contradiction,
    Line,
    Model,
    OneLine,
    Positive,
    Range,
    Slug,
    Stated,
    StatementId,
    Undated,
)
from handouts.model.code import Code, twice
from handouts.model.contact import Contact
from handouts.model.document import KeyPath
from handouts.model.picture import TopicPicture
from handouts.model.section import DOCUMENTS, DocumentName, DocumentNames, Section, Statement
from handouts.model.study import Registry, Report, Study
from handouts.model.subject import Subject
from handouts.model.waiver import Waiver

Doi = Annotated[str, Meta(pattern=r"^10\.[0-9]{4,9}/[^\s]+$")]
WebAddress = Annotated[
    str,
    Meta(pattern=r"^https://[^\s/?#@:]+\.[^\s/?#@:.]+(:[0-9]{1,5})?([/?#][^\s]*)?$", max_length=300),
]
SourceId = Slug


class Source(Model, frozen=True, kw_only=True):
    """Where a statement or number was found. At least one of address, doi, registry and citation says where to look.

    `short` names it where room is scarce, such as the foot of a page. `next_check` is when to look whether it has
    changed; past that day it counts as stale. A source that says no date itself has `seen`, when it was read.
    """

    title: Line
    publisher: Line
    as_of: AsOfIfAny
    seen: AsOfField | None = None
    next_check: AsOfField | None = None
    short: Annotated[OneLine, Meta(max_length=40)] | None = None
    address: WebAddress | None = None
    doi: Doi | None = None
    registry: Registry | None = None
    citation: Line | None = None

    def __post_init__(self) -> None:
        if not (self.address or self.doi or self.registry or self.citation):
            raise ValueError("says nowhere to look it up; add address, doi, registry or citation")
        if isinstance(self.as_of, Undated) and self.seen is None:
            raise Contradiction(
                [(("as_of",), "is unknown, so that nobody can tell how old it is; add seen: when it was read")]
            )

    @property
    def dated(self) -> AsOf:
        """The date that it says, else when it was read."""
        found = self.seen if isinstance(self.as_of, Undated) else self.as_of
        if found is None:
            raise ValueError("a source without a date of its own says when it was read")
        return found

    @property
    def can_change(self) -> bool:
        """Whether what it says may change under the same name, as a page or a label does and an article does not."""
        return not (self.doi or self.registry)


class OtherDrug(Model, frozen=True, kw_only=True):
    """A medicine that the words name beside the topic's own."""

    name: Line
    brand: Line | None = None


class Fact(Model, frozen=True, kw_only=True):
    """What belongs to no study: a date such as an approval's, a time of day, a number or range, which may have a unit.

    `unit` is an id, `day`, of the locale's units or of the language file's `plurals`.
    """

    value: Stated
    unit: Slug | None = None
    source: SourceId

    def __post_init__(self) -> None:
        if self.unit is not None and not isinstance(self.value, Decimal | Range):
            raise Contradiction([("unit", "is given to a date or time, which has none; delete the key")])


class Event(Model, frozen=True, kw_only=True):
    """A dated point of the timeline; its words stand in the language file."""

    on: AsOfField
    source: SourceId


class TypedReview(Model, frozen=True, kw_only=True):
    """A review that somebody typed into topic.yaml. It counts for nothing: `handouts approve` records a sign-off."""

    role: Line
    on: AsOfField


class Freshness(Model, frozen=True, kw_only=True):
    """After how many months information counts as stale."""

    stale_after_months: Positive = 24


MOST_CODES = 500
"""Of one topic; a medicine of many makers and packages has some hundred NDCs."""


class Topic(Model, frozen=True, kw_only=True):
    """The whole of `topic.yaml`."""

    schema_version: Literal[2]
    subject: Subject
    documents: DocumentNames = DOCUMENTS
    codes: Annotated[tuple[Code, ...], Meta(max_length=MOST_CODES)] = ()
    as_of: AsOfField
    main_source: SourceId
    pictures: dict[Slug, TopicPicture] = {}
    contacts: dict[Slug, Contact] = {}
    freshness: Freshness = Freshness()
    waivers: tuple[Waiver, ...] = ()
    review: TypedReview | None = None
    sources: dict[SourceId, Source]
    facts: dict[Slug, Fact] = {}
    studies: dict[Slug, Study] = {}
    other_drugs: tuple[OtherDrug, ...] = ()
    timeline: dict[Slug, Event] = {}
    sections: dict[Slug, Section]
    statements: dict[StatementId, Statement]

    def __post_init__(self) -> None:
        if found := tuple(twice(self.codes)):
            raise Contradiction(found)

    def stands_in(self, section: Section) -> tuple[DocumentName, ...]:
        """The documents of the topic in which a section stands."""
        return tuple(one for one in section.stands_in() if one in self.documents)

    def tells_in(self, statement: Statement) -> tuple[DocumentName, ...]:
        """The documents of the topic that tell a statement; none where its section does not exist."""
        return tuple(
            one
            for one in statement.documents or DOCUMENTS
            if (section := self.sections.get(statement.section_in(one) or "")) and one in self.stands_in(section)
        )

    def reports(self) -> Iterator[tuple[KeyPath, Report]]:
        """Every study and later report with its path in topic.yaml."""
        for key, study in self.studies.items():
            yield ("studies", key), study
            for later, report in study.later.items():
                yield ("studies", key, "later", later), report
