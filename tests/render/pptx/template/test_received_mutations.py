"""XML that lacks or garbles what the schema demands, element by element, is worn as it is or ends in a plain message.

Every element is deleted, doubled, emptied and renamed, every attribute deleted and garbled. A sample of these is tried
in the default run, all in the slow one.
"""

from __future__ import annotations

import copy
import io
import random
import re
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from msgspec import Struct
from pptx import Presentation
from received_samples import (
    LAYOUT,
    LAYOUT_RELS,
    MAIN,
    MAIN_RELS,
    MASTER,
    MASTER_RELS,
    ROOT_RELS,
    THEME,
    TYPES,
    changed,
    drawn,
    members_of,
    put,
    refusals,
    small,
    worn,
)
from stranger_templates import repacked

from handouts.cli.main import commands, run
from handouts.problems import ProblemsError

PARTS = (TYPES, ROOT_RELS, MAIN, MAIN_RELS, MASTER, MASTER_RELS, LAYOUT, LAYOUT_RELS, THEME)
GARBAGE = ("", "garbled", "-1", "9" * 21, '" x="', "../../../etc/passwd")
SAMPLE = 48
SEED = 20260331


class Mutant(Struct, frozen=True):
    """One change of one element, by its place in the part."""

    part: str
    place: int
    change: str
    attribute: str = ""
    value: str = ""

    def __str__(self) -> str:
        return f"{self.part.rpartition('/')[2]}-{self.place}-{self.change}-{self.attribute[-12:]}-{self.value[:9]!r}"

    def made(self) -> bytes:
        root = etree.fromstring(members_of(small())[self.part])
        node: Any = list(root.iter(etree.Element))[self.place]
        match self.change:
            case "delete":
                node.getparent().remove(node)
            case "double":
                node.addnext(copy.deepcopy(node))
            case "empty":
                del node[:]
            case "rename":
                node.tag += "X"
            case "drop":
                del node.attrib[self.attribute]
            case _:
                node.set(self.attribute, self.value)
        data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return repacked(small(), put(self.part, data))


def _changes(part: str, place: int, node: Any) -> Iterator[Mutant]:
    if node.getparent() is not None:
        yield from (Mutant(part, place, change) for change in ("delete", "double", "empty", "rename"))
    for attribute in map(str, node.attrib):
        yield Mutant(part, place, "drop", attribute)
        yield from (Mutant(part, place, "set", attribute, value) for value in GARBAGE)


@cache
def mutants() -> tuple[Mutant, ...]:
    """One of each kind: elements of one name within another are all alike."""
    found: dict[object, Mutant] = {}
    for part in PARTS:
        for place, node in enumerate(etree.fromstring(members_of(small())[part]).iter(etree.Element)):
            above = node.getparent()
            path = f"{above.tag if above is not None else ''}/{node.tag}"
            place_of = next((str(child.get("type")) for child in node.iter("{*}ph")), "") if "}sp" in path else ""
            for one in _changes(part, place, node):
                # The nine levels of a list are alike too.
                kind = (part, re.sub("lvl[0-9]", "lvl", path), place_of, one.change, one.attribute, one.value)
                found.setdefault(kind, one)
    return tuple(found.values())


def check(one: Mutant) -> str:
    """Wears a mutant, or has it refused, in little time: "worn" or "refused"."""
    begun = time.process_time()
    try:
        made = worn(one.made())
    except ProblemsError as bad:
        assert all(p.code.startswith("DECK") and p.origin.file for p in bad.problems), str(bad)
        assert not any("cannot be read" in p.message for p in bad.problems), f"not foreseen: {bad}"
        assert time.process_time() - begun < 4
        return "refused"
    file = Presentation(io.BytesIO(made))
    assert [slide.shapes.title is not None for slide in file.slides] == [True] * 4
    assert all(slide.slide_layout.slide_master.name is not None for slide in file.slides)
    assert members_of(made)
    assert time.process_time() - begun < 6
    return "worn"


def sample() -> list[Mutant]:
    return random.Random(SEED).sample(mutants(), SAMPLE)


@pytest.mark.slow
def test_a_sample_of_mutants_is_worn_or_refused() -> None:
    assert len(mutants()) > 2000
    outcomes = [check(one) for one in sample()]
    assert {outcome: outcomes.count(outcome) > SAMPLE // 8 for outcome in set(outcomes)} == {
        "worn": True,
        "refused": True,
    }


