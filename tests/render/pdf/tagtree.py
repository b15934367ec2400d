"""Reads a tagged PDF as assistive technology does: the structure tree, and the text that each element owns."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from msgspec import Struct, field

TEXT_BLOCKS = frozenset({"P", "H1", "H2", "H3", "LBody", "TH", "TD"})


class Node(Struct):
    """A structure element; `kids` are elements and pieces of text in reading order, `marks` its own (page, mcid)
    pairs, `annotations` those of a link, each with its page.
    """

    tag: str
    raw: Any
    kids: list[Node | str] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    annotations: list[tuple[int, Any]] = field(default_factory=list)

    @property
    def links(self) -> int:
        return len(self.annotations)

    def text(self) -> str:
        return "".join(kid if isinstance(kid, str) else kid.text() for kid in self.kids)

    def find(self, tag: str) -> list[Node]:
        below = [node for kid in self.kids if isinstance(kid, Node) for node in kid.find(tag)]
        return [self, *below] if self.tag == tag else below

    def walk(self) -> Iterator[Node]:
        """This element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def all_marks(self) -> list[tuple[int, int]]:
        return [mark for node in self.walk() for mark in node.marks]

    def blocks(self) -> list[str]:
        """The text of each paragraph, heading, item and cell, white space squeezed."""
        if self.tag in TEXT_BLOCKS:
            return [squeeze(self.text())]
        return [text for kid in self.kids if isinstance(kid, Node) for text in kid.blocks()]

    def attribute(self, name: str) -> Any:
        attributes = self.raw.get("/A")
        return None if attributes is None else attributes.get(name)


class Drawn(Struct, frozen=True):
    """A piece of text as it is drawn: points from the lower left corner; the mark and the form that it is drawn in.
    `ink` is its width without the space at its end.
    """

    page: int
    x: float
    y: float
    width: float
    ink: float
    size: float
    text: str
    mcid: int | None
    artifact: str | None
    form: str | None = None


class Shown(Struct, frozen=True):
    """A form or image as it is shown: its name, where its lower left corner is, the mark, the form that shows it."""

    page: int
    name: str
    x: float
    y: float
    mcid: int | None
    inside: str | None = None


class Matrix(Struct, frozen=True):
    """From a stream's own coordinates to the page's: (left + across·x, foot + up·y). Nothing is ever slanted."""

    across: float = 1
    up: float = 1
    left: float = 0
    foot: float = 0

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.left + self.across * x, self.foot + self.up * y

    def after(self, across: float, up: float, left: float, foot: float) -> Matrix:
        """The matrix once `cm` with these numbers came before it."""
        return Matrix(across * self.across, up * self.up, *self.point(left, foot))


class TaggedPdf:
    """A parsed file: `tree`, all `drawn` text and all `shown` forms."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.drawn: list[Drawn] = []
        self.shown: list[Shown] = []
        self._fonts: dict[Any, tuple[dict[int, str], list[float]]] = {}
        self._texts: dict[tuple[int, int], str] = {}
        self._numbers = {page.obj.objgen: index for index, page in enumerate(self.pdf.pages)}
        for index, page in enumerate(self.pdf.pages):
            self._read(index, page.obj, page.obj.Resources, Matrix(), None)
        self.tree = self._node(self.pdf.Root.StructTreeRoot.K, None)

    def words(self) -> list[str]:
        return [text for text in self.tree.blocks() if text]

    def _node(self, raw: Any, page: Any) -> Node:
        page = raw.get("/Pg", page)
        node = Node(str(raw.S)[1:], raw)
        kids = raw.get("/K")
        for kid in () if kids is None else kids if isinstance(kids, pikepdf.Array) else (kids,):
            if isinstance(kid, int):
                self._mark(node, page, kid)
            elif kid.get("/Type") == "/MCR":
                self._mark(node, kid.Pg, int(kid.MCID))
            elif kid.get("/Type") == "/OBJR":
                node.annotations.append((self._numbers[kid.Pg.objgen], kid.Obj))
            else:
                node.kids.append(self._node(kid, page))
        return node

    def _mark(self, node: Node, page: Any, mcid: int) -> None:
        mark = (self._numbers[page.objgen], mcid)
        node.marks.append(mark)
        node.kids.append(self._texts.get(mark, ""))

    def _read(self, page: int, stream: Any, resources: Any, matrix: Matrix, form: str | None) -> None:
        saved: list[Matrix] = []
        marks: list[tuple[int | None, str | None]] = []
        font, size, x, y = None, 0.0, 0.0, 0.0
        for operands, operator in pikepdf.parse_content_stream(stream):
            match str(operator):
                case "BMC":
                    marks.append((None, ""))
                case "BDC":
                    mcid = operands[1].get("/MCID")
                    marks.append((None, str(operands[1].get("/Subtype"))) if mcid is None else (int(mcid), None))
                case "EMC":
                    marks.pop()
                case "q":
                    saved.append(matrix)
                case "Q":
                    matrix = saved.pop()
                case "cm":
                    matrix = matrix.after(*(float(operands[place]) for place in (0, 3, 4, 5)))
                case "Tf":
                    font, size = resources.Font[str(operands[0])], float(operands[1])
                case "Td":
                    x, y = float(operands[0]), float(operands[1])
                case "Tj":
                    mcid, artifact = marks[-1] if marks else (None, "form" if form else None)
                    text, width, ink = self._decode(font, bytes(operands[0]), size)
                    across, up = abs(matrix.across), abs(matrix.up)
                    piece = (*matrix.point(x, y), width * across, ink * across, size * up)
                    self.drawn.append(Drawn(page, *piece, text, mcid, artifact, form))
                    if mcid is not None:
                        key = (page, mcid)
                        self._texts[key] = self._texts.get(key, "") + text
                    x += width
                case "Do":
                    name = str(operands[0])
                    shown = resources.XObject[name]
                    mcid = marks[-1][0] if marks else None
                    self.shown.append(Shown(page, name, *matrix.point(0, 0), mcid, form))
                    if shown.Subtype == "/Form":
                        self._read(page, shown, shown.Resources, matrix, name)
                case _:
                    pass
        assert not marks, "every mark is closed"
        assert not saved, "every graphics state is restored"

    def _decode(self, font: Any, data: bytes, size: float) -> tuple[str, float, float]:
        """Text, width and width of the ink of a string as a simple font with a ToUnicode map shows it, in points."""
        if font.objgen not in self._fonts:
            cmap = {
                int(code, 16): bytes.fromhex(value.decode()).decode("utf-16-be")
                for code, value in re.findall(rb"<([0-9A-F]{2})> <([0-9A-F]{4,})>\n", font.ToUnicode.read_bytes())
            }
            self._fonts[font.objgen] = (cmap, [float(width) for width in font.Widths])
        cmap, widths = self._fonts[font.objgen]
        text = "".join(cmap[byte] for byte in data)
        width, ink = (sum(widths[byte] for byte in part) * size / 1000 for part in (data, data[: len(text.rstrip())]))
        return text, width, ink


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
