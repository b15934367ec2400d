"""`handouts new`: the id of a topic in, its folder out, filled with a commented skeleton that builds at once."""

from __future__ import annotations

import re
from pathlib import Path

from handouts.files.disk import YAML, UsageError, shipped_templates, the_files, write_new_folder
from handouts.files.names import is_device

FILES = ("topic.yaml", "en.yaml")

_TOPIC_ID = re.compile(r"[a-z][a-z0-9-]*")


def write_skeleton(topic: str, content: Path) -> tuple[Path, ...]:
    """Makes the folder `content/topic` with its topic.yaml and en.yaml, whole or not at all; returns both paths.

    Raises UsageError for an id that is not lower-case letters, digits and hyphens or that Windows keeps for itself, for
    a folder that is there already and for one that cannot be written.
    """
    if not _TOPIC_ID.fullmatch(topic):
        raise UsageError(
            f"'{topic}' is not the id of a topic; write lower-case letters, digits and hyphens that begin with a "
            f"letter, such as {_as_id(topic)}"
        )
    if is_device(topic):
        raise UsageError(f"'{topic}' is a device of Windows, which has no such folders; write {topic}-1, or another id")
    folder = content / topic
    write_new_folder(folder, the_files(shipped_templates() / "skeleton", FILES, YAML))
    return tuple(folder / name for name in FILES)


def _as_id(text: str) -> str:
    """The id that the author may have meant."""
    close = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return close if _TOPIC_ID.fullmatch(close) else "my-medicine"
