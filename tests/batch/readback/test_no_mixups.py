"""No recipient's words stand in another's document: thousands of rows made to be mistaken for each other, read back."""

from __future__ import annotations

import hashlib
import random
import re
import shutil
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from batch_samples import clinics, files, logo, order_for, report, run_here, table
from msgspec.structs import replace
from press_samples import owner, picture, press
from topic_samples import CONTENT

from handouts.batch.filling.owner import Finished, Owner
from handouts.batch.filling.personalise import RecipientDocuments
from handouts.batch.readback.pdf import Expected, WrongDocumentError, check_pdf
from handouts.batch.readback.pdf_reader import Pdf, creator_of, text_of
from handouts.batch.rows.recipients import Recipient, recipient
from handouts.batch.rows.table import Row
from handouts.problems import ProblemsError

MARK = re.compile(r"q[0-9]{5}z|\+44207[0-9]{7}")


def mark(number: int, field: int) -> str:
    """A word that stands in one field of one row alone."""
    return f"q{number * 4 + field:05}z"


def marks(text: str) -> set[str]:
    """All marks in a text, wherever it was broken."""
    return set(MARK.findall("".join(text.split())))


def shown(row: dict[str, str], document: str, told: str = "") -> tuple[str, ...]:
    """The columns that a document shows of a row; `told` is what the report says of it."""
    match document:
        case "handout":
            return ("name", "address", "phone", "hours")
        case "card":
            return ("name", "phone") if "FIT03" in told else ("name", "phone", "hours")
        case _:
            return ("name", "address", "phone") if "FIT03" in told else ("name", "address", "phone", "hours")


STRANGE: tuple[Callable[[random.Random], str], ...] = (
    lambda _: "",
    lambda _: "Clinic ",
    lambda _: "Clinic of the Upper Riverside and the Lower Riverside ",
    lambda chance: "Łódź Ősi São Țară " * chance.randint(1, 3),
    lambda _: "{{ clinic.name }} {% raw %} ",
    lambda _: "(a) \\( \\) ) ( \\ ",
    lambda _: "<p>&amp;</p> <FEFF0041> ",
    lambda _: ") Tj ET EMC /P <</MCID 3>> BDC ",
    lambda _: "1 0 obj endobj stream endstream %%EOF ",
    lambda _: "xref trailer startxref 0 ",
    lambda _: "**strong** =cmd() \u00a0 a  b ",
    lambda _: "Krankenhaus" * 5 + " ",
    lambda _: "Αθήνα ",
    lambda _: "ffi ﬁ ‘quoted’ “so” … – — ",
    lambda _: "ends with a colon: ",
    lambda _: "東京 ",
    lambda _: "≥ 2 → ½ ",
)


def strange_rows(count: int, seed: int) -> list[dict[str, str]]:
    chance = random.Random(seed)
    rows: list[dict[str, str]] = []
    for number in range(count):
        row = {"id": f"{chance.choice('abAB')}-{'0' * chance.randint(0, 3)}{number}"}
        for field, column in enumerate(("name", "address", "phone", "hours")):
            if column == "name" or chance.random() < 0.7:
                text = chance.choice(STRANGE)(chance) + mark(number, field)
                row[column] = text[-118:] if column == "name" else text
        if row.get("phone") and chance.random() < 0.9:
            row["phone"] = f"+44 20 7{number // 10000:03} {number % 10000:04}"
        rows.append(row)
    return rows


def judge(tmp_path: Path, count: int, seed: int, formats: tuple[str, ...]) -> None:
    rows = strange_rows(count, seed)
    out = tmp_path / "out"
    # Large print goes on to another page for long words; the shipped two pages refuse many rows.
    summary = run_here(order_for(table(tmp_path / "r.csv", rows), out, formats, theme="large-print"))
    made = files(out)
    by_id = {row["id"]: row for row in rows}
    assert summary.made > 0.5 * count * len(formats)
    for line in report(out):
        row = by_id[line["id"].removeprefix("'")]
        if line["status"] == "failed":
            assert re.search(r"PDF0|FIT0|PHONE01", line["reason"]), line["reason"]
            continue
        pdf = Pdf(made[line["file"]])
        own = marks(" ".join(row.get(column, "") for column in shown(row, line["file"].split("-")[2], line["reason"])))
        drawn = marks("".join(piece.text for page in pdf.pages for piece in pdf.drawn(page)))
        assert drawn == own, line
        assert set(MARK.findall(made[line["file"]].decode("latin-1"))) <= own
        assert text_of(pdf.info, "Author") == creator_of(pdf.xmp) == row["name"].strip()
    assert len(made) == summary.made + 1


