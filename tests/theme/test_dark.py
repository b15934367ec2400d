"""On a dark screen every pair of colours can be told apart: of the shipped themes, and in the colours of any clinic."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from topic_samples import CONTENT, ROOT

from handouts.files.workspace import Workspace
from handouts.model.clinic import ClinicColours
from handouts.theme.colour import contrast, luminance
from handouts.theme.contrast import REVERSED, demands
from handouts.theme.dark import dark, dark_demands, glowing, unmet_in_the_dark
from handouts.theme.legible import legible
from handouts.theme.pairs import pairs
from handouts.theme.schema import Theme
from handouts.theme.shades import dressed

THEMES = {
    name: legible(Workspace(CONTENT, ROOT / "templates").loaded("themes", name, Theme))
    for name in ("default", "high-contrast", "large-print")
}
COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}")


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_pair_of_a_shipped_theme_is_apart(theme: Theme) -> None:
    shaded = dark(theme)
    for pair in pairs(shaded):
        best = max(contrast(shaded.colours.of(front), shaded.colours.of(pair.back)) for front in pair.front)
        assert best >= pair.least, pair
    assert luminance(shaded.colours.paper) < 0.02 < luminance(shaded.colours.ink)
    assert {one.code for one in demands(shaded)} - {one.code for one in dark_demands(shaded)} == {REVERSED}


@given(st.sampled_from(sorted(THEMES)), COLOURS, COLOURS)
def test_so_it_is_in_the_colours_of_any_clinic(name: str, accent: str, caution: str) -> None:
    assert not unmet_in_the_dark(dark(dressed(THEMES[name], ClinicColours(accent=accent, caution=caution))))


@given(COLOURS, st.floats(0, 1))
def test_a_shade_is_as_light_as_asked(colour: str, wanted: float) -> None:
    # A step of one channel is the least that there is: among light greens 0.012.
    assert luminance(glowing(colour, wanted)) == pytest.approx(wanted, abs=0.012)


def test_a_style_whose_colour_is_lost_is_set_in_ink() -> None:
    theme = THEMES["default"]
    scale = replace(theme.handout.scale, h2=replace(theme.handout.scale.h2, colour="accent_mid"))
    shaded = dark(replace(theme, handout=replace(theme.handout, scale=scale)))
    assert shaded.handout.scale.h2.colour == "ink" and not unmet_in_the_dark(shaded)
