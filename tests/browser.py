"""A real browser for tests: Debian's Chromium, driven by Playwright, and axe-core as the judge of what it shows.

In: the variables HANDOUTS_CHROMIUM (a path; else `chromium` on the PATH) and AXE_CORE (the path of `axe.min.js`). Out:
pages to look at. What is absent skips a test, unless HANDOUTS_BROWSER is `must`, which `.ci/run` sets: then it fails.

A test takes the fixture `browser` (`from browser import browser` in the folder's conftest.py), which is one for all
tests of a module, and opens pages in it with `shown`.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",  # it is root in containers
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
Scheme = Literal["light", "dark"]


def absent(what: str) -> NoReturn:
    """Skip the test for want of this, or fail it where the browser is not to be missed."""
    if os.environ.get("HANDOUTS_BROWSER") == "must":
        pytest.fail(f"HANDOUTS_BROWSER is 'must', but {what}")
    pytest.skip(what)


def chromium() -> str:
    """The path of the browser; skips or fails the test where there is none."""
    named = os.environ.get("HANDOUTS_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if named is None:
        absent("there is no Chromium: install Debian's package 'chromium'")
    return named


@contextmanager
def launched() -> Generator[Browser, None, None]:
    """A browser that ends with the block."""
    path = chromium()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        absent("the package 'playwright' is not installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield started
        finally:
            started.close()


# Until it ends, Playwright's event loop runs in this thread, where no other then can: it ends with its module.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a module."""
    with launched() as started:
        yield started


@contextmanager
def shown(
    browser: Browser,
    *,
    width: int = 1280,
    height: int = 900,
    scheme: Scheme = "light",
    forgiven: str = "(?!)",
    **context: Any,
) -> Generator[Page, None, None]:
    """An empty page in a context of its own, so many CSS pixels wide; `context` are further options of Playwright's.

    The test fails at the block's end where the page wrote an error to the console, as it does for what its own policy
    forbids, or a script of it raised one, but for what the expression `forgiven` is found in.
    """
    troubles: list[str] = []
    viewport: Any = {"width": width, "height": height}
    opened = browser.new_context(viewport=viewport, color_scheme=scheme, **context)
    try:
        page = opened.new_page()
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        yield page
    finally:
        opened.close()
    left = [one for one in troubles if not re.search(forgiven, one)]
    assert not left, "\n".join(left)


@cache
def axe_source() -> str:
    """The text of axe-core; skips or fails the test where AXE_CORE does not name it."""
    named = os.environ.get("AXE_CORE")
    if not named:
        absent("the variable AXE_CORE names no axe.min.js: npm install axe-core")
    return Path(named).read_text("utf-8")


def violations(page: Page, *tags: str) -> list[str]:
    """What axe-core holds against the page as it is now: rule, what is wrong and where; only rules of these `tags`
    where any is named.

    What axe itself cannot decide ("incomplete") is left to other tests.
    """
    if not page.evaluate("() => 'axe' in window"):
        # A page's own policy forbids scripts of it, not those of who drives the browser.
        page.evaluate(axe_source())
    options = {"runOnly": {"type": "tag", "values": list(tags)}} if tags else {}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{one['id']}: {one['help']} at {node['target']}: {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def sideways(page: Page) -> int:
    """By how many CSS pixels the whole page can be scrolled sideways: 0 where all of it is as wide as the window."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
