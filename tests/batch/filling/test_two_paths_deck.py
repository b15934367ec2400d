"""Decks from a template are the very files that are laid out as a whole; what a template cannot take is laid out so."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pptx import Presentation
from press_samples import owner, picture, press
from thoroughness import examples
from topic_samples import ROOT

from handouts.batch.filling.owner import Finished, Owner
from handouts.batch.filling.personalise import RecipientDocuments
from handouts.plan.number_phrases import held
from handouts.plan.text import Run, plain
from handouts.problems import ProblemsError

sys.path.append(str(ROOT / "tests" / "render" / "pptx"))
from stranger_templates import DEFAULT, LIBREOFFICE, stranger

ADDRESS = ("12 High Street", "Riverside")
LONG = "The Royal and Ancient Clinic of Saint Aurélien at the Upper Riverside Medical Campus"
VALIDATOR = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")


def owners(folder: Path) -> dict[str, Owner]:
    """Rows that templates can take."""
    return {
        "name alone": owner("Riverside"),
        "all": owner("Riverside Clinic", ADDRESS, "+44 20 7946 0001", "Mon to Fri, 8 to 5", picture(folder, 60, 60)),
        "long": owner(LONG, ADDRESS, "+44 20 7946 0001"),
        "a long word": owner("Donaudampfschifffahrtsgesellschaftskrankenhausverwaltung" * 2),
        "other scripts": owner("東京病院 Αθήνα Łódź", ("ул. Ленина 1", "مستشفى"), "+351 21", "8–17 h"),
        "markup": owner(
            "<b>&amp; ]]> </a:t> \"'", ("{{ clinic.name }} {% raw %}", "**strong**"), "<!--", "&#10; \\1 \\g<0>"
        ),
        "spaces": owner("River  side\u00a0Clinic", ("a  b",), "1  2", "\u2003x\u2003y"),
        "the words of other slides": owner("References", ("Overview", "1"), "2", "Key facts"),
        "the same words": owner("Riverside", ("Riverside",), "Riverside", "Riverside"),
        "a wide logo": owner("Riverside", ADDRESS, "1", "2", picture(folder, 400, 20)),
        "a high logo": owner("Riverside", picture=picture(folder, 20, 400)),
        "a photograph": owner("Riverside", ADDRESS, picture=picture(folder, 90, 50, ".jpg")),
    }


CASES = ("name alone", "all", "long", "a long word", "other scripts", "markup", "spaces", "the words of other slides",
         "the same words", "a wide logo", "a high logo", "a photograph")  # fmt: skip

TOLD = "a long word"
"""A word that a slide breaks: the deck is laid out as a whole, and that is told."""


def data(made: Finished) -> bytes:
    whole = made.head + made.tail
    made.check(whole)
    return whole


def dressed(template: str) -> RecipientDocuments:
    made_by = press.__wrapped__("deck")
    made_by._setup = replace(made_by._setup, deck_template=stranger(template))
    return made_by


@pytest.mark.sampled(4)
@pytest.mark.parametrize("case", CASES)
def test_both_paths_give_the_same_file(case: str, tmp_path: Path) -> None:
    whose, made_by = owners(tmp_path)[case], press("deck")
    quick = made_by.make(whose)
    assert bool(quick.head) == (case != TOLD), "a template took it"
    whole = made_by.make(whose, whole=True)
    assert not whole.head
    assert data(quick) == data(whole)
    assert quick.sha256 == whole.sha256
    whole.check(data(quick))
    quick.check(data(whole))


@pytest.mark.parametrize(("template", "cases"), [
    (DEFAULT, ("name alone", "all")),
    pytest.param(DEFAULT, CASES, marks=pytest.mark.slow),
    pytest.param(LIBREOFFICE, CASES, marks=pytest.mark.slow),
])  # fmt: skip
def test_both_paths_give_the_same_file_on_the_template_of_a_hospital(
    template: str, cases: tuple[str, ...], tmp_path: Path
) -> None:
    made_by = dressed(template)
    for case in cases:
        whose = owners(tmp_path)[case]
        quick = made_by.make(whose)
        assert bool(quick.head) == (case != TOLD), case
        assert [one.code for one in quick.left_out] == (["DECK12"] if case == TOLD else [])
        assert data(quick) == data(made_by.make(whose, whole=True)), case


@pytest.mark.slow
def test_decks_of_long_covers_and_of_short_ones_are_made_in_any_order() -> None:
    made_by = dressed(DEFAULT)
    rows = [owner("Riverside", lines) for lines in ((LONG,), (LONG[:9],), (LONG * 3,), (LONG[::-1],), ("a",))]
    made = [made_by.make(row) for row in rows]
    assert all(one.head for one in made)
    decks = [data(one) for one in made]
    assert len({slides(deck) for deck in decks}) == 1
    assert decks == [data(made_by.make(row, whole=True)) for row in rows]


def slides(deck: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        return sum(name.startswith("ppt/slides/slide") for name in package.namelist())


@pytest.mark.parametrize("case", ["all", "markup", "spaces", "other scripts"])
def test_python_pptx_reads_the_words_of_the_row(case: str, tmp_path: Path) -> None:
    whose = owners(tmp_path)[case]
    made = Presentation(io.BytesIO(data(press("deck").make(whose))))
    said = [paragraph.text for shape in made.slides[0].placeholders if shape.has_text_frame
            for paragraph in shape.text_frame.paragraphs]  # fmt: skip
    values = whose.values()
    address = ", ".join(values[f"address.{number}"] for number in range(len(whose.clinic.address)))
    # Numbers with what they count are kept on one line.
    wanted = [plain(held((Run(text),))) for text in (values["name"], f"{address} · {values['phone']}", values["hours"])]
    assert said[-3:] == wanted
    assert made.core_properties.author == whose.clinic.name
    shown = [shape.image.blob for shape in made.slides[0].shapes if hasattr(shape, "image")]
    assert shown == ([whose.image.data] if whose.image else [])


def test_a_logo_stands_in_the_deck_as_it_came(tmp_path: Path) -> None:
    whose = owners(tmp_path)["a photograph"]
    with zipfile.ZipFile(io.BytesIO(data(press("deck").make(whose)))) as package:
        assert package.testzip() is None
        assert whose.image is not None
        assert package.read("ppt/media/image1.jpg") == whose.image.data


TOO_LONG = tuple(f"{'Very ' * 45}long line {number}" for number in range(5))


def test_what_does_not_fit_is_told_as_by_the_whole_layout() -> None:
    whose = owner("Riverside", TOO_LONG, "1", "2")
    with pytest.raises(ProblemsError) as whole:
        press("deck").make(whose, whole=True)
    with pytest.raises(ProblemsError) as quick:
        press("deck").make(whose)
    assert str(quick.value) == str(whole.value)
    assert "r.csv:2:1: DECK04" in str(quick.value)


def with_template(change: Callable[[str], str], name: str = "deck.html.j2") -> RecipientDocuments:
    made_by = press.__wrapped__("deck")
    made_by._templates = {**made_by._templates, name: change(made_by._templates[name])}
    return made_by


COVER_TITLE = "<h1>{{ words.deck.title }}</h1>"
LAST_NOTES = (
    """<aside class="notes"><p>{{ fixed('say_references') }}</p>{{ full_sources([topic.main_source]) }}</aside>"""
)
PICTURE = 'data-slot="figure" data-width="300"></figure>'
CALLOUT = "deck/callout.html.j2"


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("old", "new"), [
    (COVER_TITLE, "<h1>{{ words.deck.title }}{% if clinic %} {{ clinic.name }}{% endif %}</h1>"),
    (LAST_NOTES, "<aside class='notes'><p>{{ clinic.name }}</p></aside>"),
    ("<p><strong>{{ clinic.name }}</strong></p>", "<p><strong>{{ clinic.name | upper }}</strong></p>"),
    ("<p><strong>{{ clinic.name }}</strong></p>",
     "{% macro home() %}{{ clinic.name }}{% endmacro %}<p>{{ home() | upper }}</p>"),
    ("<p><strong>{{ clinic.name }}</strong></p>",
     "{% macro home() %}{{ clinic.name }}{% endmacro %}<p>{{ home() | replace('Riverside', 'At Riverside') }}</p>"),
    ("<p><strong>{{ clinic.name }}</strong></p>",
     "{% macro home() %}{{ clinic.name }}{% endmacro %}<p>{{ clinic.name }}</p><p>{{ home() | length }} long</p>"),
    (PICTURE, f"{PICTURE}<p>{{{{ clinic.name }}}}</p>"),
])  # fmt: skip
def test_where_a_name_may_change_more_than_its_slide_the_deck_is_laid_out_as_a_whole(old: str, new: str) -> None:
    name = "deck/text.html.j2" if old == PICTURE else "deck.html.j2"
    made_by = with_template(lambda text: text.replace(old, new), name)
    assert new in made_by._templates[name]
    made = made_by.make(owner("Riverside"))
    assert not made.head
    assert "riverside" in str(zipfile_texts(data(made))).casefold()


@pytest.mark.slow
def test_a_name_on_several_slides_is_written_on_each() -> None:
    more = (
        '<section data-layout="Title and Content"><h2>Who we are</h2><ul><li>{{ clinic.name }}</li></ul>'
        '<figure data-figure="logo" data-width="40"></figure></section>'
    )
    made_by = with_template(lambda text: text + more)
    inside = with_template(lambda text: text.replace("</ul>", "</ul><p>{{ clinic.name }}</p>"), CALLOUT)
    made_by._templates = {**made_by._templates, CALLOUT: inside._templates[CALLOUT]}
    for name in ("Riverside", "Hillside"):
        quick, whole = made_by.make(owner(name)), made_by.make(owner(name), whole=True)
        assert quick.head
        assert data(quick) == data(whole)


def zipfile_texts(deck: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        return [package.read(name).decode() for name in package.namelist() if "lides/" in name and name.endswith("xml")]


LINES = (
    st.text(
        st.sampled_from("aAW.1 ]>&<{%}'\"\\/;#*é東ا\u00a0\u3000\u0301") | st.characters(exclude_categories=("C", "Z")),
        min_size=1,
        max_size=118,
    )
    .map(lambda text: normalize("NFC", text).strip())
    .filter(bool)
)
"""Words as rows have them when they have been read."""


@pytest.mark.slow
@settings(max_examples=examples(30), derandomize=True)
@given(LINES, st.lists(LINES, max_size=3), LINES)
@example("]]>", ["&lt;", "</a:t>"], "{{")
def test_any_words_give_the_same_file_on_both_paths(name: str, address: list[str], hours: str) -> None:
    whose = owner(name, tuple(address), None, hours)
    try:
        whole = press("deck").make(whose, whole=True)
    except ProblemsError as bad:
        with pytest.raises(ProblemsError) as told:
            press("deck").make(whose)
        assert str(told.value) == str(bad)
        return
    assert data(press("deck").make(whose)) == data(whole)


@pytest.mark.slow
@pytest.mark.skipif(VALIDATOR is None, reason="the Open XML SDK validator is not here; .ci/run installs it")
@pytest.mark.parametrize("case", CASES)
def test_the_open_xml_sdk_finds_no_fault(case: str, tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    made = press("deck").make(owners(tmp_path)[case])
    assert bool(made.head) == (case != TOLD)
    path.write_bytes(data(made))
    judged = subprocess.run([str(VALIDATOR), str(path)], capture_output=True, text=True, check=False, timeout=120)
    assert judged.returncode == 0, judged.stdout + judged.stderr
