"""A theme file as loaded in, the theme as it is drawn out: tints follow from the accent, and all of it can be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from handouts.model.clinic import ClinicColours
from handouts.model.document import KeyPath, spell
from handouts.model.load import Loaded
from handouts.problems import Problem, ProblemsError, error
from handouts.theme.colour import contrast, nearest_shade
from handouts.theme.contrast import REVERSED, Demand, demands, described, grouped, recoloured, shown, unmet
from handouts.theme.pairs import Pair
from handouts.theme.schema import Colours, Theme
from handouts.theme.shades import SOURCES, TINTS, dressed, passes

TEXT_ROLES = ("ink", "muted", "link", "accent", "caution")
"""Roles that a style may be advised to take."""


def legible(loaded: Loaded[Theme]) -> Theme:
    """The theme of a file; where it gives an accent or a caution, the roles of that hue that it leaves out follow.

    Raises ProblemsError with every pair of roles that is too close, at the key to change, with what to write.
    """
    document = loaded.document
    given = {str(path[1]): loaded.value.colours.of(str(path[1])) for path in document.spans if _is_colour(path)}
    sources = ClinicColours(**{key: given[key] for key in TINTS if key in given})
    theme = dressed(loaded.value, sources, given)
    shades = _Shades(theme, sources, given)
    problems: list[Problem] = []
    for (path, code, *_), group in grouped(unmet(theme), theme.colours, lambda one: _blamed(one, document.spans)):
        chosen = f"{spell(path)}: " if path == group[0].pair.style else ""
        message = chosen + described(group, theme.colours)
        problems.append(error(document.origin(path), code, message, _advice(theme.colours, path, group[0], shades)))
    if problems:
        raise ProblemsError(problems)
    return theme


def _is_colour(path: KeyPath) -> bool:
    return len(path) > 1 and path[0] == "colours"


def _blamed(one: Demand, spans: Iterable[KeyPath]) -> KeyPath:
    """The key to change: the style that chose its colour, else the first role of the pair that the file decides."""
    roles = (*one.pair.front, one.pair.back)
    keys: list[KeyPath] = [one.pair.style, *(("colours", role) for role in roles)]
    keys += [("colours", SOURCES[role]) for role in roles if role in SOURCES]
    return next((key for key in keys if key and key in spans), ("colours", roles[0]))


class _Shades:
    """The nearest shade of each role that passes wherever it and what follows from it is drawn; found once a role."""

    def __init__(self, theme: Theme, sources: ClinicColours, given: dict[str, str]) -> None:
        self.theme, self.sources, self.given = theme, sources, given
        self._demands = demands(theme)
        self._found: dict[str, str | None] = {}

    def of(self, role: str, one: Demand) -> str | None:
        """The shade of a role that passes everywhere, or else at least where this demand is."""
        if role not in self._found:
            followers = {other for other, key in SOURCES.items() if key == role and other not in self.given}
            self._found[role] = self._nearest(
                role, [demand for demand in self._demands if any(demand.of_role(r) for r in (role, *followers))]
            )
        return self._found[role] or self._nearest(role, [one])

    def _nearest(self, role: str, wanted: Sequence[Demand]) -> str | None:
        def good(shade: str) -> bool:
            if role in TINTS:
                return passes(self.theme, replace(self.sources, **{role: shade}), self.given, wanted)
            colours = recoloured(self.theme, {role: shade}).colours
            return all(one.met(colours) for one in wanted)

        return nearest_shade(self.theme.colours.of(role), good)


def _advice(colours: Colours, path: KeyPath, one: Demand, shades: _Shades) -> str:
    if one.code == REVERSED:
        return "give ink the darker of the two"
    if path == one.pair.style:
        roles = [role for role in TEXT_ROLES if _stands_on(colours, role, one.pair)]
        return f"write one of: {', '.join(roles)}" if roles else f"give {one.pair.back} a lighter colour"
    role = str(path[-1])
    other = one.front(colours) if role == one.pair.back else one.pair.back
    shade = shades.of(role, one)
    if shade is None:
        return f"no shade of it is far enough from {other}; change {other} too"
    return f'write {role}: "{shade}" ({shown(contrast(shade, colours.of(other)))})'


def _stands_on(colours: Colours, role: str, pair: Pair) -> bool:
    return contrast(colours.of(role), colours.of(pair.back)) >= pair.least
