"""Includes whose name is worked out in its middle: every template that fits is judged, the first that is there runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from template_samples import html, refused
from topic_samples import CONTENT, ROOT, edition_of

from handouts.compose.handout import compose_handout
from handouts.files.workspace import Workspace
from handouts.plan.text import plain
from handouts.problems import ProblemsError

BY_ID_OR_KIND = (
    "{% for s in sections %}{% include ['one/' ~ s.id ~ '.j2', 'one/' ~ s.kind ~ '.j2'] ignore missing %}{% endfor %}"
)
MISSING = "{% include ['one/' ~ 'x' ~ '.j2', 'none.j2'] %}"


def test_the_first_name_that_is_there_is_taken() -> None:
    others = {"one/questions.j2": "[by kind]", "one/results.j2": "[by id]", "one/text.j2": "."}
    made = html(BY_ID_OR_KIND, others)
    assert made.count("[by id]") == 1
    assert made.count("[by kind]") == 1
    assert made.count(".") == 2, "what_it_is and how_it_works are text, and results has a template of its own"


def test_what_is_included_sees_the_section_that_it_is_of() -> None:
    assert html(BY_ID_OR_KIND, {"one/what_it_is.j2": "{{ s.heading }}"}) == "What is ixazomib?"


@pytest.mark.parametrize("name", ["one/results.j2", "one/nobody_asks_for_it.j2", "one/.j2"])
def test_each_template_that_fits_is_judged_whether_it_runs_or_not(name: str) -> None:
    problem = refused(BY_ID_OR_KIND, {"one/text.j2": "fine", name: "line\n{% include 'a' ~ s.id %}"})
    assert (str(problem.origin), problem.code) == (f"{name}:2:1", "TEMPLATE01")
    assert problem.message == "includes a template by a name that is worked out"


@pytest.mark.parametrize("name", ["two/results.j2", "one/results.html", "results.j2"])
def test_a_template_that_does_not_fit_is_not_looked_at(name: str) -> None:
    assert html(BY_ID_OR_KIND, {"one/text.j2": "", name: "{% include 'a' ~ s.id %}"}) == ""


@given(st.lists(st.from_regex(r"\A[a-z]{1,8}\Z"), min_size=1, max_size=6, unique=True), st.data())
def test_every_mistake_of_what_fits_is_told_at_once(names: list[str], data: st.DataObject) -> None:
    wrong = data.draw(st.sets(st.sampled_from(names)))
    others = {f"one/{name}.j2": "{% if %}" if name in wrong else "" for name in names}
    try:
        html(BY_ID_OR_KIND, others)
    except ProblemsError as bad:
        assert sorted(one.origin.file for one in bad.problems) == sorted(f"one/{name}.j2" for name in wrong)
    else:
        assert not wrong


def test_a_circle_by_way_of_a_pattern_is_refused_even_where_it_would_end() -> None:
    problem = refused(BY_ID_OR_KIND, {"one/results.j2": "{% include 't.j2' %}"})
    assert (str(problem.origin), problem.message) == ("one/results.j2:1:1", "includes itself by way of 't.j2'")
    problem = refused(BY_ID_OR_KIND, {"one/odd.j2": "\n{% include ['one/' ~ s.kind ~ '.j2'] %}"})
    assert (str(problem.origin), problem.message) == ("one/odd.j2:2:1", "includes itself by way of 'one/odd.j2'")


@pytest.mark.parametrize(
    "name",
    [
        "s.id", "s.id ~ '.j2'", "'one/' ~ s.id", "['one/' ~ s.id]", "['t.j2', s.id ~ '.j2']", "'one/' + s.id + '.j2'",
        "'' ~ s.id ~ ''", "'one/' ~ s.id ~ ''", "'' ~ s.id ~ '.j2'", "('one/' ~ s.id ~ '.j2') | upper",
    ],
)  # fmt: skip
def test_a_name_whose_beginning_or_end_is_worked_out_is_refused(name: str) -> None:
    problem = refused(f"{{% for s in sections %}}\n{{% include {name} %}}{{% endfor %}}", {"one/text.j2": ""})
    assert (str(problem.origin), problem.code) == ("t.j2:2:1", "TEMPLATE01")
    assert problem.message == "includes a template by a name that is worked out"
    assert "an include may work out its middle" in problem.instead


@pytest.mark.parametrize("tag", ["extends", "import", "from"])
def test_only_an_include_may_work_out_a_name(tag: str) -> None:
    rest = {"extends": "", "import": " as x", "from": " import x"}[tag]
    problem = refused(f"{{% {tag} 'one/' ~ language ~ '.j2'{rest} %}}", {"one/en.j2": ""})
    assert problem.message == "includes a template by a name that is worked out"


def test_a_pattern_that_nothing_fits_is_told_with_what_is_there() -> None:
    problem = refused(MISSING, {"nine.j2": ""})
    assert (problem.code, str(problem.origin)) == ("TEMPLATE01", "t.j2:1:1")
    assert problem.message == "includes 'one/….j2, none.j2', which is not there"


def test_a_name_that_no_template_has_when_it_runs_is_told() -> None:
    problem = refused("{% for s in sections %}{% include 'one/' ~ s.id ~ '.j2' %}{% endfor %}", {"one/x.j2": ""})
    assert problem.code == "TEMPLATE01"
    assert "which is not there" in problem.message


@pytest.mark.parametrize("part", ["../secret", "one/../t", "\\\\x", ""])
def test_a_worked_out_name_reaches_no_file(part: str) -> None:
    problem = refused(f"{{% include 'one/' ~ '{part}' ~ '.j2' %}}", {"one/x.j2": ""})
    assert "which is not there" in problem.message


def test_a_designers_template_for_one_section_overrides_that_one_alone() -> None:
    edition, templates = edition_of(CONTENT, "ixazomib"), Workspace(CONTENT, ROOT / "templates").templates()
    own = {**templates, "handout/long_term.html.j2": '<h2>Ours</h2><p class="lead">{{ s.told | first }}</p>'}
    before, after = (compose_handout(edition, one).words().splitlines() for one in (templates, own))
    assert "Ours" not in before
    at = after.index("Ours")
    both = before[at]
    first, _, second = both.partition("dummy drug. ")
    assert first.startswith("Alone, as long-term treatment") and second
    assert after[at + 1] == f"{first}dummy drug."
    assert before[:at] == after[:at]
    assert before[at + 1 :] == after[at + 2 :]


def test_a_designers_template_for_a_kind_overrides_all_of_it() -> None:
    templates = Workspace(CONTENT, ROOT / "templates").templates()
    own = {**templates, "handout/questions.html.j2": "<p>Ask {{ s.entries | length }}.</p>"}
    handout = compose_handout(edition_of(CONTENT, "ixazomib"), own)
    assert "Ask 2." in [plain(runs) for runs in handout.texts()]
