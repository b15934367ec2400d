"""Each paragraph runs as its words do, and begins where they begin, whatever a template is set in."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from deck_samples import META, bullets, deck, facts, full_deck, para, rates, render_deck, slide, stacked, table, words
from msgspec.structs import replace
from pptx import Presentation
from pptx.oxml.ns import qn
from rtl_templates import PLACES, changed, right_to_left
from stranger_templates import DEFAULT, LIBREOFFICE, stranger
from topic_samples import OWN

from handouts.plan.blocks import Block, Cell, Item, ListBlock, Paragraph, Table
from handouts.plan.documents import Deck
from handouts.plan.text import Run
from handouts.render.pptx.template.directions import side
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

MIXED = Paragraph((Run("The clinic: "), Run("العيادة", lang="ar")))
HEBREW = Paragraph((Run("שלום", lang="he"),))


def opened(plan: Deck, file: TemplateFile) -> Any:
    return Presentation(io.BytesIO(render_deck(plan, Theme(), file)))


def _roots(file: Any) -> Iterator[Any]:
    for native in file.slides:
        yield native._element
        yield native.notes_slide._element
        yield from (shape.chart._chartSpace for shape in native.shapes if shape.has_chart)


def _text(paragraph: Any) -> str:
    """Words, with each space that a number is held by as a plain one."""
    return "".join(node.text or "" for node in paragraph.iter(qn("a:t"))).replace("\N{NO-BREAK SPACE}", " ")


def _paragraphs(root: Any) -> Iterator[tuple[str, str | None, str | None]]:
    """Words, direction and alignment of every paragraph below an element."""
    for paragraph in root.iter(qn("a:p")):
        said = _text(paragraph)
        properties = paragraph.find(qn("a:pPr"))
        rtl, align = (None, None) if properties is None else (properties.get("rtl"), properties.get("algn"))
        yield said, rtl, align


def _said(file: Any) -> dict[str, tuple[str | None, str | None]]:
    return {said: (rtl, align) for root in _roots(file) for said, rtl, align in _paragraphs(root) if said}


def _arabic(plan: Deck) -> Deck:
    return replace(plan, meta=replace(plan.meta, language="ar"))


ONE = deck(slide("Title and Content", "6 of 46 responded", "Part", "A source", body=(para("Of 46."), bullets("6"))))


@pytest.mark.sampled(3)
@pytest.mark.parametrize("place", [*PLACES, "all"])
def test_words_from_left_to_right_do_so_wherever_a_template_says_otherwise(place: str) -> None:
    file = opened(full_deck(), right_to_left(*([] if place == "all" else [place])))
    found = [one for root in _roots(file) for one in _paragraphs(root)]
    assert len(found) > 100
    assert {rtl for _, rtl, _ in found if rtl is not None} == {"0"}
    # The paragraphs of a chart's own type have no words.
    assert [said for said, rtl, _ in found if said and rtl is None] == []
    aligned = {said: align for said, _, align in found if said}
    assert None not in aligned.values()
    begin = {"oral", "So.", "MMRF", "Do not compare.", "Not to scale.", "cell 0 1", "Fact 0", "approved in 2015"}
    assert {aligned[said] for said in begin} == {"l"}
    assert aligned["6 of 46 responded"] == ("l" if place in ("titles", "layouts", "all") else "ctr")


def test_what_a_template_centres_or_justifies_stays_so_in_both_directions() -> None:
    for align in ("ctr", "just", "dist", "justLow", "thaiDist"):
        template = right_to_left("titles", "bodies", align=align)
        for plan, rtl in ((ONE, "0"), (_arabic(ONE), "1")):
            said = _said(opened(plan, template))
            assert said["6 of 46 responded"] == said["Of 46."] == (rtl, align)


@pytest.mark.parametrize("align", ["l", "r"])
def test_words_begin_at_their_own_side_in_a_template_from_right_to_left(align: str) -> None:
    template = right_to_left("titles", "bodies", align=align)
    assert _said(opened(ONE, template))["Of 46."] == ("0", "l")
    assert _said(opened(_arabic(ONE), template))["Of 46."] == ("1", "r")


def test_words_that_a_template_from_left_to_right_has_at_the_right_stay_there() -> None:
    def at_right(file: Any) -> None:
        file.slide_master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}").set("algn", "r")

    template = changed(at_right)
    assert _said(opened(ONE, template))["6 of 46 responded"] == ("0", "r")
    assert _said(opened(_arabic(ONE), template))["6 of 46 responded"] == ("1", "r")


@pytest.mark.parametrize("align", ["l", "ctr", "r", "just"])
def test_a_side_is_kept_turned_or_begun_at(align: str) -> None:
    fixed = align in ("ctr", "just")
    for styled in (False, True):
        for rtl in (False, True):
            wanted = align if fixed or (align == "r" and not styled) else "r" if rtl else "l"
            assert side(align, styled=styled, rtl=rtl) == wanted


@pytest.mark.parametrize("template", [OWN, stranger(DEFAULT), stranger(LIBREOFFICE), right_to_left()])
def test_words_of_another_language_run_and_begin_as_that_does(template: TemplateFile) -> None:
    items = ListBlock((Item((Run("العيادة", lang="ar-EG"),)), Item((Run("46", lang="ar"),)), Item(words("Clinic"))))
    cells = (Cell((Run("خلية", lang="ar"),)), Cell(words("cell")), Cell((Run("یک", lang="fa"),), align="right"))
    rows = Table(tuple(Cell(words(f"Head {n}"), "column") for n in range(3)), (cells,), (1.0,) * 3, "Rows")
    named: tuple[Block, ...] = (MIXED, HEBREW, items)
    plan = replace(deck(slide("Title and Content", "A", body=named), slide("Table", "B", table=(rows,))), footer="Foot")
    plan = replace(plan, slides=(replace(plan.slides[0], notes=(HEBREW, items)), plan.slides[1]))
    file = opened(plan, template)
    for said in ("שלום", "العيادة", "خلية", "• العيادة", "یک", "46"):
        assert _said(file)[said] == ("1", "r")
    left = (None, None) if template is OWN else ("0", "l")
    for said in ("The clinic: العيادة", "Clinic", "cell"):
        assert _said(file)[said] == left
    assert [node.get("rtl") for root in _roots(file) for node in root.iter(qn("a:tblPr"))] == [None]


@pytest.mark.parametrize("template", [OWN, stranger(DEFAULT), right_to_left()])
def test_a_deck_in_arabic_runs_from_right_to_left(template: TemplateFile) -> None:
    file = opened(_arabic(full_deck()), template)
    found = [one for root in _roots(file) for one in _paragraphs(root)]
    assert {rtl for said, rtl, _ in found if said} == {"1"}
    said = _said(file)
    for text in ("oral", "So.", "MMRF", "cell 0 1", "Fact 0", "approved in 2015", "Of 52", "• the denominator"):
        assert said[text] == ("1", "r")
    assert {node.get("rtl") for root in _roots(file) for node in root.iter(qn("a:tblPr"))} == {"1"}
    assert {run.find(qn("a:rPr")).get("lang") for root in _roots(file) for run in root.iter(qn("a:r"))} == {"ar"}


def test_our_own_template_leaves_to_its_master_what_that_says() -> None:
    file = opened(full_deck(), OWN)
    assert {rtl for root in _roots(file) for _, rtl, _ in _paragraphs(root)} == {None}


def test_our_own_template_edited_from_right_to_left_is_no_other_than_a_strangers() -> None:
    file: Any = Presentation(io.BytesIO(OWN.data))
    for change in (PLACES["titles"], PLACES["bodies"]):
        change(file)
    out = io.BytesIO()
    file.save(out)
    said = _said(opened(ONE, TemplateFile(out.getvalue(), "templates/deck.pptx", ours=True)))
    assert said["6 of 46 responded"] == said["Of 46."] == said["6"] == ("0", "l")


def test_a_number_of_a_slide_stays_at_its_side() -> None:
    for plan in (full_deck(), _arabic(full_deck())):
        last = opened(plan, right_to_left("others", "layouts")).slides[-1]._element
        assert [align for said, _, align in _paragraphs(last) if said == str(len(plan.slides))] == ["r"]


def test_fields_breaks_and_ends_of_paragraphs_have_a_language() -> None:
    body = Paragraph((Run("Guten\nTag", lang="de"),))
    plan = deck(
        slide("Title and Content", "A", body=(body, para("b"))), slide("Study", "B", facts=(facts(),), chart=(rates(),))
    )
    for template in (OWN, stranger(DEFAULT), right_to_left()):
        for root in _roots(opened(plan, template)):
            for node in root.iter(qn("a:r"), qn("a:br"), qn("a:fld")):
                said = "".join(t.text or "" for t in node.iter(qn("a:t")))
                german = said in ("Guten", "Tag") or node.tag == qn("a:br")
                assert node.find(qn("a:rPr")).get("lang") == ("de" if german else META.language)
            assert {node.get("lang") for node in root.iter(qn("a:endParaRPr"))} <= {META.language}


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("OOXML_VALIDATOR"), reason="OOXML_VALIDATOR names no validator")
@pytest.mark.parametrize("language", ["en-US", "ar"])
def test_the_open_xml_sdk_finds_no_error_in_either_direction(language: str, tmp_path: Path) -> None:
    plan = replace(full_deck(), meta=replace(META, language=language))
    for number, template in enumerate((OWN, stranger(DEFAULT), right_to_left())):
        made = tmp_path / f"{number}.pptx"
        made.write_bytes(render_deck(plan, Theme(), template))
        command = [*os.environ["OOXML_VALIDATOR"].split(), str(made)]
        checked = subprocess.run(command, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout


@pytest.mark.slow
@pytest.mark.skipif(not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice and Poppler")
def test_libreoffice_shows_words_in_their_order_at_the_side_where_they_begin(tmp_path: Path) -> None:
    body = (para("7 of 47 did."), bullets("8 of 48."))
    plan = deck(
        slide("Title and Content", "6 of 46 responded", source="1 source.", body=body),
        slide("Study", "9 of 52 (17%) left", facts=(facts(),), chart=(stacked(),), note=(para("3 more."),)),
        slide("Table", "2 rows", table=(table(2),), note=(para("4 notes."),)),
    )
    wanted = (
        ("6 of 46 responded", "7 of 47 did.", "8 of 48.", "1 source."),
        ("9 of 52 (17%) left", "3 more."),
        ("2 rows", "4 notes."),
    )
    (tmp_path / "deck.pptx").write_bytes(render_deck(plan, Theme(), right_to_left()))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "deck.pptx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    shown = subprocess.run(
        ["pdftotext", "-bbox", "deck.pdf", "-"], cwd=tmp_path, check=True, capture_output=True
    ).stdout
    pages = shown.decode().split("<page ")[1:]
    for page, lines in zip(pages, wanted, strict=True):
        wide = float(re.search(r'width="([\d.]+)"', page)[1])  # type: ignore[index]
        found = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)".*?>(.*?)</word>', page)
        placed = [(float(x), round(float(y)), said) for x, y, said in found]
        for line in lines:
            first, *others = line.split()
            x, y, _ = next(one for one in placed if one[2] == first)
            assert x < 0.12 * wide, line
            beside = sorted(one for one in placed if abs(one[1] - y) <= 2 and one[0] >= x)
            assert [said for _, _, said in beside][: 1 + len(others)] == [first, *others]
