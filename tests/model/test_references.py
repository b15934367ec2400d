"""Cross-references: every name that leads nowhere is told at its place, with the name that was meant."""

from __future__ import annotations

import pytest

from handouts.model.load import Loaded, load
from handouts.model.references import RESERVED_STUDY_IDS, check_references
from handouts.model.topic import Topic
from handouts.model.words import Words
from handouts.problems import Problem

TOPIC = """\
schema_version: 2
subject: {kind: medicine, name: examplumab}
as_of: 2013
main_source: page
pictures: {how: {drawing: proteasome-inhibitor}}
contacts: {line: {shown: 1-800-555-0100, dial: "+18005550100", source: page}}
sources:
  page: {title: A page, publisher: A publisher, as_of: 2013, citation: Somewhere}
  label: {title: A label, publisher: An agency, as_of: 2024, citation: Elsewhere}
facts:
  approved: {value: 2015-11, source: label}
studies:
  weekly:
    source: page
    status: final
    design: single_arm
    setting: relapsed
    facts: {weeks: {value: 4, source: page}}
    outcomes:
      orr: {count: 8, n: 32, subgroup: refractory, source: page}
      cr: {count: 2, n: 32, within: orr, part_of: orr}
    harms:
      rash: {percent: 40, source: page, effects: {hr: {statistic: risk_ratio, of: a, to: b, value: 1, source: label}}}
    later:
      final:
        source: label
        status: published
        harms: {nausea: {count: 3, source: label}}
timeline:
  approval: {on: 2015-11, source: label}
sections:
  results: {kind: text}
  laboratory: {kind: points, in: [deck]}
  call: {kind: contacts, contacts: [line]}
statements:
  s1: {section: results, sources: [page, label], study: weekly, aspect: response}
  s2: {section: laboratory, sources: [page]}
"""

WORDS = """\
schema_version: 2
language: en
handout: {eyebrow: e, title: t, main_message: m}
deck: {title: t, subtitle: s}
card: {title: t}
statements:
  s1: {patient: p, clinician: c}
  s2: {clinician: c}
studies:
  weekly: {short: Weekly study, population: people}
names: {relapsed: Relapsed, refractory: Refractory, response: Response, rash: Rash, orr: {clinician: ORR}}
timeline: {approval: Approved}
pictures: {how: {caption: c, alt: a, labels: {working: w, waste: w, recycled: r, blocked: b, pile_up: p}}}
contacts: {line: {name: Line}}
"""


def topic(text: str = TOPIC) -> Loaded[Topic]:
    return load("topic.yaml", text, Topic)


def words(text: str = WORDS, name: str = "en.yaml") -> Loaded[Words]:
    return load(name, text, Words)


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def place(text: str, needle: str) -> str:
    """The line and column of the only `needle` in `text`; a needle that begins with a line break is its next line."""
    assert text.count(needle) == 1
    before = text[: text.index(needle) + len(needle) - len(needle.lstrip("\n"))]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def found(topic_text: str = TOPIC, words_text: str = WORDS) -> list[str]:
    return list(map(str, check_references(topic(topic_text), [words(words_text)])))


def test_a_topic_and_its_words_that_agree_have_no_problem() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("old", "path"),
    [
        ("main_source: page", "main_source"),
        ('"+18005550100", source: page', "contacts.line.source"),
        ("value: 2015-11, source: label", "facts.approved.source"),
        ("    source: page", "studies.weekly.source"),
        ("value: 4, source: page", "studies.weekly.facts.weeks.source"),
        ("refractory, source: page", "studies.weekly.outcomes.orr.source"),
        ("percent: 40, source: page", "studies.weekly.harms.rash.source"),
        ("value: 1, source: label", "studies.weekly.harms.rash.effects.hr.source"),
        ("        source: label", "studies.weekly.later.final.source"),
        ("count: 3, source: label", "studies.weekly.later.final.harms.nausea.source"),
        ("on: 2015-11, source: label", "timeline.approval.source"),
        ("[page, label", "statements.s1.sources, item 2"),
    ],
)
def test_an_unknown_source_is_told_wherever_it_is_named(old: str, path: str) -> None:
    text = changed(TOPIC, old, old.removesuffix("label").removesuffix("page") + "lable")
    assert found(text) == [
        f"topic.yaml:{place(text, 'lable')}: REF01 error: {path} names the source 'lable', "
        "which 'sources' does not have; did you mean 'label'? Known: label, page"
    ]


def test_an_unknown_study_is_told() -> None:
    text = changed(TOPIC, "study: weekly", "study: weekyl")
    assert found(text) == [
        f"topic.yaml:{place(text, 'weekyl')}: REF02 error: statements.s1.study names 'weekyl', "
        "which 'studies' does not have; did you mean 'weekly'? Known: weekly"
    ]


