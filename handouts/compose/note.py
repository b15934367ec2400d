"""A clinician's note for one print → the box of a plan that shows it, marked as no part of the reviewed text.

No template makes it or can leave it out: what is reviewed and what is not has to look the same on every handout.
"""

from __future__ import annotations

from unicodedata import bidirectional

from handouts.compose.context import Context
from handouts.model.note import NOTE, tidied
from handouts.plan.blocks import Box, Heading, Paragraph
from handouts.plan.direction import runs_right_to_left
from handouts.plan.text import Run
from handouts.problems import Origin


def note_box(context: Context) -> Box | None:
    """The box of an edition's note, None without one. Raises ProblemsError where a locale lacks the words around it."""
    text = tidied(context.edition.note)
    if not text.strip():
        return None
    said = [Paragraph((Run(context.fixed("note_mark")),), "small")]
    language = context.edition.words.language
    runs: list[Run] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            runs += [Run("\n")] if runs else []
            runs.append(Run(line, lang=_language_of(line, language), origin=Origin(NOTE, number, 1)))
        elif runs:
            said.append(Paragraph(tuple(runs)))
            runs = []
    return Box("note", (Heading(3, (Run(context.fixed("note_heading")),)), *said))


def _language_of(line: str, document: str) -> str | None:
    """The language of a line as far as its script tells, None where it may be the document's.

    Whoever typed it did not say. Its first letter has the direction, as paragraphs of unknown language have it
    (UAX #9, rules P2 and P3).
    """
    first = next((char for char in line if bidirectional(char) in ("L", "R", "AL")), None)
    if first is None or (bidirectional(first) != "L") == runs_right_to_left(document):
        return None
    return {"L": "und-Latn", "R": "und-Hebr", "AL": "und-Arab"}[bidirectional(first)]
