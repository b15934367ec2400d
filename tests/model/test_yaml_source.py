"""Reading YAML: what stays text, what becomes a number, where everything stands, and what is refused where."""

from __future__ import annotations

import json
import time
from decimal import Decimal

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from handouts.model.document import Document, spell
from handouts.model.yaml_source import MAX_BYTES, MAX_PROBLEMS, YamlCode, read_yaml
from handouts.problems import Origin, Problem, ProblemsError

REFUSED = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0x202D, 0x202E, 0xFEFF, 0xFFFE, 0xFFFF]))
printable = st.text(st.characters(codec="utf-8", exclude_characters=REFUSED))
written = st.text(st.characters(codec="utf-8", exclude_characters=REFUSED) | st.sampled_from("\n\t"))


def read(text: str | bytes) -> Document:
    return read_yaml("f.yaml", text)


def refused(text: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsError) as caught:
        read(text)
    return caught.value.problems


def at(text: str | bytes) -> tuple[str, int, int]:
    (problem,) = refused(text)
    assert problem.severity == "error"
    assert problem.instead
    return problem.code, problem.origin.line, problem.origin.column


TEXT_AS_TYPED = """
no yes on Off NO True FALSE Null 8:30 0123 1e3 1.5e3 0x1F 0o17 1_000 2013-01-01 2013-01-01T08:30:00Z .5 5. = +1 1,000
.inf .nan 1.2.3 ٣ ½ --1 -a 00 1. -.5 0.5% 57/100
"""


@pytest.mark.parametrize("written", TEXT_AS_TYPED.split())
def test_what_is_not_plainly_a_number_or_a_truth_value_stays_text(written: str) -> None:
    assert read(f"key: {written}\n").value == {"key": written}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("2013", 2013),
        ("999999999999999", 999999999999999),
    ],
)
def test_plain_scalars_are_typed(written: str, value: object) -> None:
    read_value = read(f"key: {written}\n").value["key"]
    assert read_value == value
    assert type(read_value) is type(value)


def test_a_decimal_keeps_its_last_zero() -> None:
    value = read("hr: 0.830\n").value["hr"]
    assert isinstance(value, Decimal)
    assert str(value) == "0.830"


@pytest.mark.parametrize(
    "text", ["a: ?Really\n", "a: Really?\n", "a:\n  - ?b\n", "a: ['Why?', \"What?\"]\n", "a: >-\n  x\n  ? y\n"]
)
def test_a_question_mark_that_is_no_mark_of_yaml_is_text(text: str) -> None:
    assert "?" in str(read(text).value)


@pytest.mark.parametrize("written", ["true", "null", "~", "12", "0.5", "<<", ""])
@pytest.mark.parametrize("quoted", ["'{}'", '"{}"'])
def test_a_quoted_scalar_is_text(written: str, quoted: str) -> None:
    assert read(f"key: {quoted.format(written)}\n").value == {"key": written}


def test_a_block_scalar_is_text() -> None:
    assert read("a: |\n  12\nb: >-\n  no\n  yes\n").value == {"a": "12\n", "b": "no yes"}


def test_every_value_and_key_has_its_place() -> None:
    document = read("a:\n  b: [x, {c: y}]\n  d:\n    - z\n")
    assert document.value == {"a": {"b": ["x", {"c": "y"}], "d": ["z"]}}
    assert document.key_origin(("a",)) == Origin("f.yaml", 1, 1)
    assert document.origin(("a",)) == Origin("f.yaml", 2, 3)
    assert document.origin(("a", "b", 0)) == Origin("f.yaml", 2, 7)
    assert document.key_origin(("a", "b", 1, "c")) == Origin("f.yaml", 2, 11)
    assert document.origin(("a", "b", 1, "c")) == Origin("f.yaml", 2, 14)
    assert document.origin(("a", "d", 0)) == Origin("f.yaml", 4, 7)
    assert document.key_origin(("a", "d", 0)) == Origin("f.yaml", 4, 7)


