"""A topic's pictures: each is a file or a drawing, and every language has its words, its labels and its file."""

from __future__ import annotations

import pytest

from handouts.model.load import Loaded, load
from handouts.model.references import check_references
from handouts.model.topic import Topic
from handouts.model.words import Words
from handouts.problems import ProblemsError

TOPIC = """\
schema_version: 2
subject: {kind: medicine, name: examplumab}
as_of: 2013
main_source: page
sources:
  page: {title: A page, publisher: A publisher, as_of: 2013, citation: Somewhere}
sections: {}
statements: {}
pictures:
"""
WORDS = """\
schema_version: 2
language: en
handout: {title: t, main_message: m}
deck: {title: t, subtitle: s}
card: {title: t}
statements: {}
"""
LABELS = "{working: w, waste: w, recycled: r, blocked: b, pile_up: p}"
GLASSES, CELL = "  glasses: {file: glasses.png}\n", "  cell: {drawing: proteasome-inhibitor}\n"


def topic(pictures: str) -> Loaded[Topic]:
    return load("topic.yaml", TOPIC + pictures, Topic)


def refused(pictures: str) -> str:
    with pytest.raises(ProblemsError) as bad:
        topic(pictures)
    (problem,) = bad.value.problems
    return str(problem)


def found(pictures: str, said: str = "") -> list[str]:
    words = load("en.yaml", WORDS + (f"pictures:\n{said}" if said else ""), Words)
    return [str(problem) for problem in check_references(topic(pictures), [words])]


def test_a_picture_is_a_file_or_a_drawing_and_never_both_or_neither() -> None:
    assert topic(GLASSES).value.pictures["glasses"].file_for("es") == "glasses.png"
    assert topic(CELL).value.pictures["cell"].file_for("en") is None
    assert "topic.yaml:10:3: SCHEMA07" in (neither := refused("  glasses: {source: page}\n"))
    assert "is no picture yet; add file or drawing" in neither
    assert "topic.yaml:10:35: SCHEMA07" in (
        both := refused("  glasses: {file: a.png, drawing: proteasome-inhibitor}\n")
    )
    assert "is given beside file" in both


def test_a_drawing_whose_labels_tell_something_is_no_decoration() -> None:
    assert topic("  line: {file: a.jpg, decorative: true}\n").value.pictures["line"].decorative
    told = refused("  cell: {drawing: proteasome-inhibitor, decorative: true}\n")
    assert "topic.yaml:10:53: SCHEMA07" in told
    assert "decorative is said of a drawing" in told


@pytest.mark.parametrize("name", ["a.png", "Ä b.JPG", "x.y.jpeg", "{en: a.png, pt-BR: b.Jpg}"])
def test_a_file_has_a_plain_name_of_a_png_or_jpeg(name: str) -> None:
    assert not found(f"  a: {{file: {name}, decorative: true}}\n")


@pytest.mark.parametrize(
    "name", ["x/a.png", "../a.png", "/a.png", "'C:a.png'", "'x\\a.png'", ".a.png", "a.gif", "png", "'{en: ../a.png}'"]
)
def test_any_other_name_is_refused_with_how_to_write_one(name: str) -> None:
    told = refused(f"  a: {{file: {name.strip(chr(39)) if name.startswith(chr(39) + '{') else name}}}\n")
    assert "the name of a PNG or JPEG in the topic's folder" in told
    assert "write its name alone, like 'glasses.png'" in told


def test_an_unknown_drawing_or_no_file_at_all_is_refused() -> None:
    assert "proteasome-inhibitor" in refused("  cell: {drawing: proteasome}\n")
    assert "pictures.glasses.file is empty; write at least one" in refused("  glasses: {file: {}}\n")


def test_the_source_of_a_picture_is_looked_up() -> None:
    (line,) = found("  glasses: {file: a.png, source: pages, decorative: true}\n")
    assert line.startswith("topic.yaml:10:34: REF01 error: pictures.glasses.source names the source 'pages'")


def test_each_picture_that_tells_something_has_words_with_an_alt_text() -> None:
    assert not found(GLASSES, "  glasses: {alt: Six glasses.}\n")
    (line,) = found(GLASSES)
    assert line == (
        "en.yaml:1:1: REF03 error: pictures has no words for 'glasses', which topic.yaml:10:3 needs; "
        "add 'glasses:' to 'pictures'"
    )
    (line,) = found(GLASSES, "  glasses: {caption: Six.}\n")
    assert line == (
        "en.yaml:8:3: REF03 error: pictures.glasses has no alt text, so that who cannot see the picture is told "
        "nothing; add 'alt:' with all that it shows, or 'decorative: true' at topic.yaml:10:3"
    )


def test_decoration_needs_no_words_and_has_no_alt_text() -> None:
    line = "  line: {file: a.jpg, decorative: true}\n"
    assert not found(line)
    assert not found(line, "  line: {caption: A line.}\n")
    (told,) = found(line, "  line: {alt: A line.}\n")
    assert told == (
        "en.yaml:8:10: REF04 error: pictures.line has an alt text, but the picture is decorative; "
        "delete it, or delete 'decorative' there if the picture tells something"
    )


def test_words_for_no_picture_are_told_with_the_one_that_was_meant() -> None:
    (line,) = found(GLASSES, "  glases: {alt: Six.}\n")
    assert line.startswith("en.yaml:8:3: REF04 error: ") and "'glasses'" in line


def test_a_drawing_has_its_own_labels_and_all_of_them() -> None:
    assert not found(CELL, f"  cell: {{alt: A cell, labels: {LABELS}}}\n")
    (line,) = found(CELL, "  cell: {alt: A cell}\n")
    assert line == (
        "en.yaml:8:3: REF03 error: pictures.cell has no label for working, waste, recycled, blocked, pile_up; "
        "its drawing has working, waste, recycled, blocked, pile_up; add 'working:' to its 'labels'"
    )
    more, less = found(CELL, f"  cell: {{alt: A cell, labels: {LABELS.replace('waste', 'wast')}}}\n")
    assert less.startswith("en.yaml:8:44: REF04 error: pictures.cell has a label 'wast', which its picture does not")
    assert "did you mean 'waste'" in less
    assert more.startswith(
        "en.yaml:8:23: REF03 error: pictures.cell has no label for waste; its drawing has working, waste,"
    )
    (line,) = found(GLASSES, "  glasses: {alt: Six, labels: {one: Water}}\n")
    assert "delete it; drawings have labels, files have none" in line


def test_a_picture_with_files_for_other_languages_alone_names_those() -> None:
    assert not found("  glasses: {file: {en: a.png, es: b.png}}\n", "  glasses: {alt: Six.}\n")
    (line,) = found("  glasses: {file: {es: b.png, fr: c.png}}\n", "  glasses: {alt: Six.}\n")
    assert line == (
        "topic.yaml:10:13: REF11 error: pictures.glasses has no file for 'en'; it has one for es, fr; "
        "add 'en:' with the file for it, or write one file for all languages"
    )
