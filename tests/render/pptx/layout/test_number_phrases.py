"""Numbers with what they count stay on one line of a slide; nothing else of a text changes."""

import io

import pytest
from deck_samples import bullets, deck, para, render_deck, slide, table
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation
from pptx.oxml.ns import qn

from handouts.plan.blocks import Box
from handouts.plan.number_phrases import NUMBER_PHRASE, held, held_slide
from handouts.plan.text import Run, plain
from handouts.theme.schema import Theme

HARD = "\N{NO-BREAK SPACE}"
RUNS = st.lists(
    st.builds(Run, st.text("19 ofHR.%()−\n\N{NO-BREAK SPACE}", max_size=12), st.booleans()), max_size=5
).map(tuple)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("9 of 50 responded", "9_of_50 responded"),
        ("18 de cada 100 personas", "18_de_cada_100 personas"),
        ("lived longer (HR 0.74, p 0.01)", "lived longer (HR_0.74, p 0.01)"),
        ("20.6 v 14.7 months", "20.6_v_14.7 months"),
        ("call 555-0143 ext. 12", "call 555-0143 ext._12"),
        ("In 2015 and later", "In 2015 and later"),
        ("MM1 was larger", "MM1 was larger"),
    ],
)
def test_what_is_kept_on_a_line(text: str, kept: str) -> None:
    assert plain(held((Run(text),))) == kept.replace("_", HARD)


def test_a_phrase_is_kept_across_its_strong_part() -> None:
    whole = (Run("About "), Run("9", strong=True), Run(" of 50 people"))
    assert held(whole) == (whole[0], whole[1], Run(f"{HARD}of{HARD}50 people"))


@given(RUNS)
def test_only_spaces_change_and_only_within_phrases(runs: tuple[Run, ...]) -> None:
    made = held(runs)
    assert [one.text.replace(HARD, " ") for one in made] == [one.text.replace(HARD, " ") for one in runs]
    assert [one.strong for one in made] == [one.strong for one in runs]
    assert held(made) == made
    if not NUMBER_PHRASE.search(plain(runs)):
        assert made is runs


def test_phrases_of_a_slide_are_kept_wherever_they_stand() -> None:
    phrase = "9 of 50"
    body = (bullets(phrase), para(phrase), Box("plain", (para(phrase),)))
    one = slide("Title and Content", f"{phrase} responded", source=f"Seen in {phrase}.", body=body)
    two = slide("Title and Content", "What was seen", body=(table(2, text=phrase),))
    package = Presentation(io.BytesIO(render_deck(deck(one, two), Theme())))
    said = "\n".join(held_slide(each).words() for each in (one, two))
    assert said.count(phrase.replace(" ", HARD)) == 5 + 6
    assert phrase not in said
    texts = [run.text for shown in package.slides for run in shown.element.iter(qn("a:t"))]
    assert not any(phrase in text for text in texts)
    assert sum(phrase.replace(" ", HARD) in text for text in texts) == 5 + 6
    notes = [shown.notes_slide.notes_text_frame.text for shown in package.slides]
    assert phrase in notes[0]
