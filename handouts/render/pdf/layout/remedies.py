"""What would make a text fit: blocks that do not fit and a way to lay them out in, messages whose advice was tried out.

Each number of words in a message is the least with which the blocks, laid out anew without them, do fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from handouts.plan.blocks import Block, FigureBlock, walk, words_of
from handouts.plan.cutting import Passage, passages_in, shortened, to_length, without_block
from handouts.plan.leaving_out import first_of, without
from handouts.plan.shortening import (
    LEAST_LEFT,
    WORTH,
    Enough,
    counted,
    least,
    of_texts,
    quoted_start,
    several_texts,
    shorter_texts,
    span,
)
from handouts.problems import Origin, Problem, ProblemsError, error
from handouts.render.pdf.layout.boxes import LayoutBox, RuleLine, Text
from handouts.render.pdf.layout.containers import GridRow, Panel, Stack
from handouts.render.pdf.layout.excess import Jump, TooHigh, TooLongError, millimetres
from handouts.render.pdf.layout.setting import NOWHERE, quoted
from handouts.render.pdf.layout.table import TableRow

T = TypeVar("T")

MOST_NAMED = 3
"""Ways to make a text fit that a message names."""
_WORK = 300_000
_FEWEST_TRIES, _MOST_TRIES = 40, 400
"""Trials: each takes as long as there are words, about a millisecond for a thousand, and all together a second."""
_FAR_TOO_MANY = 10_000
"""Words of which a cut says nothing: a page has 600. Laying out as many takes half a second, or more in a table."""

Tried = Callable[[Sequence[Block]], object]


def laid_out(blocks: Sequence[Block], lay_out: Callable[[Sequence[Block]], T], tried: Tried, clinic_file: str) -> T:
    """What `lay_out` makes of the blocks. `tried` only raises what `lay_out` would.

    Raises its ProblemsError. In place of a TooLongError it raises what to cut: in each part that no page has room for
    (FIT02), else in the words of `clinic_file`, where all fits without them, else in the topic's own (FIT01).
    """
    try:
        return lay_out(blocks)
    except TooLongError as bad:
        trials = Trials(blocks, tried)
        if bad.parts:
            raise ProblemsError(_too_high(trials, part, bad) for part in bad.parts) from None
        raise ProblemsError([_clinic(trials, clinic_file, bad) or _too_long(trials, clinic_file, bad)]) from None


class Trials:
    """Tries what makes blocks fit. `tried` raises a ProblemsError for blocks that do not."""

    def __init__(self, blocks: Sequence[Block], tried: Tried) -> None:
        self.blocks = blocks
        self._tried = tried
        size = len(words_of(blocks).split()) + 1
        self._left = 3 if size > _FAR_TOO_MANY else max(_FEWEST_TRIES, min(_MOST_TRIES, _WORK // size))

    @property
    def exhausted(self) -> bool:
        """Whether enough was tried."""
        return self._left <= 0

    def fits(self, blocks: Sequence[Block]) -> bool:
        """Whether blocks fit."""
        return self.outcome(blocks) is None

    def outcome(self, blocks: Sequence[Block]) -> ProblemsError | None:
        """What is wrong with blocks."""
        self._left -= 1
        try:
            self._tried(blocks)
        except ProblemsError as bad:
            return bad
        return None

    def fits_without(self, cuts: Mapping[Origin, int]) -> bool:
        """Whether the blocks fit with so many words cut of each text."""
        return self.fits(shortened(self.blocks, cuts))


def to_keep(trials: Trials, blocks: Sequence[Block]) -> str:
    """What to cut so that a text without room (it is in `blocks`) has some: of it, else of the longest other texts."""
    its = {passage.origin for passage in passages_in(blocks)}
    passages = passages_in(trials.blocks)
    own = [passage for passage in passages if passage.origin in its]
    if ways := shorter_texts(trials, own, trials.fits_without):
        return f"to keep it, {of_texts(ways[:1])}"
    others = sorted((passage for passage in passages if passage.origin not in its), key=len)[-MOST_NAMED:]
    if ways := shorter_texts(trials, others, trials.fits_without):
        return f"to keep it, {of_texts(ways[:1])} ({ways[0].passage.origin})"
    return "to keep it, leave out another line there"


def _too_long(trials: Trials, clinic_file: str, bad: TooLongError) -> Problem:
    """FIT01: what ends past the last page, what left a page half empty, and what to cut of the topic's own words."""
    over = millimetres(bad.excess)
    what = f"{bad.last.says or 'a block'} ends {over} mm past {bad.end}; the text is {over} mm too long"
    if jump := max(bad.jumps, key=lambda one: one.left, default=None):
        what += f"; {_told(jump)}"
    advice, where = _advice(trials, clinic_file, bad)
    figure = next(_without_a_figure(trials), None)
    if figure is not None and advice:
        advice += f", or leave out the {figure.figure.kind} figure ({figure.asked})"
    elif figure is not None:
        advice, where = f"leave out the {figure.figure.kind} figure", figure.asked
    advice = advice or f"take out {over} mm of figures, lines to write on or whole blocks here or before"
    return error(where or bad.last.origin or NOWHERE, "FIT01", what, advice)


def _advice(trials: Trials, clinic_file: str, bad: TooLongError) -> tuple[str, Origin | None]:
    """Which words to cut, and where; "" where cutting words alone does not help."""
    passages = [one for one in passages_in(trials.blocks) if one.origin.file != clinic_file]
    if ways := shorter_texts(trials, passages, trials.fits_without):
        return of_texts(ways[: MOST_NAMED - 1]), ways[0].passage.origin
    if several := several_texts(trials, passages, _ends(passages, bad), trials.fits_without):
        return f"cut about {counted(several.words)} here or before{span(several)}", several.passage.origin
    return "", None


