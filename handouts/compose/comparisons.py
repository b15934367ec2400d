"""What figures that compare arms are drawn from: views of studies in, rows with their words and an alt text out.

Values are those of the views: percentages, medians, means and effects as published. What cannot be shown in one figure
raises ValueError, with what can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from handouts.compose.asked import (
    Asked,
    Row,
    arms_of,
    ends_of,
    is_gain_at_left,
    number_of,
    rows_of,
    share_of_result,
    stated_effects,
)
from handouts.compose.context import Context
from handouts.compose.phrase import Phrase
from handouts.compose.quantity import Quantity
from handouts.compose.result_words import amount, result_text
from handouts.compose.results import EffectView, OutcomeView, ResultView
from handouts.compose.rounding import told_apart
from handouts.compose.showing import refuse
from handouts.figures.dumbbell import Harm, dumbbell
from handouts.figures.forest import Effect, forest
from handouts.figures.mean_change import Change, mean_change
from handouts.figures.scales import NumberMarks
from handouts.figures.shapes import Figure
from handouts.model.study import RATIOS, Study

Say = Callable[[Phrase], str]
"""Gives a phrase's words, and notes that the figure being drawn shows them."""


class _Compared(Struct, frozen=True):
    """An effect with its outcome and its study."""

    row: Row
    effect: EffectView


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
        key = None
        drawn = any(row.low is not None for row in rows)
        if drawn and any(row.low is None for row in rows):
            key = (context.fixed("interval_name", level=found[0].effect.level), context.fixed("no_interval_published"))
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
                context.fixed(
                    "medians_head"
                    if all(one.row.outcome.outcome.measure == "time_to_event" for one in found)
                    else "results_head"
                ),
                context.fixed("p_head"),
                context.fixed(f"short_{statistic}")
                + (f" ({context.fixed('interval_name', level=level)})" if drawn else ""),
            ),
            key=key,
            gain="left" if is_gain_at_left(found[0].row) else "right",
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
        """What lies left and right of the line: better with the one arm or the other where all compare the same two;
        else better in the first or second group, which the rows' heads name in full.
        """
        of = {self._named(one.effect.of) for one in found}
        to = {self._named(one.effect.to) for one in found}
        context = self._context
        if len(of) == len(to) == 1:
            sides = context.fixed("better_with", arm=of.pop()), context.fixed("better_with", arm=to.pop())
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
            rows.append(Harm(self._named(one.id), values, texts, self._apart([one.arms[arm] for arm in arms]), group))
        said = [context.fixed("pair", label=r.label, first=r.texts[0], second=r.texts[1]) for r in rows]
        heads = [self._with_n(arm, name, shown) for arm, name in zip(arms, names, strict=True)]
        return dumbbell(
            rows,
            arms=heads,
            axis_name=context.fixed("percent_and_points"),
            difference_name=context.fixed("points_head"),
            width=width,
            measure=context.edition.measure,
            alt=context.fixed("dumbbell_alt", first=heads[0], second=heads[1], rows="; ".join(said)),
            marks=self._marks,
        )

    def _apart(self, results: Sequence[ResultView]) -> str:
        """By how many percentage points the first arm is above the second, with its sign: what lies between the
        percentages that stand beside it, or, where these are the same and their counts are not, between the counts.
        """
        first, second = (result.percent or Decimal(0) for result in results)
        apart = first - second
        shares = [share_of_result(one).counted for one in results]
        if apart == 0 and shares[0] is not None and shares[1] is not None:
            apart = told_apart(100 * (shares[0] - shares[1]), -int(apart.as_tuple().exponent))
        return f"{'+' if apart > 0 else ''}{self._context.formatter.number(apart)}"

    def _with_n(self, arm: str, name: str, shown: Iterable[OutcomeView]) -> str:
        numbers = {one.arms[arm].n for one in shown if arm in one.arms}
        n = numbers.pop() if len(numbers) == 1 else None
        return self._context.fixed("arm_head", arm=name, n=n) if n else name

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
