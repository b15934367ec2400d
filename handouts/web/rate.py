"""How often a client may ask: a bucket for each that fills with time. Clients in, seconds to wait out."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable


class Rate:
    """A bounded table of clients, the one seen longest ago forgotten first, each with what it may still ask for."""

    def __init__(self, a_minute: int, clients: int, clock: Callable[[], float]) -> None:
        self._full = float(a_minute)
        self._clients = clients
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> int:
        """Takes one request of the client: 0, or after how many whole seconds it may ask again."""
        now = self._clock()
        left, then = self._left.pop(client, (self._full, now))
        left = min(self._full, left + (now - then) * self._full / 60)
        may = left >= 1
        self._left[client] = (left - 1 if may else left, now)
        if len(self._left) > self._clients:
            self._left.popitem(last=False)
        return 0 if may else max(1, math.ceil((1 - left) * 60 / self._full))
