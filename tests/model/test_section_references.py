"""What sections and statements name must be there and have a place: every name that leads nowhere, at its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.model.load import load
from handouts.model.references import check_references
from handouts.model.section import DOCUMENTS, DocumentName
from handouts.model.topic import Topic
from handouts.model.words import READERS, Words
from handouts.problems import ProblemsError

TOPIC = """\
schema_version: 2
subject: {kind: medicine, name: examplumab}
as_of: 2013
main_source: page
sources:
  page: {title: A page, publisher: A publisher, as_of: 2013, citation: Somewhere}
contacts:
  line: {dial: "+12025550143", source: page}
  help: {code: "988", region: US, source: page}
pictures:
  cell: {drawing: proteasome-inhibitor}
studies:
  mm1:
    source: page
    status: final
    design: single_arm
    setting: relapsed
    outcomes: {orr: {count: 8, n: 32}}
    harms: {rash: {count: 2, n: 32}}
sections:
  results: {kind: text, picture: cell}
  early: {kind: evidence, under: results, study: mm1, show: rates, outcomes: [orr], harms: [rash]}
  late: {kind: evidence, studies: [mm1], show: rates}
  before: {kind: steps, anchor: visit}
  call: {kind: contacts, contacts: [line, help], qr: line}
  carry: {kind: fill_in}
statements:
  s1: {section: results, sources: [page]}
  s2: {section: early, sources: [page], values: [mm1.orr, mm1.rash, mm1.enrolled]}
  s3: {section: before, sources: [page], at: {day: -1}, in: [handout]}
  s4: {section: call, sources: [page], in: [card]}
"""
WORDS = """\
schema_version: 2
language: en
handout: {title: t, main_message: m}
deck: {title: t, subtitle: s}
card: {title: t}
statements:
  s1: {patient: p, clinician: c}
  s3: {patient: p}
  s4: {patient: p}
sections:
  results: {heading: Results}
studies:
  mm1: {short: MM1}
