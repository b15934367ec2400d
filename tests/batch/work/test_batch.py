"""A batch as a whole: files, report and exit status; what goes wrong in one row or in all; and going on afterwards."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sys
import threading
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from batch_samples import clinics, files, logo, order_for, report, run_here, table
from topic_samples import CONTENT, ROOT

from handouts.batch.filling.prefilled_pdf import Filling
from handouts.batch.readback.pdf_reader import Pdf
from handouts.batch.work.run import Progress, run
from handouts.batch.work.work import Order, Task, work
from handouts.batch.work.workers import InProcess, Workers
from handouts.cli.main import commands
from handouts.cli.main import run as run_command
from handouts.cli.progress import progress_text
from handouts.files.disk import UsageError


def command(*arguments: str | Path) -> int:
    fixed = ("--content", CONTENT, "--templates", ROOT / "templates", "--date", "2026-03-31")
    topic = () if "--topic" in arguments else ("--topic", "ixazomib")
    return run_command(commands, ["batch", *map(str, (*arguments, *fixed, *topic))])


def test_each_row_gets_a_file_that_ends_in_its_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recipients = table(tmp_path / "r.csv", [*clinics(2), {"id": "x-9", "name": "A4", "paper": "a4"}])
    assert command(recipients, "--format", "pdf,card", "--out", tmp_path / "out", "--jobs", "1") == 0
    made = files(tmp_path / "out")
    assert sorted(made) == sorted((
        "batch-report.csv", "ixazomib-en-handout-c000.pdf", "ixazomib-en-handout-c001.pdf", "ixazomib-en-card-c000.pdf",
        "ixazomib-en-card-c001.pdf", "ixazomib-en-handout-a4-x-9.pdf", "ixazomib-en-card-a4-x-9.pdf",
    ))  # fmt: skip
    assert "Clinic number 1" in Pdf(made["ixazomib-en-handout-c001.pdf"]).blocks()
    lines = report(tmp_path / "out")
    assert [(line["row"], line["id"], line["status"], line["reason"]) for line in lines][::2] == [
        ("2", "c000", "made", ""), ("4", "c001", "made", ""), ("6", "x-9", "made", ""),
    ]  # fmt: skip
    assert all(line["sha256"] == hashlib.sha256(made[line["file"]]).hexdigest() for line in lines)
    said = capsys.readouterr()
    assert said.out == "" and "6 made, 0 there already, 0 failed" in said.err


def test_bad_rows_are_told_and_stop_no_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"id": "a", "name": "A"}, {"id": "A", "name": "Same id"}, {"id": "b", "name": "漢字"},
        {"id": "c", "name": "C", "lang": "fr"}, {"id": "d", "name": "D", "logo": "none.png"},
        {"id": "e", "name": "E", "logo": "../x.png"}, {"id": "f", "name": "F"},
    ]  # fmt: skip
    recipients = table(tmp_path / "r.csv", rows)
    assert command(recipients, "--out", tmp_path / "out", "--jobs", "1", "--quiet") == 1
    assert [line["status"] for line in report(tmp_path / "out")] == ["made", *["failed"] * 5, "made"]
    assert len(files(tmp_path / "out")) == 3
    said = capsys.readouterr().err
    for line, text in (
        (3, "the id 'A' stands in an earlier row"), (4, "has no glyph for '漢'"),
        (5, "has no language 'fr'; known: en"),
        (6, "the logo 'none.png' cannot be read"), (7, "outside the folder of r.csv"),
    ):  # fmt: skip
        assert any(f"r.csv:{line}:1: " in told and text in told for told in said.splitlines()), text


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_no_two_rows_have_files_of_one_name(paper: str, tmp_path: Path) -> None:
    rows = [
        {"id": "A4-x", "name": "Alpha", "paper": "letter"}, {"id": "x", "name": "Beta", "paper": "a4"},
        {"id": "a4", "name": "Gamma"}, {"id": "a4x", "name": "Delta"},
    ]  # fmt: skip
    order = order_for(table(tmp_path / "r.csv", rows), tmp_path / "out", ("pdf", "card"), paper=paper)
    assert run_here(order).failed == 1
    lines = report(tmp_path / "out")
    assert "begin it with something else than 'a4-'" in lines[0]["reason"]
    named = [line["file"] for line in lines[1:]]
    assert len(set(named)) == 6
    made = files(tmp_path / "out")
    assert all(line["sha256"] == hashlib.sha256(made[line["file"]]).hexdigest() for line in lines[1:])


def test_fail_fast_stops_at_the_first_bad_row(tmp_path: Path) -> None:
    recipients = table(
        tmp_path / "r.csv", [{"id": "a", "name": "A"}, {"id": "", "name": "B"}, {"id": "c", "name": "C"}]
    )
    assert command(recipients, "--out", tmp_path / "out", "--jobs", "1", "--fail-fast") == 1
    assert [line["status"] for line in report(tmp_path / "out")] == ["made", "failed"]


def test_what_is_wrong_for_all_rows_stops_before_the_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recipients = tmp_path / "r.csv"
    recipients.write_text("id,name,fax\na,A,1\n", "utf-8")
    assert command(recipients, "--out", tmp_path / "out", "--jobs", "1") == 1
    assert "there is no column 'fax'" in capsys.readouterr().err
    assert command(recipients, "--out", tmp_path / "out", "--topic", "none") == 2
    assert command(recipients, "--out", tmp_path / "out", "--format", "docx") == 2
    assert not [name for name in files(tmp_path / "out") if name.endswith(".pdf")]


def stamps(out: Path) -> dict[str, int]:
    return {p.name: p.stat().st_mtime_ns for p in out.iterdir() if p.suffix == ".pdf"}


@pytest.mark.parametrize("forgotten", [False, True])
def test_the_same_command_again_redoes_nothing(tmp_path: Path, forgotten: bool) -> None:
    order = order_for(table(tmp_path / "r.csv", clinics(40)), tmp_path / "out")
    assert run_here(order).made == 40
    before = stamps(tmp_path / "out")
    if forgotten:
        (tmp_path / "out" / ".batch" / "journal.sqlite").write_bytes(b"no database at all")
        for rest in ("-wal", "-shm"):
            (tmp_path / "out" / ".batch" / f"journal.sqlite{rest}").unlink(missing_ok=True)
    summary = run_here(order)
    assert (summary.made, summary.kept) == (0, 40)
    assert stamps(tmp_path / "out") == before
    assert {line["status"] for line in report(tmp_path / "out")} == {"kept"}


def test_what_is_missing_changed_or_damaged_is_made_again(tmp_path: Path) -> None:
    rows = clinics(6)
    out = tmp_path / "out"
    run_here(order_for(table(tmp_path / "r.csv", rows), out))
    good, before = files(out), stamps(out)
    names = [f"ixazomib-en-handout-c{n:03}.pdf" for n in range(6)]
    (out / names[0]).unlink()
    (out / names[1]).write_bytes(good[names[1]][:-100])
    (out / names[2]).write_bytes(b"")
    rows[3]["hours"] = "Sundays"
    summary = run_here(order_for(table(tmp_path / "r.csv", rows), out))
    assert (summary.made, summary.kept) == (4, 2)
    now = files(out)
    assert all(now[name] == good[name] for name in (*names[:3], *names[4:]))
    assert "Sundays" in Pdf(now[names[3]]).blocks()
    assert stamps(out)[names[4]] == before[names[4]]


def test_changed_content_makes_all_anew(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    words = tmp_path / "content" / "ixazomib" / "en.yaml"
    recipients = table(tmp_path / "r.csv", clinics(2))
    assert run_here(order_for(recipients, tmp_path / "out", content=tmp_path / "content")).made == 2
    before = words.read_text("utf-8")
    words.write_text(before.replace("  eyebrow: For people", "  eyebrow: For those"), "utf-8")
    assert words.read_text("utf-8") != before
    summary = run_here(order_for(recipients, tmp_path / "out", content=tmp_path / "content"))
    assert (summary.made, summary.kept) == (2, 0)


def test_a_row_that_fails_now_leaves_no_file_of_an_earlier_run(tmp_path: Path) -> None:
    rows = clinics(4)
    out = tmp_path / "out"
    run_here(order_for(table(tmp_path / "r.csv", rows), out, ("pdf", "card")))
    rows[0]["phone"] = "12"
    rows[1]["name"] = "\N{CJK UNIFIED IDEOGRAPH-6F22}"
    rows[2] |= {"id": rows[3]["id"], "name": "A copy of the last"}
    rows = [rows[3], *rows[:3]]
    told: list[Progress] = []
    summary = run_here(order_for(table(tmp_path / "r.csv", rows), out, ("pdf", "card")), told)
    assert (summary.made, summary.kept, summary.failed) == (0, 2, 4)
    left = {name for name in files(out) if name.endswith(".pdf")}
    assert left == {f"ixazomib-en-{kind}-{row}.pdf" for kind in ("handout", "card") for row in ("c002", "c003")}, (
        "what no row fails over stays: c002 is in no row now, c003 is that of the first of two"
    )
    said = [line for now in told for line in now.problems if "of an earlier run was taken away" in line]
    assert len(said) == 4
    (bad,) = [line for line in report(out) if line["id"] == "c000"]
    assert "PHONE01" in bad["reason"] and "ixazomib-en-card-c000.pdf of an earlier run was taken away" in bad["reason"]


def test_another_format_later_keeps_the_first(tmp_path: Path) -> None:
    recipients = table(tmp_path / "r.csv", clinics(2))
    for formats, made, kept in ((("pdf",), 2, 0), (("card",), 2, 0), (("pdf", "card"), 0, 4)):
        summary = run_here(order_for(recipients, tmp_path / "out", formats))
        assert (summary.made, summary.kept) == (made, kept)


def test_a_changed_logo_makes_its_rows_anew(tmp_path: Path) -> None:
    logo(tmp_path / "l.png")
    rows = [{**clinics(1)[0], "logo": "l.png"}]
    order = order_for(table(tmp_path / "r.csv", rows), tmp_path / "out")
    assert (run_here(order).made, run_here(order).kept) == (1, 1)
    logo(tmp_path / "l.png", colour="#AA0000")
    assert (run_here(order).made, run_here(order).kept) == (1, 1)


def test_a_file_that_says_what_another_row_says_gets_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    former: list[str] = []

    def of_the_former(texts: Any, author: str, logo: Any) -> Filling:
        former.append(author)
        return Filling(texts, former[-2] if len(former) == 3 else author, logo)

    monkeypatch.setattr("handouts.batch.filling.prefilled_pdfs.Filling", of_the_former)
    assert run_here(order_for(table(tmp_path / "r.csv", clinics(4)), tmp_path / "out")).failed == 1
    lines = report(tmp_path / "out")
    assert [line["status"] for line in lines] == ["made", "made", "failed", "made"]
    assert "ROW06 error: the file made for this row was refused: it names another author" in lines[2]["reason"]
    assert [name for name in files(tmp_path / "out") if "c002" in name] == []
    assert not list((tmp_path / "out" / ".batch").glob("*.pdf*"))


@pytest.mark.slow
def test_threads_of_one_worker_mix_nothing_up(tmp_path: Path) -> None:
    recipients = table(tmp_path / "r.csv", [{**row, "hours": f"{n} to 5"} for n, row in enumerate(clinics(256))])
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        summary = run(
            order_for(recipients, tmp_path / "many"), Workers(lambda: ThreadPoolExecutor(4), 8), lambda _: None
        )
    finally:
        sys.setswitchinterval(before)
    assert summary.failed == 0
    run_here(order_for(recipients, tmp_path / "one"))
    assert files(tmp_path / "many") == files(tmp_path / "one")


def test_a_full_disk_leaves_whole_files_and_the_next_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = order_for(table(tmp_path / "r.csv", clinics(50)), tmp_path / "out")
    real, written = os.write, 0

    def write(descriptor: int, data: Any) -> int:
        nonlocal written
        written += 1
        if written == 71:
            return real(descriptor, data[:1000])
        if written > 71:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(descriptor, data)

    with monkeypatch.context() as patch:
        patch.setattr("handouts.batch.work.work.os.write", write)
        with pytest.raises(UsageError, match="no space left on device"):
            run_here(order)
    left = files(tmp_path / "out")
    assert 0 < len(left) < 50
    assert all(data.endswith(b"%%EOF\n") for data in left.values())
    assert not list((tmp_path / "out" / ".batch").glob("*.pdf*"))
    summary = run_here(order)
    assert (summary.made + summary.kept, summary.failed) == (50, 0)
    assert summary.kept >= len(left)


def test_a_number_that_nobody_can_call_fails_its_row(tmp_path: Path) -> None:
    numbers = {"a": "(617) 726-2000", "b": "726-2000", "c": "+44 20", "d": "1 or 2", "e": "+1 617 000 0000", "f": ""}
    rows = [{"id": name, "name": "Riverside", "phone": number} for name, number in numbers.items()]
    told: list[Progress] = []
    order = order_for(table(tmp_path / "r.csv", rows), tmp_path / "out", ("pdf", "card"))
    assert run_here(order, told).failed == 2
    lines = {(line["id"], line["file"][-11:-4]): line for line in report(tmp_path / "out")}
    for name, status, code in (
        ("a", "made", ""), ("b", "made", "PHONE04"), ("c", "failed", "PHONE01"), ("d", "failed", "PHONE01"),
        ("e", "made", "PHONE04"), ("f", "made", ""),
    ):  # fmt: skip
        of_row = [line for key, line in lines.items() if key[0] == name]
        assert {line["status"] for line in of_row} == {status}
        assert all(code in line["reason"] if code else not line["reason"] for line in of_row), of_row
    said = [problem for now in told for problem in now.problems]
    assert len(said) == 4, "each row's mistake once"
    strict = run_here(order_for(table(tmp_path / "r.csv", rows), tmp_path / "strict", strict=True))
    assert (strict.made, strict.failed) == (2, 4)


class Fragile(Executor):
    """Breaks at each call in `breaks`, counted over all executors of its kind."""

    calls = 0

    def __init__(self, breaks: set[int]) -> None:
        self.breaks = breaks

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        Fragile.calls += 1
        if Fragile.calls in self.breaks:
            future: Future[Any] = Future()
            future.set_exception(BrokenExecutor("a worker died"))
            return future
        return InProcess().submit(fn, *args, **kwargs)


def test_rows_of_workers_that_died_are_done_again(tmp_path: Path) -> None:
    order = order_for(table(tmp_path / "r.csv", clinics(100)), tmp_path / "out")
    Fragile.calls = 0
    summary = run(order, Workers(lambda: Fragile({2, 5}), 3), lambda _: None)
    assert (summary.made + summary.kept, summary.failed) == (100, 0)
    assert [line["id"] for line in report(tmp_path / "out")] == [f"c{n:03}" for n in range(100)]


class Deadly(Executor):
    """Two workers that end when one of them is given the row `deadly`: all that was not done is lost, as in a pool."""

    def __init__(self, deadly: str) -> None:
        self.deadly, self.broken = deadly, False
        self.pool, self.lock = ThreadPoolExecutor(2), threading.Lock()
        self.given: list[Future[Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        if self.broken:
            raise BrokenExecutor("a worker died")
        future: Future[Any] = Future()
        self.given.append(future)
        self.pool.submit(self._do, future, *args)
        return future

    def _do(self, future: Future[Any], order: Order, tasks: tuple[Task, ...]) -> None:
        deadly = any(task.row.id == self.deadly for task in tasks)
        outcomes = [] if deadly else work(order, tasks)
        with self.lock:
            if deadly:
                self.broken = True
                for given in self.given:
                    if not given.done():
                        given.set_exception(BrokenExecutor("a worker died"))
            elif not future.done():
                future.set_result(outcomes)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("deadly", ["c000", "c031", "c032", "c063", "c127"])
def test_a_row_that_always_kills_its_worker_fails_alone(deadly: str, tmp_path: Path) -> None:
    order = order_for(table(tmp_path / "r.csv", clinics(128)), tmp_path / "out")
    summary = run(order, Workers(lambda: Deadly(deadly), 3), lambda _: None)
    assert (summary.made + summary.kept, summary.failed) == (127, 1)
    lines = report(tmp_path / "out")
    assert [line["id"] for line in lines] == [f"c{n:03}" for n in range(128)]
    (failed,) = [line for line in lines if line["status"] == "failed"]
    assert failed["id"] == deadly and "3 workers died while they made this row" in failed["reason"]


@pytest.mark.slow
def test_two_processes_make_the_same_files_as_one(tmp_path: Path) -> None:
    recipients = table(tmp_path / "r.csv", clinics(70))
    assert command(recipients, "--out", tmp_path / "two", "--jobs", "2", "--quiet") == 0
    assert command(recipients, "--out", tmp_path / "one", "--jobs", "1", "--quiet") == 0
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_rows_in_flight_are_bounded(tmp_path: Path) -> None:
    order = order_for(table(tmp_path / "r.csv", clinics(400)), tmp_path / "out")
    waiting: list[Future[Any]] = []
    most = 0

    class Counting(Executor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            nonlocal most
            future = InProcess().submit(work, *args)
            waiting.append(future)
            most = max(most, len(waiting))
            return future

    run(order, Workers(Counting, 4), lambda _: waiting.pop(0) and None)
    assert most == 4


def test_progress_says_rate_and_time_left() -> None:
    assert progress_text(Progress(250, 1000, 3000), 2.0) == "25%, 3,000 documents, 1,500 a second, 0:06 left"


def test_a_deck_for_each_row(tmp_path: Path) -> None:
    order = order_for(table(tmp_path / "r.csv", clinics(1)), tmp_path / "out", ("pptx",))
    assert run_here(order).made == 1
    assert "ixazomib-en-deck-c000.pptx" in files(tmp_path / "out")


def test_a_second_batch_into_the_same_folder_is_refused(tmp_path: Path) -> None:
    import subprocess
    import sys

    state = tmp_path / "out" / ".batch"
    state.mkdir(parents=True)
    script = f"""import fcntl, sys
