"""The ward's search finds a topic by its codes, in each spelling that somebody may copy from a record."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from coded_topics import MEDICINE, SPANISH, coded
from topic_samples import TODAY

from handouts.web.app import application
from handouts.web.settings import Settings
from handouts.web.ward import Ward


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Ward:
    content: Path = coded(tmp_path_factory.mktemp("search"))
    return Ward(Settings(content=content, day=TODAY))


def asked(ward: Ward, query: str) -> str:
    async def ask() -> str:
        transport = httpx.ASGITransport(application(ward, lambda _line: None))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            answer = await client.get("/", params={"q": query})
        assert answer.status_code == 200
        return answer.text

    return asyncio.run(ask())


@pytest.mark.parametrize(
    "query",
    ["9900001", "RXCUI 9900001", "99999-123-45", "99999-0123-45", "99999012345", "9999912345", "C90.0", "c9001",
     "999000003", "LOINC 99999-5"],
)  # fmt: skip
def test_a_code_finds_its_topic(ward: Ward, query: str) -> None:
    page = asked(ward, query)
    assert f"/topic/{MEDICINE}" in page
    assert f"/topic/{SPANISH}" not in page


@pytest.mark.parametrize("query", ["9900002", "D90.1", "99999-123-46"])
def test_another_code_finds_nothing(ward: Ward, query: str) -> None:
    assert f"/topic/{MEDICINE}" not in asked(ward, query)
