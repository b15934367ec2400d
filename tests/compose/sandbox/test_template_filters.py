"""What expressions, filters and tests give, where that is more or less than in Jinja2, and what they refuse."""

from __future__ import annotations

import pytest
from template_samples import html, refused

SHOWN = {
    "0.1 + 0.2": "0.3", "7 / 2": "3.5", "7 // 2": "3", "-7 // 2": "−4", "7 % 3": "1", "2 ** 10": "1024",
    "2 ** -1": "0.5", "12345 * 1": "12,345", "-1.5": "−1.5", "2.5 | round": "3", "2.345 | round(2)": "2.35",
    "- -3": "3", "+3": "3", "-(2 - 5.5)": "3.5",
    "2.1 | round(0, 'ceil')": "3", "2.9 | round(0, 'floor')": "2", "7 | round(1)": "7.0", "-3 | abs": "3",
    "2.9 | int": "2", "'12' | int": "12", "'x' | int(5)": "5", "' 7 ' | int": "7", "number(2.345, 1)": "2.3",
    "0.33 | round": "0.3", "0.04 | round(1)": "0.04", "99.7 | round": "99.7", "-0.2 | round": "−0.2", "0 | round": "0",
    "100.0 | round": "100", "99.4 | round": "99", "0.3 | round(0, 'floor')": "0", "99.7 | round(0, 'ceil')": "100",
    "number(0.33, 0)": "0.3", "number(99.96, 1)": "99.96", "number(0, 1)": "0.0",
    "rate(studies[1].main, 100)": "18\N{NO-BREAK SPACE}in\N{NO-BREAK SPACE}100",
    "studies[1].main.per_100": "18", "studies[1].main.result['per_100']": "18",
    "number(5)": "5", "'n=' ~ 12345": "n=12,345", "'HR ' ~ topic.studies.mm1.pfs.hr": "HR 0.74",
    "topic.as_of ~ ''": "about 2013", "[1.5, 20000] | join('; ')": "1.5; 20,000", "'x' ~ none": "x",
    "'a' if false": "", "none": "", "([1, 2] + [3]) | length": "3", "(1, 2) == [1, 2] and 'y'": "y",
    "'ab' | list | join('-')": "a-b", "[3, 1, 2] | sort | join": "123", "['b', 'A'] | sort | join": "Ab",
    "['b', 'A'] | sort(case_sensitive=true) | join": "Ab", "[1, 2] | reverse | join": "21", "'ab' | reverse": "ba",
    "range(5)[1:3] | join": "12", "range(1, 7, 2) | join": "135", "[1, 1, 2] | unique | join": "12",
    "['a', 'A'] | unique | join": "a", "[1, 2, 3] | sum": "6", "[1.5, 2] | sum": "3.5", "[3, 1] | min": "1",
    "[3, 1] | max": "3", "[1, 2, 3] | batch(2) | map('join') | join('|')": "12|3",
    "[1, 2, 3] | batch(2, 0) | map('join') | join('|')": "12|30",
    "[1, 2, 3] | slice(2) | map('join') | join('|')": "12|3",
    "[1, 2, 3, 4] | slice(2, 0) | map('join') | join('|')": "12|34", "['a', ''] | select | join('|')": "a",
    "[1, 2, 3] | select('odd') | join": "13", "[1, 2, 3] | reject('eq', 2) | join": "13",
    "['a'] | map('upper') | join": "A", "[[1, 2]] | map('first') | join": "1", "[1, 2] | last": "2",
    "[] | first | default('—')": "—", "[] | length": "0",
    "studies | map(attribute='status') | unique | join(',')": (
        "preliminary,final,under_way,published,active_not_recruiting,not_yet_recruiting"
    ),
    "studies | map(attribute='zz', default='—') | unique | join": "—",
    "studies | selectattr('phase', 'eq', 'III') | list | length": "4",
    "studies | groupby('status') | map('first') | join('/')": (
        "active_not_recruiting/final/not_yet_recruiting/preliminary/published/under_way"
    ),
    "topic.studies | length == studies | length and 'same'": "same",
    "{'b': 1, 'a': 2} | dictsort | map('first') | join": "ab",
    "{'b': 1, 'a': 2} | dictsort(by='value') | map('last') | join": "12",
    "{'a': 1} | items | first | join('=')": "a=1", "{'a': 1}.a": "1", "{1: 'x'}[1]": "x", "'ab' * 2": "abab",
    "2 * 'ab'": "abab", "'ab' + 'c'": "abc", "'a b' | title": "A B", "'aB' | capitalize": "Ab", "' a ' | trim": "a",
    "'aaa' | replace('a', 'b', 2)": "bba", "'<' | e ~ '<'": "&lt;&lt;", "'ab'[0]": "a", "'ab'[-1]": "b",
    "'a' < 'b' < 'c' and 'y'": "y", "topic.as_of < today and 'y'": "y", "'b' in 'abc' and 'y'": "y",
    "1 not in [2] and 'y'": "y", "'weekly' in topic.studies and 'y'": "y",
    "subject.name is string and words.handout.title is string and 'y'": "y",
    "1 is number and true is not number and 'y'": "y", "[] is sequence and topic.studies is mapping and 'y'": "y",
    "4 is divisibleby(2) and 3 is odd and 'y'": "y", "(1 / 3) | round(3)": "0.333",
    "topic.studies.twice_weekly.enrolled > 50 and 'y'": "y", "'%s' ~ 1": "%s1",
}  # fmt: skip
REFUSED = {
    "1 + 'a'": "has a number + text", "'a' + 1": "has text + a number", "'%s' % 1": "has text % a number",
    "[1] - [1]": "has a list - a list", "true + 1": "has a yes or no + a number",
    "none + 1": "has nothing + a number", "1 / 0": "divides by zero", "1 // 0.0": "divides by zero",
    "1 % 0": "divides by zero", "0 ** -1": "divides by zero",
    "-'x'": "has - before text", "+'x'": "has + before text", "-[1]": "has - before a list",
    "-true": "has - before a yes or no", "-none": "has - before nothing", "-words.handout.title": "has - before text",
    "-missing": "'missing' is undefined",
    "1 < 'a'": "puts a number and text in order", "none < 1": "puts nothing in order",
    "[1] < [2]": "puts a list in order", "topic < topic": "puts a record and a record in order",
    "[1, 'a'] | sort": "puts a number and text in order", "[[1], [2]] | sort": "puts a list in order",
    "[1] in 5": "looks into a number", "5[1:]": "cuts a number",
    "[1]['a':]": "cuts a list at what is no whole number", "{none: 1}": "has nothing as a key",
    "5 | list": "goes through a number", "topic | list": "goes through a record",
    "'a' | round": "computes with text", "1 | round(99)": "gives round a number of decimals",
    "1 | round(0, 'x')": "rounds by an unknown method", "[1] | batch(0)": "gives batch a number of items",
    "range('a')": "calls range without one to three whole numbers", "range(1, 2, 0)": "calls range without",
    "'a' | sum": "has a number + text", "[1] | map": "maps by what is no filter",
    "[1] | select('zz')": "chooses by what", "[1] | selectattr": "chooses by no attribute",
    "topic | items": "asks a record for its items", "true": "prints a yes or no",
    "told('a', 'b', 'c', 'd')": "calls 'told' in a way", "told(5)": "gives a number to 'told'",
    "cite('zz')": "cites 'zz'", "sources_of('zz')": "asks for the sources of 'zz'",
    "halves(5)": "goes through a number", "halves([1])": "gives a number in a list",
    "leaving_out([1], [])": "gives a number in a list", "share(5)": "gives a number to 'share'",
    "patients(5)": "gives a number to", "label(topic)": "gives a record to 'label'",
    "rate(5, 100)": "gives a number to 'rate'", "rate(studies[1].main, 50)": "gives 'rate' a whole",
    "rate(studies[1].main, 300)": "gives 'rate' a whole of 300",
    "rate(studies[1].orr_chosen_dose, 1000)": "which does not say how many of 1,000 that is",
    "number('x', 1)": "gives text to 'number'", "named(5)": "gives a", "number(1, 99)": "gives 'number' decimals",
    "halves(told('results'), 0)": "gives 'halves' characters", "aspects(1)": "gives a",
    "fixed(5)": "gives a number to 'fixed'", "fixed('sources', a=topic)": "prints a record",
    "fixed('sources', a=true)": "prints a yes", "studies[99]": "a list has no '99'",
    "topic.fase": "a record has no 'fase'", "subject.nam": "a record has no 'nam'",
    "words.handout.titel": "a group has no 'titel'", "'x'.upper": "text has no 'upper'",
    "missing.a": "'missing' is undefined", "'x' | upper | round": "computes with text",
    "studies[1].orr_chosen_dose": "it has no count of a number of people",
}  # fmt: skip


