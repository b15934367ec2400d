"""What stands in the output folder already, or has no room there: told, healed, or at the cost of a row."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from batch_samples import clinics, files, logo, order_for, report, run_here, table
from test_batch import command

from handouts.batch.filling.owner import Finished, Owner
from handouts.batch.filling.personalise import RecipientDocuments
from handouts.batch.rows.recipients import Recipient
from handouts.batch.rows.table import Row
from handouts.batch.work import work
from handouts.batch.work.report import BatchReport
from handouts.batch.work.work import RowOutcome
from handouts.files.disk import UsageError

ROWS = 20


def journal(out: Path) -> sqlite3.Connection:
    (out / ".batch").mkdir(parents=True, exist_ok=True)
    return sqlite3.connect(out / ".batch" / "journal.sqlite", isolation_level=None)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("harm", [
    "DROP TABLE made", "ALTER TABLE made RENAME COLUMN files TO file", "ALTER TABLE made ADD COLUMN more",
    "UPDATE made SET files = '{not JSON'", "UPDATE made SET files = '[1]'", "UPDATE made SET files = NULL",
    """UPDATE made SET files = '{"ixazomib-en-handout-c003.pdf": 1}'""",
    "UPDATE made SET files = CAST(x'ff41ff' AS TEXT)", "UPDATE made SET id = CAST(x'ff' || id AS TEXT)",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 99",
])  # fmt: skip
def test_a_damaged_journal_costs_no_file(tmp_path: Path, harm: str) -> None:
    order = order_for(table(tmp_path / "r.csv", clinics(ROWS)), tmp_path / "out")
    run_here(order)
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.pdf")}
    database = journal(tmp_path / "out")
    database.executescript(harm)
    database.close()
    for _ in range(2):
        assert run_here(order).kept == ROWS
    assert before == {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.pdf")}


def test_a_journal_that_another_holds_is_not_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = order_for(table(tmp_path / "r.csv", clinics(2)), tmp_path / "out")
    database = journal(tmp_path / "out")
    database.execute("CREATE TABLE other (x)")
    database.execute("BEGIN EXCLUSIVE")
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: real(*given, **named, timeout=0.1))  # type: ignore[reportUnknownLambdaType]
    with pytest.raises(UsageError, match=r"cannot write to .*journal.sqlite: database is locked"):
        run_here(order)
    database.execute("COMMIT")
    assert database.execute("SELECT count(*) FROM other").fetchone() == (0,)
    database.close()


@pytest.mark.parametrize("name", ["journal.sqlite", "lock"])
def test_a_folder_where_a_file_of_the_batch_should_be_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "out" / ".batch" / name).mkdir(parents=True)
    with pytest.raises(UsageError, match=f"cannot write to .*{name}: "):
        run_here(order_for(table(tmp_path / "r.csv", clinics(1)), tmp_path / "out"))


@pytest.mark.parametrize("name", ["journal.sqlite", "lock"])
def test_a_pipe_where_a_file_of_the_batch_should_be_is_not_waited_for(tmp_path: Path, name: str) -> None:
    (tmp_path / "out" / ".batch").mkdir(parents=True)
    os.mkfifo(tmp_path / "out" / ".batch" / name)
    with pytest.raises(UsageError, match=f"cannot write to .*{name}: .*is a pipe, not a file"):
        run_here(order_for(table(tmp_path / "r.csv", clinics(1)), tmp_path / "out"))


def test_what_has_the_name_of_a_document_is_neither_waited_for_nor_read_whole(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    os.mkfifo(tmp_path / "out" / "ixazomib-en-handout-c000.pdf")
    film = tmp_path / "out" / "ixazomib-en-handout-c001.pdf"
    film.touch()
    os.truncate(film, 6_000_000_000)
    assert run_here(order_for(table(tmp_path / "r.csv", clinics(2)), tmp_path / "out")).made == 2
    assert film.stat().st_size < 1_000_000


def test_a_folder_named_like_a_file_in_the_making_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out" / ".batch" / "mine.part").mkdir(parents=True)
    assert run_here(order_for(table(tmp_path / "r.csv", clinics(1)), tmp_path / "out")).made == 1


def test_a_name_that_is_taken_costs_its_row_alone(tmp_path: Path) -> None:
    taken = tmp_path / "out" / "ixazomib-en-handout-c001.pdf"
    taken.mkdir(parents=True)
    summary = run_here(order_for(table(tmp_path / "r.csv", clinics(3)), tmp_path / "out"))
    assert (summary.made, summary.failed) == (2, 1)
    (failed,) = [line for line in report(tmp_path / "out") if line["status"] == "failed"]
    assert failed["id"] == "c001"
    assert f"r.csv:4:1: ROW07 error: cannot write {taken}: is a directory; " in failed["reason"]
    assert not list((tmp_path / "out" / ".batch").glob("*.part"))


def test_a_disk_that_is_full_at_the_report_is_told_once(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    for is_whole in (True, False):
        full = BatchReport(tmp_path, Path("/dev/full"))
        full.add(RowOutcome(2, "a", "made"))
        if is_whole:
            with pytest.raises(UsageError, match="no space left on device"):
                full.finish()
        # Another error is on its way to whoever ran the batch.
        full.close()


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR])
def test_a_disk_that_is_full_at_the_journal_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def connect(*_given: Any, **_named: Any) -> sqlite3.Connection:
        bad = sqlite3.OperationalError("database or disk is full")
        bad.sqlite_errorcode = code
        raise bad

    monkeypatch.setattr(sqlite3, "connect", connect)
    with pytest.raises(UsageError, match=r"cannot write to .*: database or disk is full"):
        run_here(order_for(table(tmp_path / "r.csv", clinics(1)), tmp_path / "out"))


def test_a_disk_that_is_full_at_the_print_job_gets_its_room_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def finish(_job: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("handouts.batch.print_jobs.merge.PrintJob.finish", finish)
    recipients = table(tmp_path / "r.csv", clinics(2))
    assert command(recipients, "--out", tmp_path / "out", "--jobs", "1", "--merge") == 2
    assert "batch-handout.pdf: no space left on device" in capsys.readouterr().err
    assert not list((tmp_path / "out" / ".batch").glob("*.part"))
    assert "batch-handout.pdf" not in files(tmp_path / "out")


def test_a_table_whose_name_is_not_text_has_a_report(tmp_path: Path) -> None:
    recipients = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.csv"))
    try:
        table(recipients, [*clinics(1), {"id": "", "name": "B"}])
    except OSError:
        pytest.skip("this file system has no such names")
    summary = run_here(order_for(recipients, tmp_path / "out"))
    assert (summary.made, summary.failed) == (1, 1)
    assert "has no id" in report(tmp_path / "out")[1]["reason"]


def test_a_logo_that_is_no_file_costs_its_row_alone(tmp_path: Path) -> None:
    logo(tmp_path / "good.png")
    (tmp_path / "ring.png").symlink_to("ring.png")
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "folder.png").mkdir()
    names = ("ring.png", "pipe.png", "folder.png", "null\0.png", "good.png")
    rows = [{"id": f"c{n}", "name": "A", "logo": name} for n, name in enumerate(names)]
    run_here(order_for(table(tmp_path / "r.csv", rows), tmp_path / "out"))
    lines = report(tmp_path / "out")
    assert [line["status"] for line in lines] == [*["failed"] * 4, "made"]
    assert all(f"the logo '{name[:4]}" in line["reason"] for name, line in zip(names[:4], lines, strict=False))


def test_a_batch_that_stopped_at_a_bad_row_writes_no_print_job(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipients = table(tmp_path / "r.csv", [*clinics(1), {"id": "", "name": "B"}])
    arguments = (recipients, "--out", tmp_path / "out", "--jobs", "1", "--merge")
    assert command(*arguments, "--fail-fast") == 1
    assert "wrote no print job: the batch stopped early" in capsys.readouterr().err
    assert "batch-handout.pdf" not in files(tmp_path / "out")
    assert command(*arguments) == 1
    assert "batch-handout.pdf" in files(tmp_path / "out")


def test_a_print_job_that_no_longer_is_what_the_rows_say_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = clinics(2)
    arguments = (tmp_path / "r.csv", "--out", tmp_path / "out", "--jobs", "1")
    assert command(table(tmp_path / "r.csv", rows), *arguments[1:], "--merge") == 0
    told = f"{tmp_path / 'out' / 'batch-handout.pdf'} is of an earlier run; do not print it, --merge writes it anew"
    assert told not in capsys.readouterr().err
    assert command(*arguments) == 0
    assert told not in capsys.readouterr().err, "it is what the rows say"
    rows[0]["hours"] = "Sundays"
    assert command(table(tmp_path / "r.csv", rows), *arguments[1:]) == 0
    assert told in capsys.readouterr().err.splitlines()
    assert command(*arguments, "--format", "card") == 0
    assert told not in capsys.readouterr().err, "cards are not in it"
    assert command(*arguments, "--merge") == 0
    assert told not in capsys.readouterr().err


def test_a_print_job_of_nothing_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recipients = table(tmp_path / "r.csv", [{"id": "", "name": "B"}])
    assert command(recipients, "--out", tmp_path / "out", "--jobs", "1", "--merge") == 1
    assert "wrote no print job: nothing is on paper" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["pipe", "ring", "device", "huge"])
def test_what_has_the_name_of_a_document_and_is_none_is_replaced(tmp_path: Path, kind: str) -> None:
    name = tmp_path / "out" / "ixazomib-en-handout-c000.pdf"
    name.parent.mkdir()
    if kind == "pipe":
        os.mkfifo(name)
    elif kind == "huge":
        with name.open("wb") as stream:
            stream.truncate(1 << 40)
    else:
        name.symlink_to(name if kind == "ring" else "/dev/zero")
    assert run_here(order_for(table(tmp_path / "r.csv", clinics(2)), tmp_path / "out")).made == 2
    assert not name.is_symlink() and name.read_bytes().endswith(b"%%EOF\n")


def test_a_row_over_which_the_program_fails_costs_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = order_for(table(tmp_path / "r.csv", clinics(3)), tmp_path / "out", ("pdf", "card"))
    run_here(order)
    make, recipient = RecipientDocuments.make, work.recipient

    def broken(press: RecipientDocuments, owner: Owner) -> Finished:
        if owner.clinic.name == "Clinic number 1" and press._output.format == "card":
            raise RecursionError("out of breath")
        return make(press, owner)

    def unread(path: Path, row: Row) -> Recipient:
        if row.id == "c002":
            raise ValueError("out of sight")
        return recipient(path, row)

    monkeypatch.setattr(RecipientDocuments, "make", broken)
    monkeypatch.setattr(work, "recipient", unread)
    for path in (tmp_path / "out").glob("*.pdf"):
        path.write_bytes(b"of yesterday")
    run_here(order)
    lines = report(tmp_path / "out")
    assert [line["status"] for line in lines] == ["made", "made", "made", "failed", "failed"]
    for line, said in ((lines[3], "RecursionError in test_output_folder.py, line"), (lines[4], "ValueError in test_")):
        assert f"r.csv:{line['row']}:1: ROW06 error: a fault of ours ({said}" in line["reason"]
        assert "of an earlier run was taken away" in line["reason"]
    assert sorted(name for name in files(tmp_path / "out") if name.endswith(".pdf")) == [
        "ixazomib-en-card-c000.pdf", "ixazomib-en-handout-c000.pdf", "ixazomib-en-handout-c001.pdf",
    ]  # fmt: skip
