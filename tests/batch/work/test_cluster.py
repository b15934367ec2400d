"""A batch on a real Dask cluster of two worker processes, one of which is killed in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from batch_samples import clinics, files, order_for, report, run_here, table
from topic_samples import ROOT

from handouts.batch.work.run import Progress, run
from handouts.files.disk import UsageError

ROWS = 600


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_killed_worker_costs_no_document(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    from handouts.batch.work.cluster import cluster_workers

    recipients = table(tmp_path / "r.csv", clinics(ROWS))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    address = "tcp://127.0.0.1:8799"
    started = [_start(environment, "scheduler", "--host", "127.0.0.1", "--port", "8799", "--no-dashboard")]
    try:
        started += [
            _start(environment, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard") for _ in range(2)
        ]
        time.sleep(3)
        order, workers = cluster_workers(order_for(recipients, tmp_path / "out"), address)
        seen: list[Progress] = []

        def tell(now: Progress) -> None:
            seen.append(now)
            if len(seen) == 3:
                os.kill(started[1].pid, signal.SIGKILL)

        summary = run(order, workers, tell)
        assert started[1].wait() == -signal.SIGKILL
    finally:
        for process in started:
            process.kill()
            process.wait()
    assert (summary.made + summary.kept, summary.failed) == (ROWS, 0)
    assert sorted({line["file"] for line in report(tmp_path / "out")}) == sorted(
        f"ixazomib-en-handout-c{n:03}.pdf" for n in range(ROWS)
    )
    assert len(report(tmp_path / "out")) == ROWS, "each document once"
    again = order_for(recipients, tmp_path / "here")
    run_here(again)
    here = {name: data for name, data in files(tmp_path / "here").items() if name.endswith(".pdf")}
    there = {name: data for name, data in files(tmp_path / "out").items() if name.endswith(".pdf")}
    assert here == there


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("address", ["nonsense", "tcp://", "tcp://host", "8786"])
def test_what_is_no_address_is_told_at_once(tmp_path: Path, address: str) -> None:
    pytest.importorskip("distributed")
    from handouts.batch.work.cluster import cluster_workers

    with pytest.raises(UsageError, match="write its address like tcp://host:8786"):
        cluster_workers(order_for(tmp_path / "r.csv", tmp_path / "out"), address)


def _start(environment: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-W", "ignore", "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