@pytest.mark.parametrize("text", SHOWN)
def test_an_expression_gives(text: str) -> None:
    assert html(f"{{{{ {text} }}}}") == SHOWN[text]


@pytest.mark.parametrize("text", REFUSED)
def test_an_expression_is_refused(text: str) -> None:
    problem = refused(f"\n{{{{ {text} }}}}")
    assert str(problem.origin) == "t.j2:2:1"
    assert REFUSED[text] in problem.message


@pytest.mark.parametrize(("text", "message"), {
    "{% macro m(a, a) %}x{% endmacro %}": "has a name twice: 'a'",
    "{% macro m(ﬁ, fi) %}x{% endmacro %}": "has a name twice: 'fi'",
    "{% macro m() %}{{ caller(1, 2) }}{% endmacro %}{% call(b, b) m() %}x{% endcall %}": "has a name twice: 'b'",
    "{{ fixed('stale', date=1, date=2) }}": "has a value by name twice: 'date'",
    "{{ [1] | sort(reverse=true, reverse=false) }}": "has a value by name twice: 'reverse'",
    "{{ 1 is eq(other=1, other=2) }}": "has a value by name twice: 'other'",
    "{% macro m() %}{% endmacro %}{% call m(x=1, x=2) %}{% endcall %}": "has a value by name twice: 'x'",
    "{% macro m() %}{% endmacro %}{% call m(caller=1) %}{% endcall %}": "gives 'caller', which is what stands",
}.items())  # fmt: skip
def test_what_is_named_twice_is_told_at_its_line(text: str, message: str) -> None:
    problem = refused(f"<p>\n\n{text}")
    assert (problem.code, str(problem.origin)) == ("TEMPLATE01", "t.j2:3:1")
    assert message in problem.message


