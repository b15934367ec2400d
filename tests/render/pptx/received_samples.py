"""Files to receive as templates in tests: a small one of two layouts, and how to change, refuse and wear one."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

from deck_samples import bullets, deck, logo, para, render_deck, slide, table
from lxml import etree
from stranger_templates import DEFAULT, repacked, stranger

from handouts.problems import Problem, ProblemsError
from handouts.render.pptx.template import template
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

Members = dict[str, bytes]
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES, ROOT_RELS = "[Content_Types].xml", "_rels/.rels"
MAIN, MAIN_RELS = "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels"
MASTER, MASTER_RELS = "ppt/slideMasters/slideMaster1.xml", "ppt/slideMasters/_rels/slideMaster1.xml.rels"
LAYOUT, LAYOUT_RELS = "ppt/slideLayouts/slideLayout2.xml", "ppt/slideLayouts/_rels/slideLayout2.xml.rels"
THEME = "ppt/theme/theme1.xml"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63d0d0d0000000b60059"
    "cf9f6b6a0000000049454e44ae426082"
)
WORDS = deck(
    slide("Title Slide", "T", subtitle=(para("s"),), details=(para("2026"),), figure=(logo(),)),
    slide("Title and Content", "A", "s", "MMRF", body=(bullets("x", "y"),)),
    slide("Two Content", "B", left=(para("l"),), right=(para("r"),)),
    slide("Table", "C", table=(table(2),)),
)
"""A deck that uses layouts of the template, some that stand in, and a picture."""


@cache
def small() -> bytes:
    """python-pptx's template with two of its layouts alone."""
    kept = ("slideLayout1.xml", "slideLayout2.xml")

    def change(members: Members) -> None:
        for name in [n for n in members if "slideLayout" in n and not n.endswith(tuple(kept + tuple(
            f"{one}.rels" for one in kept)))]:  # fmt: skip
            del members[name]
        for name in (MASTER_RELS, TYPES):
            root = etree.fromstring(members[name])
            for node in list(root):
                target = str(node.get("Target", node.get("PartName", "")))
                if "slideLayout" in target and not target.endswith(kept):
                    root.remove(node)
            members[name] = etree.tostring(root)
        known = {str(node.get("Id")) for node in etree.fromstring(members[MASTER_RELS])}
        root = etree.fromstring(members[MASTER])
        for node in list(root.iter("{*}sldLayoutId")):
            if node.get(f"{{{OFFICE}}}id") not in known:
                node.getparent().remove(node)  # type: ignore[union-attr]
        members[MASTER] = etree.tostring(root)

    return repacked(stranger(DEFAULT).data, change)


def worn(data: bytes, words: Any = WORDS) -> bytes:
    """The deck that wears a template, read anew."""
    template._template_of.cache_clear()
    return render_deck(words, Theme(), TemplateFile(data, "t.pptx"))


@cache
def plain() -> bytes:
    """The deck that wears the small template as it is."""
    return worn(small())


def refusals(data: bytes) -> tuple[Problem, ...]:
    """Why a template is refused; nothing where it is not."""
    try:
        worn(data)
    except ProblemsError as refused:
        assert refused.problems
        assert {(p.origin.file, p.code) for p in refused.problems} == {("t.pptx", "DECK10")}
        assert all(p.instead for p in refused.problems)
        return refused.problems
    return ()


def refused(data: bytes) -> str:
    """The one reason why a template is refused."""
    (problem,) = refusals(data)
    return problem.message


def changed(*changes: Callable[[Members], None]) -> bytes:
    """The small template with changes."""

    def every(members: Members) -> None:
        for change in changes:
            change(members)

    return repacked(small(), every)


def replaced(name: str, old: bytes, new: bytes, count: int = -1) -> Callable[[Members], None]:
    def change(members: Members) -> None:
        assert old in members[name]
        members[name] = members[name].replace(old, new, count)

    return change


def put(name: str, data: bytes) -> Callable[[Members], None]:
    def change(members: Members) -> None:
        members[name] = data

    return change


def related(rel: str, rels: str = LAYOUT_RELS) -> Callable[[Members], None]:
    """Adds a relationship, written as XML."""
    return replaced(rels, b"</Relationships>", rel.encode() + b"</Relationships>")


def rel(kind: str, target: str, *, ident: str = "rIdX", more: str = "") -> str:
    kind = kind if ":" in kind else f"{OFFICE}/{kind}"
    return f'<Relationship Id="{ident}" Type="{kind}" Target="{target}" {more}/>'


def drawn(xml: bytes, part: str = LAYOUT) -> Callable[[Members], None]:
    """Adds shapes to a layout or master."""
    return replaced(part, b"</p:spTree>", xml + b"</p:spTree>")


def picture(ident: str = "rIdX") -> bytes:
    """A picture that a relationship of this id leads to."""
    return (
        '<p:pic><p:nvPicPr><p:cNvPr id="98" name="Mark"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>'
        f'<a:blip xmlns:r="{OFFICE}" r:embed="{ident}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
        '<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></p:spPr></p:pic>"
    ).encode()


def png_type(members: Members) -> None:
    """Says what PNGs are, where that is not said."""
    if b'"png"' not in members[TYPES]:
        replaced(TYPES, b"</Types>", b'<Default Extension="png" ContentType="image/png"/></Types>')(members)


def members_of(data: bytes) -> Members:
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert len(set(package.namelist())) == len(package.namelist())
        return {name: package.read(name) for name in package.namelist()}
