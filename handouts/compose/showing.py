"""Which figures and tables can show what a section asks for: studies, ids of outcomes and harms in, shows out.

What stands against a show is said in words that go on after "it cannot be drawn". Drawings and tables ask here before
they are made, so that what is named here can be drawn, and the rest is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from handouts.compose.asked import (
    SHOWS,
    Asked,
    Row,
    Show,
    arms_of,
    columns_of,
    ends_of,
    is_gain_at_left,
    number_of,
    responded_of,
    rows_of,
    share_of_result,
    stated_effects,
    whole_of,
)
from handouts.compose.results import EffectView, ReportView, ResultView
from handouts.compose.share import Share
from handouts.model.base import NotReached
from handouts.model.study import RATIOS

MOST_EFFECTS = 8
"""Effects of a forest plot that a slide has room for, each with two lines of words."""
MOST_PAIRS = 10
"""Harms of a dumbbell chart that a slide has room for."""
MOST_ARMS = 4
"""Arms that bars, or the columns of a facts box, can tell apart on a page."""
MOST_COLUMNS = 6
"""Columns of arms and grades that a slide has room for."""
MOST_PARTS = 3
"""Shades in which a part bar tells those who responded apart, and those who did not."""
MOST_ICONS = 300
"""People that an icon array shows one by one; of more it shows how many in 100."""
ICONS = 100
FOR_CLINICIANS: frozenset[Show] = frozenset(("forest", "harms_table", "outcomes_table"))
"""Shows of effects, p values and grades. A patient is told absolute numbers by arm alone."""


def can_draw(asked: Asked, *, patient: bool) -> tuple[Show, ...]:
    """The shows that can show to an audience what is asked for, all of it and soundly."""
    return tuple(show for show in SHOWS if not obstacle(show, asked, patient=patient))


def obstacle(show: Show, asked: Asked, *, patient: bool) -> str:
    """What stands against a show, in words; "" where nothing does."""
    if patient and show in FOR_CLINICIANS:
        return "it is for clinicians; paired_bars and facts_box tell patients the numbers of each group"
    return against(show, rows_of(show, asked), asked.whole)


def against(show: Show, rows: Sequence[Row], whole: int | None = None) -> str:
    """What stands against showing these rows; "" where nothing does."""
    return _AGAINST[show](rows, whole) if rows else "it has nothing to show"


def refuse(show: Show, rows: Sequence[Row], whole: int | None = None) -> None:
    """Raises ValueError, with what stands against it, where a show cannot show these rows."""
    if reason := against(show, rows, whole):
        raise ValueError(reason)


def is_forest(studies: Iterable[ReportView]) -> bool:
    """Whether one forest plot can show all that the studies' outcomes compare, and every result by arm."""
    rows = [Row(study, one) for study in studies for one in study.outcomes.values() if one.arms or one.effects]
    return not against("forest", rows)


def is_dumbbell(study: ReportView) -> bool:
    """Whether a dumbbell chart can show all harms that a study has in several arms."""
    return not against("dumbbell", rows_of("dumbbell", Asked((study,))))


def _forest(rows: Sequence[Row], _: int | None) -> str:
    for row in rows:
        one, effects = row.outcome, stated_effects(row.outcome)
        if not effects:
            return f"'{one.id}' has no effect with a value; a table can show it"
        if len(one.effects) > 1 or not set(one.arms) <= {effects[0].of, effects[0].to}:
            return f"'{one.id}' has more arms or effects than the one that a row shows; a table can show them"
        if not _has_a_place(effects[0]):
            return (
                f"'{one.id}' has half an interval, or one that is not around its effect, or a ratio that is not above 0"
            )
    effects = [stated_effects(row.outcome)[0] for row in rows]
    statistics = list(dict.fromkeys(effect.statistic for effect in effects))
    if len(statistics) > 1:
        return f"it shows effects of one statistic, and these are {' and '.join(statistics)}"
    if len({is_gain_at_left(row) for row in rows}) > 1:
        return "a lower value is better in some of these outcomes and worse in others; name some of them"
    if len({effect.level for effect in effects}) > 1 or any(e.interval_kind != "confidence" for e in effects):
        return "it shows confidence intervals of one level; a table can show others"
    return f"it has room for {MOST_EFFECTS} effects, not {len(rows)}" if len(rows) > MOST_EFFECTS else ""


def _has_a_place(effect: EffectView) -> bool:
    value = number_of(effect.value)
    if value is None:
        return False
    low, high = ends_of(effect.interval)
    if (low is None) != (high is None):
        return False
    around = low is None or high is None or low <= value <= high
    return around and (effect.statistic not in RATIOS or all(end is None or end > 0 for end in (value, low, high)))


def _dumbbell(rows: Sequence[Row], _: int | None) -> str:
    arms = arms_of(rows)
    both = all(arm in row.by_arm and row.by_arm[arm].percent is not None for row in rows for arm in arms)
    one_study = len({row.study.id for row in rows}) == 1
    if len(arms) != 2 or not both or not one_study or len(rows) > MOST_PAIRS or any(map(_is_graded, rows)):
        return "it shows percentages of exactly two arms of one study, ten harms at the most; a table can show more"
    return ""


def _is_graded(row: Row) -> bool:
    return bool(row.outcome.grades)


