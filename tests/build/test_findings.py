"""`handouts check`: findings as text, JSON and SARIF, the same in each, with the exit status of a build."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from topic_samples import CONTENT, ROOT, TOPICS, Change

from handouts.build.findings import as_sarif
from handouts.checks.registry import RULES
from handouts.cli.main import STOPPED, WRONG_COMMAND, commands, run
from handouts.problems import Origin, error, warning

MULTITOOL = os.environ.get("SARIF_MULTITOOL") or shutil.which("sarif-multitool")
WAIVER = """\
waivers:
  - code: STALE01
    at: as_of
    reason: A page on history
    until: 2026-12-31

freshness:
"""


class Check:
    """Runs `handouts check` on one day in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str | Path, content: Path = CONTENT) -> tuple[int, str, str]:
        given = ["check", "--content", str(content), "--date", "2026-03-31", *map(str, arguments)]
        status = run(commands, given)
        shown = self.capsys.readouterr()
        return status, shown.out, shown.err


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    return Check(capsys)


def test_topics_can_be_named(check: Check) -> None:
    status, out, err = check("longwords", content=TOPICS)
    assert status == 0
    assert [line for line in out.splitlines() if not line.startswith(" ")] == ["longwords, en: how the handout reads"]
    assert "3 documents can be built" in err
    assert "espanol" not in err
    assert check("nothing", content=TOPICS)[0] == WRONG_COMMAND


def test_json_tells_what_the_text_does(check: Check) -> None:
    _, _, text = check()
    status, out, err = check("--format", "json")
    told = json.loads(out)
    assert (status, err) == (0, "")
    lines = [f"{f['file']}:{f['line']}:{f['column']}: {f['code']} {f['severity']}: {f['message']}; {f['instead']}"
             for f in told["findings"]]  # fmt: skip
    assert lines == text.splitlines()[:-1]
    assert told["waived"] == []


def test_what_stops_a_build_stops_a_check_in_every_format(check: Check, changed: Change) -> None:
    content = changed(("evaluable: 46", "evaluable: many"))
    for form in ("text", "json", "sarif"):
        status, out, err = check("--format", form, content=content)
        assert status == STOPPED
        assert "SCHEMA03" in (err if form == "text" else out)
    assert check("--strict", "--format", "json")[0] == STOPPED


def test_a_mistake_in_what_is_known_of_a_language_is_a_finding_in_every_format(check: Check, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", templates)
    plain = templates / "plain" / "en.yaml"
    text = plain.read_text("utf-8")
    assert "\n  being: 2\n" in text
    plain.write_text(text.replace("\n  being: 2\n", "\n  being:\n"), "utf-8")
    for form in ("text", "json", "sarif"):
        status, out, err = check("--format", form, "--templates", templates)
        assert status == STOPPED
        told = err if form == "text" else out
        assert told.count("syllables.being is empty") == 1
        if form != "text":
            assert json.loads(told)


def _run_of(log: str) -> dict[str, Any]:
    told = json.loads(log)
    assert told["version"] == "2.1.0"
    assert told["$schema"].endswith("sarif-schema-2.1.0.json")
    (found,) = told["runs"]
    return found


def test_sarif_names_every_rule_and_locates_every_result(check: Check) -> None:
    found = _run_of(check("--format", "sarif")[1])
    driver = found["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == [rule.code for rule in RULES]
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning")
    plain = json.loads(check("--format", "json")[1])["findings"]
    assert len(found["results"]) == len(plain) > 0
    for result, one in zip(found["results"], plain, strict=True):
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == one["code"]
        assert result["level"] == one["severity"]
        assert one["message"] in result["message"]["text"]
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) == (one["line"], one["column"])


def test_sarif_holds_addresses_not_paths(tmp_path: Path) -> None:
    absolute = tmp_path / "a b" / "ü.yaml"
    problems = [
        warning(Origin("content/a b/en.yaml", 3, 1), "NUM11", "x"),
        error(Origin(str(absolute), 1, 1), "YAML03", "a\nb", "c"),
        error(Origin("content/new"), "FILE01", "x"),
        error(Origin(""), "FILE01", "x"),
    ]
    results = _run_of(as_sarif(problems, (), RULES))["results"]
    places = [result["locations"][0]["physicalLocation"] for result in results[:3]]
    assert [place["artifactLocation"]["uri"] for place in places] == [
        "content/a%20b/en.yaml", absolute.as_uri(), "content/new",
    ]  # fmt: skip
    assert "region" not in places[2]
    assert "locations" not in results[3]
    assert "ruleIndex" not in results[1]
    assert results[1]["message"]["text"] == r"a\nb; c"


def test_what_is_waived_is_told_as_such(check: Check, changed: Change) -> None:
    content = changed(("freshness:\n", WAIVER))
    status, _, err = check(content=content)
    assert status == 0
    assert "STALE01" not in err
    assert err.endswith("3 documents can be built; 5 warnings; 1 waived\n")
    told = json.loads(check("--format", "json", content=content)[1])
    assert "STALE01" not in {one["code"] for one in told["findings"]}
    (waived,) = told["waived"]
    assert (waived["code"], waived["reason"], waived["until"]) == ("STALE01", "A page on history", "2026-12-31")
    suppressed = [r for r in _run_of(check("--format", "sarif", content=content)[1])["results"] if "suppressions" in r]
    assert [r["ruleId"] for r in suppressed] == ["STALE01"]
    assert suppressed[0]["suppressions"] == [
        {"kind": "inSource", "justification": "A page on history (until 2026-12-31)"}
    ]


@pytest.mark.slow
@pytest.mark.skipif(MULTITOOL is None, reason="the SARIF Multitool is not here; .ci/run installs it")
def test_the_sarif_multitool_finds_no_error(check: Check, changed: Change, tmp_path: Path) -> None:
    def judged(log: str, name: str) -> str:
        (tmp_path / f"{name}.sarif").write_text(log, "utf-8")
        command = [str(MULTITOOL), "validate", f"{name}.sarif", "--output", f"{name}-judged.sarif"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
        assert "Analysis completed successfully." in done.stdout
        return done.stdout

    log = check("--format", "sarif", content=changed(("freshness:\n", WAIVER)))[1]
    assert ": error " not in judged(log, "ours")
    assert ": error JSON1001" in judged(re.sub(r'"startLine": (\d+)', r'"startLine": "\1"', log), "broken")
