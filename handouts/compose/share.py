"""Shares: people of so many in; percentages and rates ("18 in 100") out, none and all only where it is none or all."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from msgspec import Struct

from handouts.compose.plain import MISSING, PlainRecord, member
from handouts.compose.results import ResultView
from handouts.compose.rounding import percent_of, percent_of_share, rounded

WHOLES = (100, 1_000, 10_000, 100_000)
"""What rates are given out of."""
PERCENTAGES = ("percent", "share")
"""Names of results' percentages."""


class Rate(Struct, frozen=True):
    """`count` people in `whole`, or fewer or more than so many; with `none`, none of all who were counted."""

    count: int
    whole: int
    said: Literal["none", "fewer than", "exactly", "more than"] = "exactly"


class Share(Struct, frozen=True):
    """People of so many: `count` of `of`, or else the percentage as its source publishes it."""

    count: int | None
    of: int | None
    published: Decimal | None

    @property
    def counted(self) -> Fraction | None:
        """The share between 0 and 1, None where no count is known."""
        return None if self.count is None or self.of is None else Fraction(self.count, self.of)

    def percent(self, places: int | None = None) -> Decimal:
        """Percent with so many decimals; with none asked for, whole percent of a count, or as published. It has more
        where it would be 0 or 100 wrongly. Raises ValueError where neither is known.
        """
        if self.count is not None and self.of is not None:
            return percent_of(self.count, self.of, places or 0)
        if self.published is None:
            raise ValueError("has neither a count with its denominator nor a percentage")
        return self.published if places is None else percent_of_share(Fraction(self.published) / 100, places)

    def per(self, whole: int) -> Rate:
        """People in `whole`, rounded half up. Raises ValueError where that is not known."""
        share = self.counted
        if share is None:
            share = self._published_to(whole)
        count = int(rounded(share * whole))
        if self.count == 0 and self.of is not None:
            return Rate(0, whole, "none")
        if count == 0:
            return Rate(1, whole, "fewer than")
        # A percentage that is published as 100 may have been rounded.
        if count == whole and (share != 1 or self.counted is None):
            return Rate(whole - 1, whole, "more than")
        return Rate(count, whole)

    def _published_to(self, whole: int) -> Fraction:
        if self.published is None:
            raise ValueError("has neither a count with its denominator nor a percentage")
        decimals = max(0, -int(self.published.as_tuple().exponent))
        if 100 * 10**decimals < whole:
            raise ValueError(f"is published as {self.published}%, which does not say how many of {whole:,} that is")
        return Fraction(self.published) / 100

    def least_whole(self) -> int:
        """The smallest whole out of which its rate is a number of people, not less than one nor more than all but one.
        The largest of all where there is none.
        """
        exact = (whole for whole in WHOLES if self.per(whole).said in ("exactly", "none"))
        return next(exact, WHOLES[-1])


def misleads(value: Any, holder: Any, name: str) -> tuple[str, int] | None:
    """Why a value must not be printed: it is a result's people in 100 (`per_100`), less than one or all but less than
    one. In words, with the whole out of which its rate can be told; None where nothing is wrong with it.
    """
    share = share_of(value, holder, name) if name == "per_100" else None
    if share is None or share.counted is None or share.per(100).said not in ("fewer than", "more than"):
        return None
    rate = share.per(100)
    people = f"{share.count:,} of {share.of:,} are {rate.said} {rate.count}"
    return f"would print {value} in 100, though {people}", share.least_whole()


def one_whole(shares: Iterable[Share]) -> int:
    """The smallest whole out of which each of these shares that is not zero is one person or more; the largest of all
    where there is none.
    """
    known = [Fraction(one.published or 0) / 100 if one.counted is None else one.counted for one in shares]
    seen = [share for share in known if share]
    return next((whole for whole in WHOLES if all(share * whole >= 1 for share in seen)), WHOLES[-1])


_NAMES = ("count", "percent", "share", "per_100")
"""Names of a result that stand for its share."""


def share_of(value: Any, holder: Any, name: str) -> Share | None:
    """The share that a value is, such as a result, or that its holder is by this name, as by `percent`; else None."""
    if (found := _share(value)) is not None:
        return found
    return _share(holder) if name in _NAMES else None


def _share(record: Any) -> Share | None:
    if not isinstance(record, PlainRecord | ResultView):
        return None
    count, n, percent = (member(record, name) for name in ("count", "n", "percent"))
    return None if MISSING in (count, n, percent) else Share(count, n, percent)
