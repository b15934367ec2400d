"""A content folder of made-up topics with codes, for tests of what other systems ask for. All codes are invented: they
have the right form, and stand for nothing here that they may stand for elsewhere.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from topic_samples import ROOT, TODAY, TOPICS

from handouts.build.request import Request
from handouts.build.sign_off import approve

CODES = """
codes:
  # Invented for tests.
  - {system: rxnorm, code: "9900001", display: beispielozomib 4 MG Oral Capsule, source: register, as_of: 2025-06}
  - {system: ndc, code: 99999-123-45, display: Beispielozentra, source: register, as_of: 2025-06}
  - {system: icd10cm, code: C90.0, display: A disease made up for tests, source: register, as_of: 2025-06}
  - {system: snomed, code: "999000003", display: Made-up therapy, source: register, as_of: 2025-06}
  - {system: loinc, code: 99999-5, display: Made-up measurement, source: register, as_of: 2025-06}
"""
SPANISH_CODES = """
codes:
  # Invented for tests.
  - {system: rxnorm, code: "9900005", display: ejemplazomib, source: boletin, as_of: 2019}
"""
MEDICINE, SPANISH = "longwords", "espanol"


def coded(folder: Path, *, languages: tuple[str, ...] = ("en", "es"), codes: str = CODES, spanish: str = "") -> Path:
    """A content folder with a medicine that has codes, in languages with the words of one, and a topic in Spanish."""
    content = folder / "content"
    shutil.copytree(TOPICS, content)
    for name, dated, written in ((MEDICINE, "2025-06", codes), (SPANISH, "about 2019", spanish)):
        topic = content / name / "topic.yaml"
        text = topic.read_text("utf-8")
        topic.write_text(text.replace(f"\nas_of: {dated}\n", f"{written}\nas_of: {dated}\n", 1), "utf-8")
    words = (content / MEDICINE / "en.yaml").read_text("utf-8")
    for language in languages:
        (content / MEDICINE / f"{language}.yaml").write_text(
            words.replace("language: en\n", f"language: {language}\n", 1), "utf-8"
        )
    return content


def usual(content: Path) -> Request:
    """The request whose options name the documents."""
    return Request(TODAY, content=content, templates=ROOT / "templates")


def signed(content: Path, topic: str = MEDICINE, *languages: str) -> None:
    """Signs a topic off, in all of its languages or in some."""
    request = Request(TODAY, topics=(topic,), languages=languages, content=content, templates=ROOT / "templates")
    approve(request, "A. Name", "Hematologist (made up)")
