"""What a file says of itself: XMP packet, info dictionary and output intent. In: a plan's Meta. Out: PDF syntax.

The packet claims PDF/UA-1 and PDF/A-2a, and carries the extension schema that PDF/A asks for to say the former.
"""

from __future__ import annotations

import zlib
from functools import cache
from xml.sax.saxutils import escape

from handouts.plan.documents import Meta
from handouts.render.pdf.draw.objects import PdfFile, Ref, stream_body, text_string

PRODUCER = "handouts"


def write_info(pdf: PdfFile, meta: Meta) -> Ref:
    """The info dictionary."""
    return pdf.add(info_dictionary(meta))


def info_dictionary(meta: Meta) -> str:
    """What the info dictionary holds; both dates are the plan's date at midnight, UTC."""
    date = f"(D:{meta.date.replace('-', '')}000000Z)"
    return (
        f"<</Title {text_string(meta.title)}/Author {text_string(meta.author)}/Subject {text_string(meta.subject)}"
        f"/Creator {text_string(PRODUCER)}/Producer {text_string(PRODUCER)}/CreationDate {date}/ModDate {date}>>"
    )


def write_xmp(pdf: PdfFile, meta: Meta) -> Ref:
    """The metadata stream of the catalog."""
    return pdf.put_bytes(pdf.reserve(), xmp_body(meta))


def xmp_body(meta: Meta) -> bytes:
    """The metadata stream, which stays readable without a PDF library."""
    return stream_body("/Type/Metadata/Subtype/XML", xmp_packet(meta).encode("utf-8"))


def write_output_intent(pdf: PdfFile) -> Ref:
    """The output intent: colours are sRGB."""
    profile = pdf.add_stream("/N 3/Filter/FlateDecode", _deflated_profile(), encoded=True)
    return pdf.add(
        "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)"
        f"/DestOutputProfile {profile}>>"
    )


@cache
def _deflated_profile() -> bytes:
    return zlib.compress(srgb_profile(), 9)


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