def test_an_empty_value_stands_at_its_key() -> None:
    assert read("a: 1\nb:\n").origin(("b",)) == Origin("f.yaml", 2, 1)


def test_a_path_that_is_not_there_stands_at_its_nearest_ancestor() -> None:
    document = read("a:\n  b: 1\n")
    assert document.origin(("a", "c", 3)) == Origin("f.yaml", 2, 3)
    assert document.key_origin(("z",)) == Origin("f.yaml", 1, 1)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: 'one {{ x.y }} two'\n", 1, 9),
        ("a: >-\n  one\n  two {{ x.y }}\n", 3, 7),
        ("a: |\r\n  one\r\n  {{ x.y }}\r\n", 3, 3),
        ("a: >-\n  one {{ x.y\n  }} two\n", 2, 7),
        ("b: '{{ x.y }}'\na: 'é → {{ x.y }}'\n", 2, 9),
        ("\ufeffa: '{{ x.y }}'\n", 1, 5),
    ],
)
def test_an_expression_is_found_within_its_text(text: str, line: int, column: int) -> None:
    assert read(text).origin_within(("a",), "{{ x.y }}") == Origin("f.yaml", line, column)


def test_an_expression_is_found_behind_doubled_and_escaped_quotes() -> None:
    document = read("a: '{{ x[''y''] }}'\nb: \"{{ x[\\\"y\\\"] }}\"\n")
    assert document.origin_within(("a",), "x['y']") == Origin("f.yaml", 1, 8)
    assert document.origin_within(("b",), 'x["y"]') == Origin("f.yaml", 2, 8)


def test_the_second_occurrence_is_found_and_a_third_falls_back_to_the_start() -> None:
    document = read("a: '{{ x }} {{ x }}'\n")
    assert document.origin_within(("a",), "{{ x }}", 1) == Origin("f.yaml", 1, 13)
    assert document.origin_within(("a",), "{{ x }}", 2) == Origin("f.yaml", 1, 4)
    assert document.origin_within(("a",), " ") == Origin("f.yaml", 1, 4)


def test_lines_end_as_an_editor_ends_them() -> None:
    assert read("a: 1\r\nb: 2\rc: 3\nd: 4").lines == ("a: 1", "b: 2", "c: 3", "d: 4")


