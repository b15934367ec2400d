"""Rules on alt texts: who cannot see a picture or logo is told what it shows, not that it is there.

In: a language file's pictures and the clinic's logo. Out: alt texts that say nothing, too much, or the same again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.checks.rule import Found, OfWords, rule
from handouts.model.document import Document, KeyPath
from handouts.model.plain import PictureTalk

WCAG = "WCAG 2.2, success criterion 1.1.1; its failure F30: alt texts that are no alternative, such as names of files"
LONGEST = 150
"""Words of an alt text, about a minute of speech that cannot be skimmed. Our choice."""

_FILE = re.compile(r"\S+\.(?:ai|bmp|eps|gif|heic|jpe?g|pdf|png|psd|svg|tiff?|webp)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?:|www\.)\S+", re.IGNORECASE)
_OF_A_CAMERA = re.compile(r"(?:dscn?|dscf|img|imgp|mvi|pict|pxl|wp)[-_ ]?\d\S*", re.IGNORECASE)
_STEM = re.compile(r"\w+_\w+|\w+(?:-\w+){2,}|[0-9a-f]{12,}", re.IGNORECASE)
"""One word held together by what no sentence has: `oral_syringe`, `clear-liquids-final`, a digest."""
_NUMBERED = re.compile(r"[\s#._-]*\d+[a-z]?$")


@rule(
    "IMAGE05",
    OfWords,
    "warning",
    why="Who listens to a page hears a name, and not what everyone else sees.",
    source=WCAG,
)
def alt_that_says_nothing(subject: OfWords) -> Iterator[Found]:
    """An alt text, of a picture or of the clinic's logo, is the name of a file, an address, or a word such as "photo".

    Also one that begins with "image of", which a screen reader says anyway, and one of more than 150 words.
    """
    talk = subject.lexicon.pictures
    for document, path, alt, file in _alts(subject):
        origin = document.origin(path)
        if wrong := _nothing(alt, file, talk):
            yield Found(origin, f"the alt text '{alt}' {wrong}", _instead(path))
        elif opening := _opening(alt, talk):
            instead = "leave those words out, and begin with what there is to see"
            yield Found(origin, f"the alt text begins with '{opening}', which a screen reader says anyway", instead)
        elif len(alt.split()) > LONGEST:
            wrong = f"the alt text has {len(alt.split())} words, which nobody who listens can skim"
            yield Found(origin, wrong, f"write {LONGEST} at the most, and the rest as words of a section")


@rule(
    "IMAGE06",
    OfWords,
    "warning",
    why="What is heard twice tells nothing new, and what the picture shows is not told at all.",
    source=WCAG,
)
def alt_that_repeats(subject: OfWords) -> Iterator[Found]:
    """A picture's alt text is its caption, or the title or a heading of a document, word for word."""
    said = {_key(text): where for where, text in _titles(subject)}
    for key, picture in subject.words.value.pictures.items():
        alt = _key(picture.alt or "")
        caption = _key(picture.caption or "")
        where = "its caption" if alt and alt == caption else said.get(alt)
        if where:
            origin = subject.words.document.origin(("pictures", key, "alt"))
            yield Found(origin, f"the alt text of '{key}' is {where}, word for word", _instead(("pictures",)))


def _alts(subject: OfWords) -> Iterator[tuple[Document, KeyPath, str, str]]:
    """Each alt text with its document, its keys, and the name of the file that it is of, if it is of one."""
    words = subject.words
    for key, picture in words.value.pictures.items():
        shown = subject.topic.value.pictures.get(key)
        if picture.alt is not None:
            file = shown.file_for(words.value.language) if shown else None
            yield words.document, ("pictures", key, "alt"), picture.alt, file or key
    clinic = subject.clinic
    if clinic and clinic.value.logo:
        yield clinic.document, ("logo", "alt"), clinic.value.logo.alt, clinic.value.logo.file


def _nothing(alt: str, file: str, talk: PictureTalk) -> str:
    """What is wrong with an alt text that says nothing of what is shown; "" for one that does."""
    text = alt.strip(" .\"'“”«»[]()")
    if not any(c.isalpha() for c in text):
        return "has no word in it"
    if _ADDRESS.fullmatch(text):
        return "is an address"
    stem = file.rpartition("/")[2].rpartition(".")[0] or file
    named = " " not in text and _key(text) == _key(stem) and not text.isalpha()
    if named or _FILE.search(text) or _OF_A_CAMERA.fullmatch(text) or _STEM.fullmatch(text):
        return "is the name of a file" if not _FILE.search(text) or " " not in text else "names a file"
    if _NUMBERED.sub("", text.lower()) in talk.names:
        return "says that something is there, and not what"
    return ""


def _opening(alt: str, talk: PictureTalk) -> str:
    """The words such as "image of" with which an alt text begins; "" for none."""
    start = next((one for one in sorted(talk.openings, key=len, reverse=True) if alt.lower().startswith(f"{one} ")), "")
    return alt[: len(start)]


def _titles(subject: OfWords) -> Iterator[tuple[str, str]]:
    words = subject.words.value
    for name, said in (("handout", words.handout), ("deck", words.deck), ("card", words.card)):
        if said is not None:
            yield f"the title of the {name}", said.title
    for key, section in words.sections.items():
        if section.heading:
            yield f"the heading of '{key}'", section.heading


def _instead(path: KeyPath) -> str:
    if path[0] == "logo":
        return "write whose logo it is, such as the clinic's name as the logo shows it"
    return "say what the picture shows, as to somebody on the telephone"


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
