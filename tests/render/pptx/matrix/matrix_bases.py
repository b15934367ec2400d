"""The presentations that the matrix starts from, as python-pptx opens them: one written by hand, those of programs."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import Any

from pptx import Presentation
from stranger_templates import DEFAULT, LIBREOFFICE, stranger
from topic_samples import OWN

NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TREE = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
WIDTH, HEIGHT = 12192000, 6858000


def _sp(ident: int, name: str, kind: str, area: tuple[float, float, float, float] | None, said: str = "") -> str:
    place = ""
    if area is not None:
        x, y, w, h = area[0] * WIDTH, area[1] * HEIGHT, area[2] * WIDTH, area[3] * HEIGHT
        place = (
            f'<a:xfrm><a:off x="{x:.0f}" y="{y:.0f}"/><a:ext cx="{w:.0f}" cy="{h:.0f}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        )
    number = (
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="en-US"/><a:t>‹#›</a:t></a:fld>'
    )
    inner = number if 'type="sldNum"' in kind else f'<a:r><a:rPr lang="en-US"/><a:t>{said}</a:t></a:r>' if said else ""
    style = ""
    if area is not None and any(f'type="{foot}"' in kind for foot in ("dt", "ftr", "sldNum")):
        style = (
            '<a:lvl1pPr><a:defRPr sz="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:defRPr></a:lvl1pPr>'
        )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{ident}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr><p:txBody><a:bodyPr/>"
        f"<a:lstStyle>{style}</a:lstStyle><a:p>{inner}</a:p></p:txBody></p:sp>"
    )


def _feet(*, placed: bool) -> str:
    areas = ((0.06, 0.925, 0.2, 0.05), (0.3, 0.925, 0.4, 0.05), (0.74, 0.925, 0.2, 0.05))
    kinds = ('type="dt" sz="half" idx="10"', 'type="ftr" sz="quarter" idx="11"', 'type="sldNum" sz="quarter" idx="12"')
    names = ("Date Placeholder 4", "Footer Placeholder 5", "Slide Number Placeholder 6")
    return "".join(
        _sp(4 + n, name, kind, area if placed else None)
        for n, (name, kind, area) in enumerate(zip(names, kinds, areas, strict=True))
    )


def _level(size: int, face: str, bullet: str) -> str:
    return (
        f'<a:lvl1pPr algn="l">{bullet}<a:defRPr sz="{size}"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        f'<a:latin typeface="{face}"/></a:defRPr></a:lvl1pPr>'
    )


def _theme() -> str:
    colours = {
        "dk1": "1A1A1A", "lt1": "FFFFFF", "dk2": "1B2A41", "lt2": "EEF2F5", "accent1": "1F6F8B", "accent2": "C8553D",
        "accent3": "588157", "accent4": "7B5EA7", "accent5": "E9A23B", "accent6": "6C757D", "hlink": "0B5394",
        "folHlink": "741B47",
    }  # fmt: skip
    scheme = "".join(f'<a:{key}><a:srgbClr val="{value}"/></a:{key}>' for key, value in colours.items())
    font = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'
    solid = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    dark = "".join(
        f'<a:gs pos="{at}"><a:schemeClr val="phClr"><a:lumMod val="{low}"/></a:schemeClr></a:gs>'
        for at, low in ((0, 30000), (100000, 12000))
    )
    graded = f'<a:gradFill rotWithShape="1"><a:gsLst>{dark}</a:gsLst><a:lin ang="5400000" scaled="0"/></a:gradFill>'
    pale = graded.replace('val="30000"', 'val="98000"').replace('val="12000"', 'val="85000"')
    line = f'<a:ln w="6350">{solid}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{_HEAD}<a:theme {NS} name="Hand"><a:themeElements><a:clrScheme name="Hand">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="Hand"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="Hand"><a:fillStyleLst>{solid * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{solid}{pale}{graded}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


def _master() -> str:
    colour_map = (
        'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
        'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"'
    )
    title = _sp(2, "Title Placeholder 1", 'type="title"', (0.06, 0.05, 0.88, 0.15), "Title")
    body = _sp(3, "Text Placeholder 2", 'type="body" idx="1"', (0.06, 0.24, 0.88, 0.64), "Text")
    layouts = "".join(f'<p:sldLayoutId id="{2147483649 + n}" r:id="rId{1 + n}"/>' for n in range(2))
    bullet = '<a:buFont typeface="Arial"/><a:buChar char="•"/>'
    text = _level(2400, "+mn-lt", bullet).replace("<a:lvl1pPr", '<a:lvl1pPr marL="228600" indent="-228600"', 1)
    styles = (
        f"<p:titleStyle>{_level(3600, '+mj-lt', '<a:buNone/>')}</p:titleStyle><p:bodyStyle>{text}</p:bodyStyle>"
        f"<p:otherStyle>{_level(1800, '+mn-lt', '')}</p:otherStyle>"
    )
    back = '<p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
    return (
        f"{_HEAD}<p:sldMaster {NS}><p:cSld>{back}<p:spTree>{_TREE}{title}{body}{_feet(placed=True)}</p:spTree></p:cSld>"
        f"<p:clrMap {colour_map}/><p:sldLayoutIdLst>{layouts}</p:sldLayoutIdLst><p:txStyles>{styles}</p:txStyles>"
        "</p:sldMaster>"
    )


def _layout(name: str, kind: str, shapes: str) -> str:
    return (
        f'{_HEAD}<p:sldLayout {NS} type="{kind}" preserve="1"><p:cSld name="{name}"><p:spTree>{_TREE}{shapes}'
        f"{_feet(placed=False)}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def _rels(*targets: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


@cache
def written_by_hand() -> bytes:
    """One master and two layouts, and nothing that a presentation can do without."""
    cover = _sp(2, "Title 1", 'type="ctrTitle"', (0.12, 0.2, 0.76, 0.3), "Title") + _sp(
        3, "Subtitle 2", 'type="subTitle" idx="1"', (0.12, 0.53, 0.76, 0.3), "Subtitle"
    )
    content = _sp(2, "Title 1", 'type="title"', None, "Title") + _sp(
        3, "Content Placeholder 2", 'idx="1"', None, "Text"
    )
    presentation = (
        f'{_HEAD}<p:presentation {NS}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
        f'<p:sldSz cx="{WIDTH}" cy="{HEIGHT}"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
    )
    kinds = {
        "/ppt/presentation.xml": "presentationml.presentation.main+xml",
        "/ppt/slideMasters/slideMaster1.xml": "presentationml.slideMaster+xml",
        "/ppt/slideLayouts/slideLayout1.xml": "presentationml.slideLayout+xml",
        "/ppt/slideLayouts/slideLayout2.xml": "presentationml.slideLayout+xml",
        "/ppt/theme/theme1.xml": "theme+xml",
    }
    overrides = "".join(f'<Override PartName="{n}" ContentType="{_TYPES}.{kind}"/>' for n, kind in kinds.items())
    to_layouts = [("slideLayout", f"../slideLayouts/slideLayout{n}.xml") for n in (1, 2)]
    members = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": _rels(("officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": presentation,
        "ppt/_rels/presentation.xml.rels": _rels(
            ("slideMaster", "slideMasters/slideMaster1.xml"), ("theme", "theme/theme1.xml")
        ),
        "ppt/slideMasters/slideMaster1.xml": _master(),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _rels(*to_layouts, ("theme", "../theme/theme1.xml")),
        "ppt/slideLayouts/slideLayout1.xml": _layout("Title Slide", "title", cover),
        "ppt/slideLayouts/slideLayout2.xml": _layout("Title and Content", "obj", content),
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": _rels(("slideMaster", "../slideMasters/slideMaster1.xml")),
        "ppt/slideLayouts/_rels/slideLayout2.xml.rels": _rels(("slideMaster", "../slideMasters/slideMaster1.xml")),
        "ppt/theme/theme1.xml": _theme(),
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in members.items():
            package.writestr(name, text)
    return out.getvalue()


def base(maker: str) -> Any:
    """A presentation to be changed."""
    data = {
        "hand": written_by_hand,
        "python-pptx": lambda: stranger(DEFAULT).data,
        "ours": lambda: OWN.data,
        "LibreOffice": lambda: stranger(LIBREOFFICE).data,
    }[maker]()
    return Presentation(io.BytesIO(data))
