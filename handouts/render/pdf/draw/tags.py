"""The structure tree of a tagged PDF: elements as the plan orders them in, objects of ReportLab's document out.

Reading order is the order of this tree, whatever order things are drawn in. `canvas.TaggedCanvas` records what belongs
to whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field
from reportlab.pdfbase.pdfdoc import PDFString

from handouts.render.pdf.draw.pdfdoc_private import Document, Indirect, Reference, number_of
from handouts.render.pdf.draw.syntax import number, text_string

_KEPT_EMPTY = frozenset({"TH", "TD", "LBody"})
"""Elements that stay when nothing was drawn for them: a table needs all its cells, an item to write on its body."""


class Mark(Struct, frozen=True):
    """A marked-content sequence: a page and the sequence's number on it."""

    page: Reference
    mcid: int


class Annotation(Struct, frozen=True):
    """An annotation that belongs to an element, with its key in the parent tree."""

    page: Reference
    ref: Reference


class StructElement(Struct, Indirect, eq=False):
    """A structure element. `attributes` is PDF syntax: one attribute dictionary, or none."""

    tag: str
    alt: str | None = None
    actual: str | None = None
    lang: str | None = None
    attributes: str = ""
    kids: list[StructElement | Mark | Annotation] = field(default_factory=list["StructElement | Mark | Annotation"])
    parent: Indirect | None = None

    def add(
        self,
        tag: str,
        *,
        alt: str | None = None,
        actual: str | None = None,
        lang: str | None = None,
        attributes: str = "",
    ) -> StructElement:
        """A new last child."""
        return self.take(StructElement(tag, alt, actual, lang, attributes))

    def take(self, child: StructElement) -> StructElement:
        """Make an element that was made apart the last child."""
        child.parent = self
        self.kids.append(child)
        return child

    def set_box(self, left: float, bottom: float, right: float, top: float) -> None:
        """Say where on its page the element is drawn, in points from the lower left corner; figures must say it."""
        sides = " ".join(number(side) for side in (left, bottom, right, top))
        self.attributes = f"<</O/Layout/Placement/Block/BBox[{sides}]>>"

    def format(self, document: Document) -> bytes:
        """The element as it stands in the file; ReportLab asks once something refers to it."""
        page = next((kid.page for kid in self.kids if isinstance(kid, Mark)), None)
        kids: list[str] = []
        for kid in self.kids:
            match kid:
                case StructElement():
                    if _drawn(kid):
                        kids.append(number_of(kid, document))
                case Mark():
                    elsewhere = f"<</Type/MCR/Pg {number_of(kid.page, document)}/MCID {kid.mcid}>>"
                    kids.append(str(kid.mcid) if kid.page is page else elsewhere)
                case Annotation():
                    where, what = (number_of(ref, document) for ref in (kid.page, kid.ref))
                    kids.append(f"<</Type/OBJR/Pg {where}/Obj {what}>>")
        body = f"<</Type/StructElem/S/{self.tag}"
        if self.parent:
            body += f"/P {number_of(self.parent, document)}"
        if page:
            body += f"/Pg {number_of(page, document)}"
        if kids:
            body += f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]"
        for key, value in (("Alt", self.alt), ("ActualText", self.actual), ("Lang", self.lang)):
            if value:
                body += f"/{key} {PDFString(value).format(document).decode('latin-1')}"
        if self.attributes:
            body += f"/A{self.attributes}"
        return f"{body}>>".encode("latin-1")


LIST_NUMBERING = {"bullet": "Disc", "checkbox": "Square", "number": "Decimal", "none": "None"}


def list_attributes(marker: str) -> str:
    """Attributes of an L element with this marker."""
    return f"<</O/List/ListNumbering/{LIST_NUMBERING[marker]}>>"


def table_attributes(summary: str) -> str:
    """Attributes of a Table element; none without a summary."""
    return f"<</O/Table/Summary {text_string(summary)}>>" if summary else ""


def scope_attributes(scope: str) -> str:
    """Attributes of a TH element that heads a `column` or a `row`."""
    return f"<</O/Table/Scope/{scope.capitalize()}>>"


def part_of_whole(document: bytes, language: str, title: str) -> bytes:
    """A file's Document element as a part of a larger one, in a language of its own."""
    return document.replace(b"/S/Document", f"/S/Part/Lang {text_string(language)}/T {text_string(title)}".encode(), 1)


def whole_of_parts(root: int, parts: Iterable[int]) -> bytes:
    """The Document element above parts, all given by their object numbers."""
    kids = " ".join(f"{part} 0 R" for part in parts)
    return f"<</Type/StructElem/S/Document/P {root} 0 R/K[{kids}]>>".encode("ascii")


def root_of_whole(document: int, owners: Sequence[str]) -> bytes:
    """The root above it, with the entries of its parent tree in the order of their keys."""
    numbers = " ".join(f"{key} {owner}" for key, owner in enumerate(owners))
    tree = f"/ParentTree<</Nums[{numbers}]>>/ParentTreeNextKey {len(owners)}"
    return f"<</Type/StructTreeRoot/K {document} 0 R{tree}>>".encode("ascii")


class StructTree(Indirect):
    """The root of the structure tree. Its parent tree finds the element of a marked-content sequence or annotation;
    keys are given out as pages and links appear.
    """

    def __init__(self, document: StructElement) -> None:
        self._document = document
        self._entries: list[list[StructElement] | StructElement] = []
        document.parent = self

    def add(self, entry: list[StructElement] | StructElement) -> int:
        """The key of a page's elements by mcid, or of an annotation's element."""
        self._entries.append(entry)
        return len(self._entries) - 1

    def format(self, document: Document) -> bytes:
        """The root as it stands in the file, the parent tree in it."""
        numbers = " ".join(f"{key} {_entry(entry, document)}" for key, entry in enumerate(self._entries))
        return (
            f"<</Type/StructTreeRoot/K {number_of(self._document, document)}/ParentTree<</Nums[{numbers}]>>"
            f"/ParentTreeNextKey {len(self._entries)}>>"
        ).encode("ascii")


def _entry(entry: list[StructElement] | StructElement, document: Document) -> str:
    if isinstance(entry, StructElement):
        return number_of(entry, document)
    return f"[{' '.join(number_of(element, document) for element in entry)}]"


def _drawn(element: StructElement) -> bool:
    return element.tag in _KEPT_EMPTY or any(not isinstance(kid, StructElement) or _drawn(kid) for kid in element.kids)
