"""Names of a batch's files: a request and its topics in, what its files' names begin with out.

A file's name is a stem, a hyphen and the recipient's id, so that an id must not begin as another stem goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath

from msgspec.structs import replace

from handouts.build.request import Request, documents_of
from handouts.files.names import folded
from handouts.outputs import Output, Paper
from handouts.theme.printing import USUAL

_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?")


def is_id(text: str) -> bool:
    """Whether a text can end a file's name."""
    return _ID.fullmatch(text) is not None


def stems(request: Request, topics: Mapping[str, Sequence[str]]) -> dict[str, tuple[Output, Paper]]:
    """What the names of files begin with, whatever their rows ask for → which document on which paper it is."""
    return {
        PurePath(asked.path).stem: (asked.output, paper)  # type: ignore[misc]
        for paper in USUAL
        for topic, languages in topics.items()
        for asked in documents_of(replace(request, paper=paper), topic, languages)  # type: ignore[arg-type]
    }


def taken(all_stems: Iterable[str]) -> tuple[str, ...]:
    """What no id, folded, may begin with, since a stem goes on with it where another ends: `a4-` as a rule."""
    known = tuple(map(folded, all_stems))
    longer = ((one, other) for one in known for other in known if other.startswith(f"{one}-"))
    return tuple(sorted({f"{other[len(one) + 1 :]}-" for one, other in longer}))


def ids_of(files: Iterable[str], all_stems: Mapping[str, tuple[Output, Paper]]) -> dict[str, str]:
    """The ids, folded, whose documents would have the names of these files, with the file that each has."""
    found: dict[str, str] = {}
    for file in files:
        for stem, (output, _) in all_stems.items():
            begin, whole = f"{folded(stem)}-", folded(file)
            if whole.startswith(begin) and whole.endswith(output.suffix):
                found.setdefault(whole[len(begin) : -len(output.suffix)], file)
    return found


def is_named(file: str, ident: str) -> bool:
    """Whether a file's name ends in an id, letter by letter as it is written."""
    return file.rpartition(".")[0].endswith(f"-{ident}")
