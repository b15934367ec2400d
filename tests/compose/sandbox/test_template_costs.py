"""Every filter and test on a long text and a long list, many times: it ends, or is refused, before it takes long."""

from __future__ import annotations

import contextlib
import time
import tracemalloc
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from markupsafe import Markup
from template_samples import html, refused
from topic_samples import CONTENT

from handouts.compose.bounds import LONGEST_TEXT, MOST_ITEMS
from handouts.compose.phrase import Phrase
from handouts.compose.plain import PlainGroup
from handouts.compose.sandbox.filters import FILTERS
from handouts.compose.sandbox.template_tests import TESTS
from handouts.problems import Origin, ProblemsError

AT = Origin(f"{CONTENT}/words/en.yaml", 1, 1)
SECONDS = 10
"""What is not counted takes a minute; a million steps take one to seven seconds, as busy as the machine is."""
MEGABYTES = 60
PARTS = {"plain": "ab ", "wide": "€", "grows": "ΐ", "escaped": "'", "opens": "<", "marks": "&a;", "spaces": " ",
         "stars": "**a ", "digits": "9"}  # fmt: skip
"""What long texts are made of."""
ARGUMENTS: dict[str, tuple[str, ...]] = {
    "replace": ("('a', 'b')", "('<', t)", "('a' * 1200 ~ 'b', '')", "('', '&')"),
    "join": ("", "(t)", "(t | e)"), "default": ("('x', true)",), "batch": ("(1)", "(3, t)"), "slice": ("(9999, 1)",),
    "sort": ("", "(case_sensitive=true)", "(attribute=0)"), "unique": ("", "(case_sensitive=true)", "(attribute=t)"),
    "groupby": ("(0)", "(t, 1)"), "map": ("('e')", "('reverse')", "('int')", "('string')", "('lower')", "('title')",
    "('trim')", "('replace', 'a', 'b')", "('list')", "('length')", "('default', *l)", "(attribute=t)"),
    "select": ("", "('eq', other)", "('lt', other)", "('in', t)", "('in', l)"), "reject": ("('ge', other)",),
    "selectattr": ("(0)", "(t, 'defined')"), "rejectattr": ("(0, 'eq', 'a')",), "sum": ("(start='')",),
    "dictsort": ("", "(by='value')"), "round": ("(2)",), "int": ("", "(t)"),
}  # fmt: skip
"""How filters are called, where that is not without arguments."""
OTHERS = ("other", "l", "g", "p", "1")
"""What tests compare with."""


