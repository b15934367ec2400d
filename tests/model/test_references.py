"""Cross-references: every name that leads nowhere is told at its place, with the name that was meant."""

from __future__ import annotations

import pytest

from handouts.model.load import Loaded, load
from handouts.model.references import RESERVED_STUDY_IDS, check_references
from handouts.model.topic import Topic
from handouts.model.words import Words
from handouts.problems import Problem

TOPIC = """\
schema_version: 1
drug: {name: examplumab}
as_of: 2013
main_source: page
mechanism: proteasome-inhibitor
hotline: {shown: 1-800-555-0100, digits: 1-800-555-0100, dial: "+18005550100", source: page}
sources:
  page: {title: A page, publisher: A publisher, as_of: 2013, citation: Somewhere}
  label: {title: A label, publisher: An agency, as_of: 2024, citation: Elsewhere}
facts:
  approved: {value: 2015-11, source: label}
studies:
  weekly:
    source: page
    status: final
    phase: I
    setting: relapsed
    main_response: orr
    responses:
      orr: {category: PR, or_better: true, count: 8, of: 32, subgroup: refractory, source: page}
    harms:
      rash: {percent: 40, source: page}
    outcomes:
      pfs: {endpoint: PFS, hr: 0.74, significant: true, source: label}
    later:
      final:
        source: label
        status: published
        harms: {nausea: {cases: 3, source: label}}
timeline:
  approval: {on: 2015-11, source: label}
statements:
  s1: {section: results, sources: [page, label], study: weekly, aspect: response}
  s2: {section: laboratory, sources: [page], handout: false}
"""

