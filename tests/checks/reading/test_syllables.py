"""Syllables against counts made by hand, and of figures and abbreviations as they are read aloud."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thoroughness import examples
from topic_samples import lexicon, shipped_plans

from handouts.checks.reading.level import TONGUES, is_polysyllable, syllables
from handouts.checks.reading.numbers_english import spoken_syllables
from handouts.checks.reading.words import words_in

ENGLISH = {
    1: """a bad best blood bone care cell child could dose drug eye feel friend give gut have health heart help ill
        joint judge knee limb lung might month nerve one pain pulse rash risk safe scan sick size skin sleep
        strength stretched taught thought through throat treat tube used walked weight while who would you
        caused changed breathed dosed""",
    2: """able about after again always because before body breathing cancer cannot careful cases chances chemist clinic
        contact cycle daily damage disease doctor early effect enzyme fever given handle happen having hopeful
        human illness injured issue later leaflet little liver marrow maybe measure movement muscle needed
        nothing number nursing often only other outcome painful patient people person placement platelet
        problem purely rated receive research safety science seldom severe sometimes something statement
        stomach stopping survive swallow swollen symptom table taken testing therefore tissue total treatment
        trial trying useful vaccine vessel vomit waiting wanted weekly whereas without woman worried being
        doing going protein fatigue tiredness every dizzy capsule""",
    3: """abdomen already animal another answering appetite average beginning chemicals company condition considered
        continue decided depression difficult dizziness everyone example family finally happiness hospital
        however important infection influence injection library medical medicine memory nobody opinion oxygen
        paragraph physical placebo possible potential protocol quality quantity radical regular relative
        remember resistant sensitive surgical telephone terrible therapy together tolerate tomorrow
        transfusion umbrella understand vitamin volunteer vomiting reaction medium idea radio studying carrier
        easier genuine recipe poetry nausea relapsing diagnosed""",
    4: """activity ability anxiety bacteria biology combination community comfortable constipation diabetic diarrhea
        education emergency especially evaluate experience identify information majority material medication
        myeloma obesity operation particular population proteasome situation society temporary anemia
        immediate diabetes refractory thalidomide ixazomib bortezomib""",
    5: """electricity hematologist laboratory opportunity possibility refrigerator immediately university dexamethasone
        vocabulary examination lenalidomide apologetic""",
}
SPANISH = {
    1: "y de el con muy rey buen quien dos sol pie",
    2: "sangre leer guerra guía aún ciudad riesgo cáncer miedo días muestra",
    3: "célula ayuno médico mieloma paciente cuidado vergüenza respuesta ayuda náuseas estudio",
    4: "tratamiento biología hospitales lingüística enfermedad",
    5: "medicamento proteasoma vocabulario",
}
READ_ALOUD = {
    "0": 2, "7": 2, "11": 3, "12": 1, "17": 3, "20": 2, "28": 3, "70": 3, "100": 3, "703": 5, "722": 7, "1,200": 6,
    "2015": 4, "2000": 3, "2009": 4, "20.6": 4, "0.05": 6, "18%": 4, "8:30": 3, "1000000": 3, "MM1": 3, "US": 2,
    "MMRF": 4, "III": 1, "WHO": 5, "2-4": 2,
}  # fmt: skip


def _cases(by_count: dict[int, str]) -> list[tuple[str, int]]:
    return [(word, count) for count, words in by_count.items() for word in words.split()]


def _count(word: str, language: str) -> int:
    (found,) = words_in(word)
    return syllables(found, TONGUES[language], lexicon(language))


@pytest.mark.parametrize(("word", "count"), _cases(ENGLISH))
def test_an_english_word_has_the_syllables_of_the_dictionary(word: str, count: int) -> None:
    assert _count(word, "en") == count


COMPOUNDS = {
    1: "aches homes",
    2: """homemade likewise sometimes something someone safeguard household lifetime lifestyle livestock wholesome
        therefore elsewhere whereas whereby thereby forehead forecast foremost notebook bedtime homework
        nosebleed eyebrow eyelid headaches earache backache heartbeat makeup takeout widespread pipeline baseline
        careless useful statement basement lonely safely toothpaste doesn't isn't would've it'll asthma""",
    3: """beforehand everyone anyone anywhere otherwise forever moreover wherever thereafter caregiver caretaker
        tablespoon hopefully carefully usefulness loneliness likelihood timetable makeover grandchildren
        applesauce announcement""",
    4: "everybody advertisement nevertheless comfortable reinfection diabetes heredity",
    5: "hereditary preoperative radioactive",
}  # fmt: skip


@cache
def _dictionary() -> dict[str, int]:
    """Words with their syllables by a dictionary of pronunciations, as the file beside this one gives them."""
    found: dict[str, int] = {}
    count = 0
    lines = Path(__file__).with_name("english_syllables.txt").read_text("utf-8").splitlines()
    for word in (word for line in lines if not line.startswith("#") for word in line.split()):
        if word.isdigit():
            count = int(word)
        else:
            found[word] = count
    return found


def test_ten_thousand_frequent_words_agree_with_a_dictionary() -> None:
    dictionary = _dictionary()
    counted = {word: _count(word, "en") for word in dictionary}
    assert len(dictionary) > 10_000
    assert sum(counted.values()) == pytest.approx(sum(dictionary.values()), rel=0.005)
    # The total alone would let errors up and down cancel each other.
    assert sum(counted[word] == count for word, count in dictionary.items()) / len(dictionary) > 0.98


def test_the_words_of_a_handout_agree_with_a_dictionary() -> None:
    dictionary, handout = _dictionary(), shipped_plans("ixazomib").handout.words()
    words = [word.key for word in words_in(handout) if word.key in dictionary]
    assert len(words) > 300
    assert sum(_count(word, "en") for word in words) == pytest.approx(sum(dictionary[w] for w in words), rel=0.015)


@pytest.mark.parametrize(("word", "count"), _cases(COMPOUNDS))
def test_a_compound_without_a_hyphen_has_the_syllables_of_its_parts(word: str, count: int) -> None:
    assert _count(word, "en") == count


@pytest.mark.parametrize(("word", "count"), _cases(SPANISH))
def test_a_spanish_word_has_the_syllables_of_its_spelling(word: str, count: int) -> None:
    assert _count(word, "es") == count


@pytest.mark.parametrize("word", ["Platelet", "PLATELETS", "platelet’s", "platelet's"])
def test_capitals_and_apostrophes_change_nothing(word: str) -> None:
    assert _count(word, "en") == 2


@pytest.mark.parametrize(("word", "count"), [("long-term", 2), ("M-protein", 3), ("X-ray", 2), ("well‑being", 3)])
def test_a_compound_has_the_syllables_of_its_parts(word: str, count: int) -> None:
    assert _count(word, "en") == count


@pytest.mark.parametrize(("figures", "count"), READ_ALOUD.items())
def test_figures_and_letters_are_read_aloud(figures: str, count: int) -> None:
    assert spoken_syllables(figures) == count


@pytest.mark.parametrize(
    ("text", "poly"), [("28", True), ("20", False), ("MM1", True), ("US", False), ("medicine", True)]
)
def test_what_has_three_syllables_aloud_is_a_polysyllable(text: str, poly: bool) -> None:
    (word,) = words_in(text)
    assert is_polysyllable(word, TONGUES["en"], lexicon("en")) is poly


@settings(derandomize=True, max_examples=examples(60))
@given(st.text(alphabet=st.characters(categories=["Ll", "Lu"]), min_size=1, max_size=30), st.sampled_from(["en", "es"]))
def test_every_word_has_a_syllable_and_no_more_than_letters(word: str, language: str) -> None:
    found = list(words_in(word))
    assert all(1 <= syllables(one, TONGUES[language], lexicon(language)) <= max(3 * len(word), 1) for one in found)


@settings(derandomize=True, max_examples=examples(40))
@given(st.integers(min_value=0, max_value=999), st.integers(min_value=1, max_value=999))
def test_thousands_are_read_before_what_follows_them(low: int, thousands: int) -> None:
    rest = spoken_syllables(str(low)) if low else 0
    assert spoken_syllables(f"{thousands},{low:03}") == spoken_syllables(str(thousands)) + 2 + rest
