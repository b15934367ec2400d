"""Batches for tests: tables of recipients, orders for them, and how to run them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from PIL import Image as Raster
from topic_samples import CONTENT, ROOT, TODAY

from handouts.batch.rows.table import COLUMNS
from handouts.batch.work.run import Progress, Summary, run
from handouts.batch.work.work import Order
from handouts.batch.work.workers import InProcess, Workers
from handouts.build.inputs import input_digests
from handouts.build.request import Request

FULL = {"address": "12 High Street\nRiverside", "phone": "+44 20 7946 0001", "hours": "Mon to Fri, 8 to 5"}


def table(path: Path, rows: Iterable[Mapping[str, str]], columns: Iterable[str] = COLUMNS) -> Path:
    """A CSV file of recipients."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(buffer.getvalue(), "utf-8")
    return path


def clinics(count: int) -> list[dict[str, str]]:
    return [{"id": f"c{n:03}", "name": f"Clinic number {n}", **FULL} for n in range(count)]


def logo(path: Path, width: int = 60, height: int = 60, colour: str = "#0B5C8A") -> Path:
    Raster.new("RGB", (width, height), colour).save(path)
    return path


def order_for(recipients: Path, out: Path, formats: tuple[str, ...] = ("pdf",), **options: Any) -> Order:
    fail_fast = options.pop("fail_fast", False)
    usual = {"topics": ("ixazomib",), "content": CONTENT, "templates": ROOT / "templates"}
    request = Request(**{"today": TODAY, "formats": formats, "out": out} | usual | options)
    return Order(request, recipients, tuple(input_digests(request, request.topics).items()), fail_fast)


def run_here(order: Order, told: list[Progress] | None = None) -> Summary:
    """A batch in this process."""
    return run(order, Workers(InProcess, 1), (told if told is not None else []).append)


def files(out: Path) -> dict[str, bytes]:
    """What a batch gave names to."""
    return {p.name: p.read_bytes() for p in sorted(out.iterdir()) if p.is_file()}


def report(out: Path) -> list[dict[str, str]]:
    with (out / "batch-report.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
