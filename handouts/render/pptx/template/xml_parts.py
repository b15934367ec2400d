"""Parts as XML: a part in, its root element out and back again, and where its relationships lead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from handouts.render.pptx.template.oxml import tag
from handouts.render.pptx.template.parts import PackagePart, office


def parsed(part: PackagePart) -> Any:
    """The root element of a part. Raises lxml.etree.XMLSyntaxError for what is not XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    return etree.fromstring(part.data, parser)


def serialised(root: Any) -> bytes:
    """A part's XML with its declaration."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def target_of(part: PackagePart, kind: str) -> str:
    """Where a part's first relationship of a type leads, "" without one."""
    return next((rel.target for rel in part.rels if rel.type == office(kind) and not rel.external), "")


def masters_of(parts: Mapping[str, PackagePart], presentation: PackagePart) -> tuple[str, ...]:
    """The parts of a presentation's slide masters, in its order."""
    targets = {rel.id: rel.target for rel in presentation.rels}
    ids = (node.get(tag("r:id")) for node in parsed(presentation).iter(tag("p:sldMasterId")))
    return tuple(targets[key] for key in ids if targets.get(key) in parts)
