"""Validators that others wrote accept the R4 bundles of all topics: npm's `fhir`, and HL7's JSON schema by Asymmetrik.

They need Node and, in FHIR_VALIDATORS, the node_modules folder that holds both.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from fhir_samples import approved, publication
from topic_samples import FOLDERS, shipped_plans

from handouts.exchange.fhir.bundle import bundle, bundle_bytes

SCRIPT = Path(__file__).parent / "validate_r4.js"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not os.environ.get("FHIR_VALIDATORS"), reason="FHIR_VALIDATORS names no node_modules"),
]


def judged(folder: Path, *bundles: bytes) -> list[list[str]]:
    """What both find in each bundle."""
    files: list[Path] = []
    for number, data in enumerate(bundles):
        files.append(folder / f"{number}.json")
        files[-1].write_bytes(data)
    done = subprocess.run(["node", str(SCRIPT), *map(str, files)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_both_accept_the_bundles_of_all_topics(tmp_path: Path) -> None:
    plans = [shipped_plans(topic).handout for topic in FOLDERS]
    made = [bundle_bytes(one, "R4") for plan in plans for one in (publication(plan), approved(plan))]
    assert judged(tmp_path, *made) == [[]] * len(made)


def test_each_refuses_what_is_wrong(tmp_path: Path) -> None:
    def broken(change: dict[str, Any]) -> bytes:
        made = bundle(publication(shipped_plans("longwords").handout), "R4")
        made["entry"][0]["resource"] |= change
        return json.dumps(made).encode()

    status, r5 = judged(tmp_path, broken({"status": "lovely"}), broken({"version": "2026-03-31"}))
    assert any(one.startswith("fhir: Composition.status") for one in status)
    assert any(one.startswith("schema: ") for one in r5)
