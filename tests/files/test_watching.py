"""What changed on the disk is seen by looking: topics, what all share, and what is gone."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from topic_samples import CONTENT, ROOT

from handouts.files.watching import Changed, Watching

pytest.importorskip("watchfiles")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for topic in ("one", "two"):
        shutil.copytree(CONTENT / "ixazomib", tmp_path / "content" / topic)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "logo.png").write_bytes(b"a picture")
    (tmp_path / "clinic.yaml").write_text("name: A\nlogo: {file: logo.png, alt: A}\n", "utf-8")
    return tmp_path


def watching(folder: Path, topics: tuple[str, ...] = ()) -> Watching:
    return Watching(folder / "content", topics, folder / "templates", folder / "clinic.yaml", (), folder / "out")


def first(found: Iterator[Changed]) -> Changed:
    return next(found)


def test_several_files_of_a_save_are_one_change(folder: Path) -> None:
    found = watching(folder)
    stop = threading.Event()
    changes = found.changes(stop)
    for name in ("topic.yaml", "en.yaml"):
        with (folder / "content" / "two" / name).open("a") as stream:
            stream.write("# more\n")
    assert first(changes) == Changed(frozenset({"two"}))
    stop.set()
    assert next(changes, None) is None


def test_the_same_size_and_date_is_a_change_all_the_same(folder: Path) -> None:
    changes = watching(folder).changes()
    file = folder / "content" / "one" / "en.yaml"
    before, text = file.stat(), file.read_text("utf-8")
    file.write_text(text.replace("medicine", "MEDICINE", 1), "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert first(changes).topics == {"one"}


def test_the_clinic_s_logo_is_of_all(folder: Path) -> None:
    changes = watching(folder).changes()
    (folder / "logo.png").write_bytes(b"another")
    assert first(changes) == Changed(frozenset(), shared=True)


def test_templates_are_of_all_and_a_file_that_is_gone_is_named(folder: Path) -> None:
    changes = watching(folder).changes()
    with (folder / "templates" / "handout.html.j2").open("a") as stream:
        stream.write("\n")
    assert first(changes).shared
    (folder / "content" / "one" / "en.yaml").unlink()
    assert first(changes) == Changed(frozenset({"one"}), (folder / "content" / "one" / "en.yaml",))


def test_what_is_nobody_s_is_no_change(folder: Path) -> None:
    changes = watching(folder, ("one",)).changes()
    for name in (".en.yaml.swp", "en.yaml~", "notes.txt", "4913"):
        (folder / "content" / "one" / name).write_text("x", "utf-8")
    (folder / "content" / "two" / "en.yaml").unlink()
    (folder / "out").mkdir()
    (folder / "out" / "x.yaml").write_text("x", "utf-8")
    (folder / "content" / "one" / "es.yaml").write_text("x", "utf-8")
    assert first(changes) == Changed(frozenset({"one"}))


def test_a_server_hears_of_it_in_its_loop_and_stops_listening_at_once(folder: Path) -> None:
    async def listened() -> Changed:
        changes = watching(folder).changes_soon()
        waiting = asyncio.ensure_future(anext(changes))
        await asyncio.sleep(0.2)
        (folder / "content" / "one" / "es.yaml").write_text("x", "utf-8")
        found = await waiting
        await changes.aclose()  # type: ignore[attr-defined]
        return found

    assert asyncio.run(asyncio.wait_for(listened(), 20)).topics == {"one"}
