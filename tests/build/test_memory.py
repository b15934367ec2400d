"""A process with a memory gives the very results of one without: the same bytes and findings, after any change."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image
from topic_samples import CONTENT, ROOT, TODAY

from handouts.build.make import examine
from handouts.build.memory import Memory
from handouts.build.request import ClinicText, Request
from handouts.build.result import Result
from handouts.build.sign_off import approve
from handouts.problems import ProblemsError

CLINIC = "schema_version: 1\nname: Harbour Clinic\nphone: 1-202-555-0187\nlogo: {file: logo.png, alt: A harbour}\n"
Step = Callable[[Path], object]


def in_file(path: str, old: str, new: str, *, keep_times: bool = False) -> Step:
    def apply(folder: Path) -> None:
        file = folder / path
        text, before = file.read_text("utf-8"), file.stat()
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")
        if keep_times:
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    return apply


def add(path: str, source: str) -> Step:
    return lambda folder: shutil.copy(folder / source, folder / path)


def remove(path: str) -> Step:
    return lambda folder: (folder / path).unlink()


def repaint(folder: Path) -> None:
    Image.new("RGB", (60, 40), (140, 90, 20)).save(folder / "logo.png")


def sign(folder: Path) -> None:
    approve(Request(TODAY, content=folder / "content", templates=folder / "templates"), "ixazomib", "A. Nurse", "RN")


EN, THEME, LOCALE = "content/ixazomib/en.yaml", "templates/themes/default.yaml", "templates/locales/en.yaml"
EDITS: dict[str, Step] = {
    "other words": in_file(EN, "your care team", "your own team"),
    "as many letters within the same moment": in_file(EN, "your own team", "your old team", keep_times=True),
    "words that name nothing": in_file(EN, "your old team", "{{ nothing }}"),
    "mended again": in_file(EN, "{{ nothing }}", "your care team"),
    "no YAML any more": in_file(EN, "language: en", "language: [en"),
    "YAML again": in_file(EN, "language: [en", "language: en"),
    "a language more": add("content/ixazomib/de.yaml", EN),
    "and away": remove("content/ixazomib/de.yaml"),
    "another template": in_file("templates/handout.html.j2", "<h1>", "<h1>About ", keep_times=True),
    "another theme": in_file(THEME, "family:", "colours: {accent: '#004070'}\nfamily:"),
    "another word of the locale": in_file(LOCALE, "page:", "page: '{page} ({pages})' #"),
    "another clinic": in_file("clinic.yaml", "Harbour", "Seaside"),
    "an alt text that says nothing": in_file("clinic.yaml", "A harbour", "image"),
    "a telephone number that cannot be": in_file("clinic.yaml", "555-0187", "555-018"),
    "another logo": repaint,
    "no logo": remove("logo.png"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(CONTENT / "ixazomib", tmp_path / "content" / "ixazomib")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "clinic.yaml").write_text(CLINIC, "utf-8")
    Image.new("RGB", (60, 40), (20, 90, 140)).save(tmp_path / "logo.png")
    return tmp_path


def request(folder: Path, **more: Any) -> Request:
    usual = {"clinic": folder / "clinic.yaml", "formats": ("card",)}
    return Request(TODAY, content=folder / "content", templates=folder / "templates", **(usual | more))


def outcome(request: Request, memory: Memory | None) -> object:
    try:
        result = examine(request, memory=memory)
    except ProblemsError as bad:
        return bad.problems
    return told(result)


def told(result: Result) -> object:
    return [(one.data, one.entry) for one in result.made], result.findings, result.waived


def test_after_every_edit_the_same_as_without_a_memory(folder: Path) -> None:
    memory, before = Memory(), None
    asked = request(folder, formats=("pdf",))
    for name, edit in {"as it is": lambda _: None, **EDITS}.items():
        edit(folder)
        fresh = outcome(asked, None)
        assert outcome(asked, memory) == fresh, name
        assert outcome(asked, memory) == fresh, f"{name}, once more"
        assert fresh != before, f"{name} shows nowhere"
        before = fresh


OPTIONS: tuple[dict[str, Any], ...] = (
    {},
    {"formats": ("pdf",)},
    {"formats": ("pdf",), "theme": "large-print"},
    {"formats": ("pdf",), "paper": "a4"},
    {"theme": "high-contrast"},
    {"sheet": "avery-5371"},
    {"clinic": None},
    {"clinic": None, "today": date(2031, 1, 1)},
    {"clinic": ClinicText("form", b"schema_version: 1\nname: Typed\nphone: 0151 555 0187\n"), "region": "GB"},
    {"clinic": ClinicText("form", b"schema_version: 1\nname: Typed\nphone: 0151 555 0187\n"), "region": "US"},
    {"clinic": ClinicText("another form", b"schema_version: 1\nname: Typed\nphone: 0151 555 0187\n"), "region": "US"},
    {"clinic": ClinicText("form", b'schema_version: 1\nname: Typed\ncolours: {accent: "#004070"}\n')},
    {"clinic": ClinicText("form", b'schema_version: 1\nname: Typed\ncolours: {accent: "#fefefe"}\n')},
    {"strict": True},
)


def asked_for(folder: Path, options: dict[str, Any]) -> Request:
    return replace(request(folder), **options)


def test_every_option_the_same_in_any_order_and_by_threads(folder: Path) -> None:
    fresh = [outcome(asked_for(folder, options), None) for options in OPTIONS]
    memory, order = Memory(), list(range(len(OPTIONS))) * 3
    random.Random(7).shuffle(order)
    with ThreadPoolExecutor(4) as pool:
        made = pool.map(lambda number: outcome(asked_for(folder, OPTIONS[number]), memory), order)
        for number, one in zip(order, made, strict=True):
            assert one == fresh[number], OPTIONS[number]


def test_a_sign_off_shows_at_once_and_words_that_change_after_it(folder: Path) -> None:
    memory, asked = Memory(), request(folder, clinic=None)
    before = outcome(asked, memory)
    sign(folder)
    signed = outcome(asked, memory)
    assert signed == outcome(asked, None) != before
    in_file(EN, "your care team", "your own team")(folder)
    assert outcome(asked, memory) == outcome(asked, None) != signed


def test_what_is_asked_for_again_is_not_made_again(folder: Path) -> None:
    memory, asked = Memory(), request(folder)
    first = examine(asked, memory=memory)
    assert examine(asked, memory=memory) is first
    assert told(examine(asked, skip=("none.pdf",), memory=memory)) == told(first)


def test_a_memory_without_room_forgets_and_makes_no_mistake(folder: Path) -> None:
    memory = Memory(400_000)
    for options in OPTIONS[:3]:
        assert outcome(asked_for(folder, options), memory) == outcome(asked_for(folder, options), None)
    assert memory.taken <= 400_000


class Noted(Request, frozen=True):
    note: str = ""


def test_a_note_is_remembered_nowhere(folder: Path) -> None:
    memory, asked = Memory(), Noted(TODAY, ("card",), content=folder / "content", note="Mrs. Miller, room 3")
    first = examine(asked, memory=memory)
    taken = memory.taken
    assert examine(asked, memory=memory) is not first
    assert memory.taken == taken


@pytest.mark.slow
def test_decks_and_handouts_the_same_after_random_edits(folder: Path) -> None:
    chance, memory = random.Random(11), Memory()
    words = (folder / EN).read_text("utf-8").split("\n")
    places = [number for number, line in enumerate(words) if " the " in line and "{{" not in line and "#" not in line]
    for _ in range(12):
        changed = list(words)
        for number in chance.sample(places, 2):
            changed[number] = changed[number].replace(" the ", chance.choice([" this ", " that ", " your "]))
        (folder / EN).write_text("\n".join(changed), "utf-8")
        asked = request(folder, formats=("pdf", "pptx"), theme=chance.choice(["default", "large-print"]))
        assert outcome(asked, memory) == outcome(asked, None)
