"""Cross-references, after loading: a topic and its language files in, every name that leads nowhere out.

The schema checks each file by itself; here the sources, studies, outcomes and timeline events that one place names are
looked up in the place that defines them. Whether everything that a document prints has a name is told when it is
composed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from handouts.model.document import Document, KeyPath, spell
from handouts.model.load import Loaded
from handouts.model.study import NAMES_OF_STUDIES, Report, Study
from handouts.model.subject import PROPER_NAMED
from handouts.model.topic import Topic
from handouts.model.words import Words
from handouts.problems import Origin, Problem, choose_from, error, nearest, warning

RESERVED_STUDY_IDS = frozenset({"emergency", "facts", "hotline", "sources", "studies", "subject", "topic"})
"""Names that `{{ }}` in words already gives another meaning."""


class ReferenceCode(StrEnum):
    """Codes of the problems that cross-referencing can find."""

    UNKNOWN_SOURCE = "REF01"
    """A source id that the topic's `sources` lacks."""
    UNKNOWN_STUDY = "REF02"
    """A study id that the topic's `studies` lacks."""
    NO_WORDS = "REF03"
    """Something of the topic for which a language file has no words."""
    NOTHING_TO_TELL = "REF04"
    """Words for something that the topic lacks; a warning where they may wait for later use."""
    NO_PATIENT_WORDS = "REF05"
    """A statement of the handout without `patient` words."""
    RESERVED = "REF06"
    """An id of a study, or of something in it, that `{{ }}` in words already gives another meaning."""
    UNKNOWN_OUTCOME = "REF07"
    """An outcome that another one is `within` or `part_of`, and that its report lacks."""
    NO_NAME = "REF08"
    """A subject to which neither topic.yaml nor a language file gives a name."""


class _Use(NamedTuple):
    """A name that the topic uses, and where."""

    name: str
    path: KeyPath


def check_references(topic: Loaded[Topic], words: Sequence[Loaded[Words]]) -> tuple[Problem, ...]:
    """Every broken reference within the topic and between it and each language file, in the order of the files."""
    problems = [*_in_topic(topic)]
    for one in words:
        problems += _in_words(topic, one)
    return tuple(sorted(set(problems)))


def _in_topic(topic: Loaded[Topic]) -> Iterator[Problem]:
    value, document = topic.value, topic.document
    for name, path in _source_uses(value):
        if name not in value.sources:
            message = f"{spell(path)} names the source '{name}', which 'sources' does not have"
            advice = choose_from(name, value.sources)
            yield error(document.origin(path), ReferenceCode.UNKNOWN_SOURCE, message, advice)
    for key, statement in value.statements.items():
        path = ("statements", key, "study")
        if statement.study is not None and statement.study not in value.studies:
            message = f"{spell(path)} names the study '{statement.study}', which 'studies' does not have"
            advice = choose_from(statement.study, value.studies)
            yield error(document.origin(path), ReferenceCode.UNKNOWN_STUDY, message, advice)
    for key in value.studies:
        if key in RESERVED_STUDY_IDS:
            message = f"the study id '{key}' has another meaning in words"
            advice = f"rename the study, like '{key}_study'"
            yield error(document.key_origin(("studies", key)), ReferenceCode.RESERVED, message, advice)
    for path, report in value.reports():
        yield from _in_report(document, path, report)


def _in_report(document: Document, path: KeyPath, report: Report) -> Iterator[Problem]:
    """Ids of facts, outcomes and harms that words cannot tell apart, and outcomes around others that are not there."""
    facts: list[KeyPath] = [("facts", key) for key in report.facts] if isinstance(report, Study) else []
    seen: set[str] = set()
    for inner in (*facts, *(inner for inner, _ in report.measured())):
        key = str(inner[-1])
        if key in seen or key in NAMES_OF_STUDIES:
            message = f"'{key}' has another meaning in this study"
            origin = document.key_origin((*path, *inner))
            yield error(origin, ReferenceCode.RESERVED, message, f"rename it, like '{key}_seen'")
        seen.add(key)
    for (group, key), outcome in report.measured():
        known = report.outcomes if group == "outcomes" else report.harms
        for name, other in (("within", outcome.within), ("part_of", outcome.part_of)):
            if other is not None and (other not in known or other == key):
                at = (*path, group, key, name)
                message = f"{spell(at)} names '{other}', which '{group}' does not have"
                instead = choose_from(other, [one for one in known if one != key])
                yield error(document.origin(at), ReferenceCode.UNKNOWN_OUTCOME, message, instead)


def _in_words(topic: Loaded[Topic], words: Loaded[Words]) -> Iterator[Problem]:
    told, said = topic.value, words.value
    yield from _two_way(topic, words, "statements", _keys("statements", told.statements), said.statements)
    yield from _two_way(topic, words, "studies", _keys("studies", told.studies), said.studies)
    yield from _two_way(topic, words, "timeline", _keys("timeline", told.timeline), said.timeline)
    used = _named(told)
    for key in said.names:
        if key not in used:
            message = f"names has words for '{key}', which {topic.document.file} does not use"
            origin = words.document.key_origin(("names", key))
            yield warning(origin, ReferenceCode.NOTHING_TO_TELL, message, choose_from(key, used))
    yield from _subject(topic, words)
    yield from _patient_words(topic, words)
    yield from _mechanism(topic, words)


