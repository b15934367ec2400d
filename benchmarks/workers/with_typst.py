"""Makes handouts with Typst, one `typst.Compiler` for all. Arguments: project, fonts, mode.

Sources, figures and fonts stay read, and Typst remembers what it computed from the same values. Mode `inputs` hands
each clinic over as `sys.inputs`, which all of the document may depend on: everything is evaluated and laid out anew.
Mode `file` hands it over as a file that is written before: what does not depend on it is remembered.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.workers.records import recipient
from benchmarks.workers.serve import serve


def main(project: str, fonts: str, mode: str) -> None:
    """Serves documents."""
    typst: Any = import_module("typst")
    compiler = typst.Compiler(f"{project}/main.typ", font_paths=typst.Fonts(False, False, [fonts]))

    def prepare(number: int) -> dict[str, Any]:
        said = recipient(number)._asdict()
        if mode == "inputs":
            return {"sys_inputs": said}
        (Path(project) / "clinic.json").write_text(json.dumps(said), "utf-8")
        return {}

    def make(given: dict[str, Any]) -> bytes:
        return compiler.compile(**given, pdf_standards="ua-1")

    serve(prepare, make)


if __name__ == "__main__":
    main(*sys.argv[1:])