def test_a_path_is_spelled_with_items_counted_from_one() -> None:
    assert spell(("studies", "weekly", "phase")) == "studies.weekly.phase"
    assert spell(("questions", 2)) == "questions, item 3"
    assert spell(("terms", 0, "meaning", "x")) == "terms, item 1, meaning.x"
    assert spell(()) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (YamlCode.FILE, 0, 0)),
        ("# only a comment\n", (YamlCode.FILE, 0, 0)),
        ("---\n", (YamlCode.FILE, 0, 0)),
        (b"a: caf\xe9\n", (YamlCode.FILE, 1, 7)),
        (b"\xef\xbb\xbfa: caf\xe9\n", (YamlCode.FILE, 1, 7)),
        (b"\xff\xfea\x00", (YamlCode.FILE, 1, 1)),
        ("a: " + "x" * MAX_BYTES, (YamlCode.FILE, 0, 0)),
        ("a: 1\nb: x\0y\n", (YamlCode.CHARACTER, 2, 5)),
        ("a: x\x85y\n", (YamlCode.CHARACTER, 1, 5)),
        ("a: x\u202ey\n", (YamlCode.CHARACTER, 1, 5)),
        ("a: \ud800\n", (YamlCode.CHARACTER, 1, 4)),
        ('a: "x\\0y"\n', (YamlCode.CHARACTER, 1, 4)),
        ('a: "\\u202e"\n', (YamlCode.CHARACTER, 1, 4)),
        ('a: "\\ud800"\n', (YamlCode.CHARACTER, 1, 4)),
        ("a: 1\nb:\n  x: 1\n  x: 2\n", (YamlCode.DUPLICATE, 4, 3)),
        ("a: {x: 1}\na: {x: 2}\n", (YamlCode.DUPLICATE, 2, 1)),
        ("a: &x 1\n", (YamlCode.ALIAS, 1, 4)),
        ("a: *x\n", (YamlCode.ALIAS, 1, 4)),
        ("a:\n  <<: {b: 1}\n", (YamlCode.ALIAS, 2, 3)),
        ("a: !!python/object:os.system x\n", (YamlCode.TAG, 1, 4)),
        ("a: !foo x\n", (YamlCode.TAG, 1, 4)),
        ("a: !!int '3'\n", (YamlCode.TAG, 1, 4)),
        ("a: ! x\n", (YamlCode.TAG, 1, 4)),
        ("a: 1\n---\nb: 2\n", (YamlCode.DOCUMENTS, 2, 1)),
        ("1: a\n", (YamlCode.KEY, 1, 1)),
        ("a:\n  true: b\n", (YamlCode.KEY, 2, 3)),
        (": b\n", (YamlCode.SYNTAX, 1, 1)),
        ("a:\n  ~: b\n", (YamlCode.KEY, 2, 3)),
        ("? [x, y]\n: b\n", (YamlCode.KEY, 1, 3)),
        ("{{a: 1}: b}\n", (YamlCode.SYNTAX, 1, 1)),
        ("a: 1234567890123456\n", (YamlCode.NUMBER, 1, 4)),
        ("a: 0.1234567890123456\n", (YamlCode.NUMBER, 1, 4)),
        ("a: [?Really, b]\n", (YamlCode.QUESTION, 1, 5)),
        ("a: [b, ? Really]\n", (YamlCode.QUESTION, 1, 8)),
        ("a: {?Really, b: 1}\n", (YamlCode.QUESTION, 1, 5)),
        ("a: [?]\n", (YamlCode.QUESTION, 1, 5)),
        ("a:\n  - ? Really\n", (YamlCode.QUESTION, 2, 5)),
        ("? What is it\n: x\n", (YamlCode.QUESTION, 1, 1)),
        ("a: [x #2, y]\n", (YamlCode.NOTE, 1, 7)),
        ("pack #2: x\n", (YamlCode.NOTE, 1, 6)),
        ("pack #2: x\nb: 1\n", (YamlCode.NOTE, 1, 6)),
        ("a:\n  pack #2: x\n  b: 1\n", (YamlCode.NOTE, 2, 8)),
        ("a: *starred text\n", (YamlCode.ALIAS, 1, 4)),
        ("- a\n- b\n", (YamlCode.TOP_LEVEL, 1, 1)),
        ("just text\n", (YamlCode.TOP_LEVEL, 1, 1)),
    ],
)
def test_what_could_change_a_value_unseen_is_refused_where_it_stands(
    text: str | bytes, expected: tuple[str, int, int]
) -> None:
    assert at(text) == expected


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a:\n\tb: c\n", 2, 1, "a tab stands where YAML wants spaces"),
        ("a: @x\n", 1, 4, "this text begins with '@'"),
        ("a: `x`\n", 1, 4, "this text begins with '`'"),
        ("a: 5\nb: %x\n", 2, 4, "this text begins with '%'"),
        ("a: **b** c\n", 1, 4, "this text begins with '*'"),
        ("a: &\n", 1, 4, "this text begins with '&'"),
        ("a: !f!b x\n", 1, 4, "this text begins with '!'"),
        ("a: !<x\n", 1, 4, "this text begins with '!'"),
        ("%YAML 3.0\n---\na: 1\n", 1, 1, "this line begins with '%'"),
        ("a: {{ x.y }} of 57\n", 1, 4, "this text begins with '{{'"),
        ("a: {{ x.y }}\n", 1, 4, "this text begins with '{{'"),
        ("a: b: c\n", 1, 5, "this text holds ': '"),
        ("a: 1\nfoo\nb: 2\n", 2, 1, "this line has no key"),
        ("a: - b\n", 1, 4, "a list item cannot stand here"),
        ("a: ? b\n", 1, 4, "this text begins with '? '"),
        ("a: 1\nb: 'x\nc: d\n", 2, 4, "a quote is opened here and never closed"),
        ('a: "\\q"\n', 1, 6, "a backslash stands in double quotes"),
        ('a: "\\x1"\n', 1, 7, "an escape in double quotes is unfinished"),
        ('a: "\\UFFFFFFFF"\n', 1, 7, "this text has an escape that names no character"),
        ("a: |x\n  b\n", 1, 5, "text stands on the same line as '|' or '>'"),
        ("a: 'b' c\n", 1, 8, "text stands where a new key or item should begin"),
        ("a: [Could it help me?, What else?]\n", 1, 21, "'?' stands in unquoted text between brackets"),
        ("a: {heading: What is it?}\n", 1, 24, "'?' stands in unquoted text between brackets"),
        ("a: ['Why?', Why not?]\n", 1, 20, "'?' stands in unquoted text between brackets"),
        ("a: [a?b, c]\n", 1, 6, "'?' stands in unquoted text between brackets"),
        ("a: [5 of {{ x }}, b]\n", 1, 10, "'{' stands in unquoted text between brackets"),
        ("a: [see [1], b]\n", 1, 9, "'[' stands in unquoted text between brackets"),
        ("a: [5 mg] daily\n", 1, 4, "this text begins with '[', and goes on behind the one that closes it"),
        ("a: 'It's fine'\n", 1, 8, "text stands where a new key or item should begin, since the quotes end before it"),
        ('a: "quoted", then\n', 1, 12, "text stands where a new key or item should begin, since the quotes end"),
        ("a: [one, two # note\nb: c\n", 1, 4, "'[' is opened here and not closed"),
        ("a: [one, two\n# note, too\nb: c\n", 1, 4, "'[' is opened here and not closed"),
        ("a:\n  b: text # note\n c: 2\n", 3, 2, "this line does not fit the lines above"),
        ("a: ]\n", 1, 4, "']' stands where a key, an item or a text should begin"),
        ("a:\n  b: 1\n c: 2\n", 3, 2, "this line does not fit the lines above"),
        ("a: {b: x, c: Adults: all}\n", 1, 20, "': ' stands in unquoted text between brackets"),
        ("a: {b: 1,\n  c: Adults : all}\n", 2, 13, "': ' stands in unquoted text between brackets"),
        ("a: {b: 1\nc: 2\n", 1, 4, "'{' is opened here and not closed"),
        ("a: [1, 2\n", 1, 4, "'[' is opened here and not closed"),
        ("a: {b: 1\n", 1, 4, "'{' is opened here and not closed"),
        ("a: 1\n...\nfoo\n", 3, 1, "text stands where a new key or item should begin"),
    ],
)
def test_broken_syntax_is_told_in_plain_words_with_its_place(text: str, line: int, column: int, words: str) -> None:
    (problem,) = refused(text)
    assert (problem.code, problem.origin.line, problem.origin.column) == (YamlCode.SYNTAX, line, column)
    assert problem.message.startswith(words)
    assert problem.instead


