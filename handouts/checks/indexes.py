"""The items of two published indexes of clear communication: which of them rules can judge, and how they come out.

CDC Clear Communication Index (cdc.gov/ccindex), 20 items; AHRQ PEMAT-P (ahrq.gov, PEMAT and User's Guide), 24 items.
The items are told in our words. A rule can show that an item is broken. That one is met is said only where what it
asks can be seen in the composed document, so that nobody who reads it could say otherwise; the rest a person judges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from msgspec import Struct

from handouts.checks.clear_communication import MOST_ITEMS
from handouts.checks.reading.sentences import Sentence
from handouts.checks.reading.verbs import may_have_verb
from handouts.checks.rule import OfPlan
from handouts.plan.blocks import Block, Box, FigureBlock, Heading, ListBlock, Picture, Table, texts, walk
from handouts.plan.documents import Handout
from handouts.plan.text import origins

Outcome = Literal["met", "not met", "not applicable", "for a person"]


def never_met(_subject: OfPlan) -> bool:
    """What no rule can see: such an item is for a person to judge."""
    return False


def _always(_subject: OfPlan) -> bool:
    return True


def _has_table(subject: OfPlan) -> bool:
    return any(isinstance(block, Table) for block in _blocks(subject))


def _has_picture(subject: OfPlan) -> bool:
    return any(isinstance(block, FigureBlock) for block in _blocks(subject))


def _blocks(subject: OfPlan) -> Iterator[Block]:
    if isinstance(subject.plan, Handout):
        yield from walk(subject.plan.blocks)


def _message_comes_first(subject: OfPlan) -> bool:
    """Whether the words of the main message stand in its box above all sections."""
    where = subject.words.document.origin(("handout", "main_message"))
    for block in _blocks(subject):
        if isinstance(block, Heading) and block.level == 2:
            break
        if isinstance(block, Box) and block.role == "message":
            said = (runs for inner in walk(block.blocks) for runs in texts(inner))
            return any(where in origins(runs) for runs in said)
    return False


def _has_short_lists(subject: OfPlan) -> bool:
    """Whether there are lists with marks or numbers, none of them long."""
    lists = [block for block in _blocks(subject) if isinstance(block, ListBlock) and block.marker != "none"]
    return bool(lists) and all(len(one.items) <= MOST_ITEMS for one in lists)


def _has_captions(subject: OfPlan) -> bool:
    """Whether every drawing has a caption of its own, and no picture stands beside them that may need one."""
    drawings = [block for block in _blocks(subject) if isinstance(block, FigureBlock)]
    others = any(isinstance(block, Picture) and block.alt for block in _blocks(subject))
    return bool(drawings) and not others and all(one.caption or not one.figure.alt for one in drawings)


def _surely_calls(subject: OfPlan) -> bool:
    """Whether a whole sentence can be nothing but a request to its reader ("Ask your care team.")."""
    return any(_is_call(subject, one) for section in subject.sections for one in section.sentences)


def _is_call(subject: OfPlan, sentence: Sentence) -> bool:
    """Whether it begins with a word for doing something and "your", so that it can only be a verb said to a reader."""
    first, *rest = (word.key for word in sentence.words)
    if not sentence.whole or sentence.place == "heading" or "?" in sentence.text:
        return False
    if first not in subject.lexicon.actions or subject.lexicon.verbs is None:
        return False
    you = subject.lexicon.you
    # "Use by your child is not safe" has its verb further on, "Talk to your doctor" has it at the front.
    if any(key in you for key in rest[:1]):
        return True
    return any(key in you for key in rest[1:2]) and not may_have_verb(sentence.words[1:], subject.lexicon.verbs)


class ScoredItem(Struct, frozen=True):
    """One item: its number, what it asks for, and what a person looks at who judges it.

    `rules` are the codes of the rules whose findings break it. `met` says whether the document shows beyond doubt that
    it is met; `applies`, whether the item applies at all.
    """

    number: int
    asks: str
    look: str
    rules: tuple[str, ...] = ()
    met: Callable[[OfPlan], bool] = never_met
    applies: Callable[[OfPlan], bool] = _always


class Index(Struct, frozen=True):
    """A published index."""

    name: str
    items: tuple[ScoredItem, ...]


CDC = Index(
    "CDC Clear Communication Index",
    (
        ScoredItem(1, "has one main message", "does the box say one thing, the one that matters most?", ("CLEAR01",)),
        ScoredItem(2, "puts it at the top", "does it stand before all else?", (), _message_comes_first),
        ScoredItem(3, "makes it stand out", "does the printed box catch the eye first?"),
        ScoredItem(4, "has a picture that supports it", "does a picture show what the main message says?"),
        ScoredItem(5, "calls to action", "does it ask its readers to do something?", ("CLEAR02",), _surely_calls),
        ScoredItem(6, "is active in message and calls", "who does it, in each sentence of them?", ("CLEAR03",)),
        ScoredItem(
            7, "uses its readers' words, terms explained at first use",
            "which word would a reader not use, or not know?", ("READ02", "READ03", "CLEAR14"),
        ),
        ScoredItem(8, "has lists, of seven items at most", "could words in a row be a list?", ("CLEAR05",),
                   _has_short_lists),
        ScoredItem(9, "has parts with headings", "is each part short, and does its heading say what is in it?",
                   ("CLEAR06",)),
        ScoredItem(10, "sums up what matters most at the start", "is it in the first paragraph or section?"),
        ScoredItem(11, "says what is known and what is not", "does it say what nobody knows yet?"),
        ScoredItem(12, "recommends what to do", "does it say what is good to do?"),
        ScoredItem(13, "says why", "is there a reason beside each request?"),
        ScoredItem(14, "says how and when", "whom to call, when, by which steps?", ("CLEAR16",)),
        ScoredItem(15, "has numbers that its readers use", "would a reader say each so?", ("CLEAR11", "CLEAR12")),
        ScoredItem(16, "explains what its numbers mean", "what does each number mean to a reader?", ("CLEAR13",)),
        ScoredItem(17, "asks for no arithmetic", "does a reader have to add, divide or compare wholes?",
                   ("RISK01", "RISK04")),
        ScoredItem(18, "says what the risk is", "what may happen, and to whom?"),
        ScoredItem(19, "tells benefits and harms", "are both told of what it recommends?"),
        ScoredItem(20, "puts chances in words or pictures too", "is each chance also said or drawn?"),
    ),
)  # fmt: skip
PEMAT_P = Index(
    "AHRQ PEMAT-P",
    (
        ScoredItem(1, "makes its purpose plain", "can a reader say after a glance what it is for?"),
        ScoredItem(2, "has nothing that distracts", "what could go?"),
        ScoredItem(3, "uses everyday words", "which word is not of every day?", ("READ01", "READ03")),
        ScoredItem(4, "explains medical terms", "is each explained where it is first met?", ("READ02", "CLEAR14")),
        ScoredItem(5, "is in the active voice", "who does it, in most of its sentences?", ("CLEAR04",)),
        ScoredItem(6, "has numbers that are easy to understand", "would a reader retell each?", ("CLEAR11", "CLEAR12")),
        ScoredItem(7, "asks for no calculation", "does a reader have to add, divide or count?", ("RISK01", "RISK04")),
        ScoredItem(8, "has short sections", "which one is too long to be read at once?", ("CLEAR06",)),
        ScoredItem(9, "has headings that tell", "does each say what is under it?"),
        ScoredItem(10, "follows a logical order", "is each thing known when it is needed?"),
        ScoredItem(11, "has a summary", "do the key facts, or a box, say the main points again?", ("CLEAR09",)),
        ScoredItem(12, "draws the eye to key points", "in print, what is seen first?"),
        ScoredItem(15, "has pictures wherever they help", "what would a drawing say better?"),
        ScoredItem(16, "has pictures that support the text", "does each show what is said beside it?"),
        ScoredItem(
            17, "gives pictures a title or caption", "does what stands above or below each name it?", ("CLEAR07",),
            _has_captions, _has_picture,
        ),
        ScoredItem(18, "has clear pictures", "can each be read in print, without colors?"),
        ScoredItem(19, "has simple tables with short heads", "does a reader find a cell at once?", ("CLEAR08",),
                   applies=_has_table),
        ScoredItem(20, "names something that readers can do", "is there one thing to do?", ("CLEAR02",), _surely_calls),
        ScoredItem(21, "speaks to its readers", "is every request put to them?", ("CLEAR02",)),
        ScoredItem(22, "breaks it into steps", "is each step one thing to do?"),
        ScoredItem(23, "gives a tool such as a checklist", "is there one wherever it would help?", ("CLEAR10",)),
        ScoredItem(24, "shows how to calculate, where that is asked", "is any reckoning shown?"),
        ScoredItem(25, "says how to use charts and tables", "is there a sentence on how to read each?"),
        ScoredItem(26, "has pictures wherever they help to act", "which thing to do could be drawn?"),
    ),
)  # fmt: skip
INDEXES = (CDC, PEMAT_P)


class Scored(Struct, frozen=True):
    """An index over one handout: each of its items with its outcome. There is no score of the whole."""

    index: Index
    outcomes: tuple[tuple[ScoredItem, Outcome], ...]

    def items(self, outcome: Outcome) -> tuple[ScoredItem, ...]:
        """The items with an outcome."""
        return tuple(item for item, one in self.outcomes if one == outcome)

    @property
    def judged(self) -> int:
        """How many items rules judge: those that are met, and those that are not."""
        return len(self.items("met")) + len(self.items("not met"))


def scored(index: Index, subject: OfPlan, codes: Iterable[str]) -> Scored:
    """An index over a handout in which the rules with these codes found something."""
    broken = frozenset(codes)

    def outcome(item: ScoredItem) -> Outcome:
        if not item.applies(subject):
            return "not applicable"
        if broken.intersection(item.rules):
            return "not met"
        return "met" if item.met(subject) else "for a person"

    return Scored(index, tuple((item, outcome(item)) for item in index.items))
