"""What a rule is: a function over one subject that yields what it finds, with a code, a severity and a reason.

In: a subject (a topic, its words in one language, or one composed document). Out: located problems; nothing changes.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

from msgspec import Struct

from handouts.checks.reading.sentences import Section, sections_of
from handouts.model.clinic import Clinic
from handouts.model.document import Document
from handouts.model.load import Loaded
from handouts.model.locale import Formats
from handouts.model.plain import PlainLanguage
from handouts.model.review import Review, Standing
from handouts.model.topic import Topic
from handouts.model.waiver import Waiver
from handouts.model.words import Words
from handouts.plan.documents import Card, Deck, Glossary, Handout, Plan
from handouts.problems import Origin, Problem, Severity


class OfTopic(Struct, frozen=True):
    """What rules on topic.yaml see. An error here means that nothing is composed of the topic."""

    topic: Loaded[Topic]
    today: date


class OfTyped(Struct, frozen=True):
    """What rules on typed text see: a language file, or templates."""


class OfWords(OfTyped, frozen=True):
    """What rules on a language file see; `lexicon` is what is known of its language, `others` are the topic's other
    language files, as far as they are loaded, `clinic` is whose logo stands beside its words, and `known` gives what is
    known of every language, read when it is asked for; `formats` say how the language writes numbers and dates, where
    that is known.
    """

    topic: Loaded[Topic]
    words: Loaded[Words]
    today: date
    lexicon: PlainLanguage
    others: tuple[Loaded[Words], ...] = ()
    clinic: Loaded[Clinic] | None = None
    known: Callable[[], Iterable[PlainLanguage]] = tuple
    formats: Formats | None = None


class OfTemplates(OfTyped, frozen=True):
    """What rules on the text of templates see: all templates by name, for one topic in one language."""

    templates: Mapping[str, str]
    topic: Loaded[Topic]
    lexicon: PlainLanguage
    formats: Formats | None = None


class OfPhones(Struct, frozen=True):
    """What rules on telephone numbers see: the topic, the clinic's file, if there is one, and the country (ISO 3166) of
    clinics that name none, if it is said.
    """

    topic: Loaded[Topic]
    clinic: Loaded[Clinic] | None
    region: str | None = None


class OfSignOff(Struct, frozen=True):
    """What rules on the sign-off of one language see; `review` is the topic's review.yaml, if there is one."""

    words: Loaded[Words]
    review: Loaded[Review] | None
    standing: Standing


class OfPlan(Struct, frozen=True, dict=True):
    """What rules on one composed document see: a Handout, Deck or Card, the files and `templates` it was composed from,
    and what is known of its language: its words, and how it writes numbers (`formats`, None where that is not known).

    A rule that does without `plan` itself need not look again when a clinic's name is another.
    """

    topic: Loaded[Topic]
    words: Loaded[Words]
    plan: Plan
    lexicon: PlainLanguage
    formats: Formats | None = None
    templates: Mapping[str, str] = {}

    @property
    def is_handout(self) -> bool:
        """Whether it is a handout."""
        return isinstance(self.plan, Handout)

    @property
    def language(self) -> str:
        """The tag of the language that it is in."""
        return self.plan.meta.language

    @property
    def template(self) -> str:
        """The name of the template that it was composed with."""
        return self.plan.template

    @property
    def glossary(self) -> Glossary:
        """The names and terms of a handout; empty of other documents."""
        return self.plan.glossary if isinstance(self.plan, Handout) else Glossary()

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """What patients read: the sections of a handout, or of a card's two faces; none of a deck, for clinicians."""
        match self.plan:
            case Handout():
                blocks = self.plan.blocks
            case Card():
                blocks = (*self.plan.front, *self.plan.back)
            case Deck():
                return ()
        return sections_of(blocks, self.lexicon.abbreviations, self.lexicon.begins)


class OfDocuments(Struct, frozen=True):
    """What rules on all documents of one language together see: every plan that the topic makes in it."""

    topic: Loaded[Topic]
    words: Loaded[Words]
    plans: tuple[Plan, ...]


class Placed(Struct, frozen=True):
    """A waiver, its position in the topic's list (from 0), and the file it is about; None where that is not loaded."""

    index: int
    waiver: Waiver
    document: Document | None


class OfWaivers(Struct, frozen=True):
    """What rules on a topic's waivers see, after all others: which were `used`, and whether `everything` was judged."""

    topic: Loaded[Topic]
    placed: tuple[Placed, ...]
    used: frozenset[int]
    rules: Mapping[str, Rule[Any]]
    today: date
    everything: bool


Subject = OfTopic | OfPhones | OfWords | OfTemplates | OfSignOff | OfPlan | OfDocuments | OfWaivers
S = TypeVar("S")


class Found(Struct, frozen=True):
    """What a rule finds: where, what is wrong, what to write instead, and of which `cause` of several findings it is.

    The rule gives it its code and severity.
    """

    origin: Origin
    message: str
    instead: str = ""
    cause: str = ""


class Rule(Struct, Generic[S], frozen=True):
    """One rule. `why` is its reason in a line, `source` where that reason comes from.

    What is not `waivable` has to be mended: a contradiction, or something that a person has to do.
    """

    code: str
    over: type[S]
    severity: Severity
    why: str
    source: str
    judge: Callable[[S], Iterable[Found]]
    waivable: bool = True

    @property
    def what(self) -> str:
        """What it finds, as its function's docstring says."""
        return (inspect.getdoc(self.judge) or "").partition("\n\n")[0].replace("\n", " ")

    def problems(self, subject: S) -> Iterator[Problem]:
        """What it finds in a subject, with its code and severity."""
        return map(self.problem, self.judge(subject))

    def problem(self, found: Found) -> Problem:
        """What was found, with the rule's code and severity."""
        return Problem(found.origin, self.code, self.severity, found.message, found.instead, found.cause)


def rule(
    code: str, over: type[S], severity: Severity, *, why: str, source: str, waivable: bool = True
) -> Callable[[Callable[[S], Iterable[Found]]], Rule[S]]:
    """Makes a rule of a function; the first paragraph of its docstring says what it finds."""

    def made(judge: Callable[[S], Iterable[Found]]) -> Rule[S]:
        return Rule(code, over, severity, why, source, judge, waivable)

    return made


def findings_of(rules: Iterable[Rule[Any]], subject: Subject) -> Iterator[Problem]:
    """What those of the rules that are meant for a subject find in it."""
    for one in rules:
        if isinstance(subject, one.over):
            yield from one.problems(subject)
