"""Rules on completeness: a document tells each statement that it is to tell, and no words reach nobody.

In: one composed document, or all of a language together. Out: statements that are not told, words that stand in none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from handouts.checks.rule import Found, OfDocuments, OfPlan, rule
from handouts.model.document import KeyPath, spell
from handouts.model.leaves import leaves
from handouts.model.section import TELLS_NONE, DocumentName
from handouts.model.topic import Topic
from handouts.plan.blocks import Block, FigureBlock, Table, walk
from handouts.plan.documents import Card, Deck, Handout, Plan, Telling
from handouts.plan.text import Runs, squeezed
from handouts.problems import Origin, encodable

_NAMED = re.compile(r"\{\{ *((?:subject|contacts)[a-z0-9_.]*)")
"""What words name of the words of their own file: {{ subject.name }}, {{ contacts.unit.name }}."""
_COUNTED = re.compile(r"\| *plural\( *([a-z][a-z0-9_]*) *\)")
"""The words that are counted: {{ trial.cases.count | plural(case) }}."""


@rule(
    "TOLD01",
    OfPlan,
    "warning",
    why="A statement that a template forgets is read by nobody, though its topic says that it is told.",
    source="a rule of this program",
)
def untold_statement(subject: OfPlan) -> Iterator[Found]:
    """A statement's words do not stand whole on a page, slide or card; nor, where it has none for its readers, does a
    figure or table there draw all its values.
    """
    document, where = _WHERE[type(subject.plan)]
    for telling in _untold(subject.plan):
        section = subject.topic.value.statements[telling.statement].section_in(document) or ""
        wrong = f"the {document} does not tell {telling.statement} ({section})"
        # At the statement's own key, where a waiver of it stands.
        origin = subject.topic.document.key_origin(("statements", telling.statement))
        of_topic = _in_topic(subject, telling, document, section)
        yield Found(origin, wrong, of_topic or f"change the template, so that it prints it on a {where}")


_WHERE: Mapping[type[Plan], tuple[DocumentName, str]] = {
    Handout: ("handout", "page"),
    Deck: ("deck", "slide"),
    Card: ("card", "face"),
}


_DRAWING_NO_VALUES = ("by_study", "timeline")
"""Shows of words and dates, in whatever template."""


def _in_topic(subject: OfPlan, telling: Telling, document: DocumentName, key: str) -> str:
    """What to write in topic.yaml where that leaves a statement untold; "" where a template does."""
    topic = subject.topic.value
    section, statement = topic.sections[key], topic.statements[telling.statement]
    shown = section.shown_in(document)
    if telling.values:
        if shown in _DRAWING_NO_VALUES:
            return f"give it words for the {document}, or show section '{key}' otherwise: {shown} draws no values"
        asked = subject.topic.document.key_origin(("sections", key, "show"))
        if shown and not any(block.asked == asked for block in _drawn(subject.plan)):
            return ""
        draws = f"that its {shown} draws there" if shown else f"and section '{key}' a show: for the {document}"
        return f"give it words for the {document}, or values {draws}"
    if document in TELLS_NONE.get(section.kind, ()):
        kind = f"a section of kind {section.kind} prints no statements in the {document}"
        return f"{kind}: name another section, of kind text or points, or leave {document} out with in:"
    studies = section.named_studies()
    if shown == "by_study" and studies and statement.study not in (None, *studies):
        return f"add {statement.study} to the studies of section '{key}', which has a row for each of these"
    return ""


def _untold(plan: Plan) -> Iterator[Telling]:
    """The statements that a document is to tell and does not."""
    said = _said(plan.texts())
    drawn = [frozenset(block.draws) for block in _drawn(plan)]
    for telling in plan.to_tell:
        if telling.words:
            told = telling.origin is not None and telling.words in said.get(telling.origin, "")
        else:
            told = any(drawn_here.issuperset(telling.values) for drawn_here in drawn)
        if not told:
            yield telling


def _said(texts: Iterable[Runs]) -> dict[Origin, str]:
    """What is seen of each text of a user's file, by where that stands; a line for each time that it is printed."""
    said: dict[Origin, str] = {}
    for runs in texts:
        here: dict[Origin, str] = {}
        for run in runs:
            if run.origin:
                here[run.origin] = here.get(run.origin, "") + run.text
        for origin, words in here.items():
            said[origin] = f"{said.get(origin, '')}\n{squeezed(words)}"
    return said


