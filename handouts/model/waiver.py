"""Schema of a waiver: one finding that stays, where it stands, why, and until when. It never covers a whole rule."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from handouts.model.base import Day, LanguageTag, Model, Name, Text


class Waiver(Model, frozen=True, kw_only=True):
    """What is found at `at` (spelled as messages do: `statements.K1.patient`, `questions, item 2`) by the rule `code`.

    `at` names a place in topic.yaml or, with `language`, in that language's file: one text, number or date, or one
    entry. The waiver holds until the end of the day `until`.
    """

    code: Annotated[str, Meta(pattern=r"^[A-Z]+[0-9]{2}$")]
    language: LanguageTag | None = None
    at: Name
    reason: Text
    until: Day
