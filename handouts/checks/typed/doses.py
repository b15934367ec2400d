"""Doses as ISMP warns of them: a text in, what of it is misread and what to write instead out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Literal, NamedTuple

from msgspec import Struct

from handouts.by_identity import by_identity
from handouts.checks.typed.passages import FILLED, GAP
from handouts.checks.typed.units import SPACE, Unit, unit_at, words_of_units
from handouts.model.locale import Formats
from handouts.model.plain import PlainLanguage

Fault = Literal["trailing zero", "naked decimal", "glued", "abbreviation", "ungrouped"]

Explained = Callable[[], Collection[str]]

EXPRESSION = "{{ … }}"
"""Stands for an expression in what is to be written instead."""

UNGROUPED = 5
"""Digits from which a dose is misread without marks between its thousands; from there on the program groups values."""

_COMMON = ("mcg", "mg", "g", "ml", "mg_ml", "mg_kg", "unit", "mmol", "meq")
"""Units of doses in a language without a list."""

_NUMBER = re.compile(rf"{FILLED}+(?:[.,]0+(?![0-9]))?|[0-9]+(?:[.,][0-9]+)*")
# 4.0 mg/dL and 2.5 g/24 h are values of a laboratory, whose last zero says how exact they are.
_OF_A_LABORATORY = re.compile(rf"{SPACE}?/{SPACE}?(?:[dD]?[lL]|mmol|mol|24)(?!\w)")
_TRAILING = re.compile(r"[.,]0+$")
# Digits and marks part tokens, but for the dots of "q.d.".
_TOKEN = re.compile(rf"[^\s\d,;:()\[\]{{}}\"“”‘’/|<>≥≤=+–—…\u00A0\u2009\u202F{GAP}{FILLED}]+")
_NAME_AHEAD = re.compile(r"(?<!\w)[^\W\d_]{4,}$")


class Misread(Struct, frozen=True):
    """What of a text, from `start` to `end`, is misread, and what to write instead."""

    start: int
    end: int
    fault: Fault
    instead: str


class _Known(NamedTuple):
    """What a language's lists say: the ids of units by their words, and what to write for an abbreviation by the
    lower case of its first token, each with the abbreviation itself.
    """

    units: Mapping[str, str]
    doses: Collection[str]
    anywhere: Mapping[str, tuple[tuple[str, str], ...]]
    for_patients: Mapping[str, tuple[tuple[str, str], ...]]
    at_a_dose: Mapping[str, tuple[tuple[str, str], ...]]


@by_identity(8)
def _known(lexicon: PlainLanguage) -> _Known:
    doses = lexicon.doses
    listed = (doses.anywhere, doses.for_patients, doses.at_a_dose)
    return _Known(words_of_units(lexicon), frozenset(doses.units or _COMMON), *map(_by_first_token, listed))


def _by_first_token(listed: Mapping[str, str]) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    # The longest first: "q.d." before "q.d".
    for text, instead in sorted(listed.items(), key=lambda one: -len(one[0])):
        first = _TOKEN.match(text)
        found.setdefault(first[0].lower().rstrip(".") if first else text, []).append((text, instead))
    return {first: tuple(pairs) for first, pairs in found.items()}


def dose_units(lexicon: PlainLanguage) -> dict[str, str]:
    """The sign or first word of each unit of doses, by id."""
    known = _known(lexicon)
    words = list(known.units.items())
    return {key: word for word, key in reversed(words) if key in known.doses}


def dose_unit_at(text: str, at: int, lexicon: PlainLanguage) -> Unit | None:
    """The unit of a dose that begins at a place of a text, None where none does."""
    known = _known(lexicon)
    unit = unit_at(text, at, known.units)
    if unit is None or unit.id not in known.doses or _OF_A_LABORATORY.match(text, unit.end):
        return None
    return unit


def misread_in(
    text: str,
    lexicon: PlainLanguage,
    formats: Formats | None,
    *,
    explained: Explained = frozenset,
    patient: bool = False,
) -> Iterator[Misread]:
    """All that is misread in a text. `explained` gives names and short forms that words explain; it is asked of a hit
    alone.
    """
    known = _known(lexicon)
    yield from _abbreviations(text, known, explained, patient=patient)
    for number in _NUMBER.finditer(text):
        yield from _beside(text, number, known, explained, lexicon)
        unit = dose_unit_at(text, number.end(), lexicon)
        if unit:
            yield from _of_dose(text, number, unit, lexicon, formats, explained)


def _of_dose(
    text: str,
    number: re.Match[str],
    unit: Unit,
    lexicon: PlainLanguage,
    formats: Formats | None,
    explained: Explained,
) -> Iterator[Misread]:
    """What is misread in a number with the unit of a dose."""
    start, written = number.start(), number[0]
    ahead = text[start - 1 : start]
    sign = text[:start].rstrip(f" \u00a0\u2009\u202f{GAP}")[-1:]
    if sign in lexicon.doses.signs:
        yield Misread(
            text.rindex(sign, 0, start), unit.end, "abbreviation",
            f"{lexicon.doses.signs[sign]} {_shown(written)} {unit.written}",
        )  # fmt: skip
    if ahead in (".", ",") and _is_naked(text, start, ahead, formats):
        mark = formats.decimal if formats else ahead
        yield Misread(start - 1, unit.end, "naked decimal", f"0{mark}{written} {unit.written}")
        return
    name = _NAME_AHEAD.search(text, max(0, start - 40), start)
    if name and name[0] not in explained():
        yield Misread(name.start(), unit.end, "glued", f"{name[0]} {_shown(written)} {unit.written}")
    if ahead and (ahead.isalnum() or ahead in "._,"):
        return
    if ahead and ahead in "-‑" and text[max(0, start - 2) : start - 1].isalpha():
        return
    if _has_trailing_zero(written, formats):
        yield Misread(start, unit.end, "trailing zero", f"{_shown(_TRAILING.sub('', written))} {unit.written}")
    elif not unit.gap and not _is_misread(unit.written, lexicon):
        yield Misread(start, unit.end, "glued", f"{_shown(written)} {unit.written}")
    if written.isdigit() and len(written) >= UNGROUPED:
        grouped = f"{int(written):,}".replace(",", (formats.thousands if formats else ",") or ",")
        yield Misread(start, unit.end, "ungrouped", f"{grouped} {unit.written}")


def _has_trailing_zero(written: str, formats: Formats | None) -> bool:
    """Whether a number ends in zeros behind its decimal point; three may be thousands, unless the point says not."""
    zeros = _TRAILING.search(written)
    if zeros is None:
        return False
    return len(zeros[0]) != len(",000") or (formats is not None and zeros[0][0] == formats.decimal)


def _is_naked(text: str, start: int, mark: str, formats: Formats | None) -> bool:
    """Whether a number behind a mark has nothing before it, so that the mark is its decimal point."""
    before = text[start - 2 : start - 1] if start > 1 else ""
    if mark == ",":
        return (before == "" or before.isspace()) and (formats is None or formats.decimal == ",")
    return not (before.isalnum() or before in (".", ",", ")", "]", "_", FILLED)) or before == ""


def _is_misread(unit: str, lexicon: PlainLanguage) -> bool:
    """Whether a unit itself is what is misread: of 10U it is said that U is."""
    listed = (*lexicon.doses.anywhere, *lexicon.doses.at_a_dose)
    return unit.lower() in {one.lower() for one in listed}


def _abbreviations(text: str, known: _Known, explained: Explained, *, patient: bool) -> Iterator[Misread]:
    """What is misread wherever it stands."""
    for token in _TOKEN.finditer(text):
        first = token[0].lower().rstrip(".!?'")
        listed = known.anywhere.get(first, ())
        if patient:
            listed = (*listed, *known.for_patients.get(first, ()))
        for abbreviation, instead in listed:
            end = _end_of(text, token.start(), abbreviation)
            if end and text[token.start() - 1 : token.start()] != "/" and text[token.start() : end] not in explained():
                yield Misread(token.start(), end, "abbreviation", instead)
                break


def _beside(
    text: str, number: re.Match[str], known: _Known, explained: Explained, lexicon: PlainLanguage
) -> Iterator[Misread]:
    """What is misread behind a number or a dose, or before a dose."""
    ahead = text[number.start() - 1 : number.start()]
    if ahead and (ahead.isalnum() or ahead == "_"):
        return
    unit = dose_unit_at(text, number.end(), lexicon)
    for at in (number.end(), *((unit.end,) if unit else ())):
        token = _TOKEN.search(text, at, at + 16)
        if token and not text[at : token.start()].strip(f" \u00a0\u2009\u202f{GAP}"):
            yield from _listed_at(text, token, known.at_a_dose, explained)
    if unit:
        *_, token = (None, *_TOKEN.finditer(text, max(0, number.start() - 12), number.start()))
        between = text[token.end() : number.start()] if token else ""
        # A word in small letters before a dose is one of the sentence.
        if token and not token[0].islower() and not between.strip(f" \u00a0\u2009\u202f{GAP}"):
            yield from _listed_at(text, token, known.at_a_dose, explained)


def _listed_at(
    text: str, token: re.Match[str], listed: Mapping[str, tuple[tuple[str, str], ...]], explained: Explained
) -> Iterator[Misread]:
    for abbreviation, instead in listed.get(token[0].lower().rstrip(".!?'"), ()):
        end = _end_of(text, token.start(), abbreviation)
        if end and text[token.start() : end] not in explained():
            yield Misread(token.start(), end, "abbreviation", instead)
            return


def _end_of(text: str, start: int, abbreviation: str) -> int | None:
    """Where an abbreviation ends that begins at a place; None where another word does."""
    size = len(abbreviation)
    written = text[start : start + size]
    as_it_stands = size == 1 or abbreviation != abbreviation.lower()
    if " " in abbreviation:
        written = re.sub(SPACE, " ", written)
    if (written if as_it_stands else written.lower()) != abbreviation:
        return None
    end, following = start + size, text[start + size : start + size + 2]
    if abbreviation[-1].isalnum() and (following[:1].isalnum() or following[:1] in ("_", "-")):
        return None
    return None if following[:1] == "." and following[1:].isalnum() else end


def _shown(text: str) -> str:
    """A number as a message writes it, an expression as a mark."""
    return re.sub(rf"{FILLED}+", EXPRESSION, text)
