"""What documents of a topic are made of is another state after any save, whatever the saved file says of its time."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from topic_samples import CONTENT, TODAY

from handouts.web.settings import Settings
from handouts.web.shelf import Shelf


def test_words_of_the_same_length_and_time_are_another_state(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT / "ixazomib", content / "ixazomib")
    shelf = Shelf(Settings(content=content, day=TODAY))
    words = content / "ixazomib" / "en.yaml"
    before, stat = shelf.state(["ixazomib"]), words.stat()
    assert shelf.state(["ixazomib"]) == before
    words.write_bytes(words.read_bytes().replace(b"capsule", b"tabletx", 1))
    os.utime(words, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert (words.stat().st_size, words.stat().st_mtime_ns, words.stat().st_ino) == (
        stat.st_size, stat.st_mtime_ns, stat.st_ino,
    )  # fmt: skip
    assert shelf.state(["ixazomib"]) != before
