"""Printers are kept by name in a file of the user's, which hands may edit and nothing half-writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.files.disk import UsageError
from handouts.files.printers import printer_named, read_printers, save_printer
from handouts.problems import ProblemsError
from handouts.theme.printing import Correction

OFFICE = Correction(offset_x=-0.5, offset_y=1.25, scale_x=100.4)
WARD = Correction(back_offset_x=0, back_offset_y=-2, scale_y=99.25)


def test_what_was_saved_is_read_and_the_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "settings" / "printers.yaml"
    assert read_printers(path) == {}
    save_printer(path, "office", OFFICE)
    save_printer(path, "ward-3", WARD)
    assert read_printers(path) == {"office": OFFICE, "ward-3": WARD}
    save_printer(path, "office", WARD)
    assert read_printers(path) == {"office": WARD, "ward-3": WARD}
    assert [p.name for p in path.parent.iterdir()] == ["printers.yaml"]


def test_a_printer_that_was_never_saved_is_answered_with_those_that_were(tmp_path: Path) -> None:
    path = tmp_path / "printers.yaml"
    with pytest.raises(UsageError, match=r"there is no printer 'office' in .*; known: none is defined; save it with"):
        printer_named(path, "office")
    save_printer(path, "office", OFFICE)
    assert printer_named(path, "office") == OFFICE
    with pytest.raises(UsageError, match="did you mean 'office'"):
        printer_named(path, "ofice")


@pytest.mark.parametrize("name", ["1", "true", "null", "no", "4th-floor", "x" * 40])
def test_a_name_may_be_what_yaml_takes_for_something_else(tmp_path: Path, name: str) -> None:
    path = tmp_path / "printers.yaml"
    save_printer(path, name, OFFICE)
    assert printer_named(path, name) == OFFICE


@pytest.mark.parametrize("name", ["Office", "-x", "../x", "a b", "", "x" * 41])
def test_a_name_that_cannot_be_part_of_a_file_name_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "printers.yaml"
    with pytest.raises(UsageError, match="is not a name for a printer; write it like office-2"):
        save_printer(path, name, OFFICE)
    assert not path.exists()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("offset_x: 99", r"printers.yaml:4:15: SCHEMA06 error: printers.office.offset_x is 99, which is too large"),
        ("offset_x: left", r"printers.yaml:4:15: SCHEMA\d+ error: .* is the text 'left' where a number is wanted"),
        ("OFFICE: {}", r"printers.yaml:4:5: SCHEMA01 error: printers.office has the unknown key 'OFFICE'"),
        ("ofset_x: 1", r"printers.yaml:4:5: SCHEMA01 error: .*; did you mean 'offset_x'"),
    ],
)
def test_a_slip_in_the_file_is_told_at_its_line(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "printers.yaml"
    path.write_text(f"schema_version: 1\nprinters:\n  office:\n    {line}\n", "utf-8")
    with pytest.raises(ProblemsError, match=message):
        printer_named(path, "office")
    with pytest.raises(ProblemsError):
        save_printer(path, "ward", WARD)
    assert path.read_text("utf-8").endswith(f"{line}\n")
