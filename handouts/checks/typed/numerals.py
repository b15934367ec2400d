"""Numbers as people type them: a text in, every quantity in it with its values and unit out.

Told apart are quantities (`5mg`, `10–20 mL`, `12/40`, `½`, `3x`, `7-day`) and numbers that are part of a name (`MM1`,
`COVID-19`, `type 2`, `del(17p)`, `5-FU`): letters right before a digit, or a word and a hyphen, make a name; a digit
before letters is counted in them. Number words ("two") are not read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from msgspec import Struct

from handouts.checks.typed.passages import FILLED, GAP
from handouts.checks.typed.units import SPACE, unit_at, words_of_units
from handouts.model.base import AsOf, TimeOfDay
from handouts.model.locale import Formats
from handouts.model.plain import PlainLanguage

_MARKS = r".,'’\u00A0\u2009\u202F"
_PLAIN = rf"[0-9]{{1,3}}(?P<mark>[{_MARKS}])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*(?![0-9])(?:[.,][0-9]+)?"
_VULGAR = r"(?:[0-9]+\s?)?[¼-¾⅐-⅞↉]|[⁰¹²³⁴-⁹]+⁄[₀-₉]+|[0-9]+⁄[0-9]+"
_NUMBER = re.compile(
    rf"(?P<vulgar>{_VULGAR})|(?P<plain>{_PLAIN}|[0-9]+(?:[.,·][0-9]+)?|(?<![\w.,){FILLED}])[.,·][0-9]+)"
)
_JOINT = re.compile(rf"(?P<tight>[-‐‑‒–—−/:.]|{SPACE}?[x×*]{SPACE}?)|{SPACE}[-‐‑‒–—−]{SPACE}")
_LETTERS = re.compile(r"[^\W\d_]+")
_ALNUM = re.compile(r"\w*(?:[-‑][^\W_]\w*)*(?:[/–-][0-9]{1,2}(?![\w%]|[.,][0-9]))?")
_BEFORE = re.compile(r"([^\W_]+)([-‐‑–]?)$")
_ISO = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?")
_NUMERIC_DATE = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([12][0-9]{3}|[0-9]{2})")
_MONTH_OF_YEAR = re.compile(r"(0?[1-9]|1[0-2])/([12][0-9]{3})")
_TIME = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])")
_HALF = re.compile(rf"{SPACE}?([ap])\.?{SPACE}?m\b\.?", re.IGNORECASE)
_LONGEST = 48
"""Characters beside a number in which the words of a level or a date stand."""
_ONE = re.compile(r"[≥≤<>]?[0-9]+[a-c]?\+?(?![\w%]|[.,][0-9])")
_JOINED = re.compile(rf"{SPACE}?[-‐‑–—/]{SPACE}?|{SPACE}(?P<word>[^\W\d_]+){SPACE}")
_OF = re.compile(rf"{SPACE}?%|{SPACE}(?:of|in|de|per)\b")
_DAY_BEFORE = re.compile(rf"(?<![\w.,])([0-9]{{1,2}})(?:st|nd|rd|th|\.|º)?(?:{SPACE}de)?{SPACE}$")
_DAY_AFTER = re.compile(rf"\.?{SPACE}([0-9]{{1,2}})(?:st|nd|rd|th)?(?![\w:%]|[.,][0-9])")
_YEAR_AFTER = re.compile(rf"\.?,?(?:{SPACE}de)?{SPACE}([12][0-9]{{3}})(?![\w%])")
_EVERY = re.compile(r"\s?(?:h|hr|hrs|d|w|wk|min)\b", re.IGNORECASE)
_POWER = re.compile(r"\^[-−]?[0-9]+|[⁻⁰¹²³⁴-⁹]+")
_HYPHENED = re.compile(r"[-‐‑]([^\W\d_]+)")

Date = tuple[int, int, int]


class Numeral(Struct, frozen=True):
    """A quantity in a text, from `start` to `end` with its unit. `parts` are its numbers, each as it can be read
    (12,640 is twelve thousand or twelve and a half); `number_end` is where its digits end. `unit` is the id of the unit
    behind it; `glued` says that nothing stands between the two.
    """

    start: int
    number_end: int
    end: int
    parts: tuple[tuple[Decimal, ...], ...]
    unit: str | None = None
    glued: bool = False
    dates: tuple[AsOf, ...] = ()
    times: tuple[TimeOfDay, ...] = ()
    kind: Literal["number", "fraction", "date", "time"] = "number"


class Tongue(NamedTuple):
    """What reading numbers in a language takes, all words in lower case."""

    units: Mapping[str, str]
    numbered: tuple[str, ...]
    connectors: frozenset[str]
    idioms: tuple[str, ...]
    levels: tuple[tuple[str, str], ...]
    """What stands before and behind the level of an interval."""
    ordinals: tuple[str, ...]
    before: frozenset[str]
    behind: tuple[str, ...]
    months: Mapping[str, int]
    decimal: str = ""


def tongue_of(lexicon: PlainLanguage, formats: Formats | None, counted: Mapping[str, Sequence[str]] = {}) -> Tongue:
    """How a language counts; `counted` are further units of a topic with their words, by id."""
    known = lexicon.numerals
    months = (formats.months, formats.short_months) if formats else ()
    parts = (phrase.partition("{n}") for phrase in known.levels)
    return Tongue(
        units=words_of_units(lexicon, counted),
        numbered=tuple(lexicon.numbered),
        connectors=frozenset(known.connectors),
        idioms=known.idioms,
        levels=tuple((before, after) for before, _, after in parts),
        ordinals=known.ordinals,
        before=frozenset(known.before),
        behind=known.behind,
        months={name.lower(): at for names in months for at, name in enumerate(names, 1)},
        decimal=formats.decimal if formats else "",
    )


def numerals_in(text: str, tongue: Tongue) -> Iterator[Numeral]:
    """Every quantity of a text in order; numbers of names, idioms and levels of intervals are left out."""
    text = _ascii(text)
    if not _NUMBER.search(text):
        return
    text = _without_idioms(text, tongue.idioms)
    dates = _dates(text, tongue.months)
    at = 0
    while found := _NUMBER.search(text, at):
        date = next((one for one in dates if one.start <= found.start() < one.end), None)
        if date is not None:
            dates.remove(date)
            yield date
            at = date.end
            continue
        end = _end_of_name(text, found, tongue)
        if end is None:
            numeral = _numeral(text, found, tongue)
            yield numeral
            end = numeral.end
        at = max(end, found.end())


def _ascii(text: str) -> str:
    """The text with the decimal digits of every script as 0 to 9: full-width, Arabic-Indic and so on."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() and not c.isascii() else c for c in text)


