"""Which colour roles meet in what is drawn: a file painted with a theme whose every role has a colour of its own."""

from __future__ import annotations

from collections import Counter

import pypdfium2 as pdfium
from msgspec.structs import replace
from PIL import Image, ImageChops

from handouts.theme.schema import Colours, Theme

_CHOSEN = tuple(Colours.__struct_fields__)
_STEP = 255 // len(_CHOSEN)
CODED = Colours(**{role: f"#{number * _STEP + _STEP // 2:02X}8080" for number, role in enumerate(_CHOSEN)})
"""Each role has a red of its own, from which a pixel's role is read."""
ROLES = (*_CHOSEN, "white")
"""The last is no theme's to choose; black, which is neither, is read as ink."""
PAPER = (*(int(CODED.paper[i : i + 2], 16) for i in (1, 3, 5)), 255)
SCALE = 4
LEAST_PIXELS = 12
"""Borders shorter than this, 1 mm at this scale, are where three colours meet in a point."""

Meetings = Counter[frozenset[str]]
"""Pairs of roles that are neighbours somewhere, with the length of their border in pixels."""


def coded(theme: Theme) -> Theme:
    """The theme painted in the codes of its roles."""
    return replace(theme, colours=CODED)


def meetings(pdf: bytes, pages: range | None = None) -> Meetings:
    """The roles that meet on the pages of a PDF. The sheet itself is the paper, which nothing paints."""
    found: Meetings = Counter()
    document = pdfium.PdfDocument(pdf)
    for number in pages or range(len(document)):
        drawn = document[number].render(
            scale=SCALE, fill_color=PAPER, no_smoothtext=True, no_smoothpath=True, no_smoothimage=True
        )
        reds = drawn.to_pil().convert("RGB").getchannel(0)
        found += _borders(reds.point([min(value // _STEP, len(ROLES) - 1) for value in range(256)]))
    document.close()
    return Counter({pair: length for pair, length in found.items() if length >= LEAST_PIXELS})


def _borders(roles: Image.Image) -> Meetings:
    count = len(ROLES)
    found: Meetings = Counter()
    width, height = roles.size
    for dx, dy in ((1, 0), (0, 1)):
        here, there = roles.crop((0, 0, width - dx, height - dy)), roles.crop((dx, dy, width, height))
        both = ImageChops.add(here.point([min(value * count, 255) for value in range(256)]), there)
        for code, length in enumerate(both.histogram()):
            one, other = divmod(code, count)
            if length and one != other:
                found[frozenset((ROLES[one], ROLES[other]))] += length
    return found