def test_a_duplicate_says_where_the_first_stands() -> None:
    (problem,) = refused("a: 1\nb: 2\na: 3\n")
    assert "first on line 1" in problem.message


def test_all_duplicates_are_told_at_once_even_before_a_syntax_error() -> None:
    problems = refused("a: 1\na: 2\nb: 1\nb: 2\nc: @\n")
    assert [(p.code, p.origin.line) for p in problems] == [
        (YamlCode.DUPLICATE, 2),
        (YamlCode.DUPLICATE, 4),
        (YamlCode.SYNTAX, 5),
    ]


def test_a_file_full_of_problems_is_not_read_to_its_end() -> None:
    assert len(refused("a: 1\n" * 100_000)) == MAX_PROBLEMS
    assert len(refused("\0" * 100_000)) == MAX_PROBLEMS


@pytest.mark.parametrize("text", ["a: *{}\n", "a: &{} x\n", "a: !{} x\n", "? {}\n: 1\n? {}\n: 1\n"])
def test_long_names_are_cut_in_messages(text: str) -> None:
    assert all(len(str(p)) < 250 for p in refused(text.replace("{}", "x" * 5000)))


def test_a_quoted_merge_key_is_an_ordinary_key() -> None:
    assert read("'<<': 1\n").value == {"<<": 1}


