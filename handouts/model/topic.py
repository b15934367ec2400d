"""Schema of `topic.yaml`: what no language changes. Names, dates, the hotline, studies with their numbers, sources.

Every number stands here once, with the source it came from; the words of each language refer to it.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from msgspec import Meta

from handouts.model.base import (
    AsOfField,
    Count,
    Line,
    Model,
    Number,
    OneLine,
    Positive,
    Slug,
    StatementId,
    TallyField,
)
from handouts.model.phone import Dial, Phone, keypad_digits
from handouts.model.waiver import Waiver

Phase = Literal["I", "I/II", "II", "II/III", "III", "IV", "pooled"]
Category = Literal["CR", "VGPR", "PR", "MR", "SD", "PD"]
"""IMWG response categories, best first."""

CATEGORY_ORDER: tuple[Category, ...] = ("CR", "VGPR", "PR", "MR", "SD", "PD")

Status = Literal["preliminary", "final", "planned", "recruiting", "completed", "published"]
Section = Literal[
    "key_facts",
    "what_it_is",
    "laboratory",
    "results",
    "side_effects",
    "being_studied",
    "find_trial",
    "what_has_changed",
]

Doi = Annotated[str, Meta(pattern=r"^10\.[0-9]{4,9}/[^\s]+$")]
Registry = Annotated[str, Meta(pattern=r"^NCT[0-9]{8}$")]
WebAddress = Annotated[
    str,
    Meta(pattern=r"^https://[^\s/?#@:]+\.[^\s/?#@:.]+(:[0-9]{1,5})?([/?#][^\s]*)?$", max_length=300),
]
SourceId = Slug
Sources = Annotated[tuple[SourceId, ...], Meta(min_length=1)]


class Source(Model, frozen=True, kw_only=True):
    """Where a statement or number was found. At least one of address, doi, registry and citation says where to look.

    `short` names it where room is scarce, such as the foot of a page. `next_check` is when to look whether it has
    changed; past that day it counts as stale.
    """

    title: Line
    publisher: Line
    as_of: AsOfField
    next_check: AsOfField | None = None
    short: Annotated[OneLine, Meta(max_length=40)] | None = None
    address: WebAddress | None = None
    doi: Doi | None = None
    registry: Registry | None = None
    citation: Line | None = None

    def __post_init__(self) -> None:
        if not (self.address or self.doi or self.registry or self.citation):
            raise ValueError("says nowhere to look it up; add address, doi, registry or citation")

    @property
    def can_change(self) -> bool:
        """Whether what it says may change under the same name, as a page or a label does and an article does not."""
        return not (self.doi or self.registry)


class Drug(Model, frozen=True, kw_only=True):
    """The medicine's names: `name` is the generic one."""

    name: Line
    code_name: Line | None = None
    brand: Line | None = None
    maker: Line | None = None


class OtherDrug(Model, frozen=True, kw_only=True):
    """A medicine that the words name beside the topic's own."""

    name: Line
    brand: Line | None = None


class Hotline(Model, frozen=True, kw_only=True):
    """A telephone line: `shown` may spell digits as letters, `digits` never; `dial` is what a phone calls (E.164).

    `checks.phones` judges whether the three are one number, and a number at all.
    """

    shown: Phone
    digits: Phone
    dial: Dial
    source: SourceId
    verified_on: AsOfField | None = None
    verified_by: Line | None = None

    def __post_init__(self) -> None:
        if (self.verified_on is None) != (self.verified_by is None):
            raise ValueError("needs both verified_on and verified_by, or neither")

    @property
    def spelled_out(self) -> str:
        """The number as shown, each word in it followed by the digits that it stands for: `1-866-603-MMCT (6628)`."""
        return re.sub(r"[A-Za-z]+", lambda word: f"{word[0]} ({keypad_digits(word[0])})", self.shown)


class Fact(Model, frozen=True, kw_only=True):
    """One number or date that belongs to no study, such as an approval date."""

    value: Number | AsOfField
    source: SourceId


