"""Reads a tagged PDF as assistive technology does: the structure tree, and the text that each element owns."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any

import pikepdf

TEXT_BLOCKS = frozenset({"P", "H1", "H2", "H3", "LBody", "TH", "TD"})


@dataclass
class Node:
    """A structure element; `kids` are elements and pieces of text in reading order."""

    tag: str
    raw: Any
    kids: list[Node | str] = field(default_factory=list)
    links: int = 0

    def text(self) -> str:
        return "".join(kid if isinstance(kid, str) else kid.text() for kid in self.kids)

    def find(self, tag: str) -> list[Node]:
        below = [node for kid in self.kids if isinstance(kid, Node) for node in kid.find(tag)]
        return [self, *below] if self.tag == tag else below

    def blocks(self) -> list[str]:
        """The text of each paragraph, heading, item and cell, white space squeezed."""
        if self.tag in TEXT_BLOCKS:
            return [squeeze(self.text())]
        return [text for kid in self.kids if isinstance(kid, Node) for text in kid.blocks()]

    def attribute(self, name: str) -> Any:
        attributes = self.raw.get("/A")
        return None if attributes is None else attributes.get(name)


@dataclass(frozen=True)
class Drawn:
    """A piece of text as it is drawn: points from the lower left corner; the mark that it is drawn in."""

    page: int
    x: float
    y: float
    width: float
    size: float
    text: str
    mcid: int | None
    artifact: str | None


@dataclass(frozen=True)
class Shown:
    """A form or image as it is shown: its name, where its lower left corner is, and the mark."""

    page: int
    name: str
    x: float
    y: float
    mcid: int | None


@dataclass(frozen=True)
class Matrix:
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
            self._read(index, page.obj, page.obj.Resources, Matrix(), form=False)
        self.tree = self._node(self.pdf.Root.StructTreeRoot.K, None)

    def words(self) -> list[str]:
        return [text for text in self.tree.blocks() if text]

    def _node(self, raw: Any, page: Any) -> Node:
        page = raw.get("/Pg", page)
        node = Node(str(raw.S)[1:], raw)
        kids = raw.get("/K")
        for kid in () if kids is None else kids if isinstance(kids, pikepdf.Array) else (kids,):
            if isinstance(kid, int):
                node.kids.append(self._texts.get((self._numbers[page.objgen], kid), ""))
            elif kid.get("/Type") == "/MCR":
                node.kids.append(self._texts.get((self._numbers[kid.Pg.objgen], int(kid.MCID)), ""))
            elif kid.get("/Type") == "/OBJR":
                node.links += 1
            else:
                node.kids.append(self._node(kid, page))
        return node

    def _read(self, page: int, stream: Any, resources: Any, matrix: Matrix, *, form: bool) -> None:
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
                    text, width = self._decode(font, bytes(operands[0]), size)
                    piece = (*matrix.point(x, y), width * abs(matrix.across), size * abs(matrix.up))
                    self.drawn.append(Drawn(page, *piece, text, mcid, artifact))
                    if mcid is not None:
                        key = (page, mcid)
                        self._texts[key] = self._texts.get(key, "") + text
                    x += width
                case "Do":
                    name = str(operands[0])
                    shown = resources.XObject[name]
                    mcid = marks[-1][0] if marks else None
                    self.shown.append(Shown(page, name, *matrix.point(0, 0), mcid))
                    if shown.Subtype == "/Form":
                        self._read(page, shown, shown.Resources, matrix, form=True)
                case _:
                    pass
        assert not marks, "every mark is closed"
        assert not saved, "every graphics state is restored"

    def _decode(self, font: Any, data: bytes, size: float) -> tuple[str, float]:
        """Text and width in points of a string as a simple font with a ToUnicode map shows it."""
        if font.objgen not in self._fonts:
            cmap = {
                int(code, 16): bytes.fromhex(value.decode()).decode("utf-16-be")
                for code, value in re.findall(rb"<([0-9A-F]{2})> <([0-9A-F]{4,})>\n", font.ToUnicode.read_bytes())
            }
            self._fonts[font.objgen] = (cmap, [float(width) for width in font.Widths])
        cmap, widths = self._fonts[font.objgen]
        return "".join(cmap[byte] for byte in data), sum(widths[byte] for byte in data) * size / 1000


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
