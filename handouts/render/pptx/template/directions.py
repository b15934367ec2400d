"""Where a paragraph stands that says its own direction: how a template aligns, and which way the words run.

PowerPoint and LibreOffice take the `l` and `r` of `algn` as sides of the page in either direction: `l` is where lines
from right to left end. `marL` and `indent` they count from where lines begin, so these follow the direction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from handouts.render.pptx.template.parts import PackagePart

_SAID = re.compile(rb"""\srtl\s*=\s*["'](?:1|true)["']""")


class Aligned(Struct, frozen=True):
    """How a style aligns its text, as `algn` has it, and whether that runs from right to left."""

    align: str = "l"
    rtl: bool = False


def aligned(levels: Sequence[Any]) -> Aligned:
    """What the levels of text that a placeholder inherits, nearest first, say together."""

    def first(name: str, default: str) -> str:
        return next((str(value) for level in levels if (value := level.get(name)) is not None), default)

    return Aligned(first("algn", "l"), first("rtl", "0") in ("1", "true"))


def side(align: str, *, styled: bool, rtl: bool) -> str:
    """`algn` of a paragraph whose words run from right to left (`rtl`) or not, in a style that is aligned so and that
    runs from right to left (`styled`) or not.

    What is centred or justified stays so. Else lines begin where their words do; but text from left to right that a
    template has at the right is there by design.
    """
    if align not in ("l", "r") or (align == "r" and not styled):
        return align
    return "r" if rtl else "l"


def says_right_to_left(parts: dict[str, PackagePart]) -> bool:
    """Whether anything in a template is set from right to left."""
    return any(part.type.endswith("+xml") and _SAID.search(part.data) for part in parts.values())
