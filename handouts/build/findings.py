"""What `handouts check` found, for other programs: findings in, JSON or SARIF 2.1.0 text out. No files, no clock."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from handouts.checks.clarity import Clarity, clarity_data
from handouts.checks.rule import Rule
from handouts.problems import Origin, Problem, Waived, one_line

VERSION = 1
SARIF_VERSION = "2.1.0"
SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_json(findings: Iterable[Problem], waived: Iterable[Waived], clarity: Iterable[Clarity] = ()) -> str:
    """Findings as JSON: `findings`, `waived` with the reason and day of their waivers, and how the handouts read."""
    told = {
        "version": VERSION,
        "findings": [one.plain() for one in findings],
        "waived": [one.problem.plain() | {"reason": one.reason, "until": one.until} for one in sorted(waived)],
        "clarity": [clarity_data(one) for one in clarity],
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def as_sarif(findings: Iterable[Problem], waived: Iterable[Waived], rules: Iterable[Rule[Any]]) -> str:
    """Findings as a SARIF 2.1.0 log of one run; what is waived is a result that is suppressed in its source.

    Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
    """
    known = list(rules)
    places = {one.code: index for index, one in enumerate(known)}
    results = [_result(one, places) for one in findings]
    for one in sorted(waived):
        justification = f"{one_line(one.reason)} (until {one.until})"
        suppression = {"kind": "inSource", "justification": justification}
        results.append(_result(one.problem, places) | {"suppressions": [suppression]})
    driver = {"name": "Handouts", "rules": [_descriptor(one) for one in known]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": SARIF_SCHEMA, "version": SARIF_VERSION, "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _descriptor(one: Rule[Any]) -> dict[str, Any]:
    return {
        "id": one.code,
        "shortDescription": {"text": one.what},
        "fullDescription": {"text": one.why},
        "help": {"text": f"{one.why} Source: {one.source}."},
        "defaultConfiguration": {"level": one.severity},
    }


def _result(problem: Problem, places: dict[str, int]) -> dict[str, Any]:
    text = one_line(f"{problem.message}; {problem.instead}" if problem.instead else problem.message)
    result: dict[str, Any] = {"ruleId": problem.code, "level": problem.severity, "message": {"text": text}}
    if problem.code in places:
        result["ruleIndex"] = places[problem.code]
    if problem.origin.file:
        result["locations"] = [{"physicalLocation": _location(problem.origin)}]
    return result


def _location(origin: Origin) -> dict[str, Any]:
    path = Path(origin.file)
    # Of a name that is not UTF-8 the bytes, as they are.
    uri = path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
    location: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if origin.line:
        location["region"] = {"startLine": origin.line, "startColumn": max(origin.column, 1)}
    return location
