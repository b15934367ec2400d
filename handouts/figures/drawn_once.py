"""Remembers drawings: a function from plain values to a Figure in, the same function with a memory out.

Editions of one topic, and documents of one run, show the same figures again and again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec

from handouts.figures.shapes import Figure

P = ParamSpec("P")
_MOST = 256


def drawn_once(draw: Callable[P, Figure]) -> Callable[P, Figure]:
    """`draw`, which gives the very same Figure for the same arguments. Lists among them count as tuples."""
    remembered = lru_cache(_MOST, typed=True)(draw)

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> Figure:
        return remembered(
            *(tuple(value) if isinstance(value, list) else value for value in args),
            **{key: tuple(value) if isinstance(value, list) else value for key, value in kwargs.items()},
        )

    return drawn
