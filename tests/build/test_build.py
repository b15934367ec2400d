"""A build: which files it writes, what the manifest says of them, and what a clinic's file adds to them."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace
from PIL import Image as PillowImage
from pptx import Presentation
from topic_samples import CONTENT, ROOT, STEMS, TODAY, TOPICS, Built, Change

from handouts.build.build import build
from handouts.build.make import make
from handouts.build.request import Request
from handouts.files.disk import UsageError, write_all
from handouts.outputs import FORMATS, Paper
from handouts.problems import ProblemsError

TEMPLATES = ROOT / "templates"
CARD = Request(TODAY, ("card",), ("ixazomib",), content=CONTENT, templates=TEMPLATES)


def _manifest(folder: Path) -> dict[str, dict[str, Any]]:
    found = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert found["version"] == 1
    return {entry["path"]: entry for entry in found["files"]}


def _files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()}


# Files and the manifest.


def test_every_document_of_every_topic_has_the_name_that_release_builds_expect(built: Built) -> None:
    assert set(_files(built.folder)) == {
        "manifest.json",
        *(f"{stem}-{name}" for stem in STEMS.values() for name in (
            "handout.pdf", "deck.pptx", "card.pdf", "handout-a4.pdf", "card-a4.pdf")),
    }  # fmt: skip


def test_a_theme_that_is_not_the_default_adds_its_name(tmp_path: Path) -> None:
    (tmp_path / "templates" / "themes").mkdir(parents=True)
    text = (TEMPLATES / "themes" / "default.yaml").read_text("utf-8")
    (tmp_path / "templates" / "themes" / "large-print.yaml").write_text(
        text.replace("name: default", "name: large-print"), "utf-8"
    )
    request = Request(
        TODAY, topics=("ixazomib",), paper="a4", theme="large-print", content=CONTENT,
        templates=tmp_path / "templates", out=tmp_path / "out",
    )  # fmt: skip
    build(request)
    assert set(_files(tmp_path / "out")) == {
        "manifest.json", "ixazomib-en-handout-a4-large-print.pdf", "ixazomib-en-deck-large-print.pptx",
        "ixazomib-en-card-a4-large-print.pdf",
    }  # fmt: skip


def test_the_manifest_agrees_with_the_files(built: Built) -> None:
    manifest = _manifest(built.folder)
    assert set(manifest) == set(_files(built.folder)) - {"manifest.json"}
    for path, entry in manifest.items():
        data = built.file(path)
        assert entry["bytes"] == len(data)
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()
        (topic,) = [topic for topic, stem in STEMS.items() if path.startswith(f"{stem}-")]
        language, document = path.removeprefix(f"{topic}-").split(".")[0].split("-")[:2]
        assert (entry["topic"], entry["language"]) == (topic, language)
        assert entry["format"] == {"handout": "pdf", "deck": "pptx", "card": "card"}[document]
        if path.endswith(".pptx"):
            assert entry["slides"] == len(Presentation(io.BytesIO(data)).slides)
        else:
            assert entry["pages"] == len(pdfium.PdfDocument(data)) == 2
        assert entry["date"] == "2026-03-31"


def test_the_manifest_tells_age_review_and_findings(built: Built) -> None:
    manifest = _manifest(built.folder)
    shipped = manifest["ixazomib-en-card.pdf"]
    assert (shipped["as_of"], shipped["review"]) == ("about 2013", "draft")
    assert shipped["review_words"] == "Draft, not yet reviewed by a clinician"
    assert [(f["code"], f["severity"], f["file"]) for f in shipped["findings"]] == [
        ("REVIEW01", "warning", "ixazomib/en.yaml"),
        ("STALE01", "warning", "ixazomib/topic.yaml"),
        ("HOTLINE01", "warning", "ixazomib/topic.yaml"),
        ("SRC01", "warning", "ixazomib/topic.yaml"),
        ("SRC03", "warning", "ixazomib/topic.yaml"),
        ("SRC03", "warning", "ixazomib/topic.yaml"),
    ]
    assert all(f["line"] and f["column"] and f["message"] for f in shipped["findings"])


def test_a_document_is_not_charged_with_what_another_leaves_out(tmp_path: Path) -> None:
    (tmp_path / "templates" / "handout").mkdir(parents=True)
    (tmp_path / "templates" / "handout" / "what_it_is.html.j2").write_text("<h2>{{ s.heading }}</h2>", "utf-8")
    build(Request(TODAY, content=CONTENT, templates=tmp_path / "templates", out=tmp_path / "out"))
    codes = {p: {f["code"] for f in e["findings"]} for p, e in _manifest(tmp_path / "out").items()}
    assert "TOLD01" in codes["ixazomib-en-handout.pdf"]
    assert "TOLD01" not in codes["ixazomib-en-deck.pptx"] | codes["ixazomib-en-card.pdf"]


def test_building_one_format_keeps_the_entries_of_the_others(tmp_path: Path) -> None:
    request = replace(CARD, formats=("pdf", "card"), out=tmp_path)
    build(request)
    before = _manifest(tmp_path)
    build(replace(request, formats=("card",), paper="a4"))
    after = _manifest(tmp_path)
    assert set(after) == {*before, "ixazomib-en-card-a4.pdf"}
    assert {path: after[path] for path in before} == before


def test_a_file_that_was_changed_or_deleted_since_leaves_the_manifest(tmp_path: Path) -> None:
    build(replace(CARD, formats=("pdf", "card"), out=tmp_path))
    (tmp_path / "ixazomib-en-handout.pdf").write_bytes(b"edited")
    build(replace(CARD, out=tmp_path))
    assert set(_manifest(tmp_path)) == {"ixazomib-en-card.pdf"}
    assert (tmp_path / "ixazomib-en-handout.pdf").read_bytes() == b"edited"


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"version": 9, "files": []}', '{"version": 1, "files": [1, {}]}'])
def test_a_manifest_that_cannot_be_read_is_written_anew(tmp_path: Path, broken: str) -> None:
    (tmp_path / "manifest.json").write_text(broken, "utf-8")
    build(replace(CARD, out=tmp_path))
    assert set(_manifest(tmp_path)) == {"ixazomib-en-card.pdf"}


@pytest.mark.parametrize("path", ["../secret.txt", "sub/secret.txt", "/secret.txt"])
def test_a_manifest_that_names_files_elsewhere_loses_them(tmp_path: Path, path: str) -> None:
    out = tmp_path / "out"
    (out / "sub").mkdir(parents=True)
    for folder in (tmp_path, out / "sub"):
        (folder / "secret.txt").write_bytes(b"x")
    digest = hashlib.sha256(b"x").hexdigest()
    (out / "manifest.json").write_text(json.dumps({"version": 1, "files": [{"path": path, "sha256": digest}]}), "utf-8")
    build(replace(CARD, out=out))
    assert set(_manifest(out)) == {"ixazomib-en-card.pdf"}


def test_a_topic_with_a_mistake_stops_the_others_too(changed: Change, tmp_path: Path) -> None:
    content = changed(("evaluable: 46", "evaluable: many"))
    (content / "longwords").symlink_to(TOPICS / "longwords", target_is_directory=True)
    with pytest.raises(ProblemsError):
        build(replace(CARD, content=content, out=tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_files_are_written_all_or_none(tmp_path: Path) -> None:
    write_all(tmp_path, [("a", b"old"), ("b", b"old")])
    (tmp_path / "c").mkdir()
    with pytest.raises(UsageError, match="it is a folder"):
        write_all(tmp_path, [("a", b"new"), ("b", b"new"), ("c", b"new")])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "b", "c"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_folder_of_ones_own_templates_needs_only_what_it_changes(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    text = (TEMPLATES / "card.html.j2").read_text("utf-8")
    (templates / "card.html.j2").write_text(text.replace("{{ words.card.lead }}", "Ask Doctor Who."), "utf-8")
    build(replace(CARD, templates=templates, out=tmp_path / "out"))
    page = pdfium.PdfDocument(tmp_path / "out" / "ixazomib-en-card.pdf")[0]
    assert "Ask Doctor Who." in page.get_textpage().get_text_range()


def test_a_mistake_in_ones_own_template_is_named_with_its_path_and_line(tmp_path: Path) -> None:
    (tmp_path / "card.html.j2").write_text("<p>\n{{ wrods.card.lead }}</p>", "utf-8")
    with pytest.raises(ProblemsError) as caught:
        build(replace(CARD, templates=tmp_path, out=tmp_path / "out"))
    (problem,) = [p for p in caught.value.problems if p.severity == "error"]
    assert (problem.origin.file, problem.origin.line) == (str(tmp_path / "card.html.j2"), 2)
    assert "wrods" in problem.message


# The clinic.

CLINIC = """\
schema_version: 1
name: Rivers & <b>Sons</b> "{{ Clinic }}"
address:
  - 12 Old Mill Road
  - Springfield & Co
