"""A tagged canvas: drawing calls in, the pages of a PDF/UA-1 and PDF/A-2a file out, drawn by ReportLab's canvas.

Everything drawn is an artifact unless an element claims it: `with canvas.tagged(element): …`. Lengths are points from
the top left corner, y grows downwards. Colours are roles of the theme.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from urllib.parse import quote

from msgspec import Struct, field
from msgspec.structs import asdict
from reportlab.pdfbase.pdfdoc import PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from handouts.plan.documents import Meta
from handouts.render.pdf.draw import conformance
from handouts.render.pdf.draw.fonts import embedded
from handouts.render.pdf.draw.paths import rectangle, rounded
from handouts.render.pdf.draw.pdfdoc_private import (
    Reference,
    add_entries,
    add_form,
    add_image,
    finished_page,
    last_annotation,
    page_reference,
    prepare,
)
from handouts.render.pdf.draw.place import Place
from handouts.render.pdf.draw.syntax import colour, escaped, number, shown_text
from handouts.render.pdf.draw.tags import Annotation, Mark, StructElement, StructTree
from handouts.theme.fonts import SOFT_HYPHEN, Face, family
from handouts.theme.schema import FIXED_COLOURS, Theme

_NON_ZERO = 1
"""How ReportLab calls the usual rule for what is inside a path; its own default is the other one."""
_ARTIFACT = "/Artifact BMC"
_FOOTER = "/Artifact <</Type/Pagination/Subtype/Footer>> BDC"
MARK_OPENS, MARK_CLOSES = ("BDC", "BMC"), "EMC"
"""How the operators end that open a mark, and the one that closes it."""


class Layer(Struct):
    """A content stream in the making: a page, or a form that pages show."""

    width: float
    height: float
    tags: bool
    owner: StructElement | str = _ARTIFACT
    opened: StructElement | str | None = None
    colours: dict[bool, str] = field(default_factory=dict[bool, str])
    line_width: float | None = None
    place: Place = field(default_factory=Place)


class _Page(Struct):
    ref: Reference
    marks: list[StructElement] = field(default_factory=list[StructElement])


class TaggedCanvas:
    """Draws pages in order and ends with `finish`."""

    def __init__(self, document: StructElement, theme: Theme) -> None:
        # The initial font is one of ours: without it each file would name Helvetica, which it does not embed.
        initial: Any = embedded(family(theme.family).regular).fontName
        self._canvas = Canvas(BytesIO(), pageCompression=0, invariant=1, pdfVersion=(1, 7), initialFontName=initial)
        self._pdf = prepare(self._canvas)
        self.theme = theme
        self._colours: dict[str, str] = {**asdict(theme.colours), **FIXED_COLOURS}
        self._tree = StructTree(document)
        self._names: dict[int, tuple[str, object]] = {}
        self._ascii_fonts: dict[Face, str] = {}
        self._outline: list[int] = []
        self._page: _Page | None = None
        self._layer = Layer(0, 0, tags=False)

    # Pages and forms

    @contextmanager
    def page(self, width: float, height: float) -> Generator[None]:
        """Draw one page of this size."""
        self._canvas.setPageSize((round(width, 2), round(height, 2)))
        page = self._page = _Page(page_reference(self._pdf))
        self._layer = Layer(width, height, tags=True)
        yield
        self._close_mark()
        self._canvas.showPage()
        add_entries(finished_page(self._pdf), StructParents=self._tree.add(page.marks), Tabs="/S")
        self._page = None

    @contextmanager
    def form(self, name: str, width: float, height: float) -> Generator[None]:
        """Draw a form of this size once, to be shown by `show`. Inside it nothing is tagged and links do nothing."""
        outer, self._layer = self._layer, Layer(width, height, tags=False)
        self._canvas.beginForm(name, 0, 0, *rounded(width, height))
        yield
        self._end_form()
        self._layer = outer

    def _end_form(self) -> None:
        self._canvas.endForm()

    def content_of_form(self, draw: Callable[[TaggedCanvas], None], height: float) -> bytes:
        """What `draw` draws, without any text, on a form of this height; nothing else may be drawn on the canvas."""
        self._layer = Layer(0, height, tags=False)
        draw(self)
        return self._canvas.getCurrentPageContent().encode("ascii")

    def add_drawn(self, name: str, width: float, height: float, content: bytes) -> None:
        """A form of this size that was drawn before, on another canvas of the same theme: `drawn_alone` gave it."""
        add_form(self._pdf, name, rounded(width, height), content)

    @contextmanager
    def placed(self, place: Place) -> Generator[None]:
        """What is drawn inside stands on the page where `place` takes it; its own top left corner is (0, 0)."""
        layer = self._layer
        if place == Place():
            yield
            return
        outer, colours, line_width = layer.place, dict(layer.colours), layer.line_width
        layer.place = place.within(outer)
        self._close_mark()
        # saveState and transform follow two dozen values of which we use none; a sheet of cards has 40 places.
        self._canvas.addLiteral(f"q {place.matrix(layer.height, layer.height)}")
        yield
        self._close_mark()
        self._canvas.addLiteral("Q")
        layer.place, layer.colours, layer.line_width = outer, colours, line_width

    def name_of(self, thing: object) -> str:
        """The name under which to keep the form or image of `thing`, the same for the same object."""
        return self._names.setdefault(id(thing), (f"X{len(self._names)}", thing))[0]

    def has(self, name: str) -> bool:
        """Whether a form or image of this name exists."""
        return self._canvas.hasForm(name)

    @property
    def on_page(self) -> bool:
        """Whether drawing goes onto a page itself, where it can be tagged, and not into a form."""
        return self._layer.tags

    def add_image(self, name: str, body: bytes) -> None:
        """A raster image, to be shown by `show`; `body` is its object, from `images.image_object`."""
        add_image(self._pdf, name, body)

    def show(self, name: str, x: float, y: float, *, height: float, scale: tuple[float, float] = (1, 1)) -> None:
        """Show a form or image with its top left corner at (x, y).

        `height` is its height when shown, `scale` how often its own unit fits into a point across and down.
        """
        self._claim()
        rise = self._layer.height - y - height
        if x == rise == 0 and scale == (1, 1):
            self._canvas.doForm(name)
            return
        self._canvas.addLiteral(f"q {scale[0]:.5g} 0 0 {scale[1]:.5g} {number(x)} {number(rise)} cm")
        self._canvas.doForm(name)
        self._canvas.addLiteral("Q")

    # Whose marks these are

    @contextmanager
    def tagged(self, element: StructElement | None) -> Generator[None]:
        """What is drawn inside belongs to `element`; None leaves it to whom it belongs anyway."""
        with self._owned(element or self._layer.owner):
            yield

    @contextmanager
    def footer(self) -> Generator[None]:
        """What is drawn inside is a running foot: an artifact of pagination."""
        with self._owned(_FOOTER):
            yield

    @contextmanager
    def _owned(self, owner: StructElement | str) -> Generator[None]:
        layer = self._layer
        before, layer.owner = layer.owner, owner
        yield
        layer.owner = before

    def _claim(self) -> None:
        """Open the mark of whom the next drawing belongs to."""
        layer = self._layer
        # Marks open when something is drawn, so that what one element draws in several calls stays one sequence.
        if layer.tags and layer.owner is not layer.opened:
            self._close_mark()
            self._canvas.addLiteral(self._open_mark(layer.owner))
            layer.opened = layer.owner

    def _open_mark(self, owner: StructElement | str) -> str:
        if isinstance(owner, str):
            return owner
        page = self._current_page()
        mcid = len(page.marks)
        page.marks.append(owner)
        owner.kids.append(Mark(page.ref, mcid))
        return f"/{owner.tag} <</MCID {mcid}>> BDC"

    def _close_mark(self) -> None:
        if self._layer.opened is not None:
            self._canvas.addLiteral(MARK_CLOSES)
            self._layer.opened = None

    def _current_page(self) -> _Page:
        if self._page is None:
            raise RuntimeError("nothing can be drawn between pages")
        return self._page

    # Drawing

    def text(self, x: float, baseline: float, text: str, *, face: Face, size: float, role: str) -> None:
        """One piece of a line of text; every character must be one that the face has."""
        pieces = self._pieces(face, text)
        self._set_colour(role)
        self._claim()
        # A text object of ReportLab's writes the same; hundreds of them would take as long as all else of a page.
        self._canvas.addLiteral(shown_text(pieces, size, x, self._layer.height - baseline))

    def _pieces(self, face: Face, text: str) -> list[tuple[str, str]]:
        """The text as (font resource name, escaped literal) pieces."""
        if not text.isascii():
            if SOFT_HYPHEN in text:
                # Only at a line's end is a word parted there.
                text = text[:-1].replace(SOFT_HYPHEN, "") + text[-1]
            return embedded(face).pieces(text, self._pdf)
        name = self._ascii_fonts.get(face)
        if name is None:
            name = self._ascii_fonts[face] = embedded(face).ascii_font(self._pdf)
        return [(name, escaped(text))]

    def rect(
        self, x: float, y: float, width: float, height: float, *, fill: str | None = None, stroke: str | None = None,
        stroke_width: float = 1, radius: float = 0,
    ) -> None:  # fmt: skip
        """A rectangle whose top left corner is (x, y)."""
        path = rectangle(x, self._layer.height - y - height, width, height, radius)
        self.paint(path, fill=fill, stroke=stroke, stroke_width=stroke_width)

    def line(self, x1: float, y1: float, x2: float, y2: float, *, role: str, width: float) -> None:
        """A straight line."""
        height = self._layer.height
        self._set_pen(None, role, width)
        self._canvas.line(*rounded(x1, height - y1, x2, height - y2))

    def paint(
        self, path: PDFPathObject, *, fill: str | None = None, stroke: str | None = None, stroke_width: float = 1
    ) -> None:
        """Paint a path, whose y grows upwards from the foot of the page or form."""
        self._set_pen(fill, stroke, stroke_width)
        self._canvas.drawPath(path, stroke=int(stroke is not None), fill=int(fill is not None), fillMode=_NON_ZERO)

    def round_strokes(self) -> None:
        """Give the lines of this page or form round ends and round corners from here on."""
        self._claim()
        self._canvas.setLineCap(1)
        self._canvas.setLineJoin(1)

    def _set_pen(self, fill: str | None, stroke: str | None, stroke_width: float) -> None:
        if fill:
            self._set_colour(fill)
        if stroke:
            self._set_colour(stroke, stroke=True)
        self._claim()
        if stroke and self._layer.line_width != stroke_width:
            self._layer.line_width = stroke_width
            self._canvas.setLineWidth(round(stroke_width, 2))

    def _set_colour(self, role: str, *, stroke: bool = False) -> None:
        wanted = colour(self._colours[role], stroke=stroke)
        if self._layer.colours.get(stroke) != wanted:
            self._layer.colours[stroke] = wanted
            self._claim()
            self._canvas.addLiteral(wanted)

    def leave_open(self, box: Any, element: StructElement | None, x: float, y: float, *, picture: bool = False) -> None:
        """Keep the place with its top left corner at (x, y) for a box; only an `OpenCanvas` can."""
        raise TypeError("openings are left on a canvas of their own")

    # What a reader can follow

    def link(self, element: StructElement, area: tuple[float, float, float, float], href: str, contents: str) -> None:
        """Make an area of the page (x, y, width, height) a link that belongs to `element`.

        `contents` says in words where it leads.
        """
        if not self._layer.tags:
            return
        page, key = self._current_page(), self._tree.add(element)
        self._canvas.linkURL(
            _ascii(href),
            rounded(*self.page_box(*area)),
            F=4,
            StructParent=key,
            Contents=PDFString(contents),
            P=page.ref,
        )
        element.kids.append(Annotation(page.ref, last_annotation(self._canvas)))

    def bookmark(self, title: str, level: int, y: float) -> None:
        """An entry of the outline that leads to height `y` of this page; level 1 is the outermost."""
        if self._layer.tags:
            top = self._layer.height - self._layer.place.point(0, y)[1]
            key = f"heading {len(self._outline)}"
            # ReportLab refuses an entry that skips a level.
            self._outline.append(min(level, self._outline[-1] + 1) if self._outline else 1)
            self._canvas.bookmarkHorizontalAbsolute(key, round(top, 2))
            self._canvas.addOutlineEntry(title.replace(SOFT_HYPHEN, ""), key, self._outline[-1] - 1)

    def page_box(self, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
        """A rectangle as PDF has it: left, bottom, right, top from the lower left corner of the page."""
        return self._layer.place.upwards(self._layer.height, x, y, width, height)

    # The end

    def finish(self, meta: Meta, *, preferences: Mapping[str, str] | None = None) -> bytes:
        """The file. `preferences` are further entries of the viewer preferences."""
        conformance.describe(self._canvas, self._pdf, meta, preferences or {})
        self._canvas.setCatalogEntry("StructTreeRoot", self._tree)
        return conformance.saved(self._canvas)


def drawn_alone(draw: Callable[[TaggedCanvas], None], theme: Theme, height: float) -> bytes:
    """What `draw` draws, without any text, as the content of a form of this height that any document can take over."""
    return TaggedCanvas(StructElement("Document"), theme).content_of_form(draw, height)


def _ascii(address: str) -> str:
    """An address with what is not ASCII in percent-encoded UTF-8, as PDF wants it (ISO 32000-1, 12.6.4.7)."""
    return address if address.isascii() else quote(address, safe="".join(map(chr, range(33, 127))))
