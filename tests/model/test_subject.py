"""What a topic is about: which kinds have names in topic.yaml, and what is said where the others have them."""

from __future__ import annotations

import pytest

from handouts.model.load import load
from handouts.model.subject import PROPER_NAMED, Subject
from handouts.model.words import SubjectWords
from handouts.problems import ProblemsError

KINDS = ("medicine", "vaccine", "procedure", "test", "condition", "device", "care_plan")
NAMES = ("name", "brand", "code_name", "maker")


def problems(schema: type[Subject | SubjectWords], text: str) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        load("a.yaml", text, schema)
    return list(map(str, caught.value.problems))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_may_leave_its_names_to_the_languages(kind: str) -> None:
    found = load("a.yaml", f"kind: {kind}\n", Subject).value
    assert (found.kind, found.name) == (kind, None)


@pytest.mark.parametrize("kind", PROPER_NAMED)
def test_a_thing_with_proper_names_has_them_here(kind: str) -> None:
    text = f"kind: {kind}\n" + "".join(f"{name}: {name} x\n" for name in NAMES)
    found = load("a.yaml", text, Subject).value
    assert [getattr(found, name) for name in NAMES] == [f"{name} x" for name in NAMES]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in PROPER_NAMED])
@pytest.mark.parametrize("name", NAMES)
def test_a_word_of_a_language_stands_in_its_file(kind: str, name: str) -> None:
    (line,) = problems(Subject, f"kind: {kind}\n{name}: Colonoscopy\n")
    assert line.startswith(f"a.yaml:2:{len(name) + 3}: SCHEMA07 error: {name} names a {kind}, ")
    assert line.endswith("write it in the language file: 'subject: {name: …}'")


def test_a_kind_must_be_given() -> None:
    (line,) = problems(Subject, "name: x\n")
    assert "lacks the key 'kind'" in line and "medicine, vaccine, procedure" in line


def test_a_name_in_a_language_names_no_value() -> None:
    (line,) = problems(SubjectWords, "name: '{{ subject.name }}'\n")
    assert line.startswith("a.yaml:1:7: SCHEMA07 error: name names a value, which a name itself cannot do; ")
