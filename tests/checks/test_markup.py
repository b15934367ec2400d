"""Marks of HTML, Markdown and templates in words, which are printed as they stand."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from topic_samples import CONTENT, ROOT, TODAY, lexicon

from handouts.checks.markup import mark_that_is_printed
from handouts.checks.rule import OfWords
from handouts.files.workspace import Workspace
from handouts.problems import Problem

LOADED = Workspace(CONTENT, ROOT / "templates").topic("ixazomib")


def marks(text: str) -> list[Problem]:
    """What is found where a text stands in the place of the topic's questions."""
    words = LOADED.words[0]
    asked = replace(words, value=replace(words.value, questions=(text,)))
    return list(mark_that_is_printed.problems(OfWords(LOADED.topic, asked, TODAY, lexicon("en"))))


@pytest.mark.parametrize(
    ("text", "mark", "instead"),
    [
        ("Of { lead3.enrolled } people", "{ lead3.enrolled }", "write {{ lead3.enrolled }}"),
        ("Of ${mm1.pfs.hr | decimals(1)}", "{mm1.pfs.hr | decimals(1)}", "write {{ mm1.pfs.hr | decimals(1) }}"),
        ("Take it <b>now", "<b>", "leave it out"),
        ("Line one<br />line two", "<br />", "leave it out"),
        ('<a href="https://x.example">', '<a href="https://x.example">', "leave it out"),
        ("Johnson &amp; Johnson", "&amp;", "write '&' itself"),
        ("5&nbsp;mg", "&nbsp;", "write the sign itself"),
        ("Take it __now__", "__now__", "leave the marks out"),
        ("[Ask](https://x.example/a)", "[Ask](https://x.example/a)", "leave the marks out"),
    ],
)
def test_a_mark_that_was_meant_for_a_program_is_named(text: str, mark: str, instead: str) -> None:
    (problem,) = marks(text)
    assert problem.message == f"'{mark}' would be printed as it stands"
    assert problem.instead.startswith(instead)


@pytest.mark.parametrize(
    "text",
    [
        "Of {{ mm1.enrolled }} people, {n} of them",
        "p < b and b > 5; R&D; Q&A; AT&T; (a < b)",
        "Name: ____ Date: ____",
        "**Ask** first: 5 * 3 * 2",
        "See [1] (table) and {a, b}",
        "I <3 it; <unknown>",
    ],
)
def test_signs_of_ordinary_text_are_none(text: str) -> None:
    assert marks(text) == []
