"""The packet: added to, ordered, removed from, opened, saved and printed as one job, without a script."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
from pathlib import Path

import httpx
import pypdfium2
import pytest
from topic_samples import CONTENT
from web_samples import opened, token

from handouts.model.load import load
from handouts.model.print_set import PrintSet

CARD, HANDOUT = "ixazomib:en:card", "colonoscopy-preparation:en:pdf"


def sent(client: httpx.Client, do: str, *items: str, **more: str) -> str:
    data = {"token": token(client, "/packet"), "do": do, "item": list(items)} | more
    answer = client.post("/packet", data=data)
    assert answer.status_code == 200, answer.text
    return answer.text


def order(page: str) -> list[str]:
    return re.findall(r'name="item" value="([^"]+)"', page)


def test_documents_are_added_moved_and_removed() -> None:
    with opened() as client:
        client.get("/packet")
        assert order(sent(client, "add", CARD)) == [CARD]
        assert order(sent(client, "add", HANDOUT)) == [CARD, HANDOUT]
        assert order(sent(client, "up-1", CARD, HANDOUT)) == [HANDOUT, CARD]
        assert order(client.get("/packet").text) == [HANDOUT, CARD]
        assert order(sent(client, "remove-0", HANDOUT, CARD)) == [CARD]
        assert order(sent(client, "empty", CARD)) == []


def test_what_is_not_there_is_no_part_of_it() -> None:
    with opened() as client:
        client.get("/packet")
        assert order(sent(client, "add", "nowhere:en:pdf", "ixazomib:xx:pdf", "ixazomib:en:pptx", "x", HANDOUT)) == [
            HANDOUT
        ]


def test_handouts_come_in_order_each_on_a_sheet_of_its_own_and_cards_apart() -> None:
    with opened() as client:
        client.get("/packet")
        page = sent(client, "add", HANDOUT, CARD, "ixazomib:en:pdf")
        jobs = [client.get(found).content for found in re.findall(r'src="(/kept/[\w-]+)', page)]
        handouts, cards = (pypdfium2.PdfDocument(io.BytesIO(job)) for job in jobs)
        assert [one.get_title().split()[0] for one in handouts.get_toc()] == ["Getting", "Ixazomib"]
        assert [one.get_dest().get_index() for one in handouts.get_toc()] == [0, 2]
        assert len(cards) == 2
        assert "Packet of handouts given" in page
        assert all(hashlib.sha256(job).hexdigest() in page for job in jobs)


def test_a_packet_is_saved_as_a_set_that_can_be_opened(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    with opened(content) as client:
        client.get("/packet")
        data = {"token": token(client, "/packet"), "do": "save", "item": [HANDOUT, CARD], "set-title": 'Both: "two"'}
        answer = client.post("/packet", data=data)
        assert answer.headers["content-disposition"].startswith("attachment")
        kept = load("set.yaml", answer.text, PrintSet).value
        assert kept.title == 'Both: "two"'
        assert [one.document for one in kept.items] == ["handout", "card"]
        (content / "sets").mkdir()
        (content / "sets" / "both.yaml").write_text(answer.text, "utf-8")
        assert order(sent(client, "open", set="both")) == [HANDOUT, CARD]
        assert client.post("/packet", data=data | {"do": "open", "set": "../both"}).status_code == 422


@pytest.mark.parametrize("cookie", ["%", "a:b:c!!", "::", "x" * 3000, "ixazomib:en:pdf!ixazomib:en:pdf"])
def test_a_cookie_of_anybody_does_no_harm(cookie: str) -> None:
    with opened() as client:
        assert client.get("/packet", headers={"Cookie": f"handouts-packet={cookie}"}).status_code == 200


def test_a_set_is_opened_as_it_wants_to_be_printed(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    for folder in ("sets", "clinics"):
        (content / folder).mkdir()
    (content / "clinics" / "north.yaml").write_text("schema_version: 1\nname: North Made-Up Clinic\n")
    (content / "sets" / "low-vision.yaml").write_text(
        "schema_version: 1\ntitle: Low vision\ntheme: large-print\npaper: a4\nclinic: north\n"
        "items: [{topic: ixazomib, language: en}]\n"
    )
    with opened(content) as client:
        client.get("/packet")
        page = sent(client, "open", set="low-vision", theme="default", paper="letter", clinic="")
        assert order(page) == ["ixazomib:en:pdf"]
        assert "Print: Large print, A4" in page
        assert "Clinic: North Made-Up Clinic" in page
        assert re.search(r'value="large-print" checked', page)


def test_a_document_leads_to_its_topic_whatever_that_is_called(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT / "ixazomib", content / "no#1 & more")
    with opened(content) as client:
        client.get("/packet")
        data = {"token": token(client, "/packet"), "do": "add", "item": "no%231%20%26%20more:en:pdf"}
        page = client.post("/packet", data=data).text
        found = re.search(r'<p><a href="([^"]+)"', page)
        assert found
        assert client.get(found[1].replace("&amp;", "&")).status_code in (200, 422)
        assert "no#1" not in found[1]
