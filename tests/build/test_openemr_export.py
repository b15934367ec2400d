"""`handouts export --for openemr`: the names that OpenEMR opens, what is left out, and no file of others is lost."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from coded_topics import MEDICINE, SPANISH, SPANISH_CODES, coded, signed

from handouts.cli.main import STOPPED, WRONG_COMMAND, commands, run

ENGLISH = {
    "rxcui_9900001_en.pdf", "ndc_99999-123-45_en.pdf", "icd10_c90.0_en.pdf", "snomed_999000003_en.pdf",
    "loinc_99999-5_en.pdf",
}  # fmt: skip


class Export:
    """Runs the command on a folder of content, into a folder beside it."""

    def __init__(self, content: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.content, self.folder, self.capsys = content, content.parent / "education", capsys

    def __call__(self, *more: str) -> tuple[int, str]:
        given = ["export", "--for", "openemr", str(self.folder), "--content", str(self.content), *more]
        status = run(commands, [*given, "--date", "2026-03-31"])
        said = self.capsys.readouterr().err
        assert "Traceback" not in said
        return status, said

    def names(self) -> set[str]:
        if not self.folder.is_dir():
            return set()
        return {path.name for path in self.folder.iterdir()} - {"manifest.json"}


@pytest.fixture
def export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Export:
    return Export(coded(tmp_path, languages=("en",), spanish=SPANISH_CODES), capsys)


def test_a_signed_handout_is_written_under_each_of_its_codes(export: Export) -> None:
    signed(export.content, MEDICINE, "en")
    status, said = export()
    assert status == 0
    assert export.names() == ENGLISH
    assert all(re.fullmatch(r"(rxcui|ndc|icd10|snomed|loinc)_[a-z0-9.-]+_(en|es)\.pdf", name) for name in ENGLISH)
    assert len({(export.folder / name).read_bytes() for name in ENGLISH}) == 1
    assert f"left out: {SPANISH} (es): a draft" in said
    assert f"wrote 5 files to {export.folder}" in said
    entries = json.loads((export.folder / "manifest.json").read_text("utf-8"))["files"]
    assert {(entry["path"], entry["topic"], entry["review"]) for entry in entries} == {
        (name, MEDICINE, "approved") for name in ENGLISH
    }


def test_drafts_are_written_only_where_they_are_asked_for(export: Export) -> None:
    status, said = export()
    assert (status, export.names()) == (STOPPED, set())
    assert "nothing was written" in said
    status, said = export("--drafts")
    assert (status, export.names()) == (0, ENGLISH | {"rxcui_9900005_es.pdf"})
    assert f"rxcui_9900005_es.pdf: {SPANISH} (es), a draft" in said


def test_languages_that_openemr_does_not_ask_for_are_left_out_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = Export(coded(tmp_path, languages=("en", "en-GB", "pt")), capsys)
    signed_english = export.content / MEDICINE
    (signed_english / "en.yaml").rename(signed_english / "en-US.yaml")
    words = (signed_english / "en-US.yaml").read_text("utf-8")
    (signed_english / "en-US.yaml").write_text(words.replace("language: en\n", "language: en-US\n"), "utf-8")
    (signed_english / "pt.yaml").unlink()
    status, said = export("--drafts")
    assert (status, export.names()) == (0, ENGLISH)
    assert f"left out: {MEDICINE} (en-US): OpenEMR asks for en and es alone, and has en-GB for en" in said
    assert f"left out: {SPANISH}: it has no codes" in said


def test_one_code_of_two_topics_is_an_error_that_names_both(export: Export) -> None:
    shutil.copytree(export.content / MEDICINE, export.content / "twin")
    status, said = export("--drafts")
    assert (status, export.names()) == (STOPPED, set())
    found = [line for line in said.splitlines() if "EXPORT01" in line]
    assert len(found) == 5
    assert all(MEDICINE in line and "twin" in line for line in found)
    assert "twin/topic.yaml:13:" in found[0]
    assert export("--drafts", "--topic", "twin")[0] == 0


def test_a_file_of_others_is_not_replaced_unasked(export: Export) -> None:
    signed(export.content, MEDICINE, "en")
    export.folder.mkdir()
    foreign = export.folder / "icd10_c90.0_en.pdf"
    foreign.write_bytes(b"the hospital's own")
    status, said = export()
    assert (status, export.names()) == (WRONG_COMMAND, {foreign.name})
    assert str(foreign) in said
    assert "--force" in said
    assert foreign.read_bytes() == b"the hospital's own"
    assert export("--force")[0] == 0
    assert export.names() == ENGLISH
    assert foreign.read_bytes().startswith(b"%PDF")


def test_an_export_replaces_its_own_files_and_tells_of_old_ones(export: Export) -> None:
    signed(export.content, MEDICINE, "en")
    assert export()[0] == 0
    path = export.content / MEDICINE / "topic.yaml"
    path.write_text(path.read_text("utf-8").replace('"9900001"', '"9900002"'), "utf-8")
    assert export()[0] == STOPPED  # which documents a code leads to is signed too
    signed(export.content, MEDICINE, "en")
    status, said = export()
    assert status == 0
    assert export.names() == ENGLISH | {"rxcui_9900002_en.pdf"}
    assert f"{export.folder / 'rxcui_9900001_en.pdf'}: left there by an earlier export" in said
    (export.folder / "rxcui_9900002_en.pdf").write_bytes(b"changed by hand")
    status, said = export()
    assert (status, "it was changed since it was exported" in said) == (WRONG_COMMAND, True)


def test_a_broken_topic_stops_all_of_it(export: Export) -> None:
    signed(export.content, MEDICINE, "en")
    words = export.content / SPANISH / "es.yaml"
    words.write_text(words.read_text("utf-8") + "\nno such key: 1\n", "utf-8")
    status, said = export()
    assert (status, export.names()) == (STOPPED, set())
    assert "SCHEMA01" in said
    assert export("--topic", MEDICINE)[0] == 0


@pytest.mark.parametrize(
    "given", [["export"], ["export", "--for", "openemr"], ["export", "x"], ["export", "--for", "epic", "x"]]
)
def test_a_command_that_is_not_whole_says_what_is_missing(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(commands, given) == WRONG_COMMAND
    assert "openemr" in capsys.readouterr().err
