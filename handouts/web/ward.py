"""What all pages share: the topics, the kitchen, what is kept, sessions, and how a page is written."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from handouts import __version__
from handouts.build.memory import Memory
from handouts.build.sets import Item
from handouts.checks.clarity import Clarity
from handouts.files.saved import clinic_path
from handouts.plan.direction import runs_right_to_left
from handouts.web import static
from handouts.web.choices import Options
from handouts.web.keep import Keep
from handouts.web.kitchen import Kitchen
from handouts.web.making import Shown, clarity_of, request_of, shown
from handouts.web.packet_making import Packed, packed
from handouts.web.session import COOKIE, PACKET, Sessions
from handouts.web.settings import Settings
from handouts.web.shelf import Shelf
from handouts.web.tongues import tongue
from handouts.web.typed import Typed
from handouts.web.watching import Watcher

PAGES = Path(__file__).parent / "templates"


class Kept(Struct, frozen=True):
    """A document with typed words: its bytes, what they are, how its file is called, its pages and SHA-256."""

    data: bytes
    media: str
    name: str
    pages: int
    sha256: str


class Ward:
    """The state of a running server. Nothing in it outlives the process."""

    def __init__(self, settings: Settings) -> None:
        limits = settings.limits
        self.settings = settings
        self.shelf = Shelf(settings)
        self.kitchen = Kitchen(limits.at_once, limits.waiting, limits.remembered_bytes)
        self.kept: Keep[Kept] = Keep(limits.kept, limits.kept_bytes, limits.kept_seconds, time.monotonic)
        self.logos: Keep[bytes] = Keep(limits.kept, limits.kept_bytes, limits.kept_seconds, time.monotonic)
        self.sessions = Sessions()
        self.memory = Memory()
        self.watcher = Watcher(settings)

    async def shown(self, options: Options, typed: Typed | None = None) -> Shown:
        """The document of these choices; without typed words it is remembered as long as its files stay the same.

        Raises BusyError.
        """
        options = replace(options, view="viewer")
        request = request_of(options, self.settings, self._clinic(options), typed)
        key = (request, typed, self.shelf.state((options.topic,)))
        return await self.kitchen.made(
            key, lambda: shown(request, self.memory), None if typed else lambda made: made.size
        )

    async def clarity(self, options: Options) -> Clarity | None:
        """How the document reads without anybody's words but the topic's, whatever its looks. Raises BusyError."""
        key = ("reading", options.topic, options.language, options.format, self.shelf.state((options.topic,)))
        plain = await self.shown(replace(options, clinic=""))
        return await self.kitchen.made(key, lambda: clarity_of(plain), _little)

    async def packed(self, items: tuple[Item, ...], looks: Options, typed: Typed | None) -> Packed:
        """The print jobs of a packet; the same rules. Raises BusyError."""
        request = request_of(looks, self.settings, self._clinic(looks), typed)
        key = ("packet", request, items, self.shelf.state(dict.fromkeys(one.topic for one in items)))
        remembered = None if typed and not typed.is_empty else _size
        return await self.kitchen.made(key, lambda: packed(request, items, self.memory), remembered)

    def _clinic(self, options: Options) -> Path | None:
        return clinic_path(self.settings.content, options.clinic) if options.clinic else None

    def url(self, path: str) -> str:
        """A path of ours as browsers reach it."""
        return f"{self.settings.root_path}{path}"

    def _static(self, file: str) -> str:
        return self.url(f"/static/{file}?{static.VERSION}")

    def session(self, web: Request) -> str:
        """The session of a request; the same within it."""
        if not hasattr(web.state, "session"):
            web.state.session, web.state.new_session = self.sessions.named(web.cookies.get(COOKIE))
        found: str = web.state.session
        return found

    def token_holds(self, web: Request, fields: Mapping[str, str]) -> bool:
        """Whether a form was made by this server for this session."""
        session = self.session(web)
        return not web.state.new_session and self.sessions.holds(session, fields.get("token", ""))

    def page(self, web: Request, name: str, status: int = 200, **values: Any) -> Response:
        """A page of a template, with the session's cookie and token."""
        session = self.session(web)
        text = (
            _pages()
            .get_template(f"{name}.html.j2")
            .render(
                {
                    "url": self.url,
                    "static": self._static,
                    "token": self.sessions.token(session),
                    "packet_length": len([one for one in web.cookies.get(PACKET, "").split("!") if one]),
                    "program": __version__,
                }
                | values
            )
        )
        answer = HTMLResponse(text, status)
        if web.state.new_session:
            self.set_cookie(web, answer, COOKIE, session)
        return answer

    def set_cookie(self, web: Request, answer: Response, name: str, value: str) -> None:
        """A cookie until the browser is closed, which scripts cannot read and other sites do not send."""
        secure = web.url.scheme == "https"
        path = self.settings.root_path or "/"
        answer.set_cookie(name, value, path=path, httponly=True, samesite="strict", secure=secure)


def _little(_: object) -> int:
    return 10_000


def _size(made: Shown | Packed) -> int:
    return made.size


def _quoted(text: str) -> str:
    return quote(text, safe="")


def ward_of(web: Request) -> Ward:
    """The server's state, from a request to it."""
    ward: Ward = web.app.state.ward
    return ward


@cache
def _pages() -> Environment:
    pages = Environment(
        loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    pages.filters |= {"tongue": tongue, "direction": _direction, "path": _quoted}
    return pages


def _direction(language: str) -> str:
    return "rtl" if runs_right_to_left(language) else "ltr"