def test_rows_made_to_be_mistaken_for_each_other(tmp_path: Path) -> None:
    judge(tmp_path, 40, 1, ("pdf",))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_thousands_of_rows_made_to_be_mistaken_for_each_other(tmp_path: Path, seed: int) -> None:
    judge(tmp_path, 400, seed, ("pdf", "card"))


def whole(made: Finished) -> bytes:
    return made.head + made.tail


BASE = ("Riverside", ("12 High Street",), "+44 20", "8 to 5")
OTHERS = {
    "name": ("Riverside 2", *BASE[1:]),
    "address": (BASE[0], ("13 High Street",), *BASE[2:]),
    "phone": (*BASE[:2], "+44 21", BASE[3]),
    "hours": (*BASE[:3], "8 to 6"),
}


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("document", "field"),
    [("handout", field) for field in OTHERS] + [("card", field) for field in OTHERS if field != "address"],
)
@pytest.mark.parametrize("laid_out_as_a_whole", [False, True])
def test_reading_back_refuses_the_document_of_another(document: str, field: str, laid_out_as_a_whole: bool) -> None:
    made_by = press(document)
    mine = made_by.make(owner(*BASE), whole=laid_out_as_a_whole)
    mine.check(whole(mine))
    theirs = made_by.make(owner(*OTHERS[field]))
    with pytest.raises(WrongDocumentError):
        mine.check(whole(theirs))


def test_reading_back_refuses_another_logo(tmp_path: Path) -> None:
    mine, theirs = (press("handout").make(owner(*BASE, picture(tmp_path, *size))) for size in ((50, 50), (51, 50)))
    mine.check(whole(mine))
    with pytest.raises(WrongDocumentError, match="another logo"):
        mine.check(whole(theirs))


@pytest.mark.parametrize("place", [b"/Author (%b)", b"<rdf:li>%b</rdf:li></rdf:Seq></dc:creator>"])
@pytest.mark.parametrize("way", ["first", "later", "whole"])
def test_reading_back_refuses_another_author_wherever_it_stands(place: bytes, way: str) -> None:
    made_by = press.__wrapped__("handout")
    if way == "later":
        first = made_by.make(owner("First", *BASE[1:]))
        first.check(whole(first))
    made = made_by.make(owner(*BASE), whole=way == "whole")
    good = whole(made)
    wrong = good.replace(place % b"Riverside", place % b"Riverfoot")
    assert wrong != good
    with pytest.raises(WrongDocumentError, match="another author"):
        made.check(wrong)
    made.check(good)


def test_reading_back_compares_all_of_the_static_part() -> None:
    made_by = press.__wrapped__("card")
    first, made = made_by.make(owner("First", *BASE[1:])), made_by.make(owner(*BASE))
    first.check(whole(first))
    good = whole(made)
    for at in random.Random(1).sample(range(len(made.head)), 60):
        with pytest.raises(WrongDocumentError):
            made.check(good[:at] + bytes((good[at] ^ 1,)) + good[at + 1 :])


@pytest.mark.parametrize("proven", [False, True])
def test_reading_back_refuses_words_under_the_mark_of_others(proven: bool) -> None:
    made_by = press.__wrapped__("handout")
    if proven:
        first = made_by.make(owner("First", *BASE[1:]))
        first.check(whole(first))
    made = made_by.make(owner(*BASE))
    good, tail = whole(made), made.tail
    one, other = re.findall(rb"<</MCID ([0-9]+)>> BDC", tail[: tail.index(b"8 to 5")])[-2:]
    assert len(one) == len(other)
    swap = {one: other, other: one}
    wrong = re.sub(rb"(?<=<</MCID )[0-9]+(?=>> BDC)", lambda found: swap.get(found[0], found[0]), tail)
    assert wrong != tail and len(wrong) == len(tail)
    with pytest.raises(WrongDocumentError):
        made.check(made.head + wrong)
    made.check(good)


