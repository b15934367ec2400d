"""`handouts export --fhir`: a bundle for each handout and release, written all or none, with what the files say."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from topic_samples import CONTENT, ROOT, TODAY, TOPICS, Change

from handouts.build.fhir_export import export_fhir, fhir_documents
from handouts.build.make import make
from handouts.build.request import Request
from handouts.cli.main import WRONG_COMMAND, commands, run
from handouts.files.disk import UsageError
from handouts.problems import ProblemsError

TEMPLATES = ROOT / "templates"
CLINIC = """schema_version: 1
name: Northside Cancer Center
address: [100 Main Street, Springfield]
phone: 1-202-555-0143
country: US
hours: Monday to Friday, 8 am to 5 pm
"""
SHORT = Request(TODAY, topics=("longwords",), content=TOPICS, templates=TEMPLATES)


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    path = tmp_path / "clinic.yaml"
    path.write_text(CLINIC, "utf-8")
    return path


def parts(data: bytes) -> dict[str, Any]:
    return {entry["resource"]["resourceType"]: entry["resource"] for entry in json.loads(data)["entry"]}


def test_each_handout_is_written_for_both_releases(tmp_path: Path) -> None:
    made = export_fhir(Request(TODAY, content=TOPICS, templates=TEMPLATES), tmp_path / "out")
    names = [f"{stem}-handout.{release}.json" for stem in ("espanol-es", "longwords-en") for release in ("r4", "r5")]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names
    assert [one.name for one in made.bundles] == names
    assert all((tmp_path / "out" / one.name).read_bytes() == one.data and one.draft for one in made.bundles)


def test_it_holds_the_very_pdf_that_a_build_makes() -> None:
    (pdf,) = make(replace(SHORT, formats=("pdf",))).made
    for one in fhir_documents(SHORT).bundles:
        assert base64.b64decode(parts(one.data)["Binary"]["data"]) == pdf.data


def test_the_clinic_of_the_file_publishes_it(clinic: Path) -> None:
    old, new = fhir_documents(replace(SHORT, clinic=clinic)).bundles
    organization = parts(old.data)["Organization"]
    assert organization["name"] == "Northside Cancer Center"
    assert organization["telecom"][0]["value"] == "1-202-555-0143"
    assert organization["address"][0] == {"use": "work", "text": "100 Main Street\nSpringfield", "country": "US"}
    assert parts(new.data)["Organization"]["contact"][0]["telecom"] == organization["telecom"]
    assert "Monday to Friday, 8 am to 5 pm" in json.dumps(parts(old.data)["Composition"])


def test_a_sign_off_attests_it_until_a_word_is_changed(signed: Path) -> None:
    request = Request(TODAY, content=signed, templates=TEMPLATES)
    old, new = fhir_documents(request).bundles
    assert not old.draft
    composition = parts(old.data)["Composition"]
    assert composition["status"] == "final"
    assert composition["attester"] == [
        {
            "mode": "professional",
            "time": "2026-03-31",
            "party": {"type": "Practitioner", "display": "A. Name, Hematologist (made up)"},
        }
    ]
    assert parts(new.data)["DocumentReference"]["attester"][0]["time"] == "2026-03-31"
    words = signed / "longwords" / "en.yaml"
    words.write_text(words.read_text("utf-8").replace("before a transplant", "before it", 1), "utf-8")
    for one in fhir_documents(request).bundles:
        assert one.draft
        assert parts(one.data)["Composition"]["status"] == "preliminary"
        assert "attester" not in parts(one.data)["Composition"]


def test_the_codes_of_the_topic_lead_to_it(changed: Change) -> None:
    code = "codes:\n  - {system: icd10cm, code: C90.00, display: Made up, source: register, as_of: 2025-06}\n"
    content = changed(("\nas_of: 2025-06\n", f"\n{code}as_of: 2025-06\n"), topic="longwords")
    old, new = fhir_documents(Request(TODAY, content=content, templates=TEMPLATES)).bundles
    coding = {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "C90.00", "display": "Made up"}
    assert parts(old.data)["DocumentReference"]["context"]["event"][0]["coding"] == [coding]
    assert parts(new.data)["DocumentReference"]["event"][0]["concept"]["coding"] == [coding]


def test_paper_and_theme_are_in_the_names() -> None:
    old, _ = fhir_documents(replace(SHORT, paper="a4", theme="large-print")).bundles
    assert old.name == "longwords-en-handout-a4-large-print.r4.json"


def test_the_date_is_the_only_clock() -> None:
    made = [fhir_documents(SHORT).bundles for _ in range(2)]
    assert made[0] == made[1]
    assert json.loads(made[0][0].data)["timestamp"] == "2026-03-31T00:00:00Z"


def test_files_of_others_are_left_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "notes.json").write_text("{}", "utf-8")
    export_fhir(SHORT, tmp_path)
    assert (tmp_path / "notes.json").read_text("utf-8") == "{}"


def test_an_earlier_export_is_replaced(tmp_path: Path) -> None:
    export_fhir(SHORT, tmp_path)
    before = (tmp_path / "longwords-en-handout.r4.json").read_bytes()
    export_fhir(replace(SHORT, today=TODAY.replace(year=2027)), tmp_path)
    assert (tmp_path / "longwords-en-handout.r4.json").read_bytes() != before


def test_what_is_no_export_of_ours_is_replaced_by_force_alone(tmp_path: Path) -> None:
    export_fhir(SHORT, tmp_path)
    last = tmp_path / "longwords-en-handout.r5.json"
    mine = last.read_bytes().replace(b"preliminary", b"final")
    last.write_bytes(mine)
    tomorrow = replace(SHORT, today=TODAY.replace(month=4, day=1))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(UsageError, match=r"longwords-en-handout\.r5\.json: it was not exported from here"):
        export_fhir(tomorrow, tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    export_fhir(tomorrow, tmp_path, force=True)
    assert last.read_bytes() != mine


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "longwords-en-handout.r5.json").mkdir()
    with pytest.raises(UsageError, match=r"longwords-en-handout\.r5\.json"):
        export_fhir(SHORT, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["longwords-en-handout.r5.json"]


def test_a_mistake_of_the_content_writes_nothing(tmp_path: Path, changed: Change) -> None:
    content = changed(("schema_version: 2", "schema_version: 99"))
    with pytest.raises(ProblemsError):
        export_fhir(Request(TODAY, content=content, templates=TEMPLATES), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_topics_without_a_handout_are_told(tmp_path: Path) -> None:
    shutil.copytree(TOPICS / "longwords", tmp_path / "content" / "longwords")
    topic = tmp_path / "content" / "longwords" / "topic.yaml"
    topic.write_text(topic.read_text("utf-8").replace("\nas_of:", "\ndocuments: [deck]\nas_of:", 1), "utf-8")
    with pytest.raises(UsageError, match="makes no pdf"):
        export_fhir(Request(TODAY, content=tmp_path / "content", templates=TEMPLATES), tmp_path / "out")


def exported(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    status = run(commands, ["export", *map(str, arguments), "--date", "2026-03-31"])
    shown = capsys.readouterr()
    assert shown.out == "" and "Traceback" not in shown.err
    return status, shown.err


def test_the_command_says_what_it_wrote_and_that_it_is_a_draft(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = exported(capsys, "--fhir", tmp_path / "out", "--content", CONTENT, "--topic", "ixazomib")
    assert status == 0
    for release in ("r4", "r5"):
        path = tmp_path / "out" / f"ixazomib-en-handout.{release}.json"
        assert f"{path} (FHIR {release.upper()}, " in said
        assert path.is_file()
    assert said.count("preliminary: a draft, not signed off by a clinician") == 2


def test_it_says_nothing_where_it_is_to_be_quiet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exported(capsys, "--fhir", tmp_path, "--content", TOPICS, "--topic", "longwords", "--quiet") == (0, "")


def test_a_signed_handout_is_final(tmp_path: Path, signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, said = exported(capsys, "--fhir", tmp_path / "out", "--content", signed)
    assert said.count(", final)") == 2 and "draft" not in said


@pytest.mark.parametrize("arguments", [[], ["out"], ["--fhir", "a", "b"]])
def test_a_folder_for_no_system_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    status, said = exported(capsys, *arguments)
    assert status == WRONG_COMMAND
    assert "say for which system: handouts export --for openemr DIR, or --fhir DIR" in said


def test_strict_stops_at_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _ = exported(capsys, "--fhir", tmp_path / "out", "--content", TOPICS, "--strict")
    assert status == 1
    assert not (tmp_path / "out").exists()
