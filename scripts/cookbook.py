"""Writes docs/cookbook.md: every kind of section and every show, with its lines of a topic and how it looks.

In: the shipped topic and those of the tests. Out: the page's text, whose YAML are lines of their files as they stand.
`scripts/cookbook_pictures.py` makes the pictures. Run: .venv/bin/python scripts/cookbook.py
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct

from handouts.files.workspace import Workspace
from handouts.model.section import MAPPED, DocumentName, Section
from handouts.model.topic import Topic
from handouts.model.words import READERS

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "cookbook.md"

Place = Literal["handout", "deck", "front", "back"]
"""What a picture is of: a part of a page, a slide, or a face of the card."""
KeyPath = tuple[str, ...]


class Recipe(Struct, frozen=True):
    """A kind or show, what it is for, and the section of a topic that shows it; `beside` stand in the same row."""

    name: str
    about: str
    topic: str
    section: str
    places: tuple[Place, ...]
    beside: tuple[str, ...] = ()

    def picture(self, place: Place) -> str:
        """The file name of its picture."""
        return f"{self.name}-{place}.png"

    @property
    def folder(self) -> Path:
        """The topic's folder in the repository."""
        return Path(self.topic)

    def sections(self) -> tuple[str, ...]:
        """The sections that its pictures show."""
        return (self.section, *self.beside)


IXAZOMIB, SHORT = "content/ixazomib", "tests/samples/ixazomib-short"
COLONOSCOPY, PLAN, VACCINE = "tests/samples/colonoscopy", "tests/samples/safety-card", "tests/samples/covid-vaccine"
LIRAGLUTIDE, ESPANOL = "tests/samples/liraglutide", "tests/topics/espanol"

KINDS: tuple[Recipe, ...] = (
    Recipe("text", "A paragraph; its `picture` stands beside it.", IXAZOMIB, "mechanism", ("deck",)),
    Recipe("points", "A list. `tone` sets it off in a box.", COLONOSCOPY, "clear", ("handout",)),
    Recipe("steps", "What to do in order; the time of each stands before it.", COLONOSCOPY, "before", ("handout",)),
    Recipe(
        "schedule", "What to do when, counted from an `anchor`, which has a line to write it on.", COLONOSCOPY, "drink",
        ("handout", "deck", "back"),
    ),
    Recipe(
        "callout", "What must not be missed, in a box; on the card on a tint at the foot of its back.", IXAZOMIB,
        "in_an_emergency", ("back",),
    ),
    Recipe(
        "care_card", "When to call whom. Neighbours stand side by side; those that are in the deck share a slide.",
        COLONOSCOPY, "call_now", ("handout", "deck"), ("call_today", "call_office"),
    ),
    Recipe("contacts", "Numbers and pages; `qr` names what the code calls.", PLAN, "talk", ("handout", "front")),
    Recipe("fill_in", "Lines to write on.", PLAN, "my_plan", ("back",)),
    Recipe(
        "evidence", "Figures and tables of studies, in each document another. The shows below are all of this kind.",
        IXAZOMIB, "twice_weekly", ("handout", "deck"),
    ),
    Recipe(
        "questions", "What to ask, and a line for one's own; here beside its neighbour, five columns wide.", IXAZOMIB,
        "questions", ("handout",),
    ),
    Recipe("terms", "The `terms` of the language file that have a meaning.", ESPANOL, "terms", ("handout",)),
)  # fmt: skip
SHOWS: tuple[Recipe, ...] = (
    Recipe("paired_bars", "Arms side by side, a pair an outcome.", VACCINE, "results", ("handout",)),
    Recipe("facts_box", "The same as a table, here of three arms.", LIRAGLUTIDE, "side_effects", ("handout",)),
    Recipe("icon_array", "One outcome of one group, person by person.", SHORT, "weekly", ("handout",)),
    Recipe("part_bar", "Outcomes within one another as parts of one bar.", SHORT, "triplet", ("handout",)),
    Recipe("rates", "Shares of one group with exact intervals, beside what it was.", SHORT, "triplet", ("deck",)),
    Recipe("forest", "Effects of one statistic around the line of no effect.", SHORT, "large_studies", ("deck",)),
    Recipe("dumbbell", "Harms of two arms, sorted by how far they are apart.", SHORT, "harms", ("deck",)),
    Recipe("mean_change", "How far a mean moved in each arm.", LIRAGLUTIDE, "results", ("handout", "deck")),
    Recipe("harms_table", "Harms by arm, each with its own number of people.", LIRAGLUTIDE, "side_effects", ("deck",)),
    Recipe("outcomes_table", "Outcomes by arm and grade, with effects and p.", SHORT, "response_mm2", ("deck",)),
    Recipe("trial_map", "Studies and how they stood.", IXAZOMIB, "trial_map", ("deck",)),
    Recipe("by_study", "Statements: a row a `study`, a column an `aspect`.", IXAZOMIB, "early_harms", ("deck",)),
    Recipe("timeline", "Dated events, to scale.", ESPANOL, "history", ("handout",)),
)  # fmt: skip

