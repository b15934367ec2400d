"""Schema of a section in `topic.yaml`: what it holds, in which documents it stands, and what a page is asked for it.

Its words stand in the language files under the same id. Which names it may give is looked up by `references`; which
figure can draw what it shows is judged by `checks.shows`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from msgspec import Meta, field

from handouts.model.base import After, Contradiction, Model, Name, Slug, TimeOfDayField
from handouts.model.document import KeyPath

DocumentName = Literal["handout", "deck", "card"]
DOCUMENTS: tuple[DocumentName, ...] = ("handout", "deck", "card")


def _each_once(names: tuple[DocumentName, ...]) -> tuple[DocumentName, ...]:
    for index, name in enumerate(names):
        if name in names[:index]:
            raise ValueError(f"names the {name} twice; write it once")
    return names


DocumentNames = Annotated[tuple[DocumentName, ...], Meta(min_length=1), After(_each_once)]

SectionKind = Literal[
    "text", "points", "steps", "schedule", "callout", "care_card", "contacts", "fill_in", "evidence", "questions",
    "terms",
]  # fmt: skip
Show = Literal[
    "icon_array", "part_bar", "rates", "paired_bars", "facts_box", "forest", "dumbbell", "mean_change", "harms_table",
    "outcomes_table", "trial_map", "timeline", "by_study",
]  # fmt: skip
Urgency = Literal["non_urgent", "urgent", "emergency"]
SlideForm = Literal["section", "take_home", "backup"]
"""What a section's slide may be: one that opens a part of the deck, its take-home message, or a slide kept in reserve
behind all others.
"""
ON_ACCENT: tuple[SectionKind, ...] = ("text", "points", "callout")
"""Kinds that an opening slide or a take-home message can hold: words."""
Whole = Literal[100, 1000, 10000, 100000]
COLUMNS = 12
"""Columns of a page."""
Width = Literal["full", "half"] | Annotated[int, Meta(ge=3, le=9)]
"""How wide a section would stand beside others: half the page, or so many of its columns."""
Slugs = Annotated[tuple[Slug, ...], Meta(min_length=1)]

_USUAL: Mapping[SectionKind, tuple[DocumentName, ...]] = {
    "care_card": ("handout",),
    "contacts": ("handout", "card"),
    "fill_in": ("card",),
    "questions": ("handout",),
    "terms": ("handout",),
}
"""Where a section of a kind stands that does not say so; all others stand in handout and deck."""

_NEVER: Mapping[SectionKind, tuple[DocumentName, ...]] = {
    "fill_in": ("deck",),
    "evidence": ("card",),
    "questions": ("deck", "card"),
    "terms": ("deck", "card"),
}
"""Documents that have no form for a kind."""

TELLS_NONE: Mapping[SectionKind, tuple[DocumentName, ...]] = {
    "questions": ("handout",),
    "terms": ("handout",),
    "fill_in": ("card",),
}
"""Documents in which a kind has a form for words of its own, and none for statements."""

_ONLY: Mapping[str, tuple[SectionKind, ...]] = {
    "study": ("evidence",),
    "studies": ("evidence",),
    "outcomes": ("evidence",),
    "harms": ("evidence",),
    "show": ("evidence",),
    "per": ("evidence",),
    "urgency": ("care_card",),
    "contacts": ("care_card", "contacts", "fill_in"),
    "qr": ("contacts",),
    "picture": ("text", "points", "steps", "callout"),
    "tone": ("text", "points", "callout"),
    "form": ("points",),
    "cautions": ("points",),
    "anchor": ("steps", "schedule"),
}
"""Keys that sections of some kinds alone have."""

MAPPED = ("setting", "combined_with", "phase", "status", "planned", "enrolled", "registry")
"""What a map of trials says of each study."""

_NO_STUDY: tuple[Show, ...] = ("timeline", "by_study", "trial_map")
"""What can be shown without naming a study: the topic's events, or all studies that statements or plans speak of."""


