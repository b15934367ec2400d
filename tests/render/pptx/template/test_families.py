"""Fonts are known by the names that presentations have for them, and measured no narrower or lower than they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thoroughness import examples
from topic_samples import shipped_plans

from handouts.plan.blocks import runs_of
from handouts.render.pptx.template.families import SAFETY, TALLEST, WIDEST, family
from handouts.render.pptx.template.known_families import GUESSED, MEASURED, SAME
from handouts.render.pptx.template.metrics import metrics
from handouts.theme import truetype
from handouts.theme.fonts import family as face_of

OF_HOSPITALS = (
    "Aptos", "Aptos Display", "Aptos Narrow", "Grandview", "Bierstadt", "Tenorite", "Seaford", "Skeena", "Segoe UI",
    "Segoe UI Semilight", "Open Sans", "Noto Sans", "Source Sans Pro", "Source Sans 3", "Poppins", "Montserrat", "Lato",
    "Roboto", "Inter", "Gill Sans MT", "Century Gothic", "Franklin Gothic Book", "Franklin Gothic Medium",
    "Trebuchet MS", "Verdana", "Tahoma", "Corbel", "Candara", "Calibri", "Calibri Light", "Cambria", "Constantia",
    "Garamond", "Georgia", "Palatino Linotype", "Book Antiqua", "Century", "Rockwell", "Avenir Next LT Pro", "Frutiger",
    "Univers", "Helvetica Neue", "Myriad Pro", "Neue Haas Grotesk Text Pro", "Proxima Nova", "Gotham", "Futura",
    "Museo Sans", "Arial Narrow", "Nunito", "Nunito Sans", "PT Sans", "Ubuntu", "Work Sans", "IBM Plex Sans",
    "Fira Sans", "DM Sans", "Manrope", "Figtree", "Plus Jakarta Sans", "Barlow", "Rubik", "Raleway", "Mulish", "Karla",
    "Cabin", "Titillium Web", "Oswald", "Roboto Condensed", "Playfair Display", "Merriweather", "Lora", "EB Garamond",
    "Tw Cen MT", "Bookman Old Style", "Lucida Sans", "Microsoft YaHei", "Meiryo", "Yu Gothic", "MS Gothic",
    "MS PGothic", "SimSun", "Malgun Gothic", "Times New Roman", "Arial",
)  # fmt: skip


@pytest.mark.parametrize("name", OF_HOSPITALS)
def test_a_family_that_hospitals_use_is_known(name: str) -> None:
    found = family(name)
    assert found.known and found.name == name
    assert 0.7 < found.regular < 1.35 and 0.7 < found.strong < 1.35
    assert 1 <= found.line <= 1.6


def test_each_family_of_the_tables_is_found_by_its_name() -> None:
    assert not MEASURED.keys() & GUESSED.keys()
    for name, (regular, strong, line) in (MEASURED | GUESSED).items():
        found = family(name.title())
        assert found.known and found.line == line, name
        assert found.regular >= regular * SAFETY and found.strong >= strong * SAFETY, name
    for name, other in SAME.items():
        assert other in MEASURED or other in GUESSED, name
        assert family(name).line == family(other).line


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("OpenSans-Regular", "Open Sans"),
        ("SourceSansPro-Light", "Source Sans Pro"),
        ("IBMPlexSans", "IBM Plex Sans"),
        ("HelveticaNeueLT Std", "Helvetica Neue"),
        ("Helvetica Neue LT Std 55 Roman", "Helvetica Neue"),
        ("Frutiger LT 45 Light", "Frutiger"),
        ("MuseoSans-300", "Museo Sans"),
        ("ProximaNova-Regular", "Proxima Nova"),
        ("Avenir Next LT Pro Light", "Avenir Next"),
        ("Segoe UI Variable Display", "Segoe UI"),
        ("Noto Sans Display Light", "Noto Sans"),
        ("Nunito Sans 7pt", "Nunito Sans"),
        ("  open  sans ", "Open Sans"),
        ("ＭＳ Ｐゴシック", "MS PGothic"),
        ("メイリオ", "Meiryo"),
        ("微软雅黑", "Microsoft YaHei"),
        ("맑은 고딕", "Malgun Gothic"),
        ("游ゴシック Light", "Yu Gothic"),
    ],
)
def test_a_name_says_more_than_the_family(name: str, same: str) -> None:
    found, other = family(name), family(same)
    assert found.known
    assert (found.faces, found.regular, found.strong, found.line) == (
        other.faces, other.regular, other.strong, other.line,
    )  # fmt: skip


TEXT = "6 of 46 responded (13%, 95% CI 4.9–26.3): Rash, Nausea and Thrombocytopenia"


@pytest.mark.parametrize("name", ["Open Sans", "Segoe UI", "Aptos", "Gotham", "Arial", "Clinic Grotesk"])
def test_a_heavier_face_is_as_wide_as_its_letters(name: str) -> None:
    plain, strong = metrics(name).width(TEXT, 20), metrics(name).width(TEXT, 20, strong=True)
    for light in ("Light", "Book", "Regular", "SemiLight", "Thin", "Extra Light"):
        assert metrics(f"{name} {light}").width(TEXT, 20) == pytest.approx(plain, rel=0.031)
    assert plain < metrics(f"{name} Medium").width(TEXT, 20)
    for bold in ("SemiBold", "Semi Bold", "Demi", "Bold", "600", "700"):
        assert metrics(f"{name} {bold}").width(TEXT, 20) >= strong
    for heavy in ("ExtraBold", "Extra Bold", "Black", "Heavy", "800", "900"):
        if f"{name} {heavy}" != "Arial Black":
            assert metrics(f"{name} {heavy}").width(TEXT, 20) > strong
        assert metrics(f"{name} {heavy}").width(TEXT, 20, strong=True) >= metrics(f"{name} {heavy}").width(TEXT, 20)
    assert metrics(f"{name} Expanded").width(TEXT, 20) > plain * 1.2


def test_names_that_begin_as_a_family_does_are_others() -> None:
    assert not family("Segoe Script").known
    assert not family("Roboto Serif Pro").known
    assert family("Roboto Slab").regular > family("Roboto").regular
    assert family("Century Gothic").regular > family("Century").regular
    assert family("Arial Black").regular > family("Arial").regular * 1.2


def test_letters_of_one_width_are_as_wide_as_courier_s() -> None:
    for name in ("Aptos Mono", "Roboto Mono", "Consolas", "Lucida Console", "FiraCode", "Clinic Typewriter"):
        assert metrics(name).width("iiii", 10) == metrics(name).width("WWWW", 10) >= 4 * 6


@given(st.text(max_size=60))
@settings(max_examples=examples(300))
def test_whatever_the_name_it_is_measured(name: str) -> None:
    found = family(name)
    if not found.known:
        assert found.line == TALLEST
        assert metrics(name).width(TEXT, 20) >= metrics("Arial").width(TEXT, 20) * WIDEST
    assert metrics(name).line >= 1.2


def test_signs_of_chinese_japanese_and_korean_are_as_wide_as_they_are_high_in_a_narrow_font_too() -> None:
    for name in ("Calibri", "Oswald", "Arial", "Meiryo"):
        assert metrics(name).width("骨髄腫", 10) >= 30
        assert metrics(name).width("골수종", 10) >= 30


def _texts() -> list[str]:
    slides = shipped_plans("ixazomib").deck.slides
    texts = {run.text for one in slides for run in (*one.title, *runs_of(one.blocks()), *one.source)}
    return sorted(text for text in texts if 25 < len(text) < 90 and re.fullmatch(r"[ -~–·’]+", text))


def _is_no_narrower(name: str, path: str, *, strong: bool) -> None:
    """Lines of a deck are hardly ever wider than they are measured; most have some percent to spare."""
    real = truetype.metrics(path)
    texts = _texts()
    assert len(texts) > 40
    ratios = sorted(
        metrics(name).width(text, 1, strong=strong) / sum(real.widths[ord(char)] / 1000 for char in text)
        for text in texts
    )
    assert ratios[0] > 0.97 and ratios[len(ratios) // 10] > 1
    assert ratios[len(ratios) // 2] < 1.06
    assert metrics(name).line >= (real.ascent - real.descent) / 1000


def test_an_average_width_measures_the_lines_of_a_deck() -> None:
    faces = face_of("Atkinson Hyperlegible")
    _is_no_narrower("Atkinson Hyperlegible", faces.regular.path, strong=False)
    _is_no_narrower("Atkinson Hyperlegible", faces.strong.path, strong=True)


_MACHINE = Path("/usr/share/fonts/truetype")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Calibri", "crosextra/Carlito"),
        ("DejaVu Sans", "dejavu/DejaVuSans"),
        ("Arial Narrow", "liberation/LiberationSansNarrow"),
    ],
)
def test_fonts_of_the_machine_are_measured_as_they_are(name: str, file: str) -> None:
    faces = [next((p for p in (_MACHINE / f"{file}{end}.ttf" for end in ends) if p.exists()), None)
             for ends in (("", "-Regular"), ("-Bold",))]  # fmt: skip
    if None in faces:
        pytest.skip(f"{file} is not on this machine")
    for face, strong in zip(faces, (False, True), strict=True):
        _is_no_narrower(name, str(face), strong=strong)


def test_lines_of_tall_and_of_unknown_fonts_are_set_closer_than_they_come() -> None:
    for name in ("Open Sans", "Poppins", "Meiryo", "Clinic Grotesk"):
        assert metrics(name).closed and metrics(name).pitch() == 1.2 < metrics(name).line
        assert metrics(name).pitch(1.5) == pytest.approx(1.8)
        assert 1.0 < metrics(name).pitch(0.9) <= 1.2
    for name in ("Arial", "Calibri", "Aptos", "Times New Roman"):
        assert not metrics(name).closed
        assert metrics(name).pitch(0.9) == metrics(name).line * 0.9