def _drawn(plan: Plan) -> Iterator[Table | FigureBlock]:
    return (block for block in walk(_blocks(plan)) if isinstance(block, Table | FigureBlock))


def _blocks(plan: Plan) -> Iterator[Block]:
    match plan:
        case Handout():
            yield from plan.blocks
        case Deck():
            for slide in plan.slides:
                yield from slide.blocks()
        case Card():
            yield from (*plan.front, *plan.back)


@rule(
    "WORDS02",
    OfDocuments,
    "warning",
    why="Who writes words believes that somebody reads them.",
    source="a rule of this program",
)
def words_for_nobody(subject: OfDocuments) -> Iterator[Found]:
    """A text of a language file stands in none of the topic's documents: not in words, drawings, alt texts or notes.

    The words of statements that TOLD01 finds untold are left to it.
    """
    document, file = subject.words.document, encodable(subject.words.document.file)
    reached = {origin for plan in subject.plans for origin in plan.origins()}
    reached.update(telling.origin for plan in subject.plans for telling in _untold(plan) if telling.origin)
    texts = [(path, one) for path, one in leaves(subject.words.value, skip=("language",)) if isinstance(one, str)]
    places = {path: document.origin(path) for path, _ in texts}
    told = [text for path, text in texts if replace(places[path], file=file) in reached]
    named = {name for text in told for name in _NAMED.findall(text)}
    counted = {name for text in told for name in _COUNTED.findall(text)} | _units(subject.topic.value)
    replaced = _replaced_by_clinic(subject)
    for path, _ in texts:
        origin = places[path]
        is_used = spell(path) in named or (path[0] == "plurals" and path[1] in counted) or path[:2] in replaced
        if not (_is_needed(path) or is_used or replace(origin, file=file) in reached):
            yield Found(origin, f"{spell(path)} stands in no document", _to_be_read(path, subject))


def _to_be_read(path: KeyPath, subject: OfDocuments) -> str:
    """What to do that words stand somewhere: a section to fill in stands nowhere without lines to write on."""
    section = subject.topic.value.sections.get(str(path[1])) if path[0] == "sections" else None
    if section and section.kind == "fill_in" and not subject.words.value.sections[str(path[1])].fields:
        return f"add 'fields:' to {spell(path[:2])} with a text for each line to write on, or delete it"
    return "delete it, or give it a place in a template"


def _is_needed(path: KeyPath) -> bool:
    """Whether a text must be there, read or not: the name of a study or contact, the subject's, which each document has
    among its properties, and what is compared with other texts (a term, its forms, and how the text explains it).
    """
    is_compared = path[0] == "terms" and "meaning" not in path
    is_name = (path[0], path[-1]) in (("studies", "short"), ("contacts", "name"))
    return is_compared or is_name or path[0] == "subject"


def _replaced_by_clinic(subject: OfDocuments) -> frozenset[KeyPath]:
    """The words of contacts that are the clinic's own, where a clinic's file has its own in their place."""
    if not any(plan.meta.clinic_file for plan in subject.plans):
        return frozenset()
    contacts = subject.topic.value.contacts
    return frozenset(("contacts", key) for key, contact in contacts.items() if contact.from_ is not None)


def _units(topic: Topic) -> set[str]:
    """The units of facts and results, for which a language file may have words of its own."""
    studies = topic.studies.values()
    facts = (*topic.facts.values(), *(fact for study in studies for fact in study.facts.values()))
    outcomes = [outcome for _, report in topic.reports() for _, outcome in report.measured()]
    frames = [outcome.time_frame for outcome in outcomes if outcome.time_frame]
    return {one.unit for one in (*facts, *outcomes, *frames) if one.unit}
