"""The ward's pages as they come over HTTP: search, topic, documents, typed words, findings."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path

import httpx
import pytest
from PIL import Image
from topic_samples import Change
from web_samples import another, opened, posted, token

PDF = b"%PDF-"


def kept_address(page: str) -> str:
    found = re.search(r'src="(/kept/[\w-]+)', page)
    assert found, page
    return found[1]


@pytest.mark.parametrize("query", ["ixazomib", "NINLARO", "mln9708", "myeloma ixazomib", "ninla", "63020-390"])
def test_a_search_finds_a_topic_by_title_drug_brand_and_code(ward: httpx.Client, query: str) -> None:
    page = ward.get("/", params={"q": query}).text
    assert "/topic/ixazomib" in page
    assert "/topic/colonoscopy-preparation" not in page


def test_accents_need_not_be_typed(ward: httpx.Client) -> None:
    assert "/topic/colonoscopy-preparation" in ward.get("/", params={"q": "cólonoscopy"}).text


def test_a_search_without_a_result_says_so(ward: httpx.Client) -> None:
    page = ward.get("/", params={"q": "zzz"})
    assert page.status_code == 200
    assert "Nothing was found" in page.text


def test_a_search_escapes_what_was_typed(ward: httpx.Client) -> None:
    assert "<script>alert" not in ward.get("/", params={"q": "<script>alert(1)</script>"}).text


def test_a_topic_shows_its_preview_its_state_and_what_was_given(ward: httpx.Client) -> None:
    page = ward.get("/topic/ixazomib?theme=large-print&paper=a4").text
    data = ward.get("/topic/ixazomib/document?theme=large-print&paper=a4").content
    assert data.startswith(PDF)
    assert "DRAFT" in page
    assert hashlib.sha256(data).hexdigest() in page
    assert "Information as of: about 2013" in page
    assert "Large print, A4" in page
    assert "2026-03-31" in page


def test_each_document_comes_with_its_type_and_name(ward: httpx.Client) -> None:
    deck = ward.get("/topic/ixazomib/document?format=pptx")
    assert deck.headers["content-disposition"].startswith("attachment")
    assert "presentationml" in deck.headers["content-type"]
    card = ward.get("/topic/ixazomib/document?format=card&download=1")
    assert card.headers["content-disposition"] == "attachment; filename*=UTF-8''ixazomib-en-card.pdf"
    assert ward.get("/topic/ixazomib/document").headers["content-disposition"].startswith("inline")


def test_a_deck_shows_an_outline_and_says_that_it_cannot_be_shown(ward: httpx.Client) -> None:
    page = ward.get("/topic/ixazomib?format=pptx").text
    assert "Slides cannot be shown here" in page
    assert '<ol class="outline">' in page
    assert "<iframe" not in page


def test_pictures_of_pages_are_there_for_each_page_and_no_more(ward: httpx.Client) -> None:
    page = ward.get("/topic/ixazomib?view=pictures").text
    assert 'alt="Page 2 of 2: Ixazomib' in page
    picture = ward.get("/topic/ixazomib/document/page/2.png")
    assert Image.open(io.BytesIO(picture.content)).size[0] > 1000
    assert ward.get("/topic/ixazomib/document/page/3.png").status_code == 404


def test_a_document_that_the_browser_has_is_not_sent_again(ward: httpx.Client) -> None:
    first = ward.get("/topic/ixazomib/document")
    again = ward.get("/topic/ixazomib/document", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("query", ["lang=xx", "format=exe", "theme=../../etc/passwd", "paper=a0", "clinic=/etc/passwd"])
def test_a_choice_that_is_not_offered_is_told_at_its_field(ward: httpx.Client, query: str) -> None:
    page = ward.get(f"/topic/ixazomib?{query}")
    assert page.status_code == 422
    field = query.split("=", maxsplit=1)[0]
    if f'id="{field}"' in page.text:
        assert f'href="#{field}"' in page.text
        assert f'id="{field}-fault"' in page.text
    assert ward.get(f"/topic/ixazomib/document?{query}").status_code == 422


@pytest.mark.parametrize(
    "path", ["/topic/nowhere", "/topic/..%2f..%2fetc", "/static/../app.py", "/kept/abc", "/nowhere"]
)
def test_what_is_not_there_is_a_plain_page(ward: httpx.Client, path: str) -> None:
    answer = ward.get(path)
    assert answer.status_code == 404
    assert "<h1>" in answer.text


def test_options_without_words_lead_to_an_address_that_can_be_kept(ward: httpx.Client) -> None:
    answer = posted(ward, format="card", paper="a4")
    assert answer.status_code == 303
    assert ward.get(answer.headers["location"]).status_code == 200
    assert "format=card" in answer.headers["location"]


def test_typed_words_reach_the_document_and_no_address(ward: httpx.Client) -> None:
    page = posted(ward, clinic_name="Ward Seven Made Up", clinic_phone="1-202-555-0143", note="Bring Zebulon's list")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    address = kept_address(page.text)
    kept = ward.get(address)
    assert kept.content.startswith(PDF)
    assert kept.headers["cache-control"] == "no-store"
    plain = ward.get("/topic/ixazomib/document").content
    assert kept.content != plain
    given = re.search(r'id="given"[^>]*>(.*?)</textarea>', page.text, re.DOTALL)
    assert given
    assert "Clinic: Ward Seven Made Up" in given[1]
    assert "a note that a clinician added" in given[1]
    assert "Zebulon" not in given[1]


def test_what_was_typed_is_kept_for_one_session_alone(ward: httpx.Client) -> None:
    address = kept_address(posted(ward, clinic_name="Ward Seven Made Up").text)
    assert ward.get(address).status_code == 200
    with another(ward) as other:
        assert other.get(address).status_code == 404


def test_a_fault_of_a_typed_clinic_is_told_at_its_field(ward: httpx.Client) -> None:
    page = posted(ward, clinic_phone="1-202-555-0143")
    assert page.status_code == 422
    assert 'href="#clinic-name"' in page.text
    page = posted(ward, clinic_name="Ward", clinic_phone="12")
    assert page.status_code == 422
    assert 'id="clinic-phone-fault"' in page.text


def test_a_logo_is_drawn_anew_and_others_are_refused(ward: httpx.Client) -> None:
    held = io.BytesIO()
    Image.new("RGB", (60, 30), (10, 90, 120)).save(held, "PNG")
    sent = {"token": token(ward), "clinic-name": "Ward Seven", "logo-alt": "A blue field"}
    good = ward.post("/topic/ixazomib", data=sent, files={"logo": ("x.exe", held.getvalue())})
    assert good.status_code == 200
    assert 'name="logo-kept"' in good.text
    bad = ward.post("/topic/ixazomib", data=sent, files={"logo": ("x.png", b"GIF89a" + bytes(40))})
    assert bad.status_code == 422
    assert 'id="logo-fault"' in bad.text


def test_mistakes_stand_in_place_of_the_preview_with_file_and_line(changed: Change) -> None:
    content = changed(("language: en", "language: en\nnonsense: 1"), file="en.yaml")
    with opened(content) as client:
        page = client.get("/topic/ixazomib")
        assert page.status_code == 422
        assert "cannot be made" in page.text
        assert re.search(r"<code>content/ixazomib/en\.yaml</code>, line \d+", page.text)
        assert "<iframe" not in page.text
        assert client.get("/").status_code == 200
        assert client.get("/topic/ixazomib/document").status_code == 422


def test_health_counts_topics_and_fails_without_content(tmp_path: Path) -> None:
    with opened() as client:
        told = client.get("/health").json()
        assert told["ok"] is True
        assert told["topics"] == 2
    with opened(tmp_path / "gone") as client:
        assert client.get("/health").status_code == 503
        assert client.get("/").status_code == 503


def test_the_web_page_edition_is_shown_without_any_power(ward: httpx.Client) -> None:
    page = ward.get("/topic/ixazomib?format=html").text
    assert re.search(r"<iframe[^>]* sandbox=", page)
    edition = ward.get("/topic/ixazomib/document?format=html")
    assert edition.headers["content-type"].startswith("text/html")
    assert "sandbox" in edition.headers["content-security-policy"]
    assert "script-src" not in edition.headers["content-security-policy"]


def test_a_topic_without_words_says_which_file_is_missing(changed: Change) -> None:
    content = changed(("language: en", "language: en"), file="en.yaml")
    (content / "ixazomib" / "en.yaml").unlink()
    with opened(content) as client:
        page = client.get("/topic/ixazomib")
        assert page.status_code == 422
        assert "Write one, such as en.yaml" in page.text
        assert "language &#39;&#39;" not in page.text
        assert "<dd></dd>" not in client.get("/").text
