"""Pages of shipped and made-up topics, and plans of hostile words, for tests of pages to share."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from lxml import html as lxml_html
from topic_samples import FOLDERS, ROOT, TODAY

from handouts.build.make import make
from handouts.build.request import Request
from handouts.plan.blocks import Paragraph
from handouts.plan.documents import Footer, Handout, Meta
from handouts.plan.text import Run, Runs

META = Meta("A page", "en", "Handouts", "For patients: a page", "2026-03-31", "2026", "draft", "Draft, not reviewed")
FOOT = Footer("Source: nobody. Draft, not reviewed.", "Page {page} of {pages}")

BLOCKS = ("br", "p", "li", "h1", "h2", "h3", "th", "td", "caption", "figcaption", "text", "div")


@cache
def page_of(topic: str, theme: str = "default", clinic: Path | None = None) -> bytes:
    """The page of a topic in its only language."""
    request = Request(
        TODAY, ("html",), (topic,), theme=theme, clinic=clinic, content=FOLDERS[topic], templates=ROOT / "templates"
    )
    (made,) = make(request).made
    return made.data


def plan_of(*blocks: Any, meta: Meta = META) -> Handout:
    return Handout(meta, blocks, FOOT)


def said(text: str, **style: Any) -> Paragraph:
    runs: Runs = (Run(text, **style),)
    return Paragraph(runs)


def parsed(page: bytes) -> Any:
    return lxml_html.document_fromstring(page.decode())


def visible(page: bytes) -> str:
    """The words between `<body>` and its end, white space squeezed."""
    body = parsed(page).find("body")
    for one in body.iter(*BLOCKS):
        one.tail = "\n" + (one.tail or "")
    return squeezed("".join(body.itertext()))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def data_of(page: bytes) -> Any:
    (script,) = parsed(page).iter("script")
    assert script.get("type") == "application/ld+json"
    return json.loads(script.text)


def style_of(page: bytes) -> str:
    found = re.search(r"<style>(.*?)</style>", page.decode(), re.DOTALL)
    assert found
    return found[1]


def digest_of(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
