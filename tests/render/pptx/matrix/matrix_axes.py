"""In what templates differ from one another, axis by axis, and which combinations the matrix tries."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations

from msgspec import Struct
from msgspec.structs import asdict, replace


class Design(Struct, frozen=True):
    """One template: a value of each axis; what each value does to a presentation stands where it is drawn."""

    size: str = "16:9"
    maker: str = "hand"
    ground: str = "white"
    ink: str = "as drawn"
    title: str = "top"
    content: str = "one"
    feet: str = "all"
    font: str = "Calibri"
    direction: str = "ltr"
    names: str = "English"
    anchor: str = "t"
    insets: str = "usual"
    lines: str = "100%"
    letters: str = "plain"
    shapes: str = "shown"

    @property
    def name(self) -> str:
        """What departs from the plain design."""
        plain = asdict(PLAIN)
        return ", ".join(f"{axis} {value}" for axis, value in asdict(self).items() if value != plain[axis]) or "plain"


PLAIN = Design()

AXES: dict[str, tuple[str, ...]] = {
    "size": ("16:9", "4:3", "16:10", "A4", "portrait", "10 in wide", "20 in wide", "8 in wide"),
    "maker": ("hand", "python-pptx", "ours", "LibreOffice"),
    "ground": (
        "white", "dark", "dark unsaid", "map swapped", "layout map", "panel", "panel unsaid", "panel on layout",
        "panel grouped", "panel see-through", "panel gradient", "panel at right", "half panel", "title band",
        "title band unsaid", "foot band", "foot band unsaid", "light picture", "dark picture", "busy picture",
        "picture shape", "picture fill", "gradient", "dark gradient", "theme fill 2", "theme fill 3", "pattern",
    ),
    "ink": ("as drawn", "weak body", "weak title", "weak accent", "own", "white on layout"),
    "title": ("top", "foot", "left", "middle", "very high", "overlapping", "tiny", "unsaid", "vertical"),
    "content": (
        "one", "none", "no subtitle", "six", "tiny", "same idx", "grouped", "unsaid", "outside", "narrow", "low strip",
        "kicker", "footnote",
    ),
    "feet": ("all", "none", "tiny", "on the master", "white", "at the top", "number alone", "off the slide"),
    "font": (
        "Calibri", "Arial", "Times New Roman", "Aptos", "Open Sans", "Clinic Grotesk", "DejaVu Sans", "no minor font",
    ),
    "direction": ("ltr", "rtl"),
    "names": ("English", "German", "Spanish", "Japanese"),
    "anchor": ("t", "ctr", "b"),
    "insets": ("usual", "huge", "none"),
    "lines": ("100%", "90%", "150%"),
    "letters": ("plain", "caps", "60 pt title", "own bullets", "shrunk", "12 pt", "bold"),
    "shapes": ("shown", "hidden"),
}  # fmt: skip
"""The values of each axis, the plain one first."""


RARE = {"size": ("8 in wide",)}
"""Values that are tried alone: on so small a slide little else has room."""


def singles() -> Iterator[Design]:
    """The plain design, and each other value alone."""
    yield PLAIN
    for axis, values in AXES.items():
        for value in values[1:]:
            yield replace(PLAIN, **{axis: value})


def mixed(count: int, seed: int = 17, tries: int = 40, departures: int = 5) -> Iterator[Design]:
    """Designs that depart from the plain one in several axes at once: of some drawn ones always that with the most
    pairs of values that were not together before. The same ones in each run.
    """
    drawn = random.Random(seed)
    met: set[tuple[tuple[str, str], tuple[str, str]]] = set()

    def offered() -> dict[str, str]:
        axes = sorted(drawn.sample(sorted(AXES), departures))
        return {axis: drawn.choice([v for v in AXES[axis][1:] if v not in RARE.get(axis, ())]) for axis in axes}

    def pairs(values: dict[str, str]) -> set[tuple[tuple[str, str], tuple[str, str]]]:
        return set(combinations(values.items(), 2))

    for _ in range(count):
        best = max((offered() for _ in range(tries)), key=lambda values: len(pairs(values) - met))
        met |= pairs(best)
        yield replace(PLAIN, **best)


def matrix() -> tuple[Design, ...]:
    """Every design of the matrix."""
    return (*singles(), *mixed(48))


def sample(count: int) -> tuple[Design, ...]:
    """Designs for a run that is to end soon."""
    return tuple(mixed(count))