@pytest.mark.slow
@pytest.mark.parametrize("share", range(0, 20, 2))
def test_every_second_mutant_is_worn_or_refused(share: int) -> None:
    wrong: list[str] = []
    for one in mutants()[share::20]:
        try:
            check(one)
        except Exception as bad:
            wrong.append(f"{one}: {bad!r}")
    assert wrong == []


@pytest.mark.slow
def test_the_command_ends_with_0_or_1_and_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    statuses: set[int] = set()
    path = tmp_path / "t.pptx"
    for one in sample()[:14]:
        path.write_bytes(one.made())
        statuses.add(run(commands, ["check-template", str(path)]))
        told = capsys.readouterr().err
        assert told.startswith(f"{path}: ")
        assert "Traceback" not in told
        assert "a fault of ours" not in told
    assert statuses == {0, 1}


LACKING = {
    "no width of slides": (MAIN, 'cx="9144000"', "", "line 2: sldSz has no cx"),
    "a width of nothing": (MAIN, 'cx="9144000"', 'cx=""', "sldSz says cx=\"\", which is not a whole number from 0"),
    "a width in words": (MAIN, 'cx="9144000"', 'cx="wide"', 'sldSz says cx="wide", which is not a whole number'),
    "a width below nothing": (MAIN, 'cx="9144000"', 'cx="-9144000"', "sldSz says cx="),
    "no notes' size": (MAIN, "p:notesSz", "p:x", "presentation has no notesSz"),
    "no slides' size": (MAIN, "p:sldSz", "p:x", "presentation has no sldSz"),
    "a number of no placeholder": (LAYOUT, 'idx="1"', 'idx="one"', 'ph says idx="one", which is not a whole number'),
    "a kind of no placeholder": (LAYOUT, 'type="title"', 'type="headline"', 'ph says type="headline", which is not'),
    "no place": (MASTER, '<a:off x="457200" y="274638"/>', "<a:off/>", "off has no x"),
    "no colours": (THEME, "a:clrScheme", "a:x", "themeElements has no clrScheme"),
    "no fonts": (THEME, "a:fontScheme", "a:x", "themeElements has no fontScheme"),
    "a colour that is none": (THEME, 'val="1F497D"', 'val="navy"', 'srgbClr says val="navy", which is not six hex'),
    "a layout of nothing": (LAYOUT, "p:cSld", "p:x", "sldLayout has no cSld"),
    "an alignment that is none": (MASTER, 'algn="ctr"', "algn='\"/&gt;&lt;p:x'", "says algn="),
}  # fmt: skip


@pytest.mark.parametrize(("part", "old", "new", "message"), LACKING.values(), ids=LACKING)
def test_what_is_lacking_is_told_with_its_part_and_line(part: str, old: str, new: str, message: str) -> None:
    text = members_of(small())[part].decode()
    assert old in text
    found = refusals(repacked(small(), put(part, text.replace(old, new).encode())))
    assert any(problem.message.startswith(f"part {part}, line ") for problem in found)
    assert any(message in problem.message for problem in found)


def test_all_that_is_garbled_is_told_at_once_up_to_twenty() -> None:
    text = members_of(small())[LAYOUT].decode().replace('idx="', 'idx="x')
    count = text.count('idx="x')
    assert 1 < count < 20
    assert len(refusals(repacked(small(), put(LAYOUT, text.encode())))) == count
    many = [b'<a:spcPts val="x%d"/>' % number for number in range(50)]
    assert len(refusals(changed(drawn(b"".join(many))))) == 20


@pytest.mark.parametrize("wrap", [b"<p:grpSp>@</p:grpSp>", b"<p:x><p:x>@</p:x></p:x>"])
def test_what_lies_in_a_group_is_no_placeholder(wrap: bytes) -> None:
    data = members_of(small())[LAYOUT]
    first, _, rest = data.partition(b"<p:sp>")
    shapes, end = rest.rpartition(b"</p:sp>")[::2]
    grouped = first + wrap.replace(b"@", b"<p:sp>" + shapes + b"</p:sp>") + end
    assert etree.fromstring(grouped).find(".//{*}ph") is not None
    file = Presentation(io.BytesIO(worn(repacked(small(), put(LAYOUT, grouped)))))
    assert [slide.slide_layout.name for slide in file.slides][1] == "Title and Content 2"


def test_the_shape_that_is_garbled_is_named() -> None:
    text = members_of(small())[LAYOUT].decode().replace('type="title"', 'type="headline"')
    (problem,) = refusals(repacked(small(), put(LAYOUT, text.encode())))
    assert problem.message.startswith(f"part {LAYOUT}, line 2, in 'Title 1': ph says type")
