"""`handouts index`: what is listed, in which form, and that the same content gives the same bytes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from coded_topics import MEDICINE, SPANISH, coded, signed
from topic_samples import CONTENT, ROOT

from handouts.cli.main import STOPPED, WRONG_COMMAND, commands, run

SCHEMA = json.loads((ROOT / "schema" / "index.schema.json").read_text("utf-8"))


def index(content: Path, *more: str) -> int:
    return run(commands, ["index", "--content", str(content), "--date", "2026-03-31", *more])


def listed(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, SCHEMA)
    return {topic["id"]: topic for topic in found["topics"]}


def test_topics_are_listed_with_codes_languages_and_documents(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = coded(tmp_path)
    signed(content, MEDICINE, "en")
    assert index(content) == 0
    topics = listed(capsys)
    assert list(topics) == [SPANISH, MEDICINE]
    medicine = topics[MEDICINE]
    assert (medicine["brand"], medicine["as_of"]) == ("Beispielozentra", "2025-06")
    assert medicine["codes"][1] == {
        "system": "ndc", "oid": "2.16.840.1.113883.6.69", "uri": "http://hl7.org/fhir/sid/ndc", "code": "99999-123-45",
        "display": "Beispielozentra", "as_of": "2025-06",
        "source": {"id": "register", "title": "Made-up register of medicines that do not exist",
                   "publisher": "Musterstudienzentrale", "as_of": "2025-06",
                   "address": "https://register.example/beispielozomibtrimethoxalat"},
    }  # fmt: skip
    english, spanish = medicine["editions"]
    assert (english["language"], english["review"], english["reviewed_on"]) == ("en", "approved", "2026-03-31")
    assert (spanish["language"], spanish["review"], spanish["reviewed_on"]) == ("es", "draft", None)
    assert "longwords-es-handout.pdf" in [one["file"] for one in spanish["documents"]]


def test_the_shipped_topics_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert index(CONTENT) == 0
    topics = listed(capsys)
    assert [code["code"] for code in topics["ixazomib"]["codes"]] == ["63020-390"]
    assert all(topic["problems"] == [] and topic["editions"] for topic in topics.values())


def test_a_broken_topic_is_listed_with_its_problems_and_stops_a_strict_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, out = coded(tmp_path), tmp_path / "new" / "index.json"
    words = content / SPANISH / "es.yaml"
    words.write_text(words.read_text("utf-8") + "\nno such key: 1\n", "utf-8")
    assert index(content, "--out", str(out), "--strict") == STOPPED
    assert not out.exists()
    assert "SCHEMA01" in capsys.readouterr().err
    assert index(content, "--out", str(out)) == 0
    assert "2 topics, 1 of them with problems" in capsys.readouterr().err
    found = json.loads(out.read_text("utf-8"))
    jsonschema.validate(found, SCHEMA)
    broken, sound = found["topics"]
    assert (broken["id"], broken["editions"], broken["brand"]) == (SPANISH, [], "Ejemplara")
    assert broken["problems"][0]["file"] == "espanol/es.yaml"
    assert len(sound["editions"]) == 2


def test_the_same_content_gives_the_same_bytes_wherever_it_lies(tmp_path: Path) -> None:
    outs = []
    for name in ("a", "b"):
        content = coded(tmp_path / name)
        outs.append(tmp_path / name / "index.json")
        assert index(content, "--out", str(outs[-1])) == 0
    first, second = (out.read_bytes() for out in outs)
    assert first == second
    assert first.endswith(b"}\n")


def test_a_folder_that_is_not_there_is_a_wrong_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert index(tmp_path / "none") == WRONG_COMMAND
    assert "Traceback" not in capsys.readouterr().err
