"""What documents are made from, as digests: a request in, one digest for each topic and language out.

Two builds with the same digest give the same bytes: it covers the program itself, the libraries that draw, the
options, and every file of the topic, its pictures, the templates and the clinic. Names count, folders do not: it is the
same elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePath
from typing import Protocol

from msgspec.structs import fields

from handouts.build.request import Request, has_note
from handouts.files.clinic_text import ClinicText
from handouts.files.disk import (
    DECK_TEMPLATE,
    LOGO,
    PICTURE,
    TEMPLATE,
    TOPIC,
    YAML,
    files_of_topic,
    named_in,
    pictures_of_topic,
    template_folders,
)
from handouts.files.reading import Reading
from handouts.model.leaves import leaves
from handouts.model.yaml_source import read_yaml
from handouts.problems import ProblemsError

LIBRARIES = (
    "reportlab", "jinja2", "pyyaml", "msgspec", "segno", "pillow", "lxml", "fontpkg-atkinson-hyperlegible",
    "python-pptx", "xlsxwriter",
)  # fmt: skip
"""Distributions whose version can change what is written."""


class Digest(Protocol):
    """A hash in the making."""

    def update(self, data: bytes, /) -> None: ...
    def copy(self) -> Digest: ...
    def hexdigest(self) -> str: ...


_ELSEWHERE = {"content", "templates", "out", "topics", "languages", "formats", "strict"}
"""Fields of a request that say which documents are wanted, or where files are: not what stands in them."""


def input_digests(request: Request, topics: Iterable[str], reading: Reading | None = None) -> dict[str, str]:
    """The digest of each topic's inputs. A topic whose files cannot be read has none.

    With a clinician's note there is none: whoever has the digest could try which words the note has.
    """
    if has_note(request):
        return {}
    reading = reading or Reading()
    common = _program().copy()
    try:
        _add(common, _options(request, reading))
        _add(common, _templates(request.templates, reading))
    except (OSError, ProblemsError):
        return {}
    found: dict[str, str] = {}
    for topic in topics:
        digest = common.copy()
        try:
            folder = request.content / topic
            _add(digest, _digests(folder, files_of_topic(folder), reading))
            _add(digest, _pictures(folder, reading))
        except (OSError, ProblemsError):
            continue
        found[topic] = digest.hexdigest()
    return found


def _add(digest: Digest, named: Iterable[tuple[str, bytes]]) -> None:
    """Names with what tells of each: a file's own digest, a version, an option."""
    for name, data in named:
        # With both lengths in front, no two lists of files read alike.
        digest.update(json.dumps([name, len(data)]).encode() + b"\n" + data)


@cache
def _program() -> Digest:
    """The digest of all that any document depends on, with which each begins."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    _add(digest, ((p.relative_to(package).as_posix(), p.read_bytes()) for p in sorted(package.rglob("*.py"))))
    _add(digest, ((library, _version(library)) for library in LIBRARIES))
    return digest


def _version(library: str) -> bytes:
    try:
        return version(library).encode()
    except PackageNotFoundError:
        return b""


def _options(request: Request, reading: Reading) -> Iterator[tuple[str, bytes]]:
    for field in fields(request):
        value = getattr(request, field.name)
        if field.name in _ELSEWHERE:
            continue
        if isinstance(value, ClinicText):
            # The same as of a file in which the same stands.
            yield field.name, _digest(value.data)
            yield from (
                (name, _digest(value.logo)) for name in _logos(value.name, value.data) if value.logo is not None
            )
        elif not isinstance(value, Path):
            yield field.name, repr(value).encode()
        elif field.name == "clinic":
            yield field.name, reading.digest_of(value, YAML).encode()
            for name in _logos(value.name, reading.bytes_of(value, YAML)):
                yield name, reading.digest_of(named_in(value.parent, name), LOGO).encode()
        else:
            yield field.name, reading.digest_of(value, DECK_TEMPLATE).encode()


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def _logos(clinic: str, data: bytes) -> Iterator[str]:
    """The name of the logo that a clinic file gives, if it does. Raises ProblemsError."""
    logo = read_yaml(clinic, data).value.get("logo")
    name = logo.get("file") if isinstance(logo, dict) else None
    if isinstance(name, str):
        yield name


def _pictures(topic: Path, reading: Reading) -> Iterator[tuple[str, bytes]]:
    """The pictures that topic.yaml names."""
    # To read YAML takes longer than all digests, and most topics have no pictures.
    if not pictures_of_topic(topic):
        return
    for path, name in leaves(read_yaml(TOPIC, reading.bytes_of(topic / TOPIC, YAML)).value.get("pictures")):
        if path[1:2] == ("file",) and isinstance(name, str):
            yield name, reading.digest_of(named_in(topic, name), PICTURE).encode()


def _templates(own: Path | None, reading: Reading) -> list[tuple[str, bytes]]:
    """The files that a build sees: a user's own stands in for the shipped one of its name."""
    found: dict[str, bytes] = {}
    for folder in reversed(template_folders(own)):
        found |= _digests(folder, reading.templates_in(folder), reading)
    return sorted(found.items())


def _digests(folder: Path, names: Iterable[str], reading: Reading) -> Iterator[tuple[str, bytes]]:
    kinds = {".j2": TEMPLATE, ".pptx": DECK_TEMPLATE}
    for name in names:
        yield name, reading.digest_of(folder / name, kinds.get(PurePath(name).suffix, YAML)).encode()
