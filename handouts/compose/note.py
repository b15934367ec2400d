"""A clinician's note for one print → the box of a plan that shows it, marked as no part of the reviewed text.

No template makes it or can leave it out: what is reviewed and what is not has to look the same on every handout.
"""

from __future__ import annotations

from unicodedata import bidirectional

from msgspec.structs import replace

from handouts.compose.fill import fixed_word
from handouts.model.locale import Locale
from handouts.model.note import NOTE, tidied
from handouts.plan.blocks import Box, Heading, Paragraph
from handouts.plan.direction import runs_right_to_left
from handouts.plan.documents import Handout, Plan
from handouts.plan.text import Run
from handouts.problems import Origin


def with_note(plan: Plan, locale: Locale, note: str) -> Plan:
    """A handout with a note behind all else; any other plan, and one without a note, as it is.

    Raises ProblemsError where the locale lacks the words around it.
    """
    text = tidied(note)
    if not text.strip() or not isinstance(plan, Handout):
        return plan
    return replace(plan, blocks=(*plan.blocks, _box(text, locale, plan.meta.language)))


def _box(text: str, locale: Locale, language: str) -> Box:
    said = [Paragraph((Run(fixed_word(locale, "note_mark")),), "small")]
    runs: list[Run] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            runs += [Run("\n")] if runs else []
            runs.append(Run(line, lang=_language_of(line, language), origin=Origin(NOTE, number, 1)))
        elif runs:
            said.append(Paragraph(tuple(runs)))
            runs = []
    return Box("note", (Heading(3, (Run(fixed_word(locale, "note_heading")),)), *said))


def _language_of(line: str, document: str) -> str | None:
    """The language of a line as far as its script tells, None where it may be the document's.

    Whoever typed it did not say. Its first letter has the direction, as paragraphs of unknown language have it
    (UAX #9, rules P2 and P3).
    """
    first = next((char for char in line if bidirectional(char) in ("L", "R", "AL")), None)
    if first is None or (bidirectional(first) != "L") == runs_right_to_left(document):
        return None
    return {"L": "und-Latn", "R": "und-Hebr", "AL": "und-Arab"}[bidirectional(first)]
