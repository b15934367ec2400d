"""Templates set from right to left: in masters, layouts, the presentation or the theme of python-pptx's own."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from stranger_templates import DEFAULT, repacked, stranger

from handouts.theme.template_file import TemplateFile

Change = Callable[[Any], None]
RTL = {"rtl": "1", "algn": "r"}


def _levels(root: Any, **attributes: str) -> None:
    """Gives every level of text below an element these attributes."""
    for node in root.iter():
        if etree.QName(node).localname.startswith("lvl") and node.tag.endswith("pPr"):
            node.attrib.update(attributes)


def _styles(name: str) -> Change:
    def change(file: Any) -> None:
        _levels(file.slide_master.element.find(f"{qn('p:txStyles')}/{qn(f'p:{name}')}"), **RTL)

    return change


def _layouts(file: Any) -> None:
    for layout in file.slide_layouts:
        for shape in layout.placeholders:
            style = shape._element.txBody.find(qn("a:lstStyle"))
            if style.find(qn("a:lvl1pPr")) is None:
                style.insert(0, parse_xml(f"<a:lvl1pPr {nsdecls('a')}/>"))
            _levels(style, **RTL)


def _presentation(file: Any) -> None:
    file.element.set("rtl", "1")
    _levels(file.element.find(qn("p:defaultTextStyle")), **RTL)


def _columns(file: Any) -> None:
    for root in (file.slide_master.element, *(layout.element for layout in file.slide_layouts)):
        for body in root.iter(qn("a:bodyPr")):
            body.set("rtlCol", "1")


def _notes(file: Any) -> None:
    master = file.notes_master
    style = master.element.find(qn("p:notesStyle"))
    if style is None:
        style = parse_xml(f"<p:notesStyle {nsdecls('p', 'a')}><a:lvl1pPr/></p:notesStyle>")
        master.element.append(style)
    _levels(master.element, **RTL)
    _levels(style, **RTL)


_DEFAULTS = (
    '<a:{0}><a:spPr/><a:bodyPr rtlCol="1"/><a:lstStyle><a:defPPr algn="r" rtl="1"/><a:lvl1pPr algn="r" rtl="1"/>'
    "</a:lstStyle></a:{0}>"
)


def _theme(members: dict[str, bytes]) -> None:
    """What shapes and text boxes that are added begin with."""
    name = next(name for name in members if name.startswith("ppt/theme/theme"))
    root = etree.fromstring(members[name])
    defaults = root.find(qn("a:objectDefaults"))
    for child in list(defaults):
        defaults.remove(child)
    namespace = nsdecls("a")
    for kind in ("spDef", "txDef"):
        defaults.append(etree.fromstring(_DEFAULTS.format(kind).replace(">", f" {namespace}>", 1)))
    members[name] = etree.tostring(root)


PLACES: dict[str, Change] = {
    "titles": _styles("titleStyle"),
    "bodies": _styles("bodyStyle"),
    "others": _styles("otherStyle"),
    "layouts": _layouts,
    "presentation": _presentation,
    "columns": _columns,
    "notes": _notes,
}
"""Where a template says that its words run from right to left."""


@cache
def right_to_left(*places: str, align: str = "r", theme: bool = False) -> TemplateFile:
    """python-pptx's own template with these places set from right to left; all of them without any."""
    file: Any = Presentation(io.BytesIO(stranger(DEFAULT).data))
    for place in places or PLACES:
        PLACES[place](file)
    if align != "r":
        for root in (file.slide_master.element, *(layout.element for layout in file.slide_layouts), file.element):
            for node in root.iter():
                if node.get("rtl") == "1" and node.get("algn") == "r":
                    node.set("algn", align)
    out = io.BytesIO()
    file.save(out)
    data = out.getvalue()
    return TemplateFile(repacked(data, _theme) if theme or not places else data, "hospital.pptx")


def changed(change: Change) -> TemplateFile:
    """python-pptx's own template with a change."""
    file: Any = Presentation(io.BytesIO(stranger(DEFAULT).data))
    change(file)
    out = io.BytesIO()
    file.save(out)
    return TemplateFile(out.getvalue(), "hospital.pptx")
