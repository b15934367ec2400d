"""The ward's page as people use it: by role and label, by keyboard, in widths and colours, and without a script."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import shown, sideways, violations
from topic_samples import CONTENT
from web_samples import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

REFUSED = "status of (403|404|422)"
"""What the console says of a page that tells a mistake."""
WAIT = 8000


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ward") / "content"
    shutil.copytree(CONTENT, folder)
    (folder / "sets").mkdir()
    items = "items: [{topic: ixazomib, language: en}, {topic: colonoscopy-preparation, language: en, document: card}]\n"
    (folder / "sets" / "start.yaml").write_text(f"schema_version: 1\ntitle: Start of treatment\n{items}")
    (folder / "sets" / "large.yaml").write_text(
        "schema_version: 1\ntitle: Low vision\ntheme: large-print\nclinic: north\n"
        "items: [{topic: ixazomib, language: en}]\n"
    )
    (folder / "clinics").mkdir()
    (folder / "clinics" / "north.yaml").write_text("schema_version: 1\nname: North Made-Up Clinic\n")
    return folder


@pytest.fixture(scope="module")
def address(content: Path) -> Iterator[str]:
    with opened(content) as client:
        yield str(client.base_url).rstrip("/")


def said(page: Page, text: str) -> None:
    page.get_by_role("status").filter(has_text=text).wait_for(timeout=WAIT)


def source(page: Page) -> str:
    return page.locator("iframe.frame").first.get_attribute("src") or ""


def test_a_nurse_finds_a_topic_and_changes_its_print(browser: Browser, address: str) -> None:
    with shown(browser) as page:
        page.goto(address)
        page.get_by_label("Topic, medicine, brand or code").fill("ninlaro")
        page.get_by_role("button", name="Search").click()
        page.get_by_role("heading", name="Ixazomib").get_by_role("link").click()
        assert page.get_by_role("note", name="Draft").is_visible()
        before = source(page)
        page.get_by_label("Large print").check()
        said(page, "The preview is new.")
        assert source(page) != before
        assert "theme=large-print" in page.url
        assert page.get_by_label("Large print").evaluate("one => one === document.activeElement")
        given = page.get_by_label("To paste into the record").input_value()
        assert "Large print" in given
        assert re.search(r"SHA-256: [0-9a-f]{64}", given)


def test_typed_words_show_in_the_preview_and_no_address(browser: Browser, address: str) -> None:
    with shown(browser, forgiven=REFUSED) as page:
        page.goto(f"{address}/topic/ixazomib")
        page.get_by_text("Type another clinic").click()
        page.get_by_label("Name of the clinic").fill("Ward Zebulon")
        said(page, "The preview is new.")
        page.wait_for_function("() => document.querySelector('iframe.frame').src.includes('/kept/')", timeout=WAIT)
        assert "Zebulon" not in page.url
        page.get_by_label("Telephone").fill("12")
        page.get_by_role("alert").wait_for(timeout=WAIT)
        assert page.get_by_label("Telephone").get_attribute("aria-invalid") == "true"
        assert page.get_by_label("Name of the clinic").input_value() == "Ward Zebulon"
        assert not violations(page)


def test_a_packet_is_ordered_and_printed(browser: Browser, address: str) -> None:
    with shown(browser) as page:
        page.goto(f"{address}/packet")
        page.get_by_label("Set", exact=True).select_option(label="Start of treatment")
        page.get_by_role("button", name="Add the set’s documents").click()
        up = page.get_by_role("button", name="Move up: Getting ready")
        up.wait_for(timeout=WAIT)
        up.focus()
        page.keyboard.press("Enter")
        first = "() => document.querySelector('input[name=item]').value === 'colonoscopy-preparation:en:card'"
        page.wait_for_function(first, timeout=WAIT)
        items = page.locator("input[name=item]").evaluate_all("all => all.map(one => one.value)")
        assert items == ["colonoscopy-preparation:en:card", "ixazomib:en:pdf"]
        assert page.evaluate("document.activeElement.id") == "down-0"
        assert "/kept/" in source(page)
        with page.expect_download() as saved:
            page.get_by_text("Save this packet as a set").click()
            page.get_by_label("Title of the set").fill("Mine")
            page.get_by_role("button", name="Download the set").click()
        assert saved.value.suggested_filename.endswith(".yaml")


def test_the_keyboard_alone_is_enough(browser: Browser, address: str) -> None:
    with shown(browser) as page:
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "q"
        page.keyboard.type("colonoscopy")
        page.keyboard.press("Enter")
        page.wait_for_url("**/?q=colonoscopy")
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("(document.activeElement.getAttribute('href') || '').startsWith('/topic/')"):
                break
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        page.keyboard.press("Enter")
        page.wait_for_url("**/topic/**")
        page.get_by_label("Letter").focus()
        page.keyboard.press("ArrowDown")
        said(page, "The preview is new.")
        assert "paper=a4" in page.url


def test_it_works_without_a_script(browser: Browser, address: str) -> None:
    with shown(browser, java_script_enabled=False) as page:
        page.goto(f"{address}/topic/ixazomib")
        page.get_by_label("Wallet card").check()
        page.get_by_label("Pictures of the pages").check()
        page.get_by_role("button", name="Show").click()
        page.wait_for_url("**format=card**")
        assert page.get_by_role("img", name="Page 1 of").is_visible()
        page.get_by_role("button", name="Add to packet").click()
        page.wait_for_url("**/packet")
        page.get_by_role("button", name="Remove:").click()
        assert page.get_by_text("The packet is empty").is_visible()


def test_a_save_shows_in_the_open_page(browser: Browser, address: str, content: Path) -> None:
    with shown(browser, forgiven=REFUSED) as page:
        page.goto(f"{address}/topic/ixazomib")
        page.wait_for_timeout(500)
        words = content / "ixazomib" / "en.yaml"
        text = words.read_text("utf-8")
        try:
            words.write_text(text.replace("language: en", "language: en\nnonsense: 1", 1), "utf-8")
            page.get_by_role("heading", name="This document cannot be made").wait_for(timeout=WAIT)
            assert page.get_by_text("line 5").first.is_visible()
            assert not violations(page)
        finally:
            words.write_text(text, "utf-8")
        page.locator("iframe#preview").wait_for(timeout=WAIT)


PAGES = (
    "/", "/?q=ixazomib", "/?q=zzz", "/topic/ixazomib", "/topic/ixazomib?view=pictures", "/topic/ixazomib?format=pptx",
    "/topic/ixazomib?format=html",
    "/topic/ixazomib?lang=xx", "/packet", "/nowhere",
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_held_against_any_page_in_any_width(browser: Browser, address: str, scheme: str) -> None:
    with shown(browser, scheme=scheme, forgiven=REFUSED, bypass_csp=True) as page:  # type: ignore[arg-type]
        for path in PAGES:
            page.goto(f"{address}{path}")
            for width in (320, 768, 1024, 1920):
                page.set_viewport_size({"width": width, "height": 900})
                assert sideways(page) == 0, (path, width)
            assert not violations(page), path


def test_print_and_forced_colours_leave_what_matters(browser: Browser, address: str) -> None:
    with shown(browser, forced_colors="active") as page:
        page.goto(f"{address}/topic/ixazomib")
        assert page.get_by_role("note", name="Draft").is_visible()
        page.emulate_media(media="print")
        assert not page.get_by_role("button", name="Show").is_visible()
        assert page.get_by_label("To paste into the record").is_visible()


def test_a_picture_that_is_too_large_is_told_as_that(browser: Browser, address: str) -> None:
    with shown(browser, forgiven="status of 413") as page:
        page.goto(f"{address}/topic/ixazomib")
        page.get_by_text("Type another clinic").click()
        page.get_by_label("Logo", exact=True).set_input_files(
            {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": bytes(6_000_000)}
        )
        said(page, "a logo may have 4 MB")


def test_a_set_that_says_how_it_is_printed_sets_the_choices(browser: Browser, address: str) -> None:
    with shown(browser) as page:
        page.goto(f"{address}/packet")
        page.get_by_label("Set", exact=True).select_option(label="Low vision")
        page.get_by_role("button", name="Add the set’s documents").click()
        page.get_by_text("1 document on").wait_for(timeout=WAIT)
        assert page.get_by_label("Large print").is_checked()
        assert page.get_by_label("Clinic", exact=True).input_value() == "north"
