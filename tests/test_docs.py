"""The pages for authors and designers name what the code has: elements, attributes, names, layouts and defaults."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import yaml
from topic_samples import CONTENT, ROOT, edition_of, locale

from handouts.cli.main import commands
from handouts.compose.context import Context
from handouts.compose.figures import FigureMakers
from handouts.compose.handout import compose_handout
from handouts.compose.html import BLOCKS, INLINE
from handouts.compose.names import template_names
from handouts.compose.sandbox.environment import GLOBALS, LOOP_NAMES
from handouts.compose.sandbox.filters import FILTERS as TEMPLATE_FILTERS
from handouts.compose.sandbox.template_tests import TESTS
from handouts.compose.word_formats import FORMATS
from handouts.files.workspace import Workspace
from handouts.model.base import Model, written_fields
from handouts.model.clinic import Clinic
from handouts.model.fit import MisfitsError, fit
from handouts.model.load import load
from handouts.model.locale import Formats, Locale
from handouts.model.print_set import PrintSet
from handouts.model.section import Section, SectionKind, Show, Statement
from handouts.model.study import Outcome
from handouts.model.topic import Topic
from handouts.model.words import Words
from handouts.model.yaml_source import read_yaml
from handouts.plan.blocks import BoxRole, ListBlock, Marker, ParagraphRole, walk
from handouts.problems import ProblemsError
from handouts.render.pptx.template.layouts import LAYOUTS, known_slots
from handouts.theme.pairs import BODY, BODY_STYLES, GRAPHICS, RAISED, SHADE, TEXT
from handouts.theme.schema import Colours, DeckTheme, Fit, HandoutTheme, Scale, Style, Theme
from handouts.theme.sheet import Sheet

DOCS = Path(__file__).parent.parent / "docs"
TEMPLATES = (DOCS / "templates.md").read_text(encoding="utf-8")
AUTHORING = (DOCS / "authoring.md").read_text(encoding="utf-8")
CARDS = (DOCS / "cards.md").read_text(encoding="utf-8")


def coded(text: str) -> set[str]:
    """Every word that a page sets as code."""
    spans = re.findall(r"`([^`\n]+)`", text)
    return {word for span in spans for word in re.findall(r"[A-Za-z][\w-]*", span)} | set(spans)


def figures() -> set[str]:
    """The names that `data-figure` can call for."""
    return set(re.findall(r'^\s+"([a-z_]+)": self\._', inspect.getsource(FigureMakers.__init__), re.MULTILINE)) | {
        "logo"
    }


@pytest.mark.parametrize(
    "names",
    [
        {*BLOCKS, *INLINE},
        {*get_args(ParagraphRole), *get_args(BoxRole), *get_args(Marker)} - {"body"},
        set(template_names(Context(edition_of(CONTENT, "ixazomib"), "handout"))),
        {*GLOBALS, *TEMPLATE_FILTERS, *TESTS} - {">", ">=", "<", "<=", "==", "!="},
        set(LOOP_NAMES),
        figures(),
        {layout.name for layout in LAYOUTS},
        {slot for layout in LAYOUTS for slot in known_slots(layout.name)},
        {*Colours.__struct_fields__, *Scale.__struct_fields__, *DeckTheme.__struct_fields__},
        {*Formats.__struct_fields__, *Locale.__struct_fields__},
    ],
    ids=[
        "elements",
        "classes",
        "names",
        "globals, filters and tests",
        "loop",
        "figures",
        "layouts",
        "slots",
        "theme",
        "locale",
    ],
)
def test_the_page_on_templates_names_all(names: set[str]) -> None:
    assert names
    assert names - coded(TEMPLATES) == set()


def fields_named(text: str) -> set[str]:
    """The fields that a piece of the page on templates names: `.told`."""
    return set(re.findall(r"`\.([a-z_]+)`", text))


def test_the_page_on_templates_names_the_fields_of_sections_and_studies_and_no_others() -> None:
    names = template_names(Context(edition_of(CONTENT, "ixazomib"), "handout"))
    table = TEMPLATES[TEMPLATES.index("| field |") : TEMPLATES.index("A figure or table of a section is asked for")]
    fields = {row.split("|")[1] for row in table.splitlines()[2:] if row}
    assert fields_named(" ".join(fields)) == set(names["sections"][0].names())
    (row,) = [line for line in TEMPLATES.splitlines() if line.startswith("| `studies` |")]
    study = names["studies"][0]
    of_its_own = {key for group in ("facts", "outcomes", "harms") for key, _ in study.get(group).items()}
    assert of_its_own
    assert fields_named(row) == set(study.names()) - of_its_own - {"words"}


def test_the_template_that_the_page_shows_stands_in_for_that_of_its_kind() -> None:
    part = TEMPLATES[TEMPLATES.index("### Example: a line to write on") : TEMPLATES.index("## Sections")]
    (example,) = re.findall(r"```html\n(.*?)```", part, re.DOTALL)
    (name,) = re.findall(r"`templates/(handout/[a-z_]+\.html\.j2)`", part)
    shipped = Workspace(CONTENT, ROOT / "templates").templates()
    assert name in shipped
    plan = compose_handout(edition_of(CONTENT, "ixazomib"), {**shipped, name: example})
    items = [item for block in walk(plan.blocks) if isinstance(block, ListBlock) and block.marker == "checkbox"
             for item in block.items]  # fmt: skip
    assert len(items) > 1
    assert {item.write_lines for item in items} == {1}


def points(style: Style) -> str:
    size = f"{style.size:g}/{style.leading:g}"
    return f"**{size}**" if style.strong else size


def test_the_defaults_of_the_theme_are_those_of_the_code() -> None:
    theme = Theme()
    rows = [f"| `{role}` | {points(theme.handout.scale.of(role))} | {points(theme.card.scale.of(role))} |"
            for role in Scale.__struct_fields__]  # fmt: skip
    rows += [f"| `fit.{key}` | {getattr(theme.handout.fit, key):g} | {getattr(theme.card.fit, key):g} |"
             for key in Fit.__struct_fields__]  # fmt: skip
    rows += [
        f"| `{key}` | {getattr(theme.handout, key):g} |"
        for key in set(HandoutTheme.__struct_fields__) - {"scale", "fit", "large_print"}
    ]
    rows += [f"| `{role}` | `{theme.colours.of(role)}` |" for role in Colours.__struct_fields__]
    rows += [f"`{key}` {getattr(theme.deck, key)}".removesuffix(".0") for key in DeckTheme.__struct_fields__]
    assert [row for row in rows if row not in TEMPLATES] == []


def test_every_shipped_theme_is_named_with_the_least_contrasts() -> None:
    shipped = {path.stem for path in (DOCS.parent / "templates" / "themes").glob("*.yaml")}
    assert {f"| `{name}` |" for name in shipped} <= {line[: line.index("|", 2) + 1] for line in TEMPLATES.splitlines()
                                                     if line.startswith("| `")}  # fmt: skip
    section = TEMPLATES[TEMPLATES.index("| `contrast:` |") : TEMPLATES.index("Text is judged")]
    rows = [re.findall(r"([\d.]+):1", line) for line in section.splitlines() if ":1" in line]
    assert [[float(ratio) for ratio in row] for row in rows] == [
        [least, RAISED.get(least, least)] for least in (BODY, TEXT, GRAPHICS)
    ]
    assert all(f"`{style}`" in section for style in BODY_STYLES)
    assert f"{SHADE:g}:1 in grey" in TEMPLATES


def test_the_page_for_authors_names_every_part_of_the_model_every_format_and_only_real_commands() -> None:
    kinds, shows = set(get_args(SectionKind)), set(get_args(Show))
    rows = set(re.findall(r"^\| `([a-z_]+)`", AUTHORING, re.MULTILINE))
    assert (kinds | shows) - rows == set()
    keys = {name for of in (Section, Statement, Words) for name in written_fields(of)}
    assert keys - {"kind", "language", "schema_version", "waivers"} - coded(AUTHORING) == set()
    assert all(f"| {name}" in AUTHORING.replace("&#124;", "|") for name in FORMATS)
    named = set(re.findall(r"^(?:\$ )?handouts ([a-z]+)", AUTHORING, re.MULTILINE))
    assert named <= set(commands.commands)
    assert {"new", "build", "check", "schema", "approve", "diff"} <= named


def test_the_page_for_authors_says_where_each_kind_stands_and_which_headings_are_there() -> None:
    table = AUTHORING[AUTHORING.index("## Sections") : AUTHORING.index("A dash means")]
    usual = dict(re.findall(r"^\| `([a-z_]+)` \| [^|]+ \| ([a-z, ]+) \|", table, re.MULTILINE))
    needed: dict[str, dict[str, Any]] = {
        "care_card": {"contacts": ("unit",), "urgency": "urgent"},
        "contacts": {"contacts": ("unit",)},
        "evidence": {"study": "trial", "show": "rates"},
    }
    for kind in get_args(SectionKind):
        assert tuple(usual[kind].split(", ")) == Section(kind=kind, **needed.get(kind, {})).stands_in()
    part = AUTHORING[AUTHORING.index("### Headings that are there") : AUTHORING.index("### One page")]
    assert set(locale("en").headings) - coded(part) == set()


def is_part_of(part: Any, whole: Any) -> bool:
    """Whether all that YAML says is said by other YAML, in its place."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(key in whole and is_part_of(part[key], whole[key]) for key in part)
    return part == whole


