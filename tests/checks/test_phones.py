"""Every telephone number of a topic and a clinic is one that can be called, and each fault is told at its own line."""

from __future__ import annotations

from pathlib import Path

import pytest
from topic_samples import CONTENT, ROOT, TODAY, Change

from handouts.build.make import examine
from handouts.build.request import Request
from handouts.checks.registry import RULES
from handouts.checks.rule import OfPhones, findings_of
from handouts.files.workspace import Workspace
from handouts.problems import Problem, ProblemsError


def _found(content: Path, clinic: Path | None = None, region: str | None = None) -> list[Problem]:
    """What the rules on telephone numbers find, or what stops a file from being read."""
    workspace = Workspace(content, ROOT / "templates")
    try:
        loaded = workspace.topic("ixazomib").topic
        subject = OfPhones(loaded, workspace.clinic(clinic).clinic if clinic else None, region)
    except ProblemsError as bad:
        return list(bad.problems)
    return list(findings_of(RULES, subject))


SHOWN, DIAL = "shown: 1-866-603-MMCT", 'dial: "+18666036628"'


def _contacts(changed: Change, *others: str) -> Path:
    """The shipped topic with more contacts below its own, each a block in one line."""
    lines = "".join(f"  {one}\n" for one in others)
    names = "".join(f"  {one.partition(':')[0]}: {{name: Another}}\n" for one in others)
    changed(("\nfreshness:", f"{lines}\nfreshness:"))
    return changed(("  trial_line: {name: MMRF trial line}\n", f"  trial_line: {{name: x}}\n{names}"), file="en.yaml")


@pytest.mark.parametrize(
    ("old", "new", "place", "code", "message"),
    [
        (
            SHOWN,
            "shown: 1-866-603-MMCX",
            "18:12",
            "PHONE02",
            "'shown' spells 18666036629, but 'dial' calls +18666036628",
        ),
        (SHOWN, "shown: 603-MMCT", "18:12", "PHONE02", "'shown' spells 6036628"),
        (SHOWN, "shown: +866-603-6628", "18:12", "PHONE02", "'shown' spells 8666036628"),
        (SHOWN, "shown: 1-866-603-MMCTÉ", "18:12", "PHONE03", "'shown' has 'É', which is on no telephone's keys"),
        (SHOWN, "shown: 1-866-603-6628 ٣", "18:12", "PHONE03", "'shown' has '٣', which is on no telephone's keys"),
        (DIAL, 'dial: "+9996036628"', "19:11", "PHONE01", "begins with the code of no country"),
        (DIAL, 'dial: "+1866603662"', "19:11", "PHONE01", "has 9 digits after the country code +1"),
        (DIAL, "dial: 18666036628", "19:11", "SCHEMA07", "is the number 18666036628"),
        (SHOWN, "shown: 8666036628", "18:12", "SCHEMA07", "is the number 8666036628"),
    ],
)
def test_a_contact_that_is_not_one_number_is_told_at_its_line(
    changed: Change, old: str, new: str, place: str, code: str, message: str
) -> None:
    (problem,) = _found(changed((old, new)))
    assert f"{problem.origin.line}:{problem.origin.column}" == place
    assert (problem.code, problem.severity) == (code, "error")
    assert message in problem.message
    assert problem.instead


def test_a_number_that_nobody_was_given_is_a_warning(changed: Change) -> None:
    content = changed((SHOWN, "shown: 1-999-603-MMCT"), (DIAL, 'dial: "+19996036628"'))
    (problem,) = _found(content)
    assert (problem.code, problem.severity, problem.origin.line) == ("PHONE04", "warning", 19)


def test_every_contact_is_judged_at_its_own_place(changed: Change) -> None:
    content = _contacts(
        changed,
        'unit: {shown: 1-202-555-0143, dial: "+12025550144", source: mmrf}',
        'spain: {dial: "+3490055843", source: mmrf}',
        'lifeline: {code: "988", region: US, source: mmrf}',
        "chat: {system: url, address: 'https://example.org', source: mmrf}",
        "unit_of_clinic: {from: clinic}",
    )
    assert {(p.code, p.origin.line) for p in _found(content)} == {("PHONE02", 25), ("PHONE01", 26)}


