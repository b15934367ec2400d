"""Saved sets against the content that they name: a set in; its documents, or what it names that is not there, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from handouts.build.request import outputs_of
from handouts.files.disk import UsageError, languages_in, topics_in
from handouts.files.saved import clinic_path, clinics_in, load_set, sets_in
from handouts.files.workspace import Workspace
from handouts.model.document import KeyPath
from handouts.model.load import Loaded
from handouts.model.print_set import PrintSet
from handouts.problems import Problem, ProblemsError, choose_from, error
from handouts.theme.schema import Theme

_CODE = "SET01"
FORMAT_OF = {"handout": "pdf", "card": "card"}
"""The format in which a document of a set is printed."""


class Item(Struct, frozen=True):
    """One document to print: its topic, its language and its format in the registry of outputs."""

    topic: str
    language: str
    format: str = "pdf"


def items_of(content: Path, found: Loaded[PrintSet], languages: Iterable[str] = ()) -> tuple[Item, ...]:
    """The documents of a set in its order; what is in no language of its own is in each of `languages`.

    Raises UsageError where a language has to be chosen and none is, ProblemsError (SET01) for what is not there.
    """
    chosen = tuple(dict.fromkeys(languages))
    if found.value.asks_for_languages and not chosen:
        raise UsageError(
            f"the set '{found.value.title}' is in the language that its reader chooses; choose one (--lang TAG)"
        )
    if problems := tuple(_of_items(content, found, chosen)):
        raise ProblemsError(problems)
    # A language that a set names may be chosen too.
    return tuple(
        dict.fromkeys(
            Item(one.topic, language, FORMAT_OF[one.document])
            for one in found.value.items
            for language in ((one.language,) if one.language else chosen)
        )
    )


def set_problems(content: Path, templates: Path | None) -> tuple[Problem, ...]:
    """What is wrong with the clinic profiles and the sets of a content folder, all of it at once."""
    workspace = Workspace(content, templates)
    problems: list[Problem] = []
    for name in clinics_in(content):
        try:
            workspace.clinic(clinic_path(content, name))
        except ProblemsError as bad:
            problems += bad.problems
    for name in sets_in(content):
        try:
            found = load_set(content, name)
            problems += [*_of_items(content, found, ()), *_of_looks(content, found, workspace)]
        except ProblemsError as bad:
            problems += bad.problems
    return tuple(problems)


def _of_items(content: Path, found: Loaded[PrintSet], chosen: Iterable[str]) -> Iterator[Problem]:
    topics = topics_in(content)
    for index, item in enumerate(found.value.items):
        if item.topic not in topics:
            yield _missing(found, ("items", index, "topic"), f"there is no topic '{item.topic}'", item.topic, topics)
            continue
        known = languages_in(content / item.topic)
        for language in (item.language,) if item.language else chosen:
            if language not in known:
                path = ("items", index, "language" if item.language else "topic")
                yield _missing(found, path, f"the topic '{item.topic}' has no language '{language}'", language, known)
        made = [output.document for output in outputs_of(content / item.topic) if output.suffix == ".pdf"]
        if item.document not in made:
            message = f"the topic '{item.topic}' makes no {item.document}"
            place = "document" if item.document == "card" else "topic"
            yield _missing(found, ("items", index, place), message, item.document, made)


def _of_looks(content: Path, found: Loaded[PrintSet], workspace: Workspace) -> Iterator[Problem]:
    theme, clinic = found.value.theme, found.value.clinic
    if theme is not None and theme not in (known := workspace.names("themes")):
        yield _missing(found, ("theme",), f"there is no theme '{theme}'", theme, known)
    elif theme is not None:
        workspace.named("themes", theme, Theme)
    if clinic is not None and clinic not in (profiles := clinics_in(content)):
        yield _missing(found, ("clinic",), f"there is no clinic profile '{clinic}'", clinic, profiles)


def _missing(found: Loaded[PrintSet], path: KeyPath, message: str, word: str, known: Iterable[str]) -> Problem:
    return error(found.document.origin(path), _CODE, message, choose_from(word, known))
