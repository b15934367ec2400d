"""Codes of a topic: which forms are sound, what is said of those that are not, and which spellings are one code."""

from __future__ import annotations

import pytest

from handouts.model.code import Code
from handouts.model.code_forms import SYSTEMS, CodeSystem, covers, fault, plain, readings
from handouts.model.load import load
from handouts.model.topic import Topic
from handouts.problems import Problem, ProblemsError

SOUND: tuple[tuple[CodeSystem, str], ...] = (
    ("rxnorm", "1191"), ("rxnorm", "2"), ("rxnorm", "12345678"),
    ("ndc", "0002-1433-80"), ("ndc", "63020-390-02"), ("ndc", "50242-0040-1"), ("ndc", "63020-0390-02"),
    ("ndc", "63020039002"), ("ndc", "63020-390"), ("ndc", "0002-1433"), ("ndc", "63020-0390"),
    ("icd10cm", "C90"), ("icd10cm", "O9A.2"), ("icd10cm", "I10"),
    ("icd10cm", "C90.00"), ("icd10cm", "E11.9"), ("icd10cm", "C4A.9"), ("icd10cm", "Z3A.08"),
    ("icd10cm", "S52.521A"), ("icd10cm", "T36.0X1A"), ("icd10cm", "M1A.00X0"), ("icd10cm", "U07.1"),
    ("icd10cm", "J09.X2"), ("icd10cm", "J09.X"), ("icd10cm", "O40.1XX9"),
    ("snomed", "44054006"), ("snomed", "73211009"), ("snomed", "900000000000207008"), ("snomed", "404684003"),
    ("loinc", "4548-4"), ("loinc", "2345-7"), ("loinc", "34895-3"), ("loinc", "8867-4"),
)  # fmt: skip

WRONG: tuple[tuple[CodeSystem, str, str, str], ...] = (
    ("rxnorm", "01191", "no RxNorm code", "write '1191'"),
    ("rxnorm", "RXCUI 1191", "no RxNorm code", "write '1191'"),
    ("rxnorm", "1e5", "no RxNorm code", "digits alone"),
    ("rxnorm", "123456789", "up to eight digits", "digits alone"),
    ("rxnorm", "E11.9", "no RxNorm code", "if it is a code of ICD-10-CM, write 'system: icd10cm'"),
    ("ndc", "6302039002", "three NDCs may have", "'6302-0390-02', '63020-390-02' or '63020-3900-2'"),
    ("ndc", "123-45-6", "(3-2-1)", "4-4-2, 5-3-2, 5-4-1 or 5-4-2"),
    ("ndc", "630203900", "(9)", "4-4-2"),
    ("ndc", "63020-390-02-1", "(5-3-2-1)", "4-4-2"),
    ("ndc", "63020/390/02", "is no NDC", "like '0002-1433-80'"),
    ("icd10cm", "C9000", "not how ICD-10-CM writes it", "write 'C90.00'"),
    ("icd10cm", "c90.00", "not how ICD-10-CM writes it", "write 'C90.00'"),
    ("icd10cm", "C90.0O", "the letter O or I", "write 'C90.00'"),
    ("icd10cm", "EI1.9", "the letter O or I", "write 'E11.9'"),
    ("icd10cm", "C900.0", "not how ICD-10-CM writes it", "write 'C90.00'"),
    ("icd10cm", "C90.", "not how ICD-10-CM writes it", "write 'C90'"),
    ("icd10cm", "E11.-", "not how ICD-10-CM writes it", "write 'E11'"),
    ("icd10cm", "E1", "no ICD-10-CM code", "like 'E11.9'"),
    ("icd10cm", "E11.65000", "up to four characters", "like 'E11.9'"),
    ("icd10cm", "250.00", "no ICD-10-CM code", "like 'E11.9'"),
    ("icd10cm", "S02.0XX", "placeholder X", "S02.0XXA"),
    ("icd10cm", "S52.521T", "seventh character is T", "such as A, D or S"),
    ("icd10cm", "S52.5211", "seventh character is 1", "such as A, D or S"),
    ("snomed", "44054007", "check digit would be 6", "look it up again"),
    ("snomed", "44045006", "check digit would be", "look it up again"),
    ("snomed", "680946014", "the id of a description", "write its concept's"),
    ("snomed", "12345", "no SNOMED CT code", "6 to 18 digits"),
    ("snomed", "0440540061", "no SNOMED CT code", "the first not 0"),
    ("loinc", "4548-5", "check digit would be 4", "look it up again"),
    ("loinc", "5448-4", "check digit would be", "look it up again"),
    ("loinc", "45484", "no LOINC code", "like '4548-4'"),
    ("loinc", "LA6576-8", "no LOINC code", "like '4548-4'"),
)  # fmt: skip

HEAD = """
schema_version: 2
subject: {kind: medicine, name: x}
as_of: 2025
main_source: s
sources: {s: {title: T, publisher: P, as_of: 2025, address: "https://example.org/x"}}
sections: {}
statements: {}
codes:
"""


def topic(*codes: str) -> Topic:
    return load("topic.yaml", HEAD + "".join(f"  - {{{one}}}\n" for one in codes), Topic).value


def entry(code: str, system: str = "rxnorm") -> str:
    return f"system: {system}, code: {code}, display: D, source: s, as_of: 2025"


