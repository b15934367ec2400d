"""A bounded memory for a process that makes documents all day: values under keys in, the same values out until the
room is needed. It knows nothing of what it keeps; `reading` and `build.memory` say what, and under which key.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar, cast

T = TypeVar("T")

LEAST_COST = 2_000
"""Bytes that an entry takes by itself: its key, its row, the record about it."""


class Same(Generic[T]):
    """A value as a part of a key: equal only to itself, and alive for as long as the key is, so that no other value can
    ever have its identity. For values that are frozen, and too large to be compared.
    """

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and cast("Same[object]", other).value is self.value


class Recall:
    """Values by key, the least recently used forgotten first; safe to use from several threads at once.

    `most` is the room in bytes. What a value takes is what its maker says (an estimate, since Python's values share
    parts); a value of more than a quarter of the room is not kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
        self._taken = 0

    @property
    def taken(self) -> int:
        """Bytes that what is kept takes, as its makers said."""
        return self._taken

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> object | None:
        """What is kept under a key; None where nothing is."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: T, cost: int) -> T:
        """Keeps a value; gives the one that is kept, which is another where two threads made it at once."""
        cost += LEAST_COST
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                return cast("T", found[0])
            if cost > self._most // 4:
                return value
            self._kept[key] = (value, cost)
            self._taken += cost
            while self._taken > self._most:
                _, (_, freed) = self._kept.popitem(last=False)
                self._taken -= freed
        return value

    def recalled(self, key: Hashable, make: Callable[[], T], cost: Callable[[T], int]) -> T:
        """What is kept under a key, else what `make` gives, kept from then on. What `make` raises is not kept."""
        found = self.get(key)
        if found is not None:
            return cast("T", found)
        # Made without the lock, so that nobody waits for what somebody else needs.
        value = make()
        return self.put(key, value, cost(value))

    def clear(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._kept.clear()
            self._taken = 0
