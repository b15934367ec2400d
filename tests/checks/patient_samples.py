"""Handouts made of a few blocks, as rules on documents see them, for the tests of those rules to share."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from topic_samples import FOLDERS, ROOT, lexicon, shipped_plans

from handouts.checks.rule import OfPlan, Rule
from handouts.files.workspace import Workspace
from handouts.plan.blocks import Block, Paragraph
from handouts.plan.documents import Glossary, Plan
from handouts.plan.text import Run


def subject_of(*blocks: Block, topic: str = "ixazomib", plan: Plan | None = None) -> OfPlan:
    """The blocks as the only ones of a topic's handout, without names or terms; or a whole plan in its stead."""
    loaded = Workspace(FOLDERS[topic], ROOT / "templates").topic(topic)
    shipped = shipped_plans(topic).handout
    made = plan or replace(shipped, blocks=blocks, glossary=Glossary())
    return OfPlan(loaded.topic, loaded.words[0], made, lexicon(shipped.meta.language))


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    """A paragraph for each text."""
    return tuple(Paragraph((Run(text),)) for text in texts)


def messages(rule: Rule[Any], subject: OfPlan) -> list[str]:
    """What a rule finds wrong."""
    return [problem.message for problem in rule.problems(subject)]


def finds(rule: Rule[Any], *texts: str, topic: str = "ixazomib") -> list[str]:
    """What a rule finds wrong in paragraphs of these texts."""
    return messages(rule, subject_of(*paragraphs(*texts), topic=topic))
