"""Text stands as it is measured, in one column of horizontal lines, where a template turns or parts it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from deck_samples import bullets, deck, para, render_deck, slide
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Pt
from rtl_templates import changed
from topic_samples import OWN

from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

PLAN = deck(
    slide("Title and Content", "Title", source="A source", body=(para("Words"), bullets("Points"))),
    slide("Take-home", "Last", source="A source", body=(bullets("Keep this"),)),
)


def _bodies(file: TemplateFile) -> list[dict[str, str]]:
    slides: Any = Presentation(io.BytesIO(render_deck(PLAN, Theme(), file))).slides
    return [
        dict(shape._element.txBody.bodyPr.attrib)
        for one in slides
        for shape in one.placeholders
        if shape.text_frame.text
    ]


@pytest.mark.parametrize(
    ("name", "value", "measured"),
    [("vert", "eaVert", "horz"), ("vert", "vert270", "horz"), ("vert", "wordArtVert", "horz"), ("numCol", "2", "1")],
)
@pytest.mark.parametrize("of_master", [False, True])
def test_text_that_a_template_turns_or_parts_stands_in_lines(
    name: str, value: str, measured: str, of_master: bool
) -> None:
    def change(file: Any) -> None:
        layout = next(one for one in file.slide_layouts if one.name == "Title and Content")
        for body in (file.slide_master if of_master else layout).element.iter(qn("a:bodyPr")):
            body.set(name, value)

    found = _bodies(changed(change))
    assert {one.get(name) for one in found if name in one} == {measured}
    assert sum(name in one for one in found) >= (8 if of_master else 2)


def test_a_title_that_climbs_the_side_of_the_slide_goes_on_to() -> None:
    def change(file: Any) -> None:
        title = next(one for one in file.slide_master.placeholders if one.placeholder_format.type == 1)
        title.left, title.top, title.width, title.height = Pt(10), Pt(10), Pt(120), Pt(500)
        title._element.txBody.bodyPr.set("vert", "vert270")

    assert all("vert" not in one for one in _bodies(changed(change)))


def test_our_own_text_bodies_say_nothing_of_it() -> None:
    assert not any({"vert", "numCol"} & set(one) for one in _bodies(OWN))
