"""A document laid out once and filled often: a canvas that leaves places open in, a template out.

A template is the bytes that all its documents begin with, and a few objects that are written anew for each: the pieces
of content streams with blanks, what the file says of itself, the logo and its place in the structure tree.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from handouts.plan.blanks import NotOpenError
from handouts.plan.documents import Meta
from handouts.render.pdf.draw import conformance as metadata
from handouts.render.pdf.draw.canvas import Layer, TaggedCanvas, opens_mark
from handouts.render.pdf.draw.objects import HEADER, Ref, is_stream, numbered, stream_body, text_string
from handouts.render.pdf.draw.tags import StructElement
from handouts.render.pdf.layout.boxes import Text
from handouts.render.pdf.layout.openings import OpenPicture, OpenText
from handouts.render.pdf.layout.setting import Knobs
from handouts.theme.fonts import Face, Family
from handouts.theme.schema import Colours

_LETTERS = tuple(
    frozenset(block)
    for block in (
        map(chr, range(0xA0, 0x100)),
        map(chr, range(0x100, 0x140)),
        map(chr, (*range(0x140, 0x180), *range(0x218, 0x21C))),
        "‐‑–—‘’‚“”„•…‹›€™",
    )
)
"""What a template can have beside ASCII, block by block: the letters and marks of European languages in Latin letters.
Each block makes a handout 2 to 13 kB larger."""

_LOGO = "Logo"
_OPEN = re.compile(r"\x00([0-9]+)\x00")
_OPEN_ATTRIBUTES = re.compile(rb"\x00A([0-9]+)\x00")
_SHORT = 400
"""Characters of a content stream's static part that are not worth an object of their own."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A recipient's logo: its image XObject, its size in pixels, and what it shows."""

    body: bytes
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Filling:
    """What one recipient fills: the texts with their blanks filled, in order; the author; the logo, if any."""

    texts: Sequence[Text]
    author: str
    logo: Logo | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a box stays open: its place on its page or form; `mcid` is its mark's number on the page, if it has one."""

    box: OpenText | OpenPicture
    x: float
    y: float
    layer: Layer
    mcid: int | None


@dataclass(frozen=True, slots=True)
class Open:
    """An object that is written for each recipient; `gaps` are those in its content stream, in the order drawn."""

    ref: Ref
    write: Callable[[Filling], bytes]
    gaps: tuple[Gap, ...] = ()
    static: tuple[bytes, ...] = ()
    """The content stream before the first gap, between gaps, and after the last."""
    logo: Literal["", "image", "element"] = ""
    """Which part of the logo it is, if any: the image, or its element in the structure tree."""


