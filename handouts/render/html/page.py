"""The page of a handout: a plan and a theme in, the bytes of one HTML file out, whole in itself, the same each time."""

from __future__ import annotations

import base64
import hashlib
import html

from handouts.plan.blocks import Box, Heading, walk
from handouts.plan.documents import Handout
from handouts.plan.text import Run
from handouts.render.html.blocks import Writer
from handouts.render.html.linked_data import linked_data
from handouts.render.html.stylesheet import FURTHER, stylesheet
from handouts.render.html.text import escaped, language
from handouts.theme.fonts import family
from handouts.theme.schema import Theme
from handouts.theme.webfont import web_fonts

_BOX_TO_TICK = "\u2610"
"""What the style sheet marks questions with."""


def render_page(handout: Handout, theme: Theme) -> bytes:
    """The page as UTF-8."""
    meta = handout.meta
    writer = Writer(meta, theme)
    headings = [one for one in walk(handout.blocks) if isinstance(one, Heading)]
    untitled = not headings or headings[0].level != 1
    title = writer.blocks((Heading(1, (Run(meta.title),)),)) if untitled else ""
    notes = tuple(one for one in handout.blocks if isinstance(one, Box) and str(one.role) == "note")
    body = title + writer.blocks(block for block in handout.blocks if block not in notes) + writer.blocks(notes)
    draft = meta.review_state == "draft"
    foot = _foot(handout)
    page = (
        f'<body>\n<header class="state{" draft" if draft else ""}"><div class="page">'
        f'<p>{escaped(meta.review_words)}</p></div></header>\n<main class="page">\n{body}</main>\n'
        f'<footer class="page"><div class="foot">{foot}</div></footer>\n</body>\n'
    )
    fonts = web_fonts(family(theme.family), FURTHER, {*html.unescape(page), _BOX_TO_TICK})
    # The review state and the source, on each sheet of paper as on those of the PDF.
    style = stylesheet(theme, fonts, handout.footer.left, writer.rules).strip()
    robots = '<meta name="robots" content="noindex">\n' if draft else ""
    return (
        f"<!DOCTYPE html>\n<html{language(meta.language)}>\n<head>\n"
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{_policy(style, writer)}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(meta.title)}</title>\n"
        f'<meta name="description" content="{escaped(meta.subject)}">\n'
        f'<meta name="author" content="{escaped(meta.author)}">\n'
        f'<meta name="generator" content="Handouts">\n<meta name="referrer" content="no-referrer">\n{robots}'
        f'<meta name="color-scheme" content="light dark">\n'
        f'<script type="application/ld+json">{linked_data(meta)}</script>\n'
        f"<style>{style}</style>\n</head>\n{page}</html>\n"
    ).encode()


def _policy(style: str, writer: Writer) -> str:
    """What the page may load: its own style by its digest, and the fonts and images that it holds."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    images = "; img-src data:" if writer.has_images else ""
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:{images}; base-uri 'none'; form-action 'none'"
    )


def _foot(handout: Handout) -> str:
    """Source, review state, age of the information and version; the clinic's number where no block says it."""
    meta = handout.meta
    version = f'<time datetime="{escaped(meta.date)}">{escaped(meta.version_words or meta.date)}</time>'
    lines = [escaped(handout.footer.left), f"{escaped(meta.age_words or meta.as_of)} {version}"]
    if meta.clinic_phone and meta.clinic_phone not in handout.words():
        number = escaped(meta.clinic_phone)
        link = f'<a class="dial" href="{escaped(meta.clinic_dials)}">{number}</a>' if meta.clinic_dials else number
        lines.insert(0, f"{escaped(meta.author)}: {link}")
    return "".join(f"<p>{line}</p>" for line in lines)