class Response(Model, frozen=True, kw_only=True):
    """People who responded: `category` alone, or that category and every better one with `or_better`.

    `of` is the number evaluable; without it the source states a percentage alone, and no count exists. `basis` tells
    whether the source prints the count or it follows from the published percentage (the only count that rounds to it).
    """

    category: Category
    or_better: bool = False
    count: Count | None = None
    of: Positive | None = None
    percent: Number | None = None
    basis: Literal["published", "derived"] = "published"
    subgroup: Slug | None = None
    source: SourceId | None = None

    def __post_init__(self) -> None:
        if self.count is None and self.percent is None:
            raise ValueError("has no result; give count and of, or the percent as published")
        if self.count is not None and self.of is None:
            raise ValueError("has a count without 'of', the number evaluable")


class Harm(Model, frozen=True, kw_only=True):
    """People with a side effect. Without `of` the source does not state how many were at risk: no percentage exists."""

    grade: Literal["any", "severe"] = "any"
    cases: Count | None = None
    percent: Number | None = None
    of: Positive | None = None
    control_percent: Number | None = None
    control_of: Positive | None = None
    source: SourceId | None = None

    def __post_init__(self) -> None:
        if self.cases is None and self.percent is None:
            raise ValueError("has no number; give cases or percent, or leave it to the words")


class Outcome(Model, frozen=True, kw_only=True):
    """A time-to-event result of a randomised study: medians in `unit`, hazard ratio (HR), interval and p value."""

    endpoint: Literal["PFS", "OS"]
    n: Positive | None = None
    unit: Literal["months"] = "months"
    treated: Number | None = None
    control: Number | None = None
    hr: Number
    hr_low: Number | None = None
    hr_high: Number | None = None
    p: Number | None = None
    significant: bool
    source: SourceId


class Report(Model, frozen=True, kw_only=True):
    """What one source says of a study: how many people, and what came of it; `as_of` is its data cut-off."""

    source: SourceId
    status: Status
    as_of: AsOfField | None = None
    planned: TallyField | None = None
    enrolled: TallyField | None = None
    evaluable: Positive | None = None
    responses: dict[Slug, Response] = {}
    harms: dict[Slug, Harm] = {}
    outcomes: dict[Slug, Outcome] = {}


class Study(Report, frozen=True, kw_only=True):
    """A study as the topic's main source reports it; `later` holds what other sources said since.

    `main_response` names the response that leads (else the first one); `figure` is how the handout pictures it;
    `criteria` are the response criteria as the source names them, such as "IMWG 2016".
    """

    phase: Phase
    setting: Slug
    name: Line | None = None
    registry: Registry | None = None
    drugs: tuple[Line, ...] = ()
    times_a_week: Positive | None = None
    weeks_on: Positive | None = None
    cycle_weeks: Positive | None = None
    main_response: Slug | None = None
    criteria: Line | None = None
    figure: Literal["icon-array", "response-bars"] | None = None
    prior_therapies: Number | None = None
    later: dict[Slug, Report] = {}


class Event(Model, frozen=True, kw_only=True):
    """A dated point of the timeline; its words stand in the language file."""

    on: AsOfField
    source: SourceId


class Statement(Model, frozen=True, kw_only=True):
    """Where a statement is told. The deck tells every one; the handout those with `handout: true`."""

    section: Section
    sources: Sources
    study: Slug | None = None
    aspect: Slug | None = None
    handout: bool = True


class TypedReview(Model, frozen=True, kw_only=True):
    """A review that somebody typed into topic.yaml. It counts for nothing: `handouts approve` records a sign-off."""

    role: Line
    on: AsOfField


class Freshness(Model, frozen=True, kw_only=True):
    """After how many months information counts as stale."""

    stale_after_months: Positive = 24


class Topic(Model, frozen=True, kw_only=True):
    """The whole of `topic.yaml`."""

    schema_version: Literal[1]
    drug: Drug
    as_of: AsOfField
    main_source: SourceId
    mechanism: Literal["proteasome-inhibitor"] | None = None
    hotline: Hotline | None = None
    freshness: Freshness = Freshness()
    waivers: tuple[Waiver, ...] = ()
    review: TypedReview | None = None
    sources: dict[SourceId, Source]
    facts: dict[Slug, Fact] = {}
    studies: dict[Slug, Study] = {}
    other_drugs: tuple[OtherDrug, ...] = ()
    timeline: dict[Slug, Event] = {}
    statements: dict[StatementId, Statement]
