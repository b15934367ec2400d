"""What spreadsheets leave in cells instead of what was meant: one row's cells in, what is wrong with each out.

A cell is judged by itself. What would mislead whoever reads the document is an error; what may be meant is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape

from msgspec import Struct

from handouts.batch.rows.table import short
from handouts.files.disk import shipped_templates
from handouts.files.workspace import Workspace
from handouts.model.encoding_marks import marks_in
from handouts.problems import Severity

_ERROR = re.compile(
    r"#(?:REF|NAME|VALUE|DIV/0|NULL|NUM|SPILL|CALC|FIELD|BLOCKED|CONNECT|UNKNOWN|BUSY|ERROR|BEZUG|WERT|ZAHL|VALEUR|NOMBRE"
    r"|NOM|NOME|NÚM|VALOR|VALORE|RIF)[!?]|#¡[\w/ ]+!|#¿[\w ]+\?|#(?:N/[AD]|NV)\b|#GETTING_DATA|\bErr:5[0-9][0-9]\b"
)
"""What spreadsheets show where a formula failed, in English, German, French, Spanish, Portuguese and Italian."""
_TOO_NARROW = re.compile(r"#{3,}")
_FORMULA = re.compile(r"=\s*[^\s=]|[+@-][A-Z][A-Z.]*\(")
_NOTHING = frozenset(("null", "(null)", "nan", "none", "nil", "n/a", "n.a.", "<na>", "nat", "undefined"))
"""What programs write where there is nothing, in small letters."""
_DASHES = frozenset(("-", "--", "---", "\N{EN DASH}", "\N{EM DASH}", "?", "??", "???"))
_TRUTH = frozenset(("true", "false", "wahr", "falsch", "vrai", "faux", "verdadero", "falso"))
_MARKED_AS_TEXT = re.compile(r"""['"`´‘’]\s*([+(]?[0-9].*)""", re.DOTALL)
_NUMBER = re.compile(r"\+?[0-9][0-9 ().,/-]*")
_WITH_DECIMALS = re.compile(r"[0-9]+\.0+")
_DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]+Z?)?|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}(?: [0-9:.]+)?"
    r"|0[.,][0-9]+|4[0-9]{4}(?:[.,][0-9]+)?|[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?: ?[AaPp][Mm])?"
)
"""A day as spreadsheets write it, a time as a share of a day, a day as a number (of the years 2009 to 2036), a time."""
_DAY_OF_MONTH = re.compile(
    r"([0-9]{1,2})[-. /]+([^\W\d_]{3,})\.?(?:[- ][0-9]{2,4})?|([^\W\d_]{3,})\.?[- ]([0-9]{1,2})(?:, [0-9]{4})?"
)
_OTHER_MONTHS = re.compile(
    "jan(?:uar|v|vier)?|jän(?:ner)?|feb(?:ruar)?|févr(?:ier)?|mrz|mär(?:z)?|mars|apr(?:il)?|avr(?:il)?|mai|jun[i]?|juin|jul[i]?"
    "|juil(?:let)?|aug(?:ust)?|août|sept?(?:ember|embre)?|o[ck]t(?:ober|obre)?|nov(?:ember|embre)?|de[zc](?:ember)?|déc(?:embre)?"
)
"""Months and their short forms in languages that have no locale: German and French."""
_MIDNIGHT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]00:00:00(?:\.0+)?Z?")
_FOR_A_SIGN = re.compile(
    r"&(?:#[0-9]+|#x[0-9a-f]+|amp|quot|apos|lt|gt|nbsp|[aeiou](?:acute|grave|circ|uml)|[an]tilde|ccedil|szlig"
    r"|[lr][sd]quo|[nm]dash);|_x[0-9a-f]{4}_",
    re.IGNORECASE,
)
"""What stands for a sign in HTML, and for one that cannot be seen in Excel's own files: `&#39;`, `_x000D_`."""
_LOST_LETTER = re.compile(r"[^\W\d_]\?[^\W\d_]")
_CURLY = re.compile(r"[“”„«]([^“”„«»]*)[“”»]")
_CURLY_OPENED = re.compile(r"[“„«][^“”»]*")
_AS_TEXT = "type it anew, in a column that is formatted as text"


class Wreck(Struct, frozen=True):
    """What is wrong with a cell: its column, the finding's code and severity, the message and what to write instead."""

    column: str
    code: str
    severity: Severity
    message: str
    instead: str


def wrecks_in(cells: Mapping[str, str]) -> Iterator[Wreck]:
    """What is wrong with the cells of a row, by their columns: the first thing of each."""
    for column, cell in cells.items():
        if cell and (found := _wreck(column, cell)):
            yield found


def _wreck(column: str, cell: str) -> Wreck | None:
    for judge in (_error, _formula, _encoding, _nothing, _mark_of_text, _date, _decimals, _lost_letter, _curly_quotes):
        if found := judge(column, cell):
            return found
    return None


def _is(column: str) -> str:
    return _says(column, "is", "are")


def _says(column: str, verb: str, of_many: str) -> str:
    """A column with its verb, which is another one for hours: `the name has`, `the hours have`."""
    return f"the hours {of_many}" if column == "hours" else f"the {column} {verb}"


def _error(column: str, cell: str) -> Wreck | None:
    if "#" not in cell and "Err:" not in cell:
        return None
    if found := _ERROR.search(cell):
        message = f"{_says(column, 'has', 'have')} '{found[0]}', with which a spreadsheet says that a formula failed"
        return Wreck(column, "ROW08", "error", message, "mend the formula, or write what belongs there")
    if _TOO_NARROW.fullmatch(cell):
        message = f"{_is(column)} '{short(cell)}', which a spreadsheet shows where a column is too narrow"
        return Wreck(column, "ROW08", "error", message, "widen the column, and save the table anew")
    return None


