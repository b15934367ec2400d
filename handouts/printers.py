"""The user's file of printers: what each needs corrected, saved under a name of its own. A path in, corrections out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import StringConstraints

from handouts.model.base import Model
from handouts.model.load import load
from handouts.problems import choose_from
from handouts.theme.printing import Correction
from handouts.workspace import UsageError, present, write_all

NAME_PATTERN = r"^[a-z0-9][a-z0-9-]{0,39}$"
PrinterName = Annotated[str, StringConstraints(pattern=NAME_PATTERN)]
_HEAD = "# What corrects each printer, in millimetres and percent. Written by: handouts calibrate --save NAME\n"


class Printers(Model):
    """The whole of the file."""

    schema_version: Literal[1]
    printers: dict[PrinterName, Correction] = {}


def read_printers(path: Path) -> dict[str, Correction]:
    """Every printer of the file; none where there is no file yet. Raises ProblemsError."""
    for name, data in present(path.parent, [path.name]):
        return load(str(path.parent / name), data, Printers).value.printers
    return {}


def printer_named(path: Path, name: str) -> Correction:
    """What corrects one printer. Raises UsageError for a name that the file does not have, ProblemsError."""
    known = read_printers(path)
    if name not in known:
        save = "save it with: handouts calibrate --save NAME --offset x,y --scale across,down"
        raise UsageError(f"there is no printer '{name}' in {path}; {choose_from(name, known)}; {save}")
    return known[name]


def save_printer(path: Path, name: str, correction: Correction) -> None:
    """Writes one printer into the file, which keeps the others. Raises UsageError, ProblemsError."""
    if not re.fullmatch(NAME_PATTERN, name):
        raise UsageError(
            f"'{name}' is not a name for a printer; write it like office-2, in lower-case letters and digits"
        )
    printers = {**read_printers(path), name: correction}
    lines = [_HEAD, "schema_version: 1\n", "printers:\n"]
    for key, values in sorted(printers.items()):
        # In quotes, since YAML takes a bare 1 or true for no text.
        lines.append(f'  "{key}":\n')
        given = values.model_dump(exclude_none=True)
        lines += [f"    {field}: {value:.3f}\n" for field, value in given.items()]
    write_all(path.parent, [(path.name, "".join(lines).encode())])
