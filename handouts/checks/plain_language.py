"""Rules on plain words for patients: a reading level to reach, terms explained where met, no needless hard word."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.patient_text import origin_at
from handouts.checks.phrases import pattern_of
from handouts.checks.reading.level import levels_in
from handouts.checks.reading.vocabulary import explained, keys_of, left_out, without
from handouts.checks.rule import Found, OfPlan, rule

AMA_AND_NIH = "AMA: 6th grade; NIH: below 8th; NHS: reading age 9 to 11 (PMC6334864). In Spanish: the INFLESZ scale"
FEWEST_SENTENCES = 5
"""Whole sentences from which they are judged by themselves; of fewer, one long word decides."""
_SHOWN = 40


@rule(
    "READ01",
    OfPlan,
    "warning",
    why="Half of a handout's readers read at or below the 8th grade, and everybody does when they are ill or afraid.",
    source=AMA_AND_NIH,
)
def reading_level_too_high(subject: OfPlan) -> Iterator[Found]:
    """The handout is harder, names and explained terms aside, than Flesch-Kincaid 6, SMOG 8 or (Spanish) INFLESZ 55.

    Whole sentences alone may miss a target by no more than the formula's own error, so that headings, items and stumps
    cannot make up for them.
    """
    if not subject.is_handout:
        return
    measured = levels_in(subject.sections, subject.glossary, subject.language, subject.lexicon)
    if measured is None:
        return
    for index, every in enumerate(measured.whole.plain):
        has_enough = measured.whole.whole_sentences >= FEWEST_SENTENCES
        whole = measured.whole.in_full[index] if has_enough and measured.whole.in_full else None
        if every.reached and (whole is None or whole.nearly_reached):
            continue
        hardest = max(
            (one for one in measured.sections if one.judged),
            key=lambda one: one.judged[index].value * (-1 if every.is_ease else 1),
        )
        of_whole = f"{whole.value:.1f} in whole sentences and " if whole else ""
        wrong = f"{every.formula} is {of_whole}{every.value:.1f}{' over all text' if whole else ''}"
        target = f"{'below' if every.is_ease else 'above'} {every.target:g}"
        instead = f"write shorter sentences and words; the hardest section is '{hardest.title[:_SHOWN]}'"
        yield Found(subject.words.document.key_origin(("handout",)), f"{wrong}, {target}", instead)


@rule(
    "READ02",
    OfPlan,
    "warning",
    why="A term is learned where it is first met; a reader who stumbles over it there does not look for it elsewhere.",
    source="CDC Clear Communication Index, item 7; AHRQ PEMAT-P, item 4",
)
def term_not_explained(subject: OfPlan) -> Iterator[Found]:
    """A term of the glossary is not explained by the words that are given for it, or not where it is first used."""
    if not subject.is_handout:
        return
    for one in explained(subject.sections, subject.glossary):
        origin = one.term.origin or subject.words.document.key_origin(("terms",))
        words = one.term.meanings[0]
        wordless = next((said for said in one.term.meanings if not keys_of(said)), None)
        if wordless is not None:
            wrong = f"'{one.term.term}' is explained by '{wordless}', in which there is no word"
            yield Found(origin, wrong, "write the words that explain it, or leave the key out")
        elif not one.first:
            yield Found(origin, f"'{one.term.term}' is explained, but not used", "remove it from terms")
        elif not one.anywhere:
            yield Found(origin, f"nothing explains '{one.term.term}' as '{words}'", "write those words beside it")
        elif not one.at_first_use and one.term.in_text:
            where = one.first.origin or origin
            wrong = f"'{one.term.term}' is first used here, and explained as '{words}' only later"
            yield Found(where, wrong, "move the explanation here")


@rule(
    "READ03",
    OfPlan,
    "warning",
    why="Where a plainer word says the same, the hard one keeps readers out.",
    source="CDC Clear Communication Index, item 7; AHRQ PEMAT-P, item 3; the words: templates/plain",
)
def hard_word(subject: OfPlan) -> Iterator[Found]:
    """A word of the language's list of hard words stands in a text for patients and is not explained."""
    plainer, sections = subject.lexicon.plainer, subject.sections
    phrases = left_out(sections, subject.glossary)
    for section in sections:
        for sentence in section.sentences:
            kept = {word.start for word in without(sentence.words, phrases)}
            for match in pattern_of(tuple(plainer), ("", "s")).finditer(sentence.text):
                if any(match.start() <= start < match.end() for start in kept):
                    # What was found need not be spelled as the list has it: a space may be one that does not break.
                    hard = next(one for one in plainer if pattern_of((one,), ("", "s")).fullmatch(match[0]))
                    origin = origin_at(subject, sentence, match.start())
                    yield Found(origin, f"'{match[0]}' is a hard word", f"write: {plainer[hard]}")
