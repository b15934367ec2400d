"""Whether a theme can be read: its colours and scale in, every pair that is too close out, in words.

THEME01 is a pair below its contrast, THEME02 two parts of a bar alike in grey, THEME03 light ink on dark paper.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from handouts.model.document import KeyPath
from handouts.theme.colour import contrast, luminance
from handouts.theme.pairs import NEIGHBOURS, SHADE, Pair, pairs
from handouts.theme.schema import Colours, Theme

LOW, ALIKE, REVERSED = "THEME01", "THEME02", "THEME03"
_NAMED = 4
"""How many of the things that a pair of colours is drawn as a message names."""


class Demand(Struct, frozen=True):
    """A pair of roles, and the code of the problem that it is where the two are too close."""

    pair: Pair
    code: str = LOW

    def front(self, colours: Colours) -> str:
        """The role in front: of several, the one that stands out most."""
        back = colours.of(self.pair.back)
        return max(self.pair.front, key=lambda role: contrast(colours.of(role), back))

    def ratio(self, colours: Colours) -> float:
        """The contrast ratio of the pair."""
        return contrast(colours.of(self.front(colours)), colours.of(self.pair.back))

    def met(self, colours: Colours) -> bool:
        """Whether the two are far enough apart."""
        if self.code == REVERSED:
            return luminance(colours.ink) <= luminance(colours.paper)
        return self.ratio(colours) >= self.pair.least

    def of_role(self, role: str) -> bool:
        """Whether the role is one of the pair."""
        return role in self.pair.front or role == self.pair.back


def demands(theme: Theme) -> tuple[Demand, ...]:
    """All that the colours of a theme must meet."""
    alike = (Pair((one,), other, SHADE, "neighbouring parts of a bar, in grey") for one, other in NEIGHBOURS)
    dark = Pair(("ink",), "paper", 1.0, "QR codes and copies")
    return (*map(Demand, pairs(theme)), *(Demand(pair, ALIKE) for pair in alike), Demand(dark, REVERSED))


def unmet(theme: Theme) -> tuple[Demand, ...]:
    """Every demand that the colours of a theme do not meet."""
    return tuple(one for one in demands(theme) if not one.met(theme.colours))


Group = tuple[KeyPath, str, str, str]
"""Key to change, code, front and back."""


def grouped(
    found: Iterable[Demand], colours: Colours, blamed: Callable[[Demand], KeyPath]
) -> Iterator[tuple[Group, Sequence[Demand]]]:
    """Demands about the same two roles that the same key would mend, the strictest first."""
    groups: dict[Group, list[Demand]] = {}
    for one in found:
        groups.setdefault((blamed(one), one.code, one.front(colours), one.pair.back), []).append(one)
    for key, group in groups.items():
        yield key, sorted(group, key=lambda one: -one.pair.least)


def described(group: Sequence[Demand], colours: Colours) -> str:
    """What is wrong with two roles, the strictest of the demands on them first."""
    first = group[0]
    front, back = first.front(colours), first.pair.back
    where = _listed(list(dict.fromkeys(one.pair.what for one in group)))
    roles = f"{front} {colours.of(front)} on {back} {colours.of(back)}"
    if first.code == REVERSED:
        return f"{roles} is light on dark; {where} need dark on light"
    return f"{roles} has a contrast of {shown(first.ratio(colours))}, it needs {shown(first.pair.least)} ({where})"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f", and {more} more" if more > 0 else "")


def shown(ratio: float) -> str:
    """A contrast ratio as messages write it, never rounded up: 4.49:1."""
    return f"{math.floor(ratio * 100 + 1e-9) / 100:.2f}".rstrip("0").rstrip(".") + ":1"


def recoloured(theme: Theme, colours: dict[str, str]) -> Theme:
    """The theme with some of its roles in other colours."""
    return replace(theme, colours=replace(theme.colours, **colours))
