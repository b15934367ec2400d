"""No recipient's words stand in another's deck: rows made to be mistaken for each other, read back; others refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path

import pytest
from batch_samples import files, logo, order_for, report, run_here, table
from msgspec.structs import replace
from press_samples import owner, picture, press
from test_no_mixups import BASE, OTHERS, marks, shown, strange_rows, whole

from handouts.batch.filling.owner import Finished
from handouts.batch.filling.personalise import RecipientDocuments
from handouts.batch.readback.pdf import WrongDocumentError
from handouts.render.pptx.write.saving import stamped

COLOURS = ("#0B5C8A", "#8A0B5C", "#5C8A0B")


def members(deck: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        return {name: package.read(name) for name in package.namelist()}


def judge(tmp_path: Path, count: int, seed: int) -> None:
    rows = strange_rows(count, seed)
    pictures = [logo(tmp_path / f"logo{n}.png", 60, 60, colour) for n, colour in enumerate(COLOURS)]
    for number, row in enumerate(rows):
        if number % 4:
            row["logo"] = pictures[number % 4 - 1].name
    out = tmp_path / "out"
    summary = run_here(order_for(table(tmp_path / "r.csv", rows), out, ("pptx",)))
    made = files(out)
    by_id = {row["id"]: row for row in rows}
    assert summary.made > 0.5 * count
    for line in report(out):
        row = by_id[line["id"].removeprefix("'")]
        if line["status"] == "failed":
            assert re.search(r"DECK04|PHONE01", line["reason"]), line["reason"]
            continue
        found = members(made[line["file"]])
        words = unescape(" ".join(data.decode() for name, data in found.items() if name.endswith((".xml", ".rels"))))
        own = marks(" ".join(row.get(column, "") for column in shown(row, "deck", line["reason"])))
        assert marks(re.sub(r"<[^>]*>", "", words.replace("</a:p>", " ").replace("><", "> <"))) == own, line
        assert re.findall(r"<dc:creator>(.*?)</dc:creator>", found["docProps/core.xml"].decode())[0]
        media = [data for name, data in found.items() if name.startswith("ppt/media/")]
        assert media == ([(tmp_path / row["logo"]).read_bytes()] if row.get("logo") else [])
    assert len(made) == summary.made + 1


@pytest.mark.slow
def test_decks_of_rows_made_to_be_mistaken_for_each_other(tmp_path: Path) -> None:
    judge(tmp_path, 15, 1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_thousands_of_decks_of_rows_made_to_be_mistaken_for_each_other(tmp_path: Path, seed: int) -> None:
    judge(tmp_path, 400, seed)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("field", OTHERS)
@pytest.mark.parametrize("laid_out_as_a_whole", [False, True])
def test_reading_back_refuses_the_deck_of_another(field: str, laid_out_as_a_whole: bool) -> None:
    made_by = press("deck")
    mine = made_by.make(owner(*BASE), whole=laid_out_as_a_whole)
    mine.check(whole(mine))
    theirs = made_by.make(owner(*OTHERS[field]))
    assert theirs.head
    with pytest.raises(WrongDocumentError):
        mine.check(whole(theirs))


def proven() -> RecipientDocuments:
    """A press whose template was read as a whole once."""
    made_by = press.__wrapped__("deck")
    first = made_by.make(owner("First", *BASE[1:]))
    first.check(whole(first))
    return made_by


@pytest.mark.parametrize("laid_out_as_a_whole", [False, True])
def test_reading_back_refuses_another_logo(laid_out_as_a_whole: bool, tmp_path: Path) -> None:
    mine, theirs = (
        press("deck").make(owner(*BASE, picture(tmp_path, *size)), whole=laid_out_as_a_whole)
        for size in ((50, 50), (51, 50))
    )
    mine.check(whole(mine))
    with pytest.raises(WrongDocumentError, match="another logo"):
        mine.check(whole(theirs))


def test_reading_back_refuses_a_logo_that_is_told_as_another(tmp_path: Path) -> None:
    whose = owner(*BASE, picture(tmp_path, 50, 50))
    assert whose.clinic.logo is not None
    other = replace(whose.clinic, logo=replace(whose.clinic.logo, alt="Hillside"))
    mine, theirs = (press("deck").make(one) for one in (whose, replace(whose, clinic=other)))
    mine.check(whole(mine))
    with pytest.raises(WrongDocumentError, match="told as another"):
        mine.check(whole(theirs))


def changed(deck: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """The deck with one member changed, whole again."""
    found = members(deck)
    assert change(found[member]) != found[member]
    return zipped({**found, member: change(found[member])})


def zipped(found: Mapping[str, bytes]) -> bytes:
    """A file of these members as python-pptx writes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in found.items():
            package.writestr(name, data)
    return stamped(out.getvalue())


def test_members_that_are_written_again_are_the_same_file() -> None:
    deck = whole(press("deck").make(owner(*BASE)))
    assert zipped(members(deck)) == deck


