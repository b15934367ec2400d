"""A page holds all that its plan says and nothing that it would have to load, whatever the words of the plan are."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from page_samples import META, data_of, digest_of, page_of, parsed, plan_of, said, squeezed, style_of, visible
from topic_samples import FOLDERS, Plans, shipped_plans

from handouts.figures.shapes import Figure, Label, Rect
from handouts.plan.blocks import Box, Cell, FigureBlock, Grid, Group, Heading, Item, ListBlock, Paragraph, Table, walk
from handouts.plan.documents import About, Reviewer
from handouts.plan.text import Run
from handouts.render.html.linked_data import TYPES
from handouts.render.html.page import render_page
from handouts.render.html.text import safe
from handouts.theme.schema import Theme

HOSTILE = [
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "\"'><svg onload=alert(1)>",
    "a\x00b\x07c\x85d\ufffee",
    "\u202egnp.exe \u05d0\u05d1\u05d2",
    "\U0001f48a take one \U0001f469\u200d\u2695\ufe0f",
    "<!--", "]]>", "&amp;&lt;&#60;", "\ud800", "{{ x }}", "a\nb",
]  # fmt: skip


@pytest.mark.parametrize("topic", FOLDERS)
def test_every_word_of_the_plan_is_seen(topic: str) -> None:
    seen = visible(page_of(topic))
    for line in shipped_plans(topic).handout.words().splitlines():
        assert squeezed(line) in seen


@pytest.mark.parametrize("topic", FOLDERS)
def test_nothing_is_loaded_and_nothing_runs(topic: str) -> None:
    page = page_of(topic)
    root = parsed(page)
    assert [one.get("type") for one in root.iter("script")] == ["application/ld+json"]
    assert not [one for one in root.iter() if isinstance(one.tag, str) for key in one.attrib if key.startswith("on")]
    assert not list(root.iter("link", "iframe", "object", "embed", "form", "base"))
    assert not root.xpath("//@style")
    assert all(one.get("src").startswith("data:image/") for one in root.iter("img"))
    assert all(one.startswith("data:font/woff;") for one in re.findall(r"url\(([^)]*)\)", style_of(page)))
    assert all(one.get("href").startswith(("https:", "tel:", "sms:", "mailto:")) for one in root.iter("a"))
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ") and f"'sha256-{digest_of(style_of(page))}'" in policy
    assert "unsafe" not in policy and "script-src" not in policy
    assert len(page) < 200_000


@pytest.mark.parametrize("text", HOSTILE)
def test_words_stay_words_wherever_they_stand(text: str) -> None:
    meta = replace(
        META,
        title=text, subject=text, author=text, clinic_file="c.yaml", clinic_phone=text, review_words=text,
        about=About("medicine", text, text, text, text), reviewer=Reviewer(text, text, "2026-03-01"),
        review_state="approved",
    )  # fmt: skip
    runs = (Run(text, strong=True, href="https://example.org/?" + "q"), Run(text, lang="he"))
    drawing = Figure("timeline", 90, 40, (Rect(0, 0, 9, 9, fill="accent"), Label(0, 9, text, 10)), "alt " + text)
    blocks = (
        Heading(1, runs), Box("urgent", (Paragraph(runs),)), ListBlock((Item(runs, 2),), "checkbox"),
        Table((Cell(runs, "column"),), ((Cell(runs, "row"),),), (1.0,), "summary " + text), FigureBlock(drawing, runs),
    )  # fmt: skip
    page = render_page(replace(plan_of(*blocks, meta=meta), footer=replace(plan_of().footer, left=text)), Theme())
    root = parsed(page)
    assert [one.tag for one in root.iter("script", "style", "img")] == ["script", "style"]
    assert not [key for one in root.iter() if isinstance(one.tag, str) for key in one.attrib if key.startswith("on")]
    assert visible(page).count(squeezed(safe(text))) >= 8
    assert data_of(page)["name"] == safe(text)


@given(st.text(st.characters(), max_size=60))
def test_any_text_is_seen_as_it_is(text: str) -> None:
    page = render_page(plan_of(Heading(1, (Run("Title"),)), said(f"[{text}]")), Theme())
    (paragraph,) = parsed(page).xpath("//main/p")
    seen = "\n".join([paragraph.text or "", *(one.tail or "" for one in paragraph.iter("br"))])
    assert squeezed(seen.replace("\xa0", " ")) == squeezed(safe(f"[{text}]").replace("\xa0", " "))


def test_the_same_plan_gives_the_same_bytes(ixazomib: Plans) -> None:
    assert render_page(ixazomib.handout, Theme()) == render_page(ixazomib.handout, Theme())


@pytest.mark.parametrize("topic", FOLDERS)
def test_headings_stand_in_order_below_one(topic: str) -> None:
    levels = [int(one.tag[1]) for one in parsed(page_of(topic)).iter("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_level_that_a_template_leaves_out_is_not_left_out() -> None:
    blocks = [Heading(3, (Run("One"),)), Heading(3, (Run("Two"),)), Heading(1, (Run("Three"),))]
    root = parsed(render_page(plan_of(*blocks), Theme()))
    assert [one.tag for one in root.iter("h1", "h2", "h3")] == ["h1", "h2", "h3", "h2"]
    assert root.findtext(".//h1") == META.title


@pytest.mark.parametrize("topic", FOLDERS)
def test_tables_and_figures_say_what_they_are(topic: str) -> None:
    root, plan = parsed(page_of(topic)), shipped_plans(topic).handout
    tables = list(root.iter("table"))
    assert len(tables) >= sum(isinstance(one, Table) for one in walk(plan.blocks))
    for table in tables:
        assert table.findtext("caption").strip()
        assert all(one.get("scope") in {"col", "row"} for one in table.iter("th"))
        region = table.getparent()
        assert region.get("role") == "region" and region.get("aria-label") and region.get("tabindex") == "0"
    names = [one.get("aria-label") or one.get("alt") for one in root.iter("svg", "img")]
    drawn = [one.figure.alt for one in walk(plan.blocks) if isinstance(one, FigureBlock)]
    assert [squeezed(name) for name in names] == [squeezed(alt) for alt in drawn]
    assert all(one.get("role") == "img" for one in root.iter("svg"))
    regions = root.xpath("//*[@role='region']/@aria-label | //aside/@aria-label")
    assert len(set(regions)) == len(regions)


def test_decoration_is_hidden() -> None:
    from handouts.model.image import Image

    image = Image(b"\x89PNG", "image/png", 10, 10)
    root = parsed(render_page(plan_of(FigureBlock(Figure("picture", 20, 20, (), "", image=image))), Theme()))
    assert root.xpath("//img/@alt") == [""]


def test_other_languages_are_marked_and_run_their_way() -> None:
    page = render_page(plan_of(said("שלום", lang="he"), meta=replace(META, language="en-US")), Theme())
    root = parsed(page)
    assert (root.get("lang"), root.get("dir")) == ("en-US", "ltr")
    (span,) = root.xpath("//p/span")
    assert (span.get("lang"), span.get("dir"), span.getparent().get("dir")) == ("he", "rtl", "rtl")
    assert parsed(render_page(plan_of(said("x"), meta=replace(META, language="ar")), Theme())).get("dir") == "rtl"


def test_numbers_keep_to_what_they_count() -> None:
    assert "9\xa0of\xa050" in render_page(plan_of(said("It was 9 of 50 people.")), Theme()).decode()


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "http://example.org", "//example.org"])
def test_other_addresses_are_no_links(href: str) -> None:
    root = parsed(render_page(plan_of(said("words", href=href)), Theme()))
    assert not list(root.iter("a")) and "words" in root.find(".//main").text_content()


def test_a_draft_says_so_on_screen_and_paper_and_is_not_indexed() -> None:
    page = page_of("ixazomib")
    root, words = parsed(page), shipped_plans("ixazomib").handout.meta.review_words
    assert root.find(".//header").text_content().strip() == words
    foot = root.find(".//footer").text_content()
    assert words in foot and "Version 31 March 2026" in foot and "Information from about 2013." in foot
    assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "@bottom-left{content:" in style_of(page)


def test_the_clinics_number_can_be_called(tmp_path: Path) -> None:
    clinic = tmp_path / "clinic.yaml"
    clinic.write_text("schema_version: 1\nname: Mill & Co\ncountry: US\nphone: 1-202-555-0143\n", "utf-8")
    page = page_of("ixazomib", clinic=clinic)
    links = [one for one in parsed(page).iter("a") if one.text_content() == "1-202-555-0143"]
    assert links and {one.get("href") for one in links} == {"tel:+12025550143"}
    assert data_of(page)["publisher"] == data_of(page)["author"]
    assert data_of(page)["publisher"]["telephone"] == "1-202-555-0143"
    # A template that leaves the clinic's block out does not leave its number out.
    bare = replace(META, clinic_phone="1-202-555-0143", clinic_dials="tel:+12025550143", clinic_file="c.yaml")
    (link,) = parsed(render_page(plan_of(said("x"), meta=bare), Theme())).iter("a")
    assert link.get("href") == "tel:+12025550143"


# https://schema.org/MedicalWebPage and the types that it inherits from, looked up by hand.
PAGE = {"@context", "@type", "name", "description", "inLanguage", "dateModified", "version", "creativeWorkStatus",
        "isAccessibleForFree", "audience", "about", "publisher", "author", "lastReviewed", "reviewedBy"}  # fmt: skip
OF = {
    "Patient": {"@type", "audienceType"},
    "Person": {"@type", "name", "jobTitle"},
    "Organization": {"@type", "name"},
    "MedicalOrganization": {"@type", "name", "telephone"},
    "Drug": {"@type", "name", "nonProprietaryName", "proprietaryName", "alternateName", "manufacturer"},
}


def _check(value: object) -> None:
    if isinstance(value, dict):
        known = (
            PAGE if value["@type"] == "MedicalWebPage" else OF.get(value["@type"], {"@type", "name", "alternateName"})
        )
        assert set(value) <= known
        for inner in value.values():
            _check(inner)


@pytest.mark.parametrize("kind", TYPES)
def test_linked_data_has_names_of_schema_org(kind: str) -> None:
    about = About(kind, "One", "X1", "Two", "Three")  # type: ignore[arg-type]
    draft = data_of(render_page(plan_of(said("x"), meta=replace(META, about=about, clinic_file="c")), Theme()))
    _check(draft)
    assert draft["about"]["@type"] == TYPES[kind] and draft["audience"]["audienceType"] == "Patient"
    assert "reviewedBy" not in draft and "lastReviewed" not in draft and draft["creativeWorkStatus"] == "Draft"
    meta = replace(META, review_state="approved", reviewer=Reviewer("A. Name", "Nurse", "2026-03-01"))
    signed = data_of(render_page(plan_of(said("x"), meta=meta), Theme()))
    _check(signed)
    assert signed["lastReviewed"] == "2026-03-01"
    assert signed["reviewedBy"] == {"@type": "Person", "name": "A. Name", "jobTitle": "Nurse"}


def test_parts_without_words_leave_nothing_behind() -> None:
    page = render_page(plan_of(Group(()), Grid(()), Box("urgent", ()), said("x")), Theme())
    assert not parsed(page).xpath("//main//section | //main//aside | //main//*[@class='grid']")


def test_large_print_is_larger() -> None:
    def body(page: bytes) -> float:
        found = re.search(r"\bbody\{font-size:([\d.]+)rem", style_of(page))
        assert found
        return float(found[1])

    assert body(page_of("ixazomib", "large-print")) == pytest.approx(1.5 * body(page_of("ixazomib")), abs=0.01)
