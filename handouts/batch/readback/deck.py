"""Reads a deck back from its bytes and compares it with the one recipient that it was made for.

In: a file's bytes, and what its recipient's row says. Out: nothing, or WrongDocumentError; such a file gets no name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from html import unescape

from msgspec import Struct

from handouts.batch.readback.pdf import WrongDocumentError
from handouts.batch.readback.zip_reader import LikeFile
from handouts.plan.text import squeezed
from handouts.theme.fonts import SOFT_HYPHEN

_SLIDE = re.compile(r"ppt/slides/slide[0-9]+\.xml")
_MEDIA = "ppt/media/"
_CORE = "docProps/core.xml"
_PARAGRAPH = re.compile(r"<a:p>.*?</a:p>|<a:p .*?</a:p>", re.DOTALL)
_TEXT = re.compile(r"<a:t>(.*?)</a:t>|<a:br[ />]", re.DOTALL)
_SHOWN = re.compile(r' descr="(.*?)"', re.DOTALL)
_AUTHORS = re.compile(
    r"(?<=<dc:creator>).*?(?=</dc:creator>)|(?<=<cp:lastModifiedBy>).*?(?=</cp:lastModifiedBy>)", re.S
)


class ExpectedDeck(Struct, frozen=True):
    """What one recipient's deck must say.

    `own` are the texts that hold the recipient's words, `words` all text on its slides; `shown` is what each of the
    recipient's pictures is said to show, and `logo` the file of all of them.
    """

    name: str
    own: tuple[str, ...]
    words: tuple[str, ...]
    shown: tuple[str, ...] = ()
    logo: bytes = b""


def check_deck(data: bytes, expected: ExpectedDeck) -> None:
    """Compare all of a deck. Raises WrongDocumentError."""
    try:
        _check_members(LikeFile(data, ()).members, expected)
    except (ValueError, KeyError) as bad:
        raise WrongDocumentError(f"it cannot be read back: {bad}") from None


def _check_members(members: Mapping[str, bytes], expected: ExpectedDeck) -> None:
    slides = [content.decode() for name, content in members.items() if _SLIDE.fullmatch(name)]
    said = _paragraphs(slides)
    for text in expected.own:
        if text not in said:
            raise WrongDocumentError(f"it does not say '{text}'")
    together = "\n".join(said)
    for text in expected.words:
        if squeezed(text) not in together:
            raise WrongDocumentError(f"it does not say '{squeezed(text)}'")
    _check_author(members[_CORE].decode(), expected.name)
    if Counter(expected.shown) - Counter(_shown(slides)):
        raise WrongDocumentError("its logo is told as another")
    if expected.shown and expected.logo not in (data for name, data in members.items() if name.startswith(_MEDIA)):
        raise WrongDocumentError("it has another logo")


class DeckProof:
    """Checks the decks of one prefilled deck: the first as a whole, and of the others that they differ from it nowhere
    but where their own recipient's words stand, in the members that were `left_open`.
    """

    def __init__(self, left_open: Collection[str]) -> None:
        self._left_open = left_open
        self._like: LikeFile | None = None
        self._same: dict[str, bytes] = {}
        self._said: Counter[str] = Counter()
        self._shown: Counter[str] = Counter()
        self._about = ""

    def is_proven(self) -> bool:
        """Whether a whole deck was read."""
        return self._like is not None

    def check(self, data: bytes, expected: ExpectedDeck) -> None:
        """Compare a file with its recipient. Raises WrongDocumentError."""
        try:
            if self._like is None:
                like = LikeFile(data, self._left_open)
                _check_members(like.members, expected)
                self._learn({name: like.members[name] for name in self._left_open}, expected)
                self._like = like
            self._check_own(self._like.read(data), expected)
        except (ValueError, KeyError) as bad:
            raise WrongDocumentError(f"it cannot be read back: {bad}") from None

    def _learn(self, members: Mapping[str, bytes], expected: ExpectedDeck) -> None:
        """What of the open members is the same for all: the first deck's without its recipient's."""
        slides = _slides(members)
        self._said = Counter(_paragraphs(slides))
        self._said.subtract(expected.own)
        self._shown = Counter(_shown(slides))
        self._shown.subtract(expected.shown)
        self._about = _AUTHORS.sub("", members[_CORE].decode())
        self._same = {name: content for name, content in members.items() if not _is_own(name)}

    def _check_own(self, members: Mapping[str, bytes], expected: ExpectedDeck) -> None:
        slides = _slides(members)
        said = Counter(_paragraphs(slides))
        said.subtract(expected.own)
        if said != self._said:
            raise WrongDocumentError(f"it does not say '{' · '.join(expected.own)}' and no more")
        shown = Counter(_shown(slides))
        shown.subtract(expected.shown)
        if shown != self._shown:
            raise WrongDocumentError("its logo is told as another")
        core = members[_CORE].decode()
        _check_author(core, expected.name)
        if _AUTHORS.sub("", core) != self._about:
            raise WrongDocumentError("it says something else of itself")
        for name, content in members.items():
            if name.startswith(_MEDIA) and content != expected.logo:
                raise WrongDocumentError("it has another logo")
            if not _is_own(name) and content != self._same[name]:
                raise WrongDocumentError(f"its '{name}' is not that of the others")


def _is_own(name: str) -> bool:
    return name == _CORE or name.startswith(_MEDIA) or _SLIDE.fullmatch(name) is not None


def _slides(members: Mapping[str, bytes]) -> list[str]:
    return [content.decode() for name, content in members.items() if _SLIDE.fullmatch(name)]


def _paragraphs(slides: Iterable[str]) -> list[str]:
    found = (paragraph for slide in slides for paragraph in _PARAGRAPH.findall(slide))
    return [squeezed("".join(unescape(text[1] or " ") for text in _TEXT.finditer(one))) for one in found]


def _shown(slides: Iterable[str]) -> list[str]:
    return [unescape(alt) for slide in slides for alt in _SHOWN.findall(slide)]


def _check_author(core: str, name: str) -> None:
    # Decks have no soft hyphens: PowerPoint shows them wherever they stand.
    name = name.replace(SOFT_HYPHEN, "")
    named = [unescape(author) for author in _AUTHORS.findall(core)]
    if named != [name, name]:
        raise WrongDocumentError("it names another author")
