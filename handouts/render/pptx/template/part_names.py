"""Parts from outside → the same under names that none of a deck's own parts can have, wherever they stood before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec.structs import replace

from handouts.render.pptx.template.content_types import MAIN, ML
from handouts.render.pptx.template.package_file import key_of, safe_name
from handouts.render.pptx.template.parts import PackagePart
from handouts.render.pptx.template.relationships import LEADS_TO

PRESENTATION = "ppt/presentation.xml"

_FOLDERS = {
    LEADS_TO["slideMaster"]: "ppt/slideMasters",
    LEADS_TO["slideLayout"]: "ppt/slideLayouts",
    LEADS_TO["notesMaster"]: "ppt/notesMasters",
    LEADS_TO["theme"]: "ppt/theme",
}
_OTHERS = "ppt/template"
"""The folder of pictures and what else a template brings: decks number their own pictures and charts elsewhere."""


def renamed(parts: Mapping[str, PackagePart]) -> dict[str, PackagePart]:
    """The parts, given by their keys, under new names; relationships follow."""
    names: dict[str, str] = {}
    taken = {PRESENTATION}
    tried: Counter[str] = Counter()
    for key, part in sorted(parts.items()):
        wanted = name = PRESENTATION if part.type == MAIN else _wanted(part)
        stem, _, end = wanted.rpartition(".")
        while part.type != MAIN and name.casefold() in taken:
            tried[wanted] += 1
            name = f"{stem}-{tried[wanted]}.{end}"
        taken.add(name.casefold())
        names[key] = name
    found: dict[str, PackagePart] = {}
    for key, part in parts.items():
        rels = (rel if rel.external else replace(rel, target=names[key_of(rel.target)]) for rel in part.rels)
        found[names[key]] = replace(part, name=names[key], rels=tuple(rels))
    return found


def _wanted(part: PackagePart) -> str:
    last = safe_name(part.name).rpartition("/")[2]
    usual = _FOLDERS.get(part.type) or ("ppt" if part.type.startswith(ML) else _OTHERS)
    return f"{usual}/{last}" if "." in last else f"{usual}/{last}.bin"
