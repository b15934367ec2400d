"""Makes handouts with WeasyPrint: stylesheet, fonts and images read once, the page's words anew. Arguments: project."""

from __future__ import annotations

import logging
import sys
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.workers.records import PLACES, recipient
from benchmarks.workers.serve import serve


def main(project: str) -> None:
    """Serves documents."""
    weasyprint: Any = import_module("weasyprint")
    text_fonts: Any = import_module("weasyprint.text.fonts")
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    page = (Path(project) / "main.html").read_text("utf-8").replace('<link rel="stylesheet" href="look.css">', "")
    fonts, images = text_fonts.FontConfiguration(), dict[str, object]()
    look = weasyprint.CSS(filename=f"{project}/look.css", font_config=fonts)

    def words(number: int) -> str:
        text = page
        for place, said in zip(PLACES, recipient(number), strict=True):
            text = text.replace(place, escape(said))
        return text

    def make(text: str) -> bytes:
        html = weasyprint.HTML(string=text, base_url=f"{project}/main.html")
        return html.write_pdf(stylesheets=[look], font_config=fonts, cache=images, pdf_variant="pdf/ua-1")

    serve(words, make)


if __name__ == "__main__":
    main(*sys.argv[1:])
