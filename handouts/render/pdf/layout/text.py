"""Line breaking: runs of text and a column width in, lines of placed pieces out.

Lines break where the plan says so, at spaces, at hyphens and slashes inside words and at soft hyphens when a space
would leave a hole, and between Chinese and Japanese characters; there is no other hyphenation. A line keeps the space
at its end, so that words never join when read aloud.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from msgspec import Struct
from msgspec.structs import replace

from handouts.plan.number_phrases import NUMBER_PHRASE
from handouts.plan.text import Run, Runs
from handouts.problems import Origin
from handouts.theme.fonts import SOFT_HYPHEN, Face, Family, family

_HOLE = 0.3
"""A word is broken at its hyphen or slash, or a number from its words, when it would leave more than this share of the
line empty.
"""

_SPACES = re.compile(r"[ \t\r\n]+")
_HYPHEN = "-"
_SOFT_HYPHENS = re.compile(rf"(?<=\w){SOFT_HYPHEN}(?=\w)")
_WORD_BREAK = re.compile(r"(?<=[^\W\d_]{3})[-–—](?=[^\W\d_]{3})|(?<=[^\W_]{3})/(?=[^\W\d_]{3})")
_CJK = re.compile(
    r"[\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF、。，！？；：）」』】](?![、。，！？；：）」』】])"
)
_NUMBER = re.compile(r"[+(]*[\dA-Z][\dA-Z().\-–]*[),;.:]*")
_BEFORE_UNIT = re.compile(r"(?<=[^\s\u00A0])[\u00A0\u202F](?=[^\W\d_])")
"""The space that holds a number to its unit, where a line ends rather than inside a word."""
_NUMBER_SPACE = re.compile(r"(?<=[\d)]) (?=[\d(])")
_MOST_WIDTHS = 50_000
_MOST_TEXTS = 4_000
_MOST_ATOMS = 60
"""A word of more pieces than that is parted where it may break, so that nonsense costs no more time than prose."""

_GLUE, _TIED, _SOFT, _FREE, _FORCED, _CUT = 0, 1, 2, 3, 4, 5


class Piece(Struct, frozen=True):
    """Text of one run on one line, `x` points from the line's start."""

    x: float
    text: str
    run: Run
    width: float


class Line(Struct, frozen=True):
    """One line; `width` does not count the space at its end. `parted` says that it ends inside a word, where that has
    no place to be broken.
    """

    pieces: tuple[Piece, ...]
    width: float
    parted: bool = False

    @property
    def text(self) -> str:
        """What stands on it."""
        return "".join(piece.text for piece in self.pieces)


class _Atom(Struct, frozen=True):
    text: str
    run: Run
    ink: float
    width: float
    after: int
    hyphen: float = 0
    """Width of the hyphen that it ends with where the line ends after it."""


class _Word(Struct, frozen=True):
    atoms: tuple[_Atom, ...]
    ink: float
    width: float
    soft: bool
    tied: bool
    """Whether it has places at which it ends a line only where it is wider than one."""


@cache
def typesetter(family_name: str) -> Typesetter:
    """The typesetter of a font family, shared by all documents of a process."""
    return Typesetter(family(family_name))


