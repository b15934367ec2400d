"""One recipient's document: an edition and a clinic in, the bytes of one format out, checked against the recipient.

What is the same for all is laid out once (`render.pdf.template`); a row that a template cannot take is composed and
laid out as a whole, just as a build does it, and looks the same.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from handouts.batch.readback import Expected, Proof, WrongDocumentError, check_deck, check_pdf
from handouts.compose.blanks import LookedAtError
from handouts.compose.clinic import Given
from handouts.compose.context import Edition
from handouts.compose.wording import literal
from handouts.model.clinic import Clinic
from handouts.model.document import Document, Span
from handouts.model.image import Image
from handouts.outputs import Output, Setup
from handouts.plan.blanks import BLANK_IMAGE, filled, has_blank
from handouts.plan.blocks import Block, Picture, texts, walk
from handouts.plan.documents import Card, Deck, Handout
from handouts.plan.text import Runs, plain
from handouts.problems import Origin, ProblemsError
from handouts.render.pdf import images, template
from handouts.render.pdf.blanks import Blanks, NotOpenError, check_open
from handouts.render.pdf.reader import squeezed
from handouts.render.pdf.template import Filling, Template
from handouts.theme.fonts import family

_MOST_TEMPLATES = 64
_FLAT, _TALL = (1000, 1), (1, 1000)
"""Sizes in pixels of pictures that are as low, and as high, as any can be shown."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose document it is: a row's clinic, its logo, and where the row stands.

    `said` is what the row itself says by field: documents are made from `clinic` and compared with `said`.
    """

    clinic: Clinic
    image: Image | None
    logo: template.Logo | None
    origin: Origin
    said: Mapping[str, str]

    def values(self) -> dict[str, str]:
        """What fills blanks, by field, as documents print it."""
        clinic = self.clinic
        named = {"name": clinic.name, "phone": clinic.phone, "hours": clinic.hours}
        named |= {f"address.{index}": line for index, line in enumerate(clinic.address)}
        # Just as a phrase of words that are printed as they stand.
        return {key: str(literal(text, self.origin)) for key, text in named.items() if text}

    def given(self) -> Given:
        """What of a clinic is given."""
        return Given.of(self.clinic, logo=self.logo is not None)


@dataclass(frozen=True, slots=True)
class Finished:
    """A document in memory: how its file begins and ends, its SHA-256, and how it is compared with its recipient."""

    head: bytes
    tail: bytes
    sha256: str
    check: Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class _Ready:
    template: Template
    blanks: Blanks
    proof: Proof


class Press:
    """Makes one format of one edition for all recipients who give the same things. One thread at a time may use it."""

    def __init__(self, output: Output, edition: Edition, templates: Mapping[str, str], setup: Setup) -> None:
        self._output, self._edition, self._templates, self._setup = output, edition, templates, setup
        self._shapes: dict[Given, _Shape] = {}

    def make(self, owner: Owner, *, whole: bool = False) -> Finished:
        """One recipient's document; with `whole`, laid out as a whole in any case. Raises ProblemsError."""
        given = owner.given()
        shape = self._shapes.get(given)
        if shape is None:
            shape = self._shapes[given] = _Shape(self._output, self._edition, self._templates, self._setup, given)
        if not whole:
            made = shape.filled(owner, self._composed)
            if made is not None:
                return made
        return self._whole(owner, shape)

    def _whole(self, owner: Owner, shape: _Shape) -> Finished:
        from handouts.manifest import sha256

        plan = self._composed(owner)
        data = self._output.render(plan, self._setup)
        check = check_deck if isinstance(plan, Deck) else check_pdf

        def compared(back: bytes) -> object:
            return check(back, Expected(owner.said["name"], shape.own(owner.said), _words(plan), owner.logo))

        return Finished(b"", data, sha256(data), compared)

    def _composed(self, owner: Owner) -> Any:
        place = Document(owner.origin.file, {}, "", {(): Span(owner.origin, 0, 0)}, {})
        edition = replace(self._edition, clinic=owner.clinic, clinic_document=place, logo=owner.image)
        return self._output.compose(edition, self._templates)


