"""A batch that is asked to stop: it says so in a line, leaves nothing running, and the same command goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from batch_samples import clinics, files, order_for, run_here, table
from topic_samples import CONTENT, ROOT

ROWS = 600


AS_ON_A_TERMINAL = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
for number in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.SIG_DFL)
from handouts.cli.main import main
main()
"""
"""The command, in which no signal is ignored: what runs in the background, or with nohup, is started so."""


def started(recipients: Path, out: Path, jobs: int, *more: str) -> subprocess.Popen[str]:
    """A batch in a group of processes of its own, with its first files made."""
    running = subprocess.Popen(
        [
            sys.executable, "-c", AS_ON_A_TERMINAL, "batch", str(recipients), "--out", str(out), "--jobs", str(jobs),
            "--topic", "ixazomib", "--content", str(CONTENT), "--templates", str(ROOT / "templates"),
            "--date", "2026-03-31", *more, "--quiet",
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    for _ in range(3000):
        if running.poll() is not None or any(out.glob("*.pdf")):
            break
        time.sleep(0.01)
    return running


def ended(running: subprocess.Popen[str], seconds: int = 20) -> str:
    """What it said to the end. It must end soon."""
    try:
        return running.communicate(timeout=seconds)[1]
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.communicate()


@pytest.mark.slow
@pytest.mark.parametrize(("number", "jobs"), [
    (signal.SIGTERM, 1), *(pytest.param(number, 2, marks=pytest.mark.slow)
                           for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)),
])  # fmt: skip
def test_a_batch_that_is_asked_to_stop_says_how_to_go_on(tmp_path: Path, number: signal.Signals, jobs: int) -> None:
    recipients = table(tmp_path / "r.csv", clinics(ROWS))
    running = started(recipients, tmp_path / "out", jobs)
    # As a terminal does it: to all processes of the group.
    os.killpg(running.pid, number)
    said = ended(running)
    assert running.returncode == 1
    goes_on, _, stopped = said.splitlines()[-3:]
    assert goes_on == "what was made stays; the same command goes on from there" and stopped == "stopped by the user"
    assert "Traceback" not in said and "leaked" not in said
    there = files(tmp_path / "out")
    assert 0 < len(there) < ROWS and all(data.endswith(b"%%EOF\n") for data in there.values())
    if jobs == 1:
        summary = run_here(order_for(recipients, tmp_path / "out"))
        assert (summary.made, summary.kept) == (ROWS - len(there), len(there))


def stop_workers_of(running: subprocess.Popen[str]) -> None:
    """Have its workers neither end nor go on."""
    workers = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    if not workers.exists():
        running.kill()
        running.communicate()
        pytest.skip("needs Linux's /proc")
    for worker in workers.read_text().split():
        if b"spawn_main" in Path(f"/proc/{worker}/cmdline").read_bytes():
            os.kill(int(worker), signal.SIGSTOP)


@pytest.mark.slow
def test_who_asks_twice_need_not_wait_for_workers(tmp_path: Path) -> None:
    running = started(table(tmp_path / "r.csv", clinics(ROWS)), tmp_path / "out", 2)
    stop_workers_of(running)
    os.kill(running.pid, signal.SIGINT)
    time.sleep(0.5)
    assert running.poll() is None, "it waits for what was begun"
    # A signal that comes before the first was taken is the same one; somebody would ask again.
    for _ in range(20):
        if running.poll() is None:
            os.kill(running.pid, signal.SIGINT)
            time.sleep(0.5)
    assert "stopped by the user" in ended(running)
    assert running.returncode == 1


@pytest.mark.slow
def test_who_asks_once_waits_no_longer_than_workers_may_take(tmp_path: Path) -> None:
    running = started(table(tmp_path / "r.csv", clinics(ROWS)), tmp_path / "out", 2, "--timeout", "6")
    stop_workers_of(running)
    os.kill(running.pid, signal.SIGINT)
    said = ended(running, 60)
    assert running.returncode == 1
    assert said.splitlines()[-2:] == ["what was made stays; the same command goes on from there", "stopped by the user"]


@pytest.mark.slow
def test_a_command_whose_workers_are_stuck_ends_well(tmp_path: Path) -> None:
    running = started(table(tmp_path / "r.csv", clinics(ROWS)), tmp_path / "out", 2, "--timeout", "15")
    stop_workers_of(running)
    said = ended(running, 120)
    assert (running.returncode, said) == (0, "")
    assert len(files(tmp_path / "out")) == ROWS + 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_batch_that_is_asked_to_stop_before_its_first_row_says_so(tmp_path: Path, number: signal.Signals) -> None:
    recipients = table(tmp_path / "r.csv", clinics(1))
    begins = f"""
import os, signal, sys
for number in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.SIG_DFL)
sys.argv[1:] = ["batch", "--topic", "ixazomib", {str(recipients)!r}, "--out", {str(tmp_path / "out")!r}]
class Asked:
    def find_spec(self, name, path=None, target=None):
        if name == "handouts.cli.main":
            os.kill(os.getpid(), {int(number)})
sys.meta_path.insert(0, Asked())
from handouts.__main__ import main
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", begins],
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert (done.returncode, done.stderr) == (1, "stopped by the user\n")


def log_of(recipients: Path, log: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "handouts",
        "batch",
        str(recipients),
        "--log",
        str(log),
        "--topic",
        "ixazomib",
        "--content",
        str(CONTENT),
    ]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, cwd=recipients.parent, env=env, stderr=subprocess.PIPE, text=True, timeout=30, check=False
    )


def test_a_log_into_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = log_of(table(tmp_path / "r.csv", clinics(1)), tmp_path / "pipe")
    assert done.stderr == f"error: cannot write {tmp_path / 'pipe'}: it is a pipe, not a file; name a file for --log\n"
    assert done.returncode == 2


def test_a_log_is_not_added_to_the_table(tmp_path: Path) -> None:
    recipients = table(tmp_path / "r.csv", clinics(1))
    before = recipients.read_bytes()
    (tmp_path / "log").symlink_to(recipients)
    for log in (recipients, tmp_path / "log"):
        done = log_of(recipients, log)
        said = f"error: cannot write {log}: it is the table of recipients; name another file for --log\n"
        assert (done.returncode, done.stderr) == (2, said)
    assert recipients.read_bytes() == before
