"""A worker that stops without dying holds no batch: its rows are tried again, and one that stops two is given up."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from batch_samples import clinics, files, order_for, report, run_here, table
from msgspec.structs import replace

from handouts.batch.filling.owner import Finished, Owner
from handouts.batch.filling.personalise import RecipientDocuments
from handouts.batch.rows.table import read_rows
from handouts.batch.work import workers
from handouts.batch.work.processes import process_workers
from handouts.batch.work.run import Progress, run
from handouts.batch.work.work import Order, OverError, Task, work
from handouts.batch.work.workers import At, InProcess, Patience, StuckError, Workers

ROWS = 70
SHORT = Patience(start=0.4, each=0)


class Stalling(Executor):
    """Never done with the rows that are given to it in the calls of these numbers, counted over all of its kind."""

    def __init__(self, row: str, times: int, killed: list[str]) -> None:
        self.row, self.times, self.killed = row, times, killed

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        order, tasks = args
        if any(task.row.id == self.row for task in tasks) and len(self.killed) < self.times:
            return Future()
        return InProcess().submit(fn, order, tasks)

    def kill_workers(self) -> None:
        self.killed.append(self.row)


def stalled(order: Order, row: str, times: int) -> list[str]:
    killed: list[str] = []
    run(order, Workers(lambda: Stalling(row, times, killed), 3, SHORT), lambda _: None)
    return killed


@pytest.mark.sampled(2)
@pytest.mark.parametrize("row", ["c000", "c031", "c032", "c069"])
def test_rows_of_a_stuck_worker_are_done_by_another(tmp_path: Path, row: str) -> None:
    order = order_for(table(tmp_path / "r.csv", clinics(ROWS)), tmp_path / "out")
    assert stalled(order, row, times=1) == [row]
    lines = report(tmp_path / "out")
    assert [line["id"] for line in lines] == [f"c{n:03}" for n in range(ROWS)]
    assert {line["status"] for line in lines} <= {"made", "kept"}


def test_the_log_tells_what_workers_were_lost_over_by_line_and_nothing_that_rows_say(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    order = order_for(table(tmp_path / "r.csv", clinics(ROWS)), tmp_path / "out")
    with caplog.at_level(logging.INFO, "handouts.batch"):
        stalled(order, "c031", times=99)
    said = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert said == [
        ("INFO", f"begins {tmp_path / 'r.csv'} into {tmp_path / 'out'}"),
        ("WARNING", "a worker was stuck over lines 2 to 64, and is killed"),
        ("WARNING", "a worker was stuck over line 64, and is killed"),
        ("ERROR", "line 64 is given up: two workers were stuck over this row"),
        ("INFO", f"ends: {ROWS - 1} made, 0 there already, 1 failed"),
    ]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("row", ["c000", "c031", "c069"])
def test_a_row_that_stops_two_workers_fails_alone_and_leaves_no_document(tmp_path: Path, row: str) -> None:
    order = order_for(table(tmp_path / "r.csv", clinics(ROWS)), tmp_path / "out")
    run_here(order)
    assert stalled(order, row, times=99) == [row, row]
    lines = report(tmp_path / "out")
    assert [line["id"] for line in lines] == [f"c{n:03}" for n in range(ROWS)]
    (failed,) = [line for line in lines if line["status"] != "kept"]
    assert failed["id"] == row and failed["status"] == "failed"
    said = f"r.csv:{failed['row']}:1: ROW06 error: two workers were stuck over this row; run the command again"
    assert said in failed["reason"]
    assert f"the ixazomib-en-handout-{row}.pdf was taken away" in failed["reason"]
    assert f"ixazomib-en-handout-{row}.pdf" not in files(tmp_path / "out")


@pytest.mark.slow
def test_what_a_lost_worker_made_of_a_row_is_taken_away(tmp_path: Path) -> None:
    order = order_for(table(tmp_path / "r.csv", clinics(2)), tmp_path / "out", ("pdf", "card"))
    named = tmp_path / "out" / "ixazomib-en-card-a4-c001.pdf"
    named.parent.mkdir()
    named.write_bytes(b"made before its worker was lost")
    stalled(order, "c001", times=99)
    assert not named.exists()
    assert sorted(files(tmp_path / "out")) == [
        "batch-report.csv", "ixazomib-en-card-c000.pdf", "ixazomib-en-handout-c000.pdf",
    ]  # fmt: skip


class StallingAt(Executor):
    """Never done with rows that stand in this line of the table."""

    def __init__(self, line: int) -> None:
        self.line = line

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        order, tasks = args
        return Future() if any(task.row.line == self.line for task in tasks) else InProcess().submit(fn, order, tasks)


@pytest.mark.slow
@pytest.mark.parametrize(("rightful", "wrong"), [("c000", "c000"), ("c000", "C000"), ("b", "a4-b")])
def test_a_row_that_is_given_up_takes_no_document_of_another_row_away(
    tmp_path: Path, rightful: str, wrong: str
) -> None:
    rows = [{"id": rightful, "name": "Rosa", "paper": "a4"}, {"id": wrong, "name": "Else", "paper": "letter"}]
    order = order_for(table(tmp_path / "r.csv", rows), tmp_path / "out")
    for status in ("made", "kept"):
        run(order, Workers(lambda: StallingAt(3), 3, SHORT), lambda _: None)
        first, second = report(tmp_path / "out")
        assert (first["status"], second["status"]) == (status, "failed")
        assert first["file"] in files(tmp_path / "out") and "taken away" not in second["reason"]


@pytest.mark.parametrize("broken", ["c000", "c000,Else,more"])
def test_a_row_that_cannot_be_read_takes_no_document_of_its_id_away(tmp_path: Path, broken: str) -> None:
    recipients = tmp_path / "r.csv"
    recipients.write_text("id,name\nc000,Rosa\n")
    order = order_for(recipients, tmp_path / "out")
    run_here(order)
    recipients.write_text(f"id,name\nc000,Rosa\n{broken}\n")
    assert run_here(replace(order, recipients=recipients)).kept == 1
    first, second = report(tmp_path / "out")
    assert (first["status"], second["status"]) == ("kept", "failed")
    assert first["file"] in files(tmp_path / "out") and "taken away" not in second["reason"]


class Telling(Executor):
    """Not done with rows that stand in these lines, each as often as it says; tells that it is `there`, or where."""

    def __init__(self, stalls: dict[int, int], there: int | None = None) -> None:
        self.stalls, self.there, self.lines = stalls, there, list[int]()

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        order, tasks = args
        for task in tasks:
            if self.stalls.get(task.row.line):
                self.stalls[task.row.line] -= 1
                self.lines.append(task.row.line if self.there is None else self.there)
                return Future()
        return InProcess().submit(fn, order, tasks)

    def at(self) -> list[At]:
        return [At(line, is_warm=True) for line in self.lines if line]


@pytest.mark.slow
def test_only_the_row_that_a_worker_was_at_counts_as_stuck(tmp_path: Path) -> None:
    order = order_for(table(tmp_path / "r.csv", clinics(4)), tmp_path / "out")
    stalls = {4: 2, 8: 2}
    run(order, Workers(lambda: Telling(stalls), 1, SHORT), lambda _: None)
    assert stalls == {4: 0, 8: 0}, "line 8 stopped one worker too, and waited for another when line 4 did"
    assert [line["status"] for line in report(tmp_path / "out")] == ["made", "failed", "made", "made"]


def test_a_row_that_no_worker_got_to_keeps_its_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_TO_BEGIN", 0.5)
    order = order_for(table(tmp_path / "r.csv", clinics(2)), tmp_path / "out")
    run_here(order)
    before = files(tmp_path / "out")
    run(order, Workers(lambda: Telling({2: 99}, there=0), 1, SHORT), lambda _: None)
    failed, good = report(tmp_path / "out")
    assert (failed["status"], good["status"]) == ("failed", "kept")
    assert "ROW06 error: no worker began with this row in time; run" in failed["reason"]
    assert files(tmp_path / "out").keys() == before.keys() and "taken away" not in failed["reason"]


def test_that_workers_start_counts_for_no_row(tmp_path: Path) -> None:
    order = order_for(table(tmp_path / "r.csv", clinics(2)), tmp_path / "out")
    run_here(order)
    # Half a second is less than a process needs to start, and more than these rows take.
    summary = run(order, process_workers(2, Patience(0.5, 0)), lambda _: None)
    assert (summary.kept, summary.failed) == (2, 0)


def test_an_id_that_is_none_takes_nothing_away(tmp_path: Path) -> None:
    order = order_for(table(tmp_path / "r.csv", [{"id": "x/../../mine", "name": "A"}]), tmp_path / "out")
    (tmp_path / "out" / "ixazomib-en-handout-x").mkdir(parents=True)
    (tmp_path / "mine.pdf").write_bytes(b"mine")
    stalled(order, "x/../../mine", times=99)
    assert (tmp_path / "mine.pdf").read_bytes() == b"mine"


@pytest.mark.slow
def test_who_has_more_to_do_may_take_longer() -> None:
    assert Patience().seconds(32) > 2 * 60 and Patience(3, 0.5).seconds(10) == 8
    slow = Workers(lambda: ThreadPoolExecutor(1), 1, Patience(0.1, 0.2))
    began = time.monotonic()
    with pytest.raises(StuckError):
        slow.outcomes(Future(), 10)
    assert 1.5 < time.monotonic() - began < 20


def test_a_worker_may_take_for_ever_where_nobody_said_how_long() -> None:
    future: Future[Any] = Future()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: (time.sleep(0.6), future.set_result([])))
        assert Workers(InProcess, 1).outcomes(future, 1) == []


def test_a_worker_that_wakes_up_when_its_batch_is_over_writes_nothing(tmp_path: Path) -> None:
    recipients = table(tmp_path / "r.csv", clinics(3))
    order = replace(order_for(recipients, tmp_path / "out"), run="first")
    tasks = tuple(Task(row, {}) for row in read_rows(recipients))
    assert run_here(order).made == 3
    table(recipients, [{**row, "hours": "Sundays"} for row in clinics(3)])
    run_here(replace(order, run="second"))
    before = files(tmp_path / "out")
    for now in (None, "third"):
        if now:
            (tmp_path / "out" / ".batch" / "run").write_text(now)
        with pytest.raises(OverError, match=r"out: the batch is over"):
            work(order, tasks)
    assert files(tmp_path / "out") == before
    (tmp_path / "out" / ".batch" / "run").write_text("first")
    assert [outcome.status for outcome in work(order, tasks)] == ["made"] * 3, "it could have written"


def test_a_batch_that_is_over_when_a_file_is_ready_gives_it_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipients = table(tmp_path / "r.csv", clinics(1))
    state = tmp_path / "out" / ".batch"
    state.mkdir(parents=True)
    (state / "run").write_text("first")
    make = RecipientDocuments.make

    def until_it_is_over(press: RecipientDocuments, owner: Owner) -> Finished:
        (state / "run").unlink()
        return make(press, owner)

    monkeypatch.setattr(RecipientDocuments, "make", until_it_is_over)
    order = replace(order_for(recipients, tmp_path / "out"), run="first")
    with pytest.raises(OverError):
        work(order, [Task(row, {}) for row in read_rows(recipients)])
    assert files(tmp_path / "out") == {} and list(state.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("after", [1, 35])
def test_a_process_that_is_stopped_is_ended(tmp_path: Path, after: int) -> None:
    order = order_for(table(tmp_path / "r.csv", clinics(20 * ROWS)), tmp_path / "out")
    seen: list[Progress] = []

    def tell(now: Progress) -> None:
        seen.append(now)
        if len(seen) == after:
            # As a debugger does, or a machine that has no memory left.
            worker = multiprocessing.active_children()[0]
            assert worker.pid
            os.kill(worker.pid, signal.SIGSTOP)

    summary = run(order, process_workers(2, Patience(20, 0)), tell)
    assert (summary.made + summary.kept, summary.failed) == (20 * ROWS, 0)
    assert len(report(tmp_path / "out")) == 20 * ROWS
    assert not list((tmp_path / "out" / ".batch").glob("*.part"))
    assert not multiprocessing.active_children()
