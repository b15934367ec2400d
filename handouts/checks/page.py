"""The page docs/checks.md: every rule in, the text of the page out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from handouts.checks.rule import OfDocuments, OfPhones, OfPlan, OfSignOff, OfTopic, OfTyped, OfWaivers, OfWords, Rule

HEAD = """\
# What is checked

`handouts check` and every build judge the content by these rules. An *error* stops the build; a *warning* is told and
stops only a `--strict` one. [authoring.md](authoring.md) says how to read a message, and how to waive a finding at its
place.

This page is made from the rules in `handouts/checks/` by `scripts/checks_page.py`.
"""
SECTIONS: dict[type[Any], str] = {
    OfTopic: "On topic.yaml",
    OfPhones: "On telephone numbers",
    OfTyped: "On words and on the text of templates",
    OfWords: "On a language file",
    OfSignOff: "On the sign-off",
    OfPlan: "On each document, once composed",
    OfDocuments: "On all documents of a language",
    OfWaivers: "On waivers",
}


def checks_page(rules: Iterable[Rule[Any]]) -> str:
    """The whole page in Markdown: a section for each kind of subject, an entry for each rule."""
    listed = list(rules)
    parts = [HEAD]
    for over, title in SECTIONS.items():
        entries = [_entry(one) for one in listed if one.over is over]
        if entries:
            parts.append(f"## {title}\n\n" + "\n".join(entries))
    return "\n".join(parts)


def _entry(one: Rule[Any]) -> str:
    cannot = "" if one.waivable else "\n- It cannot be waived."
    return f"### {one.code} · {one.severity}\n\n{one.what}\n\n- Why: {one.why}\n- Source: {one.source}{cannot}\n"