contacts: {line: {name: Line}, help: {name: Help}}
pictures: {cell: {alt: a, labels: {working: w, waste: w, recycled: r, blocked: b, pile_up: p}}}
anchors: {visit: {name: the visit}}
"""


def found(topic: str = TOPIC, words: str = WORDS) -> list[str]:
    loaded = load("topic.yaml", topic, Topic), [load("en.yaml", words, Words)]
    return list(map(str, check_references(*loaded)))


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def place(text: str, needle: str) -> str:
    assert text.count(needle) == 1
    before = text[: text.index(needle)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def test_sections_and_statements_that_name_what_is_there_have_no_problem() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        (
            "s1: {section: results", "s1: {section: resluts", "resluts",
            "REF09 error: statements.s1.section names the section 'resluts', which 'sections' does not have; "
            "did you mean 'results'?",
        ),
        (
            "under: results", "under: resluts", "resluts",
            "REF09 error: sections.early.under names the section 'resluts', which 'sections' does not have; "
            "did you mean 'results'?",
        ),
        (
            "under: results", "under: early", "early, study",
            "REF09 error: sections.early.under names the section itself; delete it, or write one of results, late, ",
        ),
        (
            "late: {kind: evidence", "late: {under: early, kind: evidence", "early, kind",
            "REF09 error: sections.late.under names 'early', which stands under 'results' itself; "
            "write 'results': sections go one level deep",
        ),
        (
            "study: mm1", "study: mm2", "mm2",
            "REF02 error: sections.early.study names 'mm2', which 'studies' does not have; did you mean 'mm1'?",
        ),
        (
            "studies: [mm1]", "studies: [mm1, mm2]", "mm2",
            "REF02 error: sections.late.studies, item 2 names 'mm2', which 'studies' does not have; "
            "did you mean 'mm1'?",
        ),
        (
            "s2: {section: early,", "s2: {section: early, study: mm9,", "mm9",
            "REF02 error: statements.s2.study names 'mm9', which 'studies' does not have; did you mean 'mm1'?",
        ),
        (
            "outcomes: [orr]", "outcomes: [oor]", "oor",
            "REF07 error: sections.early.outcomes, item 1 names 'oor', which its studies do not have; "
            "did you mean 'orr'?",
        ),
        (
            "harms: [rash]", "harms: [orr]", "orr]}\n  late",
            "REF07 error: sections.early.harms, item 1 names 'orr', which its studies do not have; known: rash",
        ),
        (
            "values: [mm1.orr", "values: [mm1.oor", "mm1.oor",
            "REF07 error: statements.s2.values, item 1 names 'mm1.oor', which is no outcome or harm of a study; "
            "did you mean 'mm1.orr'?",
        ),
        (
            "values: [mm1.orr", "values: [mm2.orr", "mm2.orr",
            "REF02 error: statements.s2.values, item 1 names 'mm2', which 'studies' does not have; "
            "did you mean 'mm1'?",
        ),
        (
            "mm1.enrolled", "mm1.design", "mm1.design",
            "REF07 error: statements.s2.values, item 3 names 'mm1.design', which is no outcome or harm of a study; ",
        ),
        (
            "contacts: [line, help]", "contacts: [line, hepl]", "hepl",
            "REF12 error: sections.call.contacts, item 2 names 'hepl', which 'contacts' does not have; "
            "did you mean 'help'?",
        ),
        (
            "picture: cell", "picture: cel", "cel}",
            "REF13 error: sections.results.picture names 'cel', which 'pictures' does not have; did you mean 'cell'?",
        ),
        (
            "s4: {section: call, sources: [page], in: [card]}", "s4: {section: call, sources: [page], in: [deck]}",
            "deck]",
            "REF10 error: statements.s4.in, item 1 is deck, where 'call' does not stand; write handout or card",
        ),
        (
            "s1: {section: results,", "s1: {section: {handout: results, deck: resluts},", "resluts",
            "REF09 error: statements.s1.section.deck names the section 'resluts', which 'sections' does not have; "
            "did you mean 'results'?",
        ),
        (
            "s1: {section: results,", "s1: {section: {handout: results, deck: call},", "deck: call",
            "REF10 error: statements.s1.section.deck is deck, where 'call' does not stand; write handout or card",
        ),
        (
            "s3: {section: before, sources: [page], at: {day: -1}, in: [handout]}",
            "s3: {section: {handout: before, deck: results}, sources: [page], at: {day: -1}}", "at: {day",
            "REF10 error: statements.s3.at says when, in a section of kind text, which does not print it; ",
        ),
        (
            "s1: {section: results,", "s1: {section: results, row: x, aspect: y,", "row: x",
            "REF10 error: statements.s1.row is a row of a table, and none of its sections is one; "
            "delete it, or add form: table to its section",
        ),
        (
            "  carry: {kind: fill_in}\n", "  carry: {kind: points, in: [card], cautions: [cost]}\n", "cost]",
            "REF14 error: sections.carry.cautions, item 1 names 'cost', which is the aspect of none of its statements",
        ),
        (
            "s1: {section: results,", "s1: {section: results, at: {hours: 1},", "at: {hours",
            "REF10 error: statements.s1.at says when, in a section of kind text, which does not print it; "
            "delete it, or give it a section of kind steps or schedule",
        ),
        (
            "as_of: 2013\n", "as_of: 2013\ndocuments: [handout, deck]\n", "carry:",
            "REF10 error: sections.carry stands in no document of this topic (handout, deck); "
            "write in: with one of them, or delete it",
        ),
        (
            "s1: {section: results, sources: [page]}", "s1: {section: results, sources: [pgae]}", "pgae",
            "REF01 error: statements.s1.sources, item 1 names the source 'pgae', which 'sources' does not have; "
            "did you mean 'page'?",
        ),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere_is_told_at_its_place(old: str, new: str, at: str, said: str) -> None:
    topic = changed(TOPIC, old, new)
    assert any(line.startswith(f"topic.yaml:{place(topic, at)}: {said}") for line in found(topic)), found(topic)


def test_a_statement_may_stand_in_a_section_of_its_own_in_each_document() -> None:
    topic = changed(TOPIC, "s4: {section: call, sources: [page], in: [card]}",
                    "s4: {section: {handout: results, card: call}, sources: [page]}")  # fmt: skip
    assert found(topic) == []
    value = load("topic.yaml", topic, Topic).value
    assert value.tells_in(value.statements["s4"]) == ("handout", "card")
    assert [value.statements["s4"].section_in(document) for document in DOCUMENTS] == ["results", None, "call"]


def test_a_table_may_put_a_harm_beside_the_outcomes() -> None:
    assert found(changed(TOPIC, "outcomes: [orr]", "outcomes: [orr, rash]")) == []


def test_what_an_unknown_study_has_is_not_told_too() -> None:
    (line,) = found(changed(TOPIC, "study: mm1, show", "study: mm2, show"))
    assert "REF02" in line


def test_a_section_of_no_document_tells_nothing_and_is_told_once() -> None:
    topic = changed(TOPIC, "late: {", "late: {in: [deck], ").replace(
        "as_of: 2013\n", "as_of: 2013\ndocuments: [card]\n", 1
    )
    words = WORDS.replace("handout: {title: t, main_message: m}\ndeck: {title: t, subtitle: s}\n", "")
    assert [line.split(" ")[3] for line in found(topic, words) if "REF10" in line] == [
        "sections.results", "sections.early", "sections.late", "sections.before"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "wanted"),
    [("{section: results, sources: [page]}", ["handout", "deck"]), ("{section: call, own: true}", ["handout", "card"])],
)
def test_a_statement_without_words_or_values_is_told_for_each_document(statement: str, wanted: list[str]) -> None:
    topic = changed(TOPIC, "  s4: ", f"  s5: {statement}\n  s4: ")
    assert found(topic) == [
        f"en.yaml:6:1: REF05 error: statements.s5 has no '{READERS[name][0]}' words, and the {name} tells it; "  # type: ignore[index]
        f"add '{READERS[name][0]}:', or leave {name} out of 'in' at topic.yaml:{place(topic, 's5: {')}"  # type: ignore[index]
        for name in sorted(wanted, key=lambda name: READERS[name][0])  # type: ignore[index]
    ]


def test_values_stand_for_words_but_on_a_card_which_has_no_figures() -> None:
    topic = changed(TOPIC, "s4: {section: call,", "s4: {section: call, values: [mm1.orr],")
    (line,) = found(topic, changed(WORDS, "  s4: {patient: p}\n", ""))
    assert line.startswith("en.yaml:6:1: REF05 error: statements.s4 has no 'card' words, and the card tells it")


def test_an_anchor_needs_its_words_and_a_section_none() -> None:
    (line,) = found(words=changed(WORDS, "anchors: {visit: {name: the visit}}\n", ""))
    assert line.startswith("en.yaml:1:1: REF03 error: anchors has no words for 'visit', which topic.yaml:")
    (line,) = found(words=changed(WORDS, "  results: {heading: Results}", "  resluts: {heading: Results}"))
    assert line.startswith(
        "en.yaml:11:3: REF04 error: sections has words for 'resluts', which topic.yaml does not use; did you mean"
    )


DOCUMENT_SETS = st.lists(st.sampled_from(DOCUMENTS), min_size=1, max_size=3, unique=True)


@given(made=DOCUMENT_SETS, section=DOCUMENT_SETS, statement=st.none() | DOCUMENT_SETS)
def test_a_statement_is_told_where_topic_section_and_its_own_in_meet(
    made: list[DocumentName], section: list[DocumentName], statement: list[DocumentName] | None
) -> None:
    text = f"""\
