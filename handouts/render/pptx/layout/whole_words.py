"""Telephone numbers, names of studies and their like that PowerPoint would break at a hyphen → text that it does not.

Their line is ended before them. The characters stay what they are, so that a number can be searched for and copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handouts.plan.text import Run, Runs, plain
from handouts.render.pptx.template.metrics import SlideMetrics

_PIECE = re.compile(r"[ \t\r\n]+|[^ \t\r\n]+")
_HYPHEN = re.compile(r"(?<=\w)[-–](?=\w)|(?<=\))[-–](?=\w)")
WORD = re.compile(r"[^ \t\r\n]+")
_NUMBER = re.compile(r"[+(]*[\dA-Z][\dA-Z().\-–]*[),;.:]*")
_SHORT = re.compile(r"\W*\w{1,2}[-–]")
_VIEWERS = 1.03
"""A viewer's letters may be so much narrower than those measured: what fits but for that is taken to fit."""


def is_number(word: str) -> bool:
    """Whether a word is a telephone number or part of one."""
    return sum(char.isdigit() for char in word) >= 3 and bool(_NUMBER.fullmatch(word))


def kept_whole(
    runs: Runs, size: float, width: float, font: SlideMetrics, *, strong: bool = False, caps: bool = False
) -> Runs:
    """The runs with a line break in place of the space before each such word that a line would end inside of."""
    whole = plain(runs)
    if "-" not in whole and "–" not in whole:
        return runs
    if not any(map(_is_kept, WORD.findall(whole))):
        return runs
    broken = list(_broken(whole, font.advances(runs, size, strong=strong, caps=caps), width))
    return _with_breaks(runs, whole, broken) if broken else runs


def _broken(whole: str, advances: Sequence[float], room: float) -> Iterator[int]:
    """Where such words begin before which a line ends that has room for their beginning up to a hyphen."""
    used = 0.0
    for match in _PIECE.finditer(whole):
        wide = sum(advances[match.start() : match.end()])
        if match[0].isspace():
            used = 0.0 if "\n" in match[0] else used + wide
            continue
        if used and used + wide > room:
            at = match.start()
            if whole[at - 1] == " " and _is_kept(match[0]):
                hyphen = next(found.start() for found in _HYPHEN.finditer(match[0]))
                if used + sum(advances[at : at + hyphen + 1]) <= room * _VIEWERS:
                    yield at
            used = 0.0
        used = (used + wide) % room if wide > room else used + wide


def _is_kept(word: str) -> bool:
    inside = _HYPHEN.search(word)
    return inside is not None and (any(char.isdigit() for char in word) or bool(_SHORT.match(word)))


def _with_breaks(runs: Runs, whole: str, starts: Sequence[int]) -> Runs:
    broken = list(whole)
    for start in starts:
        broken[start - 1] = "\n"
    text, at = "".join(broken), 0
    parts: list[Run] = []
    for run in runs:
        parts.append(run if run.text == text[at : at + len(run.text)] else run.saying(text[at : at + len(run.text)]))
        at += len(run.text)
    return tuple(parts)