def swapped(presentation: bytes) -> bytes:
    """The part with the ids of its first two slides exchanged."""
    return re.sub(rb'id="25([67])"', lambda found: b'id="25%d"' % (13 - int(found[1])), presentation)


CHANGES: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "a name on its slide": ("ppt/slides/slide1.xml", lambda data: data.replace(b"Riverside", b"Riverfoot")),
    "words more on its slide": (
        "ppt/slides/slide1.xml",
        lambda data: data.replace(b"</a:p>", b"</a:p><a:p><a:r><a:t>First</a:t></a:r></a:p>", 1),
    ),
    "words less on its slide": ("ppt/slides/slide1.xml", lambda data: data.replace(b"For clinicians", b"")),
    "the author": ("docProps/core.xml", lambda data: data.replace(b"Riverside", b"Riverfoot")),
    "who changed it last": ("docProps/core.xml", lambda data: data.replace(b"Riverside</cp:", b"First</cp:")),
    "its title": ("docProps/core.xml", lambda data: data.replace(b"<dc:title>", b"<dc:title>First ")),
    "its notes": ("ppt/notesSlides/notesSlide1.xml", lambda data: data.replace(b"<a:t>", b"<a:t>First ")),
    "where its slide leads": ("ppt/slides/_rels/slide1.xml.rels", lambda data: data.replace(b"Layout1", b"Layout2")),
    "another slide": ("ppt/slides/slide5.xml", lambda data: data.replace(b"<a:t>", b"<a:t>First ")),
    "the order of slides": ("ppt/presentation.xml", swapped),
}


@pytest.mark.sampled(5)
@pytest.mark.parametrize("case", CHANGES)
def test_reading_back_refuses_any_change(case: str) -> None:
    made = proven().make(owner(*BASE))
    made.check(whole(made))
    with pytest.raises(WrongDocumentError):
        made.check(changed(whole(made), *CHANGES[case]))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("laid_out_as_a_whole", [False, True])
@pytest.mark.parametrize("is_proven", [False, True])
def test_reading_back_refuses_any_damage(is_proven: bool, laid_out_as_a_whole: bool) -> None:
    made_by = proven() if is_proven else press.__wrapped__("deck")
    made = made_by.make(owner(*BASE), whole=laid_out_as_a_whole)
    good = whole(made)
    slide = good.index(b"ppt/slides/slide1.xml") + 100
    damaged = [
        b"",
        good[:-1],
        good[:-3000],
        good[3:],
        good[:5000] + good[5001:],
        good[:slide] + b"\0" + good[slide + 1 :],
    ]
    damaged += [good[:at] + bytes((good[at] ^ 1,)) + good[at + 1 :] for at in range(120, len(good), len(good) // 40)]
    for data in damaged:
        assert data != good
        with pytest.raises(WrongDocumentError):
            made.check(data)
    made.check(good)


def test_reading_back_a_deck_made_from_a_template_misses_no_byte() -> None:
    made = proven().make(owner(*BASE))
    good = whole(made)
    for at in (*range(0, 400, 7), *range(400, len(good), 499), *range(len(good) - 120, len(good))):
        with pytest.raises(WrongDocumentError):
            made.check(good[:at] + bytes((good[at] ^ 4,)) + good[at + 1 :])


@pytest.mark.sampled(2)
@pytest.mark.parametrize("laid_out_as_a_whole", [False, True])
def test_reading_back_refuses_headers_that_programs_pass_over(laid_out_as_a_whole: bool) -> None:
    made = proven().make(owner(*BASE), whole=laid_out_as_a_whole)
    good = whole(made)
    with zipfile.ZipFile(io.BytesIO(good)) as package:
        last, directory = package.infolist()[-1], package.start_dir
    headers = (*range(30), *range(last.header_offset, last.header_offset + 30), *range(directory, directory + 46))
    for at in (*headers, *range(len(good) - 22, len(good))):
        with pytest.raises(WrongDocumentError):
            made.check(good[:at] + bytes((good[at] ^ 1,)) + good[at + 1 :])


def test_reading_back_refuses_a_member_that_is_packed_otherwise() -> None:
    made = proven().make(owner(*BASE))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, data in members(whole(made)).items():
            package.writestr(name, data)
    with pytest.raises(WrongDocumentError):
        made.check(stamped(out.getvalue()))


def decks(made_by: RecipientDocuments) -> list[bytes]:
    rows = (BASE, ("Other", BASE[1]), ("Łódź",), OTHERS["hours"], (BASE[0], BASE[1] * 3), ("東京", *BASE[1:]))
    made: list[Finished] = [made_by.make(owner(*row)) for row in rows]
    return [whole(one) for one in made]


@pytest.mark.slow
def test_a_deck_does_not_depend_on_those_before_it() -> None:
    shared = press.__wrapped__("deck")
    again = decks(shared)
    assert again == decks(shared) == decks(press.__wrapped__("deck"))
    alone = press.__wrapped__("deck").make(owner("東京", *BASE[1:]))
    assert whole(alone) == again[-1]
