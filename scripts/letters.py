"""Makes the letters and signs that the fonts of the themes lack: DejaVu Sans in, two small fonts of ours out.

Run: pip install fonttools, then python scripts/letters.py FOLDER, with DejaVuSans.ttf and DejaVuSans-Bold.ttf of
DejaVu 2.37 in the folder. Its licence (docs/licences/dejavu.txt) lets glyphs be changed, renamed and embedded.
"""

# pyright: basic, reportMissingImports=false
from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

from handouts.theme.fonts import FAMILIES
from handouts.theme.truetype import metrics

OUT = Path(__file__).resolve().parent.parent / "handouts" / "theme" / "letters"
NAME = "Handouts Letters"
SCALE = 0.91
"""Of the originals' size: small letters are then as high as those of Atkinson Hyperlegible, 0.496 em."""
UNITS = 1000
RANGES = (
    (0x02B9, 0x02BC), (0x02C8, 0x02C8), (0x02CC, 0x02CC), (0x0384, 0x03CE), (0x03D1, 0x03D1), (0x03D5, 0x03D5),
    (0x2016, 0x2016), (0x2023, 0x2023), (0x2030, 0x2037), (0x203B, 0x203D), (0x2043, 0x2044), (0x2070, 0x209C),
    (0x20A0, 0x20BF), (0x2103, 0x2103), (0x2109, 0x2109), (0x2113, 0x2113), (0x2116, 0x2117), (0x211E, 0x211E),
    (0x2120, 0x2122), (0x2126, 0x2126), (0x212A, 0x212B), (0x212E, 0x212E), (0x2150, 0x217F), (0x2189, 0x2189),
    (0x2190, 0x2199), (0x21D0, 0x21D5), (0x2200, 0x220B), (0x220F, 0x2213), (0x2215, 0x2229), (0x222B, 0x222B),
    (0x2234, 0x2237), (0x223C, 0x223D), (0x2243, 0x224B), (0x2260, 0x2267), (0x226A, 0x226B), (0x226E, 0x2273),
    (0x2282, 0x2287), (0x2295, 0x2299), (0x22A5, 0x22A5), (0x22C5, 0x22C6), (0x22EE, 0x22EF), (0x2300, 0x2300),
    (0x2460, 0x2473), (0x25A0, 0x25A1), (0x25AA, 0x25AF), (0x25B2, 0x25CC), (0x25CE, 0x25CF), (0x25D0, 0x25D5),
    (0x25E6, 0x25E6), (0x25EF, 0x25EF), (0x2605, 0x2606), (0x260E, 0x2612), (0x261B, 0x261F), (0x2620, 0x2620),
    (0x2622, 0x2623), (0x2639, 0x263C), (0x2640, 0x2642), (0x2660, 0x2667), (0x2695, 0x2696), (0x26A0, 0x26A1),
    (0x2702, 0x2702), (0x2706, 0x2706), (0x2708, 0x2709), (0x2713, 0x2718), (0x271A, 0x271A), (0x2731, 0x2731),
    (0x2764, 0x2764), (0x2776, 0x277F), (0x2794, 0x2794), (0x2798, 0x27A4), (0x27F5, 0x27F9), (0xFB00, 0xFB04),
)  # fmt: skip
"""What texts of medicine use of Unicode, and something around it: as much as both faces of DejaVu have."""
SPACES = {
    0x2000: 500, 0x2001: 1000, 0x2002: 500, 0x2003: 1000, 0x2004: 333, 0x2005: 250, 0x2006: 167, 0x2009: 200,
    0x200A: 100, 0x202F: 200, 0x205F: 222,
    0x2060: 0, 0xFE0E: 0, 0xFE0F: 0,
}  # fmt: skip
"""Code point → width in 1/1000 of the size (Unicode, chapter 6.2), 0 for what only joins."""
AS_WIDE_AS = {0x20: " ", 0x2007: "0", 0x2008: "."}
"""Spaces as wide as a character of the theme's own font."""


def main(folder: Path) -> None:
    """Writes both faces."""
    OUT.mkdir(exist_ok=True)
    package, *own = FAMILIES["Atkinson Hyperlegible"]
    known = [metrics(str(resources.files(package).joinpath(file))).widths for file in own]
    wanted = {code for first, last in RANGES for code in range(first, last + 1)} - set(known[0])
    files = [folder / name for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")]
    wanted &= set(TTFont(files[0]).getBestCmap()) & set(TTFont(files[1]).getBestCmap())
    for file, style, widths in zip(files, ("Regular", "Bold"), known, strict=True):
        spaces = {**SPACES, **{code: round(widths[ord(char)]) for code, char in AS_WIDE_AS.items()}}
        made = _made(file, style, sorted(wanted - set(spaces)), spaces)
        made.save(OUT / f"{NAME.replace(' ', '')}-{style}.ttf")


def _made(file: Path, style: str, codes: list[int], spaces: dict[int, int]) -> TTFont:
    font = TTFont(file, recalcTimestamp=False)
    options = Options(
        hinting=False, layout_features=[], drop_tables=["GSUB", "GPOS", "GDEF", "kern", "FFTM", "gasp", "MATH"],
        name_IDs=[0, 13], notdef_outline=True, glyph_names=False, recalc_timestamp=False,
    )  # fmt: skip
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    scale_upem(font, round(UNITS * SCALE))
    font["head"].unitsPerEm = UNITS
    _add_spaces(font, spaces)
    _name(font, style)
    return font


def _add_spaces(font: TTFont, spaces: dict[int, int]) -> None:
    order = font.getGlyphOrder()
    empty = TTGlyphPen(None).glyph()
    for code, width in spaces.items():
        name = f"uni{code:04X}"
        order.append(name)
        font["glyf"].glyphs[name] = empty
        font["hmtx"].metrics[name] = (width, 0)
        for table in font["cmap"].tables:
            table.cmap[code] = name
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order
    font["post"].formatType = 3.0


def _name(font: TTFont, style: str) -> None:
    names = {1: NAME, 2: style, 3: f"{NAME} {style}", 4: f"{NAME} {style}", 6: f"{NAME.replace(' ', '')}-{style}"}
    for ident, text in names.items():
        font["name"].setName(text, ident, 3, 1, 0x409)
        font["name"].setName(text, ident, 1, 0, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
