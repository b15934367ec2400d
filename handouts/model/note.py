"""A clinician's note for one print, as typed: its text in, the text that is printed out, and what is wrong with it.

No message repeats words of a note: they may be about one person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category, normalize

from handouts.problems import Origin, Problem, error

NOTE = "the note"
"""Names a note in messages and in plans, as a file's name does for what stands in one."""
MOST_CHARACTERS, MOST_LINES = 1_000, 30
"""Of one note: about half a page. What needs more is a handout of its own, that somebody reviews."""

_UNSEEN = "\u00ad\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f"
"""What parts, joins, turns and dresses letters, and is no sign itself."""
_BLANK_LINES = re.compile(r"\n{3,}")


def tidied(text: str) -> str:
    """A note without what pasting adds: other line ends, tabs, spaces at line ends, blank lines at its ends."""
    text = normalize("NFC", text).replace("\r\n", "\n").translate(_SPELT)
    lines = ("".join(" " if _is_space(char) else char for char in line).rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines).strip("\n"))


_SPELT = str.maketrans(
    {"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n", "\ufeff": "", "\u200b": ""}
)


def _is_space(char: str) -> bool:
    return char == "\t" or (category(char) == "Zs" and char != "\u00a0")


def note_problems(text: str) -> Iterator[Problem]:
    """What keeps a note from being printed: too many characters or lines (NOTE01), characters of no print (NOTE02)."""
    note = tidied(text)
    lines = note.split("\n")
    for number, most, what in ((len(note), MOST_CHARACTERS, "characters"), (len(lines), MOST_LINES, "lines")):
        if number > most:
            message = f"has {number:,} {what}, {number - most:,} more than the most ({most:,})"
            yield error(Origin(NOTE), "NOTE01", message, "shorten it")
    found = [
        (char, Origin(NOTE, row, column))
        for row, line in enumerate(lines, 1)
        for column, char in enumerate(line, 1)
        if not (char.isprintable() or char in _UNSEEN or char == "\u00a0")
    ]
    if found:
        (char, where), others = found[0], len(found) - 1
        more = f", and {others:,} more" if others else ""
        message = f"has a character that cannot be printed (U+{ord(char):04X}){more}"
        yield error(where, "NOTE02", message, "take it out, or type the line anew")