def _told(jump: Jump) -> str:
    where = f" ({jump.origin})" if jump.origin else ""
    below = f" below {jump.above}" if jump.above else ""
    return (
        f"{millimetres(jump.left)} mm of page {jump.page} stay empty{below}, since {jump.says}{where} needs "
        f"{millimetres(jump.high)} mm and cannot be parted"
    )


def _ends(passages: Sequence[Passage], bad: TooLongError) -> Iterator[int]:
    """The numbers of the texts that a cut may end with: the last; those before a hole; then all others, backwards."""
    last = len(passages) - 1
    yield from range(last, last + 1)
    above = [jump.above for jump in bad.jumps]
    holes = [at for at, passage in enumerate(passages[:-1]) if quoted_start(passage) in above]
    yield from holes
    yield from (at for at in range(last - 1, -1, -1) if at not in holes)


def _without_a_figure(trials: Trials) -> Iterator[FigureBlock]:
    """The figures that an author asks for of which leaving out one makes the blocks fit."""
    for block in walk(trials.blocks):
        if trials.exhausted:
            return
        asked = isinstance(block, FigureBlock) and block.asked is not None and block.asked.line > 0
        if isinstance(block, FigureBlock) and asked and trials.fits(without_block(trials.blocks, block)):
            yield block
            return


def _too_high(trials: Trials, part: TooHigh, bad: TooLongError) -> Problem:
    """FIT02: a part that no page has room for, and what to cut in it."""
    room = f"the room above {bad.end}" if bad.end.startswith("the end") else bad.end
    what = f"{part.says} is {millimetres(part.excess)} mm too high for {room} and cannot be parted"
    inside = frozenset(_origins(part.boxes))
    passages = [one for one in passages_in(trials.blocks) if one.origin in inside]

    def enough(cuts: Mapping[Origin, int]) -> bool:
        left = trials.outcome(shortened(trials.blocks, cuts))
        return not isinstance(left, TooLongError) or len(left.parts) < len(bad.parts)

    if ways := shorter_texts(trials, passages, enough):
        passage, words = ways[0].passage, ways[0].words
        from_it = f", from {quoted_start(passage)} ({passage.origin})" if len(passages) > 1 else ""
        advice = f"cut about {counted(words)} in it{_for_all(trials, passage, words)}{from_it}"
    else:
        advice = _of_many(trials, passages, enough)
    if advice is None:
        advice = f"take out {millimetres(part.excess)} mm of figures, lines to write on or whole blocks in it"
    return error(part.origin or NOWHERE, "FIT02", what, f"{advice}, or split it into several blocks")


def _for_all(trials: Trials, passage: Passage, words: int) -> str:
    """How many words of a text to cut for all to fit, where with fewer only a part of it has room; "" elsewhere."""
    if trials.fits_without({passage.origin: words}):
        return ""
    most = len(passage) - LEAST_LEFT
    more = least(lambda count: trials.fits_without({passage.origin: count}), most)
    return f" ({more} for all to fit)" if more else ""


def _of_many(trials: Trials, passages: Sequence[Passage], enough: Enough) -> str | None:
    """What to cut of the texts of a part: from its end, or, where that takes far more, of each that is long."""
    several = several_texts(trials, passages, [len(passages) - 1] if passages else [], enough)
    longest = max((len(one) for one in passages if one.can_go), default=0)
    saved = least(lambda count: enough(to_length(passages, longest - count)), longest - LEAST_LEFT)
    if saved is not None:
        words = sum(to_length(passages, longest - saved).values())
        if several is None or words < several.words / WORTH:
            return f"cut about {words} words in it, those of its texts that have more than {longest - saved} to as many"
    return f"cut about {several.words} words in it" if several else None


def _origins(boxes: Iterable[LayoutBox]) -> Iterator[Origin]:
    """Where the words in these boxes stand."""
    for box in boxes:
        match box:
            case Text():
                yield from (piece.run.origin for line in box.lines for piece in line.pieces if piece.run.origin)
            case RuleLine():
                yield from _origins([box.text])
            case Stack() | Panel():
                yield from _origins(box.boxes)
            case GridRow():
                for column, _ in box.columns:
                    yield from _origins(column)
            case TableRow():
                yield from _origins([cell for cell, _ in box.cells])
            case _:
                pass


def _clinic(trials: Trials, file: str, bad: TooLongError) -> Problem | None:
    """FIT01 at the words of a clinic's file, where all fits without them: the blocks past the end are then not those
    that grew.
    """
    rest = without(trials.blocks, file)
    if rest == tuple(trials.blocks) or not trials.fits(rest):
        return None
    passages = [one for one in passages_in(trials.blocks) if one.origin.file == file]
    first = first_of(trials.blocks, file)
    what = f"{quoted(first)} and the clinic's other words take the text {millimetres(bad.excess)} mm past {bad.end}"
    where = next((run.origin for run in first if run.origin and run.origin.file == file), NOWHERE)
    if ways := shorter_texts(trials, passages, trials.fits_without):
        advice, where = of_texts(ways[:1]), ways[0].passage.origin
    else:
        lines = least(
            lambda count: trials.fits_without({one.origin: len(one) for one in passages[-count:]}), len(passages)
        )
        advice = f"shorten them by about {lines} line{'' if lines == 1 else 's'}" if lines else "leave some of them out"
    others, at = _advice(trials, file, bad)
    return error(where, "FIT01", what, f"{advice}; without them all fits{f'; or {others} ({at})' if at else ''}")
