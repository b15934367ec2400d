"""Empty slides of a template, one for each of our layouts: python-pptx makes them, decks fill copies of them."""

from __future__ import annotations

import copy
import io
from functools import lru_cache
from threading import Lock
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from msgspec import Struct
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from handouts.render.pptx.template.bind import Bound, Spot
from handouts.render.pptx.template.oxml import tag
from handouts.render.pptx.write.accessibility import as_field


class Empty(Struct, frozen=True):
    """The XML of an empty slide and of its notes page. Its placeholders stand in reading order, furniture last."""

    slide: bytes
    notes: bytes


class Empties:
    """The empty slides of one template, made when they are first asked for; several threads may ask."""

    def __init__(self, data: bytes) -> None:
        self._presentation: Any = Presentation(io.BytesIO(data))
        self._layouts = layouts_of(self._presentation)
        self._made: dict[str, Empty] = {}
        self._lock = Lock()

    def of(self, bound: Bound) -> Empty:
        """The empty slide of a layout. Raises whatever python-pptx does on a layout that it cannot read."""
        with self._lock:
            if bound.spec.name not in self._made:
                self._made[bound.spec.name] = _made(self._presentation, self._layouts[bound.part], bound)
            return self._made[bound.spec.name]


@lru_cache(maxsize=8)
def empties(data: bytes) -> Empties:
    """The empty slides of a template's file. Raises whatever python-pptx does on a file that it cannot read."""
    return Empties(data)


def layouts_of(presentation: Any) -> dict[str, Any]:
    """Every layout of a presentation by the name of its part. Two masters may have layouts of one name."""
    found = (layout for master in presentation.slide_masters for layout in master.slide_layouts)
    return {layout.part.partname.lstrip("/"): layout for layout in found}


def _made(presentation: Any, layout: Any, bound: Bound) -> Empty:
    slide = presentation.slides.add_slide(layout)
    named = (("Footer", bound.footer), ("Slide Number", bound.number))
    furniture = [(name, spot) for name, spot in named if spot is not None]
    # python-pptx leaves these two off new slides, where they then do not show.
    for _, spot in furniture:
        holder = next(one for one in layout.placeholders if _is(one, spot))
        slide.shapes.clone_placeholder(holder)
    shapes = list(slide.placeholders)
    above = [] if bound.eyebrow is None else [bound.eyebrow]
    wanted = [("Title", bound.title), *((spot.name, spot) for spot in (*above, *bound.spots.values())), *furniture]
    kept = [(name, next(one for one in shapes if _is(one, spot))) for name, spot in wanted]
    tree = slide.shapes.element
    for shape in shapes:
        tree.remove(shape.element)
    for number, (name, shape) in enumerate(kept, start=2):
        tree.append(shape.element)
        shape.name = name
        next(shape.element.iter(tag("p:cNvPr"))).set("id", str(number))
        # Without words a placeholder may have no text body, which then would have to be made in each deck.
        shape.text_frame.clear()
    _wear_colours(slide, layout)
    notes = slide.notes_slide
    for shape in notes.placeholders:
        if shape.placeholder_format.type != PP_PLACEHOLDER.SLIDE_IMAGE:
            shape.text_frame.clear()
        if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
            run = shape.text_frame.paragraphs[0].add_run()
            run.text = "1"
            as_field(run)
    return Empty(etree.tostring(slide.element), etree.tostring(notes.element))


def _wear_colours(slide: Any, layout: Any) -> None:
    """Maps a slide's colours as its layout does: python-pptx maps those of every slide as the master does."""
    own, wanted = (one.element.find(tag("p:clrMapOvr")) for one in (slide, layout))
    if own is not None and wanted is not None and wanted.find(tag("a:overrideClrMapping")) is not None:
        own.getparent().replace(own, copy.deepcopy(wanted))


def _is(shape: Any, spot: Spot) -> bool:
    kind = next(shape.element.iter(tag("p:ph")))
    return int(kind.get("idx", "0")) == spot.idx and kind.get("type", "obj") == spot.kind
