"""What we touch of ReportLab that its user guide does not name: each name stands here alone, with its reason.

`tests/render/pdf/draw/test_pdfdoc_private.py` guards them against another release; `pyproject.toml` pins this one.
"""

from __future__ import annotations

from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc

from handouts.render.pdf.draw.syntax import deflated, number, stream_body

# ReportLab reads settings from the environment and from a file in the user's home. Those that can be given to a canvas
# are given there; these cannot, and would put comments, line breaks or colours of the machine into our files.
rl_config.pdfComments = rl_config.pdfMultiLine = False
rl_config.canvas_baseColor = None

Document = pdfdoc.PDFDocument
Reference = pdfdoc.PDFObjectReference


class Padded(pdfdoc.PDFObject):
    """The data of a stream. PDF/A (ISO 19005-2, 6.1.7.1) wants an end-of-line before `endstream` that /Length does not
    count, and `PDFStream` writes none: here `format` adds it and `len` does not count it.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data

    def __len__(self) -> int:
        return len(self.data)

    def format(self, document: Document) -> bytes:
        """The data as it stands in the file."""
        return self.data + b"\n"


class Deflate:
    """A stream filter as `PDFDocument.defaultStreamFilters` holds them; it remembers what it deflated."""

    pdfname = "FlateDecode"

    def encode(self, text: str | bytes) -> Padded:
        """The deflated data of a stream."""
        return Padded(deflated(text.encode("latin-1") if isinstance(text, str) else text))


class Indirect(pdfdoc.PDFObject):
    """An object that has a number of its own: whatever holds it gets a reference to it."""

    # `pdfdoc.format` looks for this name.
    __RefOnly__ = 1


class Ready(Indirect):
    """An object that is PDF syntax already."""

    def __init__(self, body: bytes = b"") -> None:
        self.body = body

    def format(self, document: Document) -> bytes:
        """The object as it stands in the file."""
        return self.body


class OpenStream(pdfdoc.PDFStream):
    """A content stream that stays readable: what stands open in it is filled in the saved file."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content=content)

    def format(self, document: Document) -> bytes:
        """The stream as it stands in the file. A few hundred bytes: deflating them takes longer than writing them."""
        entries = pdfdoc.PDFDictionary({**self.dictionary.dict, "Length": len(self.content)})
        return b"%b\nstream\n%b\nendstream\n" % (pdfdoc.format(entries, document), self.content)


def prepare(canvas: Any) -> Document:
    """Have each stream of a canvas deflated once and ended as PDF/A wants it; its document.

    `_doc` holds what numbers objects; fonts, references and structure elements have to be given it. Streams take
    `defaultStreamFilters` only where page compression is off.
    """
    document = canvas._doc
    document.defaultStreamFilters = [Deflate()]
    return document


def page_reference(document: Document) -> Reference:
    """A reference to the page that is being drawn; marks and links name it before it is finished."""
    return document.thisPageRef()


def last_annotation(canvas: Any) -> Reference:
    """A reference to what `linkURL` made last: it returns nothing, and a structure element has to name it."""
    return canvas._annotationrefs[-1]


def finished_page(document: Any) -> Any:
    """The page that `showPage` made last, to be given what a canvas has no call for."""
    return document.Pages.pages[-1]


def add_entries(dictionary: Any, **entries: object) -> None:
    """Entries for a page or the catalog. They write only what their `__NoDefault__` names, which knows neither
    StructParents nor OutputIntents.
    """
    dictionary.__NoDefault__ = [*dictionary.__NoDefault__, *entries]
    for key, value in entries.items():
        setattr(dictionary, key, value)


def catalog(document: Any) -> Any:
    """The catalog, for entries that `setCatalogEntry` would not have written."""
    return document.Catalog


def add_image(document: Document, name: str, body: bytes) -> None:
    """A raster image that `doForm` shows. `drawImage` would decode a file anew for each document, write its alpha as a
    soft mask, and end its stream as PDF/A forbids.
    """
    document.addForm(name, Ready(body))


def add_form(document: Document, name: str, size: tuple[float, ...], content: bytes) -> None:
    """A form whose content, in which there is no text, is drawn already. `endForm` would encode it anew for each
    document, character by character, which takes longer than drawing a page.
    """
    box = f"/BBox[0 0 {' '.join(map(number, size))}]"
    entries = f"/Type/XObject/Subtype/Form{box}/Resources<<>>/Filter/FlateDecode"
    document.addForm(name, Ready(stream_body(entries, deflated(content))))


def number_of(thing: pdfdoc.PDFObject, document: Document) -> str:
    """A reference to an object as PDF syntax, such as `12 0 R`; it gets its number here if it has none yet."""
    return document.Reference(thing).format(document).decode("ascii")


def state_of(font: Any, document: Document) -> Any:
    """What a TTFont keeps for a document: `assignments`, character → byte and 256 times its subset; the `subsets`."""
    return font.state[document]


def fonts_of(document: Any) -> dict[str, Any]:
    """The resource dictionary that all pages share, where a font enters its objects."""
    return document.idToObject["BasicFonts"].dict
