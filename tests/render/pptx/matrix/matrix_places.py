"""How large a design's slides are, where its placeholders stand, and what they are called."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from matrix_drawing import (
    Area,
    area_of,
    coloured,
    content_layouts,
    contents,
    covers,
    element,
    holders,
    parts_of,
    place,
    run_of,
    styles_of,
    xfrm,
)
from pptx.oxml.ns import qn

SIZES = {
    "16:9": (13.333, 7.5), "4:3": (10.0, 7.5), "16:10": (10.0, 6.25), "A4": (11.69, 8.27), "portrait": (7.5, 10.0),
    "10 in wide": (10.0, 5.625), "20 in wide": (20.0, 11.25), "8 in wide": (8.0, 4.5),
}  # fmt: skip
"""Width and height in inches."""
BODY: Area = (0.06, 0.24, 0.88, 0.64)


def sized(prs: Any, size: str) -> None:
    """Gives the slides a size, with all that stands on master and layouts, as PowerPoint does."""
    width, height = (round(side * 914400) for side in SIZES[size])
    across, down = width / prs.slide_width, height / prs.slide_height
    for part in parts_of(prs):
        for node in part._element.cSld.spTree.iter(qn("a:off"), qn("a:ext"), qn("a:chOff"), qn("a:chExt")):
            for name in node.attrib:
                if name in ("x", "cx", "y", "cy"):
                    node.set(name, str(round(int(node.get(name)) * (across if name in ("x", "cx") else down))))
    prs.slide_width, prs.slide_height = width, height
    prs._element.find(qn("p:sldSz")).attrib.pop("type", None)


def _all_at(prs: Any, title: Area, body: Area) -> None:
    """Title and content of the master and of every layout but the covers; several contents share the place."""
    master = prs.slide_masters[0]
    for shape in holders(master, "title"):
        place(prs, shape, title)
    for shape in holders(master, "body"):
        place(prs, shape, body)
    for layout in content_layouts(prs):
        for shape in holders(layout, "title"):
            place(prs, shape, title)
        _shared(prs, contents(layout), body)


def _shared(prs: Any, shapes: list[Any], area: Area) -> None:
    """Places side by side for several contents, one above the other from the third on."""
    across = min(len(shapes), 3)
    down = -(-len(shapes) // 3) or 1
    for n, shape in enumerate(shapes):
        width, height = area[2] / across, area[3] / down
        x, y = area[0] + n % across * width, area[1] + n // across * height
        place(prs, shape, (x, y, width - (0.01 if across > 1 else 0), height - (0.01 if down > 1 else 0)))


def _tiny_title(prs: Any) -> None:
    for part in (prs.slide_masters[0], *content_layouts(prs)):
        for shape in holders(part, "title"):
            place(prs, shape, (0.06, 0.05, 0.25, 0.05))


def _unsaid_title(prs: Any) -> None:
    for layout in (*content_layouts(prs), *covers(prs)):
        for shape in holders(layout, "title", "ctrTitle"):
            place(prs, shape, None)


def _vertical(prs: Any) -> None:
    _all_at(prs, (0.03, 0.06, 0.1, 0.82), (0.16, 0.06, 0.8, 0.82))
    for part in (prs.slide_masters[0], *content_layouts(prs)):
        for shape in holders(part, "title"):
            shape.find(f"{qn('p:txBody')}/{qn('a:bodyPr')}").set("vert", "vert270")


TITLES: dict[str, Callable[[Any], None]] = {
    "top": lambda prs: None,
    "foot": lambda prs: _all_at(prs, (0.06, 0.76, 0.88, 0.14), (0.06, 0.06, 0.88, 0.66)),
    "left": lambda prs: _all_at(prs, (0.04, 0.1, 0.28, 0.75), (0.36, 0.1, 0.6, 0.75)),
    "middle": lambda prs: _all_at(prs, (0.06, 0.4, 0.88, 0.15), (0.06, 0.58, 0.88, 0.3)),
    "very high": lambda prs: _all_at(prs, (0.0, 0.0, 1.0, 0.09), (0.02, 0.1, 0.96, 0.8)),
    "overlapping": lambda prs: _all_at(prs, (0.06, 0.05, 0.88, 0.2), (0.06, 0.13, 0.88, 0.75)),
    "tiny": _tiny_title,
    "unsaid": _unsaid_title,
    "vertical": _vertical,
}


def _drop(shape: Any) -> None:
    shape.getparent().remove(shape)


def _without_content(prs: Any) -> None:
    for layout in content_layouts(prs):
        for shape in contents(layout):
            _drop(shape)
        layout._element.set("type", "titleOnly")
        layout._element.cSld.set("name", "Title Only")


def _without_subtitle(prs: Any) -> None:
    for layout in covers(prs):
        for shape in contents(layout):
            _drop(shape)


def _first(layout: Any, count: int) -> list[Any]:
    """As many contents as asked for, copies of the first."""
    own = contents(layout)
    if not own:
        return []
    for extra in own[count:]:
        _drop(extra)
    made = own[:count]
    while len(made) < count:
        new = copy.deepcopy(own[0])
        made[-1].addnext(new)
        made.append(new)
    for n, shape in enumerate(made):
        next(shape.iter(qn("p:ph"))).set("idx", str(20 + n))
        named = next(shape.iter(qn("p:cNvPr")))
        named.set("name", f"Content Placeholder {20 + n}")
    for n, node in enumerate(layout._element.cSld.spTree.iter(qn("p:cNvPr")), start=1):
        node.set("id", str(n))
    return made


def _body_of(prs: Any, layout: Any) -> Area:
    for shape in (*contents(layout), *holders(prs.slide_masters[0], "body")):
        if (area := area_of(prs, shape)) is not None:
            return area
    return BODY


def _many(count: int, *, same: bool = False) -> Callable[[Any], None]:
    def draw(prs: Any) -> None:
        for layout in content_layouts(prs):
            area = _body_of(prs, layout)
            made = _first(layout, count)
            _shared(prs, made, area)
            for shape in made if same else ():
                next(shape.iter(qn("p:ph"))).set("idx", "1")

    return draw


def _all_in(area: Area | None) -> Callable[[Any], None]:
    def draw(prs: Any) -> None:
        for layout in content_layouts(prs):
            for shape in _first(layout, 1):
                place(prs, shape, area)

    return draw


def _grouped(prs: Any) -> None:
    for layout in content_layouts(prs):
        area = _body_of(prs, layout)
        for shape in _first(layout, 1):
            place(prs, shape, area)
            where = xfrm(prs, area)
            inner = where.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")[len("<a:xfrm>") : -len("</a:xfrm>")]
            group = element(
                '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="90" name="Group"/><p:cNvGrpSpPr/><p:nvPr userDrawn="1"/>'
                f"</p:nvGrpSpPr><p:grpSpPr>{where.removesuffix('</a:xfrm>')}{inner}</a:xfrm></p:grpSpPr></p:grpSp>"
            )
            shape.addprevious(group)
            group.append(shape)


def _beside_one(area: Area) -> Callable[[Any], None]:
    """A small text beside the content, as templates have for a chapter's name, or for a footnote."""

    def draw(prs: Any) -> None:
        for layout in content_layouts(prs):
            body = _body_of(prs, layout)
            if not (made := _first(layout, 2)):
                continue
            content, small = made
            place(prs, content, body)
            place(prs, small, area)
            next(small.iter(qn("p:ph"))).set("type", "body")
            run_of(styles_of(small)).set("sz", "1200")

    return draw


