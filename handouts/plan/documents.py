"""The three plans: what a handout, a deck or a card will say before any byte of it exists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from msgspec import Struct, field

from handouts.figures.shapes import Figure
from handouts.model.subject import SubjectKind
from handouts.plan.blocks import Block, Box, origins_of, statements_of, texts_of, words_of
from handouts.plan.text import Runs, origins, plain
from handouts.problems import Origin

ReviewState = Literal["draft", "approved"]


class About(Struct, frozen=True):
    """What a document is about: its kind, its name in the document's language, and of what has them other names."""

    kind: SubjectKind
    name: str
    code_name: str = ""
    brand: str = ""
    maker: str = ""


class Reviewer(Struct, frozen=True):
    """Who signed off just the words and numbers of a document, and when (ISO 8601)."""

    name: str
    role: str
    on: str


class Meta(Struct, frozen=True):
    """What a document says of itself. `date` is the build's only clock (ISO 8601); `as_of` is the information's age;
    `review_words` say its review state as its pages do; `clinic_phone` is the telephone number of the clinic, empty
    where each recipient's is still to be filled in; `clinic_file` is the file that the clinic's words come from,
    empty without a clinic. `clinic_dials` is the link that calls that number, empty where it is not known to be one;
    `age_words` and `version_words` say how old the information and how new the document is; `reviewer` is None for a
    draft.
    """

    title: str
    language: str
    author: str
    subject: str
    date: str
    as_of: str
    review_state: ReviewState
    review_words: str = ""
    clinic_file: str = ""
    clinic_phone: str = ""
    clinic_dials: str = ""
    age_words: str = ""
    version_words: str = ""
    about: About | None = None
    reviewer: Reviewer | None = None

    @property
    def always_said(self) -> tuple[str, ...]:
        """What no document may go without, however little room it has."""
        return tuple(words for words in (self.review_words, self.clinic_phone) if words)


class ExplainedTerm(Struct, frozen=True):
    """A word that readers may not know, and the words that explain it; `forms` are other forms of it.

    `in_text` says that the first of `meanings` explains it in the text where it is first used, and not a list of words
    alone. `origin` is where its entry stands.
    """

    term: str
    meanings: tuple[str, ...]
    in_text: bool = False
    forms: tuple[str, ...] = ()
    origin: Origin | None = None


class Glossary(Struct, frozen=True):
    """What a reader is not expected to know beforehand: names of medicines, and words that the document explains."""

    names: tuple[str, ...] = ()
    terms: tuple[ExplainedTerm, ...] = ()


class Telling(Struct, frozen=True):
    """A statement that a document is to tell: its id, its words for the document's readers, and where they stand; or,
    where it has none, the outcomes that a figure or table is to draw, as `study.outcome`.
    """

    statement: str
    words: str = ""
    origin: Origin | None = None
    values: tuple[str, ...] = ()


class Footer(Struct, frozen=True):
    """The running foot of a page: text at the left; `page` holds `{page}` and `{pages}`. `named` is where the source
    stands that it names.
    """

    left: str
    page: str
    named: Origin | None = None


class Handout(Struct, frozen=True):
    """A patient handout; the renderer breaks the flow of blocks over as many pages as the theme allows."""

    template: ClassVar[str] = "handout.html.j2"
    """The template that makes it."""

    meta: Meta
    blocks: tuple[Block, ...]
    footer: Footer
    glossary: Glossary = Glossary()
    to_tell: tuple[Telling, ...] = ()

    def words(self) -> str:
        """All words in reading order, without the running foot."""
        return words_of(self.blocks)

    def statements(self) -> frozenset[str]:
        """Ids of the statements told."""
        return statements_of(self.blocks)

    def texts(self) -> Iterator[Runs]:
        """Every text that is seen on its pages, in reading order."""
        return texts_of(self.blocks)

    def origins(self) -> frozenset[Origin]:
        """Where all words stand that reach a reader."""
        return origins_of(self.blocks)


