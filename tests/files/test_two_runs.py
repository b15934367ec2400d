"""Two runs at once into one folder: one waits for the other, nothing is lost, and nobody waits for the dead."""

from __future__ import annotations

import errno
import fcntl
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from topic_samples import CONTENT, ROOT, TODAY

from handouts.build import build as building
from handouts.build.build import build
from handouts.build.request import Request
from handouts.build.sign_off import approve
from handouts.files import lock
from handouts.files.disk import UsageError
from handouts.files.lock import NAME, alone_in
from handouts.files.printers import read_printers, save_printer
from handouts.files.skeleton import write_skeleton
from handouts.files.workspace import Workspace
from handouts.outputs import Paper
from handouts.theme.printing import Correction

CARD = Request(TODAY, ("card",), ("ixazomib",), content=CONTENT, templates=ROOT / "templates")


def worker(work: Callable[[int], object], barrier: Any, rounds: int, failures: Any) -> None:
    for number in range(rounds):
        barrier.wait(120)
        try:
            work(number)
        except UsageError as bad:
            failures.put(str(bad))


def at_once(works: Sequence[Callable[[int], object]], rounds: int) -> list[str]:
    """Has processes do these, round by round, all beginning each round at one moment; gives what failed."""
    context = multiprocessing.get_context("spawn")
    barrier, failures = context.Barrier(len(works)), context.Queue()
    running = [context.Process(target=worker, args=(work, barrier, rounds, failures)) for work in works]
    for one in running:
        one.start()
    for one in running:
        one.join(300)
    assert [one.exitcode for one in running] == [0] * len(works)
    found: list[str] = []
    while not failures.empty():
        found.append(failures.get())
    return found


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def listed(out: Path) -> list[str]:
    return [entry["path"] for entry in json.loads((out / "manifest.json").read_text("utf-8"))["files"]]


DOCUMENTS = {
    ("card", "letter"): "ixazomib-en-card.pdf",
    ("card", "a4"): "ixazomib-en-card-a4.pdf",
    ("pdf", "letter"): "ixazomib-en-handout.pdf",
    ("pdf", "a4"): "ixazomib-en-handout-a4.pdf",
    ("pptx", "letter"): "ixazomib-en-deck.pptx",
}


def build_round(folder: Path, asked: tuple[str, Paper], number: int) -> None:
    # A slow disk: what a build reads of the manifest is old before it has written.
    os.fsync = lambda _: time.sleep(0.05)  # type: ignore[assignment]
    form, paper = asked
    # Every second round in a folder that is there already, whose manifest grows.
    build(replace(CARD, formats=(form,), paper=paper, out=folder / f"out-{number // 2}"), force=True)


