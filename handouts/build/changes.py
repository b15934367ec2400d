"""What a reviewer has to read again: two records in, the differences as plain text out, statement by statement."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from handouts.model.review import Record, SignOff

NOTHING = Record(statements={}, words={}, values={}, templates={})
WIDTH = 100
SHOWN = ("patient", "clinician", "card")
"""Parts of a statement that are its words; the others say where it stands and on what it rests."""


def changes(title: str, signed: SignOff | None, now: Record) -> str:
    """All that differs between what was signed and what would be printed, for a person to read."""
    before = signed.record if signed else NOTHING
    parts = [
        *_section("Statements", _statements(before, now)),
        *_section("Other words", _texts(before.words, now.words)),
        *_section("Numbers, dates and sources in topic.yaml", _texts(before.values, now.values)),
        *_section("Templates", _files(before.templates, now.templates)),
        *_section("Pictures", _files(before.pictures, now.pictures)),
    ]
    head = "nobody has signed this off; all of it is new"
    if signed:
        by = f"signed off on {signed.on} by {signed.reviewer}, {signed.role}"
        head = f"{by}; {'what has changed since:' if parts else 'nothing has changed since'}"
    return "\n".join([f"{title}: {head}", *parts]) + "\n"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield f"\n{title}\n{'-' * len(title)}"
        yield from found


def _statements(before: Record, now: Record) -> Iterator[str]:
    for key in _keys(before.statements, now.statements):
        old, new = before.statements.get(key), now.statements.get(key)
        if old == new:
            continue
        yield f"{key} ({'new' if old is None else 'gone' if new is None else 'changed'})"
        whole, old, new = old is None or new is None, old or {}, new or {}
        for part in _keys(old, new):
            if old.get(part) != new.get(part):
                yield from _change(part, old.get(part), new.get(part), whole=whole)
            elif part in SHOWN:
                yield _indented(f"  {part}, unchanged: ", new[part])
    yield from _order(before.statements, now.statements)


def _texts(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for place in _keys(before, now):
        if before.get(place) != now.get(place):
            yield from _change(place, before.get(place), now.get(place), whole=not before)
    yield from _order(before, now)


def _files(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in _keys(before, now):
        if before.get(name) != now.get(name):
            state = "new" if name not in before else "gone" if name not in now else "changed"
            yield f"  {name} ({state}): look at the documents themselves"


def _change(name: str, old: str | None, new: str | None, *, whole: bool) -> Iterator[str]:
    """One text before and after; `whole`: all around it is new or gone as well, so that one line says enough."""
    if whole:
        yield _indented(f"  {name}: ", (new if old is None else old) or "")
        return
    yield f"  {name}"
    yield _indented("    was: ", "(nothing)" if old is None else old)
    yield _indented("    now: ", "(nothing)" if new is None else new)


def _order(before: Mapping[str, object], now: Mapping[str, object]) -> Iterator[str]:
    kept = [key for key in before if key in now]
    if kept != [key for key in now if key in before]:
        yield "  the order has changed; it is now: " + ", ".join(now)


def _keys(before: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    """The keys of both, in today's order; what is gone comes last."""
    return [*now, *(key for key in before if key not in now)]


def _indented(label: str, text: str) -> str:
    """Label and text, broken into lines under the text's first character."""
    lines = textwrap.wrap(text, WIDTH - len(label), break_long_words=False, break_on_hyphens=False)
    return label + ("\n" + " " * len(label)).join(lines)