@pytest.mark.parametrize("name", ["within", "part_of"])
@pytest.mark.parametrize("wrong", ["rro", "cr"])
def test_an_outcome_around_another_must_be_there_and_another_one(name: str, wrong: str) -> None:
    text = changed(TOPIC, f"{name}: orr", f"{name}: {wrong}")
    row, column = map(int, place(text, f"{name}: {wrong}").split(":"))
    (line,) = found(text)
    assert line.startswith(
        f"topic.yaml:{row}:{column + len(name) + 2}: REF07 error: studies.weekly.outcomes.cr.{name} names '{wrong}', "
        "which 'outcomes' does not have; "
    )
    assert line.endswith("nown: orr")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("facts: {weeks:", "facts: {orr:", "orr: {count"),
        ("    harms:\n      rash:", "    harms:\n      orr:", "orr: {percent"),
        ("facts: {weeks:", "facts: {phase:", "phase:"),
        ("      cr: {count", "      later: {count", "later: {count"),
    ],
)
def test_an_id_in_a_study_means_one_thing(old: str, new: str, key: str) -> None:
    text = changed(TOPIC, old, new)
    name = key.partition(":")[0]
    (line,) = [one for one in found(text) if "REF06" in one]
    message = f"REF06 error: '{name}' has another meaning in this study; rename it, like '{name}_seen'"
    assert line == f"topic.yaml:{place(text, key)}: {message}"


@pytest.mark.parametrize("reserved", sorted(RESERVED_STUDY_IDS))
def test_a_study_cannot_take_a_name_that_words_use_otherwise(reserved: str) -> None:
    text = changed(TOPIC, "  weekly:\n", f"  {reserved}:\n").replace("study: weekly", f"study: {reserved}")
    said = changed(WORDS, "  weekly: {", f"  {reserved}: {{")
    assert found(text, said) == [
        f"topic.yaml:13:3: REF06 error: the study id '{reserved}' has another meaning in words; "
        f"rename the study, like '{reserved}_study'"
    ]


@pytest.mark.parametrize(
    ("old", "new", "section", "name", "needed_at"),
    [
        ("  weekly: {short: Weekly study, population: people}\n", "  {}\n", "studies", "weekly", "weekly:"),
        ("{approval: Approved}", "{}", "timeline", "approval", "approval"),
        ("{line: {name: Line}}", "{}", "contacts", "line", "line: {shown"),
    ],
)
def test_what_the_topic_has_and_the_words_have_not_is_told_with_both_places(
    old: str, new: str, section: str, name: str, needed_at: str
) -> None:
    said = changed(WORDS, old, new)
    assert found(words_text=said) == [
        f"en.yaml:{place(said, chr(10) + section)}: REF03 error: {section} has no words for '{name}', "
        f"which topic.yaml:{place(TOPIC, needed_at)} needs; add '{name}:' to '{section}'"
    ]


def test_a_section_that_the_words_lack_is_told_at_the_top_of_the_file() -> None:
    said = changed(WORDS, "timeline: {approval: Approved}\n", "")
    assert found(words_text=said)[0].startswith("en.yaml:1:1: REF03 error: timeline has no words for 'approval'")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  s2: {", "  s3: {clinician: c}\n  s2: {", "8:3: REF04 error: statements has words for 's3'"),
        ("studies:", "studies:\n  one: {short: d, population: d}", "10:3: REF04 error: studies has words for 'one'"),
        ("timeline: {", "timeline: {later: x, ", "12:12: REF04 error: timeline has words for 'later'"),
        ("{line: {", "{desk: {name: x}, line: {", "14:12: REF04 error: contacts has words for 'desk'"),
        ("names: {", "names: {first: x, ", "11:9: REF04 warning: names has words for 'first'"),
    ],
)  # fmt: skip
def test_words_for_what_the_topic_has_not_are_told(old: str, new: str, expected: str) -> None:
    (line,) = found(words_text=changed(WORDS, old, new))
    assert line.startswith(f"en.yaml:{expected}, which topic.yaml does not use; ")


def test_a_misspelled_id_is_told_once_with_the_one_that_was_meant() -> None:
    assert found(words_text=changed(WORDS, "{approval: Approved}", "{aproval: Approved}")) == [
        "en.yaml:12:12: REF04 error: timeline has words for 'aproval', which topic.yaml does not use; "
        "did you mean 'approval'? Known: approval",
    ]


def test_a_statement_needs_words_for_the_readers_of_each_of_its_documents() -> None:
    assert found(words_text=changed(WORDS, "{patient: p, clinician: c}", "{clinician: c}")) == [
        "en.yaml:7:3: REF05 error: statements.s1 has no 'patient' words, and the handout tells it; "
        f"add 'patient:', or leave handout out of 'in' at topic.yaml:{place(TOPIC, 's1:')}"
    ]


@pytest.mark.parametrize(
    ("kind", "elsewhere"), [("vaccine", ", or 'name:' there for all languages"), ("procedure", "")]
)
def test_a_subject_needs_a_name_in_one_of_its_places(kind: str, elsewhere: str) -> None:
    nameless = changed(TOPIC, "{kind: medicine, name: examplumab}", f"{{kind: {kind}}}")
    assert found(nameless) == [
        f"en.yaml:1:1: REF08 error: the file has no name for the {kind}, and topic.yaml:2:1 has none either; "
        f"add 'subject: {{name: …}}' here{elsewhere}"
    ]
    assert found(nameless, changed(WORDS, "language: en\n", "language: en\nsubject: {name: x}\n")) == []


def test_every_language_is_checked() -> None:
    said = words(changed(WORDS, "timeline: {approval: Approved}", "timeline: {}"), "es.yaml")
    problems: tuple[Problem, ...] = check_references(topic(), [words(), said])
    assert [(p.origin.file, p.code) for p in problems] == [("es.yaml", "REF03")]