def _named(topic: Topic) -> frozenset[str]:
    """Every id that may need a name: settings, aspects, arms, outcomes, harms, subgroups and units."""
    found: set[str | None] = {statement.aspect for statement in topic.statements.values()}
    for study in topic.studies.values():
        found |= {study.setting, *study.arms}
    for _, report in topic.reports():
        for (_, key), outcome in report.measured():
            frame = outcome.time_frame.unit if outcome.time_frame else None
            found |= {key, outcome.subgroup, outcome.unit, frame}
    return frozenset(one for one in found if one is not None)


def _two_way(
    topic: Loaded[Topic],
    words: Loaded[Words],
    section: str,
    uses: Sequence[_Use],
    said: Collection[str],
) -> Iterator[Problem]:
    yield from _missing(topic, words, section, uses, said)
    known = {name for name, _ in uses}
    for key in said:
        if key not in known:
            message = f"{section} has words for '{key}', which {topic.document.file} does not use"
            origin = words.document.key_origin((section, key))
            yield error(origin, ReferenceCode.NOTHING_TO_TELL, message, choose_from(key, known))


def _missing(
    topic: Loaded[Topic], words: Loaded[Words], section: str, uses: Sequence[_Use], said: Collection[str]
) -> Iterator[Problem]:
    known = {name for name, _ in uses}
    spare = [key for key in said if key not in known]
    first = dict(reversed(uses))
    for name, path in first.items():
        if name in said:
            continue
        used_at = _key_or_value(topic.document, path, name)
        message = f"{section} has no words for '{name}', which {used_at} needs"
        close = nearest(name, spare)
        advice = f"did you mean it by '{close}'? " if close else ""
        origin = words.document.key_origin((section,))
        yield error(origin, ReferenceCode.NO_WORDS, message, f"{advice}add '{name}:' to '{section}'")


def _subject(topic: Loaded[Topic], words: Loaded[Words]) -> Iterator[Problem]:
    subject = topic.value.subject
    if subject.name is None and words.value.subject is None:
        used_at = topic.document.key_origin(("subject",))
        message = f"the file has no name for the {subject.kind}, and {used_at} has none either"
        elsewhere = ", or 'name:' there for all languages" if subject.kind in PROPER_NAMED else ""
        advice = f"add 'subject: {{name: …}}' here{elsewhere}"
        yield error(words.document.origin(()), ReferenceCode.NO_NAME, message, advice)


def _patient_words(topic: Loaded[Topic], words: Loaded[Words]) -> Iterator[Problem]:
    for key, said in words.value.statements.items():
        statement = topic.value.statements.get(key)
        if statement is not None and statement.handout and said.patient is None:
            message = f"statements.{key} has no 'patient' words, and the handout tells it"
            advice = f"add 'patient:', or write 'handout: false' at {topic.document.key_origin(('statements', key))}"
            origin = words.document.key_origin(("statements", key))
            yield error(origin, ReferenceCode.NO_PATIENT_WORDS, message, advice)


def _mechanism(topic: Loaded[Topic], words: Loaded[Words]) -> Iterator[Problem]:
    if topic.value.mechanism is not None and words.value.mechanism is None:
        used_at = topic.document.key_origin(("mechanism",))
        message = f"the file has no words for the mechanism, which {used_at} needs"
        origin = words.document.origin(())
        yield error(origin, ReferenceCode.NO_WORDS, message, "add 'mechanism:' with the words of its picture")
    if topic.value.mechanism is None and words.value.mechanism is not None:
        message = f"mechanism has words, but {topic.document.file} gives no mechanism"
        origin = words.document.key_origin(("mechanism",))
        yield warning(origin, ReferenceCode.NOTHING_TO_TELL, message, "add 'mechanism:' there, or delete the words")


def _key_or_value(document: Document, path: KeyPath, name: str) -> Origin:
    return document.key_origin(path) if path[-1] == name else document.origin(path)


def _keys(section: str, entries: Mapping[str, object]) -> list[_Use]:
    return [_Use(key, (section, key)) for key in entries]


def _source_uses(topic: Topic) -> Iterator[_Use]:
    yield _Use(topic.main_source, ("main_source",))
    if topic.hotline is not None:
        yield _Use(topic.hotline.source, ("hotline", "source"))
    for key, fact in topic.facts.items():
        yield _Use(fact.source, ("facts", key, "source"))
    for path, report in topic.reports():
        yield _Use(report.source, (*path, "source"))
        for inner, outcome in report.measured():
            if outcome.source is not None:
                yield _Use(outcome.source, (*path, *inner, "source"))
            for key, effect in outcome.effects.items():
                if effect.source is not None:
                    yield _Use(effect.source, (*path, *inner, "effects", key, "source"))
        for key, fact in report.facts.items() if isinstance(report, Study) else ():
            if fact.source is not None:
                yield _Use(fact.source, (*path, "facts", key, "source"))
    for key, event in topic.timeline.items():
        yield _Use(event.source, ("timeline", key, "source"))
    for key, statement in topic.statements.items():
        for index, source in enumerate(statement.sources):
            yield _Use(source, ("statements", key, "sources", index))
