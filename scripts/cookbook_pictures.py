"""Makes the pictures of docs/cookbook.md: each section by the shipped templates, cropped from its page, slide or card.

In: the recipes of `cookbook.py`. Out: small PNG files in docs/pictures/cookbook. Slides need LibreOffice (`soffice`).
Run: .venv/bin/python scripts/cookbook_pictures.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import pypdfium2
from cookbook import KINDS, ROOT, SHOWS, Place, Recipe
from PIL import Image, ImageChops

from handouts.build.make import make
from handouts.build.request import Request

OUT = ROOT / "docs" / "pictures" / "cookbook"
TODAY = date(2026, 11, 22)
FORMATS = {"handout": "pdf", "deck": "pptx", "front": "card", "back": "card"}
FOOT = 50
"""Points at the lower edge of a page that its footer may take."""
PADDING = 8
COLOURS = 32
EDGE = (174, 179, 186)
"""Around slides and cards, whose paper is as white as that of the page that shows them."""
ALONE = {
    "handout.html.j2": """{% set found = namespace(row=[]) %}
{% for row in rows %}
{% for outer in row %}
{% if outer.id == 'SECTION' %}{% set found.row = row %}{% endif %}
{% for inner in outer.rows %}
{% for s in inner if s.id == 'SECTION' %}{% set found.row = inner %}{% endfor %}
{% endfor %}
{% endfor %}
{% endfor %}
{% set row = found.row %}
{% set beside = row | length > 1 %}
<section{% if beside %} class="grid"{% endif %}>
{% for s in row %}
{% if beside %}<section data-span="{{ s.span }}">{% endif %}
{% include ['handout/' ~ s.id ~ '.html.j2', 'handout/' ~ s.kind ~ '.html.j2'] %}
{% if beside %}</section>{% endif %}
{% endfor %}
</section>
""",
    "deck.html.j2": """{% for row in rows %}
{% for s in row if s.id == 'SECTION' %}
{% include ['deck/' ~ s.id ~ '.html.j2', 'deck/' ~ s.kind ~ '.html.j2'] %}
{% endfor %}
{% endfor %}
""",
}
"""A page and a deck of one section, as the shipped ones print it."""


def document(recipe: Recipe, place: Place, folder: Path) -> bytes:
    """The file that a picture is cropped from: a page or slide of the section alone, or the whole card."""
    for name, text in ALONE.items():
        (folder / name).write_text(text.replace("SECTION", recipe.section), "utf-8")
    content = ROOT / recipe.folder.parent
    made = make(Request(TODAY, (FORMATS[place],), (recipe.folder.name,), content=content, templates=folder)).made
    return made[0].data


def cropped(pdf: bytes, place: Place) -> Image.Image:
    """The section on its page, the whole slide, or a face of the card."""
    pages = pypdfium2.PdfDocument(pdf)
    if place == "handout":
        page = _drawn(pages[0], 96)
        page = page.crop((0, 0, page.width, page.height - round(FOOT * 96 / 72)))
        left, top, right, bottom = ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox() or (
            0, 0, *page.size
        )  # fmt: skip
        return page.crop((left - PADDING, top - PADDING, right + PADDING, bottom + PADDING))
    if place == "deck":
        return _edged(_drawn(pages[0], 48))
    # The first card of a sheet of Avery 5371; its back lies at the other side of the paper.
    left, top, width, height = (round(inch * 120) for inch in (0.75 if place == "front" else 4.25, 0.5, 3.5, 2))
    return _edged(_drawn(pages[place == "back"], 120).crop((left, top, left + width, top + height)))


def _drawn(page: pypdfium2.PdfPage, dpi: int) -> Image.Image:
    return page.render(scale=dpi / 72).to_pil().convert("RGB")  # pyright: ignore[reportArgumentType]


def _edged(image: Image.Image) -> Image.Image:
    canvas = Image.new("RGB", (image.width + 2, image.height + 2), EDGE)
    canvas.paste(image, (1, 1))
    return canvas


def main() -> int:
    """Makes all pictures; returns the exit status."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files: dict[str, tuple[Path, Place]] = {}
        for recipe in (*KINDS, *SHOWS):
            for place in recipe.places:
                file = folder / recipe.picture(place).replace(".png", ".pptx" if place == "deck" else ".pdf")
                file.write_bytes(document(recipe, place, folder))
                files[recipe.picture(place)] = file, place
        decks = [str(file) for file, place in files.values() if place == "deck"]
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", str(folder), *decks], check=True, capture_output=True)
        for picture, (file, place) in files.items():
            image = cropped(file.with_suffix(".pdf").read_bytes(), place)
            image.quantize(COLOURS, dither=Image.Dither.NONE).save(OUT / picture, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
