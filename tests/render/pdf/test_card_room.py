"""What a card may go without is left out where there is no room for it, only there, and never in silence."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from card_sheets import SHEETS, shipped
from msgspec.structs import replace
from pdf_samples import META, THEME, paragraph, runs
from tagtree import TaggedPdf
from topic_samples import FOLDERS, ROOT, edition_of

from handouts.compose.card import compose_card
from handouts.files.workspace import Workspace
from handouts.model.clinic import Clinic
from handouts.plan.blocks import Column, Grid, Paragraph
from handouts.plan.documents import Card
from handouts.plan.text import Run
from handouts.problems import ProblemsError
from handouts.render.pdf.card import fit_card, render_card
from handouts.theme.printing import Printing
from handouts.theme.schema import Theme

AVERY = shipped("avery-5371")
ONE = Printing(count=1)
CLINIC = Clinic(schema_version=1, name="St. Brigid Cancer Center", phone="1-218-555-0148", hours="Mon–Fri 8:30–17:00")
LONG = replace(
    CLINIC,
    name="The Saint Brigid and Saint Thomas Regional Comprehensive Center for Hematology, Oncology and Supportive Care",
    address=("Building 4, third floor", "1200 Long Avenue", "Springfield, Illinois 62704", "United States"),
    hours="Monday to Friday 8:30 am to 5:00 pm, Saturday 9:00 am to noon; closed on all holidays",
)
THEMES = Workspace(ROOT / "content", ROOT / "templates")


def _card(topic: str, clinic: Clinic) -> Card:
    edition = replace(edition_of(FOLDERS[topic], topic), clinic=clinic)
    return compose_card(edition, Workspace(FOLDERS[topic], ROOT / "templates").templates())


def _optional(text: str, line: int) -> Paragraph:
    return Paragraph(runs(text, line), optional=True)


def _lines(count: int) -> tuple[Paragraph, ...]:
    return tuple(paragraph(f"Line {n} that must stay.", n) for n in range(1, count + 1))


def _most_lines() -> int:
    """How many lines fill a face, so that one more does not fit."""

    def fits(count: int) -> bool:
        try:
            render_card(Card(META, _lines(count), ()), THEME, AVERY, ONE)
        except ProblemsError:
            return False
        return True

    return max(count for count in range(1, 30) if fits(count))


@pytest.mark.sampled(12)
@pytest.mark.parametrize("theme", ["default", "high-contrast", "large-print"])
@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("topic", FOLDERS)
def test_a_clinic_with_long_words_keeps_its_name_and_telephone(topic: str, name: str, theme: str) -> None:
    chosen = THEMES.loaded("themes", theme, Theme).value
    card, left_out = fit_card(_card(topic, LONG), chosen, SHEETS[name])
    said = " ".join(TaggedPdf(render_card(card, chosen, SHEETS[name], ONE)).words())
    assert LONG.name in said
    assert str(LONG.phone) in said
    assert (str(LONG.hours) in said) == (left_out == ())


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("topic", FOLDERS)
def test_a_clinic_with_few_words_keeps_all_of_them(topic: str, name: str) -> None:
    card = _card(topic, CLINIC)
    assert fit_card(card, THEME, SHEETS[name]) == (card, ())


def test_a_long_name_alone_takes_no_ones_room() -> None:
    card = _card("ixazomib", replace(LONG, hours=CLINIC.hours))
    fitted, left_out = fit_card(card, THEME, shipped("single"))
    assert (fitted, left_out) == (card, ())


def test_what_is_left_out_is_told_where_it_stands() -> None:
    back = (*_lines(_most_lines()), _optional("Hours of the clinic, which are many.", 40))
    fitted, (told,) = fit_card(Card(META, (), back), THEME, AVERY)
    assert fitted.back == back[:-1]
    assert told.words == "Hours of the clinic, which are many."
    assert str(told.problem) == (
        "content/en.yaml:40:3: FIT03 warning: the card's back has no room for 'Hours of the clinic, which are…', "
        "and goes without; to keep it, leave out another line there"
    )


def test_how_many_words_to_cut_so_that_it_is_kept_is_tried() -> None:
    long = "Monday to Friday from eight in the morning until five in the afternoon, and on Saturdays until noon."
    back = (*_lines(_most_lines() - 1), _optional(long, 40))
    _, (told,) = fit_card(Card(META, (), back), THEME, AVERY)
    pattern = r"; to keep it, cut about (\d+) words from 'Monday to Friday.*', which has 18$"
    match = re.search(pattern, str(told.problem))
    assert match, str(told.problem)
    for words, kept in ((int(match[1]), True), (int(match[1]) - 1, False)):
        shorter = _optional(" ".join(long.split()[: 18 - words]), 40)
        card = Card(META, (), (*back[:-1], shorter))
        assert (fit_card(card, THEME, AVERY) == (card, ())) == kept


def test_words_of_no_file_are_told_at_those_before_them() -> None:
    fixed = Paragraph((Run("Number from about 2013."),), optional=True)
    lines = _lines(_most_lines())
    _, (told,) = fit_card(Card(META, (*lines, fixed), ()), THEME, AVERY)
    assert told.problem.origin == lines[-1].runs[0].origin
    assert "the card's front has no room" in told.problem.message


def test_the_last_gives_way_first_and_no_more_than_must() -> None:
    first, second = _optional("First.", 40), _optional("Second.", 41)
    lines = _lines(_most_lines() - 1)
    grid = Grid((Column(9, (first,)), Column(3, (second,))))
    face = (*lines[:1], grid, *lines[1:])
    assert fit_card(Card(META, face, ()), THEME, AVERY) == (Card(META, face, ()), ())
    fitted, left_out = fit_card(Card(META, (first, *lines, second), ()), THEME, AVERY)
    assert fitted.front == (first, *lines)
    assert [one.words for one in left_out] == ["Second."]


def test_a_face_that_is_too_long_without_it_is_told_whole() -> None:
    card = Card(META, (*_lines(_most_lines() + 2), _optional("Hours.", 40)), ())
    assert fit_card(card, THEME, AVERY) == (card, ())
    with pytest.raises(ProblemsError, match="FIT01"):
        render_card(card, THEME, AVERY, ONE)


@pytest.mark.slow
def test_no_words_are_to_be_cut_to_make_room_for_what_a_face_may_go_without() -> None:
    """The number of words is the least with which the face has room for the others, and goes without these."""
    optional = tuple(_optional("Hours of the clinic, which are many.", 40 + n) for n in range(4))

    def face(words: int) -> Card:
        return Card(META, (*_lines(_most_lines() - 2), paragraph("word " * words, 30), *optional), ())

    with pytest.raises(ProblemsError, match=r"en.yaml:30:3: FIT01 error: .*the card's front") as refused:
        render_card(face(60), THEME, AVERY, ONE)
    match = re.search(r"cut about (\d+) words from 'word", str(refused.value))
    assert match, str(refused.value)
    for words, fits in ((60 - int(match[1]), True), (61 - int(match[1]), False)):
        assert bool(fit_card(face(words), THEME, AVERY)[1]) == fits


def test_another_mistake_of_a_face_leaves_it_whole() -> None:
    wide = Paragraph(runs("Beispielozomibtrimethoxalatkombinationspackung", 7), "lead")
    card = Card(META, (wide, _optional("Hours.", 40)), ())
    assert fit_card(card, THEME, AVERY) == (card, ())


def test_the_screen_says_it_and_a_strict_build_stops(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from handouts.cli.main import build_command, run

    clinic = tmp_path / "clinic.yaml"
    clinic.write_text(
        f'schema_version: 1\nname: "{LONG.name}"\nphone: "{LONG.phone}"\nhours: "{LONG.hours}"\ncountry: US\n',
        encoding="utf-8",
    )
    given = ["--format", "card", "--topic", "longwords", "--content", str(ROOT / "tests" / "topics"), "--clinic"]
    given += [str(clinic), "--templates", str(ROOT / "templates"), "--date", "2026-03-31", "--out", str(tmp_path / "o")]
    assert run(build_command, given) == 0
    assert f"{clinic}:4:8: FIT03 warning: the card's back has no room for 'Monday" in capsys.readouterr().err
    # It stands in the manifest, and is told again of a file that is up to date.
    assert run(build_command, given) == 0
    assert "FIT03 warning" in capsys.readouterr().err
    assert run(build_command, [*given, "--strict"]) == 1


@pytest.mark.parametrize(
    "hours", ["Day and night", "From Monday to Friday, nine to five, and on Saturdays until noon " * 2]
)
def test_hours_of_one_of_several_contacts_are_printed_or_told(hours: str, tmp_path: Path) -> None:
    folder = tmp_path / "safety-card"
    shutil.copytree(ROOT / "tests" / "samples" / "safety-card", folder)
    words = folder / "en.yaml"
    text = words.read_text("utf-8")
    assert "call: {name: Call}" in text
    words.write_text(text.replace("call: {name: Call}", f"call: {{name: Call, hours: '{hours.strip()}'}}"), "utf-8")
    card = compose_card(edition_of(tmp_path, "safety-card"), THEMES.templates())
    fitted, left_out = fit_card(card, THEME, AVERY)
    printed = hours.strip() in fitted.words()
    told = [one.problem for one in left_out if one.words == hours.strip()]
    assert printed == (not told)
    assert all(problem.code == "FIT03" and problem.origin.file.endswith("en.yaml") for problem in told)


def test_what_says_the_review_state_is_not_left_out() -> None:
    meta = replace(META, review_words="Draft, not yet reviewed")
    state = _optional("Version of today. DRAFT,  not yet reviewed.", 40)
    card = Card(meta, (), (*_lines(_most_lines()), state))
    fitted, left_out = fit_card(card, THEME, AVERY)
    assert (fitted, left_out) == (card, ())
