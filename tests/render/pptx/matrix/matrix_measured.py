"""What a made deck is judged by in its own XML: its words, its foot and sources, and where its shapes stand."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pptx import Presentation
from pptx.oxml.ns import qn

from handouts.plan.blocks import FigureBlock, drawn_words, texts_of, walk
from handouts.plan.documents import Deck, Slide
from handouts.plan.text import plain

SPACE = re.compile(r"[\s\u00a0\u2011\u200b\u00ad\u2060]+")
EDGE = 1.5
"""Points by which two shapes may stand over one another, or one out of the slide: what is left from rounding."""
_POINT = 12700


def squeezed(text: str) -> str:
    """Text without its spaces, and with plain hyphens."""
    return SPACE.sub("", text.replace("\u2011", "-"))


def opened(data: bytes) -> Any:
    """A deck as python-pptx opens it."""
    return Presentation(io.BytesIO(data))


def faults(deck: Any, plan: Deck) -> Iterator[str]:
    """All that is wrong with a deck without looking at it."""
    yield from unsaid(deck, plan)
    yield from inverted(deck)
    for number, slide in enumerate(deck.slides, start=1):
        for fault in (*footless(slide, plan), *misplaced(slide, deck.slide_width, deck.slide_height)):
            yield f"slide {number}: {fault}"


def inverted(deck: Any) -> Iterator[str]:
    """Placeholders of layouts that are less than nothing wide or high."""
    for layout in deck.slide_layouts:
        for extent in layout._element.cSld.spTree.iter(qn("a:ext")):
            if any(int(extent.get(side, "0")) < 0 for side in ("cx", "cy")):
                yield f"layout '{layout.name}' has a place of {extent.get('cx')} × {extent.get('cy')}"


def unsaid(deck: Any, plan: Deck) -> Iterator[str]:
    """Words and notes of the plan that the deck lacks, and sources that stand on no slide of what they prove."""
    slides = [(squeezed(title_of(slide)), squeezed(text_of(slide)), slide) for slide in deck.slides]
    said, notes = "".join(text for _, text, _ in slides), squeezed("".join(notes_of(slide) for slide in deck.slides))
    for wanted in plan.slides:
        yield from (f"unsaid: {text[:50]}" for text in _words(wanted) if squeezed(text) not in said)
        yield from (f"note unsaid: {t[:50]}" for r in texts_of(wanted.notes) if squeezed(t := plain(r)) not in notes)
        source, title = squeezed(plain(wanted.source)), squeezed(plain(wanted.title))
        if source and not any(shown.startswith(title) and source in text for shown, text, _ in slides):
            yield f"source unsaid: {plain(wanted.source)[:50]}"


def _words(slide: Slide) -> Iterator[str]:
    yield from (plain(runs) for runs in slide.texts())
    for block in walk(slide.blocks()):
        if isinstance(block, FigureBlock) and block.figure.chart is None:
            yield from drawn_words(block).split("\n")


def title_of(slide: Any) -> str:
    return str(slide.shapes.title.text_frame.text)


def text_of(slide: Any) -> str:
    """All that a slide says, charts and drawings included."""
    charts = (shape.chart._chartSpace for shape in slide.shapes if shape.has_chart)
    roots = (slide._element.cSld, *charts)
    return "\n".join("".join(t.text or "" for t in p.iter(qn("a:t"))) for root in roots for p in root.iter(qn("a:p")))


def notes_of(slide: Any) -> str:
    return "\n".join("".join(t.text or "" for t in p.iter(qn("a:t")))
                     for p in slide.notes_slide._element.iter(qn("a:p")))  # fmt: skip


def footless(slide: Any, plan: Deck) -> Iterator[str]:
    """What a slide lacks of review state and number."""
    text = squeezed(text_of(slide))
    if not any(squeezed(foot) in text for foot in (plan.footer, plan.short_footer) if foot):
        yield "no review state"
    if not any(field.get("type") == "slidenum" for field in slide._element.iter(qn("a:fld"))):
        yield "no number"


def boxes(slide: Any) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Name and edges (left, top, right, bottom, in points) of each shape of a slide itself."""
    for shape in slide.shapes:
        element = shape._element
        if element.tag == qn("p:sp") and shape.is_placeholder and element.spPr.find(qn("a:xfrm")) is None:
            sides = _of_layout(slide.slide_layout.part).get(element.ph_idx)
        else:
            sides = (shape.left, shape.top, shape.width, shape.height)
        if sides is None or any(side is None for side in sides):
            yield f"{shape.name} (without a place)", (0, 0, -1, -1)
            continue
        left, top, width, height = (side / _POINT for side in sides)
        yield shape.name, (left, top, left + width, top + height)


@lru_cache(maxsize=64)
def _of_layout(part: Any) -> dict[int, tuple[int, int, int, int]]:
    """Where a layout's placeholders stand, by idx."""
    return {
        one.placeholder_format.idx: (one.left, one.top, one.width, one.height) for one in part.slide_layout.placeholders
    }


def _of_words(slide: Any, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """The least that a title takes of its place: content may stand in what a short one leaves free below it."""
    shape = slide.shapes.title
    sizes = [int(node.get("sz")) / 100 for node in shape._element.iter(qn("a:rPr")) if node.get("sz")]
    left, top, right, bottom = box
    if not sizes or right <= left:
        return box
    lines = max(1, math.ceil(0.45 * sizes[0] * len(shape.text_frame.text) / (right - left)))
    return left, top, right, min(bottom, top + lines * sizes[0])


def misplaced(slide: Any, width: int, height: int) -> Iterator[str]:
    """Shapes that stand out of the slide, over one another, or have no size."""
    high, wide = height / _POINT, width / _POINT
    listed = [(name, _of_words(slide, box) if n == 0 else box) for n, (name, box) in enumerate(boxes(slide))]
    for n, (name, (left, top, right, bottom)) in enumerate(listed):
        if right - left < 1 or bottom - top < 1:
            yield f"'{name}' is {right - left:.0f} × {bottom - top:.0f} pt"
        if left < -EDGE or top < -EDGE or right > wide + EDGE or bottom > high + EDGE:
            yield f"'{name}' stands out of the slide"
        for other, (left2, top2, right2, bottom2) in listed[n + 1 :]:
            across, down = min(right, right2) - max(left, left2), min(bottom, bottom2) - max(top, top2)
            if across > EDGE and down > EDGE:
                yield f"'{name}' and '{other}' overlap by {across:.0f} × {down:.0f} pt"
