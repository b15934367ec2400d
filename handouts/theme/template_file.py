"""A presentation whose master and layouts a deck is to wear: its bytes, which the renderer judges."""

from __future__ import annotations

import re
from pathlib import PurePath

from msgspec import Struct

MAX_BYTES = 60_000_000
"""The largest file that is read."""


class TemplateFile(Struct, frozen=True):
    """The bytes of a presentation, and its path as messages name it.

    `ours` is one that wears the theme's colours: `templates/deck.pptx`, or what stands in for it.
    """

    data: bytes
    name: str
    ours: bool = False


def slug(name: str) -> str:
    """A file's name in lower-case letters, digits and hyphens, for the names of decks that wear the template."""
    return re.sub(r"[^a-z0-9]+", "-", PurePath(name).stem.lower()).strip("-") or "template"
