"""What figures that compare arms are drawn from: views of studies in, rows with their words and an alt text out.

Values are those of the views: percentages, medians, means and effects as published. What cannot be shown in one figure
raises ValueError, with what can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from handouts.compose.context import Context
from handouts.compose.phrase import Phrase
from handouts.compose.quantity import Quantity
from handouts.compose.result_words import amount, result_text
from handouts.compose.results import EffectView, OutcomeView, ReportView, ResultView
from handouts.figures.dumbbell import Harm, dumbbell
from handouts.figures.forest import Effect, forest
from handouts.figures.mean_change import Change, mean_change
from handouts.figures.paired_bars import paired_bars
from handouts.figures.scales import NumberMarks
from handouts.figures.shapes import ArmBars, Figure
from handouts.model.base import NotReached
from handouts.model.study import RATIOS, Study

Say = Callable[[Phrase], str]
"""Gives a phrase's words, and notes that the figure being drawn shows them."""

MOST_EFFECTS = 8
"""Effects of a forest plot that a slide has room for, each with two lines of words."""
MOST_PAIRS = 10
"""Harms of a dumbbell chart that a slide has room for."""


class _Compared(Struct, frozen=True):
    """An effect with its outcome and its study."""

    study: ReportView
    outcome: OutcomeView
    effect: EffectView


def _compared(studies: Iterable[ReportView], outcomes: Sequence[str]) -> Iterator[_Compared]:
    """The first effect with a value of each outcome, of those named or of all, in the order of the studies."""
    for study in studies:
        for key, outcome in study.outcomes.items():
            stated = (effect for effect in outcome.effects.values() if effect.value is not None)
            if (not outcomes or key in outcomes) and (first := next(stated, None)):
                yield _Compared(study, outcome, first)


def is_forest(studies: Iterable[ReportView]) -> bool:
    """Whether one forest plot can show all that the studies' outcomes compare, and every result by arm.

    Its effects are of one statistic and one kind of interval, each the only one of its outcome and of all its arms, and
    the same side of the line is better for all.
    """
    listed = tuple(studies)
    found = tuple(_compared(listed, ()))
    by_arm = [one for study in listed for one in study.outcomes.values() if one.arms or one.effects]
    kinds = {(one.effect.statistic, one.effect.level, one.effect.interval_kind, _is_gain_at_left(one)) for one in found}
    whole = all(
        len(one.outcome.effects) == 1 and set(one.outcome.arms) <= {one.effect.of, one.effect.to} for one in found
    )
    alike = len(kinds) == 1 and all(one.effect.interval_kind == "confidence" for one in found)
    few = len(found) == len(by_arm) <= MOST_EFFECTS
    return alike and whole and few and all(_has_a_place(one.effect) for one in found)


def _is_gain_at_left(one: _Compared) -> bool:
    """Whether an effect left of the line is a gain of its first arm.

    A hazard ratio of a time is one of its end: below 1 it comes later, which is better where longer is.
    """
    if one.effect.statistic == "efficacy":
        return False
    timed = one.effect.statistic == "hazard_ratio" and one.outcome.outcome.measure == "time_to_event"
    return (one.outcome.outcome.better or "lower") == ("higher" if timed else "lower")


def _has_a_place(effect: EffectView) -> bool:
    value = _number(effect.value)
    low, high = _ends(effect)
    above = all(end is None or end > 0 for end in (value, low, high))
    return value is not None and (effect.statistic not in RATIOS or above) and (low is None) == (high is None)


def is_dumbbell(compared: Sequence[OutcomeView], arms: Sequence[str]) -> bool:
    """Whether a dumbbell chart can show harms: exactly two arms, and a percentage in both for each."""
    both = all(one.arms.get(arm) and one.arms[arm].percent is not None for one in compared for arm in arms)
    return len(arms) == 2 and 0 < len(compared) <= MOST_PAIRS and both


