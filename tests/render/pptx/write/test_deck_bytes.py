"""Same plan and theme, same bytes: on every run, in every process, and nothing of the machine inside."""

import hashlib
import io
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from deck_samples import full_deck, render_deck

from handouts.theme.schema import Theme

PROGRAM = (
    "import hashlib, deck_samples as d, handouts.theme.schema as t;"
    "print(hashlib.sha256(d.render_deck(d.full_deck(), t.Theme())).hexdigest())"
)


@pytest.mark.slow
def test_two_renders_and_another_hash_seed_give_the_same_bytes() -> None:
    first, second = (hashlib.sha256(render_deck(full_deck(), Theme())).hexdigest() for _ in range(2))
    here = Path(__file__).parents
    path = os.pathsep.join([str(here[1]), str(here[3]), str(here[4])])
    env = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": path, "TZ": "Asia/Tokyo"}
    run = subprocess.run([sys.executable, "-c", PROGRAM], env=env, capture_output=True, text=True, check=True)
    assert first == second == run.stdout.strip()


def test_no_trace_of_a_person_machine_or_moment_is_inside() -> None:
    with zipfile.ZipFile(io.BytesIO(render_deck(full_deck(), Theme()))) as package:
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = package.namelist()
        content = b"".join(package.read(n) for n in names if n.endswith((".xml", ".rels")))
    assert not [n for n in names if "thumbnail" in n or "printer" in n]
    for trace in (
        b"Canny",
        b"Macintosh",
        b"/home/",
        str(Path.cwd()).encode(),
        tempfile.gettempdir().encode() + b"/",
        b"C:\\",
    ):
        assert trace not in content
