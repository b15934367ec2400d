"""Rules on stretches of time: each begins before it ends.

In: one composed document, with the dates of the topic as its language writes them. Out: "since March 2026 (to March
2026)", "2024 to 2021".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from msgspec import Struct

from handouts.checks.printed import printed, run_at, words_at
from handouts.checks.rule import Found, OfPlan, rule
from handouts.model.locale import Formats
from handouts.model.plain import PlainLanguage
from handouts.plan.text import plain
from handouts.problems import Origin

_DIGITS = re.compile(r"(?:19|20)[0-9]{2}")
_PLACE = re.compile(r"\\\{(day|month|year)\\\}")


@rule(
    "STALE05",
    OfPlan,
    "warning",
    why="A stretch of time without length tells a reader that something was looked at for longer than it was.",
    source="a rule of this program",
)
def stretch_without_length(subject: OfPlan) -> Iterator[Found]:
    """A stretch of time ends on the day, or in the month or year, in which it begins, or before: "2024 to 2021"."""
    if subject.formats is None or not subject.lexicon.until:
        return
    seen: set[tuple[Origin | None, str]] = set()
    for runs in printed(subject.plan):
        text = plain(runs)
        if not _DIGITS.search(text):
            continue
        for start, end, wrong, right in stretches(text, subject.formats, subject.lexicon):
            origin, said = run_at(runs, start).origin, text[start:end]
            if (origin, said) not in seen:
                seen.add((origin, said))
                where = _located(subject, origin) or Origin(subject.words.document.file)
                yield Found(where, f"'{said}' {wrong}", right)


class _Date(Struct, frozen=True):
    """A date in a text, as far as it is said: a year, a month of one, or a day."""

    start: int
    end: int
    parts: tuple[int, ...]


def stretches(text: str, formats: Formats, lexicon: PlainLanguage) -> Iterator[tuple[int, int, str, str]]:
    """Where each wrong stretch of time begins and ends in a text, what is wrong with it and what to write."""
    for first, last in pairwise(_dates(text, formats)):
        between = text[first.end : last.start].strip().lower().removeprefix("(").strip()
        if between not in lexicon.until or _counts(text[last.end :], last, lexicon):
            continue
        shared = min(len(first.parts), len(last.parts))
        if len(first.parts) == len(last.parts) and first.parts == last.parts:
            yield first.start, last.end, "begins and ends with the same date", "name that date once"
        elif first.parts[:shared] > last.parts[:shared]:
            yield first.start, last.end, "ends before it begins", "name the earlier date first, or mend the dates"


def _counts(after: str, last: _Date, lexicon: PlainLanguage) -> bool:
    """Whether what may be a year is a number of people or things: "from 2013 to 1999 people"."""
    following = re.match(r"\s+(\w+)", after) if len(last.parts) == 1 else None
    return following is not None and following[1].lower() in (*lexicon.counted, *lexicon.counted.values())


def _dates(text: str, formats: Formats) -> Iterator[_Date]:
    months = {name.lower(): at % 12 + 1 for at, name in enumerate((*formats.months, *formats.short_months))}
    for match in _pattern(formats.day, formats.month, (*formats.months, *formats.short_months)).finditer(text):
        said = {name[:-1]: value for name, value in match.groupdict().items() if value}
        month = (months[said["month"].lower()],) if "month" in said else ()
        day = (int(said["day"]),) if "day" in said else ()
        yield _Date(match.start(), match.end(), (int(said["year"]), *month, *day))


@cache
def _pattern(day: str, month: str, names: tuple[str, ...]) -> re.Pattern[str]:
    """Days, months and years as a language writes them; a year alone is no part of a number, a page or a count."""
    kinds = {
        "day": "[0-9]{1,2}",
        "month": "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)),
        "year": _DIGITS.pattern,
    }

    def of(form: str, at: int) -> str:
        text = _PLACE.sub(lambda place: f"(?P<{place[1]}{at}>{kinds[place[1]]})", re.escape(form))
        return text.replace(r"\ ", r"\s+")

    alone = of("{year}", 3)
    return re.compile(
        rf"(?<![\w.,:;/$€£-])(?:{of(day, 1)}|{of(month, 2)}|{alone})(?![\w/%]|[.,:-][0-9]|\s+[0-9])", re.IGNORECASE
    )


def _located(subject: OfPlan, origin: Origin | None) -> Origin | None:
    """Where two dates are joined in the words that begin at `origin`."""
    found = words_at(subject, origin)
    if found is None:
        return origin
    joined = re.search(r"\{\{[^}]*\}\}\s*\(?\s*\S+\s*\{\{[^}]*\}\}", found[1])
    return subject.words.document.origin_within(found[0], joined[0] if joined else "")
