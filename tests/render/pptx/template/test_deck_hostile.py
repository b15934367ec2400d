"""A file that is no harmless template is refused with its name and a plain reason, whatever it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from deck_samples import deck, para, render_deck, slide
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from stranger_templates import DEFAULT, repacked, stranger
from thoroughness import examples

from handouts.problems import ProblemsError
from handouts.render.pptx.template import package_file, template
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

GOOD = stranger(DEFAULT).data
LAYOUT, LAYOUT_RELS = "ppt/slideLayouts/slideLayout2.xml", "ppt/slideLayouts/_rels/slideLayout2.xml.rels"
TYPES, MAIN = "[Content_Types].xml", "ppt/presentation.xml"
Members = dict[str, bytes]


def _deck(data: bytes) -> bytes:
    template._template_of.cache_clear()
    return render_deck(deck(slide("Title and Content", "A", body=(para("x"),))), Theme(), TemplateFile(data, "t.pptx"))


def _refused(data: bytes) -> str:
    with pytest.raises(ProblemsError) as caught:
        _deck(data)
    (problem,) = caught.value.problems
    assert (problem.origin.file, problem.code) == ("t.pptx", "DECK10")
    assert problem.instead
    return problem.message


def _related(kind: str, target: str, *, external: bool = False) -> Callable[[Members], None]:
    """Adds a relationship to the layout for title and content."""
    mode = ' TargetMode="External"' if external else ""
    rel = (
        f'<Relationship Id="rIdBad" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}"{mode}/></Relationships>'
    )

    def change(members: Members) -> None:
        members[LAYOUT_RELS] = members[LAYOUT_RELS].replace(b"</Relationships>", rel.encode())

    return change


def _replaced(name: str, old: bytes, new: bytes) -> Callable[[Members], None]:
    def change(members: Members) -> None:
        assert old in members[name]
        members[name] = members[name].replace(old, new)

    return change


def test_a_good_one_is_taken() -> None:
    assert len(Presentation(io.BytesIO(_deck(GOOD))).slides) == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"not this", "is not a PowerPoint file"),
        (GOOD[: len(GOOD) // 2], "is cut short or damaged"),
        (b"MZ" + GOOD, "is not a PowerPoint file"),
        (repacked(GOOD, lambda members: [members.pop(n) for n in list(members)] and None), "not a PowerPoint file"),
        (repacked(GOOD, lambda members: members.pop(TYPES) and None), "is a zip file, but not a PowerPoint file"),
        (repacked(GOOD, lambda members: members.pop(MAIN) and None), "holds no presentation"),
    ],
    ids=["text", "half", "a program before it", "no members", "no types", "no presentation"],
)  # fmt: skip
def test_what_is_no_presentation_is_refused(data: bytes, message: str) -> None:
    assert message in _refused(data)


def test_a_member_that_is_damaged_is_told() -> None:
    broken = bytearray(GOOD)
    with zipfile.ZipFile(io.BytesIO(GOOD)) as package:
        info = package.getinfo(LAYOUT)
    start = info.header_offset + 30 + len(LAYOUT) + 8
    broken[start : start + 40] = b"\0" * 40
    assert "is damaged" in _refused(bytes(broken))


def test_xml_that_is_cut_off_is_told() -> None:
    assert "is damaged" in _refused(repacked(GOOD, lambda m: m.update({LAYOUT: m[LAYOUT][:-30]})))


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = repacked(GOOD, lambda members: members.update({"ppt/media/image1.png": b"\0" * 40_000_000}))
    assert len(bomb) < 200_000
    assert "unpacks to 40 MB, 6" in (told := _refused(bomb))
    assert "times its size; the most is 300 times" in told
    monkeypatch.setattr(package_file, "MAX_UNPACKED", 10_000)
    assert "unpacks to 0 MB; the most is 0 MB" in _refused(GOOD)
    monkeypatch.setattr(package_file, "MAX_BYTES", 10_000)
    assert "has 0 MB; the most is 0 MB" in _refused(GOOD)


def test_too_many_and_doubled_and_wandering_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "leads out of the file" in _refused(repacked(GOOD, lambda m: m.update({"ppt/../../etc/passwd": b"x"})))
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr(MAIN, b"<again/>")
    assert "doubled" in _refused(out.getvalue())
    monkeypatch.setattr(package_file, "MAX_MEMBERS", 10)
    assert "has 36 parts; the most is 10" in _refused(GOOD)


def test_entities_are_refused_before_they_can_grow() -> None:
    laughs = b'<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'

    def change(members: Members) -> None:
        head, _, rest = members[LAYOUT].partition(b"?>")
        members[LAYOUT] = head + b"?>" + laughs + rest

    assert "declares entities" in _refused(repacked(GOOD, change))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("image", "https://tracker.example/pixel.png"),
        ("image", "file:///etc/passwd"),
        ("hyperlink", "file:///etc/passwd"),
        ("hyperlink", "javascript:alert(1)"),
        ("slideMaster", "https://example.org/master.xml"),
        ("oleObject", "\\\\host\\share\\x.xlsx"),
    ],
)
def test_nothing_is_loaded_from_outside(kind: str, target: str) -> None:
    assert "from outside" in _refused(repacked(GOOD, _related(kind, target, external=True)))


@pytest.mark.parametrize(("kind", "what"), [("oleObject", "embedded object"), ("control", "a control")])
def test_objects_and_controls_are_refused(kind: str, what: str) -> None:
    def change(members: Members) -> None:
        _related(kind, "../embeddings/object1.bin")(members)
        members["ppt/embeddings/object1.bin"] = b"x"

    assert what in _refused(repacked(GOOD, change))


def test_a_jump_from_a_layout_to_a_sample_slide_is_dropped_with_the_slide() -> None:
    file = Presentation(io.BytesIO(GOOD))
    file.slides.add_slide(file.slide_layouts[1]).shapes.title.text = "Sample"  # type: ignore[union-attr]
    out = io.BytesIO()
    file.save(out)
    link = (
        b'<a:r><a:rPr lang="en-US"><a:hlinkClick xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships" r:id="rIdBad" action="ppaction://hlinksldjump"/></a:rPr>'
        b"<a:t>Click to edit Master title style</a:t>"
    )

    def change(members: Members) -> None:
        _related("slide", "../slides/slide1.xml")(members)
        was = b'<a:r><a:rPr lang="en-US" smtClean="0"/><a:t>Click to edit Master title style</a:t>'
        assert was in members[LAYOUT], members[LAYOUT][:2000]
        members[LAYOUT] = members[LAYOUT].replace(was, link, 1)

    made = Presentation(io.BytesIO(_deck(repacked(out.getvalue(), change))))
    assert len(made.slides) == 1
    layouts = b"".join(p.blob for p in made.part.package.iter_parts() if "slideLayout" in p.partname)
    assert b"rIdBad" not in layouts


def test_slides_of_an_impossible_size_and_strict_files_are_refused() -> None:
    assert "has slides of 0.1 × 7.5 in" in _refused(repacked(GOOD, _replaced(MAIN, b'cx="9144000"', b'cx="91440"')))
    strict = b"http://purl.oclc.org/ooxml/presentationml/main"
    usual = b"http://schemas.openxmlformats.org/presentationml/2006/main"
    assert "Strict Open XML" in _refused(repacked(GOOD, _replaced(MAIN, usual, strict)))


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=12))
@settings(max_examples=examples(30), derandomize=True)
def test_a_file_with_any_bytes_wrong_makes_a_deck_or_a_plain_message(at: int, noise: bytes) -> None:
    data = GOOD[:at] + noise + GOOD[at + len(noise) :]
    try:
        assert Presentation(io.BytesIO(_deck(data)))
    except ProblemsError as refused:
        assert all(p.code.startswith("DECK") for p in refused.problems)


XML_NAMES = [MAIN, LAYOUT, "ppt/slideMasters/slideMaster1.xml", "ppt/theme/theme1.xml", "_rels/.rels", TYPES]


@given(st.sampled_from(XML_NAMES), st.data())
@settings(max_examples=examples(40), derandomize=True)
def test_xml_with_any_piece_missing_makes_a_deck_or_a_plain_message(name: str, data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as package:
        pieces = package.read(name).split(b"<")
    gone = data.draw(st.integers(1, len(pieces) - 1))
    changed = b"<".join(pieces[:gone] + pieces[gone + 1 :])
    try:
        _deck(repacked(GOOD, lambda members: members.update({name: changed})))
    except ProblemsError as refused:
        assert all(p.code.startswith("DECK") for p in refused.problems)
