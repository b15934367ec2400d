"""What figures that compare arms are drawn from: views of studies in, rows with their words and an alt text out.

Values are those of the views: percentages, medians, means and effects as published. What cannot be shown in one figure
raises ValueError, with what can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from handouts.compose.asked import (
    Asked,
    Row,
    arms_of,
    ends_of,
    is_gain_at_left,
    number_of,
    one_number,
    rows_of,
    share_of_result,
    stated_effects,
    whole_of,
)
from handouts.compose.context import Context
from handouts.compose.phrase import Phrase
from handouts.compose.quantity import Quantity
from handouts.compose.result_words import amount, result_text
from handouts.compose.results import EffectView, OutcomeView, ResultView
from handouts.compose.showing import against, refuse
from handouts.figures.dumbbell import Harm, dumbbell
from handouts.figures.forest import Effect, forest
from handouts.figures.mean_change import Change, mean_change
from handouts.figures.paired_bars import paired_bars
from handouts.figures.scales import NumberMarks
from handouts.figures.shapes import ArmBars, Figure
from handouts.model.study import RATIOS, Study

Say = Callable[[Phrase], str]
"""Gives a phrase's words, and notes that the figure being drawn shows them."""


class _Compared(Struct, frozen=True):
    """An effect with its outcome and its study."""

    row: Row
    effect: EffectView


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