def _without_idioms(text: str, idioms: tuple[str, ...]) -> str:
    for idiom in idioms:
        at = text.lower().find(idiom)
        while at >= 0:
            end = at + len(idiom)
            if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
                text = text[:at] + GAP * len(idiom) + text[end:]
            at = text.lower().find(idiom, end)
    return text


def _end_of_name(text: str, found: re.Match[str], tongue: Tongue) -> int | None:
    """Where the name ends of which a number is part; None for a quantity."""
    start, end = found.span()
    if _is_level(text, start, end, tongue.levels):
        return end
    before = _BEFORE.search(text, max(0, start - 40), start)
    if before and not _is_quantity_after(text, before, end, tongue):
        whole = _ALNUM.match(text, end)
        return whole.end() if whole else end
    numbered = _end_of_numbered(text, found, tongue)
    if numbered is not None:
        return numbered
    if found[0] == "10" and (power := _POWER.match(text, end)):
        # 10⁹/L is a unit.
        return power.end()
    letters = _LETTERS.match(text, end)
    if letters:
        return _name_behind(text, letters, tongue)
    ordinal = _ordinal_at(text, end, tongue)
    if ordinal is not None:
        return ordinal
    if text.startswith(("'", "’", "′"), end) and (text[end + 1 : end + 2].isalpha() or text[end + 1 : end + 2] == "-"):
        # 5'-end: a place in a nucleic acid.
        return end + 1
    hyphened = _HYPHENED.match(text, end)
    if hyphened and not unit_at(text, end, tongue.units):
        word = hyphened[1]
        if word[0].isupper() or word.lower().startswith(tongue.behind):
            whole = _ALNUM.match(text, hyphened.start(1))
            return whole.end() if whole else hyphened.end()
    return None