schema_version: 2
subject: {{kind: medicine, name: x}}
documents: [{", ".join(made)}]
as_of: 2013
main_source: page
sources: {{page: {{title: A, publisher: B, as_of: 2013, citation: C}}}}
sections: {{a: {{kind: text, in: [{", ".join(section)}]}}}}
statements: {{s: {{section: a, own: true{f", in: [{', '.join(statement)}]" if statement else ""}}}}}
"""
    topic = load("topic.yaml", text, Topic)
    stands = set(made) & set(section)
    told = stands & set(statement or DOCUMENTS)
    assert set(topic.value.stands_in(topic.value.sections["a"])) == stands
    assert set(topic.value.tells_in(topic.value.statements["s"])) == told
    heads = {"handout": "{title: t, main_message: m}", "deck": "{title: t, subtitle: s}", "card": "{title: t}"}
    words = "schema_version: 2\nlanguage: en\n" + "".join(f"{name}: {heads[name]}\n" for name in made)
    problems = check_references(topic, [load("en.yaml", words, Words)])
    codes = [problem.code for problem in problems]
    assert codes.count("REF05") == len(told)
    misplaced = len(set(statement or ()) - stands) if stands else 1
    assert codes.count("REF10") == misplaced


@pytest.mark.parametrize(
    ("name", "schema", "text"), [("topic.yaml", Topic, "drug: {name: x}\n"), ("en.yaml", Words, "mechanism: {}\n")]
)
def test_a_file_of_schema_1_is_one_located_error_that_names_the_guide(
    name: str, schema: type[Topic] | type[Words], text: str
) -> None:
    with pytest.raises(ProblemsError) as caught:
        load(name, f"# A comment\nschema_version: 1\n{text}nothing: [that, fits]\n", schema)
    (problem,) = caught.value.problems
    assert str(problem) == (
        f"{name}:2:17: SCHEMA10 error: the file is of edition 1 of its format, and this program reads edition 2; "
        "write it as docs/authoring.md says, or begin with a new topic: handouts new; then write 'schema_version: 2'"
    )
