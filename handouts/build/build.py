"""The build: which documents are out of date, made and written all or none, with a manifest.

In: a `Request` (what the command line asks for). Out: files in its output folder. Raises ProblemsError for mistakes of
the content and UsageError for those of the command line; nothing is written then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from handouts.build.inputs import input_digests
from handouts.build.request import Asked, Request, all_documents_of, chosen
from handouts.build.result import Made, Result
from handouts.files.disk import DOCUMENT, UsageError, digests_in, write_all
from handouts.files.lock import Tell, alone_in, tell_nobody
from handouts.files.manifest import NAME, Entry, entries_in, manifest_in, merged, paths_in
from handouts.files.names import folded
from handouts.files.recipients_files import recipients_files
from handouts.problems import Problem

if TYPE_CHECKING:
    from handouts.build.memory import Memory


def build(request: Request, *, force: bool = False, tell: Tell = tell_nobody, memory: Memory | None = None) -> Result:
    """Makes the documents and writes them with the manifest. Raises ProblemsError or UsageError; writes none then.

    A document is kept as it is where the manifest says that it was made from the same inputs, unless `force` is set.
    `tell` hears of it when another run that writes to the output folder has to be waited for. A process that builds
    again and again gives each build the same `memory`.
    """
    topics = chosen(request)
    digests = input_digests(request, topics)
    asked = all_documents_of(request, topics)
    before = manifest_in(request.out)
    _check_room(request.out, [one.path for one in asked], before)
    kept = () if force else tuple(_up_to_date(request, asked, digests, before))
    told = {_located(finding, request.content) for entry in kept for finding in entry.findings}
    if len(kept) == len(asked) and asked:
        _write(request.out, [], tell)
        return Result((), tuple(sorted(told)), kept)
    # A run that makes nothing need not load what makes documents.
    from handouts.build.make import make

    result = make(request, skip={entry.path for entry in kept}, memory=memory)
    made = [replace(one, entry=replace(one.entry, inputs=digests.get(one.entry.topic, ""))) for one in result.made]
    _write(request.out, made, tell)
    return Result(tuple(made), tuple(sorted(told | set(result.findings))), kept)


def _check_room(out: Path, names: Iterable[str], before: str) -> None:
    """Raises UsageError where a document would be written over one with a like name, or over a recipient's."""
    names = tuple(names)
    there = {folded(path): path for path in paths_in(before)}
    for name in sorted(recipients_files(out, names)):
        # A build's own may end like the id of a recipient; one that it lists and that was taken away is a batch's now.
        entry = entries_in(before).get(name)
        if entry is None or entry.sha256 != dict(digests_in(out, [name], DOCUMENT)).get(name):
            raise UsageError(f"cannot write {out / name}: a batch made it for a recipient; choose another --out")
    for name in names:
        path = out / name
        other = there.get(folded(name), name)
        if other != name and (out / other).exists():
            advice = "move it away, rename one of the two, or choose another --out"
            raise UsageError(f"cannot write {path}: some disks take it for {other}, which is there; {advice}")


def _write(out: Path, made: Sequence[Made], tell: Tell) -> None:
    """Writes documents, and their entries into the manifest as it is by now: another build may have added its own."""
    if not made and _merged(out, ()) is None:
        return
    with alone_in(out, tell):
        _check_room(out, [one.entry.path for one in made], manifest_in(out))
        manifest = _merged(out, made)
        if manifest is not None:
            write_all(out, [*((one.entry.path, one.data) for one in made), (NAME, manifest.encode())])


def _merged(out: Path, made: Sequence[Made]) -> str | None:
    """The manifest with the entries of what was made; None where it stays as it is and nothing was made.

    A file that somebody changed or deleted leaves the manifest, even by a run that makes nothing.
    """
    before = manifest_in(out)
    entries = [one.entry for one in made]
    others = set(paths_in(before)) - {entry.path for entry in entries}
    manifest = merged(before, entries, dict(digests_in(out, others, DOCUMENT)))
    return manifest if made or manifest != before else None


def _up_to_date(request: Request, asked: Iterable[Asked], digests: dict[str, str], before: str) -> Iterable[Entry]:
    """The entries of files that are there, unchanged, and would be made again just as they are."""
    entries = entries_in(before)
    for one in asked:
        entry = entries.get(one.path)
        if entry is None or entry.inputs != digests.get(one.topic):
            continue
        # A strict run stops at what was found, so it has to find it again.
        if request.strict and entry.findings:
            continue
        if dict(digests_in(request.out, [one.path], DOCUMENT)).get(one.path) == entry.sha256:
            yield entry


def _located(finding: Problem, content: Path) -> Problem:
    """A finding of the manifest, which names files from the content folder, with the file's path."""
    path = content / finding.origin.file
    return replace(finding, origin=replace(finding.origin, file=str(path))) if path.is_file() else finding
