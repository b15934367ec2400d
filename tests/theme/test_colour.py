"""Colour arithmetic against published figures, and shades that keep their hue."""

from __future__ import annotations

import colorsys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thoroughness import examples

from handouts.theme.colour import contrast, luminance, mixed, nearest_shade, of_luminance

COLOURS = st.from_regex(r"\A#[0-9A-F]{6}\Z")


def hue(colour: str) -> float:
    return colorsys.rgb_to_hsv(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))[0]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#FFFFFF", 21),
        # The greys next to 4.5:1 on white, as commonly published for WCAG 2.
        ("#777777", "#FFFFFF", 4.478),
        ("#767676", "#FFFFFF", 4.542),
        # One of the three primaries: (1.05) / (0.2126 + 0.05).
        ("#FF0000", "#FFFFFF", 3.998),
        ("#0000FF", "#FFFFFF", 8.592),
    ],
)
def test_contrast_is_that_of_the_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.001)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(("colour", "value"), [("#00FF00", 0.7152), ("#FF0000", 0.2126), ("#0000FF", 0.0722)])
def test_the_luminance_of_a_primary_is_its_weight(colour: str, value: float) -> None:
    assert luminance(colour) == pytest.approx(value)


def test_a_colour_is_mixed_with_another() -> None:
    assert mixed("#204060", "#FFFFFF", 0) == "#204060"
    assert mixed("#204060", "#FFFFFF", 1) == "#FFFFFF"
    assert mixed("#204060", "#000000", 0.5) == "#102030"


@given(COLOURS, st.floats(0, 1))
@settings(derandomize=True, max_examples=examples(60))
def test_a_shade_has_the_luminance_asked_for(colour: str, wanted: float) -> None:
    # One step of one channel is the most that rounding to eight bits can cost.
    assert luminance(of_luminance(colour, wanted)) == pytest.approx(wanted, abs=0.012)


@pytest.mark.parametrize("wanted", [0.05, 0.3, 0.6])
def test_a_shade_keeps_its_hue(wanted: float) -> None:
    assert hue(of_luminance("#0A527C", wanted)) == pytest.approx(hue("#0A527C"), abs=0.01)


def test_the_nearest_shade_that_passes_is_the_colour_itself_where_it_passes() -> None:
    assert nearest_shade("#123456", lambda _: True) == "#123456"
    assert nearest_shade("#123456", lambda _: False) is None


def test_the_nearest_shade_that_passes_is_no_darker_than_it_must_be() -> None:
    found = nearest_shade("#4E93BB", lambda shade: contrast(shade, "#FFFFFF") >= 4.5)
    assert found is not None
    assert 4.5 <= contrast(found, "#FFFFFF") < 4.6
    assert hue(found) == pytest.approx(hue("#4E93BB"), abs=0.01)
