"""Rows with letters that prefilled documents have none of come out as the build of one clinic makes them, or fails."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from batch_samples import FULL, files, logo, order_for, report, run_here, table
from topic_samples import ROOT

from handouts.batch.readback.pdf_reader import Pdf
from handouts.build.build import build
from handouts.problems import ProblemsError

STOCK = sorted(path.stem for path in (ROOT / "templates" / "sheets").glob("*.yaml"))
USUAL = {"name": "Riverside", **FULL, "logo": ""}
ODD = {
    # In the fonts, but in no block of letters that a prefilled document carries.
    "name": {"name": "Ω Clinic"},
    "hours": {"hours": "8 ≤ open ≤ 5"},
    "phone": {"phone": "+44 20 7946\N{MINUS SIGN}0001"},
    "first line": {"address": "† 12 High Street\nRiverside"},
    "second line": {"address": "12 High Street\nRiversideˇ"},
    "all": {"name": "π", "hours": "√", "address": "Δ\n∂"},
    # In a block, and in none of the fonts.
    "a block": {"name": "Clínica Łódź – Țară"},
    "no font": {"name": "漢"},
    "no font and no number": {"hours": "Ж", "phone": "12"},
    "a missing letter of a block": {"address": "Ĉ\nRiverside"},
    "half composed": {"name": "Rivers\u0326ide x\u0326"},
    "all is well": {},
}


def rows(whose: Iterable[str], folder: Path) -> list[dict[str, str]]:
    mark = logo(folder / "logo.png").name
    named = [("-".join((*key.split(), *([mark[:-4]] if one else []))), USUAL | ODD[key] | {"logo": one})
             for key in whose for one in ("", mark)]  # fmt: skip
    return [{"id": ident, **row} for ident, row in named]


def single(row: dict[str, str], folder: Path, form: str, **options: Any) -> bytes | list[str]:
    """The document of `handouts build --clinic`, or what stops it."""
    clinic = {key: row[key] for key in ("name", "phone", "hours")} | {"address": row["address"].split("\n")}
    mark = {"logo": {"file": row["logo"], "alt": row["name"]}} if row["logo"] else {}
    path = folder / "clinic.yaml"
    path.write_text(json.dumps({"schema_version": 1, **clinic, **mark}, ensure_ascii=False), "utf-8")
    request = order_for(folder / "r.csv", folder / "single", (form,), clinic=path, **options).request
    try:
        (made,) = build(request, force=True).made
    except ProblemsError as bad:
        return sorted(unplaced(str(problem)) for problem in bad.problems if problem.severity == "error")
    return made.data


def unplaced(problem: str) -> str:
    """A message without the place of which it tells."""
    return re.sub(r"^\S+:\d+:\d+: ", "", problem)


def seen(data: bytes) -> object:
    """What of a document counts: of a deck all bytes, of a PDF its text by tag, its author and its pixels."""
    if not data.startswith(b"%PDF"):
        return data
    document = pypdfium2.PdfDocument(data)
    try:
        pixels = [page.render(scale=0.5).to_pil().tobytes() for page in document]
        return Pdf(data).blocks(), Pdf(data).alts(), document.get_metadata_dict(), pixels
    finally:
        document.close()


def compare(folder: Path, form: str, whose: Iterable[str], **options: Any) -> None:
    recipients = rows(whose, folder)
    for order, name in ((recipients, "first"), (recipients[::-1], "last")):
        run_here(order_for(table(folder / f"{name}.csv", order), folder / name, (form,), **options))
    there = {line["id"]: line for line in report(folder / "first")}
    assert {line["id"]: (line["status"], line["file"]) for line in report(folder / "last")} == {
        line["id"]: (line["status"], line["file"]) for line in there.values()
    }
    for row in recipients:
        line, alone = there[row["id"]], single(row, folder, form, **options)
        if isinstance(alone, list):
            for name in ("first", "last"):
                (line,) = [line for line in report(folder / name) if line["id"] == row["id"]]
                assert sorted(map(unplaced, line["reason"].split(" | "))) == alone, row["id"]
        else:
            assert not line["reason"], row["id"]
            wanted = seen(alone)
            assert all(seen(files(folder / name)[line["file"]]) == wanted for name in ("first", "last")), row["id"]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("form", ["pdf", "card", "pptx"])
def test_a_row_comes_out_as_its_build_does(form: str, tmp_path: Path) -> None:
    compare(tmp_path, form, ("name", "all", "no font and no number", "all is well"))


@pytest.mark.slow
@pytest.mark.parametrize(("form", "options"), [
    ("pdf", {}), ("pptx", {}), *(("card", {"sheet": stock}) for stock in STOCK),
], ids=str)  # fmt: skip
def test_whatever_letters_stand_anywhere(form: str, options: dict[str, str], tmp_path: Path) -> None:
    compare(tmp_path, form, ODD, **options)
