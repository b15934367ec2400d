"""Documents of old information say so where their readers look, and those of young information say its date alone."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from topic_samples import CONTENT, ROOT, edition_of

from handouts.compose.card import compose_card
from handouts.compose.deck import compose_deck
from handouts.compose.edition import Edition
from handouts.compose.handout import compose_handout
from handouts.files.workspace import Workspace
from handouts.model.base import AsOf

TEMPLATES = Workspace(CONTENT, ROOT / "templates").templates()
PATIENT = "Information from {}. Ask your care team what is new."
CLINICIAN = "Information from {}. Look for newer sources."


def _edition(as_of: AsOf, today: date) -> Edition:
    edition = edition_of(CONTENT, "ixazomib")
    return replace(edition, topic=replace(edition.topic, as_of=as_of), today=today)


def _without_newer(edition: Edition) -> Edition:
    """The same where no section tells what has changed."""
    sections = {key: replace(one, tone=None) for key, one in edition.topic.sections.items()}
    return replace(edition, topic=replace(edition.topic, sections=sections))


def _of_one_age(edition: Edition) -> Edition:
    """The same where no source is younger than the main one, so that all is as old as that."""
    topic = edition.topic
    younger = {
        key: replace(one, as_of=topic.as_of)
        for key, one in topic.sources.items()
        if isinstance(one.as_of, AsOf) and one.as_of.year >= topic.as_of.year
    }
    return replace(edition, topic=replace(topic, sources={**topic.sources, **younger}))


@pytest.mark.parametrize(
    ("as_of", "today", "since"),
    [
        (AsOf(2013, about=True), date(2026, 3, 31), "about 2013"),
        (AsOf(2024, 2), date(2026, 3, 31), "February 2024"),
        # Young itself, but three sources are past their next check; the oldest is named.
        (AsOf(2026, 3), date(2027, 4, 1), "20 November 2015"),
    ],
)
def test_old_information_says_so_on_all_three_documents(as_of: AsOf, today: date, since: str) -> None:
    edition = _without_newer(_edition(as_of, today))
    assert PATIENT.format(since) in compose_handout(edition, TEMPLATES).words()
    assert PATIENT.format(since) in compose_card(edition, TEMPLATES).words()
    assert CLINICIAN.format(since) in compose_deck(_of_one_age(edition), TEMPLATES).slides[0].words()


def test_a_cover_over_younger_sources_leaves_their_ages_to_the_foot_and_the_second_slide() -> None:
    deck = compose_deck(_edition(AsOf(2013, about=True), date(2026, 3, 31)), TEMPLATES)
    assert "Look for newer sources" not in deck.slides[0].words()
    assert "not checked since" in deck.slides[1].words()
    assert "about 2013; changes to December 2025" in deck.footer


def test_a_main_source_is_dated_where_what_has_changed_since_is_told() -> None:
    handout = compose_handout(_edition(AsOf(2013, about=True), date(2026, 3, 31)), TEMPLATES)
    assert "What has changed since about 2013 (to March 2024)" in handout.words()
    assert "MMRF, about 2013" in handout.footer.left
    assert "Ask your care team what is new" not in handout.words()


@pytest.mark.parametrize("as_of", [AsOf(2013, about=True), AsOf(2026, 3)])
def test_what_has_changed_is_told_to_be_old_when_its_own_sources_are(as_of: AsOf) -> None:
    edition = _edition(as_of, date(2027, 4, 1))
    assert PATIENT.format("20 November 2015") in compose_handout(edition, TEMPLATES).words()


def test_young_information_gives_its_date_and_no_warning() -> None:
    edition = _edition(AsOf(2026, 1), date(2026, 3, 31))
    assert "Information from" not in compose_handout(edition, TEMPLATES).words()
    assert "Information from January 2026. Version 31 March 2026" in compose_card(edition, TEMPLATES).words()
    assert "Look for newer" not in compose_deck(edition, TEMPLATES).words()