class Typesetter:
    """Breaks text set in one family; remembers `most_widths` widths of pieces and the lines of `most_texts` texts."""

    def __init__(self, family: Family, most_widths: int = _MOST_WIDTHS, most_texts: int = _MOST_TEXTS) -> None:
        self.family = family
        self._most_widths = most_widths
        self._widths: dict[tuple[bool, str], float] = {}
        self._drawn = {strong: family.face(strong=strong).characters | set("\t\r\n") for strong in (False, True)}
        self._lines = lru_cache(most_texts)(self._broken) if most_texts else self._broken

    def missing(self, runs: Runs, fallback: Origin) -> Iterator[tuple[str, Origin]]:
        """Each character that the family does not draw as it is meant, and where it stands."""
        for run in runs:
            if not self._drawn[run.strong].issuperset(run.text):
                lacking = set(run.text) - self._drawn[run.strong]
                yield from ((char, run.origin or fallback) for char in dict.fromkeys(run.text) if char in lacking)

    def measure(self, text: str, size: float, *, strong: bool) -> float:
        """Width of text in points."""
        key = (strong, text)
        width = self._widths.get(key)
        if width is None:
            if len(self._widths) >= self._most_widths:
                self._widths.clear()
            width = self._widths[key] = self.family.face(strong=strong).width(text, 1)
        return width * size

    def face(self, run: Run, *, strong: bool) -> Face:
        """The face that a run is set in, in a style that is `strong` or not."""
        return self.family.face(strong=strong or run.strong)

    def lines(
        self, runs: Runs, size: float, width: float, *, strong: bool = False, whole_words: bool = False
    ) -> tuple[Line, ...]:
        """Break `runs` into lines of at most `width` points; an empty text has no line.

        A word wider than the line is cut between characters unless `whole_words`, a telephone number never: its line is
        then wider than `width`, which the caller has to check. The same text is broken once.
        """
        return self._lines(runs, size, width, strong, whole_words)

    def _broken(self, runs: Runs, size: float, width: float, strong: bool, whole_words: bool) -> tuple[Line, ...]:
        whole = self._on_one_line(runs, size, width, strong)
        if whole:
            return (whole,)
        lines: list[Line] = []
        current: list[_Atom] = []
        used = 0.0
        for next_word in self._words(runs, size, strong=strong):
            queue = [next_word]
            while queue:
                word = queue.pop(0)
                if used + word.ink > width + 1e-6:
                    hole = used < (1 - _HOLE) * width
                    if (word.tied and not current) or (word.soft and (not current or hole)):
                        head, tail = _at_soft_break(word, width - used, tied=not current)
                        if head:
                            queue = [head, tail, *queue]
                            continue
                    if current:
                        lines.append(_line(current))
                        current, used = [], 0.0
                        queue.insert(0, word)
                        continue
                    if not (whole_words or _is_number(word)):
                        word, *rest = self._cut(word, size, width, strong=strong)
                        queue = [*rest, *queue]
                current += word.atoms
                used += word.width
                if word.atoms[-1].after == _FORCED:
                    lines.append(_line(current))
                    current, used = [], 0.0
        if current:
            lines.append(_line(current))
        return tuple(lines)

    def _on_one_line(self, runs: Runs, size: float, width: float, strong: bool) -> Line | None:
        """The line of a text that needs no breaking; None for all others."""
        squeezed, forced = _squeezed(runs)
        if forced:
            return None
        atoms = [self._atom(run.text, run, size, _GLUE, strong=strong) for run in squeezed]
        fits = atoms and sum(atom.width for atom in atoms[:-1]) + atoms[-1].ink <= width + 1e-6
        return _line(atoms) if fits else None

    def _words(self, runs: Runs, size: float, *, strong: bool) -> Iterator[_Word]:
        squeezed, forced = _squeezed(runs)
        whole = "".join(run.text for run in squeezed)
        breaks = _break_points(whole, runs)
        breaks.update(dict.fromkeys(forced, _FORCED))
        position = 0
        atoms: list[_Atom] = []
        ends = sorted(breaks)
        at = 0
        for run in squeezed:
            stop = position + len(run.text)
            start = position
            while at < len(ends) and ends[at] <= stop:
                kind = breaks[ends[at]]
                if ends[at] > start:
                    atoms.append(self._atom(whole[start : ends[at]], run, size, kind, strong=strong))
                elif atoms:
                    last = atoms[-1]
                    atoms[-1] = self._atom(last.text, last.run, size, kind, strong=strong)
                start = ends[at]
                at += 1
                if kind not in (_SOFT, _TIED) or len(atoms) >= _MOST_ATOMS:
                    yield _word(atoms)
                    atoms = []
            if start < stop:
                atoms.append(self._atom(whole[start:stop], run, size, _GLUE, strong=strong))
            position = stop
        if atoms:
            yield _word(atoms)

    def _atom(self, text: str, run: Run, size: float, after: int, *, strong: bool) -> _Atom:
        bold = strong or run.strong
        width = self.measure(text, size, strong=bold)
        ink = self.measure(text[:-1], size, strong=bold) if text.endswith(" ") else width
        hyphen = self.measure(_HYPHEN, size, strong=bold) if after == _SOFT and text.endswith(SOFT_HYPHEN) else 0.0
        return _Atom(text, run, ink, width, after, hyphen)

    def _cut(self, word: _Word, size: float, width: float, *, strong: bool) -> Iterator[_Word]:
        """A word as words that each fill a line, at least one character on it, up to its first soft break; the last
        is what remains.
        """
        line: list[_Atom] = []
        used = 0.0
        for index, atom in enumerate(word.atoms):
            text, start = atom.text, 0
            for at, char in enumerate(text):
                step = self.measure(char, size, strong=strong or atom.run.strong)
                if used + step > width and (line or at > start) and char != " ":
                    if at > start:
                        line.append(self._atom(text[start:at], atom.run, size, _CUT, strong=strong))
                    else:
                        line[-1] = replace(line[-1], after=_CUT)
                    yield _word(line)
                    line, used, start = [], 0.0, at
                used += step
            line.append(self._atom(text[start:], atom.run, size, atom.after, strong=strong))
            if atom.after in (_SOFT, _TIED):
                yield _word([*line, *word.atoms[index + 1 :]])
                return
        yield _word(line)


