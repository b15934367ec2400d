"""A theme's colours and font → the theme part of a presentation, by the slots that `colours.SLOTS` gives to roles."""

from __future__ import annotations

from handouts.render.pptx.template.oxml import A, escape
from handouts.render.pptx.template.parts import XML
from handouts.theme.schema import Theme

THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"

_ROLES = {
    "dk1": "ink",
    "lt1": "paper",
    "dk2": "muted",
    "lt2": "accent_tint",
    "accent1": "accent",
    "accent2": "caution",
    "accent3": "accent_mid",
    "accent4": "accent_soft",
    "accent5": "rule",
    "accent6": "faint",
    "hlink": "link",
    "folHlink": "muted",
}
"""Slot of the theme part → colour role; a master maps tx1 to dk1 and bg1 to lt1."""

_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = (
    '<a:ln w="{}" cap="flat" cmpd="sng" algn="ctr">' + _FILL + '<a:prstDash val="solid"/><a:miter lim="800000"/></a:ln>'
)
_FORMATS = (
    f'<a:fmtScheme name="Plain"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
    f"<a:lnStyleLst>{''.join(_LINE.format(width) for width in (6350, 12700, 19050))}</a:lnStyleLst>"
    f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
)


def theme_xml(theme: Theme) -> bytes:
    """The theme part. Effects and gradients have no place in it: what the theme colours is flat."""
    name = f'"{escape(theme.name)}"'
    colours = "".join(
        f'<a:{slot}><a:srgbClr val="{theme.colours.of(role).lstrip("#").upper()}"/></a:{slot}>'
        for slot, role in _ROLES.items()
    )
    font = f'<a:latin typeface="{escape(theme.deck.font)}"/><a:ea typeface=""/><a:cs typeface=""/>'
    return (
        f'{XML}<a:theme xmlns:a="{A}" name={name}><a:themeElements><a:clrScheme name={name}>{colours}</a:clrScheme>'
        f"<a:fontScheme name={name}><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f"{_FORMATS}</a:themeElements></a:theme>"
    ).encode()
