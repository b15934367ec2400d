"""QR codes have the size that the card was laid out for, and read back."""

from __future__ import annotations

import pytest
import zxingcpp
from figure_checks import assert_sound, grey
from hypothesis import given, settings
from hypothesis import strategies as st
from thoroughness import examples

from handouts.figures.qr import qr
from handouts.figures.shapes import Path

HOTLINE = "tel:+18666036628"


def test_the_hotline_is_version_two_at_level_q_with_four_modules_of_quiet_zone() -> None:
    figure = qr(HOTLINE, module=1.5, alt="QR code: call the hotline")
    assert figure.width == figure.height == pytest.approx((25 + 8) * 1.5)
    assert figure.quiet == 6
    assert figure.data == ((HOTLINE, "2-Q"),)
    assert_sound(figure)


def test_it_is_one_path_that_stays_out_of_the_quiet_zone() -> None:
    figure = qr(HOTLINE, module=1.5, alt="QR code")
    (path,) = figure.shapes
    assert isinstance(path, Path)
    assert path.fill == "black"
    numbers = [float(v) for command in path.commands for v in command[1:]]
    assert min(numbers) == figure.quiet
    assert max(numbers) == pytest.approx(figure.width - figure.quiet)


@settings(max_examples=examples(25))
@given(st.from_regex(r"tel:\+[0-9]{7,15}|https://[a-z]{3,30}\.org/[a-z0-9-]{0,40}", fullmatch=True))
def test_a_scanner_reads_what_was_encoded(data: str) -> None:
    (code,) = zxingcpp.read_barcodes(grey(qr(data, module=1, alt="QR code")))
    assert code.text == data


@pytest.mark.parametrize(("data", "module"), [("", 1), (HOTLINE, 0), ("x" * 5000, 1)])
def test_what_cannot_be_encoded_is_refused(data: str, module: float) -> None:
    with pytest.raises(ValueError, match="QR code"):
        qr(data, module=module, alt="QR code")
