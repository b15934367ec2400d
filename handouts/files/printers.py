"""The user's file of printers: what each needs corrected, saved under a name of its own. A path in, corrections out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta
from msgspec.structs import asdict

from handouts.files.disk import YAML, UsageError, bytes_of, write_all
from handouts.files.lock import Tell, alone_in, tell_nobody
from handouts.model.base import Before, Model
from handouts.model.load import load
from handouts.problems import choose_from
from handouts.theme.printing import LEAST_SCALE, MOST_OFFSET, MOST_SCALE, Correction
from handouts.theme.schema import as_float

NAME_PATTERN = r"^[a-z0-9][a-z0-9-]{0,39}$"
PrinterName = Annotated[str, Meta(pattern=NAME_PATTERN)]
Millimetres = Annotated[float, Before(as_float), Meta(ge=-MOST_OFFSET, le=MOST_OFFSET)]
Percent = Annotated[float, Before(as_float), Meta(ge=LEAST_SCALE, le=MOST_SCALE)]
_HEAD = "# What corrects each printer, in millimetres and percent. Written by: handouts calibrate --save NAME\n"


class SavedCorrection(Model, frozen=True, kw_only=True):
    """A `Correction` as it stands in the file."""

    offset_x: Millimetres = 0.0
    offset_y: Millimetres = 0.0
    back_offset_x: Millimetres | None = None
    back_offset_y: Millimetres | None = None
    scale_x: Percent = 100.0
    scale_y: Percent = 100.0


class Printers(Model, frozen=True, kw_only=True):
    """The whole of the file."""

    schema_version: Literal[1]
    printers: dict[PrinterName, SavedCorrection] = {}


def read_printers(path: Path) -> dict[str, Correction]:
    """Every printer of the file; none where there is no file yet. Raises ProblemsError."""
    if not path.exists():
        return {}
    saved = load(str(path), bytes_of(path, YAML), Printers).value.printers
    return {printer: Correction(**asdict(values)) for printer, values in saved.items()}


def printer_named(path: Path, name: str) -> Correction:
    """What corrects one printer. Raises UsageError for a name that the file does not have, ProblemsError."""
    known = read_printers(path)
    if name not in known:
        save = "save it with: handouts calibrate --save NAME --offset x,y --scale across,down"
        raise UsageError(f"there is no printer '{name}' in {path}; {choose_from(name, known)}; {save}")
    return known[name]


def save_printer(path: Path, name: str, correction: Correction, tell: Tell = tell_nobody) -> None:
    """Writes one printer into the file, which keeps the others. Raises UsageError, ProblemsError.

    `tell` hears of it when another run that writes there has to be waited for.
    """
    if not re.fullmatch(NAME_PATTERN, name):
        raise UsageError(
            f"'{name}' is not a name for a printer; write it like office-2, in lower-case letters and digits"
        )
    with alone_in(path.parent, tell):
        printers = {**read_printers(path), name: correction}
        write_all(path.parent, [(path.name, _as_yaml(printers).encode())])


def _as_yaml(printers: Mapping[str, Correction]) -> str:
    lines = [_HEAD, "schema_version: 1\n", "printers:\n"]
    for key, values in sorted(printers.items()):
        # In quotes, since YAML takes a bare 1 or true for no text.
        lines.append(f'  "{key}":\n')
        lines += [f"    {field}: {value:.3f}\n" for field, value in asdict(values).items() if value is not None]
    return "".join(lines)
