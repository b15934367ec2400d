"""A figure's shapes → one native, editable group of DrawingML shapes, scaled into an area of the slide."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from handouts.figures.shapes import Ellipse, Figure, Label, Path, Rect, Shape
from handouts.plan.direction import runs_right_to_left
from handouts.render.pptx.layout.pieces import figure_area
from handouts.render.pptx.template import oxml
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.look import DeckLook

ASCENT = 0.905
LINE = 1.149
"""Arial's ascent and line height as multiples of its size."""


def group(figure: Figure, area: Area, look: DeckLook, language: str, ids: Iterator[int]) -> str:
    """`p:grpSp` of the figure at its own proportions, centred at the top of `area`; the alt text is the figure's."""
    frame = figure_area(figure, area)
    said = oxml.named(next(ids), f"Figure ({figure.kind})", figure.alt)
    pen = _Pen(frame, frame.width / figure.width, look, language, ids)
    children = "".join(pen.shape(shape) for shape in figure.shapes)
    x, y, cx, cy = (oxml.emu(v) for v in (frame.x, frame.y, frame.width, frame.height))
    return (
        f"<p:grpSp><p:nvGrpSpPr>{said}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>"
        f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/><a:chOff x="{x}" y="{y}"/>'
        f'<a:chExt cx="{cx}" cy="{cy}"/></a:xfrm></p:grpSpPr>{children}</p:grpSp>'
    )


@lru_cache(maxsize=2048)
def _geometry(
    commands: tuple[tuple[str | float, ...], ...], scale: float, filled: bool
) -> tuple[float, float, float, float, str]:
    """Left, top, width and height of a path in its figure, and `a:custGeom` of it at a scale.

    A figure's paths are the same in every deck that has it.
    """
    numbers = [[float(v) for v in command[1:]] for command in commands]
    xs = [v for command in numbers for v in command[0::2]] or [0.0]
    ys = [v for command in numbers for v in command[1::2]] or [0.0]
    left, top = min(xs), min(ys)
    width, height = max(xs) - left, max(ys) - top

    def points(values: list[float]) -> str:
        pairs = zip(values[0::2], values[1::2], strict=True)
        return "".join(
            f'<a:pt x="{oxml.emu((x - left) * scale)}" y="{oxml.emu((y - top) * scale)}"/>' for x, y in pairs
        )

    names = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo"}
    drawn = "".join(
        f"<a:{names[str(command[0])]}>{points(values)}</a:{names[str(command[0])]}>"
        if command[0] != "Z"
        else "<a:close/>"
        for command, values in zip(commands, numbers, strict=True)
    )
    inside = "" if filled else ' fill="none"'
    geometry = (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{oxml.emu(width * scale)}" h="{oxml.emu(height * scale)}"{inside}>{drawn}</a:path>'
        "</a:pathLst></a:custGeom>"
    )
    return left, top, width, height, geometry


class _Pen:
    """Draws shapes in figure coordinates onto a rectangle of the slide."""

    def __init__(self, frame: Area, scale: float, look: DeckLook, language: str, ids: Iterator[int]) -> None:
        self.frame = frame
        self.scale = scale
        self.look = look
        self.colours = look.palette
        self.language = oxml.escape(language)
        rtl = runs_right_to_left(language)
        self.direction = f' rtl="{int(rtl)}"' if rtl or look.directed else ""
        self.ids = ids

    def shape(self, shape: Shape) -> str:
        number = next(self.ids)
        name = oxml.named(number, f"{type(shape).__name__} {number}")
        match shape:
            case Rect():
                box = self._area(shape.x, shape.y, shape.width, shape.height)
                return self._sp(name, box, self._rectangle(shape), shape)
            case Ellipse():
                box = self._area(shape.cx - shape.rx, shape.cy - shape.ry, 2 * shape.rx, 2 * shape.ry)
                preset = '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>'
                return self._sp(name, box, preset, shape)
            case Path():
                box, geometry = self._freeform(shape)
                return self._sp(name, box, geometry, shape)
            case Label():
                return self._label(shape, name)

    def _area(self, x: float, y: float, width: float, height: float) -> Area:
        s = self.scale
        return Area(self.frame.x + x * s, self.frame.y + y * s, width * s, height * s)

    def _rectangle(self, rect: Rect) -> str:
        shorter = min(rect.width, rect.height)
        if rect.radius <= 0 or shorter <= 0:
            return '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        adjust = min(50000, round(rect.radius / shorter * 100000))
        return f'<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val {adjust}"/></a:avLst></a:prstGeom>'

    def _freeform(self, path: Path) -> tuple[Area, str]:
        left, top, width, height, geometry = _geometry(path.commands, self.scale, bool(path.fill))
        return self._area(left, top, width, height), geometry

    def _sp(self, name: str, box: Area, geometry: str, shape: Rect | Ellipse | Path) -> str:
        line = oxml.fill(shape.stroke, self.colours)
        weight = f' w="{oxml.emu(shape.stroke_width * self.scale)}" cap="rnd"' if shape.stroke else ""
        joint = "<a:round/>" if isinstance(shape, Path) else '<a:miter lim="800000"/>'
        return (
            f"<p:sp><p:nvSpPr>{name}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{oxml.xfrm(box)}"
            f"{geometry}{oxml.fill(shape.fill, self.colours)}<a:ln{weight}>{line}{joint}</a:ln></p:spPr></p:sp>"
        )

    def _label(self, label: Label, name: str) -> str:
        size = label.size * self.scale
        width = self.look.metrics.width(label.text, size, strong=label.strong) + 1
        shift = {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
        x, baseline = self.frame.x + label.x * self.scale, self.frame.y + label.y * self.scale
        box = Area(x - shift, baseline - ASCENT * size, width, LINE * size)
        align = {"start": "l", "middle": "ctr", "end": "r"}[label.anchor]
        weight = ' b="1"' if label.strong else ""
        return (
            f'<p:sp><p:nvSpPr>{name}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr>{oxml.xfrm(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody>'
            '<a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></a:bodyPr>'
            f'<a:lstStyle/><a:p><a:pPr algn="{align}"{self.direction}/><a:r><a:rPr lang="{self.language}"'
            f' sz="{round(size * 100)}"{weight}>'
            f"{oxml.fill(label.fill, self.colours)}</a:rPr><a:t>{oxml.escape(label.text)}</a:t></a:r></a:p>"
            "</p:txBody></p:sp>"
        )
