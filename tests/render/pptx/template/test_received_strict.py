"""A Strict Open XML file is worn as the ordinary file with the same content is."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree
from pptx import Presentation
from received_samples import (
    LAYOUT,
    MAIN,
    MASTER,
    OFFICE,
    PIXEL,
    ROOT_RELS,
    THEME,
    Members,
    changed,
    drawn,
    members_of,
    picture,
    plain,
    png_type,
    put,
    refusals,
    rel,
    related,
    replaced,
    small,
    worn,
)
from stranger_templates import LIBREOFFICE, STRANGERS, repacked, stranger

from handouts.render.pptx.template.report import report
from handouts.render.pptx.template.strict import SAVE_AS_USUAL, transitional, write_plain_values
from handouts.render.pptx.template.template import template_of
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

VALIDATOR = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")
STRICT = b"http://purl.oclc.org/ooxml/"
_SCHEMAS = re.compile(
    rb"http://schemas\.openxmlformats\.org/(presentationml|drawingml|officeDocument)/2006/([a-zA-Z-]+)"
)
_PERCENTS = re.compile(
    rb"(<a:(?:lumMod|lumOff|tint|shade|satMod|alpha|spcPct|buSzPct)[^>]* val=|<a:gs pos=|<a:fillToRect [lrtb]=)"
    rb'"(-?[0-9]+)"'
)


def strictly(members: Members) -> None:
    """Writes a template as PowerPoint writes Strict Open XML."""
    for name in [name for name in members if name.endswith((".xml", ".rels")) and not name.startswith("[")]:
        data = _SCHEMAS.sub(lambda m: STRICT + m[1] + b"/" + m[2].replace(b"d-p", b"dP"), members[name])
        data = _PERCENTS.sub(lambda m: b'%s"%g%%"' % (m[1], int(m[2]) / 1000), data)
        members[name] = data.replace(b"<p:presentation ", b'<p:presentation conformance="strict" ')


def strict(data: bytes) -> bytes:
    return repacked(data, strictly)


def test_these_files_are_strict() -> None:
    before, after = members_of(small()), members_of(strict(small()))
    for name in (MAIN, MASTER, LAYOUT, THEME, ROOT_RELS):
        assert STRICT in after[name]
        assert b"schemas.openxmlformats.org/presentationml" not in after[name]
    assert b'val="50%"' in after[THEME]
    assert before[THEME].count(b"000") > after[THEME].count(b"000")


def test_a_strict_file_is_worn_as_an_ordinary_one() -> None:
    assert worn(strict(small())) == plain()


@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_s_strict_file_opens_in_python_pptx(name: str) -> None:
    usual, converted = (worn(data) for data in (stranger(name).data, strict(stranger(name).data)))
    assert converted == usual
    assert len(Presentation(io.BytesIO(converted)).slides) >= 4
    assert not [part for part, data in members_of(converted).items() if b"purl.oclc.org/ooxml" in data]


def test_pictures_and_links_of_a_strict_file_come_along() -> None:
    link = f'<a:hlinkClick xmlns:r="{OFFICE}" r:id="rIdY"/>'.encode()
    shown = picture().replace(b'name="Mark"/>', b'name="Mark">' + link + b"</p:cNvPr>")
    outside = rel("hyperlink", "https://x.example/", ident="rIdY", more='TargetMode="External"')
    data = changed(drawn(shown), related(rel("image", "../media/image1.png")), related(outside),
                   put("ppt/media/image1.png", PIXEL), png_type)  # fmt: skip
    assert worn(strict(data)) == worn(data)
    assert b"Mark" in members_of(worn(data))[LAYOUT]


def test_the_report_says_that_a_file_was_strict() -> None:
    said = "  saved as Strict Open XML; the deck is an ordinary presentation"
    assert said in report(template_of(TemplateFile(strict(small()), "t.pptx"), Theme()))
    assert said not in report(template_of(TemplateFile(small(), "t.pptx"), Theme()))


def test_a_file_that_is_strict_by_half_is_refused_with_how_to_save_it() -> None:
    usual = b"http://schemas.openxmlformats.org/presentationml/2006/main"
    (problem,) = refusals(changed(replaced(MAIN, usual, STRICT + b"presentationml/main")))
    assert problem.message == "is saved as Strict Open XML by half, not throughout"
    assert problem.instead == SAVE_AS_USUAL
    for words in ("File, Save As", "'PowerPoint Presentation (*.pptx)'", "not 'Strict Open XML Presentation (*.pptx)'"):
        assert words in problem.instead


DRAWING, CHART = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://schemas.openxmlformats.org/drawingml/2006/chart",
)


@pytest.mark.parametrize(
    ("element", "attribute", "said", "meant"),
    [
        ("alpha", "val", "50%", "50000"), ("alpha", "val", "12.345%", "12345"), ("tint", "val", "-7.5%", "-7500"),
        ("gs", "pos", "0%", "0"), ("gs", "pos", "100%", "100000"), ("alpha", "val", "50000", "50000"),
        ("off", "x", "1in", "914400"), ("off", "x", "-2.54cm", "-914400"), ("ext", "cx", "10mm", "360000"),
        ("ext", "cx", "72pt", "914400"), ("ext", "cx", "6pc", "914400"), ("ext", "cx", "6pi", "914400"),
        ("rPr", "spc", "1.5pt", "150"), ("rPr", "sz", "1800", "1800"), ("latin", "typeface", "50%", "50%"),
        ("cNvPr", "name", "10mm", "10mm"), ("cNvPr", "descr", "100%", "100%"), ("alpha", "val", "50 %", "50 %"),
        ("off", "x", "1e3in", "1e3in"), ("alpha", "val", "٥%", "٥%"), ("alpha", "val", "%", "%"),
        ("ext", "uri", "", ""),
    ],
)  # fmt: skip
def test_percentages_and_lengths_become_whole_numbers(element: str, attribute: str, said: str, meant: str) -> None:
    root = etree.fromstring(f'<a:{element} xmlns:a="{DRAWING}" {attribute}="{said}"/>')
    write_plain_values(root)
    assert root.get(attribute) == meant


@pytest.mark.parametrize(
    ("element", "attribute", "said", "meant"),
    [("gapWidth", "val", "150%", "150"), ("overlap", "val", "-10%", "-10"), ("numFmt", "formatCode", "0%", "0%")],
)
def test_charts_have_whole_percents(element: str, attribute: str, said: str, meant: str) -> None:
    root = etree.fromstring(f'<c:{element} xmlns:c="{CHART}" {attribute}="{said}"/>')
    write_plain_values(root)
    assert root.get(attribute) == meant


def test_names_are_those_of_the_standard() -> None:
    """ISO/IEC 29500-4, annex A."""
    names = {
        "presentationml/main": "presentationml/2006/main",
        "drawingml/main": "drawingml/2006/main",
        "drawingml/chart": "drawingml/2006/chart",
        "drawingml/diagram": "drawingml/2006/diagram",
        "officeDocument/relationships/slideMaster": "officeDocument/2006/relationships/slideMaster",
        "officeDocument/extendedProperties": "officeDocument/2006/extended-properties",
        "officeDocument/customProperties": "officeDocument/2006/custom-properties",
    }
    for before, after in names.items():
        assert transitional(STRICT + before.encode()) == f"http://schemas.openxmlformats.org/{after}".encode()


@pytest.mark.slow
@pytest.mark.skipif(VALIDATOR is None, reason="the Open XML SDK validator is not here; .ci/run installs it")
@pytest.mark.parametrize("data", [small(), stranger(LIBREOFFICE).data], ids=["python-pptx", "LibreOffice"])
def test_the_open_xml_sdk_finds_no_error_in_a_deck_on_a_strict_file(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(worn(strict(data)))
    done = subprocess.run([str(VALIDATOR), str(path)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
