"""The reading level of whole handouts: what is left out, sections, languages, the shipped one's target."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from patient_samples import messages, subject_of
from topic_samples import Plans, lexicon, shipped_plans

from handouts.checks.plain_language import reading_level_too_high
from handouts.checks.reading.level import Grade, levels
from handouts.checks.reading.sentences import sections_of
from handouts.checks.reading.vocabulary import explained, keys_of, left_out, without
from handouts.checks.reading.words import words_in
from handouts.plan.blocks import Block, Heading, Paragraph
from handouts.plan.documents import ExplainedTerm, Glossary, Handout
from handouts.plan.text import Run, plain

NO_GLOSSARY = Glossary()


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def _handout(*blocks: Block, glossary: Glossary = NO_GLOSSARY, language: str = "en") -> Handout:
    shipped = shipped_plans("ixazomib").handout
    return replace(shipped, blocks=blocks, glossary=glossary, meta=replace(shipped.meta, language=language))


def test_the_shipped_handout_reaches_its_target(ixazomib: Plans) -> None:
    found = levels(ixazomib.handout, lexicon("en"))
    assert found
    grades = {grade.formula: grade.value for grade in found.whole.plain}
    assert grades["Flesch-Kincaid"] <= 6
    assert grades["SMOG"] <= 8
    # Even with every name and term in it, and over whole sentences alone.
    assert {grade.formula: grade.value for grade in found.whole.everything}["Flesch-Kincaid"] <= 6
    assert {grade.formula: grade.value for grade in found.whole.in_full}["Flesch-Kincaid"] <= 6


def test_little_of_the_shipped_handout_is_left_out(ixazomib: Plans) -> None:
    sections = sections_of(ixazomib.handout.blocks, lexicon("en").abbreviations, lexicon("en").begins)
    phrases = left_out(sections, ixazomib.handout.glossary)
    words = [sentence.words for section in sections for sentence in section.sentences]
    kept = sum(len(without(one, phrases)) for one in words)
    assert kept / sum(map(len, words)) > 0.85


def test_every_term_of_the_shipped_handout_is_explained_where_it_is_first_used(ixazomib: Plans) -> None:
    sections = sections_of(ixazomib.handout.blocks, lexicon("en").abbreviations, lexicon("en").begins)
    found = explained(sections, ixazomib.handout.glossary)
    assert {one.term for one in found} == set(ixazomib.handout.glossary.terms)
    assert len(found) >= 10
    assert [one.term.term for one in found if not one.at_first_use] == []


def test_the_whole_and_each_section_are_measured(ixazomib: Plans) -> None:
    found = levels(ixazomib.handout, lexicon("en"))
    assert found
    assert [one.title for one in found.sections][:3] == [
        plain(b.runs) for b in ixazomib.handout.blocks[1:2] if isinstance(b, Heading)
    ] + ["What has changed since about 2013 (to March 2024)", "What is ixazomib?"]
    assert sum(one.counts.words for one in found.sections) == found.whole.counts.words
    assert sum(one.counts.sentences for one in found.sections) == found.whole.counts.sentences


def test_names_and_explained_terms_are_left_out_of_the_second_grade_alone() -> None:
    text = "Ixazomib helps some people. Neuropathy means nerve problems."
    bare = _handout(_paragraph(text))
    known = Glossary(("Ixazomib",), (ExplainedTerm("neuropathy", ("nerve problems",)),))
    one, other = levels(bare, lexicon("en")), levels(replace(bare, glossary=known), lexicon("en"))
    assert one
    assert other
    assert one.whole.everything == one.whole.plain == other.whole.everything
    assert [g.value for g in other.whole.plain] < [g.value for g in one.whole.plain]


def test_a_term_that_nothing_explains_counts_as_any_word() -> None:
    unexplained = Glossary((), (ExplainedTerm("neuropathy", ("damage of nerves",)),))
    found = levels(_handout(_paragraph("Neuropathy may hurt."), glossary=unexplained), lexicon("en"))
    assert found
    assert found.whole.plain == found.whole.everything


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("With Velcade you wait.", "With you wait"),
        ("Velcade's use", "use"),
        ("proteasome inhibitors and proteasomes", "and"),
        ("the PROTEASOME INHIBITOR", "the"),
        ("Velcade-like drugs", "Velcade-like drugs"),
        ("Velcades", ""),
    ],
)
def test_names_are_found_whatever_their_case_plural_or_length(text: str, kept: str) -> None:
    phrases = frozenset(map(keys_of, ("Velcade", "proteasome", "proteasome inhibitor")))
    assert " ".join(word.text for word in without(tuple(words_in(text)), phrases)) == kept


def test_a_term_is_explained_by_words_in_its_own_passage() -> None:
    term = ExplainedTerm("relapsed", ("came back",), in_text=True)
    same = _paragraph("It is for relapsed (came back) myeloma.")
    later = _paragraph("Relapsed: it came back.")
    before = _paragraph("It is for relapsed myeloma. It came back.")
    other = _paragraph("Relapsed myeloma.")
    for blocks, at_first, anywhere in (
        ((same,), True, True),
        ((before,), True, True),
        ((other, later), False, True),
        ((other, _paragraph("It came back.")), False, False),
    ):
        (found,) = explained(sections_of(blocks), Glossary((), (term,)))
        assert (found.at_first_use, found.anywhere) == (at_first, anywhere)


def test_a_sentence_of_names_alone_is_none_without_them() -> None:
    found = levels(
        _handout(_paragraph("Velcade."), _paragraph("It helps."), glossary=Glossary(("Velcade",))), lexicon("en")
    )
    assert found
    assert found.whole.counts.sentences == 2
    assert [g.value for g in found.whole.plain] == [
        g.value
        for g in levels(_handout(_paragraph("It helps.")), lexicon("en")).whole.plain  # type: ignore[union-attr]
    ]


def test_a_formula_is_used_for_its_own_language_alone() -> None:
    spanish = levels(shipped_plans("espanol").handout, lexicon("es"))
    assert spanish
    assert [grade.formula for grade in spanish.whole.plain] == ["INFLESZ"]
    assert levels(_handout(_paragraph("Ein Satz."), language="de"), lexicon("de")) is None
    assert levels(_handout(language="en"), lexicon("en")) is None
    mexican = levels(_handout(_paragraph("El gato come."), language="es-MX"), lexicon("es-MX"))
    assert mexican
    assert [grade.formula for grade in mexican.whole.plain] == ["INFLESZ"]


HARD = "Numerous possibilities necessitate considerable deliberation. "
STUMPS = tuple(_paragraph(text) for text in ("A pill.", "No food.", "One a day.", "Not for me.", "Best at noon.") * 12)


def test_headings_items_and_stumps_are_no_whole_sentences() -> None:
    found = levels(_handout(_paragraph("It helps you. A pill once a week. No"), *STUMPS), lexicon("en"))
    assert found
    assert found.whole.counts.sentences == 3 + len(STUMPS)
    assert found.whole.whole_sentences == 1
    alone = levels(_handout(_paragraph("It helps you.")), lexicon("en"))
    assert alone
    assert found.whole.judged == found.whole.in_full == alone.whole.in_full


def test_without_a_whole_sentence_all_text_is_told() -> None:
    found = levels(_handout(*STUMPS), lexicon("en"))
    assert found
    assert found.whole.in_full == ()
    assert found.whole.judged == found.whole.plain


def test_stumps_do_not_hide_hard_sentences() -> None:
    subject = subject_of(_paragraph(HARD * 5), *STUMPS)
    problems = list(reading_level_too_high.problems(subject))
    grades = levels(_handout(_paragraph(HARD * 5), *STUMPS), lexicon("en"))
    assert grades
    assert all(grade.reached for grade in grades.whole.plain if grade.formula == "Flesch-Kincaid")
    assert [problem.message.partition(" is ")[0] for problem in problems] == ["Flesch-Kincaid", "SMOG"]
    assert "in whole sentences and" in problems[0].message
    assert messages(reading_level_too_high, subject_of(_paragraph(HARD), *STUMPS)) == []


def test_whole_sentences_may_miss_a_target_by_the_error_of_the_formula() -> None:
    near, far = Grade("SMOG", 9.5, 8), Grade("SMOG", 9.6, 8)
    assert (near.reached, near.nearly_reached, far.nearly_reached) == (False, True, False)
    ease, hard = (Grade("INFLESZ", value, 55, is_ease=True) for value in (50, 49.8))
    assert (ease.reached, ease.nearly_reached, hard.nearly_reached) == (False, True, False)
