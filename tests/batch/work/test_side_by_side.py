"""Several commands into one folder at a time: a second batch is refused, a build and a batch lose nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from batch_samples import clinics, files, order_for, report, table
from topic_samples import CONTENT, ROOT

from handouts.batch.work.run import Summary, run
from handouts.batch.work.workers import InProcess, Workers


def started(*arguments: str | Path) -> subprocess.Popen[str]:
    fixed = (
        "--topic",
        "ixazomib",
        "--content",
        CONTENT,
        "--templates",
        ROOT / "templates",
        "--date",
        "2026-03-31",
        "--quiet",
    )
    command = [sys.executable, "-m", "handouts", *map(str, (*arguments, *fixed))]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_no_other_batch_writes_before_the_print_jobs_are_made(tmp_path: Path) -> None:
    recipients, out = table(tmp_path / "r.csv", clinics(2)), tmp_path / "out"
    said: list[str] = []

    def then(made: Summary) -> None:
        assert made == Summary(2, 0, 0)
        other = started("batch", recipients, "--out", out)
        said.extend((other.communicate()[1], str(other.returncode)))

    run(order_for(recipients, out), Workers(InProcess, 1), lambda _: None, then)
    assert said == [f"error: another batch writes to {out}; wait for it, or choose another --out\n", "2"]


@pytest.mark.slow
def test_a_build_and_a_batch_at_a_time_lose_nothing(tmp_path: Path) -> None:
    recipients, out = table(tmp_path / "r.csv", clinics(600)), tmp_path / "out"
    batch = started("batch", recipients, "--out", out, "--format", "pdf,card", "--merge", "--jobs", "1")
    builds = 0
    while batch.poll() is None or not builds:
        build = started("build", "--out", out, "--force")
        assert build.communicate()[1] == "" and build.returncode == 0
        builds += 1
    assert batch.communicate()[1] == "" and batch.returncode == 0
    made = files(out)
    lines = report(out)
    assert len(lines) == 1200 + 2 and all(sha256(made[line["file"]]).hexdigest() == line["sha256"] for line in lines)
    built = json.loads(made["manifest.json"])["files"]
    assert len(built) == 3 and all(sha256(made[entry["path"]]).hexdigest() == entry["sha256"] for entry in built)
    assert len(made) == 1200 + 3 + len(("manifest.json", "batch-report.csv", "batch-handout.pdf", "batch-card.pdf"))
