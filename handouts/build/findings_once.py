"""What checks find, found once: a subject in, what all rules find in it out, as `checks.registry.judged` gives it.

A rule is a function of its subject. What it found is remembered with the values that it asked for, and found again as
long as all of these are the same; which those are is seen while it runs, not said by anybody.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date
from typing import Any, TypeAlias, cast

from handouts.build.memory import PLAN
from handouts.checks.registry import RULES, judged
from handouts.checks.rule import OfPlan, OfWords, Subject
from handouts.files.reading import Reading
from handouts.files.recall import Same
from handouts.model.review import Standing
from handouts.problems import Problem, ProblemsError

FINDINGS = 20_000
"""Bytes that are counted for what was found in a subject."""

_Found: TypeAlias = tuple[Problem, ...]


def found_once(reading: Reading, subject: Subject) -> _Found:
    """What all rules find in a subject, known by all of its values."""
    if not reading.remembers:
        return tuple(judged(subject))
    return reading.once(_known_by(subject), lambda: tuple(judged(subject)), FINDINGS)


def _known_by(subject: Subject, *but: str) -> Hashable:
    """All values of a subject, but for those of these names, as a key."""
    names = [name for name in subject.__struct_fields__ if name not in but]
    return (type(subject), *(_part(getattr(subject, name)) for name in names))


def _part(value: object) -> Hashable:
    """A subject's value as a part of a key: what is small by its value, all else by itself."""
    if isinstance(value, Standing):
        return (Same(value.sign_off), Same(value.record))
    if isinstance(value, tuple):
        return tuple(map(_part, cast("tuple[object, ...]", value)))
    return value if isinstance(value, date | str | bool) else Same(value)


class _Words(OfWords, frozen=True, dict=True):
    """Words with their clinic, which tell whether anybody asked for the clinic."""

    def __getattribute__(self, name: str) -> Any:
        if name == "clinic":
            object.__getattribute__(self, "__dict__")["asked"] = True
        return super().__getattribute__(name)


def found_in_words(reading: Reading, subject: OfWords) -> Iterator[Problem]:
    """What all rules find in words; those that ask for the clinic look anew, since each request may type its own."""
    if not reading.remembers:
        yield from judged(subject)
        return
    try:
        known = tuple(Same(one) for one in subject.known())
    except ProblemsError:
        # Whether that matters decides the rule that asks for it.
        yield from judged(subject)
        return
    key = ("words", _known_by(subject, "clinic", "known"), known)
    found = reading.once(key, lambda: _without_clinic(subject), FINDINGS)
    for one in RULES:
        if one.code in found:
            yield from found[one.code]
        elif issubclass(OfWords, one.over):
            yield from one.problems(subject)


def _without_clinic(subject: OfWords) -> dict[str, _Found]:
    """What each rule finds that does not ask for the clinic, by its code."""
    values = {name: getattr(subject, name) for name in OfWords.__struct_fields__}
    words = _Words(**values)
    found: dict[str, _Found] = {}
    for one in RULES:
        if not issubclass(OfWords, one.over):
            continue
        problems = tuple(one.problems(words))
        if not words.__dict__:
            found[one.code] = problems
        else:
            # What rules share they remember by the subject: the next could be given what this one made of the clinic.
            words = _Words(**values)
    return found


_SEEN = ("plan", "sections", "glossary", "is_handout", "language", "template")
"""What rules on plans ask for that can change while files do not; a clinic's name changes only the first."""


class _Plan(OfPlan, frozen=True, dict=True):
    """A plan as rules see it, which keeps what they asked for."""

    def __getattribute__(self, name: str) -> Any:
        if name not in _SEEN:
            return super().__getattribute__(name)
        own = object.__getattribute__(self, "__dict__")
        return own["asked"].setdefault(name, getattr(own["of"], name))


_Trace: TypeAlias = tuple[dict[str, object], _Found]


def found_in_plan(reading: Reading, subject: OfPlan) -> _Found:
    """What all rules find in a plan. A rule looks again only where something that it asked for is another."""
    if not reading.remembers:
        return tuple(judged(subject))
    files = ("plan", type(subject.plan), _known_by(subject, "plan"))
    return reading.once((files, Same(subject.plan)), lambda: _again(reading, files, subject), FINDINGS)


def _again(reading: Reading, files: Hashable, subject: OfPlan) -> _Found:
    # Threads may write at once: each puts a whole trace in the place of another, and any will do.
    traces: dict[str, _Trace] = reading.once(files, dict[str, _Trace], 2 * PLAN)
    same: dict[tuple[str, int], bool] = {}
    found: list[Problem] = []
    for one in RULES:
        if not issubclass(OfPlan, one.over):
            continue
        trace = traces.get(one.code)
        if trace is None or not all(_is_same(subject, name, value, same) for name, value in trace[0].items()):
            asked: dict[str, object] = {}
            plan = _Plan(**{name: getattr(subject, name) for name in OfPlan.__struct_fields__})
            vars(plan).update(of=subject, asked=asked)
            trace = traces[one.code] = (asked, tuple(one.problems(plan)))
        found += trace[1]
    return tuple(found)


def _is_same(subject: OfPlan, name: str, value: object, same: dict[tuple[str, int], bool]) -> bool:
    """Whether a subject gives what a rule was given; a plan that is another object counts as another."""
    now = getattr(subject, name)
    if now is value or name == "plan":
        return now is value
    key = (name, id(value))
    if key not in same:
        same[key] = now == value
    return same[key]
