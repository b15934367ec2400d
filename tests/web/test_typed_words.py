"""What comes of words that somebody types: told at their field, in the record as printed, and named nowhere else."""

from __future__ import annotations

import re

import httpx
import pytest
from web_samples import opened, posted, token


def fault(page: str, field: str) -> str:
    found = re.search(rf'id="{field}-fault">(.*?)</p>', page, re.DOTALL)
    assert found, page
    return found[1]


def given(page: str) -> str:
    found = re.search(r'id="given"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found, page
    return found[1]


@pytest.mark.parametrize("note", ["تناول الدواء", "每天一次", "ok \N{THUMBS UP SIGN}"])
def test_letters_that_the_print_lacks_are_told_at_the_note_and_not_to_authors(ward: httpx.Client, note: str) -> None:
    page = posted(ward, note=note)
    assert page.status_code == 422
    assert "U+" in fault(page.text, "note")
    assert "Tell who writes the topics" not in page.text


def test_letters_of_a_note_are_told_at_it_in_a_packet_too(ward: httpx.Client) -> None:
    page = posted(ward, "/packet", note="每天一次", item="ixazomib:en:pdf", do="show")
    assert page.status_code == 422
    assert "U+" in fault(page.text, "note")
    assert "cannot be made" not in page.text


@pytest.mark.parametrize(
    "note", ["5\u00a0mg daily", "5\tmg daily", "5\u202fmg daily", "\ufeff5 mg", "5 mg\u200b daily"]
)
def test_spaces_as_other_programs_paste_them_are_no_mistake(ward: httpx.Client, note: str) -> None:
    assert posted(ward, note=note).status_code == 200
    assert posted(ward, clinic_name="Ward\u00a0Seven", clinic_phone="1-202\u00a0555-0143").status_code == 200


@pytest.mark.parametrize(("note", "said"), [("x" * 1001, "The note has 1,001"), ("a\x07b", "The note has a character")])
def test_a_note_that_cannot_be_printed_is_told_at_its_field(ward: httpx.Client, note: str, said: str) -> None:
    page = posted(ward, note=note)
    assert page.status_code == 422
    assert said in fault(page.text, "note")


@pytest.mark.parametrize(("form", "noted"), [("pdf", True), ("html", True), ("card", False), ("pptx", False)])
def test_the_record_tells_of_a_note_where_there_is_one(ward: httpx.Client, form: str, noted: bool) -> None:
    page = posted(ward, note="Call on Monday", format=form).text
    assert ("a note that a clinician added" in given(page)) is noted
    assert ("Your note is not on this document" in page) is not noted


def test_the_record_of_cards_tells_of_no_note(ward: httpx.Client) -> None:
    page = posted(ward, "/packet", note="Call on Monday", item="ixazomib:en:card", do="show").text
    assert "a note that a clinician added" not in given(page)
    assert "Your note is on no document of this packet" in page
    page = posted(ward, "/packet", note="Call on Monday", item="ixazomib:en:pdf", do="show").text
    assert "a note that a clinician added" in given(page)


def test_one_page_is_no_pages(ward: httpx.Client) -> None:
    assert re.search(r"Letter, 1 page$", given(ward.get("/topic/ixazomib?format=html").text), re.MULTILINE)


def test_a_doubtful_number_is_told_at_its_field_and_printed(ward: httpx.Client) -> None:
    page = posted(ward, clinic_name="Ward Seven", clinic_phone="123")
    assert page.status_code == 200
    assert "short numbers" in fault(page.text, "clinic-phone")
    assert 'src="/kept/' in page.text
    assert "the clinic as typed" not in page.text


def test_no_message_tells_where_the_server_keeps_its_folders(ward: httpx.Client) -> None:
    page = posted(ward, clinic_name="Ward Seven", clinic_hours="h " * 150)
    said = fault(page.text, "clinic-hours")
    assert "(content/ixazomib/en.yaml:" in said
    assert "/content/" not in page.text.replace(" content/", "")


def test_what_is_kept_has_no_digest_in_its_head() -> None:
    with opened() as client:
        page = client.post("/topic/ixazomib", data={"token": token(client), "note": "Call on Monday"}).text
        found = re.search(r'src="(/kept/[\w-]+)', page)
        assert found
        for address in (found[1], f"{found[1]}/page/1.png"):
            answer = client.get(address)
            assert answer.status_code == 200
            assert answer.headers["cache-control"] == "no-store"
            assert "etag" not in answer.headers
