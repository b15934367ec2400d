"""A clinic's colours over a theme: one or two colours in, the theme in them out, or why it could not be read."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from handouts.model.clinic import Clinic, ClinicColours
from handouts.model.document import KeyPath, spell
from handouts.model.load import Loaded
from handouts.problems import ProblemsError, error
from handouts.theme.colour import nearest_shade
from handouts.theme.contrast import Demand, demands, described, grouped, unmet
from handouts.theme.schema import Theme
from handouts.theme.shades import SOURCES, TINTS, dressed, passes


def branded(theme: Theme, loaded: Loaded[Clinic]) -> Theme:
    """The theme in the clinic's colours; the same theme where it gives none.

    A colour that is legible is taken as it is; a theme of high contrast takes a darker shade of it where it must.
    Raises ProblemsError with every pair of roles that would be too close, at the clinic's line.
    """
    given, standard = loaded.value.colours, replace(theme, contrast="standard")
    new = dressed(standard, given)
    groups = list(grouped(unmet(new), new.colours, partial(_blamed, given)))
    if groups:
        instead = {path: _instead(standard, given, str(path[-1])) for (path, *_), _ in groups}
        raise ProblemsError(
            error(loaded.document.origin(path), code, described(group, new.colours), instead[path], spell(path))
            for (path, code, *_), group in groups
        )
    if theme.contrast == "standard":
        return new
    for key in TINTS:
        if getattr(given, key):
            given = replace(given, **{key: _nearest(theme, given, key) or getattr(given, key)})
    return dressed(theme, given)


def _nearest(theme: Theme, given: ClinicColours, key: str) -> str | None:
    """The nearest shade of a clinic's colour with which the theme can be read; None where no shade can."""
    wanted = [one for one in demands(theme) if _blamed(given, one)[-1] == key]
    return nearest_shade(
        str(getattr(given, key)), lambda shade: passes(theme, replace(given, **{key: shade}), (), wanted)
    )


def _instead(theme: Theme, given: ClinicColours, key: str) -> str:
    shade = _nearest(theme, given, key)
    return f'write {key}: "{shade}", the nearest shade of it that can be read' if shade else "choose another colour"


def _blamed(given: ClinicColours, one: Demand) -> KeyPath:
    """The clinic's key that decides a role of the pair; the accent where none does."""
    roles = (*one.pair.front, one.pair.back)
    keys = [SOURCES[role] for role in roles if role in SOURCES and getattr(given, SOURCES[role])]
    return ("colours", keys[0] if keys else "accent")
