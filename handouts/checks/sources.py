"""Rules on sources: each can be looked up, and a statement cites the sources of the numbers that it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from handouts.checks.rule import Found, OfTopic, OfWords, rule
from handouts.model.base import Tally, Undated
from handouts.model.study import Report, Study
from handouts.model.topic import Source, Topic

_IN_DOI = re.compile(r"(?<=[./])((?:19|20)[0-9]{2})(?=\.[0-9a-z]|$)|S[0-9]{4}-[0-9]{4}\(([0-9]{2})\)")
"""A year between dots behind the registrant: `10.1200/JCO.2018.36.15`, `10.1016/j.jacc.2016.03.001`; two digits of
one in a publisher's number: `10.1016/S0140-6736(19)32222-3`.
"""
_IN_CITATION = re.compile(r"(?<![\w:/.–-])((?:19|20)[0-9]{2})(?=;[0-9])")
"""A year before its volume: `Blood 2014;124:1038`."""
_NAMED = re.compile(r"\{\{\s*([a-zA-Z0-9_.+]+)")


@rule(
    "SRC01",
    OfTopic,
    "warning",
    why="A reader who doubts a statement can look it up only where its source has an address.",
    source="NHS Standard for Creating Health Content (england.nhs.uk/tis): an evidence record for what is said",
)
def source_that_cannot_be_looked_up(subject: OfTopic) -> Iterator[Found]:
    """A source has neither an address nor a DOI nor an NCT number."""
    for key, source in subject.topic.value.sources.items():
        if not (source.address or source.doi or source.registry):
            origin = subject.topic.document.key_origin(("sources", key))
            instead = "add address, doi or registry"
            yield Found(origin, f"'{source.title}' has no address, DOI or NCT number", instead)


@rule(
    "SRC03",
    OfTopic,
    "warning",
    why="What carries no date may be older than everything else on the page, and nobody can tell.",
    source="NHS Standard for Creating Health Content (england.nhs.uk/tis): an evidence record for what is said",
)
def source_without_a_date(subject: OfTopic) -> Iterator[Found]:
    """A source says no date, and is only known by when it was read."""
    for key, source in subject.topic.value.sources.items():
        if isinstance(source.as_of, Undated):
            origin = subject.topic.document.origin(("sources", key, "as_of"))
            year = next(iter(_years(source)), None)
            instead = "find a dated edition, then write its as_of"
            if year:
                instead = f"its {year[0]} holds {year[1]}: if it is from that year, write as_of: {year[1]}"
            yield Found(origin, f"'{source.title}' says no date", instead)


@rule(
    "SRC04",
    OfTopic,
    "warning",
    why="Of two dates of one source at most one is right, and readers judge its age by the one that is printed.",
    source="NHS Standard for Creating Health Content (england.nhs.uk/tis): an evidence record for what is said",
)
def source_of_another_year(subject: OfTopic) -> Iterator[Found]:
    """A source's DOI or citation holds a year that is two or more from the year of its date (`as_of`)."""
    for key, source in subject.topic.value.sources.items():
        found = _years(source)
        if isinstance(source.as_of, Undated) or not found:
            continue
        # An article has its DOI before its issue, often in the year before.
        if all(abs(year - source.as_of.year) > 1 for _, year in found):
            where, year = found[0]
            origin = subject.topic.document.origin(("sources", key, "as_of"))
            message = f"'{source.title}' is dated {source.as_of}, and its {where} holds {year}"
            yield Found(origin, message, f"look which is right: write as_of: {year}, or mend the {where}")


def _years(source: Source) -> list[tuple[str, int]]:
    """The years that a source's DOI and citation hold, each with the key that holds it."""
    pieces = (("doi", _IN_DOI, source.doi), ("citation", _IN_CITATION, source.citation))
    found = [(key, match) for key, pattern, text in pieces for match in pattern.finditer(text or "")]
    return [(key, _full(next(filter(None, match.groups())))) for key, match in found]


def _full(year: str) -> int:
    """A year of four digits, or of the two that publishers' numbers have had since 1993."""
    return int(year) if len(year) == 4 else int(year) + (1900 if int(year) > 92 else 2000)


@rule(
    "SRC02",
    OfWords,
    "warning",
    why="A number under the wrong reference looks proven and is not.",
    source="ASCO and MASCC guidance for presenters: full references",
)
def number_of_an_uncited_source(subject: OfWords) -> Iterator[Found]:
    """A statement prints a number whose source is not among the statement's sources."""
    topic = subject.topic.value
    for key, said in subject.words.value.statements.items():
        statement = topic.statements.get(key)
        if statement is None:
            continue
        for audience, text in (("patient", said.patient), ("clinician", said.clinician), ("card", said.card)):
            uncited = {
                named: source
                for named in _NAMED.findall(text or "")
                if (source := source_of(topic, named)) and source not in statement.sources
            }
            for named, source in uncited.items():
                origin = subject.words.document.origin_within(("statements", key, audience), named)
                message = f"{key} prints {named}, which '{source}' gives, but does not cite it"
                instead = f"add '{source}' to the sources of {key} in topic.yaml"
                if statement.own:
                    instead = f"give {key} sources: [{source}] in topic.yaml in place of own: true"
                yield Found(origin, message, instead, f"{key} {source}")


def source_of(topic: Topic, named: str) -> str | None:
    """The source of the number or date that words name, such as `weekly.orr.count`; None for other names."""
    first, *rest = named.split(".")
    if first == "facts" and rest:
        fact = topic.facts.get(rest[0])
        return fact.source if fact else None
    report: Report | None = topic.studies.get(first)
    if isinstance(report, Study) and rest[:1] == ["later"] and len(rest) > 1:
        report, rest = report.later.get(rest[1]), rest[2:]
    if report is None or not rest:
        return None
    study = topic.studies[first]
    name = report.leading() if rest[0] == "main" else rest[0]
    measured = report.outcomes.get(name or "") or report.harms.get(name or "")
    if measured is not None:
        effect = measured.effects.get(rest[1]) if len(rest) > 1 else None
        return (effect and effect.source) or measured.source or report.source
    if (fact := study.facts.get(rest[0])) is not None and report is study:
        return fact.source or report.source
    value = getattr(report, rest[0], None)
    return report.source if isinstance(value, int | Decimal | Tally) else None