phone: 1-202-555-0142
hours: Mon-Fri 8:30-17:00
logo:
  file: logo.png
  alt: A river & a <mill>
"""
PRINTED = [
    'Rivers & <b>Sons</b> "{{ Clinic }}"',
    "12 Old Mill Road",
    "Springfield & Co",
    "1-202-555-0142",
    "Mon-Fri 8:30-17:00",
]


@pytest.fixture(scope="module")
def of_a_clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three documents of a clinic whose name is full of signs that mean something elsewhere."""
    folder = tmp_path_factory.mktemp("clinic")
    (folder / "clinic.yaml").write_text(CLINIC, "utf-8")
    PillowImage.new("RGB", (60, 40), (20, 90, 140)).save(folder / "logo.png")
    build(Request(TODAY, content=CONTENT, templates=TEMPLATES, clinic=folder / "clinic.yaml", out=folder / "out"))
    return folder / "out"


def _words(path: Path) -> str:
    if path.suffix == ".pdf":
        pages = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(path)]
        return re.sub(r"\s+", "", "".join(pages))
    frames = [shape.text_frame.text for shape in _shapes(path) if shape.has_text_frame]
    return re.sub(r"\s+", "", "".join(frames))


def _shapes(path: Path) -> Iterator[Any]:
    for slide in Presentation(path).slides:  # type: ignore[arg-type]
        yield from slide.shapes


