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

from handouts.build.request import Request
from handouts.files.disk import (
    DECK_TEMPLATE,
    LOGO,
    PICTURE,
    TEMPLATE,
    TOPIC,
    YAML,
    bytes_of,
    digest_of,
    files_of_templates,
    files_of_topic,
    named_in,
    pictures_of_topic,
    template_folders,
)
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


_ELSEWHERE = {"content", "templates", "out", "topics", "languages", "formats", "strict"}
"""Fields of a request that say which documents are wanted, or where files are: not what stands in them."""


def input_digests(request: Request, topics: Iterable[str]) -> dict[str, str]:
    """The digest of each topic's inputs. A topic whose files cannot be read has none."""
    common = hashlib.sha256()
    try:
        _add(common, _program())
        _add(common, _options(request))
        _add(common, _templates(request.templates))
    except (OSError, ProblemsError):
        return {}
    found: dict[str, str] = {}
    for topic in topics:
        digest = common.copy()
        try:
            folder = request.content / topic
            _add(digest, _digests(folder, files_of_topic(folder)))
            _add(digest, _pictures(folder))
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
def _program() -> tuple[tuple[str, bytes], ...]:
    package = Path(__file__).parents[1]
    code = [(p.relative_to(package).as_posix(), p.read_bytes()) for p in sorted(package.rglob("*.py"))]
    return (*code, *((library, _version(library)) for library in LIBRARIES))


def _version(library: str) -> bytes:
    try:
        return version(library).encode()
    except PackageNotFoundError:
        return b""


def _options(request: Request) -> Iterator[tuple[str, bytes]]:
    for field in fields(request):
        value = getattr(request, field.name)
        if field.name in _ELSEWHERE:
            continue
        if not isinstance(value, Path):
            yield field.name, repr(value).encode()
        elif field.name == "clinic":
            yield field.name, digest_of(value, YAML).encode()
            yield from _logo(value)
        else:
            yield field.name, digest_of(value, DECK_TEMPLATE).encode()


def _logo(clinic: Path) -> Iterator[tuple[str, bytes]]:
    logo = read_yaml(clinic.name, bytes_of(clinic, YAML)).value.get("logo")
    name = logo.get("file") if isinstance(logo, dict) else None
    if isinstance(name, str):
        yield name, digest_of(named_in(clinic.parent, name), LOGO).encode()


def _pictures(topic: Path) -> Iterator[tuple[str, bytes]]:
    """The pictures that topic.yaml names."""
    # To read YAML takes longer than all digests, and most topics have no pictures.
    if not pictures_of_topic(topic):
        return
    for path, name in leaves(read_yaml(TOPIC, bytes_of(topic / TOPIC, YAML)).value.get("pictures")):
        if path[1:2] == ("file",) and isinstance(name, str):
            yield name, digest_of(named_in(topic, name), PICTURE).encode()


def _templates(own: Path | None) -> list[tuple[str, bytes]]:
    """The files that a build sees: a user's own stands in for the shipped one of its name."""
    found: dict[str, bytes] = {}
    for folder in reversed(template_folders(own)):
        found |= _digests(folder, files_of_templates(folder))
    return sorted(found.items())


def _digests(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    kinds = {".j2": TEMPLATE, ".pptx": DECK_TEMPLATE}
    for name in names:
        yield name, digest_of(folder / name, kinds.get(PurePath(name).suffix, YAML)).encode()
