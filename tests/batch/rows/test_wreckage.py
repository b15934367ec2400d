"""What spreadsheets leave in cells is told with row and column, and what only looks like it is let be."""

from __future__ import annotations

from pathlib import Path

import pytest
from batch_samples import files, order_for, report, run_here, table

from handouts.batch.rows.recipients import recipient
from handouts.batch.rows.table import read_rows
from handouts.batch.rows.wreckage import wrecks_in
from handouts.problems import Problem, ProblemsError


def rows(path: Path, data: str | bytes) -> list[tuple[Problem, ...] | str]:
    """Of each row what is wrong with it, or its name."""
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    found: list[tuple[Problem, ...] | str] = []
    for row in read_rows(path):
        try:
            one = recipient(path, row)
            found.append(one.warnings or one.clinic.name)
        except ProblemsError as bad:
            found.append(bad.problems)
    return found


WRECKS = {
    ("name", "#REF!"): ("ROW08", "error", "the name has '#REF!'"),
    ("name", "Clinic #NAME?"): ("ROW08", "error", "the name has '#NAME?'"),
    ("phone", "#N/A"): ("ROW08", "error", "the phone has '#N/A'"),
    ("hours", "#VALUE!"): ("ROW08", "error", "the hours have '#VALUE!'"),
    ("address", "1 High St\n#DIV/0!"): ("ROW08", "error", "the address has '#DIV/0!'"),
    ("name", "#BEZUG!"): ("ROW08", "error", "the name has '#BEZUG!'"),
    ("name", "#¡REF!"): ("ROW08", "error", "the name has '#¡REF!'"),
    ("name", "#¿NOMBRE?"): ("ROW08", "error", "the name has '#¿NOMBRE?'"),
    ("name", "#N/D"): ("ROW08", "error", "the name has '#N/D'"),
    ("id", "#REF!"): ("ROW08", "error", "the id has '#REF!'"),
    ("hours", "########"): ("ROW08", "error", "the hours are '########'"),
    ("name", "=B2"): ("ROW09", "error", "the name is the formula '=B2'"),
    ("hours", "@SUM(A1)"): ("ROW09", "error", "the hours are the formula"),
    ("name", "CafÃ©"): ("ROW10", "error", "the name has 'Ã©', a mark of a wrong encoding, which was 'é'"),
    ("name", "Menâ€™s"): ("ROW10", "error", "the name has 'â€™', a mark of a wrong encoding, which was '’'"),
    ("name", "Ã–sterreich"): ("ROW10", "error", "which was 'Ö'"),
    ("name", "M\ufffdller"): ("ROW10", "error", "the name has '\ufffd'"),
    ("name", "M?ller"): ("ROW10", "warning", "the name has 'M?ller'"),
    ("name", "NULL"): ("ROW11", "error", "the name is 'NULL'"),
    ("address", "nan"): ("ROW11", "error", "the address is 'nan'"),
    ("hours", "n/a"): ("ROW11", "error", "the hours are 'n/a'"),
    ("phone", "None"): ("ROW11", "error", "the phone is 'None'"),
    ("phone", "-"): ("ROW11", "error", "the phone is '-'"),
    ("hours", "-"): ("ROW11", "warning", "the hours are '-'"),
    ("id", "nan"): ("ROW11", "error", "the id is 'nan'"),
    ("hours", "TRUE"): ("ROW11", "error", "the hours are 'TRUE'"),
    ("phone", "'030 1234567"): ("ROW12", "error", "the phone begins with the quote '"),
    ("hours", "'9-5"): ("ROW12", "error", "the hours begin with the quote '"),
    ("id", "'12"): ("ROW12", "error", "the id begins with the quote '"),
    ("hours", "5-Sep"): ("ROW13", "error", "the hours are '5-Sep', a date"),
    ("hours", "Sep-05"): ("ROW13", "error", "the hours are 'Sep-05', a date"),
    ("hours", "05-sept"): ("ROW13", "error", "the hours are '05-sept', a date"),
    ("hours", "9. ene"): ("ROW13", "error", "the hours are '9. ene', a date"),
    ("hours", "2026-09-05 00:00:00"): ("ROW13", "error", "the hours are '2026-09-05 00:00:00', a date"),
    ("hours", "9/5/2026"): ("ROW13", "error", "the hours are '9/5/2026', a date"),
    ("hours", "0.375"): ("ROW13", "error", "the hours are '0.375', a date or time"),
    ("hours", "09:00:00"): ("ROW13", "error", "the hours are '09:00:00', a date or time"),
    ("hours", "09. Mai"): ("ROW13", "error", "the hours are '09. Mai', a date or time"),
    ("hours", "09-juin"): ("ROW13", "error", "the hours are '09-juin', a date or time"),
    ("hours", "Sep 5, 2026"): ("ROW13", "error", "the hours are 'Sep 5, 2026', a date or time"),
    ("hours", "46270.375"): ("ROW13", "error", "the hours are '46270.375', a date or time"),
    ("hours", "2026-09-05T00:00:00.000Z"): ("ROW13", "error", "the hours are '2026-09-05T00:00:00.000Z', a date"),
    ("name", "#ERROR!"): ("ROW08", "error", "the name has '#ERROR!'"),
    ("name", "#NOME?"): ("ROW08", "error", "the name has '#NOME?'"),
    ("name", "Smith &amp; Sons"): ("ROW10", "warning", "the name has '&amp;', which stands for '&'"),
    ("hours", "9&ndash;5"): ("ROW10", "warning", "the hours have '&ndash;', which stands for '–'"),
    ("address", "1 High St_x000D_\nTown"): ("ROW10", "error", "'_x000D_', which stands for a sign that cannot be seen"),
    ("address", "2026-09-05 00:00:00"): ("ROW13", "error", "the address is the date"),
    ("id", "1.0"): ("ROW14", "warning", "the id is '1.0'"),
    ("name", "“Clinic”"): ("ROW15", "warning", "the name stands in curly quotes"),
    ("name", "“Clinic"): ("ROW15", "error", "the name begins with '“', which no other closes"),
}