def test_a_word_beyond_the_last_digit_is_no_other_number(changed: Change) -> None:
    line = 'unit: {shown: 1-844-4KYMRIAH, dial: "+18444596742", source: mmrf}'
    assert _found(_contacts(changed, line)) == []


def test_all_that_is_wrong_with_a_contact_comes_at_once(changed: Change) -> None:
    found = _found(changed((SHOWN, "shown: 1-866-603-MMCXÉ")))
    assert [p.code for p in found] == ["PHONE02", "PHONE03"]


@pytest.mark.parametrize(
    ("phone", "codes"), [("900 55 84 32", []), ("1-202-555-0143", []), ("555-0143", ["PHONE04"]), ("12", ["PHONE01"])]
)
def test_a_clinics_number_is_one_of_any_country_of_the_contacts(
    changed: Change, tmp_path: Path, phone: str, codes: list[str]
) -> None:
    content = _contacts(changed, 'spain: {dial: "+34900558432", source: mmrf}')
    assert [p.code for p in _found(content, _clinic(tmp_path, f"'{phone}'"))] == codes


def test_a_short_code_says_in_which_country_a_clinics_number_is(changed: Change, tmp_path: Path) -> None:
    content = changed((SHOWN, "code: '024'"), (DIAL, "region: ES"))
    assert _found(content, _clinic(tmp_path, "900 55 84 32")) == []
    assert [p.code for p in _found(content, _clinic(tmp_path, "(202) 555-0187"))] == ["PHONE01"]


def test_where_nothing_says_the_country_of_a_clinics_number_it_is_asked_for(changed: Change, tmp_path: Path) -> None:
    content = changed((DIAL, 'dial: "+80012345678"'), (SHOWN, "shown: +800 1234 5678"))  # of no country
    clinic = _clinic(tmp_path, "'301234567'")
    (problem,) = _found(content, clinic)
    assert (problem.code, problem.severity, problem.origin.line) == ("PHONE04", "warning", 3)
    assert "as 'country' or by --region" in problem.instead
    assert [p.code for p in _found(content, clinic, "DE")] == ["PHONE06"]
    assert _found(content, _clinic(tmp_path, "'+49 30 1234567'")) == []


@pytest.mark.parametrize("phone", ["1-202-555-0187", "(202) 555-0187 ext. 12", "+49 30 450500", "202-555-HELP"])
def test_a_clinics_number_may_have_an_extension_or_another_country(tmp_path: Path, phone: str) -> None:
    assert _found(CONTENT, _clinic(tmp_path, phone)) == []


@pytest.mark.parametrize(
    ("phone", "severity", "code"),
    [
        ("555-0187", "warning", "PHONE04"),
        ("1-999-555-0187", "warning", "PHONE04"),
        ("1-202-555-01877", "error", "PHONE01"),
        ("030 450 50 01 22", "error", "PHONE01"),
        ("ask at the desk", "error", "PHONE01"),
        ("2025550187", "error", "SCHEMA07"),
    ],
)
def test_a_clinics_number_that_cannot_be_called_is_told_at_its_line(
    tmp_path: Path, phone: str, severity: str, code: str
) -> None:
    clinic = _clinic(tmp_path, phone)
    (problem,) = _found(CONTENT, clinic)
    assert (problem.code, problem.severity) == (code, severity)
    assert (problem.origin.file, problem.origin.line, problem.origin.column) == (str(clinic), 3, 8)


