"""Handouts under the names by which OpenEMR looks for them: a `Request` in; a file for each code and language out.

OpenEMR's education.php opens `sites/SITE/documents/education/TYPE_CODE_LANGUAGE.pdf`, all in small letters, of a code
in a patient's record; its languages are English and Spanish.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from handouts.build.catalogue import listed
from handouts.build.make import make
from handouts.build.request import Request, chosen, documents_of
from handouts.build.result import Made
from handouts.exchange.listing import Listed
from handouts.files.disk import DOCUMENT, UsageError, bytes_if_there, digests_in, write_all
from handouts.files.lock import Tell, alone_in, tell_nobody
from handouts.files.manifest import NAME, Entry, entries_in, manifest_in, merged, sha256
from handouts.files.workspace import Workspace
from handouts.model.code import Code
from handouts.model.code_forms import CodeSystem
from handouts.problems import Problem, ProblemsError, error

FORMAT = "pdf"
LANGUAGES = ("en", "es")
"""Those that education.php asks for; of patients with any other language it asks for English."""
TYPES: Mapping[CodeSystem, str] = {
    "rxnorm": "RXCUI",
    "ndc": "NDC",
    "icd10cm": "ICD10",
    "snomed": "SNOMED",
    "loinc": "LOINC",
}
"""Code systems as OpenEMR's code types name them."""


class Written(Struct, frozen=True, order=True):
    """A file, the topic and language that it holds, and whether that is a draft."""

    name: str
    topic: str
    language: str
    draft: bool


class OpenEmrExport(Struct, frozen=True):
    """What was written; what was left out and why, and files of earlier exports that are there still, as sentences;
    and what the checks found.
    """

    written: tuple[Written, ...]
    left_out: tuple[str, ...]
    findings: tuple[Problem, ...]


class _Wanted(Struct, frozen=True):
    """A handout and the names that it gets."""

    path: str
    topic: str
    language: str
    names: tuple[str, ...]


def export_openemr(
    request: Request, folder: Path, *, drafts: bool = False, force: bool = False, tell: Tell = tell_nobody
) -> OpenEmrExport:
    """Makes the handouts of all topics with codes and writes each under the name of every code that it is about.

    Handouts that no clinician has signed off are left out without `drafts`. Files that an export did not write, or
    that were changed since, are replaced only by `force`. Raises ProblemsError for mistakes of the content, two topics
    of one code among them, and UsageError where a file is in the way or the folder cannot be written; none is written
    then.
    """
    request = replace(request, formats=(FORMAT,))
    left_out: list[str] = []
    wanted = _wanted(request, left_out, drafts=drafts)
    made, findings = _made(request, wanted)
    files: list[tuple[Entry, bytes]] = []
    written: list[Written] = []
    for one in wanted:
        document = made[one.path]
        draft = document.entry.review != "approved"
        for name in one.names:
            files.append((replace(document.entry, path=name), document.data))
            written.append(Written(name, one.topic, one.language, draft))
    if files:
        with alone_in(folder, tell):
            left_out += _write(folder, files, force=force)
    return OpenEmrExport(tuple(sorted(written)), tuple(left_out), findings)


def name_of(code: Code, language: str) -> str:
    """`rxcui_1191_en.pdf`: the name under which OpenEMR looks for the document of a code."""
    return f"{TYPES[code.system]}_{code.code}_{language}.pdf".lower()


def _wanted(request: Request, left_out: list[str], *, drafts: bool) -> list[_Wanted]:
    """The handouts that codes lead to; adds what is left out. Raises ProblemsError for a topic that cannot be made, and
    for a code that two have.
    """
    workspace = Workspace(request.content, request.templates)
    templates = workspace.templates()
    found: list[_Wanted] = []
    problems: list[Problem] = []
    of_code: dict[tuple[str, str, str], str] = {}
    for topic_id, tags in chosen(request).items():
        topic = listed(request, workspace, topic_id, templates)
        editions = {tag: topic.edition(tag) for tag in tags}
        if not tags or None in editions.values():
            problems += topic.problems
            continue
        makes_one = any(document.format == FORMAT for one in topic.editions for document in one.documents)
        if not topic.codes or not makes_one:
            left_out.append(f"{topic_id}: {'it makes no handout' if topic.codes else 'it has no codes'}")
            continue
        given = [tag for tag, edition in editions.items() if drafts or (edition and edition.review == "approved")]
        left_out += (
            f"{topic_id} ({tag}): a draft; have it signed off, or add --drafts" for tag in tags if tag not in given
        )
        taken = _languages(given)
        for tag in given:
            language = tag.partition("-")[0].lower()
            if taken.get(language) != tag:
                has = f", and has {taken[language]} for {language}" if language in taken else ""
                left_out.append(f"{topic_id} ({tag}): OpenEMR asks for {' and '.join(LANGUAGES)} alone{has}")
                continue
            problems += _shared(workspace, topic, language, of_code)
            (document,) = documents_of(request, topic_id, [tag])
            names = tuple(name_of(code, language) for code in topic.codes)
            found.append(_Wanted(document.path, topic_id, tag, names))
    if problems:
        raise ProblemsError(problems)
    return found


