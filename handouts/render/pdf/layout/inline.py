"""Links and foreign words inside a text: its lines in, the structure element that each piece of them belongs to out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from handouts.render.pdf.draw.tags import StructElement
from handouts.render.pdf.layout.text import Line, Piece


class InlineSpan(Struct, eq=False):
    """Pieces next to each other that are one link (`href`), or in one language, perhaps `inside` a link.

    `text` is the whole of a link. `element` is made when the first piece is drawn, so that it stands in reading order.
    """

    href: str | None
    lang: str | None
    text: str
    inside: InlineSpan | None = None
    element: StructElement | None = None

    def element_in(self, parent: StructElement) -> StructElement:
        """The element, a child of `parent` or of the link around it."""
        if self.element is None:
            outer = self.inside.element_in(parent) if self.inside else parent
            self.element = outer.add("Link" if self.href else "Span", lang=self.lang)
        return self.element

    @property
    def contents(self) -> str:
        """Where a link leads, in words: its own text, and its address when the text does not hold it."""
        text, href = self.text.strip(), self.href or ""
        scheme, _, address = href.partition(":")
        if scheme in {"tel", "mailto"} or address.strip("/") in text:
            return text
        return f"{text}: {href}"


class InlineTags:
    """The elements of one text, `element`, and of the links and foreign words in it; without it all are artifacts."""

    def __init__(self, element: StructElement | None, lines: Sequence[Line]) -> None:
        self.element = element
        self._lines = lines
        self._spans: dict[int, InlineSpan] = {}
        all_pieces = [piece for line in lines for piece in line.pieces]
        if not any(piece.run.href or piece.run.lang for piece in all_pieces):
            return
        for href, linked in groupby(all_pieces, key=lambda piece: piece.run.href):
            pieces = list(linked)
            text = "".join(piece.text for piece in pieces)
            languages = {piece.run.lang for piece in pieces}
            link = (
                InlineSpan(href, languages.pop() if len(languages) == 1 else None, text)
                if href and text.strip()
                else None
            )
            for lang, same in groupby(pieces, key=lambda piece: piece.run.lang):
                span = link if link and (link.lang or not lang) else InlineSpan(None, lang, "", link) if lang else None
                if span:
                    self._spans.update((id(piece), span) for piece in same)

    def of(self, piece: Piece) -> StructElement | None:
        """The element that a piece of these lines belongs to."""
        span = self._spans.get(id(piece))
        return span.element_in(self.element) if span and self.element else self.element

    def links(self, line: Line) -> Iterator[tuple[InlineSpan, float, float]]:
        """The links on a line, and where each starts and stops; the space at the line's end is left out."""
        for link, same in groupby(line.pieces, key=self._link):
            pieces = list(same)
            start, stop = pieces[0].x, min(pieces[-1].x + pieces[-1].width, line.width)
            if link and stop > start:
                yield link, start, stop

    def _link(self, piece: Piece) -> InlineSpan | None:
        span = self._spans.get(id(piece))
        link = (span.inside or span) if span else None
        return link if link and link.href else None

    def without_element(self) -> InlineTags:
        """The same text, belonging to no element."""
        return InlineTags(None, self._lines)
