"""The browser of browser.py for the tests of the page."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from browser import browser
from web_samples import opened

__all__ = ["browser"]


@pytest.fixture(scope="module")
def ward() -> Iterator[httpx.Client]:
    """A client of the server over the shipped topics, one for a module."""
    with opened() as client:
        yield client
