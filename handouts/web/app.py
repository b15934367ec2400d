"""The application: settings in, an ASGI application out that answers all routes."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import traceback
from collections.abc import AsyncGenerator

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from handouts.files.disk import UsageError
from handouts.web import documents
from handouts.web.choices import options_of
from handouts.web.events import events, health
from handouts.web.guard import Guard, Log
from handouts.web.headers import PAGE_POLICY
from handouts.web.infobutton import PATH, Infobutton, infobutton_routes
from handouts.web.kitchen import BusyError
from handouts.web.packet_page import packet_page
from handouts.web.search_page import search_page
from handouts.web.static import static_file
from handouts.web.topic_page import topic_page
from handouts.web.ward import Ward, ward_of

_TITLES = {
    400: "This request cannot be read",
    404: "There is no such page",
    405: "That cannot be done here",
    415: "That is no form",
    422: "Something in it cannot be used",
    503: "Busy just now",
}


_USUAL = {
    404: "Look at the address, or go to the list of topics.",
    405: "This address can be opened, and nothing else.",
}


def application(ward: Ward, log: Log) -> ASGIApp:
    """The whole server as one ASGI application; `log` gets a line for each request, without anything typed."""

    responder = _responder(ward)

    @contextlib.asynccontextmanager
    async def living(_app: Starlette) -> AsyncGenerator[None]:
        ward.watcher.begin()
        warming = asyncio.create_task(_warm(ward))
        yield
        warming.cancel()
        ward.kitchen.close()
        await ward.watcher.end()

    async def fault(web: Request, bad: Exception) -> Response:
        reference = secrets.token_hex(4)
        # Messages of exceptions may repeat what somebody typed: where it happened is enough to find it.
        frames = traceback.extract_tb(bad.__traceback__)[-6:]
        places = " < ".join(f"{one.filename.rsplit('/', 1)[-1]}:{one.lineno}" for one in reversed(frames))
        log(f"fault {reference}: {type(bad).__name__} at {places}")
        return _message(web, 500, "A fault of ours", f"Please report it with this reference: {reference}.")

    app = Starlette(
        routes=[
            Route("/", search_page),
            Route("/topic/{topic}", topic_page, methods=["GET", "POST"]),
            Route("/topic/{topic}/document", documents.document),
            Route("/topic/{topic}/document/page/{page:int}.png", documents.picture),
            Route("/kept/{name}", documents.kept),
            Route("/kept/{name}/page/{page:int}.png", documents.kept_picture),
            Route("/packet", packet_page, methods=["GET", "POST"]),
            Route("/events", events),
            Route("/health", health),
            Route("/static/{name}", static_file),
            *infobutton_routes(responder),
        ],
        exception_handlers={HTTPException: _refused, BusyError: _busy, UsageError: _unreadable, Exception: fault},
        lifespan=living,
    )
    app.router.redirect_slashes = False
    app.state.ward = ward
    app.state.streams = {}
    return Guard(app, ward.settings, log)


def _responder(ward: Ward) -> Infobutton:
    """What info buttons are answered from: the topics that the page shows."""
    settings = ward.settings
    root, public, reviewed = settings.root_path, settings.public_url, settings.reviewed_only
    return Infobutton(ward.shelf.catalogues, settings.today, public, root, reviewed)


async def _warm(ward: Ward) -> None:
    """Reads the catalogue and makes the first topic's first document: a record's program gives up sooner than
    a thousand files are read, and no nurse shall wait for what only the first document costs.
    """
    with contextlib.suppress(UsageError, BusyError, asyncio.CancelledError):
        found = await ward.kitchen.made(("search", ""), lambda: ward.shelf.search(""))
        for listed in found.topics[:1]:
            options, _ = options_of({}, ward.shelf.offered(listed.id))
            await ward.shown(options)


async def _refused(web: Request, bad: Exception) -> Response:
    assert isinstance(bad, HTTPException)
    headers = dict(bad.headers or {})
    if bad.status_code == 405 and web.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": f"{headers.get('Allow', 'GET')}, OPTIONS"})
    usual = _USUAL.get(bad.status_code, "")
    # Starlette's own words are names of statuses; ours are sentences.
    said = bad.detail if bad.detail.endswith((".", "?")) else usual
    answer = _message(web, bad.status_code, _TITLES.get(bad.status_code, "That did not work"), said)
    answer.headers.update(headers)
    return answer


async def _busy(web: Request, bad: Exception) -> Response:
    assert isinstance(bad, BusyError)
    answer = _message(web, 503, _TITLES[503], "Many documents are being made. Try again in a moment.")
    answer.headers["Retry-After"] = str(bad.retry_after)
    return answer


async def _unreadable(web: Request, _bad: Exception) -> Response:
    return _message(web, 503, "The topics cannot be read", "Tell who looks after this server: its topics are gone.")


def _message(web: Request, status: int, title: str, said: str) -> Response:
    if web.scope["path"].removeprefix(web.scope.get("root_path", "")).rstrip("/") == PATH:
        # Who asks there is a program: it has no use for a page, and gets no cookie.
        return PlainTextResponse(f"{title}. {said}".strip() + "\n", status)
    answer = ward_of(web).page(web, "message", status, title=title, said=said)
    if web.url.path.endswith("/document") or "/kept/" in web.url.path:
        # It stands where a preview would.
        answer.headers["Content-Security-Policy"] = PAGE_POLICY.replace(
            "frame-ancestors 'none'", "frame-ancestors 'self'"
        )
    return answer