class Comparisons:
    """Draws the figures that compare arms for one document, `width` points wide."""

    def __init__(self, context: Context, say: Say, *, patient: bool) -> None:
        self._context, self._say, self._patient = context, say, patient
        formats = context.edition.locale.formats
        self._marks = NumberMarks(formats.decimal, formats.thousands)

    def forest(self, asked: Asked, width: float) -> Figure | None:
        """A forest plot of the effects of studies' outcomes; None where there are none."""
        rows_asked = rows_of("forest", asked)
        if not rows_asked:
            return None
        refuse("forest", rows_asked)
        found = [_Compared(row, stated_effects(row.outcome)[0]) for row in rows_asked]
        statistic = found[0].effect.statistic
        context, name = self._context, self._context.fixed(f"name_{statistic}")
        rows = [self._effect_row(one) for one in found]
        left, right = self._sides(found)
        said = [
            context.fixed(
                "forest_row",
                label=f"{row.group}: {row.label}",
                result=self._versus(one),
                effect=row.text,
                p=self._p(one.effect),
                side=self._side(one, left, right),
            )
            for row, one in zip(rows, found, strict=True)
        ]
        level = found[0].effect.level
        return forest(
            rows,
            scale="ratio" if statistic in RATIOS else "difference",
            axis_name=context.fixed("log_axis", name=name) if statistic in RATIOS else name,
            better=(left, right),
            width=width,
            measure=context.edition.measure,
            alt=context.fixed("forest_alt", name=name, rows=" ".join(said)),
            heads=(
                context.fixed("results_head"),
                context.fixed("p_head"),
                context.fixed(f"short_{statistic}") + f" ({context.fixed('interval_name', level=level)})",
            ),
            marks=self._marks,
        )

    def _effect_row(self, one: _Compared) -> Effect:
        context, effect = self._context, one.effect
        low, high = ends_of(effect.interval)
        value = number_of(effect.value) or 0.0
        study = self._say(context.words["studies"][one.row.study.id]["short"])
        people = self._people(one)
        label = context.fixed("study_outcome", study=study, outcome=self._named(one.row.outcome.id)) + people
        text = context.formatter.text(effect.value)
        if effect.interval:
            text = f"{text} ({context.formatter.interval(effect.interval)})"
        return Effect(label, value, text, low, high, (self._versus(one), self._p(effect)), self._arms(one))

    def _versus(self, one: _Compared) -> str:
        """The results of the two arms, their unit once: `20.6 v 14.7 months`, `not reached v 51.6 months`."""
        of, to = (one.row.outcome.arms.get(arm) for arm in (one.effect.of, one.effect.to))
        first, second = (result.middle if result else None for result in (of, to))
        if isinstance(first, Quantity) and isinstance(second, Quantity):
            return self._context.fixed("versus", first=self._context.formatter.text(first), second=self._result(to))
        return self._context.fixed("versus", first=self._result(of), second=self._result(to))

    def _p(self, effect: EffectView) -> str:
        return self._context.fixed("not_given") if effect.p is None else self._context.formatter.text(effect.p)

    def _people(self, one: _Compared) -> str:
        """How many people the two arms had together, where their numbers are known."""
        numbers = [r.n for arm in (one.effect.of, one.effect.to) if (r := one.row.outcome.arms.get(arm))]
        counts = [n for n in numbers if n is not None]
        return f", n={self._context.formatter.number(sum(counts))}" if len(counts) == 2 else ""

    def _arms(self, one: _Compared) -> str:
        """The two arms, and the setting in which they were compared, else the people."""
        context, study = self._context, one.row.study.report
        versus = context.fixed("versus", first=self._named(one.effect.of), second=self._named(one.effect.to))
        population: Phrase | None = context.words["studies"][one.row.study.id].get("population")
        setting = f" ({self._named(study.setting)})" if isinstance(study, Study) and study.setting else ""
        if not setting and population:
            setting = f" ({self._say(population)})"
        return f"{versus}{setting}"

    def _result(self, result: ResultView | None) -> str:
        if result is None:
            return self._context.fixed("not_given")
        middle = result.middle
        return result_text(result, self._context) if middle is None else amount(middle, self._context)

    def _sides(self, found: Sequence[_Compared]) -> tuple[str, str]:
        """What lies left and right of the line: better with the one arm, or with the other."""
        pairs = {(self._named(one.effect.of), self._named(one.effect.to)) for one in found}
        context = self._context
        if len(pairs) == 1:
            ((of, to),) = pairs
            sides = context.fixed("better_with", arm=of), context.fixed("better_with", arm=to)
        else:
            sides = context.fixed("better_first"), context.fixed("better_second")
        return sides if is_gain_at_left(found[0].row) else (sides[1], sides[0])

    def _side(self, one: _Compared, left: str, right: str) -> str:
        value, line = number_of(one.effect.value) or 0.0, 1.0 if one.effect.statistic in RATIOS else 0.0
        if value == line:
            return self._context.fixed("no_difference")
        return left if value < line else right

    def dumbbell(self, asked: Asked, width: float) -> Figure | None:
        """The harms of two arms as points with a line between them; None where none was seen in both."""
        found = rows_of("dumbbell", asked)
        if not found:
            return None
        refuse("dumbbell", found)
        shown = [row.outcome for row in found]
        arms = [arm for arm in arms_of(found) if arm]
        context, rows = self._context, []
        names = [self._named(arm) for arm in arms]
        for one in shown:
            percents = [percent for arm in arms if (percent := one.arms[arm].percent) is not None]
            values, texts = tuple(map(float, percents)), tuple(map(context.formatter.percent, percents))
            group = self._named(one.outcome.subgroup) if one.outcome.subgroup else ""
            rows.append(Harm(self._named(one.id), values, texts, group=group))
        said = [context.fixed("pair", label=r.label, first=r.texts[0], second=r.texts[1]) for r in rows]
        heads = [self._with_n(arm, name, shown) for arm, name in zip(arms, names, strict=True)]
        return dumbbell(
            rows,
            arms=heads,
            axis_name=context.fixed("percent_of_patients"),
            width=width,
            measure=context.edition.measure,
            alt=context.fixed("dumbbell_alt", first=heads[0], second=heads[1], rows="; ".join(said)),
            marks=self._marks,
        )

    def _with_n(self, arm: str, name: str, shown: Iterable[OutcomeView]) -> str:
        numbers = {one.arms[arm].n for one in shown if arm in one.arms}
        n = numbers.pop() if len(numbers) == 1 else None
        return self._context.fixed("arm_head", arm=name, n=n) if n else name

    def paired_bars(self, asked: Asked, width: float, together: Sequence[Asked] = ()) -> Figure | None:
        """Bars of the arms side by side, a pair for each outcome: people in one whole, or medians or means in one unit.

        `together` is what the figures under one heading show, this one among them. Those in the same unit have one
        scale, and of those with the same arms the first alone names them.

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
        silent = Comparisons(self._context, str, patient=self._patient)
        others = [silent._pairs(rows, whole, numbers).rows for rows in figures if rows is not found]
        names = [self._with_people(arm, n) for arm, n in zip(arms, numbers, strict=True) if arm]
        said = [
            self._context.fixed(
                "arm_result", arm=", ".join((*filter(None, (row.group,)), row.label, name)), result=text
            )
            for row in pairs.rows
            for name, text in zip(names, row.texts, strict=True)
        ]
        return paired_bars(
            pairs.rows,
            arms=names,
            width=width,
            measure=self._context.edition.measure,
            alt=self._context.fixed("paired_bars_alt", rows="; ".join((*pairs.heads, *said))),
            heads=pairs.heads,
            key=named_here[0] is found,
            alike=tuple(chain.from_iterable(others)),
            title=pairs.title,
        )

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
            return ArmBars("", tuple(number_of(one.middle) for one in results), tuple(map(self._result, results)))
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

    def mean_change(self, asked: Asked, width: float) -> Figure | None:
        """How far a mean moved in each arm, with its published interval, else its standard error; never its SD."""
        found = rows_of("mean_change", asked)
        if not found:
            return None
        refuse("mean_change", found)
        (row,) = found
        context, changes, outcome = self._context, [], row.outcome
        for arm, result in row.by_arm.items():
            middle, value = result.middle, number_of(result.middle)
            if middle is None or value is None:
                continue
            text, low, high = amount(middle, context), None, None
            if (around := result.published) and around.low is not None and around.high is not None:
                low, high = float(around.low), float(around.high)
                text = f"{text} ({context.fixed('interval_around', interval=around)})"
            elif result.se is not None:
                low, high = value - float(result.se), value + float(result.se)
                text = f"{text} ({context.fixed('se', value=result.se)})"
            changes.append(Change(self._arm(arm, result), value, text, low, high))
        name = self._named(outcome.id)
        said = [context.fixed("arm_result", arm=one.label, result=one.text) for one in changes]
        return mean_change(
            changes,
            axis_name=name,
            width=width,
            measure=context.edition.measure,
            alt=context.fixed("mean_change_alt", name=name, rows="; ".join(said)),
            marks=self._marks,
        )

    def _arm(self, arm: str | None, result: ResultView) -> str:
        """An arm with the number of its people."""
        name = self._named(arm) if arm else self._context.fixed("everyone")
        return self._context.fixed("arm_head", arm=name, n=result.n) if result.n else name

    def _named(self, key: str) -> str:
        return self._say(self._context.named(key, patient=self._patient))
