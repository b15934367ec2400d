"""PyYAML's syntax errors in an author's words: an exception in, the place, what is wrong and what to write out."""

from __future__ import annotations

import re

import yaml
from msgspec import Struct, field

_QUOTE_IT = "put the whole text in quotes"
_ALIGN = "align the line with its neighbours"
_OTHER_QUOTES = (
    'put the whole text in quotes; inside single quotes write an apostrophe twice, inside double quotes a quote as \\"'
)
_KEY_WITH_NOTE = re.compile(r"[^\s'\"|>\[{][^\r\n]*?[ \t](#)")
"""A line that should be a key, of which a note hides the colon."""
_NOTES = re.compile(r"[ \t]*+(?:[-:,\[{][-:,\[{ \t]*+)?([\r\n]?)\s*+(#[^\r\n]*)(?:\s+|#[^\r\n]*)*")
"""What stands between an unquoted text and what follows it where a note is among it, or stands where a text should."""


class _Rule(Struct, frozen=True):
    """One kind of error: what PyYAML says of it, and what we say. `{0}` is what the pattern's group found.

    `sign` is what must stand at the fault: PyYAML calls every key "?".
    """

    problem: str
    message: str
    instead: str
    context: str = ""
    at_context: bool = False
    sign: str = ""


# In the order of trial: PyYAML's problem and context are fixed strings of its scanner and parser.
_RULES = (
    _Rule(r"found character '\\t' that cannot start", "a tab stands where YAML wants spaces", "indent with spaces"),
    _Rule(r"found character ['\"](.)['\"] that cannot start", "this text begins with '{0}'", _QUOTE_IT),
    _Rule("", "this text begins with '*'", _QUOTE_IT, "scanning an alias", at_context=True),
    _Rule("", "this text begins with '&'", _QUOTE_IT, "scanning an anchor", at_context=True),
    _Rule("", "this text begins with '!'", _QUOTE_IT, "(scanning|parsing) a tag", at_context=True),
    _Rule("undefined tag handle", "this text begins with '!'", _QUOTE_IT),
    _Rule("", "this line begins with '%'", "delete it, or put the text in quotes", "scanning a directive"),
    _Rule("YAML directive|incompatible|tag handle", "this line begins with '%'", "delete it"),
    _Rule(
        "mapping values are not allowed",
        "this text holds ': ', or the line is indented too far",
        f"{_QUOTE_IT}, or {_ALIGN}",
    ),
    _Rule(
        "could not find expected ':'",
        "this line has no key",
        "write 'key: text', or indent the line if it continues the text above",
        at_context=True,
    ),
    _Rule(
        "sequence entries are not allowed",
        "a list item cannot stand here",
        "write each '- ' on its own line below the key, or put the text in quotes",
    ),
    _Rule("mapping keys are not allowed", "this text begins with '? '", _QUOTE_IT),
    _Rule(
        "unexpected (end of stream|document separator)",
        "a quote is opened here and never closed",
        "close it with the same quote; inside single quotes write an apostrophe twice",
        "quoted scalar",
        at_context=True,
    ),
    _Rule(
        "unknown escape character",
        "a backslash stands in double quotes",
        "write it twice, or use single quotes",
    ),
    _Rule("expected escape sequence", "an escape in double quotes is unfinished", "write the character itself"),
    _Rule(
        "",
        "text stands on the same line as '|' or '>'",
        "begin the text on the next line, indented, or put it in quotes",
        "scanning a block scalar",
    ),
    _Rule(
        "but found '<scalar>'",
        "text stands where a new key or item should begin",
        f"{_QUOTE_IT}, write a space after ':', or {_ALIGN}",
    ),
    _Rule("but found '([:,\\]}])'", "'{0}' stands where a key, an item or a text should begin", _QUOTE_IT),
    _Rule("expected <block end>", "this line does not fit the lines above", _ALIGN, "parsing a block"),
    _Rule(
        r"expected ',' or '[\]}]', but got '\?'",
        "'?' stands in unquoted text between brackets, where it is a mark of YAML",
        "put each text with a '?' in quotes",
        sign="?",
    ),
    _Rule(
        r"expected ',' or '[\]}]', but got '([\[{])'",
        "'{0}' stands in unquoted text between brackets, where it is a mark of YAML",
        "put each text with brackets or braces in quotes",
    ),
    _Rule("", "'[' is opened here and not closed", f"close it with ']', or {_QUOTE_IT}", "flow sequence", True),
    _Rule("", "'{{' is opened here and not closed", f"close it with '}}', or {_QUOTE_IT}", "flow mapping", True),
    _Rule("expected '<document start>'", "the file goes on after its end", f"delete what follows, or {_ALIGN}"),
)