class TemplateCanvas(TaggedCanvas):
    """A canvas on which boxes can stay open."""

    def __init__(self, document: StructElement, colours: Colours) -> None:
        super().__init__(document, colours)
        self.gaps: list[Gap] = []
        self._open: list[Open] = []
        self._logo: Ref | None = None
        self._meta: Meta | None = None
        self._preferences = ""

    def leave_open(self, box: OpenText | OpenPicture, element: StructElement | None, x: float, y: float) -> None:
        """Keep the place with its top left corner at (x, y) for a box."""
        layer, index = self._layer, len(self.gaps)
        if isinstance(box, OpenPicture):
            if self._logo is None:
                self._logo = self._shown[_LOGO] = self._pdf.reserve()
                self._open.append(Open(self._logo, _logo_body, logo="image"))
            layer.shown.add(_LOGO)
            if element and layer.tags:
                element.alt, element.attributes = None, f"\0A{index}\0"
        with self.tagged(element):
            self._emit(f"\0{index}\0")
        mcid = len(self._current_page().marks) - 1 if isinstance(layer.opened, StructElement) else None
        self._close_mark()
        # What is drawn in the gap sets colours that nobody knows of here.
        layer.colours.clear()
        bare = replace(layer, tags=False, ops=[], owner="", opened=None, colours={}, shown=set())
        self.gaps.append(Gap(box, x, y, bare, mcid))

    def _add_contents(self, ops: list[str]) -> str:
        refs: list[Ref] = []
        for part, is_open in _parts(ops):
            if is_open:
                refs.append(self._add_open("", part))
            else:
                refs.append(self._pdf.add_stream("", "\n".join(part).encode("latin-1")))
        return str(refs[0]) if len(refs) == 1 else f"[{' '.join(map(str, refs))}]"

    def _add_form(self, entries: str, ops: list[str]) -> Ref:
        return self._add_open(entries, ops) if any(map(_is_open, ops)) else super()._add_form(entries, ops)

    def _add_open(self, entries: str, ops: list[str]) -> Ref:
        # A few hundred bytes: deflating them takes longer than writing them.
        pieces = _OPEN.split("\n".join(ops))
        gaps = tuple(self.gaps[int(index)] for index in pieces[1::2])
        static = [piece.encode("latin-1") for piece in pieces[::2]]

        def body(filling: Filling) -> bytes:
            parts = [static[0]]
            for gap, after in zip(gaps, static[1:], strict=True):
                parts += (self._drawn(gap, filling), after)
            return stream_body(entries, b"".join(parts))

        self._open.append(Open(self._pdf.reserve(), body, gaps, tuple(static)))
        return self._open[-1].ref

    def _drawn(self, gap: Gap, filling: Filling) -> bytes:
        """The operators of one box: its own `draw` draws it as on any page."""
        layer = self._layer = gap.layer
        layer.ops.clear()
        layer.colours.clear()
        if isinstance(gap.box, OpenText):
            filling.texts[gap.box.index].draw(self, gap.x, gap.y, Knobs(), 0)
        elif filling.logo:
            width, height = gap.box.size(filling.logo.width, filling.logo.height)
            self.show(_LOGO, gap.box.at(gap.x, width), gap.y, height=height, scale=(width, height))
        return "\n".join(layer.ops).encode("latin-1")

    def finish(self, meta: Meta, *, preferences: str = "") -> bytes:
        """Nothing yet: `template` gives what was drawn."""
        self._meta, self._preferences = meta, preferences
        return b""

    def covers(self, face: Face, text: str) -> bool:
        """Whether the template's fonts have every character of a text."""
        return self._embedded(face).covers(text)

    def template(self, family: Family, letters: str) -> Template:
        """The template of all that was drawn, whose fonts have these letters too; its author is left open."""
        meta = self._meta
        if meta is None:
            raise RuntimeError("a template is taken from a canvas that is finished")
        for face in (family.regular, family.strong):
            self._embedded(face).embed(letters)
        root, info = self._complete(meta, self._preferences)

        def signed(filling: Filling) -> Meta:
            return Meta(
                meta.title, meta.language, filling.author, meta.subject, meta.date, meta.as_of, meta.review_state
            )

        opened = {one.ref: one for one in self._open}
        for number, body in enumerate(self._pdf.bodies, 1):
            ref = Ref(number)
            if ref == info:
                opened[ref] = Open(ref, lambda filling: metadata.info_dictionary(signed(filling)).encode())
            elif body.startswith(b"<</Type/Metadata"):
                opened[ref] = Open(ref, lambda filling: metadata.xmp_body(signed(filling)))
            elif not is_stream(body) and (found := _OPEN_ATTRIBUTES.search(body)):
                head, tail = body[: found.start()], body[found.end() :]
                opened[ref] = Open(ref, self._figure(self.gaps[int(found[1])], head, tail), logo="element")
        return Template(self, opened.values(), root, info)

    def _figure(self, gap: Gap, head: bytes, tail: bytes) -> Callable[[Filling], bytes]:
        box = gap.box
        assert isinstance(box, OpenPicture)

        def body(filling: Filling) -> bytes:
            if filling.logo is None:
                raise NotOpenError
            self._layer = gap.layer
            width, height = box.size(filling.logo.width, filling.logo.height)
            element = StructElement("Figure")
            element.set_box(*self.page_box(box.at(gap.x, width), gap.y, width, height))
            alt = text_string(filling.logo.alt)
            return b"%b%b/Alt %b%b" % (head, element.attributes.encode(), alt.encode(), tail)

        return body


