"""Templates with what other programs embed in masters and layouts, written as PowerPoint writes it."""

from __future__ import annotations

from collections.abc import Callable

from received_samples import (
    LAYOUT,
    LAYOUT_RELS,
    MASTER,
    MASTER_RELS,
    OFFICE,
    PIXEL,
    TYPES,
    Members,
    changed,
    drawn,
    png_type,
    put,
    rel,
    related,
    replaced,
)

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
OLE = "http://schemas.openxmlformats.org/presentationml/2006/ole"
RELS_OF = {LAYOUT: LAYOUT_RELS, MASTER: MASTER_RELS}
SEEN, TINY = 900_000, 1588


def either(choice: str, fallback: str, requires: str = "v", uri: str = "urn:schemas-microsoft-com:vml") -> str:
    """What programs that know a namespace show, and what others do."""
    opened = f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:{requires}="{uri}" Requires="{requires}">'
    return f"{opened}{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"


def shown(ident: str = "rIdPic", *, number: int = 0, side: int = SEEN) -> str:
    """The picture of an object."""
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name=""/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>'
        f'<a:blip xmlns:r="{OFFICE}" r:embed="{ident}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>'
        f'<a:xfrm><a:off x="5" y="5"/><a:ext cx="{side}" cy="{side}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></p:spPr></p:pic>"
    )


def frame(program: str, *, side: int = SEEN, name: str = "Object", more: str = "", how: str = "<p:embed/>") -> str:
    """The frame of an object, which stands in it twice."""
    about = f'name="{name}" xmlns:r="{OFFICE}" r:id="rIdOle" imgW="270" imgH="270" progId="{program}"'
    first = f'<p:oleObj spid="_x0000_s1026" {about}>{how}</p:oleObj>'
    second = f"<p:oleObj {about}>{how}{shown(side=side)}</p:oleObj>"
    tags = f'<p:custDataLst><p:tags xmlns:r="{OFFICE}" r:id="rIdTags"/></p:custDataLst>'
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="77" name="{name}" {more}/><p:cNvGraphicFramePr/>'
        f'<p:nvPr userDrawn="1">{tags}</p:nvPr></p:nvGraphicFramePr><p:xfrm><a:off x="5" y="5"/>'
        f'<a:ext cx="{side}" cy="{side}"/></p:xfrm><a:graphic><a:graphicData uri="{OLE}">{either(first, second)}'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )


def embedding(part: str, xml: str, *, linked: str = "") -> Callable[[Members], None]:
    """Puts an object on a layout or master, with all that it leads to; or `linked`, an address outside."""

    def change(members: Members) -> None:
        rels = RELS_OF[part]
        drawn(xml.encode(), part)(members)
        target = linked or "../embeddings/oleObject1.bin"
        more = 'TargetMode="External"' if linked else ""
        related(rel("oleObject", target, ident="rIdOle", more=more), rels)(members)
        related(rel("image", "../media/object.png", ident="rIdPic"), rels)(members)
        related(rel("tags", "../tags/tag9.xml", ident="rIdTags"), rels)(members)
        related(rel("vmlDrawing", "../drawings/vmlDrawing1.vml", ident="rIdVml"), rels)(members)
        put("ppt/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0 embedded")(members)
        put("ppt/media/object.png", PIXEL)(members)
        put("ppt/tags/tag9.xml", b"<tagged/>")(members)
        put("ppt/drawings/vmlDrawing1.vml", b"<xml/>")(members)
        png_type(members)

    return change


def think_cell(part: str = MASTER) -> bytes:
    """A template with think-cell's hidden object."""
    xml = frame("TCLayout.ActiveDocument.1", side=TINY, name="think-cell data - do not delete", more='hidden="1"')
    return changed(embedding(part, xml))


def controlled() -> bytes:
    """A template with a control on a layout, which PowerPoint shows by a picture."""
    about = f'name="Player" xmlns:r="{OFFICE}" r:id="rIdOle" imgW="1" imgH="1"'
    second = f"<p:control {about}>{shown(number=88)}</p:control>"
    first = f'<p:control spid="1" {about}/>'
    controls = f"<p:controls>{either(first, second)}</p:controls>"

    def change(members: Members) -> None:
        embedding(LAYOUT, "")(members)
        replaced(LAYOUT, b"</p:spTree>", b"</p:spTree>" + controls.encode())(members)
        replaced(LAYOUT_RELS, b"/oleObject", b"/control")(members)

    return changed(change)


def charted() -> bytes:
    """A template with a chart on a layout, and the workbook behind it."""
    ml = "application/vnd.openxmlformats-officedocument"
    chart = (
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="'
        f'{OFFICE}"><c:chart><c:plotArea><c:layout/><c:pieChart><c:varyColors val="1"/></c:pieChart></c:plotArea>'
        '</c:chart><c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )
    types = (
        f'<Override PartName="/ppt/charts/chart9.xml" ContentType="{ml}.drawingml.chart+xml"/>'
        f'<Default Extension="xlsx" ContentType="{ml}.spreadsheetml.sheet"/></Types>'
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{rel('package', '../embeddings/book.xlsx', ident='rId1')}</Relationships>"
    )
    drawing = (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="66" name="Chart"/><p:cNvGraphicFramePr/><p:nvPr/>'
        f'</p:nvGraphicFramePr><p:xfrm><a:off x="5" y="5"/><a:ext cx="{SEEN}" cy="{SEEN}"/></p:xfrm><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="'
        f'http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="{OFFICE}" r:id="rIdChart"/>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )
    return changed(
        put("ppt/charts/chart9.xml", chart.encode()), put("ppt/charts/_rels/chart9.xml.rels", rels.encode()),
        put("ppt/embeddings/book.xlsx", b"PK"), replaced(TYPES, b"</Types>", types.encode()),
        drawn(drawing.encode()), related(rel("chart", "../charts/chart9.xml", ident="rIdChart")),
    )  # fmt: skip
