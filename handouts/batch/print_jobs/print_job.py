"""One print job from many documents: our own PDF files in, one after another, a single untagged PDF out.

What the files share, such as fonts and the static part of pages, is written once. The job is written as it grows, so
that it may be larger than memory.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import BinaryIO

from msgspec import Struct

from handouts.batch.readback.pdf_reader import BrokenFileError, Pdf
from handouts.render.pdf.draw.place import Place
from handouts.render.pdf.draw.syntax import HEADER, numbered, stream_body, text_string
from handouts.render.pdf.draw.syntax import number as n

_REF = re.compile(rb"([0-9]+) 0 R")
_NOT_PRINTED = re.compile(
    rb"/Annots\s*\[[^\]]*\]|/StructParents\s+[0-9]+|/Tabs\s*/S\b|/Trans\s*<<\s*>>|/Parent\s+[0-9]+ 0 R"
)
_PAGES_IN_A_NODE = 64
_MOST_SHARED = 20_000


class Shown(Struct, frozen=True):
    """A form of a document, by the document's own name for it, its height in points, and where it stands on a page."""

    pdf: Pdf
    form: str
    height: float
    place: Place


class PrintJob:
    """A PDF in the making. `title` names it; `preferences` says what a print dialogue begins with.

    Where it is `duplex`, each document begins on a sheet of its own.
    """

    def __init__(self, stream: BinaryIO, title: str, preferences: Mapping[str, str], *, duplex: bool = True) -> None:
        self._stream = stream
        self._title, self._preferences, self.duplex = title, preferences, duplex
        self._position = 0
        self._offsets = array("Q")
        self._shared: OrderedDict[bytes, int] = OrderedDict()
        self._nodes: list[int] = []
        self._node: list[int] = []
        self._outline = self._reserve()
        self._tree = self._reserve()
        self._parent = 0
        self._last: tuple[int, str, int] | None = None
        self._first = self._previous = 0
        self.pages = 0
        self.bookmarks = 0
        self._write(HEADER)

    def add_document(self, pdf: Pdf, bookmark: str) -> None:
        """All pages of a document, and a blank one where it would end on the front of a sheet."""
        copied: dict[int, int] = {}
        sizes: list[str] = []
        self._begin(pdf, copied, bookmark)
        for index, page in enumerate(pdf.pages):
            body = self._kept(pdf.body(page)).removesuffix(b">>")
            made = self._add_page(self._mapped(pdf, body, copied), copied.get(page))
            sizes.append("{} {}".format(*map(n, pdf.size(page))))
            if index == 0:
                self.bookmark(bookmark, made)
        if self.duplex and len(sizes) % 2:
            self._add_page(f"<</Type/Page/MediaBox[0 0 {sizes[-1]}]/Resources<<>>".encode())

    def _begin(self, pdf: Pdf, copied: dict[int, int], bookmark: str) -> None:
        """What comes before the pages of a document; `copied` has the numbers of its objects in the job."""

    def _kept(self, page: bytes) -> bytes:
        """What the job keeps of a page."""
        return _NOT_PRINTED.sub(b"", page)

    def add_sheet(
        self, size: tuple[float, float], correction: Place, shown: Sequence[Shown], titles: Sequence[str] = ()
    ) -> None:
        """A page that shows forms of several documents, all of it moved and stretched by `correction`."""
        names: list[str] = []
        ops = [f"q {correction.matrix(size[1], size[1])}"]
        for index, one in enumerate(shown):
            names.append(f"/S{index} {self._copied(one.pdf, _form(one), {})} 0 R")
            ops.append(f"q {one.place.matrix(one.height, size[1])} /S{index} Do Q")
        ops.append("Q")
        content = self._put(self._reserve(), stream_body("", "\n".join(ops).encode("ascii")))
        made = self._add_page(
            f"<</Type/Page/MediaBox[0 0 {n(size[0])} {n(size[1])}]/Resources<</XObject<<{''.join(names)}>>>>"
            f"/Contents {content} 0 R".encode()
        )
        for title in titles:
            self.bookmark(title, made)

    def bookmark(self, title: str, page: int) -> None:
        """An entry of the outline that leads to the top of a page."""
        following = self._reserve()
        self._end_bookmark(following)
        self._last = (following, title, page)
        self._first = self._first or following
        self.bookmarks += 1

    def finish(self) -> None:
        """Write what leads to the pages. A job needs at least one page."""
        self._end_bookmark(None)
        self._end_node()
        last = self._previous
        self._put(
            self._outline,
            f"<</Type/Outlines/First {self._first} 0 R/Last {last} 0 R/Count {self.bookmarks}>>".encode(),
        )
        kids = " ".join(f"{number} 0 R" for number in self._nodes)
        self._put(self._tree, f"<</Type/Pages/Count {self.pages}/Kids[{kids}]>>".encode())
        info = self._put(self._reserve(), f"<</Title {text_string(self._title)}{self._info()}>>".encode())
        preferences = "".join(f"/{key}{_value(value)}" for key, value in self._preferences.items())
        further = self._catalog()
        root = self._put(
            self._reserve(),
            f"<</Type/Catalog/Pages {self._tree} 0 R/Outlines {self._outline} 0 R/PageMode/UseOutlines"
            f"/ViewerPreferences<<{preferences}>>{further}>>".encode(),
        )
        at, size = self._position, len(self._offsets) + 1
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        for offset in self._offsets:
            self._write(b"%010d 00000 n \n" % offset)
        ends = b"%d/Root %d 0 R/Info %d 0 R%b" % (size, root, info, self._id().encode())
        self._write(b"trailer\n<</Size %b>>\nstartxref\n%d\n%%%%EOF\n" % (ends, at))

    def _info(self) -> str:
        """Further entries of the info dictionary."""
        return ""

    def _catalog(self) -> str:
        """Further entries of the catalog."""
        return ""

    def _id(self) -> str:
        """Further entries of the trailer, once all objects are written."""
        return ""

    def _add_page(self, body: bytes, number: int | None = None) -> int:
        if not self._node:
            self._parent = self._reserve()
        made = self._put(number or self._reserve(), b"%b/Parent %d 0 R>>" % (body, self._parent))
        self._node.append(made)
        self.pages += 1
        if len(self._node) == _PAGES_IN_A_NODE:
            self._end_node()
        return made

    def _end_node(self) -> None:
        if self._node:
            kids = " ".join(f"{page} 0 R" for page in self._node)
            count = len(self._node)
            self._put(self._parent, f"<</Type/Pages/Parent {self._tree} 0 R/Count {count}/Kids[{kids}]>>".encode())
            self._nodes.append(self._parent)
            self._node = []

    def _end_bookmark(self, following: int | None) -> None:
        if self._last is None:
            return
        number, title, page = self._last
        body = f"<</Title {text_string(title)}/Parent {self._outline} 0 R/Dest[{page} 0 R/Fit]"
        body += f"/Prev {self._previous} 0 R" if self._previous else ""
        body += f"/Next {following} 0 R" if following else ""
        self._put(number, f"{body}>>".encode())
        self._previous = number

    def _copied(self, pdf: Pdf, number: int, copied: dict[int, int]) -> int:
        """The number in the job of a document's object, which is written unless an equal one was."""
        if number in copied:
            return copied[number]
        head, found, data = pdf.body(number).partition(b">>\nstream\n")
        body = self._mapped(pdf, head, copied) + found + data
        key = hashlib.sha256(body).digest()
        known = self._shared.get(key)
        if known is None:
            known = self._shared[key] = self._put(self._reserve(), body)
            if len(self._shared) > _MOST_SHARED:
                self._shared.popitem(last=False)
        else:
            self._shared.move_to_end(key)
        copied[number] = known
        return known

    def _mapped(self, pdf: Pdf, body: bytes, copied: dict[int, int]) -> bytes:
        return _REF.sub(lambda ref: b"%d 0 R" % self._copied(pdf, int(ref[1]), copied), body)

    def _reserve(self) -> int:
        self._offsets.append(0)
        return len(self._offsets)

    def _put(self, number: int, body: bytes) -> int:
        self._offsets[number - 1] = self._position
        self._write(numbered(number, body))
        return number

    def _write(self, data: bytes) -> None:
        self._stream.write(data)
        self._position += len(data)


def _value(value: str) -> str:
    """A value of a preference as PDF has it: a truth value, or a name."""
    return f" {value}" if value in ("true", "false") else f"/{value}"


def _form(one: Shown) -> int:
    number = one.pdf.form(one.form)
    if number is None:
        raise BrokenFileError(f"it has no form {one.form}")
    return number
