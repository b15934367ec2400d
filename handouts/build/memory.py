"""What a process that makes documents all day remembers of those it made: files, findings, plans, whole documents.

Hand the same `Memory` to each `make` or `examine`; their results are those of a run without one. Files are read anew
each time and known by the SHA-256 of their bytes, never by their dates; what is made of values is known by the values.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import cast

from msgspec.structs import replace

from handouts.build.inputs import input_digests
from handouts.build.request import Request, has_note
from handouts.build.result import Result
from handouts.files.clinic_text import ClinicText
from handouts.files.reading import Reading
from handouts.files.recall import Recall

MOST_BYTES = 256_000_000
"""The room that a memory has unless it is told otherwise."""

PLAN, SMALL = 600_000, 4_000
"""Bytes that are counted for a plan with what was found in it, and for a value of few parts.

A further handout of the shipped topic takes some 350 kB in all, measured; plans of longer topics take more.
"""


class Memory:
    """Loaded files, what checks found, plans, and whole documents; safe to use from several threads at once.

    `most_bytes` bounds it: three quarters for what documents are made from, a quarter for documents. Bytes of files and
    documents are counted, of loaded values and plans what they take at most on 64 bits; the oldest go first.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._parts, self._documents = Recall(most_bytes * 3 // 4), Recall(most_bytes // 4)

    @property
    def taken(self) -> int:
        """Bytes that are taken, as they are counted."""
        return self._parts.taken + self._documents.taken

    def reading(self) -> Reading:
        """The files of one run, as this memory knows them."""
        return Reading(self._parts)

    def clear(self) -> None:
        """Forgets everything."""
        self._parts.clear()
        self._documents.clear()

    def result(self, request: Request, topics: Iterable[str], reading: Reading, make: Callable[[], Result]) -> Result:
        """The result of a request, made only where none is remembered that was made of the same bytes."""
        key = _whole(request, tuple(topics), reading)
        if key is None:
            return make()
        found = self._documents.get(key)
        if found is not None:
            return cast("Result", found)
        result = make()
        if any(one.severity == "error" for one in result.findings):
            # What stops a run is looked for again: it may lie in what no digest covers, such as a folder's rights.
            return result
        return self._documents.put(key, result, sum(len(one.data) + PLAN // 4 for one in result.made))


def _whole(request: Request, topics: tuple[str, ...], reading: Reading) -> Hashable | None:
    """All that the result of a request depends on; None where that cannot be read, or may not be remembered."""
    if has_note(request):
        # A clinician's words about a patient are for one print.
        return None
    digests = input_digests(request, topics, reading)
    if len(digests) < len(topics):
        return None
    given = request.clinic
    # What was typed the digests tell; its name is what messages call it, as a path is that of a file.
    clinic, rest = (given.name, replace(request, clinic=None)) if isinstance(given, ClinicText) else (None, request)
    # Two files with the same text are two places to messages.
    own = reading.templates_in(request.templates) if request.templates else ()
    return rest, clinic, tuple(digests.items()), own
