"""Tables of recipients: what is read from CSV and JSON Lines, and what is said of rows that cannot be used."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thoroughness import examples

from handouts.batch.rows.recipients import Ids, Recipient, recipient
from handouts.batch.rows.table import COLUMNS, read_rows
from handouts.files.names import folded
from handouts.problems import ProblemsError


def read(path: Path, data: str | bytes) -> list[Recipient | str]:
    """The recipients of a file, or what is said of a row that is none."""
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    found: list[Recipient | str] = []
    for row in read_rows(path):
        try:
            found.append(recipient(path, row))
        except ProblemsError as bad:
            found.append(" ".join(map(str, bad.problems)).replace(str(path), path.name))
    return found


def refused(path: Path, data: str) -> str:
    path.write_text(data, "utf-8")
    with pytest.raises(ProblemsError) as bad:
        list(read_rows(path))
    return str(bad.value)


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_with_and_without_a_byte_order_mark(tmp_path: Path, start: str, end: str) -> None:
    text = start + end.join(("name,id,address", '"Röntgen, Łódź",a1,"1 High St', 'Town"', "", "B,b2,", ""))
    one, other = read(tmp_path / "r.csv", text)
    assert isinstance(one, Recipient) and isinstance(other, Recipient)
    assert (one.id, one.clinic.name, one.clinic.address) == ("a1", "Röntgen, Łódź", ("1 High St", "Town"))
    assert (other.id, other.clinic.address, other.clinic.phone, other.lang) == ("b2", (), None, "")
    assert (one.origin.line, other.origin.line) == (2, 5)


def test_json_lines(tmp_path: Path) -> None:
    text = '{"id": "a1", "name": "A", "address": ["1 High St", "Town"], "hours": null}\n\n{"id": "b2", "name": "B"}\n'
    one, other = read(tmp_path / "r.jsonl", text)
    assert isinstance(one, Recipient) and isinstance(other, Recipient)
    assert (one.clinic.address, one.clinic.hours, other.id, other.origin.line) == (("1 High St", "Town"), None, "b2", 3)


def test_rows_are_data(tmp_path: Path) -> None:
    name = "{{ topic }} </p><b>&amp; **x** {% raw %} =1+1 ../../etc"
    (one,) = read(tmp_path / "r.csv", f'id,name\na,"{name}"\n')
    assert isinstance(one, Recipient) and one.clinic.name == name


BAD_ROWS = {
    "a,,": "r.csv:2:1: ROW03 error: has no name",
    ",A,": "r.csv:2:1: ROW02 error: has no id; ",
    "../a,A,": "the id '../a' cannot end a file name; ",
    "a.,A,": "the id 'a.' cannot end a file name; ",
    f"{'a' * 65},A,": "cannot end a file name; ",
    "a,A": "r.csv:2:1: ROW05 error: has 2 values; the header has 3 columns",
    'a,"A"x,': "r.csv:2:1: ROW05 error: has a quote that is not closed where its value ends; ",
    f"a,{'x' * 131_073},": "r.csv:2:1: ROW05 error: has a value of more than 131,072 characters; shorten it",
    f"{'i' * 5000},A,": f"the id '{'i' * 64}…' cannot end",
    f"a,{'x' * 121},": "the name ",
    'a,A,"x\ty"': "the phone has a line break or control character",
}


@pytest.mark.parametrize("bad", BAD_ROWS)
def test_a_bad_row_is_told_with_its_line_and_stops_no_other(tmp_path: Path, bad: str) -> None:
    said, good = read(tmp_path / "r.csv", f"id,name,phone\n{bad}\nb,B,\n")
    assert isinstance(said, str) and BAD_ROWS[bad] in said and ";" in said
    assert isinstance(good, Recipient) and good.id == "b"


def test_bytes_that_are_not_utf8_stop_only_their_row(tmp_path: Path) -> None:
    said, good = read(tmp_path / "r.csv", b"id,name\na,\xff\nb,B\n")
    assert isinstance(said, str) and "r.csv:2:1: ROW05 error: is not UTF-8 text; save the file as UTF-8" in said
    assert isinstance(good, Recipient)


BAD_JSON = {
    "[1]": "is not a JSON object", '{"id": "a", "name": false}': "has a 'name' that is not text", '{"id": "a", "name": "A", "hours": 0}': "has a 'hours' that is not text", "{": "is not a JSON object on one line", '{"id": 1, "name": "A"}': "has a 'id' that is not",  # noqa: E501
    '{"id": "a", "name": "A", "fax": ""}': "has the unknown key 'fax' (known: address", "[" * 5000: "is not a JSON object",  # noqa: E501
    '{"id": "a", "id": "b", "name": "A"}': "has the key 'id' twice",
}  # fmt: skip


@pytest.mark.parametrize("bad", BAD_JSON)
def test_a_bad_line_of_json_stops_no_other(tmp_path: Path, bad: str) -> None:
    said, good = read(tmp_path / "r.jsonl", f'{bad}\n{{"id": "b", "name": "B"}}\n')
    assert isinstance(said, str) and BAD_JSON[bad] in said
    assert isinstance(good, Recipient)


@pytest.mark.parametrize(("header", "said"), [
    ("id,name,fax", "1:1: ROW01 error: there is no column 'fax'; known: address, country, hours, id, lang, logo, name, paper, phone"),  # noqa: E501
    ("id,nmae", "there is no column 'nmae'; did you mean 'name'?"), ("id,nmae", "the column 'name' is missing"),
    ("id,name,id", "the column 'id' stands twice"), ("", "is empty; begin it with the header id,name,address,"),
    ("id;name", "1:1: ROW01 error: has columns with ';' between; save the table with commas between"),
    ('"id"\t"name"', "has columns with tabs between"), ("x|name", "has columns with '|' between"),
    ('{"id": "a", "name": "A"}', "is JSON, not CSV; write one object a line, and name the file with .jsonl"),
    ("id,name,,", "column 3 has no name; delete it"),
    ("id,n\0ame", "1:1: ROW01 error: is not UTF-8 text; save the table"),
])  # fmt: skip
def test_a_wrong_header_is_told_before_any_row(tmp_path: Path, header: str, said: str) -> None:
    assert said in refused(tmp_path / "r.csv", f"{header}\na,A\n" if header else "")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1"])
@pytest.mark.parametrize("name", ["r.csv", "r.jsonl"])
def test_a_table_in_another_encoding_is_called_that(tmp_path: Path, encoding: str, name: str) -> None:
    text = '{"id": "ä", "name": "A"' if name.endswith("l") else "id,näme\nä,A\n"
    (tmp_path / name).write_bytes(text.encode(encoding))
    try:
        said = " ".join(str(row.problem) for row in read_rows(tmp_path / name))
    except ProblemsError as bad:
        said = str(bad)
    assert "1:1: ROW0" in said and "is not UTF-8 text; save the" in said


def test_of_thousands_of_unknown_columns_a_few_are_told(tmp_path: Path) -> None:
    said = refused(tmp_path / "r.csv", ",".join(("id", "name", *(f"c{n}" for n in range(5000)))) + "\n")
    assert len(said.splitlines()) < 10 and "there are 4,995 more unknown columns" in said


@pytest.mark.sampled(3)
@pytest.mark.parametrize("bad", ['b,"B,x', 'b,"B,"x"'])
@pytest.mark.parametrize("after", ["c,C,z\nd,D,w\n", 'c,C,z\nd,"D",w\n', "c,C,z\n" + "d,D,w\n" * 30_000])
def test_a_quote_that_is_never_closed_costs_its_row_alone(tmp_path: Path, bad: str, after: str) -> None:
    first, said, *others = read(tmp_path / "r.csv", f"id,name,hours\na,A,y\n{bad}\n{after}")
    assert isinstance(first, Recipient) and isinstance(said, str)
    assert "r.csv:3:1: ROW05 error: has a quote that is not closed where its value ends" in said
    assert len(others) == after.count("\n")
    assert [(one.id, one.origin.line) for one in others[:2] if isinstance(one, Recipient)] == [("c", 4), ("d", 5)]


@pytest.mark.parametrize("half", ["\\ud800", "\\udc80", "\\udfff"])
@pytest.mark.parametrize("key", ["id", "name", "address", "logo"])
def test_half_of_a_character_stops_only_its_row(tmp_path: Path, half: str, key: str) -> None:
    members = {"id": "a", "name": "A"} | {key: "xHALF"}
    bad = json.dumps(members).replace("HALF", half)
    said, good = read(tmp_path / "r.jsonl", f'{bad}\n{{"id": "b", "name": "B"}}\n')
    assert isinstance(said, str) and isinstance(good, Recipient)
    assert f"r.jsonl:1:1: ROW05 error: has half of a character, '{half}'; write the character itself" in said


def test_a_table_that_changes_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("id,name\n" + "a,A\n" * 10, "utf-8")
    rows = read_rows(path)
    next(rows)
    with path.open("a", encoding="utf-8") as stream:
        stream.write("b,B\n")
    with pytest.raises(ProblemsError, match=r"r.csv: ROW01 error: changed while its rows were read; run the command"):
        list(rows)


def test_a_stream_is_no_table(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "r.csv")
    with pytest.raises(ProblemsError, match="is a pipe, not a file; save the table as a file"):
        list(read_rows(tmp_path / "r.csv"))


LONG = 3_000_000
ENDLESS = {
    "a line of commas": ("r.csv", b"id,name\na,A\nc,C" + b"," * LONG + b"\nb,B\n", "has 2"),
    "a line without end": ("r.csv", b"id,name\na,A\n" + b"x" * LONG + b"\nb,B\n", "has a value of more than 131,072 "),
    "a row of many lines": ("r.csv", b'id,name\na,A\n' + b'"x\n",' * 500_000 + b"x\nb,B\n", "has a quote that is not "),
    "a line of JSON": ("r.jsonl", b'{"id": "a", "name": "A"}\n{"id": "c", "name": "' + b"x" * LONG
                       + b'"}\n{"id": "b", "name": "B"}\n', "has more than 2,200,000 characters"),
    "a line of JSON with blanks": ("r.jsonl", b'{"id": "a", "name": "A"}\n{"id": "c", "name": "C"}' + b" " * LONG
                                   + b'nonsense\n{"id": "b", "name": "B"}\n', "has more than 2,200,000 characters"),
}  # fmt: skip


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("name", "data", "said"), ENDLESS.values(), ids=ENDLESS)
def test_a_row_without_end_is_not_read_whole_and_costs_itself_alone(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    found = list(read_rows(tmp_path / name))
    assert [row.id for row in found if row.problem is None] == ["a", "b"]
    bad = [row.problem.message for row in found if row.problem]
    assert bad and bad[0].startswith(said)


@settings(max_examples=examples(60), derandomize=True)
@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail_otherwise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("rows")
    read(folder / "r.csv", b"id,name\n" + data)
    read(folder / "r.jsonl", data)


@settings(max_examples=examples(30), derandomize=True)
@given(st.lists(st.text(max_size=6), max_size=300))
def test_an_id_is_new_once_whatever_its_case(ids: list[str]) -> None:
    known, seen = Ids(), set[str]()
    for ident in ids:
        assert known.add(ident) == (folded(ident) not in seen)
        seen.add(folded(ident))


def test_thousands_of_ids_are_told_apart() -> None:
    known = Ids()
    assert all(known.add(f"c{n}") for n in range(20_000))
    assert not any(known.add(f"C{n}") for n in range(20_000))


def test_columns_are_the_documented_ones() -> None:
    assert COLUMNS == ("id", "name", "address", "phone", "hours", "logo", "lang", "paper", "country")