@pytest.mark.parametrize(("column", "cell"), WRECKS)
def test_what_a_spreadsheet_leaves_is_told_once_with_its_row_and_column(tmp_path: Path, column: str, cell: str) -> None:
    cells = {"id": "a", "name": "A"} | {column: cell}
    path = table(tmp_path / "r.csv", [cells, {"id": "b", "name": "B"}])
    told, good = rows(path, path.read_bytes())
    (problem,) = told
    assert isinstance(problem, Problem)
    code, severity, message = WRECKS[column, cell]
    assert (problem.code, problem.severity, problem.origin.line) == (code, severity, 2)
    assert message in problem.message and problem.instead
    assert good == "B"


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("name", "Clinic #1"),
        ("address", "Suite #400\nTown"),
        ("name", "'t Hooft Centre"),
        ("name", "'90s Clinic"),
        ("name", "Nancy Null Clinic"),
        ("name", "None Such Clinic"),
        ("name", "SÃO JOÃO"),
        ("name", "“MANHÃ”, Brasil"),
        ("name", "Ärzte – Zürich"),
        ("name", "What now? Clinic"),
        ("address", "https://example.org/a?b=c"),
        ("hours", "9-5"),
        ("hours", "8:30"),
        ("hours", "9-noon"),
        ("hours", "9 am to 5 pm"),
        ("hours", "Monday – Friday"),
        ("hours", "Sep 5 to May 1"),
        ("phone", "+1-202-555-0187 x5"),
        ("phone", "202.555.0187"),
        ("id", "2026-09-05"),
        ("id", "1.2.3"),
        ("id", "NA"),
        ("name", "The “Oaks” Clinic"),
        ("name", "=== Clinic ==="),
        ("name", "Smith & Sons; Clinic"),
        ("name", "R&D;Care"),
        ("hours", "Mar-Jue 9-14"),
        ("hours", "9 to 5, Mai to September"),
    ],
)
def test_what_only_looks_like_it_is_let_be(column: str, cell: str) -> None:
    assert list(wrecks_in({column: cell})) == []


def test_a_wreck_is_told_in_json_lines_too(tmp_path: Path) -> None:
    told, good = rows(tmp_path / "r.jsonl", '{"id": "a", "name": "#REF!"}\n{"id": "b", "name": "B"}\n')
    assert [one.code for one in told if isinstance(one, Problem)] == ["ROW08"] and good == "B"


def test_all_wrecks_of_a_row_come_at_once_and_nothing_else_of_their_columns(tmp_path: Path) -> None:
    (told,) = rows(tmp_path / "r.csv", "id,name,phone,paper\nnan,#REF!,#N/A,n/a\n")
    assert [one.code for one in told if isinstance(one, Problem)] == ["ROW08", "ROW08", "ROW11", "ROW11"]


