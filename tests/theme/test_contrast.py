"""A theme that cannot be read is refused when it is loaded: every pair at its line, with what to write instead."""

from __future__ import annotations

import colorsys
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thoroughness import examples
from topic_samples import ROOT

from handouts.model.load import Loaded, load
from handouts.problems import ProblemsError, told_once
from handouts.theme.colour import contrast
from handouts.theme.contrast import shown, unmet
from handouts.theme.legible import legible
from handouts.theme.pairs import BODY, BODY_STYLES, SURFACES, TEXT, pairs
from handouts.theme.schema import Colours, Scale, Theme

SHIPPED = sorted((ROOT / "templates" / "themes").glob("*.yaml"))
TINT = Colours().accent_tint
GIVEN = re.compile(r'write (\w+): "(#[0-9A-F]{6})"')


def loaded(text: str) -> Loaded[Theme]:
    return load("theme.yaml", text, Theme)


def problems(text: str) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        legible(loaded(text))
    return [str(problem) for problem in caught.value.problems]


def colours(**given: str) -> str:
    return "colours:\n" + "".join(f'  {role}: "{value}"\n' for role, value in given.items())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_theme_can_be_read(path: Path) -> None:
    theme = legible(load(path.name, path.read_bytes(), Theme))
    assert theme.name == path.stem
    for document in (theme.handout, theme.card):
        for name in Scale.__struct_fields__:
            colour = theme.colours.of(document.scale.of(name).colour)
            least = min(contrast(colour, theme.colours.of(back)) for back in ("paper", "accent_tint"))
            assert least >= (BODY if name in BODY_STYLES or theme.contrast == "high" else TEXT), name


def test_a_message_has_the_line_the_pair_both_colours_both_ratios_and_what_to_write() -> None:
    said = problems(colours(ink="#1A1A1A", muted="#8A9099"))
    assert said[0] == (
        "theme.yaml:3:10: THEME01 error: muted #8A9099 on accent_tint #E3EFF6 has a contrast of 2.74:1, it needs 4.5:1 "
        '(handout eyebrow, handout caption, handout note, handout source, and 8 more); write muted: "#686C73" (4.5:1)'
    )


def test_all_pairs_are_told_at_once() -> None:
    said = problems(colours(accent="#7FB8D8", rule="#C8CCD2", caution="#E8A070"))
    assert [line.split(":")[1] for line in said] == sorted(line.split(":")[1] for line in said)
    for pair in ("accent #7FB8D8 on paper", "accent #7FB8D8 on accent_tint", "on_accent #FFFFFF on accent",
                 "rule #C8CCD2 on paper", "caution #E8A070 on caution_tint"):  # fmt: skip
        assert any(pair in line for line in said), pair


def test_body_text_needs_more_than_a_caption() -> None:
    grey = "#626873"  # 5.7:1 on white, 4.9:1 on the tint
    assert not unmet(loaded(colours(muted=grey)).value)
    said = problems(colours(ink=grey))
    assert any("ink #626873 on paper #FFFFFF has a contrast of 5.6" in line and "it needs 7:1" in line for line in said)


def test_a_style_that_takes_a_pale_role_is_refused_at_its_own_line() -> None:
    said = problems("handout:\n  scale:\n    body: {size: 12, leading: 16, colour: accent_mid}\n")
    assert len(said) == len(SURFACES)
    assert all(
        line.startswith("theme.yaml:3:43: THEME01 error: handout.scale.body.colour: accent_mid") for line in said
    )
    assert said[-1].endswith("it needs 7:1 (handout body); write one of: ink, muted, link, accent, caution")


def test_a_caption_may_be_quieter_than_body_text() -> None:
    quiet = colours(faint="#D5D9DE", rule="#626873")
    for style, count in (("caption", 0), ("item", len(SURFACES))):
        text = f"{quiet}card:\n  scale:\n    {style}: {{size: 8, leading: 10, colour: rule}}\n"
        assert len(unmet(loaded(text).value)) == count, style


def test_the_background_is_named_where_the_file_gives_that_alone() -> None:
    (said,) = [
        line for line in problems(colours(accent_soft="#4E86A8")) if "on accent_soft" in line and "accent #" in line
    ]
    assert said.startswith("theme.yaml:2:16: THEME01 error: accent #0A527C on accent_soft #4E86A8 has a contrast of 2.")
    assert 'write accent_soft: "#' in said


def test_a_colour_that_is_too_pale_for_many_others_is_told_once() -> None:
    with pytest.raises(ProblemsError) as caught:
        legible(loaded(colours(accent="#DDEEFF")))
    assert len(caught.value.problems) > 3
    (said,) = told_once(caught.value.problems)
    assert said.instead.startswith('write accent: "#')