OPENING = """# Cookbook

Every kind of section, and every figure and table that a section of evidence can show: the lines of a topic, and what
comes of them. All of it is real: the lines stand in the topics of this repository, most of them in the samples of the
tests, which often write a whole entry in one line. [authoring.md](authoring.md) says what each key means.

This page is made by `scripts/cookbook.py`, its pictures by `scripts/cookbook_pictures.py`.
"""


_DOCUMENT: Mapping[Place, DocumentName] = {"handout": "handout", "deck": "deck", "front": "card", "back": "card"}
_CALLED: Mapping[Place, str] = {
    "handout": "in the handout",
    "deck": "on a slide",
    "front": "on the front of the card",
    "back": "on the back of the card",
}


def page() -> str:
    """The whole page."""
    parts = [OPENING]
    for title, recipes in (("Kinds of sections", KINDS), ("What evidence can show", SHOWS)):
        links = " · ".join(f"[{recipe.name}](#{recipe.name})" for recipe in recipes)
        parts += [f"## {title}\n", f"{links}\n", *map(_entry, recipes)]
    return "\n".join(parts)


def _entry(recipe: Recipe) -> str:
    loaded = Workspace(ROOT / recipe.folder.parent).topic(recipe.folder.name)
    (words,) = loaded.words
    topic, language = loaded.topic.value, f"{words.value.language}.yaml"
    lines = [f"### {recipe.name}", "", recipe.about, ""]
    for name, paths in (("topic.yaml", _of_topic(recipe, topic)), (language, _of_words(recipe, topic))):
        cut = excerpt((ROOT / recipe.folder / name).read_text("utf-8"), paths)
        if cut:
            where = (recipe.folder / name).as_posix()
            lines += [f"[{where}](../{where}):", "", "```yaml", cut, "```", ""]
    for place in recipe.places:
        lines += [f"![{recipe.name} {_CALLED[place]}](pictures/cookbook/{recipe.picture(place)})", ""]
    return "\n".join(lines)


def _statements(recipe: Recipe, topic: Topic) -> list[str]:
    """The statements of its sections that the pictured documents tell."""
    documents: set[DocumentName] = {_DOCUMENT[place] for place in recipe.places}
    return [
        key
        for key, one in topic.statements.items()
        if any(one.section_in(document) in recipe.sections() for document in documents & set(topic.tells_in(one)))
    ]


def _of_topic(recipe: Recipe, topic: Topic) -> Iterator[KeyPath]:
    for key in recipe.sections():
        section = topic.sections[key]
        yield "sections", key
        yield from (("contacts", one) for one in section.contacts)
        if section.picture:
            yield "pictures", section.picture
        if "timeline" in section.shows():
            yield ("timeline",)
        for study in section.named_studies():
            yield from (("studies", study, *path) for path in _of_study(section, topic, study))
    yield from (("statements", key) for key in _statements(recipe, topic))


