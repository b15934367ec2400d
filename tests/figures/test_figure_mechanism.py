"""The mechanism picture labels both states without overlap and keeps to its roles."""

from __future__ import annotations

from typing import get_args

import pytest
from figure_checks import MEASURE, assert_lines_miss_labels, assert_sound, flattened, label_box, labels, words
from hypothesis import given, settings
from hypothesis import strategies as st
from thoroughness import examples

from handouts.figures.mechanism import DRAWINGS, mechanism
from handouts.figures.shapes import Figure, Label, Path
from handouts.model.picture import LABELS, SUBJECT_LABELS, Drawing


def said(*texts: str) -> dict[str, str]:
    return dict(zip((*LABELS["proteasome-inhibitor"], "medicine"), texts, strict=True))


def drawn(labels: dict[str, str], width: float, size: float = 10.5) -> Figure:
    return mechanism("proteasome-inhibitor", labels, alt="Two cells", width=width, measure=MEASURE, size=size)


ENGLISH = said(
    "Working: the cell stays tidy",
    "Waste protein goes in",
    "Small parts come out and are used again",
    "The unit is blocked",
    "Waste piles up and the cell dies",
    "ixazomib",
)
GERMAN = said(
    "Die Zelle verwertet ihre Abfälle",
    "Abfall-Eiweiße gelangen hinein",
    "Kleine Bausteine kommen heraus und werden wiederverwendet",
    "Die Wiederverwertung ist verstopft",
    "Der Abfall häuft sich an, die Krebszelle stirbt ab",
    "Ixazomib (Ninlaro)",
)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("size", [10.5, 11])
@pytest.mark.parametrize("width", [230, 240, 300, 399, 400, 480, 504])
@pytest.mark.parametrize("spoken", [ENGLISH, GERMAN])
def test_the_proteasome_picture_is_sound_at_every_width(spoken: dict[str, str], width: float, size: float) -> None:
    figure = drawn(spoken, width, size)
    assert_sound(figure)
    assert_lines_miss_labels(figure)
    for text in spoken.values():
        assert set(text.split()) <= set(words(figure).split())
    assert figure.alt == "Two cells"


def test_it_is_compact_in_a_column() -> None:
    assert drawn(ENGLISH, 240).height <= 172


@pytest.mark.parametrize("width", [240, 480])
def test_no_label_lies_on_a_drawing(width: float) -> None:
    figure = drawn(ENGLISH, width)
    boxes = [label_box(label) for label in labels(figure)]
    for shape in figure.shapes:
        if isinstance(shape, Label):
            continue
        assert isinstance(shape, Path)
        for x, y in (p for subpath in flattened(shape) for p in subpath):
            assert not any(a < x < c and b < y < d - 0.1 for a, b, c, d in boxes), (shape.fill, x, y)


@pytest.mark.parametrize("width", [240, 480])
def test_the_medicine_is_named_above_its_capsule_and_a_line_leads_to_it(width: float) -> None:
    figure = drawn(ENGLISH, width)
    name = next(label for label in labels(figure) if label.text == "ixazomib")
    capsule = max((s for s in figure.shapes if isinstance(s, Path) and s.fill == "accent"),
                  key=lambda s: flattened(s)[0][0][0])  # fmt: skip
    points = flattened(capsule)[0]
    left, right, top = min(x for x, _ in points), max(x for x, _ in points), min(y for _, y in points)
    lines = [flattened(s)[0] for s in figure.shapes if isinstance(s, Path) and s.stroke == "muted"]
    ends = [(one[0][1], *one[1]) for one in lines if len(one) == 2]
    assert any(left < x < right and name.y < start < y < top + 1 for start, x, y in ends)


def test_the_accent_fills_the_medicine_on_the_right_alone() -> None:
    figure = drawn(ENGLISH, 480)
    solid = [s for s in figure.shapes if isinstance(s, Path) and s.fill == "accent"]
    xs = sorted(s.commands[0][1] for s in solid if isinstance(s.commands[0][1], float))
    assert len(xs) == 2, "the nucleolus of the healthy cell and the capsule"
    assert xs[0] < 240 < xs[1]


def test_far_more_waste_lies_in_the_blocked_cell() -> None:
    figure = drawn(ENGLISH, 480)
    strands = [
        min(x for x, _ in flattened(s)[0]) for s in figure.shapes if isinstance(s, Path) and s.stroke == "caution"
    ]
    assert sum(x > 240 for x in strands) >= 4 * sum(x < 240 for x in strands) > 0


def test_each_drawing_that_a_topic_can_name_is_drawn_with_its_own_labels_alone() -> None:
    assert DRAWINGS.keys() == LABELS.keys() == SUBJECT_LABELS.keys() == set(get_args(Drawing))
    for wrong in (ENGLISH | {"exit": "Out"}, {key: text for key, text in ENGLISH.items() if key != "waste"}):
        with pytest.raises(
            ValueError, match="has the labels working, waste, recycled, blocked, pile_up, medicine, not"
        ):
            drawn(wrong, 240)


def test_too_narrow_a_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="196 pt"):
        drawn(ENGLISH, 150)


TEXT = st.lists(st.text("aábcdeéghilmnoöpstuüßÅ", min_size=1, max_size=11), min_size=1, max_size=8).map(" ".join)


@settings(max_examples=examples(40))
@given(st.tuples(*[TEXT] * 6), st.floats(240, 504), st.sampled_from([10.5, 11.0]))
def test_any_words_are_sound(texts: tuple[str, ...], width: float, size: float) -> None:
    figure = drawn(said(*texts), width, size)
    assert_sound(figure)
    assert_lines_miss_labels(figure)
