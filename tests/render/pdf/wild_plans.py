"""Hypothesis strategies for plans that no author would write and every renderer must bear: all blocks in all others,
nothing where something is expected, words of every kind and length.
"""

from __future__ import annotations

from hypothesis import strategies as st
from pdf_samples import META, PHONE, drawing, logo

from handouts.figures.qr import qr
from handouts.plan.blocks import (
    Block,
    Box,
    Cell,
    Column,
    FigureBlock,
    Grid,
    Group,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Picture,
    Table,
)
from handouts.plan.documents import Card, Footer, Handout
from handouts.plan.text import Run, plain
from handouts.problems import Origin

PLAIN = ("a", "of", "cell", "protein", "responded", "lenalidomide", "and/or", "M-protein-secreting", "1-866-603-6628")
ODD = (
    "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle",
    "a" * 130,
    "1,234,567,890,123,456,789,012,345,678,901,234,567,890",
    "98765432109876543210",
    "Żółć",
    "šťastný",
    "Çeşme",
    "Łódź",
    "Ørsted",
    "été",
    "10\u00a0mg",
    "Fußgängerüberführung/Straßenüberquerung",
    "https://example.org/a/very/long/path?with=many&parameters=inside#and-a-fragment",
    "(((((",
    "--",
    "\\)(",
    "%",
    "«",
    "ñ",
)
SPACES = (" ", " ", " ", "  ", " ", "\n", " \t ")


def _endless() -> str:
    """Every odd word among plain ones, with white space of every kind between."""
    words = [word for odd in ODD for word in (odd, *PLAIN)]
    return "".join(word + SPACES[index % len(SPACES)] for index, word in enumerate(words))


_TEXT = _endless()


def texts(most: int = 250) -> st.SearchStrategy[tuple[Run, ...]]:
    """Runs of up to `most` characters; some strong, linked, in another language, empty, or broken inside a word."""
    words = st.builds(
        lambda start, length: _TEXT[start : start + length],
        st.integers(0, len(_TEXT) - 1),
        st.one_of(st.just(0), st.integers(1, 20), st.integers(1, most)),
    )
    style = st.sampled_from(
        [{}] * 6 + [{"strong": True}, {"href": "https://example.org/a?b=(c)&d=\\e"}, {"href": PHONE}, {"lang": "es"},
                    {"href": "mailto:a@example.org", "lang": "de", "strong": True}]
    )  # fmt: skip
    run = st.builds(
        lambda text, style, line: Run(text, origin=Origin("content/en.yaml", line, 3), **style),
        words, style, st.integers(1, 99),
    )  # fmt: skip
    return st.lists(run, max_size=4).map(tuple)


def leaves(most: int = 250) -> st.SearchStrategy[Block]:
    """Blocks that hold no others."""
    text, short = texts(most), texts(25)
    role = st.sampled_from(["body", "lead", "eyebrow", "caption", "note", "source", "number", "small", "rule-line"])
    item = st.builds(Item, text, st.sampled_from([0, 0, 0, 1, 3]))
    marker = st.sampled_from(["bullet", "checkbox", "number", "none"])
    cell = st.builds(Cell, short, st.sampled_from([None, None, "row"]), st.sampled_from(["left", "right"]))

    def tables(columns: int) -> st.SearchStrategy[Block]:
        row = st.tuples(*[cell] * columns)
        widths = st.tuples(*[st.sampled_from([1.0, 2.0, 3.0])] * columns)
        return st.builds(
            Table, row, st.lists(row, max_size=5).map(tuple), widths, st.sampled_from(["", "What é shows"])
        )

    return st.one_of(
        st.builds(Paragraph, text, role).filter(lambda block: block.role != "rule-line" or plain(block.runs).strip()),
        st.builds(Paragraph, text),
        st.builds(Heading, st.integers(1, 3), texts(50)),
        st.builds(ListBlock, st.lists(item, max_size=5).map(tuple), marker),
        st.integers(1, 4).flatmap(tables),
        st.builds(FigureBlock, st.just(drawing()), short),
        st.builds(FigureBlock, st.just(qr(PHONE, module=1.5, alt="QR code")), short),
        st.builds(Picture, st.just(logo("image/png")), st.sampled_from(["A logo", "", "Löwe (alt)"])),
    )


def containers(inside: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    """Blocks that hold others, or nothing."""
    some = st.lists(inside, max_size=3).map(tuple)
    spans = st.sampled_from([(12,), (6, 6), (7, 5), (4, 4, 4), (6, 6), (7, 5), (8, 4), (3, 3, 3, 3), (2, 3)])
    return st.one_of(
        st.builds(Box, st.sampled_from(["message", "changed", "hotline", "clinic", "plain"]), some),
        spans.flatmap(lambda parts: st.tuples(*[st.builds(Column, st.just(span), some) for span in parts]).map(Grid)),
        st.builds(Group, some, st.booleans(), st.booleans()),
    )


def blocks(most: int = 250) -> st.SearchStrategy[Block]:
    """Any block, containers in containers to some depth."""
    return st.recursive(leaves(most), containers, max_leaves=8)


FOOTER = Footer("As of March 2024, ¿borrador?", "Page {page} of {pages}")


def handouts(most_blocks: int = 12) -> st.SearchStrategy[Handout]:
    """Handouts of up to so many blocks."""
    some = st.lists(blocks(), min_size=1, max_size=most_blocks).map(tuple)
    return st.builds(Handout, st.just(META), some, st.just(FOOTER))


def cards() -> st.SearchStrategy[Card]:
    """Cards with little on them."""
    face = st.lists(blocks(40), min_size=0, max_size=3).map(tuple)
    return st.builds(Card, st.just(META), face, face)
