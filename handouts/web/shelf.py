"""What the page offers: topics by the catalogue, clinic profiles, themes. A request can choose none but its names.

In: the content folder. Out: listed topics, what there is to choose for each, and what documents depend on.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from handouts.build.catalogue import Catalogues
from handouts.build.request import Request, outputs_of
from handouts.exchange.listing import Listed, folded_words
from handouts.files.disk import CLINICS, SETS, YAML, UsageError, bytes_of, languages_in, template_folders, topics_in
from handouts.files.saved import clinics_in, load_set, sets_in
from handouts.files.watching import Signature, signatures
from handouts.files.workspace import Workspace
from handouts.model.clinic import Clinic
from handouts.model.load import load
from handouts.outputs import REGISTRY
from handouts.problems import ProblemsError
from handouts.web.choices import Offered
from handouts.web.settings import Settings

State = tuple[Signature, ...]


class Found(Struct, frozen=True):
    """The topics that a search found, the best first, and how many there are in all."""

    topics: tuple[Listed, ...]
    in_all: int


def title_of(listed: Listed) -> str:
    """A topic's title in English, else in its first language, else its id."""
    english = next((one for one in listed.editions if one.language.split("-")[0] == "en"), None)
    found = english or next(iter(listed.editions), None)
    return found.title if found else listed.id


class Shelf:
    """What there is to choose from, as the disk has it now."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        usual = Request(settings.today(), content=settings.content, templates=settings.templates)
        self.catalogues = Catalogues(usual)
        self._named: dict[Path, tuple[tuple[int, int], str]] = {}

    def topic_ids(self) -> tuple[str, ...]:
        """The ids of all topics. Raises UsageError where the content cannot be read."""
        return topics_in(self._settings.content)

    def search(self, query: str) -> Found:
        """The topics that words or a code mean; all by title for none. Raises UsageError."""
        catalogue = self.catalogues.now(self._settings.today())
        found = catalogue.search(query)
        if not query.strip():
            found = tuple(sorted(found, key=lambda one: folded_words(title_of(one))))
        return Found(found, len(catalogue.topics))

    def topic(self, topic_id: str) -> Listed | None:
        """A topic by its id; None where there is none. Raises UsageError."""
        return self.catalogues.now(self._settings.today()).get(topic_id)

    def offered(self, topic_id: str) -> Offered:
        """What there is to choose for a topic that is there, also where its files have mistakes."""
        folder = self._settings.content / topic_id
        documents = {one.document for one in outputs_of(folder)}
        outputs = tuple(one for one in REGISTRY if one.document in documents)
        return Offered(topic_id, languages_in(folder), outputs, self.themes(), self.clinics())

    def themes(self) -> tuple[str, ...]:
        """The names of all themes, the usual one first."""
        names = Workspace(self._settings.content, self._settings.templates).names("themes")
        return tuple(sorted(names, key=lambda name: (name != "default", "contrast" in name, name)))

    def clinics(self) -> dict[str, str]:
        """The names of all clinic profiles by their ids; of one that cannot be read its id."""
        content = self._settings.content
        return {one: self._title(content / CLINICS / f"{one}.yaml", one) for one in clinics_in(content)}

    def sets(self) -> dict[str, str]:
        """The titles of all saved sets by their ids."""
        content = self._settings.content
        return {one: self._title(content / SETS / f"{one}.yaml", one) for one in sets_in(content)}

    def state(self, topics: Iterable[str]) -> tuple[State, ...]:
        """What documents of these topics are made of, by names, sizes and times: any change gives another state."""
        content = self._settings.content
        folders = [*(content / topic for topic in topics), content / CLINICS]
        for folder in template_folders(self._settings.templates):
            folders += (folder, *(folder / name for name in _folders_in(folder)))
        others = [self._settings.deck_template] if self._settings.deck_template else []
        return (*(_state_of(folder) for folder in folders), *(_state_of(one.parent) for one in others))

    def _title(self, path: Path, usual: str) -> str:
        try:
            stat = path.stat()
        except OSError:
            return usual
        known = self._named.get(path)
        if known is None or known[0] != (stat.st_mtime_ns, stat.st_size):
            known = self._named[path] = ((stat.st_mtime_ns, stat.st_size), self._read_title(path) or usual)
        return known[1]

    def _read_title(self, path: Path) -> str | None:
        try:
            if path.parent.name == SETS:
                return load_set(self._settings.content, path.stem).value.title
            return load(str(path), bytes_of(path, YAML), Clinic).value.name
        except (ProblemsError, UsageError):
            return None


def _state_of(folder: Path) -> State:
    """What tells the files in a folder from others; empty where there is none."""
    try:
        return tuple(sorted(signatures(folder.iterdir())))
    except OSError:
        return ()


def _folders_in(folder: Path) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            yield from sorted(one.name for one in entries if one.is_dir())
    except OSError:
        return
