"""Texts without a word in them, and word lists of a language with odd entries, are told or pass, and stop no rule."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from patient_samples import messages, paragraphs, subject_of
from topic_samples import Change, lexicon, plans_of, shipped_plans

from handouts.checks.plain_language import hard_word, reading_level_too_high, term_not_explained
from handouts.checks.registry import judged
from handouts.checks.risk_wording import count_without_its_rate, rates_of_different_wholes
from handouts.checks.rule import OfPlan
from handouts.model.fit import fit
from handouts.model.load import load
from handouts.model.plain import PlainLanguage
from handouts.plan.documents import ExplainedTerm, Glossary
from handouts.problems import ProblemsError

WORDLESS = [
    "—",
    "?",
    "…?!",
    "( )",
    "** **",
    "•",
    "%",
    "\N{GRINNING FACE}",
    "\N{ZERO WIDTH SPACE}",
    "\N{SOFT HYPHEN}",
    "\N{COMBINING ACUTE ACCENT}",
    "\N{REGIONAL INDICATOR SYMBOL LETTER U}\N{REGIONAL INDICATOR SYMBOL LETTER S}",
]


def explained_by(*terms: ExplainedTerm) -> OfPlan:
    """A handout of one sentence that uses a term."""
    plan = replace(shipped_plans("ixazomib").handout, blocks=paragraphs("A relapse — is when it comes back."))
    return subject_of(plan=replace(plan, glossary=Glossary((), terms)))


@pytest.mark.parametrize("text", WORDLESS)
def test_a_term_that_is_explained_by_no_word_is_told(text: str) -> None:
    subject = explained_by(
        ExplainedTerm("relapse", (text,), in_text=True), ExplainedTerm("comes", (text, "back"), in_text=True)
    )
    assert messages(term_not_explained, subject) == [
        f"'relapse' is explained by '{text}', in which there is no word",
        f"'comes' is explained by '{text}', in which there is no word",
    ]


@pytest.mark.parametrize("text", WORDLESS)
def test_a_term_or_form_without_a_word_is_not_used(text: str) -> None:
    subject = explained_by(
        ExplainedTerm(text, ("when it comes back",)), ExplainedTerm("relapse", ("comes back",), forms=(text,))
    )
    assert messages(term_not_explained, subject) == [f"'{text}' is explained, but not used"]
    assert messages(hard_word, explained_by(ExplainedTerm(text, (text,)))) == []


@pytest.mark.parametrize("key", ["in_text", "meaning"])
@pytest.mark.parametrize("text", ["—", "\N{ZERO WIDTH SPACE}"])
def test_a_wordless_term_of_a_language_file_stops_nothing(changed: Change, key: str, text: str) -> None:
    old = "terms:\n"
    content = changed((old, f"{old}  - {{term: zebra, {key}: '{text}'}}\n"), file="en.yaml")
    plans = plans_of(content, "ixazomib")
    subject = replace(subject_of(plan=plans.handout), plan=plans.handout)
    assert [p.message for p in judged(subject) if "zebra" in p.message] == [
        f"'zebra' is explained by '{text}', in which there is no word"
    ]


@pytest.mark.parametrize("text", WORDLESS)
def test_a_handout_of_wordless_texts_has_no_reading_level(text: str) -> None:
    subject = subject_of(*paragraphs(text, text))
    assert messages(reading_level_too_high, subject) == []
    assert {p.code for p in judged(subject)} <= {"CLEAR01", "CLEAR02", "CLEAR09", "CLEAR10", "TOLD01"}


def spoken(text: str = "We used\u00a0it in about 9 of 50 people.", /, **parts: object) -> OfPlan:
    """A sentence, judged by a language's file with other words."""
    words: PlainLanguage = lexicon("en")
    given = {name: getattr(words, name) for name in words.__struct_fields__} | parts
    return replace(subject_of(*paragraphs(text)), lexicon=fit(given, PlainLanguage))


def test_a_hard_word_is_known_however_its_spaces_and_capitals_are_written() -> None:
    assert messages(hard_word, spoken(plainer={"used it": "x", "{n} of": "y"})) == [
        "'used\u00a0it' is a hard word",
        "'9 of' is a hard word",
    ]
    assert messages(hard_word, spoken("It was u\N{LATIN SMALL LETTER LONG S}ed.", plainer={"used": "x"})) == [
        "'u\N{LATIN SMALL LETTER LONG S}ed' is a hard word"
    ]


@pytest.mark.parametrize("key", ["shares", "counts"])
@pytest.mark.parametrize("phrase", ["of", "{n} of", "in {of}", "—"])
def test_a_phrase_for_a_rate_needs_both_its_numbers(key: str, phrase: str) -> None:
    text = f"schema_version: 1\nlanguage: en\nrisk:\n  {key}: ['{phrase}']\n"
    with pytest.raises(ProblemsError) as caught:
        load("en.yaml", text, PlainLanguage)
    (problem,) = caught.value.problems
    assert str(problem.origin).startswith("en.yaml:4:")
    assert "lacks one of its two numbers; write it like '{n} in {of}'" in str(problem)


def test_rates_are_judged_by_the_phrases_of_the_language() -> None:
    subject = spoken(risk={"shares": ("{n} of {of}",), "counts": ("{of} from {n}",)})
    assert messages(rates_of_different_wholes, subject) == messages(count_without_its_rate, subject) == []
