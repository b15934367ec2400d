"""Rules on numbers in words: each stands once, in topic.yaml, and reaches the words through `{{ }}`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from handouts.checks.phrases import pattern_of
from handouts.checks.rule import Found, OfWords, rule
from handouts.model.base import AsOf, Bound, Range, Tally
from handouts.model.leaves import leaves
from handouts.model.topic import Topic
from handouts.problems import Origin

OF_NO_STUDY = (Decimal(95), Decimal(100))
"""The level of every interval (percent), and the whole in "18 in 100": numbers that no source gives."""

NAMED = ("facts", "sources", "studies", "subject")
"""Parts of the topic whose numbers words name without `topic.` before them."""

_NUMBER = re.compile(r"(?<![\w.,\-–/])[0-9]+(?:[.,][0-9]+)*(?![\w\-–/]|[.,][0-9])")
_GROUPED = re.compile(r",(?=[0-9]{3}(?![0-9]))")
_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)


@rule(
    "NUM10",
    OfWords,
    "error",
    why="A number that stands in words alone has no source, and no check can tell when it is wrong.",
    source="NHS Standard for Creating Health Content (england.nhs.uk/tis): an evidence record for what is said",
)
def unknown_number(subject: OfWords) -> Iterator[Found]:
    """A number is typed into words that the topic does not have."""
    for origin, text, name in _typed(subject):
        if name is None:
            instead = "put it into topic.yaml with its source and write its name in {{ }}"
            yield Found(origin, f"{text} is a number that the topic does not have", instead)


@rule(
    "NUM11",
    OfWords,
    "warning",
    why="A number that is typed twice is corrected once.",
    source="a rule of this program: each number stands once, in topic.yaml",
)
def typed_number(subject: OfWords) -> Iterator[Found]:
    """A number of the topic is typed into words instead of named."""
    for origin, text, name in _typed(subject):
        if name is not None:
            instead = f"write the name that topic.yaml has for it, such as {{{{ {name} }}}}"
            yield Found(origin, f"{text} is typed into words", instead)


def _typed(subject: OfWords) -> Iterator[tuple[Origin, str, str | None]]:
    """Every number typed into words: where, as typed, and the name that the topic has for it, if it has one."""
    known = dict(_numbers_of(subject.topic.value))
    words, named = subject.words, pattern_of(tuple(f"{word} {{n}}" for word in subject.lexicon.numbered))
    texts = ((path, text) for path, text in leaves(words.value, skip=("language",)) if isinstance(text, str))
    for path, text in texts:
        # A digit in a name is the name's: "Liraglutide 1.2 mg", "aged 16 to 55".
        if path[0] == "names":
            continue
        bare = _EXPRESSION.sub(lambda found: " " * len(found[0]), text)
        bare = named.sub(lambda found: " " * len(found[0]), bare)
        for found in _NUMBER.finditer(bare):
            value = Decimal(_GROUPED.sub("", found[0]).replace(",", "."))
            if value not in OF_NO_STUDY:
                occurrence = text.count(found[0], 0, found.start())
                yield words.document.origin_within(path, found[0], occurrence), found[0], known.get(value)


def _numbers_of(topic: Topic) -> Iterator[tuple[Decimal, str]]:
    """Every number of the topic with the name by which words refer to it."""
    for path, value in leaves(topic, skip=("schema_version", "freshness", "waivers", "level")):
        name = ".".join(_named(tuple(map(str, path))))
        match value:
            case bool():
                pass
            case int() | Decimal():
                yield Decimal(value), name
            case Tally():
                yield Decimal(value.n), name
            case Range():
                yield from ((end, name) for end in (value.low, value.high))
            case Bound():
                yield value.value, name
            case AsOf():
                yield Decimal(value.year), name
            case str() if path[0] == "contacts" and path[-1] == "code":
                yield Decimal(value), f"contacts.{path[1]}"
            case _:
                pass


_GROUPS = frozenset(("outcomes", "harms", "arms", "grades", "effects", "facts"))
"""Steps to a study's number that words leave out."""


def _named(path: tuple[str, ...]) -> tuple[str, ...]:
    """Words reach a study by its id alone, a fact by its name, and what has no name of its own through `topic`."""
    match path:
        case ("studies", study, "arms", *rest):
            # An outcome's arms can be named without their group, a study's own cannot.
            return (study, "arms", *rest)
        case ("studies", study, *rest):
            # An interval's two ends have one name.
            rest = [step for step in rest if step not in _GROUPS and not step.isdigit()]
            return (study, *(rest[:-1] if "facts" in path else rest))
        case ("facts", name, "value"):
            return ("facts", name)
        case (first, *_) if first not in NAMED:
            return ("topic", *path)
        case _:
            return path
