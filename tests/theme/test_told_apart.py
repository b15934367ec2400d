"""The parts of a figure are told apart in grey and with each kind of colour blindness, in every theme."""

from __future__ import annotations

from itertools import pairwise
from statistics import mean

import pytest
from figure_samples import figures
from msgspec.structs import replace
from theme_samples import Drawn, apart, drawn, painted, theme_called
from vision import SIGHTS, Rgb, grey

from handouts.figures.response_bars import BAR_HEIGHT
from handouts.figures.shapes import Ellipse, Path, Rect
from handouts.theme.schema import Theme

APART = 9.0
"""Least difference in CIELAB: about four times what is just noticed (2.3; Mahy, Van Eycken, Oosterlinck 1994)."""
MARKED = 30.0
"""Least difference of a mark, edge or line from what it is drawn on."""


@pytest.fixture(params=SIGHTS)
def sight(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def middle(path: Path) -> tuple[float, float]:
    """The middle of a path's box."""
    points = [(float(v[-2]), float(v[-1])) for v in path.commands if len(v) > 2]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def on_line(path: Path) -> tuple[float, float]:
    """A point in the midst of a line."""
    _, *numbers = path.commands[len(path.commands) // 2]
    return float(numbers[-2]), float(numbers[-1])


# The bar of exclusive parts.


def parts_of(bar: Drawn) -> list[Rect]:
    """The parts from left to right, each once."""
    rects = [s for s in bar.figure.shapes if isinstance(s, Rect) and s.height > BAR_HEIGHT - 3 and s.fill]
    assert len(rects) == 6
    return rects


def inside(bar: Drawn, part: Rect) -> list[Rgb]:
    """The colours of a part above its number."""
    y = part.y + 3
    return bar.row(part.x + 3, part.x + part.width - 3, y)


def is_hatched(sight: str, colours: list[Rgb]) -> bool:
    return max(apart(sight, colours[0], colour) for colour in colours) > MARKED


def average(colours: list[Rgb]) -> Rgb:
    return tuple(round(mean(channel)) for channel in zip(*colours, strict=True))  # type: ignore[return-value]


@pytest.mark.sampled(4)
def test_neighbouring_parts_of_a_bar_differ_in_shade_or_pattern(theme: str, sight: str) -> None:
    bar = drawn(theme, "response bar")
    for left, right in pairwise(parts_of(bar)):
        a, b = inside(bar, left), inside(bar, right)
        by_pattern = is_hatched(sight, a) != is_hatched(sight, b)
        assert by_pattern or apart(sight, average(a), average(b)) >= APART, (left.fill, right.fill)


def test_every_part_of_a_bar_has_an_edge_and_a_gap_to_the_next(theme: str, sight: str) -> None:
    bar = drawn(theme, "response bar")
    for left, right in pairwise(parts_of(bar)):
        y = left.y + left.height / 2
        between = bar.row(left.x + left.width - 1.5, right.x + 1.5, y)
        lightest = max(between, key=lambda colour: grey(colour)[0])
        assert max(apart(sight, colour, lightest) for colour in between) >= MARKED, (left.fill, right.fill)


# People.


def test_people_counted_are_dark_and_the_others_are_outlines(theme: str, sight: str) -> None:
    picture = drawn(theme, "icon array")
    discs = [s for s in picture.figure.shapes if isinstance(s, Ellipse)][:50]
    middles = [picture.at(disc.cx, disc.cy) for disc in discs]
    counted, others = middles[:9], middles[9:]
    assert len(set(counted)) == len(set(others)) == 1
    assert apart(sight, counted[0], others[0]) >= 1.5 * MARKED
    last = discs[-1]
    edge = picture.row(last.cx, last.cx + last.rx + 1, last.cy)
    assert max(apart(sight, colour, others[0]) for colour in edge) >= MARKED


# Rates and intervals.


def test_an_interval_is_seen_on_its_bar_and_beyond_it(theme: str, sight: str) -> None:
    picture = drawn(theme, "response rates")
    bars = [s for s in picture.figure.shapes if isinstance(s, Rect) and s.width > 5]
    whiskers = [s for s in picture.figure.shapes if isinstance(s, Path) and s.stroke == "ink"]
    for bar, whisker in list(zip(bars, whiskers, strict=False))[:2]:
        y = bar.y + bar.height / 2
        low, high = float(whisker.commands[0][1]), float(whisker.commands[1][1])
        on_bar, beside = picture.at((low + bar.x + bar.width) / 2 - 1, y), picture.at(bar.x + 6, y)
        beyond, paper = picture.at(high - 2, y), picture.at(high + 4, y)
        assert apart(sight, on_bar, beside) >= MARKED
        assert apart(sight, beyond, paper) >= MARKED


def test_the_main_bar_differs_from_the_others_and_all_from_the_paper(theme: str, sight: str) -> None:
    picture = drawn(theme, "response rates")
    main, other = [s for s in picture.figure.shapes if isinstance(s, Rect) and s.width > 5][:2]
    for bar in (main, other):
        edge = picture.column(bar.x + 6, bar.y - 3, bar.y + 2)
        assert max(apart(sight, colour, edge[0]) for colour in edge) >= MARKED
    dots = [s for s in picture.figure.shapes if isinstance(s, Ellipse)]
    for bar, dot in zip((main, other), dots, strict=False):
        assert apart(sight, picture.at(dot.cx - 2, dot.cy + 2), picture.at(bar.x + 6, bar.y + 2.5)) >= MARKED


def test_a_rate_without_an_interval_is_a_hollow_bar_with_a_diamond(theme: str, sight: str) -> None:
    picture = drawn(theme, "response rates")
    hollow = next(s for s in picture.figure.shapes if isinstance(s, Rect) and s.fill == "unfilled")
    full = next(s for s in picture.figure.shapes if isinstance(s, Rect) and s.fill == "accent_soft")
    inner = [picture.at(bar.x + 8, bar.y + 3) for bar in (hollow, full)]
    assert apart(sight, inner[0], inner[1]) >= APART


# Comparisons.


def test_neighbouring_arms_differ_in_shade_or_pattern(theme: str, sight: str) -> None:
    picture = drawn(theme, "paired bars")
    arms = [s for s in picture.figure.shapes if isinstance(s, Rect)][4:]
    assert len(arms) == 4
    for upper, lower in pairwise(arms):
        a, b = (picture.row(bar.x + 3, bar.x + bar.width - 3, bar.y + bar.height / 2) for bar in (upper, lower))
        by_pattern = is_hatched(sight, a) != is_hatched(sight, b)
        assert by_pattern or apart(sight, average(a), average(b)) >= MARKED, (upper.fill, lower.fill)


def test_an_effect_without_an_interval_is_hollow_with_a_dark_edge(theme: str, sight: str) -> None:
    picture = drawn(theme, "forest")
    squares = [s for s in picture.figure.shapes if isinstance(s, Rect)]
    full, hollow = (next(s for s in squares if s.fill == fill) for fill in ("accent", "unfilled"))
    inside = [picture.at(s.x + 2.5, s.y + s.height / 2) for s in (full, hollow)]
    assert apart(sight, *inside) >= MARKED
    edge = picture.row(hollow.x - 3, hollow.x + 2, hollow.y + hollow.height / 2)
    assert max(apart(sight, colour, edge[0]) for colour in edge) >= MARKED


def test_both_arms_of_a_dumbbell_are_told_apart_even_where_they_agree(theme: str, sight: str) -> None:
    picture = drawn(theme, "dumbbell")
    points = [s for s in picture.figure.shapes if isinstance(s, Ellipse)][2:]
    for hollow, filled in zip(points[::2], points[1::2], strict=True):
        assert (hollow.fill, filled.fill) == ("unfilled", "accent")
        gap = (filled.rx + hollow.rx - 0.8) / 2 if hollow.cx == filled.cx else 0
        assert apart(sight, picture.at(filled.cx, filled.cy), picture.at(hollow.cx + gap, hollow.cy)) >= MARKED
        edge = picture.column(hollow.cx, hollow.cy - hollow.ry - 3, hollow.cy - hollow.ry + 1)
        assert max(apart(sight, colour, edge[0]) for colour in edge) >= MARKED


# The timeline.


def test_known_present_and_planned_events_have_marks_of_their_own(theme: str, sight: str) -> None:
    picture = drawn(theme, "timeline")
    known, planned = [s for s in picture.figure.shapes if isinstance(s, Ellipse)]
    now = next(s for s in picture.figure.shapes if isinstance(s, Path) and s.fill == "ink")
    x, y = middle(now)
    side = 0.62 * known.rx
    assert apart(sight, picture.at(known.cx, known.cy + 1), picture.at(planned.cx, planned.cy + 1)) >= MARKED
    assert apart(sight, picture.at(known.cx + side, known.cy - side), picture.at(x + side, y - side)) >= MARKED


# The mechanism.


@pytest.mark.sampled(4)
def test_the_pieces_of_the_mechanism_stand_out_from_their_cells(theme: str, sight: str) -> None:
    picture, colours = drawn(theme, "mechanism, wide"), theme_called(theme).colours
    shapes = [s for s in picture.figure.shapes if isinstance(s, Path)]
    nucleus = next(s for s in shapes if s.fill == "accent_soft")
    crumbs = [s for s in shapes if s.fill == "muted" and float(s.commands[0][1]) - float(s.commands[2][-2]) < 8]
    waste = [s for s in shapes if s.stroke == "caution"]
    cap = next(s for s in shapes if s.fill == "accent" and s.stroke == "accent")
    inside_cell, inside_dying = _rgb(colours.accent_tint), _rgb(colours.caution_tint)
    assert {inside_cell, inside_dying} <= picture.colours()
    assert len(crumbs) == 8
    for crumb in crumbs:
        assert apart(sight, picture.at(*middle(crumb)), inside_cell) >= MARKED
    assert len(waste) > 10
    for strand in waste:
        assert apart(sight, picture.at(*on_line(strand)), inside_cell) >= MARKED
        assert apart(sight, picture.at(*on_line(strand)), inside_dying) >= MARKED
    x, y = middle(cap)
    assert apart(sight, picture.at(x, y), inside_dying) >= MARKED
    x, y = middle(nucleus)
    edge = picture.row(x, x + 40, y)
    assert max(apart(sight, colour, inside_cell) for colour in edge) >= MARKED


def test_medicine_and_waste_differ_in_colour_and_where_colour_fails_in_pattern(theme: str, sight: str) -> None:
    picture = drawn(theme, "mechanism, wide")
    shapes = [s for s in picture.figure.shapes if isinstance(s, Path)]
    cap = next(s for s in shapes if s.fill == "accent" and s.stroke == "accent")
    lower = next(s for s in shapes if s.fill == "paper")
    waste = picture.at(*on_line(next(s for s in shapes if s.stroke == "caution")))
    halves = picture.at(*middle(cap)), picture.at(*middle(lower))
    # Half of the capsule is white, which no waste is.
    assert apart(sight, *halves) >= MARKED
    assert apart(sight, halves[1], waste) >= MARKED
    if sight != "grey" and theme != "a clinic's red":
        assert apart(sight, halves[0], waste) >= 2 * APART


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def test_the_judge_fails_a_bar_of_one_shade() -> None:
    colours = Theme().colours
    same = Theme(colours=replace(colours, accent_mid=colours.accent))
    bar = painted(same, figures()["response bar"])
    left, right = parts_of(bar)[:2]
    assert apart("grey", average(inside(bar, left)), average(inside(bar, right))) < APART
