"""Relationships of a template lead to parts of their kind within the file, or the template is refused with a reason."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from deck_samples import deck, logo, para, slide
from lxml import etree
from pptx import Presentation
from received_samples import (
    LAYOUT,
    LAYOUT_RELS,
    MAIN,
    MAIN_RELS,
    MASTER,
    MASTER_RELS,
    OFFICE,
    PIXEL,
    ROOT_RELS,
    THEME,
    TYPES,
    Members,
    changed,
    drawn,
    members_of,
    picture,
    plain,
    png_type,
    put,
    refused,
    rel,
    related,
    replaced,
    small,
    worn,
)
from stranger_templates import repacked

from handouts.render.pptx.template.report import report
from handouts.render.pptx.template.template import template_of
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

IMAGE = "../media/image1.png"


def with_picture(target: str = IMAGE, name: str = "ppt/media/image1.png", more: str = "") -> bytes:
    return changed(
        put(name, PIXEL), png_type, drawn(picture()), related(rel("image", target, more=more))
    )  # fmt: skip


def pictures(data: bytes) -> list[bytes]:
    """What the picture on that layout shows."""
    file = Presentation(io.BytesIO(data))
    found = next(one for one in file.slide_layouts if one.name == "Title and Content")
    return [shape.image.blob for shape in found.shapes if shape.name == "Mark"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("mode", ["", 'TargetMode="Internal"'])
def test_a_picture_of_a_layout_is_worn(mode: str) -> None:
    assert pictures(worn(with_picture(more=mode))) == [PIXEL]


@pytest.mark.parametrize("mode", ["external", "EXTERNAL", " External", "External ", "Extern", "internal", "", "&#10;"])
def test_a_mode_that_is_neither_internal_nor_external_is_refused(mode: str) -> None:
    for target in (IMAGE, "https://tracker.example/pixel.png"):
        message = refused(with_picture(target, more=f'TargetMode="{mode}"'))
        assert message.startswith(f"part {LAYOUT}, relationship 'rIdX': its TargetMode")


@pytest.mark.parametrize(
    "kind", ["image", "slideMaster", "theme", "slideLayout", "video", "frame", "http://x.example/y"]
)
def test_nothing_but_a_link_leads_outside(kind: str) -> None:
    outside = rel(kind, "https://tracker.example/x", more='TargetMode="External"')
    assert "loads 'https://tracker.example/x' from outside" in refused(changed(related(outside)))


@pytest.mark.parametrize("kind", ["slideMaster", "theme"])
def test_the_presentation_s_own_master_may_not_lie_outside(kind: str) -> None:
    rels, old = {
        "slideMaster": (MAIN_RELS, b'Target="slideMasters/slideMaster1.xml"'),
        "theme": (MASTER_RELS, b'Target="../theme/theme1.xml"'),
    }[kind]
    new = b'Target="https://x.example/m.xml" TargetMode="External"'
    assert refused(changed(replaced(rels, old, new))).endswith(
        "loads 'https://x.example/m.xml' from outside" if kind == "theme" else "is lost, or listed twice"
    )


LEADING_OUT = [
    "file:///etc/passwd", "http://x.example/p.png", "HTTP://x.example/p.png", "//host/share/p.png", "\\\\host\\p.png",
    "C:\\p.png", "c:/p.png", "../../../etc/passwd", "..\\..\\p.png", "%2e%2e/%2e%2e/%2e%2e/p.png",
    "..%2f..%2f..%2fp.png",
    "javascript:alert(1)", "data:image/png;base64,AA", "file%3a///etc/passwd", "a%00b.png", "a%0ab.png",
]  # fmt: skip


@pytest.mark.parametrize("target", LEADING_OUT)
def test_a_target_that_leads_out_of_the_file_is_refused(target: str) -> None:
    message = refused(changed(related(rel("image", target))))
    assert message == f"part {LAYOUT}, relationship 'rIdX' leads out of the file, to '{target}'"


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("/ppt/media/image1.png", "ppt/media/image1.png"),
        ("../media/./x/../image1.png", "ppt/media/image1.png"),
        ("../Media/IMAGE1.PNG", "ppt/media/image1.png"),
        ("../media/image1.png", "PPT/media/Image1.png"),
        ("../media/the%20mark.png", "ppt/media/the mark.png"),
        ("../media/the%20mark.png", "ppt/media/the%20mark.png"),
        ("../media/the mark.png", "ppt/media/the%20mark.png"),
        ("../media/m%C3%A4rk.png", "ppt/media/märk.png"),
        ("../media/a&amp;b&quot;c&lt;.png", 'ppt/media/a&b"c<.png'),
        ("../../mark.png", "mark.png"),
        ("../slides/slide1.png", "ppt/slides/slide1.png"),
    ],
)
def test_a_target_is_found_however_it_is_written(target: str, name: str) -> None:
    made = worn(with_picture(target, name))
    assert pictures(made) == [PIXEL]
    assert all(part.isascii() and not set(part) & set(" \"'<>&") for part in members_of(made))


@pytest.mark.parametrize("target", ["NULL", "../media/NULL", "../null"])
@pytest.mark.parametrize("more", ["", 'TargetMode="External"'])
def test_a_picture_that_powerpoint_has_lost_is_missed_only_where_it_is_shown(target: str, more: str) -> None:
    lost = related(rel("image", target, more=more))
    assert worn(changed(lost)) == plain()
    assert refused(changed(lost, drawn(picture()))) == f"part {LAYOUT} refers to 'rIdX', which is not in the file"


def test_a_picture_that_is_not_there_is_missed_only_where_it_is_shown() -> None:
    lost = related(rel("image", IMAGE))
    assert worn(changed(lost)) == plain()
    assert refused(changed(lost, drawn(picture()))) == f"part {LAYOUT} refers to 'rIdX', which is not in the file"


def test_a_reference_without_a_relationship_is_refused() -> None:
    assert refused(changed(drawn(picture("rId77")))) == f"part {LAYOUT} refers to 'rId77', which is not in the file"


def button(action: str) -> bytes:
    link = f'<a:hlinkClick xmlns:r="{OFFICE}" r:id="" action="{action}"/>'
    named = f'<p:nvSpPr><p:cNvPr id="99" name="B">{link}</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
    return f"<p:sp>{named}<p:spPr/></p:sp>".encode()


def test_an_action_without_a_target_is_none_of_these() -> None:
    assert b"noaction" in members_of(worn(changed(drawn(button("ppaction://noaction")))))[LAYOUT]


@pytest.mark.parametrize("action", ["ppaction://program", "ppaction://macro?name=x", " PPACTION://OLE?verb=0"])
def test_a_click_that_runs_something_is_refused(action: str) -> None:
    assert "a click runs a program or macro" in refused(changed(drawn(button(action))))


@pytest.mark.parametrize(
    "bad",
    [
        rel("image", IMAGE, ident="r&quot; x=&quot;"), rel("image", IMAGE, ident=""), rel("image", IMAGE, ident="1a"),
        rel("image", IMAGE, ident="a b"), rel("image", IMAGE, ident="r" * 300), rel("image", IMAGE, ident="r&lt;"),
        rel("http://x.example/&quot;/&gt;", IMAGE), rel("mailto: a", IMAGE),
        f'<Relationship Id="rIdX" Type="" Target="{IMAGE}"/>', '<Relationship Id="rIdX" Target="x"/>',
        f'<Relationship Type="{OFFICE}/image" Target="{IMAGE}"/>',
    ],
)  # fmt: skip
def test_what_would_be_written_as_other_xml_is_refused(bad: str) -> None:
    assert refused(changed(related(bad))).endswith("its id or type is not one")


def test_an_id_that_is_there_twice_is_refused() -> None:
    assert refused(changed(related(rel("image", IMAGE) * 2))).endswith("relationship 'rIdX' is there twice")


def test_a_content_type_that_is_none_is_refused() -> None:
    bad = b'<Default Extension="png" ContentType="image/png&quot; x=&quot;"/></Types>'
    image = (put("ppt/media/image1.png", PIXEL), drawn(picture()), related(rel("image", IMAGE)))
    assert "which is no type" in refused(changed(replaced(TYPES, b"</Types>", bad), *image))


def linked(target: str, more: str, element: str = "hlinkClick", part: str = LAYOUT) -> bytes:
    """The small template with a button on a layout or master, and a link on the button and on its words."""
    link = f'<a:{element} xmlns:r="{OFFICE}" r:id="rIdX" tooltip="Visit"/>'
    words = (
        f'<p:txBody><a:bodyPr/><a:p><a:r><a:rPr lang="en-GB">{link}</a:rPr><a:t>Our site</a:t></a:r></a:p></p:txBody>'
    )
    named = f'<p:nvSpPr><p:cNvPr id="99" name="B">{link}</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
    rels = {LAYOUT: LAYOUT_RELS, MASTER: MASTER_RELS}[part]
    button = f"<p:sp>{named}<p:spPr/>{words}</p:sp>".encode()
    return changed(drawn(button, part), related(rel("hyperlink", target, more=more), rels))


OUTSIDE = 'TargetMode="External"'
LINKED = {
    "http": ("http://x.example/a", OUTSIDE), "https": ("HTTPS://x.example/a?b=1&amp;c", OUTSIDE),
    "mail": ("mailto:a@x.example", OUTSIDE), "lost": ("http://x.example/NULL", OUTSIDE),
    "a disk": ("file:///C:/x.example/a.pptx", OUTSIDE), "a share": ("\\\\x.example\\a", OUTSIDE),
    "a telephone": ("tel:x.example", OUTSIDE), "a place": ("#x.example", ""),
    "a part": ("slideLayout1.xml", ""), "a file": ("x.example", ""),
    "nothing": ("", ""),
}  # fmt: skip


@pytest.mark.sampled(8)
@pytest.mark.parametrize("part", [LAYOUT, MASTER])
@pytest.mark.parametrize("element", ["hlinkClick", "hlinkHover", "hlinkMouseOver"])
@pytest.mark.parametrize(("target", "more"), LINKED.values(), ids=LINKED)
def test_a_link_is_left_out_and_what_was_linked_stays(target: str, more: str, element: str, part: str) -> None:
    data = linked(target, more, element, part)
    made = members_of(worn(data))
    assert b"Our site" in made[part]
    assert all(b"x.example" not in one and b"rIdX" not in one and b"Visit" not in one for one in made.values())
    assert made.keys() == members_of(plain()).keys()
    lines = report(template_of(TemplateFile(data, "t.pptx"), Theme()))
    assert "  2 links on its masters and layouts, left out; what was linked is shown" in lines


def test_a_link_that_nothing_follows_is_left_out_and_not_told() -> None:
    data = changed(related(rel("hyperlink", "https://x.example/", more=OUTSIDE)))
    assert worn(data) == plain()
    assert not [line for line in report(template_of(TemplateFile(data, "t.pptx"), Theme())) if "link" in line]


def test_a_picture_that_is_called_a_link_is_not_loaded() -> None:
    outside = picture().replace(b"r:embed", b"r:link")
    made = members_of(worn(changed(drawn(outside), related(rel("hyperlink", "https://x.example/a", more=OUTSIDE)))))
    assert all(b"x.example" not in one and b"rIdX" not in one for one in made.values())


def test_a_part_that_is_two_things_is_refused() -> None:
    twice = b'<Override PartName="/PPT/presentation.xml" ContentType="application/xml"/></Types>'
    assert refused(changed(replaced(TYPES, b"</Types>", twice))) == f"says of part {MAIN} twice what it is"


WRONG = {
    "a master as a layout": (MASTER_RELS, b"../slideLayouts/slideLayout2.xml", b"slideMaster1.xml"),
    "a layout as a master": (MAIN_RELS, b"slideMasters/slideMaster1.xml", b"slideLayouts/slideLayout2.xml"),
    "a theme as a layout": (MASTER_RELS, b"../slideLayouts/slideLayout2.xml", b"../theme/theme1.xml"),
    "a layout as a theme": (MASTER_RELS, b"../theme/theme1.xml", b"../slideLayouts/slideLayout2.xml"),
    "a layout as its own master": (LAYOUT_RELS, b"../slideMasters/slideMaster1.xml", b"slideLayout2.xml"),
    "the presentation as a master": (LAYOUT_RELS, b"../slideMasters/slideMaster1.xml", b"../presentation.xml"),
    "a layout that is not there": (MASTER_RELS, b"slideLayout2.xml", b"slideLayout9.xml"),
    "a theme that is not there": (MASTER_RELS, b"theme1.xml", b"theme9.xml"),
    "a master that is not there": (MAIN_RELS, b"slideMaster1.xml", b"slideMaster9.xml"),
    "a layout that is listed twice": (MASTER_RELS, b"slideLayout1.xml", b"slideLayout2.xml"),
}


@pytest.mark.parametrize(("part", "old", "new"), WRONG.values(), ids=WRONG)
def test_what_is_not_of_its_kind_is_refused(part: str, old: bytes, new: bytes) -> None:
    message = refused(changed(replaced(part, old, new)))
    assert message.startswith(("part ppt/", "its slide master"))


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ("", f"part {MASTER}: its layout '' is lost, or listed twice"),
        ("rId1", f"part {MASTER}: its layout 'rId1' is lost, or listed twice"),
        ("rId12", f"part {MASTER}: its layout 'rId12' is lost, or listed twice"),
        ("rId99", f"part {MASTER} refers to 'rId99', which is not in the file"),
    ],
    ids=["none", "another layout", "the theme", "nothing"],
)
def test_a_master_lists_its_layouts_once_and_nothing_else(other: str, message: str) -> None:
    assert refused(changed(replaced(MASTER, b'r:id="rId2"', f'r:id="{other}"'.encode()))) == message


def test_a_layout_of_two_masters_is_refused() -> None:
    again = rel("slideMaster", "../slideMasters/slideMaster1.xml")
    assert "2 relationships to a slideMaster, where it needs one" in refused(changed(related(again)))


@pytest.mark.parametrize("rels", [MASTER_RELS, LAYOUT_RELS, MAIN_RELS, ROOT_RELS])
def test_a_part_without_its_relationships_is_refused(rels: str) -> None:
    assert refused(changed(lambda members: members.pop(rels) and None))


@pytest.mark.parametrize("name", [MAIN, MASTER, LAYOUT, THEME])
def test_an_empty_part_is_refused_by_its_name(name: str) -> None:
    assert refused(changed(put(name, b""))).startswith(f"is damaged: part {name} is not XML")


@pytest.mark.parametrize("name", [MAIN, MASTER, LAYOUT, THEME])
def test_a_part_with_another_root_is_refused_by_its_name(name: str) -> None:
    assert refused(changed(put(name, b"<x/>"))).startswith(f"part {name} is no ")


def test_something_unknown_stays_behind_unless_it_is_referred_to() -> None:
    unknown = related(rel("http://x.example/2026/hologram", "../media/h.bin"))
    data = put("ppt/media/h.bin", b"x")
    assert worn(changed(unknown, data)) == plain()
    assert "an unknown kind, 'http://x.example/2026/hologram'" in refused(changed(unknown, data, drawn(picture())))


def test_a_sample_slide_cannot_be_carried_along_as_a_picture() -> None:
    made = Presentation(io.BytesIO(small()))
    made.slides.add_slide(made.slide_layouts[1]).shapes.title.text = "Jane Doe"  # type: ignore[union-attr]
    out = io.BytesIO()
    made.save(out)

    def change(members: Members) -> None:
        related(rel("image", "../slides/slide1.xml"))(members)
        drawn(picture())(members)

    message = refused(repacked(out.getvalue(), change))
    assert message.startswith("part ppt/slides/slide1.xml is referred to as image, but is application/vnd.")


def test_the_clinic_s_logo_and_the_template_s_pictures_have_names_of_their_own() -> None:
    made = worn(with_picture(), deck(slide("Title and Content", "A", body=(para("x"), logo()))))
    shown = [shape for shape in Presentation(io.BytesIO(made)).slides[0].shapes if "pic" in shape._element.tag]
    assert [shape.image.blob for shape in shown] == [logo().image.data]  # type: ignore[attr-defined]
    assert pictures(made) == [PIXEL]
    media = [data for name, data in members_of(made).items() if name.endswith(".png")]
    assert sorted(media) == sorted([PIXEL, logo().image.data])


def moved(old: str, new: str) -> Callable[[Members], None]:
    """Gives a layout's part another name, wherever it is named."""

    def change(members: Members) -> None:
        members[new] = members.pop(old)
        folder, _, last = new.rpartition("/")
        rels = members.pop(LAYOUT_RELS).replace(b'"../', b'"/ppt/')
        members[f"{folder}/_rels/{last}.rels".lstrip("/")] = rels
        for name in (MASTER_RELS, TYPES):
            members[name] = members[name].replace(b"../slideLayouts/slideLayout2.xml", f"/{new}".encode())
            members[name] = members[name].replace(f"/{old}".encode(), f"/{new}".encode())

    return change


@pytest.mark.parametrize(
    "name",
    ["ppt/slides/slide2.xml", "docProps/custom.xml", "ppt/notesMasters/notesMaster1.xml", "ppt/theme/theme1.xml.xml",
     "ppt/presentation.xml.xml", "x.xml", "ppt/slideLayouts/slideLayout1"],
)  # fmt: skip
def test_a_part_at_a_deck_s_own_name_takes_nobody_s_place(name: str) -> None:
    made = worn(changed(moved(LAYOUT, name)))
    file = Presentation(io.BytesIO(made))
    assert [one.shapes.title.text for one in file.slides] == ["T", "A", "B", "C"]  # type: ignore[union-attr]
    assert file.slides[1].slide_layout.name == "Title and Content"
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert len(package.namelist()) == len({one.casefold() for one in package.namelist()})


def test_the_master_s_own_xml_says_the_same_as_before() -> None:
    before, after = (etree.canonicalize(members_of(data)[THEME].decode()) for data in (small(), plain()))
    assert before == after
    assert MASTER in members_of(plain())
