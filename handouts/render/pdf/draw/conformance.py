"""What a file says of itself: info, XMP packet and output intent. In: a plan's Meta. Out: entries of the catalog.

The packet claims PDF/UA-1 and PDF/A-2a, and carries the extension schema that PDF/A asks for to say the former.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cache
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import XMP
from reportlab.pdfgen.canvas import Canvas

from handouts.plan.documents import Meta
from handouts.render.pdf.draw.pdfdoc_private import Document, Padded, Ready, add_entries, catalog, number_of
from handouts.render.pdf.draw.syntax import deflated, stream_body

PRODUCER = "handouts"
_OUTPUT_INTENTS = (
    "[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)/DestOutputProfile %s>>]"
)
"""Colours are sRGB."""
_ENDS = re.compile(rb"/Info ([0-9]+ 0 R)\s+/Root ([0-9]+ 0 R)\s+/Size ([0-9]+)")


def describe(canvas: Canvas, document: Document, meta: Meta, preferences: Mapping[str, str]) -> None:
    """Have a canvas's file say all that `meta` does, and what a print dialogue should begin with."""
    canvas.setTitle(meta.title)
    canvas.setAuthor(meta.author)
    canvas.setSubject(meta.subject)
    canvas.setCreator(PRODUCER)
    canvas.setProducer(PRODUCER)
    # Both dates are the plan's date at midnight, UTC; ReportLab would take its own clock or SOURCE_DATE_EPOCH.
    date = f"D:{meta.date.replace('-', '')}000000Z"
    canvas.setDateFormatter(_always(date))
    for key, value in {"DisplayDocTitle": "true", **preferences}.items():
        canvas.setViewerPreference(key, value)
    canvas.setCatalogEntry("Lang", meta.language)
    canvas.setCatalogEntry("MarkInfo", Ready(b"<</Marked true>>"))
    canvas.setCatalogEntry("Metadata", _metadata(xmp_packet(meta).encode("utf-8")))
    profile = number_of(Ready(_profile()), document)
    add_entries(catalog(document), OutputIntents=_OUTPUT_INTENTS % profile)


def _always(text: str) -> Callable[..., str]:
    def told(*_date: int) -> str:
        return text

    return told


def _metadata(packet: bytes) -> XMP:
    def content(_document: object) -> Padded:
        return Padded(packet)

    metadata = XMP(creator=content)
    # It stays readable without a PDF library.
    metadata.filters = []
    return metadata


@cache
def _profile() -> bytes:
    return stream_body("/N 3/Filter/FlateDecode", deflated(srgb_profile()))


def saved(canvas: Canvas) -> bytes:
    """The file, its ID a digest of its contents: equal contents give equal bytes, and others another ID.

    ReportLab's ID is one of the title, the author and a time alone, so that two clinics' files could share it.
    """
    data = canvas.getpdfdata()
    at = data.rindex(b"trailer\n")
    ends = _ENDS.search(data, at)
    start = int(data[data.rindex(b"startxref\n") + 10 :].split()[0])
    if ends is None:
        raise RuntimeError("ReportLab's trailer does not read as it did")
    info, root, size = (part.decode() for part in ends.groups())
    digest = hashlib.sha256(data[:at]).hexdigest()[:32]
    trailer = f"trailer\n<</Size {size}/Root {root}/Info {info}/ID[<{digest}><{digest}>]>>\nstartxref\n{start}\n%%EOF\n"
    return data[:at] + trailer.encode("ascii")


@cache
def srgb_profile() -> bytes:
    """An sRGB ICC profile that is the same on every machine."""
    from PIL import ImageCms

    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # Little CMS writes the present time (bytes 24-35) and a digest of the whole (84-99, optional: zero means none).
    profile[24:36] = bytes.fromhex("07D0 0001 0001 0000 0000 0000")
    profile[84:100] = bytes(16)
    return bytes(profile)


def xmp_packet(meta: Meta) -> str:
    """The XMP packet as XML."""
    title, author, subject, language = (escape(text) for text in (meta.title, meta.author, meta.subject, meta.language))
    date = f"{escape(meta.date)}T00:00:00Z"
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool><pdf:Producer>{PRODUCER}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>PDF/UA part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
