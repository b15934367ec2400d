"""The table of pairs holds for decks too, as LibreOffice draws them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from figure_samples import figures
from msgspec.structs import replace
from role_map import coded, meetings
from test_pairs import KNOWN
from topic_samples import OWN, shipped_plans

from handouts.plan.blocks import FigureBlock
from handouts.plan.documents import Deck, Slide
from handouts.plan.text import Run
from handouts.render.pptx.deck import render_deck
from handouts.theme.schema import Theme

OFFICE = shutil.which("soffice")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not here; .ci/run installs it"),
]


def shipped_deck() -> Deck:
    """The deck but for its forest plot: LibreOffice draws the edge of that one's tint as steps between two colours,
    which are no role's; its other colours are those of `compared_deck`.
    """
    deck = shipped_plans("ixazomib").deck
    return replace(deck, slides=tuple(slide for slide in deck.slides if not _is_forest(slide)))


def _is_forest(slide: Slide) -> bool:
    blocks = [block for held in slide.slots.values() for block in held]
    return any(isinstance(block, FigureBlock) and block.figure.kind == "forest" for block in blocks)


def stacked_deck() -> Deck:
    """The bar of exclusive parts as a native chart, which the shipped deck does not have."""
    chart = (FigureBlock(figures()["response bar"]),)
    return Deck(shipped_deck().meta, (Slide("Title and Content", (Run("Parts"),), {"body": chart}),))


def compared_deck() -> Deck:
    """Comparisons as native charts, of four arms and with what has no interval among them."""
    names = "paired bars", "forest", "dumbbell"
    slides = (Slide("Study", (Run(name),), {"chart": (FigureBlock(figures()[name]),)}) for name in names)
    return Deck(shipped_deck().meta, tuple(slides))


@pytest.mark.parametrize("deck", [shipped_deck, stacked_deck, compared_deck])
def test_no_two_roles_meet_on_a_slide_that_the_table_does_not_have(deck: object, tmp_path: Path) -> None:
    (tmp_path / "deck.pptx").write_bytes(render_deck(deck(), coded(Theme()), OWN))  # type: ignore[operator]
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "deck.pptx"]
    subprocess.run(command, capture_output=True, timeout=240, check=True, cwd=tmp_path)
    found = meetings((tmp_path / "deck.pdf").read_bytes())
    assert len(found) > 5
    assert {tuple(sorted(pair)) for pair in found.keys() - KNOWN} == set()