f = open({str(state / "lock")!r}, "w")
fcntl.flock(f, fcntl.LOCK_EX)
print("x", flush=True)
sys.stdin.read()"""
    other = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert other.stdout and other.stdout.read(1) == b"x"
        with pytest.raises(UsageError, match="another batch writes to"):
            run_here(order_for(table(tmp_path / "r.csv", clinics(1)), tmp_path / "out"))
    finally:
        other.communicate(b"")


def test_what_a_rows_card_has_no_room_for_is_told_in_the_report(tmp_path: Path) -> None:
    name = "The St. Brigid and Saint Thomas Regional Comprehensive Center for Hematology, Oncology and Supportive Care"
    hours = "Monday to Friday 8:30 am to 5:00 pm, Saturday 9:00 am to noon, Sunday by appointment, closed on holidays"
    rows = [*clinics(1), {"id": "long", "name": name, "phone": "+44 20 7946 0001", "hours": hours}]
    recipients = table(tmp_path / "r.csv", rows)
    options = {"topics": ("longwords",), "content": ROOT / "tests" / "topics"}
    run_here(order_for(recipients, tmp_path / "out", ("card",), **options))
    short, long = report(tmp_path / "out")
    assert (short["status"], short["reason"], long["status"]) == ("made", "", "made")
    assert "r.csv:4:1: FIT03 warning: the card's back has no room for 'Monday to Friday" in long["reason"]
    said = " ".join(Pdf((tmp_path / "out" / long["file"]).read_bytes()).blocks())
    assert name in said
    assert hours not in said
    run_here(order_for(recipients, tmp_path / "strict", ("card",), strict=True, **options))
    assert [line["status"] for line in report(tmp_path / "strict")] == ["made", "failed"]
