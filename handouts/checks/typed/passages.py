"""Text as somebody typed it, in words or in a template: each piece with what stands in it and where that is.

Expressions are covered by `FILLED`, marks that are not printed by `GAP`, a character for each, so that what is found in
the text has its place in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from html import unescape

from msgspec import Struct

from handouts.by_identity import by_identity
from handouts.checks.rule import OfTemplates, OfTyped, OfWords
from handouts.model.document import Document, KeyPath, origin_at
from handouts.model.leaves import leaves
from handouts.model.phone import FEWEST_DIGITS
from handouts.problems import Origin

FILLED = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for the characters of an expression, which prints a value of the topic."""
GAP = "\N{ZERO WIDTH SPACE}"
"""Stands for the characters of a mark that is not printed, such as `**` or `<strong>`."""

# One that is not closed reaches as far as a name and its format do; what it lacks is told when words are filled.
_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{\{\s*[\w.+]+(?:\s*\|\s*\w+(?:\s*\([^()]*\))?)?", re.DOTALL)
_DIGIT = re.compile(r"[0-9]")
# An address is nobody's quantity: web and mail addresses, DOIs.
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\b10\.[0-9]{4,9}/\S+|\S+@\S+\.\w+")
# What is looked up by its number, not counted: books, packages, trials, articles and the alleles of genes.
_IDENTIFIERS = re.compile(
    r"\b(?:ISBN|ISSN|NDC|PMID|PMCID|EudraCT|EUCT|ISRCTN|CAS|OMIM|UNII|LOT|[Ll]ot|[Ll]ote)(?:-1[03])?"
    r"(?:\s(?:[Nn]o\.|[Nn]umber|[Nn]úmero|n\.º))?:?\s"
    r"(?=(?:[-‑ ]?[0-9A-Z]){5})[0-9A-Z]*[0-9][0-9A-Z]*(?:[-‑ ][0-9X]+)*\b"
    r"|\b[A-Z][A-Z0-9]+(?:[-‑][A-Z0-9]+)*\*[0-9]+(?::[0-9]+)*[A-Z]?\b"
)
# ISCN, the nomenclature of chromosomes: del(17p), t(4;14), 17p13.1, +1q.
_CHROMOSOMES = re.compile(
    r"\b(?:t|del|inv|dup|ins|der|add|dic|amp|gain|i|r)\([0-9XYpqc;.~?-]+\)(?:\([0-9pq;.]+\))?"
    r"|(?<![\w.])(?:[1-9]|1[0-9]|2[0-2]|[XY])[pq](?:[0-9]{1,2}(?:\.[0-9]{1,2})?)?(?![\w])"
)
_PLURAL = "{n}"


class Passage(Struct, frozen=True):
    """One text: `text` as rules read it, `raw` as it was typed, of equal length; `path` leads to it in a language file,
    empty in a template; `place` says where what stands from one offset to another does.
    """

    text: str
    raw: str
    path: KeyPath
    place: Callable[[int, int], Origin]

    def written(self, start: int, end: int) -> str:
        """What stands from `start` to `end`, on one line and without marks, as messages write it."""
        piece = self.text[start:end]
        # What is covered is shown as it was typed.
        shown = self.raw[start:end].replace("**", "") if FILLED in piece else piece.replace(GAP, "")
        return " ".join(shown.split())


def passages_of(subject: OfTyped) -> tuple[Passage, ...]:
    """Every typed text of a language file, or of templates."""
    return _passages(subject)


@by_identity(8)
def _passages(subject: OfTyped) -> tuple[Passage, ...]:
    match subject:
        case OfWords():
            return tuple(_of_words(subject))
        case OfTemplates():
            return tuple(_of_templates(subject))
        case _:
            return ()


def _of_words(subject: OfWords) -> Iterator[Passage]:
    document = subject.words.document
    for path, raw in leaves(subject.words.value, skip=("language",)):
        if isinstance(raw, str):
            yield Passage(covered(raw), raw, path, partial(_within, document, path, raw))


def _within(document: Document, path: KeyPath, raw: str, start: int, end: int) -> Origin:
    needle = raw[start:end]
    return document.origin_within(path, needle, raw.count(needle, 0, start))


def covered(raw: str) -> str:
    """The text of words with its expressions, marks, addresses and chromosomes covered."""
    text = raw
    if "{" in raw:
        text = _EXPRESSION.sub(_filled, raw).replace(_PLURAL, FILLED * len(_PLURAL))
    return named(text.replace("**", GAP * 2))


def _filled(expression: re.Match[str]) -> str:
    return FILLED * len(expression[0])


def named(text: str) -> str:
    """The text with addresses, identifiers and the names of chromosomes covered, whose digits are theirs."""
    if not _DIGIT.search(text):
        return text
    for known in (_ADDRESS, _IDENTIFIERS, _CHROMOSOMES):
        text = known.sub(lambda found: GAP * len(found[0]), text)
    return text


def _of_templates(subject: OfTemplates) -> Iterator[Passage]:
    for name, whole in subject.templates.items():
        for start, piece in _printed_by(whole):
            text, offsets = _decoded(piece)
            raw = "".join(whole[start + offset] for offset in offsets)
            yield Passage(named(text), raw, (), partial(_in_template, name, whole, start, offsets))


def _in_template(name: str, whole: str, offset: int, offsets: Sequence[int], start: int, _end: int) -> Origin:
    return origin_at(name, whole, offset + offsets[start])


def _decoded(text: str) -> tuple[str, Sequence[int]]:
    """The text with its character references as characters, and where each of its characters began."""
    if "&" not in text:
        return text, range(len(text))
    decoded: list[str] = []
    offsets: list[int] = []
    end = 0
    for found in _ENTITY.finditer(text):
        decoded += (text[end : found.start()], unescape(found[0]))
        offsets += (*range(end, found.start()), *([found.start()] * len(decoded[-1])))
        end = found.end()
    return "".join((*decoded, text[end:])), (*offsets, *range(end, len(text)))


_MARKS = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?([a-z][a-z0-9]*)\b[^<>]*>")
_SAID = re.compile(r"data-(?:summary|section)=\"([^\"]*)\"|data-(?:summary|section)='([^']*)'")
_STRING = re.compile(r"\"([^\"\\]*)\"|'([^'\\]*)'")
_NUMBER_ALONE = re.compile(r"\{\{-?\s*([0-9]+(?:\.[0-9]+)?)\s*-?\}\}")
_ENTITY = re.compile(r"&(?:#(?:[0-9]+|[xX][0-9A-Fa-f]+)|[A-Za-z][A-Za-z0-9]*);")
_LINK = re.compile(rf"(<a\b[^<>]*\bhref=[\"'](?:tel:|sms:)?{FILLED}[^<>]*>)([^<>]*)(?=</a>)")
_WRITTEN = re.compile(r"[^\W_]")
_INLINE = frozenset(("strong", "em", "a", "span"))
_GIVES = re.compile(r"\{%[-+]?\s*(?:set|call|with|macro|for)\b")
_SET = re.compile(r"\{%[-+]?\s*set\s+(\w+)\s*=\s*([\"']?)([0-9][^\"'{}%]*?)\2\s*[-+]?%\}")
_NAME_ALONE = re.compile(r"\{\{[-+]?\s*(\w+)\s*[-+]?\}\}")
_WORDED = re.compile(r"[^\W\d_]\S*\s|\s\S*[^\W\d_]")


@lru_cache(maxsize=512)
def _printed_by(whole: str) -> tuple[tuple[int, str], ...]:
    """The text that a template prints itself, in pieces with their offsets; only those that hold a letter or digit."""
    pieces: list[tuple[int, str]] = []

    def _in_tag(at: int) -> bool:
        return whole.rfind("<", 0, at) > whole.rfind(">", 0, at)

    shown = {name[1] for name in _NAME_ALONE.finditer(whole) if not _in_tag(name.start())}

    def hidden(found: re.Match[str]) -> str:
        mark = found[0]
        if mark.startswith("{{"):
            number = _NUMBER_ALONE.fullmatch(mark)
            if number:
                before, after = number.start(1), len(mark) - number.end(1)
                return GAP * before + number[1] + GAP * after
            if not _in_tag(found.start()):
                pieces.extend(_strings(found, worded=False))
            return FILLED * len(mark)
        given = _SET.fullmatch(mark)
        if given and given[1] in shown and not _WORDED.search(given[3]):
            pieces.append((found.start() + given.start(3), given[3]))
        if _GIVES.match(mark):
            # What is given to a name may be a width or a class; what holds a word and a space is said to somebody.
            pieces.extend(_strings(found, worded=True))
        return GAP * len(mark)

    def tag(found: re.Match[str]) -> str:
        for said in _SAID.finditer(found[0]):
            group = 1 if said[1] is not None else 2
            pieces.append((found.start() + said.start(group), said[group]))
        return (GAP if found[1] in _INLINE else "\n") * len(found[0])

    text = _TAG.sub(tag, _LINK.sub(_judged_as_link, _MARKS.sub(hidden, whole)))
    pieces += ((line.start(), line[0]) for line in re.finditer(r"[^\n]+", text))
    return tuple((start, piece) for start, piece in pieces if _WRITTEN.search(piece))


def _judged_as_link(link: re.Match[str]) -> str:
    """The link of a contact, without a number as its text: rules on links judge whether that is the one called."""
    number = sum(c.isdigit() for c in link[2]) >= FEWEST_DIGITS
    return link[1] + GAP * len(link[2]) if number else link[0]


def _strings(found: re.Match[str], *, worded: bool) -> Iterator[tuple[int, str]]:
    for string in _STRING.finditer(found[0]):
        group = 1 if string[1] is not None else 2
        if not worded or _WORDED.search(string[group]):
            yield found.start() + string.start(group), string[group]
