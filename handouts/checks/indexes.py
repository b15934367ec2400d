"""The items of two published indexes of clear communication: which of them rules can judge, and how they come out.

CDC Clear Communication Index (cdc.gov/ccindex), 20 items; AHRQ PEMAT-P (ahrq.gov, PEMAT and User's Guide), 24 items.
The items are told in our words. A program can see that an item is broken, or that what it can count is in order;
whether readers understand is for a person to say, and such items are never counted as met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from msgspec import Struct

from handouts.checks.phrases import amount_of, has_decimals, numbers_in
from handouts.checks.reading.level import tongue_of
from handouts.checks.rule import OfPlan
from handouts.plan.blocks import FigureBlock, ListBlock, Table, walk
from handouts.plan.documents import Handout

Outcome = Literal["met", "not met", "not applicable", "for a person"]


def _always(_subject: OfPlan) -> bool:
    return True


def _has_table(subject: OfPlan) -> bool:
    return _has(subject, Table)


def _has_picture(subject: OfPlan) -> bool:
    return _has(subject, FigureBlock)


def _has_list(subject: OfPlan) -> bool:
    return _has(subject, ListBlock)


def _has(subject: OfPlan, kind: type[Table | FigureBlock | ListBlock]) -> bool:
    return isinstance(subject.plan, Handout) and any(isinstance(block, kind) for block in walk(subject.plan.blocks))


def _knows_actions(subject: OfPlan) -> bool:
    return bool(subject.lexicon.actions)


def _knows_passive(subject: OfPlan) -> bool:
    return subject.lexicon.passive is not None


def _knows_plainer(subject: OfPlan) -> bool:
    return bool(subject.lexicon.plainer)


def _can_measure(subject: OfPlan) -> bool:
    return tongue_of(subject.words.value.language) is not None and _knows_plainer(subject)


def _knows_rates(subject: OfPlan) -> bool:
    return bool(subject.lexicon.risk.shares and subject.lexicon.risk.counts)


def _whole_numbers_alone(subject: OfPlan) -> bool:
    """Decimals outside rates, such as months, are for a person to judge."""
    texts = (one.text for section in subject.sections for one in section.sentences)
    decimals = (
        number for text in texts for number in numbers_in(text) if has_decimals(amount_of(number, subject.formats))
    )
    return _knows_rates(subject) and not any(decimals)


class ScoredItem(Struct, frozen=True):
    """One item: its number, what it asks for, and the codes of the rules that judge it (none: a person does).

    `judgeable` says whether the rules can judge it in this handout and language; `applies`, whether it applies at all.
    """

    number: int
    asks: str
    rules: tuple[str, ...] = ()
    judgeable: Callable[[OfPlan], bool] = _always
    applies: Callable[[OfPlan], bool] = _always


class Index(Struct, frozen=True):
    """A published index. `pass_mark` is the percentage of its own score, over all items, from which it is passed."""

    name: str
    pass_mark: int
    items: tuple[ScoredItem, ...]


CDC = Index(
    "CDC Clear Communication Index",
    90,
    (
        ScoredItem(1, "has one main message", ("CLEAR01",)),
        ScoredItem(2, "puts it at the top", ("CLEAR01",)),
        ScoredItem(3, "makes it stand out", ("CLEAR01",)),
        ScoredItem(4, "has a picture that supports it"),
        ScoredItem(5, "calls to action", ("CLEAR02",), _knows_actions),
        ScoredItem(6, "is active in message and calls", ("CLEAR03",), _knows_passive),
        ScoredItem(7, "uses its readers' words, terms explained at first use", ("READ02", "READ03"), _knows_plainer),
        ScoredItem(8, "has lists, of seven items at most", ("CLEAR05",), _has_list),
        ScoredItem(9, "has parts with headings", ("CLEAR06",)),
        ScoredItem(10, "sums up what matters most at the start"),
        ScoredItem(11, "says what is known and what is not"),
        ScoredItem(12, "recommends what to do"),
        ScoredItem(13, "says why"),
        ScoredItem(14, "says how and when"),
        ScoredItem(15, "has numbers that its readers use", ("CLEAR11",), _whole_numbers_alone),
        ScoredItem(16, "explains what its numbers mean"),
        ScoredItem(17, "asks for no arithmetic", ("RISK01", "RISK04"), _knows_rates),
        ScoredItem(18, "says what the risk is"),
        ScoredItem(19, "tells benefits and harms"),
        ScoredItem(20, "puts chances in words or pictures too"),
    ),
)
PEMAT_P = Index(
    "AHRQ PEMAT-P",
    70,
    (
        ScoredItem(1, "makes its purpose plain"),
        ScoredItem(2, "has nothing that distracts"),
        ScoredItem(3, "uses everyday words", ("READ01", "READ03"), _can_measure),
        ScoredItem(4, "explains medical terms", ("READ02",)),
        ScoredItem(5, "is in the active voice", ("CLEAR04",), _knows_passive),
        ScoredItem(6, "has numbers that are easy to understand"),
        ScoredItem(7, "asks for no calculation", ("RISK01", "RISK04"), _knows_rates),
        ScoredItem(8, "has short sections", ("CLEAR06",)),
        ScoredItem(9, "has headings that tell"),
        ScoredItem(10, "follows a logical order"),
        ScoredItem(11, "has a summary", ("CLEAR09",)),
        ScoredItem(12, "draws the eye to key points", ("CLEAR01",)),
        ScoredItem(15, "has pictures wherever they help"),
        ScoredItem(16, "has pictures that support the text"),
        ScoredItem(17, "gives pictures a title or caption", ("CLEAR07",), applies=_has_picture),
        ScoredItem(18, "has clear pictures"),
        ScoredItem(19, "has simple tables with short heads", ("CLEAR08",), applies=_has_table),
        ScoredItem(20, "names something that readers can do", ("CLEAR02",), _knows_actions),
        ScoredItem(21, "speaks to its readers", ("CLEAR02",), _knows_actions),
        ScoredItem(22, "breaks it into steps"),
        ScoredItem(23, "gives a tool such as a checklist", ("CLEAR10",)),
        ScoredItem(24, "shows how to calculate, where that is asked"),
        ScoredItem(25, "says how to use charts and tables"),
        ScoredItem(26, "has pictures wherever they help to act"),
    ),
)
INDEXES = (CDC, PEMAT_P)


class Scored(Struct, frozen=True):
    """An index over one handout: each of its items with its outcome."""

    index: Index
    outcomes: tuple[tuple[ScoredItem, Outcome], ...]

    def items(self, outcome: Outcome) -> tuple[ScoredItem, ...]:
        """The items with an outcome."""
        return tuple(item for item, one in self.outcomes if one == outcome)

    @property
    def percent(self) -> int | None:
        """How many of the items that rules judge are met, in percent; None where rules judge none."""
        met, broken = len(self.items("met")), len(self.items("not met"))
        return round(100 * met / (met + broken)) if met + broken else None


def scored(index: Index, subject: OfPlan, codes: Iterable[str]) -> Scored:
    """An index over a handout in which the rules with these codes found something."""
    broken = frozenset(codes)

    def outcome(item: ScoredItem) -> Outcome:
        if not item.applies(subject):
            return "not applicable"
        if broken.intersection(item.rules):
            return "not met"
        return "met" if item.rules and item.judgeable(subject) else "for a person"

    return Scored(index, tuple((item, outcome(item)) for item in index.items))
