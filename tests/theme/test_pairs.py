"""The table of pairs is what is drawn: the pixels of real pages, cards and figures have no other, and each of them."""

from __future__ import annotations

from collections import Counter

import pytest
from figure_samples import figures, page_of
from msgspec.structs import replace
from role_map import ROLES, Meetings, coded, meetings
from topic_samples import CONTENT, ROOT, shipped_plans

from handouts.files.workspace import Workspace
from handouts.render.pdf.card import render_card
from handouts.render.pdf.handout import render_handout
from handouts.render.pdf.layout.containers import LOOKS
from handouts.theme.pairs import FIXED, SURFACES, TEXT, TOUCHING, Pair, pairs
from handouts.theme.schema import Theme
from handouts.theme.sheet import Sheet

THEME = coded(Theme())
DECK_ALONE = {("accent_mid", "ink"), ("caution_tint", "link")}
"""Drawn in the deck, which a slow test looks at."""
ONLY_IN_OTHER_TOPICS = {("accent_tint", "rule"), ("caution_tint", "rule"), ("paper", "rule")}
"""Rules between the rows of a table, on the page or in a box: the shipped handout has no table."""


def listed(found: tuple[Pair, ...]) -> set[frozenset[str]]:
    return {frozenset((role, pair.back)) for pair in found for role in pair.front}


KNOWN = listed(tuple(pairs(Theme()))) | {frozenset(entry[:2]) for entry in TOUCHING}


@pytest.fixture(scope="module")
def drawn() -> Meetings:
    """What meets in the shipped handout and card, and in every figure in all its states."""
    plans = shipped_plans("ixazomib")
    sheet = Workspace(CONTENT, ROOT / "templates").named("sheets", "avery-5371", Sheet)
    found: Meetings = Counter()
    found += meetings(render_handout(plans.handout, THEME, "letter"))
    found += meetings(render_card(plans.card, THEME, sheet))
    for figure in figures().values():
        found += meetings(page_of(figure, THEME), range(1))
    return found


def test_no_two_roles_meet_that_the_table_does_not_have(drawn: Meetings) -> None:
    assert {tuple(sorted(pair)) for pair in drawn.keys() - KNOWN} == set()


def test_every_pair_of_the_table_is_drawn_somewhere(drawn: Meetings) -> None:
    fixed = listed(tuple(pair for pair in FIXED if len(pair.front) == 1))
    assert {tuple(sorted(pair)) for pair in fixed - drawn.keys()} == DECK_ALONE | ONLY_IN_OTHER_TOPICS


def test_the_map_of_roles_sees_a_pair_that_is_not_in_the_table() -> None:
    scale = THEME.handout.scale
    odd = replace(scale, h1=replace(scale.h1, colour="accent_mid"))
    theme = replace(THEME, handout=replace(THEME.handout, scale=odd))
    found = meetings(render_handout(shipped_plans("ixazomib").handout, theme, "letter"), range(1))
    assert frozenset(("accent_mid", "paper")) in found.keys() - KNOWN


def test_the_roles_of_the_table_are_roles() -> None:
    assert {role for pair in KNOWN for role in pair} <= set(ROLES)


def test_boxes_are_filled_with_what_the_table_calls_a_surface() -> None:
    assert {look.fill for look in LOOKS.values() if look.fill and not look.text} <= set(SURFACES)


def test_boxes_with_a_text_colour_of_their_own_are_in_the_table() -> None:
    asked = {(pair.front, pair.back): pair.least for pair in FIXED}
    reversed_out = [look for look in LOOKS.values() if look.text]
    assert reversed_out
    for look in reversed_out:
        assert asked[(str(look.text),), str(look.fill)] >= TEXT


def test_a_pair_that_needs_no_contrast_is_not_asked_for_any() -> None:
    asked = {frozenset((pair.front[0], pair.back)) for pair in FIXED if len(pair.front) == 1}
    assert [entry for entry in TOUCHING if frozenset(entry[:2]) in asked] == []
