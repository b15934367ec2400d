"""A mistake that stands at many places is told once, with the places; other mistakes keep a line each."""

from __future__ import annotations

import pytest

from handouts.problems import Origin, Problem, error, nearest, told_once, warning


def told(*problems: Problem) -> list[str]:
    return [str(one) for one in told_once(problems)]


def unknown(line: int, cause: str = "mmrf", file: str = "topic.yaml") -> Problem:
    return error(Origin(file, line, 9), "REF01", f"item {line} names '{cause}'", "known: a", cause)


def test_one_name_that_leads_nowhere_is_one_line_with_all_its_places() -> None:
    assert told(*(unknown(line) for line in range(1, 4))) == [
        "topic.yaml:1:9: REF01 error: item 1 names 'mmrf' (also at 2:9, 3:9); known: a"
    ]


def test_of_many_places_the_first_are_named_and_the_others_counted() -> None:
    (line,) = told(*(unknown(line) for line in range(1, 31)))
    assert "(also at 2:9, 3:9, 4:9, 5:9, 6:9, 7:9, 8:9, 9:9 and 21 more places); known: a" in line


def test_the_same_words_are_one_mistake_without_a_cause_of_their_own() -> None:
    found = [warning(Origin("en.yaml", line, 3), "READ03", "'obtain' is a hard word", "write: get") for line in (4, 9)]
    assert told(*found) == ["en.yaml:4:3: READ03 warning: 'obtain' is a hard word (also at 9:3); write: get"]


@pytest.mark.parametrize(
    "other",
    [
        unknown(2, "mmrg"),
        unknown(2, file="other.yaml"),
        error(Origin("topic.yaml", 2, 9), "REF02", "item 1 names 'mmrf'", "known: a", "mmrf"),
        warning(Origin("topic.yaml", 2, 9), "REF01", "item 1 names 'mmrf'", "known: a"),
        error(Origin("topic.yaml", 2, 9), "REF01", "item 1 names 'mmrf'", "known: b"),
    ],
    ids=["name", "file", "code", "severity", "advice"],
)
def test_what_differs_keeps_its_own_line(other: Problem) -> None:
    assert told(unknown(1), other) == [str(unknown(1)), str(other)]


def test_findings_for_other_programs_name_every_place() -> None:
    assert "cause" not in unknown(1).plain()


def test_one_line_that_several_documents_refuse_is_told_once_without_its_own_place_again() -> None:
    origin = Origin("topic.yaml", 5, 9)
    found = [error(origin, "SHOW01", "no dumbbell", f"show it as {one}", "no dumbbell") for one in ("a", "a or b")]
    assert told(*found) == ["topic.yaml:5:9: SHOW01 error: no dumbbell; show it as a"]


def test_the_nearest_of_ids_is_found_whatever_their_letters_are() -> None:
    assert nearest("DOSE_ONE", ["DOSE_1", "DOES_ONE"]) == "DOES_ONE"
    assert nearest("dose", ["DOSE"]) == "DOSE"
