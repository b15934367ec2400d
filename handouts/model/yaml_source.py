"""Reading, the first step of the model stage: a YAML file's text in, plain values with all positions out.

YAML's guesses are switched off: `no`, `8:30`, `0123` and `1e3` stay text, 0.830 keeps its last zero, and whatever
could change a value behind the author's back (duplicate keys, aliases, tags, invisible characters) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

import yaml
from msgspec import Struct, field

from handouts.model.document import Document, KeyPath, Plain, Span, excerpt, origin_at
from handouts.model.yaml_events import NotSureError, quick_events, sure_loader
from handouts.model.yaml_syntax import Read, explain, note_in_text
from handouts.problems import Origin, Problem, ProblemsError, error

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_DIGITS = 15
MAX_PROBLEMS = 200


class YamlCode(StrEnum):
    """Codes of the problems that reading can find."""

    FILE = "YAML01"
    """The file is not UTF-8, larger than 1 MB, or empty."""
    CHARACTER = "YAML02"
    """A character that cannot be printed, or that hides or reverses others."""
    SYNTAX = "YAML03"
    """Not YAML: indentation, quotes, tabs, a character that must stand in quotes."""
    DUPLICATE = "YAML04"
    """The same key twice in one block."""
    ALIAS = "YAML05"
    """An anchor, an alias or a merge key."""
    TAG = "YAML06"
    """An explicit tag such as `!!int`."""
    DOCUMENTS = "YAML07"
    """More than one document in a file."""
    KEY = "YAML08"
    """A key that is not text."""
    DEPTH = "YAML09"
    """Blocks nested too deeply."""
    NUMBER = "YAML10"
    """A number with more digits than can be kept exactly."""
    TOP_LEVEL = "YAML11"
    """The file is not a block of keys."""
    NOTE = "YAML12"
    """A note (`# …`) that ends an unquoted text, or stands in its middle."""
    QUESTION = "YAML13"
    """A question mark that makes a key of a text."""


_INT = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
# Line separators other than CR and LF would make our line numbers differ from an editor's; the two overrides can show
# a telephone number backwards.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e\ufeff\ud800-\udfff\ufffe\uffff]")
_NOTE = re.compile("[ \t]*#")
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def read_yaml(file_name: str, text: str | bytes) -> Document:
    """Read one file; `file_name` is only for messages.

    Raises ProblemsError with every problem found: all of them, or those up to the first break of YAML's
    syntax, or `MAX_PROBLEMS`.
    """
    source = _decoded(file_name, text)
    try:
        return _QuickReader(file_name, source).read()
    except (NotSureError, ProblemsError):
        return _EventReader(file_name, source).read()


def _decoded(file: str, text: str | bytes) -> str:
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        message = f"the file has {size:,} bytes; the most is {MAX_BYTES:,}"
        raise ProblemsError(
            [error(Origin(file), YamlCode.FILE, message, "split it or check that it is the right file")]
        )
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as e:
            origin = origin_at(file, text[: e.start].decode("utf-8").removeprefix("\ufeff"), len(text))
            message = f"the file is not UTF-8 text: byte 0x{text[e.start]:02X} does not belong here"
            raise ProblemsError([error(origin, YamlCode.FILE, message, "save the file as UTF-8")]) from None
    text = text.removeprefix("\ufeff")
    problems = [
        error(origin_at(file, text, found.start()), YamlCode.CHARACTER, _bad_character(found[0]), "delete it")
        for found, _ in zip(_REFUSED.finditer(text), range(MAX_PROBLEMS), strict=False)
    ]
    if problems:
        raise ProblemsError(problems)
    return text


def _bad_character(character: str) -> str:
    return f"the text has the invisible character U+{ord(character):04X}, which cannot be printed"


def cut_by_note(file: str, text: str, at: int, subject: str = "this text") -> Problem:
    """The problem of an unquoted text that ends where a note begins, at an offset of a file's text."""
    note = excerpt(re.split(r"[\r\n]", text[at : at + 200], maxsplit=1)[0])
    message = f"{subject} is cut at '{note}', which YAML takes for a note"
    instead = "put the whole text in quotes, or move the note to a line above it"
    return error(origin_at(file, text, at), YamlCode.NOTE, message, instead)


class _Block(Struct):
    """A mapping or list that is being filled. `is_key` marks one that stands where a key should."""

    path: KeyPath
    value: dict[str, Plain] | list[Plain]
    start: yaml.Mark
    is_key: bool = False
    key: str | None = None
    first: dict[str, Origin] = field(default_factory=dict[str, Origin])