class Section(Model, frozen=True, kw_only=True):
    """One section; the order of sections is their order in print.

    `documents` (written `in`) is where it stands, `under` the section under whose heading. `show` is how evidence is
    shown, in all documents or by document (one that it leaves out has words alone), and `per` of how many people.
    `form` shows points as a table or, on a slide, as tiles; `cautions` are the aspects whose tile warns.
    `width`, `new_page`, `side` and `slide` are all that can be wished of the layout.
    """

    kind: SectionKind
    documents: DocumentNames | None = field(name="in", default=None)
    under: Slug | None = None
    study: Slug | None = None
    studies: Slugs = ()
    outcomes: Slugs | Literal["all"] = ()
    harms: Slugs | Literal["all"] = ()
    show: Show | dict[DocumentName, Show] | None = None
    per: Whole | None = None
    urgency: Urgency | None = None
    contacts: Slugs = ()
    qr: Slug | None = None
    picture: Slug | None = None
    tone: Literal["changed", "important"] | None = None
    form: Literal["table", "tiles"] | None = None
    cautions: Slugs = ()
    anchor: Slug | None = None
    width: Width = "full"
    new_page: bool = False
    side: Literal["front", "back"] | None = None
    slide: SlideForm | None = None

    def __post_init__(self) -> None:
        if found := list(self._contradictions()):
            raise Contradiction(found)

    def _contradictions(self) -> Iterator[tuple[str, str]]:
        for key, kinds in _ONLY.items():
            if getattr(self, key) not in (None, ()) and self.kind not in kinds:
                yield key, f"is for a section of kind {' or '.join(kinds)}, not {self.kind}; delete the key"
        for document in self.documents or ():
            if document in _NEVER.get(self.kind, ()):
                message = f"puts a section of kind {self.kind} in the {document}, which has no form for it"
                yield "in", f"{message}; leave {document} out"
        if self.study is not None and self.studies:
            yield "studies", "stands beside study; give one of them"
        if self.kind == "care_card" and self.urgency is None:
            yield "", "does not say how urgent it is; add urgency: non_urgent, urgent or emergency"
        if self.kind in ("care_card", "contacts") and not self.contacts:
            yield "", f"is of kind {self.kind} and names nobody to call; add contacts: with ids of 'contacts'"
        if self.qr is not None and self.qr not in self.contacts:
            yield "qr", f"is '{self.qr}', which the section's contacts do not have; write one of them"
        if self.kind == "evidence":
            yield from self._evidence()
        yield from self._slide()
        if self.side is not None and "card" not in self.stands_in():
            yield "side", "is a side of the card, in which the section does not stand; delete it, or add card to in"

    def _slide(self) -> Iterator[tuple[str, str]]:
        if self.slide is not None and "deck" not in self.stands_in():
            yield "slide", "is a form of slide, but the section is not in the deck; delete it, or add deck to in"
        elif self.slide in ("section", "take_home") and self.kind not in ON_ACCENT:
            kinds = " or ".join(ON_ACCENT)
            yield "slide", f"is '{self.slide}', which is for a section of kind {kinds}, not {self.kind}; delete it"
        elif self.slide in ("section", "take_home") and self.picture is not None:
            yield "slide", f"is '{self.slide}', which has no place for a picture; delete one of them"

    def _evidence(self) -> Iterator[tuple[str, str]]:
        if self.show is None:
            yield "", "does not say how it shows its evidence; add show: with the name of a figure or table"
        elif not self.show:
            yield "show", "names no document; write how it is shown, like {handout: paired_bars, deck: forest}"
        elif isinstance(self.show, dict):
            for document in self.show:
                if document not in self.stands_in():
                    yield "show", f"says how to show it in the {document}, where it does not stand; delete it"
        if not self.named_studies() and not all(one in _NO_STUDY for one in self.shows()):
            yield "", "names no study; add study: with an id of 'studies'"

    @property
    def span(self) -> int:
        """How many of the page's columns it would take beside others."""
        return {"full": COLUMNS, "half": COLUMNS // 2}[self.width] if isinstance(self.width, str) else self.width

    def stands_in(self) -> tuple[DocumentName, ...]:
        """The documents that it stands in, as far as the topic makes them."""
        return self.documents or _USUAL.get(self.kind, ("handout", "deck"))

    def named_studies(self) -> tuple[str, ...]:
        """The studies that it names."""
        return (self.study,) if self.study is not None else self.studies

    def shown_in(self, document: DocumentName) -> Show | None:
        """How its evidence is shown in a document."""
        return self.show.get(document) if isinstance(self.show, dict) else self.show

    def shows(self) -> tuple[Show, ...]:
        """Every way in which its evidence is shown."""
        if isinstance(self.show, dict):
            return tuple(dict.fromkeys(self.show.values()))
        return (self.show,) if self.show else ()


class When(Model, frozen=True, kw_only=True):
    """When a step is taken: on a day, counted from the section's anchor (-1 is the day before), perhaps at a time of
    day; or so many hours from the anchor.
    """

    day: Annotated[int, Meta(ge=-3650, le=3650)] | None = None
    time: TimeOfDayField | None = None
    hours: Annotated[int, Meta(ge=-10_000, le=10_000)] | None = None

    def __post_init__(self) -> None:
        if (self.day is None) == (self.hours is None):
            raise ValueError("needs either day or hours, counted from the section's anchor; write one, like {day: -1}")
        if self.time is not None and self.day is None:
            raise Contradiction([("time", "stands without a day; add day:, like 0 for the day itself")])


class Statement(Model, frozen=True, kw_only=True):
    """Where a statement is told, and on what it rests: `sources`, or `own` where it is the authors' judgement.

    `section` is the one that tells it, in all documents or by document; `documents` (written `in`) narrows where that
    stands. `aspect` is its column in a table whose rows are studies (`study`) or anything with a name (`row`), or its
    tile on a slide. `values` are the outcomes that it is about, such as `mm1.pfs`: a figure that draws them tells it.
    """

    section: Slug | Annotated[dict[DocumentName, Slug], Meta(min_length=1)]
    sources: Slugs = ()
    own: bool = False
    documents: DocumentNames | None = field(name="in", default=None)
    study: Slug | None = None
    row: Slug | None = None
    aspect: Slug | None = None
    at: When | None = None
    values: Annotated[tuple[Name, ...], Meta(min_length=1)] = ()

    def __post_init__(self) -> None:
        if self.own and self.sources:
            raise Contradiction([("own", "stands beside sources; keep what is true of it")])
        if not self.own and not self.sources:
            raise Contradiction(
                [("", "rests on nothing; add sources: with ids of 'sources', or own: true for the authors' judgement")]
            )
        if self.documents and isinstance(self.section, dict):
            raise Contradiction([("in", "stands beside a section for each document; delete it")])
        if self.row is not None and self.aspect is None:
            raise Contradiction([("row", "stands without a column; add aspect: with an id of 'names'")])

    def section_in(self, document: DocumentName) -> str | None:
        """The section that tells it in a document; None where none is named."""
        return self.section.get(document) if isinstance(self.section, dict) else self.section

    def named_sections(self) -> Iterator[tuple[KeyPath, str]]:
        """Each section that it names, with the path of the name."""
        if isinstance(self.section, dict):
            yield from ((("section", document), name) for document, name in self.section.items())
        else:
            yield ("section",), self.section