def _is_level(text: str, start: int, end: int, levels: tuple[tuple[str, str], ...]) -> bool:
    """Whether a number is the level of an interval: "95% CI"."""
    if not levels:
        return False
    behind = _plainly_spaced(text[end : end + _LONGEST])
    behind = behind[1:] if behind.startswith(" %") else behind
    ahead = _plainly_spaced(text[max(0, start - _LONGEST) : start])
    return any(
        ahead.endswith(before)
        and behind.startswith(after)
        and not (before and ahead[-len(before) - 1 : -len(before)].isalnum())
        and not behind[len(after) : len(after) + 1].isalnum()
        for before, after in levels
    )


def _plainly_spaced(text: str) -> str:
    return re.sub(rf"{SPACE}+", " ", text).lower()


def _end_of_numbered(text: str, found: re.Match[str], tongue: Tongue) -> int | None:
    """Where the numbers end that a word such as "grade" names: 3, ≥3, 3+, 3b, 3–4, 3 or 4; None without the word."""
    ahead = text[max(0, found.start() - _LONGEST) : found.start()].lower()
    bare = ahead.rstrip(" \u00a0\u2009\u202f≥≤<>" + GAP)
    bare = bare[:-1] if bare.endswith(("-", "‑")) else bare
    named = bare != ahead and any(
        bare.endswith(word) and not bare[-len(word) - 1 : -len(word)].isalnum() for word in tongue.numbered
    )
    one = _ONE.match(text, found.start()) if named else None
    if one is None:
        return None
    end = one.end()
    while joint := _JOINED.match(text, end):
        if joint["word"] and joint["word"].lower() not in tongue.connectors:
            break
        further = _ONE.match(text, joint.end())
        # What is counted in something, or is of a whole, is no second number of the name.
        if further is None or unit_at(text, further.end(), tongue.units) or _OF.match(text, further.end()):
            break
        end = further.end()
    return end


def _ordinal_at(text: str, at: int, tongue: Tongue) -> int | None:
    """Where the ending of an ordinal ends that begins at a place."""
    for ending in tongue.ordinals:
        end = at + len(ending)
        if text.startswith(ending, at) and not text[end : end + 1].isalnum():
            return end
    return None


def _is_quantity_after(text: str, before: re.Match[str], end: int, tongue: Tongue) -> bool:
    """Whether a number right behind letters, or behind a word and a hyphen, is a quantity."""
    word, hyphen = before[1], before[2]
    unit = unit_at(text, end, tongue.units)
    if hyphen:
        if word.isdigit() or word.lower() in tongue.before:
            return True
        return bool(unit) or text[end : end + 1] == "%" or (hyphen == "–" and not any(c.isupper() for c in word))
    if word in ("x", "×"):
        return not text[end : end + 1].isalpha() or bool(unit)
    if word.lower() == "q":
        return bool(_EVERY.match(text, end))
    # A medicine and its dose run together: Tegretol300 mg.
    return word.isalpha() and len(word) >= 4 and bool(unit)


def _name_behind(text: str, letters: re.Match[str], tongue: Tongue) -> int | None:
    """Where a name ends that begins with a number and letters, such as 18F-FDG or 3D; None where letters count."""
    word, end = letters[0], letters.end()
    whole = _ALNUM.match(text, end)
    name_end = whole.end() if whole else end
    if unit_at(text, letters.start(), tongue.units):
        return None
    if _ordinal_at(text, letters.start(), tongue) is not None:
        return letters.end()
    if word.lower() in ("am", "pm", "x"):
        return None
    if any(c.isupper() for c in word) or text[end : end + 1].isdigit():
        return name_end
    # (2a), 3b: a part of a table or list.
    return name_end if len(word) == 1 and word in "abcef" else None


def _numeral(text: str, found: re.Match[str], tongue: Tongue) -> Numeral:
    start, end = found.span()
    parts, multiplied = [_readings(found, tongue.decimal)], False
    while joint := _JOINT.match(text, end):
        following = _NUMBER.match(text, joint.end())
        if not following or (_end_of_name(text, following, tongue) is not None and not joint["tight"]):
            break
        if not joint["tight"] and min(_readings(following, tongue.decimal)) <= max(parts[-1]):
            break
        multiplied = multiplied or joint[0].strip() in ("x", "×", "*")
        parts.append(_readings(following, tongue.decimal))
        end = following.end()
    written = text[start:end]
    if len(parts) > 1 and not multiplied:
        special = _special(text, start, end, written)
        if special:
            return special
    kind = "fraction" if len(parts) == 2 and "/" in written else "number"
    half = _HALF.match(text, end)
    if half and len(parts) == 1 and written.isdigit() and 1 <= int(written) <= 12:
        return Numeral(start, end, half.end(), tuple(parts), times=_times(int(written), 0, half[1]), kind="time")
    unit = unit_at(text, end, tongue.units)
    if not unit:
        letters = _LETTERS.match(text, end)
        return Numeral(start, end, letters.end() if letters else end, tuple(parts), kind=kind)
    return Numeral(start, end, unit.end, tuple(parts), unit.id, not unit.gap, kind=kind)