NAMES = ["ixazomib-en-handout.pdf", "ixazomib-en-deck.pptx", "ixazomib-en-card.pdf"]


@pytest.mark.parametrize("name", NAMES)
def test_a_clinic_is_printed_letter_by_letter(of_a_clinic: Path, name: str) -> None:
    words = _words(of_a_clinic / name)
    # A card has no room for the address.
    printed = [text for text in PRINTED if text not in PRINTED[1:3]] if name.endswith("card.pdf") else PRINTED
    assert [text for text in printed if re.sub(r"\s+", "", text) not in words] == []


LONG_CLINIC = """\
schema_version: 1
name: Northern Rivers Regional Comprehensive Cancer Center and Infusion Clinic
address:
  - Department of Hematology and Oncology
  - Outpatient Building C, Floor 4, Suite 420
  - 12800 North Riverside Parkway
  - Springfield Heights, Minnesota 55999
  - United States of America
phone: 1-202-555-0187
hours: Monday to Friday, 8:30 to 17:00; urgent calls answered day and night
logo:
  file: logo.png
  alt: A river
"""


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_a_clinic_with_much_to_say_fits_beside_the_shipped_words(tmp_path: Path, paper: Paper) -> None:
    (tmp_path / "clinic.yaml").write_text(LONG_CLINIC, "utf-8")
    PillowImage.new("RGB", (300, 240), (20, 90, 140)).save(tmp_path / "logo.png")
    clinic = tmp_path / "clinic.yaml"
    made = make(Request(TODAY, ("pdf",), paper=paper, content=CONTENT, templates=TEMPLATES, clinic=clinic)).made
    assert {one.entry.topic: one.entry.count for one in made} == {"ixazomib": 2, "colonoscopy-preparation": 2}


@pytest.mark.parametrize("name", NAMES)
def test_without_a_clinic_nothing_of_it_is_left(built: Built, name: str) -> None:
    words = _words(built.folder / name)
    assert not [text for text in (*PRINTED, "None", "Logo of", "Undefined") if re.sub(r"\s+", "", text) in words]


def test_the_clinics_logo_is_on_all_three(of_a_clinic: Path, built: Built) -> None:
    for name in (NAMES[0], NAMES[2]):
        for folder, expected in ((of_a_clinic, True), (built.folder, False)):
            objects = [o for page in pdfium.PdfDocument(folder / name) for o in page.get_objects(max_depth=9)]
            assert any(o.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE for o in objects) == expected
    pictures = [s for s in _shapes(of_a_clinic / NAMES[1]) if s.shape_type == 13 or "pic" in s._element.tag]
    assert [p._element.nvPicPr.cNvPr.get("descr") for p in pictures] == ["A river & a <mill>"]


def test_the_clinic_is_the_author_of_its_documents(of_a_clinic: Path) -> None:
    assert Presentation(of_a_clinic / NAMES[1]).core_properties.author == 'Rivers & <b>Sons</b> "{{ Clinic }}"'  # type: ignore[arg-type]
    assert pdfium.PdfDocument(of_a_clinic / NAMES[0]).get_metadata_value("Author") == PRINTED[0]


def test_every_format_is_a_row_of_the_registry() -> None:
    assert FORMATS == ("pdf", "pptx", "card")
