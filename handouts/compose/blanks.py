"""What templates get for a clinic's words when a plan is composed once for many: something to print, not to read.

A template may print a blank, join it with others, and ask whether it is there. One that asks for more says something
that depends on the words, so that its documents must be composed one by one.
"""

from __future__ import annotations

from typing import Any, NoReturn

from markupsafe import Markup, escape

from handouts.plan.blanks import FILLER, blank


class LookedAtError(Exception):
    """A template did more with a clinic's words than to print them."""


class Blank:
    """Prints as the blank of a field; everything else but being true raises LookedAtError."""

    __slots__ = ("__html",)

    def __init__(self, field: str) -> None:
        self.__html = Markup(f'<span data-at="0:0:{escape(blank(field).file)}">{FILLER}</span>')  # noqa: S704 - escaped

    def __html__(self) -> Markup:
        return self.__html

    def __bool__(self) -> bool:
        return True

    def __getattr__(self, _name: str) -> NoReturn:
        raise LookedAtError

    def _refuse(self, *_others: Any) -> NoReturn:
        raise LookedAtError

    __str__ = __len__ = __hash__ = __iter__ = __contains__ = __getitem__ = _refuse  # type: ignore[assignment]
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse  # type: ignore[assignment]
    __add__ = __radd__ = __mod__ = __mul__ = __int__ = __float__ = __call__ = _refuse  # type: ignore[assignment]
