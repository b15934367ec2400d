"""Percentages and rates of people: whatever is rounded, some are never none and not all are never all."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_results import result
from thoroughness import examples
from topic_samples import locale

from handouts.compose.numbers import Formatter
from handouts.compose.share import WHOLES, Rate, Share
from handouts.compose.word_formats import FORMATS, NumberWords, Reached, UnusableValueError, plainly

ENGLISH = NumberWords(Formatter(locale("en").formats), "en", locale("en").units, {})
COUNTED = st.integers(1, 10_000_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
NEAR_AN_END = st.integers(1_000, 10_000_000).flatmap(
    lambda of: st.tuples(st.sampled_from((0, 1, 2, 5, of - 5, of - 1, of)), st.just(of))
)
PUBLISHED = st.decimals(0, 100, places=3)


@settings(max_examples=examples(400))
@given(COUNTED | NEAR_AN_END, st.none() | st.integers(0, 6))
def test_a_percentage_is_0_of_none_and_100_of_all_alone(counted: tuple[int, int], places: int | None) -> None:
    count, of = counted
    percent = Share(count, of, None).percent(places)
    assert (percent == 0) == (count == 0)
    assert (percent == 100) == (count == of)
    decimals = -int(percent.as_tuple().exponent)
    assert decimals >= (places or 0)
    assert abs(Fraction(percent) - Fraction(100 * count, of)) <= Fraction(1, 2 * 10**decimals)


@settings(max_examples=examples(400))
@given(COUNTED | NEAR_AN_END, st.sampled_from(WHOLES))
def test_a_rate_is_true_of_its_count(counted: tuple[int, int], whole: int) -> None:
    count, of = counted
    rate, exact = Share(count, of, None).per(whole), Fraction(count * whole, of)
    assert (rate.said == "none") == (count == 0)
    match rate.said:
        case "none":
            assert ENGLISH.rate(rate, of).startswith("none\N{NO-BREAK SPACE}of")
        case "fewer than":
            assert (rate.count, exact < Fraction(1, 2)) == (1, True)
        case "more than":
            assert (rate.count, exact < whole) == (whole - 1, True)
            assert exact >= whole - Fraction(1, 2)
        case "exactly":
            assert 0 < rate.count <= whole
            assert (rate.count == whole) == (count == of)
            assert abs(rate.count - exact) <= Fraction(1, 2)


@settings(max_examples=examples(200))
@given(PUBLISHED, st.sampled_from(WHOLES), st.none() | st.integers(0, 6))
def test_a_published_percentage_says_neither_none_nor_all(percent: Decimal, whole: int, places: int | None) -> None:
    share = Share(None, 50, percent)
    assert share.per(whole).said != "none"
    assert share.per(whole).count < whole
    assert (share.percent(places) == 0) == (percent == 0)
    assert (share.percent(places) == 100) == (percent == 100)


@settings(max_examples=examples(200))
@given(COUNTED | NEAR_AN_END)
def test_words_print_no_wrong_none_and_no_wrong_all(counted: tuple[int, int]) -> None:
    count, of = counted
    assume(0 < count < of)
    view = result(count=count, n=of)
    for name in ("percent", "share"):
        at = Reached(getattr(view, name), view, name)
        for given_places in (None, 0, 1):
            for format_ in ("percent", "decimals"):
                printed = FORMATS[format_].write(ENGLISH, at, given_places)
                assert Decimal(printed.rstrip("%")) not in (0, 100)
        assert Decimal(plainly(ENGLISH, at)) not in (0, 100)
    per_100 = Reached(view.per_100, view, "per_100")
    if view.per_100 in (0, 100):
        with pytest.raises(UnusableValueError) as caught:
            plainly(ENGLISH, per_100)
        whole = Share(count, of, None).least_whole()
        assert f"per({whole})" in caught.value.instead
    else:
        assert plainly(ENGLISH, per_100) == str(view.per_100)


@pytest.mark.parametrize(
    ("share", "whole", "rate"),
    [
        (Share(9, 50, None), 100, Rate(18, 100)),
        (Share(8, 18_198, None), 100, Rate(1, 100, "fewer than")),
        (Share(8, 18_198, None), 10_000, Rate(4, 10_000)),
        (Share(1, 200, None), 100, Rate(1, 100)),
        (Share(0, 247, None), 100, Rate(0, 100, "none")),
        (Share(246, 247, None), 100, Rate(99, 100, "more than")),
        (Share(247, 247, None), 100, Rate(100, 100)),
        (Share(None, None, Decimal(26)), 100, Rate(26, 100)),
        (Share(None, None, Decimal("26.4")), 1_000, Rate(264, 1_000)),
        (Share(None, None, Decimal(0)), 100, Rate(1, 100, "fewer than")),
        (Share(None, None, Decimal(100)), 100, Rate(99, 100, "more than")),
        (Share(0, None, Decimal(0)), 100, Rate(1, 100, "fewer than")),
    ],
)
def test_rates_out_of_each_whole(share: Share, whole: int, rate: Rate) -> None:
    assert share.per(whole) == rate


def test_a_percentage_says_no_more_than_its_source() -> None:
    with pytest.raises(ValueError, match="published as 26%, which does not say how many of 1,000"):
        Share(None, 50, Decimal(26)).per(1_000)
    for whole in WHOLES:
        with pytest.raises(ValueError, match="neither a count"):
            Share(1, None, None).per(whole)


@pytest.mark.parametrize(
    ("count", "of", "whole"), [(9, 50, 100), (8, 18_198, 10_000), (17_990, 18_198, 100), (1, 10_000_000, 100_000)]
)
def test_the_least_whole_is_the_first_that_needs_no_fewer_or_more(count: int, of: int, whole: int) -> None:
    assert Share(count, of, None).least_whole() == whole
