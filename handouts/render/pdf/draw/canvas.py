"""A tagged canvas: drawing calls in, the pages of a PDF/UA-1 and PDF/A-2a file out.

Everything drawn is an artifact unless an element claims it: `with canvas.tagged(element): …`. Lengths are points from
the top left corner, y grows downwards. Colours are roles of the theme.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from handouts.plan.documents import Meta
from handouts.render.pdf.draw import conformance as metadata
from handouts.render.pdf.draw import operators
from handouts.render.pdf.draw.fonts import EmbeddedFace
from handouts.render.pdf.draw.objects import PdfFile, Ref, text_string
from handouts.render.pdf.draw.objects import number as n
from handouts.render.pdf.draw.outline import Bookmark, write_outline
from handouts.render.pdf.draw.place import Place
from handouts.render.pdf.draw.tags import Annotation, Mark, ParentTree, StructElement
from handouts.theme.fonts import Face
from handouts.theme.schema import FIXED_COLOURS, Colours

_ARTIFACT = "/Artifact BMC"
_FOOTER = "/Artifact <</Type/Pagination/Subtype/Footer>> BDC"


@dataclass(slots=True)
class Layer:
    """A content stream in the making: a page, or a form that pages show."""

    width: float
    height: float
    tags: bool
    ops: list[str] = field(default_factory=list[str])
    owner: StructElement | str = _ARTIFACT
    opened: StructElement | str | None = None
    colours: dict[bool, str] = field(default_factory=dict[bool, str])
    place: Place = field(default_factory=Place)
    shown: set[str] = field(default_factory=set[str])


@dataclass(slots=True)
class _Page:
    ref: Ref
    marks: list[StructElement] = field(default_factory=list[StructElement])
    annotations: list[Ref] = field(default_factory=list[Ref])


class TaggedCanvas:
    """Draws pages in order and ends with `finish`."""

    def __init__(self, document: StructElement, colours: Colours) -> None:
        self._pdf = PdfFile()
        self._document = document
        self._colours: dict[str, str] = {**dict(colours), **FIXED_COLOURS}
        self._tree = ParentTree()
        self._pages_ref = self._pdf.reserve()
        self._fonts = self._pdf.reserve()
        self._pages: list[Ref] = []
        self._faces: dict[str, EmbeddedFace] = {}
        self._shown: dict[str, Ref] = {}
        self._names: dict[int, tuple[str, object]] = {}
        self._bookmarks: list[Bookmark] = []
        self._page: _Page | None = None
        self._layer = Layer(0, 0, tags=False)

    # Pages and forms

    @contextmanager
    def page(self, width: float, height: float) -> Generator[None]:
        """Draw one page of this size."""
        page = self._page = _Page(self._pdf.reserve())
        self._layer = Layer(width, height, tags=True)
        yield
        self._close_mark()
        content = self._add_contents(self._layer.ops)
        key = self._tree.add(page.marks)
        annotations = f"/Annots[{' '.join(str(ref) for ref in page.annotations)}]" if page.annotations else ""
        self._pdf.put(
            page.ref,
            f"<</Type/Page/Parent {self._pages_ref}/MediaBox[0 0 {n(width)} {n(height)}]{self._resources(self._layer)}"
            f"/Contents {content}/StructParents {key}/Tabs/S{annotations}>>",
        )
        self._pages.append(page.ref)
        self._page = None

    @contextmanager
    def form(self, name: str, width: float, height: float) -> Generator[None]:
        """Draw a form of this size once, to be shown by `show`. Inside it nothing is tagged and links do nothing."""
        outer, self._layer = self._layer, Layer(width, height, tags=False)
        yield
        inner, self._layer = self._layer, outer
        entries = f"/Type/XObject/Subtype/Form/BBox[0 0 {n(width)} {n(height)}]{self._resources(inner)}"
        self._shown[name] = self._add_form(entries, inner.ops)

    def _add_contents(self, ops: list[str]) -> str:
        """Add the content of a page; a reference to it, or an array of references."""
        return str(self._pdf.add_stream("", _joined(ops)))

    def _add_form(self, entries: str, ops: list[str]) -> Ref:
        return self._pdf.add_stream(entries, _joined(ops))

    @contextmanager
    def placed(self, place: Place) -> Generator[None]:
        """What is drawn inside stands on the page where `place` takes it; its own top left corner is (0, 0)."""
        layer = self._layer
        if place == Place():
            yield
            return
        outer, colours = layer.place, dict(layer.colours)
        layer.place = place.within(outer)
        self._close_mark()
        layer.ops.append(f"q {place.matrix(layer.height, layer.height)}")
        yield
        self._close_mark()
        layer.ops.append("Q")
        layer.place, layer.colours = outer, colours

    def _resources(self, layer: Layer) -> str:
        shown = "".join(f"/{name} {self._shown[name]}" for name in sorted(layer.shown))
        return f"/Resources<</Font {self._fonts}{f'/XObject<<{shown}>>' if shown else ''}>>"

    def name_of(self, thing: object) -> str:
        """The name under which to keep the form or image of `thing`, the same for the same object."""
        return self._names.setdefault(id(thing), (f"X{len(self._names)}", thing))[0]

    def has(self, name: str) -> bool:
        """Whether a form or image of this name exists."""
        return name in self._shown

    @property
    def on_page(self) -> bool:
        """Whether drawing goes onto a page itself, where it can be tagged, and not into a form."""
        return self._layer.tags

    def add_image(self, name: str, entries: str, data: bytes, *, encoded: bool) -> None:
        """A raster image, to be shown by `show`; `entries` are those of its dictionary."""
        self._shown[name] = self._pdf.add_stream(f"/Type/XObject/Subtype/Image{entries}", data, encoded=encoded)

    def show(self, name: str, x: float, y: float, *, height: float, scale: tuple[float, float] = (1, 1)) -> None:
        """Show a form or image with its top left corner at (x, y).

        `height` is its height when shown, `scale` how often its own unit fits into a point across and down.
        """
        bottom = self._layer.height - y - height
        self._layer.shown.add(name)
        self._emit(f"q {scale[0]:.5g} 0 0 {scale[1]:.5g} {n(x)} {n(bottom)} cm /{name} Do Q")

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

    def _emit(self, operators_text: str) -> None:
        layer = self._layer
        # Marks open when something is drawn, so that what one element draws in several calls stays one sequence.
        if layer.tags and layer.owner is not layer.opened:
            self._close_mark()
            layer.ops.append(self._open_mark(layer.owner))
            layer.opened = layer.owner
        layer.ops.append(operators_text)

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
            self._layer.ops.append("EMC")
            self._layer.opened = None

    def _current_page(self) -> _Page:
        if self._page is None:
            raise RuntimeError("nothing can be drawn between pages")
        return self._page

    # Drawing

    def text(self, x: float, baseline: float, text: str, *, face: Face, size: float, role: str) -> None:
        """One piece of a line of text; every character must be one that the face has."""
        pieces = self._embedded(face).encode(text)
        self._set_colour(role)
        self._emit(operators.text(pieces, size, x, self._layer.height - baseline))

    def _embedded(self, face: Face) -> EmbeddedFace:
        embedded = self._faces.get(face.name)
        if embedded is None:
            embedded = self._faces[face.name] = EmbeddedFace(face, f"F{len(self._faces)}")
        return embedded

    def rect(
        self, x: float, y: float, width: float, height: float, *, fill: str | None = None, stroke: str | None = None,
        stroke_width: float = 1, radius: float = 0,
    ) -> None:  # fmt: skip
        """A rectangle whose top left corner is (x, y)."""
        path = operators.rectangle(x, self._layer.height - y - height, width, height, radius)
        self.paint(path, fill=fill, stroke=stroke, stroke_width=stroke_width)

    def line(self, x1: float, y1: float, x2: float, y2: float, *, role: str, width: float) -> None:
        """A straight line."""
        height = self._layer.height
        self.paint(operators.line(x1, height - y1, x2, height - y2), stroke=role, stroke_width=width)

    def paint(self, path: str, *, fill: str | None = None, stroke: str | None = None, stroke_width: float = 1) -> None:
        """Paint path operators, whose y grows upwards from the foot of the page or form."""
        if fill:
            self._set_colour(fill)
        if stroke:
            self._set_colour(stroke, stroke=True)
            path = f"{n(stroke_width)} w {path}"
        self._emit(f"{path} {operators.paint(fill=fill is not None, stroke=stroke is not None)}")

    def round_strokes(self) -> None:
        """Give the lines of this page or form round ends and round corners from here on."""
        self._emit("1 J 1 j")

    def _set_colour(self, role: str, *, stroke: bool = False) -> None:
        wanted = operators.colour(self._colours[role], stroke=stroke)
        if self._layer.colours.get(stroke) != wanted:
            self._layer.colours[stroke] = wanted
            self._emit(wanted)

    def leave_open(self, box: Any, element: StructElement | None, x: float, y: float) -> None:
        """Keep the place with its top left corner at (x, y) for a box; only a template's canvas can."""
        raise TypeError("openings are left on a canvas of their own")

    # What a reader can follow

    def link(self, element: StructElement, area: tuple[float, float, float, float], href: str, contents: str) -> None:
        """Make an area of the page (x, y, width, height) a link that belongs to `element`.

        `contents` says in words where it leads.
        """
        if not self._layer.tags:
            return
        page = self._current_page()
        key = self._tree.add(element)
        sides = " ".join(n(side) for side in self.page_box(*area))
        ref = self._pdf.add(
            f"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[{sides}]"
            f"/A<</Type/Action/S/URI/URI {text_string(_ascii(href))}>>/Contents {text_string(contents)}"
            f"/P {page.ref}/StructParent {key}>>"
        )
        page.annotations.append(ref)
        element.kids.append(Annotation(page.ref, ref))

    def bookmark(self, title: str, level: int, y: float) -> None:
        """An entry of the outline that leads to height `y` of this page; level 1 is the outermost."""
        if self._layer.tags:
            top = self._layer.height - self._layer.place.point(0, y)[1]
            self._bookmarks.append(Bookmark(title, level, self._current_page().ref, top))

    def page_box(self, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
        """A rectangle as PDF has it: left, bottom, right, top from the lower left corner of the page."""
        left, top, across, down = self._layer.place.box(x, y, width, height)
        top = self._layer.height - top
        return left, top - down, left + across, top

    # The end

    def finish(self, meta: Meta, *, preferences: str = "") -> bytes:
        """The file. `preferences` are further entries of the viewer preferences."""
        root, info = self._complete(meta, preferences)
        return self._pdf.to_bytes(root=root, info=info)

    def _complete(self, meta: Meta, preferences: str) -> tuple[Ref, Ref]:
        """Add all that is still missing; the catalog and the info dictionary."""
        pdf = self._pdf
        fonts = {name: ref for face in self._faces.values() for name, ref in face.write(pdf).items()}
        font_entries = "".join(f"/{name} {ref}" for name, ref in fonts.items())
        pdf.put(self._fonts, f"<<{font_entries}>>")
        kids = " ".join(str(ref) for ref in self._pages)
        pdf.put(self._pages_ref, f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]>>")
        structure = self._tree.write(pdf, self._document)
        outline = f"/Outlines {write_outline(pdf, self._bookmarks)}" if self._bookmarks else ""
        root = pdf.add(
            f"<</Type/Catalog/Pages {self._pages_ref}/Lang {text_string(meta.language)}/MarkInfo<</Marked true>>"
            f"/StructTreeRoot {structure}/Metadata {metadata.write_xmp(pdf, meta)}"
            f"/OutputIntents[{metadata.write_output_intent(pdf)}]"
            f"/ViewerPreferences<</DisplayDocTitle true{preferences}>>{outline}>>"
        )
        return root, metadata.write_info(pdf, meta)


def opens_mark(op: str) -> bool:
    """Whether an operator opens a mark, which the operator after the next closes when all of it is one drawing."""
    return op.endswith(("BDC", "BMC"))


def _joined(ops: list[str]) -> bytes:
    return "\n".join(ops).encode("latin-1")


def _ascii(address: str) -> str:
    """An address with what is not ASCII in percent-encoded UTF-8, as PDF wants it (ISO 32000-1, 12.6.4.7)."""
    return address if address.isascii() else quote(address, safe="".join(map(chr, range(33, 127))))