def letters_for(text: str) -> str:
    """Every letter of the blocks of which a text has any: the fewer there are, the more recipients share a template."""
    if text.isascii():
        return ""
    return "".join(letter for block in _LETTERS if not block.isdisjoint(text) for letter in sorted(block))


class Template:
    """The static part of a document, once for all who get it, and what writes the rest.

    One thread at a time may fill it.
    """

    def __init__(self, canvas: TemplateCanvas, opened: Iterable[Open], root: Ref, info: Ref) -> None:
        self._canvas = canvas
        self.opened = tuple(sorted(opened, key=lambda one: one.ref))
        bodies = canvas._pdf.bodies  # pyright: ignore[reportPrivateUsage]
        numbers = {one.ref for one in self.opened}
        parts, offsets, position = [HEADER], dict[int, int](), len(HEADER)
        for number, body in enumerate(bodies, 1):
            if number not in numbers:
                parts.append(numbered(number, body))
                offsets[number] = position
                position += len(parts[-1])
        self.prefix = b"".join(parts)
        """The bytes that every document begins with."""
        self._digest = hashlib.sha256(self.prefix)
        self.rows = tuple(_rows(len(bodies), offsets))
        """The cross-reference table: the static rows in pieces, None for a row that each document has of its own."""
        self.table = b"xref\n0 %d\n" % (len(bodies) + 1)
        """How the cross-reference table begins."""
        self.trailer = f"trailer\n<</Size {len(bodies) + 1}/Root {root}/Info {info}/ID[".encode()
        """What follows the cross-reference table, up to the file's ID."""

    def covers(self, filling: Filling) -> bool:
        """Whether the fonts have every character."""
        covers = self._canvas.covers
        for text in filling.texts:
            for line in text.lines:
                for piece in line.pieces:
                    face = text.family.face(strong=text.strong or text.style.strong or piece.run.strong)
                    if not covers(face, piece.text):
                        return False
        return True

    def fill(self, filling: Filling) -> tuple[bytes, str]:
        """What follows the prefix in one recipient's file, and the SHA-256 of the whole file."""
        parts: list[bytes] = []
        offsets: list[int] = []
        position = len(self.prefix)
        for one in self.opened:
            parts.append(numbered(one.ref, one.write(filling)))
            offsets.append(position)
            position += len(parts[-1])
        digest = self._digest.copy()
        objects = b"".join(parts)
        digest.update(objects)
        ident = digest.hexdigest()[:32].encode()
        found = iter(offsets)
        rows = b"".join(b"%010d 00000 n \n" % next(found) if row is None else row for row in self.rows)
        end = b"%b%b%b<%b><%b>]>>\nstartxref\n%d\n%%%%EOF\n" % (self.table, rows, self.trailer, ident, ident, position)
        digest.update(end)
        return objects + end, digest.hexdigest()


def _rows(count: int, offsets: dict[int, int]) -> Iterator[bytes | None]:
    joined = b"0000000000 65535 f \n"
    for number in range(1, count + 1):
        if number in offsets:
            joined += b"%010d 00000 n \n" % offsets[number]
            continue
        if joined:
            yield joined
        yield None
        joined = b""
    if joined:
        yield joined


def _is_open(op: str) -> bool:
    return op.startswith("\0")


def _parts(ops: list[str]) -> Iterator[tuple[list[str], bool]]:
    """The operators of a page in turn static and open, each gap together with its mark."""
    spans: list[tuple[int, int]] = []
    for index, op in enumerate(ops):
        if not _is_open(op):
            continue
        start = index - 1 if index and opens_mark(ops[index - 1]) else index
        stop = index + 2
        if spans and sum(map(len, ops[spans[-1][1] : start])) < _SHORT:
            spans[-1] = (spans[-1][0], stop)
        else:
            spans.append((start, stop))
    at = 0
    for start, stop in spans:
        if start > at:
            yield ops[at:start], False
        yield ops[start:stop], True
        at = stop
    if at < len(ops):
        yield ops[at:], False


def _logo_body(filling: Filling) -> bytes:
    if filling.logo is None:
        raise NotOpenError
    return filling.logo.body
