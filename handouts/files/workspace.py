"""Loads what a build is made from: folders of content with their pictures, templates, a clinic file with its logo.

In: paths. Out: texts and loaded values. What a user's file gets wrong becomes a located problem, all of them at once.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from handouts.compose.bounds import MOST_TEMPLATES
from handouts.files.beside import PictureFile, logo_beside, pictures_beside
from handouts.files.clinic_text import ClinicText
from handouts.files.disk import (
    DECK,
    DECK_TEMPLATE,
    LOGO,
    REVIEW,
    TEMPLATE,
    TOPIC,
    YAML,
    UsageError,
    languages_in,
    names_of,
    template_folders,
    within,
)
from handouts.files.names import is_device
from handouts.files.reading import Reading
from handouts.files.recall import Same
from handouts.model.base import Model
from handouts.model.clinic import Clinic
from handouts.model.document import Document
from handouts.model.image import Image
from handouts.model.load import Loaded, SchemaCode
from handouts.model.locale import Locale
from handouts.model.plain import PlainLanguage
from handouts.model.references import check_references
from handouts.model.review import Review, SignOff
from handouts.model.topic import Topic
from handouts.model.translation import translated_in
from handouts.model.words import Words
from handouts.problems import Origin, Problem, ProblemsError, choose_from, error
from handouts.theme.sheet import Sheet
from handouts.theme.template_file import TemplateFile

M = TypeVar("M", bound=Model)

MOST_TEMPLATE_FILES = 200
"""In one folder; the shipped one has 4."""


class TopicFiles(Struct, frozen=True):
    """One topic as loaded: its id (the folder's name), data, languages, what loading warns of, sign-offs, and pictures
    by the names of their files. `sources` are languages that were not asked for, and that others are translated from.
    """

    id: str
    topic: Loaded[Topic]
    words: tuple[Loaded[Words], ...]
    findings: tuple[Problem, ...] = ()
    review: Loaded[Review] | None = None
    pictures: Mapping[str, PictureFile] = {}
    sources: tuple[Loaded[Words], ...] = ()

    def pictures_in(self, language: str) -> dict[str, PictureFile]:
        """The pictures that a language shows, by their ids; drawings are none of them."""
        named = {key: picture.file_for(language) for key, picture in self.topic.value.pictures.items()}
        return {key: self.pictures[name] for key, name in named.items() if name is not None}

    def signed(self, language: str) -> SignOff | None:
        """The sign-off of a language; it may be of other words than those of today."""
        return self.review.value.languages.get(language) if self.review else None


class ClinicFiles(Struct, frozen=True):
    """A clinic file and the logo beside it."""

    clinic: Loaded[Clinic]
    logo: Image | None


class Workspace:
    """The folders of one build. A file of the user's own templates folder stands in for the shipped one of its name."""

    def __init__(self, content: Path, templates: Path | None = None, reading: Reading | None = None) -> None:
        self.content = content
        self.template_folders = template_folders(templates)
        self.reading = reading or Reading()
        self._names: dict[str, tuple[str, ...]] = {}

    def topic(self, topic_id: str, languages: Iterable[str] = ()) -> TopicFiles:
        """A topic and its languages: all, or those of `languages` that it has. Raises ProblemsError."""
        folder = self.content / topic_id
        problems: list[Problem] = []
        topic = self._try(folder / TOPIC, Topic, problems)
        files = {language: folder / f"{language}.yaml" for language in languages_in(folder)}
        if not files:
            missing = error(Origin(str(folder)), "FILE01", "has no language file", "write one, such as en.yaml")
            problems.append(missing)
        wanted = set(languages) or set(files)
        words = [self._try(path, Words, problems) for stem, path in files.items() if stem in wanted]
        loaded = tuple(w for w in words if w is not None)
        for one in loaded:
            stem = Path(one.document.file).stem
            if one.value.language != stem:
                message = f"says its language is '{one.value.language}', its name says '{stem}'"
                origin = one.document.origin(("language",))
                instead = f"write 'language: {stem}' if it is, else move the file out of the topic's folder"
                problems.append(error(origin, "FILE02", message, instead))
        pictures: dict[str, PictureFile] = {}
        if topic is not None:
            known = (Same(topic), *map(Same, loaded))
            problems += self.reading.once(("references", known), lambda: check_references(topic, loaded), 4_000)
            languages_shown = {one.value.language for one in loaded}
            pictures = pictures_beside(self.reading, folder / TOPIC, topic, languages_shown, problems)
        try:
            review = self.review(topic_id)
        except ProblemsError as bad:
            review = None
            problems.extend(bad.problems)
        if not topic_id.isprintable():
            # It goes into the names of documents, and those into the manifest, which is UTF-8 text.
            message = "the folder's name has a character that cannot be printed"
            problems.append(error(Origin(str(folder)), "FILE07", message, "rename it, such as my-medicine"))
        elif is_device(topic_id):
            message = "the folder has the name of a device of Windows, where no file can begin with it"
            problems.append(
                error(Origin(str(folder)), "FILE07", message, f"rename it, such as {topic_id.partition('.')[0]}-1")
            )
        if topic is None or any(p.severity == "error" for p in problems):
            raise ProblemsError(problems)
        named = {language for one in loaded for language in self._translated_from(one.document)} - wanted
        # What is wrong with a language that was not asked for is not told.
        sources = (self._try(files[language], Words, []) for language in sorted(named & set(files)))
        known = tuple(one for one in sources if one is not None)
        return TopicFiles(topic_id, topic, loaded, tuple(problems), review, pictures, known)

    def _translated_from(self, document: Document) -> frozenset[str]:
        """The languages that a file says it was translated from."""

        def found() -> frozenset[str]:
            return frozenset(place.language for place in translated_in(document))

        return self.reading.once(("translated from", Same(document)), found, 1_000)

    def review(self, topic_id: str) -> Loaded[Review] | None:
        """A topic's sign-offs; None where nobody has signed it off. Raises ProblemsError."""
        path = self.content / topic_id / REVIEW
        return self.reading.loaded(path, YAML, Review) if os.path.lexists(path) else None

    def templates(self) -> dict[str, str]:
        """Every document template by name. Raises ProblemsError for one that is not UTF-8, and for too many of them."""
        found: dict[str, str] = {}
        for folder in reversed(self.template_folders):
            names = [name for name in self.reading.templates_in(folder) if name.endswith(".j2")]
            size = 0
            for name in names if len(names) <= MOST_TEMPLATE_FILES else ():
                found[name] = self.reading.text_of(folder / name, TEMPLATE)
                size += len(found[name])
                if size > MOST_TEMPLATES:
                    break
            if size > MOST_TEMPLATES or len(names) > MOST_TEMPLATE_FILES:
                most = f"{MOST_TEMPLATE_FILES} files of {MOST_TEMPLATES:,} characters in all"
                message = f"holds more templates than {most}"
                instead = "keep there what documents are made from"
                raise ProblemsError([error(Origin(str(folder)), "FILE09", message, instead)])
        texts = tuple(sorted(found.items()))
        return self.reading.once(("templates", texts), lambda: found, 2 * sum(len(text) for _, text in texts))

    def template_path(self, name: str) -> str:
        """Where a template, theme or locale stands, as messages name it."""
        return next((str(f / name) for f in self.template_folders if os.path.lexists(f / name)), name)

    def named(self, kind: str, name: str, schema: type[M]) -> M:
        """A theme, locale or sheet by name. Raises UsageError for a name that is not there, ProblemsError."""
        return self.loaded(kind, name, schema).value

    def loaded(self, kind: str, name: str, schema: type[M]) -> Loaded[M]:
        """The same with the document it came from, for locating what later stages find."""
        known = self.names(kind)
        if name not in known:
            raise UsageError(f"there is no '{name}' in templates/{kind}; {choose_from(name, known)}")
        path = next(f / kind / f"{name}.yaml" for f in self.template_folders if name in names_of(kind, f))
        return self.reading.loaded(path, YAML, schema)

    def sheet(self, name: str) -> Sheet:
        """Card stock by its name, or by another under which it is sold. Raises as `named`."""
        known = self.names("sheets")
        if name not in known:
            for other in known:
                with contextlib.suppress(ProblemsError):
                    sheet = self.named("sheets", other, Sheet)
                    if name in sheet.also:
                        return sheet
        return self.named("sheets", name, Sheet)

    def names(self, kind: str) -> tuple[str, ...]:
        """The names of all themes, locales or sheets."""
        # A run looks once: it asks for a language's files again and again.
        if kind not in self._names:
            found = {name for folder in self.template_folders for name in names_of(kind, folder)}
            self._names[kind] = tuple(sorted(found))
        return self._names[kind]

    def locale(self, language: str) -> Locale:
        """The locale of a language, or of its base language ("es" for "es-MX"). Raises ProblemsError without one."""
        for name in (language, language.split("-", maxsplit=1)[0]):
            if name in self.names("locales"):
                return self.named("locales", name, Locale)
        known = ", ".join(self.names("locales"))
        message = f"there is no locale for the language '{language}' (known: {known})"
        instead = "copy en.yaml of templates/locales and translate it"
        raise ProblemsError([error(Origin(f"templates/locales/{language}.yaml"), "FILE03", message, instead)])

    def plain(self, language: str) -> PlainLanguage:
        """What the checks know of a language, or of its base language; of one without a file, nothing."""
        for name in (language, language.split("-", maxsplit=1)[0]):
            if name in self.names("plain"):
                return self.named("plain", name, PlainLanguage)
        return self.reading.once(("no plain", language), lambda: _nothing_known(language), 0)

    def every_plain(self) -> Iterator[PlainLanguage]:
        """What the checks know of each language that has a file. Raises ProblemsError for a file that is wrong."""
        return (self.named("plain", name, PlainLanguage) for name in self.names("plain"))

    def clinic(self, given: Path | ClinicText) -> ClinicFiles:
        """A clinic file, or what was typed instead of one, and its logo. Raises ProblemsError."""
        if isinstance(given, ClinicText):
            data = within(given.data, YAML, Origin(given.name))
            loaded = self.reading.loaded_text(given.name, data, Clinic)
        else:
            loaded = self.reading.loaded(given, YAML, Clinic)
        logo, origin = loaded.value.logo, loaded.document.origin(("logo", "file"))
        if logo is None:
            if isinstance(given, ClinicText) and given.logo is not None:
                message, instead = (
                    "a logo was given, and nothing says what it shows",
                    "write 'logo' with 'file' and 'alt'",
                )
                raise ProblemsError([error(Origin(given.name), SchemaCode.MISSING_KEY, message, instead)])
            return ClinicFiles(loaded, None)
        if isinstance(given, ClinicText):
            return ClinicFiles(loaded, self._logo_given(given, logo.file, origin))
        return ClinicFiles(loaded, logo_beside(given, logo.file, origin, self.reading))

    def _logo_given(self, given: ClinicText, name: str, origin: Origin) -> Image:
        """The logo that came with a typed clinic. Raises ProblemsError."""
        if given.logo is None:
            message = f"the logo '{name}' is not there"
            raise ProblemsError([error(origin, "FILE01", message, "choose the picture again, or leave the logo out")])
        return self.reading.image(within(given.logo, LOGO, origin, f"the logo '{name}'"), origin, name)

    def deck_template(self, given: Path | None = None) -> TemplateFile:
        """The presentation that the deck wears, as bytes: our own or the user's `deck.pptx`, or the one `given`.

        Its renderer judges it. Raises ProblemsError.
        """
        path = given or Path(self.template_path(DECK))
        ours = given is None
        return self.reading.made_of(path, DECK_TEMPLATE, ours, lambda data: TemplateFile(data, str(path), ours=ours))

    def _try(self, path: Path, schema: type[M], problems: list[Problem]) -> Loaded[M] | None:
        try:
            return self.reading.loaded(path, YAML, schema)
        except ProblemsError as bad:
            problems.extend(bad.problems)
            return None


def _nothing_known(language: str) -> PlainLanguage:
    return PlainLanguage(schema_version=1, language=language)
