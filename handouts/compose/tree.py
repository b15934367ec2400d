"""Template + context → the element tree of its HTML and the makers of its figures: every document's first step."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.compose.blocks import Makers
from handouts.compose.context import Context
from handouts.compose.figures import FigureMakers
from handouts.compose.html import Element, parse
from handouts.compose.template import render_html


def composed(template: str, context: Context, templates: Mapping[str, str], *, patient: bool) -> tuple[Element, Makers]:
    """The element tree of a template and the makers of its figures. Raises ProblemsError."""
    html = render_html(template, templates, context.template_values(patient=patient), context.written)
    makers = FigureMakers(context, template)
    return parse(html, template), Makers(makers.figure, makers.picture)
