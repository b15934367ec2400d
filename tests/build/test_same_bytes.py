"""Same inputs and date, same bytes: in every process, whatever its hash seed, working directory, time zone, locale."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec import Struct
from PIL import Image
from topic_samples import CONTENT, ROOT, STEMS, TODAY, TOPICS, Built

from handouts.build.build import build
from handouts.build.request import Request

TEMPLATES = ROOT / "templates"
CLINIC = """\
schema_version: 1
name: Søn & Daughters
address: [12 Old Mill Road, Springfield]
phone: 1-202-555-0187
logo: {file: logo.png, alt: A river}
"""
SEALED = {"SOURCE_DATE_EPOCH": "1774915200"}
"""Midnight at Greenwich on 31 March 2026, when it is still 30 March in America."""


class Surroundings(Struct, frozen=True):
    """What a process has around it and no document may depend on."""

    seed: str
    zone: str
    locale: dict[str, str]
    relative: bool


HERE = Surroundings("1", "Pacific/Auckland", {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}, relative=False)
THERE = Surroundings(
    "4242", "America/Los_Angeles", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, relative=True
)


def generate(around: Surroundings, folder: Path, content: Path, *options: str) -> Path:
    """The folder that `generate.py` fills in a process of its own, started from `folder` or beside the content."""
    out = folder / "out"
    cwd = content.parent if around.relative else folder
    where = content.name if around.relative else str(content)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "PYTHON"))}
    environment |= {"PYTHONHASHSEED": around.seed, "TZ": around.zone, "HOME": str(folder), **around.locale, **SEALED}
    command = [sys.executable, "-W", "error", str(ROOT / "generate.py"), "--quiet", "--content", where]
    told = ["--out", os.path.relpath(out, cwd) if around.relative else str(out), "--templates", str(TEMPLATES)]
    subprocess.run([*command, *told, *options], cwd=cwd, env=environment, check=True)
    return out


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file in a folder, the manifest among them."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def entries(folder: Path) -> dict[str, object]:
    """The manifest's entries by path."""
    return {entry["path"]: entry for entry in json.loads((folder / "manifest.json").read_text("utf-8"))["files"]}


def test_two_processes_in_other_surroundings_write_the_same_bytes(tmp_path: Path) -> None:
    clinic = tmp_path / "clinic"
    clinic.mkdir()
    Image.new("RGBA", (60, 40), (20, 90, 140, 90)).save(clinic / "logo.png")
    (clinic / "clinic.yaml").write_text(CLINIC, "utf-8")
    made: list[Path] = []
    for name, around in (("here", HERE), ("there", THERE)):
        (tmp_path / name).mkdir()
        options = ("--clinic", str(clinic / "clinic.yaml"), "--paper", "a4")
        made.append(generate(around, tmp_path / name, CONTENT, *options))
    here, there = map(digests, made)
    assert here == there
    stems = [stem for topic, stem in STEMS.items() if (CONTENT / topic).is_dir()]
    assert set(here) == {
        "manifest.json",
        *(f"{stem}-{name}" for stem in stems for name in ("handout-a4.pdf", "deck.pptx", "card-a4.pdf")),
    }  # fmt: skip
    assert {path: entry["sha256"] for path, entry in entries(made[0]).items()} == {  # type: ignore[index]
        path: digest for path, digest in here.items() if path != "manifest.json"
    }


@pytest.mark.parametrize("content", [CONTENT, TOPICS])
def test_a_process_of_its_own_writes_what_this_one_does(built: Built, tmp_path: Path, content: Path) -> None:
    out = generate(THERE, tmp_path, content)
    theirs = digests(out)
    stems = [stem for topic, stem in STEMS.items() if (content / topic).is_dir()]
    assert set(theirs) == {
        "manifest.json", *(f"{stem}-{name}" for stem in stems for name in ("handout.pdf", "deck.pptx", "card.pdf")),
    }  # fmt: skip
    ours = digests(built.folder)
    assert {name for name in theirs if theirs[name] != ours[name]} == {"manifest.json"}
    ours_told, theirs_told = entries(built.folder), entries(out)
    assert theirs_told == {path: ours_told[path] for path in theirs_told}


def test_a_second_build_in_one_process_has_the_same_bytes(built: Built, tmp_path: Path) -> None:
    build(Request(TODAY, content=CONTENT, templates=TEMPLATES, out=tmp_path))
    theirs, ours = digests(tmp_path), digests(built.folder)
    assert {name for name in theirs if theirs[name] != ours[name]} == {"manifest.json"}


def test_another_date_gives_other_bytes(built: Built, tmp_path: Path) -> None:
    build(Request(TODAY.replace(day=30), content=CONTENT, templates=TEMPLATES, out=tmp_path))
    theirs, ours = digests(tmp_path), digests(built.folder)
    assert all(theirs[name] != ours[name] for name in theirs)
