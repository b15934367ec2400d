"""Remembers results for the very same arguments: a function in, the function with a memory keyed by identity out.

For values that are frozen but cannot be hashed, or are too large to hash often, such as topics and figures.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def by_identity(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A decorator: the last `most` results are kept, with the positional arguments that they were made from."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        kept: OrderedDict[tuple[int, ...], tuple[tuple[object, ...], R]] = OrderedDict()

        @wraps(function)
        def remembering(*args: P.args, **kwargs: P.kwargs) -> R:
            key = tuple(map(id, args))
            found = kept.get(key)
            # While an entry is kept its arguments live, so that no other object can have their identities.
            if found is None:
                found = (args, function(*args, **kwargs))
                kept[key] = found
                if len(kept) > most:
                    kept.popitem(last=False)
            return found[1]

        return remembering

    return decorate
