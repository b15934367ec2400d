"""Which topics changed on the disk: the folders and files of a build in, sets of the topics to make anew out.

watchfiles, which the extra `web` brings, tells at once that something happened; what it was is seen by looking, so that
it does not matter how an editor writes: in place, by renaming another file, or several files at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from pathlib import Path
from threading import Event
from typing import TypeAlias

from msgspec import Struct

from handouts.files.disk import NOT_WORDS, PICTURES, YAML, bytes_of, files_of_templates, named_in, template_folders
from handouts.model.yaml_source import read_yaml
from handouts.problems import ProblemsError

LOOK_MS = 100
"""How often to look at what no folder's watch covers: single files, and whether the folders are still there."""
STEP_MS, SETTLING_S, LONGEST_S = 20, 0.03, 0.2
"""A save is over when nothing changed for a moment; who writes on and on is waited for no longer than this."""

Signature: TypeAlias = tuple[str, int, int, int, int]
_Seen: TypeAlias = Mapping[str, frozenset[Signature]]


class Changed(Struct, frozen=True):
    """What a save changed: the topics to make anew (all of them where `shared` changed: a template, the clinic's file),
    and the files that were there and are gone.
    """

    topics: frozenset[str]
    gone: tuple[Path, ...] = ()
    shared: bool = False


class Watching:
    """A watch over a content folder, templates and single files from the moment that it is made.

    `topics` are those to look at, all where there are none; `clinic` brings its logo; what lies in `out` is nobody's.
    """

    def __init__(
        self,
        content: Path,
        topics: tuple[str, ...] = (),
        templates: Path | None = None,
        clinic: Path | None = None,
        others: tuple[Path, ...] = (),
        out: Path | None = None,
    ) -> None:
        self._content, self._topics, self._templates = content, topics, templates
        self._clinic, self._others, self._out = clinic, others, out
        self._logo: tuple[Signature | None, Path | None] = (None, None)
        self._single = self._single_files()
        self._seen = self._look()

    def changes(self, stop: Event | None = None) -> Iterator[Changed]:
        """What changes from now on, a save at a time, until `stop` is set. Raises KeyboardInterrupt when a user stops
        it, and ModuleNotFoundError without watchfiles.
        """
        from watchfiles import watch

        stop = stop or Event()
        while not stop.is_set():
            roots = self._roots()
            if not roots:
                stop.wait(LOOK_MS / 1000)
            wakes: Iterator[object] = (
                watch(
                    *(path for path, *_ in roots), step=STEP_MS, debounce=int(LONGEST_S * 1000), rust_timeout=LOOK_MS,
                    yield_on_timeout=True, stop_event=stop, watch_filter=None, raise_interrupt=True,
                )
                if roots
                else iter(((),))
            )  # fmt: skip
            try:
                # What happened before the watch began has woken nobody.
                begun = False
                for events in wakes:
                    if events or not begun or self._single_files() != self._single:
                        yield from self._changed()
                    begun = True
                    if self._roots() != roots:
                        break
            except FileNotFoundError:
                # A folder went away while its watch began.
                stop.wait(LOOK_MS / 1000)
            finally:
                close = getattr(wakes, "close", None)
                if close:
                    close()

    async def changes_soon(self) -> AsyncIterator[Changed]:
        """The same for a server: nothing of it waits in the loop's own thread."""
        stop = Event()
        found = self.changes(stop)
        try:
            while (one := await asyncio.to_thread(next, found, None)) is not None:
                yield one
        finally:
            stop.set()

    def _changed(self) -> Iterator[Changed]:
        now, began = self._look(), time.monotonic()
        if now == self._seen:
            return
        while time.monotonic() - began < LONGEST_S:
            time.sleep(SETTLING_S)
            before, now = now, self._look()
            if before == now:
                break
        before, self._seen, self._single = self._seen, now, self._single_files()
        changed = {topic for topic in before.keys() | now.keys() if before.get(topic) != now.get(topic)}
        names = [{one[0] for found in seen.values() for one in found} for seen in (before, now)]
        gone = tuple(Path(name) for name in sorted(names[0] - names[1]))
        if changed:
            yield Changed(frozenset(changed - {""}), gone, shared="" in changed)

    def _roots(self) -> tuple[tuple[Path, int, int], ...]:
        """The folders to watch that are there, each with what tells it from another of its name."""
        found: list[tuple[Path, int, int]] = []
        for folder in (self._content, *template_folders(self._templates)):
            with contextlib.suppress(OSError):
                stat = folder.stat()
                found.append((folder, stat.st_dev, stat.st_ino))
        return tuple(found)

    def _look(self) -> _Seen:
        """What stands where: under each topic its files, under "" what all of them share."""
        seen: dict[str, frozenset[Signature]] = {}
        names: tuple[str, ...] = self._topics
        if not names:
            with contextlib.suppress(OSError):
                names = tuple(sorted(one.name for one in os.scandir(self._content) if one.is_dir()))
        for name in names:
            if not name.startswith("."):
                seen[name] = frozenset(self._files_in(self._content / name))
        shared: set[Signature] = set(self._single_files())
        for folder in template_folders(self._templates):
            with contextlib.suppress(OSError):
                shared.update(signatures(folder / name for name in files_of_templates(folder)))
        seen[""] = frozenset(shared)
        return seen

    def _files_in(self, topic: Path) -> Iterator[Signature]:
        """The words and pictures of a topic; what editors keep beside them is none of it."""
        for folder, folders, names in os.walk(topic):
            folders[:] = [one for one in folders if not one.startswith(".") and Path(folder, one) != self._out]
            wanted = (one for one in names if not one.startswith(".") and one.lower().endswith((".yaml", *PICTURES)))
            yield from signatures(Path(folder, one) for one in wanted)

    def _single_files(self) -> frozenset[Signature]:
        paths = [path for path in (self._clinic, self._logo_of_clinic(), *self._others) if path is not None]
        return frozenset(signatures(paths))

    def _logo_of_clinic(self) -> Path | None:
        """The logo that the clinic's file names; read again only when that file has changed."""
        if self._clinic is None:
            return None
        signature = next(iter(signatures([self._clinic])), None)
        if signature != self._logo[0]:
            self._logo = (signature, _logo_in(self._clinic))
        return self._logo[1]


def language_of(path: Path) -> str | None:
    """The language whose words a file of a topic has; None for another file."""
    return path.stem if path.suffix == ".yaml" and path.name not in NOT_WORDS else None


def _logo_in(clinic: Path) -> Path | None:
    with contextlib.suppress(ProblemsError, OSError):
        logo = read_yaml(clinic.name, bytes_of(clinic, YAML)).value.get("logo")
        name = logo.get("file") if isinstance(logo, dict) else None
        return named_in(clinic.parent, name) if isinstance(name, str) else None
    return None


def signatures(paths: Iterable[Path]) -> Iterator[Signature]:
    """What tells each file that is there from itself before a save. No editor can set back the time of its change."""
    for path in paths:
        with contextlib.suppress(OSError, ValueError):
            found = path.stat()
            yield str(path), found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
