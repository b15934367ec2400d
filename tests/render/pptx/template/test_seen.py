"""What is seen behind a place: drawings that reach into it from outside of their rectangle, and many of them."""

from __future__ import annotations

import math

import pytest
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from handouts.render.pptx.template.behind.fills import Solid
from handouts.render.pptx.template.behind.layers import Layer
from handouts.render.pptx.template.behind.outline import covering, everywhere
from handouts.render.pptx.template.behind.seen import seen
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.paints import of_hex

SLIDE = Area(0, 0, 960, 540)
GREEN, RED = Solid((of_hex("#00AA00"),)), Solid((of_hex("#AA0000"),))
GROUND = Layer(SLIDE, GREEN, everywhere, whole=True)
_FREEFORM = """<p:spPr xmlns:p="urn:p" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
  <a:custGeom><a:pathLst><a:path w="100" h="100">{steps}<a:close/></a:path></a:pathLst></a:custGeom></p:spPr>"""


def freeform(*points: tuple[int, int]):
    """Where a freeform covers, of points in hundredths of its rectangle."""
    steps = "".join(
        f'<a:{"lnTo" if n else "moveTo"}><a:pt x="{x}" y="{y}"/></a:{"lnTo" if n else "moveTo"}>'
        for n, (x, y) in enumerate(points)
    )
    return covering(etree.fromstring(_FREEFORM.format(steps=steps)))


RIGHT_OF_ITSELF = freeform((200, 0), (300, 0), (300, 100), (200, 100))
"""A square that stands a square's width to the right of the rectangle that it is said to fill."""


@pytest.mark.parametrize(
    ("layer", "middle"),
    [
        (Layer(Area(100, 100, 100, 100), RED, RIGHT_OF_ITSELF), (350, 150)),
        (Layer(Area(500, 100, 100, 100), RED, RIGHT_OF_ITSELF, flipped=(True, False)), (350, 150)),
        (Layer(Area(300, 100, 100, 100), RED, RIGHT_OF_ITSELF, turn=math.pi / 2), (350, 350)),
        (Layer(Area(300, 300, 100, 100), RED, RIGHT_OF_ITSELF, turn=math.pi / 2, flipped=(True, False)), (350, 150)),
        (Layer(Area(200, 145, 300, 10), RED, everywhere, turn=math.pi / 2), (350, 250)),
    ],
    ids=["as it is", "mirrored", "turned", "turned and mirrored", "a bar on its end"],
)
def test_a_drawing_is_seen_wherever_it_lies(layer: Layer, middle: tuple[int, int]):
    x, y = middle
    here = seen([GROUND, layer], Area(x - 4, y - 20, 8, 40))
    assert here.ground == "#AA0000" and here.colours[0][1] == 1
    elsewhere = seen([GROUND, layer], Area(700, 400, 100, 50))
    assert elsewhere.colours == (("#00AA00", 1.0),)


def test_only_pieces_of_a_drawing_that_lie_at_a_place_are_asked_about_it():
    asked = 0

    def covers(across: float, down: float) -> bool:
        nonlocal asked
        asked += 1
        return 0 <= across <= 1 and 0 <= down <= 1

    tiles = [Layer(Area(24 * n, 27 * m, 24, 27), RED, covers) for n in range(40) for m in range(20)]
    behind = seen([GROUND, *tiles], Area(40, 30, 600, 300))
    assert behind.ground == "#AA0000"
    # A tile at each place, two or four where it falls on an edge; not all 800.
    assert asked < 4 * 30 * 30