def test_a_message_says_of_a_value_no_more_than_what_it_is() -> None:
    doubled = "{% set n = namespace(a=[1]) %}{% for i in range(60) %}{% set n.a = [n.a, n.a] %}{% endfor %}"
    assert refused(doubled + "{{ topic[n.a] }}").message == "a record has nothing under a list"
    assert refused(doubled + "{{ n.a[topic] }}").message == "a list has nothing under a record"
    assert refused("{{ topic.studies[words] }}").message == "a group has nothing under a group"
    assert refused("{{ topic['" + "x" * 5000 + "'] }}").message == f"a record has no '{'x' * 60}'"
    assert refused("{% macro m() %}{% endmacro %}{{ m.x }}").message == "a macro has no 'x'"
    assert refused("{{ namespace(a=1) }}").message == "prints a namespace, not one value"


def test_a_filter_of_marked_text_leaves_its_marks_alone() -> None:
    said = html("{% set x %}<b>{{ words.handout.title }}</b> & more{% endset %}{{ x | upper }}")
    at = html("{{ words.handout.title }}").partition(">")[0]
    assert said == f"<b>{at}>IXAZOMIB (NINLARO) FOR MULTIPLE MYELOMA</span></b> & MORE"
    assert html("{% filter replace('<', '>') %}<b>&lt;</b>{% endfilter %}") == "<b>&gt;</b>"
    assert html("{% filter title %}<b class='x'>a b</b>{% endfilter %}") == "<b class='x'>A B</b>"


