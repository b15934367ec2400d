"""Results and effects in words, as a table's cell has them: views in, text in the locale's words and formats out."""

from __future__ import annotations

from decimal import Decimal

from handouts.compose.context import Context
from handouts.compose.quantity import Quantity
from handouts.compose.results import EffectView, Interval, ResultView
from handouts.model.base import NotReached

NO_BREAK = "\N{NO-BREAK SPACE}"


def result_text(result: ResultView, context: Context) -> str:
    """What one arm had: `8 of 18,198 (0.04%)`, `20.6 months`, `−1.14 percentage points (SD 1.24)`."""
    match result.measure:
        case "proportion":
            return _people(result, context)
        case "rate":
            said = "" if result.rate is None else amount(result.rate, context)
        case _:
            said = "" if result.middle is None else amount(result.middle, context)
    if not said and result.events is not None:
        said = context.fixed("events", count=result.events)
    around = _around(result, context)
    return f"{said} ({around})" if said and around else said or context.fixed("not_given")


def _people(result: ResultView, context: Context) -> str:
    if result.count is not None and result.n is not None and result.percent is not None:
        return f"{context.formatter.fraction(result.count, result.n)} ({context.formatter.percent(result.percent)})"
    if result.count is not None:
        return context.fixed("count_alone", count=result.count)
    return context.fixed("not_given") if result.percent is None else context.formatter.percent(result.percent)


def _around(result: ResultView, context: Context) -> str:
    if result.published is not None:
        return context.fixed("interval_around", interval=result.published)
    if result.sd is not None:
        return context.fixed("sd", value=result.sd)
    return "" if result.se is None else context.fixed("se", value=result.se)


def amount(value: Decimal | Quantity | NotReached, context: Context) -> str:
    """A number with its unit, on one line: `20.6 months`, `not reached`. Raises ProblemsError for a nameless unit."""
    return context.with_unit(value) if isinstance(value, Quantity) else context.formatter.text(value)


def effect_text(effect: EffectView, context: Context) -> str:
    """An effect with its interval: `HR 0.830 (95% CI 0.676–1.018)`."""
    name = context.fixed(f"short_{effect.statistic}")
    if effect.value is None:
        return context.fixed("effect_not_stated", name=name)
    value = amount(effect.value, context)
    if effect.statistic == "efficacy" and isinstance(effect.value, Decimal):
        value = context.formatter.percent(effect.value)
    said = f"{name}{NO_BREAK}{value}"
    return f"{said} ({interval_text(effect, effect.interval, context)})" if effect.interval else said


def interval_text(effect: EffectView, interval: Interval, context: Context) -> str:
    """An effect's interval by its kind and level: `95% CI 0.676–1.018`."""
    return context.fixed(f"{effect.interval_kind}_interval", level=effect.level, interval=interval)
