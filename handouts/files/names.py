"""Names of files as disks take them: a name in; what it has in common with others, or whether Windows keeps it, out.

Windows and macOS do not tell capitals from small letters, and macOS not how a letter and its accent are coded.
"""

from __future__ import annotations

from unicodedata import category, normalize

BATCH_REPORT = "batch-report.csv"
"""The list of recipients' documents in an output folder."""
BATCH_STATE = ".batch"
"""The folder inside an output folder that holds what a batch keeps for itself."""
BATCH_JOURNAL = "journal.sqlite"
"""The file in it that knows the recipients of all batches."""

_PORTS = (f"{port}{number}" for port in ("COM", "LPT") for number in "123456789¹²³")
_DEVICES = frozenset(("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", *_PORTS))
"""Whatever follows them after a dot (Microsoft, "Naming Files, Paths, and Namespaces")."""


def folded(name: str) -> str:
    """What a name has in common with all that some disk takes for the same.

    APFS and case-folding folders of ext4 compare as Unicode does (3.13, D145), so that `ß` is `ss`, and skip what is
    invisible; NTFS goes letter by letter, which tells more apart.
    """
    if name.isascii():
        return name.lower()
    seen = "".join(char for char in name if category(char) != "Cf")
    return normalize("NFC", normalize("NFD", seen).casefold())


def is_device(name: str) -> bool:
    """Whether Windows takes a name for one of its devices, so that no file can have it."""
    return name.partition(".")[0].rstrip(" ").upper() in _DEVICES
