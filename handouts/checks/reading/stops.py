"""Where sentences end: at a full stop or its like, but not at that of "Dr.", "No. 5", "8 a.m." or "J. Smith".

In: a text and what its language knows of abbreviations. Out: the offsets at which its sentences end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct

END = re.compile(r"(?P<marks>[.!?…]+)(?P<closing>[\"'”’»)\]]*)(?=\s|$)")
"""A full stop or its like with the quotes and brackets that close after it."""

_NUMBERED = " {n}"
_NAMED = "{name} "
_OPENING = "\"'“„«»‘([¿¡*–—-"
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}")
_INITIAL = re.compile(r"[A-Z]\.")
_LONGEST_PREPOSITION = 4
_LETTER = len("a.")
"""A letter with a full stop, as in the Spanish "8 a. m."."""
_NO_INITIALS = ("A.", "I.")
"""Words of one letter, which may be the last of a sentence; a person's initial is held by the one beside it."""


class Stops(Struct, frozen=True):
    """What a language's full stops may be, all in lower case.

    `always` are abbreviations, which end a sentence only where one of `openings` follows. `before_numbers` are that
    before a number alone ("no."), `after_names` also end a sentence where they stand behind a name ("Main St.").
    """

    always: frozenset[str] = frozenset()
    before_numbers: frozenset[str] = frozenset()
    after_names: frozenset[str] = frozenset()
    openings: frozenset[str] = frozenset()

    @staticmethod
    def of(abbreviations: Iterable[str], openings: Iterable[str] = ()) -> Stops:
        """Those of a list as a language writes it: `dr.`, `no. {n}`, `{name} st.`; `openings` begin sentences."""
        return _stops(tuple(abbreviations), tuple(openings))

    def ends(self, text: str) -> Iterator[int]:
        """The offsets after each mark that ends a sentence."""
        for mark in END.finditer(text):
            if self._is_end(text, mark):
                yield mark.end()

    def _is_end(self, text: str, mark: re.Match[str]) -> bool:
        following = text[mark.end() :].split(maxsplit=1)
        if not following:
            return True
        after = following[0].lstrip(_OPENING)
        goes_on = after[:1].islower()
        if mark["marks"] != ".":
            # “Really?” she asked; (is it?) and left; wait… then call.
            return not (goes_on and (mark["closing"] or mark["marks"].endswith(("..", "…"))))
        before = text[: mark.start() + 1].split()
        said = before[-1].lstrip(_OPENING) if before else ""
        if goes_on and mark["closing"]:
            return False
        return not self._is_held(said, before[:-1], after, goes_on=goes_on)

    def _is_held(self, said: str, before: list[str], after: str, *, goes_on: bool) -> bool:
        """Whether a word with a full stop is an abbreviation within a sentence."""
        key = said.lower()
        if key in self.before_numbers and key not in self.always:
            return after[:1].isdigit()
        is_known = key in self.always or key in self.after_names
        if not is_known and not (self.openings and _INITIALS.fullmatch(said)):
            if _INITIAL.fullmatch(said):
                return self._is_initial(said, before, after)
            return goes_on and len(said) == _LETTER
        if goes_on or not after[:1].isupper():
            return True
        if key in self.after_names and _ends_with_a_name(before):
            return False
        # Without words that begin sentences nobody can tell whether "U.S." ends one; "Dr." hardly does.
        return not self._opens(after) if self.openings else is_known

    def _is_initial(self, said: str, before: list[str], after: str) -> bool:
        """Whether a capital with a full stop stands for a first or middle name: "J. Smith", "A. B. Jones"."""
        if not after[:1].isupper() or self._opens(after):
            return False
        last = before[-1] if before else ""
        beside = _INITIAL.match(after) or _INITIAL.fullmatch(last) or last.lower() in self.always
        return bool(beside) or (said not in _NO_INITIALS and bool(self.openings) and _may_be_named(before))

    def _opens(self, after: str) -> bool:
        """Whether a word is one that begins sentences."""
        return after.rstrip(",;:!?…”’'\")").lower().replace("’", "'") in self.openings


def _ends_with_a_name(before: list[str]) -> bool:
    """Whether the last of these words has a capital that no sentence's beginning asks for."""
    return len(before) > 1 and before[-1][:1].isupper() and not END.search(before[-2])


def _may_be_named(before: list[str]) -> bool:
    """Whether a person may be named behind these words: behind "by" and "with", not behind "vitamin", which has a C."""
    return not before or not before[-1][:1].islower() or len(before[-1]) <= _LONGEST_PREPOSITION


@cache
def _stops(abbreviations: tuple[str, ...], openings: tuple[str, ...]) -> Stops:
    written = [one.lower() for one in abbreviations]
    numbered = {one.removesuffix(_NUMBERED) for one in written if one.endswith(_NUMBERED)}
    named = {one.removeprefix(_NAMED) for one in written if one.startswith(_NAMED)}
    always = {one for one in written if not one.endswith(_NUMBERED) and not one.startswith(_NAMED)}
    return Stops(frozenset(always), frozenset(numbered), frozenset(named), frozenset(openings))
