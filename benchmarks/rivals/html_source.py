"""Our plan of a handout and its theme → the same handout as an HTML page, for `look.css` beside it to lay out.

The words, figures and measures are ours; figures are handed over as SVG files.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from benchmarks.rivals.svg import svg
from handouts.figures.shapes import Figure
from handouts.plan import blocks as plan
from handouts.plan.documents import Handout
from handouts.plan.text import Run
from handouts.theme.schema import Colours, Scale, Theme

LOOK = Path(__file__).with_name("look.css")


def html_files(handout: Handout, theme: Theme, stretch: float) -> dict[str, str]:
    """The files of a page by name, `main.html` first, its white space that of the theme times `stretch`.

    Fonts are looked for in `fonts/` beside them.
    """
    writer = _Writer(theme)
    body = writer.blocks(handout.blocks)
    meta, foot = handout.meta, handout.footer
    number = "".join(
        {"{page}": "counter(page)", "{pages}": "counter(pages)"}.get(part, f"'{part}'") + " "
        for part in _parts(foot.page, ("{page}", "{pages}"))
    )
    head = (
        f'<!DOCTYPE html>\n<html lang="{escape(meta.language)}"><head><meta charset="utf-8">'
        f'<title>{escape(meta.title)}</title><meta name="author" content="{escape(meta.author)}">'
        '<link rel="stylesheet" href="look.css"></head>\n<body>\n'
    )
    feet = (
        "@page { @bottom-left { content: " + _css_string(foot.left) + " } @bottom-right { content: " + number + "} }\n"
    )
    return {
        "main.html": f"{head}{body}\n</body></html>\n",
        "look.css": _theme(theme, stretch) + feet + LOOK.read_text("utf-8"),
        **writer.files,
    }


def _parts(text: str, places: tuple[str, ...]) -> list[str]:
    """The text cut before and after each place."""
    for place in places:
        text = text.replace(place, f"\0{place}\0")
    return [part for part in text.split("\0") if part]


def _css_string(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _theme(theme: Theme, stretch: float) -> str:
    """Colours, measures and type scale as CSS."""
    shape, colours = theme.handout, theme.colours
    names = {f"--{name}": colours.of(name) for name in Colours.__struct_fields__}
    names |= {"--gutter": f"{shape.gutter:g}pt", "--padding": f"{shape.box_padding:g}pt"}
    names |= {"--space": f"{shape.block_space:g}pt", "--stretch": f"{stretch:g}"}
    lines = [":root { " + "; ".join(f"{name}: {value}" for name, value in names.items()) + " }"]
    edges = f"{shape.margin_top:g}pt {shape.margin:g}pt {shape.margin_bottom:g}pt"
    lines.append(f"@page {{ margin: {edges} }}")
    for role in Scale.__struct_fields__:
        style = shape.scale.of(role)
        weight = "bold" if style.strong else "normal"
        lines.append(
            f".{role} {{ font: {weight} {style.size:g}pt/{style.leading:g}pt Handout; "
            f"color: {colours.of(style.colour)}; margin: {style.before * stretch:g}pt 0 {style.after * stretch:g}pt }}"
        )
    return "\n".join(lines) + "\n"


class _Writer:
    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.files: dict[str, str] = {}

    def blocks(self, blocks: Iterable[plan.Block]) -> str:
        return "\n".join(self.block(block) for block in blocks)

    def block(self, block: plan.Block) -> str:
        match block:
            case plan.Heading():
                return f'<h{block.level} class="h{block.level}">{self.runs(block.runs)}</h{block.level}>'
            case plan.Paragraph():
                rule = "<span></span>" if block.role == "rule-line" else ""
                return f'<p class="{block.role}">{self.runs(block.runs)}{rule}</p>'
            case plan.ListBlock():
                return f'<ul class="{block.marker}">{"".join(self._item(item) for item in block.items)}</ul>'
            case plan.Table():
                return self._table(block)
            case plan.FigureBlock():
                words = self.runs(block.caption)
                caption = f'<figcaption class="caption">{words}</figcaption>' if words else ""
                return f"<figure>{self._figure(block.figure)}{caption}</figure>"
            case plan.Picture():
                raise NotImplementedError("the benchmark's handout has no raster image")
            case plan.Box():
                return f'<div class="box {block.role}-box">\n{self.blocks(block.blocks)}\n</div>'
            case plan.Grid():
                parts = "".join(
                    f'<div class="span-{column.span}">\n{self.blocks(column.blocks)}\n</div>'
                    for column in block.columns
                )
                return f'<div class="grid">{parts}</div>'
            case plan.Group():
                page = ' class="new-page"' if block.new_page else ""
                return f"<section{page}>\n{self.blocks(block.blocks)}\n</section>"

    def runs(self, runs: Iterable[Run]) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        text = escape(run.text).replace("\n", "<br>")
        if run.strong:
            text = f"<strong>{text}</strong>"
        if run.lang:
            text = f'<span lang="{escape(run.lang)}">{text}</span>'
        return f'<a href="{escape(run.href)}">{text}</a>' if run.href else text

    def _item(self, item: plan.Item) -> str:
        return f'<li class="item">{self.runs(item.runs)}{"<div class=line></div>" * item.write_lines}</li>'

    def _table(self, block: plan.Table) -> str:
        total = sum(block.widths)
        columns = "".join(f'<col style="width: {width / total:.2%}">' for width in block.widths)
        head = "".join(f'<th scope="col">{self.runs(cell.runs)}</th>' for cell in block.head)
        rows = "".join(f"<tr>{''.join(self._cell(cell) for cell in row)}</tr>\n" for row in block.rows)
        return f'<table class="table">{columns}<thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table>'

    def _cell(self, cell: plan.Cell) -> str:
        words = self.runs(cell.runs)
        return f'<th scope="row">{words}</th>' if cell.scope == "row" else f"<td>{words}</td>"

    def _figure(self, figure: Figure) -> str:
        name = f"figure-{len(self.files) + 1}.svg"
        self.files[name] = svg(figure, self.theme.colours, family="Handout")
        return f'<img class="{figure.kind}" src="{name}" alt="{escape(figure.alt)}" style="width: {figure.width:g}pt">'