def note_of(plan: Handout) -> Box | None:
    """The note that a clinician added for this print, the last of a handout's blocks; None without one."""
    last = plan.blocks[-1] if plan.blocks else None
    return last if isinstance(last, Box) and last.role == "note" else None


class Slide(Struct, frozen=True):
    """One slide: a layout by name, a title, and blocks by the slot of the layout that takes them."""

    layout: str
    title: Runs
    slots: dict[str, tuple[Block, ...]] = field(default_factory=dict[str, "tuple[Block, ...]"])
    notes: tuple[Block, ...] = ()
    source: Runs = ()
    section: str = ""

    def blocks(self) -> Iterator[Block]:
        """The blocks of all slots, in the order in which the template names them."""
        for blocks in self.slots.values():
            yield from blocks

    def words(self) -> str:
        """Title, slots and source as they are read, without the notes."""
        return "\n".join(t for t in (plain(self.title), words_of(self.blocks()), plain(self.source)) if t)

    def statements(self) -> frozenset[str]:
        """Ids of the statements that the slide shows (notes aside)."""
        told = {s for run in (*self.title, *self.source) for s in run.statements}
        return statements_of(self.blocks()) | told

    def texts(self) -> Iterator[Runs]:
        """Every text that is seen on the slide: not the notes."""
        yield self.title
        yield from texts_of(self.blocks())
        yield self.source

    def origins(self) -> frozenset[Origin]:
        """Where all words stand that reach whoever sees the slide or speaks to it."""
        return origins((*self.title, *self.source)) | origins_of((*self.blocks(), *self.notes))


class Deck(Struct, frozen=True):
    """A clinician slide deck; `short_footer` is the running foot where there is no room for the whole one."""

    template: ClassVar[str] = "deck.html.j2"
    """The template that makes it."""

    meta: Meta
    slides: tuple[Slide, ...]
    footer: str = ""
    short_footer: str = ""
    to_tell: tuple[Telling, ...] = ()

    def words(self) -> str:
        """All words on slides, in order."""
        return "\n".join(s.words() for s in self.slides)

    def statements(self) -> frozenset[str]:
        """Ids of the statements told on slides."""
        return frozenset(s for slide in self.slides for s in slide.statements())

    def texts(self) -> Iterator[Runs]:
        """Every text that is seen on its slides, in order."""
        for slide in self.slides:
            yield from slide.texts()

    def origins(self) -> frozenset[Origin]:
        """Where all words stand that reach a reader or the speaker."""
        return frozenset(origin for slide in self.slides for origin in slide.origins())


class Card(Struct, frozen=True):
    """A wallet card with two faces."""

    template: ClassVar[str] = "card.html.j2"
    """The template that makes it."""

    meta: Meta
    front: tuple[Block, ...]
    back: tuple[Block, ...]
    to_tell: tuple[Telling, ...] = ()

    def words(self) -> str:
        """Front, then back."""
        return words_of((*self.front, *self.back))

    def statements(self) -> frozenset[str]:
        """Ids of the statements told."""
        return statements_of((*self.front, *self.back))

    def texts(self) -> Iterator[Runs]:
        """Every text on its faces, front first."""
        return texts_of((*self.front, *self.back))

    def origins(self) -> frozenset[Origin]:
        """Where all words stand that reach a reader."""
        return origins_of((*self.front, *self.back))


Plan = Handout | Deck | Card


class Gauge(Struct, frozen=True):
    """A scale to lay a ruler on, its top left corner so many points from that of the page."""

    figure: Figure
    left: float
    top: float


class CalibrationPage(Struct, frozen=True):
    """One side of a calibration sheet: its heading, what to do, and the scales."""

    heading: tuple[Block, ...]
    blocks: tuple[Block, ...]
    gauges: tuple[Gauge, ...]


class Calibration(Struct, frozen=True):
    """A sheet that shows how far off a printer prints: front and back."""

    meta: Meta
    pages: tuple[CalibrationPage, ...]
