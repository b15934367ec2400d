"""A presentation or package of python-pptx → the bytes of a file that are the same on every run and machine.

python-pptx lets each member carry the time of writing and the system that wrote it; both are set in the bytes.
"""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Any

_TIME = struct.pack("<HH", 0, (1 << 5) | 1)
"""1 January 1980, the earliest that a member can have; the document's own date is in its core properties."""
_UNIX = 3
_LOCAL_TIME, _ENTRY_SYSTEM, _ENTRY_TIME, _ENTRY_SIZES, _ENTRY = 10, 5, 12, 28, 46
"""Where these stand in a member's local header and in its entry of the directory."""


def saved(presentation: Any) -> bytes:
    """The file of a presentation, or of a workbook's package."""
    out = io.BytesIO()
    presentation.save(out)
    return stamped(out.getvalue())


def stamped(file: bytes) -> bytes:
    """A zip file without a trace of when and on what system it was written."""
    data = bytearray(file)
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        at = package.start_dir
        for info in package.infolist():
            start = info.header_offset + _LOCAL_TIME
            data[start : start + 4] = _TIME
            data[at + _ENTRY_SYSTEM] = _UNIX
            data[at + _ENTRY_TIME : at + _ENTRY_TIME + 4] = _TIME
            at += _ENTRY + sum(struct.unpack_from("<HHH", data, at + _ENTRY_SIZES))
    return bytes(data)
