"""Tables by study: what a section tells of each."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from show_samples import cells
from topic_samples import CONTENT, Change, edition_of

from handouts.compose.deck import compose_deck
from handouts.compose.edition import Edition
from handouts.compose.handout import compose_handout
from handouts.plan.blocks import Group, Paragraph, Table, statements_of
from handouts.plan.text import plain
from handouts.problems import ProblemsError

SLIDE = """<section data-layout="Table"><h2>Harms</h2>
<figure data-figure="by_study" data-section="early_harms" data-slot="table"></figure></section>"""


def test_what_is_told_of_each_study_stands_in_its_row_by_aspect_with_its_marks() -> None:
    (block,) = compose_deck(edition_of(CONTENT, "ixazomib"), {"deck.html.j2": SLIDE}).slides[0].blocks()
    rows = cells(block if isinstance(block, Table) else None)
    assert rows[0] == ["Study", "What was seen", "Peripheral neuropathy"]
    assert [row[0].partition(" (")[0] for row in rows[1:]] == [
        "Alone, twice a week", "Alone, once a week", "With two other drugs"
    ]  # fmt: skip
    assert rows[1][2] == "Infrequent; no severe case."
    assert statements_of([block]) == {"A3", "A4", "B4", "B5", "C3", "C4"}


@pytest.fixture
def both(changed: Change) -> Edition:
    """The shipped topic with its table by study in the handout, too."""
    content = changed(
        ("{section: early_harms, study:", "{section: early_harms, in: [deck], study:"),
        ("early_harms: {kind: evidence, show: by_study, in: [deck]}", "early_harms: {kind: evidence, show: by_study}"),
        ("A3: {section: {handout: early_side_effects, deck: early_harms}", "A3: {section: early_harms"),
    )
    changed(("  early_harms:\n", "  early_harms:\n    heading: Side effects\n"), file="en.yaml")
    return edition_of(content, "ixazomib")


@pytest.mark.parametrize("caption", ["", "<figcaption>What was seen</figcaption>"])
def test_a_handouts_table_has_what_patients_are_told_under_its_caption(both: Edition, caption: str) -> None:
    html = f'<figure data-figure="by_study" data-section="early_harms">{caption}</figure>'
    (block,) = compose_handout(both, {"handout.html.j2": html}).blocks
    if caption:
        assert isinstance(block, Group) and block.keep
        above, block = block.blocks
        assert isinstance(above, Paragraph) and (above.role, plain(above.runs)) == ("caption", "What was seen")
    assert isinstance(block, Table)
    assert statements_of([block]) == {"A3"}
    assert [cell for row in cells(block) for cell in row][:2] == ["Study", "What was seen"]


def test_a_section_that_tells_of_no_study_has_no_table(both: Edition) -> None:
    html = '<p>Text.</p><figure data-figure="by_study" data-section="early_harms"></figure>'
    untold = {key: one for key, one in both.topic.statements.items() if one.section_in("handout") != "early_harms"}
    edition = replace(both, topic=replace(both.topic, statements=untold))
    for one, blocks in ((both, [Paragraph, Table]), (edition, [Paragraph])):
        assert [type(block) for block in compose_handout(one, {"handout.html.j2": html}).blocks] == blocks


def test_a_table_by_study_is_of_a_section_of_evidence() -> None:
    html = '<p>Text.</p><figure data-figure="by_study" data-section="what_it_is"></figure>'
    with pytest.raises(ProblemsError, match=r"TEMPLATE04 error: .* no section of evidence is called 'what_it_is'"):
        compose_handout(edition_of(CONTENT, "ixazomib"), {"handout.html.j2": html})
