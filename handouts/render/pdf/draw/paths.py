"""Rounded rectangles and ellipses as paths of ReportLab's. Lengths are points; y grows upwards, as PDF has it."""

from __future__ import annotations

from reportlab.pdfgen.pathobject import PDFPathObject

_KAPPA = 0.5523
"""Handle length of a Bézier curve that draws a quarter of a circle, for radius 1. ReportLab's `roundRect` takes 0.5528,
which is a little too round."""


def rounded(*values: float) -> tuple[float, ...]:
    """Lengths to a hundredth of a point: ReportLab writes up to six digits, which nobody sees but each file holds."""
    return tuple(round(value, 2) for value in values)


def rectangle(x: float, y: float, width: float, height: float, radius: float = 0) -> PDFPathObject:
    """A rectangle whose lower left corner is (x, y), its corners rounded by `radius`."""
    path = PDFPathObject()
    if radius <= 0:
        path.rect(*rounded(x, y, width, height))
        return path
    r = min(radius, width / 2, height / 2)
    right, top, k = x + width, y + height, r * (1 - _KAPPA)
    path.moveTo(*rounded(x + r, y))
    path.lineTo(*rounded(right - r, y))
    path.curveTo(*rounded(right - k, y, right, y + k, right, y + r))
    path.lineTo(*rounded(right, top - r))
    path.curveTo(*rounded(right, top - k, right - k, top, right - r, top))
    path.lineTo(*rounded(x + r, top))
    path.curveTo(*rounded(x + k, top, x, top - k, x, top - r))
    path.lineTo(*rounded(x, y + r))
    path.curveTo(*rounded(x, y + k, x + k, y, x + r, y))
    path.close()
    return path


def ellipse(cx: float, cy: float, rx: float, ry: float) -> PDFPathObject:
    """An ellipse around its centre."""
    kx, ky = rx * _KAPPA, ry * _KAPPA
    path = PDFPathObject()
    path.moveTo(*rounded(cx + rx, cy))
    path.curveTo(*rounded(cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry))
    path.curveTo(*rounded(cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy))
    path.curveTo(*rounded(cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry))
    path.curveTo(*rounded(cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy))
    path.close()
    return path
