"""A text that a note, a colon or a comma cuts is told, in every kind of file; a name or number may have a note."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.model.base import Model
from handouts.model.clinic import Clinic
from handouts.model.load import load
from handouts.model.review import Review
from handouts.model.topic import Topic
from handouts.model.words import Words
from handouts.problems import Problem, ProblemsError
from handouts.theme.sheet import Sheet

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content" / "ixazomib"
CLINIC = "schema_version: 1\nname: Clinic\n"


def problems(text: str, schema: type[Model] = Clinic) -> tuple[Problem, ...]:
    try:
        load("f.yaml", text, schema)
    except ProblemsError as bad:
        return bad.problems
    return ()


CUT = {
    "hours: Door #2, 9 to 5": ("3:13", "hours is cut at '#2, 9 to 5'"),
    "hours: Daily # until May": ("3:14", "hours is cut at '# until May'"),
    "hours: Monday\n  to Friday # note": ("4:13", "hours is cut at '# note'"),
    "hours: 9 #2": ("3:10", "hours is cut at '#2'"),
    "hours: #2 door": ("3:8", "hours is cut at '#2 door'"),
    "phone: 1-202-555-0187 # ext. 5": ("3:23", "phone is cut at '# ext. 5'"),
    "colours:\n  accent: #8A1538": ("4:11", "colours.accent is cut at '#8A1538'"),
    "colours: {accent: #8A1538}": ("3:19", "this text is cut at '#8A1538}'"),
    "address:\n  - 1 High St # near\n  - Town": ("4:15", "address, item 1 is cut at '# near'"),
    "address: [1 High St #4, Town]": ("3:21", "this text is cut at '#4, Town]'"),
    "address: [1 High St,\n  Town # near\n]": ("4:8", "address, item 2 is cut at '# near'"),
    "hours: Daily # note\n  to May": ("3:14", "this text is cut at '# note'"),
    "hours: Daily\n# note\n  to May": ("4:1", "this text is cut at '# note'"),
    "hours: Ask at the door\n  #2 on the left": ("4:3", "hours is cut at '#2 on the left'"),
    "hours: Ask\n  at the door\n  #2": ("5:3", "hours is cut at '#2'"),
    "address:\n  - 1 High St, Apt\n    #4\n  - Town": ("5:5", "address, item 1 is cut at '#4'"),
    'colours: {accent: "#112233" # blue, caution: "#112233"}': (
        "3:29",
        "this text is cut at '# blue, caution: \"#112233\"}'",
    ),
    "hours #2: Daily": ("3:7", "this text is cut at '#2: Daily'"),
}


@pytest.mark.parametrize(
    "lines",
    [
        "hours: Daily\n#2 on the left",
        "hours: Daily\n  # note",
        "hours: Daily\n  #country: US",
        "hours: 'Daily'\n  #2",
        "address:\n  - 1 High St\n  #4 is closed\n  - Town",
        "country: US\n  #2",
    ],
)
def test_a_note_below_a_text_is_a_note_where_notes_stand(lines: str) -> None:
    assert problems(f"{CLINIC}{lines}\n") == ()


@pytest.mark.parametrize("lines", CUT)
def test_a_text_that_a_note_cuts_is_told_at_the_note(lines: str) -> None:
    (problem,) = problems(f"{CLINIC}{lines}\n")
    assert (problem.code, problem.severity) == ("YAML12", "error")
    assert (f"{problem.origin.line}:{problem.origin.column}", problem.message) == (
        CUT[lines][0],
        f"{CUT[lines][1]}, which YAML takes for a note",
    )
    assert problem.instead == "put the whole text in quotes, or move the note to a line above it"


@pytest.mark.parametrize(
    "lines",
    [
        "hours: 'Door #2' # note",
        'hours: "Door #2" # note',
        "hours: >- # note\n  Door #2",
        "hours: |-\n  Door #2",
        "hours: Door#2",
        "# Door #2\nhours: Daily\n# note",
        "hours: # none yet",
        "hours: ~ # none",
        "address: # two lines\n  - 1 High St\n  # near\n  - Town",
        "address: [1 High St, # near\n  Town] # note",
        "logo: {file: logo.png, alt: Clinic} # note",
        "logo:\n  file: logo.png # a name\n  alt: Clinic",
        "colours:\n  accent: '#8A1538' # ours",
    ],
)
def test_a_note_that_cuts_no_text_is_allowed(lines: str) -> None:
    assert problems(f"{CLINIC}{lines}\n") == ()


@pytest.mark.parametrize(
    ("file", "old", "schema"),
    [
        ("topic.yaml", "  brand: Ninlaro\n", Topic),
        ("en.yaml", "  title: Ixazomib for smoldering multiple myeloma\n", Words),
    ],
)
def test_topics_and_words_are_read_so(file: str, old: str, schema: type[Model]) -> None:
    text = (CONTENT / file).read_text("utf-8")
    assert problems(text, schema) == ()
    line = next(line for line in text.splitlines(keepends=True) if line.startswith(old.partition(":")[0] + ": "))
    (problem,) = problems(text.replace(line, f"{line.rstrip()} #2 on day one\n", 1), schema)
    assert problem.code == "YAML12" and "is cut at '#2 on day one'" in problem.message


def test_names_numbers_and_dates_of_a_topic_may_have_notes_behind_them() -> None:
    text = (CONTENT / "topic.yaml").read_text("utf-8")
    noted = [
        f"{line} # note"
        if line.lstrip().startswith(("source: ", "enrolled: ", "as_of: ", "kind: ", "phase: "))
        else line
        for line in text.splitlines()
    ]
    assert sum(line.endswith("# note") for line in noted) > 5
    assert problems("\n".join(noted), Topic) == ()


def test_stock_is_named_for_the_program_and_described_for_people() -> None:
    text = (ROOT / "templates" / "sheets" / "a4-cards.yaml").read_text("utf-8")
    name = next(line for line in text.splitlines() if line.startswith("name: "))
    assert problems(text.replace(name, f"{name} # ours"), Sheet) == ()
    described = next(line for line in text.splitlines() if line.startswith("description: "))
    (problem,) = problems(text.replace(described, "description: cards # ours"), Sheet)
    assert problem.code == "YAML12"


def test_a_review_is_read_so() -> None:
    text = (CONTENT / "review.yaml").read_text("utf-8") if (CONTENT / "review.yaml").exists() else ""
    text = text or "schema_version: 1\nlanguages: {}\n"
    assert not any(problem.code == "YAML12" for problem in problems(text, Review))


def test_a_cut_text_is_told_together_with_what_does_not_fit() -> None:
    found = problems(f"{CLINIC}hours: 9 #2\nfax: 1\n")
    assert [problem.code for problem in found] == ["YAML12", "SCHEMA01"]


@pytest.mark.parametrize(
    ("lines", "place", "message"),
    [
        ("hours:\n  - Mo: 9", None, ""),
        ("address:\n  - Take it: now", "4:5", "address, item 1 holds ': ', which makes a key of the words before it"),
        ("logo: {file: logo.png, alt: Our logo, in blue}", "3:39", "logo has the key 'in blue', which stands behind a"),
    ],
)
def test_a_text_of_which_a_part_became_a_key_is_told(lines: str, place: str | None, message: str) -> None:
    (problem,) = problems(f"{CLINIC}{lines}\n")
    if place is None:
        assert problem.code == "SCHEMA03"
        return
    assert problem.code == "YAML15" and problem.message.startswith(message)
    assert f"{problem.origin.line}:{problem.origin.column}" == place
    assert "in quotes" in problem.instead


def test_a_key_that_a_long_text_swallows_is_told_once() -> None:
    (problem,) = problems(f"{CLINIC}hours: >-\n  Monday to Friday.\n  phone: 1-202-555-0187\n")
    assert (problem.code, problem.origin.line, problem.origin.column) == ("YAML14", 5, 3)
    assert problem.message == "hours has the line 'phone:', which is a key of its block, as words"
    (problem,) = problems("schema_version: 1\naddress: [x]\nhours: >-\n  Daily.\n  name: Clinic\n")
    assert problem.code == "YAML14", "that the key is missing is the same mistake"


@pytest.mark.parametrize(
    "lines",
    [
        "hours: >-\n  Ask for our\n  phone: it is new.",
        "hours: >-\n  Daily.\n  doors: two",
        "hours: >-\n  Daily.\n  phone: in the hall\nphone: 1-202-555-0187",
        "hours: >-\n  Daily.\n  phone:1",
    ],
)
def test_a_word_with_a_colon_in_a_long_text_is_a_word(lines: str) -> None:
    assert problems(f"{CLINIC}{lines}\n") == ()