def _made(request: Request, wanted: Iterable[_Wanted]) -> tuple[dict[str, Made], tuple[Problem, ...]]:
    """The documents by their usual file names, and what the checks find in these languages alone. Raises ProblemsError
    with the mistakes of all topics.
    """
    tags: dict[str, list[str]] = {}
    for one in wanted:
        tags.setdefault(one.topic, []).append(one.language)
    made: dict[str, Made] = {}
    findings: set[Problem] = set()
    stopped: list[Problem] = []
    for topic, languages in tags.items():
        try:
            result = make(replace(request, topics=(topic,), languages=tuple(languages)))
        except ProblemsError as bad:
            stopped += bad.problems
            continue
        made |= {one.entry.path: one for one in result.made}
        findings |= set(result.findings)
    if stopped:
        raise ProblemsError(stopped)
    return made, tuple(sorted(findings))


def _languages(tags: Iterable[str]) -> dict[str, str]:
    """The tag that stands for each of OpenEMR's languages: one without a country before all others."""
    found: dict[str, str] = {}
    for tag in sorted(tags, key=lambda one: ("-" in one, one)):
        language = tag.partition("-")[0].lower()
        if language in LANGUAGES:
            found.setdefault(language, tag)
    return found


def _shared(
    workspace: Workspace, topic: Listed, language: str, of_code: dict[tuple[str, str, str], str]
) -> Iterator[Problem]:
    """A problem for each code that another topic has in this language; notes the others in `of_code`."""
    for index, code in enumerate(topic.codes):
        other = of_code.setdefault((code.system, code.plain, language), topic.id)
        if other != topic.id:
            origin = workspace.topic(topic.id).topic.document.origin(("codes", index, "code"))
            message = f"{code} is a code of the topic '{other}' too, and OpenEMR has one file for a code"
            instead = f"take it out of '{topic.id}' or '{other}', or export one of them with --topic"
            yield error(origin, "EXPORT01", message, instead, f"{code.system} {code.plain}")


def _write(folder: Path, files: list[tuple[Entry, bytes]], *, force: bool) -> Iterator[str]:
    """Writes files and their manifest; gives a sentence for each file of an earlier export that is none of these."""
    before = manifest_in(folder)
    known = entries_in(before)
    for entry, data in files:
        there = _there(folder / entry.path)
        ours = known.get(entry.path)
        if there is not None and there != sha256(data) and (ours is None or ours.sha256 != there) and not force:
            what = "it was changed since it was exported" if ours else "it was not exported from here"
            raise UsageError(f"cannot write {folder / entry.path}: {what}; move it away, or add --force")
    names = {entry.path for entry, _ in files}
    others = dict(digests_in(folder, set(known) - names, DOCUMENT))
    manifest = merged(before, [entry for entry, _ in files], others)
    write_all(folder, [*((entry.path, data) for entry, data in files), (NAME, manifest.encode())])
    topics = {entry.topic for entry, _ in files}
    for name, digest in sorted(others.items()):
        if known[name].sha256 == digest and known[name].topic in topics and known[name].format == FORMAT:
            yield f"{folder / name}: left there by an earlier export; delete it if its code is no longer right"


def _there(path: Path) -> str | None:
    """The digest of what stands under a name; None where nothing does. Raises UsageError for what is no file."""
    try:
        data = bytes_if_there(path, DOCUMENT)
    except OSError as bad:
        raise UsageError(f"cannot write {path}: {bad.strerror or bad}") from None
    return None if data is None else sha256(data)