CONTENTS: dict[str, Callable[[Any], None]] = {
    "one": lambda prs: None,
    "none": _without_content,
    "no subtitle": _without_subtitle,
    "six": _many(6),
    "tiny": _all_in((0.45, 0.5, 0.06, 0.05)),
    "same idx": _many(2, same=True),
    "grouped": _grouped,
    "unsaid": _all_in(None),
    "outside": _all_in((0.9, 0.3, 0.6, 0.5)),
    "narrow": _all_in((0.62, 0.24, 0.32, 0.64)),
    "kicker": _beside_one((0.06, 0.005, 0.88, 0.04)),
    "footnote": _beside_one((0.06, 0.885, 0.88, 0.035)),
    "low strip": _all_in((0.06, 0.66, 0.88, 0.22)),
}


def _without_feet(*kinds: str, master: bool = True) -> Callable[[Any], None]:
    def draw(prs: Any) -> None:
        for part in parts_of(prs) if master else prs.slide_layouts:
            for shape in holders(part, *kinds):
                _drop(shape)

    return draw


def _feet_at(*areas: Area) -> Callable[[Any], None]:
    def draw(prs: Any) -> None:
        for part in parts_of(prs):
            for kind, area in zip(("dt", "ftr", "sldNum"), areas, strict=True):
                for shape in holders(part, kind):
                    place(prs, shape, area)

    return draw