def test_phrases_keep_their_marks_where_they_are_joined_and_lose_them_where_they_become_text() -> None:
    at = html("{{ words.handout.title }}")
    assert html("{{ [words.handout.title, 'a<b'] | join(', ') }}") == f"{at}, a&lt;b"
    assert html("{{ words.handout.title ~ '<' }}") == "Ixazomib (Ninlaro) for multiple myeloma&lt;"
    assert html("{{ words.handout.title | string | length }}") == html("{{ words.handout.title | length }}") == "39"


def test_loops_say_where_they_are() -> None:
    text = (
        "{% for x in 'abca' %}{{ loop.index }}{{ loop.cycle('-', '+') }}{{ loop.length }}"
        "{{ loop.previtem | default('^') }}{{ loop.nextitem | default('$') }}{{ '!' if loop.last }}"
        "{{ 'c' if loop.changed(x == 'b') }} {% endfor %}"
    )
    assert html(text) == "1-4^bc 2+4acc 3-4bac 4+4c$! "
    assert html(
        "{% for x in [] %}{% else %}none{% endfor %}{% for x in range(5) if x % 2 %}{{ x }}{{ loop.index }}{% endfor %}"
    ) == ("none1132")
    assert "cycles through no values" in refused("{% for x in [1] %}{{ loop.cycle() }}{% endfor %}").message


def test_macros_blocks_and_parts_work_as_in_jinja2() -> None:
    others = {
        "base": "<{% block a %}0{% endblock %}>",
        "parts": "{% macro p(x, y=2) %}{{ x }}{{ y }}{{ subject.name }}{% endmacro %}{% set kept = 7 %}",
        "shown": "{{ z }}",
    }
    assert html("{% extends 'base' %}{% block a %}1{{ super() }}{% endblock %}", others) == "<10>"
    assert html("{% import 'parts' as p %}{{ p.p(1, y=3) }}{{ p.kept }}", others) == "13ixazomib7"
    assert html("{% from 'parts' import p, kept as k %}{{ p(1) }}{{ k }}", others) == "12ixazomib7"
    assert html("{% set z = 5 %}{% include 'shown' %}{% include ['none', 'shown'] %}", others) == "55"
    assert html("{% include 'none' ignore missing %}x", others) == "x"
    called = "{% macro m() %}[{{ caller(1) }}]{% endmacro %}{% call(x) m() %}{{ x }}{% endcall %}"
    assert html(called) == "[1]"
    assert (
        html("{% with a = 1 %}{{ a }}{% endwith %}{% filter upper %}a{% endfilter %}{% raw %}{{{% endraw %}") == "1A{{"
    )
    assert html("{% set n = namespace(a=1) %}{% for x in [1, 2] %}{% set n.a = n.a + x %}{% endfor %}{{ n.a }}") == "4"
    assert html("{% set a, b = [1, 2] %}{{ a }}{{ b }}{% for k, v in [[1, 2]] %}{{ k }}{{ v }}{% endfor %}") == "1212"


@pytest.mark.parametrize("text", ["'\\x00'", "'\\ud800'", "'a\\x1bb'", "'\\x85'", "'\\ufffe'", "{'\\x07': 1}"])
def test_a_character_that_no_document_can_hold_is_refused(text: str) -> None:
    problem = refused(f"\n{{{{ {text} }}}}")
    assert (problem.code, str(problem.origin)) == ("TEMPLATE01", "t.j2:2:1")
    assert "which no document can hold" in problem.message
    problem = refused("<p>\n\n\x07</p>")
    assert (str(problem.origin), problem.message) == (
        "t.j2:3:1",
        "has the character U+0007, which no document can hold",
    )


def test_such_a_character_in_a_value_is_refused_where_it_is_printed() -> None:
    for value in ("a\x00", "\ud83d"):
        assert "prints the character U+" in refused("{{ x }}", x=value).message
    assert html("{{ x }}", x="a\u00a0b\u200d\n\t😀") == "a\u00a0b\u200d\n\t😀"


@pytest.mark.parametrize("text", ["1e400", "1e16", "1e-9", "9999999999999999", "1.0000000000000000000000000000001e30"])
def test_a_number_that_no_document_shows_is_refused(text: str) -> None:
    assert str(refused(f"\n{{{{ {text} }}}}").origin) == "t.j2:2:1"
