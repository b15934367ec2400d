"""Template + context → the element tree of its HTML and the makers of its figures: every document's first step."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.compose.blocks import Makers
from handouts.compose.clinic import clinic_files
from handouts.compose.context import Context
from handouts.compose.edition import Edition
from handouts.compose.figures import FigureMakers
from handouts.compose.html import Element, Named, parse
from handouts.compose.names import template_names
from handouts.compose.template import render_html
from handouts.problems import encodable


def composed(template: str, context: Context, templates: Mapping[str, str]) -> tuple[Element, Makers]:
    """The element tree of a template and the makers of its figures. Raises ProblemsError."""
    html = render_html(template, templates, template_names(context), context.written)
    context.complete()
    makers = FigureMakers(context, template)
    return parse(html, template, _named_by(context.edition)), Makers(makers.figure, makers.picture)


def _named_by(edition: Edition) -> Named:
    """The files that an edition's words stand in, blanks of its clinic among them, and its statements."""
    clinic: frozenset[str] = frozenset()
    if edition.clinic is not None:
        clinic = clinic_files(edition.clinic, edition.clinic_document, blanks=edition.blanks)
    # As phrases write them into the HTML.
    files = frozenset(map(encodable, clinic | {edition.words_document.file}))
    return Named(files, edition.topic.statements)