class _EventReader:
    """Fills one document from YAML's events, with a stack of its own so that no nesting can exhaust Python's."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.problems: list[Problem] = []
        self.spans: dict[KeyPath, Span] = {}
        self.keys: dict[KeyPath, Origin] = {}
        self.stack: list[_Block] = []
        self.root: Plain = None
        self.documents = 0
        self.notes: dict[KeyPath, int] = {}
        self.brace_starts: set[int] = set()
        self.told_lines: set[int] = set()
        self.question_marks: set[int] = set()
        self.last = Read()

    def read(self) -> Document:
        for event in self._events():
            self._take(event)
            if self._must_stop(event) or len(self.problems) >= MAX_PROBLEMS:
                break
        if not self.problems:
            self._check_top_level()
        if self.problems or not isinstance(self.root, dict):
            raise ProblemsError(self.problems)
        spans, keys = MappingProxyType(self.spans), MappingProxyType(self.keys)
        return Document(self.file, self.root, self.text, spans, keys, MappingProxyType(self.notes))

    def _events(self) -> Iterator[yaml.Event]:
        loader = sure_loader(self.text, self.question_marks)
        try:
            while loader.check_event():
                event = loader.get_event()
                self.last.take(event)
                yield event
        except yaml.MarkedYAMLError as e:
            self._report_fault(e, loader.get_mark().index)
        except (ValueError, OverflowError):
            # PyYAML hands "\UFFFFFFFF" to chr() unchecked.
            message = "this text has an escape that names no character"
            self._report(loader.get_mark(), YamlCode.SYNTAX, message, "write the character itself")
        finally:
            loader.dispose()

    def _report_fault(self, fault: yaml.MarkedYAMLError, stopped: int) -> None:
        if (note := note_in_text(fault, self.text, self.last)) is not None:
            problem = cut_by_note(self.file, self.text, note)
        else:
            at, message, instead = explain(fault, self.text, self.last)
            origin = origin_at(self.file, self.text, stopped if at is None else at)
            problem = error(origin, YamlCode.SYNTAX, message, instead)
        if problem.origin.line not in self.told_lines:
            self.problems.append(problem)

    def _must_stop(self, event: yaml.Event) -> bool:
        if isinstance(event, yaml.DocumentStartEvent) and self.documents > 1:
            message = "a second document begins here; a file holds one"
            self._report(event.start_mark, YamlCode.DOCUMENTS, message, "delete the '---' or use two files")
            return True
        if len(self.stack) > MAX_DEPTH:
            message = f"blocks are nested more than {MAX_DEPTH} levels deep"
            self._report(event.start_mark, YamlCode.DEPTH, message, "check the brackets and the indentation")
            return True
        return False

    def _take(self, event: yaml.Event) -> None:
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
            case yaml.AliasEvent():
                message = f"this text begins with '*', which makes it an alias of '{excerpt(event.anchor)}'"
                self._report(event.start_mark, YamlCode.ALIAS, message, "put the whole text in quotes")
                self.told_lines.add(event.start_mark.line + 1)
                self._put(None, event, f"*{event.anchor}")
            case yaml.ScalarEvent():
                self._check_properties(event)
                self._scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._check_properties(event)
                self._begin(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end(event)
            case _:
                pass

    def _check_properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            message = f"this text begins with '&', which makes it an anchor named '{excerpt(event.anchor)}'"
            self._report(event.start_mark, YamlCode.ALIAS, message, "delete it, or put the whole text in quotes")
        if event.tag is not None:
            message = f"this value has the tag '{excerpt(event.tag)}'"
            self._report(event.start_mark, YamlCode.TAG, message, "delete the tag, or put the whole text in quotes")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        is_plain = not event.style
        value = self._typed(event) if is_plain else _SURROGATES.sub(_joined, event.value)
        bad = _REFUSED.search(value) if isinstance(value, str) else None
        if bad:
            self._report(event.start_mark, YamlCode.CHARACTER, _bad_character(bad[0]), "delete the escape")
        if self._wants_key():
            if is_plain and (at := self._question_mark(event.start_mark.index)) is not None:
                message = f"'?' makes a key of '{excerpt(event.value)}'" if event.value else "'?' makes a key here"
                origin = origin_at(self.file, self.text, at)
                self.problems.append(error(origin, YamlCode.QUESTION, message, "put the whole text in quotes"))
            elif value == "<<" and is_plain:
                message = "'<<' merges another block into this one"
                self._report(event.start_mark, YamlCode.ALIAS, message, "write the keys out")
            elif not isinstance(value, str):
                message = f"the key '{event.value}' is not text" if event.value else "a key is missing before ':'"
                instead = f"put it in quotes: '{event.value}'" if event.value else "write the key"
                self._report(event.start_mark, YamlCode.KEY, message, instead)
        self._put(value, event, event.value if is_plain else str(value))

    def _question_mark(self, start: int) -> int | None:
        """Where the `?` stands that YAML took for the mark of the key which begins at an offset, if one did."""
        before = len(self.text[:start].rstrip()) - 1 if self.question_marks else -1
        return before if before in self.question_marks else None

    def _typed(self, event: yaml.ScalarEvent) -> str | int | Decimal | bool | None:
        text = event.value
        if text in _WORDS:
            return _WORDS[text]
        make = int if _INT.fullmatch(text) else Decimal if _DECIMAL.fullmatch(text) else None
        if make is None:
            return text
        digits = sum(c.isdigit() for c in text)
        if digits > MAX_DIGITS:
            message = f"this number has {digits} digits; the most is {MAX_DIGITS}"
            self._report(event.start_mark, YamlCode.NUMBER, message, "put it in quotes if it is an identifier")
            return text
        return make(text)

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        is_key = self._wants_key()
        start = event.start_mark
        if event.flow_style and self.text.startswith("{{", start.index) and start.index not in self.brace_starts:
            self.brace_starts.add(start.index + 1)
            self.told_lines.add(start.line + 1)
            self._report(start, YamlCode.SYNTAX, "this text begins with '{{'", "put the whole text in quotes")
        elif is_key and start.index not in self.brace_starts:
            self._report(start, YamlCode.KEY, "a key is a list or a block of keys", "write a name, then ':'")
        value: dict[str, Plain] | list[Plain] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.stack.append(_Block(self._path(), value, start, is_key))

    def _end(self, event: yaml.Event) -> None:
        block = self.stack.pop()
        if block.is_key:
            self.stack[-1].key = ""
        else:
            self._store(block.value, Span(self._origin(block.start), block.start.index, event.end_mark.index))

    def _put(self, value: Plain, event: yaml.Event, as_key: str) -> None:
        origin = self._origin(event.start_mark)
        if self._wants_key():
            self._open_key(as_key, origin)
            return
        path = self._path()
        # An empty value has no place of its own: YAML puts it behind the colon.
        is_empty = event.start_mark.index == event.end_mark.index
        shown_at = self.keys.get(path, origin) if is_empty else origin
        end = event.end_mark.index
        if isinstance(event, yaml.ScalarEvent) and not event.style and (note := _NOTE.match(self.text, end)):
            self.notes.setdefault(path, note.end() - 1)
        self._store(value, Span(shown_at, event.start_mark.index, end))

    def _open_key(self, key: str, origin: Origin) -> None:
        block = self.stack[-1]
        block.key = key
        self.keys.setdefault((*block.path, key), origin)
        first = block.first.setdefault(key, origin)
        if first is not origin:
            message = f"the key '{excerpt(key)}' stands twice in this block, first on line {first.line}"
            self.problems.append(error(origin, YamlCode.DUPLICATE, message, "delete or rename one of the two"))

    def _store(self, value: Plain, span: Span) -> None:
        self.spans.setdefault(self._path(), span)
        if not self.stack:
            self.root = value
            return
        block = self.stack[-1]
        if isinstance(block.value, list):
            block.value.append(value)
        elif block.key is not None:
            block.value.setdefault(block.key, value)
            block.key = None

    def _path(self) -> KeyPath:
        if not self.stack:
            return ()
        block = self.stack[-1]
        if isinstance(block.value, list):
            return (*block.path, len(block.value))
        return (*block.path, block.key or "")

    def _wants_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None

    def _check_top_level(self) -> None:
        span = self.spans.get(())
        if span is None or span.start == span.end:
            self.problems.append(error(Origin(self.file), YamlCode.FILE, "the file is empty", "write its keys"))
        elif () in self.notes:
            self.problems.append(cut_by_note(self.file, self.text, self.notes[()]))
        elif not isinstance(self.root, dict):
            kind = "a list" if isinstance(self.root, list) else "text"
            message = f"the file is {kind} where keys are wanted"
            self.problems.append(error(span.origin, YamlCode.TOP_LEVEL, message, "begin with 'schema_version: 1'"))

    def _origin(self, mark: yaml.Mark) -> Origin:
        return Origin(self.file, mark.line + 1, mark.column + 1)

    def _report(self, mark: yaml.Mark, code: YamlCode, message: str, instead: str) -> None:
        self.problems.append(error(self._origin(mark), code, message, instead))


class _QuickReader(_EventReader):
    """Reads a text without mistakes. Its problems are never shown: the other reader finds and words them."""

    def _events(self) -> Iterator[yaml.Event]:
        return quick_events(self.text)


def _joined(pair: re.Match[str]) -> str:
    # JSON, and so what other programs write into quotes, spells one character beyond U+FFFF as two escapes.
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16")