class _Shape:
    """What the documents of recipients who give the same things share: the plan with blanks, and its templates."""

    def __init__(
        self, output: Output, edition: Edition, templates: Mapping[str, str], setup: Setup, given: Given
    ) -> None:
        self._output, self._setup = output, setup
        self._ready: OrderedDict[object, _Ready] = OrderedDict()
        self._first: _Ready | None = None
        logo = BLANK_IMAGE if given.logo else None
        open_edition = replace(edition, clinic=given.filler(), logo=logo, blanks=True)
        try:
            self._plan: Any = output.compose(open_edition, templates)
        except LookedAtError:
            self._plan = None
        self._blank_texts = tuple(_blank_texts(self._plan)) if self._plan else ()
        try:
            if self._plan is None or output.leave_open is None:
                raise NotOpenError
            check_open(_blocks(self._plan))
            self._first = self._laid_out((), "")
        except (NotOpenError, ProblemsError):
            self._first = None

    def own(self, said: Mapping[str, str]) -> tuple[str, ...]:
        """The texts with blanks, filled; none where templates read the recipient's words.

        Raises WrongDocumentError where a text has a blank for what the recipient does not say.
        """
        return tuple(squeezed(plain(_filled(runs, said))) for runs in self._blank_texts)

    def filled(self, owner: Owner, composed: Callable[[Owner], Any]) -> Finished | None:
        """The document by way of a template; None where it has to be laid out as a whole.

        `composed` is the plan of one owner without blanks. Raises ProblemsError from it.
        """
        if self._first is None:
            return None
        values = owner.values()
        try:
            set_texts = [blank.set(values) for blank in self._first.blanks.texts]
            lines = tuple(len(text.lines) for text in set_texts)
            filling = Filling(set_texts, owner.clinic.name, owner.logo)
            letters = template.letters_for("".join(values.values()))
            ready = self._for(lines, letters, filling)
            if not ready.template.covers(filling):
                return None
            tail, digest = ready.template.fill(filling)
        except (NotOpenError, ProblemsError):
            return None
        words: tuple[str, ...] = ()
        if not ready.proof.is_proven():
            words = _words(composed(owner))
            if words != _words(self._plan, values):
                # A template can read a blank after it has printed it, such as with a filter on a macro.
                self._first, self._blank_texts = None, ()
                return None

        def compared(back: bytes) -> object:
            own = tuple(squeezed(plain(_filled(blank.runs, owner.said))) for blank in ready.blanks.texts)
            return ready.proof.check(back, filling, Expected(owner.said["name"], own, words, owner.logo))

        return Finished(ready.template.prefix, tail, digest, compared)

    def _for(self, lines: tuple[int, ...], letters: str, filling: Filling) -> _Ready:
        """The template for texts of so many lines and a logo of this size. Raises NotOpenError or ProblemsError."""
        layout = (lines, letters)
        logo = filling.logo
        if logo is None:
            return self._kept(layout, lambda: self._laid_out(*layout))
        size = (logo.width, logo.height)
        if (layout, size) in self._ready:
            return self._kept((layout, size), lambda: self._laid_out(*layout, size))

        def for_any_logo() -> _Ready | None:
            """The template for logos of all sizes, where the text beside them is always higher."""
            try:
                low, high = self._laid_out(*layout, _FLAT), self._laid_out(*layout, _TALL)
            except ProblemsError:
                return None
            same = low.template.prefix == high.template.prefix
            return low if same and low.template.fill(filling)[0] == high.template.fill(filling)[0] else None

        found = self._kept((layout, None), for_any_logo)
        return found or self._kept((layout, size), lambda: self._laid_out(*layout, size))

    def _kept(self, key: object, make: Callable[[], Any]) -> Any:
        if key in self._ready:
            self._ready.move_to_end(key)
            return self._ready[key]
        made = self._ready[key] = make()
        if len(self._ready) > _MOST_TEMPLATES:
            self._ready.popitem(last=False)
        return made

    def _laid_out(self, lines: tuple[int, ...], letters: str, size: tuple[int, int] = (1, 1)) -> _Ready:
        blanks = Blanks(lines, size)
        assert self._output.leave_open is not None
        self._output.leave_open(self._plan, self._setup, blanks)
        if blanks.made is None:
            raise NotOpenError
        made = blanks.made.template(family(self._setup.theme.family), letters)
        return _Ready(made, blanks, Proof(made))


def _blocks(plan: Handout | Card | Deck) -> tuple[Block, ...]:
    match plan:
        case Handout():
            return plan.blocks
        case Card():
            return (*plan.front, *plan.back)
        case Deck():
            return tuple(block for slide in plan.slides for block in slide.blocks())


def _filled(runs: Runs, said: Mapping[str, str]) -> Runs:
    try:
        return filled(runs, said)
    except KeyError as missing:
        raise WrongDocumentError(f"it shows a {missing.args[0]}, which the row does not have") from None


def _words(plan: Handout | Card | Deck, values: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """All words in reading order, a piece for each paragraph, item and cell."""
    found = (runs for block in walk(_blocks(plan)) for runs in texts(block))
    return tuple(plain(filled(runs, values) if values else runs) for runs in found)


def _blank_texts(plan: Handout | Card | Deck) -> list[Runs]:
    found = [runs for block in walk(_blocks(plan)) for runs in texts(block) if has_blank(runs)]
    return found + [slide.title for slide in plan.slides if has_blank(slide.title)] if isinstance(plan, Deck) else found


def encoded_logo(image: Image) -> template.Logo:
    """A logo as PDF files hold it, not yet saying what it shows."""
    entries, data, encoded = images.encode(Picture(image, "", 1))
    return template.Logo(images.image_body(entries, data, encoded=encoded), image.width, image.height, "")
