"""The topics that the page offers, and the search among them. Folders of content in, listed topics out.

A topic is looked at anew when a file of it, or of the templates, has changed: by size and time, which costs less than
reading, and is only about what is listed; documents are made of what the files hold.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from handouts.build.request import outputs_of
from handouts.files.disk import YAML, UsageError, bytes_of, languages_in, own_templates, template_folders, topics_in
from handouts.files.workspace import Workspace
from handouts.model.clinic import Clinic
from handouts.model.code import Code
from handouts.model.load import load
from handouts.outputs import Output
from handouts.problems import ProblemsError
from handouts.web.choices import Offered
from handouts.web.searching import Searched, folded_words
from handouts.web.settings import Settings
from handouts.web.tongues import tongue

CLINICS, SETS = "clinics", "sets"
NOT_TOPICS = (CLINICS, SETS)
"""Folders of the content that hold no topic."""

Signature = tuple[tuple[str, int, int], ...]


class Edition(Struct, frozen=True):
    """A topic in one language as the list shows it."""

    language: str
    title: str
    review: str = ""


class Listed(Struct, frozen=True):
    """A topic as the list shows it; `wrong` says that its files cannot be read."""

    id: str
    editions: tuple[Edition, ...]
    outputs: tuple[Output, ...]
    names: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    as_of: str = ""
    wrong: bool = False

    @property
    def title(self) -> str:
        """In English, else in its first language, else by its id."""
        english = next((one for one in self.editions if one.language.split("-")[0] == "en"), None)
        found = english or next(iter(self.editions), None)
        return found.title if found else self.id


def signature(folder: Path) -> Signature:
    """The names, sizes and times of the files in a folder; empty where there is none."""
    try:
        with os.scandir(folder) as entries:
            found = [(one.name, one.stat()) for one in entries]
    except OSError:
        return ()
    return tuple(sorted((name, stat.st_size, stat.st_mtime_ns) for name, stat in found))


class Shelf:
    """What there is to choose from, read from the disk when it has changed. Its names are the only ones a request can
    choose.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._listed: dict[str, tuple[Signature, Listed]] = {}
        self._clinics: dict[str, tuple[tuple[int, int], str]] = {}

    def topic_ids(self) -> tuple[str, ...]:
        """The ids of all topics. Raises UsageError where the content cannot be read."""
        return tuple(one for one in topics_in(self._settings.content) if one not in NOT_TOPICS)

    def topics(self) -> tuple[Listed, ...]:
        """All topics by title. Raises UsageError."""
        found = [self._topic(one) for one in self.topic_ids()]
        return tuple(sorted(found, key=lambda one: folded_words(one.title)))

    def topic(self, topic_id: str) -> Listed | None:
        """A topic by its id; None where no folder has that name. Raises UsageError."""
        return self._topic(topic_id) if topic_id in self.topic_ids() else None

    def offered(self, listed: Listed) -> Offered:
        """What there is to choose for a topic."""
        languages = tuple(one.language for one in listed.editions)
        return Offered(listed.id, languages, listed.outputs, self.themes(), self.clinics())

    def themes(self) -> tuple[str, ...]:
        """The names of all themes, the usual one first."""
        names = Workspace(self._settings.content, self._settings.templates).names("themes")
        return tuple(sorted(names, key=lambda name: (name != "default", "contrast" in name, name)))

    def clinics(self) -> dict[str, str]:
        """The names of all clinic profiles by their ids; of one that cannot be read its id."""
        folder = self._settings.content / CLINICS
        found: dict[str, str] = {}
        for name, size, time in signature(folder):
            stem, dot, suffix = name.rpartition(".")
            if not dot or suffix != "yaml" or name.startswith(".") or not stem.isprintable():
                continue
            known = self._clinics.get(stem)
            if known is None or known[0] != (size, time):
                known = self._clinics[stem] = ((size, time), _clinic_name(folder / name) or stem)
            found[stem] = known[1]
        return dict(sorted(found.items(), key=lambda one: folded_words(one[1])))

    def clinic_file(self, clinic: str) -> Path:
        """The file of a profile that `clinics` names."""
        return self._settings.content / CLINICS / f"{clinic}.yaml"

    def state(self, topics: Iterable[str]) -> tuple[Signature, ...]:
        """What documents of these topics are made of, such that equal states give equal documents."""
        content, own = self._settings.content, own_templates(self._settings.templates)
        folders = [content / topic for topic in topics]
        folders.append(content / CLINICS)
        for folder in template_folders(own):
            folders += (folder, *(folder / name for name in _folders_in(folder)))
        return tuple(signature(folder) for folder in folders)

    def _topic(self, topic_id: str) -> Listed:
        now = signature(self._settings.content / topic_id)
        known = self._listed.get(topic_id)
        if known is None or known[0] != now:
            known = self._listed[topic_id] = (now, _listed(self._settings, topic_id))
        return known[1]


def _folders_in(folder: Path) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            yield from sorted(one.name for one in entries if one.is_dir())
    except OSError:
        return


def _clinic_name(path: Path) -> str | None:
    try:
        return load(str(path), bytes_of(path, YAML), Clinic).value.name
    except (ProblemsError, UsageError):
        return None


def _listed(settings: Settings, topic_id: str) -> Listed:
    folder = settings.content / topic_id
    outputs = outputs_of(folder)
    try:
        loaded = Workspace(settings.content, settings.templates).topic(topic_id)
    except (ProblemsError, UsageError):
        editions = tuple(Edition(language, topic_id) for language in languages_in(folder))
        return Listed(topic_id, editions, outputs, wrong=True)
    subject = loaded.topic.value.subject
    editions: tuple[Edition, ...] = ()
    names = {name for name in (subject.name, subject.brand, subject.code_name) if name}
    for words in loaded.words:
        value = words.value
        titles = [one.title for one in (value.handout, value.card, value.deck) if one]
        title = next((str(one) for one in titles if "{{" not in str(one)), topic_id)
        editions += (Edition(value.language, title),)
        if value.subject:
            names.add(value.subject.name)
    topic = loaded.topic.value
    return Listed(topic_id, editions, outputs, tuple(sorted(names)), topic.codes, str(topic.as_of))


def searched(topics: Iterable[Listed]) -> tuple[Searched, ...]:
    """The topics as the search reads them: titles in all languages, names, codes and languages."""
    return tuple(
        Searched(
            one.id,
            (one.id.replace("-", " "), *(edition.title for edition in one.editions), *one.names),
            tuple(code.code for code in one.codes),
            tuple(text for edition in one.editions for text in (edition.language, tongue(edition.language))),
        )
        for one in topics
    )