@pytest.mark.parametrize(
    ("phone", "country", "region", "codes"),
    [
        ("301234567", "DE", None, ["PHONE06"]),
        ("4930123456", None, "DE", ["PHONE06"]),
        ("14155550187.0", None, None, ["PHONE06"]),
        ("030 1234567", "DE", "US", []),
        ("030 1234567", None, "DE", []),
        ("030 450500122", None, None, ["PHONE01"]),
        ("+49 30 1234567", "US", None, []),
        ("202-555-0187", "US", "DE", []),
        ("1-202-555-0187", None, None, []),
    ],
)
def test_a_clinics_number_is_one_that_its_country_can_dial(
    tmp_path: Path, phone: str, country: str | None, region: str | None, codes: list[str]
) -> None:
    clinic = _clinic(tmp_path, f"'{phone}'", country)
    assert [(p.code, p.severity) for p in _found(CONTENT, clinic, region)] == [(code, "error") for code in codes]


def test_of_several_countries_one_where_the_beginning_is_lost_is_told(changed: Change, tmp_path: Path) -> None:
    content = _contacts(changed, 'berlin: {dial: "+4930450500", source: mmrf}')
    (problem,) = _found(content, _clinic(tmp_path, "'301234567'"))
    assert (problem.code, problem.origin.line, problem.origin.column) == ("PHONE06", 3, 8)
    assert problem.instead.startswith("write '030 1234567' or '+49 30 1234567'")


@pytest.mark.parametrize(
    ("country", "code"),
    [("XX", "SCHEMA07"), ("de", "SCHEMA05"), ("Germany", "SCHEMA05"), ("DE\nregion: US", "SCHEMA07")],
)
def test_what_is_no_country_of_a_clinic_is_refused(tmp_path: Path, country: str, code: str) -> None:
    (problem,) = _found(CONTENT, _clinic(tmp_path, "'030 1234567'", country))
    assert problem.code == code and problem.instead


def test_a_clinic_may_say_its_country_as_contacts_do(tmp_path: Path) -> None:
    assert _found(CONTENT, _clinic(tmp_path, "'030 1234567'", "DE\nregion: DE")) == []


def test_a_spelling_with_a_plus_is_the_number_that_is_dialled(changed: Change) -> None:
    content = changed((SHOWN, "shown: +268-460-1234"), (DIAL, 'dial: "+12684601234"'))
    (problem,) = _found(content)
    assert (problem.code, problem.origin.line, problem.origin.column) == ("PHONE02", 18, 12)
    assert problem.message == "'shown' spells 2684601234, from the country code on, but 'dial' calls +12684601234"
    assert "'+1 268-460-1234'" in problem.instead


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("+866-603-6628", "'+866-603-6628' stands on a link that calls +18666036628"),
        ("1-866-603-6629", "'1-866-603-6629' stands on a link"),
        ("+1 866 603 6628", ""),
        ("(866) 603-6628 ext. 5", ""),
        ("1-866-603-MMCT (6628)", ""),
        ("Call us", ""),
        ("24 hours a day", ""),
    ],
)
def test_a_number_that_a_template_links_is_the_one_that_the_link_calls(tmp_path: Path, shown: str, said: str) -> None:
    (tmp_path / "card").mkdir()
    text = (ROOT / "templates" / "card" / "contacts.html.j2").read_text("utf-8")
    changed = text.replace("{{ first.digits }}</a>", f"{shown}</a>")
    assert changed != text
    (tmp_path / "card" / "contacts.html.j2").write_text(changed, "utf-8")
    request = Request(TODAY, ("card",), ("ixazomib",), content=CONTENT, templates=tmp_path)
    # That it is typed, and not the contact's own, is another finding.
    found = [problem for problem in examine(request).findings if problem.code == "PHONE07"]
    assert len(found) == bool(said)
    assert all(said in problem.message and "+1 866-603-6628" in problem.instead for problem in found)


def _clinic(folder: Path, phone: str, country: str | None = None) -> Path:
    path = folder / "clinic.yaml"
    lines = f"schema_version: 1\nname: Clinic\nphone: {phone}\n" + (f"country: {country}\n" if country else "")
    path.write_text(lines, "utf-8")
    return path
