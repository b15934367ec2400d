"""Tells open pages that files have changed. Folders in, names of topics out, to whoever listens."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from handouts.files.disk import NOT_TOPICS
from handouts.files.watching import Watching
from handouts.web.settings import Settings

BEAT = "\0"
"""What a listener hears when nothing has changed for a while."""


class Watcher:
    """One watch over the content and templates, for any number of listeners, none of which can hold up another."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._listeners: set[asyncio.Queue[str | None]] = set()
        self._ended = False
        self._task: asyncio.Task[None] | None = None

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
        self._ended = True
        for one in self._listeners:
            _put(one, None)

    async def changes(self, beat: float) -> AsyncIterator[str]:
        """The id of each topic that changes, empty for what all share, and BEAT after so many seconds of nothing."""
        queue: asyncio.Queue[str | None] = asyncio.Queue(maxsize=64)
        self._listeners.add(queue)
        try:
            while not self._ended:
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
        settings = self._settings
        others = (settings.deck_template,) if settings.deck_template else ()
        watching = Watching(settings.content, templates=settings.templates, others=others)
        async for changed in watching.changes_soon():
            topics = {"" if one in NOT_TOPICS else one for one in changed.topics}
            for topic in sorted(topics | ({""} if changed.shared else set())):
                for listener in self._listeners:
                    _put(listener, topic)


def _put(queue: asyncio.Queue[str | None], what: str | None) -> None:
    # A page that does not listen any more has heard enough to ask anew.
    with contextlib.suppress(asyncio.QueueFull):
        queue.put_nowait(what)