@pytest.mark.parametrize("proven", [False, True])
def test_reading_back_refuses_any_damage(proven: bool) -> None:
    made_by = press.__wrapped__("handout")
    if proven:
        first = made_by.make(owner("First", *BASE[1:]))
        first.check(whole(first))
    made = made_by.make(owner(*BASE))
    good = whole(made)
    damaged = [
        good[:-1], good[:-3000], good[3:], good.replace(b"Riverside", b"Riverfoot"), good.replace(b"8 to 5", b"8 to 9"),
        good.replace(b"8 to 5", b"8 to 55"), good.replace(b"/MCID", b"/MCIX"), good + b"x", b"",
        good.replace(b"startxref\n", b"startxref\n1"), good.replace(b"0000000", b"0000001", 5),
    ]  # fmt: skip
    for data in damaged:
        assert data != good
        with pytest.raises(WrongDocumentError):
            made.check(data)
    made.check(good)


@pytest.mark.parametrize("laid_out_as_a_whole", [False, True])
def test_reading_back_refuses_a_logo_that_is_told_as_another(laid_out_as_a_whole: bool, tmp_path: Path) -> None:
    made = press("handout").make(owner(*BASE, picture(tmp_path, 50, 50)), whole=laid_out_as_a_whole)
    made.check(whole(made))
    with pytest.raises(WrongDocumentError, match="told as another"):
        made.check(whole(made).replace(b"/Alt (Riverside)", b"/Alt (Riverfoot)"))


@pytest.mark.parametrize("document", ["handout", "card"])
def test_reading_back_refuses_the_logo_of_another_where_there_is_none(document: str, tmp_path: Path) -> None:
    good = whole(press(document).make(owner(*BASE, picture(tmp_path, 50, 50))))
    with pytest.raises(WrongDocumentError, match="another logo"):
        check_pdf(good, Expected("Riverside", (), Pdf(good).blocks()))


@pytest.mark.parametrize("document", ["handout", "card"])
def test_reading_back_refuses_words_more_or_less_than_the_plan_has(document: str) -> None:
    good = whole(press(document).make(owner(*BASE)))
    said = Pdf(good).blocks()
    own = next(text for text in said if "Riverside" in text)
    check_pdf(good, Expected("Riverside", (own,), said))
    for words in (said[:-1], said[1:], (*said, "Hillside"), said[::-1]):
        with pytest.raises(WrongDocumentError, match="in reading order"):
            check_pdf(good, Expected("Riverside", (own,), words))


def test_every_copy_of_a_card_is_read() -> None:
    made_by = press.__wrapped__("card")
    first, made = made_by.make(owner("First", *BASE[1:])), made_by.make(owner(*BASE))
    first.check(whole(first))
    good = whole(made)
    expected = Expected("Riverside", (), Pdf(good).blocks())
    check_pdf(good, expected)
    copies = [found.start() for found in re.finditer(rb"Riverside\) Tj", good)]
    assert len(copies) == 2, "the first card, and the form that shows all others"
    for at in copies:
        wrong = good[:at] + b"Riverfoot" + good[at + 9 :]
        with pytest.raises(WrongDocumentError, match=r"in reading order|do not all say the same"):
            check_pdf(wrong, expected)
        with pytest.raises(WrongDocumentError, match="instead of"):
            made.check(wrong)


@pytest.mark.parametrize("field", OTHERS)
@pytest.mark.parametrize("laid_out_as_a_whole", [False, True])
def test_a_document_is_compared_with_the_row_and_not_with_what_it_was_made_from(
    field: str, laid_out_as_a_whole: bool
) -> None:
    mixed = replace(owner(*BASE), said=owner(*OTHERS[field]).said)
    with pytest.raises(WrongDocumentError):
        made = press("handout").make(mixed, whole=laid_out_as_a_whole)
        made.check(whole(made))
    less = replace(owner(*BASE), said={"name": "Riverside"})
    with pytest.raises(WrongDocumentError):
        made = press("handout").make(less, whole=laid_out_as_a_whole)
        made.check(whole(made))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("document", ["handout", "card"])
