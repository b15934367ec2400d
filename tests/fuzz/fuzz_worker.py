"""Runs cases in this process: a seed and numbers in, a line of JSON for each case out, begun and ended.

    python tests/fuzz/fuzz_worker.py SEED FIRST STEP      numbers FIRST, FIRST + STEP, …, for as long as somebody reads
    python tests/fuzz/fuzz_worker.py SEED NUMBER          that one, its folder kept and shown

It has a limit of memory, and tells how much time each case took; who reads ends one that does not end by itself.
"""

from __future__ import annotations

import contextlib
import csv
import gc
import hashlib
import io
import json
import os
import resource
import shutil
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fuzz_cases import TOPICS, Case, Earlier, Files, case_of

from handouts.cli.main import commands, run

MEMORY = 1_500_000_000
"""Bytes of address space: four times what a run takes with all of its libraries."""
MOST_CPU = 20.0
"""Seconds of processor time: ten times what the slowest of the shipped documents takes."""
FAULT = "a fault of ours"


def earlier(folder: Path) -> Earlier:
    """What good runs leave."""
    reviews: dict[str, bytes] = {}
    outputs: dict[str, Files] = {}
    for topic, (content, _) in TOPICS.items():
        shutil.copytree(content / topic, folder / "content" / topic)
        common = ["--content", str(folder / "content"), "--date", "2026-03-31"]
        signing = ["approve", topic, *common, "--reviewer", "A. Name", "--role", "Nurse"]
        building = ["build", "--topic", topic, "--format", "card", *common, "--out", str(folder / topic), "--quiet"]
        for command in (building, signing):
            if run(commands, command):
                raise RuntimeError(f"a good run failed: {command}")
        reviews[topic] = (folder / "content" / topic / "review.yaml").read_bytes()
        outputs[topic] = {f"out/{path.name}": path.read_bytes() for path in (folder / topic).iterdir()}
    return Earlier(reviews, outputs)


def snapshot(folder: Path) -> dict[str, str]:
    """Every file of a folder with its digest."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def said_by(command: Callable[[], int]) -> tuple[int | str, str, str]:
    """The status of a command, or how it ended without one, and what it says on stdout and stderr."""
    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2)]
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        try:
            status: int | str = command()
        except BaseException:
            status = traceback.format_exc()
    out, err = (stream.buffer.getvalue().decode("utf-8", "replace") for stream in streams)  # type: ignore[attr-defined]
    return status, out, err


def wrongs(case: Case, status: int | str, out: str, err: str, before: dict[str, str], folder: Path) -> Iterator[str]:
    """What a run did that no run may do."""
    if status not in (0, 1, 2):
        yield f"status {status}"
    if "Traceback" in out + err or FAULT in err:
        yield "a fault of ours, or a traceback"
    if not all(line.isprintable() for line in err.splitlines()):
        yield "a message that cannot be printed"
    if status and not (err + out).strip():
        yield "no message"
    after = snapshot(folder)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    is_batch, made_review = case.command[0] == "batch", case.command[0] == "approve" and status == 0
    expected = (
        ("out/",) if is_batch or (status == 0 and case.command[0] == "build") else ("content/",) if made_review else ()
    )
    if strange := sorted(name for name in changed if not name.startswith(expected or ("\0",))):
        yield f"changed {strange}"
    if half := [name for name in after if name.endswith((".part", ".handouts.lock"))]:
        yield f"left {half}"
    if status == 0 and case.command[0] == "build":
        yield from _wrong_documents(folder / "out")
    if is_batch and (folder / "out" / "batch-report.csv").exists():
        with (folder / "out" / "batch-report.csv").open(encoding="utf-8", newline="") as stream:
            for line in csv.DictReader(stream):
                if line["status"] != "failed":
                    yield from _wrong_document(folder / "out" / line["file"], line["sha256"])
    if "--format" in case.command and case.command[0] == "check" and status != 2:
        form = case.command[case.command.index("--format") + 1]
        if form != "text":
            yield from _wrong_json(out.encode())


def _wrong_json(data: bytes) -> Iterator[str]:
    try:
        json.loads(data.decode(), parse_constant=_no_constant)
    except ValueError as bad:
        yield f"not JSON: {bad}"


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _wrong_documents(out: Path) -> Iterator[str]:
    if wrong := list(_wrong_json((out / "manifest.json").read_bytes())):
        yield from wrong
        return
    listed: list[dict[str, Any]] = json.loads((out / "manifest.json").read_text("utf-8"))["files"]
    if not listed:
        yield "a manifest of nothing"
    for entry in listed:
        if not (out / entry["path"]).is_file():
            yield f"{entry['path']} is listed and not there"
        else:
            yield from _wrong_document(out / entry["path"], entry["sha256"])


def _wrong_document(path: Path, digest: str) -> Iterator[str]:
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        yield f"{path.name} is not what is listed"
    if path.suffix == ".pdf" and not (data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")):
        yield f"{path.name} is no whole PDF"
    if path.suffix == ".pptx" and zipfile.ZipFile(io.BytesIO(data)).testzip() is not None:
        yield f"{path.name} is no whole zip file"


def judged(seed: str, left: Earlier, keep: Path | None = None) -> dict[str, Any]:
    """Runs the case of a seed, in a folder of its own or one that is kept; what it is, took and did wrong."""
    case = case_of(seed, left)
    with tempfile.TemporaryDirectory() as made:
        folder = keep or Path(made)
        case.write(folder)
        before, at = snapshot(folder), Path.cwd()
        os.chdir(folder)
        began, most = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            status, out, err = said_by(lambda: run(commands, case.command))
        finally:
            os.chdir(at)
        took = time.process_time() - began
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - most
        found = list(wrongs(case, status, out, err, before, folder))
    if took > MOST_CPU:
        found.append(f"took {took:.0f} s")
    return {"seed": seed, "command": case.command, "mutated": case.mutated, "status": status, "seconds": took,
            "kilobytes": grown, "wrong": found, "said": err[-2000:]}  # fmt: skip


def main(seed: str, first: int, step: int | None) -> None:
    """Runs one case and shows it, or every so many."""
    os.environ.pop("HANDOUTS_DEBUG", None)
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    with tempfile.TemporaryDirectory() as made:
        streams = io.TextIOWrapper(io.BytesIO(), "utf-8")
        with contextlib.redirect_stderr(streams):
            left = earlier(Path(made))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if step is None:
        keep = Path(tempfile.mkdtemp(prefix="fuzz-"))
        print(json.dumps(judged(f"{seed}:{first}", left, keep), indent=2), f"\nits folder: {keep}")
        return
    while True:
        print(json.dumps({"begun": first}), flush=True)
        print(json.dumps({"number": first, **judged(f"{seed}:{first}", left)}), flush=True)
        if not first // step % 20:
            gc.collect()
        first += step


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else None)