def check_builds_at_once(folder: Path, asked: Sequence[tuple[str, Paper]], rounds: int) -> None:
    assert at_once([partial(build_round, folder, one) for one in asked], rounds) == []
    names = sorted(DOCUMENTS[one] for one in asked)
    for number in range(rounds // 2):
        out = folder / f"out-{number}"
        assert listed(out) == names
        assert names_in(out) == [*names, "manifest.json"]
        for form, paper in asked:
            assert len(build(replace(CARD, formats=(form,), paper=paper, out=out)).kept) == 1


@pytest.mark.slow
def test_no_build_loses_what_another_made(tmp_path: Path) -> None:
    check_builds_at_once(tmp_path, (("card", "letter"), ("card", "a4")), 4)


@pytest.mark.slow
def test_no_build_of_many_loses_what_another_made(tmp_path: Path) -> None:
    check_builds_at_once(tmp_path, tuple(DOCUMENTS), 40)


def approve_round(content: Path, language: str, _number: int) -> None:
    approve(Request(TODAY, topics=("ixazomib",), languages=(language,), content=content), f"Dr. {language}", "Doctor")


@pytest.mark.slow
def test_no_sign_off_is_lost(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    folder = tmp_path / "content" / "ixazomib"
    words = (folder / "en.yaml").read_text("utf-8")
    languages = ("en", "en-GB", "en-IE")
    for language in languages[1:]:
        (folder / f"{language}.yaml").write_text(words.replace("language: en\n", f"language: {language}\n"), "utf-8")

    assert at_once([partial(approve_round, folder.parent, language) for language in languages], 1) == []
    review = Workspace(folder.parent).review("ixazomib")
    assert review is not None
    assert {tag: one.reviewer for tag, one in review.value.languages.items()} == {t: f"Dr. {t}" for t in languages}
    assert names_in(folder) == ["en-GB.yaml", "en-IE.yaml", "en.yaml", "review.yaml", "topic.yaml"]


def printer_round(path: Path, who: str, number: int) -> None:
    save_printer(path, f"{who}-{number}", Correction(offset_x=1.0))


@pytest.mark.slow
def test_no_printer_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "settings" / "printers.yaml"
    assert at_once([partial(printer_round, path, who) for who in ("a", "b", "c")], 20) == []
    assert len(read_printers(path)) == 60
    assert names_in(path.parent) == ["printers.yaml"]


def new_round(content: Path, number: int) -> None:
    write_skeleton(f"drug-{number}", content)


@pytest.mark.slow
def test_one_of_two_makes_a_new_topic_and_the_other_is_told(tmp_path: Path) -> None:
    failures = at_once([partial(new_round, tmp_path / "content")] * 2, 20)
    assert len(failures) == 20
    for number in range(20):
        assert names_in(tmp_path / "content" / f"drug-{number}") == ["en.yaml", "topic.yaml"]
    assert len(names_in(tmp_path / "content")) == 20


# The lock itself.


def held(folder: Path, seconds: float = 60) -> subprocess.Popen[bytes]:
    """A process that holds the lock of a folder, and has begun to write there."""
    script = (
        "import sys, time; from pathlib import Path; from handouts.files.lock import alone_in\n"
        f"with alone_in(Path({str(folder)!r})):\n"
        f"    Path({str(folder)!r}, '.ixazomib-en-card.pdf.1-0123abcd.part').write_bytes(b'half')\n"
        f"    print('x', flush=True); time.sleep({seconds})"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment)
    assert running.stdout and running.stdout.read(1) == b"x"
    return running


def test_a_run_that_was_killed_holds_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    running = held(out)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert names_in(out) == [NAME, ".ixazomib-en-card.pdf.1-0123abcd.part"]
    (out / ".mine.part").write_bytes(b"not ours")
    told: list[str] = []
    build(replace(CARD, out=out), tell=told.append)
    assert told == []
    assert names_in(out) == [".mine.part", "ixazomib-en-card.pdf", "manifest.json"]


@pytest.mark.slow
def test_a_run_that_waits_says_so_once_and_goes_on(tmp_path: Path) -> None:
    running = held(tmp_path, 2.5)
    told: list[str] = []
    began = time.monotonic()
    with alone_in(tmp_path, told.append):
        assert time.monotonic() - began > 1
    running.communicate()
    assert told == [f"waiting for another run that writes to {tmp_path}"]
    assert names_in(tmp_path) == []


def test_a_run_does_not_wait_for_ever(tmp_path: Path) -> None:
    running = held(tmp_path)
    try:
        with (
            pytest.raises(UsageError, match=r"another run has been writing to .* for 0\.2 seconds; end it, or choose"),
            alone_in(tmp_path, most_seconds=0.2),
        ):
            pytest.fail("two were alone")
    finally:
        running.kill()
        running.communicate()


def test_threads_wait_for_each_other_too(tmp_path: Path) -> None:
    inside: list[int] = []
    most: list[int] = []

    def count(number: int) -> None:
        for _ in range(25):
            with alone_in(tmp_path / "out"):
                inside.append(number)
                most.append(len(inside))
                inside.remove(number)

    threads = [threading.Thread(target=count, args=(number,)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert most == [1] * 100
    # Who found the folder there leaves it, though who made it is gone by then.
    assert not list(tmp_path.glob("out/*")), "who wrote nothing leaves no file"


def test_a_lock_that_was_taken_away_is_none(tmp_path: Path) -> None:
    first = lock.try_lock(tmp_path / NAME)
    assert first is not None
    assert lock.try_lock(tmp_path / NAME) is None
    (tmp_path / NAME).unlink()
    second = lock.try_lock(tmp_path / NAME)
    assert second is not None
    os.close(first)
    os.close(second)


def test_a_disk_that_knows_no_locks_is_written_to_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    build(replace(CARD, out=tmp_path))
    assert listed(tmp_path) == ["ixazomib-en-card.pdf"]


def test_a_run_that_makes_nothing_needs_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(replace(CARD, out=tmp_path))
    monkeypatch.setattr(building, "alone_in", lambda *_: pytest.fail("a folder that is read-only has none"))  # type: ignore[reportUnknownLambdaType]
    assert len(build(replace(CARD, out=tmp_path)).kept) == 1


@pytest.mark.parametrize("what", ["folder", "pipe"])
def test_something_else_in_the_place_of_the_lock_is_told(tmp_path: Path, what: str) -> None:
    (tmp_path / NAME).mkdir() if what == "folder" else os.mkfifo(tmp_path / NAME)
    with pytest.raises(UsageError, match=f"cannot write to {tmp_path}: "):
        build(replace(CARD, out=tmp_path))
    assert names_in(tmp_path) == [NAME]


def test_a_link_in_the_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / NAME).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="cannot write to"):
        build(replace(CARD, out=tmp_path / "out"))
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o555)
    if is_root := os.geteuid() == 0:
        tmp_path.chmod(0o755)
        os.seteuid(65534)
    try:
        with pytest.raises(UsageError, match="permission denied"), alone_in(tmp_path / "out", most_seconds=5):
            pytest.fail("it was written to")
    finally:
        if is_root:
            os.seteuid(0)