def test_parts_of_a_bar_that_are_alike_in_grey_are_refused() -> None:
    # Teal and rust of about the same luminance.
    said = problems(colours(accent="#0A527C", accent_mid="#7A4A3A"))
    assert any(
        "THEME02" in line and "accent #0A527C on accent_mid #7A4A3A" in line and "1.5:1" in line for line in said
    )


def test_light_ink_on_dark_paper_is_refused() -> None:
    said = problems(colours(ink="#FFFFFF", paper="#101010"))
    (line,) = [line for line in said if "THEME03" in line]
    assert line.endswith("is light on dark; QR codes and copies need dark on light; give ink the darker of the two")


def test_high_contrast_asks_for_more_of_the_same_colours() -> None:
    assert not unmet(Theme())
    assert {pair.least for pair in pairs(Theme())} == {3, 4.5, 7}
    assert {pair.least for pair in pairs(Theme(contrast="high"))} == {4.5, 7}
    assert any("rule" in one.pair.front for one in unmet(Theme(contrast="high")))


def test_what_a_theme_leaves_out_of_its_hue_follows_from_its_accent() -> None:
    green = legible(loaded(colours(accent="#1F5F4A", accent_soft="#A9CBE0"))).colours
    hues = {role: colorsys.rgb_to_hsv(*(int(green.of(role)[i : i + 2], 16) / 255 for i in (1, 3, 5)))[0]
            for role in ("accent", "link", "accent_tint", "accent_mid")}  # fmt: skip
    assert all(hue == pytest.approx(hues["accent"], abs=0.03) for hue in hues.values())
    assert green.accent_soft == "#A9CBE0", "what the file gives stays"
    assert legible(loaded(colours(caution="#7A0000"))).colours.caution_tint != Colours().caution_tint


def test_a_ratio_is_never_rounded_up() -> None:
    assert [shown(ratio) for ratio in (4.499, 4.5, 7.0, 2.999)] == ["4.49:1", "4.5:1", "7:1", "2.99:1"]


def test_the_schema_still_tells_what_is_no_colour() -> None:
    with pytest.raises(ProblemsError, match=r"theme.yaml:2:11: SCHEMA05"):
        loaded("colours:\n  accent: blue\n")


def test_the_advised_colour_is_not_the_one_that_stands_there() -> None:
    # The tint that follows from it is a shade of the shipped one, so that its contrast is just below the limit.
    (said,) = problems(colours(accent="#D00080"))
    assert said.startswith(
        "theme.yaml:2:11: THEME01 error: accent #D00080 on accent_tint #FBE8F4 has a contrast of 4.49"
    )
    assert said.endswith('write accent: "#CF007F" (4.53:1)')
    assert not unmet(legible(loaded(colours(accent="#CF007F"))))


def test_a_role_that_no_shade_can_mend_is_left_out() -> None:
    # No grey is far enough from this middle shade and from the white of what is empty.
    given = {"accent_mid": "#FAAA32", "accent_soft": "#B4F139"}
    first, second = problems(colours(**given))
    assert first.endswith('write accent_mid: "#D8932B" (1.51:1)')
    assert second.endswith("no shade of accent_soft is far enough from all that it meets; leave accent_soft out")


ROLES = st.sampled_from([role for role in Colours.__struct_fields__ if role != "on_accent"])
HEX = st.from_regex(r"\A#[0-9A-F]{6}\Z")


@given(st.dictionaries(ROLES, HEX, min_size=1, max_size=3), st.sampled_from(["standard", "high"]))
@settings(derandomize=True, max_examples=examples(25), deadline=None)
def test_who_follows_all_of_the_advice_has_a_theme_that_can_be_read(given: dict[str, str], level: str) -> None:
    try:
        legible(loaded(f"contrast: {level}\n{colours(**given)}"))
    except ProblemsError as bad:
        advice = [problem.instead for problem in bad.problems]
    else:
        return
    said = {match[1]: match[2] for text in advice for match in GIVEN.finditer(text)}
    assert not said.items() & given.items(), "what stands there is no advice"
    left_out = {match[1] for text in advice for match in re.finditer(r"leave (\w+) out", text)}
    kept = {role: colour for role, colour in given.items() if role not in left_out} | said
    # Beside an ink or paper of the wrong kind, there may be nothing that one role alone can do.
    if not any(text.endswith(" too") for text in advice):
        assert not unmet(legible(loaded(f"contrast: {level}\n{colours(**kept) if kept else ''}")))
