"""A language file that is in another language than it names is told once; every true one is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from topic_samples import CONTENT, ROOT, TODAY, TOPICS, lexicon

from handouts.checks.rule import OfWords
from handouts.checks.tongue import reads_as, words_of_another_language
from handouts.files.workspace import Workspace
from handouts.model.plain import PlainLanguage
from handouts.problems import Problem

SAMPLES = ROOT / "tests" / "samples"
FILES = sorted(path for folder in (CONTENT, SAMPLES, TOPICS) for path in folder.glob("*/??.yaml"))
TEXTS = {
    "french": "Prenez la gélule avec de l'eau, sans nourriture, une fois par semaine, et appelez votre médecin si "
    "vous avez de la fièvre ou si les vomissements durent plus de deux jours, car cela peut être grave.",
    "german": "Nehmen Sie die Kapsel mit Wasser und ohne Essen ein. Rufen Sie in der Klinik an, wenn Sie Fieber "
    "haben. Die Kapsel hat es in sich, also an einem Tag nur eine, was auch immer war.",
    "portuguese": "Tome a cápsula com água, sem comida, uma vez por semana, e ligue para o seu médico se tiver febre "
    "ou se os vómitos durarem mais de dois dias, porque isso pode ser grave para a sua saúde.",
    "catalan": "Preneu la càpsula amb aigua, sense menjar, un cop per setmana, i truqueu al vostre metge si teniu "
    "febre o si els vòmits duren més de dos dies, perquè això pot ser greu per a la vostra salut.",
    "dutch": "Neem de capsule in met water en zonder eten. Bel de kliniek als u koorts heeft. De capsule is sterk, "
    "dus neem er in een week maar een, wat er ook was of is.",
}


def judged(folder: Path, tag: str, name: str) -> list[Problem]:
    """What the rule finds in a copy of a language file that says that it is in `tag`."""
    workspace = Workspace(folder.parent, ROOT / "templates")
    loaded = workspace.topic(folder.name, (name,))
    words = loaded.words[0]
    tagged = replace(words, value=replace(words.value, language=tag))
    subject = OfWords(loaded.topic, tagged, TODAY, workspace.plain(tag), (), None, workspace.every_plain)
    return [*words_of_another_language.problems(subject)]


def test_a_long_file_is_known_without_knowing_anything_of_its_tag() -> None:
    (found,) = judged(CONTENT / "ixazomib", "fr", "en")
    assert "in 'fr', but reads as 'en'" in found.message


@pytest.mark.sampled(5)
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
@pytest.mark.parametrize("tag", ["en", "es", "en-GB", "es-MX"])
def test_a_file_is_told_where_its_words_are_those_of_another_language(path: Path, tag: str) -> None:
    found = judged(path.parent, tag, path.stem)
    is_another = tag[:2] != path.stem
    assert [one.code for one in found] == ["WORDS03"] * is_another
    if is_another:
        assert f"in '{tag}', but reads as '{path.stem}'" in found[0].message
        assert path.read_text("utf-8").splitlines()[found[0].origin.line - 1].startswith("language: ")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("times", [1, 5])
def test_a_language_of_which_nothing_is_known_is_not_taken_for_another(text: str, times: int) -> None:
    nothing = PlainLanguage(schema_version=1, language="xx")
    assert reads_as(text * times, "xx", nothing, lambda: [lexicon("en"), lexicon("es")]) is None


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Take it with food.", "es"),
        ("Ninlaro (ixazomib), Revlimid (lenalidomide), dexamethasone", "es"),
        ("TOURMALINE-MM1, 360 v 362, HR 0.74; p=0.01; 20.6 v 14.7 " * 9, "es"),
        (
            "Tome la cápsula con agua y sin comida. Su clínica: The Clinic of the Heart and Lungs in the City. " * 3,
            "es",
        ),
    ],
)
def test_short_texts_names_and_numbers_are_not_judged(text: str, tag: str) -> None:
    assert reads_as(text, tag, lexicon(tag), lambda: [lexicon("en"), lexicon("es")]) is None


def test_other_languages_are_read_only_where_a_text_is_not_in_its_own() -> None:
    def asked() -> list[PlainLanguage]:
        raise AssertionError

    assert reads_as("Take it with water and call us if you are ill. " * 9, "en", lexicon("en"), asked) is None