@pytest.mark.parametrize(
    "data", ["sep=,\nid,name\na,A\n", "\ufeffsep=;\r\nid;name\r\na;A\r\n", "sep=\\t\nid\tname\na\tA\n"]
)
def test_a_file_may_say_what_stands_between_its_values(tmp_path: Path, data: str) -> None:
    assert rows(tmp_path / "r.csv", data) == ["A"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("“id”,“name”\na,A\n", "ROW01 error: has curly quotes, which enclose no value in CSV; write straight ones"),
        (b"PK\x03\x04\x14\0\x06", "ROW01 error: is a spreadsheet (.xlsx or .ods), not CSV; save the table as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "ROW01 error: is a spreadsheet (.xls), not CSV"),
        ("<html><table>", "ROW01 error: is HTML or XML, not CSV"),
        ("%PDF-1.7\n", "ROW01 error: is a PDF, not CSV"),
        ("id,name\n".encode("utf-16"), "save the table as CSV in UTF-8; this is UTF-16"),
        ("id,name,region,country\n", "the column 'country' stands twice"),
    ],
)
def test_a_file_that_is_no_csv_is_called_what_it_is(tmp_path: Path, data: str | bytes, said: str) -> None:
    with pytest.raises(ProblemsError) as bad:
        rows(tmp_path / "r.csv", data)
    assert said in str(bad.value)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a,“Clinic, North”,x", "has 4 values; the header has 3 columns, and “ encloses no value; enclose values in"),
        ("a,Clinic, North,", "has 4 values; the header has 3 columns; quote what holds commas, or delete the commas"),
        ("a", "has 1 value; the header has 3 columns; write a comma for each value that is empty too"),
        ("id,name,phone", "is the header once more; delete it"),
    ],
)
def test_a_row_of_another_length_is_told_why(tmp_path: Path, line: str, said: str) -> None:
    told, good = rows(tmp_path / "r.csv", f"id,name,phone\n{line}\nb,B,\n")
    assert not isinstance(told, str) and said in str(told[0]) and good == "B"


def test_rows_with_wrecks_cost_themselves_alone(tmp_path: Path) -> None:
    data = [{"id": "a", "name": "#REF!"}, {"id": "b", "name": "B", "hours": "-"}, {"id": "c", "name": "C"}]
    order = order_for(table(tmp_path / "r.csv", data), tmp_path / "out", ("card",))
    assert run_here(order).made == 2
    failed, warned, good = report(tmp_path / "out")
    assert (failed["status"], warned["status"], good["status"]) == ("failed", "made", "made")
    assert ":2:1: ROW08 error: the name has '#REF!'" in failed["reason"]
    assert ":3:1: ROW11 warning: the hours are '-'" in warned["reason"] and good["reason"] == ""
    assert "ixazomib-en-card-a.pdf" not in files(tmp_path / "out")


@pytest.mark.parametrize(
    ("row", "region", "said"),
    [
        ({"phone": "301234567", "country": "de"}, None, "PHONE06 error: 301234567 cannot be dialled in DE"),
        ({"phone": "4930123456"}, "DE", "PHONE06 error: 4930123456 cannot be dialled in DE"),
        ({"phone": "030 1234567", "country": "DE"}, "US", ""),
        ({"phone": "202-555-0187", "country": "US"}, "DE", ""),
        ({"phone": "1-202-555-0187"}, None, ""),
        ({"phone": "030 1234567", "country": "Germany"}, None, "ROW03 error: the country is 'GERMANY'"),
    ],
)
def test_a_rows_number_is_one_that_its_country_can_dial(
    tmp_path: Path, row: dict[str, str], region: str | None, said: str
) -> None:
    path = table(tmp_path / "r.csv", [{"id": "a", "name": "A"} | row])
    run_here(order_for(path, tmp_path / "out", ("card",), region=region))
    ((status, reason),) = [(line["status"], line["reason"]) for line in report(tmp_path / "out")]
    assert (status, said in reason) == ("failed" if said else "made", True)


@pytest.mark.parametrize(("name", "data"), [("r.csv", "id,name\n"), ("r.csv", "id,name\n\n,\n"), ("r.jsonl", "\n")])
def test_a_table_without_a_row_is_told(tmp_path: Path, name: str, data: str) -> None:
    (tmp_path / name).write_text(data, "utf-8")
    with pytest.raises(ProblemsError, match="ROW01 error: has no row; write a line for each recipient"):
        run_here(order_for(tmp_path / name, tmp_path / "out", ("card",)))
