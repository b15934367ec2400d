"""Cells of tables that the program makes: phrases, fixed words and numbers in; runs that keep where words stand out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from handouts.compose.context import Context
from handouts.compose.phrase import Phrase, strengthened
from handouts.compose.results import OutcomeView, ReportView
from handouts.figures.lettering import least_width
from handouts.figures.shapes import Measure
from handouts.model.base import Tally
from handouts.model.study import Study
from handouts.plan.blocks import Cell, Table
from handouts.plan.text import Run, Runs, plain

Piece = str | int | Tally | Phrase | Runs
"""What stands in a cell: text of ours, a number, a number of people, words of a file, or what is made of these."""

_STRONG = "\N{NULL}"
"""Marks where strong words begin and end; no text holds it."""
_SPACES = re.compile(r"[ \t\r\n]+")
_PLACE = re.compile(r"\{([a-z_]+)\}")
_SIZE = 12.0
"""Points at which words are measured to share out a table's width."""
_WIDE, _WIDEST = 190.0, 420.0
"""Points from which on a column gets less room for longer words, and the most that it gets."""
_LESS = 0.2
"""The part of what goes beyond `_WIDE` that a column gets."""


class Cells:
    """Writes the cells of one document's tables."""

    def __init__(self, context: Context, *, patient: bool) -> None:
        self._context, self._patient = context, patient

    def fixed(self, name: str, /, **values: Piece) -> Runs:
        """A fixed word of the locale, its places filled. Raises ProblemsError for a name or place that is not there."""
        said = {key: runs_of(value) for key, value in values.items() if not isinstance(value, int | Tally)}
        numbers = {key: value for key, value in values.items() if isinstance(value, int | Tally)}
        # The context words numbers, and knows which places there are; words are put in as they are.
        text = self._context.fixed(name, **numbers, **{key: f"{{{key}}}" for key in said})
        parts = _PLACE.split(text)
        return joined(said[part] if at % 2 else runs_of(part) for at, part in enumerate(parts))

    def named(self, key: str) -> Runs:
        """What an id is called, for the document's readers."""
        return runs_of(self._context.named(key, patient=self._patient))

    def label(self, outcome: OutcomeView, grade: str | None = None) -> Runs:
        """What an outcome or harm is called, its subgroup where it is of one alone, and a grade."""
        names = [self.named(one) for one in (outcome.id, outcome.outcome.subgroup) if one]
        return joined((*names, *((self.grade(grade),) if grade else ())), ", ")

    def explained(self, outcome: OutcomeView, grade: str | None = None) -> Runs:
        """The same with what it means to patients, where that is said: "Low platelets: you may bruise"."""
        means = self._context.meaning(outcome.id) if self._patient else None
        return joined((self.label(outcome, grade), runs_of(means) if means else ()), ": ")

    def grade(self, grade: str | None) -> Runs:
        """How bad a harm was: "grade 3+" of a number, else its name; of None any grade."""
        if grade is None:
            return self.fixed("any_grade")
        return self.fixed("grade", grade=grade) if grade[0].isdigit() else self.named(grade)

    def study(self, study: ReportView) -> Runs:
        """A study's short name; for clinicians with its setting."""
        short = runs_of(self._context.words["studies"][study.id]["short"])
        if self._patient or not isinstance(study.report, Study) or study.report.setting is None:
            return short
        return joined((short, runs_of(" ("), self.named(study.report.setting), runs_of(")")))

    def arm(self, arm: str | None) -> Runs:
        """What an arm is called; None is the one group of a study without arms."""
        return self.fixed("everyone") if arm is None else self.named(arm)


def runs_of(piece: Piece) -> Runs:
    """A piece as runs; a phrase keeps its origin, its statement and its strong words."""
    match piece:
        case tuple():
            return piece
        case Phrase():
            text = _SPACES.sub(" ", piece.text).strip()
            pieces = strengthened(text, _STRONG, _STRONG).split(_STRONG) if piece.marked else [text]
            told = (piece.statement,) if piece.statement else ()
            return tuple(
                Run(words, strong=at % 2 == 1, statements=told, origin=piece.place)
                for at, words in enumerate(pieces)
                if words
            )
        case _:
            return (Run(str(piece)),) if str(piece) else ()


def joined(pieces: Iterable[Runs], between: str = "") -> Runs:
    """Runs one after the other, with `between` between those that say anything."""
    said = [runs for runs in pieces if runs]
    gaps = ((Run(between),) if at and between else () for at in range(len(said)))
    return tuple(chain.from_iterable((*gap, *runs) for gap, runs in zip(gaps, said, strict=True)))


def table(
    head: Sequence[Runs], rows: Sequence[Sequence[Runs]], *, summary: str, measure: Measure, right: Collection[int] = ()
) -> Table:
    """A table whose first column heads its rows. Columns are as wide as their words ask for; those of `right` end at
    the right.
    """
    columns = list(zip(head, *rows, strict=True))
    return Table(
        tuple(Cell(runs, "column", "right" if at in right else "left") for at, runs in enumerate(head)),
        tuple(
            tuple(Cell(runs, None if at else "row", "right" if at in right else "left") for at, runs in enumerate(row))
            for row in rows
        ),
        tuple(_wished(column, measure) for column in columns),
        summary,
    )


def _wished(column: Iterable[Runs], measure: Measure) -> float:
    """Points that a column asks for: its longest words on one line, as far as that is not very long."""
    texts = [plain(runs) for runs in column]
    longest = max(measure(text, _SIZE, strong=True) for text in texts)
    word = max(least_width(text, _SIZE, measure, strong=True) for text in texts)
    beyond = max(0.0, longest - _WIDE)
    return max(word, min(longest - beyond + beyond * _LESS, _WIDEST)) + _SIZE