def _of_study(section: Section, topic: Topic, study: str) -> Iterator[KeyPath]:
    """What of a study a section shows: its arms and the outcomes and harms that are named; all where none is."""
    if "trial_map" in section.shows():
        yield from ((key,) for key in MAPPED)
        return
    yield ("arms",)
    if section.outcomes == "all" or not (section.outcomes or section.harms):
        yield ("outcomes",)
    else:
        # A table may put a harm beside the outcomes.
        harms = topic.studies[study].harms
        yield from (("harms" if one in harms else "outcomes", one) for one in section.outcomes)
    if section.harms == "all":
        yield ("harms",)
    else:
        yield from (("harms", one) for one in section.harms)


def _of_words(recipe: Recipe, topic: Topic) -> Iterator[KeyPath]:
    deck = "deck" in recipe.places
    documents: set[DocumentName] = {_DOCUMENT[place] for place in recipe.places}
    statements = {key: topic.statements[key] for key in _statements(recipe, topic)}
    for key in recipe.sections():
        section = topic.sections[key]
        yield from (("sections", key, part) for part in ("heading", "intro", "fields", *(["deck"] if deck else [])))
        yield from (("contacts", one) for one in section.contacts)
        if section.kind in ("questions", "terms"):
            yield (section.kind,)
        yield from (("pictures", one) for one in (section.picture,) if one)
        yield from (("anchors", one) for one in (section.anchor,) if one)
        yield from (("studies", one, *([] if deck else ["short"])) for one in section.named_studies())
        yield from (("studies", one.study, "short") for one in statements.values() if one.study)
        if "timeline" in section.shows():
            yield ("timeline",)
        yield from (("names", one) for one in _named(section, topic))
        yield from (("names", one.aspect) for one in statements.values() if one.aspect)
    readers = {name for document in documents for name in READERS[document]}
    yield from (("statements", key, name) for key in statements for name in readers)


def _named(section: Section, topic: Topic) -> Iterator[str]:
    """Ids that the section's figures print by name."""
    for key in section.named_studies():
        study = topic.studies[key]
        yield from (one for one in (study.setting, study.combined_with) if one)
        if "trial_map" in section.shows():
            continue
        yield from study.arms
        of = section.outcomes or (() if section.harms else "all")
        yield from (one for one in study.outcomes if of == "all" or one in of)
        yield from (one for one in study.harms if section.harms == "all" or one in (*section.harms, *of))


def excerpt(text: str, paths: Iterable[KeyPath]) -> str:
    """The lines of a YAML file that hold these keys, with those above them; keys that it lacks are passed over.

    The file is in block style, at least at its outer levels: an entry that stands in braces is taken whole.
    """
    lines = text.splitlines()
    kept: set[int] = set()
    for path in paths:
        kept.update(_lines_of(lines, path))
    return "\n".join(lines[at] for at in sorted(kept))


def _lines_of(lines: list[str], path: KeyPath) -> list[int]:
    found: list[int] = []
    first, end, indent = 0, len(lines), 0
    for key in path:
        heads = [at for at in range(first, end) if re.match(rf" {{{indent}}}{re.escape(key)}:( |$)", lines[at])]
        if not heads:
            # Above it is a value in braces, or a key that is not there.
            return [*found, *range(first, end)] if found and "{" in lines[found[-1]] else []
        found.append(heads[0])
        first = heads[0] + 1
        end = next((at for at in range(first, end) if _is_outside(lines[at], indent)), end)
        while end > first and not lines[end - 1].split("#")[0].strip():
            end -= 1
        inner = next((line for line in lines[first:end] if line.split("#")[0].strip()), "")
        indent = len(inner) - len(inner.lstrip())
    return [*found, *range(first, end)]


def _is_outside(line: str, indent: int) -> bool:
    """Whether a line belongs to something that is not within a key at this indentation."""
    return bool(line.strip()) and len(line) - len(line.lstrip()) <= indent


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