def test_a_document_does_not_depend_on_those_before_it(document: str, tmp_path: Path) -> None:
    street = "The very long avenue of the upper riverside and of the lower riverside, building number twelve " * 2
    rows = [
        owner(*BASE),
        owner("Other", BASE[1]),
        owner("Łódź"),
        owner("Third: long " * 9, *BASE[1:]),
        owner(*OTHERS["hours"]),
        owner(BASE[0], (street,), *BASE[2:]),
        owner("Łódź", (street,), "≥ 20", BASE[3]),
        *(
            owner(name, address, picture=picture(tmp_path, *size))
            for name, address in (("Riverside", ()), ("Hillside", ("1", "2", "3")))
            for size in ((60, 60), (400, 20), (20, 400), (61, 60))
        ),
    ]

    def fresh() -> RecipientDocuments:
        """A press whose handout goes on to a third page for long rows."""
        made_by = press.__wrapped__(document)
        theme = made_by._setup.theme
        roomy = replace(theme, handout=replace(theme.handout, pages_most=3))
        made_by._setup = replace(made_by._setup, theme=roomy)
        return made_by

    shared = fresh()
    together = [whole(shared.make(row)) for row in rows]
    assert together == [whole(fresh().make(row)) for row in rows]
    assert together == [whole(shared.make(row)) for row in reversed(rows)][::-1]


def test_language_paper_and_logo_are_those_of_the_row(tmp_path: Path) -> None:
    content = tmp_path / "content"
    for topic, title in (("ixazomib", "Ixazomib"), ("other", "Otherwise")):
        shutil.copytree(CONTENT / "ixazomib", content / topic)
        words = (content / topic / "en.yaml").read_text("utf-8").replace("Ixazomib", title)
        (content / topic / "en.yaml").write_text(words, "utf-8")
        (content / topic / "es.yaml").write_text(words.replace("language: en", "language: es", 1), "utf-8")
    colours = {"one/logo.png": "#AA0000", "two/logo.png": "#00AA00"}
    for name, colour in colours.items():
        (tmp_path / name).parent.mkdir()
        logo(tmp_path / name, colour=colour)
    rows = [
        {"id": f"r{number}", "name": name, "lang": lang, "paper": paper, "logo": file}
        for number, (lang, paper, file, name) in enumerate(
            product(("en", "es"), ("letter", "a4"), colours, ("Riverside", "Hillside"))
        )
    ]
    order = order_for(
        table(tmp_path / "r.csv", rows), tmp_path / "out", ("card",), content=content, topics=("ixazomib", "other")
    )
    assert run_here(order).made == 2 * len(rows)
    made, seen = files(tmp_path / "out"), dict[str, bytes]()
    by_id = {row["id"]: row for row in rows}
    for line in report(tmp_path / "out"):
        row, pdf = by_id[line["id"]], Pdf(made[line["file"]])
        assert text_of(pdf.root, "Lang") == row["lang"]
        assert pdf.size(pdf.pages[0]) == {"letter": (612, 792), "a4": (595.28, 841.89)}[row["paper"]]
        assert ("Otherwise" in text_of(pdf.info, "Title")) == line["file"].startswith("other-")
        assert text_of(pdf.info, "Author") == creator_of(pdf.xmp) == row["name"]
        assert row["name"] in pdf.alts()
        (image,) = {pdf.body(number) for number in pdf.images()}
        assert seen.setdefault(row["logo"], image) == image
        assert line["sha256"] == hashlib.sha256(made[line["file"]]).hexdigest()
    assert len(set(seen.values())) == 2


def owners_that_fail() -> Owner:
    return owner("東京")


def test_a_row_that_cannot_be_set_is_told_at_its_line() -> None:
    with pytest.raises(ProblemsError, match=r"r\.csv:2:1: PDF01 error: .* has no glyph for '東'"):
        press("handout").make(owners_that_fail())


@pytest.mark.parametrize("form", ["pdf", "card", "pptx"])
def test_a_document_made_of_a_neighbours_row_gets_no_name(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: list[Recipient] = []

    def former(path: Path, row: Row) -> Recipient:
        real.append(recipient(path, row))
        return replace(real[-1], clinic=real[-2].clinic) if len(real) > 1 else real[-1]

    monkeypatch.setattr("handouts.batch.work.work.recipient", former)
    summary = run_here(order_for(table(tmp_path / "r.csv", clinics(4)), tmp_path / "out", (form,)))
    assert (summary.made, summary.failed) == (1, 3)
    assert all("ROW06" in line["reason"] for line in report(tmp_path / "out")[1:])
    assert len(files(tmp_path / "out")) == 2, "the first row's document, and the report"
