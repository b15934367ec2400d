"""Schema of a language file (`en.yaml`): the words of one topic in one language.

Words may hold `{{ weekly.orr.count }}` and the like, which `compose.wording` fills from `topic.yaml`, and
`**strong**`; everything else in them is plain text.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from handouts.model.base import After, Contradiction, Line, Model, Slug, StatementId, Text
from handouts.model.plural_forms import PluralForms, faults_of

LanguageTag = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
MOST_STATEMENTS, MOST_ITEMS = 500, 200
"""More than a topic says. Some checks compare each of a list with each other."""
Texts = Annotated[tuple[Text, ...], Meta(max_length=MOST_ITEMS)]


def _no_expression(name: str) -> str:
    if "{{" in name:
        raise ValueError("names a value, which a name itself cannot do; write the name alone")
    return name


class StatementWords(Model, frozen=True, kw_only=True):
    """One statement twice: in plain words for patients (none: the deck alone tells it) and in the field's terms."""

    patient: Text | None = None
    clinician: Text


class StudyWords(Model, frozen=True, kw_only=True):
    """How a study is called and described.

    `short` names it for patients; `headline` is its slide's title, a sentence with the result; `see` is the sentence
    beside its figure that says what to see in it; `caution` stands on its slide; `talk` is what to say about it.
    """

    short: Text
    headline: Text | None = None
    see: Text | None = None
    population: Text | None = None
    design: Text | None = None
    regimen: Text | None = None
    endpoint: Text | None = None
    caution: Text | None = None
    talk: Text | None = None


class NameWords(Model, frozen=True, kw_only=True):
    """What a thing is called where patients and clinicians call it by other names.

    In a bar that shows outcomes within one another, `part` names the people whom no better outcome counts, and `rest`
    those whom none counts.
    """

    patient: Text | None = None
    clinician: Text | None = None
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


class MechanismWords(Model, frozen=True, kw_only=True):
    """The words in and around the picture of how the medicine works; `alt` says all that the picture shows."""

    caption: Text
    alt: Text
    working: Text
    waste: Text
    recycled: Text
    blocked: Text
    pile_up: Text


class HandoutWords(Model, frozen=True, kw_only=True):
    """What only the patient handout says."""

    eyebrow: Text
    title: Text
    main_message: Text
    results_intro: Text | None = None
    side_effects_advice: Text | None = None


class DeckTalk(Model, frozen=True, kw_only=True):
    """What to say in plain talk while a slide is shown, slide by slide; it stands first in the speaker notes."""

    title: Text | None = None
    status: Text | None = None
    changed: Text | None = None
    drug: Text | None = None
    mechanism: Text | None = None
    key_facts: Text | None = None
    results: Text | None = None
    safety: Text | None = None
    safety_later: Text | None = None
    when_to_call: Text | None = None
    trials: Text | None = None
    trials_other: Text | None = None
    changed_results: Text | None = None
    limits: Text | None = None
    take_home: Text | None = None


class DeckWords(Model, frozen=True, kw_only=True):
    """What only the clinician deck says; each title is a sentence with the slide's message."""

    title: Text
    subtitle: Text
    status: Text
    status_points: Texts = ()
    caution: Text | None = None
    drug: Text
    mechanism: Text | None = None
    key_facts: Text | None = None
    results: Text | None = None
    safety: Text | None = None
    safety_note: Text | None = None
    safety_later: Text | None = None
    when_to_call: Text | None = None
    trials: Text | None = None
    trials_other: Text | None = None
    changed: Text | None = None
    changed_results: Text | None = None
    limits_title: Text | None = None
    limits: Texts = ()
    take_home_title: Text | None = None
    take_home: Texts = ()
    talk: DeckTalk = DeckTalk()


class CardWords(Model, frozen=True, kw_only=True):
    """What only the wallet card says."""

    title: Text
    ask: Text
    emergency: Text


class SubjectWords(Model, frozen=True, kw_only=True):
    """What the language calls the topic's subject, where topic.yaml has no name for it or another one."""

    name: Annotated[Line, After(_no_expression)]


class Words(Model, frozen=True, kw_only=True):
    """The whole of a language file. `names` has every id that a figure, a table or a slide prints, `plurals` words that
    are counted, and units that the locale lacks.
    """

    schema_version: Literal[1]
    language: LanguageTag
    subject: SubjectWords | None = None
    handout: HandoutWords
    deck: DeckWords
    card: CardWords
    statements: Annotated[dict[StatementId, StatementWords], Meta(max_length=MOST_STATEMENTS)]
    studies: dict[Slug, StudyWords] = {}
    names: dict[Slug, Text | NameWords] = {}
    mechanism: MechanismWords | None = None
    timeline: dict[Slug, Text] = {}
    plurals: dict[Slug, PluralForms] = {}
    questions: Texts = ()
    terms: Annotated[tuple[Term, ...], Meta(max_length=MOST_ITEMS)] = ()

    def __post_init__(self) -> None:
        if found := [(("plurals", *path), message) for path, message in faults_of(self.plurals, self.language)]:
            raise Contradiction(found)
