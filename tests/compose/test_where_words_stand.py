"""Words keep where they stand on their way into plans: in drawings, alt texts, fixed words and names of responses."""

from __future__ import annotations

import pytest
from topic_samples import CONTENT, FOLDERS, Plans, edition_of

from handouts.compose.context import Context
from handouts.compose.deck import compose_deck
from handouts.compose.edition import Edition
from handouts.model.leaves import leaves
from handouts.plan.blocks import FigureBlock, Paragraph, walk
from handouts.plan.text import Runs, plain
from handouts.problems import Origin

SLIDE = '<section data-layout="Blank"><h2>Slide</h2><p>{}</p></section>'
CHOSEN = "(studies | selectattr('id', 'eq', 'weekly') | first).orr_chosen_dose"
SAID = "fixed('response_part', category=named('rash'), count='25% with a<b')"


@pytest.fixture
def edition() -> Edition:
    return edition_of(CONTENT, "ixazomib")


def _printed(edition: Edition, expression: str) -> Runs:
    """The runs that an expression prints."""
    deck = compose_deck(edition, {"deck.html.j2": SLIDE.format(f"{{{{ {expression} }}}}")})
    (paragraph,) = [block for block in deck.slides[0].blocks() if isinstance(block, Paragraph)]
    return paragraph.runs


def _place(edition: Edition, *path: str | int) -> Origin:
    return edition.words_document.origin(path)


def test_a_phrase_in_a_fixed_word_keeps_its_place_and_the_rest_has_none(edition: Edition) -> None:
    runs = _printed(edition, SAID)
    assert [(run.text, run.origin) for run in runs] == [
        ("Rash", _place(edition, "names", "rash")),
        (": 25% with a<b", None),
    ]


def test_a_fixed_word_with_a_phrase_can_still_be_put_together_and_into_another(edition: Edition) -> None:
    for expression in (f"'<' ~ {SAID} ~ '>'", f"fixed('response_part', category={SAID}, count='<&>')"):
        runs = _printed(edition, expression)
        assert [run.origin for run in runs if run.text == "Rash"] == [_place(edition, "names", "rash")]
        assert "a<b" in plain(runs) and "&lt;" not in plain(runs) and "<" in plain(runs).replace("a<b", "")


def test_the_name_of_a_result_keeps_the_places_of_its_outcome_and_subgroup(edition: Edition) -> None:
    runs = _printed(edition, f"label({CHOSEN})")
    assert [(run.text, run.origin) for run in runs] == [
        ("ORR", _place(edition, "names", "orr_chosen_dose", "clinician")),
        (", ", None),
        ("at the dose for further study", _place(edition, "names", "chosen_dose", "clinician")),
    ]


def test_figures_carry_the_words_that_they_show_or_say(plans: Plans, topic_id: str) -> None:
    edition = edition_of(FOLDERS[topic_id], topic_id)
    words = Context(edition, "handout").words
    drawn = [block for block in walk(plans.handout.blocks) if isinstance(block, FigureBlock)]
    drawn += [block for slide in plans.deck.slides for block in walk(slide.blocks()) if isinstance(block, FigureBlock)]
    said: dict[str, set[Origin]] = {}
    for block in drawn:
        said.setdefault(block.figure.kind, set()).update(run.origin for run in block.said if run.origin)
        assert all(run.text in block.figure.alt or block.figure.kind == "picture" for run in block.said)
    shown = {one.origin for path, one in leaves(words["pictures"]) if path[-1] != "caption"}
    assert said.get("picture", set()) == shown
    assert said.get("timeline", set()) == {_place(edition, "timeline", key) for key in words["timeline"]}
    if edition.topic.studies:
        assert said["icon_array"] == {_place(edition, "names", "orr", "patient")}
        assert _place(edition, "names", "orr", "clinician") in said["rates"]
    assert not said.get("qr")
    known = [phrase for part in ("names", "studies", "pictures", "timeline") for _, phrase in leaves(words[part] or {})]
    assert set().union(*said.values()) <= {phrase.origin for phrase in known if phrase}
