"""The eyes that the tests of figures borrow see what such eyes see."""

from __future__ import annotations

import pytest
from theme_samples import apart
from vision import SIGHTS, difference


def test_white_and_grey_look_the_same_to_all() -> None:
    for see in SIGHTS.values():
        for value in (0, 90, 255):
            assert max(abs(channel - value) for channel in see((value, value, value))) <= 1


def test_red_and_green_are_confused_by_those_who_confuse_them() -> None:
    red, green = (200, 60, 40), (110, 120, 40)
    assert difference(red, green) > 60
    assert apart("deuteranopia", red, green) < 25
    assert apart("tritanopia", red, green) > 60


def test_differences_are_those_of_cielab() -> None:
    assert difference((0, 0, 0), (255, 255, 255)) == pytest.approx(100, abs=0.1)
    # sRGB red is L* 53.24, a* 80.09, b* 67.20.
    assert difference((255, 0, 0), (0, 0, 0)) == pytest.approx((53.24**2 + 80.09**2 + 67.20**2) ** 0.5, abs=0.1)
