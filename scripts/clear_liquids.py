"""Draws the picture of clear liquids in content/colonoscopy-preparation: glasses with a check mark or a cross.

Out: a PNG file with names under the glasses, which do without colour. Run: .venv/bin/python scripts/clear_liquids.py
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from handouts.theme.fonts import family

OUT = Path(__file__).resolve().parent.parent / "content" / "colonoscopy-preparation" / "clear-liquids-en.png"
GLASSES = (
    ("Water", "#D6EBF6", True),
    ("Apple\njuice", "#F4D478", True),
    ("Plain\ntea", "#C48C46", True),
    ("Broth", "#E7C88C", True),
    ("Sports\ndrink", "#F5EE5E", True),
    ("Orange\njuice", "#F39A2E", False),
    ("Milk", "#FAFAF5", False),
    ("Red\ndrink", "#B3242D", False),
)
COLUMNS = 4
INK, YES, NO = "#3C3F46", "#0B527E", "#9A3B00"
FINER = 4
"""Pixels are drawn so many times finer, and then averaged: lines at a slant are smooth."""
PITCH, WIDE, NARROW, TOP, LEVEL, BOTTOM = 190, 108, 80, 10, 30, 112
"""Between glasses, across the brim and the foot, and the heights of brim, liquid and foot, in pixels of the file."""
MARK, NAME, HEIGHT, TEXT, LINE = 144, 164, 252, 38, 6
"""The heights of the mark, of the name and of a row, the size of the name and the thickness of the glass."""


def glass(draw: ImageDraw.ImageDraw, middle: int, top: int, colour: str, *, allowed: bool) -> None:
    """One glass and the mark under it, `top` pixels from above, around a line `middle` pixels from the left."""

    def scaled(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [((middle + x) * FINER, (top + y) * FINER) for x, y in points]

    at_level = NARROW / 2 + (WIDE - NARROW) / 2 * (BOTTOM - LEVEL) / (BOTTOM - TOP)
    draw.polygon(
        scaled((-at_level, LEVEL), (at_level, LEVEL), (NARROW / 2, BOTTOM), (-NARROW / 2, BOTTOM)), fill=colour
    )
    sides = scaled((-WIDE / 2, TOP), (-NARROW / 2, BOTTOM), (NARROW / 2, BOTTOM), (WIDE / 2, TOP))
    draw.line(sides, fill=INK, width=LINE * FINER, joint="curve")
    if allowed:
        draw.line(scaled((-20, MARK), (-6, MARK + 16), (24, MARK - 18)), fill=YES, width=9 * FINER, joint="curve")
    else:
        draw.line(scaled((-18, MARK - 18), (18, MARK + 18)), fill=NO, width=9 * FINER)
        draw.line(scaled((-18, MARK + 18), (18, MARK - 18)), fill=NO, width=9 * FINER)


def main() -> None:
    """Draws all glasses and writes the file."""
    rows = -(-len(GLASSES) // COLUMNS)
    canvas = Image.new("RGB", (PITCH * COLUMNS * FINER, HEIGHT * rows * FINER), "white")
    draw = ImageDraw.Draw(canvas)
    font = ImageFont.truetype(family("Atkinson Hyperlegible").regular.path, TEXT * FINER)
    for index, (name, colour, allowed) in enumerate(GLASSES):
        row, column = divmod(index, COLUMNS)
        middle, top = PITCH * column + PITCH // 2, HEIGHT * row
        glass(draw, middle, top, colour, allowed=allowed)
        below = (middle * FINER, (top + NAME) * FINER)
        draw.multiline_text(below, name, fill=INK, font=font, anchor="ma", align="center")
    small = canvas.resize((canvas.width // FINER, canvas.height // FINER), Image.Resampling.LANCZOS)
    small.quantize(64, dither=Image.Dither.NONE).save(OUT, optimize=True)


if __name__ == "__main__":
    main()
