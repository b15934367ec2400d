"""A clinic's colours: taken as they are where they can be read, refused at their line where not, the rest derived."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from thoroughness import examples
from topic_samples import ROOT

from handouts.model.clinic import Clinic
from handouts.model.load import Loaded, load
from handouts.problems import ProblemsError, told_once
from handouts.theme.brand import branded
from handouts.theme.colour import contrast, luminance
from handouts.theme.contrast import unmet
from handouts.theme.schema import Colours, Theme

HEX = st.from_regex(r"\A#[0-9A-F]{6}\Z")
HIGH = load("high.yaml", (ROOT / "templates" / "themes" / "high-contrast.yaml").read_bytes(), Theme).value
BRANDS = ["#0B5C8A", "#C8102E", "#8A1538", "#6F2DA8", "#1F5F4A", "#005EB8", "#000000", "#7A4B00"]


def clinic(**given: str) -> Loaded[Clinic]:
    lines = "".join(f'  {key}: "{value}"\n' for key, value in given.items())
    return load("clinic.yaml", f"schema_version: 1\nname: Example\n{'colours:' if given else ''}\n{lines}", Clinic)


def refused(**given: str) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        branded(Theme(), clinic(**given))
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("theme", [Theme(), HIGH], ids=["standard", "high"])
def test_without_colours_the_theme_stays_as_it_is(theme: Theme) -> None:
    assert branded(theme, clinic()) == theme


@pytest.mark.parametrize("accent", BRANDS)
def test_one_legible_colour_is_enough(accent: str) -> None:
    colours = branded(Theme(), clinic(accent=accent)).colours
    assert colours.accent == accent
    assert not unmet(Theme(colours=colours))
    for role in ("ink", "muted", "paper", "rule", "faint", "caution", "caution_tint"):
        assert colours.of(role) == Colours().of(role), "text, greys and the caution stay those of the theme"


@pytest.mark.parametrize("accent", BRANDS)
def test_tints_are_as_light_as_those_of_the_theme(accent: str) -> None:
    colours = branded(Theme(), clinic(accent=accent)).colours
    for role in ("accent_tint", "accent_soft"):
        assert luminance(colours.of(role)) == pytest.approx(luminance(Colours().of(role)), abs=0.01)
    assert luminance(colours.accent) < luminance(colours.accent_mid) < luminance(colours.accent_soft)


def test_links_are_darker_than_a_colour_that_only_headings_can_be_read_in() -> None:
    colours = branded(Theme(), clinic(accent="#C8102E")).colours
    assert contrast(colours.accent, colours.accent_tint) < 7 <= contrast(colours.link, colours.accent_tint)


def test_a_pale_colour_is_refused_with_its_line_the_pairs_and_a_legible_shade() -> None:
    said = refused(accent="#E87722")
    assert len(said) > 3
    assert all(line.startswith("clinic.yaml:4:11: THEME01 error: ") for line in said)
    assert any("accent #E87722 on paper #FFFFFF has a contrast of 2.96:1, it needs 4.5:1" in line for line in said)
    with pytest.raises(ProblemsError) as caught:
        branded(Theme(), clinic(accent="#E87722"))
    assert len(list(told_once(caught.value.problems))) == 1, "one colour is one mistake"
    (shade,) = {match[1] for line in said for match in [re.search(r'write accent: "(#\w{6})"', line)] if match}
    assert branded(Theme(), clinic(accent=shade)).colours.accent == shade


def test_a_caution_of_ones_own_is_judged_at_its_own_line() -> None:
    assert branded(Theme(), clinic(caution="#7A0000")).colours.caution_tint != Colours().caution_tint
    said = refused(accent="#005EB8", caution="#FFC000")
    assert said
    assert all(line.startswith("clinic.yaml:5:12: ") and "caution" in line for line in said)


def test_in_high_contrast_a_darker_shade_is_taken() -> None:
    colours = branded(HIGH, clinic(accent="#C8102E")).colours
    assert contrast(colours.accent, "#FFFFFF") >= 7 > contrast("#C8102E", "#FFFFFF")
    assert not unmet(replace(HIGH, colours=colours))


@given(HEX)
@settings(derandomize=True, max_examples=examples(12))
def test_any_colour_is_legible_or_refused_with_one_that_is(accent: str) -> None:
    try:
        theme = branded(Theme(), clinic(accent=accent))
    except ProblemsError as bad:
        (shade,) = {match[1] for match in re.finditer(r'write accent: "(#\w{6})"', str(bad))}
        theme = branded(Theme(), clinic(accent=shade))
    assert not unmet(theme)
    assert not unmet(branded(HIGH, clinic(accent=theme.colours.accent)))


@pytest.mark.parametrize("given", ["accent: blue", 'accent: "#FFF"', 'ink: "#000000"'])
def test_what_is_no_colour_of_a_clinic_is_refused(given: str) -> None:
    with pytest.raises(ProblemsError, match=r"clinic.yaml:4:\d+: SCHEMA0[15] error"):
        load("clinic.yaml", f"schema_version: 1\nname: Example\ncolours:\n  {given}\n", Clinic)