def test_an_alias_bomb_is_refused_without_being_expanded() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    assert {p.code for p in refused("\n".join(lines))} == {YamlCode.ALIAS}


@pytest.mark.parametrize("opened", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_at_once(opened: str) -> None:
    started = time.monotonic()
    problems = refused("a:\n " + opened * 200_000)
    assert problems[-1].code == YamlCode.DEPTH
    assert problems[-1].origin.line == 2
    assert time.monotonic() - started < 10


def test_forty_levels_are_allowed_and_forty_one_are_not() -> None:
    assert read("{a: " * 40 + "}" * 40)
    assert at("{a: " * 41 + "}" * 41) == (YamlCode.DEPTH, 1, 161)


def test_an_integer_of_thousands_of_digits_is_refused() -> None:
    assert at("a: " + "9" * 10_000) == (YamlCode.NUMBER, 1, 4)


def test_a_byte_order_mark_is_accepted_and_not_counted() -> None:
    assert read(b"\xef\xbb\xbfa: 1\n").origin(("a",)) == Origin("f.yaml", 1, 4)


def test_json_is_read_with_its_escaped_characters_beyond_the_basic_plane() -> None:
    assert read(json.dumps({"a": "😀 é", "b": [1, True, None]})).value == {"a": "😀 é", "b": [1, True, None]}


@given(st.text() | st.binary() | st.text(alphabet="ab:-? \n\t[]{}&*!|>'\"%@`#,<\\0~"))
@example("? {a: [b]}\n: {{ c }}\n")
@example("[{a: 1, a: 2}: [{}]]")
@example("- ? - a\n")
def test_nothing_but_problems_comes_of_any_input(text: str | bytes) -> None:
    try:
        document = read(text)
    except ProblemsError as e:
        assert all(p.message and "\n" not in str(p) for p in e.problems)
    else:
        assert isinstance(document.value, dict)


@given(written)
def test_any_quoted_text_comes_back_as_it_was_and_is_found(text: str) -> None:
    for dumped in (json.dumps(text), json.dumps(text, ensure_ascii=False)):
        document = read(f"x: 1\nkey: {dumped}\n")
        assert document.value["key"] == text
        assert document.origin(("key",)) == Origin("f.yaml", 2, 6)


@given(st.dictionaries(printable, written, min_size=1))
def test_what_pyyaml_writes_quoted_comes_back(values: dict[str, str]) -> None:
    text = yaml.safe_dump(values, default_style='"', allow_unicode=True, sort_keys=False)
    document = read(text)
    assert document.value == values
    for key in values:
        origin = document.origin((key,))
        assert document.lines[origin.line - 1][origin.column - 1] == '"'


@given(st.lists(st.integers(-(10**15) + 1, 10**15 - 1) | st.booleans() | st.none()))
def test_numbers_truth_values_and_nulls_come_back(values: list[int | bool | None]) -> None:
    assert read(json.dumps({"a": values})).value == {"a": values}


@given(printable.filter(lambda text: text == text.strip() and text.isalnum()), printable)
def test_a_needle_is_found_wherever_it_stands(needle: str, before: str) -> None:
    document = read(f"a: {json.dumps(f'{before}{{{{ {needle} }}}}', ensure_ascii=False)}\n")
    origin = document.origin_within(("a",), f"{{{{ {needle} }}}}")
    assert document.lines[0][origin.column - 1 :].startswith("{{ ")
