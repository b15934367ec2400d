"""How many tries it takes to say what to cut: never more than there is time for."""

from __future__ import annotations

from msgspec import Struct

from handouts.plan.cutting import Passage
from handouts.plan.shortening import several_texts
from handouts.problems import Origin


class Tries(Struct):
    """So many are left; `made` counts all."""

    left: int
    made: int = 0

    @property
    def exhausted(self) -> bool:
        return self.left <= 0

    def never(self, _cuts: object) -> bool:
        self.left -= 1
        self.made += 1
        return False


def test_where_no_cut_helps_only_so_many_are_tried() -> None:
    passages = [Passage(Origin("en.yaml", line, 3), ("One", "two", "three", "four", "five.")) for line in range(9_000)]
    tries = Tries(20)
    assert several_texts(tries, passages, range(len(passages) - 1, -1, -1), tries.never) is None
    assert tries.made <= 21