def _paired_bars(rows: Sequence[Row], whole: int | None) -> str:
    arms = arms_of(rows)
    if not 2 <= len(arms) <= MOST_ARMS:
        return f"it shows two to four arms, not {len(arms)}; a table can show others"
    if len({row.outcome.outcome.unit if row.outcome.outcome.measure != "proportion" else None for row in rows}) > 1:
        return "its outcomes are in different units; show those of one unit together"
    whole = whole_of(rows, whole)
    for row in rows:
        for arm in arms:
            result = row.by_arm.get(arm)
            if result is None or not _has_a_bar(result, whole):
                return f"'{row.outcome.id}' has no number in '{arm}' that a bar can show; a table can show it"
    return _without_grades(rows)


def _has_a_bar(result: ResultView, whole: int) -> bool:
    if result.measure == "proportion":
        return result.percent is not None and is_told_in(share_of_result(result), whole)
    value = number_of(result.middle)
    return isinstance(result.middle, NotReached) or (value is not None and value >= 0)


def is_told_in(share: Share, whole: int) -> bool:
    """Whether a share is known so exactly that its people in so many can be told."""
    try:
        share.per(whole)
    except ValueError:
        return False
    return True


def _without_grades(rows: Sequence[Row]) -> str:
    graded = next((row.outcome.id for row in rows if _is_graded(row)), None)
    return f"'{graded}' has results by grade; a table can show them" if graded else ""


def _mean_change(rows: Sequence[Row], _: int | None) -> str:
    if len(rows) > 1:
        return "it shows one outcome; name one"
    (row,) = rows
    for arm, result in row.by_arm.items():
        value = number_of(result.middle)
        if value is None:
            return f"'{row.outcome.id}' has no mean in '{arm}'"
        low, high = ends_of(result.published)
        if low is not None and high is not None and not low <= value <= high:
            return f"'{row.outcome.id}' has an interval that is not around its mean in '{arm}'"
    if row.outcome.outcome.measure != "continuous" or not row.by_arm:
        return f"'{row.outcome.id}' is no continuous measure; a table can show it"
    return ""


def _harms_table(rows: Sequence[Row], _: int | None) -> str:
    columns = len(columns_of(rows))
    return f"it has room for {MOST_COLUMNS} columns of arms and grades, not {columns}" if columns > MOST_COLUMNS else ""


def _facts_box(rows: Sequence[Row], _: int | None) -> str:
    arms = len(arms_of(rows))
    return f"it has room for {MOST_ARMS} arms, not {arms}" if arms > MOST_ARMS else ""


def _outcomes_table(_rows: Sequence[Row], _: int | None) -> str:
    return ""


def _icon_array(rows: Sequence[Row], _: int | None) -> str:
    if len(rows) > 1:
        return "it shows one outcome of one study; name one"
    (row,) = rows
    result = row.outcome.result
    if result is None or result.count is None or result.n is None or result.count > result.n or _is_graded(row):
        return f"no count of people is given for '{row.outcome.id}'; its source states none, or it has arms"
    if result.n > MOST_ICONS and share_of_result(result).per(ICONS).said in ("fewer than", "more than"):
        return f"'{row.outcome.id}' is less than one of {ICONS} people; facts_box can tell it of more"
    return ""


def _part_bar(rows: Sequence[Row], _: int | None) -> str:
    results = [row.outcome.result for row in reversed(rows)]
    counts = [result.count for result in results if result and result.count is not None]
    of = {result.n for result in results if result}
    whole = next(iter(of), None)
    in_order = all(inner.outcome.outcome.within == outer.outcome.id for outer, inner in pairwise(rows))
    if whole is None or len(of) > 1 or len(counts) < len(rows) or not in_order or any(map(_is_graded, rows)):
        return "it needs outcomes within one another, of one group of people, each with a count"
    if any(later < earlier for earlier, later in pairwise((0, *counts, whole))):
        return "its outcomes do not nest: each must count those within it, and none more people than there are"
    responded = responded_of(rows)
    if max(responded, len(rows) + 1 - responded) > MOST_PARTS:
        return f"it tells {MOST_PARTS} parts that responded apart, and as many that did not; name fewer outcomes"
    return ""


def _rates(rows: Sequence[Row], _: int | None) -> str:
    if len({row.study.id for row in rows}) > 1:
        return "it shows one study; a table can show several"
    for row in rows:
        result = row.outcome.result
        if result is None or result.share is None or _is_graded(row) or row.outcome.outcome.measure != "proportion":
            return f"'{row.outcome.id}' is no share of one group of people; a table can show it"
        low, high = ends_of(result.interval)
        if low is not None and high is not None and not low <= float(result.share) <= high:
            return f"'{row.outcome.id}' is so rare, or so frequent, that its interval rounds to nothing"
    return ""


_AGAINST: Mapping[Show, Callable[[Sequence[Row], int | None], str]] = {
    "paired_bars": _paired_bars,
    "facts_box": _facts_box,
    "forest": _forest,
    "dumbbell": _dumbbell,
    "mean_change": _mean_change,
    "harms_table": _harms_table,
    "outcomes_table": _outcomes_table,
    "icon_array": _icon_array,
    "part_bar": _part_bar,
    "rates": _rates,
}
