"""How much a template may do and make: counted, the same on any machine, and told at the template's line."""

from __future__ import annotations

import pytest
from template_samples import html, refused, used
from topic_samples import FOLDERS, ROOT, edition_of

from handouts.compose import bounds
from handouts.compose import template as rendering
from handouts.compose.bounds import Rendering
from handouts.compose.context import Context
from handouts.compose.names import template_names
from handouts.compose.sandbox import language
from handouts.compose.sandbox.language import judged
from handouts.compose.template import render_html
from handouts.files.workspace import Workspace
from handouts.model.section import DOCUMENTS

FEW_STEPS, FEW_CHARACTERS = 60_000, 1_000_000
"""Limits that are met sooner than the real ones."""
STEPS = "takes more than 60,000 steps"
CHARACTERS = "makes more than 1,000,000 characters"
LOOP = "{% set n = namespace(x='ab', l=[1]) %}{% set t = 'x' * 99999 %}{% for i in range(99) %}"
DEEP = "goes more than 40 calls deep"
DOUBLED = (
    "{% set n = namespace(a=[1], b=[1]) %}{% for i in range(38) %}{% set n.a = [n.a, n.a] %}{% set n.b = [n.b, n.b] %}"
)

TOO_MUCH = {
    # time
    "{% for i in range(9999) %}{% for j in range(9999) %}{% set x = j %}{% endfor %}{% endfor %}": STEPS,
    "{% for i in range(9999) if false %}{% endfor %}" * 120: STEPS,
    "{% for i in range(999) %}{{ told('results', study=i ~ '') | join }}{% endfor %}" * 9: STEPS,
    "{% for i in range(9000) %}{{ sources.values() | sort(attribute='title') }}{% endfor %}": STEPS,
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(30) }}": STEPS,
    "{% set t = 'x' * 99999 %}{% for i in range(999) %}{% if t ~ i in t %}{% endif %}{% endfor %}": CHARACTERS,
    "{% set t = 'x' * 99999 %}{% for i in range(9999) %}{% if 'y' in t %}{% endif %}{% endfor %}": STEPS,
    "{% set t = 'x' * 99999 %}{% for i in range(9999) %}{% if t[1:] == 'y' %}{% endif %}{% endfor %}": STEPS,
    "{% set l = range(9999) %}{% for i in range(999) %}{% if 'y' in l %}{% endif %}{% endfor %}": STEPS,
    "{% set l = range(9999) %}{% for i in range(999) %}{{ l | sort(reverse=true) | first }}{% endfor %}": STEPS,
    "{% set l = range(9999) %}{% for i in range(999) %}{% if l == l %}{% endif %}{% endfor %}": STEPS,
    "{% set l = range(9999) %}{% for i in range(999) %}{{ l | map('string') | join | length }}{% endfor %}": STEPS,
    "{% set l = range(9999) %}{% for i in range(999) %}{{ l | batch(1) | length }}{% endfor %}": STEPS,
    f"{DOUBLED}{{% endfor %}}{{% if n.a == n.b %}}{{% endif %}}": STEPS,
    "{% set n = namespace(a=[1]) %}{% for i in range(9999) %}{% set n.a = n.a + [i] %}{% endfor %}": STEPS,
    # space
    "{{ 'x' * 10 ** 9 }}": "makes a text of 1,000,000,000 characters",
    "{{ 10 ** 9 * 'x' }}": "makes a text of 1,000,000,000 characters",
    "{{ [1] * 10 ** 9 }}": "makes a list of 1,000,000,000 items",
    "{{ range(99999) }}": "makes a list of 99,999 items",
    "{{ range(10 ** 14) }}": "makes a list of 100,000,000,000,000 items",
    "{{ ('x' * 99999) | list }}": "makes a list of 99,999 items",
    "{{ (['x' * 9999] * 99) | join }}": "makes a text of 989,901 characters",
    "{{ (['x'] * 9999) | join('y' * 99) }}": "makes a text of 999,801 characters",
    "{{ 'a' | replace('', 'x' * 199999) }}": "makes a text of 399,999 characters",
    "{{ ('a' * 9999) | replace('a', 'x' * 999) }}": "makes a text of 9,999,000 characters",
    "{{ ('<' * 99999) | e }}": "makes a text of 399,996 characters",
    "{% set x %}{{ '<' * 99999 }}{% endset %}{{ x ~ x }}": "makes a text of 799,992 characters",
    LOOP + "{% set n.x = n.x ~ n.x %}{% endfor %}": "makes a text of 262,144",
    LOOP + "{% set n.x = n.x + n.x %}{% endfor %}": "makes a text of 262,144",
    LOOP + "{% set n.l = n.l + n.l %}{% endfor %}": "makes a list of 16,384",
    LOOP + "{% set n.l = n.l + [t ~ i] %}{% endfor %}": CHARACTERS,
    "{% for i in range(9999) %}" + "x" * 999 + "{% endfor %}": CHARACTERS,
    "{% for i in range(9999) %}{{ 'x' * 999 }}{% endfor %}": CHARACTERS,
    "{% macro m() %}{% for i in range(9999) %}" + "x" * 999 + "{% endfor %}{% endmacro %}{{ m() }}": CHARACTERS,
    "{% set x %}{% for i in range(9999) %}{{ words.handout.main_message }}{% endfor %}{% endset %}": CHARACTERS,
    "{% filter e %}{% for i in range(9999) %}{{ words.handout.main_message }}{% endfor %}{% endfilter %}": CHARACTERS,
    "{{ fixed('sources', a='x' * 99999, b='x' * 99999, c='x' * 99999) }}": "makes a text of 299,997 characters",
    # numbers
    "{{ 10 ** 10 ** 10 }}": "makes a number of more than 15 digits",
    "{{ 9 ** 99 }}": "takes a power that is too high",
    "{{ 2 ** 50 ** 1 * 9 }}": "makes a number of more than 15 digits",
    "{{ 10.0 ** 30 }}": "makes a number beyond 15 digits",
    "{{ 10 ** -30 }}": "makes a number beyond 15 digits",
    "{{ ('9' * 5000) | int + 1 }}{{ x }}": "'x' is undefined",
    # depth
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": DEEP,
    "{% macro m() %}{{ caller() }}{% endmacro %}"
    "{% macro n() %}{% call m() %}{{ n() }}{% endcall %}{% endmacro %}{{ n() }}": DEEP,
    DOUBLED.replace("38", "60") + "{% endfor %}{% if n.a == n.b %}{% endif %}": DEEP,
}  # fmt: skip


