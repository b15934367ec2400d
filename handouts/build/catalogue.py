"""The catalogue: folders of content in, a record of each topic out, with what it is called, its codes and its reviews.

A topic whose files are wrong is listed with what is wrong with it and stops no other. Records are remembered as long as
the files that they were made of stay as they are, so that asking again costs a look at the disk.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from threading import Lock

from msgspec import Struct
from msgspec.structs import replace

from handouts.build.editions import signed_record
from handouts.build.request import Request, known_topics
from handouts.checks.registry import judged
from handouts.checks.rule import OfTopic
from handouts.compose.context import filled_words, name_of_subject
from handouts.exchange.listing import Catalogue, Document, Edition, Listed
from handouts.files.disk import (
    TOPIC,
    YAML,
    bytes_of,
    files_of_templates,
    files_of_topic,
    languages_in,
    pictures_of_topic,
)
from handouts.files.workspace import TopicFiles, Workspace
from handouts.model.load import Loaded, load
from handouts.model.review import Standing
from handouts.model.topic import Topic
from handouts.model.words import Words
from handouts.outputs import REGISTRY
from handouts.problems import Problem, ProblemsError

Stamp = tuple[tuple[str, int, int, int], ...]
"""Name, size, time of change and number of each file: what differs where one was edited or replaced."""


class _Remembered(Struct, frozen=True):
    stamp: Stamp
    topic: Listed


class Catalogues:
    """Reads the catalogue of a content folder again and again; several threads may ask at once.

    `usual` is the request whose options name the files of documents: paper, theme, clinic and the like.
    """

    def __init__(self, usual: Request) -> None:
        self._usual = usual
        self._lock = Lock()
        self._remembered: dict[str, _Remembered] = {}
        self._templates: tuple[Stamp, dict[str, str] | None] = ((), None)

    def now(self, today: date | None = None) -> Catalogue:
        """The catalogue as the disk is now, on a day (the last one asked for). Raises UsageError without a folder."""
        with self._lock:
            if today is not None and today != self._usual.today:
                self._usual = replace(self._usual, today=today)
                self._remembered.clear()
            workspace = Workspace(self._usual.content, self._usual.templates)
            folders = workspace.template_folders
            stamp = tuple(one for folder in folders for one in _stamp(folder, files_of_templates(folder)))
            if stamp != self._templates[0]:
                self._remembered.clear()
                self._templates = (stamp, _templates(workspace))
            kept: dict[str, _Remembered] = {}
            for topic_id in known_topics(self._usual):
                folder = workspace.content / topic_id
                stamp = _stamp(folder, (*files_of_topic(folder), *pictures_of_topic(folder)))
                known = self._remembered.get(topic_id)
                if known is None or known.stamp != stamp:
                    known = _Remembered(stamp, listed(self._usual, workspace, topic_id, self._templates[1]))
                kept[topic_id] = known
            self._remembered = kept
            return Catalogue(tuple(one.topic for one in kept.values()))


def catalogue(usual: Request) -> Catalogue:
    """The catalogue of a content folder, read once. Raises UsageError without the folder."""
    return Catalogues(usual).now()


def listed(usual: Request, workspace: Workspace, topic_id: str, templates: dict[str, str] | None) -> Listed:
    """The record of one topic. Without `templates`, which are wrong then, nothing counts as reviewed."""
    problems: list[Problem] = []
    sound = _sound(workspace, topic_id, problems)
    editions: list[Edition] = []
    for loaded in sound:
        for words in loaded.words:
            try:
                editions.append(_edition(usual, workspace, loaded, words, templates))
            except ProblemsError as bad:
                problems.extend(bad.problems)
    topic = sound[0].topic if sound else _topic_alone(workspace, topic_id)
    if topic is None:
        return Listed(topic_id, problems=tuple(sorted(set(problems))))
    stopping = [one for one in judged(OfTopic(topic, usual.today)) if one.severity == "error"]
    problems += stopping
    value, subject = topic.value, topic.value.subject
    return Listed(
        topic_id,
        kind=subject.kind,
        name=subject.name or "",
        brand=subject.brand or "",
        code_name=subject.code_name or "",
        maker=subject.maker or "",
        as_of=str(value.as_of),
        codes=value.codes,
        cited={code.source: source for code in value.codes if (source := value.sources.get(code.source))},
        names=_each(subject.name, subject.brand, subject.code_name, *(one.name for one in editions)),
        titles=_each(*(document.title for one in editions for document in one.documents)),
        # Of numbers that contradict each other nothing is made in any language.
        editions=() if stopping else tuple(editions),
        problems=tuple(sorted(set(problems))),
    )


def _each(*texts: str | None) -> tuple[str, ...]:
    """Texts, each once, without those that are not given."""
    return tuple(dict.fromkeys(text for text in texts if text))


def _sound(workspace: Workspace, topic_id: str, problems: list[Problem]) -> list[TopicFiles]:
    """The topic with all its languages, or with each of those that are sound; adds what is wrong to `problems`."""
    try:
        return [workspace.topic(topic_id)]
    except ProblemsError as bad:
        problems.extend(bad.problems)
    found: list[TopicFiles] = []
    languages = languages_in(workspace.content / topic_id)
    for language in languages if len(languages) > 1 else ():
        with contextlib.suppress(ProblemsError):
            found.append(workspace.topic(topic_id, (language,)))
    return found


def _topic_alone(workspace: Workspace, topic_id: str) -> Loaded[Topic] | None:
    """The topic's own file where no language of it is sound; None where that is wrong too."""
    path = workspace.content / topic_id / TOPIC
    try:
        return load(str(path), bytes_of(path, YAML), Topic)
    except ProblemsError:
        return None


def _edition(
    usual: Request, workspace: Workspace, loaded: TopicFiles, words: Loaded[Words], templates: dict[str, str] | None
) -> Edition:
    """A topic in one language. Raises ProblemsError for words that name what does not exist, and without a locale."""
    topic, language = loaded.topic.value, words.value.language
    locale = workspace.locale(language)
    filled = filled_words(topic, words.value, words.document, locale)
    signed = loaded.signed(language)
    record = signed_record(loaded, words, locale, templates) if signed and templates is not None else None
    approved = Standing(signed, record).approved
    made = (one for one in REGISTRY if one.document in topic.documents)
    return Edition(
        language=language,
        name=name_of_subject(topic, words.value) or "",
        documents=tuple(
            Document(
                one.format,
                one.document,
                one.about,
                one.file_name(loaded.id, language, usual),
                str(filled[one.document]["title"]),
            )
            for one in made
        ),
        review="approved" if approved else "draft",
        message=str(filled["handout"]["main_message"]) if "handout" in topic.documents else "",
        reviewer=approved.reviewer if approved else "",
        role=approved.role if approved else "",
        reviewed_on=str(approved.on) if approved else "",
    )


def _templates(workspace: Workspace) -> dict[str, str] | None:
    """The text of all templates; None where they are wrong, which each build tells."""
    try:
        return workspace.templates()
    except ProblemsError:
        return None


def _stamp(folder: Path, names: Iterable[str]) -> Stamp:
    found: list[tuple[str, int, int, int]] = []
    for name in names:
        with contextlib.suppress(OSError):
            seen = (folder / name).stat()
            found.append((str(folder / name), seen.st_size, seen.st_mtime_ns, seen.st_ino))
    return tuple(found)
