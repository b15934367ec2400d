"""Text is drawn as it was measured: what a template does to its placeholders beyond that is taken back on slides."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from deck_samples import bullets, deck, para, render_deck, slide, table
from pptx import Presentation
from pptx.oxml.ns import qn
from stranger_templates import DEFAULT, LIBREOFFICE, OURS, stranger
from topic_samples import OWN

from handouts.render.pptx.template.template import template_of
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

SLIDES = (
    slide("Title Slide", "Start", subtitle=(para("For clinicians"),)),
    slide("Title and Content", "Points", source="A source", body=(bullets("One", "Two"),)),
    slide("Two Content", "Two", source="A source", left=(para("Left"),), right=(para("Right"),)),
    slide("Content and Note", "Noted", source="A source", body=(bullets("One"),), note=(para("A note"),)),
    slide("Table", "Rows", source="A source", table=(table(3),), note=(para("A note"),)),
)


def bodies(tree: Any) -> Iterator[Any]:
    for shape in tree.placeholders:
        node = shape._element.find(f"{qn('p:txBody')}/{qn('a:bodyPr')}")
        if node is not None:
            yield node


def levels(master: Any) -> Iterator[Any]:
    styles = master._element.find(qn("p:txStyles"))
    for name in ("p:titleStyle", "p:bodyStyle"):
        yield styles.find(f"{qn(name)}/{qn('a:lvl1pPr')}")


def attribute(name: str, value: str) -> Callable[[Any], None]:
    def change(file: Any) -> None:
        for body in bodies(file.slide_master):
            body.set(name, value)

    change.__name__ = f"{name}={value}"
    return change


def fit(name: str, **attributes: str) -> Callable[[Any], None]:
    def change(file: Any) -> None:
        for tree in (file.slide_master, *file.slide_layouts):
            for body in bodies(tree):
                for old in ("a:noAutofit", "a:normAutofit", "a:spAutoFit"):
                    for node in body.findall(qn(old)):
                        body.remove(node)
                if tree is file.slide_master:
                    body.append(body.makeelement(qn(name), attributes))

    change.__name__ = f"{name} {attributes}"
    return change


def space(name: str, kind: str, value: str) -> Callable[[Any], None]:
    def change(file: Any) -> None:
        for level in levels(file.slide_master):
            for old in level.findall(qn(name)):
                level.remove(old)
            node = level.makeelement(qn(name), {})
            node.append(node.makeelement(qn(kind), {"val": value}))
            order = ["a:lnSpc", "a:spcBef", "a:spcAft"]
            before = [qn(one) for one in order[: order.index(name)]]
            level.insert(sum(child.tag in before for child in level), node)

    change.__name__ = f"{name} {kind} {value}"
    return change


def margins(file: Any) -> None:
    for level in levels(file.slide_master):
        level.set("marR", "914400")


def hanging_title(file: Any) -> None:
    next(levels(file.slide_master)).attrib.update({"marL": "914400", "indent": "-457200"})


def letters_apart(file: Any) -> None:
    for level in levels(file.slide_master):
        level.find(qn("a:defRPr")).set("spc", "300")


CHANGES = (
    attribute("vert", "vert270"),
    attribute("numCol", "2"),
    attribute("wrap", "none"),
    attribute("rot", "5400000"),
    fit("a:normAutofit", fontScale="62500", lnSpcReduction="20000"),
    fit("a:spAutoFit"),
    space("a:lnSpc", "a:spcPts", "3600"),
    space("a:spcAft", "a:spcPts", "1800"),
    space("a:spcAft", "a:spcPct", "50000"),
    space("a:spcBef", "a:spcPts", "3000"),
    margins,
    hanging_title,
    letters_apart,
)


@cache
def changed(number: int) -> TemplateFile:
    file: Any = Presentation(io.BytesIO(stranger(DEFAULT).data))
    CHANGES[number](file)
    out = io.BytesIO()
    file.save(out)
    return TemplateFile(out.getvalue(), "hospital.pptx")


def chain(shape: Any) -> list[Any]:
    """A slide's placeholder and those that it inherits from."""
    found = [shape]
    while (above := getattr(found[-1], "_base_placeholder", None)) is not None:
        found.append(above)
    return [one._element for one in found]


def said(nodes: list[Any], name: str) -> str | None:
    return next((node.get(name) for node in nodes if node is not None and node.get(name) is not None), None)


