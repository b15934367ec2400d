"""The shipped deck is made on a template in whatever font it names, on at most 1.6 times the slides of our own."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pytest
from deck_samples import bullets, deck, para, render_deck, slide, table
from font_templates import in_font
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.oxml.ns import qn
from test_families import OF_HOSPITALS
from thoroughness import examples
from topic_samples import OWN, shipped_plans

from handouts.render.pptx.layout.areas import title_excess
from handouts.render.pptx.layout.fit import fitted
from handouts.render.pptx.template.metrics import metrics
from handouts.render.pptx.template.template import template_of
from handouts.theme.schema import DECK_BODY_FLOOR, DECK_FLOOR, Theme

MOST, MOST_TALL = 1.6, 1.65
"""Slides beside our own template's; in a font taller than 1.5 the labels of charts, which keep its lines, take room."""
UNKNOWN = ("Clinic Grotesk", "St. Elsewhere Sans Pro Light", "Klinik Schrift", "病院フォント", "Zork Mono")
_NAME = r"[A-Z][a-z]{2,9}( [A-Z][a-z]{2,9})?( (Pro|Light|SemiBold|Black|Condensed|Mono|12))?"
NAMES = (*OF_HOSPITALS, *UNKNOWN)


@cache
def own_slides() -> int:
    return len(fitted(shipped_plans("ixazomib").deck, template_of(OWN, Theme())).pages)


@pytest.mark.sampled(36)
@pytest.mark.parametrize("wide", [False, True], ids=["4:3", "16:9"])
@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_deck_is_made_in_any_font(name: str, wide: bool) -> None:
    plan = shipped_plans("ixazomib").deck
    found = fitted(plan, template_of(in_font(name, wide=wide), Theme()))
    assert len(found.pages) <= (MOST_TALL if metrics(name).line > 1.55 else MOST) * own_slides()
    sizes = found.template.look.sizes
    assert min(sizes.body, sizes.table) >= DECK_BODY_FLOOR and min(sizes.label, sizes.source) >= DECK_FLOOR
    for page in found.pages:
        assert title_excess(page.slide.title, page.bound) <= 0.5
        for pieces in page.placed.values():
            for piece in pieces:
                assert piece.area.height > 0 and piece.area.bottom <= found.template.look.height


@given(
    st.from_regex(r"[A-Z][a-z]{2,9}( [A-Z][a-z]{2,9})?( (Pro|Light|SemiBold|Black|Condensed|Mono|12))?", fullmatch=True)
)
@settings(max_examples=examples(12), deadline=None)
def test_the_shipped_deck_is_made_in_a_font_that_nobody_knows(name: str) -> None:
    plan = shipped_plans("colonoscopy-preparation").deck
    fitted(plan, template_of(in_font(name, wide=True), Theme()))


@pytest.mark.parametrize("name", ["Poppins", "Clinic Grotesk"])
def test_lines_that_are_set_closer_say_so_wherever_they_stand(name: str) -> None:
    plan = deck(
        slide("Title and Content", "Points", source="A source", body=(bullets("One", "Two"), para("Three"))),
        slide("Table", "Rows", source="A source", table=(table(3),), note=(para("A note"),)),
    )
    file: Any = Presentation(io.BytesIO(render_deck(plan, Theme(), in_font(name))))
    seen = 0
    for one in file.slides:
        for paragraph in one._element.iter(qn("a:p")):
            runs = list(paragraph.iter(qn("a:r")))
            exact = paragraph.find(f"{qn('a:pPr')}/{qn('a:lnSpc')}/{qn('a:spcPts')}")
            if runs:
                seen += 1
                size = runs[0].find(qn("a:rPr")).get("sz")
                assert exact is not None and (size is None or int(exact.get("val")) == round(int(size) * 1.2))
    assert seen > 15
    known: Any = Presentation(io.BytesIO(render_deck(plan, Theme(), in_font("Calibri"))))
    assert not [
        n for one in known.slides for n in one._element.iter(qn("a:spcPts")) if n.getparent().tag == qn("a:lnSpc")
    ]