def problem(*codes: str) -> Problem:
    with pytest.raises(ProblemsError) as caught:
        topic(*codes)
    (found,) = caught.value.problems
    return found


@pytest.mark.parametrize(("system", "code"), SOUND)
def test_sound_codes_are_taken(system: CodeSystem, code: str) -> None:
    assert fault(system, code) is None
    assert plain(system, code) in readings(system, code)


@pytest.mark.parametrize(("system", "code", "what", "instead"), WRONG)
def test_what_is_no_code_is_told_with_what_to_write(system: CodeSystem, code: str, what: str, instead: str) -> None:
    found = problem(entry(f'"{code}"', system))
    assert found.origin.line == HEAD.count("\n") + 1
    assert found.message.startswith(f"codes, item 1, code is '{code}', ")
    assert what in found.message
    assert instead in found.instead


@pytest.mark.parametrize("system", SYSTEMS)
def test_each_systems_example_is_sound(system: CodeSystem) -> None:
    assert fault(system, SYSTEMS[system].example) is None


@pytest.mark.parametrize("system", ["snomed", "loinc"])
def test_a_check_digit_finds_every_slip_of_one_digit(system: CodeSystem) -> None:
    right = SYSTEMS[system].example
    slips = [
        right[:at] + digit + right[at + 1 :]
        for at, old in enumerate(right)
        for digit in "0123456789"
        if old.isdigit() and digit != old
    ]
    assert [code for code in slips if fault(system, code) is None] == []


@pytest.mark.parametrize("code", ["1191", "10.0", "44054006"])
def test_a_code_that_yaml_takes_for_a_number_needs_quotes(code: str) -> None:
    found = problem(entry(code))
    assert (found.code, found.instead) == ("SCHEMA03", f"put it in quotes: '{code}'")


def test_a_number_too_long_for_yaml_needs_quotes() -> None:
    assert "put it in quotes" in problem(entry("900000000000207008", "snomed")).instead


@pytest.mark.parametrize("code", ["0123", "1e5"])
def test_what_looks_like_a_number_and_is_kept_as_it_is_written_is_judged_as_that(code: str) -> None:
    assert f"is '{code}'" in problem(entry(code)).message


def test_an_unknown_system_is_told_with_the_known_ones() -> None:
    found = problem(entry("E11.9", "icd10"))
    assert found.code == "SCHEMA04"
    assert "did you mean 'icd10cm'?" in found.instead
    assert all(system in found.instead for system in SYSTEMS)


@pytest.mark.parametrize("missing", ["system", "code", "display", "source", "as_of"])
def test_nothing_of_a_code_may_be_left_out(missing: str) -> None:
    given = ", ".join(part for part in entry('"1191"').split(", ") if not part.startswith(missing))
    found = problem(given)
    assert (found.code, f"'{missing}'" in found.message) == ("SCHEMA02", True)


@pytest.mark.parametrize(
    ("system", "first", "second"),
    [("rxnorm", "1191", "1191"), ("ndc", "63020-390-02", "63020-0390-02"), ("ndc", "63020-390-02", "63020039002")],
)
def test_one_code_stands_once_however_it_is_spelt(system: str, first: str, second: str) -> None:
    found = problem(entry(f'"{first}"', system), entry(f'"{second}"', system))
    assert found.message == f"codes, item 2, code is '{second}', as codes, item 1 has it"
    assert found.instead == "delete one of the two"


def test_one_number_may_be_a_code_of_two_systems() -> None:
    codes = topic(entry('"44054006"'), entry('"44054006"', "snomed")).codes
    assert list(map(str, codes)) == ["RxNorm 44054006", "SNOMED CT 44054006"]
    assert isinstance(codes[0], Code)


@pytest.mark.parametrize(
    ("system", "own", "asked"),
    [
        ("ndc", "63020-390-02", "63020-390-02"), ("ndc", "63020-390-02", "6302039002"),
        ("ndc", "63020-390-02", "63020039002"), ("ndc", "63020-390", "63020-0390-99"),
        ("ndc", "63020-390-02", "63020-390"),
        ("icd10cm", "C90.00", "c9000"), ("icd10cm", "C90.0", "C90.01"), ("icd10cm", "C90", "C90.01"),
        ("rxnorm", "1191", " 1191 "), ("loinc", "4548-4", "4548-4"),
    ],
)  # fmt: skip
def test_a_code_is_known_however_it_is_asked_for(system: CodeSystem, own: str, asked: str) -> None:
    assert any(covers(system, plain(system, own), meant) for meant in readings(system, asked))


@pytest.mark.parametrize(
    ("system", "own", "asked"),
    [
        ("ndc", "63020-390-02", "63020-390-01"), ("ndc", "63020-390", "63020-391-01"), ("icd10cm", "C90.00", "C90.0"),
        ("icd10cm", "C90.0", "C90.10"), ("icd10cm", "C90", "C9"), ("rxnorm", "1191", "11911"),
        ("snomed", "44054006", "x"),
    ],
)  # fmt: skip
def test_another_code_is_another_thing(system: CodeSystem, own: str, asked: str) -> None:
    assert not any(covers(system, plain(system, own), meant) for meant in readings(system, asked))
