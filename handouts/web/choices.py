"""What a form or an address asks for: names out of closed lists, looked up and never opened. Fields in, choices out.

A name that is not in its list is a fault at its field; the usual choice stands in for it, so that a page can be shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeVar
from urllib.parse import urlencode

from msgspec import Struct

from handouts.outputs import REGISTRY, Output, Paper

T = TypeVar("T")

View = Literal["viewer", "pictures"]

DOCUMENT_NAMES = {
    "pdf": "Handout for the patient",
    "html": "Handout as a web page",
    "card": "Wallet card",
    "pptx": "Slides for clinicians",
}
"""Formats as a nurse calls them; others are called what the registry says."""
PAPER_NAMES: dict[Paper, str] = {"letter": "Letter", "a4": "A4"}
VIEW_NAMES: dict[View, str] = {"viewer": "The browser's PDF viewer", "pictures": "Pictures of the pages"}


class Fault(Struct, frozen=True):
    """What is wrong with a field of a form, and what to do about it."""

    field: str
    message: str


class Options(Struct, frozen=True):
    """One document of one topic and how it is printed: nothing in it is about a patient, and it may be an address."""

    topic: str
    language: str
    format: str
    theme: str = "default"
    paper: Paper = "letter"
    clinic: str = ""
    view: View = "viewer"

    def query(self) -> str:
        """The options as an address holds them; the topic stands in its path."""
        named = {"lang": self.language, "format": self.format, "theme": self.theme, "paper": self.paper}
        if self.clinic:
            named["clinic"] = self.clinic
        if self.view != "viewer":
            named["view"] = self.view
        return urlencode(named)

    def query_of(self, fields: Sequence[str]) -> str:
        """Some of the options as an address holds them, without those that are as usual."""
        usual = Options(self.topic, self.language, self.format)
        return urlencode({one: value for one in fields if (value := getattr(self, one)) != getattr(usual, one)})


class Offered(Struct, frozen=True):
    """What there is to choose from for one topic."""

    topic: str
    languages: tuple[str, ...]
    outputs: tuple[Output, ...]
    themes: tuple[str, ...]
    clinics: Mapping[str, str]
    """Profiles by their ids, as they are called."""


def document_name(form: str) -> str:
    """A format as a nurse calls it."""
    found = next((one for one in REGISTRY if one.format == form), None)
    return DOCUMENT_NAMES.get(form) or (found.about.capitalize() if found else form)


def theme_name(theme: str) -> str:
    """A theme as a nurse calls it, by its file."""
    return "Standard print" if theme == "default" else theme.replace("-", " ").replace("_", " ").capitalize()


def options_of(fields: Mapping[str, str], offered: Offered) -> tuple[Options, tuple[Fault, ...]]:
    """The choices of a form or address. Of a field that is not there the usual one: English, the handout, Letter."""
    faults: list[Fault] = []

    def one_of(field: str, known: Mapping[str, T], usual: T, called: str) -> T:
        given = fields.get(field, "")
        if given and given not in known:
            faults.append(Fault(field, f"There is no such {called}; choose one of the list."))
        return known.get(given, usual)

    languages = {one: one for one in offered.languages}
    formats = {one.format: one.format for one in offered.outputs}
    themes = {one: one for one in offered.themes}
    english = next((one for one in offered.languages if one.split("-")[0] == "en"), next(iter(languages), ""))
    papers: dict[str, Paper] = {paper: paper for paper in PAPER_NAMES}
    views: dict[str, View] = {view: view for view in VIEW_NAMES}
    options = Options(
        topic=offered.topic,
        language=one_of("lang", languages, english, "language of this topic"),
        format=one_of("format", formats, next(iter(formats), ""), "document of this topic"),
        theme=one_of("theme", themes, "default", "print"),
        paper=one_of("paper", papers, "letter", "paper"),
        clinic=one_of("clinic", {one: one for one in offered.clinics}, "", "clinic"),
        view=one_of("view", views, "viewer", "preview"),
    )
    return options, tuple(faults)