def _tiny_feet(prs: Any) -> None:
    _feet_at((0.06, 0.97, 0.04, 0.012), (0.2, 0.97, 0.04, 0.012), (0.9, 0.97, 0.01, 0.012))(prs)
    for shape in holders(prs.slide_masters[0], "dt", "ftr", "sldNum"):
        run_of(styles_of(shape)).set("sz", "500")


def _white_feet(prs: Any) -> None:
    for part in parts_of(prs):
        for shape in holders(part, "dt", "ftr", "sldNum"):
            coloured(styles_of(shape), "FFFFFF")


FEET: dict[str, Callable[[Any], None]] = {
    "all": lambda prs: None,
    "none": _without_feet("dt", "ftr", "sldNum"),
    "tiny": _tiny_feet,
    "on the master": _without_feet("dt", "ftr", "sldNum", master=False),
    "white": _white_feet,
    "at the top": _feet_at((0.06, 0.0, 0.2, 0.038), (0.3, 0.0, 0.4, 0.038), (0.74, 0.0, 0.2, 0.038)),
    "number alone": _without_feet("dt", "ftr"),
    "off the slide": _feet_at((0.06, 1.01, 0.2, 0.05), (0.3, 1.01, 0.4, 0.05), (0.74, 1.01, 0.2, 0.05)),
}

LANGUAGES = {
    "English": {},
    "German": {"Title Slide": "Titelfolie", "Section Header": "Abschnittsüberschrift",
               "Title and Content": "Titel und Inhalt", "Two Content": "Zwei Inhalte", "Title": "Titel",
               "Content": "Inhaltsplatzhalter", "Foot": "Fußzeilenplatzhalter"},
    "Spanish": {"Title Slide": "Diapositiva de título", "Section Header": "Encabezado de sección",
                "Title and Content": "Título y objetos", "Two Content": "Dos objetos", "Title": "Título",
                "Content": "Marcador de contenido", "Foot": "Marcador de pie de página"},
    "Japanese": {"Title Slide": "タイトル スライド", "Section Header": "セクション見出し",
                 "Title and Content": "タイトルとコンテンツ", "Two Content": "2 つのコンテンツ", "Title": "タイトル",
                 "Content": "コンテンツ プレースホルダー", "Foot": "フッター プレースホルダー"},
}  # fmt: skip


def renamed(prs: Any, language: str) -> None:
    """Gives layouts and placeholders the names that PowerPoint has for them in another language."""
    names = LANGUAGES[language]
    if not names:
        return
    for layout in prs.slide_layouts:
        slide = layout._element.cSld
        slide.set("name", names.get(slide.get("name"), slide.get("name")))
        for kinds, what in ((("title", "ctrTitle"), "Title"), (("dt", "ftr", "sldNum"), "Foot")):
            for n, shape in enumerate(holders(layout, *kinds), start=1):
                next(shape.iter(qn("p:cNvPr"))).set("name", f"{names[what]} {n}")
        for n, shape in enumerate(contents(layout), start=2):
            next(shape.iter(qn("p:cNvPr"))).set("name", f"{names['Content']} {n}")