@pytest.mark.sampled(5)
@pytest.mark.parametrize("number", range(len(CHANGES)), ids=[change.__name__ for change in CHANGES])
def test_text_stands_across_in_one_column_at_its_own_size_and_spacing(number: int) -> None:
    file: Any = Presentation(io.BytesIO(render_deck(deck(*SLIDES), Theme(), changed(number))))
    seen = 0
    for one in file.slides:
        styles = one.slide_layout.slide_master._element.find(qn("p:txStyles"))
        for shape in one.placeholders:
            if not shape.has_text_frame or shape.element.find(f".//{qn('p:ph')}").get("type") in ("ftr", "sldNum"):
                continue
            seen += 1
            shapes = chain(shape)
            frames = [s.find(f"{qn('p:txBody')}/{qn('a:bodyPr')}") for s in shapes]
            usual = {"vert": "horz", "numCol": "1", "wrap": "square", "rot": "0"}
            assert {name: said(frames, name) or value for name, value in usual.items()} == usual
            fits = [n for f in frames if f is not None for n in f if n.tag.endswith(("Autofit", "AutoFit"))]
            assert not fits or (not fits[0].attrib and not fits[0].tag.endswith("spAutoFit"))
            family = "p:titleStyle" if shape == one.shapes.title else "p:bodyStyle"
            own = [s.find(f"{qn('p:txBody')}/{qn('a:lstStyle')}/{qn('a:lvl1pPr')}") for s in shapes[1:]]
            inherited = [n for n in (*own, styles.find(f"{qn(family)}/{qn('a:lvl1pPr')}")) if n is not None]
            for paragraph in shape.text_frame.paragraphs:
                properties = paragraph._p.pPr
                nodes = [n for n in (properties, *inherited) if n is not None]
                assert (said(nodes, "marR") or "0") == "0"
                below, lines = (next((n.find(qn(s))[0] for n in nodes if n.find(qn(s)) is not None), None)
                                for s in ("a:spcAft", "a:lnSpc"))  # fmt: skip
                assert below is None or below.get("val") == "0"
                assert lines is None or lines.tag == qn("a:spcPct")
                assert (said([n.find(qn("a:defRPr")) for n in nodes], "spc") or "0") == "0"
                if family == "p:titleStyle":
                    assert (said(nodes, "marL") or "0") == (said(nodes, "indent") or "0") == "0"
    assert seen > 10


def test_exact_lines_stay_in_proportion_to_the_type_as_the_template_has_them() -> None:
    template = template_of(changed([c.__name__ for c in CHANGES].index("a:lnSpc a:spcPts 3600")), Theme())
    title = template.layouts["Title and Content"].title
    assert title.style.spacing == pytest.approx(36 / (44 * 1.2), rel=1e-3)


def test_a_source_and_a_note_have_single_lines_whatever_the_text_has() -> None:
    def loose(file: Any) -> None:
        for change in (space("a:lnSpc", "a:spcPct", "150000"), space("a:spcBef", "a:spcPts", "3000")):
            change(file)

    file: Any = Presentation(io.BytesIO(stranger(DEFAULT).data))
    loose(file)
    out = io.BytesIO()
    file.save(out)
    layouts = template_of(TemplateFile(out.getvalue(), "hospital.pptx"), Theme()).layouts
    assert layouts["Title and Content"].spots["body"].style.spacing == 1.5
    for name, slot in (("Title and Content", "source"), ("Table", "source"), ("Table", "note")):
        style = layouts[name].spots[slot].style
        assert (style.spacing, style.before) == (1, 0)


def test_what_can_be_measured_is_left_as_it_is() -> None:
    for name in (DEFAULT, LIBREOFFICE, OURS):
        own = OWN if name == OURS else stranger(name)
        before: Any = Presentation(io.BytesIO(own.data))
        after: Any = Presentation(io.BytesIO(template_of(own, Theme()).data))
        kept = {layout.name: layout for layout in after.slide_layouts}
        names = [layout.name for layout in before.slide_layouts if layout.name in kept]
        assert names
        for layout in before.slide_layouts:
            if layout.name in kept:
                found = {s.name: s for s in kept[layout.name].placeholders}
                for shape in layout.placeholders:
                    frame = shape._element.find(f"{qn('p:txBody')}/{qn('a:bodyPr')}")
                    again = found[shape.name]._element.find(f"{qn('p:txBody')}/{qn('a:bodyPr')}")
                    assert frame is None or frame.attrib == again.attrib
