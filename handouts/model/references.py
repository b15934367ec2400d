"""Cross-references, after loading: a topic and its language files in, every name that leads nowhere out.

The schema checks each file by itself; here the sources, studies, outcomes, timeline events and pictures that one place
names are looked up in the place that defines them. Whether everything that a document prints has a name is told when it
is composed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from handouts.model.document import Document, KeyPath, spell
from handouts.model.load import Loaded
from handouts.model.picture import LABELS, SUBJECT_LABELS, Drawing, PictureWords
from handouts.model.reference_codes import ReferenceCode, Use
from handouts.model.section import DOCUMENTS
from handouts.model.section_references import check_sections
from handouts.model.study import NAMES_OF_STUDIES, Report, Study
from handouts.model.subject import PROPER_NAMED
from handouts.model.topic import Topic
from handouts.model.words import READERS, Words
from handouts.problems import Origin, Problem, choose_from, error, nearest, warning

RESERVED_STUDY_IDS = frozenset({"contacts", "emergency", "facts", "sources", "studies", "subject", "topic"})
"""Names that `{{ }}` in words already gives another meaning."""


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
            yield error(document.origin(path), ReferenceCode.UNKNOWN_SOURCE, message, advice, name)
    yield from check_sections(topic)
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
                cause = spell((*path, group, other))
                yield error(document.origin(at), ReferenceCode.UNKNOWN_OUTCOME, message, instead, cause)


def _in_words(topic: Loaded[Topic], words: Loaded[Words]) -> Iterator[Problem]:
    told, said = topic.value, words.value
    yield from _spare(topic, words, "statements", told.statements, said.statements)
    yield from _spare(topic, words, "sections", told.sections, said.sections)
    yield from _spare(topic, words, "sources", told.sources, said.sources)
    yield from _two_way(topic, words, "anchors", _anchors(told), said.anchors)
    yield from _two_way(topic, words, "studies", _keys("studies", told.studies), said.studies)
    yield from _two_way(topic, words, "contacts", _listed_contacts(told), said.contacts, told.contacts)
    yield from _two_way(topic, words, "timeline", _keys("timeline", told.timeline), said.timeline)
    used = _named(told)
    for key in said.names:
        if key not in used:
            message = f"names has words for '{key}', which {topic.document.file} does not use"
            origin = words.document.key_origin(("names", key))
            yield warning(origin, ReferenceCode.NOTHING_TO_TELL, message, choose_from(key, used))
    yield from _document_words(topic, words)
    yield from _statement_words(topic, words)
    yield from _subject(topic, words)
    yield from _pictures(topic, words)


def _named(topic: Topic) -> frozenset[str]:
    """Every id that may need a name: of studies, arms, outcomes, harms, subgroups and units, rows and aspects."""
    found: set[str | None] = {one for said in topic.statements.values() for one in (said.row, said.aspect)}
    found -= topic.studies.keys()
    for study in topic.studies.values():
        found |= {study.setting, study.combined_with, *study.arms}
    for _, report in topic.reports():
        for (_, key), outcome in report.measured():
            frame = outcome.time_frame.unit if outcome.time_frame else None
            found |= {key, outcome.subgroup, outcome.unit, frame}
    return frozenset(one for one in found if one is not None)


def _two_way(
    topic: Loaded[Topic],
    words: Loaded[Words],
    section: str,
    uses: Sequence[Use],
    said: Collection[str],
    known: Collection[str] | None = None,
) -> Iterator[Problem]:
    """What has no words although it is used, and words for what is not among the `known` (else what is used)."""
    fitting = {name for name, _ in uses} if known is None else known
    yield from _missing(topic, words, section, uses, said, fitting)
    yield from _spare(topic, words, section, fitting, said)


def _spare(
    topic: Loaded[Topic], words: Loaded[Words], section: str, known: Collection[str], said: Collection[str]
) -> Iterator[Problem]:
    """Words for what the topic lacks."""
    for key in said:
        if key not in known:
            message = f"{section} has words for '{key}', which {topic.document.file} does not use"
            origin = words.document.key_origin((section, key))
            yield error(origin, ReferenceCode.NOTHING_TO_TELL, message, choose_from(key, known))


def _missing(
    topic: Loaded[Topic],
    words: Loaded[Words],
    section: str,
    uses: Sequence[Use],
    said: Collection[str],
    known: Collection[str],
) -> Iterator[Problem]:
    """What has no words although it is used, but for a misspelt id: words for what is not known tell what they mean."""
    used = {name for name, _ in uses}
    spare = [key for key in said if key not in used]
    meant = {nearest(key, sorted(known)) for key in said if key not in known}
    first = dict(reversed(uses))
    for name, path in first.items():
        if name in said or name in meant:
            continue
        used_at = _key_or_value(topic.document, path, name)
        message = f"{section} has no words for '{name}', which {used_at} needs"
        close = nearest(name, spare)
        advice = f"did you mean it by '{close}'? " if close else ""
        origin = words.document.key_origin((section,))
        yield error(origin, ReferenceCode.NO_WORDS, message, f"{advice}add '{name}:' to '{section}'")


def _listed_contacts(topic: Topic) -> list[Use]:
    """Contacts that stand in a list of numbers, where each needs its name; a care card's heading says whom to call."""
    listed = ("contacts", "fill_in")
    found = (one for section in topic.sections.values() if section.kind in listed for one in section.contacts)
    return [Use(key, ("contacts", key)) for key in dict.fromkeys(found) if key in topic.contacts]


