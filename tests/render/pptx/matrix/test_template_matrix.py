"""Templates that differ in whatever templates differ in, each worn by a deck, and the deck judged.

The default run wears a few and reads their XML. The slow one wears all, and looks at the pages that LibreOffice makes
of them. `matrix_table.py` writes all of it to a folder, to be looked at.
"""

from __future__ import annotations

import copy
import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from deck_samples import full_deck, render_deck
from matrix_axes import PLAIN, Design, matrix, sample
from matrix_designs import template
from matrix_measured import faults, opened
from matrix_shown import OFFICE, converted, crossed, faint
from msgspec import Struct
from msgspec.structs import replace
from pptx.util import Pt
from shown_words import outside_boxes
from topic_samples import OWN, shipped_plans

from handouts.plan.documents import Deck
from handouts.problems import ProblemsError
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

VALIDATOR = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")
MOST = 1.6
"""Times the slides of the deck on our own template."""
BUILT = 0.95
"""The part of all designs on which a deck is built without an error."""
MEASURABLE = ("Calibri", "Arial", "Times New Roman", "DejaVu Sans")
"""Fonts that are on a machine with LibreOffice, or others of the same widths: in the rest it shows other letters."""

needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not here; .ci/run installs it")
needs_validator = pytest.mark.skipif(
    VALIDATOR is None, reason="the Open XML SDK validator is not here; .ci/run installs it"
)


_SMALL, _SHIPPED = full_deck(), shipped_plans("ixazomib").deck


def _slides(plan: Deck) -> int:
    """How many slides a plan has on our own template."""
    return len(opened(render_deck(plan, Theme(), OWN)).slides)


def _worn(plan: Deck, design: Design) -> bytes:
    return render_deck(plan, Theme(), TemplateFile(template(design), f"{design.name}.pptx"))


_ALONE = (
    replace(PLAIN, title="foot"),
    replace(PLAIN, content="footnote"),
    replace(PLAIN, ground="panel"),
)
"""Designs of which one departure was enough to put something outside the slide, or inside out."""


@pytest.mark.sampled(5)
@pytest.mark.parametrize("design", (*_ALONE, *sample(12)), ids=lambda design: design.name)
def test_a_deck_wears_a_template_of_any_kind(design: Design) -> None:
    deck = opened(_worn(_SMALL, design))
    assert list(faults(deck, _SMALL)) == []
    assert len(deck.slides) <= MOST * _slides(_SMALL)


class Worn(Struct, frozen=True):
    """The decks that could be built, by design, with their plans; and why others could not be."""

    decks: dict[Design, Path]
    plans: dict[Design, Deck]
    refused: dict[Design, str]


@pytest.fixture(scope="module")
def worn(tmp_path_factory: pytest.TempPathFactory) -> Worn:
    """A deck on every template of the matrix: a small one with all layouts, on every third the shipped one."""
    folder = tmp_path_factory.mktemp("matrix")
    plans = {design: _SHIPPED if number % 3 == 0 else _SMALL for number, design in enumerate(matrix())}
    decks: dict[Design, Path] = {}
    refused: dict[Design, str] = {}
    for number, (design, plan) in enumerate(plans.items()):
        path = folder / f"{number:03d}.pptx"
        try:
            path.write_bytes(_worn(plan, design))
        except ProblemsError as why:
            refused[design] = str(why.problems[0])
        else:
            decks[design] = path
    return Worn(decks, plans, refused)


@pytest.fixture(scope="module")
def shown(worn: Worn) -> dict[Design, Path]:
    """Their pages as LibreOffice makes them."""
    folder = next(iter(worn.decks.values())).parent
    converted(worn.decks.values(), folder / "profile", folder)
    return {design: path.with_suffix(".pdf") for design, path in worn.decks.items()}


@pytest.mark.slow
def test_nearly_every_template_with_a_title_can_be_worn(worn: Worn) -> None:
    told = "\n".join(f"{design.name}: {why}" for design, why in worn.refused.items())
    assert len(worn.decks) >= BUILT * len(matrix()), told


@pytest.mark.slow
def test_each_deck_says_all_of_its_plan_in_places_of_their_own(worn: Worn) -> None:
    found = {one: list(faults(opened(path.read_bytes()), worn.plans[one])) for one, path in worn.decks.items()}
    _assert_none(found)


