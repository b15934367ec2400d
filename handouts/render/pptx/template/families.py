"""What is known of the fonts that a presentation may name: a family's name in, its proportions out.

A presentation carries the names of its fonts, seldom the fonts. Arial and Times New Roman have exact, public widths
(Adobe's AFM files of Helvetica and Times, which Liberation Sans and Serif share). Of other families the average width
beside Arial's and the height of a line are known; every character is then taken as Arial's, that much wider.
"""

from __future__ import annotations

import re

from msgspec import Struct

AFM = ("Helvetica", "Helvetica-Bold")
_WEIGHT = re.compile(" (thin|extralight|light|regular|book|medium)$")
"""Weights that are part of a family's name; none of them is wider than the regular one."""
SAFETY = 1.03
"""Estimated widths are raised by this factor, since single characters stray from a family's average."""


class NamedFont(Struct, frozen=True):
    """Proportions of a family: widths as factors on its AFM faces', `line` as a multiple of the type size."""

    name: str
    faces: tuple[str, str] = AFM
    regular: float = 1
    strong: float = 1
    line: float = 1.149
    known: bool = True

    @property
    def exact(self) -> bool:
        """Whether every character's width is known."""
        return self.known and self.regular == self.strong == 1


def family(name: str) -> NamedFont:
    """The family of this name; one that is not known is taken to be as wide and tall as the widest text families."""
    key = _WEIGHT.sub("", name.strip().casefold())
    if key in _EXACT:
        return NamedFont(name, _EXACT[key])
    if key in _ESTIMATED:
        regular, strong, line = _ESTIMATED[key]
        return NamedFont(name, AFM, regular * SAFETY, strong * SAFETY, line)
    return NamedFont(name, AFM, _WIDEST * SAFETY, _WIDEST * SAFETY, _TALLEST, known=False)


_TIMES = ("Times-Roman", "Times-Bold")
_COURIER = ("Courier", "Courier-Bold")
_EXACT: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("arial", "helvetica", "liberation sans", "arimo", "nimbus sans"), AFM),
    **dict.fromkeys(("times new roman", "times", "liberation serif", "tinos", "nimbus roman"), _TIMES),
    **dict.fromkeys(("courier new", "courier", "liberation mono", "cousine"), _COURIER),
}

_WIDEST, _TALLEST = 1.15, 1.4
_ESTIMATED: dict[str, tuple[float, float, float]] = {
    "barlow": (0.967, 0.925, 1.2),
    "calibri": (0.92, 0.874, 1.221),
    "cambria": (0.922, 0.94, 1.15),
    "carlito": (0.92, 0.874, 1.221),
    "dm sans": (1.045, 1.027, 1.302),
    "fira sans": (1.027, 0.956, 1.2),
    "georgia": (1.0, 1.08, 1.136),
    "helvetica neue": (1.009, 1.0, 1.193),
    "ibm plex sans": (1.012, 0.985, 1.3),
    "inter": (1.071, 1.025, 1.21),
    "lato": (0.977, 0.928, 1.2),
    "libre franklin": (1.043, 1.002, 1.212),
    "montserrat": (1.128, 1.104, 1.219),
    "mulish": (1.041, 1.004, 1.255),
    "noto sans": (1.063, 1.048, 1.362),
    "nunito": (1.014, 0.979, 1.364),
    "open sans": (1.051, 1.048, 1.362),
    "poppins": (1.122, 1.073, 1.5),
    "pt sans": (0.967, 0.898, 1.294),
    "public sans": (1.049, 0.999, 1.175),
    "raleway": (1.039, 1.002, 1.174),
    "roboto": (0.998, 0.942, 1.172),
    "rubik": (1.05, 1.044, 1.185),
    "segoe ui": (0.995, 0.99, 1.33),
    "source sans 3": (0.938, 0.923, 1.424),
    "source sans pro": (0.938, 0.923, 1.424),
    "tahoma": (1.004, 1.062, 1.207),
    "trebuchet ms": (1.023, 0.993, 1.161),
    "ubuntu": (1.021, 1.0, 1.149),
    "verdana": (1.149, 1.19, 1.215),
    "work sans": (1.119, 1.046, 1.173),
}
"""Average width beside Arial's, regular and bold, weighted by how often letters occur, and the height of a line.

From the metrics that Capsize publishes (MIT licence); Calibri's are those of its metric-compatible Carlito, Cambria's
those of Caladea.
"""
