"""Thousands of spoilt inputs: each ends with 0, 1 or 2, says why, and leaves nothing half-written.

    HANDOUTS_FUZZ_SEED=new HANDOUTS_FUZZ_COUNT=20000 python -m pytest -m slow -n 0 -s tests/fuzz    # others, and more
    HANDOUTS_FUZZ_SEED=SEED:NUMBER python -m pytest -m slow -n 0 -s tests/fuzz                      # one of them, shown

The seed is the same every day unless another is asked for: what must hold before a change lands has to say the same of
the same commit whenever it is asked, or nobody believes it. Who looks for new faults asks for a new seed, which is
printed.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from fuzz_cases import KINDS, ROOT, Case, Earlier, case_of
from fuzz_mutations import as_yaml
from fuzz_pool import WORKER, Result, results
from fuzz_worker import snapshot, wrongs

from handouts.model.yaml_source import read_yaml

SEED, COUNT = "1", 1200
"""Some two minutes of processor time, and half as much on two cores."""
LEAST = {0: 0.1, 1: 0.3, 2: 0.01}
"""Shares of the statuses below which the mutations no longer go where they went."""


def again(result: Result) -> str:
    """A result that is wrong, with the command that shows it again."""
    command = f"HANDOUTS_FUZZ_SEED={result['seed']} {Path(sys.executable).name} -m pytest -m slow -n 0 -s tests/fuzz"
    said = "\n".join(f"    {line}" for line in str(result["said"]).splitlines()[-8:])
    return f"{command}\n  {' '.join(result['command'])}\n  mutated: {result['mutated']}; {result['wrong']}\n{said}"


@pytest.mark.slow
def test_no_input_is_a_fault_of_ours() -> None:
    seed = os.environ.get("HANDOUTS_FUZZ_SEED") or SEED
    if ":" in seed:
        shown = subprocess.run([sys.executable, str(WORKER), *seed.rsplit(":", 1)], text=True, check=True)
        assert shown.returncode == 0
        return
    seed = secrets.token_hex(4) if seed == "new" else seed
    count = int(os.environ.get("HANDOUTS_FUZZ_COUNT", COUNT))
    print(f"seed {seed}: {count} cases")
    found = list(results(seed, count, min(2, os.cpu_count() or 1)))
    bad = sorted((one for one in found if one["wrong"]), key=lambda one: int(one["number"]))
    assert not bad, f"{len(bad)} of {count} cases:\n" + "\n".join(map(again, bad[:20]))
    statuses = Counter(one["status"] for one in found)
    assert {status: statuses[status] / count >= least for status, least in LEAST.items()} == dict.fromkeys(LEAST, True)


# The fuzzer itself.


@pytest.fixture
def left() -> Earlier:
    """As if earlier runs had left something."""
    manifest = json.dumps({"version": 1, "files": [{"path": "a.pdf", "pages": 2}]}).encode()
    topics = ("ixazomib", "longwords", "espanol")
    review = b'schema_version: 1\nlanguages: {"en": {"reviewer": "A. Name"}}\n'
    return Earlier(dict.fromkeys(topics, review), {topic: {"out/manifest.json": manifest} for topic in topics})


def test_a_seed_is_always_the_same_case(left: Earlier) -> None:
    for number in range(60):
        one, other = case_of(f"x:{number}", left), case_of(f"x:{number}", left)
        assert (one.command, one.files, one.mutated) == (other.command, other.files, other.mutated)


@pytest.mark.slow
def test_every_kind_of_file_is_mutated(left: Earlier) -> None:
    mutated = Counter(Path(name).name for number in range(400) for name in case_of(f"x:{number}", left).mutated)
    names = {
        "topic.yaml", "en.yaml", "es.yaml", "clinic.yaml", "mine.yaml", "review.yaml", "printers.yaml", "manifest.json",
        "rows.csv", "rows.jsonl", "card.html.j2", "handout.html.j2", "deck.html.j2", "hospital.pptx", "logo.png",
        "box.png", "options",
    }  # fmt: skip
    assert set(mutated) == names
    assert len(KINDS) == 16


@pytest.mark.parametrize("name", [
    "content/ixazomib/topic.yaml", "content/ixazomib/en.yaml", "templates/locales/es.yaml", "templates/plain/en.yaml",
    "templates/sheets/fold-over.yaml", "templates/themes/large-print.yaml",
])  # fmt: skip
def test_what_is_not_mutated_stays_as_it_is(name: str) -> None:
    tree = read_yaml(name, (ROOT / name).read_bytes()).value
    assert read_yaml(name, as_yaml(tree)).value == tree


def manifest_of(path: str, digest: str) -> str:
    return json.dumps({"version": 1, "files": [{"path": path, "sha256": digest}]})


Spoil = Callable[[Path], object]
BUILD, CHECK = ["build"], ["check", "--format", "json"]
WRONGS: dict[str, tuple[list[str], int | str, str, str, Spoil, str]] = {
    "status 3": (BUILD, 3, "", "error: out of ink\n", lambda _: None, "status 3"),
    "an exception": (BUILD, "Traceback …", "", "", lambda _: None, "status Traceback"),
    "a fault": (BUILD, 1, "", "error: a fault of ours (KeyError: 1)\n", lambda _: None, "a fault of ours"),
    "silence": (BUILD, 1, "", "", lambda _: None, "no message"),
    "a line that is none": (BUILD, 1, "", "a\x1bb\n", lambda _: None, "cannot be printed"),
    "a document though it failed": (BUILD, 1, "", "x\n", lambda f: (f / "out" / "b.pdf").write_bytes(b""), "changed"),
    "a changed file": (BUILD, 1, "", "x\n", lambda f: (f / "content.yaml").write_text("y"), "changed"),
    "a lost file": (BUILD, 2, "", "x\n", lambda f: (f / "content.yaml").unlink(), "changed"),
    "a file elsewhere": (BUILD, 0, "", "", lambda f: (f / "x").write_text("y"), "changed ['x']"),
    "half a file": (BUILD, 0, "", "", lambda f: (f / "out" / ".a.pdf.1-00000000.part").touch(), "left"),
    "a lock": (BUILD, 0, "", "", lambda f: (f / "out" / ".handouts.lock").touch(), "left"),
    "a document that is not listed": (
        BUILD,
        0,
        "",
        "",
        lambda f: (f / "out" / "a.pdf").write_bytes(b"%PDF-"),
        "not what",
    ),
    "a document that is not there": (BUILD, 0, "", "", lambda f: (f / "out" / "a.pdf").unlink(), "and not there"),
    "a manifest that is none": (BUILD, 0, "", "", lambda f: (f / "out" / "manifest.json").write_text("["), "not JSON"),
    "a manifest of bytes": (BUILD, 0, "", "", lambda f: (f / "out" / "manifest.json").write_bytes(b"\xff"), "not JSON"),
    "findings that are none": (CHECK, 1, "NaN", "", lambda _: None, "not JSON"),
}


@pytest.mark.parametrize(("command", "status", "out", "err", "spoil", "said"), WRONGS.values(), ids=WRONGS)
def test_whatever_a_run_may_not_do_is_seen(
    tmp_path: Path, command: list[str], status: int | str, out: str, err: str, spoil: Spoil, said: str
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "content.yaml").write_text("x")
    (tmp_path / "out" / "a.pdf").write_bytes(b"%PDF-1.7 %%EOF")
    digest = snapshot(tmp_path)["out/a.pdf"]
    (tmp_path / "out" / "manifest.json").write_text(manifest_of("a.pdf", digest))
    before, good = snapshot(tmp_path), Case(command, {})
    if command is BUILD:
        assert list(wrongs(good, 0, "", "", before, tmp_path)) == []
        assert list(wrongs(good, 1, "", "a: FILE01 error: x\n", before, tmp_path)) == []
    spoil(tmp_path)
    assert any(said in wrong for wrong in wrongs(good, status, out, err, before, tmp_path))


def test_a_case_that_does_not_end_is_a_result_and_the_next_ones_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "worker.py"
    slow.write_text(
        "import json, sys, time\nnumber = int(sys.argv[2])\n"
        "while True:\n"
        "    print(json.dumps({'begun': number}), flush=True)\n"
        "    if number == 3: time.sleep(60)\n"
        "    if number == 5: sys.exit(9)\n"
        "    print(json.dumps({'number': number, 'wrong': []}), flush=True)\n"
        "    number += int(sys.argv[3])\n"
    )
    monkeypatch.setattr("fuzz_pool.WORKER", slow)
    monkeypatch.setattr("fuzz_pool.MOST_SECONDS", 1.0)
    found = {one["number"]: one["wrong"] for one in results("x", 8, 2)}
    assert sorted(found) == list(range(8))
    assert {number for number, wrong in found.items() if wrong} == {3, 5}
