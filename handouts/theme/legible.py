"""A theme file as loaded in, the theme as it is drawn out: tints follow from the accent, and all of it can be read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec.structs import replace

from handouts.model.clinic import ClinicColours
from handouts.model.document import KeyPath, spell
from handouts.model.load import Loaded
from handouts.problems import Problem, ProblemsError, error
from handouts.theme.colour import contrast, nearest_shade
from handouts.theme.contrast import REVERSED, Demand, demands, described, grouped, shown, unmet
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
    theme = _worn(loaded.value, given)
    groups = list(grouped(unmet(theme), theme.colours, lambda one: _blamed(one, document.spans)))
    advised = _Advised(loaded.value, given, document.spans)
    problems: list[Problem] = []
    for (path, code, *_), group in groups:
        chosen = f"{spell(path)}: " if path == group[0].pair.style else ""
        message = chosen + described(group, theme.colours)
        advice = _advice(theme.colours, path, group[0], advised)
        # One shade mends all pairs of a colour.
        cause = spell(path) if _is_colour(path) else ""
        problems.append(error(document.origin(path), code, message, advice, cause))
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


class _Advised:
    """What to write for each role that is blamed: its nearest shade that passes wherever it and what follows from it is
    drawn, in the file's own colours and beside the other shades that are advised; who follows all of the advice has a
    theme that can be read.
    """

    def __init__(self, loaded: Theme, given: Mapping[str, str], spans: Iterable[KeyPath]) -> None:
        self._loaded, self._spans = loaded, list(spans)
        self._shades: dict[str, str] = {}
        self._lost: list[str] = []
        self._told = self._to_write(given)
        while True:
            left = {role: colour for role, colour in given.items() if role not in self._lost}
            lost = self._solve(left, self._to_write(left))
            if not lost:
                break
            # Left out, it is another colour, beside which the shades are to be found anew.
            self._lost += lost
        self._worn = _worn(loaded, self._given)
        self._changed = [role for role, shade in self._shades.items() if shade != given.get(role)]

    def _to_write(self, given: Mapping[str, str]) -> list[str]:
        """The roles that are to blame in these colours, each once."""
        spans = [path for path in self._spans if not _is_colour(path) or path[1] in given]
        keys = [_blamed(one, spans) for one in unmet(_worn(self._loaded, given)) if one.code != REVERSED]
        return list(dict.fromkeys(str(key[1]) for key in keys if _is_colour(key)))

    def _solve(self, given: Mapping[str, str], waiting: list[str]) -> list[str]:
        """Finds a shade for each of the roles in turn; gives the roles of the file for which there is none."""
        self._given, self._shades = dict(given), {}
        lost: list[str] = []
        while waiting:
            role, *waiting = waiting
            if shade := self._nearest(role, waiting):
                self._given[role] = self._shades[role] = shade
            elif role in given:
                lost.append(role)
        return lost

    def _nearest(self, role: str, waiting: Collection[str]) -> str | None:
        """The nearest shade with which a role and its followers pass beside all roles but those that come after it."""
        own = self._led_by([role])
        later = self._led_by(waiting) - own
        wanted = [
            one for one in demands(self._loaded) if any(map(one.of_role, own)) and not any(map(one.of_role, later))
        ]

        def good(shade: str) -> bool:
            given = self._given | {role: shade}
            return passes(_filled(self._loaded, given), _sources(given), given, wanted)

        return nearest_shade(_worn(self._loaded, self._given).colours.of(role), good)

    def _led_by(self, roles: Iterable[str]) -> set[str]:
        """The roles, and those that follow from them."""
        led = set(roles)
        return led | {other for other, key in SOURCES.items() if key in led and other not in self._given}

    def of(self, role: str, one: Demand) -> str:
        """What to write for a role, with the contrast that a pair then has."""
        colours = self._worn.colours
        if not one.met(colours):
            other = one.front(colours) if role == one.pair.back else one.pair.back
            return f"no shade of it is far enough from {other} and all else that it meets; change {other} too"
        # A role that a stricter pair changes may leave this one as it is.
        pair = (role, *one.pair.front, one.pair.back)
        mends = next((other for other in (role, *self._changed) if self._mends(other, pair)), role)
        out = next((other for other in pair if other in self._lost), None)
        if out is None or mends in self._changed:
            return f"{self._line(mends)} ({shown(one.ratio(colours))})"
        more = [f", and {self._line(other)}" for other in self._changed if other not in self._told]
        return f"no shade of {out} is far enough from all that it meets; leave {out} out{''.join(more)}"

    def _mends(self, role: str, pair: Collection[str]) -> bool:
        return role in self._changed and not self._led_by([role]).isdisjoint(pair)

    def _line(self, role: str) -> str:
        return f'write {role}: "{self._worn.colours.of(role)}"'


def _filled(loaded: Theme, given: Mapping[str, str]) -> Theme:
    """The theme in these colours; roles that are not given are as in the theme that is shipped."""
    return replace(loaded, colours=Colours(**given))


def _sources(given: Mapping[str, str]) -> ClinicColours:
    """The colours of a file that others follow from."""
    return ClinicColours(**{key: given[key] for key in TINTS if key in given})


def _worn(loaded: Theme, given: Mapping[str, str]) -> Theme:
    """The theme as a file that gives these colours has it."""
    return dressed(_filled(loaded, given), _sources(given), given.keys())


def _advice(colours: Colours, path: KeyPath, one: Demand, advised: _Advised) -> str:
    if one.code == REVERSED:
        return "give ink the darker of the two"
    if path == one.pair.style:
        roles = [role for role in TEXT_ROLES if _stands_on(colours, role, one.pair)]
        return f"write one of: {', '.join(roles)}" if roles else f"give {one.pair.back} a lighter colour"
    return advised.of(str(path[-1]), one)


def _stands_on(colours: Colours, role: str, pair: Pair) -> bool:
    return contrast(colours.of(role), colours.of(pair.back)) >= pair.least
