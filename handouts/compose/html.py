"""Composed HTML → a tree of elements, or located mistakes: the small vocabulary that templates may use.

Anything outside the vocabulary is a mistake of the template and is named; nothing is guessed, loaded or run.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser
from typing import NoReturn

from msgspec import Struct, field

from handouts.compose.bounds import LONGEST_HTML, MOST_ELEMENTS
from handouts.problems import Origin, Problem, ProblemsError, choose_from, error

BLOCKS = ("h1", "h2", "h3", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td",
          "figure", "figcaption", "aside", "section")  # fmt: skip
INLINE = ("strong", "em", "a", "span", "br")
VOID = ("br",)
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "*": ("class", "data-statement", "lang"),
    "span": ("data-at",),
    "a": ("href",),
    "section": ("data-layout", "data-slot", "data-span", "data-side", "data-section", "data-keep", "data-new-page"),
    "aside": ("data-slot",),
    "figure": (
        "data-figure",
        "data-instead",
        "data-section",
        "data-contact",
        "data-study",
        "data-studies",
        "data-outcome",
        "data-outcomes",
        "data-harms",
        "data-per",
        "data-name",
        "data-width",
        "data-slot",
        "data-module",
        "data-height",
        "data-align",
    ),
    "table": ("data-widths", "data-summary", "data-slot"),
    "th": ("scope", "data-align"),
    "td": ("data-align",),
    "li": ("data-write-lines",),
    "ul": ("data-slot", "data-columns"),
    "ol": ("data-slot", "data-columns"),
    "p": ("data-slot", "data-optional"),
    "h3": ("data-slot",),
}

_DEEPEST = 40
"""Elements inside each other; far more than a page needs, and few enough for what reads them."""
MOST_PROBLEMS = 100
"""After so many mistakes nothing more is read."""
_SHOWN = 40
"""Characters of a name that a message repeats."""
_AT = re.compile(r"[0-9]{1,7}:[0-9]{1,7}:(?P<file>.*)", re.DOTALL)
"""Where words stand, as `Phrase` and `Blank` write it."""


class Element(Struct):
    """An element with its attributes and what it holds; `line` counts in the composed HTML."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Element | str] = field(default_factory=list["Element | str"])

    def get(self, name: str, default: str = "") -> str:
        """An attribute, or the default."""
        return self.attributes.get(name, default)

    def elements(self) -> Iterator[Element]:
        """The child elements."""
        return (child for child in self.children if isinstance(child, Element))

    def classes(self) -> tuple[str, ...]:
        """The class names."""
        return tuple(self.get("class").split())


class Named(Struct, frozen=True):
    """What HTML can refer to: files in which words stand, and statements; None where any will do."""

    files: Collection[str] = ()
    statements: Collection[str] | None = None


ANYTHING = Named()


class _Builder(HTMLParser):
    def __init__(self, template: str, named: Named) -> None:
        super().__init__(convert_charrefs=True)
        self.template = template
        self.named = named
        self.elements = 0
        self.root = Element("root", {}, 0)
        self.open: list[Element] = [self.root]
        self.problems: list[Problem] = []

    def wrong(self, message: str, instead: str) -> None:
        where = f"in line {self.getpos()[0]} of the HTML that it makes: "
        self.problems.append(error(Origin(self.template), "TEMPLATE02", where + message, instead))
        if len(self.problems) >= MOST_PROBLEMS:
            self.stop()

    def stop(self) -> NoReturn:
        raise ProblemsError(self.problems)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            self.wrong(f"there are more than {MOST_ELEMENTS:,} elements", "print fewer")
            self.stop()
        if tag not in BLOCKS and tag not in INLINE:
            self.wrong(f"<{tag[:_SHOWN]}> is not known", choose_from(tag[:_SHOWN], BLOCKS + INLINE))
            return
        allowed = ATTRIBUTES["*"] + ATTRIBUTES.get(tag, ())
        for name, value in attrs:
            if name not in allowed:
                self.wrong(f"<{tag}> has no attribute '{name[:_SHOWN]}'", choose_from(name[:_SHOWN], allowed))
            elif name == "data-at" and not self.is_origin(value or ""):
                # A template that writes it could say that its own words are a recipient's.
                self.wrong(f"<{tag}> says where its words stand", "remove data-at; phrases bring their own")
            elif name == "data-statement" and self.named.statements is not None:
                self.judge_statements(value or "", self.named.statements)
        if self.open[-1].tag in ("p", "h1", "h2", "h3", *INLINE) and tag in BLOCKS:
            self.wrong(f"<{tag}> stands inside <{self.open[-1].tag}>", f"close <{self.open[-1].tag}> before it")
        element = Element(tag, {name: value or "" for name, value in attrs}, self.getpos()[0])
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)
            if len(self.open) == _DEEPEST + 1:
                self.wrong(f"<{tag}> stands {_DEEPEST} elements deep", "close elements before it")
                self.stop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or (tag not in BLOCKS and tag not in INLINE):
            return
        if self.open[-1].tag == tag:
            self.open.pop()
        elif any(element.tag == tag for element in self.open):
            self.wrong(f"</{tag}> comes while <{self.open[-1].tag}> is open", f"write </{self.open[-1].tag}> first")
            while self.open.pop().tag != tag:
                pass
        else:
            self.wrong(f"</{tag}> closes nothing", f"remove it, or open <{tag}> before it")

    def is_origin(self, value: str) -> bool:
        at = _AT.fullmatch(value)
        return at is not None and at["file"] in self.named.files

    def judge_statements(self, value: str, known: Collection[str]) -> None:
        for one in value.split():
            if one not in known:
                self.wrong(
                    f"data-statement names '{one[:_SHOWN]}', which is no statement", choose_from(one[:_SHOWN], known)
                )

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_decl(self, decl: str) -> None:
        self.wrong(f"<!{decl[:_SHOWN]}> is not known", "remove it; a template is the body alone")

    def handle_pi(self, data: str) -> None:
        self.wrong(f"<?{data[:_SHOWN]}> is not known", "remove it")

    def unknown_decl(self, data: str) -> None:
        self.wrong(f"<![{data[:_SHOWN]}]> is not known", "remove it")

    def finish(self) -> None:
        """The end of the text."""
        # What is left begins an element or comment that never ends. The parser would look for its end from each '<'
        # of the rest anew, which takes the square of its length.
        if self.rawdata.startswith("<"):
            self.wrong(f"'{self.rawdata[:_SHOWN]}' opens what is never closed", "write its '>', or &lt; for the sign")
            self.stop()
        self.close()


def parse(html: str, template: str, named: Named = ANYTHING) -> Element:
    """The root element of composed HTML, which may refer to what is `named`.

    Raises ProblemsError naming every element that templates may not use.
    """
    builder = _Builder(template, named)
    if len(html) > LONGEST_HTML:
        message = f"makes {len(html):,} characters of HTML"
        raise ProblemsError([error(Origin(template), "TEMPLATE06", message, f"print {LONGEST_HTML:,} at the most")])
    builder.feed(html)
    builder.finish()
    for element in builder.open[1:]:
        message = f"<{element.tag}> of line {element.line} of the HTML that it makes is never closed"
        builder.problems.append(error(Origin(template), "TEMPLATE02", message, f"write </{element.tag}>"))
    if builder.problems:
        raise ProblemsError(builder.problems)
    return builder.root
