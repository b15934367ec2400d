"""What the rules on typed text find in a text of the shipped topic, or of the Spanish one, for tests to share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from msgspec.structs import replace
from topic_samples import CONTENT, FOLDERS, ROOT, TODAY, edition_of, lexicon, locale

from handouts.checks.registry import RULES
from handouts.checks.rule import OfTemplates, OfWords, findings_of
from handouts.compose.context import Context
from handouts.files.workspace import TopicFiles, Workspace
from handouts.problems import Problem

CODES = ("NUM10", "NUM11", "PHONE05", "DOSE01", "DOSE02", "DOSE03", "DOSE04", "DOSE05")


@cache
def _loaded(topic: str) -> TopicFiles:
    return Workspace(FOLDERS[topic], ROOT / "templates").topic(topic)


JUDGING = tuple(rule for rule in RULES if rule.code in CODES)


def typed(text: str, topic: str = "ixazomib", content: Path | None = None) -> list[Problem]:
    """What is found where a text stands in the place of the topic's questions."""
    loaded = _loaded(topic) if content is None else Workspace(content, ROOT / "templates").topic(topic)
    words = loaded.words[0]
    language = words.value.language
    asked = replace(words, value=replace(words.value, questions=(text,)))
    subject = OfWords(loaded.topic, asked, TODAY, lexicon(language), formats=locale(language).formats)
    return list(findings_of(JUDGING, subject))


def codes(text: str, topic: str = "ixazomib", content: Path | None = None) -> list[str]:
    """The codes of what is found in a text."""
    return [problem.code for problem in typed(text, topic, content)]


def in_templates(templates: Mapping[str, str]) -> list[Problem]:
    """What is found in the text of templates."""
    loaded = _loaded("ixazomib")
    return list(findings_of(RULES, OfTemplates(templates, loaded.topic, lexicon("en"), locale("en").formats)))


def names_in(advice: str) -> list[str]:
    """The expressions that advice offers."""
    return [piece.partition(" }}")[0] for piece in advice.split("{{ ")[1:]]


def printed(names: Iterable[str], content: Path = CONTENT) -> list[str]:
    """What the shipped topic prints for expressions."""
    edition = edition_of(content, "ixazomib")
    asked = tuple(f"{{{{ {name} }}}}" for name in names)
    context = Context(replace(edition, words=replace(edition.words, questions=asked)), "handout")
    return [str(one) for one in context.words["questions"]]
