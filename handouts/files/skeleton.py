"""`handouts new`: a topic's id, kind and language in; its folder out, with a commented skeleton that builds at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from handouts.files.disk import (
    CLINICS,
    NOT_TOPICS,
    TOPIC,
    YAML,
    UsageError,
    languages_in,
    shipped_templates,
    the_files,
    write_new_folder,
)
from handouts.files.names import is_device
from handouts.model.subject import SubjectKind

KINDS: tuple[SubjectKind, ...] = get_args(SubjectKind)
USUAL_KIND: SubjectKind = "medicine"
USUAL_LANGUAGE = "en"

_TOPIC_ID = re.compile(r"[a-z][a-z0-9-]*")


def write_skeleton(
    topic: str, content: Path, kind: SubjectKind = USUAL_KIND, language: str = USUAL_LANGUAGE
) -> tuple[Path, ...]:
    """Makes the folder `content/topic` with topic.yaml and a language file, whole or not at all; returns both paths.

    Raises UsageError for an id that is not lower-case letters, digits and hyphens, that Windows keeps for itself or
    that is no topic's, for a language without a skeleton, for a folder that is there already and for one that cannot be
    written.
    """
    if not _TOPIC_ID.fullmatch(topic):
        raise UsageError(
            f"'{topic}' is not the id of a topic; write lower-case letters, digits and hyphens that begin with a "
            f"letter, such as {_as_id(topic)}"
        )
    if is_device(topic):
        raise UsageError(f"'{topic}' is a device of Windows, which has no such folders; write {topic}-1, or another id")
    if topic in NOT_TOPICS:
        kept = "clinic profiles" if topic == CLINICS else "sets of documents to print together"
        raise UsageError(f"'{topic}' is the folder of {kept}, and no topic's; write {topic}-1, or another id")
    skeleton = shipped_templates() / "skeleton" / kind
    known = languages_in(skeleton)
    if known and language not in known:
        raise UsageError(
            f"there is no skeleton in '{language}'; make it in one of these: {', '.join(known)}, "
            f"then run: handouts translate {topic} {language}"
        )
    names = (TOPIC, f"{language}.yaml")
    folder = content / topic
    write_new_folder(folder, the_files(skeleton, names, YAML))
    return tuple(folder / name for name in names)


def _as_id(text: str) -> str:
    """The id that the author may have meant."""
    close = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return close if _TOPIC_ID.fullmatch(close) else "my-topic"
