"""Ids of recipients, which end the names of files: none names another's, and none a file that some disk cannot have."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from batch_samples import files, order_for, report, run_here, table

from handouts.batch.print_jobs.merge import merged
from handouts.batch.work.report import listed
from handouts.build.request import chosen
from handouts.files.names import folded, is_device


def batch(folder: Path, name: str, *ids: str, formats: tuple[str, ...] = ("card",)) -> list[tuple[str, str]]:
    """Runs a table of these ids into one folder; what the report says of each row."""
    rows = [{"id": ident, "name": f"Clinic {number} of {name}"} for number, ident in enumerate(ids)]
    run_here(order_for(table(folder / f"{name}.csv", rows), folder / "out", formats))
    return [(line["status"], line["reason"]) for line in report(folder / "out")]


def test_ids_of_two_tables_that_differ_in_case_overwrite_nothing(tmp_path: Path) -> None:
    assert batch(tmp_path, "first", "A1", "b2") == [("made", "")] * 2
    before = files(tmp_path / "out")
    (status, reason), good = batch(tmp_path, "second", "a1", "c3")
    assert (status, good) == ("failed", ("made", ""))
    assert reason == (
        f"{tmp_path / 'second.csv'}:2:1: ROW02 error: the id 'a1' is to some disks that of ixazomib-en-card-A1.pdf, "
        "which an earlier batch made; spell it as there, take that file away, or choose another --out"
    )
    del before["batch-report.csv"]
    assert before.items() <= files(tmp_path / "out").items()
    assert batch(tmp_path, "first", "A1", "b2") == [("kept", "")] * 2, "its journal holds"


def test_an_id_may_be_spelled_anew_once_its_file_is_gone(tmp_path: Path) -> None:
    batch(tmp_path, "first", "A1")
    (tmp_path / "out" / "ixazomib-en-card-A1.pdf").unlink()
    assert batch(tmp_path, "second", "a1") == [("made", "")]
    assert batch(tmp_path, "second", "a1") == [("kept", "")]
    assert batch(tmp_path, "first", "A1")[0][0] == "failed"


def test_a_row_that_fails_takes_no_file_of_another_spelling_away(tmp_path: Path) -> None:
    batch(tmp_path, "first", "A1")
    rows = [{"id": "a1", "name": "漢"}]
    run_here(order_for(table(tmp_path / "r.csv", rows), tmp_path / "out", ("card",)))
    assert "ixazomib-en-card-A1.pdf" in files(tmp_path / "out")


def test_ids_of_one_table_that_differ_in_case_are_told(tmp_path: Path) -> None:
    outcomes = batch(tmp_path, "first", "a1", "A1", "a1")
    assert [status for status, _ in outcomes] == ["made", "failed", "failed"]
    assert "the id 'A1' stands in an earlier row; give each row an id of its own; upper and lower" in outcomes[1][1]


@pytest.mark.parametrize("ident", [
    "COM¹", "stra\u00dfe", "\u0130d", "\u212a1", "e\u0301", "\u00e9", "a.", "a. ", "a b", "a:b", "a*", "a?", "a|b",
    "a/b", "a\\b", "<a>", 'a"', ".a", "-a", "a\u200b", "\uff41",
])  # fmt: skip
def test_an_id_that_some_disk_cannot_have_or_tell_apart_is_refused(tmp_path: Path, ident: str) -> None:
    ((status, reason),) = batch(tmp_path, "r", ident)
    assert (
        status == "failed" and "ROW02 error: the id '" in reason and "' cannot end a file name; write up to" in reason
    )
    assert not [name for name in files(tmp_path / "out") if name.endswith(".pdf")]


@pytest.mark.parametrize("wrong", ["stra\u00dfe", "\u017ftrasse", "stras\u200bse"])
def test_an_id_that_cannot_be_a_name_takes_none_from_the_row_that_has_it_rightly(tmp_path: Path, wrong: str) -> None:
    (status, reason), good = batch(tmp_path, "r", wrong, "strasse")
    assert status == "failed" and "cannot end a file name" in reason and good == ("made", "")


def test_an_id_that_is_refused_for_its_spelling_leaves_it_to_the_row_that_spells_it_right(tmp_path: Path) -> None:
    batch(tmp_path, "first", "A1")
    refused, good, again = batch(tmp_path, "second", "a1", "A1", "a1")
    assert "which an earlier batch made; spell it as there" in refused[1]
    assert good == ("made", "") and "the id 'a1' stands in an earlier row" in again[1]


def test_an_id_without_end_is_shortened_in_the_report(tmp_path: Path) -> None:
    rows = [{"id": "x" * 300_000, "name": "Rosa"}, {"id": "b", "name": "Else"}]
    path = tmp_path / "r.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    order = order_for(path, tmp_path / "out")
    run_here(order)
    bad, good = report(tmp_path / "out")
    assert (bad["id"], bad["status"], good["status"]) == (f"{'x' * 64}\u2026", "failed", "made")
    assert [job.documents for job in merged(order.request, chosen(order.request))] == ["1 handout"]


def test_a_report_with_long_reasons_is_read(tmp_path: Path) -> None:
    text = f"row,id,status,reason,file,sha256\n2,a,made,{'x' * 300_000},a.pdf,0\n"
    (tmp_path / "batch-report.csv").write_text(text, "utf-8")
    most = csv.field_size_limit()
    assert [line.file for line in listed(tmp_path)] == ["a.pdf"]
    assert csv.field_size_limit() == most


def test_devices_of_windows_are_ids_since_no_file_begins_with_one(tmp_path: Path) -> None:
    ids = ("CON", "nul", "com1", "aux.x", "LPT9", "NUL.txt", "prn")
    assert batch(tmp_path, "r", *ids, formats=("card", "pdf")) == [("made", "")] * 14
    made = files(tmp_path / "out")
    assert len({folded(name) for name in made}) == len(made) == 15
    forbidden = re.compile(r'[<>:"/\\|?*\x00-\x1f]|[. ]$')
    assert not [name for name in made if is_device(name) or forbidden.search(name)]
