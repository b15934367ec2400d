"""What a package says each of its parts is: the root of its content types in, the type of a part by its name out.

Also, by that type, what kind of document a package is, if not a presentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from handouts.render.pptx.template.package_file import SAVE_AS, RefusedError, key_of, shown

NAME = "[Content_Types].xml"
ML = "application/vnd.openxmlformats-officedocument.presentationml"
MAIN = f"{ML}.presentation.main+xml"

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_TYPE = re.compile(r"[A-Za-z0-9!#$^_.+-]{1,100}/[A-Za-z0-9!#$^_.+-]{1,150}", re.ASCII)
_UNKNOWN = "application/octet-stream"
_PRESENTATIONS = frozenset(
    f"{ML}.{kind}.main+xml".casefold() for kind in ("presentation", "template", "slideshow")
)  # fmt: skip
"""A .pptx, .potx or .ppsx: they differ in nothing but this word."""
_WITH_MACROS = {
    "presentation.macroenabled.main+xml": ".pptm",
    "template.macroenabled.main+xml": ".potm",
    "slideshow.macroenabled.main+xml": ".ppsm",
    "addin.macroenabled.main+xml": ".ppam",
}
_OTHERS = {
    "wordprocessingml": "is a Word document, not a PowerPoint file",
    "ms-word": "is a Word document, not a PowerPoint file",
    "spreadsheetml": "is an Excel workbook, not a PowerPoint file",
    "ms-excel": "is an Excel workbook, not a PowerPoint file",
    "thememanager": "is an Office theme (.thmx), not a presentation that wears it",
    "visio": "is a Visio drawing, not a PowerPoint file",
}


class ContentTypes:
    """The content types of a package's parts. Raises RefusedError where one part has two."""

    def __init__(self, root: Any) -> None:
        self._by_name: dict[str, str] = {}
        for node in root.iter(f"{_TYPES}Override"):
            name, kind = key_of(node.get("PartName", "").lstrip("/")), node.get("ContentType", "")
            if self._by_name.setdefault(name, kind) != kind:
                raise RefusedError(f"says of part {shown(name)} twice what it is", SAVE_AS)
        defaults = root.iter(f"{_TYPES}Default")
        self._by_end = {node.get("Extension", "").casefold(): node.get("ContentType", "") for node in defaults}

    def of(self, name: str) -> str:
        """The type of a part; that of any bytes where none is said. Raises RefusedError for what is no type."""
        kind = self._by_name.get(key_of(name)) or self._by_end.get(name.rpartition(".")[2].casefold()) or _UNKNOWN
        if not _TYPE.fullmatch(kind):
            raise RefusedError(f"says of part {shown(name)} that it is '{kind[:80]}', which is no type", SAVE_AS)
        return kind

    def presentation(self, documents: Iterable[str]) -> str:
        """Which of the documents that a package is made for is its presentation. Raises RefusedError."""
        kinds = {name: self.of(name).casefold() for name in documents}
        for kind in kinds.values():
            for ending, suffix in _WITH_MACROS.items():
                if kind.endswith(ending):
                    raise RefusedError(f"holds macros ({suffix})", f"{SAVE_AS}, without macros")
            for word, message in _OTHERS.items():
                if word in kind:
                    raise RefusedError(message, SAVE_AS)
        every = (kind.casefold() for kind in (*self._by_name.values(), *self._by_end.values()))
        if any("macroenabled" in kind or "vbaproject" in kind for kind in every):
            raise RefusedError("holds macros (.pptm)", f"{SAVE_AS}, without macros")
        if not kinds:
            raise RefusedError("holds no presentation", SAVE_AS)
        name, kind = next(iter(kinds.items()))
        if kind not in _PRESENTATIONS:
            raise RefusedError("is not a PowerPoint presentation", SAVE_AS)
        return name
