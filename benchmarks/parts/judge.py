"""What a handout is, whoever made it: pages, paper, conformance, structure and words of PDF files, as JSON on stdout.

Run as a module with the names of files, and the folder of the tests' veraPDF on PYTHONPATH.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

COUNTED = ("H1", "H2", "H3", "P", "LI", "TH", "TD", "Figure", "Link")


def judge(path: Path) -> dict[str, Any]:
    """The findings on one file; sizes of pages are in points, failures are the rules broken."""
    vera: Any = import_module("verapdf")
    data = path.read_bytes()
    pages = pypdfium2.PdfDocument(data)
    return {
        "bytes": len(data),
        "pages": [[round(side, 1) for side in page.get_size()] for page in pages],
        "ua": vera.failures(data, "PDFUA-1"),
        "a2a": vera.failures(data, "PDFA-2A"),
        "tags": tags(path),
        "words": words(pages),
    }


def tags(path: Path) -> dict[str, int]:
    """How many structure elements of each counted type there are; `Alt` counts the figures that have an alt text."""
    found: Counter[str] = Counter()
    with pikepdf.open(path) as pdf:
        root = pdf.Root.get("/StructTreeRoot")
        roles = {str(k): str(v) for k, v in root.get("/RoleMap", {}).items()} if root is not None else {}
        waiting = [root] if root is not None else []
        while waiting:
            element = waiting.pop()
            if isinstance(element, pikepdf.Array):
                waiting.extend(element)
            elif isinstance(element, pikepdf.Dictionary):
                kind = str(element.get("/S", ""))
                kind = roles.get(kind, kind).lstrip("/")
                found[kind] += 1
                found["Alt"] += kind == "Figure" and "/Alt" in element
                if "/K" in element:
                    waiting.append(element["/K"])
    return {name: found[name] for name in (*COUNTED, "Alt")}


def words(pages: pypdfium2.PdfDocument) -> list[str]:
    """The words drawn on all pages, sorted."""
    text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    return sorted(re.findall(r"\w+", text))


if __name__ == "__main__":
    print(json.dumps([judge(Path(name)) for name in sys.argv[1:]]))
