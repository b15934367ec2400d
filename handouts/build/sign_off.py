"""`handouts approve` and `handouts diff`: a topic in, its review.yaml written, or what has changed since as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from handouts.build.changes import changes
from handouts.build.editions import signed_record
from handouts.build.make import make
from handouts.build.request import Request, chosen
from handouts.checks.registry import RULES
from handouts.checks.rule import OfSignOff
from handouts.files.disk import REVIEW, UsageError, write_all
from handouts.files.lock import Tell, alone_in, tell_nobody
from handouts.files.workspace import TopicFiles, Workspace
from handouts.model.base import AsOf, Line
from handouts.model.fit import MisfitsError, fit
from handouts.model.review import Record, Review, SignOff, as_yaml
from handouts.problems import Problem


class Approved(Struct, frozen=True):
    """A sign-off that was recorded: where, of which languages, and what the checks still find."""

    path: Path
    languages: tuple[str, ...]
    findings: tuple[Problem, ...]


def approve(request: Request, reviewer: str, role: str, tell: Tell = tell_nobody) -> Approved:
    """Records the sign-off of the request's one topic, in its languages, on its day; others' sign-offs are kept.

    `tell` hears of it when another run that writes to the topic's folder has to be waited for. Raises ProblemsError
    where the documents cannot be made, and UsageError for a name, role or topic that is none; nothing is written then.
    """
    _check_line("--reviewer", reviewer)
    _check_line("--role", role)
    (topic_id,) = chosen(request)
    result = make(replace(request, formats=(), strict=False))
    _, standings = _standings(request, topic_id)
    day = AsOf(request.today.year, request.today.month, request.today.day)
    folder = request.content / topic_id
    with alone_in(folder, tell):
        # By now, since another clinician may have signed off another language meanwhile.
        review = Workspace(request.content).review(topic_id)
        signed = dict(review.value.languages) if review else {}
        for language, (_, record) in standings.items():
            signed[language] = SignOff(reviewer=reviewer, role=role, on=day, digest=record.digest(), record=record)
        write_all(folder, [(REVIEW, as_yaml(Review(languages=signed)).encode())])
    mended = {one.code for one in RULES if one.over is OfSignOff}
    findings = tuple(found for found in result.findings if found.code not in mended)
    return Approved(folder / REVIEW, tuple(standings), findings)


def differences(request: Request) -> Iterator[str]:
    """What has changed since the sign-off of the request's one topic, a text for each language. Raises as `make`."""
    (topic_id,) = chosen(request)
    _, standings = _standings(request, topic_id)
    for language, (sign_off, record) in standings.items():
        yield changes(f"{topic_id} ({language})", sign_off, record)


def _standings(request: Request, topic_id: str) -> tuple[TopicFiles, dict[str, tuple[SignOff | None, Record]]]:
    """The topic's files, and for each language what was signed and what would be printed."""
    workspace = Workspace(request.content, request.templates)
    loaded = workspace.topic(topic_id, request.languages)
    templates = workspace.templates()
    found: dict[str, tuple[SignOff | None, Record]] = {}
    for words in loaded.words:
        language = words.value.language
        record = signed_record(loaded, words, workspace.locale(language), templates)
        found[language] = (loaded.signed(language), record)
    return loaded, found


def _check_line(option: str, text: str) -> None:
    try:
        fit(text, Line)
    except MisfitsError:
        raise UsageError(f"{option} is not a name on one line: '{text}'") from None
