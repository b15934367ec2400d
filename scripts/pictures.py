"""Makes the README's pictures from the real output: handout pages, four slides, and one card at twice its size.

In: the shipped topic, built anew. Out: PNG files in docs/pictures. Slides need LibreOffice (`soffice`) on the machine.
Run: .venv/bin/python scripts/pictures.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import pypdfium2
from PIL import Image

from handouts.build.make import make
from handouts.build.request import Request

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "pictures"
TODAY = date(2026, 11, 29)
SLIDES = (3, 4, 5, 11)
GREY = (214, 217, 222)
GAP = 16


def page(pdf: pypdfium2.PdfDocument, index: int, dpi: int) -> Image.Image:
    """One page as an image."""
    return pdf[index].render(scale=dpi / 72).to_pil().convert("RGB")  # pyright: ignore[reportArgumentType]


def board(images: list[Image.Image], columns: int) -> Image.Image:
    """Images of one size in a grid on grey."""
    width, height = images[0].size
    rows = -(-len(images) // columns)
    canvas = Image.new("RGB", (columns * (width + GAP) + GAP, rows * (height + GAP) + GAP), GREY)
    for index, image in enumerate(images):
        row, column = divmod(index, columns)
        canvas.paste(image, (GAP + column * (width + GAP), GAP + row * (height + GAP)))
    return canvas


def save(image: Image.Image, name: str) -> None:
    """Writes a PNG with a palette: flat colours need no more, and the repository stays small."""
    image.quantize(128, dither=Image.Dither.NONE).save(OUT / name, optimize=True)


def main() -> int:
    """Makes all pictures; returns the exit status."""
    OUT.mkdir(parents=True, exist_ok=True)
    made = {m.entry.format: m.data for m in make(Request(TODAY, topics=("ixazomib",), content=ROOT / "content")).made}
    handout = pypdfium2.PdfDocument(made["pdf"])
    save(board([page(handout, index, 88) for index in range(len(handout))], 2), "handout.png")
    card = pypdfium2.PdfDocument(made["card"])
    left, top, width, height = (round(inch * 144) for inch in (0.75, 0.5, 3.5, 2))
    faces = [page(card, 0, 144).crop((left, top, left + width, top + height))]
    right = round(4.25 * 144)
    faces.append(page(card, 1, 144).crop((right, top, right + width, top + height)))
    save(board(faces, 2), "card.png")
    with tempfile.TemporaryDirectory() as folder:
        deck = Path(folder) / "deck.pptx"
        deck.write_bytes(made["pptx"])
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(deck)]
        subprocess.run(command, check=True, capture_output=True)
        slides = pypdfium2.PdfDocument(Path(folder) / "deck.pdf")
        save(board([page(slides, number - 1, 48) for number in SLIDES], 2), "deck.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
