"""What requests may be, from outside: hosts, origins, tokens, bodies, rates, methods, headers, and what is logged."""

from __future__ import annotations

import re
import socket

import httpx
import pytest
from web_samples import another, opened, posted, token

from handouts.web.hosts import allowed_name, host_name
from handouts.web.settings import Limits


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8400", "127.0.0.1", "[::1]:8400", "[0:0:0:0:0:0:0:1]", "localhost."]
)
def test_this_machine_is_answered_under_its_names(ward: httpx.Client, host: str) -> None:
    assert ward.get("/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "[::2]"]
)
def test_other_names_are_not(ward: httpx.Client, host: str) -> None:
    assert ward.get("/health", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["", "a b", "localhost:x", "localhost:99999", "[::1", "user@localhost", "localhost/x"])
def test_what_is_no_host_is_refused(ward: httpx.Client, host: str) -> None:
    assert ward.get("/health", headers={"Host": host}).status_code == 400


def test_an_allowed_name_is_answered() -> None:
    with opened(hosts=("ward.example.org", "2001:db8::1")) as client:
        assert client.get("/health", headers={"Host": "Ward.example.org:443"}).status_code == 200
        assert client.get("/health", headers={"Host": "[2001:db8:0::1]:443"}).status_code == 200


@pytest.mark.parametrize("given", ["*", "*.example.org", "http://x", "a b", "ward.example.org:80", ""])
def test_wildcards_are_no_names(given: str) -> None:
    assert allowed_name(given) is None


def test_names_are_compared_in_one_spelling() -> None:
    assert allowed_name("[::1]") == host_name("[::1]:80") == "::1"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused(ward: httpx.Client, headers: dict[str, str]) -> None:
    assert ward.post("/topic/ixazomib", data={"token": token(ward)}, headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [{"Origin": "OURS"}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}])
def test_a_form_of_ours_is_taken(ward: httpx.Client, headers: dict[str, str]) -> None:
    headers = {key: value.replace("OURS", str(ward.base_url).rstrip("/")) for key, value in headers.items()}
    assert ward.post("/topic/ixazomib", data={"token": token(ward)}, headers=headers).status_code == 200


def test_a_form_without_its_token_is_shown_again_with_what_was_typed(ward: httpx.Client) -> None:
    ward.get("/topic/ixazomib")
    for data in ({}, {"token": "0" * 64}, {"token": "é"}):
        answer = ward.post("/topic/ixazomib", data=data | {"clinic-name": "Ward Seven"})
        assert answer.status_code == 403
        assert 'value="Ward Seven"' in answer.text
    with another(ward) as other:
        assert other.post("/topic/ixazomib", data={"token": token(ward)}).status_code == 403


def test_every_answer_says_what_a_browser_may_do_with_it(ward: httpx.Client) -> None:
    for path in (
        "/",
        "/topic/ixazomib",
        "/packet",
        "/health",
        "/nowhere",
        "/topic/ixazomib/document",
        "/static/ward.css",
    ):
        headers = ward.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors" in policy
        assert "unsafe-eval" not in policy
        assert "script-src 'unsafe-inline'" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"


def test_pages_have_nothing_inline(ward: httpx.Client) -> None:
    for path in ("/", "/topic/ixazomib", "/packet", "/nowhere"):
        page = ward.get(path).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", page)


def test_the_session_is_for_this_site_and_no_script() -> None:
    with opened() as client:
        cookie = client.get("/").headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert "set-cookie" not in client.get("/").headers


def test_large_bodies_fields_and_files_are_refused(ward: httpx.Client) -> None:
    sent = {"token": token(ward)}
    assert ward.post("/topic/ixazomib", data=sent, files={"logo": ("x", bytes(6_000_000))}).status_code == 413
    assert posted(ward, note="x" * 20_000).status_code == 422
    assert ward.post("/topic/ixazomib", data=sent | {f"f{i}": "x" for i in range(200)}).status_code == 422
    assert ward.post("/topic/ixazomib", content=b"{}", headers={"Content-Type": "application/json"}).status_code == 415
    assert ward.get("/", params={"q": "x" * 3000}).status_code == 422
    assert ward.get("/", params={"q": "x" * 30000}).status_code == 414


def test_a_client_that_asks_too_often_is_told_when_to_come_back() -> None:
    with opened(limits=Limits(rate=5)) as client:
        answers = [client.get("/health") for _ in range(8)]
        assert [one.status_code for one in answers][:5] == [200] * 5
        assert answers[-1].status_code == 429
        assert int(answers[-1].headers["retry-after"]) >= 1


def test_methods_are_answered_as_they_should_be(ward: httpx.Client) -> None:
    for path in ("/", "/topic/ixazomib", "/packet", "/health", "/topic/ixazomib/document", "/events"):
        head = ward.head(path)
        assert (head.status_code, head.content) == (200, b"")
        options = ward.options(path)
        assert options.status_code == 204
        assert "GET" in options.headers["allow"]
    refused = ward.post("/health", data={})
    assert refused.status_code == 405
    assert "GET" in refused.headers["allow"]
    assert ward.request("DELETE", "/topic/ixazomib").status_code == 405
    assert ward.request("TRACE", "/").status_code == 405


def test_the_log_has_no_word_that_was_typed() -> None:
    lines: list[str] = []
    with opened(log=lines) as client:
        client.get("/", params={"q": "Zebulon"})
        posted(client, clinic_name="Zebulon Ward", note="Zebulon")
        client.get("/topic/Zebulon")
    assert lines
    assert not any("ebulon" in line for line in lines)
    assert any(re.fullmatch(r"POST /topic/\{topic\} 200 \d+ ms", line) for line in lines)


def test_a_fault_of_ours_is_a_page_with_a_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Zebulon")

    lines: list[str] = []
    with opened(log=lines) as client:
        monkeypatch.setattr("handouts.web.ward.shown", broken)
        answer = client.get("/topic/ixazomib?paper=a4")
    assert answer.status_code == 500
    reference = re.search(r"reference: ([0-9a-f]{8})", answer.text)
    assert reference
    assert any(reference[1] in line for line in lines)
    assert "Traceback" not in answer.text
    assert not any("Zebulon" in one for one in (answer.text, *lines))


def test_a_prefix_may_be_left_on_or_taken_off() -> None:
    with opened(root_path="/handouts") as client:
        for path in ("/", "/handouts/", "/handouts"):
            page = client.get(path)
            assert page.status_code == 200
            assert 'href="/handouts/topic/ixazomib"' in page.text
            assert not re.search(r'(href|src|action)="/(?!handouts)', page.text)


def raw(client: httpx.Client, sent: bytes) -> bytes:
    """What comes back for some bytes, until the server closes the connection."""
    with socket.create_connection((client.base_url.host, client.base_url.port or 80), timeout=10) as line:
        line.sendall(sent)
        received = b""
        while part := line.recv(65536):
            received += part
    return received


def test_what_does_not_arrive_is_not_waited_for() -> None:
    head = b"POST /topic/ixazomib HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\nto"
    with opened(limits=Limits(body_seconds=0.3, head_seconds=0.3)) as client:
        assert b" 408 " in raw(client, head)
        assert raw(client, b"GET / HTTP/1.1\r\nHost: local") == b""
        assert raw(client, b"") == b""


def test_one_host_is_named_and_no_more(ward: httpx.Client) -> None:
    twice = b"GET /health HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert b" 400 " in raw(ward, twice)
    assert b" 400 " in raw(ward, b"GET /health HTTP/1.1\r\nConnection: close\r\n\r\n")
