"""What must hold of every handout and card that we write, whatever its plan: a list of what is wrong with one.

The checks see what validators do not: whether what a screen reader gets is the plan, and whether what is drawn is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import Any

import pikepdf
from msgspec.structs import replace
from tagtree import TEXT_BLOCKS, Node, TaggedPdf, squeeze

from handouts.plan.blocks import (
    Block,
    FigureBlock,
    Grid,
    Group,
    Heading,
    ListBlock,
    Paragraph,
    Picture,
    Table,
    texts,
    walk,
)
from handouts.plan.blocks import Box as BoxBlock
from handouts.plan.documents import Card, Handout
from handouts.plan.text import Run, plain

Box = tuple[float, float, float, float]
FACES = ("/FormXob.Front", "/FormXob.Back")
HEADINGS = ("H1", "H2", "H3")
INSIDE = {
    "L": {"LI"},
    "LI": {"Lbl", "LBody"},
    "Table": {"THead", "TBody"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
}
"""What the structure elements of lists and tables may hold."""
PARENTS = {"LI": "L", "Lbl": "LI", "LBody": "LI", "THead": "Table", "TBody": "Table", "TH": "TR", "TD": "TR"}


def faults(plan: Handout | Card, pdf: TaggedPdf) -> list[str]:
    """Everything that is wrong with a file made from `plan`."""
    nodes = list(pdf.tree.walk())
    plan = _as_shown(plan, {str(node.raw.get("/Alt", "")) for node in nodes if node.tag == "Figure"})
    blocks = _blocks(plan)
    found = [
        *_words(plan, pdf),
        *_artifacts(plan, blocks, pdf, nodes),
        *_nesting(nodes),
        *_marks(pdf, nodes),
        *_headings(blocks, pdf, nodes),
        *_lists(blocks, nodes),
        *_tables(blocks, nodes),
        *_figures(blocks, pdf, nodes),
        *_links(blocks, pdf, nodes),
        *_languages(blocks, pdf),
        *_metadata(plan, blocks, pdf),
    ]
    if isinstance(plan, Handout):
        found += _heading_alone(pdf, nodes)
    return found


def _as_shown(plan: Handout | Card, drawn: set[str]) -> Handout | Card:
    """The plan with the table in place of each figure that has one and is not drawn: where type is too large for it."""

    def shown(block: Block) -> tuple[Block, ...]:
        match block:
            case FigureBlock(instead=Table() as table) if block.figure.alt not in drawn:
                return (table, *((Paragraph(block.caption, "caption"),) if block.caption else ()))
            case BoxBlock() | Group():
                return (replace(block, blocks=inside(block.blocks)),)
            case Grid():
                return (replace(block, columns=tuple(replace(c, blocks=inside(c.blocks)) for c in block.columns)),)
            case _:
                return (block,)

    def inside(blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(one for block in blocks for one in shown(block))

    return replace(plan, blocks=inside(plan.blocks)) if isinstance(plan, Handout) else plan


def plan_words(plan: Handout | Card) -> list[str]:
    """The words of each paragraph, heading, item, cell and caption of a plan that has any, white space squeezed."""
    return [text for block in walk(_blocks(plan)) for runs in texts(block) if (text := squeeze(plain(runs)))]


def _blocks(plan: Handout | Card) -> tuple[Block, ...]:
    return plan.blocks if isinstance(plan, Handout) else (*plan.front, *plan.back)


def _words(plan: Handout | Card, pdf: TaggedPdf) -> Iterator[str]:
    said, meant = pdf.words(), plan_words(plan)
    if " ".join(said) != " ".join(meant):
        first = next(
            (i for i, (a, b) in enumerate(zip(said, meant, strict=False)) if a != b), min(map(len, (said, meant)))
        )
        yield f"the tag tree says {said[first : first + 2]}, the plan {meant[first : first + 2]}"
    elif said != meant:
        yield "words stand in other paragraphs, items or cells than the plan has them"


def _artifacts(plan: Handout | Card, blocks: Iterable[Block], pdf: TaggedPdf, nodes: list[Node]) -> Iterator[str]:
    """Text that is not read: running feet, header rows drawn again, repeated cards, and nothing else."""
    again = {squeeze(plain(cell.runs)) for b in walk(blocks) if isinstance(b, Table) for cell in b.head}
    allowed = " ".join(again)
    for piece in pdf.drawn:
        if piece.mcid is not None or piece.artifact in ("form", "/Footer") or not piece.text.strip():
            continue
        if isinstance(plan, Card) or piece.page == 0 or squeeze(piece.text) not in allowed:
            yield f"{piece.text!r} is drawn but not read"
    if isinstance(plan, Handout):
        pages = len(pdf.pdf.pages)
        for page in range(pages):
            feet = [squeeze(p.text) for p in pdf.drawn if p.artifact == "/Footer" and p.page == page]
            meant = f"{plan.footer.left} {plan.footer.page}".replace("{page}", str(page + 1))
            if squeeze(" ".join(feet)) != squeeze(meant.replace("{pages}", str(pages))):
                yield f"the foot of page {page + 1} says {feet}"
    owners = {mark: node.tag for node in nodes for mark in node.marks}
    for shown in pdf.shown:
        repeated = isinstance(plan, Card) and (shown.name in FACES or shown.inside in FACES)
        drawn_text = any(p.artifact == "form" and p.form == shown.name for p in pdf.drawn)
        if not repeated and drawn_text and owners.get((shown.page, shown.mcid or 0)) != "Figure":
            yield f"the text of {shown.name} is neither a figure's nor a repeated card's"


def _nesting(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        kids = [kid for kid in node.kids if isinstance(kid, Node)]
        wrong = [kid.tag for kid in kids if kid.tag not in INSIDE.get(node.tag, {kid.tag})]
        wrong += [kid.tag for kid in kids if PARENTS.get(kid.tag, node.tag) != node.tag]
        if node.tag in INSIDE and (len(kids) < len(node.kids) or not kids):
            wrong.append("text" if len(kids) < len(node.kids) else "nothing")
        if wrong:
            yield f"{node.tag} holds {', '.join(wrong)}"


def _marks(pdf: TaggedPdf, nodes: list[Node]) -> Iterator[str]:
    """Every mark belongs to one element, and the parent tree finds it."""
    drawn = {(p.page, p.mcid) for p in (*pdf.drawn, *pdf.shown) if p.mcid is not None}
    owned = [mark for node in nodes for mark in node.marks]
    if len(set(owned)) < len(owned):
        yield "a mark belongs to two elements"
    if not drawn <= set(owned):
        yield f"the marks {sorted(drawn - set(owned))} belong to no element"
    entries = _parent_tree(pdf)
    for node in nodes:
        for page, mcid in node.marks:
            if entries[int(pdf.pdf.pages[page].StructParents)][mcid].objgen != node.raw.objgen:
                yield f"the parent tree gives mark {mcid} of page {page + 1} to another element"
        for _, annotation in node.annotations:
            if entries[int(annotation.StructParent)].objgen != node.raw.objgen:
                yield "the parent tree gives an annotation to another element"


def _parent_tree(pdf: TaggedPdf) -> dict[int, Any]:
    numbers = list(pdf.pdf.Root.StructTreeRoot.ParentTree.Nums)
    return {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}


def _headings(blocks: Iterable[Block], pdf: TaggedPdf, nodes: list[Node]) -> Iterator[str]:
    headings = [node for node in nodes if node.tag in HEADINGS]
    levels = [int(node.tag[1]) for node in headings]
    if levels and levels[0] != 1:
        yield f"the first heading is of level {levels[0]}"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield f"heading levels skip: {levels}"
    meant = [squeeze(plain(b.runs)) for b in walk(blocks) if isinstance(b, Heading) and squeeze(plain(b.runs))]
    if [squeeze(node.text()) for node in headings] != meant:
        yield "not every heading of the plan is one"
    entries = list(_outline(pdf))
    if [squeeze(title) for title, _, _ in entries] != meant:
        yield f"the outline says {[title for title, _, _ in entries]}, the headings {meant}"
        return
    for (title, level, page), node in zip(entries, headings, strict=True):
        if level != int(node.tag[1]) or page != node.all_marks()[0][0]:
            yield f"the outline leads to level {level}, page {page} for {title!r}"


def _outline(pdf: TaggedPdf) -> Iterator[tuple[str, int, int]]:
    """Each entry's title, level and page."""
    pages = {page.obj.objgen: index for index, page in enumerate(pdf.pdf.pages)}

    def below(entry: Any, level: int) -> Iterator[tuple[str, int, int]]:
        while entry is not None:
            yield str(entry.Title), level, pages[entry.Dest[0].objgen]
            yield from below(entry.get("/First"), level + 1)
            entry = entry.get("/Next")

    outlines = pdf.pdf.Root.get("/Outlines")
    if outlines is not None:
        yield from below(outlines.get("/First"), 1)


