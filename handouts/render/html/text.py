"""Runs of text as HTML: escaped, with links, languages and directions; whatever a text holds, it stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

from handouts.plan.direction import reads_right_to_left, runs_right_to_left
from handouts.plan.documents import Meta
from handouts.plan.number_phrases import held
from handouts.plan.text import Run, Runs, plain

_SCHEMES = ("https://", "tel:", "sms:", "mailto:")
"""What a page may link to; other addresses stay as words."""
_NOT_HTML = re.compile(
    "[^\\t\\n\\x20-\\x7e\\xa0-\\ud7ff\\ue000-\\ufdcf\\ufdf0-\\ufffd\\U00010000-\\U0010ffff]"
    "|[" + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)) + "]"
)
"""Characters that no HTML document may have: controls, halves of characters, and those that Unicode never assigns."""
_SPACES = re.compile(r"[\t\r]")
_NUMBER_LENGTH = 22
"""Characters of a telephone number that a narrow screen shows on one line, in large type too."""


def safe(text: str) -> str:
    """The text with what HTML cannot hold replaced by U+FFFD."""
    return _NOT_HTML.sub("\ufffd", _SPACES.sub(" ", text))


def escaped(text: str) -> str:
    """Text for an element or an attribute in double quotes."""
    return escape(safe(text), quote=True)


def attribute(name: str, value: str) -> str:
    """` name="value"`, nothing for an empty value."""
    return f' {name}="{escaped(value)}"' if value else ""


def language(tag: str) -> str:
    """`lang` and `dir` of words in a language."""
    return f'{attribute("lang", tag)} dir="{"rtl" if runs_right_to_left(tag) else "ltr"}"'


def direction(runs: Runs, meta: Meta) -> str:
    """`dir` of a paragraph whose words run the other way than the document's; nothing for others."""
    whole = runs_right_to_left(meta.language)
    own = reads_right_to_left(runs, meta.language)
    return "" if own == whole else f' dir="{"rtl" if own else "ltr"}"'


def inline(runs: Runs, meta: Meta) -> str:
    """Runs as HTML; numbers keep to the words that they count, and the clinic's number can be called."""
    linked = tuple(_called(run, meta) for run in held(runs))
    return "".join(_link(href, tuple(same)) for href, same in groupby(linked, key=lambda run: run.href))


def _called(run: Run, meta: Meta) -> Run:
    """A run that is the clinic's number with a link that calls it."""
    if run.href or not meta.clinic_dials or run.text.strip() != meta.clinic_phone.strip():
        return run
    return Run(run.text, run.strong, meta.clinic_dials, run.lang, run.statements, run.origin)


def _link(href: str | None, runs: Runs) -> str:
    inner = "".join(_pieces(runs))
    if href is None or not href.startswith(_SCHEMES) or not plain(runs).strip():
        return inner
    words = plain(runs).strip()
    if href.startswith(("tel:", "sms:")):
        kind = "dial short" if len(words) <= _NUMBER_LENGTH else "dial"
        return f'<a class="{kind}" href="{escaped(href)}">{inner}</a>'
    if href.startswith("https://"):
        # Where the words do not say it, the address is printed behind them.
        told = href.removeprefix("https://").strip("/") in words
        away = "" if told else ' class="away"'
        return f'<a{away} href="{escaped(href)}" rel="noopener noreferrer">{inner}</a>'
    return f'<a href="{escaped(href)}">{inner}</a>'


def _pieces(runs: Runs) -> Iterator[str]:
    for (strong, lang), same in groupby(runs, key=lambda run: (run.strong, run.lang)):
        text = escaped("".join(run.text for run in same)).replace("\n", "<br>")
        if lang:
            text = f"<span{language(lang)}>{text}</span>"
        yield f"<strong>{text}</strong>" if strong else text