@pytest.mark.parametrize(
    ("kind", "count"), [("medicine", 3), ("procedure", 2), ("care_plan", 2)], ids=["medicine", "procedure", "card"]
)
def test_the_ways_through_show_what_the_skeletons_hold(kind: str, count: int) -> None:
    title = {"medicine": "A medicine", "procedure": "A procedure", "care_plan": "A card"}[kind]
    (text,) = re.findall(rf"^### {title}:.*?(?=^##)", AUTHORING, re.DOTALL | re.MULTILINE)
    shown = [yaml.load(block, yaml.BaseLoader) for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)]
    files = [
        yaml.load((ROOT / "templates" / "skeleton" / kind / name).read_text("utf-8"), yaml.BaseLoader)
        for name in ("topic.yaml", "en.yaml")
    ]
    assert len(shown) == count
    assert [one for one in shown if not any(is_part_of(one, file) for file in files)] == []


FRAGMENTS = [block for block in re.findall(r"```yaml\n(.*?)```", AUTHORING, re.DOTALL) if "# en: " not in block]
"""The YAML that the page for authors shows, but for what is still to be translated."""


@pytest.mark.parametrize("text", FRAGMENTS, ids=lambda text: text.split(":")[0])
def test_the_yaml_on_the_page_for_authors_is_what_files_may_hold(text: str) -> None:
    if text.startswith("schema_version"):
        whole: type[Model] = Theme if "pages_most" in text else PrintSet if "items:" in text else Clinic
        assert load("example.yaml", text, whole).value
        return
    parts = read_yaml("example.yaml", text).value
    assert parts
    for key, value in parts.items():
        schemas = [hints[key] for hints in map(written_types, (Topic, Words)) if key in hints] or [Outcome]
        assert any(fits(value, schema) for schema in schemas), key