class Read(Struct):
    """Where the last texts and brackets ended that were read: offsets, -1 where there was none.

    `bracket` is where the brackets or braces began that were closed last, of which `closed` is the end.
    """

    plain: int = -1
    quoted: int = -1
    closed: int = -1
    bracket: int = -1
    _open: list[int] = field(default_factory=list[int])

    def take(self, event: yaml.Event) -> None:
        """One event more was read."""
        match event:
            case yaml.ScalarEvent() if event.start_mark.index == event.end_mark.index:
                # An empty value may be said to stand where the next token is.
                pass
            case yaml.ScalarEvent() if not event.style:
                self.plain = event.end_mark.index
            case yaml.ScalarEvent() if event.style in "\"'":
                self.quoted = event.end_mark.index
            case yaml.CollectionStartEvent():
                self._open.append(event.start_mark.index if event.flow_style else -1)
            case yaml.CollectionEndEvent():
                begun = self._open.pop()
                if begun >= 0:
                    self.bracket, self.closed = begun, event.end_mark.index
            case _:
                pass


def explain(fault: yaml.MarkedYAMLError, text: str, last: Read) -> tuple[int | None, str, str]:
    """The offset of the fault (None: where the parser stopped), what is wrong and what to write instead; `last` is what
    was read before.
    """
    problem, context = fault.problem or "", fault.context or ""
    if found := _closed_early(fault, text, last) or _second_colon(fault, text):
        return found
    for rule in _RULES:
        found = re.search(rule.problem, problem)
        at = fault.problem_mark.index if fault.problem_mark else len(text)
        if rule.sign and not text.startswith(rule.sign, at):
            continue
        if found and re.search(rule.context, context):
            mark = fault.context_mark if rule.at_context else fault.problem_mark
            mark = mark or fault.problem_mark
            return mark.index if mark else None, rule.message.format(*found.groups()), rule.instead
    mark = fault.problem_mark
    message = f"this is not valid YAML: {problem}"
    return mark.index if mark else None, message, "compare the line with its neighbours"


def note_in_text(fault: yaml.MarkedYAMLError, text: str, last: Read) -> int | None:
    """The offset of the note that cuts an unquoted text, where that is the fault; `last` is what was read before."""
    mark, begun, problem = fault.problem_mark, fault.context_mark, fault.problem or ""
    in_brackets = "parsing a flow" in (fault.context or "")
    if begun and "could not find expected ':'" in problem:
        line = _KEY_WITH_NOTE.match(text, begun.index)
        return line.start(1) if line else None
    end = max(last.plain, last.quoted if in_brackets else -1)
    if mark is None or end < 0 or end < max(last.quoted, last.closed):
        return None
    notes = _NOTES.fullmatch(text, end, mark.index)
    if notes is None:
        return None
    is_beside, note = not notes[1], notes[2]
    if in_brackets:
        # Whoever forgot the bracket may have written any note; one that goes on as the text does is none.
        goes_on = any(sign in note for sign in ",]}")
        is_meant = is_beside and (goes_on or (end == last.plain and not note[1:2].isspace()))
    else:
        hides_colon = is_beside and not note[1:2].isspace() and re.search(r":(\s|$)", note) is not None
        is_meant = "found '<scalar>'" in problem or hides_colon
    return notes.start(2) if is_meant else None


def _second_colon(fault: yaml.MarkedYAMLError, text: str) -> tuple[int, str, str] | None:
    """What is wrong where a text between brackets, unquoted, holds a colon: `{short: Adults: all of them}`."""
    mark = fault.problem_mark
    if mark is None or not re.search(r"expected ',' or '[\]}]', but got ':'", fault.problem or ""):
        return None
    # Without the colon of its key on the same line it is one of the next line, to which an open bracket reaches.
    before = re.split(r"[\r\n]|[,\[{]\s", text[: mark.index])[-1]
    if not re.search(r":\s", before):
        return None
    message = "': ' stands in unquoted text between brackets, where it is a mark of YAML"
    return mark.index, message, "put each text with a ': ' in quotes"


def _closed_early(fault: yaml.MarkedYAMLError, text: str, last: Read) -> tuple[int, str, str] | None:
    """What is wrong where more stands behind the quote or bracket that closes a text, on the same line."""
    mark, end = fault.problem_mark, max(last.quoted, last.closed)
    if mark is None or end < 0 or not re.search("(found|got) '", fault.problem or ""):
        return None
    if end < last.plain or text[end : mark.index].strip(" ") or mark.index >= len(text) or text[mark.index] in "\r\n":
        return None
    if end == last.closed:
        sign = text[last.bracket]
        return last.bracket, f"this text begins with '{sign}', and goes on behind the one that closes it", _QUOTE_IT
    message = "text stands where a new key or item should begin, since the quotes end before it"
    return mark.index, message, _OTHER_QUOTES
