"""What paired bars are drawn from: outcomes and harms of studies in; bars with their words, key and scale out.

Values are those of the views: percentages, medians and means as published. What cannot be shown in one figure raises
ValueError, with what can.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from handouts.compose.asked import Asked, Row, arms_of, number_of, one_number, rows_of, share_of_result, whole_of
from handouts.compose.comparisons import Say
from handouts.compose.context import Context
from handouts.compose.phrase import Phrase
from handouts.compose.result_words import amount
from handouts.compose.results import OutcomeView
from handouts.compose.showing import against, refuse
from handouts.figures.paired_bars import paired_bars
from handouts.figures.shapes import ArmBars, Figure


class _Pairs(Struct, frozen=True):
    """What paired bars are drawn of: rows, the heads above them, and the title of a native chart."""

    rows: tuple[ArmBars, ...]
    heads: tuple[str, ...]
    title: str


def _on_one_scale(found: tuple[Row, ...], asked: Asked, together: Sequence[Asked]) -> list[tuple[Row, ...]]:
    """The rows of figures that share one scale with those found, these among them, in order."""
    figures: list[tuple[Row, ...]] = []
    for one in together:
        rows = found if one == asked else rows_of("paired_bars", one)
        if rows and one.whole == asked.whole and _unit(rows) == _unit(found) and not against("paired_bars", rows):
            figures.append(rows)
    whole = whole_of(chain.from_iterable(figures), asked.whole)
    told = any(rows is found for rows in figures) and not any(against("paired_bars", rows, whole) for rows in figures)
    return figures if told else [found]


def _unit(rows: Sequence[Row]) -> str | None:
    """The unit of bars; None of people."""
    return None if _is_of_people(rows) else rows[0].outcome.outcome.unit


def _is_of_people(rows: Sequence[Row]) -> bool:
    return rows[0].outcome.outcome.measure == "proportion"


def _listed(*words: str) -> str:
    return ", ".join(filter(None, words))


class PairedBars:
    """Draws the paired bars of one document."""

    def __init__(self, context: Context, say: Say, *, patient: bool) -> None:
        self._context, self._say, self._patient = context, say, patient

    def figure(self, asked: Asked, width: float, together: Sequence[Asked] = (), *, heading: str = "") -> Figure | None:
        """Bars of the arms side by side, a pair for each outcome: people in one whole, or medians or means in one unit.

        `together` is what the figures under one heading show, this one among them. Those in the same unit have one
        scale, and of those with the same arms the first alone names them. The `heading` above may say already out of
        how many people they count.

        Raises ValueError for outcomes in different units, or with nothing in an arm that a bar can show.
        """
        found = rows_of("paired_bars", asked)
        if not found:
            return None
        refuse("paired_bars", found, asked.whole)
        arms, figures = arms_of(found), _on_one_scale(found, asked, together)
        named_here = [rows for rows in figures if arms_of(rows) == arms]
        numbers = [one_number(arm, tuple(chain.from_iterable(named_here))) for arm in arms]
        whole = whole_of(chain.from_iterable(figures), asked.whole) if _is_of_people(found) else None
        pairs = self._pairs(found, whole, numbers)
        # What other figures say is not said in this one.
        silent = PairedBars(self._context, str, patient=self._patient)
        others = [silent._pairs(rows, whole, numbers).rows for rows in figures if rows is not found]
        names = [self._with_people(arm, n) for arm, n in zip(arms, numbers, strict=True) if arm]
        said = [
            self._context.fixed(
                "arm_result",
                # What a name means is said once, as it stands once in the drawing.
                arm=_listed(row.group, row.label, "" if at else row.means, name),
                result=text,
            )
            for row in pairs.rows
            for at, (name, text) in enumerate(zip(names, row.texts, strict=True))
        ]
        alt = self._context.fixed("paired_bars_alt", rows="; ".join((*pairs.heads, *said)))
        number = self._context.formatter.number(whole, thousands_from=1000) if whole else ""
        heads = pairs.heads[:-1] if number and number in heading.split() else pairs.heads

        def drawn(*, key: bool) -> Figure:
            return paired_bars(
                pairs.rows,
                arms=names,
                width=width,
                measure=self._context.edition.measure,
                alt=alt,
                heads=heads,
                key=key,
                alike=tuple(chain.from_iterable(others)),
                title=pairs.title,
            )

        first = named_here[0] is found
        return drawn(key=True) if first else replace(drawn(key=False), by_itself=drawn(key=True))

    def _pairs(self, found: Sequence[Row], whole: int | None, numbers: Sequence[int | None]) -> _Pairs:
        """The rows of paired bars; `numbers` are those of the people that the arms' names tell."""
        arms, several = arms_of(found), len({row.study.id for row in found}) > 1
        # One outcome of several studies is named once, and its rows are the studies.
        of_studies = several and len({row.outcome.id for row in found}) == 1
        name = ", ".join(map(self._say, self._label(found[0].outcome))) if of_studies else ""
        counted = None in numbers
        rows: list[ArmBars] = []
        for row in found:
            group, small = "", self._people_of([row], arms) if counted else ""
            if of_studies:
                label = self._short(row)
            else:
                label = ", ".join(map(self._say, self._label(row.outcome)))
                means = self._context.meaning(row.outcome.id) if self._patient else None
                if several:
                    of_study = [one for one in found if one.study.id == row.study.id]
                    group, small = _listed(self._short(row), self._people_of(of_study, arms) if counted else ""), ""
                small = _listed(self._say(means) if means else "", small)
            rows.append(replace(self._bars(row, arms, whole), label=label, group=group, means=small))
        heads = [name] if name else []
        if whole is not None:
            number = self._context.formatter.number(whole, thousands_from=1000)
            heads.append(self._context.fixed("facts_box_people", whole=number))
        return _Pairs(tuple(rows), tuple(heads), name)

    def _bars(self, row: Row, arms: Sequence[str | None], whole: int | None) -> ArmBars:
        """Values, words and numbers of a row that has no name yet."""
        results, context = tuple(row.by_arm[arm] for arm in arms), self._context
        if whole is None:
            texts = tuple(amount(one.middle, context) if one.middle is not None else "" for one in results)
            return ArmBars("", tuple(number_of(one.middle) for one in results), texts)
        shares = [share_of_result(one) for one in results]
        return ArmBars(
            "",
            tuple(float(one.percent(6 if one.counted is not None else None)) * whole / 100 for one in shares),
            tuple(context.rate(one, whole) for one in shares),
            numbers=tuple(context.people(one, whole) for one in shares),
        )

    def _short(self, row: Row) -> str:
        return self._say(self._context.words["studies"][row.study.id]["short"])

    def _people_of(self, rows: Sequence[Row], arms: Sequence[str | None]) -> str:
        """How many people the arms had together: "722 people"; "" where that differs between rows, or is not known."""
        counts = [n for arm in arms if (n := one_number(arm, rows)) is not None]
        return self._context.fixed("people", count=sum(counts)) if len(counts) == len(arms) else ""

    def _with_people(self, arm: str, n: int | None) -> str:
        """An arm's name with the number of its people, as the readers are used to it."""
        if n is None:
            return self._named(arm)
        if self._patient:
            return self._context.fixed("arm_people", arm=self._named(arm), count=n)
        return self._context.fixed("arm_head", arm=self._named(arm), n=n)

    def _label(self, outcome: OutcomeView) -> tuple[Phrase, ...]:
        """What an outcome is called, and the subgroup where it is of one alone."""
        ids = (outcome.id, outcome.outcome.subgroup)
        return tuple(self._context.named(one, patient=self._patient) for one in ids if one)

    def _named(self, key: str) -> str:
        return self._say(self._context.named(key, patient=self._patient))
