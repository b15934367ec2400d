"""Tells open pages that files have changed. Folders in, names of topics out, to whoever listens."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

SETTLING_MS = 60
"""How long to wait for more changes of the same save: editors write, rename and set times in a few steps."""


class Watcher:
    """One watch over some folders, for any number of listeners, none of which can hold up another."""

    def __init__(self, content: Path, others: Iterable[Path]) -> None:
        self._content = content.absolute()
        self._folders = tuple(path for path in (content, *others) if path.is_dir())
        self._listeners: set[asyncio.Queue[str | None]] = set()
        self._ending = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def listeners(self) -> int:
        """How many pages listen."""
        return len(self._listeners)

    def begin(self) -> None:
        """Starts to watch."""
        self._task = asyncio.create_task(self._watch())

    async def end(self) -> None:
        """Stops, and sends all listeners home."""
        self.send_home()
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def send_home(self) -> None:
        """Ends every stream, so that the server need not wait for them."""
        self._ending.set()
        for one in self._listeners:
            self._put(one, None)

    async def changes(self, beat: float) -> AsyncIterator[str]:
        """The id of each topic that changes, empty for what all share; empty after `beat` seconds of nothing, as None
        would be: see `BEAT`.
        """
        queue: asyncio.Queue[str | None] = asyncio.Queue(maxsize=64)
        self._listeners.add(queue)
        try:
            while not self._ending.is_set():
                try:
                    async with asyncio.timeout(beat):
                        found = await queue.get()
                except TimeoutError:
                    yield BEAT
                    continue
                if found is None:
                    return
                yield found
        finally:
            self._listeners.discard(queue)

    async def _watch(self) -> None:
        from watchfiles import awatch

        changes = awatch(
            *self._folders, debounce=SETTLING_MS * 8, step=SETTLING_MS, stop_event=self._ending, rust_timeout=1000,
            yield_on_timeout=False, raise_interrupt=False,
        )  # fmt: skip
        async for found in changes:
            topics = {self._topic_of(Path(path)) for _, path in found}
            for topic in sorted(topics):
                for listener in self._listeners:
                    self._put(listener, topic)

    def _topic_of(self, path: Path) -> str:
        """The topic that a file is of; empty for templates, clinics and what else all documents may need."""
        with contextlib.suppress(ValueError):
            parts = path.absolute().relative_to(self._content).parts
            return parts[0] if len(parts) > 1 else ""
        return ""

    @staticmethod
    def _put(queue: asyncio.Queue[str | None], what: str | None) -> None:
        with contextlib.suppress(asyncio.QueueFull):
            queue.put_nowait(what)


BEAT = "\0"
"""What a listener hears when nothing has changed for a while."""
