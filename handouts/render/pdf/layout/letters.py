"""What to say of characters that a document cannot print: each with where it first stands in, one problem out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from unicodedata import category, combining, name, normalize

from handouts.problems import Origin, Problem, error
from handouts.theme.fonts import Family

_MOST = 6
"""So many characters are named; the others are counted."""


def unprintable(missing: Mapping[str, Origin], family: Family) -> Iterator[Problem]:
    """One PDF01 for all characters that a family lacks, at the first of them, with what to write for each."""
    if not missing:
        return
    chars = list(missing)
    named = [f"{_shown(char)} (U+{ord(char):04X})" for char in chars[:_MOST]]
    others = len(chars) - _MOST
    more = f" and {others} more character{'s' if others > 1 else ''}" if others > 0 else ""
    first = ", the first of them here" if len(chars) > 1 else ""
    message = f"the font {family.name} has no glyph for {_listed(named, more)}{first}"
    yield error(missing[chars[0]], "PDF01", message, _advice(chars, family.regular.characters))


def _listed(named: list[str], more: str) -> str:
    if more or len(named) == 1:
        return ", ".join(named) + more
    return f"{', '.join(named[:-1])} and {named[-1]}"


def _advice(chars: list[str], known: Collection[str]) -> str:
    replaced = [(char, other) for char in chars if (other := _replacement(char, known))]
    parts = [f"'{other}' for '{char}'" for char, other in replaced[:_MOST]]
    rest = [char for char in chars if char not in dict(replaced)]
    accents = [char for char in rest if combining(char)]
    letters = [char for char in rest if category(char)[0] == "L" and not combining(char)]
    signs = [char for char in rest if category(char) in ("So", "Sm", "Sc", "Sk", "No") and _named(char)]
    others = [char for char in rest if char not in (*accents, *letters, *signs)]
    if parts:
        parts[0] = f"write {parts[0]}"
    if accents:
        parts.append("write each accent and its letter as one character")
    if letters:
        parts.append("write words of other scripts in Latin letters")
    if signs:
        words = ", ".join(f"'{_named(char)}'" for char in signs[:_MOST])
        parts.append(f"write the sign in words ({words})" if len(signs) == 1 else f"write the signs in words ({words})")
    if others:
        parts.append("remove it" if len(chars) == 1 else "remove what cannot be seen")
    return "; ".join((", ".join(parts[: len(replaced[:_MOST])]), *parts[len(replaced[:_MOST]) :])).removeprefix("; ")


def _replacement(char: str, known: Collection[str]) -> str:
    """What can be printed and reads the same, "" for nothing: 'fi' for a ligature, 'e' for a letter of many accents."""
    plain = normalize("NFKC", char)
    if plain != char and plain.strip() and all(one in known for one in plain):
        return plain
    base = normalize("NFKD", char)[:1]
    return base if base != char and base in known and base.isalnum() else ""


def _named(char: str) -> str:
    return name(char, "").lower()


def _shown(char: str) -> str:
    """A character in quotation marks; one that cannot be seen by its name."""
    return f"'{char}'" if char.isprintable() and not combining(char) else f"the {_named(char) or 'character'}"
