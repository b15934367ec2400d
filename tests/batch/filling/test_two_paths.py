"""Documents from a template look just as those laid out as a whole, and break no rule of PDF/UA-1 and PDF/A-2a."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pypdfium2
import pytest
from press_samples import owner, picture, press
from topic_samples import ROOT

from handouts.batch.filling.owner import Finished, Owner
from handouts.batch.readback.pdf_reader import Pdf
from handouts.outputs import Paper
from handouts.problems import ProblemsError

sys.path.append(str(ROOT / "tests" / "render" / "pdf"))
from tagtree import TaggedPdf
from verapdf import PROFILES, failures

ADDRESS = ("12 High Street", "Riverside")
LONG = "The Royal and Ancient Clinic of Saint Aurélien at the Upper Riverside Medical Campus"


def owners(folder: Path) -> dict[str, Owner]:
    """Rows that templates can take."""
    return {
        "name alone": owner("Riverside"),
        "all": owner("Riverside Clinic", ADDRESS, "+44 20 7946 0001", "Mon to Fri, 8 to 5", picture(folder, 60, 60)),
        "two lines": owner(LONG, ADDRESS, "+44 20 7946 0001"),
        "long words": owner("Donaudampfschifffahrtsgesellschaftskrankenhausverwaltung am See", hours="always"),
        "other letters": owner("Clínica Łódź – «Ősi» Țară", ("Ða Þingeyri",), "+351 21", "8–17 h"),
        "braces": owner("{{ topic }} (a\\b) <b> ** %PDF 1 0 obj endobj", ADDRESS, hours="endstream BT (x) Tj ET"),
        "a wide logo": owner("Riverside", ADDRESS, "1", "2", picture(folder, 400, 20)),
        "a high logo": owner("Riverside", picture=picture(folder, 20, 400)),
        "a photograph": owner("Riverside", ADDRESS, picture=picture(folder, 90, 50, ".jpg")),
        "spaces": owner("River  side\u00a0Clinic", ("a  b",), "1  2"),
        "hyphens": owner("Krankenhaus-Verwaltung/Ambulanz " * 3),
    }


CASES = ("name alone", "all", "two lines", "long words", "other letters", "braces", "a wide logo", "a high logo",
         "a photograph", "spaces", "hyphens")  # fmt: skip


def data(made: Finished) -> bytes:
    whole = made.head + made.tail
    made.check(whole)
    return whole


def rasters(pdf: bytes) -> list[bytes]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=0.9).to_pil().tobytes() for page in document]
    finally:
        document.close()


@pytest.mark.sampled(5)
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("document", "paper"), [("handout", "letter"), ("handout", "a4"), ("card", "letter")])
def test_both_paths_look_the_same(document: str, paper: Paper, case: str, tmp_path: Path) -> None:
    whose, made_by = owners(tmp_path)[case], press(document, paper)
    try:
        whole = made_by.make(whose, whole=True)
    except ProblemsError:
        with pytest.raises(ProblemsError):
            made_by.make(whose)
        return
    quick = made_by.make(whose)
    # A word that is broken is told, which takes laying out the whole.
    assert bool(quick.head) == (not whole.left_out), "a template took it"
    assert rasters(data(quick)) == rasters(data(whole))
    assert Pdf(data(quick)).blocks() == Pdf(data(whole)).blocks()
    assert pypdfium2.PdfDocument(data(quick)).get_metadata_dict()["Author"] == whose.clinic.name


@pytest.mark.parametrize("phone", ["+44 20 7946 0001", None])
def test_a_contact_that_is_the_clinics_own_is_filled_on_both_paths(phone: str | None) -> None:
    whose, made_by = owner("Riverside", phone=phone), press("handout", own_contact=True)
    whole, quick = made_by.make(whose, whole=True), made_by.make(whose)
    assert quick.head, "a template took it"
    assert rasters(data(quick)) == rasters(data(whole))
    read = Pdf(data(quick)).blocks()
    assert read == Pdf(data(whole)).blocks()
    # Beside the name of that contact, beside the shipped one among reasons to call, and in the clinic's own block.
    assert sum(str(phone) in str(block) for block in read) == (3 if phone else 0)
    assert sum("My clinic" in str(block) for block in read) == 1


@pytest.mark.sampled(11)
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("case", CASES)
def test_every_variant_breaks_no_rule(case: str, profile: str, tmp_path: Path) -> None:
    for document in ("handout", "card"):
        try:
            made = press(document).make(owners(tmp_path)[case])
        except ProblemsError:
            continue
        assert made.head
        assert failures(data(made), profile) == []


@pytest.mark.parametrize("whose", [
    owner("Αθήνα Clinic"), owner("Riverside:"), owner("a" * 118),
    owner("Riverside", tuple(f"{LONG} {n}" for n in range(4))),
])  # fmt: skip
def test_what_a_template_cannot_take_is_laid_out_as_a_whole_or_told(whose: Owner) -> None:
    try:
        made = press("handout").make(whose)
    except ProblemsError as bad:
        assert "r.csv:2:1: " in str(bad)
        return
    assert made.head == b"" or whose.clinic.name == "a" * 118
    assert any(whose.clinic.name.replace(" ", "") in text.replace(" ", "") for text in Pdf(data(made)).blocks())


@pytest.mark.parametrize("document", ["handout", "card"])
def test_no_two_recipients_share_the_id_of_a_file(document: str) -> None:
    made_by = press.__wrapped__(document)
    same, *others = (owner("Riverside", ADDRESS, phone) for phone in ("+44 1", "+44 2", "+44 3"))
    made = [data(made_by.make(whose, whole=whole)) for whose in (same, *others) for whole in (False, True)]
    ids = [re.findall(rb"/ID\[<([0-9a-f]{32})><([0-9a-f]{32})>\]", file) for file in made]
    assert all(len(found) == 1 and found[0][0] == found[0][1] for found in ids)
    assert len({found[0] for found in ids}) == len(made)
    assert data(made_by.make(same)) == made[0]


def test_our_reader_reads_as_another_does() -> None:
    made = data(press("handout").make(owner("Clínica (1) \\", ADDRESS, "+44", "8–17")))
    ours, other = Pdf(made), TaggedPdf(made)
    assert [text for text in other.words() if text not in ("•", "1.")] == list(ours.blocks())
    drawn = ["".join(piece.text for piece in other.drawn if piece.page == page) for page in range(2)]
    assert ["".join(piece.text for piece in ours.drawn(page)) for page in ours.pages] == drawn


def test_a_template_that_reads_the_words_is_composed_for_each_row() -> None:
    from press_samples import press as cached

    made_by = cached.__wrapped__("handout")
    shown = dict(made_by._templates)
    shown["clinic.html.j2"] = (
        "{% if clinic %}<p>{{ clinic.name | upper }}{% if clinic.name == 'x' %}!{% endif %}</p>{% endif %}"
    )
    made_by._templates = shown
    made = made_by.make(owner("Riverside"))
    assert made.head == b""
    assert "RIVERSIDE" in Pdf(data(made)).blocks()


@pytest.mark.parametrize("shown", [
    "<p>{{ clinic.name | e | upper }}</p>",
    "{% set a %}{{ clinic.name }}{% endset %}<p>{{ clinic.name }}{% if 'River' in a %} by the river{% endif %}</p>",
    "{% macro m(x) %}{{ x }}{% endmacro %}<p>{{ m(clinic.name) | length }}</p>",
])  # fmt: skip
def test_a_template_that_reads_the_words_once_they_are_printed_is_composed_for_each_row(shown: str) -> None:
    from press_samples import press as cached

    made_by = cached.__wrapped__("handout")
    made_by._templates = dict(made_by._templates) | {"clinic.html.j2": f"{{% if clinic %}}{shown}{{% endif %}}"}
    for name in ("Riverside", "Hillside"):
        made = made_by.make(owner(name))
        assert made.head == b""
        assert Pdf(data(made)).blocks() == Pdf(data(made_by.make(owner(name), whole=True))).blocks()


def test_a_template_that_reads_what_it_printed_is_composed_for_each_row() -> None:
    from press_samples import press as cached

    made_by = cached.__wrapped__("handout")
    shown = dict(made_by._templates)
    shown["clinic.html.j2"] = (
        "{% if clinic %}{% set said %}{{ clinic.name }}{% endset %}"
        "<p>{{ said }}{% if 'Riverside' in said %} by the river{% endif %}</p>{% endif %}"
    )
    made_by._templates = shown
    for name, said in (("Hillside", "Hillside"), ("Riverside", "Riverside by the river")):
        assert said in Pdf(data(made_by.make(owner(name)))).blocks()
