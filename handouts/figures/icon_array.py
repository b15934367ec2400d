"""Icon array: a count of people out of a group, one small person each. In: two counts. Out: a `Figure`."""

from __future__ import annotations

from handouts.figures.drawing import Commands, ellipse, line, moved
from handouts.figures.drawn_once import drawn_once
from handouts.figures.shapes import Figure, Path, Shape

PER_ROW = 10
MOST = 300
WIDEST_PITCH = 25.0
NARROWEST_PITCH = 12.0
AISLE = 0.35
"""Extra room after the fifth person of a row, in parts of the pitch: fives are counted at a glance."""

_HEAD = ellipse(0.5, 0.26, 0.235, 0.235)
_BODY: Commands = (
    ("M", 0.04, 1.12),
    ("L", 0.04, 0.96),
    ("C", 0.04, 0.7, 0.22, 0.58, 0.42, 0.58),
    ("L", 0.58, 0.58),
    ("C", 0.78, 0.58, 0.96, 0.7, 0.96, 0.96),
    ("L", 0.96, 1.12),
    ("Z",),
)
_CHECK = line((0.3, 0.84), (0.45, 0.98), (0.72, 0.71))
_TALL = 1.15


@drawn_once
def icon_array(count: int, of: int, *, width: float, alt: str, data: tuple[tuple[str, ...], ...] = ()) -> Figure:
    """Draw `of` people in rows of ten, the first `count` of them solid with a check mark, the others in outline.

    Outlined people are those not counted; what became of them may be unknown. `width` is the room in points; icons
    grow with it up to about 18 pt, and the figure is no wider than they need. `data` replaces the default row of
    the two counts.

    Raises ValueError when the counts do not fit each other, `of` is above 300, or ten icons do not fit `width`.
    """
    if not 0 <= count <= of or of < 1:
        raise ValueError(f"an icon array needs 0 ≤ count ≤ of and of ≥ 1, not {count} of {of}")
    if of > MOST:
        raise ValueError(f"an icon array shows at most {MOST} people, not {of}")
    pitch = min(width / (PER_ROW + AISLE), WIDEST_PITCH)
    if pitch < NARROWEST_PITCH:
        least = NARROWEST_PITCH * (PER_ROW + AISLE)
        raise ValueError(f"ten people in a row need a width of {least:.0f} pt, not {width:.0f}")
    icon = pitch * 0.72
    row = icon * _TALL + pitch * 0.26
    pen = icon * 0.06
    shapes: list[Shape] = []
    for i in range(of):
        column = i % PER_ROW
        x = column * pitch + (pitch * AISLE if column >= PER_ROW // 2 else 0) + (pitch - icon) / 2
        y = pen + (i // PER_ROW) * row
        person = moved(_HEAD + _BODY, x, y, icon)
        if i < count:
            shapes.append(Path(person, fill="accent", stroke="accent", stroke_width=pen))
            shapes.append(Path(moved(_CHECK, x, y, icon), stroke="on_accent", stroke_width=icon * 0.12))
        else:
            shapes.append(Path(person, fill="unfilled", stroke="muted", stroke_width=pen * 0.85))
    rows = -(-of // PER_ROW)
    return Figure(
        kind="icon_array",
        width=pitch * (PER_ROW + AISLE),
        height=(rows - 1) * row + icon * _TALL + 2 * pen,
        shapes=tuple(shapes),
        alt=alt,
        data=data or ((str(count), str(of)),),
    )
