"""Schema of a language file (`en.yaml`): the words of one topic in one language.

Words may hold `{{ weekly.orr.count }}` and the like, which `compose.wording` fills from `topic.yaml`, and
`**strong**`; everything else in them is plain text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta

from handouts.model.base import After, Contradiction, LanguageTag, Line, Model, Slug, StatementId, Text
from handouts.model.picture import PictureWords
from handouts.model.plural_forms import PluralForms, faults_of
from handouts.model.section import DocumentName

MOST_STATEMENTS, MOST_ITEMS = 500, 200
"""More than a topic says. Some checks compare each of a list with each other."""
Texts = Annotated[tuple[Text, ...], Meta(max_length=MOST_ITEMS)]


def _no_expression(name: str) -> str:
    if "{{" in name:
        raise ValueError("names a value, which a name itself cannot do; write the name alone")
    return name


READERS: Mapping[DocumentName, tuple[str, ...]] = {
    "handout": ("patient",),
    "deck": ("clinician",),
    "card": ("card", "patient"),
}
"""Whose words each document tells, the first that there are."""


class StatementWords(Model, frozen=True, kw_only=True):
    """One statement: in plain words for patients, in the field's terms for clinicians, in a few words for a card.

    A handout tells `patient`, a deck `clinician`, a card `card`, else `patient`.
    """

    patient: Text | None = None
    clinician: Text | None = None
    card: Text | None = None

    def __post_init__(self) -> None:
        if not (self.patient or self.clinician or self.card):
            raise ValueError("says nothing; give patient, clinician or card")

    def told_in(self, document: DocumentName) -> str | None:
        """The key of the words that a document tells; None where it has none for the document's readers."""
        return next((name for name in READERS[document] if getattr(self, name)), None)


class SlideWords(Model, frozen=True, kw_only=True):
    """A section's slide: its title, a sentence with the message; what to say about it; and a note that stands on it."""

    title: Text | None = None
    talk: Text | None = None
    note: Text | None = None


class SectionWords(Model, frozen=True, kw_only=True):
    """A section's heading, words before what it tells, labels of the lines to write on, and its slide; of a care card
    what else to do (`closing`), below whom to call.

    Without a slide's title the heading is it; a common section, such as side_effects, has its heading in the locale.
    """

    heading: Text | None = None
    intro: Text | None = None
    closing: Text | None = None
    fields: Texts = ()
    deck: SlideWords = SlideWords()


class StudyWords(Model, frozen=True, kw_only=True):
    """How a study is called and described; `short` names it, `caution` says how not to read it."""

    short: Text
    population: Text | None = None
    design: Text | None = None
    regimen: Text | None = None
    endpoint: Text | None = None
    caution: Text | None = None


class AnchorWords(Model, frozen=True, kw_only=True):
    """What days and hours are counted from: its name in a sentence, and the label of the line to write it on."""

    name: Text
    write: Text | None = None


class SourceWords(Model, frozen=True, kw_only=True):
    """A source's title, publisher and short name in this language; the original stands for what is not given."""

    title: Text | None = None
    publisher: Text | None = None
    short: Text | None = None


class NameWords(Model, frozen=True, kw_only=True):
    """What a thing is called where patients and clinicians call it by other names.

    `means` says to patients what that is to them; figures set it in small type beneath the name. In a bar that shows
    outcomes within one another, `part` names the people whom no better outcome counts, and `rest` those whom none
    counts.
    """

    patient: Text | None = None
    clinician: Text | None = None
    means: Text | None = None
    part: Text | None = None
    rest: Text | None = None

    def __post_init__(self) -> None:
        if not (self.patient or self.clinician):
            raise ValueError("is no name; give patient, clinician or both")


class Term(Model, frozen=True, kw_only=True):
    """A word that readers may not know; `forms` are other forms of it ("relapses").

    The handout lists it with its `meaning`. `in_text` are the words that explain it in the text where it is first used.
    """

    term: Text
    meaning: Text | None = None
    in_text: Text | None = None
    forms: Texts = ()

    def __post_init__(self) -> None:
        if not (self.meaning or self.in_text):
            raise ValueError("is not explained; give its meaning, in_text or both")


class HandoutWords(Model, frozen=True, kw_only=True):
    """The head of the patient handout."""

    eyebrow: Text | None = None
    title: Text
    main_message: Text


class DeckWords(Model, frozen=True, kw_only=True):
    """The title slide of the clinician deck, and what to say with it."""

    title: Text
    subtitle: Text
    talk: Text | None = None


class CardWords(Model, frozen=True, kw_only=True):
    """The head of the wallet card."""

    title: Text
    lead: Text | None = None


class SubjectWords(Model, frozen=True, kw_only=True):
    """What the language calls the topic's subject, where topic.yaml has no name for it or another one."""

    name: Annotated[Line, After(_no_expression)]


class ContactWords(Model, frozen=True, kw_only=True):
    """What a contact is called, and when somebody is there."""

    name: Annotated[Line, After(_no_expression)]
    hours: Text | None = None


class Words(Model, frozen=True, kw_only=True):
    """The whole of a language file. `names` has every id that a figure, a table or a slide prints, `plurals` words that
    are counted, and units that the locale lacks.
    """

    schema_version: Literal[2]
    language: LanguageTag
    subject: SubjectWords | None = None
    handout: HandoutWords | None = None
    deck: DeckWords | None = None
    card: CardWords | None = None
    sections: dict[Slug, SectionWords] = {}
    statements: Annotated[dict[StatementId, StatementWords], Meta(max_length=MOST_STATEMENTS)] = {}
    studies: dict[Slug, StudyWords] = {}
    names: dict[Slug, Text | NameWords] = {}
    pictures: dict[Slug, PictureWords] = {}
    contacts: dict[Slug, ContactWords] = {}
    timeline: dict[Slug, Text] = {}
    anchors: dict[Slug, AnchorWords] = {}
    sources: dict[Slug, SourceWords] = {}
    plurals: dict[Slug, PluralForms] = {}
    questions: Texts = ()
    terms: Annotated[tuple[Term, ...], Meta(max_length=MOST_ITEMS)] = ()

    def __post_init__(self) -> None:
        if found := [(("plurals", *path), message) for path, message in faults_of(self.plurals, self.language)]:
            raise Contradiction(found)
