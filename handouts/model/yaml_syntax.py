"""PyYAML's syntax errors in an author's words: an exception in, the place, what is wrong and what to write out."""

from __future__ import annotations

import re

import yaml
from msgspec import Struct

_QUOTE_IT = "put the whole text in quotes"
_ALIGN = "align the line with its neighbours"


class _Rule(Struct, frozen=True):
    """One kind of error: what PyYAML says of it, and what we say. `{0}` is what the pattern's group found."""

    problem: str
    message: str
    instead: str
    context: str = ""
    at_context: bool = False


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
    _Rule("", "'[' is opened here and not closed", f"close it with ']', or {_QUOTE_IT}", "flow sequence", True),
    _Rule("", "'{{' is opened here and not closed", f"close it with '}}', or {_QUOTE_IT}", "flow mapping", True),
    _Rule("expected '<document start>'", "the file goes on after its end", f"delete what follows, or {_ALIGN}"),
)


def explain(fault: yaml.MarkedYAMLError) -> tuple[yaml.Mark | None, str, str]:
    """Where the fault is (None: where the parser stopped), what is wrong and what to write instead."""
    problem, context = fault.problem or "", fault.context or ""
    for rule in _RULES:
        found = re.search(rule.problem, problem)
        if found and re.search(rule.context, context):
            mark = fault.context_mark if rule.at_context else fault.problem_mark
            return mark or fault.problem_mark, rule.message.format(*found.groups()), rule.instead
    return fault.problem_mark, f"this is not valid YAML: {problem}", "compare the line with its neighbours"