def _special(text: str, start: int, end: int, written: str) -> Numeral | None:
    """A date or a time of day."""
    dates: list[Date] = []
    if iso := _ISO.fullmatch(written):
        dates.append((int(iso[1]), int(iso[2]), int(iso[3] or 0)))
    elif numeric := _NUMERIC_DATE.fullmatch(written):
        one, two, year = int(numeric[1]), int(numeric[3]), int(numeric[4])
        year += 2000 if year < 100 else 0
        dates += [(year, month, day) for day, month in ((one, two), (two, one)) if 1 <= month <= 12 and 1 <= day <= 31]
    elif month := _MONTH_OF_YEAR.fullmatch(written):
        dates.append((int(month[2]), int(month[1]), 0))
    if dates:
        return Numeral(start, end, end, (), dates=tuple(AsOf(*date) for date in dates), kind="date")
    time = _TIME.fullmatch(written)
    if not time:
        return None
    half = _HALF.match(text, end)
    times = _times(int(time[1]), int(time[2]), half[1] if half else "")
    return Numeral(start, end, half.end() if half else end, (), times=times, kind="time")


def _times(hour: int, minute: int, half: str) -> tuple[TimeOfDay, ...]:
    if half:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return (TimeOfDay(hour, minute),)


def _dates(text: str, months: Mapping[str, int]) -> list[Numeral]:
    """Dates with the name of a month: 4 May 2024, May 4, 2024, May 2024, 4 de mayo de 2024."""
    found: list[Numeral] = []
    for word in _LETTERS.finditer(text) if months else ():
        month = months.get(word[0].lower())
        if month is None:
            continue
        day, year = _DAY_BEFORE.search(text, max(0, word.start() - _LONGEST), word.start()), None
        end = word.end()
        after = _DAY_AFTER.match(text, end) if not day else None
        end = after.end(1) if after else end
        year = _YEAR_AFTER.match(text, after.end() if after else end)
        days = int(day[1]) if day else int(after[1]) if after else 0
        if days > 31 or not (days or year) or (word[0] == "may" and not day):
            continue
        date = AsOf(int(year[1]) if year else 0, month, days)
        start, end = day.start(1) if day else word.start(), year.end(1) if year else end
        found.append(Numeral(start, end, end, (), dates=(date,), kind="date"))
    return found


def _readings(found: re.Match[str], point: str) -> tuple[Decimal, ...]:
    """The values that a number can have, the likelier first; `point` is the language's, "" where that is not known."""
    if found["vulgar"]:
        return (_vulgar(found["vulgar"]),)
    text = found["plain"].replace("·", ".")
    mark = found["mark"]
    if not mark:
        return (Decimal(text.replace(",", ".")),)
    groups, _, decimals = text, "", ""
    if len(text) - text.rfind(mark) - 1 != 3:
        cut = max(text.rfind("."), text.rfind(","))
        groups, decimals = text[:cut], text[cut + 1 :]
    grouped = Decimal(groups.replace(mark, "") + (f".{decimals}" if decimals else ""))
    if mark in ".," and text.count(mark) == 1 and not decimals:
        decimal = Decimal(text.replace(",", "."))
        if point:
            return (decimal,) if mark == point else (grouped,)
        return (grouped, decimal) if decimal != decimal.to_integral_value() else (grouped,)
    return (grouped,)


def _vulgar(text: str) -> Decimal:
    if "⁄" in text:
        above, below = text.split("⁄")
        top, bottom = (int("".join(str(unicodedata.digit(c)) for c in part)) for part in (above, below))
        return Decimal(top) / Decimal(bottom or 1)
    whole = text[:-1].strip()
    return Decimal(whole or 0) + Decimal(str(unicodedata.numeric(text[-1])))
