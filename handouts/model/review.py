"""Schema of `review.yaml`: who signed off a topic's words in each language, when, and what they signed.

`handouts approve` writes the file beside topic.yaml. A sign-off counts as long as its digest is that of today's record.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta, Struct
from msgspec.structs import asdict

from handouts.model.base import Day, LanguageTag, Line, Model

HEAD = (
    "# Written by handouts approve, read by every build. What was signed stands here, so that handouts diff can show\n"
    "# what has changed since. Whatever is edited here, or in what was signed, voids the sign-off.\n"
)

Digest = Annotated[str, Meta(pattern=r"^sha256:[0-9a-f]{64}$")]


class Record(Model, frozen=True, kw_only=True):
    """What a clinician signs, as text: all that a topic prints in one language, and how it is arranged.

    `statements` has each statement's words, their numbers filled in, with its sources and place; `words` all other
    words by place; `values` all other values of topic.yaml by place; `templates` the digest of each template and of the
    locale, `pictures` that of the file of each picture. The order counts: it is that of the documents.
    """

    statements: dict[str, dict[str, str]]
    words: dict[str, str]
    values: dict[str, str]
    templates: dict[str, str]
    pictures: dict[str, str] = {}

    def digest(self) -> str:
        """The SHA-256 of the record as JSON."""
        text = json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


class SignOff(Model, frozen=True, kw_only=True):
    """A clinician's sign-off of one language: who, in which role, on which day, and what."""

    reviewer: Line
    role: Line
    on: Day
    digest: Digest
    record: Record

    @property
    def is_whole(self) -> bool:
        """Whether what was signed still stands here as it was signed."""
        return self.digest == self.record.digest()


class Review(Model, frozen=True, kw_only=True):
    """The whole of `review.yaml`."""

    by_program: ClassVar[bool] = True
    schema_version: Literal[1] = 1
    languages: dict[LanguageTag, SignOff]


class Standing(Struct, frozen=True):
    """What a clinician signed in one language, and what would be printed today; None where there is neither."""

    sign_off: SignOff | None = None
    record: Record | None = None

    @property
    def approved(self) -> SignOff | None:
        """The sign-off, if it is whole and of just what would be printed today."""
        if self.sign_off is None or self.record is None or not self.sign_off.is_whole:
            return None
        return self.sign_off if self.sign_off.digest == self.record.digest() else None


def as_yaml(review: Review) -> str:
    """The text of `review.yaml`. Every text in it is quoted as JSON quotes it, which YAML reads alike."""
    return HEAD + "".join(_lines(asdict(review), ""))


def _lines(block: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in block.items():
        name = key if re.fullmatch(r"[a-z_]{3,}", key) else json.dumps(key, ensure_ascii=False)
        if isinstance(value, Model | Mapping):
            inner: Mapping[str, Any] = asdict(value) if isinstance(value, Model) else value
            yield f"{indent}{name}:{'' if inner else ' {}'}\n"
            yield from _lines(inner, indent + "  ")
        else:
            text = value if isinstance(value, int) else json.dumps(str(value), ensure_ascii=False)
            yield f"{indent}{name}: {text}\n"
