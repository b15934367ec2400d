"""Names of a batch's files: a request and its topics in, what its files' names begin with out.

A file's name is a stem, a hyphen and the recipient's id, so that an id must not begin as another stem goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from handouts.build.request import Request, documents_of
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
    """What no id may begin with, since a stem goes on with it where another ends: `a4-` as a rule."""
    known = tuple(all_stems)
    longer = ((one, other) for one in known for other in known if other.startswith(f"{one}-"))
    return tuple(sorted({f"{other[len(one) + 1 :]}-" for one, other in longer}))
