"""Where sentences end, in English and Spanish, and where a full stop belongs to a word."""

from __future__ import annotations

import pytest
from topic_samples import lexicon

from handouts.checks.reading.sentences import sections_of
from handouts.checks.reading.stops import Stops
from handouts.plan.blocks import Paragraph
from handouts.plan.text import Run

ENGLISH = [
    "You can say no.|You can stop.",
    "Is it No. 5?|No.|You can stop.",
    "I said no.",
    "Say no!|You can.",
    "He lives on Main St.|Call first.",
    "He lives on Main St.|Parking is free.",
    "Meet at 12 Oak Rd.|Bring ID.",
    "Go to St. Mary's Hospital now.",
    "You take it.|Visit St. Jude today.",
    "Ask Dr. Lee.|He knows.",
    "Dr. A. Smith is here.|He helps.",
    "Take No. 5 first.",
    "See Fig. 2.|It shows cells.",
    "See p. 5 now.|Then stop.",
    "Bring water, e.g. a bottle.|Drink it.",
    "It was A vs. B in the study.",
    "It is for mild pain, fever, etc. in adults.",
    "It is approx. 5 miles.|Walk.",
    "Call us (ext. 5) now.",
    "Come at 8 a.m. on Monday.",
    "Come at 8 a.m. Monday.",
    "Come at 8 a.m.|Bring a friend.",
    "It is sold in the U.S.|Ask your doctor.",
    "The U.S. Food and Drug Administration approved it.",
    "It took 20.6 months.|It hurt.",
    "Ask J. Smith about it.",
    "J. R. Smith wrote it.|It is good.",
    "Take vitamin C.|Doctors say so.",
    "First plan A.|Then plan B.|You choose.",
    "It was I.|They left.",
    "Wait… then call.|Do it.",
    "Wait...|Then call.",
    "“Really?” she asked.|Yes.",
    "“You can stop.”|He did.",
    "He asked (is it safe?) and left.",
    "(Is it safe?)|Ask us.",
    "It helps.|ixazomib is a pill.",
    "Call us if: you bleed; you faint.",
]
SPANISH = [
    "¿Le duele?|¡Llame!|Es urgente.",
    "¿Es seguro?|Sí.|Puede decir que no.|Puede parar.",
    "Pregunte al Sr. López.|Él sabe.",
    "La Dra. Ruiz dijo: «Sí.»|Luego salió.",
    "Tome el núm. 5 hoy.|Luego pare.",
    "Vive en EE. UU.|Llame antes.",
    "Se vende en EE.UU.|Pregunte.",
    "Beba agua, p. ej. un vaso.|Descanse.",
    "A las 8 a. m. tome una.|Luego coma.",
    "Está en la Av. Reforma.|Ud. puede venir.",
]


def _split(text: str, language: str) -> list[str]:
    known = lexicon(language)
    sections = sections_of((Paragraph((Run(text),)),), known.abbreviations, known.begins)
    return [one.text.strip() for section in sections for one in section.sentences]


@pytest.mark.parametrize("parted", ENGLISH)
def test_english_sentences(parted: str) -> None:
    assert _split(parted.replace("|", " "), "en") == parted.split("|")


@pytest.mark.parametrize("parted", SPANISH)
def test_spanish_sentences(parted: str) -> None:
    assert _split(parted.replace("|", " "), "es") == parted.split("|")


def test_a_list_says_what_stands_before_numbers_and_behind_names() -> None:
    stops = Stops.of(("dr.", "no. {n}", "{name} st."))
    assert list(stops.ends("Dr. Lee. No. 5. No. You.")) == [8, 15, 19, 24]
    assert list(stops.ends("On Main St. Go. St. Ann.")) == [11, 15, 24]
    # A list without words that begin sentences cannot tell where "U.S." ends one.
    assert list(stops.ends("In the U.S. Go.")) == [11, 15]
    assert list(Stops().ends("Dr. Lee.")) == [3, 8]
