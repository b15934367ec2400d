"""Every telephone number of a topic and a clinic is one that can be called, and each fault is told at its own line."""

from __future__ import annotations

from pathlib import Path

import pytest
from topic_samples import CONTENT, ROOT, TODAY, Change

from handouts.build.make import make
from handouts.build.request import Request
from handouts.problems import Problem, ProblemsError


def _found(content: Path, clinic: Path | None = None) -> list[Problem]:
    request = Request(TODAY, ("card",), content=content, templates=ROOT / "templates", clinic=clinic)
    try:
        found = make(request).findings
    except ProblemsError as bad:
        found = bad.problems
    return [p for p in found if p.code not in {"REVIEW01", "STALE01", "HOTLINE01", "SRC01", "SRC03"}]


SHOWN, DIGITS, DIAL = "shown: 1-866-603-MMCT", "digits: 1-866-603-6628", 'dial: "+18666036628"'


@pytest.mark.parametrize(
    ("old", "new", "place", "code", "severity", "message"),
    [
        (SHOWN, "shown: 1-866-603-MMCX", "16:10", "PHONE02", "error",
         "'shown' spells 18666036629, but 'dial' calls +18666036628"),
        (SHOWN, "shown: 603-MMCT", "16:10", "PHONE02", "error", "'shown' spells 6036628"),
        (DIGITS, "digits: 1-866-603-6682", "17:11", "PHONE02", "error", "'digits' spells 18666036682"),
        (DIGITS, "digits: 1-866-603-MMCT", "17:11", "PHONE03", "error", "'digits' has letters"),
        (DIAL, 'dial: "+9996036628"', "18:9", "PHONE01", "error", "begins with the code of no country"),
        (DIAL, 'dial: "+1866603662"', "18:9", "PHONE01", "error", "has 9 digits after the country code +1"),
        (DIAL, "dial: 18666036628", "18:9", "SCHEMA07", "error", "is the number 18666036628"),
        (SHOWN, "shown: 8666036628", "16:10", "SCHEMA07", "error", "is the number 8666036628"),
    ],
)  # fmt: skip
def test_a_hotline_that_is_not_one_number_is_told_at_its_line(
    changed: Change, old: str, new: str, place: str, code: str, severity: str, message: str
) -> None:
    (problem,) = _found(changed((old, new)))
    assert f"{problem.origin.line}:{problem.origin.column}" == place
    assert (problem.code, problem.severity) == (code, severity)
    assert message in problem.message
    assert problem.instead


def test_a_number_that_nobody_was_given_is_a_warning(changed: Change) -> None:
    content = changed(
        (SHOWN, "shown: 1-999-603-MMCT"), (DIGITS, "digits: 1-999-603-6628"), (DIAL, 'dial: "+19996036628"')
    )
    (problem,) = _found(content)
    assert (problem.code, problem.severity, problem.origin.line) == ("PHONE04", "warning", 18)


def test_all_that_is_wrong_with_a_hotline_comes_at_once(changed: Change) -> None:
    found = _found(changed((SHOWN, "shown: 1-866-603-MMCX"), (DIGITS, "digits: 1-866-603-MMCT")))
    assert [p.code for p in found] == ["PHONE02", "PHONE03"]


@pytest.mark.parametrize("phone", ["1-202-555-0187", "(202) 555-0187 ext. 12", "+49 30 450500", "202-555-HELP"])
def test_a_clinics_number_may_have_an_extension_or_another_country(tmp_path: Path, phone: str) -> None:
    assert _found(CONTENT, _clinic(tmp_path, phone)) == []


@pytest.mark.parametrize(
    ("phone", "severity", "code"),
    [
        ("555-0187", "warning", "PHONE04"),
        ("1-999-555-0187", "warning", "PHONE04"),
        ("1-202-555-01877", "error", "PHONE01"),
        ("030 450 50 01 22", "error", "PHONE01"),
        ("ask at the desk", "error", "PHONE01"),
        ("2025550187", "error", "SCHEMA07"),
    ],
)
def test_a_clinics_number_that_cannot_be_called_is_told_at_its_line(
    tmp_path: Path, phone: str, severity: str, code: str
) -> None:
    clinic = _clinic(tmp_path, phone)
    (problem,) = _found(CONTENT, clinic)
    assert (problem.code, problem.severity) == (code, severity)
    assert (problem.origin.file, problem.origin.line, problem.origin.column) == (str(clinic), 3, 8)


def _clinic(folder: Path, phone: str) -> Path:
    path = folder / "clinic.yaml"
    path.write_text(f"schema_version: 1\nname: Clinic\nphone: {phone}\n", "utf-8")
    return path
