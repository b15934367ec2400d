"""A batch that is killed at any moment leaves whole files alone, and the same command again finishes it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from batch_samples import clinics, files, report, table
from topic_samples import CONTENT, ROOT

ROWS = 300


def start(recipients: Path, out: Path, jobs: int) -> subprocess.Popen[bytes]:
    command = [
        sys.executable, "-m", "handouts", "batch", str(recipients), "--out", str(out), "--jobs", str(jobs),
        "--topic", "ixazomib", "--content", str(CONTENT), "--templates", str(ROOT / "templates"),
        "--date", "2026-03-31", "--quiet",
    ]  # fmt: skip
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE)


def finished(recipients: Path, out: Path, jobs: int) -> None:
    _, said = start(recipients, out, jobs).communicate()
    assert b"Traceback" not in said, said


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("undisturbed")
    recipients = table(folder / "r.csv", clinics(ROWS))
    finished(recipients, folder / "out", 1)
    return recipients, {name: data for name, data in files(folder / "out").items() if name.endswith(".pdf")}


def kill_and_resume(undisturbed: tuple[Path, dict[str, bytes]], out: Path, kills: int, jobs: int, seed: int) -> None:
    recipients, expected = undisturbed
    chance = random.Random(seed)
    stamps: dict[str, int] = {}
    for _ in range(kills):
        running = start(recipients, out, jobs)
        # From the first file on, so that the moment falls into the work and not into starting Python.
        before = len(stamps)
        for _ in range(600):
            if running.poll() is not None or len(list(out.glob("*.pdf"))) > before:
                break
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.15))
        running.send_signal(signal.SIGKILL)
        running.communicate()
        # Workers see within half a second that nobody is left to work for.
        time.sleep(1 if jobs > 1 else 0)
        there = {path.name: path.stat().st_mtime_ns for path in out.glob("*.pdf")}
        for name in there:
            assert (out / name).read_bytes() == expected[name], "whole, or not there"
        assert stamps.items() <= there.items(), "nothing is made twice"
        stamps = there
    finished(recipients, out, jobs)
    made = files(out)
    assert {name: data for name, data in made.items() if name.endswith(".pdf")} == expected
    assert all((out / name).stat().st_mtime_ns == stamp for name, stamp in stamps.items()), "nothing is made twice"
    assert [line["id"] for line in report(out)] == [f"c{n:03}" for n in range(ROWS)]
    assert not list((out / ".batch").glob("*.part"))


@pytest.mark.slow
def test_a_killed_batch_goes_on(undisturbed: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    kill_and_resume(undisturbed, tmp_path / "out", kills=1, jobs=1, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_a_batch_killed_at_random_moments_goes_on(
    undisturbed: tuple[Path, dict[str, bytes]], tmp_path: Path, seed: int
) -> None:
    kill_and_resume(undisturbed, tmp_path / "out", kills=5, jobs=1 + seed % 2, seed=seed)
