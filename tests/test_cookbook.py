"""The cookbook shows every kind of section and every show, each by lines that stand in a topic, and its picture."""

from __future__ import annotations

import io
import re
import sys
from typing import get_args

import pytest
import yaml
from PIL import Image
from topic_samples import ROOT

from handouts.files.workspace import Workspace
from handouts.model.section import SectionKind, Show

sys.path.append(str(ROOT / "scripts"))
import cookbook
from cookbook import KINDS, SHOWS, Recipe, excerpt

PAGE = (ROOT / "docs" / "cookbook.md").read_text("utf-8")
PICTURES = ROOT / "docs" / "pictures" / "cookbook"
MOST_BYTES = 30_000
FILE = """# A file.
sections:
  first:   # of two
    kind: points

  # The other one.
  second: {kind: text}
flow: {third: {kind: text}}

items:
  - one
"""


def entry(recipe: Recipe) -> str:
    """What the page says of a kind or show."""
    (found,) = re.findall(rf"^### {recipe.name}\n.*?(?=^##|\Z)", PAGE, re.DOTALL | re.MULTILINE)
    return str(found)


def test_the_page_is_what_its_script_makes_of_the_topics_of_today() -> None:
    assert cookbook.page() == PAGE, "run: .venv/bin/python scripts/cookbook.py"


def test_it_names_every_kind_and_every_show_once() -> None:
    assert [recipe.name for recipe in KINDS] == list(get_args(SectionKind))
    assert sorted(recipe.name for recipe in SHOWS) == sorted(get_args(Show))
    assert re.findall(r"^### (\w+)$", PAGE, re.MULTILINE) == [recipe.name for recipe in (*KINDS, *SHOWS)]


@pytest.mark.parametrize("recipe", [*KINDS, *SHOWS], ids=lambda one: one.name)
def test_each_entry_shows_a_section_of_its_kind_by_whole_lines_of_its_files(recipe: Recipe) -> None:
    loaded = Workspace(ROOT / recipe.folder.parent).topic(recipe.folder.name)
    section = loaded.topic.value.sections[recipe.section]
    places = {"front": "card", "back": "card"}
    documents = {places.get(place, place) for place in recipe.places}
    assert documents <= set(loaded.topic.value.stands_in(section))
    if recipe in KINDS:
        assert section.kind == recipe.name
    else:
        assert {section.shown_in(document) for document in documents} == {recipe.name}
    shown = re.findall(r"\]\(\.\./([^)]+)\):\n\n```yaml\n(.*?)```", entry(recipe), re.DOTALL)
    language = f"{loaded.words[0].value.language}.yaml"
    assert [name for name, _ in shown] == [f"{recipe.topic}/topic.yaml", f"{recipe.topic}/{language}"]
    for name, block in shown:
        assert set(block.splitlines()) <= set((ROOT / name).read_text("utf-8").splitlines())
        assert isinstance(yaml.safe_load(block), dict)
    assert recipe.section in yaml.safe_load(shown[0][1])["sections"]


def test_each_picture_is_there_small_and_shown_and_no_other_lies_about() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(pictures/cookbook/([^)]+)\)", PAGE)
    assert shown == [recipe.picture(place) for recipe in (*KINDS, *SHOWS) for place in recipe.places]
    assert sorted(shown) == sorted(path.name for path in PICTURES.iterdir())
    for name in shown:
        data = (PICTURES / name).read_bytes()
        image = Image.open(io.BytesIO(data))
        assert image.format == "PNG"
        assert image.width <= 720
        assert len(data) <= MOST_BYTES


@pytest.mark.parametrize(
    ("paths", "lines"),
    [
        ([("sections", "first")], ["sections:", "  first:   # of two", "    kind: points"]),
        ([("sections", "second")], ["sections:", "  second: {kind: text}"]),
        ([("sections", "first", "kind"), ("sections", "second")],
         ["sections:", "  first:   # of two", "    kind: points", "  second: {kind: text}"]),
        ([("flow", "third")], ["flow: {third: {kind: text}}"]),
        ([("sections", "second", "kind")], ["sections:", "  second: {kind: text}"]),
        ([("items",)], ["items:", "  - one"]),
        ([("sections", "other"), ("others",), ("kind",)], []),
    ],
    ids=["block", "after a comment", "two, in the file's order", "braces", "within braces", "list", "not there"],
)  # fmt: skip
def test_an_excerpt_has_the_lines_of_its_keys_and_of_those_above(
    paths: list[tuple[str, ...]], lines: list[str]
) -> None:
    assert excerpt(FILE, paths).splitlines() == lines
