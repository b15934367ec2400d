"""Rules on harms in a patient handout: what each means in plain words, and whom to call about them, and when.

In: a composed handout. Out: names of harms without their meaning, and handouts of harms that leave their reader alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from handouts.checks.patient_text import name_for_patients, origin_at
from handouts.checks.phrases import found, pattern_of
from handouts.checks.reading.vocabulary import left_out, without
from handouts.checks.reading.words import Word, words_in
from handouts.checks.rule import Found, OfPlan, rule
from handouts.model.plain import Harms
from handouts.model.section import Urgency
from handouts.model.words import NameWords
from handouts.plan.blocks import Box, walk
from handouts.plan.documents import Handout

_URGENT = get_args(Urgency)
"""Roles of the boxes that say when to call, and whom."""


@rule(
    "CLEAR14",
    OfPlan,
    "warning",
    why="A harm that is named and not understood is not told: nobody watches for neutropenia.",
    source="CDC Clear Communication Index, items 7 and 18; AHRQ PEMAT-P, item 4",
)
def harm_without_its_meaning(subject: OfPlan) -> Iterator[Found]:
    """A harm has a medical name, in a figure, a table or a sentence, and nothing says in plain words what it is."""
    if not subject.is_handout:
        return
    lexicon, phrases = subject.lexicon, left_out(subject.sections, subject.glossary)
    reports = list(subject.topic.value.reports())
    drawn = {one for section in subject.sections for block in section.drawn for one in block.draws}
    harms = dict.fromkeys(
        key for (_, study, *_), report in reports for key in report.harms if f"{study}.{key}" in drawn
    )
    for key in harms:
        name, words = name_for_patients(subject, key), subject.words.value.names.get(key)
        if name is None or (isinstance(words, NameWords) and words.means):
            continue
        left = without(tuple(words_in(name)), phrases)
        terms = (word.text for word in left if _is_medical(lexicon.harms, word))
        if hard := _hard_word(subject, " ".join(word.text for word in left)) or next(terms, ""):
            origin = subject.words.document.key_origin(("names", key))
            plainer = lexicon.plainer.get(hard.lower())
            meaning = f", like means: {plainer}" if plainer else ""
            yield Found(
                origin, f"'{hard}' is a medical term for a harm", f"say what it is{meaning}, or name it plainly"
            )
    for section in subject.sections:
        for sentence in section.sentences:
            terms = {word.start for word in sentence.words if _is_medical(lexicon.harms, word)}
            for word in without(sentence.words, phrases) if terms else ():
                # What the list of hard words has is told as one (READ03).
                if word.start in terms and not _hard_word(subject, word.text):
                    origin = origin_at(subject, sentence, word.start)
                    instead = "say what it is in the same sentence and in terms:, or write plain words for it"
                    yield Found(origin, f"'{word.text}' is a medical term that nothing explains", instead)


@rule(
    "CLEAR16",
    OfPlan,
    "warning",
    why="Who reads of harms has to know when to call, and whom, before one happens.",
    source="CDC Clear Communication Index, item 14; 21 CFR 208.20(b)(7): whom to call about side effects",
)
def harms_without_when_to_call(subject: OfPlan) -> Iterator[Found]:
    """A handout tells of harms, and no section or sentence says when to call somebody, or whom to tell of them."""
    handout, harms = subject.plan, subject.lexicon.harms
    if not isinstance(handout, Handout) or not harms.calls or not harms.when or not _tells_of_harms(subject):
        return
    if any(isinstance(block, Box) and block.role in _URGENT for block in walk(handout.blocks)):
        return
    for section in subject.sections:
        for sentence in section.sentences:
            if all(any(True for _ in found(phrases, sentence.text)) for phrases in (harms.calls, harms.when)):
                return
    origin = subject.words.document.key_origin(("handout",))
    instead = "add a section of kind care_card with the signs and whom to call"
    yield Found(origin, "the handout tells of harms, and not when to call about them", instead)


def _tells_of_harms(subject: OfPlan) -> bool:
    """Whether the handout draws the harms of a study, or speaks of side effects."""
    harms = {f"{study}.{key}" for (_, study, *_), report in subject.topic.value.reports() for key in report.harms}
    if any(harms.intersection(block.draws) for section in subject.sections for block in section.drawn):
        return True
    general = subject.lexicon.harms.general
    return any(True for section in subject.sections for one in section.sentences for _ in found(general, one.text))


def _hard_word(subject: OfPlan, text: str) -> str:
    """What a text has of the language's list of hard words; "" for nothing."""
    match = pattern_of(tuple(subject.lexicon.plainer), ("", "s")).search(text)
    return match[0] if match else ""


def _is_medical(harms: Harms, word: Word) -> bool:
    """Whether a word ends as medical terms for harms do, alone or in the plural."""
    forms = (word.key, word.key.removesuffix("s"))
    return (
        word.kind == "word"
        and any(form.endswith(harms.endings) for form in forms)
        and not any(form in harms.everyday for form in forms)
    )
