"""Every file passes PDF/UA-1 and PDF/A-2a, and the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from card_sheets import SHEETS, drawn
from msgspec.structs import replace
from pdf_samples import AVERY_5371, THEME, card, full_handout, handout, paragraph
from verapdf import PROFILES, failures

from handouts.render.pdf.card import render_card
from handouts.render.pdf.handout import render_handout
from handouts.theme.printing import Correction, Printing

CORRECTED = Printing("short-edge", 4, 9, Correction(offset_x=1, scale_y=99))
FILES = {
    "letter handout": lambda: render_handout(full_handout(), THEME, "letter"),
    "A4 handout": lambda: render_handout(full_handout(), THEME, "a4"),
    "handout of one line": lambda: render_handout(handout(paragraph("One line.")), THEME, "letter"),
    "card": lambda: render_card(card(), THEME, AVERY_5371),
    "corrected sheets turned on the short edge": lambda: render_card(card(), THEME, AVERY_5371, CORRECTED),
} | {f"cards on {name}": partial(drawn, name) for name in SHEETS}


@pytest.mark.sampled(9)
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", FILES)
def test_a_file_breaks_no_rule(name: str, profile: str) -> None:
    assert failures(FILES[name](), profile) == []


def test_the_judge_can_fail_a_file() -> None:
    good = FILES["letter handout"]()
    assert any("6.2-1" in rule for rule in failures(good.replace(b"/Marked true", b"/Marked null"), "PDFUA-1"))


def test_a_file_is_small() -> None:
    assert len(FILES["letter handout"]()) < 100_000


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", ["letter handout", "card"])
def test_bytes_do_not_depend_on_process_or_hash_seed(name: str, tmp_path: Path) -> None:
    script = f"import hashlib, test_conformance as t; print(hashlib.sha256(t.FILES[{name!r}]()).hexdigest())"
    found = {hashlib.sha256(FILES[name]()).hexdigest()}
    for seed in ("1", "2"):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join(str(Path(__file__).parents[up]) for up in (0, 2, 3)),
            "TZ": "Asia/Tokyo",
        }
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
        )
        found.add(done.stdout.strip())
    assert len(found) == 1


@pytest.mark.parametrize("field", ["title", "author", "subject", "language", "date"])
def test_whatever_a_file_says_of_itself_gives_another_id(field: str) -> None:
    plan = handout(paragraph("One."))
    said = "2026-04-01" if field == "date" else "de"
    other = replace(plan, meta=replace(plan.meta, **{field: said}))
    ids = [
        data[data.rindex(b"/ID[") :].split(b"]")[0]
        for data in (render_handout(p, THEME, "letter") for p in (plan, other))
    ]
    assert ids[0] != ids[1]


def test_other_words_give_another_id() -> None:
    one, other = (render_handout(handout(paragraph(text)), THEME, "letter") for text in ("One.", "Two."))
    assert one[one.index(b"/ID") :] != other[other.index(b"/ID") :]
