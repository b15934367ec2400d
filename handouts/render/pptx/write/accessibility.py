"""What guides through a deck and python-pptx has no call for: alternative text, languages, numbers, sections.

All of it is added to the elements that python-pptx made.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from handouts.render.pptx.template.oxml import DECORATIVE, NS, NUMBER_FIELD, A, escape, legal, tag
from handouts.render.pptx.write.private import run_xml, xml

SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, _P14 + "#sectionLst")
_RUNS = (tag("a:r"), tag("a:br"), tag("a:fld"))
_PROPERTIES, _END, _ABOUT = tag("a:rPr"), tag("a:endParaRPr"), tag("p:cNvPr")


def told(shape: Any, name: str, alt: str) -> None:
    """Gives a shape its name and its alternative text; an empty one marks it as decoration."""
    about = next(shape.element.iter(_ABOUT))
    about.set("name", name)
    if alt:
        about.set("descr", legal(alt))
        return
    # python-pptx writes the name of a picture's file there, which says nothing and may say too much.
    about.attrib.pop("descr", None)
    about.append(xml(DECORATIVE, f'xmlns:a="{A}"'))


def spoken(root: Any, language: str) -> None:
    """Gives each run below an element that has no language of its own the deck's, and the end of a paragraph that of
    the run before it.
    """
    for run in root.iter(*_RUNS):
        properties = run.find(_PROPERTIES)
        if properties is None:
            properties = run.makeelement(_PROPERTIES)
            run.insert(0, properties)
        if properties.get("lang") is None:
            properties.set("lang", language)
    for end in root.iter(_END):
        before = end.getprevious()
        properties = None if before is None else before.find(_PROPERTIES)
        end.set("lang", language if properties is None else properties.get("lang"))


def as_field(run: Any) -> None:
    """Turns a run that holds a slide's number into a field that keeps up with it, in the same looks."""
    element = run_xml(run)
    field = xml(f'<a:fld id="{NUMBER_FIELD}" type="slidenum"/>', NS)
    element.addprevious(field)
    field.extend(list(element))
    element.getparent().remove(element)


def sections(presentation: Any, names: Sequence[str], ids: Sequence[int], default: str) -> None:
    """Groups the slides of a presentation into sections, where any is named.

    `names` has one entry a slide, `ids` the slides' ids. A slide without a name belongs to the section before it;
    `default` names a first section that has none.
    """
    if not any(names):
        return
    found: list[tuple[str, list[int]]] = []
    for name, key in zip(names, ids, strict=True):
        if not found or (name and legal(name) != found[-1][0]):
            found.append((legal(name or default), []))
        found[-1][1].append(key)
    body = "".join(
        f'<p14:section name="{escape(name)}" id="{_guid(number, name)}"><p14:sldIdLst>'
        + "".join(f'<p14:sldId id="{key}"/>' for key in keys)
        + "</p14:sldIdLst></p14:section>"
        for number, (name, keys) in enumerate(found)
    )
    listed = f'<p14:sectionLst xmlns:p14="{_P14}">{body}</p14:sectionLst>'
    presentation.element.append(xml(f'<p:extLst><p:ext uri="{SECTIONS}">{listed}</p:ext></p:extLst>', NS))


def _guid(number: int, name: str) -> str:
    return "{" + str(uuid.uuid5(_NAMESPACE, f"{number} {name}")).upper() + "}"
