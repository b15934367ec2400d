"""Whether a sentence may have a verb: in doubt it may."""

from __future__ import annotations

import pytest
from topic_samples import lexicon

from handouts.checks.reading.verbs import may_have_verb
from handouts.checks.reading.words import words_in
from handouts.model.plain import Verbs

WITH = {
    "en": """It helps.|Pills work.|Most rashes fade.|Platelets clot.|The drug stopped it.|Cells die.
        |Doctors titrate doses.|This drug exacerbates nausea.|That's all.|You'd better not.|Half died.
        |A dose harms them.|The nurse tries again.|Nobody knows why.|Exercise helps.|Use it daily.
        |Blood thinners raise the risk.|Good luck.""",
    "es": "Es una pastilla.|La fiebre sube.|Muchos mejoran.|El dolor pasa.|Tome agua.|Nadie sabe por qué.",
}
WITHOUT = {
    "en": """A pill once a week.|No needle.|Few side effects.|Not for children.|Side effects in 100 people.|No cure.
        |Without food.|A test for adults.|Higher risk of bleeding.|Twice a week.|Less nausea, more time.""",
    "es": "Una pastilla por semana.|Sin agujas.|No para niños.|Efectos secundarios en 100 personas.",
}


def _cases(by_language: dict[str, str]) -> list[tuple[str, str]]:
    return [(language, text.strip()) for language, texts in by_language.items() for text in texts.split("|")]


@pytest.mark.parametrize(("language", "text"), _cases(WITH))
def test_a_sentence_with_a_verb_has_one(language: str, text: str) -> None:
    assert may_have_verb(tuple(words_in(text)), lexicon(language).verbs)


@pytest.mark.parametrize(("language", "text"), _cases(WITHOUT))
def test_a_fragment_has_none(language: str, text: str) -> None:
    assert not may_have_verb(tuple(words_in(text)), lexicon(language).verbs)


def test_a_word_alone_and_a_language_without_lists_are_let_pass() -> None:
    assert may_have_verb(tuple(words_in("Needle.")), lexicon("en").verbs)
    assert may_have_verb(tuple(words_in("Eine Pille am Tag.")), lexicon("de").verbs)
    # Without a list of verbs, all that is not known as something else may be one.
    known = Verbs(nouns="a pill week")
    assert not may_have_verb(tuple(words_in("A pill a week")), known)
    assert may_have_verb(tuple(words_in("A pill cures")), known)
