"""No document goes out without its review state, whatever its templates print and for whom."""

from __future__ import annotations

from pathlib import Path

import pytest
from batch_samples import clinics, order_for, report, run_here, table
from topic_samples import CONTENT, ROOT, TODAY

from handouts.build.make import examine
from handouts.build.request import Request
from handouts.checks.review_state import unsaid

STATE = " {{ review }}."


def _templates(folder: Path, said: str) -> Path:
    own = folder / "templates"
    own.mkdir()
    text = (ROOT / "templates" / "card.html.j2").read_text("utf-8")
    assert STATE in text
    (own / "card.html.j2").write_text(text.replace(STATE, said), "utf-8")
    return own


def _found(folder: Path, said: str) -> list[str]:
    templates = _templates(folder, said)
    request = Request(TODAY, ("card",), ("ixazomib",), ("en",), content=CONTENT, templates=templates)
    return [str(found) for found in examine(request).findings if found.code == "FIT09"]


@pytest.mark.parametrize("said", ["", " {# {{ review }} #}", "{% if not review %}{{ review }}{% endif %}"])
def test_a_card_whose_template_leaves_the_state_out_is_an_error_at_the_template(said: str, tmp_path: Path) -> None:
    (found,) = _found(tmp_path, said)
    assert found == (
        f"{tmp_path / 'templates' / 'card.html.j2'}: FIT09 error: the document does not say its review state, 'Draft, "
        "not yet reviewed by a clinician'; print {{ review }} in a paragraph of one of its faces"
    )


@pytest.mark.parametrize("said", [STATE, " {{ review | upper }}", "</p><p class='note' data-optional>{{ review }}"])
def test_a_card_that_says_it_in_any_way_is_no_finding(said: str, tmp_path: Path) -> None:
    assert _found(tmp_path, said) == []


def test_a_row_whose_card_would_not_say_it_is_not_made(tmp_path: Path) -> None:
    templates = _templates(tmp_path, "{% if not clinic %}{{ review }}{% endif %}")
    recipients = table(tmp_path / "r.csv", clinics(2))
    run_here(order_for(recipients, tmp_path / "out", ("card",), templates=templates))
    lines = report(tmp_path / "out")
    assert [line["status"] for line in lines] == ["failed", "failed"]
    assert all("FIT09" in line["reason"] for line in lines)


def test_handouts_and_decks_say_it_without_a_template() -> None:
    made = examine(Request(TODAY, topics=("ixazomib",), content=CONTENT, templates=ROOT / "templates")).made
    assert len(made) >= 3
    assert all(unsaid(one.subject.plan) is None for one in made)
