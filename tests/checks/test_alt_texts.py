"""Alt texts say what is seen; what is no alternative is told at its words, and what is one is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from content_findings import rewrite
from topic_samples import CONTENT, ROOT, TODAY, Change, lexicon

from handouts.checks.alt_texts import LONGEST, alt_that_repeats, alt_that_says_nothing
from handouts.checks.rule import OfWords
from handouts.files.workspace import Workspace
from handouts.model.clinic import Clinic
from handouts.model.load import Loaded, load
from handouts.problems import Problem


def subject(content: Path, clinic: Loaded[Clinic] | None = None, language: str = "en") -> OfWords:
    loaded = Workspace(content, ROOT / "templates").topic("ixazomib")
    return OfWords(loaded.topic, loaded.words[0], TODAY, lexicon(language), (), clinic)


def of_picture(content: Path, alt: str, language: str = "en") -> list[Problem]:
    rewrite(content / "ixazomib" / "en.yaml", ("pictures", "mechanism", "alt"), f'"{alt}"')
    return [*alt_that_says_nothing.problems(subject(content, language=language))]


@pytest.mark.parametrize(
    ("alt", "wrong"),
    [
        ("IMG_2034.jpg", "is the name of a file"),
        ("IMG 2034", "is the name of a file"),
        ("DSC00231", "is the name of a file"),
        ("logo.png", "is the name of a file"),
        ("see clear-liquids.PNG here", "names a file"),
        ("cell_drawing", "is the name of a file"),
        ("clear-liquids-en", "is the name of a file"),
        ("3f2504e04f8911d39a0c", "is the name of a file"),
        ("https://example.org/cell.html", "is an address"),
        ("figure1", "says that something is there"),
        ("Figure 1a", "says that something is there"),
        ("image_2", "is the name of a file"),
        ("Photo", "says that something is there"),
        ("picture.", "says that something is there"),
        ("TODO", "says that something is there"),
        ("12", "has no word in it"),
        ("…", "has no word in it"),
        ("Image of two cells.", "begins with 'Image of'"),
        ("A picture of a cell", "begins with 'A picture of'"),
        ("This image shows a cell", "begins with 'This image shows'"),
        ("cell " * LONGEST + "ends", f"has {LONGEST + 1} words"),
    ],
)
def test_what_is_no_alternative_is_told(changed: Change, alt: str, wrong: str) -> None:
    (found,) = of_picture(changed(), alt)
    assert (found.code, found.severity) == ("IMAGE05", "warning")
    assert wrong in found.message
    assert found.origin.line and found.origin.file.endswith("en.yaml")


@pytest.mark.parametrize(
    "alt",
    [
        "Two cells.",
        "Drawing of a cell; on the left it is whole.",
        "Logo of the Myeloma Society",
        "Photographs show a hand before and after.",
        "A figure in a white coat points at a door.",
        "COVID-19 vaccine, 3 doses",
        "H1N1",
        "Up-to-date card beside a pack with 12 pills",
        "Imagine a barrel.",
        "A page that says www.example.org",
        "Mechanism",
        "cell " * LONGEST,
    ],
)
def test_what_says_what_is_seen_is_left_alone(changed: Change, alt: str) -> None:
    assert of_picture(changed(), alt) == []


@pytest.mark.parametrize(("alt", "count"), [("Foto", 1), ("figura 2", 1), ("Imagen de dos células", 1), ("Photo", 0)])
def test_each_language_has_its_own_words(changed: Change, alt: str, count: int) -> None:
    assert len(of_picture(changed(), alt, "es")) == count


@pytest.mark.parametrize(
    ("alt", "where"),
    [
        ("How ixazomib may harm a myeloma cell.", "is its caption"),
        ("How  ixazomib may harm a Myeloma cell", "is its caption"),
        ("IXAZOMIB (Ninlaro) for multiple myeloma", "is the title of the handout"),
        ("Questions to ask", "is the heading of 'questions'"),
        ("How ixazomib may harm a myeloma cell: two drawings", ""),
    ],
)
def test_what_is_said_beside_the_picture_is_not_said_again(changed: Change, alt: str, where: str) -> None:
    content = changed()
    rewrite(content / "ixazomib" / "en.yaml", ("pictures", "mechanism", "alt"), f'"{alt}"')
    found = [one.message for one in alt_that_repeats.problems(subject(content))]
    assert [where in one for one in found] == ([True] if where else [])


@pytest.mark.parametrize(
    ("alt", "wrong"),
    [("logo.png", "is the name of a file"), ("Logo", "says that"), ("st_mary", "is the name of a file"),
     ("St Mary", ""), ("Logo of St Mary's Hospital", ""), ("St. Mary's", "")],
)  # fmt: skip
def test_a_clinics_logo_is_judged_at_its_own_line(alt: str, wrong: str) -> None:
    text = f"schema_version: 1\nname: E\nlogo:\n  file: st-mary.png\n  alt: {alt}\n"
    found = [*alt_that_says_nothing.problems(subject(CONTENT, load("clinic.yaml", text, Clinic)))]
    assert [(wrong in one.message, str(one.origin)) for one in found] == ([(True, "clinic.yaml:5:8")] if wrong else [])
