"""The formats of words, `{{ x | percent }}`: a value of the topic and what the format is given in, its text out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Literal, NoReturn

from msgspec import Struct

from handouts.compose.fill import fill, unbroken
from handouts.compose.numbers import Formatter
from handouts.compose.plain import is_number, kind_of, member, names_of
from handouts.compose.quantity import Quantity
from handouts.compose.results import EffectView, Interval
from handouts.compose.rounding import NONE_AND_ALL, told_apart
from handouts.compose.share import PERCENTAGES, Rate, Share, misleads, share_of
from handouts.model.base import Bound, NotReached, Range, Tally, TimeOfDay
from handouts.model.plural_forms import PLACE, PluralForms, form_of, rules_of
from handouts.model.study import RATIOS
from handouts.problems import choose_from

USAGE = "write {{ study.outcome.count }} or another name from topic.yaml, nothing else"


class UnusableValueError(Exception):
    """A value that a format cannot write; `message` goes on after the value's name."""

    def __init__(self, message: str, instead: str) -> None:
        super().__init__(message)
        self.message, self.instead = message, instead


class Reached(Struct, frozen=True):
    """What an expression names: a value, what it was found in, the last step to it, and what holds its holder."""

    value: Any
    holder: Any
    name: str
    around: Any = None


class NumberWords(Struct, frozen=True):
    """One language's numbers with the words beside them: its formats, its units by id, and the `plurals` of a language
    file, which may name units that the locale lacks.
    """

    formatter: Formatter
    language: str
    units: Mapping[str, PluralForms]
    plurals: Mapping[str, PluralForms]

    def counted(self, value: int | Decimal | Range | Tally, forms: PluralForms) -> str:
        """A number or range with its word in the right form. No line ends between the two."""
        about = isinstance(value, Tally) and value.about
        number = value if isinstance(value, Range) else Decimal(value.n if isinstance(value, Tally) else value)
        form = form_of(forms, number, self.language, about=about)
        form = form.replace(f"{PLACE} ", f"{PLACE}\N{NO-BREAK SPACE}").replace(
            f" {PLACE}", f"\N{NO-BREAK SPACE}{PLACE}"
        )
        return form.replace(PLACE, self.formatter.text(value))

    def with_unit(self, quantity: Quantity) -> str:
        """A quantity with its unit. Raises UnusableValueError for a unit without words in this language."""
        forms = self.plurals.get(quantity.unit) or self.units.get(quantity.unit)
        if forms is None:
            message = f"is in '{quantity.unit}', for which '{self.language}' has no words"
            instead = f"name it in the language file: {self.to_add(quantity.unit)}"
            raise UnusableValueError(message, f"{instead}, or {choose_from(quantity.unit, self.units)}")
        return self.counted(quantity.value, forms)

    def to_add(self, name: str) -> str:
        """What a language file is to have for a thing or unit that is counted."""
        lines = ", ".join(f'{category}: "{PLACE} …"' for category in rules_of(self.language).needed)
        return f"plurals: {{{name}: {{{lines}}}}}"

    def rate(self, rate: Rate, of: int | None) -> str:
        """`18 in 100`, `fewer than 1 in 1,000`, `none of 247` (`of`)."""
        formats = self.formatter.formats
        count, whole, of_all = (self._grouped(number) for number in (rate.count, rate.whole, of or 0))
        if rate.said == "none":
            return unbroken(fill(formats.none_of, of=of_all))
        return self._bounded(rate, unbroken(fill(formats.per, count=count, whole=whole)))

    def people(self, rate: Rate) -> str:
        """`18`, `fewer than 1`, `none`: the people of a rate beside which its whole is said."""
        return self.formatter.formats.none if rate.said == "none" else self._bounded(rate, self._grouped(rate.count))

    def _bounded(self, rate: Rate, text: str) -> str:
        """The text of a rate, with what is said before one that is rounded."""
        match rate.said:
            case "fewer than":
                return fill(self.formatter.formats.fewer_than, value=text)
            case "more than":
                return fill(self.formatter.formats.more_than, value=text)
            case _:
                return text

    def _grouped(self, number: int) -> str:
        # No year stands beside "in 1,000".
        return self.formatter.number(number, thousands_from=1000)


class Format(Struct, frozen=True):
    """A format: what may stand in brackets behind its name, and what writes a value with it."""

    given: Literal["nothing", "decimals", "whole", "id"]
    write: Callable[[NumberWords, Reached, Any], str]


def plainly(words: NumberWords, at: Reached) -> str:
    """A value without a format. Raises UnusableValueError for one that has no text of its own, or a wrong one."""
    _not_misleading(at)
    try:
        return words.formatter.text(at.value)
    except TypeError as bad:
        names = names_of(at.value)
        raise UnusableValueError(
            str(bad), f"name one of its values: {', '.join(sorted(names))}" if names else USAGE
        ) from None


def _not_misleading(at: Reached) -> None:
    """Raises UnusableValueError for people in 100 that are less than one, or all but less than one."""
    if found := misleads(at.value, at.holder, at.name):
        message, whole = found
        raise UnusableValueError(message, f"write the result itself with '| per({whole})'")


