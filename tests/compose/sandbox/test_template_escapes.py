"""What a template must not do: run code, read a file, reach a method, a class or an attribute of Python or others."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from template_samples import html, names, refused
from thoroughness import examples
from topic_samples import CONTENT, ROOT, plans_of

from handouts.compose.plain import Function, PlainGroup, PlainRecord
from handouts.model.section import DOCUMENTS
from handouts.problems import ProblemsError

ATTRIBUTES = [
    # of records: parsers, constructors, copies and dumps of a model
    "topic.parse_raw('{}')", "topic.parse_file('secret.json')", "topic.parse_obj({})", "topic.from_orm(subject)",
    "topic.construct()", "topic.model_construct()", "topic.model_validate({})", "topic.model_validate_json('{}')",
    "topic.model_dump()", "topic.model_dump_json()", "topic.dict()", "topic.json()", "topic.copy()",
    "topic.model_copy(update={})", "topic.schema()", "topic.model_json_schema()", "topic.update_forward_refs()",
    "topic.model_rebuild()", "topic.model_fields", "topic.model_config", "topic.model_post_init", "topic.validate({})",
    "subject.model_fields_set", "sources.bcj_2025.as_of.replace()", "studies[0].view", "studies[0].report",
    "studies[0].get('id')", "studies[0].names()", "studies[0].but()", "studies[0]['get']", "topic['parse_raw']",
    # of groups and lists
    "topic.studies.pop('weekly')", "topic.studies.update({})", "topic.studies.copy()", "topic.studies['get']",
    "studies.append(1)", "studies.index(1)", "studies.count(1)", "{'a': 1}.pop('a')", "[1].append(2)",
    # of texts, phrases and markup
    "'x'.format(1)", "'{0.real}'.format(1)", "'x'.format_map({})", "'x'.join([])", "'x'.encode()", "'x'.upper()",
    "subject.name.center(9)", "subject.name.translate({})", "words.handout.title.text", "words.handout.title.origin",
    "words.handout.title.telling('x')", "words.handout.title.marked", "('<'|e).unescape()", "('<'|e).format(1)",
    "('<'|e).striptags()", "('x'|e)['format']", "'x'['format']",
    # of numbers, dates and results
    "(1).real", "(1.5).as_tuple()", "(1).to_bytes(1)", "topic.as_of.parse", "studies[1].main.interval.index(1)",
    "studies[1].main.replace()", "true.real",
    # of functions
    "told.name", "told.run", "range.run", "namespace.run", "topic.studies.get.run", "told.func_globals",
]  # fmt: skip
PRIVATE = [
    "topic.__class__", "topic['__class__'].__mro__", "''.__class__.__base__.__subclasses__()", "told.__globals__",
    "range.__class__", "namespace.__init__.__globals__", "studies.__len__()", "topic._fields", "topic.studies._items",
    "subject.name.__format__('x')", "words.handout.title.__html__()", "words.handout.title.__reduce__()",
    "(1).__class__", "missing.__class__", "missing._undefined_obj", "('<'|e).__html_format__('')",
]  # fmt: skip
STATEMENTS = [
    "{% for x in studies %}{{ loop._iterable }}{% endfor %}",
    "{% for x in studies %}{{ loop.__class__ }}{% endfor %}",
    "{% for x in studies %}{{ loop['_recurse'] }}{% endfor %}",
    "{% for x in studies %}{{ loop.index.__class__ }}{% endfor %}",
    "{% for x in studies %}{{ loop(studies) }}{% endfor %}",
    "{% for x in studies recursive %}{{ loop(studies) }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m._func }}",
    "{% macro m() %}{% endmacro %}{{ m.name }}",
    "{% macro m() %}{% endmacro %}{{ m['arguments'] }}",
    "{% macro m() %}{{ varargs }}{% endmacro %}{{ m(1) }}",
    "{% macro m() %}{{ kwargs }}{% endmacro %}{{ m(a=1) }}",
    "{% macro m() %}{{ caller._environment }}{% endmacro %}{% call m() %}{% endcall %}",
    "{% set n = namespace(a=1) %}{{ n._Namespace__attrs }}",
    "{% set n = namespace(a=1) %}{{ n['_Namespace__attrs'] }}",
    "{% set n = namespace({'a': 1}) %}",
    "{% set topic.subject = 1 %}",
    "{% import 'o.j2' as o %}{{ o._body_stream }}",
    "{% import 'o.j2' as o %}{{ o['__name__'] }}",
    "{% import 'o.j2' as o %}{{ o.__class__ }}",
    "{% from 'o.j2' import __init__ as x %}{{ x }}",
    "{% from 'o.j2' import _body_stream as x %}{{ x }}",
    "{% block b %}{{ self.b() }}{% endblock %}",
    "{{ self._TemplateReference__context }}",
    "{% block b %}{{ super.__class__ }}{% endblock %}",
    "{% block b %}{{ super.name }}{% endblock %}",
    "{% set x %}{{ subject.name }}{% endset %}{{ x.format() }}",
    "{% filter attr('x') %}x{% endfilter %}",
    "{% autoescape false %}{{ '<' }}{% endautoescape %}",
    "{% include '../secret.j2' %}",
    "{% include '/etc/passwd' %}",
    "{% include ('o' ~ '.j2') %}",
    "{% extends missing %}",
    "{% do 1 %}",
    "{% debug %}",
]
FILTERS = [
    "topic | attr('parse_raw')", "studies | map('attr', '__class__')", "studies | map(attribute='view')",
    "studies | map(attribute='__class__') | first", "studies | groupby('__class__')", "told is callable",
    "studies | selectattr('__class__')", "topic | pprint", "topic | tojson",
    "studies | rejectattr('parse_raw')", "studies | sum(attribute='__init__')", "studies | sort(attribute='__class__')",
    "studies | unique(attribute='_fields')", "studies | min(attribute='__class__')", "1 | map('upper')",
    "studies | join(attribute='_fields')", "studies | map('go through')", "studies | select('compare')",
    "{'a': 1} | xmlattr", "'%s' | format(topic)", "'x' | safe", "studies | random", "subject.name | urlize",
    "topic is sameas(topic)", "studies | select('callable')", "studies | map('format')",
]  # fmt: skip
NAMES = ["lipsum()", "cycler('a')", "joiner()", "dict(a=1)", "environment", "context", "__builtins__", "open('x')",
         "loop.index", "caller()", "get_flashed_messages", "config", "request"]  # fmt: skip
CALLS = ["topic()", "studies()", "'x'()", "words.handout.title()", "told.run('x')", "(1)()", "none()", "told(told)()",
         "fixed('sources', _loop_vars=1)", "fixed('sources', __class__=1)", "told(**{'section': 'x'})"]  # fmt: skip
PRINTED = ["topic", "studies", "topic.studies", "told", "range", "namespace(a=1)", "true", "'x' if false else told"]
OTHERS = {"o.j2": "{% set a = 1 %}"}


@pytest.mark.parametrize(
    "text",
    [*STATEMENTS, *(f"{{{{ {one} }}}}" for one in (*ATTRIBUTES, *PRIVATE, *FILTERS, *NAMES, *CALLS, *PRINTED))],
)
def test_a_template_that_reaches_for_more_is_refused_at_its_line(text: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        html(f"<p>\n{text}</p>", OTHERS)
    assert {(p.code, str(p.origin)) for p in caught.value.problems} == {("TEMPLATE01", "t.j2:2:1")}


@pytest.mark.parametrize("text", ["{{ topic.missing is defined }}", "{{ missing | default('x') }}"])
def test_asking_whether_a_name_exists_reaches_nothing(text: str) -> None:
    assert html(text.replace("is defined }}", "is defined else 'x' }}").replace("{{ topic", "{{ 'y' if topic")) == "x"


def test_a_pickle_in_a_template_runs_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    pickle = f"cos\\nsystem\\n(S'id > {mark}'\\ntR."
    secret = tmp_path / "secret.json"
    secret.write_text('{"schema_version": "hush"}', "utf-8")
    attempts = (
        f'topic.parse_raw("{pickle}", proto="pickle", allow_pickle=True)',
        f"topic.parse_file('{secret}')",
        f"topic.parse_file('{secret}', allow_pickle=True)",
    )
    for attempt in attempts:
        templates = tmp_path / "templates"
        templates.mkdir(exist_ok=True)
        (templates / "handout.html.j2").write_text(f"<h1>x</h1>\n{{{{ {attempt} }}}}", "utf-8")
        with pytest.raises(ProblemsError, match=r"handout\.html\.j2:2:1: TEMPLATE01") as caught:
            plans_of(CONTENT, "ixazomib", templates)
        assert "hush" not in str(caught.value)
    assert {path.name for path in tmp_path.iterdir()} == {"secret.json", "templates"}


def test_nothing_that_a_template_can_name_is_of_a_library() -> None:
    for document in DOCUMENTS:
        for name, value in names(document).items():
            home = type(value).__module__
            assert home in ("builtins", "decimal") or home.startswith("handouts."), name
            if home.startswith("handouts."):
                dates = ("today", "newest_change", "newest_source", "stale")
                assert isinstance(value, PlainRecord | PlainGroup | Function) or name in dates


def test_a_value_that_is_not_plain_never_gets_to_a_template() -> None:
    for value in (ROOT, object(), {"a": 1}, [1], len, 0.5, Path):
        with pytest.raises(TypeError, match=r"'x' is a .*, which templates may not see"):
            html("{{ x }}", x=value)


def test_what_a_function_gives_is_judged_too() -> None:
    problem = refused("{{ f() }}", f=Function("f", lambda: ROOT))
    assert problem.code == "TEMPLATE07"
    assert "'f' is a PosixPath, which templates may not see" in problem.message


_PIECES = st.sampled_from(
    ["{{ ", " }}", "{% ", " %}", "{# ", " #}", "for x in ", "if ", "endif", "endfor", "else", "set x = ", "macro m(a)",
     "endmacro", "m(", "include 't.j2'", "topic", "studies", "words.handout.title", "told('results')", "x", ".subject",
     ".name", "['a']", "[1:]", "(", ")", "[", "]", ", ", " ~ ", " + ", " * ", " ** ", " == ", " in ", " is ", " not ",
     "defined", "1", "99999", "'a'", "1.5", " | ", "list", "join", "map('upper')", "sort", "length", ".__class__", "é",
     "loop.index", "namespace()", "range(9)", "<p>", "</p>", "\n", "\x07", "self", "caller()", "block b", "endblock",
     "call m()", "endcall"]
)  # fmt: skip


@settings(max_examples=examples(300), deadline=None, derandomize=True)
@given(st.lists(_PIECES, max_size=30).map("".join))
def test_any_template_makes_html_or_is_told_what_is_wrong_with_it(text: str) -> None:
    try:
        made = html(text)
    except ProblemsError as bad:
        assert {problem.code for problem in bad.problems} <= {"TEMPLATE01", "TEMPLATE06"}
        assert {problem.origin.file for problem in bad.problems} == {"t.j2"}
        assert all(problem.origin.line >= 1 and problem.instead for problem in bad.problems)
    else:
        assert isinstance(made, str)
