"""The `{{ }}` of a language file: names of the topic's values, nothing else, and every mistake at its place."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thoroughness import examples
from topic_samples import CONTENT, Change, edition_of, locale

from handouts.compose import wording
from handouts.compose.context import Context, values_of
from handouts.compose.numbers import Formatter
from handouts.compose.word_formats import NumberWords
from handouts.compose.wording import Wording, fill_words, phrases_of
from handouts.model.document import Document
from handouts.model.load import load
from handouts.model.words import Term
from handouts.problems import Problem, ProblemsError

CONTEXT = Context(edition_of(CONTENT, "ixazomib"), "handout")
VALUES = values_of(CONTEXT.edition.topic, CONTEXT.edition.words, CONTEXT.edition.locale, CONTEXT.views)
ENGLISH = locale("en")
WORDS = NumberWords(Formatter(ENGLISH.formats), "en", ENGLISH.units, {})


def _document(text: str) -> tuple[Term, Document]:
    loaded = load("en.yaml", text, Term)
    return loaded.value, loaded.document


def _filled(expression: str) -> str:
    term = Term(term="x", meaning=expression)
    document = Document("en.yaml", {}, "", {(): _whole()}, {})
    return str(fill_words(term, document, VALUES, WORDS)["meaning"])


def _whole() -> Any:
    return load("en.yaml", "term: x\nmeaning: y\n", Term).document.spans[()]


def _problems(yaml: str, values: dict[str, Any] = VALUES) -> tuple[Problem, ...]:
    term, document = _document(yaml)
    with pytest.raises(ProblemsError) as caught:
        fill_words(term, document, values, WORDS)
    return caught.value.problems


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("{{ weekly.orr.count }}", "9"),
        ("{{ weekly.orr }}", "9 of 50"),
        ("{{ weekly.orr.interval }}", "8.6–31.4"),
        ("{{ weekly.orr.share | percent }}", "18.0%"),
        ("{{ weekly.orr.share | decimals(2) }}", "18.00"),
        ("{{ weekly.orr_chosen_dose.percent | percent }}", "26%"),
        ("{{ twice_weekly.enrolled }}", "about 57"),
        ("{{ mm1.later.published.enrolled }}", "722"),
        ("{{ mm2.pfs.hr }}", "0.830"),
        ("{{ facts.us_approval }}", "November 2015"),
        ("{{ sources.blood_2014_1038.registry }}", "NCT00932698"),
        ("{{ subject.brand }} and {{subject.name}}", "Ninlaro and ixazomib"),
        ("{{ subject.kind }} {{ topic.subject.name }}", "medicine ixazomib"),
        ("{{ contacts.trial_line.spelled }}", "1-866-603-MMCT (6628)"),
        ("{{ topic.as_of }}", "about 2013"),
        ("a } b { c }} d", "a } b { c }} d"),
    ],
)
def test_a_name_becomes_its_value(expression: str, text: str) -> None:
    assert _filled(expression) == text


@pytest.mark.parametrize(
    "expression",
    [
        "{% if weekly %}x{% endif %}",
        "{% set x = 1 %}",
        "{% raw %}x{% endraw %}",
        "{# a remark #}",
        "{{ weekly.orr.count + 1 }}",
        "{{ 41 }}",
        "{{ 'text' }}",
        "{{ weekly.outcomes.values() }}",
        "{{ weekly['outcomes'] }}",
        "{{ weekly.__class__ }}",
        "{{ weekly.outcomes.__init__.__globals__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ weekly.orr.count | upper }}",
        "{{ weekly.orr.count | decimals(9) }}",
        "{{ weekly.orr.count | decimals(1.0) }}",
        "{{ weekly.orr.count | decimals(true) }}",
        "{{ weekly.orr.count | decimals(1, 2) }}",
        "{{ weekly.orr.count | decimals(*weekly) }}",
        "{{ subject.name | percent }}",
        "{{ weekly.orr.count if weekly else 1 }}",
        "{{ weekly.orr.count, 1 }}",
        "{{ range(9) }}",
        "{{ }}",
        "{{ weekly.orr.count",
        "{{ weekly.report.outcomes }}",
        "{{ weekly }}",
        "{{ twice_weekly.enrolled.about }}",
        "{{ " + "(" * 280 + " }}",
        "{{ " + "9" * 20_000 + " }}",
        "{{ weekly" + ".x" * 20_000 + " }}",
    ],
    ids=lambda text: text[:40],
)
def test_anything_but_a_name_is_refused(expression: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        _filled(expression)
    assert {p.code for p in caught.value.problems} == {"WORDS01"}


def test_an_undefined_name_is_located_inside_folded_text_and_the_nearest_name_is_offered() -> None:
    (problem,) = _problems(
        "term: ORR\nmeaning: >-\n  A first line,\n  then {{ weekly.orrr.count }} people.\n",
    )
    assert str(problem.origin) == "en.yaml:4:11"
    assert problem.message == "'weekly' has no 'orrr'"
    assert problem.instead.startswith("did you mean 'orr'?")


def test_a_name_after_a_longer_one_that_contains_it_is_located_at_its_own_place() -> None:
    (problem,) = _problems("term: ORR\nmeaning: '{{ weekly.orr.count }} and {{ weekly.outcomes }}'\n")
    assert str(problem.origin) == "en.yaml:2:41"


def test_two_formats_of_one_value_are_told_as_that() -> None:
    (problem,) = _problems("term: x\nmeaning: '{{ weekly.orr.share | percent | decimals(2) }}'\n")
    assert problem.message == "has two formats for one value"
    assert problem.instead == "write one alone behind its name, or none"


def test_an_unclosed_expression_is_located_where_it_opens() -> None:
    (problem,) = _problems("term: x\nmeaning: '{{ subject.name }} of {{ subject.name'\n")
    assert str(problem.origin) == "en.yaml:2:33"


def test_a_value_that_the_source_does_not_state_is_refused() -> None:
    (problem,) = _problems("term: x\nmeaning: '{{ weekly.orr_chosen_dose.count }} people'\n")
    assert "'weekly.orr_chosen_dose.count' is not stated in topic.yaml" in str(problem)
    (problem,) = _problems("term: x\nmeaning: '{{ weekly.orr_chosen_dose }} people'\n")
    assert "no count of a number of people" in str(problem)


def test_a_rate_of_a_published_percentage_is_written_of_the_result_itself() -> None:
    (problem,) = _problems("term: x\nmeaning: '{{ weekly.orr_chosen_dose.per_100 }} in 100'\n")
    assert problem.instead == "write the result itself with '| per(100)'"
    term, document = _document("term: x\nmeaning: '{{ weekly.orr_chosen_dose | per(100) }}'\n")
    assert str(fill_words(term, document, VALUES, WORDS)["meaning"]) == "26\u00a0in\u00a0100"


@pytest.mark.parametrize(
    "text",
    [
        "{{" * 100_000,
        "{{ x }}" * 30_000,
        "{% x %}" * 30_000,
        "{{ subject.name }}" * 10_000 + "{{",
        "{{" + " " * 200_000 + "}}",
        "{{ subject" + ".name" * 50 + " }}",
        "{{ [" * 60 + "}}",
        "{{ " + "~".join("a" * 90) + " }}",
        "{{ '\\N{x}' }}",
        "{{ 0x }}",
    ],
    ids=lambda text: text[:12],
)
def test_huge_or_deep_expressions_are_refused_a_few_at_a_time(text: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        _filled(text)
    assert {p.code for p in caught.value.problems} == {"WORDS01"}
    assert len(caught.value.problems) <= wording.MOST_MISTAKES
    assert all(len(str(p)) < 500 for p in caught.value.problems)


def test_a_number_that_no_document_can_show_is_refused() -> None:
    for value in (Decimal("1E+400"), Decimal("1E-400"), 10**15, Decimal("NaN"), Decimal("Infinity")):
        for format_ in ("", " | decimals(1)", " | percent"):
            (problem,) = _problems(f"term: x\nmeaning: '{{{{ a{format_} }}}}'\n", {"a": value})
            assert problem.message.startswith("'a' ")
            assert str(problem.origin) == "en.yaml:2:14"


def test_every_mistake_of_a_file_is_told_at_once() -> None:
    found = _problems(
        "term: '{{ a }}'\nmeaning: '{{ subject.nam }}, {{ subject.name }}, {{ weekly.x }} and {% if %}'\n"
    )
    assert [(p.origin.line, p.origin.column) for p in found] == [(1, 11), (2, 14), (2, 53), (2, 69)]


def test_the_mistakes_of_a_whole_language_file_come_together(changed: Change) -> None:
    content = changed(
        ("title: Ixazomib (Ninlaro) for multiple myeloma", "title: '{{ subject.title }}'"),
        ("Is ixazomib right for me?", "Is {{ subject.names }} a choice?"),
        file="en.yaml",
    )
    with pytest.raises(ProblemsError) as caught:
        Context(edition_of(content, "ixazomib"), "handout")
    assert [p.message for p in caught.value.problems] == ["'subject' has no 'title'", "'subject' has no 'names'"]


class _Trap(dict[str, Any]):
    """A value that notices being used in any way but by its own keys."""

    def __call__(self, *_: object, **__: object) -> None:
        raise AssertionError("was called")

    def __add__(self, _: object) -> None:
        raise AssertionError("was added to")


_PIECES = st.sampled_from(
    ["{{", "}}", "{%", "%}", "{#", "#}", " ", "a", ".", "b", "trap", "(", ")", "[0]", "|", "percent", "decimals(1)",
     "__class__", "+", "1", "'", '"', "if", "else", "set", "\n", "-", "~", "self", "import os", "**", "é"]
)  # fmt: skip


@settings(max_examples=examples(400))
@given(st.one_of(st.text(), st.lists(_PIECES, max_size=25).map("".join)))
def test_arbitrary_words_are_printed_or_refused_and_never_run(text: str) -> None:
    text = unicodedata.normalize("NFC", text).strip() or "x"  # as the model hands every text on
    document = Document("en.yaml", {}, "", {(): _whole()}, {})
    words = Wording({"a": _Trap(b=Decimal("1.5")), "trap": _Trap()}, WORDS)
    filled, problems = phrases_of(Term(term="x", meaning=text), document, words.fill)
    if not any(opening in text for opening in ("{{", "{%", "{#")):
        assert not problems
        assert filled["meaning"].text == text
    if problems:
        assert {p.code for p in problems} == {"WORDS01"}


_NAMES = st.sampled_from(["a", "weekly", "true", "not", "None", "is", "x_1", "_a", "a__b", "é", "1a", "if"])
_FORMATS = st.sampled_from(
    ["", "|percent", " | decimals(2)", "| decimals( 0 )", "|decimals(7)", "| upper", "|decimals()"]
)
_BLANKS = st.sampled_from(["", " ", "  ", "\n"])


@settings(max_examples=examples(300), derandomize=True)
@given(st.lists(_NAMES, min_size=1, max_size=3), _FORMATS, _BLANKS, _BLANKS)
def test_what_is_plain_is_read_as_the_template_language_reads_it(
    path: list[str], format_: str, before: str, after: str
) -> None:
    expression = f"{{{{{before}{'.'.join(path)}{format_}{after}}}}}"

    def read() -> object:
        wording._named.cache_clear()  # pyright: ignore[reportPrivateUsage]
        try:
            return wording._named(expression)  # pyright: ignore[reportPrivateUsage]
        except wording._UnusableError as bad:  # pyright: ignore[reportPrivateUsage]
            return bad.expression, bad.message, bad.instead

    quick = read()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wording, "_PLAIN", re.compile("(?!)"))
        assert read() == quick