class Comparisons:
    """Draws the figures that compare arms for one document, `width` points wide."""

    def __init__(self, context: Context, say: Say, *, patient: bool) -> None:
        self._context, self._say, self._patient = context, say, patient
        formats = context.edition.locale.formats
        self._marks = NumberMarks(formats.decimal, formats.thousands)

    def forest(self, studies: Sequence[ReportView], outcomes: Sequence[str], width: float) -> Figure | None:
        """A forest plot of the effects of studies' outcomes; None where there are none."""
        found = tuple(_compared(studies, outcomes))
        if not found:
            return None
        statistics = list(dict.fromkeys(one.effect.statistic for one in found))
        if len(statistics) > 1:
            raise ValueError(f"it shows effects of one statistic, and these are {' and '.join(statistics)}")
        if len({_is_gain_at_left(one) for one in found}) > 1:
            raise ValueError("a lower value is better in some of these outcomes and worse in others; name some of them")
        context, name = self._context, self._context.fixed(f"name_{statistics[0]}")
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
            scale="ratio" if statistics[0] in RATIOS else "difference",
            axis_name=context.fixed("log_axis", name=name) if statistics[0] in RATIOS else name,
            better=(left, right),
            width=width,
            measure=context.edition.measure,
            alt=context.fixed("forest_alt", name=name, rows=" ".join(said)),
            heads=(
                context.fixed("results_head"),
                context.fixed("p_head"),
                context.fixed(f"short_{statistics[0]}") + f" ({context.fixed('interval_name', level=level)})",
            ),
            marks=self._marks,
        )

    def _effect_row(self, one: _Compared) -> Effect:
        context, effect = self._context, one.effect
        low, high = _ends(effect)
        value = _number(effect.value)
        if value is None:
            raise ValueError(f"'{one.outcome.id}' has an effect without a value")
        study = self._say(context.words["studies"][one.study.id]["short"])
        people = self._people(one)
        label = context.fixed("study_outcome", study=study, outcome=self._named(one.outcome.id)) + people
        text = context.formatter.text(effect.value)
        if effect.interval:
            text = f"{text} ({context.formatter.interval(effect.interval)})"
        return Effect(label, value, text, low, high, (self._versus(one), self._p(effect)), self._arms(one))

    def _versus(self, one: _Compared) -> str:
        """The results of the two arms, their unit once: `20.6 v 14.7 months`, `not reached v 51.6 months`."""
        of, to = (one.outcome.arms.get(arm) for arm in (one.effect.of, one.effect.to))
        first, second = (result.middle if result else None for result in (of, to))
        if isinstance(first, Quantity) and isinstance(second, Quantity):
            return self._context.fixed("versus", first=self._context.formatter.text(first), second=self._result(to))
        return self._context.fixed("versus", first=self._result(of), second=self._result(to))

    def _p(self, effect: EffectView) -> str:
        return self._context.fixed("not_given") if effect.p is None else self._context.formatter.text(effect.p)

    def _people(self, one: _Compared) -> str:
        """How many people the two arms had together, where their numbers are known."""
        numbers = [r.n for arm in (one.effect.of, one.effect.to) if (r := one.outcome.arms.get(arm))]
        counts = [n for n in numbers if n is not None]
        return f", n={self._context.formatter.number(sum(counts))}" if len(counts) == 2 else ""

    def _arms(self, one: _Compared) -> str:
        """The two arms, and the setting in which they were compared."""
        context, study = self._context, one.study.report
        versus = context.fixed("versus", first=self._named(one.effect.of), second=self._named(one.effect.to))
        setting = f" ({self._named(study.setting)})" if isinstance(study, Study) else ""
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
        return sides if _is_gain_at_left(found[0]) else (sides[1], sides[0])

    def _side(self, one: _Compared, left: str, right: str) -> str:
        value, line = _number(one.effect.value) or 0.0, 1.0 if one.effect.statistic in RATIOS else 0.0
        if value == line:
            return self._context.fixed("no_difference")
        return left if value < line else right

    def dumbbell(self, study: ReportView, harms: Sequence[str], width: float) -> Figure | None:
        """The harms of two arms as points with a line between them; None where none was seen in both."""
        shown = [one for key, one in study.harms.items() if key in harms] if harms else list(study.harms.values())
        arms = [arm for arm in _arms_of(study) if any(arm in one.arms for one in shown)]
        shown = [one for one in shown if len(one.arms) > 1]
        if not shown:
            return None
        if not is_dumbbell(shown, arms):
            raise ValueError("it shows percentages of exactly two arms, ten harms at the most; a table can show more")
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

    def paired_bars(
        self, study: ReportView, shown: Sequence[OutcomeView], width: float, *, whole: int | None = None
    ) -> Figure | None:
        """Bars of the arms side by side, a pair for each outcome: people in `whole`, or medians or means in one unit.

        Raises ValueError for outcomes in different units, or with nothing in an arm that a bar can show.
        """
        arms = [arm for arm in _arms_of(study) if any(arm in one.arms for one in shown)]
        if not shown or not arms:
            return None
        units = {one.outcome.unit if one.outcome.measure != "proportion" else None for one in shown}
        if len(units) > 1:
            raise ValueError("its outcomes are in different units; show those of one unit together")
        rows = [self._bars(one, arms, whole) for one in shown]
        names = [self._named(arm) for arm in arms]
        said = [
            self._context.fixed("arm_result", arm=f"{row.label}, {name}", result=text)
            for row in rows
            for name, text in zip(names, row.texts, strict=True)
        ]
        return paired_bars(
            rows,
            arms=names,
            width=width,
            measure=self._context.edition.measure,
            alt=self._context.fixed("paired_bars_alt", rows="; ".join(said)),
            most=float(whole) if whole else None,
        )

    def _bars(self, one: OutcomeView, arms: Sequence[str], whole: int | None) -> ArmBars:
        values: list[float | None] = []
        texts: list[str] = []
        for arm in arms:
            result = one.arms.get(arm)
            middle = result.middle if result else None
            if result is not None and result.measure == "proportion":
                if result.percent is None or result.share is None:
                    raise ValueError(f"'{one.id}' has no percentage in '{arm}'; a table can show it")
                share = self._context.share(result)
                values.append(float(share.percent(6 if share.counted is not None else None)) * (whole or 100) / 100)
                texts.append(
                    self._context.rate(share, whole) if whole else self._context.formatter.percent(result.percent)
                )
            elif isinstance(middle, Decimal | Quantity):
                values.append(_number(middle))
                texts.append(amount(middle, self._context))
            elif isinstance(middle, NotReached):
                values.append(None)
                texts.append(amount(middle, self._context))
            else:
                raise ValueError(f"'{one.id}' has no number in '{arm}' that a bar can show")
        return ArmBars(self._named(one.id), tuple(values), tuple(texts))

    def mean_change(self, study: ReportView, outcome: OutcomeView, width: float) -> Figure | None:
        """How far a mean moved in each arm, with its published interval, else its standard error; never its SD."""
        context, changes = self._context, []
        for arm, result in outcome.arms.items():
            middle = result.middle
            value = None if isinstance(middle, NotReached) else _number(middle)
            if value is None or isinstance(middle, NotReached) or middle is None:
                raise ValueError(f"'{outcome.id}' has no mean in '{arm}'")
            text, low, high = amount(middle, context), None, None
            if (around := result.published) and around.low is not None and around.high is not None:
                low, high = float(around.low), float(around.high)
                text = f"{text} ({context.fixed('interval_around', interval=around)})"
            elif result.se is not None:
                low, high = value - float(result.se), value + float(result.se)
                text = f"{text} ({context.fixed('se', value=result.se)})"
            changes.append(Change(self._with_n(arm, self._named(arm), [outcome]), value, text, low, high))
        if not changes:
            return None
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

    def _named(self, key: str) -> str:
        return self._say(self._context.named(key, patient=self._patient))


def _arms_of(study: ReportView) -> tuple[str, ...]:
    return tuple(study.report.arms) if isinstance(study.report, Study) else ()


def _number(value: Decimal | Quantity | NotReached | None) -> float | None:
    if isinstance(value, Quantity):
        value = value.value if isinstance(value.value, Decimal) else None
    return float(value) if isinstance(value, Decimal) else None


def _ends(effect: EffectView) -> tuple[float | None, float | None]:
    if effect.interval is None:
        return None, None
    low, high = effect.interval.low, effect.interval.high
    return (None if low is None else float(low)), (None if high is None else float(high))
