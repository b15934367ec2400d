"""The document outline (bookmarks): headings with their levels in, outline objects out."""

from __future__ import annotations

from dataclasses import dataclass, field

from handouts.render.pdf.draw.objects import PdfFile, Ref, text_string
from handouts.render.pdf.draw.objects import number as n


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where a heading stands: its page and its height in points above the page's foot. Level 1 is the outermost."""

    title: str
    level: int
    page: Ref
    top: float


@dataclass(eq=False, slots=True)
class _Entry:
    ref: Ref
    bookmark: Bookmark | None
    kids: list[_Entry] = field(default_factory=list["_Entry"])


def write_outline(pdf: PdfFile, bookmarks: list[Bookmark]) -> Ref:
    """Add the outline of at least one bookmark; its root."""
    top = _Entry(pdf.reserve(), None)
    path = [(0, top)]
    for bookmark in bookmarks:
        while path[-1][0] >= bookmark.level:
            path.pop()
        entry = _Entry(pdf.reserve(), bookmark)
        path[-1][1].kids.append(entry)
        path.append((bookmark.level, entry))
    _write_entries(pdf, top)
    first, last = top.kids[0].ref, top.kids[-1].ref
    return pdf.put(top.ref, f"<</Type/Outlines/First {first}/Last {last}/Count {len(bookmarks)}>>")


def _write_entries(pdf: PdfFile, parent: _Entry) -> int:
    """Write all entries below `parent`; how many they are."""
    total = 0
    for index, entry in enumerate(parent.kids):
        below = _write_entries(pdf, entry)
        total += 1 + below
        mark = entry.bookmark
        if mark is None:
            continue
        body = f"<</Title {text_string(mark.title)}/Parent {parent.ref}/Dest[{mark.page}/XYZ null {n(mark.top)} null]"
        if index:
            body += f"/Prev {parent.kids[index - 1].ref}"
        if index + 1 < len(parent.kids):
            body += f"/Next {parent.kids[index + 1].ref}"
        if below:
            body += f"/First {entry.kids[0].ref}/Last {entry.kids[-1].ref}/Count {below}"
        pdf.put(entry.ref, body + ">>")
    return total