def _formula(column: str, cell: str) -> Wreck | None:
    if not _FORMULA.match(cell):
        return None
    message = f"{_is(column)} the formula '{short(cell)}', which nothing reckons out here"
    return Wreck(column, "ROW09", "error", message, "write its result: in a spreadsheet, paste it as values")


def _encoding(column: str, cell: str) -> Wreck | None:
    if sign := _FOR_A_SIGN.search(cell):
        meant = unescape(sign[0]) if sign[0].startswith("&") else ""
        is_seen = meant.isprintable() and bool(meant.strip())
        stands_for = f"'{meant}'" if is_seen else "a sign that cannot be seen"
        message = f"{_says(column, 'has', 'have')} '{sign[0]}', which stands for {stands_for}"
        is_html = sign[0].startswith("&")  # which somebody may have meant
        instead = "write the sign itself" if is_seen else "delete it"
        return Wreck(column, "ROW10", "warning" if is_html else "error", message, instead)
    found = next(marks_in(cell), None)
    if found is None:
        return None
    meant = f", which was '{found.meant}'" if found.meant.isprintable() and found.meant.strip() else ""
    message = f"{_says(column, 'has', 'have')} '{found.text}', a mark of a wrong encoding{meant}"
    return Wreck(column, "ROW10", "error", message, "export the table anew as CSV in UTF-8, or write the letter itself")


def _nothing(column: str, cell: str) -> Wreck | None:
    word = cell.strip().lower()
    if word in _NOTHING or (word in _DASHES and column != "id"):
        message = f"{_is(column)} '{cell}', which would be printed"
        is_mild = word in _DASHES and column in ("address", "hours")
        instead = "write it" if column in ("id", "name") else "leave it empty"
        return Wreck(column, "ROW11", "warning" if is_mild else "error", message, instead)
    if word in _TRUTH:
        message = f"{_is(column)} '{cell}', the result of a comparison"
        return Wreck(column, "ROW11", "error", message, "write what belongs there, or leave it empty")
    return None


def _mark_of_text(column: str, cell: str) -> Wreck | None:
    found = _MARKED_AS_TEXT.fullmatch(cell)
    if found is None or cell[0] == cell[-1] or (column in ("name", "address") and not _NUMBER.fullmatch(found[1])):
        return None
    message = (
        f"{_says(column, 'begins', 'begin')} with the quote {cell[0]}, by which spreadsheets mark a number as text"
    )
    return Wreck(column, "ROW12", "error", message, f"write '{short(found[1])}', without it")


def _date(column: str, cell: str) -> Wreck | None:
    is_day = column == "hours" and (_DATE.fullmatch(cell) or _is_day_of_month(cell))
    if not is_day and not _MIDNIGHT.fullmatch(cell):
        return None
    if column != "hours":
        message = f"{_is(column)} the date '{short(cell)}', as spreadsheets write what looks like one"
        return Wreck(column, "ROW13", "error", message, _AS_TEXT)
    message = f"the hours are '{short(cell)}', a date or time that a spreadsheet has made of them"
    return Wreck(column, "ROW13", "error", message, f"{_AS_TEXT}, with words: 'Monday to Friday, 9 to 5'")


def _is_day_of_month(cell: str) -> bool:
    found = _DAY_OF_MONTH.fullmatch(cell)
    month = (found[2] or found[3]).lower() if found else ""
    return month in _months() or _OTHER_MONTHS.fullmatch(month) is not None


@cache
def _months() -> frozenset[str]:
    """The months and their short forms in every language that has a locale."""
    workspace = Workspace(shipped_templates(), shipped_templates())
    locales = map(workspace.locale, workspace.names("locales"))
    return frozenset(name.lower() for one in locales for name in (*one.formats.months, *one.formats.short_months))


def _decimals(column: str, cell: str) -> Wreck | None:
    if column not in ("id", "hours", "name", "address") or not _WITH_DECIMALS.fullmatch(cell):
        return None
    message = f"{_is(column)} '{short(cell)}', perhaps a whole number to which a spreadsheet gave decimals"
    return Wreck(column, "ROW14", "warning", message, f"write '{short(cell.partition('.')[0])}', if it is")


def _lost_letter(column: str, cell: str) -> Wreck | None:
    if column not in ("name", "address", "hours") or not (found := _LOST_LETTER.search(cell)):
        return None
    word = next((word for word in cell.split() if found[0] in word), "")
    if any(sign in word for sign in "/=@"):
        return None
    message = (
        f"{_says(column, 'has', 'have')} '{short(word)}', where '?' may stand for a letter that an encoding lacked"
    )
    return Wreck(column, "ROW10", "warning", message, "write the letter itself, and save the table as CSV in UTF-8")


def _curly_quotes(column: str, cell: str) -> Wreck | None:
    if _CURLY_OPENED.fullmatch(cell):
        begins = _says(column, "begins", "begin")
        message = f"{begins} with '{cell[0]}', which no other closes: in CSV only \" encloses a comma"
        return Wreck(column, "ROW15", "error", message, 'write straight quotes, ", around the whole value')
    if not (found := _CURLY.fullmatch(cell)):
        return None
    stands = _says(column, "stands", "stand")
    message = f'{stands} in curly quotes, which are printed: in CSV only straight ones, ", enclose a value'
    return Wreck(column, "ROW15", "warning", message, f"write '{short(found[1])}' without them, if they are not meant")
