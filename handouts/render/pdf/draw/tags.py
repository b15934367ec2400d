"""The structure tree of a tagged PDF: elements as the plan orders them in, structure and parent tree objects out.

Reading order is the order of this tree, whatever order things are drawn in. `canvas.TaggedCanvas` records what belongs
to whom.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from handouts.render.pdf.draw.objects import PdfFile, Ref, number, text_string

_KEPT_EMPTY = frozenset({"TH", "TD", "LBody"})
"""Elements that stay when nothing was drawn for them: a table needs all its cells, an item to write on its body."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked-content sequence: a page and the sequence's number on it."""

    page: Ref
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation that belongs to an element, with its key in the parent tree."""

    page: Ref
    ref: Ref


@dataclass(eq=False, slots=True)
class StructElement:
    """A structure element. `attributes` is PDF syntax: one attribute dictionary, or none."""

    tag: str
    alt: str | None = None
    actual: str | None = None
    lang: str | None = None
    attributes: str = ""
    kids: list[StructElement | Mark | Annotation] = field(default_factory=list["StructElement | Mark | Annotation"])

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
        child = StructElement(tag, alt, actual, lang, attributes)
        self.kids.append(child)
        return child

    def take(self, child: StructElement) -> None:
        """Make an element that was made apart the last child."""
        self.kids.append(child)

    def set_box(self, left: float, bottom: float, right: float, top: float) -> None:
        """Say where on its page the element is drawn, in points from the lower left corner; figures must say it."""
        sides = " ".join(number(side) for side in (left, bottom, right, top))
        self.attributes = f"<</O/Layout/Placement/Block/BBox[{sides}]>>"


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


class ParentTree:
    """Finds the element of a marked-content sequence or annotation; keys are given out as pages and links appear."""

    def __init__(self) -> None:
        self._entries: list[list[StructElement] | StructElement] = []

    def add(self, entry: list[StructElement] | StructElement) -> int:
        """The key of a page's elements by mcid, or of an annotation's element."""
        self._entries.append(entry)
        return len(self._entries) - 1

    def write(self, pdf: PdfFile, document: StructElement) -> Ref:
        """Add all structure objects; the structure tree root."""
        root = pdf.reserve()
        refs: dict[int, Ref] = {}
        top = _write_element(pdf, document, root, refs)
        numbers = " ".join(f"{key} {_entry(entry, refs)}" for key, entry in enumerate(self._entries))
        tree = pdf.add(f"<</Nums[{numbers}]>>")
        return pdf.put(
            root,
            f"<</Type/StructTreeRoot/K {top}/ParentTree {tree}/ParentTreeNextKey {len(self._entries)}>>",
        )


def _entry(entry: list[StructElement] | StructElement, refs: dict[int, Ref]) -> str:
    if isinstance(entry, StructElement):
        return str(refs[id(entry)])
    return f"[{' '.join(str(refs[id(element)]) for element in entry)}]"


def _write_element(pdf: PdfFile, element: StructElement, parent: Ref, refs: dict[int, Ref]) -> Ref:
    ref = refs[id(element)] = pdf.reserve()
    page = next((kid.page for kid in element.kids if isinstance(kid, Mark)), None)
    kids: list[str] = []
    for kid in element.kids:
        match kid:
            case StructElement():
                if _drawn(kid):
                    kids.append(str(_write_element(pdf, kid, ref, refs)))
            case Mark():
                same = kid.page == page
                kids.append(str(kid.mcid) if same else f"<</Type/MCR/Pg {kid.page}/MCID {kid.mcid}>>")
            case Annotation():
                kids.append(f"<</Type/OBJR/Pg {kid.page}/Obj {kid.ref}>>")
    body = f"<</Type/StructElem/S/{element.tag}/P {parent}"
    if page:
        body += f"/Pg {page}"
    if kids:
        body += f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]"
    for key, value in (("Alt", element.alt), ("ActualText", element.actual), ("Lang", element.lang)):
        if value:
            body += f"/{key} {text_string(value)}"
    if element.attributes:
        body += f"/A{element.attributes}"
    return pdf.put(ref, body + ">>")


def _drawn(element: StructElement) -> bool:
    return element.tag in _KEPT_EMPTY or any(not isinstance(kid, StructElement) or _drawn(kid) for kid in element.kids)