def _anchors(topic: Topic) -> list[Use]:
    return [Use(one.anchor, ("sections", key, "anchor")) for key, one in topic.sections.items() if one.anchor]


def _document_words(topic: Loaded[Topic], words: Loaded[Words]) -> Iterator[Problem]:
    """Documents without the words of their head, and words of documents that the topic does not make."""
    for name in DOCUMENTS:
        said = getattr(words.value, name)
        if name in topic.value.documents and said is None:
            used_at = topic.document.origin(("documents",))
            message = f"the file has no words for the {name}, one of the documents of {used_at.file}"
            yield error(words.document.origin(()), ReferenceCode.NO_WORDS, message, f"add '{name}:' with its title")
        elif name not in topic.value.documents and said is not None:
            message = f"{name} has words, but it is no document of {topic.document.file}"
            origin = words.document.key_origin((name,))
            yield error(origin, ReferenceCode.NOTHING_TO_TELL, message, f"add {name} to documents, or delete them")


def _statement_words(topic: Loaded[Topic], words: Loaded[Words]) -> Iterator[Problem]:
    """Statements that a document is to tell and that have neither words nor values for its readers."""
    for key, statement in topic.value.statements.items():
        said = words.value.statements.get(key)
        for name in topic.value.tells_in(statement):
            # A figure has no place on a card.
            if not (said and said.told_in(name)) and (name == "card" or not statement.values):
                reader = READERS[name][0]
                message = f"statements.{key} has no '{reader}' words, and the {name} tells it"
                place = topic.document.key_origin(("statements", key))
                advice = f"add '{reader}:', or leave {name} out of 'in' at {place}"
                at = ("statements", key) if said is not None else ("statements",)
                yield error(words.document.key_origin(at), ReferenceCode.NOT_TOLD, message, advice)


def _subject(topic: Loaded[Topic], words: Loaded[Words]) -> Iterator[Problem]:
    subject = topic.value.subject
    if subject.name is None and words.value.subject is None:
        used_at = topic.document.key_origin(("subject",))
        message = f"the file has no name for the {subject.kind}, and {used_at} has none either"
        elsewhere = ", or 'name:' there for all languages" if subject.kind in PROPER_NAMED else ""
        advice = f"add 'subject: {{name: …}}' here{elsewhere}"
        yield error(words.document.origin(()), ReferenceCode.NO_NAME, message, advice)


