"""How a deck came out on a template: its pages in, lines of plain words out, for who judges the template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from handouts.plan.blocks import FigureBlock, Table
from handouts.render.pptx.layout.fit import Fitted
from handouts.render.pptx.layout.paginate import SlidePage
from handouts.render.pptx.layout.pieces import Drawn, TextPiece
from handouts.render.pptx.layout.tables import text_size


def deck_report(fit: Fitted) -> Iterator[str]:
    """The sizes of type that were used, the slides by layout, and on how many of them something stands in."""
    yield f"type in points: {', '.join(_sizes(fit))}"
    choices = fit.template.choices
    worn = Counter(page.bound.spec.name for page in fit.pages)
    named = (f"{name} {count}{' (ours)' if choices[name].stands_in else ''}" for name, count in worn.items())
    yield f"slides by layout: {', '.join(named)}"
    ours = sum(count for name, count in worn.items() if choices[name].stands_in)
    standing: dict[str, int] = {"a layout of ours": ours} if ours else {}
    for what in dict.fromkeys(one for name in worn for one in choices[name].added):
        standing[f"a place for the {what}"] = sum(n for name, n in worn.items() if what in choices[name].added)
    if panels := sum(page.bound.panelled for page in fit.pages):
        standing["a panel behind text"] = panels
    if standing:
        yield f"standing in: {', '.join(f'{what} on {count} slides' for what, count in standing.items())}"
    yield from _without_foot(fit)


def _sizes(fit: Fitted) -> Iterator[str]:
    """Each kind of text with the least and the largest size that it has on any page."""
    texts = [(slot, piece) for page in fit.pages for slot, piece in _pieces(page)]
    tables = [one.block for _, one in texts if isinstance(one, Drawn) and isinstance(one.block, Table)]
    paras = [(slot, one.size) for slot, piece in texts if isinstance(piece, TextPiece) for one in piece.paras]
    look = fit.template.look
    drawn = any(isinstance(one, Drawn) and isinstance(one.block, FigureBlock) for _, one in texts)
    feet = (page.bound.footer for page in fit.pages)
    sizes: dict[str, Iterable[float]] = {
        "titles": (page.bound.title.style.size for page in fit.pages),
        "text": (size for slot, size in paras if slot != "source"),
        "tables": (text_size(table, row, look) for table in tables for row in range(len(table.rows) + 1)),
        "labels": (look.sizes.label,) if drawn else (),
        "sources": (size for slot, size in paras if slot == "source"),
        "foot": (fit.foot.size or foot.style.size for foot in feet if foot is not None) if fit.foot.text else (),
    }
    for what, every in sizes.items():
        if found := sorted(set(every)):
            yield f"{what} {found[0]:g}" + (f" to {found[-1]:g}" if found[-1] > found[0] else "")


def _pieces(page: SlidePage) -> Iterator[tuple[str, TextPiece | Drawn]]:
    return ((slot, placed.piece) for slot, every in page.placed.items() for placed in every)


def _without_foot(fit: Fitted) -> Iterator[str]:
    for what, lacking in (
        ("the running foot, which says the review state", [page.bound.footer is None for page in fit.pages]),
        ("a number", [page.bound.number is None for page in fit.pages]),
    ):
        if any(lacking):
            yield f"without {what}: {sum(lacking)} slides"