def _lists(blocks: Iterable[Block], nodes: list[Node]) -> Iterator[str]:
    numbering = {"bullet": "/Disc", "checkbox": "/Square", "number": "/Decimal", "none": "/None"}
    meant = [b for b in walk(blocks) if isinstance(b, ListBlock)]
    meant = [b for b in meant if any(squeeze(plain(i.runs)) or i.write_lines for i in b.items)]
    lists = [node for node in nodes if node.tag == "L"]
    if len(lists) != len(meant):
        yield f"{len(lists)} lists are tagged, the plan has {len(meant)}"
        return
    for block, node in zip(meant, lists, strict=True):
        items = node.find("LI")
        bodies = [squeeze(item.text()) for item in node.find("LBody")]
        if [b for b in bodies if b] != [t for item in block.items if (t := squeeze(plain(item.runs)))]:
            yield f"the items of a list are {bodies}"
        if str(node.attribute("/ListNumbering")) != numbering[block.marker]:
            yield f"a {block.marker} list says {node.attribute('/ListNumbering')}"
        for number, item in enumerate(items, 1):
            tags = [kid.tag for kid in item.kids if isinstance(kid, Node)]
            if tags != (["LBody"] if block.marker == "none" else ["Lbl", "LBody"]):
                yield f"an item holds {tags}"
                continue
            label = item.find("Lbl")
            said = (str(label[0].raw.get("/ActualText", "")) or label[0].text()) if label else ""
            if said != {"bullet": "•", "checkbox": "☐", "number": f"{number}.", "none": ""}[block.marker]:
                yield f"item {number} of a {block.marker} list is labelled {said!r}"


