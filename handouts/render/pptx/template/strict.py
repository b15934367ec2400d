"""XML of a Strict Open XML file (ISO/IEC 29500-1) → the same as ordinary files say it (29500-4, Transitional).

The two differ in the names of their namespaces and kinds of relationships, and in how percentages and lengths are
written. What ordinary files alone may hold, such as VML, a strict one has not.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from handouts.render.pptx.template.oxml import R, tag
from handouts.render.pptx.template.package_file import RefusedError

SAVE_AS_USUAL = (
    "open it in PowerPoint, choose File, Save As and the type 'PowerPoint Presentation (*.pptx)', "
    "not 'Strict Open XML Presentation (*.pptx)'"
)

_MARK = b"http://purl.oclc.org/ooxml/"
_REFERENCES = _MARK + b"officeDocument/relationships"
_USUAL_REFERENCES = R.encode()
_NAME = re.compile(rb"http://purl[.]oclc[.]org/ooxml/([A-Za-z]{1,40})/([A-Za-z]{1,40})")
_SPELT = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_PERCENT = re.compile(r"(-?[0-9]{1,9}(?:[.][0-9]{1,9})?)%", re.ASCII)
_LENGTH = re.compile(r"(-?[0-9]{1,9}(?:[.][0-9]{1,9})?)(mm|cm|in|pt|pc|pi)", re.ASCII)
_UNITS = {"mm": 36_000, "cm": 360_000, "in": 914_400, "pt": 12_700, "pc": 152_400, "pi": 152_400}
"""English Metric Units (ST_UniversalMeasure)."""
_WORDS = frozenset(("name", "descr", "title", "tooltip", "typeface", "formatCode", "Target"))
"""Attributes that hold words, in which a percentage is one."""
_WORDED = (tag("p:strVal"), tag("p:anim"))
"""What animations change from and to, as words."""
_ENDS = ("%", *_UNITS)


def transitional(text: bytes) -> bytes:
    """A part's XML with the namespaces and kinds of relationships of ordinary files; that of an ordinary one as it is.

    Raises RefusedError for a part that is strict by half, which no program writes.
    """
    if _MARK not in text:
        return text
    if _REFERENCES not in text and _USUAL_REFERENCES in text:
        raise RefusedError("is saved as Strict Open XML by half, not throughout", SAVE_AS_USUAL)
    return _NAME.sub(_ordinary, text)


def write_plain_values(root: Any) -> None:
    """Writes percentages and lengths as the whole numbers that ordinary files have: `50%` as 50000, `1in` as 914400.

    Those of charts' own settings are whole percents. The space between characters is in hundredths of a point.
    """
    for node in root.iter(etree.Element):
        if node.tag in _WORDED:
            continue
        for key, said in node.attrib.items():
            if key in _WORDS or not said.endswith(_ENDS):
                continue
            if percent := _PERCENT.fullmatch(said):
                factor = 1 if node.tag.startswith(_CHART) else 1000
                node.set(key, _whole(Decimal(percent[1]) * factor))
            elif length := _LENGTH.fullmatch(said):
                emu = Decimal(length[1]) * _UNITS[length[2]]
                node.set(key, _whole(emu / 127 if key == "spc" else emu))


def _ordinary(name: re.Match[bytes]) -> bytes:
    last = _SPELT.get(name[2], name[2])
    return b"http://schemas.openxmlformats.org/%s/2006/%s" % (name[1], last)


def _whole(number: Decimal) -> str:
    return str(int(number.to_integral_value(ROUND_HALF_EVEN)))
