"""Codes by which records of patients know a topic's subject: an entry of `codes` in topic.yaml in; a code whose form is
sound out, or what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handouts.model.base import AsOfField, Contradiction, Line, Model, Slug
from handouts.model.code_forms import SYSTEMS, CodeSystem, fault, plain
from handouts.model.document import KeyPath


class Code(Model, frozen=True, kw_only=True):
    """What a code system calls the topic's subject: its code, and what that is called there (`display`).

    `as_of` is of when it is so by its source; documents print neither.
    """

    system: CodeSystem
    code: Line
    display: Line
    source: Slug
    as_of: AsOfField

    def __post_init__(self) -> None:
        if found := fault(self.system, self.code):
            raise Contradiction([("code", found)])

    @property
    def plain(self) -> str:
        """The one spelling that all spellings of the code have in common."""
        return plain(self.system, self.code)

    def __str__(self) -> str:
        """The code with the name of its system, as messages say it: `NDC 63020-390`."""
        return f"{SYSTEMS[self.system].name} {self.code}"


def twice(codes: Sequence[Code]) -> Iterator[tuple[KeyPath, str]]:
    """Codes that stand in a list already, however they are spelt there: where, and what is wrong."""
    seen: dict[tuple[str, str], int] = {}
    for index, one in enumerate(codes):
        first = seen.setdefault((one.system, one.plain), index)
        if first != index:
            yield ("codes", index, "code"), f"is '{one.code}', as codes, item {first + 1} has it; delete one of the two"
