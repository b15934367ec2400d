"""Schema of a topic's pictures: the file or drawing that each is (`topic.yaml`), and its words in one language.

Each drawing declares here which labels it has; `figures` draws it, and `references` holds languages to them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from handouts.model.base import Contradiction, LanguageTag, Model, OneLine, Slug, Text

FileName = Annotated[OneLine, Meta(pattern=r"^[^/\\:.][^/\\:]*\.([pP][nN][gG]|[jJ][pP][eE]?[gG])$", max_length=200)]
"""A name without a path: the file stands in the topic's own folder."""
FileNames = Annotated[dict[LanguageTag, FileName], Meta(min_length=1)]

Drawing = Literal["proteasome-inhibitor"]

LABELS: dict[Drawing, tuple[str, ...]] = {
    "proteasome-inhibitor": ("working", "waste", "recycled", "blocked", "pile_up"),
}
"""The ids of the labels of each drawing; a language file has words for all of them."""
SUBJECT_LABELS: dict[Drawing, str] = {"proteasome-inhibitor": "medicine"}
"""The label of each drawing for what the topic is about: its subject's name where a language file has no other."""


class TopicPicture(Model, frozen=True, kw_only=True):
    """A PNG or JPEG beside topic.yaml, one for all languages or one each; or a drawing of ours, by name.

    `decorative` is a file that tells nothing: who listens is not told of it, and it has no alt text.
    """

    file: FileName | FileNames | None = None
    drawing: Drawing | None = None
    source: Slug | None = None
    decorative: bool = False

    def __post_init__(self) -> None:
        if self.file is not None and self.drawing is not None:
            raise Contradiction([("drawing", "is given beside file; a picture is one of them, delete the other")])
        if self.file is None and self.drawing is None:
            raise ValueError("is no picture yet; add file or drawing")
        if self.drawing is not None and self.decorative:
            raise Contradiction(
                [("decorative", "is said of a drawing, whose labels tell something; delete the key, and write its alt")]
            )

    def file_for(self, language: str) -> str | None:
        """The name of the file that a language shows; None for a drawing, and where the language has none."""
        return self.file.get(language) if isinstance(self.file, dict) else self.file


class PictureWords(Model, frozen=True, kw_only=True):
    """A picture's words: `alt` says all that it shows, `caption` stands under it, `labels` in a drawing."""

    alt: Text | None = None
    caption: Text | None = None
    labels: dict[Slug, Text] = {}
