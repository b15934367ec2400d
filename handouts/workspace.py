"""Reads what a build is made from: folders of content and templates, a clinic file with its logo. No other reads disk.

In: paths. Out: texts and loaded values. What a user's file gets wrong becomes a located problem, all of them at once.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from handouts.model.base import Model
from handouts.model.clinic import Clinic
from handouts.model.image import Image, check_image
from handouts.model.load import Loaded, load
from handouts.model.locale import Locale
from handouts.model.plain import PlainLanguage
from handouts.model.references import check_references
from handouts.model.topic import Topic
from handouts.model.words import Words
from handouts.problems import Origin, Problem, ProblemsError, choose_from, error

M = TypeVar("M", bound=Model)
MAX_LOGO_BYTES = 4_000_000


class UsageError(Exception):
    """The command line names something that is not there or cannot be used."""


def shipped_templates() -> Path:
    """The templates that come with the program: inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / "shipped" / "templates"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "templates"


@dataclass(frozen=True, slots=True)
class TopicFiles:
    """One topic as loaded: its id (the folder's name), its data, its languages, and what loading warns of."""

    id: str
    topic: Loaded[Topic]
    words: tuple[Loaded[Words], ...]
    findings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ClinicFiles:
    """A clinic file and the logo beside it."""

    clinic: Loaded[Clinic]
    logo: Image | None


class Workspace:
    """The folders of one build. A file of the user's own templates folder stands in for the shipped one of its name."""

    def __init__(self, content: Path, templates: Path | None = None) -> None:
        self.content = content
        self.template_folders = [folder for folder in (templates, shipped_templates()) if folder is not None]

    def topic_ids(self) -> tuple[str, ...]:
        """The topics there are. Raises UsageError without a content folder."""
        if not self.content.is_dir():
            raise UsageError(f"there is no content folder '{self.content}'; make a topic with: handouts new TOPIC")
        return tuple(sorted(p.name for p in self.content.iterdir() if p.is_dir() and not p.name.startswith(".")))

    def languages(self, topic_id: str) -> tuple[str, ...]:
        """The languages in which a topic has words, by the names of its files."""
        return tuple(sorted(p.stem for p in (self.content / topic_id).glob("*.yaml") if p.name != "topic.yaml"))

    def topic(self, topic_id: str, languages: Iterable[str] = ()) -> TopicFiles:
        """A topic and its languages: all, or those of `languages` that it has. Raises ProblemsError."""
        folder = self.content / topic_id
        problems: list[Problem] = []
        topic = self._try(folder / "topic.yaml", Topic, problems)
        files = {language: folder / f"{language}.yaml" for language in self.languages(topic_id)}
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
        if topic is not None:
            problems += check_references(topic, loaded)
        if topic is None or any(p.severity == "error" for p in problems):
            raise ProblemsError(problems)
        return TopicFiles(topic_id, topic, loaded, tuple(problems))

    def templates(self) -> dict[str, str]:
        """Every document template by name. Raises ProblemsError for one that is not UTF-8."""
        found: dict[str, str] = {}
        for folder in reversed(self.template_folders):
            for path in sorted(folder.glob("*.j2")):
                found[path.name] = _text(path)
        return found

    def template_path(self, name: str) -> str:
        """Where a template, theme or locale stands, as messages name it."""
        return next((str(f / name) for f in self.template_folders if (f / name).is_file()), name)

    def named(self, kind: str, name: str, schema: type[M]) -> M:
        """A theme, locale or sheet by name. Raises UsageError for a name that is not there, ProblemsError."""
        known = self.names(kind)
        if name not in known:
            raise UsageError(f"there is no '{name}' in templates/{kind}; {choose_from(name, known)}")
        path = next(f / kind / f"{name}.yaml" for f in self.template_folders if (f / kind / f"{name}.yaml").is_file())
        return load(str(path), _bytes(path), schema).value

    def names(self, kind: str) -> tuple[str, ...]:
        """The names of all themes, locales or sheets."""
        return tuple(sorted({p.stem for folder in self.template_folders for p in (folder / kind).glob("*.yaml")}))

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
        return PlainLanguage(schema_version=1, language=language)

    def clinic(self, path: Path) -> ClinicFiles:
        """A clinic file and its logo. Raises ProblemsError."""
        loaded = load(str(path), _bytes(path), Clinic)
        if loaded.value.logo is None:
            return ClinicFiles(loaded, None)
        origin = loaded.document.origin(("logo", "file"))
        name = loaded.value.logo.file
        logo = path.parent / name
        try:
            if not logo.resolve().is_relative_to(path.parent.resolve()):
                message = f"the logo '{name}' is outside the clinic file's folder"
                raise ProblemsError([error(origin, "FILE04", message, "copy it beside the clinic file")])
            if logo.stat().st_size > MAX_LOGO_BYTES:
                message = f"the logo '{name}' has more than {MAX_LOGO_BYTES // 1_000_000} MB"
                raise ProblemsError([error(origin, "FILE04", message, "save it smaller")])
            data = logo.read_bytes()
        except OSError as bad:
            message = f"the logo '{name}' cannot be read: {reason(bad)}"
            raise ProblemsError([error(origin, "FILE01", message, "put the picture beside the clinic file")]) from None
        return ClinicFiles(loaded, check_image(data, origin, name))

    def _try(self, path: Path, schema: type[M], problems: list[Problem]) -> Loaded[M] | None:
        try:
            return load(str(path), _bytes(path), schema)
        except ProblemsError as bad:
            problems.extend(bad.problems)
            return None


