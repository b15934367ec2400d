"""A waiver covers one finding at one place until its day; one that covers nothing, or cannot, is a finding itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from content_findings import SHIPPED, findings, line_of, only_new, rewrite
from topic_samples import CONTENT, ROOT, TODAY, Change

from handouts.build.make import examine
from handouts.build.request import Request
from handouts.checks.waivers import path_of
from handouts.model.load import load
from handouts.model.topic import Topic

FIRST_QUESTION = "questions, item 1"


def _waiver(code: str = "NUM10", at: str = FIRST_QUESTION, language: str = "en") -> str:
    where = f"    language: {language}\n" if language else ""
    said = "    reason: A number of the law\n    until: 2026-12-31\n\nfreshness:\n"
    return f"waivers:\n  - code: {code}\n{where}    at: {at}\n{said}"


def _content(changed: Change, waiver: str) -> Path:
    content = changed(("freshness:\n", waiver))
    rewrite(content / "ixazomib" / "en.yaml", ("questions", 0), "What says rule 4711?")
    return content


def _waived(content: Path, today: date = TODAY, *formats: str) -> list[str]:
    request = Request(today, formats, content=content, templates=ROOT / "templates")
    return [one.problem.code for one in examine(request).waived]


def test_a_number_in_words_can_be_waived_where_it_stands(changed: Change) -> None:
    content = _content(changed, _waiver())
    assert {p.code for p in findings(content)} == SHIPPED
    assert _waived(content) == ["NUM10"]


def test_a_waiver_holds_on_its_last_day_and_not_after(changed: Change) -> None:
    content = _content(changed, _waiver())
    assert {p.code for p in findings(content, date(2026, 12, 31))} >= SHIPPED
    assert not {"NUM10", "WAIVE01"} & {p.code for p in findings(content, date(2026, 12, 31))}
    after = {p.code: p for p in findings(content, date(2027, 1, 1))}
    assert after["NUM10"].severity == "error"
    assert after["WAIVE01"].origin.line == line_of(content / "ixazomib" / "topic.yaml", "until: 2026-12-31")


@pytest.mark.parametrize(
    ("at", "others"),
    [
        ("questions, item 2", {"NUM10", "WAIVE02"}),
        ("questions", {"NUM10", "WAIVE02"}),
        ("question, item 1", {"NUM10", "WAIVE03"}),
    ],
)
def test_a_waiver_of_another_place_or_of_a_whole_part_covers_nothing(
    changed: Change, at: str, others: set[str]
) -> None:
    assert {p.code for p in findings(_content(changed, _waiver(at=at)))} - SHIPPED == others


def test_a_waiver_of_another_rule_covers_nothing(changed: Change) -> None:
    found = {p.code for p in findings(_content(changed, _waiver(code="NUM11")))}
    assert found - SHIPPED == {"NUM10", "WAIVE02"}


@pytest.mark.parametrize(
    ("code", "at", "language", "message"),
    [
        ("NUM99", "as_of", "", "no rule has the code NUM99"),
        ("REVIEW01", "language", "en", "REVIEW01 cannot be waived"),
        ("NUM01", "studies.weekly.outcomes.orr", "", "NUM01 cannot be waived"),
        ("STALE01", "as_off", "", "has no place 'as_off'"),
    ],
)
def test_a_waiver_that_cannot_work_stops_the_build(
    changed: Change, code: str, at: str, language: str, message: str
) -> None:
    problem = only_new(findings(changed(("freshness:\n", _waiver(code, at, language)))))
    assert (problem.code, problem.severity) == ("WAIVE03", "error")
    assert message in problem.message


def test_a_waiver_for_a_language_that_the_topic_lacks_stops_a_whole_build(changed: Change) -> None:
    content = changed(("freshness:\n", _waiver(language="xx")))
    request = Request(TODAY, content=content, templates=ROOT / "templates")
    assert {p.code for p in examine(request).findings} - SHIPPED == {"WAIVE03"}


def test_what_a_document_finds_can_be_waived_and_is_not_called_idle_by_a_build_of_another(changed: Change) -> None:
    changed(("values: [mm2.pfs]", "values: [mm2.pfs, mm2.planned]"))
    content = changed(("freshness:\n", _waiver("TOLD01", "statements.N4", "")))
    assert set(_waived(content)) == {"TOLD01"}
    assert _waived(content, TODAY, "card") == []
    assert {p.code for p in findings(content)} == SHIPPED


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("reason: ' '\n    until: 2026-12-31", "SCHEMA07"),
        ("until: 2026-12-31", "SCHEMA02"),
        ("reason: x", "SCHEMA02"),
        ("reason: x\n    until: 2026", "SCHEMA07"),
        ("reason: x\n    until: about 2026", "SCHEMA07"),
    ],
)
def test_a_waiver_needs_a_reason_and_a_day(changed: Change, text: str, code: str) -> None:
    content = changed(("freshness:\n", f"waivers:\n  - code: STALE01\n    at: as_of\n    {text}\n\nfreshness:\n"))
    assert {p.code for p in findings(content)} == {code}


@pytest.mark.parametrize(
    ("at", "path"),
    [
        ("as_of", ("as_of",)),
        ("studies.weekly.outcomes.orr", ("studies", "weekly", "outcomes", "orr")),
        ("statements.N1.sources, item 2", ("statements", "N1", "sources", 1)),
        ("", None),
        ("statements.", None),
    ],
)
def test_places_are_spelled_as_messages_spell_them(at: str, path: tuple[str | int, ...] | None) -> None:
    file = CONTENT / "ixazomib" / "topic.yaml"
    assert path_of(load(str(file), file.read_bytes(), Topic).document, at) == path