@pytest.mark.slow
def test_no_template_asks_for_many_more_slides_than_ours(worn: Worn) -> None:
    counts = {one: len(opened(path.read_bytes()).slides) for one, path in worn.decks.items()}
    most = {plan.footer: MOST * _slides(plan) for plan in (_SMALL, _SHIPPED)}
    assert {one.name: count for one, count in counts.items() if count > most[worn.plans[one].footer]} == {}


@pytest.mark.slow
@needs_validator
def test_the_open_xml_sdk_finds_no_error(worn: Worn) -> None:
    def judged(path: Path) -> list[str]:
        done = subprocess.run([str(VALIDATOR), str(path)], capture_output=True, text=True, timeout=120, check=False)
        return [] if done.returncode == 0 else [done.stdout[:600] + done.stderr[:200]]

    # Each takes a second: those with the shipped deck stand for the others.
    some = {design: path for design, path in worn.decks.items() if worn.plans[design] is _SHIPPED}
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(judged, some.values())
        _assert_none(dict(zip(some, found, strict=True)))


@pytest.mark.slow
@needs_office
def test_every_line_has_contrast_with_what_is_seen_behind_it(shown: dict[Design, Path]) -> None:
    _assert_none({design: list(faint(path)) for design, path in shown.items()})


@pytest.mark.slow
@needs_office
def test_no_line_is_drawn_over_another(shown: dict[Design, Path]) -> None:
    # In a font that the machine lacks, other letters than those that were measured cross.
    _assert_none({design: list(crossed(path)) for design, path in shown.items() if design.font in MEASURABLE})


@pytest.mark.slow
@needs_office
def test_every_word_stands_in_its_box(worn: Worn, shown: dict[Design, Path]) -> None:
    found = {
        design: outside_boxes(opened(worn.decks[design].read_bytes()), pypdfium2.PdfDocument(path))
        for design, path in shown.items()
        if design.font in MEASURABLE
    }
    _assert_none(found)


@pytest.mark.slow
@needs_office
def test_colours_of_the_template_s_own_are_kept_where_they_can_be_read(shown: dict[Design, Path]) -> None:
    from matrix_shown import letters_of

    pages = pypdfium2.PdfDocument(shown[replace(PLAIN, ink="own")])
    inks = {letter.colour for page in pages for letter in letters_of(page)}
    assert {(0x7A, 0x1F, 0x1F), (0x1F, 0x38, 0x64)} <= inks


def _assert_none(found: dict[Design, list[str]]) -> None:
    told = [f"{design.name}: {fault}" for design, listed in found.items() for fault in listed]
    assert not told, "\n".join([f"{len(told)} faults", *told[:200]])


def test_faults_of_a_deck_are_found() -> None:
    deck = opened(_worn(_SMALL, PLAIN))
    assert list(faults(deck, _SMALL)) == []
    first, second, third, *_ = deck.slides
    second.shapes.title.left = -Pt(40)
    third.placeholders[1].text = "Something else"
    third.notes_slide.notes_text_frame.text = ""
    third.shapes.title.height = Pt(0)
    for field in list(first._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}fld")):
        field.getparent().remove(field)
    second.shapes._spTree.append(copy.deepcopy(second.shapes[1]._element))
    said = "\n".join(faults(deck, _SMALL))
    for fault in (
        "unsaid: oral", "note unsaid: Say about What it is", "slide 1: no number", "slide 2: 'Title' stands out",
        "slide 3: 'Title' is", "overlap by",
    ):  # fmt: skip
        assert fault in said, fault


@pytest.mark.slow
@needs_office
def test_words_that_cannot_be_read_are_found(tmp_path: Path) -> None:
    from pptx.dml.color import RGBColor

    deck: Any = opened(_worn(_SMALL, PLAIN))
    second, third = deck.slides[1], deck.slides[2]
    for run in _runs(second.shapes.title):
        run.font.color.rgb = RGBColor(0xC0, 0xC0, 0xC0)
    third.shapes.title.left, third.shapes.title.top = third.placeholders[1].left, third.placeholders[1].top
    path = tmp_path / "faint.pptx"
    deck.save(str(path))
    converted([path], tmp_path / "profile", tmp_path)
    pages = path.with_suffix(".pdf")
    assert {line.partition(":")[0] for line in faint(pages)} == {"slide 2"}
    assert {line.partition(":")[0] for line in crossed(pages)} == {"slide 3"}


def _runs(shape: Any) -> Iterator[Any]:
    for paragraph in shape.text_frame.paragraphs:
        yield from paragraph.runs
