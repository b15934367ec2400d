"""Our plan of a handout and its theme → the same handout as Typst source, for `look.typ` beside it to lay out.

The words, figures and measures are ours; figures are handed over as
SVG files, which Typst reads and draws in half the time that it takes for the same shapes in its own language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.rivals.svg import svg
from handouts.figures.shapes import Figure
from handouts.plan import blocks as plan
from handouts.plan.documents import Handout
from handouts.plan.text import Run
from handouts.theme.schema import Colours, Scale, Theme

LOOK = Path(__file__).with_name("look.typ")


def typst_files(
    handout: Handout, theme: Theme, stretch: float, places: Mapping[str, str], first: str = ""
) -> dict[str, str]:
    """The files of a Typst project by name, `main.typ` first, its white space that of the theme times `stretch`.

    `places` maps words of the plan to the expressions that stand in their stead; `first` is what these need before.
    """
    writer = _Writer(theme, places)
    body = writer.blocks(handout.blocks)
    meta = handout.meta
    facts = {
        "title": _string(meta.title),
        "author": writer.value(meta.author),
        "language": _string(meta.language),
        "foot": _string(handout.footer.left),
        "page-words": _string(handout.footer.page),
    }
    head = '#import "look.typ": *\n#show: handout.with(' + ", ".join(f"{k}: {v}" for k, v in facts.items()) + ")\n\n"
    return {
        "main.typ": first + head + body,
        "look.typ": LOOK.read_text("utf-8"),
        "theme.typ": _theme(theme, stretch),
        **writer.files,
    }


def _theme(theme: Theme, stretch: float) -> str:
    """Colours, type scale and measures as Typst dictionaries."""
    colours = ", ".join(f'{name}: rgb("{theme.colours.of(name)}")' for name in Colours.__struct_fields__)
    shape = theme.handout
    styles: list[str] = []
    for role in Scale.__struct_fields__:
        style = shape.scale.of(role)
        weight = '"bold"' if style.strong else '"regular"'
        styles.append(
            f"  {role}: (size: {style.size:g}pt, leading: {style.leading:g}pt, weight: {weight}, "
            f"fill: colours.{style.colour}, above: {style.before:g}pt, below: {style.after:g}pt),"
        )
    lengths = {
        "margin": shape.margin,
        "margin-top": shape.margin_top,
        "margin-bottom": shape.margin_bottom,
        "gutter": shape.gutter,
        "padding": shape.box_padding,
        "block-space": shape.block_space,
    }
    rest = [f"#let {name} = {value:g}pt" for name, value in lengths.items()]
    rest.append(f"#let stretch = {stretch:g}")
    return "\n".join([f"#let colours = ({colours})", "#let scale = (", *styles, ")", *rest, ""])


class _Writer:
    def __init__(self, theme: Theme, places: Mapping[str, str]) -> None:
        self.theme = theme
        self.places = places
        self.cuts = re.compile("(" + "|".join(["\n", *map(re.escape, places)]) + ")")
        self.files: dict[str, str] = {}

    def blocks(self, blocks: Iterable[plan.Block]) -> str:
        return "\n".join(self.block(block) for block in blocks)

    def block(self, block: plan.Block) -> str:
        match block:
            case plan.Heading():
                return f"#heading(level: {block.level})[{self.runs(block.runs)}]"
            case plan.Paragraph():
                return f'#words("{block.role}")[{self.runs(block.runs)}]'
            case plan.ListBlock():
                items = ", ".join(f"({item.write_lines}, [{self.runs(item.runs)}])" for item in block.items)
                return f'#points("{block.marker}", {items})'
            case plan.Table():
                widths = ", ".join(f"{width:g}fr" for width in block.widths)
                head = ", ".join(f"[{self.runs(cell.runs)}]" for cell in block.head)
                rows = "".join(f"({', '.join(self._cell(cell) for cell in row)}), " for row in block.rows)
                return f"#facts({_string(block.summary)}, ({widths}), ({head}), ({rows}))"
            case plan.FigureBlock():
                caption = f"[{self.runs(block.caption)}]" if block.caption else "none"
                return f"#picture({self._figure(block.figure)}, caption: {caption})"
            case plan.Picture():
                raise NotImplementedError("the benchmark's handout has no raster image")
            case plan.Box():
                return f'#panel("{block.role}")[\n{self.blocks(block.blocks)}\n]'
            case plan.Grid():
                spans = ", ".join(str(column.span) for column in block.columns)
                parts = ", ".join(f"[\n{self.blocks(column.blocks)}\n]" for column in block.columns)
                return f"#side-by-side(({spans},), {parts})"
            case plan.Group():
                begin = "#pagebreak(weak: true)\n" if block.new_page else ""
                return begin + f"#part[\n{self.blocks(block.blocks)}\n]"

    def runs(self, runs: Iterable[Run]) -> str:
        return "".join(self._run(run) for run in runs)

    def value(self, text: str) -> str:
        """A string, or the expression that stands in its stead."""
        return self.places.get(text, _string(text))

    def _run(self, run: Run) -> str:
        pieces = re.split(self.cuts, run.text)
        text = "".join("#linebreak()" if piece == "\n" else f"#{self.value(piece)}" for piece in pieces if piece)
        if run.strong:
            text = f"#strong[{text}]"
        if run.lang:
            text = f"#text(lang: {_string(run.lang)})[{text}]"
        return f"#link({_string(run.href)})[{text}]" if run.href else text

    def _cell(self, cell: plan.Cell) -> str:
        return f"({'true' if cell.scope == 'row' else 'false'}, [{self.runs(cell.runs)}])"

    def _figure(self, figure: Figure) -> str:
        name = f"figure-{len(self.files) + 1}.svg"
        self.files[name] = svg(figure, self.theme.colours, family=self.theme.family)
        white = "true" if figure.kind == "qr" else "false"
        return f'"{name}", {figure.width:g}pt, {_string(figure.alt)}, on-paper: {white}'


def _string(text: str) -> str:
    """A Typst string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
