"""What was made of words that somebody typed: kept in memory alone, for minutes, under a name that nobody can guess.

It is never written to a disk and never stands in an address. A name works only in the session that it was given to.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Keep(Generic[T]):
    """A few things, each for some seconds; the oldest make room for new ones."""

    def __init__(self, most: int, most_bytes: int, seconds: float, clock: Callable[[], float]) -> None:
        self._most, self._most_bytes, self._seconds, self._clock = most, most_bytes, seconds, clock
        self._kept: OrderedDict[str, tuple[float, str, int, T]] = OrderedDict()

    def put(self, thing: T, size: int, session: str) -> str:
        """Keeps a thing of so many bytes for a session; its name, of 192 random bits."""
        name = secrets.token_urlsafe(24)
        self._kept[name] = (self._clock() + self._seconds, session, size, thing)
        self.forget_old()
        return name

    def get(self, name: str, session: str) -> T | None:
        """The thing of that name; None where it is not there, no longer there, or another session's."""
        self.forget_old()
        until, owner, _, thing = self._kept.get(name, (0.0, "", 0, None))
        return thing if until and secrets.compare_digest(owner.encode(), session.encode()) else None

    def forget_old(self) -> None:
        """Lets go of what is too old or too much."""
        now = self._clock()
        while self._kept and (
            next(iter(self._kept.values()))[0] <= now
            or len(self._kept) > self._most
            or sum(size for _, _, size, _ in self._kept.values()) > self._most_bytes
        ):
            self._kept.popitem(last=False)