def long_values(part: str) -> dict[str, Any]:
    """Long texts made of a part, a long list of one of them, of another that is almost the same, and the like."""
    text = (part * LONGEST_TEXT)[: LONGEST_TEXT - 1]
    first, other = text + "x", text + "y"
    return {
        "t": first, "m": Markup(first), "other": other, "l": (first,) * MOST_ITEMS,
        "d": (first, other) * (MOST_ITEMS // 2),
        "g": PlainGroup({first: 1, other: 2}), "p": Phrase(first, AT), "ps": (Phrase(first, AT),) * MOST_ITEMS,
    }  # fmt: skip


def ends_soon(text: str, others: Mapping[str, str] | None = None, **values: Any) -> None:
    """Whether a template is refused for what it takes, or comes to its end, in time and without much memory."""
    begun = time.process_time()
    try:
        html(text, others, **values)
    except ProblemsError as bad:
        assert {problem.code for problem in bad.problems} <= {"LOCALE01", "TEMPLATE01", "TEMPLATE06"}
    assert time.process_time() - begun < SECONDS


CALLS = [
    *(f"{value} | {name}{given}" for name in FILTERS for given in ARGUMENTS.get(name, ("",))
      for value in ("t", "m", "l", "d", "g", "p", "ps")),
    *(f"{value} is {name} {given}" for name in TESTS if name[0].isalpha() for value in ("t", "m", "l", "g", "p", "ps")
      for given in (OTHERS if name in ("in", "eq", "ne", "lt", "le", "gt", "ge", "divisibleby", "equalto", "lessthan",
                                       "greaterthan") else ("",))),
    *(f"{left} {sign} {right}" for sign in ("==", "<", "in", "not in", "~", "+", "*") for left in ("t", "m", "l", "p")
      for right in ("other", "l", "g", "p", "(other | e)", "2")),
    "t[1:]", "m[::-1]", "l[1:]", "t[5]", "g[other]", "g[m]", "g.get(m)", "g.keys()", "topic[m]", "{m: 1, t: 2}",
    "fixed('stale', date=t)", "fixed('stale', date=m)", "fixed(m)", "told(m)", "told(t ~ i)", "category(m)", "cite(m)",
    "halves(ps)", "leaving_out(ps, ps)", "namespace(a=m)", "range(*l)", "loop.cycle(*l)", "loop.cycle(*t)",
    "loop.changed(l)", "loop.changed(m)", "sources_of(*l)", "[] | map('upper', *l)", "-t", "not p", "p or 1",
]  # fmt: skip


@pytest.mark.sampled(40)
@pytest.mark.parametrize(("call", "part"), [(call, [*PARTS][at % len(PARTS)]) for at, call in enumerate(CALLS)])
def test_a_loop_of_many_calls_ends_soon_or_is_refused(call: str, part: str) -> None:
    ends_soon(f"{{% for i in range(10000) %}}{{% set x = {call} %}}{{% endfor %}}", **long_values(PARTS[part]))


@pytest.mark.sampled(5)
@pytest.mark.parametrize("text", [
    "{{ l | join(''|e) }}", "{{ m" + " ~ t" * 500 + " }}", "{{ t" + " ~ m" * 500 + " }}", "{{ l | join(t | e) }}",
    "{% set x = l | map('reverse') %}{{ x | length }}", "{% set x = ps | map('string') %}{{ x | length }}",
    "{% set x = l | map('upper') %}", "{% set x = l | map('e') %}", "{% set x = ps | join %}", "{{ l | sort }}",
    "{% set x = (l | map('list')) %}", "{% set x = range(10000) | map(attribute=t) %}",
    "{% set x = [" + "t[1:], " * 500 + "] %}",
    "{{ fixed('stale', " + "".join(f"a{n}=m, " for n in range(400)) + ") }}",
    "{% set n = namespace(z=0.0) %}{% for i in range(30) %}{% set n.z = n.z * n.z * 0.001 %}{% endfor %}"
    "{% set x = ([n.z] * 10000) | map('string') %}{{ x | join }}",
    "{% for i in range(1000) %}{{ t }}{% endfor %}",
])  # fmt: skip
def test_what_would_fill_the_memory_is_refused_before_it_does(text: str) -> None:
    values = {key: value for key, value in long_values("'").items() if key in text}
    tracemalloc.start()
    try:
        with contextlib.suppress(ProblemsError):
            html(text, **values)
        assert tracemalloc.get_traced_memory()[1] < MEGABYTES * 1_000_000
    finally:
        tracemalloc.stop()


def test_numbers_with_the_same_hash_are_told_apart_in_time() -> None:
    same = tuple(Decimal(n * (2**61 - 1)).scaleb(-15) for n in range(1, 8001))
    assert len(set(map(hash, same))) == 1
    ends_soon("{{ same | unique | length }}", same=same)
    ends_soon("{{ rows | groupby(0) | length }}", rows=tuple((number,) for number in same))
    assert html("{{ [1, 1.0, 100, 1.5, 10, '1', 0.0, 0] | unique | join(' ') }}") == "1 100 1.5 10 1 0.0"


def test_the_marks_of_a_text_are_found_in_time_that_grows_with_its_length() -> None:
    text = "{% set x %}{% for i in range(9000) %}<<<<<<<<<<<<<<<<<<<<{% endfor %}{% endset %}{{ (x | upper) | length }}"
    begun = time.process_time()
    assert html(text) == "180,000"
    assert time.process_time() - begun < 5
    assert html("{% filter upper %}<b>a</b> &amp; a < b > c &amp; < d &lt; < e{% endfilter %}") == (
        "<b>A</b> &amp; A < b > C &amp; < D &lt; < E"
    )


def test_what_grows_is_counted_as_it_grew() -> None:
    assert "makes a text of 600,000 characters" in refused("{{ t | upper | length }}", t="ΐ" * LONGEST_TEXT).message
    joined = refused("{{ t ~ m }}", t="'" * 100_000, m=Markup("abcd")).message
    assert "makes a text of 500,004 characters" in joined


def test_including_another_template_takes_steps() -> None:
    ends_soon("{% for i in range(10000) %}" + "{% include 'o' %}" * 20 + "{% endfor %}", {"o": "x"})
