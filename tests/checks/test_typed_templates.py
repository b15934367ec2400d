"""Text that stands in templates: its numbers, doses and telephone numbers are found at their place in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from topic_samples import CONTENT, ROOT, TODAY
from typed_samples import in_templates

from handouts.build.make import examine
from handouts.build.request import Request
from handouts.files.workspace import Workspace


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>Take 43 of it</p>", ["NUM10"]),
        ("<p>{{ 5 }} mg</p>", ["NUM10"]),
        ("<p>{{ 'for 7 days' }}</p>", ["NUM10"]),
        ("{% set dose = 'about 12 drops' %}<p>{{ dose }}</p>", ["NUM10"]),
        ('<table data-summary="Table of 12 rows"></table>', ["NUM10"]),
        ("<p>Call 1-800-999-8888</p>", ["PHONE05"]),
        ("<a href='{{ c.href }}'>1-866-603-6628</a>", []),
        ("<a href='tel:+18009998888'>1-800-999-8888</a>", ["PHONE05"]),
        ("<p>5mg</p>", ["DOSE03", "NUM10"]),
        ("<p>5&nbsp;mg</p>", ["NUM10"]),
        ("<p>&lt;{{ x }} mg</p>", ["DOSE04"]),
        ("<p>Take &#53;&#x30; tablets, &frac12; cup</p>", ["NUM10", "NUM10"]),
        ("<p>12&ndash;20 people and 1&#44;000</p>", ["NUM10", "NUM10"]),
        ("<p>{{ x }} &#181;g, {{ x }} &micro;g</p>", ["DOSE04", "DOSE04"]),
        ("<p>Call 1&#8209;800&#8209;999&#8209;8888</p>", ["PHONE05"]),
        ("<p>Don&#8217;t &#169; &#39;A&#160;B&#39; R&D;</p>", []),
        ("{% call box(text='Take 7 of it') %}x{% endcall %}", ["NUM10"]),
        ("{% macro box(text='Take 7 of it', width=7) %}x{% endmacro %}", ["NUM10"]),
        ("{% for line in ['Take 7 of it', 'Rest'] %}{{ line }}{% endfor %}", ["NUM10"]),
        ("<p>{{ x.percent }} in 100, 95% CI, COVID-19, {{ x }}</p>", []),
        ("{# 43 people #}{% if x > 43 %}<section data-span='7'></section>{% endif %}", []),
        ("{% set widths = '3 7' %}<table data-widths='{{ widths }}'></table><h2>{{ fixed('page2') }}</h2>", []),
        ("{% set dose = '5 mg' %}<p>{{ dose }}</p>", ["NUM10"]),
        ("{% set dose = '43' %}{% set days = 7 -%}<p>{{ dose }} for {{ days }} days</p>", ["NUM10", "NUM10"]),
        ("{% set width = 7 %}<section data-span='{{ width }}'></section>", []),
        ("<p class='small'>{{ s.told[0] }}{% for i in range(3) %}{{ i }}{% endfor %}</p>", []),
    ],
)
def test_text_that_a_template_prints_is_judged_and_nothing_else_of_it(text: str, found: list[str]) -> None:
    assert sorted(one.code for one in in_templates({"handout.html.j2": text})) == found


def test_it_is_told_at_its_line_and_column_with_what_to_do() -> None:
    (problem,) = in_templates({"card.html.j2": "<p>\n  For 43 people</p>"})
    assert (problem.origin.file, problem.origin.line, problem.origin.column) == ("card.html.j2", 2, 7)
    assert "fixed word of the locale" in problem.instead


def test_it_is_told_at_its_column_behind_character_references() -> None:
    (problem,) = in_templates({"card.html.j2": "<p>A&nbsp;B &#52;3 people</p>"})
    assert (problem.origin.line, problem.origin.column) == (1, 13)
    assert problem.message.startswith("43 ")


def test_the_shipped_templates_type_no_number() -> None:
    assert in_templates(Workspace(CONTENT, ROOT / "templates").templates()) == []


def test_a_build_is_stopped_by_one_in_a_template_of_the_users_own(tmp_path: Path) -> None:
    shipped = (ROOT / "templates" / "handout" / "text.html.j2").read_text("utf-8")
    (tmp_path / "handout").mkdir()
    (tmp_path / "handout" / "text.html.j2").write_text(f"{shipped}<p>It takes 43 days.</p>\n", "utf-8")
    found = examine(Request(TODAY, ("card",), ("ixazomib",), content=CONTENT, templates=tmp_path)).findings
    (problem,) = [one for one in found if one.code == "NUM10"]
    assert problem.origin.file == str(tmp_path / "handout" / "text.html.j2")
