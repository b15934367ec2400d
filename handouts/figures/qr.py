"""QR code: data → one vector path of dark modules inside its quiet zone, a `Figure`."""

from __future__ import annotations

from itertools import groupby
from typing import Literal

import segno

from handouts.figures.drawing import Commands, polygon
from handouts.figures.drawn_once import drawn_once
from handouts.figures.shapes import Figure, Path

QUIET_MODULES = 4
"""Clear modules that ISO/IEC 18004 asks for on every side."""

Correction = Literal["L", "M", "Q", "H"]


@drawn_once
def qr(data: str, *, module: float, alt: str, error: Correction = "Q") -> Figure:
    """Draw `data` as a QR code with modules of `module` points, the quiet zone inside the figure's size.

    The correction level is the one asked for and never raised, so that the size of the symbol is predictable. Raises
    ValueError for empty data, more data than a QR code holds, or a module that is not above 0.
    """
    if not data or module <= 0:
        raise ValueError("a QR code needs data and a module size above 0")
    try:
        code = segno.make_qr(data, error=error, boost_error=False)
    except segno.DataOverflowError as reason:
        raise ValueError(f"{len(data)} characters are more than a QR code holds at level {error}") from reason
    rows = [[bool(v) for v in row] for row in code.matrix]
    quiet = QUIET_MODULES * module
    side = len(rows) * module + 2 * quiet
    # One path, filled at once: separate rectangles show hairlines between them when a viewer smooths their edges.
    commands = tuple(c for y, row in enumerate(rows) for c in _runs(row, quiet, quiet + y * module, module))
    return Figure(
        kind="qr",
        width=side,
        height=side,
        shapes=(Path(commands, fill="black"),),
        alt=alt,
        data=((data, f"{code.version}-{error}"),),
        quiet=quiet,
    )


def _runs(row: list[bool], left: float, top: float, module: float) -> Commands:
    commands: list[tuple[str | float, ...]] = []
    x = 0
    for dark, group in groupby(row):
        end = x + len(list(group))
        if dark:
            a, b = left + x * module, left + end * module
            commands += polygon((a, top), (b, top), (b, top + module), (a, top + module))
        x = end
    return tuple(commands)