def written_types(model: type[Model]) -> dict[str, Any]:
    """The types of a model's fields by the keys that a file has for them."""
    hints = get_type_hints(model, include_extras=True)
    return {key: hints[name] for key, name in written_fields(model).items()}


def fits(value: Any, schema: Any) -> bool:
    """Whether a value is one of a schema, or, below its keys, a part of one that lacks nothing but other keys."""
    try:
        fit(value, schema)
    except MisfitsError as bad:
        return all(one.kind == "missing" for one in bad.misfits)
    return True


def test_the_page_on_cards_names_every_stock_key_and_only_real_options() -> None:
    stock = {path.stem for path in (DOCS.parent / "templates" / "sheets").iterdir()}
    assert stock
    assert stock <= coded(CARDS)
    assert set(Sheet.__struct_fields__) - {"schema_version", "name", "description"} <= coded(CARDS)
    known = {name for command in commands.commands.values() for option in command.params for name in option.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", CARDS)) <= known


def test_the_sheet_that_the_page_on_cards_shows_can_be_used_and_its_mistake_is_told_as_shown() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", CARDS, re.DOTALL)
    assert load("templates/sheets/my-cards.yaml", example, Sheet).value.cards == 10
    (shown,) = re.findall(r"^    (templates/sheets/my-cards.yaml:.*); …$", CARDS, re.MULTILINE)
    with pytest.raises(ProblemsError, match=re.escape(shown)):
        load("templates/sheets/my-cards.yaml", example.replace("left: 15", "left: 35"), Sheet)