def reason(bad: OSError) -> str:
    """Why the system refused, in its own words."""
    return (bad.strerror or str(bad) or type(bad).__name__).lower()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as bad:
        message = f"cannot be read: {reason(bad)}"
        raise ProblemsError([error(Origin(str(path)), "FILE01", message, "check that the file is there")]) from None


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        message = f"is not UTF-8 text (byte {bad.start + 1})"
        raise ProblemsError([error(Origin(str(path)), "FILE05", message, "save it as UTF-8")]) from None


def write_all(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Writes files so that each is either whole and new or untouched: all to temporary names first, then renamed.

    Raises UsageError where the folder cannot be written; nothing of this call remains then.
    """
    staged: list[tuple[Path, Path]] = []
    made: list[Path] = []
    try:
        made = _make_folder(folder)
        for name, data in files:
            target = folder / name
            if target.is_dir():
                raise UsageError(f"cannot write {target}: it is a folder")
            temporary = folder / f".{name}.{os.getpid()}.part"
            staged.append((temporary, target))
            with temporary.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        for temporary, target in staged:
            temporary.replace(target)
    except OSError as bad:
        raise UsageError(f"cannot write to {folder}: {reason(bad)}") from None
    finally:
        for temporary, _ in staged:
            _quietly(temporary.unlink)
        for made_folder in reversed(made):
            _quietly(made_folder.rmdir)


def write_new_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Makes a folder with these files, whole or not at all.

    Raises UsageError where it is there already or cannot be written; nothing of this call remains then.
    """
    staging = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    parents: list[Path] = []
    try:
        if folder.exists() or folder.is_symlink():
            raise UsageError(f"{folder} is there already; nothing was changed. Write another name, or delete it first")
        parents = [p for p in folder.parents if not p.exists()]
        staging.mkdir(parents=True)
        for name, data in files:
            (staging / name).write_bytes(data)
        staging.rename(folder)
    except OSError as bad:
        raise UsageError(f"cannot make {folder}: {reason(bad)}") from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        for parent in parents:
            _quietly(parent.rmdir)


def _make_folder(folder: Path) -> list[Path]:
    missing = [p for p in (folder, *folder.parents) if not p.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return list(reversed(missing))


def _quietly(remove: Callable[[], None]) -> None:
    with contextlib.suppress(OSError):
        remove()


def the_files(folder: Path, names: Iterable[str]) -> tuple[tuple[str, bytes], ...]:
    """The named files of a folder with their bytes, all of them. Raises ProblemsError for one that cannot be read."""
    return tuple((name, _bytes(folder / name)) for name in names)


def present(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Those of the named files that are in the folder, with their bytes."""
    for name in names:
        try:
            yield name, (folder / name).read_bytes()
        except OSError:
            continue
