"""The shipped topics as a clinic gets them: whole on every paper and in every theme, readable, waiting for a person."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from topic_samples import CONTENT, ROOT, STEMS, TODAY

from handouts.build.make import examine
from handouts.build.request import Request
from handouts.build.result import Result
from handouts.outputs import Paper

SHIPPED = tuple(topic for topic in STEMS if (CONTENT / topic).is_dir())
WAITING = {"REVIEW01", "HOTLINE01", "STALE01", "SRC01", "SRC03"}
"""What a shipped topic waits for: a clinician, a call, newer or dated sources."""
CLINIC = """schema_version: 1
name: Example University Hospital and Medical Center, Department of Gastroenterology and Hepatology
phone: 1-202-555-0143
hours: Monday to Friday, 8:30 to 17:00
address: [12345 Example Street North, Building 7, "Springfield, Illinois 62701"]
"""


def _made(
    topic: str, *, day: date = TODAY, paper: Paper = "letter", theme: str = "default", clinic: Path | None = None
) -> Result:
    return examine(
        Request(
            today=day, content=CONTENT, topics=(topic,), paper=paper, theme=theme, clinic=clinic,
            templates=ROOT / "templates",
        )
    )  # fmt: skip


def test_every_folder_of_content_is_a_shipped_topic() -> None:
    assert sorted(SHIPPED) == sorted(path.name for path in CONTENT.iterdir() if path.is_dir())


@pytest.mark.sampled(3)
@pytest.mark.parametrize("day", [TODAY, date(2026, 11, 29)], ids=str)
@pytest.mark.parametrize("topic", SHIPPED)
def test_it_waits_for_people_alone(topic: str, day: date) -> None:
    result = _made(topic, day=day)
    assert {finding.code for finding in result.findings} <= WAITING
    assert {finding.severity for finding in result.findings} == {"warning"}
    assert {made.entry.format: made.entry.count for made in result.made if made.entry.format != "pptx"} == {
        "pdf": 2, "card": 2,
    }  # fmt: skip


@pytest.mark.parametrize("topic", SHIPPED)
def test_it_is_easy_to_read(topic: str) -> None:
    (report,) = _made(topic).clarity()
    assert report.levels is not None
    grades = report.levels.whole.plain
    assert {grade.formula for grade in grades} == {"Flesch-Kincaid", "SMOG"}
    assert all(grade.reached for grade in grades)


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["default", "high-contrast", "large-print"])
@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("topic", SHIPPED)
def test_a_clinic_with_a_long_name_fits_every_paper_and_theme(
    topic: str, paper: Paper, theme: str, tmp_path: Path
) -> None:
    (tmp_path / "clinic.yaml").write_text(CLINIC, "utf-8")
    result = _made(topic, paper=paper, theme=theme, clinic=tmp_path / "clinic.yaml")
    assert not [finding for finding in result.findings if finding.severity == "error"]
    assert len(result.made) == 3
