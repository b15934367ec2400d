"""A canvas on which places stay open: boxes draw in as on any, a file with marks where each recipient's words go out.

A mark is a number between null characters, which stand nowhere else in what is drawn. A page's content is parted around
its openings, so that all the rest of it is deflated and the same in each recipient's file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from reportlab.pdfbase.pdfdoc import PDFArray, PDFStream

from handouts.plan.documents import Meta
from handouts.render.pdf.draw.canvas import MARK_CLOSES, MARK_OPENS, TaggedCanvas
from handouts.render.pdf.draw.fonts import Lettering, embedded
from handouts.render.pdf.draw.pdfdoc_private import OpenStream, finished_page
from handouts.render.pdf.draw.place import Place
from handouts.render.pdf.draw.tags import StructElement
from handouts.theme.fonts import family
from handouts.theme.schema import Theme

MARK = re.compile(rb"\x00([0-9]+)\x00")
"""Stands for what is drawn in an opening; where that is a picture, for the matrix that places it."""
ATTRIBUTES = re.compile(rb"\x00A([0-9]+)\x00")
"""Stands for the attributes of a picture's structure element."""
LOGO = b"\x00logo\x00"
"""Stands for the picture."""
AUTHOR = "%author%"
"""Stands for the author, where nothing else does."""
_LOGO_NAME = "Logo"
_SHORT = 400
"""Characters of a content stream's static part that are not worth an object of their own."""


class Opening(Struct, frozen=True):
    """Where a box stays open: its top left corner on its page or form, how high that is, and where it stands itself.

    `mcid` is the number of its mark on the page, if it has one.
    """

    box: Any
    x: float
    y: float
    height: float
    place: Place
    mcid: int | None


class OpenCanvas(TaggedCanvas):
    """A canvas on which boxes can stay open. Its fonts have `letters` too, whatever is drawn."""

    def __init__(self, document: StructElement, theme: Theme, letters: str) -> None:
        super().__init__(document, theme)
        self._letters = letters
        self._is_open = False
        self._saved: tuple[bytes, Meta, Lettering] | None = None
        self.openings: list[Opening] = []

    def leave_open(self, box: Any, element: StructElement | None, x: float, y: float, *, picture: bool = False) -> None:
        """Keep the place with its top left corner at (x, y) for a box, a `picture` or a text."""
        layer, mark = self._layer, f"\0{len(self.openings)}\0"
        self._is_open = True
        with self.tagged(element):
            self._claim()
            if picture:
                self._show_logo(element, mark)
            else:
                self._canvas.addLiteral(mark)
        mcid = len(self._current_page().marks) - 1 if isinstance(layer.opened, StructElement) else None
        self._close_mark()
        # What is drawn in the opening sets colours that nobody knows of here.
        layer.colours.clear()
        self.openings.append(Opening(box, x, y, layer.height, layer.place, mcid))

    def _show_logo(self, element: StructElement | None, mark: str) -> None:
        if not self.has(_LOGO_NAME):
            self.add_image(_LOGO_NAME, LOGO)
        if element and self.on_page:
            element.alt, element.attributes = None, f"\0A{len(self.openings)}\0"
        self._canvas.addLiteral(f"q {mark} cm")
        self._canvas.doForm(_LOGO_NAME)
        self._canvas.addLiteral("Q")

    @contextmanager
    def page(self, width: float, height: float) -> Generator[None]:
        """Draw one page of this size."""
        self._is_open = False
        with super().page(width, height):
            yield
        if self._is_open:
            page = finished_page(self._pdf)
            page.Contents = PDFArray([_stream(*part) for part in _parts(page.stream.split("\n"))])

    @contextmanager
    def form(self, name: str, width: float, height: float) -> Generator[None]:
        """Draw a form of this size once, to be shown by `show`."""
        outer, self._is_open = self._is_open, False
        with super().form(name, width, height):
            yield
        self._is_open = outer

    def _end_form(self) -> None:
        if self._is_open:
            content = self._canvas.getCurrentPageContent().encode("ascii")
            self._canvas.endForm(Contents=OpenStream(content))
        else:
            super()._end_form()

    def finish(self, meta: Meta, *, preferences: Mapping[str, str] | None = None) -> bytes:
        """The file with its openings; its author is left open too."""
        faces = family(self.theme.family)
        for face in (faces.regular, faces.strong):
            embedded(face).pieces(self._letters + " ", self._pdf)
        lettering = Lettering.of((faces.regular, faces.strong), self._pdf)
        data = super().finish(replace(meta, author=AUTHOR), preferences=preferences)
        self._saved = (data, meta, lettering)
        return data

    @property
    def saved(self) -> tuple[bytes, Meta, Lettering]:
        """The file, what it says of itself, and which bytes stand for characters in it, once the canvas is finished."""
        if self._saved is None:
            raise RuntimeError("the canvas is not finished")
        return self._saved


def _stream(lines: list[str], is_open: bool) -> PDFStream:
    content = "\n".join(lines)
    return OpenStream(content.encode("ascii")) if is_open else PDFStream(content=content)


def _parts(lines: list[str]) -> Iterator[tuple[list[str], bool]]:
    """The operators of a page in turn static and open, each opening together with its mark."""
    spans: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if "\0" not in line:
            continue
        start, stop = index, index + 1
        if index and lines[index - 1].endswith(MARK_OPENS):
            start, stop = index - 1, lines.index(MARK_CLOSES, index) + 1
        if spans and sum(map(len, lines[spans[-1][1] : start])) < _SHORT:
            spans[-1] = (spans[-1][0], stop)
        else:
            spans.append((start, stop))
    at = 0
    for start, stop in spans:
        if start > at:
            yield lines[at:start], False
        yield lines[start:stop], True
        at = stop
    if at < len(lines):
        yield lines[at:], False


def canvas_with(letters: str, made: list[OpenCanvas]) -> Callable[[StructElement, Theme], OpenCanvas]:
    """What makes a canvas with openings for a renderer, and keeps it in `made` for whoever fills its file."""

    def make(document: StructElement, theme: Theme) -> OpenCanvas:
        made.append(OpenCanvas(document, theme, letters))
        return made[-1]

    return make
