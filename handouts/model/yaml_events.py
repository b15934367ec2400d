"""Parsing, below reading: a YAML text in, PyYAML's events out, by libyaml where that is sure to give the same ones.

The pure-Python parser decides what is YAML and words every mistake; libyaml, twenty times as fast, may only repeat
what it would say of a text without mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

_LIBYAML: Any = getattr(yaml, "CSafeLoader", None)

_DIFFERS = re.compile(r"\t|[|>][-+0-9]*#|^[-?: ]*\?(?=\s|$)", re.MULTILINE)
"""What libyaml alone takes: tabs for spaces, and a comment right behind the sign of a block of text. And the mark of a
key, of which its events do not tell.
"""


class NotSureError(Exception):
    """The pure-Python parser must read this text."""


class _SureLoader(yaml.SafeLoader):
    """The pure-Python parser, which also says where a `?` began a key."""

    question_marks: set[int]

    def fetch_key(self) -> None:
        self.question_marks.add(self.get_mark().index)
        super().fetch_key()


def sure_loader(text: str, question_marks: set[int]) -> yaml.SafeLoader:
    """The pure-Python parser of a text. The offset of each `?` that begins a key is added to the set."""
    loader = _SureLoader(text)
    loader.question_marks = question_marks
    return loader


def quick_events(text: str) -> Iterator[yaml.Event]:
    """Events of libyaml's parser. Raises NotSureError where it is not there, or where the two parsers could differ."""
    if _LIBYAML is None or _DIFFERS.search(text):
        raise NotSureError
    loader = _LIBYAML(text)
    # Inside brackets the two differ in where an empty value stands, and libyaml takes a question mark for text.
    depth, outermost = 0, 0
    try:
        while loader.check_event():
            event = loader.get_event()
            if isinstance(event, yaml.CollectionStartEvent) and event.flow_style:
                outermost = event.start_mark.index if not depth else outermost
                depth += 1
            elif depth and isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
                if not depth and "?" in text[outermost : event.end_mark.index]:
                    raise NotSureError
            elif depth and isinstance(event, yaml.ScalarEvent) and event.start_mark.index == event.end_mark.index:
                raise NotSureError
            yield event
    except (yaml.YAMLError, ValueError, OverflowError):
        raise NotSureError from None
    finally:
        loader.dispose()
