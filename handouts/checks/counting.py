"""Rules on what is counted: a noun in the form that its number asks for, "1 person", "5 months".

In: one composed document, where the numbers of the topic stand in its words. Out: numbers beside the wrong form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from handouts.checks.phrases import NUMBER, amount_of
from handouts.checks.printed import printed, run_at, words_at
from handouts.checks.rule import Found, OfPlan, rule
from handouts.model.plain import PlainLanguage
from handouts.model.plural_forms import rules_of
from handouts.plan.text import plain
from handouts.problems import Origin

_BESIDE = re.compile(r"[0-9]\s+\w")
_LAST = re.compile(r"[\w'’-]+(?=[\s\u00A0(]*$)")
"""The word before a number, with nothing but spaces between."""
_NEXT = re.compile(r"\s*([.!?;:)…]|$)|\s+(\w+)(?!\s+[0-9])(?!\w)")
"""What ends the clause, or the next word; "5 year and 10 year survival" counts years of survival."""
_YEAR = re.compile(r"(?:1[6-9]|20|21)[0-9]{2}")


@rule(
    "WORDS04",
    OfPlan,
    "warning",
    why="Words such as '1 people' tell a reader that nobody read the page, and make them doubt its numbers.",
    source="Unicode CLDR, plural rules; the words that are counted: templates/plain",
)
def number_with_the_wrong_form(subject: OfPlan) -> Iterator[Found]:
    """A number stands before a noun in the form of other numbers: "1 patients", "5 month".

    Found where all numbers stand in place: in words, alt texts and notes. What may be a name ("phase 1 patients") or
    part of another word ("a 12 week course") is left alone.
    """
    if not subject.lexicon.counted:
        return
    seen: set[tuple[Origin | None, str]] = set()
    for runs in printed(subject.plan):
        for said, at, noun, right in miscounted(plain(runs), subject):
            origin = run_at(runs, at).origin
            if (origin, said) in seen:
                continue
            seen.add((origin, said))
            where = _located(subject, origin, noun)
            instead = (
                f"write '{right}', or let the number choose: {{{{ … | plural(NAME) }}}}, with its forms in plurals"
            )
            if where is None:
                where = Origin(subject.words.document.file)
                instead = "write the form of that number in the template or locale that says it"
            yield Found(where, f"'{said}' has the form of other numbers than {said.split()[0]}", instead)


def miscounted(text: str, subject: OfPlan) -> Iterator[tuple[str, int, str, str]]:
    """The words at fault, where they begin in a text, the noun among them, and the words as they should be."""
    if not _BESIDE.search(text):
        return
    lexicon = subject.lexicon
    rules = rules_of(lexicon.language)
    for match in _pattern(tuple(lexicon.counted.items())).finditer(text):
        number, between, noun = match["number"], match["between"], match["noun"]
        amount = amount_of(number, subject.formats)
        is_one = rules.category(amount) == "one"
        forms = {plural: one for one, plural in lexicon.counted.items()} if is_one else lexicon.counted
        other = forms.get(noun.lower())
        if other is None or between.strip().lower() in lexicon.common or _is_name(text[: match.start()], lexicon):
            continue
        if is_one or (not between and _is_counted(number, amount, text[match.end() :], lexicon)):
            yield match[0], match.start(), noun, f"{number} {between}{other}"


@cache
def _pattern(counted: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    nouns = "|".join(sorted({re.escape(form) for pair in counted for form in pair}, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.,/–−-])(?P<number>{NUMBER})\s+(?P<between>(?:[^\W\d_]+\s+)??)(?P<noun>{nouns})(?![\w-])",
        re.IGNORECASE,
    )


def _is_name(before: str, lexicon: PlainLanguage) -> bool:
    """Whether the number goes with the word before it ("Phase 1", "Cohort 1", "day 5"), or ends a range ("0 to 1")."""
    last = _LAST.search(before)
    if last is None:
        return False
    word = last[0].lower()
    begins = before[: last.start()].rstrip()
    begins_sentence = not begins or begins[-1] in ".!?:;…"
    names = (*lexicon.numbered, *lexicon.counted, *lexicon.counted.values())
    if word in names or word[:1].isdigit() or (last[0][:1].isupper() and not begins_sentence):
        return True
    return begins[-1:].isdigit()


def _is_counted(number: str, amount: Decimal, after: str, lexicon: PlainLanguage) -> bool:
    """Whether a noun in the singular is what a number of several counts, and no part of another word: "5 month."."""
    if 0 < amount < 1 or _YEAR.fullmatch(number):
        return False
    following = _NEXT.match(after)
    return following is not None and (following[2] is None or following[2].lower() in lexicon.common)


def _located(subject: OfPlan, origin: Origin | None, noun: str) -> Origin | None:
    """Where a noun stands behind its number in the words that begin at `origin`; None for words of no language file."""
    found = words_at(subject, origin)
    if found is None:
        return origin
    path, text = found
    behind = re.search(rf"(?:\}}\}}|[0-9])\s+(?:\w+\s+)?(?P<noun>{re.escape(noun)})\b", text)
    before = text.count(noun, 0, behind.start("noun")) if behind else 0
    return subject.words.document.origin_within(path, noun, before)
