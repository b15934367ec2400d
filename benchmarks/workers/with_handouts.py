"""Makes our documents. Arguments: a format (`pdf`, `pptx`) and a mode.

Mode `loaded` measures composing and rendering: topic, words, theme, locale and the templates' texts are in memory, the
clinic's row is not; no plan, layout or drawing is handed from document to document other than what the stages keep
themselves. Mode `files` measures all of `make(request)`: every file read and checked anew, the clinic's too.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.parts.content import LANGUAGE, ROOT, TODAY, TOPIC, clinic_of, edition, load_content, output
from benchmarks.workers.records import Recipient, recipient
from benchmarks.workers.serve import serve
from handouts.build.make import make
from handouts.build.request import Request


def serve_loaded(name: str) -> None:
    """Serves documents made from loaded content."""
    content, row = load_content(), output(name)

    def document(given: Recipient) -> bytes:
        plan = row.compose(edition(content, clinic_of(given)), content.templates)
        return row.render(plan, content.setup)

    serve(recipient, document)


def serve_files(name: str) -> None:
    """Serves documents made from files."""
    with tempfile.TemporaryDirectory() as folder:
        clinic = Path(folder) / "clinic.yaml"

        def write(number: int) -> Request:
            said = recipient(number)
            lines = [f"{key}: {value!r}" for key, value in said._asdict().items() if key != "address"]
            clinic.write_text("\n".join(["schema_version: 1", *lines, f"address: [{said.address!r}]", ""]), "utf-8")
            content, templates = ROOT / "content", ROOT / "templates"
            return Request(TODAY, (name,), (TOPIC,), (LANGUAGE,), clinic=clinic, content=content, templates=templates)

        def document(request: Request) -> bytes:
            (made,) = make(request).made
            return made.data

        serve(write, document)


if __name__ == "__main__":
    {"loaded": serve_loaded, "files": serve_files}[sys.argv[2]](sys.argv[1])
