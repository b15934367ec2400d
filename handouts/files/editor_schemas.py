"""`handouts schema`: the schemas of all files that people write, as JSON Schema files from which editors complete.

In: a folder. Out: one `<name>.schema.json` a kind of file, or what is wrong with those that are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from handouts.exchange.index import Index
from handouts.files.disk import SCHEMA, digests_in, write_all
from handouts.files.lock import alone_in
from handouts.model.base import Model
from handouts.model.clinic import Clinic
from handouts.model.json_schema import schemas
from handouts.model.locale import Locale
from handouts.model.plain import PlainLanguage
from handouts.model.print_set import PrintSet
from handouts.model.topic import Topic
from handouts.model.words import Words
from handouts.problems import Origin, ProblemsError, error
from handouts.theme.schema import Theme
from handouts.theme.sheet import Sheet

SCHEMAS: Mapping[str, type[Model]] = {
    "topic": Topic,
    "words": Words,
    "clinic": Clinic,
    "set": PrintSet,
    "locale": Locale,
    "theme": Theme,
    "sheet": Sheet,
    "plain": PlainLanguage,
    "index": Index,
}
"""Kind of file → its schema class. The index is written by the program, and read by others."""


def write_schemas(out: Path) -> tuple[Path, ...]:
    """Writes every schema into the folder and returns their paths. Raises UsageError where it cannot be written."""
    texts = schemas(SCHEMAS)
    with alone_in(out):
        write_all(out, [(name, text.encode()) for name, text in texts.items()])
    return tuple(out / name for name in texts)


def check_schemas(out: Path) -> None:
    """Raises ProblemsError naming every schema that the folder lacks (EDITOR01) or has in another state (EDITOR02)."""
    texts = schemas(SCHEMAS)
    found = dict(digests_in(out, texts, SCHEMA))
    instead = f"run: handouts schema --out {out}"
    problems = [
        error(Origin(str(out / name)), "EDITOR02" if name in found else "EDITOR01",
              "is out of date" if name in found else "is missing", instead)
        for name, text in texts.items()
        if found.get(name) != sha256(text.encode()).hexdigest()
    ]  # fmt: skip
    if problems:
        raise ProblemsError(problems)
