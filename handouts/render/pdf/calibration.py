"""The sheet that calibrates a printer: a Calibration plan in, a tagged PDF of both its sides out."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.plan.blocks import Block
from handouts.plan.documents import Calibration, Gauge
from handouts.problems import ProblemsError, error
from handouts.render.pdf.draw.canvas import TaggedCanvas
from handouts.render.pdf.draw.figures import show_figure
from handouts.render.pdf.draw.tags import StructElement
from handouts.render.pdf.imposition import corrected
from handouts.render.pdf.layout.boxes import draw_stack
from handouts.render.pdf.layout.excess import TooLongError, millimetres
from handouts.render.pdf.layout.fit import PagePlan, fit_pages
from handouts.render.pdf.layout.flow import Builder
from handouts.render.pdf.layout.setting import MM, NOWHERE, Typography
from handouts.theme.printing import Printing
from handouts.theme.schema import Theme
from handouts.theme.sheet import DUPLEX, PAPERS

_HEADING = (62 * MM, 18 * MM)
"""Where the heading stands: to the right of the scales at the page's edges."""
_TEXT = (46 * MM, 64 * MM)
_RIGHT, _FOOT = 18 * MM, 20 * MM
_SHORTEN = "shorten the texts of the language's locale whose keys begin with calibration_"


def render_calibration(plan: Calibration, theme: Theme, paper: str, printing: Printing) -> bytes:
    """A PDF/UA-1 and PDF/A-2a file, printed as it will be with the correction of `printing`.

    Raises ProblemsError when words do not fit or the font lacks a character.
    """
    width, height = PAPERS[paper]
    typography, document = Typography.for_handout(theme), StructElement("Document")
    canvas = TaggedCanvas(document, theme)

    def stack(blocks: Sequence[Block], at: tuple[float, float], foot: float, parent: StructElement) -> PagePlan:
        boxes = Builder(typography, foot - at[1]).boxes(blocks, width - at[0] - _RIGHT, parent)
        if problems := typography.found():
            raise ProblemsError(problems)
        try:
            return fit_pages(boxes, foot - at[1], range(1, 2), theme.handout.fit, "the page")[0]
        except TooLongError as bad:
            message = f"the words of a calibration sheet are {millimetres(bad.excess)} mm too long for their place"
            raise ProblemsError([error(NOWHERE, "FIT01", message, _SHORTEN)]) from None

    for number, page in enumerate(plan.pages):
        part = document.add("Sect")
        with canvas.page(width, height), canvas.placed(corrected(printing.correction, back=number % 2 == 1)):
            for blocks, at, foot in ((page.heading, _HEADING, _TEXT[1]), (page.blocks, _TEXT, height - _FOOT)):
                stacked = stack(blocks, at, foot, part)
                draw_stack(stacked.boxes, canvas, *at, stacked.knobs)
            for gauge in page.gauges:
                _draw(gauge, canvas, typography, part)
    flip = DUPLEX[printing.flip or "long-edge"]
    return canvas.finish(plan.meta, preferences={"PrintScaling": "None", "Duplex": flip})


def _draw(gauge: Gauge, canvas: TaggedCanvas, typography: Typography, part: StructElement) -> None:
    figure = gauge.figure
    element = part.add("Figure", alt=figure.alt)
    element.set_box(*canvas.page_box(gauge.left, gauge.top, figure.width, figure.height))
    with canvas.tagged(element):
        show_figure(canvas, figure, typography.typesetter.family, gauge.left, gauge.top, scale=1)
