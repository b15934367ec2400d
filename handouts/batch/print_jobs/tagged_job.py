"""A print job that keeps what assistive technology reads: our own tagged PDF files in, a single tagged PDF out.

Each file's structure becomes a part with a language of its own, in the order of the pages. The whole says of itself
what its parts do, that it conforms to PDF/UA-1 and PDF/A-2a.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from handouts.batch.print_jobs.print_job import PrintJob
from handouts.batch.readback.pdf_reader import BrokenFileError, Pdf, Ref, reference, text_of
from handouts.plan.documents import Meta
from handouts.render.pdf.draw.conformance import PRODUCER, xmp_packet
from handouts.render.pdf.draw.syntax import stream_body, text_string
from handouts.render.pdf.draw.tags import part_of_whole, root_of_whole, whole_of_parts

_REF = re.compile(rb"\((?:[^\\()]|\\.)*\)|([0-9]+) 0 R", re.DOTALL)
"""A reference, or a string, in which what looks like one is words."""
_KEY = re.compile(rb"/StructParents? ([0-9]+)")
_NOT_KEPT = re.compile(rb"/Trans\s*<<\s*>>|/Parent\s+[0-9]+ 0 R")


class TaggedJob(PrintJob):
    """A PDF in the making, in memory. `meta` is what the whole says of itself; the rest is as for a print job."""

    def __init__(self, meta: Meta, preferences: Mapping[str, str], *, duplex: bool = True) -> None:
        self._made = io.BytesIO()
        super().__init__(self._made, meta.title, {"DisplayDocTitle": "true", **preferences}, duplex=duplex)
        self._meta = meta
        self._structure, self._whole = self._reserve(), self._reserve()
        self._parts: list[int] = []
        self._owners: list[str] = []
        self._first_key = 0
        self._intents = ""

    def bytes(self) -> bytes:
        """The finished file."""
        self.finish()
        return self._made.getvalue()

    def _begin(self, pdf: Pdf, copied: dict[int, int], bookmark: str) -> None:
        tree = pdf.dictionary(reference(pdf.root, "StructTreeRoot"))
        top = reference(tree, "K")
        # What was the top of a file's structure is below that of the whole.
        copied[reference(pdf.root, "StructTreeRoot")] = self._structure
        annotations = [one for page in pdf.pages for one in _refs(pdf.dictionary(page).get("Annots"))]
        elements = list(_elements(pdf, top))
        # They refer to each other, so that all have numbers before the first is written.
        for number in (*pdf.pages, *elements, *annotations):
            copied[number] = self._reserve()
        self._first_key = len(self._owners)
        for number in (*elements, *annotations):
            body = pdf.body(number)
            if number == top:
                body = part_of_whole(body, text_of(pdf.root, "Lang"), bookmark)
            self._put(copied[number], self._mapped(pdf, self._kept(body), copied))
        self._parts.append(copied[top])
        self._owners += _owners(tree, copied)
        if not self._intents:
            (intent,) = pdf.root["OutputIntents"]
            profile = self._copied(pdf, reference(intent, "DestOutputProfile"), {})
            self._intents = (
                "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
                f"/Info(sRGB IEC61966-2.1)/DestOutputProfile {profile} 0 R>>]"
            )

    def _kept(self, page: bytes) -> bytes:
        def moved(key: re.Match[bytes]) -> bytes:
            return key[0].removesuffix(key[1]) + b"%d" % (int(key[1]) + self._first_key)

        return _KEY.sub(moved, _NOT_KEPT.sub(b"", page))

    def _mapped(self, pdf: Pdf, body: bytes, copied: dict[int, int]) -> bytes:
        def moved(found: re.Match[bytes]) -> bytes:
            return found[0] if found[1] is None else b"%d 0 R" % self._copied(pdf, int(found[1]), copied)

        return _REF.sub(moved, body)

    def _info(self) -> str:
        meta, date = self._meta, text_string(f"D:{self._meta.date.replace('-', '')}000000Z")
        texts = {"Author": meta.author, "Subject": meta.subject, "Creator": PRODUCER, "Producer": PRODUCER}
        said = "".join(f"/{key} {text_string(text)}" for key, text in texts.items())
        return f"{said}/CreationDate {date}/ModDate {date}"

    def _catalog(self) -> str:
        self._put(self._structure, whole_of_parts(self._whole, self._parts))
        self._put(self._whole, root_of_whole(self._structure, self._owners))
        packet = self._put(
            self._reserve(), stream_body("/Type/Metadata/Subtype/XML", xmp_packet(self._meta).encode("utf-8"))
        )
        lang = text_string(self._meta.language)
        tags = f"/MarkInfo<</Marked true>>/StructTreeRoot {self._whole} 0 R"
        return f"/Lang {lang}{tags}/Metadata {packet} 0 R{self._intents}"

    def _id(self) -> str:
        digest = hashlib.sha256(self._made.getvalue()).hexdigest()[:32]
        return f"/ID[<{digest}><{digest}>]"


def _elements(pdf: Pdf, number: int) -> Iterator[int]:
    """A structure element and all below it."""
    element = pdf.dictionary(number)
    if element.get("Type") != "StructElem":
        raise BrokenFileError(f"object {number} is not a structure element")
    yield number
    kids = element.get("K")
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid, Ref):
            yield from _elements(pdf, kid)


def _refs(value: Any) -> Sequence[int]:
    return [one for one in value if isinstance(one, Ref)] if isinstance(value, list) else []


def _owners(tree: Mapping[str, Any], copied: Mapping[int, int]) -> Iterator[str]:
    """The entries of a file's parent tree, in the order of their keys, with the job's numbers."""
    for entry in tree["ParentTree"]["Nums"][1::2]:
        if not isinstance(entry, list):
            yield f"{copied[entry]} 0 R"
        else:
            yield f"[{' '.join(f'{copied[one]} 0 R' for one in entry)}]"
