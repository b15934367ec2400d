"""What is wrong with a figure is told where it comes from: at the topic's line, at the words, or in the template."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from topic_samples import ROOT, Plans, edition_of

from handouts.build.make import examine
from handouts.build.request import Request
from handouts.plan.blocks import Block, FigureBlock, Table, walk
from handouts.problems import Problem

SAMPLES = ROOT / "tests" / "samples"
TOPIC = "ixazomib-short"
DAY = date(2026, 11, 30)
LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis"


def problems_of(
    folder: Path, *, topic: tuple[str, str] = ("", ""), words: tuple[str, str] = ("", ""), templates: Path | None = None
) -> list[Problem]:
    """What is found in a sample with a piece of its topic, and of its words, replaced."""
    content = folder / "content"
    shutil.copytree(SAMPLES / TOPIC, content / TOPIC)
    for name, (old, new) in (("topic.yaml", topic), ("en.yaml", words)):
        path = content / TOPIC / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
    request = Request(DAY, content=content, topics=(TOPIC,), templates=templates or ROOT / "templates")
    return list(examine(request).findings)


def place(folder: Path, file: str, needle: str) -> str:
    """Line and column of words of a sample's file, as messages write them."""
    text = (folder / "content" / TOPIC / file).read_text("utf-8")
    before = text[: text.index(needle)]
    return f"{file}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def drawn(blocks: tuple[Block, ...]) -> list[FigureBlock | Table]:
    return [block for block in walk(blocks) if isinstance(block, FigureBlock | Table)]


def test_every_figure_and_table_of_evidence_knows_the_line_that_asks_for_it(ixazomib: Plans) -> None:
    document = edition_of(ROOT / "content", "ixazomib").topic_document
    shown = [block for block in drawn(ixazomib.handout.blocks) if block.draws]
    assert shown
    for block in shown:
        asked = block.asked
        assert asked and asked.file.endswith("topic.yaml")
        assert document.lines[asked.line - 1][asked.column - 1 :].startswith("show:")
    (picture,) = [
        one for one in drawn(ixazomib.handout.blocks) if isinstance(one, FigureBlock) and one.figure.kind == "picture"
    ]
    assert picture.asked and document.lines[picture.asked.line - 1][picture.asked.column - 1 :].startswith("picture:")


@pytest.mark.parametrize(
    ("old", "new", "names", "figure"),
    [
        ("blocked: Blocked", f"blocked: {LONG}", LONG, "picture 'mechanism' of the handout: 15"),
        ("orr: {patient: responded", f"orr: {{patient: {LONG}", "orr: {", "icon_array 'twice_weekly'"),
        ("vgpr: {patient: Very good", f"vgpr: {{patient: {LONG}", "vgpr: {", "part_bar 'triplet'"),
        ("clinician: Ixazomib + Rd", f"clinician: {LONG}{LONG}", "ixa_rd: {", "forest 'large_studies' of the deck"),
    ],
)  # fmt: skip
def test_a_word_that_a_figure_has_no_room_for_is_told_at_the_words(
    tmp_path: Path, old: str, new: str, names: str, figure: str
) -> None:
    told = [one for one in problems_of(tmp_path, words=(old, new)) if one.severity == "error"]
    assert told and {one.code for one in told} == {"FIT04"}
    assert any(f"has no room in the {figure}" in one.message for one in told)
    # A word of many forms is told where its forms begin.
    line = place(tmp_path, "en.yaml", names).rpartition(":")[0]
    assert all(f"/{line}:" in str(one.origin) for one in told), told


def test_as_many_characters_as_it_says_fit(tmp_path: Path) -> None:
    (problem, *_) = [
        one
        for one in problems_of(tmp_path / "a", words=("blocked: Blocked", f"blocked: {LONG}"))
        if "handout" in one.message
    ]
    fitting = re.search(r"(\d+) of its 45 characters fit on a line", problem.message)
    assert fitting
    for more, wrong in ((0, False), (1, True)):
        word = LONG[: int(fitting[1]) + more]
        found = problems_of(tmp_path / str(more), words=("blocked: Blocked", f"blocked: {word}"))
        assert any(one.code == "FIT04" and "handout" in one.message for one in found) == wrong


