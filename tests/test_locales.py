"""Every shipped locale says the same things, with the same places to fill."""

from __future__ import annotations

import re
from string import ascii_letters

import pytest
from topic_samples import ROOT, locale

from handouts.compose.numbers import Formatter
from handouts.model.base import AsOf, Tally

LANGUAGES = sorted(p.stem for p in (ROOT / "templates" / "locales").glob("*.yaml"))


def _places(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^}]*\}", text))


def test_english_and_spanish_are_shipped() -> None:
    assert {"en", "es"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_locale_is_named_as_its_language(language: str) -> None:
    assert locale(language).language == language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["fixed", "units"])
def test_a_locale_has_the_keys_of_english(language: str, part: str) -> None:
    assert set(getattr(locale(language), part)) == set(getattr(locale("en"), part))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_locale_has_the_places_of_english(language: str) -> None:
    ours, english = locale(language), locale("en")
    assert {key: _places(text) for key, text in ours.fixed.items()} == {
        key: _places(text) for key, text in english.fixed.items()
    }
    for name in ("day", "month", "about", "fraction", "percent", "interval", "range", "none_of", "per", "fewer_than",
                 "more_than"):  # fmt: skip
        assert _places(getattr(ours.formats, name)) == _places(getattr(english.formats, name))


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_hardly_a_word_is_left_in_english(language: str) -> None:
    same = {key for key, text in locale("en").fixed.items() if locale(language).fixed[key] == text}
    assert {key for key in same if set(locale("en").fixed[key]) & set(ascii_letters)} <= {
        "extension", "response_part", "count_of", "arm_head", "arm_result", "study_outcome", "forest_row", "p_head",
        "status_final", "count_percent", "result_n", "n_of", "short_hazard_ratio", "short_risk_ratio",
        "short_odds_ratio", "when_at_time",
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_differ(language: str) -> None:
    formats = locale(language).formats
    assert len(set(formats.months)) == len(set(formats.short_months)) == 12


def test_spanish_writes_months_in_lower_case_and_dates_with_de() -> None:
    spanish = Formatter(locale("es").formats)
    assert spanish.date(AsOf(2024, 9, 2)) == "2 de septiembre de 2024"
    assert spanish.date(AsOf(2013, about=True)) == "alrededor de 2013"
    assert spanish.tally(Tally(57, about=True)) == "alrededor de 57"
    assert all(month == month.lower() for month in locale("es").formats.months)
