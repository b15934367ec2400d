"""Numbers typed into words and templates: a language file or templates in; each number with its place, and the names of
the topic that print it, out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from handouts.by_identity import by_identity
from handouts.checks.rule import OfTemplates, OfTyped, OfWords
from handouts.checks.typed.known import Numbers
from handouts.checks.typed.meant import NAME, SPACES, Reader, Typed, has_digits
from handouts.checks.typed.numerals import Numeral, numerals_in, tongue_of
from handouts.checks.typed.passages import FILLED, Passage, passages_of
from handouts.checks.typed.phones import without_phones
from handouts.model.document import KeyPath
from handouts.model.plain import PlainLanguage

_WHOLES = frozenset(Decimal(10) ** power for power in (2, 3, 4, 5))
"""What rates are given out of."""


def typed_in(subject: OfTyped) -> tuple[Typed, ...]:
    """Every number typed into a language file, or into templates."""
    return _typed_in(subject)


@by_identity(8)
def _typed_in(subject: OfTyped) -> tuple[Typed, ...]:
    match subject:
        case OfWords():
            return tuple(_in_words(subject))
        case OfTemplates():
            return tuple(_in_templates(subject))
        case _:
            return ()


def _in_templates(subject: OfTemplates) -> Iterator[Typed]:
    tongue, lexicon = tongue_of(subject.lexicon, subject.formats), subject.lexicon
    for passage in passages_of(subject):
        if has_digits(passage.text):
            text = without_phones(passage.text, subject.topic.value, lexicon)
            for numeral in numerals_in(text, tongue):
                if not _is_whole(passage, numeral, lexicon):
                    span = numeral.start, numeral.end
                    yield Typed(passage.place(*span), passage.written(*span), in_template=True)


def _in_words(subject: OfWords) -> Iterator[Typed]:
    topic, lexicon, words = subject.topic.value, subject.lexicon, subject.words.value
    reader = Reader(topic, words)
    tongue = tongue_of(lexicon, subject.formats, reader.counted)
    for passage in passages_of(subject):
        if not has_digits(passage.text) or _is_name(passage.path):
            continue
        text = reader.without_names(without_phones(passage.text, topic, lexicon), passage.path)
        numerals = list(numerals_in(text, tongue))
        if len(numerals) > 1:
            numerals = list(_paired(numerals, passage.text, reader.numbers))
        for numeral in numerals:
            if not _is_whole(passage, numeral, lexicon):
                yield reader.typed(passage, numeral, lexicon)
                continue
            whole, name = numeral.parts[0][0], _before(passage, numeral)
            if name and not reader.counts_out_of(name, whole):
                span = numeral.start, numeral.end
                yield Typed(passage.place(*span), passage.written(*span), whole_of=name, whole=int(whole))
            elif not name and not reader.is_out_of(passage.path, whole):
                yield reader.typed(passage, numeral, lexicon)


def _is_name(path: KeyPath) -> bool:
    """Whether a text is a name, whose digits are its own: "Liraglutide 1.2 mg", "aged 16 to 55"."""
    return path[0] == "names" and path[-1] != "means"


def _is_whole(passage: Passage, numeral: Numeral, lexicon: PlainLanguage) -> bool:
    """Whether 100, 1,000 and so on stand as the whole of a rate: "in 100", "out of every 100"."""
    if len(numeral.parts) != 1 or numeral.parts[0][0] not in _WHOLES or numeral.unit:
        return False
    return bool(
        _wholes(lexicon.risk.shares, lexicon.risk.counts, lexicon.numerals.wholes).search(passage.text[: numeral.start])
    )


@lru_cache(maxsize=16)
def _wholes(shares: tuple[str, ...], counts: tuple[str, ...], further: tuple[str, ...]) -> re.Pattern[str]:
    between = {phrase.partition("{n}")[2].partition("{of}")[0].strip() for phrase in (*shares, *counts)}
    between.update(further)
    words = "|".join(
        re.escape(one).replace(r"\ ", rf"{SPACES}+") for one in sorted(between, key=len, reverse=True) if one
    )
    return re.compile(rf"(?:(?<!\w)(?:{words or '(?!)'}){SPACES}+|{FILLED}{SPACES}?/{SPACES}?)$", re.IGNORECASE)


def _before(passage: Passage, numeral: Numeral) -> str:
    """The name in the expression right before a whole ("{{ name }} in 100"); "" without one."""
    end = passage.text.rfind(FILLED, 0, numeral.start) + 1
    between = passage.text[end : numeral.start]
    # People and a few words may stand between: "{{ x }} people in 100".
    opening = passage.raw.rfind("{{", 0, end)
    if not end or len(between.split()) > 4 or any(c in ".;:!?" or c.isnumeric() for c in between):
        return ""
    named = NAME.match(passage.raw, max(opening, 0))
    return named[1] if named else ""


def _paired(numerals: list[Numeral], text: str, numbers: Numbers) -> Iterator[Numeral]:
    """The numerals, two of them as one where the topic has them together: "5 to 7 days", "9 of 50"."""
    waiting: Numeral | None = None
    for numeral in numerals:
        if waiting is not None:
            between = text[waiting.end : numeral.start]
            joined = len(between) < 16 and not any(c in ".;:!?,()" or c == FILLED for c in between)
            if joined and _pairs(waiting, numeral, numbers):
                yield Numeral(
                    waiting.start, numeral.number_end, numeral.end, (*waiting.parts, *numeral.parts), numeral.unit,
                    numeral.glued,
                )  # fmt: skip
                waiting = None
                continue
            yield waiting
        waiting = numeral
    if waiting is not None:
        yield waiting


def _pairs(one: Numeral, two: Numeral, numbers: Numbers) -> bool:
    if len(one.parts) != 1 or len(two.parts) != 1:
        return False
    return any((low, high) in numbers.pairs for low in one.parts[0] for high in two.parts[0])
