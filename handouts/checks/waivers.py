"""Waivers: findings in, those that stay and those that were waived out; and the rules on the waivers themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from handouts.checks.rule import Found, OfPhones, OfTopic, OfWaivers, OfWords, Placed, Rule, rule
from handouts.model.document import Document, KeyPath, spell
from handouts.model.freshness import is_past
from handouts.model.load import Loaded
from handouts.model.topic import Topic
from handouts.model.waiver import Waiver
from handouts.model.words import Words
from handouts.problems import Origin, Problem, Waived, choose_from, nearest

ONE_PLACE = "a rule of this program: a finding is waived at one place, for a reason, until a day"


class Waivers:
    """The waivers of one topic, and what they have covered so far in a run."""

    def __init__(
        self, topic: Loaded[Topic], words: Iterable[Loaded[Words]], today: date, rules: Iterable[Rule[Any]]
    ) -> None:
        documents: dict[str | None, Document] = {one.value.language: one.document for one in words}
        documents[None] = topic.document
        self._topic, self._today = topic, today
        self._rules: Mapping[str, Rule[Any]] = {one.code: one for one in rules}
        self._placed = tuple(
            Placed(index, waiver, documents.get(waiver.language)) for index, waiver in enumerate(topic.value.waivers)
        )
        self._used: set[int] = set()
        self.waived: list[Waived] = []

    def sift(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems that no waiver covers; the others join `waived`."""
        kept: list[Problem] = []
        for problem in problems:
            covering = [one for one in self._placed if self._covers(one, problem)]
            self._used.update(one.index for one in covering)
            if covering:
                self.waived.append(_waived(problem, covering[0].waiver))
            else:
                kept.append(problem)
        return kept

    def subject(self, *, everything: bool) -> OfWaivers:
        """What the rules on waivers see at the end; `everything`: each document in each language was judged."""
        return OfWaivers(self._topic, self._placed, frozenset(self._used), self._rules, self._today, everything)

    def _covers(self, one: Placed, problem: Problem) -> bool:
        waiver, document = one.waiver, one.document
        if waiver.code != problem.code or document is None or is_past(waiver.until, self._today):
            return False
        path = path_of(document, waiver.at)
        found = self._rules.get(problem.code)
        return found is not None and found.waivable and path is not None and _is_at(document, path, problem.origin)


def _waived(problem: Problem, waiver: Waiver) -> Waived:
    return Waived(problem, waiver.reason, str(waiver.until))


@rule(
    "WAIVE01",
    OfWaivers,
    "warning",
    why="A waiver is a promise to look again; on that day somebody has to.",
    source=ONE_PLACE,
    waivable=False,
)
def expired_waiver(subject: OfWaivers) -> Iterator[Found]:
    """A waiver's last day (`until`) has passed; what it waived is found again."""
    for one in subject.placed:
        if is_past(one.waiver.until, subject.today):
            origin = subject.topic.document.origin(("waivers", one.index, "until"))
            message = f"the waiver of {one.waiver.code} at {one.waiver.at} has expired"
            yield Found(origin, message, "mend what it waives, or give a new reason and day")


@rule(
    "WAIVE02",
    OfWaivers,
    "warning",
    why="A waiver that covers nothing hides the next finding at its place.",
    source=ONE_PLACE,
    waivable=False,
)
def idle_waiver(subject: OfWaivers) -> Iterator[Found]:
    """A waiver covers no finding."""
    for one in subject.placed:
        code, path = one.waiver.code, one.document and path_of(one.document, one.waiver.at)
        is_usable = code in subject.rules and subject.rules[code].waivable and path is not None
        if not is_usable or one.index in subject.used or is_past(one.waiver.until, subject.today):
            continue
        over = subject.rules[code].over
        if (
            subject.everything
            or over in (OfTopic, OfPhones)
            or (issubclass(OfWords, over) and one.waiver.language is not None)
        ):
            origin = subject.topic.document.origin(("waivers", one.index, "at"))
            yield Found(origin, f"{code} finds nothing at {one.waiver.at}", "delete the waiver, or correct its place")


@rule(
    "WAIVE03",
    OfWaivers,
    "error",
    why="A waiver that is read wrongly waives nothing, though its author believes it does.",
    source=ONE_PLACE,
    waivable=False,
)
def impossible_waiver(subject: OfWaivers) -> Iterator[Found]:
    """A waiver names a rule that does not exist or cannot be waived, or a place that its file does not have."""
    for one in subject.placed:
        waiver, origin = one.waiver, subject.topic.document.origin
        if waiver.code not in subject.rules:
            message = f"no rule has the code {waiver.code}"
            instead = choose_from(waiver.code, (code for code, r in subject.rules.items() if r.waivable))
            yield Found(origin(("waivers", one.index, "code")), message, instead)
        elif not subject.rules[waiver.code].waivable:
            message = f"{waiver.code} cannot be waived"
            yield Found(origin(("waivers", one.index, "code")), message, "mend what it finds, and delete the waiver")
        elif one.document is not None and path_of(one.document, waiver.at) is None:
            close = nearest(waiver.at, _places(one.document))
            instead = f"did you mean '{close}'?" if close else "write a place as messages do: statements.K1.patient"
            message = f"{one.document.file} has no place '{waiver.at}'"
            yield Found(origin(("waivers", one.index, "at")), message, instead)
        elif one.document is None and subject.everything:
            message = f"the topic has no language '{waiver.language}'"
            instead = "write the name of its file without .yaml"
            yield Found(origin(("waivers", one.index, "language")), message, instead)


def path_of(document: Document, at: str) -> KeyPath | None:
    """The place of a file that `at` spells as messages do; None where it has no such place."""
    return _places(document).get(at)


def _places(document: Document) -> dict[str, KeyPath]:
    return {spell(path): path for path in document.spans if path}


def _is_at(document: Document, path: KeyPath, origin: Origin) -> bool:
    """Whether a finding points at the place itself: at its key, at its beginning or, for one value, into its text."""
    if origin.file != document.file:
        return False
    if origin == document.key_origin(path):
        return True
    inside = [key for key in document.spans if len(key) == len(path) + 1 and key[: len(path)] == path]
    if inside:
        # A block begins where its first key does, and what is found there is that key's.
        return origin == document.origin(path) and all(origin != document.key_origin(key) for key in inside)
    return document.holds(path, origin)
