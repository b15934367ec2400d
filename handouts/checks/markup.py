"""Rules on marks of HTML, Markdown and templates in words, which are printed as they stand.

In: a language file. Out: each mark that its author meant for a program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from handouts.checks.phrases import EXPRESSION
from handouts.checks.rule import Found, OfWords, rule
from handouts.model.leaves import leaves

_MARKS = re.compile(r"[{<&_\[]")
_BRACED = re.compile(r"(?<!\{)\{\s*(?P<name>[a-z]\w*(?:\.\w+)+(?:\s*\|[^{}]*?)?)\s*\}(?!\})")
_TAG = re.compile(
    r"</?(?:a|b|br|div|em|h[1-6]|i|img|li|ol|p|small|span|strong|sub|sup|table|td|tr|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:[A-Za-z]{2,8}[0-9]{0,2}|#[0-9]{2,6}|#x[0-9A-Fa-f]{2,5});")
_MARKDOWN = re.compile(r"__(?=\S)[^_\n]+(?<=\S)__|\[[^\[\]\n]+\]\((?:https?:|mailto:)[^()\s]*\)")
"""Two asterisks around words are a mark of ours, and make them strong."""


@rule(
    "WORDS05",
    OfWords,
    "warning",
    why="Words are data: a reader sees '<b>', '__' and '{ study.outcome }' as they are typed, and no number.",
    source="a rule of this program: templates say what is bold, and words name values in {{ }}",
)
def mark_that_is_printed(subject: OfWords) -> Iterator[Found]:
    """Words have a name in single braces, or marks of HTML or Markdown, which would be printed as they stand."""
    document = subject.words.document
    texts = ((path, text) for path, text in leaves(subject.words.value, skip=("language",)) if isinstance(text, str))
    for path, text in texts:
        if not _MARKS.search(text):
            continue
        bare = EXPRESSION.sub(lambda found: " " * len(found[0]), text)
        for at, mark, instead in _marks_in(bare):
            origin = document.origin_within(path, mark, text.count(mark, 0, at))
            yield Found(origin, f"'{mark}' would be printed as it stands", instead)


def _marks_in(text: str) -> Iterator[tuple[int, str, str]]:
    """Where each mark stands, the mark, and what to write."""
    for found in _BRACED.finditer(text):
        yield found.start(), found[0], f"write {{{{ {found['name'].strip()} }}}}, with two braces on each side"
    for found in _TAG.finditer(text):
        yield found.start(), found[0], "leave it out; write **words** for strong ones, and leave lines to the template"
    for found in _REFERENCE.finditer(text):
        if (meant := unescape(found[0])) != found[0]:
            yield found.start(), found[0], f"write '{meant}' itself" if meant.isprintable() else "write the sign itself"
    for found in _MARKDOWN.finditer(text):
        yield (
            found.start(),
            found[0],
            "leave the marks out; write **words** for strong ones, and an address among contacts",
        )