def parted_words(lines: Sequence[Line]) -> list[str]:
    """The words that lines end inside of, whole."""
    whole, ends = "", list[int]()
    for line in lines:
        whole += line.text
        if line.parted:
            ends.append(len(whole))
    words = (match for match in re.finditer(r"[^ ]+", whole) if any(match.start() < at < match.end() for at in ends))
    return [match[0].replace(SOFT_HYPHEN, "") for match in words]


def _squeezed(runs: Runs) -> tuple[list[Run], list[int]]:
    """The runs with each stretch of white space as one space, none at the start; the positions in their joined text
    after which the plan breaks the line.
    """
    squeezed: list[Run] = []
    forced: list[int] = []
    length, space = 0, True
    for run in runs:
        text = _SPACES.sub(" ", run.text)
        dropped = int(space and text.startswith(" "))
        text = text[dropped:]
        for match in _SPACES.finditer(run.text) if "\n" in run.text else ():
            dropped += len(match[0]) - 1
            if "\n" in match[0] and length + match.end() > dropped:
                forced.append(length + match.end() - dropped)
        if text:
            space = text.endswith(" ")
            length += len(text)
            squeezed.append(run if text == run.text else replace(run, text=text))
    return squeezed, forced


def _break_points(whole: str, runs: Runs) -> dict[int, int]:
    """Positions after which a line may end, and how readily."""
    breaks = {match.end(): _SOFT for match in _WORD_BREAK.finditer(whole)}
    if not whole.isascii():
        breaks.update((match.end(), _SOFT) for match in _SOFT_HYPHENS.finditer(whole))
        breaks.update((match.end(), _FREE) for match in _CJK.finditer(whole))
        if not any(run.dials for run in runs):
            breaks.update((match.end(), _TIED) for match in _BEFORE_UNIT.finditer(whole))
    glued: set[int] = set()
    if any(run.dials for run in runs):
        glued = {match.end() for match in _NUMBER_SPACE.finditer(whole)}
    breaks.update((match.end(), _FREE) for match in _SPACES.finditer(whole) if match.end() not in glued)
    for phrase in NUMBER_PHRASE.finditer(whole):
        breaks.update((phrase.start() + space.end(), _TIED) for space in _SPACES.finditer(phrase[0]))
    return breaks


def _word(atoms: list[_Atom]) -> _Word:
    width = sum(atom.width for atom in atoms)
    ink = width - atoms[-1].width + atoms[-1].ink
    kinds = {atom.after for atom in atoms}
    return _Word(tuple(atoms), ink, width, _SOFT in kinds, _TIED in kinds)


def _at_soft_break(word: _Word, room: float, *, tied: bool) -> tuple[_Word | None, _Word]:
    """The longest beginning of a word that fits and ends at a soft break, or a `tied` one; and the rest of the word."""
    best, used = 0, 0.0
    for index, atom in enumerate(word.atoms[:-1]):
        used += atom.width
        if used > room:
            break
        if used + atom.hyphen > room:
            continue
        if atom.after == _SOFT or (tied and atom.after == _TIED):
            best = index + 1
    if not best:
        return None, word
    return _word(list(word.atoms[:best])), _word(list(word.atoms[best:]))


def _is_number(word: _Word) -> bool:
    text = "".join(atom.text for atom in word.atoms).strip()
    return len(text) <= 24 and sum(c.isdigit() for c in text) >= 3 and bool(_NUMBER.fullmatch(text.replace(" ", "")))


def _line(atoms: list[_Atom]) -> Line:
    pieces: list[Piece] = []
    x, start = 0.0, 0
    while start < len(atoms):
        stop = start
        while stop < len(atoms) and atoms[stop].run is atoms[start].run:
            stop += 1
        group = atoms[start:stop]
        text = "".join(atom.text for atom in group)
        width = sum(atom.width for atom in group)
        if SOFT_HYPHEN in text:
            text = text.replace(SOFT_HYPHEN, "") + (SOFT_HYPHEN if stop == len(atoms) and atoms[-1].hyphen else "")
        if stop == len(atoms):
            width += atoms[-1].hyphen
        pieces.append(Piece(x, text, group[0].run, width))
        x += width
        start = stop
    return Line(tuple(pieces), x - atoms[-1].width + atoms[-1].ink, atoms[-1].after == _CUT)