def _tables(blocks: Iterable[Block], nodes: list[Node]) -> Iterator[str]:
    meant = [b for b in walk(blocks) if isinstance(b, Table) and b.head]
    tables = [node for node in nodes if node.tag == "Table"]
    if len(tables) != len(meant):
        yield f"{len(tables)} tables are tagged, the plan has {len(meant)}"
        return
    for block, node in zip(meant, tables, strict=True):
        rows = node.find("TR")
        if [len(row.kids) for row in rows] != [len(block.head)] * (1 + len(block.rows)):
            yield f"the rows of a table have {[len(row.kids) for row in rows]} cells"
            continue
        for index, (cells, row) in enumerate(zip((block.head, *block.rows), rows, strict=True)):
            for cell, made in zip(cells, row.kids, strict=True):
                assert isinstance(made, Node)
                scope = cell.scope or (None if index else "column")
                said = made.attribute("/Scope")
                if made.tag != ("TH" if scope else "TD") or (scope and str(said) != f"/{scope.capitalize()}"):
                    yield f"a cell is {made.tag} with scope {said}, the plan says {scope}"


def _figures(blocks: Iterable[Block], pdf: TaggedPdf, nodes: list[Node]) -> Iterator[str]:
    figures = [node for node in nodes if node.tag == "Figure"]
    meant = [b.figure.alt if isinstance(b, FigureBlock) else b.alt for b in walk(blocks)
             if isinstance(b, FigureBlock | Picture)]  # fmt: skip
    said = [str(node.raw.get("/Alt", "")) for node in figures]
    if said != [alt for alt in meant if alt] or not all(said):
        yield f"figures say {said}, the plan {meant}"
    for node in figures:
        box = node.attribute("/BBox")
        if box is None or len({page for page, _ in node.marks}) != 1:
            yield "a figure has no place"
            continue
        left, bottom, right, top = map(float, box)
        page = node.marks[0][0]
        _, _, width, height = map(float, pdf.pdf.pages[page].MediaBox)
        if not (0 <= left < right <= width + 0.01 and 0 <= bottom < top <= height + 0.01):
            yield f"a figure's place is {left, bottom, right, top}"
        for shown in (s for s in pdf.shown if (s.page, s.mcid) in node.marks):
            if abs(shown.x - left) > 0.02 or abs(shown.y - bottom) > 0.02:
                yield f"a figure is drawn at {shown.x, shown.y}, not at {left, bottom}"


def _links(blocks: Iterable[Block], pdf: TaggedPdf, nodes: list[Node]) -> Iterator[str]:
    links = [node for node in nodes if node.tag == "Link"]
    meant = [found for b in walk(blocks) for runs in texts(b) for found in _linked(runs)]
    if [squeeze(node.text()) for node in links] != [squeeze(text) for text, _ in meant]:
        yield f"links say {[node.text() for node in links]}, the plan {meant}"
        return
    pages = [list(page.get("/Annots", [])) for page in pdf.pdf.pages]
    owned = [annotation.objgen for node in links for _, annotation in node.annotations]
    if sorted(owned) != sorted(annotation.objgen for page in pages for annotation in page):
        yield "not every annotation belongs to one link"
    for (text, href), node in zip(meant, links, strict=True):
        if not node.annotations:
            yield f"the link {text!r} leads nowhere"
        for page, annotation in node.annotations:
            if annotation.objgen not in [a.objgen for a in pages[page]]:
                yield f"a part of {text!r} is said to be on page {page + 1} and is not"
            if annotation.A.S != "/URI" or str(annotation.A.URI) != href:
                yield f"{text!r} leads to {annotation.A.get('/URI')}, not to {href}"
            if squeeze(text) not in squeeze(str(annotation.get("/Contents", ""))):
                yield f"{text!r} is described as {annotation.get('/Contents')!r}"
        yield from _covered(pdf, node, text)