def _pictures(topic: Loaded[Topic], words: Loaded[Words]) -> Iterator[Problem]:
    pictures, said, language = topic.value.pictures, words.value.pictures, words.value.language
    needed = [Use(key, ("pictures", key)) for key, picture in pictures.items() if not picture.decorative]
    yield from _missing(topic, words, "pictures", needed, said, pictures)
    for key, picture in pictures.items():
        if isinstance(picture.file, dict) and language not in picture.file:
            message = f"pictures.{key} has no file for '{language}'; it has one for {', '.join(picture.file)}"
            origin = topic.document.key_origin(("pictures", key, "file"))
            instead = f"add '{language}:' with the file for it, or write one file for all languages"
            yield error(origin, ReferenceCode.NO_FILE, message, instead)
    for key, one in said.items():
        path: KeyPath = ("pictures", key)
        if key not in pictures:
            message = f"pictures has words for '{key}', which {topic.document.file} does not use"
            instead = choose_from(key, pictures)
            yield error(words.document.key_origin(path), ReferenceCode.NOTHING_TO_TELL, message, instead)
            continue
        if pictures[key].decorative and one.alt is not None:
            message = f"{spell(path)} has an alt text, but the picture is decorative"
            instead = "delete it, or delete 'decorative' there if the picture tells something"
            yield error(words.document.key_origin((*path, "alt")), ReferenceCode.NOTHING_TO_TELL, message, instead)
        if not pictures[key].decorative and one.alt is None:
            message = f"{spell(path)} has no alt text, so that who cannot see the picture is told nothing"
            instead = f"add 'alt:' with all that it shows, or 'decorative: true' at {topic.document.key_origin(path)}"
            yield error(words.document.key_origin(path), ReferenceCode.NO_WORDS, message, instead)
        drawing = pictures[key].drawing
        yield from _labels(words.document, path, one, drawing)


def _labels(document: Document, path: KeyPath, said: PictureWords, drawing: Drawing | None) -> Iterator[Problem]:
    """Labels that a drawing does not have, or that it lacks; a file has none."""
    needed = LABELS[drawing] if drawing else ()
    known = (*needed, SUBJECT_LABELS[drawing]) if drawing else ()
    for label in said.labels:
        if label not in known:
            message = f"{spell(path)} has a label '{label}', which its picture does not have"
            instead = choose_from(label, known) if known else "delete it; drawings have labels, files have none"
            yield error(document.key_origin((*path, "labels", label)), ReferenceCode.NOTHING_TO_TELL, message, instead)
    if lacking := [label for label in needed if label not in said.labels]:
        message = f"{spell(path)} has no label for {', '.join(lacking)}; its drawing has {', '.join(needed)}"
        at = (*path, "labels") if said.labels else path
        instead = f"add '{lacking[0]}:' to its 'labels'"
        yield error(document.key_origin(at), ReferenceCode.NO_WORDS, message, instead)


def _key_or_value(document: Document, path: KeyPath, name: str) -> Origin:
    return document.key_origin(path) if path[-1] == name else document.origin(path)


def _keys(section: str, entries: Mapping[str, object]) -> list[Use]:
    return [Use(key, (section, key)) for key in entries]


def _source_uses(topic: Topic) -> Iterator[Use]:
    yield Use(topic.main_source, ("main_source",))
    yield from (Use(one.source, ("contacts", key, "source")) for key, one in topic.contacts.items() if one.source)
    for index, code in enumerate(topic.codes):
        yield Use(code.source, ("codes", index, "source"))
    for key, fact in topic.facts.items():
        yield Use(fact.source, ("facts", key, "source"))
    for key, picture in topic.pictures.items():
        if picture.source is not None:
            yield Use(picture.source, ("pictures", key, "source"))
    for path, report in topic.reports():
        yield from _sources_of(path, report)
    for key, event in topic.timeline.items():
        yield Use(event.source, ("timeline", key, "source"))
    for key, statement in topic.statements.items():
        for index, source in enumerate(statement.sources):
            yield Use(source, ("statements", key, "sources", index))


def _sources_of(path: KeyPath, report: Report) -> Iterator[Use]:
    yield Use(report.source, (*path, "source"))
    for inner, outcome in report.measured():
        if outcome.source is not None:
            yield Use(outcome.source, (*path, *inner, "source"))
        for key, effect in outcome.effects.items():
            if effect.source is not None:
                yield Use(effect.source, (*path, *inner, "effects", key, "source"))
    for key, fact in report.facts.items() if isinstance(report, Study) else ():
        if fact.source is not None:
            yield Use(fact.source, (*path, "facts", key, "source"))
