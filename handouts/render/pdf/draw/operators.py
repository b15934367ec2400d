"""Path and text operators of PDF content streams. Lengths are points; y grows upwards, as PDF has it."""

from __future__ import annotations

from functools import cache

from handouts.render.pdf.draw.objects import number as n

_KAPPA = 0.5523
"""Handle length of a Bézier curve that draws a quarter of a circle, for radius 1."""


@cache
def colour(hex_value: str, *, stroke: bool = False) -> str:
    """`#RRGGBB` as the operator that makes it the fill or stroke colour."""
    parts = " ".join(f"{int(hex_value[i : i + 2], 16) / 255:.4g}" for i in (1, 3, 5))
    return f"{parts} {'RG' if stroke else 'rg'}"


def rectangle(x: float, y: float, width: float, height: float, radius: float = 0) -> str:
    """A rectangle whose lower left corner is (x, y), its corners rounded by `radius`."""
    if radius <= 0:
        return f"{n(x)} {n(y)} {n(width)} {n(height)} re"
    r = min(radius, width / 2, height / 2)
    right, top, k = x + width, y + height, r * (1 - _KAPPA)
    return " ".join(
        (
            f"{n(x + r)} {n(y)} m {n(right - r)} {n(y)} l",
            f"{n(right - k)} {n(y)} {n(right)} {n(y + k)} {n(right)} {n(y + r)} c {n(right)} {n(top - r)} l",
            f"{n(right)} {n(top - k)} {n(right - k)} {n(top)} {n(right - r)} {n(top)} c {n(x + r)} {n(top)} l",
            f"{n(x + k)} {n(top)} {n(x)} {n(top - k)} {n(x)} {n(top - r)} c {n(x)} {n(y + r)} l",
            f"{n(x)} {n(y + k)} {n(x + k)} {n(y)} {n(x + r)} {n(y)} c h",
        )
    )


def ellipse(cx: float, cy: float, rx: float, ry: float) -> str:
    """An ellipse around its centre."""
    kx, ky = rx * _KAPPA, ry * _KAPPA
    return " ".join(
        (
            f"{n(cx + rx)} {n(cy)} m",
            f"{n(cx + rx)} {n(cy + ky)} {n(cx + kx)} {n(cy + ry)} {n(cx)} {n(cy + ry)} c",
            f"{n(cx - kx)} {n(cy + ry)} {n(cx - rx)} {n(cy + ky)} {n(cx - rx)} {n(cy)} c",
            f"{n(cx - rx)} {n(cy - ky)} {n(cx - kx)} {n(cy - ry)} {n(cx)} {n(cy - ry)} c",
            f"{n(cx + kx)} {n(cy - ry)} {n(cx + rx)} {n(cy - ky)} {n(cx + rx)} {n(cy)} c h",
        )
    )


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """A straight line, not yet painted."""
    return f"{n(x1)} {n(y1)} m {n(x2)} {n(y2)} l"


def paint(*, fill: bool, stroke: bool) -> str:
    """The operator that paints the path before it."""
    return "B" if fill and stroke else "f" if fill else "S" if stroke else "n"


def text(pieces: list[tuple[str, str]], size: float, x: float, y: float) -> str:
    """One line of text, its baseline starting at (x, y); `pieces` are font names with text encoded for them."""
    shown = " ".join(f"/{font} {n(size)} Tf ({encoded}) Tj" for font, encoded in pieces)
    return f"BT {n(x)} {n(y)} Td {shown} ET"
