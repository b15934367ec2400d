"""How few words to cut: texts and a way to try cuts in, those that can be shorter out, each with the least number.

What is tried is the caller's: a layout of pages, a face of a card, a slide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from handouts.plan.cutting import Passage, backwards
from handouts.problems import Origin

LEAST_LEFT = 3
"""Words that are left of a text which is to be shorter; to leave it out is another thing to ask."""
_LINE = 10
"""Words of about a line: of texts of which so many more have to be cut, another may still lose a smaller part."""
WORTH = 1.25
"""How many times as many words as the least are still as good."""

Enough = Callable[[Mapping[Origin, int]], bool]
"""Whether cutting so many words of each text is enough."""


class Budget(Protocol):
    """How much is tried."""

    @property
    def exhausted(self) -> bool:
        """Whether enough was tried."""
        ...


class Way(Struct, frozen=True):
    """A way to make blocks fit: `words` cut from a passage, or from it and those before it down to `first`."""

    passage: Passage
    words: int
    first: Passage | None = None

    @property
    def share(self) -> float:
        """How much of the passage is cut."""
        return self.words / len(self.passage)


def least(enough: Callable[[int], bool], most: int) -> int | None:
    """The least number up to `most` that is enough; None where `most` is not. From one that is enough on, more are."""
    if most < 1 or not enough(most):
        return None
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def shorter_texts(budget: Budget, passages: Iterable[Passage], enough: Enough) -> list[Way]:
    """Each text of which words can be cut so that this is enough, with the least number; best first: of those that
    take about as few words the one that loses the smallest part.
    """
    found: list[Way] = []
    for passage in sorted(passages, key=len, reverse=True):
        if budget.exhausted:
            break
        most = len(passage) - LEAST_LEFT
        if found:
            most = min(most, _as_good(min(way.words for way in found)))
        words = least(lambda count, at=passage.origin: enough({at: count}), most)
        if words is not None:
            found.append(Way(passage, words))
    if not found:
        return []
    limit = _as_good(min(way.words for way in found))
    return sorted((way for way in found if way.words <= limit), key=lambda way: way.share)


def _as_good(words: int) -> int:
    return int(words * WORTH) + _LINE


def several_texts(budget: Budget, passages: Sequence[Passage], ends: Iterable[int], enough: Enough) -> Way | None:
    """The fewest words to cut from one text and those before it, tried with the text of each of these numbers as the
    last of them.
    """
    best: Way | None = None
    for number, end in enumerate(ends):
        # The first is tried in any case. Where nothing helps, each of thousands of texts would be.
        if number and budget.exhausted:
            break
        before = passages[: end + 1]
        most = sum(len(one) for one in before if one.can_go)
        if best:
            most = min(most, best.words - 1)
        words = least(lambda count, before=before: enough(backwards(before, count)), most)
        if words is not None:
            cuts = backwards(before, words)
            cut = [one for one in before if one.origin in cuts]
            best = Way(cut[-1], words, cut[0])
    return best


def of_texts(ways: Sequence[Way]) -> str:
    """What to cut of each text: `4 words from 'One…', which has 20, or 5 from 'Other…' (en.yaml:3:4)`."""
    first, *others = ways
    said = f"cut about {counted(first.words)} from {quoted_start(first.passage)}, which has {len(first.passage)}"
    return "".join(
        (said, *(f", or {way.words} from {quoted_start(way.passage)} ({way.passage.origin})" for way in others))
    )


def counted(words: int) -> str:
    """`1 word`, `4 words`."""
    return f"{words} word{'s' if words > 1 else ''}"


def quoted_start(passage: Passage) -> str:
    """The first words of a text, in quotation marks, as messages name it."""
    first = " ".join(passage.words[:6])
    return f"'{first[:60]}{'…' if len(passage) > 6 or len(first) > 60 else ''}'"


def span(way: Way) -> str:
    """From which text to which several are cut, backwards; "" for one."""
    if way.first is None or way.first.origin == way.passage.origin:
        return ""
    return f", from {quoted_start(way.passage)} back to {quoted_start(way.first)} ({way.first.origin})"