def test_what_has_no_room_because_of_its_section_is_told_there(tmp_path: Path) -> None:
    narrow = ("qr: trial_line, width: half", "qr: trial_line, width: 3")
    (problem,) = [one for one in problems_of(tmp_path, topic=narrow) if one.code == "PDF03"]
    assert str(problem.origin).endswith(place(tmp_path, "topic.yaml", "qr: trial_line"))
    assert problem.instead == "give its section more width"


def test_an_icon_array_of_too_few_in_a_hundred_is_told_at_its_show_and_each_advice_works(tmp_path: Path) -> None:
    few = ("count: 9, n: 50, percent: 18, basis: derived", "count: 8, n: 18198")
    errors = [
        one for one in problems_of(tmp_path / "a", topic=few) if one.severity == "error" and one.code.startswith("SHOW")
    ]
    (problem,) = errors
    assert f"/{TOPIC}/topic.yaml:" in str(problem.origin)
    assert "'weekly' cannot be shown as icon_array" in problem.message
    for at, show in enumerate(problem.instead.removeprefix("show it as ").split(" or ")):
        folder = tmp_path / str(at)
        shutil.copytree(SAMPLES / TOPIC, folder / "samples" / TOPIC)
        old = "weekly: {kind: evidence, under: early_results, study: weekly, show: {handout: icon_array"
        path = folder / "samples" / TOPIC / "topic.yaml"
        text = path.read_text("utf-8").replace(*few).replace(f"\n  {old}", f"\n  {old.replace('icon_array', show)}")
        path.write_text(text, "utf-8")
        request = Request(DAY, ("pdf",), content=folder / "samples", templates=ROOT / "templates")
        assert not [one for one in examine(request).findings if one.code.startswith(("SHOW", "TEMPLATE"))], show


def test_a_picture_without_a_caption_is_told_at_the_section_that_shows_it(tmp_path: Path) -> None:
    caption = "    caption: How ixazomib makes a myeloma cell die.\n"
    (told,) = [one for one in problems_of(tmp_path / "a", words=(caption, "")) if one.code == "CLEAR07"]
    assert str(told.origin).endswith(place(tmp_path / "a", "topic.yaml", "picture: mechanism"))
    assert told.instead == f"write a caption: under pictures.mechanism in {tmp_path}/a/content/{TOPIC}/en.yaml"
    assert "CLEAR07" not in {one.code for one in problems_of(tmp_path / "b", words=(caption, "    caption: Other.\n"))}


def test_where_a_table_could_show_the_same_as_a_figure_it_is_named(tmp_path: Path) -> None:
    found = problems_of(tmp_path, words=("clinician: Ixazomib + Rd", f"clinician: {LONG}{LONG}"))
    (problem,) = [one for one in found if one.code == "FIT04"]
    assert problem.instead.endswith("; or show section 'large_studies' as facts_box or harms_table or outcomes_table")


def test_a_source_whose_name_is_too_long_is_told_and_a_short_name_mends_it(tmp_path: Path) -> None:
    short = "short: MMRF, publisher: Multiple Myeloma Research Foundation (MMRF)"
    named = "publisher: " + "Multiple Myeloma Research Foundation of the United States and its many partners " * 3
    errors = [one for one in problems_of(tmp_path, topic=(short, named)) if one.severity == "error"]
    (foot,) = [one for one in errors if one.code == "PDF04"]
    assert str(foot.origin).endswith(place(tmp_path, "topic.yaml", "mmrf: {title"))
    assert foot.instead == "give the source that it names a short:"
    slides = [one for one in errors if one.code == "DECK04"]
    assert slides
    assert {one.instead for one in slides} == {"give the sources that it names a short: in topic.yaml, or name fewer"}
    assert len({one.origin for one in slides}) == len(slides)
    assert len(errors) == len(slides) + 1
    mended = problems_of(tmp_path / "mended", topic=(short, f"{named}, short: MMRF"))
    assert not [one for one in mended if one.severity == "error"]


def test_what_only_a_template_asks_for_is_told_of_the_template(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", templates)
    section = templates / "handout" / "text.html.j2"
    section.write_text('<figure data-figure="rates" data-study="triplet" data-width="60"></figure>', "utf-8")
    told = [one for one in problems_of(tmp_path, templates=templates) if one.code == "TEMPLATE04"]
    assert told and all(one.origin.file.endswith("handout.html.j2") for one in told)