@pytest.mark.parametrize("text", TOO_MUCH, ids=lambda text: text[:60])
def test_a_template_that_does_or_makes_too_much_is_told_so_at_its_line(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if TOO_MUCH[text] == STEPS:
        monkeypatch.setattr(bounds, "MOST_STEPS", FEW_STEPS)
    monkeypatch.setattr(bounds, "MOST_CHARACTERS", FEW_CHARACTERS)
    problem = refused(f"<p>\n{text}")
    assert str(problem.origin) == "t.j2:2:1"
    assert TOO_MUCH[text] in problem.message


def test_the_limits_are_these() -> None:
    assert (
        "takes more than 1,000,000 steps"
        in refused("{% for i in range(9999) %}" + "{{ i }}" * 99 + "{% endfor %}").message
    )
    assert "makes more than 4,000,000 characters" in refused(LOOP + "{{ t }}{% endfor %}").message


def nested(opening: str, closing: str, times: int) -> str:
    return opening * times + closing * times


TOO_LARGE = {
    "x\n" * 99_999: "has 199,998 characters",
    "{{ a.b.c }}" * 1200: "has more than 3,000 operations, names, values and pieces of text",
    "".join(f"{{{{ n{n} }}}}" for n in range(501)): "has more than 500 names",
    "{% include 'o.j2' %}" * 101: "has more than 100 includes, imports and blocks",
    "{% if a %}" + "{% elif b %}" * 101 + "{% endif %}": "has more than 100 branches of one {% if %}",
    nested("{% if a %}", "{% endif %}", 21): "has more than 20 statements inside each other",
    nested("{% if a %}", "{% endif %}", 2000): "is nested too deeply",
    nested("{% for a in b %}", "{% endfor %}", 9): "has more than 8 loops inside each other",
    "{{ " + "(" * 5000 + " }}": "is nested too deeply",
    "{{ " + "not " * 5000 + "1 }}": "is nested too deeply",
    "{{ " + "-" * 5000 + "1 }}": "is nested too deeply",
    "{{ " + nested("[", "]", 61) + " }}": "has more than 60 operations inside each other",
    "{{ 1" + "+1" * 5000 + " }}": "has more than 60 operations inside each other",
    "{{ a" + ".b" * 5000 + " }}": "has more than 60 operations inside each other",
    "{{ a" + "|e" * 5000 + " }}": "has more than 60 operations inside each other",
    "{{ a" + " and a" * 5000 + " }}": "has more than 60 operations inside each other",
}


@pytest.mark.parametrize("text", TOO_LARGE, ids=lambda text: text[:20])
def test_a_template_that_is_too_large_is_not_compiled(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if "operations, names" in TOO_LARGE[text]:
        assert language._MOST[0] == bounds.MOST_NODES == 20_000
        monkeypatch.setattr(language, "_MOST", (3000, *language._MOST[1:]))
    problem = refused(text, {"o.j2": ""})
    assert (problem.code, str(problem.origin)) == ("TEMPLATE06", "t.j2:1:1")
    assert TOO_LARGE[text] in problem.message


def test_as_much_as_is_allowed_compiles() -> None:
    for text in (
        nested("{% if a %}", "{% endif %}", 20),
        nested("{% for a in b %}", "{% endfor %}", 8),
        nested("{% macro m() %}", "{% endmacro %}", 20),
        "{{ " + nested("[", "]", 58) + " }}",
        "{% if a %}" + "{% elif b %}" * 100 + "{% endif %}",
        "{% if a %}" * 12 + nested("{% for a in b %}", "{% endfor %}", 8) + "{% endif %}" * 12,
    ):
        assert refused(text + "{{ never }}").message in ("'a' is undefined", "'b' is undefined", "'never' is undefined",
                                                         "prints a list, not one value")  # fmt: skip


def test_the_line_of_what_cannot_be_read_is_told() -> None:
    problem = refused("<p>\n<p>\n{{ " + "9" * 5000 + " }}")
    assert (problem.code, str(problem.origin)) == ("TEMPLATE01", "t.j2:3:1")
    assert problem.message.startswith("cannot be read as a template here: Exceeds the limit (4300 digits)")


def test_templates_that_include_each_other_in_a_circle_or_too_deep_are_told_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = refused("\n{% include 'a.j2' %}", {"a.j2": "\n\n{% import 't.j2' as t %}"})
    assert (str(problem.origin), problem.message) == ("a.j2:3:1", "includes itself by way of 't.j2'")
    assert refused("{% include 't.j2' %}").message == "includes itself by way of 't.j2'"
    chain = {f"{n}": f"{{% include '{n + 1}' %}}" for n in range(20)} | {"20": "x"}
    assert "includes templates more than 10 deep" in refused("{% include '0' %}", chain).message
    assert html("{% include '12' %}", chain) == "x"
    # Each includes the next a hundred times over: a hundred to the ninth power of them.
    many = {f"{n}": f"{{% include '{n + 1}' %}}" * 100 for n in range(8)} | {"8": "x"}
    monkeypatch.setattr(bounds, "MOST_STEPS", FEW_STEPS)
    assert refused("{% include '0' %}", many).message == STEPS


def test_a_folder_of_templates_has_a_limit() -> None:
    others = {f"{n}.j2": "x" * 99_999 for n in range(6)}
    problem = refused("x", others)
    assert (problem.code, problem.message) == ("TEMPLATE06", "stands with templates of more than 500,000 characters")


@pytest.mark.parametrize("text", [one for one, message in TOO_MUCH.items() if message in (STEPS, CHARACTERS)],
                         ids=lambda text: text[:60])  # fmt: skip
def test_what_is_stopped_is_stopped_at_the_same_place_each_time(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_STEPS", FEW_STEPS)
    monkeypatch.setattr(bounds, "MOST_CHARACTERS", FEW_CHARACTERS)
    run, again = used(text, monkeypatch), used(text, monkeypatch)
    assert (run.steps, run.characters) == (again.steps, again.characters)


def test_the_documents_of_all_topics_take_a_small_part_of_what_they_may(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[Rendering] = []

    def begun(written: object) -> Rendering:
        runs.append(Rendering(written))  # type: ignore[arg-type]
        return runs[-1]

    monkeypatch.setattr(rendering, "Rendering", begun)
    for topic, folder in FOLDERS.items():
        templates = Workspace(folder, ROOT / "templates").templates()
        for name in DOCUMENTS:
            context = Context(edition_of(folder, topic), name)
            made = render_html(f"{name}.html.j2", templates, template_names(context), context.written)
            assert 5 * len(made) < bounds.LONGEST_HTML
            assert 6 * made.count("<") < 2 * bounds.MOST_ELEMENTS
            assert 5 * len(templates[f"{name}.html.j2"]) < bounds.LONGEST_TEMPLATE
            assert judged(name, templates[f"{name}.html.j2"]).problems == ()
    assert len(runs) == len(FOLDERS) * len(DOCUMENTS)
    assert 60 * max(run.steps for run in runs) < bounds.MOST_STEPS
    # What words say of where they stand has the path of their file in it, which may be long.
    assert 40 * max(run.characters for run in runs) < bounds.MOST_CHARACTERS


def test_a_count_starts_anew_with_each_document(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "{% for i in range(9000) %}{% set x = i %}{% endfor %}x"
    monkeypatch.setattr(bounds, "MOST_STEPS", FEW_STEPS)
    assert [html(text) for _ in range(3)] == ["x"] * 3
