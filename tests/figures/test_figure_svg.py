"""SVG is well-formed whatever the texts hold, and paints roles with the theme's colours."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from figure_checks import MEASURE
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.rivals.svg import svg
from handouts.figures.response_bars import ResponsePart, response_parts
from handouts.figures.shapes import Ellipse, Figure, Label, Path, Rect
from handouts.theme.schema import Colours

NS = "{http://www.w3.org/2000/svg}"


def one(*shapes: Rect | Ellipse | Path | Label, alt: str = "alt") -> ElementTree.Element:
    return ElementTree.fromstring(svg(Figure("qr", 100, 50, shapes, alt), Colours()))


def test_every_kind_of_shape_is_painted() -> None:
    root = one(
        Rect(1, 2, 3, 4, fill="accent", radius=1),
        Ellipse(5, 6, 7, 8, stroke="rule", stroke_width=0.5),
        Path((("M", 0, 0), ("C", 1, 1, 2, 2, 3.333333, 3), ("Z",)), fill="ink"),
        Label(10, 20, "Text", 10.5, strong=True, anchor="middle"),
    )
    rect, ellipse, path, text = list(root)[1:]
    assert rect.attrib == {"x": "1", "y": "2", "width": "3", "height": "4", "rx": "1", "fill": Colours().accent}
    assert (ellipse.get("fill"), ellipse.get("stroke"), ellipse.get("stroke-width")) == ("none", Colours().rule, "0.5")
    assert path.get("d") == "M 0 0 C 1 1 2 2 3.33 3 Z"
    assert (text.text, text.get("text-anchor"), text.get("font-weight")) == ("Text", "middle", "bold")


def test_the_alt_text_is_its_title_and_name() -> None:
    root = one(alt='6 of 46 "people" <& more>')
    assert root.findtext(f"{NS}title") == root.get("aria-label") == '6 of 46 "people" <& more>'
    assert root.get("role") == "img"


@given(st.text(min_size=1).filter(lambda text: bool(text.strip())))
def test_any_text_gives_well_formed_xml(text: str) -> None:
    root = one(Label(0, 10, text, 10), alt=text)
    assert len(root) == 2
    assert root.find(f"{NS}script") is None


def test_an_unknown_role_is_refused() -> None:
    with pytest.raises(KeyError):
        one(Rect(0, 0, 1, 1, fill="pink"))


def test_a_made_figure_becomes_svg() -> None:
    figure = response_parts([ResponsePart("Tódos <b>", 3, "3 personas")], of=3, width=240, measure=MEASURE, alt="3")
    assert "Tódos &lt;b&gt;" in svg(figure, Colours())
