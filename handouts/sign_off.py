"""`handouts approve` and `handouts diff`: a topic in, its review.yaml written, or what has changed since as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from handouts.changes import changes
from handouts.checks.registry import RULES
from handouts.checks.rule import OfSignOff
from handouts.compose.record import standing_of
from handouts.disk import REVIEW, UsageError, write_all
from handouts.make import make
from handouts.model.base import AsOf, Line
from handouts.model.review import Review, SignOff, Standing, as_yaml
from handouts.problems import Problem
from handouts.request import Request, chosen
from handouts.workspace import TopicFiles, Workspace


@dataclass(frozen=True, slots=True)
class Approved:
    """A sign-off that was recorded: where, of which languages, and what the checks still find."""

    path: Path
    languages: tuple[str, ...]
    findings: tuple[Problem, ...]


def approve(request: Request, reviewer: str, role: str) -> Approved:
    """Records the sign-off of the request's one topic, in its languages, on its day; others' sign-offs are kept.

    Raises ProblemsError where the documents cannot be made, and UsageError for a name, role or topic that is none;
    nothing is written then.
    """
    _check_line("--reviewer", reviewer)
    _check_line("--role", role)
    (topic_id,) = chosen(request)
    result = make(replace(request, formats=(), strict=False))
    loaded, standings = _standings(request, topic_id)
    day = AsOf(request.today.year, request.today.month, request.today.day)
    signed = dict(loaded.review.value.languages) if loaded.review else {}
    for language, standing in standings.items():
        if standing.record is not None:
            digest = standing.record.digest()
            signed[language] = SignOff(
                reviewer=reviewer.strip(), role=role.strip(), on=day, digest=digest, record=standing.record
            )
    folder = request.content / topic_id
    write_all(folder, [(REVIEW, as_yaml(Review(languages=signed)).encode())])
    mended = {one.code for one in RULES if one.over is OfSignOff}
    findings = tuple(found for found in result.findings if found.code not in mended)
    return Approved(folder / REVIEW, tuple(standings), findings)


def differences(request: Request) -> Iterator[str]:
    """What has changed since the sign-off of the request's one topic, a text for each language. Raises as `make`."""
    (topic_id,) = chosen(request)
    _, standings = _standings(request, topic_id)
    for language, standing in standings.items():
        if standing.record is not None:
            yield changes(f"{topic_id} ({language})", standing.sign_off, standing.record)


def _standings(request: Request, topic_id: str) -> tuple[TopicFiles, dict[str, Standing]]:
    workspace = Workspace(request.content, request.templates)
    loaded = workspace.topic(topic_id, request.languages)
    review = loaded.review.value if loaded.review else None
    templates = workspace.templates()
    return loaded, {
        words.value.language: standing_of(
            review, loaded.topic.value, words, workspace.locale(words.value.language), templates
        )
        for words in loaded.words
    }


def _check_line(option: str, text: str) -> None:
    try:
        TypeAdapter(Line).validate_python(text)
    except ValidationError:
        raise UsageError(f"{option} is not a name on one line: '{text}'") from None
