"""Numbers with what they count, such as "9 of 50": text in, the places where no line should end out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from handouts.plan.blocks import Block, with_texts
from handouts.plan.documents import Slide
from handouts.plan.text import Runs, plain

NUMBER_PHRASE = re.compile(
    r"\d[%)]?(?: [^\W\d_]{1,4}){1,2} (?=[−(]?\d)"  # 9 of 50, 18 de cada 100, 20.6 v 14.7
    r"|(?<!\w)(?:[A-Z]{2,4}|ext\.) (?=[−(]?\d)"  # HR 0.74, ext. 12
)
"""A number with a few short words or a measure's name, up to the number that follows."""

_NO_BREAK = "\N{NO-BREAK SPACE}"


def held(runs: Runs) -> Runs:
    """The runs with no-break spaces within such phrases, for who breaks lines without us: PowerPoint."""
    whole = plain(runs)
    kept = NUMBER_PHRASE.sub(lambda phrase: phrase[0].replace(" ", _NO_BREAK), whole)
    if kept == whole:
        return runs
    parts: list[str] = []
    at = 0
    for run in runs:
        parts.append(kept[at : at + len(run.text)])
        at += len(run.text)
    return tuple(run if run.text == part else run.saying(part) for run, part in zip(runs, parts, strict=True))


def held_slide(slide: Slide) -> Slide:
    """A slide with all such phrases on it held together; its notes are read aloud and stay as they are."""
    slots = {name: _held(blocks) for name, blocks in slide.slots.items()}
    return replace(slide, title=held(slide.title), slots=slots, source=held(slide.source))


def _held(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(with_texts(block, held) for block in blocks)
