"""What a screen reader gets from a handout or card is the plan, word for word and in its order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from card_sheets import SHEETS, drawn
from invariants import faults
from pdf_samples import AVERY_5371, FOOTER, META, PHONE, THEME, card, full_handout, handout, paragraph, runs
from tagtree import TaggedPdf, squeeze

from handouts.plan.blocks import Heading, Item, ListBlock, Paragraph
from handouts.plan.text import Run
from handouts.render.pdf.card import render_card
from handouts.render.pdf.handout import render_handout
from handouts.theme.printing import Correction, Printing


@pytest.fixture(scope="module")
def read() -> TaggedPdf:
    return TaggedPdf(render_handout(full_handout(), THEME, "letter"))


def plan_lines(words: str) -> list[str]:
    return [squeeze(line) for line in words.split("\n") if line.strip()]


def test_the_tag_tree_says_the_plan_word_for_word(read: TaggedPdf) -> None:
    assert read.words() == plan_lines(full_handout().words())


def test_the_card_is_read_once(read: TaggedPdf) -> None:
    tagged = TaggedPdf(render_card(card(), THEME, AVERY_5371))
    assert tagged.words() == plan_lines(card().words())
    assert len(tagged.pdf.pages) == 2
    assert [len(section.find("P")) for section in tagged.tree.find("Sect")] == [4, 5]


@pytest.mark.parametrize("name", SHEETS)
def test_on_every_stock_a_card_reads_as_its_plan(name: str) -> None:
    assert faults(card(), TaggedPdf(drawn(name))) == []


@pytest.mark.parametrize("printing", [
    Printing("short-edge"),
    Printing("long-edge", start_at=3, count=1),
    Printing(start_at=10, count=25),
    Printing("short-edge", 2, 30, Correction(5, -3, back_offset_x=-2, back_offset_y=1, scale_x=101, scale_y=98)),
])  # fmt: skip
def test_however_it_is_printed_a_card_reads_as_its_plan(printing: Printing) -> None:
    assert faults(card(), TaggedPdf(render_card(card(), THEME, AVERY_5371, printing))) == []


def test_only_the_running_foot_is_text_without_a_tag(read: TaggedPdf) -> None:
    untagged = [piece for piece in read.drawn if piece.mcid is None and piece.artifact != "form"]
    assert {piece.artifact for piece in untagged} == {"/Footer"}
    for page in (0, 1):
        said = {squeeze(piece.text) for piece in untagged if piece.page == page}
        assert said == {FOOTER.left, f"Page {page + 1} of 2"}


def test_headings_never_skip_a_level_and_make_the_outline(read: TaggedPdf) -> None:
    levels = [int(node.tag[1]) for node in _walk(read.tree) if node.tag in {"H1", "H2", "H3"}]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    with read.pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Ixazomib: what the studies found"]
        assert "Side effects" in [child.title for child in outline.root[0].children]


def test_list_items_have_a_label_and_a_body(read: TaggedPdf) -> None:
    bullet, *_ = lists = read.tree.find("L")
    assert [str(node.attribute("/ListNumbering")) for node in lists] == [
        "/Disc",
        "/Disc",
        "/Square",
        "/Decimal",
        "/None",
    ]
    for item in bullet.find("LI"):
        label, body = item.kids
        assert (label.tag, label.text(), body.tag) == ("Lbl", "•", "LBody")
    assert [str(label.raw.ActualText) for label in lists[2].find("Lbl")] == ["☐", "☐"]
    assert [label.text() for label in lists[3].find("Lbl")] == ["1.", "2."]
    assert lists[4].find("Lbl") == []


def test_table_headers_say_what_they_head(read: TaggedPdf) -> None:
    (table,) = read.tree.find("Table")
    assert str(table.attribute("/Summary")).startswith("Side effects")
    head, *rows = table.find("TR")
    assert [str(cell.attribute("/Scope")) for cell in head.find("TH")] == ["/Column"] * 3
    for row in rows:
        assert [kid.tag for kid in row.kids] == ["TH", "TD", "TD"]
        assert str(row.find("TH")[0].attribute("/Scope")) == "/Row"


def test_figures_have_words_and_a_place(read: TaggedPdf) -> None:
    figures = read.tree.find("Figure")
    assert [str(node.raw.Alt) for node in figures] == [
        "A cell's recycling unit takes proteins apart.",
        "QR code that calls 1-866-603-6628",
        "Logo of Riverside Clinic",
    ]
    for figure in figures:
        left, bottom, right, top = map(float, figure.attribute("/BBox"))
        assert 54 <= left < right <= 558
        assert 54 <= bottom < top <= 746


def test_links_are_tagged_with_words_for_where_they_lead(read: TaggedPdf) -> None:
    label, phone = read.tree.find("Link")
    assert label.text() == "read what the label says about it at the regulator's pages"
    assert (phone.text(), phone.links) == ("1-866-603-MMCT", 1)
    annotations = [annotation for page in read.pdf.pages for annotation in page.get("/Annots", [])]
    assert label.links + phone.links == len(annotations)
    assert {str(annotation.Contents) for annotation in annotations} == {
        "read what the label says about it at the regulator's pages: https://example.org/label", "1-866-603-MMCT",
    }  # fmt: skip
    assert str(annotations[-1].A.URI) == PHONE
    tree = read.pdf.Root.StructTreeRoot.ParentTree.Nums
    owners = {int(key): value for key, value in zip(list(tree)[::2], list(tree)[1::2], strict=True)}
    assert all(owners[int(annotation.StructParent)].S == "/Link" for annotation in annotations)


def test_two_links_to_one_place_are_two_links() -> None:
    link = Run("here", href="https://example.org/")
    also = (Run("or ", href="https://example.org/"), Run("there", True, "https://example.org/"))
    tagged = TaggedPdf(render_handout(handout(Paragraph((Run("Look "), link, Run(" or else "), *also))), THEME, "a4"))
    assert [(node.text(), node.links) for node in tagged.tree.find("Link")] == [("here", 1), ("or there", 1)]
    contents = [str(annotation.Contents) for annotation in tagged.pdf.pages[0].Annots]
    assert contents == ["here: https://example.org/", "or there: https://example.org/"]


def test_an_address_is_written_in_ascii_and_read_as_it_is() -> None:
    link = Run("Straße", href="https://example.org/straße?a=b%20c&d=(e)")
    tagged = TaggedPdf(render_handout(handout(Paragraph((link,))), THEME, "letter"))
    (annotation,) = tagged.pdf.pages[0].Annots
    assert str(annotation.A.URI) == "https://example.org/stra%C3%9Fe?a=b%20c&d=(e)"
    assert str(annotation.Contents) == "Straße: https://example.org/straße?a=b%20c&d=(e)"


def test_another_language_is_marked(read: TaggedPdf) -> None:
    (span,) = read.tree.find("Span")
    assert (str(span.raw.Lang), span.text()) == ("es", "¿Habla usted español? Pregunte en recepción")


def test_a_link_in_another_language_is_one_link_that_says_so_where_it_does() -> None:
    address = "https://example.org/"
    mixed = (Run("Read "), Run("what ", href=address), Run("esto", lang="es", href=address), Run(" is", href=address))
    whole = (Run(" or "), Run("lea ", lang="es"), Run("aquí", lang="es", href=address), Run("."))
    tagged = TaggedPdf(render_handout(handout(Paragraph((*mixed, *whole))), THEME, "letter"))
    first, second = tagged.tree.find("Link")
    assert (first.text(), first.links, first.raw.get("/Lang")) == ("what esto is", 1, None)
    (inner,) = first.find("Span")
    assert (inner.text(), str(inner.raw.Lang)) == ("esto", "es")
    assert (second.text(), second.links, str(second.raw.Lang)) == ("aquí", 1, "es")
    assert [(span.text(), str(span.raw.Lang)) for span in tagged.tree.find("Span")] == [("esto", "es"), ("lea ", "es")]


def test_an_item_to_write_on_has_a_label_and_a_body_though_it_has_no_words() -> None:
    items = ListBlock((Item((), 2), Item(()), Item(runs("Words."), 1)), "number")
    tagged = TaggedPdf(render_handout(handout(items), THEME, "letter"))
    labels = [[kid.tag for kid in item.kids if not isinstance(kid, str)] for item in tagged.tree.find("LI")]
    assert labels == [["Lbl", "LBody"]] * 2
    assert [node.text() for node in tagged.tree.find("Lbl")] == ["1.", "2."]


def test_an_empty_heading_is_no_level_of_its_own() -> None:
    blocks = (Heading(1, runs(" ")), Heading(3, runs("First")), Heading(2, ()), Heading(3, runs("Second")))
    tagged = TaggedPdf(render_handout(handout(*blocks, paragraph("Text.")), THEME, "letter"))
    assert [node.tag for node in _walk(tagged.tree) if node.tag.startswith("H")] == ["H1", "H2"]


def test_the_file_says_what_it_is(read: TaggedPdf) -> None:
    root = read.pdf.Root
    assert str(root.Lang) == "en-US"
    assert root.ViewerPreferences.DisplayDocTitle
    assert str(read.pdf.docinfo.Title) == META.title
    assert str(read.pdf.docinfo.CreationDate) == "D:20260115000000Z"
    assert read.pdf.pdf_version == "1.7"
    assert [str(page.Tabs) for page in read.pdf.pages] == ["/S", "/S"]


def _walk(node):
    yield node
    for kid in node.kids:
        if not isinstance(kid, str):
            yield from _walk(kid)