def _linked(runs: Iterable[Run]) -> Iterator[tuple[str, str]]:
    """The text and address of each link in a text; white space that is not drawn parts none."""
    drawn, before = list[Run](), " "
    for run in runs:
        if run.text.strip() or (run.text and not before.isspace()):
            drawn.append(run)
            before = run.text[-1]
    for href, group in groupby(drawn, key=lambda run: run.href):
        text = "".join(run.text for run in group)
        if href and squeeze(text):
            yield text, href


def _covered(pdf: TaggedPdf, link: Node, text: str) -> Iterator[str]:
    """Every drawn piece of a link lies in one of its rectangles, and no rectangle is empty."""
    marks = set(link.all_marks())
    pieces = [p for p in pdf.drawn if (p.page, p.mcid) in marks and p.text.strip()]
    areas = [(page, tuple(float(side) for side in annotation.Rect)) for page, annotation in link.annotations]
    for piece in pieces:
        middle = piece.x + piece.ink / 2
        if not any(page == piece.page and a[0] <= middle <= a[2] and a[1] <= piece.y <= a[3] for page, a in areas):
            yield f"{piece.text!r} of the link {text!r} cannot be clicked"
    for page, (left, bottom, right, top) in areas:
        hit = any(p.page == page and left - 0.1 <= p.x <= right and bottom <= p.y <= top for p in pieces)
        if right - left < 0.1 or not hit:
            yield f"a part of the link {text!r} covers nothing"


def _languages(blocks: Iterable[Block], pdf: TaggedPdf) -> Iterator[str]:
    """What is in another language says so, and nothing else does."""
    meant: dict[str, str] = {}
    for block in walk(blocks):
        for runs in texts(block):
            for lang, group in groupby(runs, key=lambda run: run.lang):
                text = "".join(run.text for run in group)
                if lang and text.strip():
                    meant[lang] = meant.get(lang, "") + text
    said: dict[str, str] = {}

    def read(node: Node, lang: str | None) -> None:
        lang = str(node.raw.Lang) if "/Lang" in node.raw else lang
        for kid in node.kids:
            if isinstance(kid, Node):
                read(kid, lang)
            elif lang:
                said[lang] = said.get(lang, "") + kid

    read(pdf.tree, None)
    for lang in {*meant, *said}:
        if "".join(said.get(lang, "").split()) != "".join(meant.get(lang, "").split()):
            yield f"marked as {lang}: {said.get(lang)!r}; the plan: {meant.get(lang)!r}"


def _metadata(plan: Handout | Card, blocks: Iterable[Block], pdf: TaggedPdf) -> Iterator[str]:
    root = pdf.pdf.Root
    if not root.ViewerPreferences.DisplayDocTitle or str(pdf.pdf.docinfo.Title) != plan.meta.title:
        yield "the title is not shown"
    if str(root.Lang) != plan.meta.language:
        yield f"the language is {root.Lang}"
    if any(page.get("/Tabs") != pikepdf.Name.S for page in pdf.pdf.pages):
        yield "a page does not order its links by structure"
    if not root.MarkInfo.Marked:
        yield "it is not marked as tagged"


def _heading_alone(pdf: TaggedPdf, nodes: list[Node]) -> Iterator[str]:
    """A heading stands on the page on which what it heads begins."""
    content = [node for node in nodes if node.tag in {*TEXT_BLOCKS, "Lbl", "Figure"} and node.all_marks()]
    for heading, following in pairwise(content):
        if heading.tag in HEADINGS and heading.all_marks()[-1][0] != following.all_marks()[0][0]:
            yield f"the heading {heading.text()!r} stands alone at a foot"


def misplaced(pdf: TaggedPdf, frame: Box, foot: float) -> Iterator[str]:
    """Text outside of `frame` (left, bottom, right, top; running feet down to `foot`), or over other text."""
    for page in range(len(pdf.pdf.pages)):
        boxes: list[tuple[Box, str]] = []
        for piece in pdf.drawn:
            if piece.page != page or not piece.text.strip():
                continue
            low, high = piece.y - 0.15 * piece.size, piece.y + 0.6 * piece.size
            box = (piece.x, low, piece.x + piece.ink, high)
            boxes.append((box, piece.text))
            least = foot if piece.artifact == "/Footer" else frame[1]
            if box[0] < frame[0] - 0.1 or box[2] > frame[2] + 0.1 or low < least - 0.5 or high > frame[3] + 0.5:
                yield f"{piece.text!r} leaves the page's frame: {box}"
        boxes.sort()
        for index, (a, text) in enumerate(boxes):
            for b, other in boxes[index + 1 :]:
                if b[0] >= a[2] - 0.5:
                    break
                if a[1] < b[3] - 0.01 and b[1] < a[3] - 0.01:
                    yield f"{text!r} lies over {other!r}"