def _decimals(words: NumberWords, at: Reached, places: int | None) -> str:
    _not_misleading(at)
    share = share_of(at.value, at.holder, at.name)
    places = 1 if places is None else places
    if share is None or at.name not in PERCENTAGES:
        return _rounded(words.formatter.number, _number(at), places, _marks(at))
    return words.formatter.number(_exactly(share, places))


def _percent(words: NumberWords, at: Reached, places: int | None) -> str:
    share = share_of(at.value, at.holder, at.name)
    as_it_stands = places is None and at.name in PERCENTAGES and at.value not in (0, 100)
    if share is None or as_it_stands:
        return _rounded(words.formatter.percent, _number(at), places, NONE_AND_ALL)
    return words.formatter.percent(_exactly(share, places))


def _exactly(share: Share, places: int | None) -> Decimal:
    try:
        return share.percent(places)
    except ValueError as bad:
        raise UnusableValueError(str(bad), "give them in topic.yaml as the source does") from None


def _rounded(write: Callable[[Any], str], value: int | Decimal, places: int | None, marks: tuple[int, ...]) -> str:
    """A number with so many decimals, or as many as it takes to be none of `marks` that it is not."""
    try:
        return write(value if places is None else told_apart(Decimal(value), places, marks))
    except ArithmeticError:
        raise UnusableValueError("has too many digits to round", USAGE) from None


def _marks(at: Reached) -> tuple[int, ...]:
    """What a number must not be rounded to: nothing, no difference, none or all."""
    holder, name = (at.around, at.name) if isinstance(at.holder, Interval) else (at.holder, at.name)
    # An effect that is named whole is its value.
    effect = at.value if isinstance(at.value, EffectView) else holder
    if isinstance(effect, EffectView):
        if name in ("p", "level"):
            return (0, 1) if name == "p" else NONE_AND_ALL
        return (0, 1) if effect.statistic in RATIOS else NONE_AND_ALL if effect.statistic == "efficacy" else (0,)
    of_people = isinstance(at.holder, Interval) and member(holder, "measure") == "proportion"
    in_percent = isinstance(at.value, Quantity) and at.value.unit == "percentage_point"
    return NONE_AND_ALL if of_people or in_percent else (0,)


def _per(words: NumberWords, at: Reached, whole: int) -> str:
    share = share_of(at.value, at.holder, at.name)
    if share is None:
        _refuse(at, "people of so many", "name a result of people")
    try:
        return words.rate(share.per(whole), share.of)
    except ValueError as bad:
        instead = "give its count and denominator in topic.yaml, or write per(100)"
        raise UnusableValueError(str(bad), instead) from None


def _plural(words: NumberWords, at: Reached, name: str) -> str:
    forms = words.plurals.get(name)
    if forms is None:
        message = f"is counted as '{name}', which 'plurals' does not have"
        raise UnusableValueError(message, f"add it: {words.to_add(name)}, or {choose_from(name, words.plurals)}")
    _not_misleading(at)
    value = at.value.value if isinstance(at.value, Quantity) else at.value
    if not is_number(value) and not isinstance(value, Range | Tally):
        _refuse(at, "a number", "name a count")
    return words.counted(value, forms)


def _unit(words: NumberWords, at: Reached, _: None) -> str:
    if isinstance(at.value, NotReached):
        return words.formatter.text(at.value)
    if not isinstance(at.value, Quantity):
        raise UnusableValueError("has no unit", "give it 'unit:' in topic.yaml, or write it without '| unit'")
    return words.with_unit(at.value)


def _time(words: NumberWords, at: Reached, _: None) -> str:
    if not isinstance(at.value, TimeOfDay):
        _refuse(at, "a time of day", "write it in topic.yaml in 24 hours and in quotes: '08:30'")
    return words.formatter.time(at.value)


def _none(words: NumberWords, at: Reached, _: None) -> str:
    number = _number(at)
    _not_misleading(at)
    return words.formatter.number(number) if number else words.formatter.formats.none


def _absolute(words: NumberWords, at: Reached, _: None) -> str:
    _not_misleading(at)
    return words.formatter.number(abs(_number(at)))


def _p(words: NumberWords, at: Reached, _: None) -> str:
    if isinstance(at.value, Bound):
        return words.formatter.text(at.value)
    number = _number(at)
    if not 0 < number <= 1:
        _refuse(at, "a p value", "name one, such as study.outcome.effect.p")
    return f"={words.formatter.number(number)}"


FORMATS: Mapping[str, Format] = {
    "decimals": Format("decimals", _decimals),
    "percent": Format("decimals", _percent),
    "per": Format("whole", _per),
    "plural": Format("id", _plural),
    "unit": Format("nothing", _unit),
    "time": Format("nothing", _time),
    "none": Format("nothing", _none),
    "absolute": Format("nothing", _absolute),
    "p": Format("nothing", _p),
}
"""By the name that words write."""


def _number(at: Reached) -> int | Decimal:
    value: object = at.value.value if isinstance(at.value, EffectView) else at.value
    value = value.value if isinstance(value, Quantity) else value
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise UnusableValueError("is not a number to format", USAGE)
    return value


def _refuse(at: Reached, wanted: str, instead: str) -> NoReturn:
    raise UnusableValueError(f"is {kind_of(at.value)}, not {wanted}", instead)
