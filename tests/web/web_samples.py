"""The server for tests: in a thread, over some content, asked over the loopback; and forms as browsers send them."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from topic_samples import CONTENT, ROOT, TODAY

from handouts.web.server import configured, listening
from handouts.web.settings import Limits, Settings
from handouts.web.ward import Ward


@contextmanager
def opened(
    content: Path = CONTENT, *, log: list[str] | None = None, limits: Limits | None = None, **more: Any
) -> Iterator[httpx.Client]:
    """A client of a server over some content."""
    settings = Settings(
        content=content, templates=ROOT / "templates", day=TODAY, limits=limits or Limits(rate=100_000), **more
    )
    lines = [] if log is None else log
    bound = listening("127.0.0.1", 0)
    server = uvicorn.Server(configured(Ward(settings), (), lines.append))
    thread = threading.Thread(target=server.run, args=([bound],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        with httpx.Client(
            base_url=f"http://127.0.0.1:{bound.getsockname()[1]}", follow_redirects=True, timeout=20
        ) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(5)
    assert not thread.is_alive()


def another(client: httpx.Client) -> httpx.Client:
    """Another browser at the same server."""
    return httpx.Client(base_url=client.base_url, follow_redirects=True)


def token(client: httpx.Client, path: str = "/topic/ixazomib") -> str:
    """The token of a form that the client was given."""
    found = re.search(r'name="token" value="([0-9a-f]{64})"', client.get(path).text)
    assert found
    return found[1]


def posted(client: httpx.Client, path: str = "/topic/ixazomib", **fields: str) -> httpx.Response:
    """A form of ours as sent, not followed."""
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    return client.post(path, data={"token": token(client, path)} | named, follow_redirects=False)