WORDS = """\
schema_version: 1
language: en
handout: {eyebrow: e, title: t, main_message: m}
deck: {title: t, subtitle: s, status: s, drug: d, safety: s, trials: t, changed: c}
card: {title: t, ask: a, emergency: e}
statements:
  s1: {patient: p, clinician: c}
  s2: {clinician: c}
studies:
  weekly: {short: Weekly study, population: people}
settings: {relapsed: Relapsed}
subgroups: {refractory: Refractory}
aspects: {response: Response}
harms: {rash: Rash, nausea: Nausea, tiredness: Tiredness}
timeline: {approval: Approved}
mechanism: {caption: c, alt: a, working: w, waste: w, recycled: r, blocked: b, pile_up: p}
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
        ('"+18005550100", source: page', "hotline.source"),
        ("value: 2015-11, source: label", "facts.approved.source"),
        ("    source: page", "studies.weekly.source"),
        ("refractory, source: page", "studies.weekly.responses.orr.source"),
        ("percent: 40, source: page", "studies.weekly.harms.rash.source"),
        ("significant: true, source: label", "studies.weekly.outcomes.pfs.source"),
        ("        source: label", "studies.weekly.later.final.source"),
        ("cases: 3, source: label", "studies.weekly.later.final.harms.nausea.source"),
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
        f"topic.yaml:{place(text, 'weekyl')}: REF02 error: statements.s1.study names the study 'weekyl', "
        "which 'studies' does not have; did you mean 'weekly'? Known: weekly"
    ]


def test_an_unknown_main_response_is_told() -> None:
    text = changed(TOPIC, "main_response: orr", "main_response: rro")
    assert found(text) == [
        f"topic.yaml:{place(text, 'rro')}: REF07 error: studies.weekly.main_response names the response 'rro', "
        "which its 'responses' do not have; did you mean 'orr'? Known: orr"
    ]


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
        ("  s2: {clinician: c}\n", "", "statements", "s2", "s2:"),
        ("  weekly: {short: Weekly study, population: people}\n", "  {}\n", "studies", "weekly", "weekly:"),
        ("{relapsed: Relapsed}", "{}", "settings", "relapsed", "relapsed"),
        ("{refractory: Refractory}", "{}", "subgroups", "refractory", "refractory"),
        ("{response: Response}", "{}", "aspects", "response", "response}"),
        ("rash: Rash, ", "", "harms", "rash", "rash"),
        ("nausea: Nausea, ", "", "harms", "nausea", "nausea"),
        ("{approval: Approved}", "{}", "timeline", "approval", "approval"),
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
    said = changed(WORDS, "settings: {relapsed: Relapsed}\n", "")
    assert found(words_text=said)[0].startswith("en.yaml:1:1: REF03 error: settings has no words for 'relapsed'")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  s2: {", "  s3: {clinician: c}\n  s2: {", "8:3: REF04 error: statements has words for 's3'"),
        ("studies:", "studies:\n  one: {short: d, population: d}", "10:3: REF04 error: studies has words for 'one'"),
        ("timeline: {", "timeline: {later: x, ", "15:12: REF04 error: timeline has words for 'later'"),
        ("settings: {", "settings: {first: x, ", "11:12: REF04 warning: settings has words for 'first'"),
        ("subgroups: {", "subgroups: {all: x, ", "12:13: REF04 warning: subgroups has words for 'all'"),
        ("aspects: {", "aspects: {safety: x, ", "13:11: REF04 warning: aspects has words for 'safety'"),
    ],
)  # fmt: skip
def test_words_for_what_the_topic_has_not_are_told(old: str, new: str, expected: str) -> None:
    (line,) = found(words_text=changed(WORDS, old, new))
    assert line.startswith(f"en.yaml:{expected}, which topic.yaml does not use; ")


def test_words_may_tell_of_a_side_effect_without_a_number() -> None:
    assert "tiredness" in WORDS
    assert "tiredness" not in TOPIC


def test_clinicians_words_of_a_side_effect_need_the_patients_words() -> None:
    said = changed(WORDS, "timeline: {", "harms_clinician: {rahs: Exanthema}\ntimeline: {")
    assert found(words_text=said) == [
        "en.yaml:15:19: REF04 error: harms_clinician has words for 'rahs', which 'harms' does not have; "
        "did you mean 'rash'? Known: nausea, rash, tiredness"
    ]


def test_a_misspelled_id_is_told_from_both_sides_with_the_one_that_was_meant() -> None:
    assert found(words_text=changed(WORDS, "{approval: Approved}", "{aproval: Approved}")) == [
        "en.yaml:15:1: REF03 error: timeline has no words for 'approval', which topic.yaml:31:3 needs; "
        "did you mean it by 'aproval'? add 'approval:' to 'timeline'",
        "en.yaml:15:12: REF04 error: timeline has words for 'aproval', which topic.yaml does not use; "
        "did you mean 'approval'? Known: approval",
    ]


def test_a_statement_of_the_handout_needs_words_for_patients() -> None:
    assert found(words_text=changed(WORDS, "{patient: p, clinician: c}", "{clinician: c}")) == [
        "en.yaml:7:3: REF05 error: statements.s1 has no 'patient' words, and the handout tells it; "
        "add 'patient:', or write 'handout: false' at topic.yaml:33:3"
    ]


def test_a_mechanism_needs_its_words_and_words_a_mechanism() -> None:
    without_words = WORDS[: WORDS.index("mechanism:")]
    assert found(words_text=without_words) == [
        "en.yaml:1:1: REF03 error: the file has no words for the mechanism, which topic.yaml:5:1 needs; "
        "add 'mechanism:' with the words of its picture"
    ]
    (line,) = found(changed(TOPIC, "mechanism: proteasome-inhibitor\n", ""))
    assert line.startswith("en.yaml:16:1: REF04 warning: mechanism has words, but topic.yaml gives no mechanism; ")


def test_every_language_is_checked() -> None:
    said = words(changed(WORDS, "  s2: {clinician: c}\n", ""), "es.yaml")
    problems: tuple[Problem, ...] = check_references(topic(), [words(), said])
    assert [(p.origin.file, p.code) for p in problems] == [("es.yaml", "REF03")]
