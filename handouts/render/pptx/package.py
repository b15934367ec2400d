"""A saved presentation → the same bytes on every run: fixed member dates and order, embedded workbooks likewise."""

from __future__ import annotations

import io
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip member can have; the document's own date is in its core properties."""

FIRST = "[Content_Types].xml"


def normalise(data: bytes) -> bytes:
    """The package with its members in one order and without traces of when and where it was written."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        names = sorted(source.namelist(), key=lambda name: (name != FIRST, not name.startswith("_rels/"), name))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
            for name in names:
                content = source.read(name)
                member = zipfile.ZipInfo(name, EPOCH)
                member.compress_type = zipfile.ZIP_DEFLATED
                member.create_system = 3
                member.external_attr = 0o600 << 16
                target.writestr(member, normalise(content) if name.endswith(".xlsx") else content)
    return out.getvalue()
