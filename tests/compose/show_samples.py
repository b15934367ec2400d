"""Made-up studies with arms of any measure, and what draws or tabulates them, for the tests of figures and tables."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from msgspec.structs import replace
from topic_samples import CONTENT, edition_of, locale

from handouts.compose.context import Context
from handouts.compose.figures import FigureMakers
from handouts.compose.html import Element
from handouts.compose.phrase import Phrase
from handouts.compose.results import ReportView, report_view
from handouts.model.fit import fit
from handouts.model.section import DocumentName
from handouts.model.study import Study
from handouts.model.words import NameWords
from handouts.plan.blocks import FigureBlock, Table
from handouts.plan.text import plain
from handouts.problems import Origin

ARMS = {"a": {"role": "experimental", "n": 200}, "b": {"role": "active_comparator", "n": 210}}
HR = {"statistic": "hazard_ratio", "of": "a", "to": "b", "value": Decimal("0.74"), "p": Decimal("0.01")}
NAMES: dict[str, str | NameWords] = {
    "a": "Drug A",
    "b": "Drug B",
    "c": "Drug C",
    "x": NameWords(patient="Outcome X", clinician="Outcome X", part="only X", rest="no X"),
    "y": NameWords(patient="Outcome Y", clinician="Outcome Y", part="only Y", rest="no Y"),
    "old": "Over 65",
    "any": "any",
    "severe": "severe",
}
WORDS = Origin("en.yaml", 7, 3)
"""Where the words of made-up studies stand."""


def view(arms: dict[str, Any] | None = None, study_id: str = "weekly", **values: Any) -> ReportView:
    """A study of two arms, or of those given, with outcomes and harms as topic.yaml has them."""
    given_values = {"source": "mmrf", "status": "final", "design": "randomized", "setting": "any"}
    study = fit(given_values | {"arms": ARMS if arms is None else arms} | values, Study)
    return report_view(study_id, study, study)


def timed(better: str = "higher", **effect: Any) -> dict[str, Any]:
    """Medians of two arms, one not reached, with a hazard ratio."""
    arms = {"a": {"median": Decimal("20.6")}, "b": {"median": "not_reached"}}
    effects = {"hr": HR | effect}
    return {"measure": "time_to_event", "unit": "month", "better": better, "arms": arms, "effects": effects}


def counted(a: tuple[int, int], b: tuple[int, int]) -> dict[str, Any]:
    """Counts of two arms, each with its number of people."""
    return {"arms": {"a": {"count": a[0], "n": a[1]}, "b": {"count": b[0], "n": b[1]}}}


def context_of(
    *studies: ReportView,
    names: dict[str, Any] | None = None,
    document: DocumentName = "deck",
    language: str = "en",
) -> Context:
    """A document's context of the first topic with these studies beside its own; its numbers in either language."""
    edition = edition_of(CONTENT, "ixazomib")
    words = replace(edition.words, names={**edition.words.names, **NAMES, **(names or {})}, language=language)
    context = Context(replace(edition, words=words, locale=locale(language)), document)
    context.views = {**context.views, **{study.id: study for study in studies}}
    said = {study.id: {"short": Phrase(f"Study {study.id}", WORDS)} for study in studies}
    context.words = {**context.words, "studies": {**context.words["studies"], **said}}
    return context


def shown(
    name: str, *studies: ReportView, document: DocumentName = "deck", language: str = "en", **given: str
) -> FigureBlock | Table | None:
    """What `<figure data-figure="name">` gives of these studies. Raises ProblemsError as the template would."""
    asked = {f"data-{key}": value for key, value in given.items()}
    listed = {"data-studies": " ".join(study.id for study in studies)} if studies else {}
    element = Element("figure", {"data-figure": name, **listed, **asked}, 1)
    context = context_of(*studies, document=document, language=language)
    return FigureMakers(context, f"{document}.html.j2").figure(element)


def cells(table: FigureBlock | Table | None) -> list[list[str]]:
    """The words of a table's cells, its head first, with plain spaces."""
    assert isinstance(table, Table)
    rows = (table.head, *table.rows)
    return [[plain(cell.runs).replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in rows]
