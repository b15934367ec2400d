"""What a build is asked for: the command line's options as a value, and the topics and languages that they choose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from handouts.files.clinic_text import ClinicText
from handouts.files.disk import NOT_TOPICS, TOPIC, YAML, UsageError, bytes_of, files_of_topic, languages_in, topics_in
from handouts.files.names import folded
from handouts.model.yaml_source import read_yaml
from handouts.outputs import OUTPUTS, REGISTRY, Output, Paper
from handouts.problems import Origin, Problem, ProblemsError, choose_from, error
from handouts.theme.printing import Printing


class Request(Struct, frozen=True):
    """What to build, from where, for which day; empty `formats`, `topics` and `languages` mean all.

    Without a `sheet`, cards lie on the usual stock of the paper. `region` is the country (ISO 3166) of clinics that
    name none, by whose plan their telephone numbers are judged. The `clinic` is a file, or what was typed. `note` is
    what a clinician adds for one print: handouts show it, marked as no part of the reviewed text; no card, deck,
    manifest or message repeats it.
    """

    today: date
    formats: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    paper: Paper = "letter"
    theme: str = "default"
    sheet: str | None = None
    printing: Printing = field(default_factory=Printing)
    clinic: Path | ClinicText | None = None
    region: str | None = None
    note: str = ""
    deck_template: Path | None = None
    content: Path = Path("content")
    templates: Path | None = None
    out: Path = Path("build")
    strict: bool = False


def has_note(request: Request) -> bool:
    """Whether a clinician noted something for this print, which is to be kept nowhere."""
    return bool(getattr(request, "note", ""))


class Asked(Struct, frozen=True):
    """One document of a request: its topic, its language, its row in the registry and its file name."""

    topic: str
    language: str
    output: Output
    path: str


def documents_of(request: Request, topic: str, languages: Iterable[str]) -> tuple[Asked, ...]:
    """The documents that a request asks for of one topic in some languages, of those that the topic makes."""
    made = outputs_of(request.content / topic, REGISTRY)
    return tuple(
        Asked(topic, language, output, output.file_name(topic, language, request))
        for language in languages
        for output in made
        if (output.format in request.formats if request.formats else not output.on_request)
    )


def all_documents_of(request: Request, topics: Mapping[str, Iterable[str]]) -> tuple[Asked, ...]:
    """The documents that a request asks for of all its topics, with the languages of each. Raises UsageError where none
    of the topics makes any of the formats that are asked for.
    """
    asked = tuple(one for topic, languages in topics.items() for one in documents_of(request, topic, languages))
    if not asked and any(topics.values()):
        named = f"the topic '{next(iter(topics))}' makes" if len(topics) == 1 else "the topics make"
        raise UsageError(f"{named} no {' and no '.join(request.formats)}: its 'documents' do not name it")
    return asked


def outputs_of(topic: Path, rows: tuple[Output, ...] = OUTPUTS) -> tuple[Output, ...]:
    """What of these rows can be made of a topic, by `documents` in its topic.yaml; everything where they cannot be
    read or are no list of documents, so that loading the file tells why.
    """
    try:
        text = bytes_of(topic / TOPIC, YAML)
        # Nearly all topics make everything, and reading a whole file takes long.
        named = read_yaml(TOPIC, text).value.get("documents") if _DOCUMENTS.search(text) else None
    except ProblemsError:
        return rows
    made = tuple(one for one in rows if isinstance(named, list) and one.document in named)
    return made or rows


_DOCUMENTS = re.compile(rb"""^["'{ ]*documents\b""", re.MULTILINE)


def _is_output(request: Request, topic: str) -> bool:
    """Whether a folder of the content is none of a topic, but where an earlier build wrote its documents."""
    folder = request.content / topic
    return request.out.is_dir() and folder.samefile(request.out) and not files_of_topic(folder)


def known_topics(request: Request) -> tuple[str, ...]:
    """All topics of the content. Raises UsageError without a folder of content."""
    return tuple(topic for topic in topics_in(request.content) if not _is_output(request, topic))


def chosen(request: Request) -> dict[str, tuple[str, ...]]:
    """The languages to build of each topic that is asked for.

    Raises UsageError for a topic or language that is not there, ProblemsError where there is no topic at all, or where
    some disk could not tell the files of two from each other.
    """
    known = known_topics(request)
    for topic in request.topics:
        if topic in NOT_TOPICS:
            raise UsageError(f"'{topic}' is no topic, but a folder that {request.content} keeps beside its topics")
        if topic not in known:
            raise UsageError(f"there is no topic '{topic}' in {request.content}; {choose_from(topic, known)}")
    if problems := tuple(_misplaced(request.content)):
        raise ProblemsError(problems)
    if not known:
        message = "has no topic"
        raise ProblemsError([error(Origin(str(request.content)), "FILE01", message, "make one: handouts new TOPIC")])
    wanted = {t: languages_in(request.content / t) for t in known if not request.topics or t in request.topics}
    languages = {language for found in wanted.values() for language in found}
    for language in request.languages:
        if language not in languages:
            topics = f"topic '{next(iter(wanted))}' has" if len(wanted) == 1 else "the topics have"
            raise UsageError(f"{topics} no language '{language}'; {choose_from(language, languages)}")
    asked = set(request.languages) or languages
    chosen_languages = {t: tuple(x for x in found if x in asked) for t, found in wanted.items()}
    # A topic without any language is kept: that it has none is a mistake to be told.
    wanted = {t: found for t, found in chosen_languages.items() if found or not request.languages}
    if problems := tuple(_alike(request.content, wanted)):
        raise ProblemsError(problems)
    return wanted


def _misplaced(content: Path) -> Iterator[Problem]:
    """A problem for each folder that is no topic's, by its name, and holds one, whose documents nobody would get."""
    for name in NOT_TOPICS:
        if (content / name / TOPIC).is_file():
            message = "has a topic.yaml, but a folder of this name is no topic"
            yield error(Origin(str(content / name)), "FILE07", message, f"rename it, such as {name}-1")


def _alike(content: Path, wanted: Mapping[str, Iterable[str]]) -> Iterator[Problem]:
    """A problem for each topic, or language of one, that names its files as another does."""
    seen: dict[str, tuple[str, str]] = {}
    for topic, languages in wanted.items():
        for language in languages:
            other, its_language = seen.setdefault(folded(f"{topic}-{language}"), (topic, language))
            if other != topic:
                message = f"names its files as the topic '{other}' does, to some disks at least"
                yield error(Origin(str(content / topic)), "FILE06", message, "rename one of the two folders")
            elif its_language != language:
                message = f"names its files as {its_language}.yaml does, to some disks at least"
                origin = Origin(str(content / topic / f"{language}.yaml"))
                yield error(origin, "FILE06", message, "keep one of the two files")
