"""The real handouts and cards of all topics, letter and A4, with and without a clinic: they conform to PDF/UA-1 and
PDF/A-2a, read as their plans do, and keep to their pages and type sizes.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from invariants import faults, misplaced
from msgspec.structs import replace
from PIL import Image
from tagtree import Node, TaggedPdf
from topic_samples import FOLDERS, ROOT, edition_of
from verapdf import PROFILES, failures

from handouts.files.workspace import Workspace
from handouts.outputs import OUTPUTS, Output, Setup
from handouts.plan.blocks import FigureBlock, Paragraph, walk
from handouts.plan.documents import Card, Handout
from handouts.theme.printing import USUAL, Printing
from handouts.theme.schema import CARD_FLOOR, CARD_NUMBER_FLOOR, HANDOUT_BODY_FLOOR, Theme
from handouts.theme.sheet import PAPERS, Sheet

CLINIC = """\
schema_version: 1
name: Riverside & Søn's Cancer Center
address: [12 Old Mill Road, Springfield]
phone: 1-202-555-0187
hours: Monday to Friday, 8:30 to 17:00
logo: {file: logo.png, alt: A river}
"""
THEMES = sorted(path.stem for path in (ROOT / "templates" / "themes").glob("*.yaml"))
CHOSEN = [("letter", False)]
"""Paper and clinic of the themes beside the default one in a quick run."""
SLOW = pytest.mark.slow
PRINTED = {output.format: output for output in OUTPUTS if output.suffix == ".pdf"}


@pytest.fixture(scope="session")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clinic")
    Image.new("RGBA", (300, 200), (11, 92, 138, 120)).save(buffer := io.BytesIO(), "PNG")
    (folder / "logo.png").write_bytes(buffer.getvalue())
    (folder / "clinic.yaml").write_text(CLINIC, "utf-8")
    return folder / "clinic.yaml"


@cache
def plan_of(output: Output, topic: str, clinic: Path | None) -> Any:
    workspace = Workspace(FOLDERS[topic], ROOT / "templates")
    edition = edition_of(FOLDERS[topic], topic)
    if clinic:
        files = workspace.clinic(clinic)
        document = files.clinic.document
        edition = replace(edition, clinic=files.clinic.value, clinic_document=document, logo=files.logo)
    return output.compose(edition, workspace.templates())


@cache
def setup_of(paper: str, theme: str) -> Setup:
    workspace = Workspace(ROOT / "content", ROOT / "templates")
    sheet = workspace.named("sheets", USUAL[paper], Sheet)  # pyright: ignore[reportArgumentType]
    named = workspace.named("themes", theme, Theme)
    return Setup(named, paper, sheet, Printing(), workspace.deck_template())  # pyright: ignore[reportArgumentType]


CASES = [
    pytest.param(theme, paper, with_clinic, marks=() if theme == "default" or (paper, with_clinic) in CHOSEN else SLOW)
    for theme in THEMES
    for paper in ("letter", "a4")
    for with_clinic in (False, True)
]


@pytest.mark.sampled(21)
@pytest.mark.parametrize("topic", FOLDERS)
@pytest.mark.parametrize("format", PRINTED)
@pytest.mark.parametrize(("theme", "paper", "with_clinic"), CASES)
def test_every_pdf_that_we_make_conforms_and_reads_as_its_plan(
    theme: str, paper: str, with_clinic: bool, format: str, topic: str, clinic: Path
) -> None:
    plan = plan_of(PRINTED[format], topic, clinic if with_clinic else None)
    setup = setup_of(paper, theme)
    data = PRINTED[format].render(plan, setup)
    assert [failures(data, profile) for profile in PROFILES] == [[], []]
    pdf = TaggedPdf(data)
    assert faults(plan, pdf) == []
    assert_in_its_place(plan, pdf, setup)
    assert_type_is_large_enough(plan, pdf, setup.theme)
    assert ("Riverside & S" in " ".join(pdf.words())) == with_clinic


def assert_in_its_place(plan: Handout | Card, pdf: TaggedPdf, setup: Setup) -> None:
    width, height = PAPERS[setup.paper]
    if isinstance(plan, Handout):
        shape = setup.theme.handout
        frame = (shape.margin, shape.margin_bottom, width - shape.margin, height - shape.margin_top)
        assert list(misplaced(pdf, frame, 20)) == []
        assert shape.pages_least <= len(pdf.pdf.pages) <= shape.pages_most
    else:
        assert list(misplaced(pdf, (0, 0, width, height), 0)) == []
        assert len(pdf.pdf.pages) == 2


def assert_type_is_large_enough(plan: Handout | Card, pdf: TaggedPdf, theme: Theme) -> None:
    floor = body_floor = CARD_FLOOR
    blocks = (*plan.front, *plan.back) if isinstance(plan, Card) else plan.blocks
    if isinstance(plan, Handout):
        floor, body_floor = theme.handout.floor, max(theme.handout.floor, HANDOUT_BODY_FLOOR)
    least = {"body": body_floor, "lead": body_floor, "number": max(CARD_NUMBER_FLOOR, floor)}
    assert min(piece.size for piece in pdf.drawn) >= floor - 0.01
    roles = [block.role if isinstance(block, Paragraph) else "caption" for block in walk(blocks)
             if isinstance(block, Paragraph) or (isinstance(block, FigureBlock) and block.caption)]  # fmt: skip
    for node, role in zip(pdf.tree.find("P"), roles, strict=True):
        assert smallest(pdf, node) >= least.get(role, floor) - 0.01
    for tag in ("LBody", "TH", "TD"):
        assert min((smallest(pdf, node) for node in pdf.tree.find(tag)), default=body_floor) >= body_floor - 0.01


def smallest(pdf: TaggedPdf, node: Node) -> float:
    """The least type size of an element's text in points."""
    marks = set(node.all_marks())
    return min((piece.size for piece in pdf.drawn if (piece.page, piece.mcid) in marks), default=99)
