"""Cross-references of sections and statements: a topic in, every name that leads nowhere out."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from handouts.model.document import Document, KeyPath, spell
from handouts.model.load import Loaded
from handouts.model.reference_codes import ReferenceCode, Use
from handouts.model.section import MAPPED, Section, Statement
from handouts.model.topic import Topic
from handouts.problems import Problem, choose_from, error


def check_sections(topic: Loaded[Topic]) -> Iterator[Problem]:
    """What sections and statements name of each other and of studies, contacts and pictures, and the topic lacks."""
    value, document = topic.value, topic.document
    for name, path in _study_uses(value):
        if name not in value.studies:
            yield _unknown(document, path, name, "studies", ReferenceCode.UNKNOWN_STUDY, value.studies)
    for key, section in value.sections.items():
        at: KeyPath = ("sections", key)
        if section.under is not None:
            yield from _under(topic, key, section.under)
        if not value.stands_in(section):
            message = f"{spell(at)} stands in no document of this topic ({', '.join(value.documents)})"
            instead = "write in: with one of them, or delete it"
            yield error(document.key_origin(at), ReferenceCode.NO_PLACE, message, instead)
        for index, name in enumerate(section.contacts):
            if name not in value.contacts:
                path = (*at, "contacts", index)
                yield _unknown(document, path, name, "contacts", ReferenceCode.UNKNOWN_CONTACT, value.contacts)
        if section.picture is not None and section.picture not in value.pictures:
            path = (*at, "picture")
            yield _unknown(document, path, section.picture, "pictures", ReferenceCode.UNKNOWN_PICTURE, value.pictures)
        yield from _evidence(topic, at, section)
        yield from _cautions(topic, key, section)
    for key, statement in value.statements.items():
        yield from _statement(topic, key, statement)


def _unknown(
    document: Document, path: KeyPath, name: str, group: str, code: ReferenceCode, known: Collection[str]
) -> Problem:
    message = f"{spell(path)} names '{name}', which '{group}' does not have"
    return error(document.origin(path), code, message, choose_from(name, known), name)


def _evidence(topic: Loaded[Topic], at: KeyPath, section: Section) -> Iterator[Problem]:
    """Outcomes and harms that a section names, and none of its studies has."""
    reports = [topic.value.studies[one] for one in section.named_studies() if one in topic.value.studies]
    harms = {one for report in reports for one in report.harms}
    # A table may put a harm beside the outcomes.
    outcomes = harms | {one for report in reports for one in report.outcomes}
    for group, named, known in (("outcomes", section.outcomes, outcomes), ("harms", section.harms, harms)):
        for index, name in enumerate(named if named != "all" else ()):
            if reports and name not in known:
                path = (*at, group, index)
                message = f"{spell(path)} names '{name}', which its studies do not have"
                origin, advice = topic.document.origin(path), choose_from(name, known)
                cause = f"{section.named_studies()[0]}.{name}"
                yield error(origin, ReferenceCode.UNKNOWN_OUTCOME, message, advice, cause)


def _cautions(topic: Loaded[Topic], key: str, section: Section) -> Iterator[Problem]:
    """Aspects of which a section warns, and that none of its statements has."""
    aspects = {
        one.aspect
        for one in topic.value.statements.values()
        if one.aspect and key in (name for _, name in one.named_sections())
    }
    for index, name in enumerate(section.cautions):
        if name not in aspects:
            path = ("sections", key, "cautions", index)
            message = f"{spell(path)} names '{name}', which is the aspect of none of its statements"
            advice = choose_from(name, aspects)
            yield error(topic.document.origin(path), ReferenceCode.UNKNOWN_ASPECT, message, advice)


def _under(topic: Loaded[Topic], key: str, other: str) -> Iterator[Problem]:
    value, path = topic.value, ("sections", key, "under")
    parent = value.sections.get(other)
    known = [one for one in value.sections if one != key]
    if other == key:
        message = f"{spell(path)} names the section itself"
        instead = f"delete it, or write one of {', '.join(known)}" if known else "delete it"
        yield error(topic.document.origin(path), ReferenceCode.UNKNOWN_SECTION, message, instead)
    elif parent is None:
        message = f"{spell(path)} names the section '{other}', which 'sections' does not have"
        yield error(topic.document.origin(path), ReferenceCode.UNKNOWN_SECTION, message, choose_from(other, known))
    elif parent.under is not None:
        message = f"{spell(path)} names '{other}', which stands under '{parent.under}' itself"
        instead = f"write '{parent.under}': sections go one level deep"
        yield error(topic.document.origin(path), ReferenceCode.UNKNOWN_SECTION, message, instead)


def _statement(topic: Loaded[Topic], key: str, statement: Statement) -> Iterator[Problem]:
    value, document = topic.value, topic.document
    for named_at, name in statement.named_sections():
        path = ("statements", key, *named_at)
        if name not in value.sections:
            message = f"{spell(path)} names the section '{name}', which 'sections' does not have"
            advice = choose_from(name, value.sections)
            yield error(document.origin(path), ReferenceCode.UNKNOWN_SECTION, message, advice)
        else:
            yield from _place(topic, key, statement, path, name)
    tables = [name for name, section in value.sections.items() if section.form == "table"]
    if statement.row is not None and not any(name in tables for _, name in statement.named_sections()):
        path = ("statements", key, "row")
        message = f"{spell(path)} is a row of a table, and none of its sections is one"
        instead = "delete it, or add form: table to its section"
        yield error(document.key_origin(path), ReferenceCode.NO_PLACE, message, instead)
    known = {
        f"{study}.{one}"
        for study, report in value.studies.items()
        for one in (*report.outcomes, *report.harms, *MAPPED)
    }
    for index, name in enumerate(statement.values):
        path = ("statements", key, "values", index)
        study, dot, _ = name.partition(".")
        if dot and study not in value.studies:
            yield _unknown(document, path, study, "studies", ReferenceCode.UNKNOWN_STUDY, value.studies)
        elif name not in known:
            message = f"{spell(path)} names '{name}', which is no outcome or harm of a study"
            advice = choose_from(name, known)
            yield error(document.origin(path), ReferenceCode.UNKNOWN_OUTCOME, message, advice, name)


def _place(topic: Loaded[Topic], key: str, statement: Statement, named_at: KeyPath, name: str) -> Iterator[Problem]:
    """Documents of a statement in which its section does not stand, and what its kind of section does not print."""
    section, document = topic.value.sections[name], topic.document
    stands_in = topic.value.stands_in(section)
    asked = [(("statements", key, "in", index), one) for index, one in enumerate(statement.documents or ())]
    if isinstance(statement.section, dict):
        asked = [(named_at, named_at[-1])]
    for path, one in asked:
        if stands_in and one not in stands_in:
            message = f"{spell(path)} is {one}, where '{name}' does not stand"
            yield error(document.key_origin(path), ReferenceCode.NO_PLACE, message, f"write {' or '.join(stands_in)}")
    if statement.at is not None and section.kind not in ("steps", "schedule"):
        path = ("statements", key, "at")
        message = f"{spell(path)} says when, in a section of kind {section.kind}, which does not print it"
        instead = "delete it, or give it a section of kind steps or schedule"
        yield error(document.key_origin(path), ReferenceCode.NO_PLACE, message, instead)


def _study_uses(topic: Topic) -> Iterator[Use]:
    for key, statement in topic.statements.items():
        if statement.study is not None:
            yield Use(statement.study, ("statements", key, "study"))
    for key, section in topic.sections.items():
        if section.study is not None:
            yield Use(section.study, ("sections", key, "study"))
        for index, study in enumerate(section.studies):
            yield Use(study, ("sections", key, "studies", index))
